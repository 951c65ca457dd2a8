//! From text to the words that are compared: lower case, without accents, without punctuation.
//!
//! Scripts that write no spaces have no words that could be told without a dictionary; there every
//! character is a word, and several of them are looked for as a phrase.

use unicode_normalization::UnicodeNormalization as _;

/// Longest word, in characters; of a longer one the beginning counts.
pub const WORD_LIMIT: usize = 64;

/// The words of a text, in order.
pub fn words(text: &str) -> Words {
    let folded = if text.is_ascii() { text.to_ascii_lowercase() } else { folded(text) };
    Words { folded, at: 0 }
}

/// The words of a text with one space between each, at most `bytes` of them.
pub fn joined(text: &str, bytes: usize) -> String {
    let mut joined = String::new();
    // What is cut off here could not have come in: folding makes text a little longer at most, and where it
    // does not, the rest is not looked at for the sake of the first words.
    for word in words(cut(text, bytes.saturating_mul(4))) {
        if joined.len() + word.len() + 1 > bytes {
            break;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&word);
    }
    joined
}

/// Lower case, compatibility forms undone, accents of Latin and Greek letters taken away. Accents that make
/// another letter in other scripts stay.
fn folded(text: &str) -> String {
    let mut european = false;
    let bare = text.nfkd().filter(|&c| {
        let accent = ('\u{300}'..='\u{36F}').contains(&c);
        if !accent {
            european = matches!(c, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}');
        }
        !(accent && european)
    });
    let bare = bare.nfc();
    let mut folded = String::with_capacity(text.len());
    for c in bare.flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            // `İ` in lower case is two characters; the second is an accent.
            '\u{307}' => {}
            c => folded.push(c),
        }
    }
    folded
}

/// A character that is a word of its own.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The beginning of a text, `bytes` at most.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// See [`words`].
#[derive(Debug, Clone)]
pub struct Words {
    folded: String,
    at: usize,
}

impl Iterator for Words {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let rest = self.folded.get(self.at..)?;
        let start = rest.find(char::is_alphanumeric)?;
        let rest = rest.get(start..)?;
        let mut length = 0;
        for c in rest.chars() {
            if !c.is_alphanumeric() || (stands_alone(c) && length > 0) {
                break;
            }
            length += c.len_utf8();
            if stands_alone(c) {
                break;
            }
        }
        self.at += start + length;
        rest.get(..length).map(|word| word.chars().take(WORD_LIMIT).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Vec<String> {
        words(text).collect()
    }

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        assert_eq!(of("Re: Überweisung, Straße (2)"), ["re", "uberweisung", "strasse", "2"]);
        assert_eq!(of("Mia <mia.m+x@example.org>"), ["mia", "mia", "m", "x", "example", "org"]);
        assert_eq!(of("ΑΘΉΝΑ Київ ŁÓDŹ Åse"), ["αθηνα", "київ", "lodz", "ase"]);
        assert_eq!(of("ﬁle ①"), ["file", "1"]);
        assert_eq!(of("--- \u{1F600} ..."), Vec::<String>::new());
    }

    #[test]
    fn scripts_without_spaces_are_words_of_one_character() {
        assert_eq!(of("東京abc大"), ["東", "京", "abc", "大"]);
        assert_eq!(of("がか"), ["が", "か"]);
        assert_eq!(of("한국 사람"), ["한국", "사람"]);
    }

    #[test]
    fn long_words_are_cut_and_texts_too() {
        assert_eq!(of(&"x".repeat(100))[0].len(), WORD_LIMIT);
        assert_eq!(joined("one, two; three", 8), "one two");
        assert_eq!(joined("ä ö ü", 3), "a o");
    }

    proptest! {
        /// Words of words are the same words, so stored and asked text meet.
        #[test]
        fn folding_twice_is_folding_once(text in ".{0,80}") {
            let once = of(&text);
            prop_assert_eq!(of(&once.join(" ")), once.clone());
            for word in once {
                prop_assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric));
            }
        }
    }
}
