//! The plain form of the query ([MS-ASHTTP] 2.2.1.1.1.2): `Cmd=Sync&User=anna&DeviceId=X1&DeviceType=iPhone`.
//!
//! Parameters come in any order, their names in any case, unknown ones are skipped. `%41` is decoded and `+`
//! is a plus, as RFC 3986 has it, so that an address with a plus survives. Version, policy key and
//! multipart flag are not part of this form: they travel as headers, see [`super::headers`].

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::http::parameters::{self, Command, Parameters};
use crate::http::{EnvelopeError, Refusal};

/// The longest query in bytes that is looked at, in both forms.
pub const MAX_LEN: usize = 8192;

/// Everything but the characters that RFC 3986 2.3 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Whether `query` has the plain form: it names a command.
pub fn is_plain(query: &str) -> bool {
    query
        .split('&')
        .any(|pair| pair.split_once('=').is_some_and(|(name, _)| name.eq_ignore_ascii_case("Cmd")))
}

/// Reads a plain query. A refusal names the command, if it was readable.
pub fn decode(query: &str) -> Result<Parameters, Refusal> {
    if query.len() > MAX_LEN {
        return Err(EnvelopeError::QueryTooLong.into());
    }
    let fields = Fields::split(query)?;
    let command = Command::from_text(&fields.text("Cmd", fields.command)?)?;
    let refuse = |error| Refusal { error, version: None, command: command.known() };
    fields.into_parameters(command.clone()).map_err(refuse)
}

/// Writes a plain query. What this form has no place for (version, policy key, multipart flag, locale) is left
/// out.
pub fn encode(parameters: &Parameters) -> String {
    let mut query = String::with_capacity(128);
    let mut add = |name: &str, value: &str| {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.extend(utf8_percent_encode(value, RESERVED));
    };
    // MS-ASHTTP_R98 gives this order.
    add("Cmd", &parameters.command.to_string());
    add("User", parameters.user.as_deref().unwrap_or_default());
    add("DeviceId", parameters.device_id.as_str());
    add("DeviceType", parameters.device_type.as_str());
    for (name, value) in [
        ("AttachmentName", &parameters.attachment_name),
        ("CollectionId", &parameters.collection_id),
        ("ItemId", &parameters.item_id),
        ("LongId", &parameters.long_id),
        ("Occurrence", &parameters.occurrence),
    ] {
        if let Some(value) = value {
            add(name, value);
        }
    }
    if parameters.save_in_sent {
        add("SaveInSent", "T");
    }
    query
}

/// The values as they stand in the query, still percent-encoded.
#[derive(Default)]
struct Fields<'a> {
    command: Option<&'a str>,
    user: Option<&'a str>,
    device_id: Option<&'a str>,
    device_type: Option<&'a str>,
    attachment_name: Option<&'a str>,
    collection_id: Option<&'a str>,
    item_id: Option<&'a str>,
    long_id: Option<&'a str>,
    occurrence: Option<&'a str>,
    save_in_sent: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn split(query: &'a str) -> Result<Fields<'a>, EnvelopeError> {
        let mut fields = Fields::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let Some((known, field)) = fields.field(name) else { continue };
            // Which of two values a proxy in front looked at can't be known.
            if field.is_some_and(|first| first != value) {
                return Err(EnvelopeError::ParameterTwice(known));
            }
            *field = Some(value);
        }
        Ok(fields)
    }

    fn field(&mut self, name: &str) -> Option<(&'static str, &mut Option<&'a str>)> {
        let known = [
            ("Cmd", &mut self.command),
            ("User", &mut self.user),
            ("DeviceId", &mut self.device_id),
            ("DeviceType", &mut self.device_type),
            ("AttachmentName", &mut self.attachment_name),
            ("CollectionId", &mut self.collection_id),
            ("ItemId", &mut self.item_id),
            ("LongId", &mut self.long_id),
            ("Occurrence", &mut self.occurrence),
            ("SaveInSent", &mut self.save_in_sent),
        ];
        known.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    fn bytes(field: Option<&str>) -> Vec<u8> {
        percent_decode_str(field.unwrap_or_default()).collect()
    }

    fn text(&self, name: &'static str, field: Option<&str>) -> Result<String, EnvelopeError> {
        String::from_utf8(Self::bytes(field)).map_err(|_| EnvelopeError::ParameterInvalid(name))
    }

    fn into_parameters(self, command: Command) -> Result<Parameters, EnvelopeError> {
        let id = |name, field| parameters::value(name, &Self::bytes(field), parameters::MAX_ID);
        let device_id =
            self.text("DeviceId", self.device_id).map_err(|_| EnvelopeError::DeviceId)?.parse()?;
        let device_type =
            self.text("DeviceType", self.device_type).map_err(|_| EnvelopeError::DeviceType)?.parse()?;
        let save_in_sent = match self.save_in_sent {
            Some("T" | "t") => true,
            Some("F" | "f" | "") | None => false,
            Some(_) => return Err(EnvelopeError::ParameterInvalid("SaveInSent")),
        };
        Ok(Parameters {
            user: parameters::user(&Self::bytes(self.user)),
            save_in_sent,
            attachment_name: parameters::value(
                "AttachmentName",
                &Self::bytes(self.attachment_name),
                parameters::MAX_ATTACHMENT_NAME,
            )?,
            collection_id: id("CollectionId", self.collection_id)?,
            item_id: id("ItemId", self.item_id)?,
            long_id: id("LongId", self.long_id)?,
            occurrence: id("Occurrence", self.occurrence)?,
            ..Parameters::bare(command, device_id, device_type)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::command::CommandName;
    use crate::http::parameters::strategy;

    #[test]
    fn the_example_of_the_specification() {
        // MS-ASHTTP_R16, MS-ASHTTP_R98
        let parameters = decode("Cmd=Sync&User=rmjones&DeviceId=v140Device&DeviceType=SmartPhone").unwrap();
        assert_eq!(parameters.command, Command::Known(CommandName::Sync));
        assert_eq!(parameters.user.as_deref(), Some("rmjones"));
        assert_eq!(parameters.device_id.as_str(), "v140Device");
        assert_eq!(parameters.device_type.as_str(), "SmartPhone");
        assert!(!parameters.save_in_sent); // MS-ASHTTP_R122
        assert_eq!(encode(&parameters), "Cmd=Sync&User=rmjones&DeviceId=v140Device&DeviceType=SmartPhone");
    }

    #[test]
    fn parameters_come_in_any_order_and_case() {
        // MS-ASHTTP_R526, MS-ASHTTP_R527, MS-ASHTTP_R528, MS-ASHTTP_R529, MS-ASHTTP_R530, MS-ASHTTP_R121
        let parameters = decode(
            "SaveInSent=T&LongId=RgAAAAD%2f%3d&devicetype=SP&ItemId=5%3a1&DeviceID=X1&User=CORP%5canna%2Bx&\
             Occurrence=20261123T090000Z&CollectionId=5&cmd=SmartReply&Unknown=%zz&Flag",
        )
        .unwrap();
        assert_eq!(parameters.command, Command::Known(CommandName::SmartReply));
        assert_eq!(parameters.user.as_deref(), Some("CORP\\anna+x"));
        assert_eq!(parameters.collection_id.as_deref(), Some("5"));
        assert_eq!(parameters.item_id.as_deref(), Some("5:1"));
        assert_eq!(parameters.long_id.as_deref(), Some("RgAAAAD/="));
        assert_eq!(parameters.occurrence.as_deref(), Some("20261123T090000Z"));
        assert!(parameters.save_in_sent);
        // MS-ASHTTP_R437
        let sent = |value: &str| decode(&format!("Cmd=SendMail&DeviceId=a&DeviceType=b&SaveInSent={value}"));
        assert!(!sent("F").unwrap().save_in_sent);
        assert_eq!(sent("yes").unwrap_err().error, EnvelopeError::ParameterInvalid("SaveInSent"));
    }

    #[test]
    fn an_attachment_is_named_in_the_query() {
        // MS-ASHTTP_R115, MS-ASHTTP_R487
        let parameters = decode("Cmd=GetAttachment&AttachmentName=17-2&DeviceId=a&DeviceType=b").unwrap();
        assert_eq!(parameters.attachment_name.as_deref(), Some("17-2"));
    }

    #[test]
    fn what_is_wrong_is_said_with_the_command() {
        let refused = |query: &str| decode(query).unwrap_err();
        let error = refused("Cmd=Sync&User=a&DeviceId=../../../etc/passwd&DeviceType=b");
        assert_eq!(error.error, EnvelopeError::DeviceId);
        assert_eq!(error.command, Some(CommandName::Sync));
        assert_eq!(refused("Cmd=Sync&DeviceId=%2e%2e%2fetc&DeviceType=b").error, EnvelopeError::DeviceId);
        assert_eq!(refused("Cmd=Sync&DeviceType=b").error, EnvelopeError::DeviceId);
        assert_eq!(refused("Cmd=Sync&DeviceId=a").error, EnvelopeError::DeviceType);
        assert_eq!(
            refused("Cmd=Sync&DeviceId=a&DeviceId=b&DeviceType=c").error,
            EnvelopeError::ParameterTwice("DeviceId")
        );
        assert_eq!(refused("Cmd=&DeviceId=a&DeviceType=c").error, EnvelopeError::ParameterInvalid("Cmd"));
        let long = format!("Cmd=Sync&DeviceId=a&DeviceType=b&x={}", "x".repeat(MAX_LEN));
        assert_eq!(refused(&long).error, EnvelopeError::QueryTooLong);
        let long = format!("Cmd=Sync&DeviceId=a&DeviceType=b&ItemId={}", "x".repeat(257));
        assert_eq!(refused(&long).error, EnvelopeError::ParameterInvalid("ItemId"));
    }

    #[test]
    fn an_unknown_command_is_kept() {
        let parameters = decode("Cmd=Teleport&DeviceId=a&DeviceType=b").unwrap();
        assert_eq!(parameters.command, Command::Unknown("Teleport".into()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(parameters in strategy::parameters()) {
            let plain = Parameters {
                version: None, policy_key: None, accept_multipart: false, locale: None, ..parameters
            };
            let query = encode(&plain);
            prop_assert!(is_plain(&query));
            prop_assert_eq!(decode(&query), Ok(plain));
        }

        #[test]
        fn what_is_read_and_written_is_read_the_same(query in "(Cmd=Sync&DeviceId=a&DeviceType=b&)?\\PC{0,200}") {
            if let Ok(parameters) = decode(&query) {
                prop_assert_eq!(decode(&encode(&parameters)), Ok(parameters));
            }
        }
    }
}
