//! A bounce: tells a sender that a message could not be delivered, in words and in the form of
//! RFC 3464, so that the phone shows it as such.

use jiff::Timestamp;
use mail_builder::headers::HeaderType;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::header::Message;
use super::{field, rfc5322_date};

/// Originals up to this many bytes are returned whole, of larger ones the header section alone.
const RETURNED_WHOLE: usize = 64 * 1024;

/// What failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure<'a> {
    /// For whom.
    pub recipient: &'a str,
    /// Enhanced status code (RFC 3463), such as `5.1.1`.
    pub status: &'a str,
    /// What happened, a sentence for the sender.
    pub reason: &'a str,
    /// What the other server said, if it said anything.
    pub said: Option<&'a str>,
}

/// Names that a bounce is made with.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The name of this server, as it reports.
    pub host: &'a str,
    /// The domain that `MAILER-DAEMON` is at.
    pub domain: &'a str,
    /// Makes the bounce's `Message-ID`: a random token.
    pub token: &'a str,
    /// When it is made.
    pub now: Timestamp,
}

/// The bounce for a message of `sender`.
pub fn message(original: &[u8], sender: &str, failures: &[Failure<'_>], origin: Origin<'_>) -> Vec<u8> {
    let header = Message::parse(original);
    let mut bounce = Vec::new();
    let subject = header.as_ref().and_then(|h| h.value("Subject")).unwrap_or_default();
    let subject = format!("Not delivered: {subject}");
    let from = format!("Mail delivery <MAILER-DAEMON@{}>", origin.domain);
    let id = format!("<{}@{}>", origin.token, origin.domain);
    field(&mut bounce, "From", &Raw::new(from));
    field(&mut bounce, "To", &Raw::new(format!("<{sender}>")));
    // The original's subject may hold encoded words already: it goes on as it came.
    field(&mut bounce, "Subject", &Raw::new(subject));
    field(&mut bounce, "Date", &Raw::new(rfc5322_date(origin.now)));
    field(&mut bounce, "Message-ID", &Raw::new(id));
    if let Some(id) = header.as_ref().and_then(|h| h.value("Message-ID")).filter(|id| id.starts_with('<')) {
        field(&mut bounce, "In-Reply-To", &Raw::new(id.clone()));
        field(&mut bounce, "References", &Raw::new(id));
    }
    field(&mut bounce, "Auto-Submitted", &Raw::new("auto-replied"));
    field(&mut bounce, "MIME-Version", &Raw::new("1.0"));
    let report = ContentType::new("multipart/report").attribute("report-type", "delivery-status");
    let parts = vec![
        MimePart::new("text/plain", words(failures)),
        raw_part("message/delivery-status", report_of(failures, origin).into_bytes()),
        returned(original, header.as_ref()),
    ];
    MimePart::new(report, parts).write_part(&mut bounce);
    bounce
}

fn words(failures: &[Failure<'_>]) -> String {
    let mut text = String::from("Your message could not be delivered to:\n\n");
    for failure in failures {
        text.push_str(&format!("  {}\n    {}\n", failure.recipient, failure.reason));
        if let Some(said) = failure.said {
            text.push_str(&format!("    The other server said: {}\n", one_line(said)));
        }
        text.push('\n');
    }
    text.push_str("It was not delivered to them and will not be tried again.\n");
    text
}

fn report_of(failures: &[Failure<'_>], origin: Origin<'_>) -> String {
    let mut text = format!("Reporting-MTA: dns; {}\r\n", one_line(origin.host));
    for failure in failures {
        let recipient = one_line(failure.recipient);
        text.push_str(&format!(
            "\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {}\r\n",
            one_line(failure.status)
        ));
        if let Some(said) = failure.said {
            text.push_str(&format!("Diagnostic-Code: smtp; {}\r\n", one_line(said)));
        }
    }
    text
}

fn returned<'a>(original: &[u8], header: Option<&Message<'_>>) -> MimePart<'a> {
    match header {
        Some(header) if original.len() > RETURNED_WHOLE => raw_part("text/rfc822-headers", header.header()),
        _ => raw_part("message/rfc822", original.iter().take(RETURNED_WHOLE).copied().collect()),
    }
}

/// A part whose bytes go as they are.
fn raw_part<'a>(content_type: &'a str, bytes: Vec<u8>) -> MimePart<'a> {
    let content_type = HeaderType::from(ContentType::new(content_type));
    MimePart { headers: vec![("Content-Type".into(), content_type)], contents: bytes.into() }
        .transfer_encoding("8bit")
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldpost_domain::convert::mail;

    #[test]
    fn it_says_what_failed_in_both_ways() {
        let original = b"From: mia@example.org\r\nTo: nobody@example.org\r\nSubject: Lunch\r\nMessage-ID: <1@x>\r\n\r\nHi\r\n";
        let failure = Failure {
            recipient: "nobody@example.org",
            status: "5.1.1",
            reason: "There is no such user here.",
            said: Some("550 no\r\nsuch user"),
        };
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let origin = Origin { host: "mail.example.org", domain: "example.org", token: "t1", now };
        let bounce = message(original, "mia@example.org", &[failure], origin);
        let headers = mail::headers(&bounce).unwrap();
        assert_eq!(headers.to[0].address, "mia@example.org");
        assert_eq!(headers.subject, "Not delivered: Lunch");
        assert_eq!(headers.in_reply_to.as_deref(), Some("1@x"));
        assert_eq!(headers.date, Some(now));
        let text = String::from_utf8(bounce).unwrap();
        for part in [
            "multipart/report",
            "Final-Recipient: rfc822; nobody@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n",
            "Diagnostic-Code: smtp; 550 no  such user\r\n",
            "There is no such user here.",
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\nFrom: mia@example.org",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}
