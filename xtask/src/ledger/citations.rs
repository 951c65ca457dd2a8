//! The ids that tests name: `// MS-ASCMD_R5106, R5107` in a test says that the test asserts them.
//!
//! A table of what is asserted may carry the id of each row as a string, `"MS-ASCMD_R5106"`, so that a row that
//! fails can say it. A table that is a constant belongs to the test in the same file that uses it.

use std::path::{Path, PathBuf};

use crate::source::{self, Line};
use crate::{Trouble, workspace};

/// One id at one place.
#[derive(Debug, PartialEq, Eq)]
pub struct Citation {
    /// `MS-ASCMD_R5106`.
    pub id: String,
    /// The file, from the root of the workspace.
    pub path: PathBuf,
    /// Its line, from 1.
    pub line: usize,
    /// The test that asserts it; `None` outside tests, where an id explains and proves nothing.
    pub test: Option<String>,
}

/// Collects them from all crates.
pub fn collect() -> Result<Vec<Citation>, Trouble> {
    let mut citations = Vec::new();
    for path in workspace::rust_files("crates")? {
        let text = workspace::read(&path)?;
        citations.extend(in_file(&path, &text));
    }
    Ok(citations)
}

fn in_file(path: &Path, text: &str) -> Vec<Citation> {
    let lines = source::lines(path, text);
    let mut citations = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let literals = if line.is_test { literals(line.text) } else { Vec::new() };
        for id in ids(line.comment).into_iter().chain(literals) {
            let test = line.is_test.then(|| enclosing(&lines, index)).flatten();
            citations.push(Citation { id, path: path.to_path_buf(), line: line.number, test });
        }
    }
    citations
}

/// The string literals that are an id and nothing else.
fn literals(text: &str) -> Vec<String> {
    let is_id = |word: &&str| {
        let number = word.strip_prefix("MS-AS").and_then(|rest| rest.split_once("_R"));
        number
            .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text.split('"').skip(1).step_by(2).filter(is_id).map(str::to_owned).collect()
}

/// The full ids in a comment. `MS-ASCMD_R1, R2` names two.
fn ids(comment: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = comment;
    while let Some(start) = rest.find("MS-AS") {
        rest = &rest[start..];
        let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c == '-')).unwrap_or(rest.len());
        let (document, behind) = rest.split_at(end);
        rest = behind;
        let mut next = behind.strip_prefix("_R");
        while let Some(text) = next {
            let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let (number, behind) = text.split_at(digits);
            if number.is_empty() {
                break;
            }
            ids.push(format!("{document}_R{number}"));
            rest = behind;
            next = behind.strip_prefix(", R");
        }
    }
    ids
}

/// The function that a line belongs to: the one whose comment or attributes it is part of, else the one around
/// it, else the one that uses the constant around it.
fn enclosing(lines: &[Line<'_>], index: usize) -> Option<String> {
    let is_before_function = |line: &&Line<'_>| {
        let text = line.text.trim_start();
        text.starts_with("//") || text.starts_with("#[")
    };
    let is_alone = lines.get(index)?.code.trim().is_empty() && lines.get(index)?.text.contains("//");
    let below = lines.iter().skip(index).find(|line| !is_before_function(line)).filter(|_| is_alone);
    if let Some(name) = below.and_then(|line| function_name(&line.code)) {
        return Some(name);
    }
    match around(lines, index)? {
        Item::Function(name) => Some(name),
        Item::Constant(name, at) => {
            let uses =
                lines.iter().enumerate().filter(|(index, line)| *index != at && has_word(&line.code, &name));
            uses.filter_map(|(index, _)| around(lines, index)).find_map(|item| match item {
                Item::Function(name) => Some(name),
                Item::Constant(..) => None,
            })
        }
    }
}

enum Item {
    Function(String),
    /// Name and index of its line.
    Constant(String, usize),
}

/// The innermost function or constant around a line, as the indentation shows it.
fn around(lines: &[Line<'_>], index: usize) -> Option<Item> {
    let indent = |line: &Line<'_>| line.text.len() - line.text.trim_start().len();
    let mut outermost = usize::MAX;
    for (at, line) in lines.get(..=index)?.iter().enumerate().rev() {
        let is_outside = indent(line) < outermost || (at == index && !line.text.trim().is_empty());
        if line.code.trim().is_empty() || !is_outside {
            continue;
        }
        outermost = indent(line);
        if let Some(name) = function_name(&line.code) {
            return Some(Item::Function(name));
        }
        if let Some(name) = constant_name(&line.code) {
            return Some(Item::Constant(name, at));
        }
    }
    None
}

fn constant_name(code: &str) -> Option<String> {
    let code = code.trim_start();
    let code = code.strip_prefix("pub ").or_else(|| code.strip_prefix("pub(super) ")).unwrap_or(code);
    let name = code.strip_prefix("const ").or_else(|| code.strip_prefix("static "))?;
    let end = name.find(':')?;
    Some(name[..end].to_owned())
}

fn has_word(code: &str, word: &str) -> bool {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|part| part == word)
}

fn function_name(code: &str) -> Option<String> {
    let words = code.trim_start().split_once("fn ").filter(|(before, _)| {
        before
            .split_whitespace()
            .all(|word| matches!(word, "pub" | "async" | "const") || word.starts_with("pub("))
    });
    let (_, name) = words?;
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    Some(name[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_from_comments() {
        assert_eq!(
            ids(" MS-ASCMD_R5106, R5107 and MS-ASHTTP_R2: why"),
            ["MS-ASCMD_R5106", "MS-ASCMD_R5107", "MS-ASHTTP_R2"]
        );
        assert!(ids(" [MS-ASCMD] 2.2.1").is_empty());
        assert!(ids(" MS-ASCMD_Rx").is_empty());
    }

    #[test]
    fn a_table_belongs_to_the_test_that_uses_it() {
        let text = "#[test]\nfn rows() {\n    for row in ROWS {}\n}\n\n#[test]\nfn other() {}\n\nconst ROWS: &[A] = \
                    &[\n    // MS-ASCMD_R1\n    a(1), // MS-ASCMD_R2\n    (\"MS-ASCMD_R3\", x),\n];\n\nconst UNUSED: \
                    &[A] = &[\n    (\"MS-ASCMD_R4\", \"MS-ASCMD_R5 is text\"),\n];\n";
        let found: Vec<_> = in_file(Path::new("crates/a/tests/it/a.rs"), text)
            .into_iter()
            .map(|citation| (citation.id, citation.test))
            .collect();
        let rows = |id: &str| (id.to_owned(), Some("rows".to_owned()));
        let expected =
            [rows("MS-ASCMD_R1"), rows("MS-ASCMD_R2"), rows("MS-ASCMD_R3"), ("MS-ASCMD_R4".into(), None)];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_citation_belongs_to_the_test_around_or_below_it() {
        let text = "// MS-ASCMD_R1\nfn code() {}\n#[cfg(test)]\nmod tests {\n    /// MS-ASCMD_R2\n    #[test]\n    \
                    fn first() {\n        // MS-ASCMD_R3\n        let a = 1; // MS-ASCMD_R4\n    }\n    async fn \
                    second() {\n        assert!(x); // MS-ASCMD_R5\n    }\n}\n";
        let found: Vec<_> = in_file(Path::new("crates/a/src/a.rs"), text)
            .into_iter()
            .map(|citation| (citation.id, citation.test))
            .collect();
        let expected = [
            ("1", None),
            ("2", Some("first")),
            ("3", Some("first")),
            ("4", Some("first")),
            ("5", Some("second")),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(number, test)| (format!("MS-ASCMD_R{number}"), test.map(str::to_owned)))
            .collect();
        assert_eq!(found, expected);
    }
}
