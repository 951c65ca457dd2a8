//! Patterns: `*` stands for any text, `?` for any one character, everything else for itself without regard
//! to case. Their length and the length of what they are compared with are limited, so that no comparison
//! takes long whatever is typed in by an administrator or sent by a phone.

use serde::{Deserialize, Serialize};

/// Most characters of a pattern.
pub const PATTERN_MAX: usize = 200;
/// Most characters of a text that are compared; what phones may send is shorter.
const TEXT_MAX: usize = 1024;

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    text: String,
    folded: Vec<char>,
}

/// The text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a pattern has 1 to {PATTERN_MAX} characters, all of which can be shown: {0:?} is none")]
pub struct BadPattern(pub String);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// It is empty, too long, or has control characters.
    pub fn new(text: impl Into<String>) -> Result<Pattern, BadPattern> {
        let text = text.into();
        let count = text.chars().count();
        if count == 0 || count > PATTERN_MAX || text.chars().any(char::is_control) {
            return Err(BadPattern(text.chars().take(PATTERN_MAX).collect()));
        }
        let mut folded = fold(&text);
        // `**` means no more than `*`, and would cost more.
        folded.dedup_by(|a, b| *a == '*' && *b == '*');
        Ok(Pattern { text, folded })
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the whole text fits. At most [`PATTERN_MAX`] times the text's length steps.
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = fold(text).into_iter().take(TEXT_MAX).collect();
        let (mut at, mut in_text) = (0, 0);
        // Where to go on when what follows the last star did not fit: it takes one character more.
        let mut back: Option<(usize, usize)> = None;
        while let Some(here) = text.get(in_text) {
            match self.folded.get(at) {
                Some('*') => {
                    back = Some((at + 1, in_text));
                    at += 1;
                }
                Some(wanted) if *wanted == '?' || wanted == here => {
                    at += 1;
                    in_text += 1;
                }
                _ => match &mut back {
                    Some((after_star, taken)) => {
                        *taken += 1;
                        (at, in_text) = (*after_star, *taken);
                    }
                    None => return false,
                },
            }
        }
        self.folded.get(at..).is_some_and(|rest| rest.iter().all(|c| *c == '*'))
    }
}

fn fold(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

impl TryFrom<String> for Pattern {
    type Error = BadPattern;

    fn try_from(text: String) -> Result<Pattern, BadPattern> {
        Pattern::new(text)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap().matches(text)
    }

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text) in [
            ("iPhone", "iphone"),
            ("*", ""),
            ("iOS 1?.*", "iOS 17.5.1 21F90"),
            ("*SM-*B*", "samsung SM-G998B"),
            ("a*b*c", "aXbXbc"),
            ("MÜLLER*", "müller@example.org"),
            ("***a", "bba"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("iPhone", "iPhone2"), ("?", ""), ("a*b", "ac"), ("iOS 1?.*", "iOS 9.3")] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
        assert!(Pattern::new("").is_err() && Pattern::new("a\nb").is_err());
        assert!(Pattern::new("*a".repeat(150)).is_err());
    }

    #[test]
    fn the_worst_pattern_is_quick() {
        let pattern = Pattern::new("*a".repeat(99) + "b").unwrap();
        assert!(!pattern.matches(&"a".repeat(100_000)));
    }

    /// The definition, as plain as it can be.
    fn slowly(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, _) => text.is_empty(),
            (Some(('*', rest)), None) => slowly(rest, text),
            (Some(('*', rest)), Some((_, later))) => slowly(rest, text) || slowly(pattern, later),
            (Some(_), None) => false,
            (Some((p, rest)), Some((t, later))) => (*p == '?' || p == t) && slowly(rest, later),
        }
    }

    proptest! {
        #[test]
        fn it_means_what_the_definition_means(pattern in "[ab*?]{1,8}", text in "[ab]{0,10}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(fits(&pattern, &text), slowly(&chars(&pattern), &chars(&text)));
        }
    }
}
