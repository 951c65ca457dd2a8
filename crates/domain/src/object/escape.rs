//! Escaping of text values (RFC 5545 3.3.11, RFC 6350 3.4) and of parameter values (RFC 6868).

/// A text as it stands in a value: backslash, comma, semicolon and line ends escaped; other control
/// characters left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if_eq(&'\n');
                out.push_str("\\n");
            }
            '\n' => out.push_str("\\n"),
            '\\' | ',' | ';' => {
                out.push('\\');
                out.push(c);
            }
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The text that an escaped value stands for. A backslash before anything else stands for itself.
pub fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(c @ ('\\' | ',' | ';' | ':' | '"')) => out.push(c),
            Some(c) => {
                out.push('\\');
                out.push(c);
            }
            None => out.push('\\'),
        }
    }
    out
}

/// The pieces of a value between separators that are not escaped, still escaped.
pub fn split(value: &str, separator: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut is_escaped = false;
    for (at, c) in value.char_indices() {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if c == separator {
            pieces.push(value.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
        }
    }
    pieces.push(value.get(from..).unwrap_or_default());
    pieces
}

/// A parameter's value as it is written: quoted where it must be, what can't be quoted by carets.
pub fn parameter(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    let needs_quotes = value.contains([':', ';', ',']);
    if needs_quotes {
        out.push('"');
    }
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if_eq(&'\n');
                out.push_str("^n");
            }
            '\n' => out.push_str("^n"),
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    if needs_quotes {
        out.push('"');
    }
    out
}

/// The value that a written parameter stands for, its quotes already taken away.
pub fn parameter_text(written: &str) -> String {
    if !written.contains('^') {
        return written.to_owned();
    }
    let mut out = String::with_capacity(written.len());
    let mut rest = written.chars().peekable();
    while let Some(c) = rest.next() {
        let meant = match (c, rest.peek()) {
            ('^', Some('n')) => Some('\n'),
            ('^', Some('^')) => Some('^'),
            ('^', Some('\'')) => Some('"'),
            _ => None,
        };
        if meant.is_some() {
            rest.next();
        }
        out.push(meant.unwrap_or(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_escaped_comes_back(text in "[^\\p{Cc}]*") {
            prop_assert_eq!(unescape(&escape(&text)), text.clone());
            let written = parameter(&text);
            let inner = written.strip_prefix('"').and_then(|w| w.strip_suffix('"')).unwrap_or(&written);
            prop_assert_eq!(parameter_text(inner), text.clone());
            let both = format!("{};{}", escape(&text), escape(&text));
            let pieces: Vec<_> = split(&both, ';').into_iter().map(unescape).collect();
            prop_assert_eq!(pieces, [text.clone(), text]);
        }
    }

    #[test]
    fn line_ends_and_stray_backslashes() {
        assert_eq!(escape("a\r\nb\nc\rd\u{0}"), "a\\nb\\nc\\nd");
        assert_eq!(unescape("C:\\temp\\Nx\\"), "C:\\temp\nx\\");
        assert_eq!(split("a\\;b;c;;", ';'), ["a\\;b", "c", "", ""]);
    }
}
