//! Text messages of phones, which lie among the mail (class `SMS` of [MS-ASMS]; [MS-ASEMAIL] 3.1.5.4).
//!
//! They are stored as messages. [`FROM`] and [`TO`] hold the people exactly as the phone named them,
//! `"Name" [MOBILE:+49170...]`; `From` and `To` say the same to programs that know mail addresses alone,
//! with addresses below [`DOMAIN`].

use fieldpost_eas::item::Email;
use mail_parser::HeaderName;

use super::addresses::text;
use super::conversation::{digest, time_block};
use crate::convert::parser::Parsed;
use crate::item::Conversation;

/// Header field that says of a stored message that it is a text message: `SMS`.
pub const CLASS: &str = "X-Fieldpost-Class";
/// Header field of the sender, as phones have it.
pub const FROM: &str = "X-Fieldpost-SMS-From";
/// Header field of the recipients, as phones have it.
pub const TO: &str = "X-Fieldpost-SMS-To";
/// Domain of the addresses that stand for numbers; no mail can be sent there (RFC 2606 2).
pub const DOMAIN: &str = "mobile.invalid";

/// Most people of one text message that are looked at.
const MAX_PEOPLE: usize = 100;
/// Most characters of a number or of a sender's name.
const MAX_NUMBER: usize = 64;

/// Says of a message what is otherwise of a text message.
pub(super) fn fill(email: &mut Email, parsed: &Parsed<'_>) {
    email.message_class = Some("IPM.Note.Mobile.SMS".to_owned());
    email.from = text(parsed, &HeaderName::from(FROM));
    email.to = text(parsed, &HeaderName::from(TO));
    email.display_to.clone_from(&email.to);
    email.sender = None;
}

/// One end of a text message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its name, where one is given.
    pub name: Option<String>,
    /// Digits with `+` in front, without spaces; letters where the network names the sender so.
    pub number: String,
}

/// The people in a list such as `"Anna" [MOBILE:+49 170 1], [MOBILE:+491702]`. A bare number counts too; what
/// has no number is left out.
pub fn peers(list: &str) -> Vec<Peer> {
    let mut peers = Vec::new();
    let mut rest = list;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((within, behind)) = after.split_once(']') else { break };
        rest = behind;
        let within = within.trim();
        let number = match within.get(..7) {
            Some(kind) if kind.eq_ignore_ascii_case("MOBILE:") => within.get(7..).unwrap_or_default(),
            _ => continue,
        };
        let name = before.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"'));
        peers.extend(peer(Some(name), number));
        if peers.len() >= MAX_PEOPLE {
            return peers;
        }
    }
    if peers.is_empty() && !list.contains('[') {
        peers.extend(list.split([',', ';']).filter_map(|one| peer(None, one)).take(MAX_PEOPLE));
    }
    peers
}

fn peer(name: Option<&str>, number: &str) -> Option<Peer> {
    let kept = |c: &char| c.is_ascii_alphanumeric() || *c == '+';
    let number: String = number.chars().filter(kept).take(MAX_NUMBER).collect();
    let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    (!number.is_empty()).then_some(Peer { name, number })
}

/// The conversation of a text message: one for the same people, whoever of them writes.
pub fn text_conversation(from: &str, to: &str, received_ms: i64) -> Conversation {
    let mut numbers: Vec<String> =
        peers(from).into_iter().chain(peers(to)).map(|peer| peer.number.to_ascii_lowercase()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let name = format!("SMS {}", numbers.join(" "));
    Conversation { id: digest(name.as_bytes()), index: time_block(received_ms).to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_numbers() {
        let of = |list: &str| -> Vec<(Option<String>, String)> {
            peers(list).into_iter().map(|peer| (peer.name, peer.number)).collect()
        };
        let named = |name: &str, number: &str| (Some(name.to_owned()), number.to_owned());
        assert_eq!(of("\"Anna B\" [MOBILE:+49 170-1]"), [named("Anna B", "+491701")]);
        assert_eq!(of("\"A\" [mobile: +1], \"B\" [MOBILE:2]; [FAX:3]"), [named("A", "+1"), named("B", "2")]);
        assert_eq!(of("[MOBILE:Bank]"), [(None, "Bank".to_owned())]);
        assert_eq!(of("+49170 1"), [(None, "+491701".to_owned())]);
        for none in ["", "[]", "[MOBILE:", "[MOBILE:]", "[ö]", "[MOBILÖ:1", ";,"] {
            assert!(of(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn both_ends_have_one_conversation() {
        let id = |from, to| text_conversation(from, to, 0).id;
        assert_eq!(id("\"A\" [MOBILE:+1]", "[MOBILE:+2]"), id("[MOBILE:+2]", "\"Ann\" [MOBILE: +1]"));
        assert_ne!(id("[MOBILE:+1]", "[MOBILE:+2]"), id("[MOBILE:+1]", "[MOBILE:+3]"));
    }
}
