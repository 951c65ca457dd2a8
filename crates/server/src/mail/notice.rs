//! Messages that the server writes itself about a user's devices: plain text, marked as written by a robot.

use fieldpost_domain::MailboxId;
use fieldpost_domain::backend::{DeliverTo, Write};
use fieldpost_domain::convert::mail::conversation;
use fieldpost_domain::folder::Class;
use fieldpost_domain::index;
use fieldpost_domain::item::{MailState, NewItem};
use jiff::Timestamp;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;
use sha2::{Digest as _, Sha256};

use super::{field, rfc5322_date};

/// What is said to whom.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// The address.
    pub to: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The text, lines ending with `\n`.
    pub text: &'a str,
    /// What it is about, in a form that never comes again: the same message about the same is delivered
    /// once.
    pub about: &'a str,
    /// When.
    pub now: Timestamp,
}

impl Notice<'_> {
    /// The message (RFC 5322): the same for the same notice, byte for byte.
    pub fn message(&self) -> Vec<u8> {
        let mut message = Vec::new();
        let domain = self.to.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let sender = format!("postmaster@{domain}");
        field(&mut message, "From", &Address::new_address(Some("Fieldpost"), sender.as_str()));
        field(&mut message, "To", &Address::new_address(None::<&str>, self.to));
        field(&mut message, "Subject", &Text::new(self.subject));
        field(&mut message, "Date", &Raw::new(rfc5322_date(self.now)));
        field(&mut message, "Message-ID", &MessageId::new(format!("{}@{domain}", self.token())));
        // RFC 3834 5
        field(&mut message, "Auto-Submitted", &Raw::new("auto-generated"));
        field(&mut message, "X-Auto-Response-Suppress", &Raw::new("All"));
        field(&mut message, "MIME-Version", &Raw::new("1.0"));
        MimePart::new("text/plain; charset=utf-8", self.text).write_part(&mut message);
        message
    }

    fn token(&self) -> String {
        let digest = Sha256::digest(format!("{}\n{}", self.to, self.about));
        let mut digits = hex::encode(digest);
        // Half of it tells all notices apart.
        digits.truncate(32);
        digits
    }

    /// The message as an item of mail.
    pub fn item(&self) -> NewItem {
        let content = self.message();
        let received = self.now.as_millisecond();
        NewItem {
            conversation: conversation(&content, received),
            index: index::of(Class::Email, &content, received),
            content,
            state: MailState::default(),
            origin: Some(format!("notice/{}", self.token())),
        }
    }

    /// The message into a mailbox's Inbox.
    pub fn delivery(&self, mailbox: MailboxId) -> Write {
        Write::Append { mailbox, folder: DeliverTo::INBOX, item: self.item() }
    }

    /// The message to an address elsewhere, by way of the queue of `mailbox`. It has no envelope sender:
    /// what can't be delivered is not returned.
    pub fn sending(&self, mailbox: MailboxId) -> Write {
        let recipients = vec![self.to.to_owned()];
        Write::Send { mailbox, sender: String::new(), recipients, content: self.message() }
    }
}

#[cfg(test)]
mod tests {
    use fieldpost_domain::convert::mail;

    use super::*;

    #[test]
    fn it_is_the_same_for_the_same_and_says_that_a_robot_wrote_it() {
        let notice = Notice {
            to: "mia@example.org",
            subject: "Grüße\r\nBcc: eve@x.example",
            text: "one\ntwö\n",
            about: "wipe/A/1",
            now: Timestamp::UNIX_EPOCH,
        };
        let message = String::from_utf8(notice.message()).unwrap();
        assert_eq!(message.as_bytes(), notice.message());
        assert!(message.contains("\r\nAuto-Submitted: auto-generated\r\n"));
        assert!(!message.lines().any(|line| line.starts_with("Bcc")), "{message}");
        let headers = mail::headers(message.as_bytes()).unwrap();
        assert_eq!(headers.from[0].address, "postmaster@example.org");
        assert_ne!(Notice { about: "wipe/A/2", ..notice }.item().origin, notice.item().origin);
    }
}
