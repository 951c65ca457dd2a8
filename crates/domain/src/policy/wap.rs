//! The policy for 2.5: text of parameters for Windows Mobile's registry ([MS-ASPROV] 2.2.2.24.2). It knows the
//! password and nothing else. A parameter that is absent is as the phone has it without a policy, so there is
//! nothing to take back.

use std::fmt::Write as _;

use super::Policy;

const LASSD: &str = r"HKLM\Comm\Security\Policy\LASSD";
const PASSWORDS: &str = r"HKLM\Comm\Security\Policy\LASSD\LAP\lap_pw";

/// The document.
pub(super) fn document(policy: &Policy) -> String {
    let wanted = policy.device_password_enabled == Some(true);
    let mut xml = String::from("<wap-provisioningdoc><characteristic type=\"SecurityPolicy\">");
    // 4131: 0 asks for a password, 1 does not.
    let _ = write!(xml, "<parm name=\"4131\" value=\"{}\"/></characteristic>", u8::from(!wanted));
    if wanted {
        xml.push_str("<characteristic type=\"Registry\">");
        if let Some(seconds) = policy.max_inactivity_time_device_lock.filter(|seconds| *seconds < 9999) {
            let minutes = seconds.div_ceil(60).max(1);
            let _ = write!(
                xml,
                "<characteristic type=\"{LASSD}\\AE\\{{50C13377-C66D-400C-889E-C316FC4AB374}}\">\
                 <parm name=\"AEFrequencyType\" value=\"1\"/>\
                 <parm name=\"AEFrequencyValue\" value=\"{minutes}\"/></characteristic>"
            );
        }
        if let Some(attempts) = policy.max_device_password_failed_attempts {
            parameter(&mut xml, LASSD, "DeviceWipeThreshold", attempts.into());
        }
        if let Some(length) = policy.min_device_password_length {
            parameter(&mut xml, PASSWORDS, "MinimumPasswordLength", length.into());
        }
        // 0 asks for letters and digits, 2 for neither in particular.
        let strong = policy.alphanumeric_device_password_required == Some(true);
        parameter(&mut xml, PASSWORDS, "PasswordComplexity", if strong { 0 } else { 2 });
        xml.push_str("</characteristic>");
    }
    xml.push_str("</wap-provisioningdoc>");
    xml
}

fn parameter(xml: &mut String, key: &str, name: &str, value: u32) {
    // Writing to a String does not fail.
    let _ = write!(
        xml,
        "<characteristic type=\"{key}\"><parm name=\"{name}\" value=\"{value}\"/></characteristic>"
    );
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::Version;
    use fieldpost_eas::command::provision::PolicyData;

    use super::*;
    use crate::policy::Told;

    #[test]
    fn the_document_for_2_5_is_text() {
        let PolicyData::Xml(xml) = Policy::default().data(Version::V2_5, Told::default()) else {
            panic!("not text")
        };
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
        let xml = document(&strict);
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
