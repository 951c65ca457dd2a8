//! Responses of every command, for every version, against Microsoft's schemas, which are not part of
//! this repository: `FIELDPOST_SHARED` says where they are, `../shared` beside the workspace if it is
//! not set. Schemas don't know versions, so the tags are held against the version here as well.

use std::path::{Path, PathBuf};
use std::process::Command;

use fieldpost_eas::Version;
use fieldpost_eas::page::{air_sync, compose_mail, get_item_estimate as gie};
use fieldpost_eas::wbxml::{Limits, Node, xml};

use crate::answers::{WAP_POLICY, answers};
use crate::laws::first_unknown;

/// The schemas' entry point, if it is there.
fn schema() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("FIELDPOST_SHARED").map_or(beside, PathBuf::from);
    let schema = shared.join("eas/xsd/linked/eas-all.xsd");
    schema.is_file().then_some(schema)
}

fn has_xmllint() -> bool {
    Command::new("xmllint").arg("--version").output().is_ok_and(|o| o.status.success())
}

// MS-ASDTYPE_R4, R9, R12, R86, R90, R94, R125: values are of the types that the schemas declare.
#[test]
fn responses_are_valid_in_every_version() {
    let mut written = Vec::new();
    for version in Version::ALL {
        for (command, case, bytes) in answers(version) {
            if !command.exists_in(version) {
                continue;
            }
            let name = format!("{command}-{case}-{version}");
            let mut tree = Node::parse(&bytes, Limits::default()).unwrap();
            assert_eq!(first_unknown(&tree, version), None, "{name}");
            leave_out_what_no_schema_has(&mut tree);
            written.push((name, xml::to_schema_xml(&tree)));
        }
    }
    assert!(written.len() > 150, "{}", written.len());

    let Some(schema) = schema() else {
        println!("skipped: no schemas; set FIELDPOST_SHARED");
        return;
    };
    if !has_xmllint() {
        println!("skipped: no xmllint");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema");
    std::fs::create_dir_all(&folder).unwrap();
    let files: Vec<PathBuf> = written
        .iter()
        .map(|(name, xml)| {
            let file = folder.join(format!("{name}.xml"));
            std::fs::write(&file, xml).unwrap();
            file
        })
        .collect();
    let run =
        Command::new("xmllint").arg("--noout").arg("--schema").arg(schema).args(&files).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    let wrong: Vec<&str> = said.lines().filter(|l| l.contains("error") || l.contains("fails")).collect();
    assert!(run.status.success(), "{}", wrong.join("\n"));
    assert_eq!(said.lines().filter(|l| l.ends_with(" validates")).count(), files.len());
}

/// The schemas are those of today: the class that collections had up to 12.1 is not in them
/// (MS-ASCMD_R6319, R1356), nor is the policy of 2.5, which is text.
fn leave_out_what_no_schema_has(node: &mut Node) {
    if [air_sync::COLLECTION, gie::COLLECTION].contains(&node.tag) {
        node.children.retain(|c| ![air_sync::CLASS, gie::CLASS].contains(&c.tag));
    }
    if node.tag == fieldpost_eas::page::provision::POLICY {
        node.children.retain(|c| c.text.as_deref() != Some(WAP_POLICY));
    }
    // The schema has other names for name and address of those to whom a meeting is forwarded, and
    // no properties in the answer to a change, where new attachments get their references.
    node.children.retain(|c| c.tag != compose_mail::FORWARDEES);
    if node.tag == air_sync::RESPONSES {
        let changes = node.children.iter_mut().filter(|c| c.tag == air_sync::CHANGE);
        changes.for_each(|c| c.children.retain(|c| c.tag != air_sync::APPLICATION_DATA));
    }
    node.children.iter_mut().for_each(leave_out_what_no_schema_has);
}
