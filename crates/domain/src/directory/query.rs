//! What matches a search: every word of it must begin a word of the entry, or stand anywhere in it.
//!
//! A store keeps [`text_of`] each visible entry and looks for the [`Query`]'s terms in it. All of it is
//! [`fold`]ed, so that neither case nor accents matter.

use unicode_normalization::UnicodeNormalization;

use super::{Entry, Profile};

/// Most words of a search that count.
pub const TERMS_MAX: usize = 8;
/// Most characters of a word that count.
pub const TERM_CHARS_MAX: usize = 64;
/// Shortest word that is looked for inside of words; a shorter one must begin one. An index of three
/// characters can't serve less.
pub const INSIDE_MIN: usize = 3;

/// Fewest digits of what is taken for the number of a phone: `2.17` is an office.
const NUMBER_MIN: usize = 5;
/// Most digits of a country's code.
const COUNTRY_DIGITS: usize = 3;

/// What stands before each word in [`text_of`]: with it, even one letter that begins a word makes three
/// characters to look up.
pub const BOUNDARY: &str = "  ";

/// A search, made ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// At least one, each of 1 to [`TERM_CHARS_MAX`] characters without white space, folded.
    terms: Vec<String>,
    /// It is the number of a phone: one term of digits.
    is_number: bool,
}

impl Query {
    /// Reads what somebody typed; none where it has no letter and no digit. A phone number may be typed
    /// with anything between its digits.
    pub fn parse(text: &str) -> Option<Query> {
        let text: String = text.chars().take(TERMS_MAX * TERM_CHARS_MAX).collect();
        if let Some(number) = phone_digits(&text) {
            let number = number.trim_start_matches('0').chars().take(TERM_CHARS_MAX).collect();
            return Some(Query { terms: vec![number], is_number: true });
        }
        let terms: Vec<String> = fold(&text)
            .split_whitespace()
            // Names are typed as `Berg, Anna` and addresses as `<anna@example.org>`.
            .map(|term| term.trim_matches([',', ';', '<', '>', '"', '(', ')']))
            .filter(|term| term.chars().any(char::is_alphanumeric))
            .map(|term| term.chars().take(TERM_CHARS_MAX).collect())
            .take(TERMS_MAX)
            .collect();
        if terms.is_empty() { None } else { Some(Query { terms, is_number: false }) }
    }

    /// Whether what begins with its words is all that there is to find: a number that was found is not looked
    /// for inside of longer ones.
    pub fn is_answered_by_beginnings(&self) -> bool {
        self.is_number
    }

    /// Its words, folded.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// What to look for where each word must begin one.
    pub fn beginnings(&self) -> Vec<String> {
        self.terms.iter().map(|term| format!("{BOUNDARY}{term}")).collect()
    }

    /// What to look for where they may stand anywhere; none where that is the same as [`Self::beginnings`],
    /// since all words are too short.
    pub fn anywhere(&self) -> Option<Vec<String>> {
        let long = |term: &String| term.chars().count() >= INSIDE_MIN;
        let either = |term: &String| if long(term) { term.clone() } else { format!("{BOUNDARY}{term}") };
        self.terms.iter().any(long).then(|| self.terms.iter().map(either).collect())
    }
}

/// Lower case without accents: `Ångström` becomes `angstrom`, `Straße` `strasse`. Control characters
/// become blanks.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            // Combining accents: what decomposition has set apart.
            '\u{300}'..='\u{36f}' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            c if c.is_control() => folded.push(' '),
            c => folded.push(c),
        }
    }
    folded
}

/// The words that an entry is found by when they begin with what was typed: those of [`text_of`], with one
/// blank between them.
pub fn words_of(entry: &Entry) -> String {
    let text = text_of(entry);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// What an entry is searched by: each word of names, addresses, phones, office, title and company after
/// [`BOUNDARY`].
pub fn text_of(entry: &Entry) -> String {
    text(&entry.profile, &entry.addresses)
}

/// The same of somebody who is no entry.
pub fn text(profile: &Profile, addresses: &[String]) -> String {
    let mut words: Vec<String> = Vec::new();
    let fields = [
        &profile.display_name,
        &profile.first_name,
        &profile.last_name,
        &profile.alias,
        &profile.title,
        &profile.company,
        &profile.office,
    ];
    for field in fields {
        add_words(&mut words, field);
    }
    for address in addresses {
        let folded = fold(address);
        let local = folded.split('@').next().unwrap_or_default();
        // `berg` begins a word of anna.berg@example.org; the domain is everybody's and does not.
        let pieces = local.split(|c: char| !c.is_alphanumeric()).skip(1).filter(|piece| !piece.is_empty());
        words.extend(pieces.map(str::to_owned));
        words.push(folded.split_whitespace().collect());
    }
    for phone in [&profile.phone, &profile.home_phone, &profile.mobile_phone] {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        // Without its country's code, or with the 0 that stands for it, people know a number as well.
        let parts = (0..=COUNTRY_DIGITS.min(digits.len().saturating_sub(NUMBER_MIN)))
            .filter_map(|at| digits.get(at..));
        words.extend(parts.filter(|part| !part.is_empty() && !part.starts_with('0')).map(str::to_owned));
    }
    let mut text = String::new();
    let mut known = std::collections::HashSet::new();
    for word in words.iter().filter(|word| known.insert(word.as_str())) {
        text.push_str(BOUNDARY);
        text.push_str(word);
    }
    text
}

fn add_words(words: &mut Vec<String>, field: &str) {
    for word in fold(field).split_whitespace() {
        words.push(word.to_owned());
        // The second part of `Meyer-Lüdenscheidt` begins a word as well.
        let pieces = word.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty());
        words.extend(pieces.filter(|piece| *piece != word).map(str::to_owned));
        // Names in Chinese and Japanese are of two or three characters and without blanks: there each
        // character begins a word.
        if word.chars().any(is_ideographic) {
            words.extend(word.char_indices().skip(1).filter_map(|(at, _)| word.get(at..)).map(str::to_owned));
        }
    }
}

fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The digits of what is a phone number: only digits and what people write between them.
fn phone_digits(text: &str) -> Option<String> {
    let between = |c: char| c.is_whitespace() || "+-/.()".contains(c);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || between(c));
    (plain && digits.trim_start_matches('0').len() >= NUMBER_MIN).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{EntryId, EntryKind};

    fn entry() -> Entry {
        Entry {
            id: EntryId(1),
            kind: EntryKind::Group,
            addresses: vec!["J.Meyer@example.org".to_owned()],
            profile: Profile {
                display_name: "Jürgen Meyer-Ångström".to_owned(),
                company: "田中商事".to_owned(),
                phone: "+49 (30) 123-456".to_owned(),
                office: "B 2.17".to_owned(),
                ..Profile::default()
            },
            hidden: false,
            photo_size: None,
        }
    }

    fn finds(typed: &str) -> bool {
        let text = text_of(&entry());
        Query::parse(typed).is_some_and(|query| {
            let has_all = |terms: Vec<String>| terms.iter().all(|term| text.contains(term.as_str()));
            has_all(query.beginnings()) || query.anywhere().is_some_and(has_all)
        })
    }

    #[test]
    fn case_accents_and_order_do_not_matter() {
        for typed in
            ["jurgen", "JÜRGEN", "Meyer, Jürgen", "angst", "yer-ang", "j", "an", "j.meyer@ex", "EXAMPLE.org"]
        {
            assert!(finds(typed), "{typed}");
        }
        for typed in ["anna", "jurgen berg", "u", "xample.orgs", "%", "", "  ", "\"", "*"] {
            assert!(!finds(typed), "{typed}");
        }
    }

    #[test]
    fn numbers_are_found_however_they_are_written() {
        for typed in
            ["030 123456", "0049 30 123456", "+49 30 123456", "30123456", "123-456", "(30) 123", "4930"]
        {
            assert!(finds(typed), "{typed}");
        }
        assert!(!finds("124"));
        assert!(finds("2.17"));
    }

    #[test]
    fn a_name_without_blanks_is_found_by_its_second_part() {
        for typed in ["田中", "商事", "田", "中商"] {
            assert!(finds(typed), "{typed}");
        }
    }

    #[test]
    fn what_is_typed_is_bounded() {
        let query = Query::parse(&"abc ".repeat(1000)).unwrap();
        assert_eq!(query.terms().len(), TERMS_MAX);
        let query = Query::parse(&"a".repeat(100_000)).unwrap();
        assert_eq!(query.terms()[0].chars().count(), TERM_CHARS_MAX);
        assert_eq!(Query::parse(&"1".repeat(100_000)).unwrap().terms()[0].len(), TERM_CHARS_MAX);
        // A character that decomposes into a sentence.
        assert_eq!(Query::parse(&"ﷺ".repeat(100)).unwrap().terms().len(), TERMS_MAX);
    }
}
