//! The elements of a policy, in the order of the schema ([MS-ASPROV] 2.2.2.28). What each means, its range
//! and what phones make of it stands in [`super::catalogue`].

use serde::{Deserialize, Serialize};

/// A policy. What is absent is not sent: the phone does as it likes. Phones that can't do what is
/// asked may refuse the whole, so it is wise to ask for little.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// A password must be set. Without it phones ignore all that is said of passwords (MS-ASPROV_R629).
    pub device_password_enabled: Option<bool>,
    /// It must have letters.
    pub alphanumeric_device_password_required: Option<bool>,
    /// The server keeps a recovery password.
    pub password_recovery_enabled: Option<bool>,
    /// The storage card must be encrypted (12.1).
    pub require_storage_card_encryption: Option<bool>,
    /// Attachments may be downloaded.
    pub attachments_enabled: Option<bool>,
    /// Least characters, 1 to 16.
    pub min_device_password_length: Option<u8>,
    /// Seconds until it locks; 9999 and more: never.
    pub max_inactivity_time_device_lock: Option<u32>,
    /// Wrong passwords until it wipes itself, 4 to 16.
    pub max_device_password_failed_attempts: Option<u8>,
    /// Bytes of the largest attachment.
    pub max_attachment_size: Option<u32>,
    /// `1234` will do.
    pub allow_simple_device_password: Option<bool>,
    /// Days until it must be changed; 0: never.
    pub device_password_expiration: Option<u32>,
    /// Old passwords that may not be used again.
    pub device_password_history: Option<u32>,
    /// Storage cards may be used (12.1, like all that follows).
    pub allow_storage_card: Option<bool>,
    /// The camera may be used.
    pub allow_camera: Option<bool>,
    /// The device must be encrypted.
    pub require_device_encryption: Option<bool>,
    /// Unsigned applications may run.
    pub allow_unsigned_applications: Option<bool>,
    /// Unsigned packages may be installed.
    pub allow_unsigned_installation_packages: Option<bool>,
    /// Kinds of characters that a password needs, 1 to 4.
    pub min_device_password_complex_characters: Option<u8>,
    /// Wireless networks may be used.
    pub allow_wifi: Option<bool>,
    /// Text messages may be sent.
    pub allow_text_messaging: Option<bool>,
    /// POP and IMAP accounts may be set up.
    pub allow_pop_imap_email: Option<bool>,
    /// 0 no, 1 hands-free only, 2 yes.
    pub allow_bluetooth: Option<u8>,
    /// Infrared may be used.
    pub allow_irda: Option<bool>,
    /// Abroad it synchronises only when told to.
    pub require_manual_sync_when_roaming: Option<bool>,
    /// It may synchronise with a computer.
    pub allow_desktop_sync: Option<bool>,
    /// Oldest events: 0 all, 4 to 7 as in a filter.
    pub max_calendar_age_filter: Option<u32>,
    /// Mail may be HTML.
    pub allow_html_email: Option<bool>,
    /// Oldest mail: 0 all, 1 to 5 as in a filter.
    pub max_email_age_filter: Option<u32>,
    /// Bytes of a text body; -1 all, 0 headers only.
    pub max_email_body_truncation_size: Option<i32>,
    /// Bytes of an HTML body; -1 all, 0 headers only.
    pub max_email_html_body_truncation_size: Option<i32>,
    /// Mail must be signed.
    pub require_signed_smime_messages: Option<bool>,
    /// Mail must be encrypted.
    pub require_encrypted_smime_messages: Option<bool>,
    /// 0 SHA-1, 1 MD5.
    pub require_signed_smime_algorithm: Option<i32>,
    /// 0 3DES, 1 DES, 2 RC2-128, 3 RC2-64, 4 RC2-40.
    pub require_encryption_smime_algorithm: Option<i32>,
    /// 0 no, 1 strong ones only, 2 any.
    pub allow_smime_encryption_algorithm_negotiation: Option<i32>,
    /// Certificates may be kept in software.
    pub allow_smime_soft_certs: Option<bool>,
    /// The browser may be used.
    pub allow_browser: Option<bool>,
    /// Private mail accounts may be set up.
    pub allow_consumer_email: Option<bool>,
    /// Remote desktop may be used.
    pub allow_remote_desktop: Option<bool>,
    /// It may share its internet connection.
    pub allow_internet_sharing: Option<bool>,
    /// Built-in applications that may not run.
    pub unapproved_in_rom_application_list: Option<Vec<String>>,
    /// SHA-1 hashes, base64, of the applications that may run.
    pub approved_application_list: Option<Vec<String>>,
}

impl Policy {
    /// A policy that asks for nothing at all.
    pub const NOTHING: Policy = Policy {
        device_password_enabled: None,
        alphanumeric_device_password_required: None,
        password_recovery_enabled: None,
        require_storage_card_encryption: None,
        attachments_enabled: None,
        min_device_password_length: None,
        max_inactivity_time_device_lock: None,
        max_device_password_failed_attempts: None,
        max_attachment_size: None,
        allow_simple_device_password: None,
        device_password_expiration: None,
        device_password_history: None,
        allow_storage_card: None,
        allow_camera: None,
        require_device_encryption: None,
        allow_unsigned_applications: None,
        allow_unsigned_installation_packages: None,
        min_device_password_complex_characters: None,
        allow_wifi: None,
        allow_text_messaging: None,
        allow_pop_imap_email: None,
        allow_bluetooth: None,
        allow_irda: None,
        require_manual_sync_when_roaming: None,
        allow_desktop_sync: None,
        max_calendar_age_filter: None,
        allow_html_email: None,
        max_email_age_filter: None,
        max_email_body_truncation_size: None,
        max_email_html_body_truncation_size: None,
        require_signed_smime_messages: None,
        require_encrypted_smime_messages: None,
        require_signed_smime_algorithm: None,
        require_encryption_smime_algorithm: None,
        allow_smime_encryption_algorithm_negotiation: None,
        allow_smime_soft_certs: None,
        allow_browser: None,
        allow_consumer_email: None,
        allow_remote_desktop: None,
        allow_internet_sharing: None,
        unapproved_in_rom_application_list: None,
        approved_application_list: None,
    };
}

impl Default for Policy {
    /// What any phone can do: no password is asked for, attachments may be loaded.
    fn default() -> Policy {
        Policy {
            device_password_enabled: Some(false),
            alphanumeric_device_password_required: Some(false),
            attachments_enabled: Some(true),
            allow_simple_device_password: Some(true),
            ..Policy::NOTHING
        }
    }
}
