//! Contacts: vCard 2.1, 3.0 and 4.0 to the properties of [MS-ASCNTC] and back.
//!
//! A card is stored as it came. [`to_wire`] shows what of it phones know; [`patch`] compares what a phone
//! sends with what it was shown, and sets what differs: a property that says the same is not touched, nor
//! is anything that has no element. [`property`] is the table of what lies where, [`slot`] how several
//! of a kind find their numbered elements, [`name`] what follows from names, [`day`] what a birthday is.

pub mod day;
pub mod entry;
pub mod name;
pub mod part;
pub mod picture;
pub mod property;
pub mod slot;
pub mod text;

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, OrEmpty};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::Contact;
use fieldpost_eas::page::{Tag, contacts};
use jiff::Timestamp;
use jiff::civil::Date;

use self::name::Name;
use self::property::{PROPERTIES, Place};
use self::slot::Layout;
use super::text::presentable;
use super::text_body::StoredText;
use super::{ConvertError, CreateContext, Ghosting, InvalidItem, ItemContext, PatchContext, User};
use crate::object::{Component, Line};

/// Most categories and children ([MS-ASCNTC] 2.2.2.14, 2.2.2.15).
pub const LIST_MAX: usize = 300;
/// Most characters of a text property: far more than anybody types into one.
pub const TEXT_MAX: usize = 32_768;

const ANNIVERSARY: [&str; 4] =
    ["ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY"];
/// Where the names of children are kept; vCard 4.0 has `RELATED` beside it.
const CHILDREN: &str = "X-CHILDREN";

/// Shows a card.
///
/// # Errors
/// The content is no vCard.
pub fn to_wire(content: &[u8], cx: &ItemContext<'_>) -> Result<Contact, ConvertError> {
    let card = Component::parse_one(content, "VCARD")?;
    let mut contact = shown(&card);
    contact.picture = picture::read(&card).map(Base64);
    let notes = StoredText::plain(notes_of(&card));
    if cx.version() == Version::V2_5 {
        if !notes.text.is_empty() {
            let legacy = notes.to_legacy(cx.body);
            contact.legacy_body_size = Some(legacy.size);
            contact.legacy_body_truncated = Some(legacy.truncated);
            contact.legacy_body = Some(legacy.data);
        }
    } else {
        contact.body = Some(notes.to_body(cx.body));
        contact.native_body_type = Some(notes.native());
    }
    Ok(contact)
}

/// Everything but picture and notes: what is there, and nothing that is empty.
fn shown(card: &Component) -> Contact {
    let mut contact = Contact::default();
    let layout = Layout::of(card);
    let lines: Vec<&Line> = card.lines().collect();
    let in_slot = |slot| layout.line(slot).and_then(|at| lines.get(at).copied());
    let name = Name::of(card);
    for property in PROPERTIES {
        let text = match property.place {
            Place::Name(index) => name.parts.get(index).cloned(),
            Place::Organisation(index) => card.get("ORG").map(|line| part::read(line, index)),
            Place::Line(names) => line_of(card, names).map(|line| line.text().trim().to_owned()),
            Place::Slot(slot) => in_slot(slot).map(text::read),
            Place::Address(kind, index) => in_slot((kind, 0)).map(|line| part::read(line, index)),
        };
        let text = text.map(|text| presentable(text.into()).into_owned());
        *(property.get_mut)(&mut contact) = text.filter(|text| !text.is_empty());
    }
    let day = |names: &[&str]| {
        let value = line_of(card, names)?.text();
        Some(OrEmpty(Some(day::to_wire(day::read(&value)?)?)))
    };
    contact.birthday = day(&["BDAY"]);
    contact.anniversary = day(&ANNIVERSARY);
    contact.categories = Some(lists_of(card, "CATEGORIES")).filter(|list| !list.is_empty());
    contact.children = Some(children_of(card)).filter(|list| !list.is_empty());
    let filed = line_of(card, &name::FILE_AS).map(|line| line.text().trim().to_owned());
    contact.file_as = filed
        .filter(|text| !text.is_empty())
        .or_else(|| name::file_as(card, &contact))
        .map(|text| presentable(text.into()).into_owned());
    contact
}

fn line_of<'c>(card: &'c Component, names: &[&str]) -> Option<&'c Line> {
    names.iter().find_map(|name| card.get(name))
}

fn lists_of(card: &Component, name: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in card.get_all(name).flat_map(Line::list) {
        let text = presentable(text.trim().into()).into_owned();
        if !text.is_empty() && !all.contains(&text) && all.len() < LIST_MAX {
            all.push(text);
        }
    }
    all
}

fn is_child(line: &Line) -> bool {
    line.name() == "RELATED" && line.has("TYPE", "child")
}

fn children_of(card: &Component) -> Vec<String> {
    let mut all = lists_of(card, CHILDREN);
    for line in card.lines().filter(|line| is_child(line)) {
        let text = presentable(line.text().trim().into()).into_owned();
        if !text.is_empty() && !all.contains(&text) && all.len() < LIST_MAX {
            all.push(text);
        }
    }
    all
}

/// What a list of people shows of a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The whole name; empty where there is none.
    pub name: String,
    /// All addresses, the preferred one first.
    pub addresses: Vec<String>,
}

/// Reads what a list of people shows, which costs less than [`to_wire`].
///
/// # Errors
/// The content is no vCard.
pub fn summary(content: &[u8]) -> Result<Summary, ConvertError> {
    let card = Component::parse_one(content, "VCARD")?;
    let name = card.text("FN").unwrap_or_else(|| Name::of(&card).whole());
    let mut lines: Vec<&Line> = card.get_all("EMAIL").collect();
    lines.sort_by_key(|line| !(line.has("TYPE", "PREF") || line.param("PREF") == Some("1")));
    let addresses = lines.into_iter().map(text::address).filter(|address| !address.is_empty());
    Ok(Summary { name: presentable(name.trim().into()).into_owned(), addresses: addresses.collect() })
}

/// The notes, with bare line feeds.
fn notes_of(card: &Component) -> String {
    let texts: Vec<String> = card.get_all("NOTE").map(|line| one_line_ends(&line.text())).collect();
    texts.join("\n\n")
}

/// Makes a card of what a phone adds.
///
/// # Errors
/// What in it can't be stored.
pub fn create(contact: &Contact, cx: &CreateContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let mut card = Component::new("VCARD");
    card.push(Line::new("VERSION", "3.0"));
    card.push(Line::text_line("UID", cx.uid));
    card.push(Line::new("N", ";;;;"));
    card.push(Line::new("FN", ""));
    apply(&mut card, contact, &Ghosting::All, cx.user)?;
    let whole = name::whole(&card, &shown(&card));
    card.set_text("FN", Some(&whole));
    stamp(&mut card, cx.now, true);
    Ok(card.to_bytes())
}

/// Changes a card as a phone says. What the phone was shown and sends back as it was stays byte for byte,
/// as does everything that it was not shown.
///
/// # Errors
/// What in it can't be stored; the card is as it was then.
pub fn patch(content: &[u8], change: &Contact, cx: &PatchContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let mut all = Component::parse(content)?;
    let missing = InvalidItem::Stored(ConvertError::Missing("VCARD"));
    let card = all.iter_mut().find(|component| component.is("VCARD")).ok_or(missing)?;
    let before = card.clone();
    let was = shown(card);
    apply(card, change, cx.ghosting, cx.user)?;
    if *card == before {
        return Ok(content.to_vec());
    }
    let now = shown(card);
    let named = |contact: &Contact| {
        (
            contact.first_name.clone(),
            contact.middle_name.clone(),
            contact.last_name.clone(),
            contact.title.clone(),
            contact.suffix.clone(),
        )
    };
    // The whole name follows its parts, or whatever it was made of; one that somebody chose stays.
    let whole = card.text("FN");
    if named(&was) != named(&now) || whole.is_some_and(|whole| whole == name::whole(&before, &was)) {
        let whole = name::whole(card, &now);
        card.set_text("FN", Some(&whole));
    }
    stamp(card, cx.now, false);
    Ok(all.iter().flat_map(Component::to_bytes).collect())
}

/// Line ends as cards have them, without what phones could not show.
fn one_line_ends(text: &str) -> String {
    presentable(text.into()).replace("\r\n", "\n").replace('\r', "\n")
}

/// Notes when the card was changed, where it says that at all or is new.
fn stamp(card: &mut Component, now: Timestamp, is_new: bool) {
    if is_new || card.get("REV").is_some() {
        let rev = super::property::stamp(now);
        match card.get_mut("REV") {
            Some(line) => line.set_value(&rev),
            None => card.push(Line::new("REV", &rev)),
        }
    }
}

/// Sets what differs from what is there.
fn apply(
    card: &mut Component,
    change: &Contact,
    ghosting: &Ghosting,
    user: &User,
) -> Result<(), InvalidItem> {
    check(change)?;
    let was = shown(card);
    // None: it stays. Some: what it is to be, empty where it goes.
    let wish = |given: Option<&str>, tag: Tag, was: Option<&str>| -> Option<String> {
        let wish = match given {
            None if ghosting.keeps(tag) => return None,
            given => given.unwrap_or_default().trim(),
        };
        (wish != was.unwrap_or_default()).then(|| one_line_ends(wish))
    };
    let mut name = Name::of(card);
    let mut is_renamed = false;
    for property in PROPERTIES {
        let (given, old) = ((property.get)(change).as_deref(), (property.get)(&was).as_deref());
        let Some(text) = wish(given, property.tag, old) else { continue };
        match property.place {
            Place::Name(index) => {
                if let Some(part) = name.parts.get_mut(index) {
                    *part = text;
                    is_renamed = true;
                }
            }
            Place::Organisation(index) => set_organisation(card, index, &text),
            Place::Line(names) => set_line(card, names, &text),
            Place::Slot(slot) => slot::edit(card, slot, |line| {
                text::set(line, &text);
                !text.is_empty()
            }),
            Place::Address(kind, index) => {
                slot::edit(card, (kind, 0), |line| {
                    part::set(line, index, &text);
                    // It describes the address as it was.
                    line.set_param("LABEL", None);
                    !part::is_blank(line)
                });
            }
        }
    }
    if is_renamed {
        name.put(card);
    }
    if let Some(text) = wish(change.file_as.as_deref(), contacts::FILE_AS, was.file_as.as_deref()) {
        set_line(card, &name::FILE_AS, &text);
    }
    set_day(card, &change.birthday, contacts::BIRTHDAY, &["BDAY"], ghosting, user);
    let names: &[&str] = match card.text("VERSION").as_deref() {
        Some("4.0") => &ANNIVERSARY,
        _ => &["X-ANNIVERSARY", "ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY"],
    };
    set_day(card, &change.anniversary, contacts::ANNIVERSARY, names, ghosting, user);
    if let Some(list) = list(&change.categories, contacts::CATEGORIES, ghosting)
        && list != was.categories.unwrap_or_default()
    {
        set_list(card, "CATEGORIES", &list);
    }
    if let Some(list) = list(&change.children, contacts::CHILDREN, ghosting)
        && list != was.children.unwrap_or_default()
    {
        card.retain_lines(|line| !is_child(line));
        set_list(card, CHILDREN, &list);
    }
    // Picture and notes stay where they are not named, whatever the phone supports ([MS-ASCMD] 2.2.3.179).
    if let Some(Base64(picture)) = &change.picture {
        picture::set(card, picture)?;
    }
    let notes = match &change.body {
        Some(body) => Some(StoredText::from_wire(body)?),
        None => StoredText::from_legacy(change.legacy_body.as_ref(), change.compressed_rtf.as_ref())?,
    };
    if let Some(notes) = notes {
        set_notes(card, &one_line_ends(&notes.unwrap_or_default().text));
    }
    Ok(())
}

/// The bounds that hold for all texts and lists.
fn check(change: &Contact) -> Result<(), InvalidItem> {
    let too_long = |text: &String| text.len() > TEXT_MAX && text.chars().count() > TEXT_MAX;
    let texts = PROPERTIES.iter().filter_map(|property| (property.get)(change).as_ref());
    if texts.chain(&change.file_as).any(too_long) {
        return Err(InvalidItem::Wrong { element: "a property", reason: "too long" });
    }
    for (element, list) in [("Categories", &change.categories), ("Children", &change.children)] {
        if list.as_ref().is_some_and(|list| list.len() > LIST_MAX) {
            return Err(InvalidItem::TooMany { element, most: LIST_MAX });
        }
    }
    Ok(())
}

fn list(given: &Option<Vec<String>>, tag: Tag, ghosting: &Ghosting) -> Option<Vec<String>> {
    let mut list: Vec<String> = Vec::new();
    match given {
        None if ghosting.keeps(tag) => return None,
        given => {
            for text in given.iter().flatten().map(|text| one_line_ends(text.trim())) {
                if !text.is_empty() && !list.contains(&text) {
                    list.push(text);
                }
            }
        }
    }
    Some(list)
}

fn set_list(card: &mut Component, name: &str, list: &[String]) {
    if list.is_empty() {
        card.remove(name);
        return;
    }
    match card.get_mut(name) {
        Some(line) => {
            line.set_texts(',', list);
            let mut first = true;
            card.retain_lines(|line| line.name() != name || std::mem::take(&mut first));
        }
        None => card.push(Line::texts_line(name, ',', list)),
    }
}

fn set_organisation(card: &mut Component, index: usize, text: &str) {
    if card.get("ORG").is_none() {
        card.push(Line::new("ORG", ""));
    }
    if let Some(line) = card.get_mut("ORG") {
        part::set(line, index, text);
        if part::is_blank(line) {
            card.remove("ORG");
        }
    }
}

fn set_line(card: &mut Component, names: &[&str], text: &str) {
    let name = names.iter().find(|name| card.get(name).is_some()).or(names.first()).copied();
    let Some(name) = name else { return };
    if !text.is_empty() {
        card.set_text(name, Some(text));
        return;
    }
    // The first one goes; had it others of its kind behind it, they were never shown: they go too, or
    // one of them would take its place.
    for name in names {
        card.remove(name);
    }
}

fn set_day(
    card: &mut Component,
    given: &Option<OrEmpty<DateTime>>,
    tag: Tag,
    names: &[&str],
    ghosting: &Ghosting,
    user: &User,
) {
    let date: Option<Date> = match given {
        None if ghosting.keeps(tag) => return,
        None => None,
        Some(OrEmpty(at)) => at.map(|at| day::from_wire(at.0, &user.zone)),
    };
    let old = line_of(card, names).map(|line| (line.name().to_owned(), line.text()));
    let was = old.as_ref().and_then(|(_, value)| day::read(value));
    if was == date {
        return;
    }
    let version = card.text("VERSION").unwrap_or_default();
    match (date, old) {
        // A day in words was never shown, so that its absence means nothing.
        (None, Some(_)) if was.is_none() => {}
        (None, _) => names.iter().for_each(|name| card.remove(name)),
        (Some(date), Some((name, value))) => {
            let old = was.is_some().then_some(value.as_str());
            let new = day::write(date, old, &version);
            if let Some(line) = card.get_mut(&name) {
                line.set_param("VALUE", None);
                line.set_value(&new);
            }
        }
        (Some(date), None) => {
            let name = names.first().copied().unwrap_or_default();
            card.push(Line::new(name, &day::write(date, None, &version)));
        }
    }
}

fn set_notes(card: &mut Component, notes: &str) {
    // Phones take white space at the end for nothing.
    if notes_of(card).trim_end() == notes.trim_end() {
        return;
    }
    if notes.trim().is_empty() {
        card.remove("NOTE");
        return;
    }
    card.set_text("NOTE", Some(notes));
    let mut first = true;
    card.retain_lines(|line| line.name() != "NOTE" || std::mem::take(&mut first));
}
