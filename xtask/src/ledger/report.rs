//! The report: a table of all documents, then for each document what is cited where, and what is open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::citations::Citation;
use super::scope::Scope;
use super::tables::{self, Requirement, Tables};

const INTRODUCTION: &str = "\
# Conformance

Microsoft's protocol documents number their requirements. This page says which of those that bind a server and
can be tested from outside are cited by a test of this repository, which are out of scope (docs/out-of-scope.toml),
and which are still open. It is written by
`cargo xtask ledger` from the comments of the tests; don't edit it. The requirements themselves are in the
documents: <https://learn.microsoft.com/openspecs/exchange_server_protocols/>.

A cited requirement has a test that asserts it. An open one may well be met: no test says so yet.

";

/// Tests by requirement number.
type Tests = BTreeMap<u64, BTreeSet<String>>;

/// The whole report.
pub fn write(tables: &Tables, citations: &[Citation], scope: &Scope) -> String {
    let mut text = String::from(INTRODUCTION);
    text.push_str(
        "| document | server, testable | cited | per cent | out of scope | open | others cited |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let mut sums = [0; 5];
    let mut chapters = String::new();
    for (document, requirements) in &tables.0 {
        let tests = tests_of(document, citations);
        let id = |number: &u64| format!("{document}_R{number}");
        let ours: Vec<_> = requirements.iter().filter(|(_, requirement)| requirement.is_ours).collect();
        let left = ours.iter().filter(|(number, _)| !tests.contains_key(number)).count();
        let (mut out, mut open) = (Vec::new(), Vec::new());
        for (number, requirement) in ours.iter().filter(|(number, _)| !tests.contains_key(number)) {
            match scope.out.get(&id(number)) {
                Some(reason) => out.push((**number, reason.as_str())),
                None => open.push((**number, *requirement, scope.open.get(&id(number)).map(String::as_str))),
            }
        }
        let cited = ours.len() - left;
        let counts = [ours.len(), cited, out.len(), open.len(), tests.len() - cited];
        row(&mut text, document, counts);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        if counts != [0; 5] {
            chapter(&mut chapters, document, &tests, &out, &open);
        }
    }
    row(&mut text, "all", sums);
    text.push_str(
        "\n\"Others cited\" are requirements that bind the client, are not testable by their table, or are details \
         of\nMicrosoft's product, which a test asserts all the same.\n",
    );
    text + &chapters
}

fn row(text: &mut String, name: &str, [all, cited, out, open, others]: [usize; 5]) {
    let percent = match all {
        0 => "-".to_owned(),
        all => (cited * 100 / all).to_string(),
    };
    let _ = writeln!(text, "| {name} | {all} | {cited} | {percent} | {out} | {open} | {others} |");
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

/// Number, requirement and explanation of what is open.
type Open<'a> = (u64, &'a Requirement, Option<&'a str>);

fn chapter(text: &mut String, document: &str, tests: &Tests, out: &[(u64, &str)], open: &[Open<'_>]) {
    let _ = writeln!(text, "\n## {document}\n");
    for (number, places) in tests {
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let _ = writeln!(text, "- {document}_R{number}: {}", places.join(", "));
    }
    if !tests.is_empty() {
        text.push('\n');
    }
    let mut reasons: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (number, reason) in out {
        reasons.entry(reason).or_default().push(*number);
    }
    for (reason, numbers) in reasons {
        let _ = writeln!(text, "Out of scope, {}: {reason}\n\n{}.\n", numbers.len(), ids(&numbers));
    }
    for (number, requirement, why) in open {
        if let Some(why) = why {
            let _ = writeln!(text, "- open: {document}_R{number} ({}): {why}", requirement.section);
        }
    }
    if open.iter().any(|(_, _, why)| why.is_some()) {
        text.push('\n');
    }
    let mut sections: BTreeMap<Vec<u32>, (&str, Vec<u64>)> = BTreeMap::new();
    for (number, requirement, _) in open.iter().filter(|(_, _, why)| why.is_none()) {
        let key = requirement.section.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect();
        sections.entry(key).or_insert((&requirement.section, Vec::new())).1.push(*number);
    }
    let list: Vec<String> =
        sections.values().map(|(section, numbers)| format!("{section} ({})", ids(numbers))).collect();
    match (open.is_empty(), list.is_empty()) {
        (true, _) => text.push_str("Nothing is open.\n"),
        (false, true) => text.push_str("Nothing else is open.\n"),
        (false, false) => {
            let _ = writeln!(text, "Open, by section of the document: {}.", list.join(", "));
        }
    }
}

fn ids(numbers: &[u64]) -> String {
    numbers.iter().map(|number| format!("R{number}")).collect::<Vec<_>>().join(", ")
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
            requirement(5, "3", true),
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
        let scope = Scope {
            out: BTreeMap::from([("MS-ASX_R5".to_owned(), "nobody wants it".to_owned())]),
            open: BTreeMap::from([("MS-ASX_R3".to_owned(), "later".to_owned())]),
        };
        let report = write(&tables, &citations, &scope);
        assert!(report.contains("| MS-ASX | 4 | 1 | 25 | 1 | 2 | 1 |"), "{report}");
        assert!(report.contains("Out of scope, 1: nobody wants it\n\nR5.\n"), "{report}");
        assert!(report.contains("- open: MS-ASX_R3 (2.10): later\n"), "{report}");
        assert!(report.contains("- MS-ASX_R1: crates/a/tests/it/b.rs `t`\n"), "{report}");
        assert!(report.contains("Open, by section of the document: 2.10 (R2)."), "{report}");
    }
}
