//! Rust source seen line by line, as far as [`crate::tidy`] and [`crate::ledger`] need it: what is code, what
//! is comment, and what is test.

use std::path::Path;

/// One line.
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// The whole line.
    pub text: &'a str,
    /// The line without its comment and with the content of string literals left out.
    pub code: String,
    /// The comment, without the slashes; empty if there is none.
    pub comment: &'a str,
    /// Whether it is part of a test: in a file of tests, or behind `#[cfg(test)]`.
    pub is_test: bool,
}

/// The lines of a file.
///
/// Two habits of this repository make that simple: test modules are the last thing in a file, and block
/// comments are not used. String literals of more than one line are followed; raw ones only up to `"#`.
pub fn lines<'a>(path: &Path, text: &'a str) -> Vec<Line<'a>> {
    let mut is_test = is_test_file(path);
    let mut string = None;
    text.lines()
        .enumerate()
        .map(|(index, text)| {
            if text.starts_with("#[cfg(test)]") {
                is_test = true;
            }
            let (code, comment) = split(text, &mut string);
            Line { number: index + 1, text, code, comment, is_test }
        })
        .collect()
}

/// Whether the file holds tests only: below `tests/`, a module `tests.rs`, or the test support crate.
fn is_test_file(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "testkit")
        || path.ends_with("tests.rs")
}

/// Code and comment of a line. `string` is how the literal that the line begins in will end, if it does.
fn split<'a>(line: &'a str, string: &mut Option<&'static str>) -> (String, &'a str) {
    let mut code = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        if let Some(end) = *string {
            match find_end(rest, end) {
                Some(behind) => {
                    rest = &rest[behind..];
                    *string = None;
                    code.push('"');
                }
                None => return (code, ""),
            }
        }
        let Some(next) = rest.find(['"', '/', '\'']) else {
            code.push_str(rest);
            return (code, "");
        };
        let (before, from) = rest.split_at(next);
        code.push_str(before);
        if let Some(comment) = from.strip_prefix("//") {
            return (code, comment.trim_start_matches(['/', '!']));
        }
        if let Some(literal) = from.strip_prefix('"') {
            code.push('"');
            *string = Some(if before.ends_with("r#") { "\"#" } else { "\"" });
            rest = literal;
        } else if let Some(quoted) =
            ["'\"'", "'\\\"'", "'/'"].into_iter().find(|quoted| from.starts_with(quoted))
        {
            rest = &from[quoted.len()..];
        } else {
            code.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
}

/// The index behind the end of a literal. A backslash hides the character after it, except in raw literals.
fn find_end(text: &str, end: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        if text[index..].starts_with(end) {
            return Some(index + end.len());
        }
        if character == '\\' && end == "\"" {
            characters.next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_comment_and_strings_are_told_apart() {
        let text = "let a = \"// no \\\" comment\"; // a comment\n/// doc\nlet b = '\"'; call(r#\"x\" y\"#);\nlet \
                    c = \"two\nlines // still\"; d";
        let lines = lines(Path::new("src/a.rs"), text);
        assert_eq!(lines[0].code, "let a = \"\"; ");
        assert_eq!(lines[0].comment, " a comment");
        assert_eq!(lines[1].code, "");
        assert_eq!(lines[1].comment, " doc");
        assert_eq!(lines[2].code, "let b = ; call(r#\"\");");
        assert_eq!(lines[3].code, "let c = \"");
        assert_eq!(lines[4].code, "\"; d");
    }

    #[test]
    fn tests_begin_at_the_attribute() {
        let lines = lines(Path::new("src/a.rs"), "fn a() {}\n#[cfg(test)]\nmod tests {}\n");
        let tests: Vec<bool> = lines.iter().map(|line| line.is_test).collect();
        assert_eq!(tests, [false, true, true]);
        assert!(super::lines(Path::new("crates/eas/tests/it/main.rs"), "fn a() {}")[0].is_test);
    }
}
