//! Provision: a policy is asked for and acknowledged, a wipe ordered and acknowledged
//! ([MS-ASCMD] 2.2.1.14, [MS-ASPROV]).
//!
//! Two phases: the first answer has a temporary key and the policy, the second, after the phone's
//! acknowledgement, the final key. 2.5 has its policy as text ([`PolicyData::Xml`]).

use crate::codec::{self, DecodeError, Document, Element, Field, OrEmpty};
use crate::command::settings::{DeviceInformation, Outcome};
use crate::message;
use crate::page::{Tag, provision, settings};
use crate::version::Version;
use crate::wbxml::{Event, Reader, Writer};

/// The policy type of 12.0 and later: a [`ProvisionDoc`].
pub const POLICY_TYPE_WBXML: &str = "MS-EAS-Provisioning-WBXML";
/// The policy type of 2.5: a provisioning document in XML, as text.
pub const POLICY_TYPE_XML: &str = "MS-WAP-Provisioning-XML";

message! {
    /// The request. Empty: the phone was told to come for a wipe.
    #[derive(Default)]
    pub struct Request {
        /// What the phone says of itself; first phase, from 14.1 (MS-ASPROV_R368, R608).
        device_information: Option<DeviceInformation> = settings::DEVICE_INFORMATION where Version::V14_1..,
        /// The policies asked for or acknowledged; one, in fact.
        policies: Vec<PolicyRequest> = provision::POLICIES => provision::POLICY,
        /// The device was wiped, or not.
        remote_wipe: Option<Wipe> = provision::REMOTE_WIPE,
        /// The account was wiped, or not (16.1).
        account_only_remote_wipe: Option<Wipe> = provision::ACCOUNT_ONLY_REMOTE_WIPE,
    }
}

impl Document for Request {
    const ROOT: Tag = provision::PROVISION;
}

message! {
    /// A policy asked for (type only) or acknowledged (type, key and status).
    #[derive(Default)]
    pub struct PolicyRequest {
        /// [`POLICY_TYPE_WBXML`] or [`POLICY_TYPE_XML`].
        policy_type: String = provision::POLICY_TYPE,
        /// The temporary key.
        policy_key: Option<String> = provision::POLICY_KEY,
        /// 1 applied, 2 partly, 3 not, 4 managed by somebody else.
        status: Option<u8> = provision::STATUS,
    }
}

message! {
    /// A wipe: ordered by the server, without status; acknowledged by the phone, 1 done, 2 failed.
    #[derive(Default)]
    pub struct Wipe {
        /// How it went.
        status: Option<u8> = provision::STATUS,
    }
}

message! {
    /// The response, in the order of the schema.
    #[derive(Default)]
    pub struct Response {
        /// Whether what the phone said of itself was kept (14.1).
        device_information: Option<Outcome> = settings::DEVICE_INFORMATION where Version::V14_1..,
        /// 1, or what went wrong ([MS-ASPROV] 2.2.2.54.2).
        status: u8 = provision::STATUS,
        /// The policies; one, in fact.
        policies: Vec<Policy> = provision::POLICIES => provision::POLICY,
        /// Wipe the device.
        remote_wipe: Option<Wipe> = provision::REMOTE_WIPE,
        /// Wipe the account (16.1).
        account_only_remote_wipe: Option<Wipe> = provision::ACCOUNT_ONLY_REMOTE_WIPE,
    }
}

impl Document for Response {
    const ROOT: Tag = provision::PROVISION;
}

message! {
    /// A policy, or why there is none.
    #[derive(Default)]
    pub struct Policy {
        /// The type that was asked for.
        policy_type: String = provision::POLICY_TYPE,
        /// 1 ok, 2 no policy, 3 unknown type, 4 corrupt, 5 wrong key.
        status: u8 = provision::STATUS,
        /// The temporary key in the first phase, the final one in the second; only with status 1.
        policy_key: Option<String> = provision::POLICY_KEY,
        /// The policy, in the first phase.
        data: Option<PolicyData> = provision::DATA,
    }
}

/// The content of a policy.
#[derive(Debug, Clone, PartialEq)]
pub enum PolicyData {
    /// 12.0 and later.
    Document(Box<ProvisionDoc>),
    /// 2.5: `<wap-provisioningdoc>`.
    Xml(String),
}

impl Element for PolicyData {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut xml = String::new();
        let mut document: Option<ProvisionDoc> = None;
        loop {
            match r.next()? {
                Event::Start(tag @ provision::EAS_PROVISION_DOC) => {
                    <ProvisionDoc as Field>::absorb(&mut document, tag, r)?;
                }
                Event::Start(_) => r.skip()?,
                Event::Text(part) => xml.push_str(part),
                Event::Opaque(part) => xml.push_str(&String::from_utf8_lossy(part)),
                Event::End => break,
            }
        }
        Ok(match document {
            Some(document) => PolicyData::Document(Box::new(document)),
            None => PolicyData::Xml(xml),
        })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        match self {
            PolicyData::Document(document) => {
                w.start(tag);
                codec::Field::put(document.as_ref(), provision::EAS_PROVISION_DOC, w);
                w.end();
            }
            PolicyData::Xml(xml) => w.element(tag, xml),
        }
    }
}

message! {
    /// The policy itself ([MS-ASPROV] 2.2.2.28), in the order of the schema. Absent: as before, or
    /// the phone's default; to take a setting back, send its default or its empty form
    /// (MS-ASPROV_R652).
    #[derive(Default)]
    pub struct ProvisionDoc {
        /// A password must be set. Without it phones ignore all that is said of passwords (MS-ASPROV_R629).
        device_password_enabled: Option<bool> = provision::DEVICE_PASSWORD_ENABLED,
        /// It must have letters.
        alphanumeric_device_password_required: Option<bool> =
            provision::ALPHANUMERIC_DEVICE_PASSWORD_REQUIRED,
        /// The server keeps a recovery password.
        password_recovery_enabled: Option<bool> = provision::PASSWORD_RECOVERY_ENABLED,
        /// The storage card must be encrypted (12.1).
        require_storage_card_encryption: Option<bool> = provision::REQUIRE_STORAGE_CARD_ENCRYPTION,
        /// Attachments may be downloaded.
        attachments_enabled: Option<bool> = provision::ATTACHMENTS_ENABLED,
        /// Least characters, 1 to 16.
        min_device_password_length: Option<OrEmpty<u8>> = provision::MIN_DEVICE_PASSWORD_LENGTH,
        /// Seconds until it locks; 9999 and more: never.
        max_inactivity_time_device_lock: Option<OrEmpty<u32>> = provision::MAX_INACTIVITY_TIME_DEVICE_LOCK,
        /// Wrong passwords until it wipes itself, 4 to 16.
        max_device_password_failed_attempts: Option<OrEmpty<u8>> =
            provision::MAX_DEVICE_PASSWORD_FAILED_ATTEMPTS,
        /// Bytes of the largest attachment.
        max_attachment_size: Option<OrEmpty<u32>> = provision::MAX_ATTACHMENT_SIZE,
        /// `1234` will do.
        allow_simple_device_password: Option<bool> = provision::ALLOW_SIMPLE_DEVICE_PASSWORD,
        /// Days until it must be changed; 0: never.
        device_password_expiration: Option<OrEmpty<u32>> = provision::DEVICE_PASSWORD_EXPIRATION,
        /// Old passwords that may not be used again.
        device_password_history: Option<u32> = provision::DEVICE_PASSWORD_HISTORY,
        /// Storage cards may be used (12.1, like all that follows).
        allow_storage_card: Option<bool> = provision::ALLOW_STORAGE_CARD,
        /// The camera may be used.
        allow_camera: Option<bool> = provision::ALLOW_CAMERA,
        /// The device must be encrypted.
        require_device_encryption: Option<bool> = provision::REQUIRE_DEVICE_ENCRYPTION,
        /// Unsigned applications may run.
        allow_unsigned_applications: Option<bool> = provision::ALLOW_UNSIGNED_APPLICATIONS,
        /// Unsigned packages may be installed.
        allow_unsigned_installation_packages: Option<bool> = provision::ALLOW_UNSIGNED_INSTALLATION_PACKAGES,
        /// Kinds of characters that a password needs, 1 to 4.
        min_device_password_complex_characters: Option<u8> =
            provision::MIN_DEVICE_PASSWORD_COMPLEX_CHARACTERS,
        /// Wireless networks may be used.
        allow_wifi: Option<bool> = provision::ALLOW_WI_FI,
        /// Text messages may be sent.
        allow_text_messaging: Option<bool> = provision::ALLOW_TEXT_MESSAGING,
        /// POP and IMAP accounts may be set up.
        allow_pop_imap_email: Option<bool> = provision::ALLOW_POPIMAP_EMAIL,
        /// 0 no, 1 hands-free only, 2 yes.
        allow_bluetooth: Option<u8> = provision::ALLOW_BLUETOOTH,
        /// Infrared may be used.
        allow_irda: Option<bool> = provision::ALLOW_IR_DA,
        /// Abroad it synchronises only when told to.
        require_manual_sync_when_roaming: Option<bool> = provision::REQUIRE_MANUAL_SYNC_WHEN_ROAMING,
        /// It may synchronise with a computer.
        allow_desktop_sync: Option<bool> = provision::ALLOW_DESKTOP_SYNC,
        /// Oldest events: 0 all, 4 to 7 as in a filter.
        max_calendar_age_filter: Option<u32> = provision::MAX_CALENDAR_AGE_FILTER,
        /// Mail may be HTML.
        allow_html_email: Option<bool> = provision::ALLOW_HTML_EMAIL,
        /// Oldest mail: 0 all, 1 to 5 as in a filter.
        max_email_age_filter: Option<u32> = provision::MAX_EMAIL_AGE_FILTER,
        /// Bytes of a text body; -1 all, 0 headers only.
        max_email_body_truncation_size: Option<i32> = provision::MAX_EMAIL_BODY_TRUNCATION_SIZE,
        /// Bytes of an HTML body; -1 all, 0 headers only.
        max_email_html_body_truncation_size: Option<i32> = provision::MAX_EMAIL_HTML_BODY_TRUNCATION_SIZE,
        /// Mail must be signed.
        require_signed_smime_messages: Option<bool> = provision::REQUIRE_SIGNED_SMIME_MESSAGES,
        /// Mail must be encrypted.
        require_encrypted_smime_messages: Option<bool> = provision::REQUIRE_ENCRYPTED_SMIME_MESSAGES,
        /// 0 SHA-1, 1 MD5.
        require_signed_smime_algorithm: Option<i32> = provision::REQUIRE_SIGNED_SMIME_ALGORITHM,
        /// 0 3DES, 1 DES, 2 RC2-128, 3 RC2-64, 4 RC2-40.
        require_encryption_smime_algorithm: Option<i32> = provision::REQUIRE_ENCRYPTION_SMIME_ALGORITHM,
        /// 0 no, 1 strong ones only, 2 any.
        allow_smime_encryption_algorithm_negotiation: Option<i32> =
            provision::ALLOW_SMIME_ENCRYPTION_ALGORITHM_NEGOTIATION,
        /// Certificates may be kept in software.
        allow_smime_soft_certs: Option<bool> = provision::ALLOW_SMIME_SOFT_CERTS,
        /// The browser may be used.
        allow_browser: Option<bool> = provision::ALLOW_BROWSER,
        /// Private mail accounts may be set up.
        allow_consumer_email: Option<bool> = provision::ALLOW_CONSUMER_EMAIL,
        /// Remote desktop may be used.
        allow_remote_desktop: Option<bool> = provision::ALLOW_REMOTE_DESKTOP,
        /// It may share its internet connection.
        allow_internet_sharing: Option<bool> = provision::ALLOW_INTERNET_SHARING,
        /// Built-in applications that may not run.
        unapproved_in_rom_application_list: Option<Vec<String>> =
            provision::UNAPPROVED_IN_ROM_APPLICATION_LIST =>
            provision::APPLICATION_NAME,
        /// SHA-1 hashes, base64, of the applications that may run.
        approved_application_list: Option<Vec<String>> =
            provision::APPROVED_APPLICATION_LIST => provision::HASH,
    }
}
