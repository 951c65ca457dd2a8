//! What an organisation asks of the phones that hold its mail: the policy document of
//! [MS-ASPROV] 2.2.2.28, as it is configured, and in the forms that each version understands.
//!
//! A policy is advice that a client can lie about; it keeps honest phones in order.

use std::fmt::Write as _;

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document as _, OrEmpty};
use fieldpost_eas::command::provision::{self, PolicyData, ProvisionDoc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

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

    /// The type in which a phone of this version asks for its policy (MS-ASPROV_R318).
    pub const fn type_for(version: Version) -> &'static str {
        match version {
            Version::V2_5 => provision::POLICY_TYPE_XML,
            _ => provision::POLICY_TYPE_WBXML,
        }
    }

    /// The policy in the form that a phone of this version understands; what the version does not
    /// know is left out when it is written.
    pub fn data(&self, version: Version) -> PolicyData {
        match version {
            Version::V2_5 => PolicyData::Xml(self.wap_xml()),
            _ => PolicyData::Document(Box::new(self.document())),
        }
    }

    /// Stands for what a phone of this version gets to see of the policy: it changes if and only if
    /// that does, so a phone is not asked to provision again for the sake of what it never got.
    pub fn digest(&self, version: Version) -> String {
        let response = provision::Response {
            policies: vec![provision::Policy {
                data: Some(self.data(version)),
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

    fn document(&self) -> ProvisionDoc {
        ProvisionDoc {
            device_password_enabled: self.device_password_enabled,
            alphanumeric_device_password_required: self.alphanumeric_device_password_required,
            password_recovery_enabled: self.password_recovery_enabled,
            require_storage_card_encryption: self.require_storage_card_encryption,
            attachments_enabled: self.attachments_enabled,
            min_device_password_length: self.min_device_password_length.map(|value| OrEmpty(Some(value))),
            max_inactivity_time_device_lock: self
                .max_inactivity_time_device_lock
                .map(|value| OrEmpty(Some(value))),
            max_device_password_failed_attempts: self
                .max_device_password_failed_attempts
                .map(|value| OrEmpty(Some(value))),
            max_attachment_size: self.max_attachment_size.map(|value| OrEmpty(Some(value))),
            allow_simple_device_password: self.allow_simple_device_password,
            device_password_expiration: self.device_password_expiration.map(|value| OrEmpty(Some(value))),
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

    /// The document for 2.5: parameters of Windows Mobile's registry ([MS-ASPROV] 2.2.2.24.2).
    fn wap_xml(&self) -> String {
        let wanted = self.device_password_enabled == Some(true);
        let mut xml = String::from("<wap-provisioningdoc><characteristic type=\"SecurityPolicy\">");
        // 4131: 0 asks for a password, 1 does not.
        let _ = write!(xml, "<parm name=\"4131\" value=\"{}\"/></characteristic>", u8::from(!wanted));
        if wanted {
            xml.push_str("<characteristic type=\"Registry\">");
            if let Some(seconds) = self.max_inactivity_time_device_lock.filter(|seconds| *seconds < 9999) {
                let minutes = seconds.div_ceil(60).max(1);
                let _ = write!(
                    xml,
                    "<characteristic type=\"{LASSD}\\AE\\{{50C13377-C66D-400C-889E-C316FC4AB374}}\">\
                     <parm name=\"AEFrequencyType\" value=\"1\"/>\
                     <parm name=\"AEFrequencyValue\" value=\"{minutes}\"/></characteristic>"
                );
            }
            if let Some(attempts) = self.max_device_password_failed_attempts {
                parameter(&mut xml, LASSD, "DeviceWipeThreshold", attempts.into());
            }
            if let Some(length) = self.min_device_password_length {
                parameter(&mut xml, PASSWORDS, "MinimumPasswordLength", length.into());
            }
            // 0 asks for letters and digits, 2 for neither in particular.
            let strong = self.alphanumeric_device_password_required == Some(true);
            parameter(&mut xml, PASSWORDS, "PasswordComplexity", if strong { 0 } else { 2 });
            xml.push_str("</characteristic>");
        }
        xml.push_str("</wap-provisioningdoc>");
        xml
    }
}

const LASSD: &str = r"HKLM\Comm\Security\Policy\LASSD";
const PASSWORDS: &str = r"HKLM\Comm\Security\Policy\LASSD\LAP\lap_pw";

fn parameter(xml: &mut String, key: &str, name: &str, value: u32) {
    // Writing to a String does not fail.
    let _ = write!(
        xml,
        "<characteristic type=\"{key}\"><parm name=\"{name}\" value=\"{value}\"/></characteristic>"
    );
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_document_for_2_5_is_text() {
        let PolicyData::Xml(xml) = Policy::default().data(Version::V2_5) else { panic!("not text") };
        assert_eq!(
            xml,
            "<wap-provisioningdoc><characteristic type=\"SecurityPolicy\"><parm name=\"4131\" value=\"1\"/>\
             </characteristic></wap-provisioningdoc>"
        );
        let strict = Policy {
            device_password_enabled: Some(true),
            min_device_password_length: Some(6),
            max_inactivity_time_device_lock: Some(90),
            max_device_password_failed_attempts: Some(8),
            ..Policy::default()
        };
        let PolicyData::Xml(xml) = strict.data(Version::V2_5) else { panic!("not text") };
        for part in [
            "\"4131\" value=\"0\"",
            "\"AEFrequencyValue\" value=\"2\"",
            "\"MinimumPasswordLength\" value=\"6\"",
        ] {
            assert!(xml.contains(part), "{xml}");
        }
        assert_ne!(strict.digest(Version::V2_5), Policy::default().digest(Version::V2_5));
    }
}
