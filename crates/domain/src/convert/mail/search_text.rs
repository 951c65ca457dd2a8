//! What a message is found by.

use std::fmt::Write as _;

use mail_parser::HeaderName;

use super::ConvertError;
use super::addresses::{addresses, text};
use super::attachment::list_names;
use super::parts::Parts;
use crate::convert::parser::{Parsed, Source};
use crate::search::text::SearchText;

/// The words of a message, not yet made into words: subject, people, names of attachments, and the body
/// as plain text.
pub fn search_text(content: &[u8]) -> Result<SearchText, ConvertError> {
    let source = Source::new(content);
    let parsed = Parsed::new(&source)?;
    let parts = Parts::new(&parsed);
    let people = |names: &[HeaderName<'_>]| {
        let mut all = String::new();
        for address in names.iter().flat_map(|name| addresses(&parsed, name)) {
            let name = address.name().unwrap_or_default();
            // Writing to a string does not fail.
            let _ = writeln!(all, "{name} {}", address.address().unwrap_or_default());
        }
        all
    };
    let names = list_names(&parts);
    Ok(SearchText {
        subject: text(&parsed, &HeaderName::Subject).unwrap_or_default(),
        from: people(&[HeaderName::From, HeaderName::Sender]),
        to: people(&[HeaderName::To]),
        cc: people(&[HeaderName::Cc, HeaderName::Bcc]),
        has_attachments: !names.is_empty(),
        attachments: names.join("\n"),
        body: parts.text().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_message_is_in_its_place() {
        let message = b"From: Mia <mia@example.org>\r\nTo: ben@example.org, G: a@x.example, b@x.example;\r\n\
            Cc: \"Eve E\" <eve@example.org>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n\
            <style>p{}</style><p>Hello <b>w</b>orld</p>\r\n--b\r\nContent-Type: application/pdf\r\n\
            Content-Disposition: attachment; filename=report.pdf\r\n\r\nhidden\r\n--b--\r\n";
        let found = search_text(message).unwrap();
        assert_eq!(found.subject, "Grüße");
        assert_eq!(found.from, "Mia mia@example.org\n");
        assert_eq!(found.to, " ben@example.org\n a@x.example\n b@x.example\n");
        assert_eq!(found.cc, "Eve E eve@example.org\n");
        assert_eq!((found.attachments.as_str(), found.has_attachments), ("report.pdf", true));
        assert_eq!(found.body.trim(), "Hello world");
    }

    #[test]
    fn what_is_no_message_is_text() {
        let found = search_text(b"just words").unwrap();
        assert_eq!((found.body.trim(), found.has_attachments), ("just words", false));
        assert!(search_text(b"").is_ok());
    }
}
