//! `docs/policies.md` says of each setting what the catalogue says. `FIELDPOST_UPDATE_GOLDEN=1` writes that part
//! of the page anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fieldpost_domain::policy::catalogue::{Group, Setting};

const BEGIN: &str = "<!-- The rest of this page is written by a test from the catalogue of settings. -->\n";

fn section(setting: &Setting) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "### {}\n\n{}\n", setting.title, setting.explanation);
    let _ = writeln!(text, "| | |\n| --- | --- |");
    let _ = writeln!(text, "| name | `{}`, in the protocol `{}` |", setting.field, setting.element);
    let _ = writeln!(text, "| range | {} |", setting.range());
    let _ = writeln!(text, "| without it | {} |", setting.assumed_in_words());
    if let Some(value) = setting.proposed.and_then(fieldpost_domain::policy::catalogue::Assumed::value) {
        let _ = writeln!(text, "| proposed for a new policy | {} |", setting.show(&value));
    }
    let _ = writeln!(text, "| told to phones from version | {} |", setting.since);
    for (phone, effect) in setting.effects.all() {
        let note = if effect.note.is_empty() { String::new() } else { format!(". {}", effect.note) };
        let _ = writeln!(text, "| {phone} | {}{note} |", effect.honours.name());
    }
    text
}

#[test]
fn the_page_says_what_the_catalogue_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/policies.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, _) = text.split_once(BEGIN).unwrap();
    let mut written = format!("{before}{BEGIN}");
    for group in Group::ALL {
        let _ = write!(written, "\n## {}\n", group.title());
        for setting in group.settings() {
            let _ = write!(written, "\n{}", section(setting));
        }
    }
    if std::env::var_os("FIELDPOST_UPDATE_GOLDEN").is_some() {
        fs::write(&page, &written).unwrap();
        return;
    }
    assert!(
        text == written,
        "docs/policies.md differs: run this with FIELDPOST_UPDATE_GOLDEN=1, and look at it"
    );
}
