//! Notes through the front door ([MS-ASNOTE]): added, changed, deleted, in conflict, asked for again.

use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, Tags};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::get_item_estimate;
use fieldpost_eas::command::item_operations::request::{EmptyFolderContents, Fetch, FetchOptions, Operation};
use fieldpost_eas::command::item_operations::response::Properties;
use fieldpost_eas::command::item_operations::{Request, Response};
use fieldpost_eas::command::search;
use fieldpost_eas::command::sync::response;
use fieldpost_eas::item::{Body, BodyType, Item, Note};
use fieldpost_eas::page::notes;

use crate::item_sync::{Bench, add, added, adds, change, changes, delete, fetch, status};
use crate::server::Server;

/// The versions that have notes.
const VERSIONS: [Version; 4] = [Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1];

fn body(text: &str) -> Option<Body> {
    Some(Body {
        r#type: BodyType::Text,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(text.as_bytes().to_vec())),
        part: None,
        preview: None,
    })
}

fn note(subject: &str) -> Note {
    Note {
        subject: Some(subject.to_owned()),
        message_class: Some("IPM.StickyNote".to_owned()),
        categories: Some(vec!["Home".to_owned()]),
        body: body("milk"),
        ..Note::default()
    }
}

fn item(note: Note) -> Item {
    Item::Note(Box::new(note))
}

fn shown(item: &Item) -> &Note {
    let Item::Note(note) = item else { panic!("{item:?}") };
    note
}

fn text(note: &Note) -> String {
    note.body.as_ref().unwrap().data.as_ref().unwrap().to_text().into_owned()
}

// MS-ASNOTE_R96, MS-ASNOTE_R110, MS-ASNOTE_R128, MS-ASNOTE_R208, MS-ASNOTE_R125, MS-ASNOTE_R54,
// MS-ASNOTE_R56, MS-ASNOTE_R60, MS-ASNOTE_R35, MS-ASNOTE_R37, MS-ASNOTE_R44, MS-ASNOTE_R47,
// MS-ASNOTE_R50, MS-ASNOTE_R53, MS-ASNOTE_R126, MS-ASNOTE_R210
#[tokio::test]
async fn a_note_goes_up_and_comes_down_in_every_version() {
    let server = Server::start().await;
    for (number, version) in VERSIONS.into_iter().enumerate() {
        let account = server.account(&format!("mia{number}")).await;
        let mut one = Bench::start(&server, &account, version, FolderType::Notes).await;
        assert!(one.settle().await.is_empty());
        let id = one.add("1", item(note("Shopping"))).await;
        // What a phone added itself is not told to it.
        assert!(one.settle().await.is_empty(), "{version}");

        let second = server.second_phone(&format!("mia{number}"), version).await;
        let mut two = Bench::with(&server, &account, second, FolderType::Notes, None).await;
        let told = adds(&two.settle().await);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, id);
        let seen = shown(&told[0].1);
        assert_eq!(seen.subject.as_deref(), Some("Shopping"));
        assert_eq!(seen.message_class.as_deref(), Some("IPM.StickyNote"));
        assert_eq!(seen.categories, Some(vec!["Home".to_owned()]));
        assert_eq!((text(seen), seen.body.as_ref().unwrap().r#type), ("milk".to_owned(), BodyType::Text));
        assert!(seen.last_modified_date.is_some());

        let new = Note { subject: Some("Errands".to_owned()), ..note("") };
        assert_eq!(two.change(&id, item(new)).await, 1);
        assert!(two.settle().await.is_empty());
        let told = changes(&one.settle().await);
        assert_eq!(told.len(), 1);
        let seen = shown(&told[0].1);
        assert_eq!((seen.subject.as_deref(), text(seen)), (Some("Errands"), "milk".to_owned()));
        assert!(seen.message_class.is_some() && seen.last_modified_date.is_some());
        assert_eq!(seen.categories, Some(vec!["Home".to_owned()]));

        assert_eq!(status(&one.sync(vec![delete(&id)]).await), 1);
        let told = two.settle().await;
        let [response::Command::Delete(gone)] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(gone.server_id, id);
        // For good: phones would not know a note in Deleted Items.
        assert!(server.items(&account, FolderType::DeletedItems).await.is_empty());
        assert_eq!(status(&two.sync(vec![fetch(&id)]).await), 8);
    }
}

// MS-ASCMD_R5106
#[tokio::test]
async fn what_is_asked_for_again_is_done_once() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut one = Bench::start(&server, &mia, Version::V14_1, FolderType::Notes).await;
    one.settle().await;
    let request = one.request(vec![add("1", item(note("Shopping")))]);
    let first = one.send(&request).await;
    let again = one.send(&request).await;
    assert_eq!(added(&first), added(&again));
    assert_eq!(first.sync_key, again.sync_key);
    assert_eq!(server.items(&mia, FolderType::Notes).await.len(), 1);
    one.key = again.sync_key;

    // The same client id with the next key is another note.
    let id = added(&first).server_id.clone().unwrap();
    let other = one.add("1", item(note("Other"))).await;
    assert_ne!(id, other);

    let request = one.request(vec![change(&id, item(note("New")))]);
    let first = one.send(&request).await;
    let modseq = server.modseq(&mia).await;
    let again = one.send(&request).await;
    assert_eq!((status(&first), status(&again)), (1, 1));
    assert_eq!(server.modseq(&mia).await, modseq, "a repeated change changes nothing");
    one.key = again.sync_key;

    let request = one.request(vec![delete(&id)]);
    let first = one.send(&request).await;
    let again = one.send(&request).await;
    assert_eq!((status(&first), status(&again)), (1, 1));
    one.key = again.sync_key;
    assert!(one.settle().await.is_empty());
    assert_eq!(server.items(&mia, FolderType::Notes).await.len(), 1);
}

#[tokio::test]
async fn two_phones_that_change_the_same_note() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    for (wins, subject) in [(1, "from one"), (0, "from two")] {
        let mut one = Bench::start(&server, &mia, Version::V16_1, FolderType::Notes).await;
        let second = server.second_phone("mia", Version::V16_1).await;
        let mut two = Bench::with(&server, &mia, second, FolderType::Notes, None).await;
        one.settle().await;
        two.options[0].conflict = Some(wins);
        let id = one.add("1", item(note("at first"))).await;
        two.settle().await;
        assert_eq!(one.change(&id, item(note("from one"))).await, 1);
        let answer = two.sync(vec![change(&id, item(note("from two")))]).await;
        assert_eq!(status(&answer), if wins == 1 { 7 } else { 1 });
        let mut told = changes(&answer.commands);
        told.extend(changes(&two.settle().await));
        assert_eq!(told.len(), 1, "the phone is told what there is now");
        assert_eq!(shown(&told[0].1).subject.as_deref(), Some(subject));
        let told = changes(&one.settle().await);
        assert_eq!(told.len(), usize::from(wins == 0));
        // What is so already is in conflict with nobody.
        assert_eq!(one.change(&id, item(note(subject))).await, 1);
    }
}

// MS-ASNOTE_R119, MS-ASNOTE_R114
#[tokio::test]
async fn what_is_no_note_is_refused() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut one = Bench::start(&server, &mia, Version::V14_1, FolderType::Notes).await;
    one.settle().await;
    let id = one.add("1", item(note("Shopping"))).await;
    let modseq = server.modseq(&mia).await;
    let wrong = Note { message_class: Some("IPM.Note".to_owned()), ..note("x") };
    let contact = Item::Contact(Box::new(fieldpost_eas::item::Contact {
        first_name: Some("Anna".to_owned()),
        ..Default::default()
    }));
    for bad in [item(wrong), contact] {
        let answer = one.sync(vec![add("2", bad.clone())]).await;
        assert_eq!((status(&answer), added(&answer).server_id.as_deref()), (6, None));
        assert_eq!(one.change(&id, bad).await, 6);
    }
    assert_eq!(one.change("99:1", item(note("x"))).await, 8);
    let none = format!("{}:99", one.folder);
    assert_eq!(one.change(&none, item(note("x"))).await, 8);
    assert_eq!(status(&one.sync(vec![fetch(&none)]).await), 8);
    assert_eq!(server.modseq(&mia).await, modseq);

    let mut request = one.request(Vec::new());
    request.collections[0].sync_key = "0".to_owned();
    request.collections[0].get_changes = None;
    request.collections[0].options.clear();
    request.collections[0].supported = Some(Tags(vec![notes::SUBJECT]));
    assert_eq!(one.send(&request).await.status, 4);
}

// MS-ASNOTE_R100, MS-ASNOTE_R101, MS-ASNOTE_R103, MS-ASNOTE_R104
#[tokio::test]
async fn notes_are_fetched_counted_and_cleared() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut one = Bench::start(&server, &mia, Version::V14_1, FolderType::Notes).await;
    one.settle().await;
    for n in 0..5 {
        one.add(&n.to_string(), item(note(&n.to_string()))).await;
    }
    let second = server.second_phone("mia", Version::V14_1).await;
    let mut two = Bench::with(&server, &mia, second, FolderType::Notes, None).await;
    let estimate = get_item_estimate::Request {
        collections: vec![get_item_estimate::Collection {
            sync_key: two.key.clone(),
            collection_id: two.folder.to_string(),
            ..Default::default()
        }],
    };
    let counted: get_item_estimate::Response =
        two.phone.call(CommandName::GetItemEstimate, &estimate).await.unwrap();
    let counted = counted.responses[0].collection.as_ref().unwrap();
    assert_eq!(counted.estimate, Some(5));
    two.window = Some(2);
    let answer = two.sync(Vec::new()).await;
    assert!(answer.commands.len() == 2 && answer.more_available.is_some());
    assert_eq!(two.settle().await.len(), 3);

    let (id, _) = adds(&answer.commands)[0].clone();
    let wanted = Fetch {
        store: "Mailbox".into(),
        collection_id: Some(two.folder.to_string()),
        server_id: Some(id),
        options: Some(FetchOptions {
            schema: Some(Tags(vec![notes::SUBJECT, notes::LAST_MODIFIED_DATE])),
            ..FetchOptions::default()
        }),
        ..Fetch::default()
    };
    let operations = vec![Operation::Fetch(Box::new(wanted))];
    let response: Response =
        two.phone.call(CommandName::ItemOperations, &Request { operations }).await.unwrap();
    let fetched = &response.response.as_ref().unwrap().fetches[0];
    assert_eq!((fetched.status, fetched.class.as_deref()), (1, Some("Notes")));
    let Some(Properties::Item(seen)) = &fetched.properties else { panic!("{fetched:?}") };
    assert!(shown(seen).subject.is_some() && shown(seen).last_modified_date.is_some());
    assert!(shown(seen).body.is_none() && shown(seen).message_class.is_none());

    let clear = EmptyFolderContents { collection_id: two.folder.to_string(), options: None };
    let operations = vec![Operation::EmptyFolderContents(clear)];
    let response: Response =
        two.phone.call(CommandName::ItemOperations, &Request { operations }).await.unwrap();
    assert_eq!(response.response.as_ref().unwrap().emptied[0].status, 1);
    assert_eq!(two.settle().await.len(), 5);
}

#[tokio::test]
async fn an_old_phone_is_not_shown_notes() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let folder = server.folder(&mia, FolderType::Notes).await;
    let mut phone = server.ready_phone("mia", Version::V12_1).await;
    assert!(!phone.state.folders.contains_key(&folder.to_string()));
    let outcome = phone.sync(&[&folder.to_string()]).await.unwrap();
    assert!(outcome.hierarchy_changed, "it does not know the folder: {outcome:?}");
}

// MS-ASNOTE_R98, MS-ASNOTE_R106, MS-ASNOTE_R108
#[tokio::test]
async fn notes_are_found() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    for version in VERSIONS {
        let mut one = Bench::start(&server, &mia, version, FolderType::Notes).await;
        one.settle().await;
        let word = format!("word{}", one.key);
        let id = one.add("1", item(note(&word))).await;
        let store = search::Store {
            name: Some("Mailbox".into()),
            query: Some(search::Query::all_of(vec![
                search::Condition::Class("Notes".into()),
                search::Condition::FreeText(word.clone()),
            ])),
            options: Some(search::Options { range: Some("0-9".into()), ..search::Options::default() }),
        };
        let found = one.phone.search(store).await.unwrap();
        let [result] = found.results.as_slice() else { panic!("{version}: {found:?}") };
        assert_eq!((result.class.as_deref(), result.long_id.as_deref()), (Some("Notes"), Some(id.as_str())));
        let Some(search::Properties::Item(seen)) = &result.properties else { panic!("{found:?}") };
        let seen = shown(seen);
        assert_eq!((seen.subject.as_deref(), &seen.categories), (Some(word.as_str()), &note("").categories));
        assert!(seen.message_class.is_some() && seen.last_modified_date.is_some() && seen.body.is_some());
    }
}
