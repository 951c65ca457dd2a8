//! The requirement tables: CSV files with one row for each requirement.
//!
//! A file is named after a document, but also repeats requirements of others, some of which are testable only
//! there: the table of MS-ASAIRS holds tokens of MS-ASWBXML. So what counts is the document in the id, and a
//! requirement is testable if any of its rows says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Trouble;

/// A requirement, without its text.
pub struct Requirement {
    /// The section of the document, such as `2.2.1.10`.
    pub section: String,
    /// Whether it binds a server and can be tested from outside.
    pub is_ours: bool,
}

/// All requirements, by document (`MS-ASCMD`) and by the number behind `_R`.
#[derive(Default)]
pub struct Tables(pub BTreeMap<String, BTreeMap<u64, Requirement>>);

impl Tables {
    /// Whether there is a requirement of this id.
    pub fn holds(&self, id: &str) -> bool {
        split(id).is_some_and(|(document, number)| {
            self.0.get(document).is_some_and(|requirements| requirements.contains_key(&number))
        })
    }

    /// Whether it is one that binds a server and can be tested from outside.
    pub fn binds_server(&self, id: &str) -> bool {
        split(id).is_some_and(|(document, number)| {
            let requirement = self.0.get(document).and_then(|requirements| requirements.get(&number));
            requirement.is_some_and(|requirement| requirement.is_ours)
        })
    }

    fn add(&mut self, text: &str) -> Result<(), Trouble> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headers = reader.headers()?.clone();
        let column = |name: &str| {
            headers
                .iter()
                .position(|header| header.trim_start_matches('\u{feff}') == name)
                .ok_or_else(|| format!("no column {name}"))
        };
        let (id, section, scope, testable) =
            (column("req_id")?, column("doc_section")?, column("scope")?, column("testable")?);
        for record in reader.records() {
            let record = record?;
            let field = |index: usize| record.get(index).unwrap_or_default().trim();
            let Some((document, number)) = split(field(id)) else { continue };
            let is_ours = field(testable) == "yes" && matches!(field(scope), "Server" | "Both");
            self.0
                .entry(document.to_owned())
                .or_default()
                .entry(number)
                .or_insert_with(|| Requirement { section: field(section).to_owned(), is_ours: false })
                .is_ours |= is_ours;
        }
        Ok(())
    }
}

/// `MS-ASCMD_R5106` in document and number.
pub fn split(id: &str) -> Option<(&str, u64)> {
    let (document, number) = id.split_once("_R")?;
    Some((document, number.parse().ok()?))
}

/// Reads every `MS-*.csv` of a directory.
pub fn read(directory: &Path) -> Result<Tables, Trouble> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(|error| format!("{}: {error}", directory.display()))? {
        paths.push(entry?.path());
    }
    // The first row of an id gives the section.
    paths.sort();
    let mut tables = Tables::default();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("MS-") && name.ends_with(".csv") {
            tables.add(&fs::read_to_string(&path)?).map_err(|trouble| format!("{name}: {trouble}"))?;
        }
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_requirement_of_the_document_in_its_id() {
        let mut tables = Tables::default();
        tables
            .add(
                "req_id,doc_section,description,scope,testable\n\
                 MS-ASX_R12,2.1,\"[In A, b] text\",Server,yes\n\
                 MS-ASX_R13,2.1.1,text,Client,yes\n\
                 MS-ASY_R12,2.1.1,text,Both,no\n",
            )
            .unwrap();
        tables.add("req_id,doc_section,scope,testable\nMS-ASY_R12,3,Both,yes\n").unwrap();
        let ours = |document: &str, number: u64| tables.0[document][&number].is_ours;
        assert!(ours("MS-ASX", 12) && !ours("MS-ASX", 13) && ours("MS-ASY", 12));
        assert_eq!(tables.0["MS-ASY"][&12].section, "2.1.1");
        assert!(tables.holds("MS-ASX_R13"));
        assert!(!tables.holds("MS-ASX_R15"));
        assert!(!tables.holds("MS-ASZ_R12"));
    }
}
