//! The laws of every message: what is written is read as the same value, writing it again gives the
//! same bytes, and no tag is written that the peer's version does not have. One file per command
//! makes its values.

mod contact;
mod event;
mod find;
mod folder;
mod get_item_estimate;
pub mod item;
mod item_operations;
mod mail;
mod meeting_request;
mod meeting_response;
mod move_items;
mod note;
mod ping;
mod provision;
mod resolve_recipients;
mod search;
mod settings;
mod sync;
mod task;
mod validate_cert;

use std::fmt::Debug;

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::wbxml::{Limits, Node};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::generator::Gen;

/// Holds `make` against the laws, in every version that has the command in WBXML.
fn law<T: Document + PartialEq + Debug>(command: CommandName, make: fn(&mut Gen<'_>) -> T) {
    let versions: Vec<Version> = Version::ALL
        .into_iter()
        .filter(|v| command.exists_in(*v) && T::ROOT.entry().unwrap().versions.contains(*v))
        .collect();
    assert!(!versions.is_empty());
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(300) });
    let entropy = prop::collection::vec(any::<u8>(), 0..400);
    let outcome = runner.run(&(prop::sample::select(versions), entropy), |(version, bytes)| {
        let value = make(&mut Gen::new(&bytes, version));
        let wire = value.encode(version);
        let read = T::decode(&wire).map_err(|e| TestCaseError::fail(format!("{e}: {value:?}")))?;
        prop_assert_eq!(&read, &value);
        prop_assert_eq!(read.encode(version), wire.clone());
        prop_assert_eq!(first_unknown(&Node::parse(&wire, Limits::default()).unwrap(), version), None);
        // What is written for older peers lacks something, perhaps, but is never broken.
        for older in Version::ALL {
            let wire = value.encode(older);
            let tree = Node::parse(&wire, Limits::default()).unwrap();
            for child in &tree.children {
                prop_assert_eq!(first_unknown(child, older), None);
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// The first tag of a document that the version does not have.
pub fn first_unknown(node: &Node, version: Version) -> Option<String> {
    if !node.tag.entry().unwrap().versions.contains(version) {
        return Some(node.tag.to_string());
    }
    node.children.iter().find_map(|c| first_unknown(c, version))
}
