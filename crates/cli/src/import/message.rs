//! Turns the bytes of a message or of another object into an item: its state from the flags that its file or its own header
//! fields carry, its time, its conversation. Any bytes but none make an item: a message that is damaged
//! is kept as it came.

use std::time::SystemTime;

use fieldpost_domain::convert::mail::conversation;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::index;
use fieldpost_domain::item::{Conversation, Flag, MailState, NewItem, Verb};
use jiff::Timestamp;
use mail_parser::{Message, MessageParser};
use sha2::{Digest, Sha256};

use super::maildir::Flags;
use super::received::received;

/// What is known of a message beside its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints {
    /// Flags in the file's name; none: it is not in a maildir.
    pub flags: Option<Flags>,
    /// Time of the mbox file's `From ` line.
    pub from_line: Option<Timestamp>,
    /// Time of the file.
    pub modified: Option<SystemTime>,
    /// Every message counts as read.
    pub read: bool,
}

/// Makes the item for a folder of this kind.
pub fn item(content: Vec<u8>, hints: Hints, folder: FolderType, now: Timestamp) -> NewItem {
    let parsed = MessageParser::default().parse_headers(&content);
    let received = received(hints.from_line, parsed.as_ref(), hints.modified, now);
    let flags = hints.flags.unwrap_or_else(|| parsed.as_ref().map(flags_in_header).unwrap_or_default());
    let state = state(flags, hints.read, folder, received);
    let origin = format!("import/{}", hex::encode(Sha256::digest(&content)));
    let conversation = conversation(&content, received.as_millisecond());
    let index = index::of(Class::Email, &content, received.as_millisecond());
    NewItem { content, index, state, conversation, origin: Some(origin) }
}

/// Makes the item for an event, task, note or contact.
pub fn object(class: Class, content: Vec<u8>, now: Timestamp) -> NewItem {
    let origin = format!("import/{}", hex::encode(Sha256::digest(&content)));
    let index = index::of(class, &content, now.as_millisecond());
    let (state, conversation) = (MailState::default(), Conversation::default());
    NewItem { content, index, state, conversation, origin: Some(origin) }
}

fn state(flags: Flags, read: bool, folder: FolderType, received: Timestamp) -> MailState {
    let verb = if flags.replied {
        Some(Verb::ReplyToSender)
    } else if flags.passed {
        Some(Verb::Forward)
    } else {
        None
    };
    MailState {
        read: read || flags.seen || folder == FolderType::SentItems,
        flag: flags.flagged.then(|| Flag {
            status: 2,
            flag_type: Some("Flag for follow up".to_owned()),
            ..Flag::default()
        }),
        last_verb: verb.map(|verb| (verb, received)),
        draft: flags.draft || folder == FolderType::Drafts,
        ..MailState::default()
    }
}

/// Flags as mail programs keep them in an mbox file: `Status` and `X-Status` (Pine, mutt, Dovecot),
/// `X-Mozilla-Status` (Thunderbird).
fn flags_in_header(message: &Message<'_>) -> Flags {
    let field = |name: &'static str| message.header_raw(name).unwrap_or_default().trim().to_owned();
    let (status, extra) = (field("Status"), field("X-Status"));
    let mozilla = u16::from_str_radix(&field("X-Mozilla-Status"), 16).unwrap_or(0);
    Flags {
        seen: status.contains('R') || mozilla & 0x0001 != 0,
        replied: extra.contains('A') || mozilla & 0x0002 != 0,
        flagged: extra.contains('F') || mozilla & 0x0004 != 0,
        trashed: extra.contains('D') || mozilla & 0x0008 != 0,
        draft: extra.contains('T'),
        passed: mozilla & 0x1000 != 0,
    }
}

/// Whether the message was to be thrown away.
pub fn is_trashed(content: &[u8], hints: Hints) -> bool {
    match hints.flags {
        Some(flags) => flags.trashed,
        None => MessageParser::default()
            .parse_headers(content)
            .is_some_and(|message| flags_in_header(&message).trashed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str, hints: Hints, folder: FolderType) -> NewItem {
        item(content.as_bytes().to_vec(), hints, folder, "2026-11-23T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn state_comes_from_the_name_or_the_header() {
        let flags = Flags { seen: true, flagged: true, replied: true, ..Flags::default() };
        let made = of("Subject: x\n\n", Hints { flags: Some(flags), ..Hints::default() }, FolderType::Inbox);
        assert!(made.state.read);
        assert_eq!(made.state.flag.unwrap().status, 2);
        assert_eq!(made.state.last_verb.unwrap().0, Verb::ReplyToSender);

        let text = "Status: RO\nX-Status: F\nSubject: x\n\n";
        let made = of(text, Hints::default(), FolderType::UserMail);
        assert!(made.state.read && made.state.flag.is_some() && made.state.last_verb.is_none());

        let made = of("X-Mozilla-Status: 1003\n\n", Hints::default(), FolderType::UserMail);
        assert!(made.state.read);
        assert_eq!(made.state.last_verb.unwrap().0, Verb::ReplyToSender);
        assert!(is_trashed(b"X-Mozilla-Status: 0008\n\n", Hints::default()));
    }

    #[test]
    fn the_same_bytes_have_the_same_origin() {
        let one = of("Subject: x\n\n", Hints::default(), FolderType::Inbox);
        let other = of("Subject: x\n\n", Hints { read: true, ..Hints::default() }, FolderType::UserMail);
        assert_eq!(one.origin, other.origin);
        assert_eq!(one.origin.unwrap().len(), "import/".len() + 64);
    }

    #[test]
    fn any_bytes_make_an_item() {
        for content in ["x", "\0\0\0", ":", "\n\n", "Content-Type: multipart/mixed; boundary=", "\u{feff}"] {
            let made = of(content, Hints::default(), FolderType::Drafts);
            assert_eq!(made.content, content.as_bytes());
            assert!(made.state.draft);
        }
    }
}
