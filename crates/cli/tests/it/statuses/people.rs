//! ResolveRecipients.

use std::fs;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::ResolveRecipients;
use fieldpost_eas::wbxml::Node;
use fieldpost_testkit::process::DOMAIN;

use super::searches::pictures;
use super::{Shown, status_in};
use crate::authority::Authority;
use crate::session::{Session, all};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &[
    "ResolveRecipients",
    "ResolveRecipients/Response",
    "ResolveRecipients/Availability",
    "ResolveRecipients/Certificates",
    "ResolveRecipients/Picture",
];

fn at(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

/// Anna has a photo and two certificates, Annabel a large photo, Anno nothing; and there are groups.
pub(super) async fn stage() -> Stage {
    let stage = Stage::start(&["bob", "anna", "annabel", "anno"]).await;
    let run = |arguments: &[&str]| {
        let done = stage.server.run(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    for (user, size) in [("anna", 1000), ("annabel", 50_000)] {
        let mut photo = vec![0xff, 0xd8, 0xff];
        photo.resize(size, 7);
        let file = stage.server.folder().join(format!("{user}.jpg"));
        fs::write(&file, photo).unwrap();
        run(&["account", "photo", &at(user), file.to_str().unwrap()]);
    }
    let authority = Authority::new("Any");
    for serial in [1, 2] {
        let file = stage.server.folder().join(format!("{serial}.der"));
        fs::write(&file, authority.signs(&at("anna"), serial, |_| ())).unwrap();
        run(&["account", "certificate", "add", &at("anna"), file.to_str().unwrap()]);
    }
    let crowd: Vec<String> = (0..21).map(|n| format!("p{n}@elsewhere.test")).collect();
    let others = vec!["x@elsewhere.test".to_owned()];
    for (group, members) in [("crowd", crowd), ("others", others), ("two", vec![at("anna"), at("anno")])] {
        run(&["group", "add", &at(group)]);
        let address = at(group);
        let mut add = vec!["group", "member", "add", &address];
        add.extend(members.iter().map(String::as_str));
        run(&add);
    }
    stage
}

const WHEN: &str = "Availability[StartTime=2027-03-01T08:00:00.000Z EndTime=2027-03-01T10:00:00.000Z]";

async fn resolve(session: &mut Session, to: &[String], options: &str) -> Node {
    let to: String = to.iter().map(|to| format!("To='{to}' ")).collect();
    let request = format!("ResolveRecipients:ResolveRecipients[{to} Options[{options}]]");
    session.ask(ResolveRecipients, &request).await.unwrap()
}

/// Whether somebody is free: with 160 the last of more than a hundred people.
pub(super) async fn availability(session: &mut Session, code: u16) -> String {
    let to = match code {
        1 => vec![at("anna")],
        160 => [vec![at("two")], vec![at("anna"); 99]].concat(),
        161 => vec![at("crowd")],
        _ => vec![at("others")],
    };
    let root = resolve(session, &to, WHEN).await;
    let last = all(&root, "Response").pop().cloned();
    last.map(|last| status_in(&last, "Availability")).unwrap_or_default()
}

#[tokio::test]
async fn every_status_of_recipients() {
    let stage = stage().await;
    let mut shown = Shown::of(SCOPES);
    let mut bob = stage.session("bob", Version::V14_1).await;
    let whole = |root: &Node| status_in(root, "ResolveRecipients");
    for (code, to, options) in [
        (1, at("anna"), ""),
        (2, "ann".to_owned(), ""),
        (3, "ann".to_owned(), "MaxAmbiguousRecipients=2"),
        (4, "nobody at all".to_owned(), ""),
    ] {
        let root = resolve(&mut bob, std::slice::from_ref(&to), options).await;
        shown.is("ResolveRecipients", 1, &whole(&root), &to);
        shown.is("ResolveRecipients/Response", code, &status_in(&root, "Response"), &to);
    }
    // MS-ASCMD_R7501
    let root = resolve(&mut bob, &vec![at("anna"); 101], "").await;
    shown.is("ResolveRecipients", 5, &whole(&root), "more than a hundred");
    for code in [1, 160, 161, 163] {
        let got = availability(&mut bob, code).await;
        shown.is("ResolveRecipients/Availability", code, &got, WHEN);
    }
    for (code, to, options) in [
        (1, at("anna"), "CertificateRetrieval=2"),
        (7, at("anno"), "CertificateRetrieval=2"),
        (8, at("anna"), "CertificateRetrieval=2 MaxCertificates=1"),
    ] {
        let root = resolve(&mut bob, &[to], options).await;
        shown.is("ResolveRecipients/Certificates", code, &status_in(&root, "Certificates"), options);
    }
    for (codes, wish) in [
        ([1, 1, 173], "Picture"),
        ([1, 174, 173], "Picture[MaxSize=1000]"),
        ([1, 175, 173], "Picture[MaxPictures=1]"),
    ] {
        let root = resolve(&mut bob, &["ann".to_owned()], wish).await;
        for (code, got) in codes.into_iter().zip(pictures(&root)) {
            shown.is("ResolveRecipients/Picture", code, &got, wish);
        }
    }
    shown.complete();
}
