//! Names: the parts of `N`, the whole of `FN`, and the name under which phones file a contact.

use fieldpost_eas::item::Contact;

use super::{part, text};
use crate::object::{Component, Line};

/// Where a name under which to file is kept: the property of an address book that has one.
pub const FILE_AS: [&str; 2] = ["X-EVOLUTION-FILE-AS", "X-FILE-AS"];

/// The parts of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// Last, first, middle, title, suffix: in the order of `N` (RFC 6350 6.2.2).
    pub parts: [String; 5],
}

impl Name {
    /// The name of a card: `N`; where there is none, what `FN` can be taken for.
    pub fn of(card: &Component) -> Name {
        let mut name = Name::default();
        if let Some(line) = card.get("N") {
            for (index, text) in name.parts.iter_mut().enumerate() {
                *text = part::read(line, index);
            }
        }
        // A name that is there and empty is somebody's decision.
        if card.get("N").is_none() && !is_organisation(card) {
            let whole = card.text("FN").unwrap_or_default();
            // One that was made of something else says nothing of a name.
            let same = |line: &Line| text::read(line) == whole.trim();
            if card.lines().filter(|line| ["EMAIL", "TEL"].contains(&line.name())).any(same)
                || FILE_AS.into_iter().any(|name| card.text(name).is_some_and(|filed| filed == whole))
            {
                return name;
            }
            let (first, last) = whole.trim().rsplit_once(char::is_whitespace).unwrap_or(("", whole.trim()));
            name.parts[0] = last.to_owned();
            name.parts[1] = first.trim().to_owned();
        }
        name
    }

    /// Puts the parts into `N`.
    pub fn put(&self, card: &mut Component) {
        if card.get("N").is_none() {
            card.push(Line::new("N", ";;;;"));
        }
        if let Some(line) = card.get_mut("N") {
            for (index, text) in self.parts.iter().enumerate() {
                part::set(line, index, text);
            }
        }
    }

    /// `Dr. Anna Maria Berg Jr.`; empty where all parts are.
    pub fn whole(&self) -> String {
        let [last, first, middle, title, suffix] = &self.parts;
        let parts = [title, first, middle, last, suffix];
        let words: Vec<&str> =
            parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        words.join(" ")
    }

    /// `Berg, Anna Maria`.
    fn filed(&self) -> String {
        let [last, first, middle, ..] = &self.parts;
        let given = [first.trim(), middle.trim()].join(" ");
        match (last.trim(), given.trim()) {
            ("", given) => given.to_owned(),
            (last, "") => last.to_owned(),
            (last, given) => format!("{last}, {given}"),
        }
    }
}

/// Whether the card is that of a company: `FN` is no person's name.
fn is_organisation(card: &Component) -> bool {
    let is =
        |name: &str, value: &str| card.text(name).is_some_and(|text| text.trim().eq_ignore_ascii_case(value));
    is("KIND", "org")
        || is("KIND", "group")
        || is("X-ABSHOWAS", "COMPANY")
        || is("X-ADDRESSBOOKSERVER-KIND", "group")
        || card.get("FN").zip(card.get("ORG")).is_some_and(|(whole, company)| {
            let whole = whole.text();
            whole.trim() == part::read(company, 0)
        })
}

/// The name under which to file a contact that names none itself: last name first, else the company, else
/// the whole name, else an address or telephone.
pub fn file_as(card: &Component, contact: &Contact) -> Option<String> {
    let whole = card.text("FN").unwrap_or_default();
    let candidates = [
        Name::of(card).filed(),
        contact.company_name.clone().unwrap_or_default(),
        whole.trim().to_owned(),
        contact.email1_address.clone().unwrap_or_default(),
        contact.mobile_phone_number.clone().unwrap_or_default(),
    ];
    candidates.into_iter().find(|text| !text.is_empty())
}

/// The whole name for `FN`, which every vCard must have (RFC 6350 6.2.1).
pub fn whole(card: &Component, contact: &Contact) -> String {
    let filed = FILE_AS.into_iter().find_map(|name| card.text(name)).unwrap_or_default();
    let candidates = [
        Name::of(card).whole(),
        filed,
        contact.company_name.clone().unwrap_or_default(),
        contact.email1_address.clone().unwrap_or_default(),
        contact.mobile_phone_number.clone().unwrap_or_default(),
    ];
    candidates.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}
