//! Voice mail: what a telephone system says of a call in the header of its message, as phones show it
//! ([MS-ASEMAIL] 2.2.2.81 to 2.2.2.83).
//!
//! Telephone systems that speak to Exchange name the kind of message in `Content-Class` and the call in fields
//! of their own ([MS-OXOUM] 2.2.5); others send `multipart/voice-message` (RFC 3801).

use fieldpost_eas::item::{Attachment, AttachmentEntry, Email};
use mail_parser::{HeaderName, HeaderValue, MimeHeaders};

use crate::convert::parser::Parsed;

/// Most characters of a telephone number.
const NUMBER_CHARS: usize = 256;
/// Most attachments that are put in order.
const MOST_IN_ORDER: usize = 100;

/// What is said of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    class: &'static str,
    caller: Option<String>,
    /// Seconds that the newest recording takes.
    seconds: Option<u32>,
    /// Names of the recordings, the newest last.
    order: Vec<String>,
}

/// The call that a message tells of; none where it tells of none.
pub(super) fn call(parsed: &Parsed<'_>) -> Option<Call> {
    let root = parsed.message.parts.first()?;
    let field = |name: &'static str| {
        let name = HeaderName::from(name);
        let value = root.headers.iter().rev().find(|header| header.name == name).map(|header| &header.value);
        value.and_then(HeaderValue::as_text).map(str::trim).filter(|text| !text.is_empty())
    };
    let class = match field("Content-Class").unwrap_or_default().to_ascii_lowercase().as_str() {
        "voice" => "IPM.Note.Microsoft.Voicemail.UM",
        "voice-ca" => "IPM.Note.Microsoft.Voicemail.UM.CA",
        "missedcall" => "IPM.Note.Microsoft.Missed.Voice",
        _ if root.is_content_type("multipart", "voice-message") => "IPM.Note.Microsoft.Voicemail",
        _ => return None,
    };
    Some(Call {
        class,
        caller: field("X-CallingTelephoneNumber").map(|number| number.chars().take(NUMBER_CHARS).collect()),
        seconds: field("X-VoiceMessageDuration").and_then(|text| text.parse().ok()),
        order: field("X-AttachmentOrder")
            .map(|names| names.split(';').map(|name| name.trim().to_owned()).take(MOST_IN_ORDER).collect())
            .unwrap_or_default(),
    })
}

/// Says of a message what is known of its call. `recordings`: which attachments are sound, in their order.
pub(super) fn fill(email: &mut Email, call: Call, recordings: &[bool]) {
    let Call { class, caller, seconds, order } = call;
    email.message_class = Some(class.to_owned());
    email.um_caller_id = caller;
    let mut sounds: Vec<&mut Attachment> = email
        .attachments
        .iter_mut()
        .filter_map(|entry| match entry {
            AttachmentEntry::Attachment(attachment) => Some(attachment),
            _ => None,
        })
        .zip(recordings)
        .filter_map(|(attachment, is_sound)| is_sound.then_some(attachment))
        .collect();
    // The newest is the first (MS-ASEMAIL_R809); what is not named in the order is as old as it stands deep.
    let age = |attachment: &&mut Attachment| {
        let name = attachment.display_name.as_deref().unwrap_or_default();
        let place = order.iter().rev().position(|named| named.eq_ignore_ascii_case(name));
        place.unwrap_or(usize::MAX)
    };
    sounds.sort_by_key(age);
    for (number, attachment) in (1u32..).zip(sounds) {
        attachment.um_att_order = Some(number);
        attachment.um_att_duration = seconds.filter(|_| number == 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::parser::Source;

    fn of(header: &str) -> Option<Call> {
        let message = format!("From: a@example.org\r\n{header}\r\nText.\r\n");
        call(&Parsed::new(&Source::new(message.as_bytes())).unwrap())
    }

    #[test]
    fn the_header_says_what_kind_of_call_it_was() {
        for (header, class) in [
            ("Content-Class: Voice-CA\r\n", Some("IPM.Note.Microsoft.Voicemail.UM.CA")),
            ("Content-Class: missedcall\r\n", Some("IPM.Note.Microsoft.Missed.Voice")),
            ("Content-Type: multipart/voice-message; boundary=b\r\n", Some("IPM.Note.Microsoft.Voicemail")),
            ("Content-Class: urn:content-classes:message\r\n", None),
            ("X-CallingTelephoneNumber: 1\r\n", None),
        ] {
            assert_eq!(of(header).map(|call| call.class), class, "{header}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let call = of("Content-Class: voice\r\nX-VoiceMessageDuration: long\r\n").unwrap();
        assert_eq!((call.caller, call.seconds, call.order.len()), (None, None, 0));
    }
}
