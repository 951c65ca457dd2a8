//! Writes the messages that a phone sends, and those that tests and benches deliver.

use jiff::Timestamp;
use mail_builder::MessageBuilder;

/// A plain-text message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter<'a> {
    /// Author's address.
    pub from: &'a str,
    /// Recipients' addresses.
    pub to: &'a [&'a str],
    /// Subject.
    pub subject: &'a str,
    /// Text.
    pub text: &'a str,
}

impl Letter<'_> {
    /// The message (RFC 5322), dated `at`, with `id` before the `@` of its Message-ID.
    pub fn write(&self, at: Timestamp, id: &str) -> Vec<u8> {
        let domain = self.from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let message = MessageBuilder::new()
            .from(self.from)
            .to(self.to.to_vec())
            .subject(self.subject)
            .date(at.as_second())
            .message_id(format!("{id}@{domain}"))
            .text_body(self.text);
        // Writing into memory does not fail.
        message.write_to_vec().unwrap_or_default()
    }

    /// The message, dated now, with an id of its own.
    pub fn write_now(&self) -> Vec<u8> {
        self.write(crate::clock::now(), &crate::entropy::name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_what_a_message_needs() {
        let letter = Letter {
            from: "anna@example.org",
            to: &["ben@example.org", "cleo@example.net"],
            subject: "Grüße",
            text: "Hallo\n",
        };
        let text = String::from_utf8(letter.write(Timestamp::UNIX_EPOCH, "x1")).unwrap();
        for part in [
            "From: <anna@example.org>",
            "<cleo@example.net>",
            "Message-ID: <x1@example.org>",
            "Date: Thu, 1 Jan 1970",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(text.is_ascii());
    }
}
