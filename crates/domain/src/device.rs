//! A phone, as far as the server remembers it: the partnership of one device with one account, and what was
//! decided about it.

use serde::{Deserialize, Serialize};

use crate::admission::{Action, Automatic, DeviceAccess, Personal};
use crate::policy::Told;
use crate::wipe::{Wipe, WipeState};

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

/// What was decided about a device, apart from what it says of itself: requests write the one, administrators
/// and the server's own rules the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Control {
    /// The wipe that was ordered last, cancelled or not.
    pub wipe: Option<Wipe>,
    /// What a threshold decided last, expired or not.
    pub automatic: Option<Automatic>,
    /// What a person decided.
    pub personal: Option<Personal>,
    /// Where it stood when it last came.
    pub access: Option<DeviceAccess>,
}

impl Control {
    /// The wipe, where one is in force.
    pub fn wipe_in_force(&self) -> Option<&Wipe> {
        self.wipe.as_ref().filter(|wipe| wipe.is_in_force())
    }

    /// It gets one message that explains, and nothing else.
    pub fn is_quarantined(&self) -> bool {
        self.access.as_ref().is_some_and(|access| access.state == Action::Quarantine)
    }

    /// The device in one word.
    pub fn standing(&self) -> Standing {
        if let Some(wipe) = self.wipe_in_force() {
            return match wipe.state {
                WipeState::Acknowledged => Standing::Wiped,
                _ => Standing::Wiping,
            };
        }
        match self.access.as_ref().map(|access| access.state) {
            None | Some(Action::Allow) => Standing::Allowed,
            Some(Action::Block) => Standing::Blocked,
            Some(Action::Quarantine) => Standing::Quarantined,
        }
    }
}

/// Where a device stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It synchronises.
    Allowed,
    /// It waits for somebody's decision.
    Quarantined,
    /// It is refused.
    Blocked,
    /// It is to be wiped, and has not said yet that it is.
    Wiping,
    /// It was wiped, and is until the wipe is cancelled.
    Wiped,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Standing; 5] =
        [Standing::Allowed, Standing::Quarantined, Standing::Blocked, Standing::Wiping, Standing::Wiped];

    /// The word.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Allowed => "allowed",
            Standing::Quarantined => "quarantined",
            Standing::Blocked => "blocked",
            Standing::Wiping => "wiping",
            Standing::Wiped => "wiped",
        }
    }

    /// The inverse of [`Standing::name`].
    pub fn from_name(name: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.name() == name)
    }
}

/// What a device is found by, folded: its id, its type, and what it said about itself.
pub fn search_text(device: &Device) -> String {
    let information = &device.information;
    let mut text = format!("{}\n{}", device.device_id, device.device_type);
    for said in [
        &information.model,
        &information.friendly_name,
        &information.os,
        &device.user_agent,
        &information.user_agent,
        &information.imei,
        &information.phone_number,
        &information.mobile_operator,
    ]
    .into_iter()
    .flatten()
    {
        text.push('\n');
        text.push_str(said);
    }
    text.to_lowercase()
}
