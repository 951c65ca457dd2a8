//! A reply's text in the form in which it is wanted.

use serde::{Deserialize, Serialize};

use crate::convert::html;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Form {
    /// Plain text.
    #[default]
    Text,
    /// HTML.
    Html,
}

impl Form {
    /// By the name that the protocol has for it, in any case ([MS-ASCMD] 2.2.3.17).
    pub fn from_name(name: &str) -> Option<Form> {
        if name.eq_ignore_ascii_case("text") {
            Some(Form::Text)
        } else if name.eq_ignore_ascii_case("html") {
            Some(Form::Html)
        } else {
            None
        }
    }

    /// The name that the protocol has for it.
    pub fn name(self) -> &'static str {
        match self {
            Form::Text => "Text",
            Form::Html => "HTML",
        }
    }
}

/// A text that is written in one form, in another.
pub fn written_as(text: &str, form: Form, wanted: Form) -> String {
    match (form, wanted) {
        (Form::Text, Form::Text) | (Form::Html, Form::Html) => text.to_owned(),
        (Form::Html, Form::Text) => html::to_text(text).trim().to_owned(),
        (Form::Text, Form::Html) => html::document(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_case() {
        assert_eq!(Form::from_name("TEXT"), Some(Form::Text));
        assert_eq!(Form::from_name("html"), Some(Form::Html));
        assert_eq!(Form::from_name("rtf"), None);
        assert_eq!((Form::Text.name(), Form::Html.name()), ("Text", "HTML"));
    }

    #[test]
    fn both_forms_say_the_same() {
        assert_eq!(written_as("<p>a &amp; b</p>", Form::Html, Form::Text), "a & b");
        let html = written_as("a & b\nc", Form::Text, Form::Html);
        assert!(html.contains("a &amp; b"), "{html}");
        assert_eq!(written_as(&html, Form::Html, Form::Text).lines().count(), 2);
    }
}
