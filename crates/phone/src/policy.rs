//! Policies as a phone takes them: what it holds of one, how far it obeys, and what it says about that
//! ([MS-ASPROV] 3.1.5.1).

use std::collections::{BTreeMap, BTreeSet};

use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::provision::{Policy, PolicyData, Response};
use fieldpost_eas::version::Version;
use fieldpost_eas::wbxml::{Limits, Node};
use serde::{Deserialize, Serialize};

/// How far a phone obeys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Obedience {
    /// It does all that is asked.
    #[default]
    Full,
    /// It can't enforce these elements. Where a policy asks for one of them, it obeys in part.
    Without(BTreeSet<String>),
    /// It obeys nothing, and says so.
    Refuses,
    /// Somebody else manages it.
    Managed,
    /// It has never heard of policies: it sends no policy key and does not provision.
    Ignorant,
}

/// The text names no obedience.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not full, refuses, managed, ignorant, or without: and names of elements")]
pub struct UnknownObedience(pub String);

impl std::str::FromStr for Obedience {
    type Err = UnknownObedience;

    /// `full`, `refuses`, `managed`, `ignorant`, or `without:AllowCamera,AllowWiFi`.
    fn from_str(text: &str) -> Result<Obedience, UnknownObedience> {
        Ok(match (text, text.strip_prefix("without:")) {
            ("full", _) => Obedience::Full,
            ("refuses", _) => Obedience::Refuses,
            ("managed", _) => Obedience::Managed,
            ("ignorant", _) => Obedience::Ignorant,
            (_, Some(names)) => {
                Obedience::Without(names.split(',').map(|name| name.trim().to_owned()).collect())
            }
            _ => return Err(UnknownObedience(text.to_owned())),
        })
    }
}

impl Obedience {
    /// What the phone says of a policy: 1 applied, 2 in part, 3 not, 4 managed by somebody else
    /// ([MS-ASPROV] 2.2.2.54.1).
    pub fn says(&self, policy: &HeldPolicy) -> u8 {
        match self {
            Obedience::Full => 1,
            Obedience::Without(cannot) => {
                let asked: Vec<&str> = policy.asked().collect();
                let done = asked.iter().filter(|name| !cannot.contains(**name)).count();
                match (done, asked.len()) {
                    (done, asked) if done == asked => 1,
                    (0, _) => 3,
                    _ => 2,
                }
            }
            Obedience::Refuses | Obedience::Ignorant => 3,
            Obedience::Managed => 4,
        }
    }
}

/// What a phone holds of policies: elements and their values, as text. An element that a later policy does not
/// name stays as it was; one that it names empty goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeldPolicy(pub BTreeMap<String, String>);

impl HeldPolicy {
    /// Takes a policy over.
    pub fn take(&mut self, data: &PolicyData, version: Version) {
        let named = match data {
            PolicyData::Xml(xml) => from_wap(xml),
            PolicyData::Document(_) => from_document(data, version),
        };
        for (name, value) in named {
            match value.is_empty() {
                true => drop(self.0.remove(&name)),
                false => drop(self.0.insert(name, value)),
            }
        }
    }

    /// The value of an element.
    pub fn get(&self, element: &str) -> Option<&str> {
        self.0.get(element).map(String::as_str)
    }

    /// The elements that ask something of the phone, beyond what it would do anyway.
    pub fn asked(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(name, value)| is_asked(name, value)).map(|(name, _)| name.as_str())
    }
}

fn is_asked(name: &str, value: &str) -> bool {
    match name {
        "AllowBluetooth" | "AllowSMIMEEncryptionAlgorithmNegotiation" => value != "2",
        "AttachmentsEnabled" => value == "0",
        "MinDevicePasswordLength" | "MinDevicePasswordComplexCharacters" => value != "1",
        "MaxEmailBodyTruncationSize" | "MaxEmailHTMLBodyTruncationSize" => value != "-1",
        "MaxInactivityTimeDeviceLock" => value.parse::<u32>().is_ok_and(|seconds| seconds < 9999),
        _ if name.starts_with("Allow") => value == "0",
        _ => value != "0",
    }
}

/// The elements of a document; those of a list are joined by commas.
fn from_document(data: &PolicyData, version: Version) -> Vec<(String, String)> {
    let response = Response {
        policies: vec![Policy { data: Some(data.clone()), ..Policy::default() }],
        ..Response::default()
    };
    let Ok(mut node) = Node::parse(&response.encode(version), Limits::default()) else { return Vec::new() };
    for name in ["Policies", "Policy", "Data", "EASProvisionDoc"] {
        match node.children.into_iter().find(|child| child.tag.name() == name) {
            Some(child) => node = child,
            None => return Vec::new(),
        }
    }
    let value = |node: &Node| match node.children.is_empty() {
        true => node.text.clone().unwrap_or_default(),
        false => node.children.iter().filter_map(|child| child.text.as_deref()).collect::<Vec<_>>().join(","),
    };
    node.children.iter().map(|child| (child.tag.name().to_owned(), value(child))).collect()
}

/// What Windows Mobile's parameters mean, in the names of the later versions. The document says all that is
/// asked, so what it does not name is not asked any more.
fn from_wap(xml: &str) -> Vec<(String, String)> {
    let names = [
        "DevicePasswordEnabled",
        "MaxInactivityTimeDeviceLock",
        "MaxDevicePasswordFailedAttempts",
        "MinDevicePasswordLength",
        "AlphanumericDevicePasswordRequired",
    ];
    let mut found: BTreeMap<&str, String> = names.iter().map(|name| (*name, String::new())).collect();
    for part in xml.split("<parm ").skip(1) {
        let (Some(name), Some(value)) = (attribute(part, "name"), attribute(part, "value")) else { continue };
        let flag = |on: bool| if on { "1".to_owned() } else { "0".to_owned() };
        let (name, value) = match name {
            "4131" => ("DevicePasswordEnabled", flag(value == "0")),
            "AEFrequencyValue" => {
                let minutes: u32 = value.parse().unwrap_or_default();
                ("MaxInactivityTimeDeviceLock", minutes.saturating_mul(60).to_string())
            }
            "DeviceWipeThreshold" => ("MaxDevicePasswordFailedAttempts", value.to_owned()),
            "MinimumPasswordLength" => ("MinDevicePasswordLength", value.to_owned()),
            "PasswordComplexity" => ("AlphanumericDevicePasswordRequired", flag(value == "0")),
            _ => continue,
        };
        found.insert(name, value);
    }
    found.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn attribute<'a>(part: &'a str, name: &str) -> Option<&'a str> {
    part.split_once(&format!("{name}=\""))?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::codec::OrEmpty;
    use fieldpost_eas::command::provision::ProvisionDoc;

    use super::*;

    fn held(document: ProvisionDoc) -> HeldPolicy {
        let mut held = HeldPolicy::default();
        held.take(&PolicyData::Document(Box::new(document)), Version::V16_1);
        held
    }

    #[test]
    fn what_is_named_replaces_what_was_and_what_is_empty_goes() {
        let mut policy = held(ProvisionDoc {
            device_password_enabled: Some(true),
            min_device_password_length: Some(OrEmpty(Some(6))),
            allow_camera: Some(false),
            ..ProvisionDoc::default()
        });
        assert_eq!(
            policy.asked().collect::<Vec<_>>(),
            ["AllowCamera", "DevicePasswordEnabled", "MinDevicePasswordLength"]
        );
        let later = ProvisionDoc {
            min_device_password_length: Some(OrEmpty(None)),
            allow_camera: Some(true),
            ..ProvisionDoc::default()
        };
        policy.take(&PolicyData::Document(Box::new(later)), Version::V16_1);
        assert_eq!(policy.asked().collect::<Vec<_>>(), ["DevicePasswordEnabled"]);
        assert_eq!(policy.get("MinDevicePasswordLength"), None);
    }

    #[test]
    fn the_text_for_2_5_means_the_same() {
        let mut policy = HeldPolicy::default();
        let xml = "<wap-provisioningdoc><characteristic type=\"SecurityPolicy\"><parm name=\"4131\" value=\"0\"/>\
                   </characteristic><parm name=\"AEFrequencyValue\" value=\"5\"/>\
                   <parm name=\"PasswordComplexity\" value=\"0\"/></wap-provisioningdoc>";
        policy.take(&PolicyData::Xml(xml.to_owned()), Version::V2_5);
        assert_eq!(policy.get("DevicePasswordEnabled"), Some("1"));
        assert_eq!(policy.get("MaxInactivityTimeDeviceLock"), Some("300"));
        assert_eq!(policy.get("AlphanumericDevicePasswordRequired"), Some("1"));
        assert_eq!(policy.get("MinDevicePasswordLength"), None);
        policy.take(&PolicyData::Xml("<parm name=\"4131\" value=\"1\"/>".to_owned()), Version::V2_5);
        assert_eq!(policy.asked().count(), 0);
    }

    #[test]
    fn a_phone_says_what_it_can_do() {
        let policy = held(ProvisionDoc {
            device_password_enabled: Some(true),
            allow_camera: Some(false),
            allow_wifi: Some(true),
            ..ProvisionDoc::default()
        });
        for (obedience, says) in [
            ("full", 1),
            ("without:AllowWiFi", 1),
            ("without:AllowCamera", 2),
            ("without:AllowCamera, DevicePasswordEnabled", 3),
            ("refuses", 3),
            ("managed", 4),
        ] {
            assert_eq!(obedience.parse::<Obedience>().unwrap().says(&policy), says, "{obedience}");
        }
        assert!("half".parse::<Obedience>().is_err());
    }
}
