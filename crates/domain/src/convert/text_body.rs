//! Notes of events, contacts, tasks and of notes themselves: text in the stored object, `Body` on the
//! wire ([MS-ASAIRS] 2.2.2.9), or plain text in 2.5.
//!
//! iCalendar keeps them as `DESCRIPTION`, and where somebody wrote HTML also as `X-ALT-DESC`, which
//! Outlook introduced and other programs understand. [`StoredText::of`] reads both,
//! [`StoredText::put`] writes them, and leaves them as they are where they say the same.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Content};
use fieldpost_eas::item::{Body, BodyPreference, BodyType};

use super::InvalidItem;
use super::html;
use super::mail::BodyOptions;
use super::rtf;
use super::text::{cut, cut_units, presentable, single_line};
use crate::object::{Component, Line};

/// Most bytes of a body that a phone may store.
pub const MAX_BODY: usize = 4 << 20;
/// Most characters in a preview (MS-ASAIRS_R266).
const MAX_PREVIEW: u32 = 255;
/// Where `Truncation` of 2.5 cuts, in bytes by code; 9 and above: nowhere.
const TRUNCATION: [usize; 9] = [0, 512, 1024, 2048, 5120, 10_240, 20_480, 51_200, 102_400];

/// The HTML beside `DESCRIPTION`.
const ALTERNATIVE: &str = "X-ALT-DESC";

/// The notes of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredText {
    /// As plain text, lines separated by `\n`.
    pub text: String,
    /// As HTML, where they were written so.
    pub html: Option<String>,
}

impl StoredText {
    /// Plain text alone.
    pub fn plain(text: String) -> StoredText {
        StoredText { text, html: None }
    }

    /// Those of a component of a calendar; none where it has none.
    pub fn of(component: &Component) -> Option<StoredText> {
        let alternatives = component.get_all(ALTERNATIVE);
        let html = alternatives.filter(|line| line.has("FMTTYPE", "text/html")).map(Line::text).next();
        let text = component.text("DESCRIPTION");
        if text.is_none() && html.is_none() {
            return None;
        }
        let text = text.unwrap_or_else(|| html.as_deref().map(html::to_text).unwrap_or_default());
        Some(StoredText { text, html })
    }

    /// Writes them into a component of a calendar, in the place of those that are there.
    pub fn put(stored: Option<&StoredText>, component: &mut Component) {
        let stored = stored.filter(|stored| !stored.text.is_empty() || stored.html.is_some());
        let before = StoredText::of(component);
        if before.as_ref() == stored {
            return;
        }
        let text = stored.map(|stored| stored.text.as_str());
        if before.as_ref().map(|before| before.text.as_str()) != text {
            component.set_text("DESCRIPTION", text);
        }
        let html = stored.and_then(|stored| stored.html.as_deref());
        let alternative = html.map(|html| Line::text_line(ALTERNATIVE, html).with("FMTTYPE", "text/html"));
        component.set_all(ALTERNATIVE, alternative.into_iter().collect());
    }

    /// What a phone says they are. An empty body means that there are none.
    pub fn from_wire(body: &Body) -> Result<Option<StoredText>, InvalidItem> {
        let wrong = |reason| InvalidItem::Wrong { element: "Body", reason };
        let bytes = body.data.as_ref().map(|data| data.0.as_slice()).unwrap_or_default();
        if bytes.len() > MAX_BODY {
            return Err(wrong("too large"));
        }
        let data = String::from_utf8_lossy(bytes);
        let stored = match body.r#type {
            BodyType::Text => StoredText::plain(lines(&data)),
            BodyType::Html => {
                let text = lines(&html::to_text(&data)).trim_end().to_owned();
                StoredText { text, html: Some(lines(&data)) }
            }
            BodyType::Rtf => {
                let compressed = BASE64_STANDARD.decode(data.trim());
                return StoredText::from_rtf(&compressed.map_err(|_| wrong("not base64"))?);
            }
            BodyType::Mime => return Err(wrong("MIME is for messages")),
        };
        let empty = stored.text.trim().is_empty() && stored.html.as_ref().is_none_or(|h| h.trim().is_empty());
        Ok((!empty).then_some(stored))
    }

    /// What a phone of 2.5 says they are: as text, or as compressed RTF. Where it says both, the text counts.
    /// The outer `None`: it says nothing of them.
    pub fn from_legacy(
        text: Option<&Content>,
        rtf: Option<&Base64>,
    ) -> Result<Option<Option<StoredText>>, InvalidItem> {
        let text = text.filter(|text| rtf.is_none() || !text.0.is_empty());
        let said = match (text, rtf) {
            (Some(text), _) => StoredText::from_wire(&Body {
                r#type: BodyType::Text,
                estimated_data_size: None,
                truncated: None,
                data: Some(text.clone()),
                part: None,
                preview: None,
            })?,
            (None, Some(Base64(rtf))) => StoredText::from_rtf(rtf)?,
            (None, None) => return Ok(None),
        };
        Ok(Some(said))
    }

    /// The same as compressed RTF ([MS-OXRTFCP]): the text of it is kept.
    fn from_rtf(compressed: &[u8]) -> Result<Option<StoredText>, InvalidItem> {
        let wrong = |_| InvalidItem::Wrong { element: "Body", reason: "not compressed RTF" };
        let text = rtf::text(compressed, MAX_BODY).map_err(wrong)?;
        Ok((!text.trim().is_empty()).then(|| StoredText::plain(lines(&text).trim_end().to_owned())))
    }

    /// In which form they are kept: 1 text, 2 HTML (`NativeBodyType`).
    pub fn native(&self) -> u8 {
        self.native_type() as u8
    }

    fn native_type(&self) -> BodyType {
        if self.html.is_some() { BodyType::Html } else { BodyType::Text }
    }

    /// The body as the phone wants it, 12.0 and later. One that states no wish gets plain text.
    pub fn to_body(&self, options: &BodyOptions) -> Body {
        let mut body = self.choose(&options.preferences);
        if options.version >= Version::V14_0 {
            body.preview = self.preview(&body, &options.preferences);
        }
        body
    }

    /// Chooses the form (MS-ASAIRS_R76 to R80) and cuts it.
    fn choose(&self, preferences: &[BodyPreference]) -> Body {
        let native = self.native_type();
        let other = if native == BodyType::Html { BodyType::Text } else { BodyType::Html };
        let offered = |form| preferences.iter().find(|p| p.r#type == form).map(|wish| (form, wish));
        let mut candidates: Vec<_> = [native, other].into_iter().filter_map(offered).collect();
        if candidates.is_empty() {
            // RTF or MIME alone: the text, within the limits that were named for those.
            candidates.extend(preferences.iter().map(|wish| (BodyType::Text, wish)));
        }
        let mut refused = None;
        for (form, wish) in candidates {
            let whole = self.whole(form);
            // MS-ASAIRS_R75: it counts only beside a truncation size.
            let all_or_none = wish.all_or_none == Some(true);
            let limit = wish.truncation_size.map_or(usize::MAX, |size| size as usize);
            if !all_or_none || whole.len() <= limit {
                return body(form, &whole, limit);
            }
            refused.get_or_insert_with(|| Body { data: None, ..body(form, &whole, 0) });
        }
        refused.unwrap_or_else(|| body(BodyType::Text, &self.whole(BodyType::Text), usize::MAX))
    }

    fn whole(&self, form: BodyType) -> Cow<'_, str> {
        match (form, &self.html) {
            (BodyType::Html, Some(html)) => presentable(html::declare_utf8(Cow::Borrowed(html))),
            (BodyType::Html, None) => {
                Cow::Owned(html::document(&crlf(&presentable(Cow::Borrowed(&self.text)))))
            }
            _ => Cow::Owned(crlf(&presentable(Cow::Borrowed(&self.text)))),
        }
    }

    /// A preview where the phone asked for one. Beside plain text there is none (MS-ASAIRS_R1001036).
    fn preview(&self, body: &Body, preferences: &[BodyPreference]) -> Option<String> {
        let wish = preferences.iter().find(|p| p.r#type == body.r#type).or(preferences.first())?;
        let units = wish.preview?.min(MAX_PREVIEW) as usize;
        let has_text = body.r#type == BodyType::Text && body.data.as_ref().is_some_and(|d| !d.0.is_empty());
        if units == 0 || has_text {
            return None;
        }
        let line = single_line(cut(&self.text, units.saturating_mul(16)));
        Some(cut_units(&line, units).to_owned()).filter(|preview| !preview.is_empty())
    }

    /// The body for a phone of 2.5: the text, and whether and from how many bytes it was cut.
    pub fn to_legacy(&self, options: &BodyOptions) -> LegacyBody {
        let whole = self.whole(BodyType::Text);
        let code = options.truncation.filter(|_| !options.bodies);
        let limit = code.and_then(|code| TRUNCATION.get(usize::from(code)).copied());
        let data = limit.map_or(&*whole, |limit| cut(&whole, limit));
        LegacyBody {
            truncated: data.len() < whole.len(),
            size: u32::try_from(whole.len()).unwrap_or(u32::MAX),
            data: Content(data.as_bytes().to_vec()),
        }
    }
}

/// A body of 2.5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegacyBody {
    /// `data` is not the whole.
    pub truncated: bool,
    /// Bytes of the whole.
    pub size: u32,
    /// Plain text.
    pub data: Content,
}

fn body(form: BodyType, whole: &str, limit: usize) -> Body {
    let data = cut(whole, limit);
    let truncated = data.len() < whole.len();
    Body {
        r#type: form,
        estimated_data_size: Some(u32::try_from(whole.len()).unwrap_or(u32::MAX)),
        truncated: Some(truncated),
        data: Some(Content(data.as_bytes().to_vec())).filter(|d| !truncated || !d.0.is_empty()),
        part: None,
        preview: None,
    }
}

/// Line ends as objects have them.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Line ends as phones have them.
fn crlf(text: &str) -> String {
    lines(text).replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(form: BodyType, size: Option<u32>, all_or_none: Option<bool>) -> BodyPreference {
        BodyPreference { r#type: form, truncation_size: size, all_or_none, preview: Some(255) }
    }

    fn told(stored: &StoredText, preferences: Vec<BodyPreference>) -> Body {
        stored.to_body(&BodyOptions { preferences, ..BodyOptions::new(Version::V16_1) })
    }

    fn text(body: &Body) -> &str {
        body.data.as_ref().map_or("", |data| std::str::from_utf8(&data.0).unwrap())
    }

    #[test]
    fn forms_and_cuts() {
        let plain = StoredText::plain("one\ntwo <3".to_owned());
        // No wish: plain text.
        let body = told(&plain, Vec::new());
        assert_eq!((body.r#type, text(&body)), (BodyType::Text, "one\r\ntwo <3"));
        let body = told(&plain, vec![wish(BodyType::Html, None, None), wish(BodyType::Text, Some(4), None)]);
        assert_eq!((body.r#type, text(&body), body.truncated), (BodyType::Text, "one\r", Some(true)));
        assert_eq!(body.estimated_data_size, Some(11));
        let body = told(&plain, vec![wish(BodyType::Html, None, None)]);
        assert!(body.r#type == BodyType::Html && text(&body).contains("two &lt;3"));
        assert_eq!(body.preview.as_deref(), Some("one two <3"));
        let body = told(&plain, vec![wish(BodyType::Text, Some(4), Some(true))]);
        assert_eq!((body.data, body.truncated, body.estimated_data_size), (None, Some(true), Some(11)));
        let body = told(&plain, vec![wish(BodyType::Rtf, None, None)]);
        assert_eq!(body.r#type, BodyType::Text);

        let rich = StoredText { text: "bold".to_owned(), html: Some("<b>bold</b>".to_owned()) };
        let both = vec![wish(BodyType::Text, None, None), wish(BodyType::Html, None, None)];
        let body = told(&rich, both);
        assert!(body.r#type == BodyType::Html && text(&body).contains("<b>bold</b>"));
        let body = told(&rich, vec![wish(BodyType::Text, None, None)]);
        assert_eq!(text(&body), "bold");
    }

    #[test]
    fn stored_beside_what_else_there_is() {
        let bytes = b"BEGIN:VJOURNAL\r\nDESCRIPTION;X-A=b:one\\ntwo\r\nX-KEEP:1\r\nEND:VJOURNAL\r\n";
        let mut journal = Component::parse_one(bytes, "VJOURNAL").unwrap();
        let before = StoredText::of(&journal).unwrap();
        assert_eq!(before, StoredText::plain("one\ntwo".to_owned()));
        StoredText::put(Some(&before), &mut journal);
        assert_eq!(journal.to_bytes(), bytes);
        let rich = StoredText { text: "bold".to_owned(), html: Some("<b>bold</b>, really".to_owned()) };
        StoredText::put(Some(&rich), &mut journal);
        assert_eq!(StoredText::of(&journal).unwrap(), rich);
        assert_eq!(journal.get("DESCRIPTION").unwrap().param("X-A"), Some("b"));
        StoredText::put(None, &mut journal);
        assert_eq!(journal.lines().map(Line::name).collect::<Vec<_>>(), ["X-KEEP"]);
    }

    #[test]
    fn what_a_phone_says() {
        let body = |form, data: &[u8]| Body { data: Some(Content(data.to_vec())), ..body(form, "", 0) };
        let stored = StoredText::from_wire(&body(BodyType::Text, b"a\r\nb")).unwrap().unwrap();
        assert_eq!(stored, StoredText::plain("a\nb".to_owned()));
        let stored = StoredText::from_wire(&body(BodyType::Html, b"<p>a</p>")).unwrap().unwrap();
        assert_eq!((stored.text.trim(), stored.html.as_deref()), ("a", Some("<p>a</p>")));
        assert_eq!(StoredText::from_wire(&body(BodyType::Text, b" ")), Ok(None));
        for bad in [body(BodyType::Mime, b"x"), body(BodyType::Text, &vec![b'x'; MAX_BODY + 1])] {
            assert!(StoredText::from_wire(&bad).is_err());
        }
    }

    #[test]
    fn legacy_is_cut_by_a_code() {
        let stored = StoredText::plain("x".repeat(600));
        let options = BodyOptions { truncation: Some(1), ..BodyOptions::new(Version::V2_5) };
        let cut = stored.to_legacy(&options);
        assert_eq!((cut.truncated, cut.size, cut.data.0.len()), (true, 600, 512));
        let whole = stored.to_legacy(&BodyOptions { bodies: true, ..options });
        assert_eq!((whole.truncated, whole.data.0.len()), (false, 600));
    }
}
