//! A phone, as far as the server remembers it: the partnership of one device with one account.

use serde::{Deserialize, Serialize};

use crate::policy::Told;

/// One device of one account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Device {
    /// The id that the phone gave itself, 1 to 64 ASCII letters, digits and `-_.`.
    pub device_id: String,
    /// The type that it claims to be, 1 to 64 printable characters.
    pub device_type: String,
    /// Its last `User-Agent`.
    pub user_agent: Option<String>,
    /// The version that its last request spoke: `16.1`.
    pub version: Option<String>,
    /// Where it stands with its policy.
    pub policy: PolicyState,
    /// What it said about itself ([MS-ASCMD] 2.2.3.45).
    pub information: DeviceInformation,
    /// The parameters of its last Ping, so that an empty Ping works after a restart (MS-ASCMD_R5632).
    pub ping: Option<PingParameters>,
    /// First request, milliseconds since 1970 UTC.
    pub first_seen: i64,
    /// Last request that changed something here, milliseconds since 1970 UTC.
    pub last_seen: i64,
}

/// Where a device stands with its policy ([MS-ASPROV] 3.2.5).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyState {
    /// The key that its requests must bear; none: not provisioned.
    pub key: Option<u32>,
    /// The temporary key of a handshake that is not finished.
    pub pending: Option<u32>,
    /// The temporary key whose acknowledgement gave `key`: acknowledged again, it gives it again.
    pub confirmed: Option<u32>,
    /// Digest of the policy that `key` stands for.
    pub digest: Option<String>,
    /// Digest of the policy that `pending` stands for.
    pub pending_digest: Option<String>,
    /// When `key` was given, milliseconds since 1970 UTC.
    pub taken: i64,
    /// What the device made of the policy that `key` stands for: 1 all, 2 a part, 3 nothing of it, 4 somebody
    /// else manages it ([MS-ASPROV] 2.2.2.54.1).
    pub applied: Option<u8>,
    /// The settings that the device was told, which must be taken back where they are not asked any more.
    pub told: Told,
    /// Those of the policy that `pending` stands for.
    pub pending_told: Told,
    /// How often it was told to provision since it last did, as far as that is counted.
    pub asked: u8,
}

/// What a device said about itself, each at most 1024 characters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are those of the protocol")]
pub struct DeviceInformation {
    pub model: Option<String>,
    pub imei: Option<String>,
    pub friendly_name: Option<String>,
    pub os: Option<String>,
    pub os_language: Option<String>,
    pub phone_number: Option<String>,
    pub user_agent: Option<String>,
    pub enable_outbound_sms: Option<bool>,
    pub mobile_operator: Option<String>,
}

/// The parameters of a Ping ([MS-ASCMD] 2.2.1.13).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PingParameters {
    /// Seconds to wait.
    pub heartbeat: Option<u32>,
    /// Folders to watch: `CollectionId` and class.
    pub folders: Vec<(String, String)>,
}
