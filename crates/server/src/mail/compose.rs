//! Adds the original to an answer or a forward that the phone sent without it (`ReplaceMime` absent):
//! an answer quotes its text, a forward brings its text and its attachments. The result is UTF-8.
//!
//! A message that is signed, encrypted or an invitation is left as it is: adding to it would break it.

use std::borrow::Cow;
use std::fmt::Write as _;

use fieldpost_domain::convert::mail::{self, ConvertError, Headers, Mailbox};
use fieldpost_domain::item::Item;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::field;
use super::header::Message;
use super::pieces::{File, Pieces, assemble, file_part, with_body};

/// What becomes of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Its text is quoted.
    Reply,
    /// Its text follows, and its attachments come along.
    Forward,
}

/// The message with the original added; none where it has to stay as it is.
///
/// # Errors
/// [`ConvertError`]: one of the two can't be taken apart.
pub fn compose(new: &[u8], original: &Item, manner: Manner) -> Result<Option<Vec<u8>>, ConvertError> {
    let Some(mut header) = Message::parse(new) else { return Ok(None) };
    if is_sealed(&header) {
        return Ok(None);
    }
    if mail::calendar_part(new)?.is_some() {
        return Ok(None);
    }
    let written = Pieces::of(new)?;
    let about = mail::headers(&original.content)?;
    let sealed = about.is_smime || Message::parse(&original.content).is_some_and(|m| is_sealed(&m));
    let quoted = match (manner, sealed) {
        // What is sealed goes along whole, or not at all.
        (Manner::Forward, true) => Pieces { files: vec![File::message(original)], ..Pieces::default() },
        (Manner::Forward, false) => Pieces::of(&original.content)?,
        (Manner::Reply, _) => {
            let pieces = Pieces::of(&original.content)?;
            // Images that the quoted text shows; other files stay behind.
            let files = pieces.files.into_iter().filter(|file| file.cid.is_some() && pieces.html_is_native);
            Pieces { files: files.collect(), ..pieces }
        }
    };
    let body = join(written, quoted, &about, manner, sealed);
    thread(&mut header, &about);
    Ok(Some(with_body(header, body)))
}

/// The message with a calendar as what it says to programs (RFC 6047): its text and the meeting as
/// alternatives, its files beside them. None where it has to stay as it is.
///
/// # Errors
/// [`ConvertError`]: it can't be taken apart.
pub fn with_calendar(new: &[u8], calendar: &[u8], method: &str) -> Result<Option<Vec<u8>>, ConvertError> {
    let Some(header) = Message::parse(new) else { return Ok(None) };
    if is_sealed(&header) || mail::calendar_part(new)?.is_some() {
        return Ok(None);
    }
    let written = Pieces::of(new)?;
    let mut parts = vec![MimePart::new("text/plain", written.text)];
    if written.html_is_native {
        parts.push(MimePart::new("text/html", written.html));
    }
    let kind = ContentType::new("text/calendar")
        .attribute("charset", "utf-8")
        .attribute("method", method.to_owned());
    parts.push(MimePart::new(kind, String::from_utf8_lossy(calendar).into_owned()));
    let mut body = MimePart::new("multipart/alternative", parts);
    if !written.files.is_empty() {
        let parts = std::iter::once(body).chain(written.files.into_iter().map(file_part)).collect::<Vec<_>>();
        body = MimePart::new("multipart/mixed", parts);
    }
    Ok(Some(with_body(header, body)))
}

/// Signed or encrypted, by S/MIME or OpenPGP.
fn is_sealed(header: &Message<'_>) -> bool {
    let content_type = header.value("Content-Type").unwrap_or_default().to_ascii_lowercase();
    let kinds =
        ["multipart/signed", "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"];
    kinds.iter().any(|kind| content_type.starts_with(kind))
}

/// Puts the message into the original's conversation, where the phone did not.
fn thread(header: &mut Message<'_>, about: &Headers) {
    let Some(id) = &about.message_id else { return };
    if header.has("In-Reply-To") || header.has("References") {
        return;
    }
    let mut raw = Vec::new();
    field(&mut raw, "In-Reply-To", &Raw::new(format!("<{id}>")));
    header.set("In-Reply-To", raw);
    let references: Vec<String> =
        about.references.iter().chain(std::iter::once(id)).map(|id| format!("<{id}>")).collect();
    let mut raw = Vec::new();
    field(&mut raw, "References", &Raw::new(references.join(" ")));
    header.set("References", raw);
}

fn join(written: Pieces, quoted: Pieces, about: &Headers, manner: Manner, sealed: bool) -> MimePart<'static> {
    let nothing_quoted = sealed && manner == Manner::Forward;
    let in_html = written.html_is_native || (quoted.html_is_native && !nothing_quoted);
    let (text, html) = if nothing_quoted {
        (written.text, written.html)
    } else {
        (
            format!("{}\r\n\r\n{}", written.text.trim_end(), quote_text(&quoted.text, about, manner)),
            insert_html(&written.html, &quote_html(&quoted.html, about, manner)),
        )
    };
    let files = written.files.into_iter().chain(quoted.files).collect();
    assemble(text, in_html.then_some(html), files)
}

/// `name <address>, ...`.
fn names(mailboxes: &[Mailbox]) -> String {
    let name = |mailbox: &Mailbox| match &mailbox.name {
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.clone(),
    };
    mailboxes.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn sent(about: &Headers) -> String {
    about.date.map(|date| date.strftime("%a, %-d %b %Y %H:%M UTC").to_string()).unwrap_or_default()
}

/// The lines that introduce an original: label and value.
fn introduction(about: &Headers) -> Vec<(&'static str, String)> {
    let lines = [
        ("From", names(&about.from)),
        ("Sent", sent(about)),
        ("To", names(&about.to)),
        ("Cc", names(&about.cc)),
        ("Subject", about.subject.clone()),
    ];
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn quote_text(text: &str, about: &Headers, manner: Manner) -> String {
    let mut quoted = String::from("-----Original Message-----\r\n");
    for (label, value) in introduction(about) {
        let _ = write!(quoted, "{label}: {value}\r\n");
    }
    quoted.push_str("\r\n");
    for line in text.lines() {
        if manner == Manner::Reply {
            quoted.push_str(if line.starts_with('>') { ">" } else { "> " });
        }
        quoted.push_str(line);
        quoted.push_str("\r\n");
    }
    quoted
}

fn quote_html(html: &str, about: &Headers, manner: Manner) -> String {
    let mut quoted = String::from("<hr><div>");
    for (label, value) in introduction(about) {
        let _ = write!(quoted, "<b>{label}:</b> {}<br>", escape(&value));
    }
    let inner = inner_html(html);
    let (open, close) = match manner {
        Manner::Reply => ("<blockquote>", "</blockquote>"),
        Manner::Forward => ("<div>", "</div>"),
    };
    let _ = write!(quoted, "</div><br>{open}{inner}{close}");
    quoted
}

fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>']) {
        return text.into();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into()
}

/// Where `tag` (`<body`) begins, whatever its case: the first time, or the last.
fn find_tag(html: &str, tag: &str, last: bool) -> Option<usize> {
    let lower = html.to_ascii_lowercase();
    if last { lower.rfind(tag) } else { lower.find(tag) }
}

/// What stands within `body`; everything, where there is none.
fn inner_html(html: &str) -> &str {
    let start = find_tag(html, "<body", false)
        .and_then(|at| html.get(at..)?.find('>').map(|end| at + end + 1))
        .unwrap_or(0);
    let end = find_tag(html, "</body", true).filter(|end| *end >= start).unwrap_or(html.len());
    html.get(start..end).unwrap_or(html)
}

/// `html` with `quoted` at its end, before the end of its `body`.
fn insert_html(html: &str, quoted: &str) -> String {
    let at = find_tag(html, "</body", true).or_else(|| find_tag(html, "</html", true)).unwrap_or(html.len());
    let (before, after) = html.split_at(at);
    format!("{before}{quoted}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::pieces::no_meta;

    fn item(content: &str) -> Item {
        Item { meta: no_meta(content.as_bytes()), content: content.replace('\n', "\r\n").into_bytes() }
    }

    const TEXT: &str = "From: Anna <anna@example.org>\nTo: mia@example.org\nSubject: Grüße\n\
         Message-ID: <1@example.org>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n\
         Content-Type: text/plain; charset=utf-8\n\nShall we?\nYes > no\n";

    #[test]
    fn an_answer_quotes_the_text() {
        let new = "From: mia@example.org\nTo: anna@example.org\nSubject: Re: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\
                   Content-Type: text/plain; charset=iso-8859-1\n\nSch\u{f6}n\n"
            .replace('\n', "\r\n");
        // The phone wrote ISO-8859-1.
        let new: Vec<u8> = new.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let composed = compose(&new, &item(TEXT), Manner::Reply).unwrap().unwrap();
        let headers = mail::headers(&composed).unwrap();
        assert_eq!(headers.subject, "Re: Grüße");
        assert_eq!(headers.in_reply_to.as_deref(), Some("1@example.org"));
        let pieces = Pieces::of(&composed).unwrap();
        let text = pieces.text.replace("\r\n", "\n");
        assert!(
            text.starts_with("Schön\n\n-----Original Message-----\nFrom: Anna <anna@example.org>\n"),
            "{text}"
        );
        assert!(text.contains("Sent: Mon, 23 Nov 2026 09:00 UTC\n"), "{text}");
        assert!(text.contains("\n> Shall we?\n> Yes > no"), "{text}");
        assert!(!pieces.html_is_native);
    }

    #[test]
    fn a_forward_brings_the_attachments() {
        let original = "From: anna@example.org\nSubject: Plan\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n\
             <html><body class=x><p>Plan & co</p></body></html>\n--b\nContent-Type: application/pdf; name=plan.pdf\n\
             Content-Disposition: attachment; filename=plan.pdf\nContent-Transfer-Encoding: base64\n\n\
             AAECA/8=\n--b--\n";
        let new = "From: mia@example.org\r\nTo: ben@example.org\r\nSubject: Fwd: Plan\r\n\r\nLook\r\n";
        let composed = compose(new.as_bytes(), &item(original), Manner::Forward).unwrap().unwrap();
        let pieces = Pieces::of(&composed).unwrap();
        assert!(pieces.html_is_native);
        assert!(pieces.html.contains("Look") && pieces.html.contains("<p>Plan & co</p>"), "{}", pieces.html);
        assert!(pieces.text.contains("Look") && pieces.text.contains("Plan & co"), "{}", pieces.text);
        assert_eq!(pieces.files.len(), 1);
        assert_eq!(pieces.files[0].bytes, [0, 1, 2, 3, 255]);
        assert_eq!(
            (pieces.files[0].name.as_str(), pieces.files[0].content_type.as_str()),
            ("plan.pdf", "application/pdf")
        );
    }

    #[test]
    fn what_is_signed_stays_as_it_is() {
        let new = b"To: b@example.org\r\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=x\r\n\r\n--x--\r\n";
        assert_eq!(compose(new, &item(TEXT), Manner::Reply), Ok(None));
        let sealed = "From: a@example.org\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\
                      Content-Transfer-Encoding: base64\n\nAAAA\n";
        let new = b"To: b@example.org\r\nSubject: Fwd\r\n\r\nLook\r\n";
        let original = item(sealed);
        let composed = compose(new, &original, Manner::Forward).unwrap().unwrap();
        let at = memmem(&composed, &original.content);
        assert!(at, "the sealed message goes along byte for byte");
    }

    fn memmem(haystack: &[u8], needle: &[u8]) -> bool {
        haystack.windows(needle.len()).any(|window| window == needle)
    }
}
