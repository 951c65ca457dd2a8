//! What a query says, whichever form it has: bounded types, so that nothing behind this point meets a
//! device id with a slash or a name of a megabyte.

use std::fmt;
use std::str::FromStr;

use crate::Version;
use crate::command::CommandName;
use crate::http::EnvelopeError;

/// The longest id (`CollectionId`, `ItemId`, `LongId`, `Occurrence`) in bytes ([MS-ASCMD] 2.2.3.98: 256).
pub const MAX_ID: usize = 256;
/// The longest `AttachmentName` in bytes.
pub const MAX_ATTACHMENT_NAME: usize = 1024;
/// The longest `User` in bytes: an address of the longest local part and domain is shorter.
pub const MAX_USER: usize = 512;

/// The parameters of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// The command, or what stood in its place.
    pub command: Command,
    /// The user's name. For the log only: who asks is what was authenticated.
    pub user: Option<String>,
    /// The device.
    pub device_id: DeviceId,
    /// Its type.
    pub device_type: DeviceType,
    /// The version, if the query says it (base64 form only).
    pub version: Option<Version>,
    /// The policy key, if the query says it (base64 form only).
    pub policy_key: Option<u32>,
    /// Whether ItemOperations may answer in parts.
    pub accept_multipart: bool,
    /// Whether a sent message is to be kept in Sent Items (up to 12.1; default no, MS-ASHTTP_R122).
    pub save_in_sent: bool,
    /// The attachment that GetAttachment asks for.
    pub attachment_name: Option<String>,
    /// The folder of the message that SmartReply or SmartForward means.
    pub collection_id: Option<String>,
    /// That message.
    pub item_id: Option<String>,
    /// That message, as a search named it.
    pub long_id: Option<String>,
    /// The occurrence of a series that is meant.
    pub occurrence: Option<String>,
    /// The locale wanted for the answer, a Windows LCID (base64 form only): 0x0409 is American English.
    pub locale: Option<u16>,
}

impl Parameters {
    /// Parameters without any that are optional.
    pub fn new(command: CommandName, device_id: DeviceId, device_type: DeviceType) -> Parameters {
        Parameters::bare(Command::Known(command), device_id, device_type)
    }

    /// As [`Parameters::new`], for a command that may be unknown.
    pub(super) fn bare(command: Command, device_id: DeviceId, device_type: DeviceType) -> Parameters {
        Parameters {
            command,
            user: None,
            device_id,
            device_type,
            version: None,
            policy_key: None,
            accept_multipart: false,
            save_in_sent: false,
            attachment_name: None,
            collection_id: None,
            item_id: None,
            long_id: None,
            occurrence: None,
            locale: None,
        }
    }
}

/// A command as a query names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// One of the protocol.
    Known(CommandName),
    /// Another name, or `#` and the decimal code of a base64 query. At most 64 printable ASCII characters,
    /// so that it can be logged. To be answered with HTTP 501 in every version: no code page has a root
    /// element for it.
    Unknown(String),
}

impl Command {
    /// The command, if it is one of the protocol.
    pub const fn known(&self) -> Option<CommandName> {
        match self {
            Command::Known(name) => Some(*name),
            Command::Unknown(_) => None,
        }
    }

    pub(super) fn from_text(text: &str) -> Result<Command, EnvelopeError> {
        match CommandName::from_name(text) {
            Some(name) => Ok(Command::Known(name)),
            None if is_printable(text, 64) => Ok(Command::Unknown(text.into())),
            None => Err(EnvelopeError::ParameterInvalid("Cmd")),
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Command::Known(name) => f.write_str(name.name()),
            Command::Unknown(text) => f.write_str(text),
        }
    }
}

/// The name that a device gives itself, the same in every request (MS-ASHTTP_R105).
///
/// 1 to 64 characters: ASCII letters and digits, and behind the first of them also `-`, `_` and `.`. The
/// specification wants "no commas or special characters" (MS-ASHTTP_R102); phones send letters and digits,
/// desktop and library clients GUIDs with hyphens and names with underscores or dots as well. The rule leaves
/// no `/`, `\`, `%`, `:`, quote, space, control character or leading dot: the value is safe in a path, a log
/// line or an SQL text, though nothing relies on it there. Case is kept: a device that changes it is another
/// device.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId(String);

impl DeviceId {
    /// The longest id in characters.
    pub const MAX_LEN: usize = 64;

    /// The id in a base64 query: text, or raw bytes such as a GUID's 16 (MS-ASHTTP_R34).
    ///
    /// Printable ASCII is taken as it is; anything else becomes lower-case hexadecimal digits. So a device
    /// that sends text is the same device in both forms of query. Bytes that are printable but no id are
    /// refused, not turned into digits: that way `../etc` is not accepted in any form.
    pub fn from_bytes(bytes: &[u8]) -> Result<DeviceId, EnvelopeError> {
        if bytes.iter().all(|byte| matches!(byte, 0x20..=0x7e)) {
            return std::str::from_utf8(bytes).map_err(|_| EnvelopeError::DeviceId)?.parse();
        }
        if bytes.len() * 2 > DeviceId::MAX_LEN {
            return Err(EnvelopeError::DeviceId);
        }
        Ok(DeviceId(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DeviceId {
    type Err = EnvelopeError;

    fn from_str(text: &str) -> Result<DeviceId, EnvelopeError> {
        let starts_well = text.starts_with(|first: char| first.is_ascii_alphanumeric());
        let goes_on_well =
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        if starts_well && goes_on_well && text.len() <= DeviceId::MAX_LEN {
            Ok(DeviceId(text.into()))
        } else {
            Err(EnvelopeError::DeviceId)
        }
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of device it says it is (MS-ASHTTP_R107): 1 to 64 printable ASCII characters, spaces at the ends
/// dropped.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceType(String);

impl DeviceType {
    /// The longest type in characters.
    pub const MAX_LEN: usize = 64;

    /// The type as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DeviceType {
    type Err = EnvelopeError;

    fn from_str(text: &str) -> Result<DeviceType, EnvelopeError> {
        let text = text.trim_matches(' ');
        if is_printable(text, DeviceType::MAX_LEN) {
            Ok(DeviceType(text.into()))
        } else {
            Err(EnvelopeError::DeviceType)
        }
    }
}

impl fmt::Display for DeviceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` is 1 to `max` printable ASCII characters.
fn is_printable(text: &str, max: usize) -> bool {
    !text.is_empty() && text.len() <= max && text.bytes().all(|byte| matches!(byte, 0x20..=0x7e))
}

/// A parameter's value: not too long and without control characters. An empty one counts as absent.
pub(super) fn value(name: &'static str, bytes: &[u8], max: usize) -> Result<Option<String>, EnvelopeError> {
    let text = std::str::from_utf8(bytes).map_err(|_| EnvelopeError::ParameterInvalid(name))?;
    if text.len() > max || text.chars().any(char::is_control) {
        return Err(EnvelopeError::ParameterInvalid(name));
    }
    Ok((!text.is_empty()).then(|| text.into()))
}

/// The user's name. Old desktop clients write it in a Windows code page; as it is only logged, what is not
/// UTF-8 is replaced and what is too long or can't be printed is dropped, and the request goes on.
pub(super) fn user(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let usable = !text.is_empty() && text.len() <= MAX_USER && !text.chars().any(char::is_control);
    usable.then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_id_is_letters_and_digits_and_a_little_more() {
        for good in
            ["ApplF17NWABC1234", "androidc1747293", "a", "6F9619FF-8B86-D011-B42D-00C04FC964FF", "k9_1.0"]
        {
            assert_eq!(good.parse::<DeviceId>().unwrap().as_str(), good);
        }
        let long = "x".repeat(65);
        // MS-ASHTTP_R102
        for bad in [
            "",
            "../../../etc/passwd",
            "..",
            ".hidden",
            "a b",
            "a,b",
            "a/b",
            "a\\b",
            "a%2e",
            "ä",
            "a\0",
            &long,
        ] {
            assert_eq!(bad.parse::<DeviceId>(), Err(EnvelopeError::DeviceId), "{bad:?}");
        }
    }

    #[test]
    fn raw_bytes_of_a_device_id_become_hexadecimal_digits() {
        // MS-ASHTTP_R34
        let guid =
            [0xff, 0x19, 0x96, 0x6f, 0x86, 0x8b, 0x11, 0xd0, 0xb4, 0x2d, 0, 0xc0, 0x4f, 0xc9, 0x64, 0xff];
        assert_eq!(DeviceId::from_bytes(&guid).unwrap().as_str(), "ff19966f868b11d0b42d00c04fc964ff");
        assert_eq!(DeviceId::from_bytes(b"PHONE00").unwrap().as_str(), "PHONE00");
        assert_eq!(DeviceId::from_bytes(b"../../etc/passwd"), Err(EnvelopeError::DeviceId));
        assert_eq!(DeviceId::from_bytes(b""), Err(EnvelopeError::DeviceId));
        assert_eq!(DeviceId::from_bytes(&[0; 33]), Err(EnvelopeError::DeviceId));
    }

    #[test]
    fn a_device_type_is_printable() {
        assert_eq!(" SAMSUNG SM-G991B ".parse::<DeviceType>().unwrap().as_str(), "SAMSUNG SM-G991B");
        for bad in ["", "  ", "a\nb", "手机", &"x".repeat(65)] {
            assert_eq!(bad.parse::<DeviceType>(), Err(EnvelopeError::DeviceType), "{bad:?}");
        }
    }

    #[test]
    fn an_odd_user_name_never_fails_a_request() {
        assert_eq!(user(b"CORP\\jos\xe9").as_deref(), Some("CORP\\jos\u{fffd}"));
        assert_eq!(user(b""), None);
        assert_eq!(user(b"a\r\nb"), None);
        assert_eq!(user(&[b'x'; 1000]), None);
    }
}

/// Arbitrary parameters for property tests.
#[cfg(test)]
pub(super) mod strategy {
    use proptest::prelude::*;

    use super::*;

    fn text(max: usize) -> impl Strategy<Value = Option<String>> {
        proptest::option::of("[^\\p{Cc}]{1,60}".prop_filter("bytes", move |text| text.len() <= max))
    }

    prop_compose! {
        /// With everything that either form can say.
        pub fn parameters()(
            command in proptest::sample::select(&CommandName::ALL),
            device_id in "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
            device_type in "[!-~]([ -~]{0,62}[!-~])?",
            version in proptest::option::of(proptest::sample::select(&Version::ALL)),
            policy_key in any::<Option<u32>>(),
            (accept_multipart, save_in_sent) in any::<(bool, bool)>(),
            user in text(MAX_USER),
            attachment_name in text(240),
            (collection_id, item_id, long_id, occurrence) in (text(240), text(240), text(240), text(240)),
            locale in any::<Option<u16>>(),
        ) -> Parameters {
            Parameters {
                command: Command::Known(command),
                user: user.clone(),
                device_id: device_id.parse().unwrap(),
                device_type: device_type.parse().unwrap(),
                version,
                policy_key,
                accept_multipart,
                save_in_sent,
                attachment_name: attachment_name.clone(),
                collection_id: collection_id.clone(),
                item_id: item_id.clone(),
                long_id: long_id.clone(),
                occurrence: occurrence.clone(),
                locale,
            }
        }
    }

    prop_compose! {
        /// Those that the base64 form can say.
        pub fn base64_parameters()(
            parameters in parameters(),
            version in proptest::sample::select(&Version::ALL[2..]),
            locale in any::<u16>(),
        ) -> Parameters {
            Parameters { version: Some(version), locale: Some(locale), ..parameters.clone() }
        }
    }
}
