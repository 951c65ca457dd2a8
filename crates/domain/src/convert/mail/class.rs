//! The message class ([MS-ASEMAIL] 2.2.2.49): what kind of message a phone should take it for.
//!
//! Messages about meetings are `IPM.Note` here: their class promises a `MeetingRequest` element, so that
//! [`super::meeting`] gives both or neither.

use mail_parser::{ContentType, MimeHeaders, PartType};

use crate::convert::parser::Parsed;
use crate::convert::transfer;

/// Kind of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Normal (MS-ASEMAIL_R590).
    Note,
    /// Encrypted, or signed opaquely (R591).
    Smime,
    /// Clear-signed (R592).
    SmimeSigned,
    /// Secure read receipt (R593).
    SmimeReceipt,
    /// Could not be delivered (R604).
    NotDelivered,
    /// Was delivered (R605).
    Delivered,
    /// Delivery is delayed (R606).
    Delayed,
    /// Was read (R607).
    Read,
    /// Was deleted unread (R608).
    NotRead,
}

impl Class {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Class::Note => "IPM.Note",
            Class::Smime => "IPM.Note.SMIME",
            Class::SmimeSigned => "IPM.Note.SMIME.MultipartSigned",
            Class::SmimeReceipt => "IPM.Note.Receipt.SMIME",
            Class::NotDelivered => "REPORT.IPM.Note.NDR",
            Class::Delivered => "REPORT.IPM.Note.DR",
            Class::Delayed => "REPORT.IPM.Note.DELAYED",
            Class::Read => "REPORT.IPM.Note.IPNRN",
            Class::NotRead => "REPORT.IPM.Note.IPNNRN",
        }
    }

    /// Whether `MIMESupport` 1 means it ([MS-ASCMD] 2.2.3.110).
    pub fn is_smime(self) -> bool {
        matches!(self, Class::Smime | Class::SmimeSigned | Class::SmimeReceipt)
    }
}

/// Tells the kind by the root's content type, of a report by what it reports.
pub fn classify(parsed: &Parsed<'_>) -> Class {
    let Some(root) = parsed.message.parts.first() else { return Class::Note };
    let Some(content_type) = root.content_type() else { return Class::Note };
    let is = |kind: &str, names: &[&str]| {
        content_type.ctype().eq_ignore_ascii_case(kind)
            && content_type.subtype().is_some_and(|s| names.iter().any(|n| n.eq_ignore_ascii_case(s)))
    };
    let parameter = |name: &str| content_type.attribute(name).unwrap_or_default().to_ascii_lowercase();
    if is("application", &["pkcs7-mime", "x-pkcs7-mime"]) {
        return opaque(&parameter("smime-type"));
    }
    if is("application", &["octet-stream"]) && is_p7m(root.attachment_name()) {
        // Gateways that don't know the type pass it on like this (RFC 8551 3.2.1).
        return opaque(&parameter("smime-type"));
    }
    if is("multipart", &["signed"]) && parameter("protocol").ends_with("pkcs7-signature") {
        return Class::SmimeSigned;
    }
    if is("multipart", &["report"]) {
        return report(parsed, &parameter("report-type"));
    }
    Class::Note
}

fn opaque(smime_type: &str) -> Class {
    match smime_type {
        "signed-receipt" => Class::SmimeReceipt,
        "certs-only" => Class::Note,
        _ => Class::Smime,
    }
}

fn is_p7m(name: Option<&str>) -> bool {
    let extension = name.and_then(|n| n.rsplit_once('.')).map(|(_, e)| e);
    extension.is_some_and(|e| e.eq_ignore_ascii_case("p7m"))
}

fn report(parsed: &Parsed<'_>, report_type: &str) -> Class {
    match report_type {
        "delivery-status" => {
            // RFC 3464 2.3.3. One failure among several recipients makes it a failure.
            let actions = fields(parsed, "delivery-status", "action");
            let any = |word: &str| actions.iter().any(|a| a.starts_with(word));
            if any("failed") {
                Class::NotDelivered
            } else if any("delayed") {
                Class::Delayed
            } else if any("delivered") || any("relayed") || any("expanded") {
                Class::Delivered
            } else {
                Class::NotDelivered
            }
        }
        "disposition-notification" => {
            // RFC 8098 3.2.6: `automatic-action/MDN-sent-automatically; displayed`.
            let shown = fields(parsed, "disposition-notification", "disposition");
            let deleted =
                shown.iter().any(|d| d.split(';').nth(1).is_some_and(|t| t.trim().starts_with("delete")));
            if deleted { Class::NotRead } else { Class::Read }
        }
        _ => Class::Note,
    }
}

/// The values, in lower case, of all fields of that name in the first part `message/<subtype>`.
fn fields(parsed: &Parsed<'_>, subtype: &str, name: &str) -> Vec<String> {
    let wanted = |t: &ContentType<'_>| {
        t.ctype().eq_ignore_ascii_case("message")
            && t.subtype().is_some_and(|s| s.eq_ignore_ascii_case(subtype))
    };
    let part = parsed.message.parts.iter().find(|p| p.content_type().is_some_and(wanted));
    let Some(part) = part.filter(|p| !matches!(p.body, PartType::Multipart(_))) else { return Vec::new() };
    let content = transfer::decode(parsed.encoded(part), parsed.encoding(part));
    String::from_utf8_lossy(&content)
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(field, _)| field.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_ascii_lowercase())
        .collect()
}
