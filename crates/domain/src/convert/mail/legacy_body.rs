//! Bodies in 2.5: plain text cut by a code, or the whole message as MIME.

use fieldpost_eas::codec::Content;
use fieldpost_eas::item::Email;

use super::BodyOptions;
use super::body::{mime_limit, wants_mime};
use super::class::Class;
use super::parts::Parts;
use crate::convert::text::{cut, cut_bytes};

/// Where `Truncation` cuts, in bytes by code; 9 and above: nowhere.
const TRUNCATION: [usize; 9] = [0, 512, 1024, 2048, 5120, 10_240, 20_480, 51_200, 102_400];

/// Fills `Body` or `MIMEData` of the Email page, each with its size and whether it was cut.
pub fn fill(email: &mut Email, parts: &Parts<'_, '_>, class: Class, options: &BodyOptions) {
    if wants_mime(options.mime_support, class) {
        let raw = parts.parsed.raw();
        let limit = mime_limit(options.mime_truncation).filter(|_| !options.bodies);
        let data = limit.map_or(raw, |l| cut_bytes(raw, l as usize));
        email.mime_truncated = Some(data.len() < raw.len());
        email.mime_size = Some(u32::try_from(raw.len()).unwrap_or(u32::MAX));
        email.mime_data = Some(Content(data.to_vec()));
        return;
    }
    let text = parts.text();
    let code = options.truncation.filter(|_| !options.bodies);
    let limit = code.and_then(|c| TRUNCATION.get(usize::from(c)).copied());
    let data = limit.map_or(text, |l| cut(text, l));
    email.legacy_body_truncated = Some(data.len() < text.len());
    email.legacy_body_size = Some(u32::try_from(text.len()).unwrap_or(u32::MAX));
    email.legacy_body = Some(Content(data.as_bytes().to_vec())).filter(|d| !d.0.is_empty());
}
