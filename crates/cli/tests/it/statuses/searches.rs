//! Search and Find.

use std::fs;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{Find, Search};
use fieldpost_eas::wbxml::Node;
use fieldpost_testkit::process::DOMAIN;

use super::{Shown, status_in};
use crate::session::{Session, all, text};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["Search", "Search/Store", "Search/Picture", "Find", "Find/Response"];

/// Anna and Annabel have photos, one larger than the other; Anno has none.
async fn stage() -> Stage {
    let stage = Stage::prepared(&["bob", "anna", "annabel", "anno"], |server| {
        let shared = server.folder().join("shared");
        fs::create_dir_all(&shared).unwrap();
        server.set("documents", "shares", &format!("['\\\\files\\plans = {}']", shared.display()));
    })
    .await;
    for (user, size) in [("anna", 1000), ("annabel", 50_000)] {
        let mut photo = vec![0xff, 0xd8, 0xff];
        photo.resize(size, 7);
        let file = stage.server.folder().join(format!("{user}.jpg"));
        fs::write(&file, photo).unwrap();
        let address = format!("{user}@{DOMAIN}");
        let done = stage.server.run(&["account", "photo", &address, file.to_str().unwrap()]);
        assert!(done.status.success(), "{done:?}");
    }
    stage
}

/// The statuses of the pictures in an answer.
pub(super) fn pictures(root: &Node) -> Vec<String> {
    all(root, "Picture").into_iter().map(|picture| text(picture, "Status")).collect()
}

#[tokio::test]
async fn every_status_of_searches() {
    let stage = stage().await;
    let words = "From: x@elsewhere.example\nTo: bob@example.test\nSubject: Words\n\nSome words.\n";
    stage.deliver("bob", words).await;
    let mut shown = Shown::of(SCOPES);
    let mut bob = stage.session("bob", Version::V16_1).await;
    search(&mut bob, &mut shown).await;
    find(&mut bob, &mut shown).await;
    shown.complete();
}

async fn search(bob: &mut Session, shown: &mut Shown) {
    let mailbox =
        |conditions: &str, options: &str| format!("Name=Mailbox Query[And[{conditions}]] Options[{options}]");
    let document = |link: &str| {
        format!(
            "Name=DocumentLibrary Query[EqualTo[DocumentLibrary:LinkId Search:Value='{link}']] Options[Range=0-9]"
        )
    };
    for (code, store) in [
        (1, mailbox("AirSync:Class=Email Search:FreeText=words", "Range=0-9")),
        (2, "Name=Nowhere Query=a".to_owned()),
        (4, document("plan.txt")),
        (5, document("\\\\elsewhere\\plans")),
        (6, document("\\\\files\\plans\\none.txt")),
        (8, mailbox("Or[FreeText=some FreeText=words]", "Range=0-9")),
        (11, mailbox("AirSync:CollectionId=99999 Search:FreeText=words", "Range=0-9")),
        (12, mailbox("FreeText=words", "Range=5-9")),
    ] {
        let request = format!("Search:Search[Store[{store}]]");
        let root = bob.ask(Search, &request).await.unwrap();
        shown.is("Search", 1, root.children[0].text.as_deref().unwrap_or_default(), &request);
        shown.is("Search/Store", code, &status_in(&root, "Store"), &request);
    }
    for (codes, wish) in [
        ([1, 1, 173], "Picture"),
        ([1, 174, 173], "Picture[MaxSize=1000]"),
        ([1, 175, 173], "Picture[MaxPictures=1]"),
    ] {
        let request = format!("Search:Search[Store[Name=GAL Query=ann Options[Range=0-9 {wish}]]]");
        let root = bob.ask(Search, &request).await.unwrap();
        for (code, got) in codes.into_iter().zip(pictures(&root)) {
            shown.is("Search/Picture", code, &got, wish);
        }
    }
}

async fn find(bob: &mut Session, shown: &mut Shown) {
    let id = |last: u8| format!("SearchId=2f7b0a0e-5bb2-4cf6-9d1e-9b1e6e3b7a{last:02}");
    let people = |query: &str, range: &str| {
        format!("ExecuteSearch[GalSearchCriterion[Query='{query}' Options[Range={range}]]]")
    };
    let mail = "ExecuteSearch[MailBoxSearchCriterion[Query[AirSync:Class=Email AirSync:CollectionId=99999 \
                Find:FreeText=words]]]";
    for (whole, response, search) in [
        (1, Some(1), format!("{} {}", id(10), people("ann", "0-9"))),
        (2, None, people("ann", "0-9")),
        (2, Some(2), format!("{} {}", id(11), people("ann", "9-0"))),
        (1, Some(4), format!("{} {}", id(12), people("ann", "1-2"))),
        (3, None, format!("{} {mail}", id(13))),
    ] {
        let request = format!("Find:Find[{search}]");
        let root = bob.ask(Find, &request).await.unwrap();
        shown.is("Find", whole, &status_in(&root, "Find"), &request);
        if let Some(code) = response {
            shown.is("Find/Response", code, &status_in(&root, "Response"), &request);
        }
    }
}
