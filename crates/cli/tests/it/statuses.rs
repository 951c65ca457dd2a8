//! Every status of the protocol's table (`crates/eas/tests/data/status-codes.tsv`): provoked by a phone through
//! the front door, in a version that has it, or explained in [`unprovoked`].
//!
//! One file for each part of the table. Each plays its part, says with [`Shown::is`] which status came, and ends
//! with [`Shown::complete`], which holds it against the table: a row that was neither provoked nor explained
//! fails the test, and so does one that is both.

mod certificates;
mod common;
mod discovery;
mod folders;
mod items;
mod meetings;
mod people;
mod phones;
mod searches;
mod syncing;
mod unprovoked;

use std::collections::BTreeSet;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use crate::session::{Session, all, text};

/// A row: the scope (a command, an element in it, or `common`) and the code.
type Row = (String, u16);

fn table() -> BTreeSet<Row> {
    let lines = include_str!("../../../eas/tests/data/status-codes.tsv").lines().skip(1);
    lines
        .map(|line| {
            let mut fields = line.split('\t');
            let (scope, code) = (fields.next().unwrap(), fields.next().unwrap());
            (scope.to_owned(), code.parse().unwrap())
        })
        .collect()
}

/// What a part of the table has shown.
struct Shown {
    scopes: &'static [&'static str],
    rows: BTreeSet<Row>,
}

impl Shown {
    fn of(scopes: &'static [&'static str]) -> Shown {
        Shown { scopes, rows: BTreeSet::new() }
    }

    /// This status came, and it is the one that the table has for it.
    fn is(&mut self, scope: &str, code: u16, got: &str, what: &str) {
        assert_eq!(got, code.to_string(), "{scope} {code}: {what}");
        assert!(table().contains(&(scope.to_owned(), code)), "the table has no {scope} {code}");
        self.rows.insert((scope.to_owned(), code));
    }

    /// Everything was shown that is not explained, and nothing is explained that was shown.
    fn complete(self) {
        let mine = |(scope, _): &Row| self.scopes.contains(&scope.as_str());
        let table: BTreeSet<Row> = table().into_iter().filter(mine).collect();
        let explained: BTreeSet<Row> = unprovoked::rows().filter(mine).collect();
        let both: Vec<_> = explained.intersection(&self.rows).collect();
        assert!(both.is_empty(), "provoked, and explained as if they were not: {both:?}");
        let neither: Vec<_> =
            table.iter().filter(|row| !self.rows.contains(*row) && !explained.contains(*row)).collect();
        assert!(neither.is_empty(), "neither provoked nor explained: {neither:?}");
    }
}

/// The answer of HTTP and the document, where there is one.
async fn answer(session: &mut Session, call: &Call) -> (u16, Option<Node>) {
    let answer = session.phone.send_once(call).await.unwrap();
    (answer.status.as_u16(), Node::parse(&answer.body, Limits::default()).ok())
}

/// The code of HTTP and the first status of the document.
async fn outcome(session: &mut Session, command: CommandName, request: &str) -> (u16, String) {
    let body = match request {
        "" => Vec::new(),
        request => notation::document(request).to_wbxml(session.version),
    };
    let (code, root) = answer(session, &Call::wbxml(command, body)).await;
    (code, root.map(|root| text(&root, "Status")).unwrap_or_default())
}

/// The status that stands directly in the first element of this name.
fn status_in(root: &Node, name: &str) -> String {
    let found = all(root, name);
    let status = found.first().and_then(|node| node.children.iter().find(|c| c.tag.name() == "Status"));
    status.and_then(|status| status.text.clone()).unwrap_or_default()
}

#[test]
fn each_part_of_the_table_has_its_test() {
    let scopes: BTreeSet<&str> = [
        certificates::SCOPES,
        common::SCOPES,
        discovery::SCOPES,
        folders::SCOPES,
        items::SCOPES,
        meetings::SCOPES,
        people::SCOPES,
        phones::SCOPES,
        searches::SCOPES,
        syncing::SCOPES,
    ]
    .concat()
    .into_iter()
    .collect();
    let table = table();
    let wanted: BTreeSet<&str> = table.iter().map(|(scope, _)| scope.as_str()).collect();
    assert_eq!(scopes, wanted);
    for row in unprovoked::rows() {
        assert!(table.contains(&row), "the table has no {row:?}");
    }
}
