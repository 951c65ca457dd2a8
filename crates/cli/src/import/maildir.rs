//! Maildir: what the name of a file tells of its message, and the name of a folder of its place.
//!
//! The reader in mail-parser walks and reads in one go and gives no sizes; a progress bar and an order
//! that is the same each time need the list first, which [`super::source`] makes.

use std::path::Path;

use base64::Engine;
use base64::alphabet::Alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

/// The flags behind `:2,` in a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    pub passed: bool,
    pub replied: bool,
    pub seen: bool,
    pub trashed: bool,
    pub draft: bool,
    pub flagged: bool,
}

/// Whether the folder is a maildir.
pub fn is_maildir(path: &Path) -> bool {
    path.join("cur").is_dir() && path.join("new").is_dir()
}

/// Reads the flags from a file's name. Some programs write another sign than a colon where a file
/// system does not allow it.
pub fn flags(file_name: &str) -> Flags {
    let mut flags = Flags::default();
    let Some((head, letters)) = file_name.rsplit_once("2,") else { return flags };
    if !head.ends_with([':', ';', '!', '_', '-']) {
        return flags;
    }
    for letter in letters.chars().take_while(char::is_ascii_alphanumeric) {
        match letter {
            'P' => flags.passed = true,
            'R' => flags.replied = true,
            'S' => flags.seen = true,
            'T' => flags.trashed = true,
            'D' => flags.draft = true,
            'F' => flags.flagged = true,
            _ => {}
        }
    }
    flags
}

/// The mail folders that a directory stands for: `.Work.Caf&AOk-` is `Café` in `Work` (Maildir++),
/// `Work` without the leading dot is one folder (one directory for each folder).
pub fn folder_names(directory: &str) -> Vec<String> {
    let Some(inner) = directory.strip_prefix('.') else { return vec![decode(directory)] };
    let mut names: Vec<String> = inner.split('.').filter(|part| !part.is_empty()).map(decode).collect();
    if names.first().is_some_and(|name| name.eq_ignore_ascii_case("inbox")) {
        names.remove(0);
    }
    names
}

/// Decodes a name in modified UTF-7 (RFC 3501 5.1.3). What is not encoded so stays as it is.
fn decode(name: &str) -> String {
    try_decode(name).unwrap_or_else(|| name.to_owned())
}

fn try_decode(name: &str) -> Option<String> {
    let alphabet = Alphabet::new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").ok()?;
    let engine = GeneralPurpose::new(&alphabet, NO_PAD);
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((plain, encoded)) = rest.split_once('&') {
        out.push_str(plain);
        let (encoded, after) = encoded.split_once('-')?;
        if encoded.is_empty() {
            out.push('&');
        } else {
            let bytes = engine.decode(encoded).ok()?;
            let (units, odd) = bytes.as_chunks::<2>();
            if !odd.is_empty() {
                return None;
            }
            let units: Vec<u16> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            out.push_str(&String::from_utf16(&units).ok()?);
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_stand_behind_the_colon() {
        let flags = flags("1204680122.27c448c1.host:2,FRS");
        assert_eq!(flags, Flags { flagged: true, replied: true, seen: true, ..Flags::default() });
        assert_eq!(super::flags("1204680122.27c448c1.host"), Flags::default());
        assert_eq!(super::flags("12,S"), Flags::default());
        assert!(super::flags("17.host,S=12,W=13;2,S").seen);
    }

    #[test]
    fn folder_names_of_both_layouts() {
        assert_eq!(folder_names(".Work.2024"), ["Work", "2024"]);
        assert_eq!(folder_names(".INBOX.Sent"), ["Sent"]);
        assert_eq!(folder_names("Work"), ["Work"]);
        assert_eq!(folder_names(".Entw&APw-rfe"), ["Entwürfe"]);
        assert_eq!(folder_names(".A&-B"), ["A&B"]);
        assert_eq!(folder_names(".R&D"), ["R&D"]);
        assert_eq!(folder_names(".&2D3eAA-"), ["😀"]);
    }
}
