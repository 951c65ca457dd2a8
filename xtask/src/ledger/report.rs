//! The report: a table of all documents, then for each document what is cited where, and what is open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::citations::Citation;
use super::tables::{self, Requirement, Tables};

const INTRODUCTION: &str = "\
# Conformance

Microsoft's protocol documents number their requirements. This page says which of those that bind a server and
can be tested from outside are cited by a test of this repository, and which are still open. It is written by
`cargo xtask ledger` from the comments of the tests; don't edit it. The requirements themselves are in the
documents: <https://learn.microsoft.com/openspecs/exchange_server_protocols/>.

A cited requirement has a test that asserts it. An open one may well be met: no test says so yet.

";

/// Tests by requirement number.
type Tests = BTreeMap<u64, BTreeSet<String>>;

/// The whole report.
pub fn write(tables: &Tables, citations: &[Citation]) -> String {
    let mut text = String::from(INTRODUCTION);
    text.push_str("| document | server, testable | cited | open | others cited |\n| --- | ---: | ---: | ---: | ---: |\n");
    let mut sums = [0; 4];
    let mut chapters = String::new();
    for (document, requirements) in &tables.0 {
        let tests = tests_of(document, citations);
        let ours = || requirements.iter().filter(|(_, requirement)| requirement.is_ours);
        let open: Vec<&Requirement> = ours()
            .filter(|(number, _)| !tests.contains_key(number))
            .map(|(_, requirement)| requirement)
            .collect();
        let all = ours().count();
        let cited = all - open.len();
        let counts = [all, cited, open.len(), tests.len() - cited];
        let [all, done, left, others] = counts;
        let _ = writeln!(text, "| {document} | {all} | {done} | {left} | {others} |");
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        if all + others > 0 {
            chapter(&mut chapters, document, &tests, &open);
        }
    }
    let [all, done, left, others] = sums;
    let _ = writeln!(text, "| all | {all} | {done} | {left} | {others} |\n");
    text.push_str(
        "\"Others cited\" are requirements that bind the client, are not testable by their table, or are details \
         of\nMicrosoft's product, which a test asserts all the same.\n",
    );
    text + &chapters
}

fn tests_of(document: &str, citations: &[Citation]) -> Tests {
    let mut tests = Tests::new();
    for citation in citations {
        let number = tables::split(&citation.id).filter(|(of, _)| *of == document).map(|(_, number)| number);
        if let (Some(number), Some(test)) = (number, &citation.test) {
            tests.entry(number).or_default().insert(format!("{} `{test}`", citation.path.display()));
        }
    }
    tests
}

fn chapter(text: &mut String, document: &str, tests: &Tests, open: &[&Requirement]) {
    let _ = writeln!(text, "\n## {document}\n");
    for (number, places) in tests {
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let _ = writeln!(text, "- {document}_R{number}: {}", places.join(", "));
    }
    if !tests.is_empty() {
        text.push('\n');
    }
    if open.is_empty() {
        text.push_str("Nothing is open.\n");
        return;
    }
    let mut sections: BTreeMap<Vec<u32>, (&str, usize)> = BTreeMap::new();
    for requirement in open {
        let key = requirement.section.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect();
        sections.entry(key).or_insert((&requirement.section, 0)).1 += 1;
    }
    let list: Vec<String> =
        sections.values().map(|(section, count)| format!("{section} ({count})")).collect();
    let _ = writeln!(text, "Open, by section of the document: {}.", list.join(", "));
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn cited_and_open_are_counted() {
        let requirement =
            |number, section: &str, is_ours| (number, Requirement { section: section.into(), is_ours });
        let requirements = BTreeMap::from([
            requirement(1, "2.2", true),
            requirement(2, "2.10", true),
            requirement(3, "2.10", true),
            requirement(4, "3", false),
        ]);
        let tables = Tables(BTreeMap::from([("MS-ASX".to_owned(), requirements)]));
        let citation = |id: &str, test: Option<&str>| Citation {
            id: id.into(),
            path: PathBuf::from("crates/a/tests/it/b.rs"),
            line: 1,
            test: test.map(str::to_owned),
        };
        let citations =
            [citation("MS-ASX_R1", Some("t")), citation("MS-ASX_R2", None), citation("MS-ASX_R4", Some("t"))];
        let report = write(&tables, &citations);
        assert!(report.contains("| MS-ASX | 3 | 1 | 2 | 1 |"), "{report}");
        assert!(report.contains("- MS-ASX_R1: crates/a/tests/it/b.rs `t`\n"), "{report}");
        assert!(report.contains("Open, by section of the document: 2.10 (2)."), "{report}");
    }
}
