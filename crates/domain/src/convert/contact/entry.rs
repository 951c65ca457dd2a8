//! A card as an entry of the organisation's address book.

use super::{ConvertError, picture, shown, text};
use crate::directory::{PHOTO_MAX, Profile};
use crate::object::{Component, Line};

/// What of a card the address book shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardEntry {
    /// What identifies the card: its UID, where it has one.
    pub uid: Option<String>,
    /// All addresses, the preferred one first.
    pub addresses: Vec<String>,
    /// What is known.
    pub profile: Profile,
    /// The picture, where it is no larger than the address book takes.
    pub photo: Option<Vec<u8>>,
}

/// Reads all cards of a file.
///
/// # Errors
/// It is no vCard.
pub fn entries(content: &[u8]) -> Result<Vec<CardEntry>, ConvertError> {
    let all = Component::parse(content)?;
    let entries: Vec<CardEntry> = all.iter().filter(|card| card.is("VCARD")).map(of).collect();
    if entries.is_empty() { Err(ConvertError::Missing("VCARD")) } else { Ok(entries) }
}

fn of(card: &Component) -> CardEntry {
    let contact = shown(card);
    let mut lines: Vec<&Line> = card.get_all("EMAIL").collect();
    lines.sort_by_key(|line| !(line.has("TYPE", "PREF") || line.param("PREF") == Some("1")));
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let name = card.text("FN").map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    CardEntry {
        uid: card.text("UID").map(|uid| uid.trim().to_owned()).filter(|uid| !uid.is_empty()),
        addresses: lines.into_iter().map(text::address).filter(|address| !address.is_empty()).collect(),
        profile: Profile {
            display_name: name.or(contact.file_as.clone()).unwrap_or_default(),
            first_name: known(&contact.first_name),
            last_name: known(&contact.last_name),
            alias: known(&contact.nick_name),
            title: known(&contact.job_title),
            company: known(&contact.company_name),
            office: known(&contact.office_location),
            phone: known(&contact.business_phone_number),
            home_phone: known(&contact.home_phone_number),
            mobile_phone: known(&contact.mobile_phone_number),
        },
        photo: picture::read(card).filter(|photo| photo.len() <= PHOTO_MAX),
    }
}
