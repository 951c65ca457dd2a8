//! Bodies from 12.0 on ([MS-ASAIRS] 2.2.2.9 to 2.2.2.12): which form a phone gets, and how much of it.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Content;
use fieldpost_eas::item::{Body, BodyPart, BodyPartPreference, BodyPreference, BodyType, Email};

use super::class::Class;
use super::parts::{Native, Parts};
use super::{BodyOptions, ConvertError};
use crate::convert::text::{cut, cut_bytes};

/// Most characters in a preview (MS-ASAIRS_R266).
const MAX_PREVIEW: u32 = 255;

/// Where `MIMETruncation` cuts ([MS-ASCMD] 2.2.3.111), in bytes by code; 8 and above: nowhere.
const MIME_TRUNCATION: [u32; 8] = [0, 4096, 5120, 7168, 10_240, 20_480, 51_200, 102_400];

/// The limit that a `MIMETruncation` code stands for.
pub fn mime_limit(code: Option<u8>) -> Option<u32> {
    MIME_TRUNCATION.get(usize::from(code?)).copied()
}

/// Whether MIME is due ([MS-ASCMD] 2.2.3.110).
pub fn wants_mime(support: u8, class: Class) -> bool {
    support == 2 || (support == 1 && class.is_smime())
}

/// One form of the body, whole.
#[derive(Clone, Copy)]
enum Whole<'p> {
    Text(BodyType, &'p str),
    Mime(&'p [u8]),
}

impl Whole<'_> {
    fn body_type(self) -> BodyType {
        match self {
            Whole::Text(form, _) => form,
            Whole::Mime(_) => BodyType::Mime,
        }
    }

    fn len(self) -> usize {
        match self {
            Whole::Text(_, text) => text.len(),
            Whole::Mime(bytes) => bytes.len(),
        }
    }

    /// The body with at most `limit` bytes of data; with no data at all where nothing fits.
    fn into_body(self, limit: Option<u32>) -> Body {
        let size = self.len();
        let limit = limit.map_or(usize::MAX, |l| l as usize);
        let form = self.body_type();
        let data = match self {
            Whole::Text(_, text) => cut(text, limit).as_bytes().to_vec(),
            Whole::Mime(bytes) => cut_bytes(bytes, limit).to_vec(),
        };
        let truncated = data.len() < size;
        Body {
            r#type: form,
            estimated_data_size: Some(to_u32(size)),
            // MS-ASAIRS_R277: absent means whole; said anyway, since MS-ASCMD_R3387 requires it.
            truncated: Some(truncated),
            data: Some(Content(data)).filter(|d| !truncated || !d.0.is_empty()),
            part: None,
            preview: None,
        }
    }

    /// The body's form and size alone.
    fn into_size(self) -> Body {
        Body {
            r#type: self.body_type(),
            estimated_data_size: Some(to_u32(self.len())),
            truncated: Some(true),
            data: None,
            part: None,
            preview: None,
        }
    }
}

/// Fills `Body`, `BodyPart` and `NativeBodyType`.
pub fn fill(
    email: &mut Email,
    parts: &Parts<'_, '_>,
    class: Class,
    options: &BodyOptions,
) -> Result<(), ConvertError> {
    email.native_body_type = Some(parts.native as u8);
    let mut body = choose(parts, class, options);
    if options.version >= Version::V14_0 {
        body.preview = preview(parts, &body, &options.preferences);
    }
    if options.version >= Version::V14_1 {
        email.body_part = options.part.as_ref().map(|wish| part(parts, wish));
    }
    // MS-ASCON_R247: who asks for the part alone gets the part alone.
    if email.body_part.is_none() || !options.preferences.is_empty() {
        email.body = Some(body);
    }
    Ok(())
}

/// Chooses the form (MS-ASAIRS_R76 to R80) and cuts it.
fn choose(parts: &Parts<'_, '_>, class: Class, options: &BodyOptions) -> Body {
    let native = native_type(parts);
    if options.preferences.is_empty() {
        let whole = whole(parts, native);
        return if options.bodies { whole.into_body(None) } else { whole.into_size() };
    }
    let mut refused = None;
    for (form, wish) in candidates(native, wants_mime(options.mime_support, class), &options.preferences) {
        let whole = whole(parts, form);
        let limit = match form {
            BodyType::Mime => least(wish.truncation_size, mime_limit(options.mime_truncation)),
            _ => wish.truncation_size,
        };
        // MS-ASAIRS_R75: it counts only beside a truncation size.
        let all_or_none = wish.all_or_none == Some(true) && wish.truncation_size.is_some();
        if !all_or_none || limit.is_none_or(|l| whole.len() <= l as usize) {
            return whole.into_body(limit);
        }
        refused.get_or_insert_with(|| whole.into_size());
    }
    refused.unwrap_or_else(|| whole(parts, native).into_size())
}

/// The forms to try, best first: MIME where it is due, the native form, what it converts to. A phone
/// that offers nothing of that (RTF alone, or MIME that it said it does not want) gets the native
/// form within the limits that it named.
fn candidates(
    native: BodyType,
    mime: bool,
    preferences: &[BodyPreference],
) -> Vec<(BodyType, &BodyPreference)> {
    let other = if native == BodyType::Html { BodyType::Text } else { BodyType::Html };
    let order = [(mime, BodyType::Mime), (true, native), (true, other)];
    let offered = |form| preferences.iter().find(|p| p.r#type == form);
    let mut list: Vec<_> = order
        .into_iter()
        .filter(|(due, _)| *due)
        .filter_map(|(_, form)| offered(form).map(|wish| (form, wish)))
        .collect();
    if list.is_empty() {
        list.extend(preferences.iter().map(|wish| (native, wish)));
    }
    list
}

fn native_type(parts: &Parts<'_, '_>) -> BodyType {
    match parts.native {
        Native::Text => BodyType::Text,
        Native::Html => BodyType::Html,
    }
}

fn whole<'p>(parts: &'p Parts<'_, '_>, form: BodyType) -> Whole<'p> {
    match form {
        BodyType::Mime => Whole::Mime(parts.parsed.raw()),
        BodyType::Html => Whole::Text(form, parts.html()),
        BodyType::Text | BodyType::Rtf => Whole::Text(BodyType::Text, parts.text()),
    }
}

/// A preview where the phone asked for one with the form that it got. Beside plain text there is none
/// (MS-ASAIRS_R1001036).
fn preview(parts: &Parts<'_, '_>, body: &Body, preferences: &[BodyPreference]) -> Option<String> {
    let wish = preferences.iter().find(|p| p.r#type == body.r#type).or(preferences.first())?;
    let units = wish.preview?.min(MAX_PREVIEW);
    let has_text = body.r#type == BodyType::Text && body.data.as_ref().is_some_and(|d| !d.0.is_empty());
    if units == 0 || has_text {
        return None;
    }
    Some(parts.preview(units as usize)).filter(|p| !p.is_empty())
}

/// The message part ([MS-ASAIRS] 2.2.2.10), always HTML: of a message that is not taken apart into
/// what is new and what it quotes, all of it.
fn part(parts: &Parts<'_, '_>, wish: &BodyPartPreference) -> BodyPart {
    let whole = whole(parts, BodyType::Html);
    let refused =
        wish.all_or_none == Some(true) && wish.truncation_size.is_some_and(|l| whole.len() > l as usize);
    let body = if refused { whole.into_size() } else { whole.into_body(wish.truncation_size) };
    let units = wish.preview.unwrap_or_default().min(MAX_PREVIEW);
    BodyPart {
        // MS-ASAIRS_R271, R272.
        status: if refused { 176 } else { 1 },
        r#type: body.r#type,
        estimated_data_size: body.estimated_data_size,
        truncated: body.truncated,
        data: body.data,
        part: None,
        preview: Some(parts.preview(units as usize)).filter(|p| !p.is_empty()),
    }
}

fn least(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
