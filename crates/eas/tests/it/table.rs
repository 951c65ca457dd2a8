//! Reads the tables and samples below `tests/data`.

use std::path::{Path, PathBuf};

use fieldpost_eas::Version;

/// A file or folder below `tests/data`.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The rows of a table with tabs, without its head.
pub fn rows(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path(name)).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The mask for a list of versions, separated by spaces.
pub fn mask(versions: &str) -> u8 {
    versions.split(' ').map(|v| v.parse::<Version>().unwrap().bit()).fold(0, |all, bit| all | bit)
}

/// Elements that the WBXML table denies 16.1 and [MS-ASPROV] grants it: we write them.
pub const ALSO_IN_16_1: &[&str] = &["MaxDevicePasswordFailedAttempts", "MaxCalendarAgeFilter"];

/// One sample: a document as bytes and as XML.
pub struct Sample {
    /// `09-sync-initial-25-req`.
    pub name: String,
    /// The newest version that it is made for.
    pub version: Version,
    /// The document.
    pub wbxml: Vec<u8>,
    /// The same as XML.
    pub xml: String,
}

/// All samples, in order.
pub fn samples() -> Vec<Sample> {
    rows("samples/INDEX.tsv")
        .into_iter()
        .map(|row| {
            let name = row[0].clone();
            // `14.1+`, `2.5-12.1` or `16.1`.
            let version = match row[2].split_once('-') {
                Some((_, last)) => last.parse().unwrap(),
                None if row[2].ends_with('+') => Version::V16_1,
                None => row[2].parse().unwrap(),
            };
            Sample {
                wbxml: std::fs::read(path(&format!("samples/{name}.wbxml"))).unwrap(),
                xml: std::fs::read_to_string(path(&format!("samples/{name}.xml"))).unwrap(),
                name,
                version,
            }
        })
        .collect()
}
