//! One part of a structured value (`N`, `ADR`, `ORG`), read and set without a change to the others.

use crate::object::Line;
use crate::object::escape::{escape, split, unescape};

/// The text of a part; where it is a list, the texts with blanks between them.
pub fn read(line: &Line, index: usize) -> String {
    if is_encoded(line) {
        return line.fields().into_iter().nth(index).unwrap_or_default().trim().to_owned();
    }
    let value = line.value();
    let part = split(&value, ';').into_iter().nth(index).unwrap_or_default();
    let texts: Vec<String> = split(part, ',').into_iter().map(|text| unescape(text.trim())).collect();
    // `Suite 5, 12 Main Street` is often written without a backslash.
    texts.join(if line.name() == "ADR" { ", " } else { " " }).trim().to_owned()
}

/// Sets the text of a part; one that says the same already stays as it is written.
pub fn set(line: &mut Line, index: usize, text: &str) {
    if read(line, index) == text {
        return;
    }
    if is_encoded(line) {
        let mut fields = line.fields();
        fields.resize(fields.len().max(index + 1), String::new());
        if let Some(field) = fields.get_mut(index) {
            text.clone_into(field);
        }
        line.set_texts(';', &fields);
        return;
    }
    let value = line.value().into_owned();
    let mut parts: Vec<String> = split(&value, ';').into_iter().map(str::to_owned).collect();
    // A backslash at the very end stands for itself, and would not with something behind it.
    if let Some(last) =
        parts.last_mut().filter(|last| last.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1)
    {
        last.push('\\');
    }
    parts.resize(parts.len().max(index + 1), String::new());
    if let Some(part) = parts.get_mut(index) {
        *part = escape(text);
    }
    line.set_value(&parts.join(";"));
}

/// Whether all parts are empty.
pub fn is_blank(line: &Line) -> bool {
    line.fields().iter().all(|field| field.trim().is_empty())
}

/// Quoted-printable, where separators can't be told from text before it is decoded.
fn is_encoded(line: &Line) -> bool {
    line.has("ENCODING", "QUOTED-PRINTABLE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_parts_stay() {
        let mut line = Line::new("N", "Public;John;Quinlan,Paul;Mr.;Esq.\\, Jr.");
        assert_eq!(read(&line, 2), "Quinlan Paul");
        assert_eq!(read(&line, 4), "Esq., Jr.");
        assert_eq!(read(&line, 9), "");
        set(&mut line, 1, "Jack; the");
        set(&mut line, 2, "Quinlan Paul");
        assert_eq!(line.value(), "Public;Jack\\; the;Quinlan,Paul;Mr.;Esq.\\, Jr.");
        let mut line = Line::new("ORG", "Firm");
        set(&mut line, 1, "Sales");
        assert_eq!(line.value(), "Firm;Sales");
        assert!(!is_blank(&line) && is_blank(&Line::new("ADR", ";; ;")));
    }
}
