//! The code pages against the table of the reference, row by row, in both directions.

use fieldpost_eas::{Version, page};

use crate::table::{ALSO_IN_16_1, mask, rows};

#[test]
fn every_row_is_a_token_and_every_token_a_row() {
    let rows = rows("codepages.tsv");
    for row in &rows {
        let [number, namespace, token, name, first, versions, kind, ..] = &row[..] else { panic!("{row:?}") };
        let number: u8 = number.parse().unwrap();
        let token = u8::from_str_radix(token.trim_start_matches("0x"), 16).unwrap();
        let page = page::page(number).unwrap();
        assert_eq!(page.namespace, namespace);
        let entry = page.entry(token).unwrap_or_else(|| panic!("{namespace}:{name} is missing"));
        assert_eq!(entry.name, name, "page {number} token {token:#04X}");
        // What only old servers had is known of 2.5 at most, and else written to nobody.
        let expected = match (kind.as_str(), first.as_str()) {
            ("spec", _) if ALSO_IN_16_1.contains(&name.as_str()) => mask(versions) | Version::V16_1.bit(),
            ("spec", _) => mask(versions),
            (_, "2.5") => mask("2.5"),
            _ => 0,
        };
        assert_eq!(entry.versions.0, expected, "{namespace}:{name}");
    }
    let tokens: usize = page::ALL.iter().map(|p| p.entries.len()).sum();
    assert_eq!(tokens, rows.len());
}

#[test]
fn pages_are_found_by_number_and_tags_by_name() {
    for page in page::ALL {
        assert_eq!(page::page(page.number).map(|p| p.namespace), Some(page.namespace));
        for entry in page.entries {
            let tag = page::find(page.namespace, entry.name).unwrap();
            assert_eq!((tag.page, tag.token), (page.number, entry.token), "{tag}");
        }
    }
    assert!(page::page(26).is_none());
    assert!(page::find("AirSync", "NoSuchThing").is_none());
}
