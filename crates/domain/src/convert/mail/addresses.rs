//! The header fields of a message as a phone's list shows them: people, subject, importance.

use std::fmt::Write as _;

use fieldpost_eas::item::{Email, Importance};
use mail_parser::parsers::fields::thread::thread_name;
use mail_parser::{Addr, Address, HeaderName, HeaderValue};

use crate::convert::parser::Parsed;
use crate::convert::text::{cut_units, single_line};

/// Longest list of addresses sent, in characters (MS-ASEMAIL_R477 for `From`; the others alike).
const MAX_LIST: usize = 32_768;
/// Longest subject sent, in characters.
const MAX_SUBJECT: usize = 4_096;

/// Fills what comes from the header section.
pub fn fill(email: &mut Email, parsed: &Parsed<'_>) {
    // MS-ASEMAIL_R331: separated by commas; R711 and R400: by semicolons.
    email.to = list(parsed, &HeaderName::To, ", ");
    email.cc = list(parsed, &HeaderName::Cc, ", ");
    email.bcc = list(parsed, &HeaderName::Bcc, ", ");
    email.from = list(parsed, &HeaderName::From, ", ");
    email.reply_to = list(parsed, &HeaderName::ReplyTo, ";");
    email.display_to = display_list(parsed, &HeaderName::To);
    email.sender = sender(parsed);
    if let Some(subject) = text(parsed, &HeaderName::Subject) {
        email.thread_topic = Some(topic(&subject).to_owned());
        email.subject = Some(subject);
    }
    email.importance = Some(importance(parsed));
}

/// The values of all header fields of that name, first to last.
fn values<'p, 'x>(
    parsed: &'p Parsed<'x>,
    name: &HeaderName<'_>,
) -> impl Iterator<Item = &'p HeaderValue<'x>> {
    let root = parsed.message.parts.first();
    root.into_iter().flat_map(|r| &r.headers).filter(move |h| h.name == *name).map(|h| &h.value)
}

/// The first header field of that name as one line of text.
pub fn text(parsed: &Parsed<'_>, name: &HeaderName<'_>) -> Option<String> {
    let line = single_line(values(parsed, name).find_map(HeaderValue::as_text)?);
    Some(cut_units(&line, MAX_SUBJECT).to_owned()).filter(|l| !l.is_empty())
}

/// The addresses in all header fields of that name, members of groups among them.
pub fn addresses<'p, 'x>(
    parsed: &'p Parsed<'x>,
    name: &HeaderName<'_>,
) -> impl Iterator<Item = &'p Addr<'x>> {
    values(parsed, name).filter_map(HeaderValue::as_address).flat_map(Address::iter)
}

/// The subject without prefixes such as `Re:`.
pub fn topic(subject: &str) -> &str {
    let topic = thread_name(subject).trim();
    if topic.is_empty() { subject } else { topic }
}

fn list(parsed: &Parsed<'_>, name: &HeaderName<'_>, separator: &str) -> Option<String> {
    joined(addresses(parsed, name).filter_map(shown), separator)
}

/// Joins until the longest length is reached; nothing is cut within.
fn joined(items: impl Iterator<Item = String>, separator: &str) -> Option<String> {
    let mut all = String::new();
    let mut length = 0;
    for item in items {
        length += item.encode_utf16().count() + separator.len();
        if length > MAX_LIST {
            break;
        }
        if !all.is_empty() {
            all.push_str(separator);
        }
        all.push_str(&item);
    }
    Some(all).filter(|a| !a.is_empty())
}

/// `"Name" <local@domain>`, or what of it there is.
fn shown(addr: &Addr<'_>) -> Option<String> {
    let address = addr.address().map(bare).filter(|a| !a.is_empty());
    let name = addr.name().map(single_line).filter(|n| !n.is_empty());
    match (name, address) {
        (Some(name), Some(address)) => {
            let mut out = quoted(&name);
            // Writing to a String can't fail.
            let _ = write!(out, " <{address}>");
            Some(out)
        }
        (None, Some(address)) => Some(address),
        (Some(name), None) => Some(quoted(&name)),
        (None, None) => None,
    }
}

/// An address holds no white space and nothing that would end it.
fn bare(address: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>');
    address.chars().filter(kept).collect()
}

fn quoted(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    out.push('"');
    for c in name.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// Display names of the recipients; one without a name is shown by its address, an empty group by
/// its own name.
fn display_list(parsed: &Parsed<'_>, name: &HeaderName<'_>) -> Option<String> {
    let shown = |addr: &Addr<'_>| addr.name().or(addr.address()).map(single_line).filter(|n| !n.is_empty());
    let mut names = Vec::new();
    for value in values(parsed, name).filter_map(HeaderValue::as_address) {
        names.extend(value.iter().filter_map(shown));
        for group in value.as_group().unwrap_or_default() {
            if group.addresses.is_empty() {
                names.extend(group.name.as_deref().map(single_line));
            }
        }
    }
    joined(names.into_iter(), ";")
}

/// Who sent it, where that is not the author (MS-ASEMAIL_R726).
fn sender(parsed: &Parsed<'_>) -> Option<String> {
    let sender = addresses(parsed, &HeaderName::Sender).next()?;
    let same = |a: &Addr<'_>| match (a.address(), sender.address()) {
        (Some(a), Some(s)) => a.eq_ignore_ascii_case(s),
        _ => false,
    };
    if addresses(parsed, &HeaderName::From).any(same) { None } else { shown(sender) }
}

/// From `Importance` (RFC 2156), or what mailers write instead of it.
fn importance(parsed: &Parsed<'_>) -> Importance {
    let known = |name: HeaderName<'_>| {
        let value = values(parsed, &name).find_map(HeaderValue::as_text)?;
        level(value.split_ascii_whitespace().next()?)
    };
    known(HeaderName::Importance)
        .or_else(|| known("X-Priority".into()))
        .or_else(|| known(HeaderName::Priority))
        .or_else(|| known("X-MSMail-Priority".into()))
        .unwrap_or_default()
}

fn level(word: &str) -> Option<Importance> {
    const WORDS: [(&str, Importance); 11] = [
        ("high", Importance::High),
        ("urgent", Importance::High),
        ("1", Importance::High),
        ("2", Importance::High),
        ("normal", Importance::Normal),
        ("medium", Importance::Normal),
        ("3", Importance::Normal),
        ("low", Importance::Low),
        ("non-urgent", Importance::Low),
        ("4", Importance::Low),
        ("5", Importance::Low),
    ];
    WORDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, level)| level)
}
