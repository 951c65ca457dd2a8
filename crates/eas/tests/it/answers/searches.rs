//! Search and Find.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document, Opaque};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::find::{self, FoundResult, Summary};
use fieldpost_eas::command::search::{Found, Properties, Response, StoreResponse, StoreResult};
use fieldpost_eas::item::{Importance, Item, Person, PersonPicture};
use fieldpost_eas::page::document_library as document;
use fieldpost_eas::status;
use fieldpost_eas::wbxml::Node;

use super::{at, items};

/// The answers.
pub fn answers(version: Version) -> Vec<(CommandName, &'static str, Vec<u8>)> {
    let mut all: Vec<(CommandName, &'static str, Vec<u8>)> = searches(version)
        .into_iter()
        .map(|(case, found)| {
            let response = Some(StoreResponse { store: Some(found) });
            let answer = Response { status: Some(status::search::SUCCESS), response };
            (CommandName::Search, case, answer.encode(version))
        })
        .collect();
    let failed = Response { status: Some(status::search::SERVER_ERROR), response: None };
    all.push((CommandName::Search, "failed", failed.encode(version)));
    all.extend(finds().into_iter().map(|(case, found)| {
        let answer = find::Response { status: Some(status::find::SUCCESS), response: Some(found) };
        (CommandName::Find, case, answer.encode(version))
    }));
    let moved = find::Response { status: Some(status::find::HIERARCHY_CHANGED), response: None };
    all.push((CommandName::Find, "failed", moved.encode(version)));
    all
}

fn person(picture: PersonPicture) -> Person {
    Person {
        display_name: Some("Ann Example".into()),
        phone: Some("+49 30 1".into()),
        office: Some("4.12".into()),
        title: Some("Engineer".into()),
        company: Some("Example".into()),
        alias: Some("ann".into()),
        first_name: Some("Ann".into()),
        last_name: Some("Example".into()),
        home_phone: Some("+49 30 2".into()),
        mobile_phone: Some("+49 170 1".into()),
        email_address: Some("ann@example.org".into()),
        picture: Some(picture),
    }
}

fn people() -> [Person; 2] {
    use status::search_picture as code;
    [
        person(PersonPicture { status: code::SUCCESS, data: Some(Opaque(vec![0xFF, 0xD8])) }),
        person(PersonPicture { status: code::NO_PICTURE, data: None }),
    ]
}

fn searches(version: Version) -> Vec<(&'static str, Found)> {
    let one = |class: &str, item: Item| StoreResult {
        class: Some(class.into()),
        long_id: Some("RgAAAAB-5-101".into()),
        collection_id: Some("5".into()),
        properties: Some(Properties::Item(Box::new(item))),
    };
    let leaf = |tag, text: &str| Node { text: Some(text.into()), ..Node::new(tag) };
    let file = StoreResult {
        properties: Some(Properties::Item(Box::new(Item::Other(vec![
            leaf(document::LINK_ID, "\\\\files\\report.txt"),
            leaf(document::DISPLAY_NAME, "report.txt"),
            leaf(document::IS_FOLDER, "0"),
            leaf(document::CREATION_DATE, "2026-03-01T08:00:00.000Z"),
            leaf(document::LAST_MODIFIED_DATE, "2026-03-01T08:00:00.000Z"),
            leaf(document::IS_HIDDEN, "0"),
            leaf(document::CONTENT_LENGTH, "10"),
            leaf(document::CONTENT_TYPE, "text/plain"),
        ])))),
        ..StoreResult::default()
    };
    let found = |results: Vec<StoreResult>| Found {
        status: status::search_store::SUCCESS,
        range: Some(format!("0-{}", results.len().saturating_sub(1))),
        total: u32::try_from(results.len()).ok(),
        results,
    };
    let mut all = vec![
        (
            "people",
            found(
                people()
                    .into_iter()
                    .map(|person| StoreResult {
                        properties: Some(Properties::Person(Box::new(person))),
                        ..StoreResult::default()
                    })
                    .collect(),
            ),
        ),
        // MS-ASCMD_R3850
        (
            "nothing",
            Found {
                status: status::search_store::SUCCESS,
                results: vec![StoreResult::default()],
                ..Found::default()
            },
        ),
        ("refused", Found { status: status::search_store::TOO_COMPLEX, ..Found::default() }),
    ];
    if version >= Version::V12_0 {
        let mail = one("Email", Item::Email(Box::new(items::found_mail(version))));
        let mut results = vec![mail];
        results.push(one("Contacts", Item::Contact(Box::new(items::contact()))));
        results.push(one("Tasks", Item::Task(Box::new(items::found_task()))));
        results.push(one("Calendar", Item::Event(Box::new(items::found_event(version)))));
        if version >= Version::V14_0 {
            results.push(one("Notes", Item::Note(Box::new(items::note()))));
        }
        all.push(("mailbox", found(results)));
        all.push(("documents", found(vec![file])));
    }
    all
}

fn finds() -> Vec<(&'static str, find::Found)> {
    use find::{Found, Properties};
    let mail = FoundResult {
        class: Some("Email".into()),
        server_id: Some("5:101".into()),
        collection_id: Some("5".into()),
        properties: Some(Properties::Mail(Box::new(Summary {
            subject: Some("budget".into()),
            date_received: Some(at("2026-02-03T10:00:00.000Z")),
            display_to: Some("Ann Example".into()),
            display_cc: Some("Carol".into()),
            display_bcc: Some("Dave".into()),
            importance: Some(Importance::Normal),
            read: Some(true),
            is_draft: Some(false),
            preview: Some("the budget numbers".into()),
            has_attachments: Some(false),
            from: Some("bob@example.net".into()),
        }))),
    };
    let people = people().into_iter().map(|person| FoundResult {
        properties: Some(Properties::Person(Box::new(person))),
        ..FoundResult::default()
    });
    let found = |store: &str, results: Vec<FoundResult>| Found {
        store: Some(store.into()),
        status: status::find_response::SUCCESS,
        range: Some(format!("0-{}", results.len().saturating_sub(1))),
        total: u32::try_from(results.len()).ok(),
        results,
    };
    vec![("mail", found("Mailbox", vec![mail])), ("people", found("GAL", people.collect()))]
}
