//! The recipient information cache (14.0): whom the user writes to, so that phones can complete what is
//! typed ([MS-ASCNTC] 3.2.4.4). Each entry is a vCard with an address, a name and a count; phones read
//! them as contacts with three properties, and can't change them.

use fieldpost_eas::item::Contact;

use super::ConvertError;
use crate::object::{Component, Line};

/// How often the user wrote there.
const RANK: &str = "X-FIELDPOST-RANK";

/// The UID of the entry of an address. Case does not matter.
pub fn uid(address: &str) -> String {
    format!("recipient:{}", address.trim().to_lowercase())
}

/// The entry of somebody whom the user wrote to, for the first time or (`before`) again.
///
/// # Errors
/// The entry that is there can't be read.
pub fn written_to(before: Option<&[u8]>, address: &str, name: Option<&str>) -> Result<Vec<u8>, ConvertError> {
    let mut card = match before {
        Some(content) => Component::parse_one(content, "VCARD")?,
        None => {
            let mut card = Component::new("VCARD");
            card.push(Line::new("VERSION", "4.0"));
            card.push(Line::text_line("UID", &uid(address)));
            card.push(Line::text_line("FN", name.unwrap_or(address)));
            card.push(Line::text_line("EMAIL", address));
            card
        }
    };
    if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
        card.set_text("FN", Some(name));
    }
    let rank = rank(&card).saturating_add(1);
    card.set(Line::new(RANK, &rank.to_string()));
    Ok(card.to_bytes())
}

fn rank(card: &Component) -> i32 {
    card.text(RANK).and_then(|rank| rank.trim().parse().ok()).unwrap_or(0).max(0)
}

/// The entry as a phone sees it (MS-ASCNTC_R514): without `Alias`, as every Exchange (R1010).
///
/// # Errors
/// The object is no card, or has no address.
pub fn to_wire(content: &[u8]) -> Result<Contact, ConvertError> {
    let card = Component::parse_one(content, "VCARD")?;
    let shown = |text: String| super::text::presentable(text.into()).into_owned();
    let address = card.text("EMAIL").map(shown).ok_or(ConvertError::Missing("EMAIL"))?;
    Ok(Contact {
        file_as: Some(card.text("FN").map(shown).unwrap_or_else(|| address.clone())),
        email1_address: Some(address),
        weighted_rank: Some(rank(&card)),
        ..Contact::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_and_named() {
        let first = written_to(None, "Anna@example.org", None).unwrap();
        let entry = to_wire(&first).unwrap();
        assert_eq!(entry.email1_address.as_deref(), Some("Anna@example.org"));
        assert_eq!((entry.file_as.as_deref(), entry.weighted_rank), (Some("Anna@example.org"), Some(1)));
        let second = written_to(Some(&first), "anna@example.org", Some("Anna; A, B")).unwrap();
        let entry = to_wire(&second).unwrap();
        assert_eq!((entry.file_as.as_deref(), entry.weighted_rank), (Some("Anna; A, B"), Some(2)));
        assert_eq!(uid("Anna@Example.org "), "recipient:anna@example.org");
        assert!(to_wire(b"BEGIN:VCARD\nEND:VCARD\n").is_err() && written_to(Some(b"x"), "a", None).is_err());
    }
}
