//! Slots: phones know two telephones at home and three addresses, vCards as many as there are.
//!
//! Lines go to slots by their type, in their order. A patch keeps every line in the slot in which phones
//! saw it: where that would not come about by itself, parameter `X-SLOT` says so. A line without a slot
//! keeps none, so that what no phone ever saw can't be taken for something that it removed.

use crate::object::{Component, Line};

/// What keeps a line in its slot.
const MARK: &str = "X-SLOT";
/// What keeps a line out of all slots.
const NOWHERE: &str = "NONE";

/// What a slot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Addresses.
    Email,
    /// Addresses for messages.
    Im,
    /// Telephones at home.
    Home,
    /// Telephones at work.
    Work,
    /// The mobile telephone.
    Mobile,
    /// The pager.
    Pager,
    /// The telephone in the car.
    Car,
    /// The radio telephone.
    Radio,
    /// The fax at home.
    HomeFax,
    /// The fax at work.
    WorkFax,
    /// The assistant's telephone.
    Assistant,
    /// The company's telephone.
    Company,
    /// The address for multimedia messages.
    Mms,
    /// The web page.
    Web,
    /// The postal address at home.
    HomeAddress,
    /// That at work.
    WorkAddress,
    /// Another one.
    OtherAddress,
}

/// A slot: the kind and which of its slots, from 0.
pub type Slot = (Kind, usize);

struct Rule {
    kind: Kind,
    count: usize,
    /// Name of the property for a new line, and its `TYPE`.
    name: &'static str,
    types: &'static [&'static str],
    mark: &'static str,
}

const RULES: [Rule; 17] = {
    const fn rule(
        kind: Kind,
        count: usize,
        name: &'static str,
        types: &'static [&'static str],
        mark: &'static str,
    ) -> Rule {
        Rule { kind, count, name, types, mark }
    }
    [
        rule(Kind::Email, 3, "EMAIL", &["INTERNET"], "EMAIL"),
        rule(Kind::Im, 3, "IMPP", &[], "IM"),
        rule(Kind::Mobile, 1, "TEL", &["CELL"], "MOBILE"),
        rule(Kind::Home, 2, "TEL", &["HOME"], "HOME"),
        rule(Kind::Work, 2, "TEL", &["WORK"], "WORK"),
        rule(Kind::Pager, 1, "TEL", &["PAGER"], "PAGER"),
        rule(Kind::Car, 1, "TEL", &["CAR"], "CAR"),
        rule(Kind::Radio, 1, "TEL", &["X-RADIO"], "RADIO"),
        rule(Kind::HomeFax, 1, "TEL", &["HOME", "FAX"], "HOME-FAX"),
        rule(Kind::WorkFax, 1, "TEL", &["WORK", "FAX"], "WORK-FAX"),
        rule(Kind::Assistant, 1, "TEL", &["X-ASSISTANT"], "ASSISTANT"),
        rule(Kind::Company, 1, "TEL", &["X-COMPANY"], "COMPANY"),
        rule(Kind::Mms, 1, "X-MMS", &[], "MMS"),
        rule(Kind::Web, 1, "URL", &[], "WEB"),
        rule(Kind::HomeAddress, 1, "ADR", &["HOME"], "HOME-ADDRESS"),
        rule(Kind::WorkAddress, 1, "ADR", &["WORK"], "WORK-ADDRESS"),
        rule(Kind::OtherAddress, 1, "ADR", &[], "OTHER-ADDRESS"),
    ]
};

/// Where a telephone of no type goes: the first of these that is free.
const ANY_TELEPHONE: [Slot; 5] =
    [(Kind::Mobile, 0), (Kind::Home, 0), (Kind::Work, 0), (Kind::Home, 1), (Kind::Work, 1)];

fn rule(kind: Kind) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.kind == kind)
}

fn mark((kind, index): Slot) -> String {
    let mark = rule(kind).map_or("", |rule| rule.mark);
    format!("{mark}{}", index + 1)
}

fn marked(line: &Line) -> Option<Option<Slot>> {
    let value = line.param(MARK)?;
    if value.eq_ignore_ascii_case(NOWHERE) {
        return Some(None);
    }
    let at = value.len().checked_sub(1)?;
    let index = value.get(at..)?.parse::<usize>().ok()?.checked_sub(1)?;
    let rule =
        RULES.iter().find(|rule| value.get(..at).is_some_and(|m| m.eq_ignore_ascii_case(rule.mark)))?;
    (index < rule.count).then_some(Some((rule.kind, index)))
}

/// What a line is by its name and types; of a telephone without a type: nothing.
fn kind_of(line: &Line) -> Option<Kind> {
    let has = |types: &[&str]| types.iter().any(|value| line.has("TYPE", value));
    match line.name() {
        "EMAIL" => Some(Kind::Email),
        "URL" => Some(Kind::Web),
        "X-MMS" => Some(Kind::Mms),
        "IMPP" | "X-AIM" | "X-ICQ" | "X-JABBER" | "X-MSN" | "X-YAHOO" | "X-SKYPE" | "X-SKYPE-USERNAME"
        | "X-GADUGADU" | "X-GROUPWISE" | "X-GOOGLE-TALK" | "X-TWITTER" | "X-MATRIX" => Some(Kind::Im),
        "ADR" if has(&["WORK"]) => Some(Kind::WorkAddress),
        "ADR" if has(&["HOME"]) => Some(Kind::HomeAddress),
        "ADR" => Some(Kind::OtherAddress),
        "TEL" if has(&["PAGER"]) => Some(Kind::Pager),
        "TEL" if has(&["FAX"]) && has(&["HOME"]) => Some(Kind::HomeFax),
        "TEL" if has(&["FAX"]) => Some(Kind::WorkFax),
        "TEL" if has(&["CAR"]) => Some(Kind::Car),
        "TEL" if has(&["X-RADIO", "X-EVOLUTION-RADIO"]) => Some(Kind::Radio),
        "TEL" if has(&["X-ASSISTANT", "X-EVOLUTION-ASSISTANT"]) => Some(Kind::Assistant),
        "TEL" if has(&["X-COMPANY", "X-EVOLUTION-COMPANY", "MAIN"]) => Some(Kind::Company),
        "TEL" if has(&["CELL", "MOBILE", "IPHONE"]) => Some(Kind::Mobile),
        "TEL" if has(&["HOME"]) => Some(Kind::Home),
        "TEL" if has(&["WORK"]) => Some(Kind::Work),
        _ => None,
    }
}

/// Which line lies in which slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Slots, with the place of the line among the lines of the card.
    taken: Vec<(Slot, usize)>,
}

impl Layout {
    /// The layout of a card.
    pub fn of(card: &Component) -> Layout {
        let mut layout = Layout::default();
        let mut rest: Vec<(usize, Option<Kind>, bool)> = Vec::new();
        for (at, line) in card.lines().enumerate() {
            let is_telephone = line.name() == "TEL";
            let kind = kind_of(line);
            if kind.is_none() && !is_telephone {
                continue;
            }
            match marked(line) {
                Some(Some(slot)) if layout.line(slot).is_none() => layout.taken.push((slot, at)),
                Some(None) => {}
                _ => {
                    let preferred = line.has("TYPE", "PREF") || line.param("PREF") == Some("1");
                    rest.push((at, kind, preferred));
                }
            }
        }
        // The preferred address is the first one; of telephones the order is that of the card.
        rest.sort_by_key(|(at, kind, preferred)| (!(*preferred && *kind == Some(Kind::Email)), *at));
        for (at, kind, _) in rest.iter().filter(|(_, kind, _)| kind.is_some()) {
            let Some(rule) = kind.and_then(rule) else { continue };
            let free = (0..rule.count).map(|n| (rule.kind, n)).find(|slot| layout.line(*slot).is_none());
            layout.taken.extend(free.map(|slot| (slot, *at)));
        }
        for (at, _, _) in rest.iter().filter(|(_, kind, _)| kind.is_none()) {
            let free = ANY_TELEPHONE.into_iter().find(|slot| layout.line(*slot).is_none());
            layout.taken.extend(free.map(|slot| (slot, *at)));
        }
        layout
    }

    /// The line in a slot, counted among the lines of the card.
    pub fn line(&self, slot: Slot) -> Option<usize> {
        self.taken.iter().find(|(taken, _)| *taken == slot).map(|(_, at)| *at)
    }

    fn slot(&self, line: usize) -> Option<Slot> {
        self.taken.iter().find(|(_, at)| *at == line).map(|(slot, _)| *slot)
    }
}

/// Lets `change` work on the line of a slot, which is made where there is none; the line goes where
/// `change` returns false. All other lines stay in their slots.
pub fn edit(card: &mut Component, slot: Slot, change: impl FnOnce(&mut Line) -> bool) {
    let before = Layout::of(card);
    let count = card.lines().count();
    let at = match before.line(slot) {
        Some(at) => at,
        None => {
            card.push(new_line(slot, card.text("VERSION").as_deref()));
            count
        }
    };
    let Some(line) = card.lines_mut().nth(at) else { return };
    let stays = change(line);
    let group = line.group().map(str::to_owned);
    let mut gone = Vec::new();
    if !stays {
        gone.push(at);
        // Its label goes with it, where nothing else is in the group.
        let others =
            || card.lines().enumerate().filter(|(n, line)| *n != at && line.group() == group.as_deref());
        if group.is_some() && others().all(|(_, line)| line.name() == "X-ABLABEL") {
            gone.extend(others().map(|(n, _)| n));
        }
        let mut numbers = 0..;
        card.retain_lines(|_| numbers.next().is_none_or(|n| !gone.contains(&n)));
    }
    // Every line goes back to the slot where it was.
    let after = Layout::of(card);
    let mut marks: Vec<(usize, String)> = Vec::new();
    let old_places = (0..).filter(|n| !gone.contains(n));
    for ((now, line), old) in card.lines().enumerate().zip(old_places) {
        if kind_of(line).is_none() && line.name() != "TEL" {
            continue;
        }
        let was = if old == at { Some(slot) } else { before.slot(old) };
        if after.slot(now) != was {
            marks.push((now, was.map_or_else(|| NOWHERE.to_owned(), mark)));
        }
    }
    // Where one without a slot would come into one, so would the next.
    if marks.iter().any(|(_, mark)| mark == NOWHERE) {
        let hidden = card.lines().enumerate().filter(|(now, line)| {
            after.slot(*now).is_none() && (kind_of(line).is_some() || line.name() == "TEL")
        });
        marks.extend(hidden.map(|(now, _)| (now, NOWHERE.to_owned())));
    }
    for (now, mark) in marks {
        if let Some(line) = card.lines_mut().nth(now) {
            line.set_param(MARK, Some(&mark));
        }
    }
}

fn new_line((kind, _): Slot, version: Option<&str>) -> Line {
    let Some(rule) = rule(kind) else { return Line::new("X-NOTHING", "") };
    let value = if rule.name == "ADR" { ";;;;;;" } else { "" };
    let mut line = Line::new(rule.name, value);
    // The type that says what every address is has gone from 4.0.
    for value in rule.types.iter().filter(|value| **value != "INTERNET" || version != Some("4.0")) {
        line = line.with("TYPE", value);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(lines: &[&str]) -> Component {
        let text = format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{}\r\nEND:VCARD\r\n", lines.join("\r\n"));
        Component::parse_one(text.as_bytes(), "VCARD").unwrap()
    }

    fn text(card: &Component, slot: Slot) -> Option<String> {
        Layout::of(card).line(slot).and_then(|at| card.lines().nth(at)).map(Line::text)
    }

    fn set(card: &mut Component, slot: Slot, value: Option<&str>) {
        edit(card, slot, |line| {
            line.set_text(value.unwrap_or_default());
            value.is_some()
        });
    }

    #[test]
    fn telephones_go_by_type() {
        let card = card(&[
            "TEL;TYPE=WORK,VOICE:w1",
            "TEL;WORK;FAX:wf",
            "TEL;TYPE=HOME,FAX:hf",
            "TEL;TYPE=home:h1",
            "TEL:none",
            "TEL;TYPE=PAGER:p",
            "TEL;TYPE=WORK:w2",
            "TEL;TYPE=WORK:w3",
            "TEL;TYPE=CELL,WORK:m",
            "TEL;TYPE=X-EVOLUTION-COMPANY:c",
        ]);
        let expected = [
            ((Kind::Work, 0), "w1"),
            ((Kind::Work, 1), "w2"),
            ((Kind::WorkFax, 0), "wf"),
            ((Kind::HomeFax, 0), "hf"),
            ((Kind::Home, 0), "h1"),
            // One without a type fills up.
            ((Kind::Home, 1), "none"),
            ((Kind::Pager, 0), "p"),
            ((Kind::Mobile, 0), "m"),
            ((Kind::Company, 0), "c"),
        ];
        for (slot, value) in expected {
            assert_eq!(text(&card, slot).as_deref(), Some(value), "{slot:?}");
        }
        assert_eq!(text(&card, (Kind::Car, 0)), None);
    }

    #[test]
    fn a_slot_that_becomes_free_stays_free() {
        let mut card = card(&["EMAIL:a@x", "EMAIL:b@x", "EMAIL:c@x", "EMAIL:d@x", "EMAIL;TYPE=PREF:p@x"]);
        let emails = |card: &Component| -> Vec<_> { (0..3).map(|n| text(card, (Kind::Email, n))).collect() };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(emails(&card), [some("p@x"), some("a@x"), some("b@x")]);
        set(&mut card, (Kind::Email, 1), None);
        assert_eq!(emails(&card), [some("p@x"), None, some("b@x")]);
        // What no phone saw is still there, and still not seen.
        let all: Vec<String> = card.get_all("EMAIL").map(Line::text).collect();
        assert_eq!(all, ["b@x", "c@x", "d@x", "p@x"]);
        set(&mut card, (Kind::Email, 1), Some("n@x"));
        assert_eq!(emails(&card), [some("p@x"), some("n@x"), some("b@x")]);
        set(&mut card, (Kind::Email, 0), None);
        assert_eq!(emails(&card), [None, some("n@x"), some("b@x")]);
    }

    #[test]
    fn the_second_telephone_alone_is_the_second() {
        let mut card = card(&["FN:A"]);
        set(&mut card, (Kind::Home, 1), Some("2"));
        assert_eq!(text(&card, (Kind::Home, 0)), None);
        assert_eq!(text(&card, (Kind::Home, 1)).as_deref(), Some("2"));
        set(&mut card, (Kind::Home, 0), Some("1"));
        assert_eq!(text(&card, (Kind::Home, 0)).as_deref(), Some("1"));
        assert_eq!(text(&card, (Kind::Home, 1)).as_deref(), Some("2"));
    }

    #[test]
    fn a_label_goes_with_its_line() {
        let mut card = card(&[
            "item1.TEL;TYPE=HOME:1",
            "item1.X-ABLabel:summer",
            "item2.TEL;TYPE=HOME:2",
            "item2.X-ABLabel:winter",
        ]);
        set(&mut card, (Kind::Home, 1), None);
        assert_eq!(text(&card, (Kind::Home, 0)).as_deref(), Some("1"));
        let names: Vec<&str> = card.lines().filter_map(Line::group).collect();
        assert_eq!(names, ["item1", "item1"]);
    }
}
