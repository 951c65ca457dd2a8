//! A policy in the form that a phone of each version understands ([MS-ASPROV] 2.2.2.28), and what stands for
//! that form. The document for 2.5 is in [`super::wap`].

use std::fmt::Write as _;

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document as _, OrEmpty};
use fieldpost_eas::command::provision::{self, PolicyData, ProvisionDoc};
use sha2::{Digest as _, Sha256};

use super::catalogue::setting;
use super::{Policy, Told, wap};

/// Longest password that can be demanded of phones from 12.0 on (MS-ASPROV_R288).
const LENGTH_MOST: u8 = 16;

impl Policy {
    /// The type in which a phone of this version asks for its policy (MS-ASPROV_R318).
    pub const fn type_for(version: Version) -> &'static str {
        match version {
            Version::V2_5 => provision::POLICY_TYPE_XML,
            _ => provision::POLICY_TYPE_WBXML,
        }
    }

    /// The policy in the form that a phone of this version understands; what the version does not
    /// know is left out when it is written.
    ///
    /// What the phone was told before and is not asked of it any more is taken back: as an empty element where
    /// there may be one, else by the value that phones assume without it (MS-ASPROV_R652).
    pub fn data(&self, version: Version, told: Told) -> PolicyData {
        match version {
            Version::V2_5 => PolicyData::Xml(wap::document(self)),
            _ => PolicyData::Document(Box::new(self.document(told.without(Told::of(self))))),
        }
    }

    /// Stands for what a phone of this version gets to see of the policy: it changes if and only if
    /// that does, so a phone is not asked to provision again for the sake of what it never got.
    pub fn digest(&self, version: Version) -> String {
        let response = provision::Response {
            policies: vec![provision::Policy {
                data: Some(self.data(version, Told::default())),
                ..provision::Policy::default()
            }],
            ..provision::Response::default()
        };
        let digest = Sha256::digest(response.encode(version));
        digest.iter().take(16).fold(String::new(), |mut hex, byte| {
            // Writing to a String does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    fn document(&self, released: Told) -> ProvisionDoc {
        let mut policy = self.clone();
        for field in released.fields() {
            // Where there is no such value, the element is sent empty below.
            if let Some(value) = setting(field).and_then(|setting| setting.assumed.value()) {
                policy.set(field, Some(value));
            }
        }
        policy.write(released)
    }

    fn write(&self, released: Told) -> ProvisionDoc {
        ProvisionDoc {
            device_password_enabled: self.device_password_enabled,
            alphanumeric_device_password_required: self.alphanumeric_device_password_required,
            password_recovery_enabled: self.password_recovery_enabled,
            require_storage_card_encryption: self.require_storage_card_encryption,
            attachments_enabled: self.attachments_enabled,
            min_device_password_length: or_empty(
                released,
                "min_device_password_length",
                self.min_device_password_length.map(|length| length.min(LENGTH_MOST)),
            ),
            max_inactivity_time_device_lock: or_empty(
                released,
                "max_inactivity_time_device_lock",
                self.max_inactivity_time_device_lock,
            ),
            max_device_password_failed_attempts: or_empty(
                released,
                "max_device_password_failed_attempts",
                self.max_device_password_failed_attempts,
            ),
            max_attachment_size: or_empty(released, "max_attachment_size", self.max_attachment_size),
            allow_simple_device_password: self.allow_simple_device_password,
            device_password_expiration: or_empty(
                released,
                "device_password_expiration",
                self.device_password_expiration,
            ),
            device_password_history: self.device_password_history,
            allow_storage_card: self.allow_storage_card,
            allow_camera: self.allow_camera,
            require_device_encryption: self.require_device_encryption,
            allow_unsigned_applications: self.allow_unsigned_applications,
            allow_unsigned_installation_packages: self.allow_unsigned_installation_packages,
            min_device_password_complex_characters: self.min_device_password_complex_characters,
            allow_wifi: self.allow_wifi,
            allow_text_messaging: self.allow_text_messaging,
            allow_pop_imap_email: self.allow_pop_imap_email,
            allow_bluetooth: self.allow_bluetooth,
            allow_irda: self.allow_irda,
            require_manual_sync_when_roaming: self.require_manual_sync_when_roaming,
            allow_desktop_sync: self.allow_desktop_sync,
            max_calendar_age_filter: self.max_calendar_age_filter,
            allow_html_email: self.allow_html_email,
            max_email_age_filter: self.max_email_age_filter,
            max_email_body_truncation_size: self.max_email_body_truncation_size,
            max_email_html_body_truncation_size: self.max_email_html_body_truncation_size,
            require_signed_smime_messages: self.require_signed_smime_messages,
            require_encrypted_smime_messages: self.require_encrypted_smime_messages,
            require_signed_smime_algorithm: self.require_signed_smime_algorithm,
            require_encryption_smime_algorithm: self.require_encryption_smime_algorithm,
            allow_smime_encryption_algorithm_negotiation: self.allow_smime_encryption_algorithm_negotiation,
            allow_smime_soft_certs: self.allow_smime_soft_certs,
            allow_browser: self.allow_browser,
            allow_consumer_email: self.allow_consumer_email,
            allow_remote_desktop: self.allow_remote_desktop,
            allow_internet_sharing: self.allow_internet_sharing,
            unapproved_in_rom_application_list: self.unapproved_in_rom_application_list.clone(),
            approved_application_list: self.approved_application_list.clone(),
        }
    }
}

/// The value, or the empty element of a setting that is taken back.
fn or_empty<T>(released: Told, field: &str, value: Option<T>) -> Option<OrEmpty<T>> {
    match value {
        None if !released.has(field) => None,
        value => Some(OrEmpty(value)),
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::wbxml::Node;

    use super::*;
    use crate::policy::catalogue::{self, Assumed};

    #[test]
    fn a_version_gets_what_it_knows() {
        let policy = Policy { allow_camera: Some(false), ..Policy::default() };
        let plain = Policy::default();
        // 12.0 has no AllowCamera: nothing changes for it.
        assert_eq!(policy.digest(Version::V12_0), plain.digest(Version::V12_0));
        assert_ne!(policy.digest(Version::V12_1), plain.digest(Version::V12_1));
        assert_eq!(plain.digest(Version::V12_0), plain.digest(Version::V16_1));
    }

    #[test]
    fn what_is_taken_back_is_said() {
        let before = Policy {
            device_password_enabled: Some(true),
            min_device_password_length: Some(6),
            device_password_history: Some(3),
            allow_camera: Some(false),
            approved_application_list: Some(vec!["2jmj7l5rSw0yVb/vlWAYkK/YBwk=".to_owned()]),
            ..Policy::NOTHING
        };
        let told = Told::of(&before);
        let PolicyData::Document(document) = Policy::NOTHING.data(Version::V16_1, told) else { panic!() };
        assert_eq!(document.device_password_enabled, Some(false));
        assert_eq!(document.min_device_password_length, Some(OrEmpty(None)));
        assert_eq!(document.device_password_history, Some(0));
        assert_eq!(document.allow_camera, Some(true));
        assert_eq!(document.approved_application_list, Some(Vec::new()));
        assert_eq!(document.allow_browser, None, "was never told");
        assert_eq!(before.data(Version::V16_1, told), before.data(Version::V16_1, Told::default()));
    }

    #[test]
    fn everything_that_is_told_can_be_taken_back() {
        let all = catalogue::all().map(|setting| setting.field).collect();
        let PolicyData::Document(document) = Policy::NOTHING.data(Version::V16_1, all) else { panic!() };
        let response = provision::Response {
            policies: vec![provision::Policy {
                data: Some(PolicyData::Document(document)),
                ..provision::Policy::default()
            }],
            ..provision::Response::default()
        };
        let root = Node::parse(&response.encode(Version::V16_1), fieldpost_eas::wbxml::Limits::default());
        let names = |node: &Node| node.children.iter().map(|child| child.tag.name()).collect::<Vec<_>>();
        let mut node = root.unwrap();
        for name in ["Policies", "Policy", "Data", "EASProvisionDoc"] {
            node = node.children.into_iter().find(|child| child.tag.name() == name).unwrap();
        }
        assert_eq!(names(&node), catalogue::all().map(|setting| setting.element).collect::<Vec<_>>());
        for child in &node.children {
            let setting = catalogue::all().find(|setting| setting.element == child.tag.name()).unwrap();
            let is_empty = child.text.is_none() && child.children.is_empty();
            assert_eq!(is_empty, matches!(setting.assumed, Assumed::NoLimit | Assumed::NoList), "{child:?}");
        }
    }
}
