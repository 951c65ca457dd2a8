//! The elements of the schemas: each has a token, and the versions agree with the code pages.

use fieldpost_eas::{Version, page};

use crate::table::{ALSO_IN_16_1, mask, rows};

/// Names that the schemas and the code pages spell differently; the code pages' are those of the
/// specification.
const OTHER_NAMES: &[(&str, &str, &str)] =
    &[("ComposeMail", "ForwardeeName", "Name"), ("ComposeMail", "ForwardeeEmail", "Email")];

#[test]
fn every_element_has_a_token_of_the_same_versions() {
    let mut checked = 0;
    for row in rows("elements.tsv") {
        let (namespace, element, versions) = (&row[0], &row[1], &row[8]);
        let other = OTHER_NAMES.iter().find(|(n, e, _)| n == namespace && e == element);
        let name = other.map_or(element.as_str(), |(_, _, name)| name);
        // Autodiscover is not WBXML.
        if !page::ALL.iter().any(|p| p.namespace == namespace) {
            continue;
        }
        let tag = page::find(namespace, name).unwrap_or_else(|| panic!("{namespace}:{name}"));
        if versions != "?" {
            let added = if ALSO_IN_16_1.contains(&name) { Version::V16_1.bit() } else { 0 };
            assert_eq!(tag.entry().unwrap().versions.0, mask(versions) | added, "{tag}");
            checked += 1;
        }
    }
    assert!(checked > 550, "{checked}");
}
