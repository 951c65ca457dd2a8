//! The picture of a contact.

use super::InvalidItem;
use crate::object::{Component, Line};

/// Most bytes of a picture that a phone may send, and that it is sent. [MS-ASCNTC] 2.2.2.56 says 48 KB of
/// base64; phones take and send more, and a picture taken by one is worth keeping.
pub const MAX: usize = 512 * 1024;

/// The picture, where it lies in the card itself and phones can take it. One behind a link is not
/// fetched.
pub fn read(card: &Component) -> Option<Vec<u8>> {
    line(card).and_then(Line::binary).filter(|picture| !picture.is_empty() && picture.len() <= MAX)
}

fn line(card: &Component) -> Option<&Line> {
    card.get_all("PHOTO").find(|line| line.binary().is_some())
}

/// Sets it; empty: takes it away.
pub fn set(card: &mut Component, picture: &[u8]) -> Result<(), InvalidItem> {
    if picture.len() > MAX {
        return Err(InvalidItem::Wrong { element: "Picture", reason: "too large" });
    }
    if read(card).unwrap_or_default() == picture {
        return Ok(());
    }
    if picture.is_empty() {
        // Those behind links were never shown.
        card.retain_lines(|line| line.name() != "PHOTO" || line.binary().is_none());
        return Ok(());
    }
    let (name, media) = kind(picture);
    let new = match card.text("VERSION").as_deref() {
        Some("4.0") => {
            let mut new = Line::new("PHOTO", "");
            let bytes = Line::base64_line("PHOTO", "b", picture);
            new.set_value(&format!("data:{media};base64,{}", bytes.value()));
            new
        }
        Some("2.1") => Line::base64_line("PHOTO", "BASE64", picture).with("TYPE", name),
        _ => Line::base64_line("PHOTO", "b", picture).with("TYPE", name),
    };
    card.set_all("PHOTO", vec![new]);
    Ok(())
}

/// What it is, by its first bytes.
fn kind(picture: &[u8]) -> (&'static str, &'static str) {
    match picture {
        [0x89, b'P', b'N', b'G', ..] => ("PNG", "image/png"),
        [b'G', b'I', b'F', ..] => ("GIF", "image/gif"),
        _ => ("JPEG", "image/jpeg"),
    }
}
