//! The base64 form of the query ([MS-ASHTTP] 2.2.1.1.1.1), known from 12.1 on.
//!
//! The bytes are: version times ten, command code, locale (u16), device id, policy key (0 or 4 bytes), device
//! type, then parameters as tag, length, value. Integers are little endian, variable fields have a length
//! byte. Both base64 alphabets are read, with or without padding, and with `%3D`, `%2B`, `%2F` decoded first.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

use crate::Version;
use crate::command::CommandName;
use crate::http::parameters::{self, Command, DeviceId, Parameters};
use crate::http::query::MAX_LEN;
use crate::http::{EnvelopeError, Refusal};

/// American English, what is written where no locale is set.
pub const DEFAULT_LOCALE: u16 = 0x0409;

/// Tags of parameters ([MS-ASHTTP] 2.2.1.1.1.1.3). 2 and 5 stand in older editions only and are skipped.
mod tag {
    pub const ATTACHMENT_NAME: u8 = 0;
    pub const COLLECTION_ID: u8 = 1;
    pub const ITEM_ID: u8 = 3;
    pub const LONG_ID: u8 = 4;
    pub const OCCURRENCE: u8 = 6;
    pub const OPTIONS: u8 = 7;
    pub const USER: u8 = 8;
}

/// Bits of the Options parameter.
mod option {
    pub const SAVE_IN_SENT: u8 = 0x01;
    pub const ACCEPT_MULTIPART: u8 = 0x02;
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads a base64 query, the part of the URI behind `?`.
pub fn decode(query: &str) -> Result<Parameters, Refusal> {
    if query.len() > MAX_LEN {
        return Err(EnvelopeError::QueryTooLong.into());
    }
    let text: Vec<u8> = percent_decode_str(query)
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    let bytes = LENIENT.decode(text).map_err(|_| EnvelopeError::QueryUnreadable)?;
    let mut input = Input(&bytes);

    let byte = input.byte("protocol version")?;
    // The form came with 12.1.
    let version = Version::from_times_ten(byte).filter(|version| *version >= Version::V12_1);
    let code = input.byte("command code")?;
    let command = match CommandName::from_code(code) {
        Some(name) => Command::Known(name),
        None => Command::Unknown(format!("#{code}")),
    };
    let refuse = |error| Refusal { error, version, command: command.known() };
    if version.is_none() {
        return Err(refuse(EnvelopeError::VersionUnknown(format!("{}.{}", byte / 10, byte % 10))));
    }
    fields(input, version, command.clone()).map_err(refuse)
}

fn fields(
    mut input: Input<'_>,
    version: Option<Version>,
    command: Command,
) -> Result<Parameters, EnvelopeError> {
    let locale = u16::from_le_bytes(input.array("locale")?);
    let device_id = DeviceId::from_bytes(input.counted("device id")?)?;
    let policy_key = match input.counted("policy key")? {
        [] => None,
        [a, b, c, d] => Some(u32::from_le_bytes([*a, *b, *c, *d])),
        _ => return Err(EnvelopeError::ParameterInvalid("policy key length")),
    };
    let device_type =
        std::str::from_utf8(input.counted("device type")?).map_err(|_| EnvelopeError::DeviceType)?.parse()?;
    let mut parameters = Parameters {
        version,
        policy_key,
        locale: Some(locale),
        ..Parameters::bare(command, device_id, device_type)
    };
    while !input.0.is_empty() {
        let tag = input.byte("parameter tag")?;
        let value = input.counted("parameter value")?;
        let id = |name| parameters::value(name, value, parameters::MAX_ID);
        match tag {
            tag::ATTACHMENT_NAME => parameters.attachment_name = id("AttachmentName")?,
            tag::COLLECTION_ID => parameters.collection_id = id("CollectionId")?,
            tag::ITEM_ID => parameters.item_id = id("ItemId")?,
            tag::LONG_ID => parameters.long_id = id("LongId")?,
            tag::OCCURRENCE => parameters.occurrence = id("Occurrence")?,
            tag::OPTIONS => {
                let [flags] = value else { return Err(EnvelopeError::ParameterInvalid("Options")) };
                parameters.save_in_sent = flags & option::SAVE_IN_SENT != 0;
                parameters.accept_multipart = flags & option::ACCEPT_MULTIPART != 0;
            }
            tag::USER => parameters.user = parameters::user(value),
            _ => {}
        }
    }
    Ok(parameters)
}

/// Why parameters can't be written in this form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// No version is set, or one that does not know the form.
    #[error("a base64 query needs a version from 12.1 on")]
    Version,
    /// Not a command of the protocol.
    #[error("the command '{0}' has no code")]
    Command(String),
    /// A length is one byte.
    #[error("{0} is longer than 255 bytes")]
    TooLong(&'static str),
}

/// Writes a base64 query, in the standard alphabet with padding, the way the specification's example is.
pub fn encode(parameters: &Parameters) -> Result<String, EncodeError> {
    let version =
        parameters.version.filter(|version| *version >= Version::V12_1).ok_or(EncodeError::Version)?;
    let command =
        parameters.command.known().ok_or_else(|| EncodeError::Command(parameters.command.to_string()))?;
    let mut bytes = vec![version.times_ten(), command.code()];
    bytes.extend(parameters.locale.unwrap_or(DEFAULT_LOCALE).to_le_bytes());
    put_counted(&mut bytes, "DeviceId", parameters.device_id.as_str().as_bytes())?;
    match parameters.policy_key {
        Some(key) => put_counted(&mut bytes, "policy key", &key.to_le_bytes())?,
        None => bytes.push(0),
    }
    put_counted(&mut bytes, "DeviceType", parameters.device_type.as_str().as_bytes())?;
    for (tag, name, value) in [
        (tag::ATTACHMENT_NAME, "AttachmentName", &parameters.attachment_name),
        (tag::COLLECTION_ID, "CollectionId", &parameters.collection_id),
        (tag::ITEM_ID, "ItemId", &parameters.item_id),
        (tag::LONG_ID, "LongId", &parameters.long_id),
        (tag::OCCURRENCE, "Occurrence", &parameters.occurrence),
        (tag::USER, "User", &parameters.user),
    ] {
        if let Some(value) = value {
            bytes.push(tag);
            put_counted(&mut bytes, name, value.as_bytes())?;
        }
    }
    let mut flags = 0;
    if parameters.save_in_sent {
        flags |= option::SAVE_IN_SENT;
    }
    if parameters.accept_multipart {
        flags |= option::ACCEPT_MULTIPART;
    }
    if flags != 0 {
        bytes.extend([tag::OPTIONS, 1, flags]);
    }
    Ok(base64::engine::general_purpose::STANDARD.encode(bytes))
}

fn put_counted(bytes: &mut Vec<u8>, name: &'static str, value: &[u8]) -> Result<(), EncodeError> {
    bytes.push(u8::try_from(value.len()).map_err(|_| EncodeError::TooLong(name))?);
    bytes.extend(value);
    Ok(())
}

/// What is left to read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], EnvelopeError> {
        let (head, rest) = self.0.split_first_chunk().ok_or(EnvelopeError::QueryTruncated(what))?;
        self.0 = rest;
        Ok(*head)
    }

    fn byte(&mut self, what: &'static str) -> Result<u8, EnvelopeError> {
        let [byte] = self.array(what)?;
        Ok(byte)
    }

    fn counted(&mut self, what: &'static str) -> Result<&'a [u8], EnvelopeError> {
        let len = usize::from(self.byte(what)?);
        let (head, rest) = self.0.split_at_checked(len).ok_or(EnvelopeError::QueryTruncated(what))?;
        self.0 = rest;
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;
    use crate::http::parameters::strategy;

    #[test]
    fn the_example_of_the_specification() {
        // MS-ASHTTP_R16, MS-ASHTTP_R18, MS-ASHTTP_R21, MS-ASHTTP_R58
        let query = "jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l";
        let parameters = decode(query).unwrap();
        assert_eq!(parameters.version, Some(Version::V14_0));
        assert_eq!(parameters.command, Command::Known(CommandName::Sync));
        assert_eq!(parameters.locale, Some(0x0409));
        assert_eq!(parameters.device_id.as_str(), "v140Device");
        assert_eq!(parameters.policy_key, None); // MS-ASHTTP_R39
        assert_eq!(parameters.device_type.as_str(), "SmartPhone");
        assert_eq!(encode(&parameters).unwrap(), query);
    }

    #[test]
    fn a_policy_key_is_four_bytes_little_endian() {
        // MS-ASHTTP_R40, MS-ASHTTP_R65
        let query = "oQkJBAdQSE9ORTAwBOB06k0FUGl4ZWw=";
        let parameters = decode(query).unwrap();
        assert_eq!(parameters.version, Some(Version::V16_1));
        assert_eq!(parameters.command, Command::Known(CommandName::FolderSync));
        assert_eq!(parameters.device_id.as_str(), "PHONE00");
        assert_eq!(parameters.policy_key, Some(1_307_210_976));
        assert_eq!(parameters.device_type.as_str(), "Pixel");
        assert_eq!(encode(&parameters).unwrap(), query);
        for variant in ["oQkJBAdQSE9ORTAwBOB06k0FUGl4ZWw", "oQkJBAdQSE9ORTAwBOB06k0FUGl4ZWw%3D"] {
            assert_eq!(decode(variant).unwrap(), parameters);
        }
    }

    #[test]
    fn parameters_are_told_by_their_tags() {
        // MS-ASHTTP_R81, MS-ASHTTP_R510, MS-ASHTTP_R82, MS-ASHTTP_R83, MS-ASHTTP_R84, MS-ASHTTP_R85,
        // MS-ASHTTP_R86, MS-ASHTTP_R92, MS-ASHTTP_R94, MS-ASHTTP_R486
        let mut bytes = b"\x79\x03\x07\x04\x02X1\x00\x02SP".to_vec();
        bytes.extend(b"\x00\x0417-2\x01\x015\x03\x035:1\x04\x02ab\x06\x01o\x07\x01\x03\x08\x04anna");
        bytes.extend(b"\x05\x03old\xc8\x00"); // tags of other editions are skipped
        let parameters = decode(&STANDARD.encode(bytes)).unwrap();
        assert_eq!(parameters.command, Command::Known(CommandName::SmartReply));
        assert_eq!(parameters.locale, Some(0x0407));
        assert_eq!(parameters.attachment_name.as_deref(), Some("17-2"));
        assert_eq!(parameters.collection_id.as_deref(), Some("5"));
        assert_eq!(parameters.item_id.as_deref(), Some("5:1"));
        assert_eq!(parameters.long_id.as_deref(), Some("ab"));
        assert_eq!(parameters.occurrence.as_deref(), Some("o"));
        assert_eq!(parameters.user.as_deref(), Some("anna"));
        assert!(parameters.save_in_sent);
        assert!(parameters.accept_multipart);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let refused = |bytes: &[u8]| decode(&STANDARD.encode(bytes)).unwrap_err();
        assert_eq!(decode("%%%").unwrap_err().error, EnvelopeError::QueryUnreadable);
        assert_eq!(refused(b"").error, EnvelopeError::QueryTruncated("protocol version"));
        assert_eq!(refused(b"\xa1").error, EnvelopeError::QueryTruncated("command code"));
        // 2.5 and 12.0 do not know the form.
        assert_eq!(refused(b"\x19\x00").error, EnvelopeError::VersionUnknown("2.5".into()));
        assert_eq!(refused(b"\xaa\x00").error, EnvelopeError::VersionUnknown("17.0".into()));
        // MS-ASHTTP_R32
        let error = refused(b"\xa1\x00\x09\x04\x00\x00\x02SP");
        assert_eq!(error.error, EnvelopeError::DeviceId);
        assert_eq!((error.version, error.command), (Some(Version::V16_1), Some(CommandName::Sync)));
        // MS-ASHTTP_R38
        assert_eq!(
            refused(b"\xa1\x00\x09\x04\x02X1\x03abc\x02SP").error,
            EnvelopeError::ParameterInvalid("policy key length")
        );
        assert_eq!(
            refused(b"\xa1\x00\x09\x04\x02X1\x00\x02SP\x01\x05ab").error,
            EnvelopeError::QueryTruncated("parameter value")
        );
        assert_eq!(
            refused(b"\xa1\x00\x09\x04\x02X1\x00\x02SP\x07\x00").error,
            EnvelopeError::ParameterInvalid("Options")
        );
    }

    #[test]
    fn an_unknown_command_code_is_kept() {
        let parameters = decode(&STANDARD.encode(b"\xa1\x63\x09\x04\x02X1\x00\x02SP")).unwrap();
        assert_eq!(parameters.command, Command::Unknown("#99".into()));
        assert_eq!(encode(&parameters), Err(EncodeError::Command("#99".into())));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(parameters in strategy::base64_parameters()) {
            let query = encode(&parameters).unwrap();
            let bytes = STANDARD.decode(&query).unwrap();
            let expected = Ok(parameters);
            prop_assert_eq!(&decode(&query), &expected);
            prop_assert_eq!(&decode(&URL_SAFE.encode(&bytes)), &expected);
            prop_assert_eq!(&decode(&URL_SAFE_NO_PAD.encode(&bytes)), &expected);
        }

        #[test]
        fn what_is_read_and_written_is_read_the_same(tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = b"\xa1\x00\x09\x04\x02X1\x00\x02SP".to_vec();
            bytes.extend(tail);
            if let Ok(parameters) = decode(&STANDARD.encode(bytes)) {
                // A name of 255 bytes that was not UTF-8 grows when it is made so.
                if let Ok(query) = encode(&parameters) {
                    prop_assert_eq!(decode(&query), Ok(parameters));
                }
            }
        }

        #[test]
        fn no_text_makes_it_panic(query in "\\PC*") {
            let _ = decode(&query);
        }
    }
}
