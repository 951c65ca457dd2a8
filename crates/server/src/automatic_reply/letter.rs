//! The reply as a message (RFC 3834 3): plain text, or HTML with the same as plain text beside it.

use fieldpost_domain::automatic_reply::text::written_as;
use fieldpost_domain::automatic_reply::{Form, Message};
use fieldpost_domain::convert::mail::Headers;
use fieldpost_store::Account;
use jiff::Timestamp;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use crate::mail::{field, rfc5322_date};

/// Names that a reply is made with.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    /// Who replies.
    pub(super) account: &'a Account,
    /// Makes its `Message-ID`: a random token.
    pub(super) token: &'a str,
    /// When it is made.
    pub(super) now: Timestamp,
}

/// Most ids that a reply refers to.
const REFERENCES: usize = 20;

/// The reply to a message with these header fields.
pub(super) fn write(message: &Message, about: &Headers, to: &str, origin: Origin<'_>) -> Vec<u8> {
    let account = origin.account;
    let mut reply = Vec::new();
    let name = Some(account.display_name.as_str()).filter(|name| !name.is_empty());
    field(&mut reply, "From", &Address::new_address(name, account.address.as_str()));
    field(&mut reply, "To", &Address::new_address(None::<&str>, to));
    field(&mut reply, "Subject", &Text::new(format!("Automatic reply: {}", about.subject)));
    field(&mut reply, "Date", &Raw::new(rfc5322_date(origin.now)));
    let domain = account.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    field(&mut reply, "Message-ID", &MessageId::new(format!("{}@{domain}", origin.token)));
    if let Some(id) = &about.message_id {
        field(&mut reply, "In-Reply-To", &MessageId::new(id.as_str()));
        let skipped = about.references.len().saturating_sub(REFERENCES);
        let known = about.references.iter().skip(skipped).filter(|known| *known != id);
        let references: Vec<&str> = known.map(String::as_str).chain([id.as_str()]).collect();
        field(&mut reply, "References", &MessageId::new_list(references.into_iter()));
    }
    // RFC 3834 3.1.7; the other is what Exchange goes by.
    field(&mut reply, "Auto-Submitted", &Raw::new("auto-replied"));
    field(&mut reply, "X-Auto-Response-Suppress", &Raw::new("All"));
    field(&mut reply, "MIME-Version", &Raw::new("1.0"));
    let text =
        MimePart::new("text/plain; charset=utf-8", written_as(&message.text, message.form, Form::Text));
    let body = match message.form {
        Form::Text => text,
        Form::Html => {
            let html = MimePart::new("text/html; charset=utf-8", message.text.clone());
            MimePart::new("multipart/alternative", vec![text, html])
        }
    };
    body.write_part(&mut reply);
    reply
}

#[cfg(test)]
mod tests {
    use fieldpost_domain::AccountId;
    use fieldpost_domain::convert::mail;

    use super::*;

    fn reply(form: Form, about: &str) -> String {
        let account = Account {
            id: AccountId(1),
            address: "mia@example.org".to_owned(),
            display_name: "Mia Müller".to_owned(),
            aliases: Vec::new(),
            disabled: false,
            created: Timestamp::UNIX_EPOCH,
            time_zone: None,
        };
        let message = Message { enabled: true, text: "<p>Ich bin weg &amp; zurück</p>".to_owned(), form };
        let headers = mail::headers(about.as_bytes()).unwrap();
        let origin = Origin { account: &account, token: "abc", now: Timestamp::UNIX_EPOCH };
        String::from_utf8(write(&message, &headers, "ben@elsewhere.example", origin)).unwrap()
    }

    #[test]
    fn it_says_that_a_robot_wrote_it_and_about_what() {
        let about = "Subject: =?utf-8?q?Pl=C3=A4ne?=\r\nMessage-ID: <2@x>\r\nReferences: <1@x> <2@x>\r\n\r\n";
        let written = reply(Form::Text, about);
        let headers = mail::headers(written.as_bytes()).unwrap();
        assert_eq!(headers.subject, "Automatic reply: Pläne");
        assert_eq!(headers.from[0].name.as_deref(), Some("Mia Müller"));
        assert_eq!(headers.to[0].address, "ben@elsewhere.example");
        assert_eq!(headers.in_reply_to.as_deref(), Some("2@x"));
        assert_eq!(headers.references, ["1@x", "2@x"]);
        assert!(written.contains("\r\nAuto-Submitted: auto-replied\r\n"));
        assert!(written.contains("\r\nX-Auto-Response-Suppress: All\r\n"));
        let empty = reply(Form::Text, "\r\n");
        assert!(!empty.contains("In-Reply-To") && !empty.contains("References"));
    }

    #[test]
    fn html_has_the_same_as_text_beside_it() {
        let written = reply(Form::Html, "Subject: x\r\n\r\n");
        assert!(written.contains("multipart/alternative") && written.contains("text/html"));
        let text = mail::search_text(written.as_bytes()).unwrap().body;
        assert_eq!(text.trim(), "Ich bin weg & zurück");
    }

    #[test]
    fn a_subject_cannot_make_a_field() {
        let written = reply(Form::Text, "Subject: a\r\n b\rBcc: eve@x.example\r\n\r\n");
        assert!(!written.lines().any(|line| line.starts_with("Bcc")), "{written}");
    }
}
