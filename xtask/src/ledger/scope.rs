//! What the project says of requirements that no test cites: docs/out-of-scope.toml.
//!
//! `[[out-of-scope]]` takes a whole document, sections with all below them, or single ids out of the count, and
//! gives the one reason. `[open]` explains single ids that stay in the count. Both are checked: what they name
//! exists, binds a server, and is not cited.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::tables::{self, Requirement, Tables};
use crate::{Trouble, workspace};

/// The file, as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    out_of_scope: Vec<Entry>,
    #[serde(default)]
    open: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    document: Option<String>,
    #[serde(default)]
    sections: Vec<String>,
    #[serde(default)]
    ids: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    reason: String,
}

/// Reasons and explanations by id.
#[derive(Default)]
pub struct Scope {
    /// Out of scope, and why.
    pub out: BTreeMap<String, String>,
    /// Open, and why.
    pub open: BTreeMap<String, String>,
}

/// Reads the file; where there is none, everything is in scope.
pub fn read(path: &Path, tables: &Tables, cited: &BTreeSet<String>) -> Result<(Scope, Vec<String>), Trouble> {
    match path.exists() {
        true => parse(&workspace::read(path)?, tables, cited),
        false => Ok((Scope::default(), Vec::new())),
    }
}

/// The scope, and what is wrong with it.
fn parse(text: &str, tables: &Tables, cited: &BTreeSet<String>) -> Result<(Scope, Vec<String>), Trouble> {
    let file: File = toml::from_str(text)?;
    let mut scope = Scope::default();
    let mut troubles = Vec::new();
    for entry in &file.out_of_scope {
        for id in members(entry, tables, &mut troubles) {
            if let Some(reason) = scope.out.insert(id.clone(), entry.reason.clone()) {
                troubles.push(format!("{id} is out of scope twice, before: {reason}"));
            }
            if cited.contains(&id) {
                troubles.push(format!("{id} is out of scope, but a test cites it"));
            }
        }
    }
    for (id, why) in file.open {
        if !tables.binds_server(&id) {
            troubles.push(format!("{id} is explained, but is no testable requirement of a server"));
        } else if cited.contains(&id) {
            troubles.push(format!("{id} is explained as open, but a test cites it"));
        } else if scope.out.contains_key(&id) {
            troubles.push(format!("{id} is explained as open, but is out of scope"));
        }
        scope.open.insert(id, why);
    }
    Ok((scope, troubles))
}

/// The ids that an entry takes out.
fn members(entry: &Entry, tables: &Tables, troubles: &mut Vec<String>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for id in &entry.ids {
        match tables.binds_server(id) {
            true => drop(ids.insert(id.clone())),
            false => troubles.push(format!("{id} is no testable requirement of a server")),
        }
    }
    let Some(document) = &entry.document else {
        if !entry.sections.is_empty() {
            troubles.push(format!("sections without a document: {}", entry.sections.join(", ")));
        }
        return ids;
    };
    let Some(requirements) = tables.0.get(document) else {
        troubles.push(format!("there is no document {document}"));
        return ids;
    };
    let mut take = |fits: &dyn Fn(&Requirement) -> bool| {
        let ours = requirements.iter().filter(|(_, requirement)| requirement.is_ours && fits(requirement));
        let taken: Vec<String> = ours.map(|(number, _)| format!("{document}_R{number}")).collect();
        let count = taken.len();
        ids.extend(taken);
        count
    };
    for section in &entry.sections {
        if take(&|requirement| is_within(&requirement.section, section)) == 0 {
            troubles.push(format!("{document} has no testable requirement of a server in {section}"));
        }
    }
    if entry.sections.is_empty() && entry.ids.is_empty() {
        take(&|_| true);
    }
    for id in &entry.except {
        if !ids.remove(id) {
            troubles.push(format!("{id} is excepted, but not among those that are out of scope"));
        }
    }
    ids
}

/// Whether `section` is `outer` or below it.
fn is_within(section: &str, outer: &str) -> bool {
    section.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The ids that a test cites.
pub fn cited(citations: &[super::citations::Citation]) -> BTreeSet<String> {
    let tested = citations.iter().filter(|citation| citation.test.is_some());
    tested
        .filter_map(|citation| tables::split(&citation.id))
        .map(|(document, number)| format!("{document}_R{number}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> Tables {
        let requirement =
            |number, section: &str, is_ours| (number, Requirement { section: section.into(), is_ours });
        let requirements = BTreeMap::from([
            requirement(1, "2.2", true),
            requirement(2, "2.2.1", true),
            requirement(3, "2.20", true),
            requirement(4, "3", false),
        ]);
        Tables(BTreeMap::from([("MS-ASX".to_owned(), requirements)]))
    }

    #[test]
    fn sections_take_what_is_below_them() {
        let text = "[[out-of-scope]]\ndocument = \"MS-ASX\"\nsections = [\"2.2\"]\nexcept = [\"MS-ASX_R2\"]\n\
                    reason = \"no\"\n[open]\nMS-ASX_R3 = \"later\"\n";
        let (scope, troubles) = parse(text, &tables(), &BTreeSet::new()).unwrap();
        assert_eq!(troubles, Vec::<String>::new());
        assert_eq!(scope.out.keys().collect::<Vec<_>>(), ["MS-ASX_R1"]);
        assert_eq!(scope.open["MS-ASX_R3"], "later");
    }

    #[test]
    fn what_does_not_exist_or_is_cited_is_said() {
        let text = "[[out-of-scope]]\ndocument = \"MS-ASX\"\nsections = [\"9\"]\nids = [\"MS-ASX_R1\", \
                    \"MS-ASX_R4\"]\nreason = \"no\"\n[[out-of-scope]]\ndocument = \"MS-ASY\"\nreason = \"no\"\n\
                    [open]\nMS-ASX_R2 = \"later\"\nMS-ASX_R9 = \"later\"\n";
        let cited = BTreeSet::from(["MS-ASX_R1".to_owned(), "MS-ASX_R2".to_owned()]);
        let (_, troubles) = parse(text, &tables(), &cited).unwrap();
        let all = troubles.join("\n");
        for part in
            ["in 9", "MS-ASX_R4 is no", "document MS-ASY", "MS-ASX_R1 is out", "MS-ASX_R2 is", "MS-ASX_R9 is"]
        {
            assert!(all.contains(part), "{part}: {all}");
        }
        assert_eq!(troubles.len(), 6, "{all}");
    }
}
