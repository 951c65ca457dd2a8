//! Search in the mailbox and Find, through phones of every version. Document libraries are in [`crate::documents`].

use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::item::{Conversation, MailState, NewItem};
use fieldpost_domain::{MailboxId, index};
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Empty, Opaque};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::find::{self, ExecuteSearch, MailboxCriterion, MailboxQuery};
use fieldpost_eas::command::item_operations::request::{Fetch, Operation};
use fieldpost_eas::command::item_operations::response::Properties as FetchedProperties;
use fieldpost_eas::command::item_operations::{self};
use fieldpost_eas::command::search::{
    Comparison, Condition, EqualTo, Found, Options, Properties, Query, Request, Response, Store, StoreResult,
};
use fieldpost_eas::item::{BodyPreference, BodyType, Item};
use fieldpost_store::Account;
use fieldpost_testkit::phone::{Phone, PhoneError};
use jiff::SignedDuration;

use crate::server::Server;

pub fn versions() -> impl Iterator<Item = Version> {
    Version::ALL.into_iter().filter(|version| *version >= Version::V12_0)
}

fn letter(from: &str, subject: &str, body: &str) -> String {
    format!(
        "From: <{from}>\r\nTo: Mia <mia@example.org>\r\nCc: Eve <eve@example.org>\r\nSubject: {subject}\r\n\r\n{body}\r\n"
    )
}

/// Three messages in the Inbox a minute apart, the last one first in results; one below it; an event.
async fn filled() -> (Server, Account) {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    for (from, subject, body) in [
        ("ben@example.org", "Budget plan", "The first numbers."),
        ("eve@example.org", "Lunch", "A budget for lunch?"),
        ("ben@example.org", "Re: Budget plan", "The last numbers."),
    ] {
        server.deliver_indexed(&mia, &letter(from, subject, body)).await;
        server.clock.advance(SignedDuration::from_mins(1));
    }
    let mailbox = MailboxId(mia.id.0);
    let inbox = server.folder(&mia, FolderType::Inbox).await;
    let below =
        server.app.backend.create_folder(mailbox, Some(inbox), "Below", FolderType::UserMail).await.unwrap();
    let add = async |folder, class, content: String| {
        let index = index::of(class, content.as_bytes(), server.app.clock.now().as_millisecond());
        let (state, conversation) = (MailState::default(), Conversation::default());
        let item = NewItem { content: content.into_bytes(), index, state, conversation, origin: None };
        server.app.backend.append(mailbox, folder, item).await.unwrap();
    };
    add(below, Class::Email, letter("ben@example.org", "Budget archive", "Old numbers.")).await;
    let note = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VJOURNAL\r\nUID:n\r\nDTSTAMP:20261123T090000Z\r\n\
        SUMMARY:Budget note\r\nDESCRIPTION:numbers\r\nEND:VJOURNAL\r\nEND:VCALENDAR\r\n";
    add(server.folder(&mia, FolderType::Notes).await, Class::Notes, note.to_owned()).await;
    (server, mia)
}

fn store(conditions: Vec<Condition>, options: Options) -> Store {
    Store { name: Some("Mailbox".into()), query: Some(Query::all_of(conditions)), options: Some(options) }
}

fn free(text: &str) -> Condition {
    Condition::FreeText(text.into())
}

fn email() -> Condition {
    Condition::Class("Email".into())
}

fn than(value: &str) -> Comparison {
    Comparison { date_received: Some(Empty), value: Some(value.into()) }
}

pub async fn status(phone: &mut Phone, store: Store) -> u8 {
    let response: Response = phone.call(CommandName::Search, &Request { store: Some(store) }).await.unwrap();
    // MS-ASCMD_R4327, MS-ASCMD_R4321: of the whole.
    assert_eq!(response.status, Some(1));
    let found = response.response.unwrap().store.unwrap();
    if found.status != 1 {
        assert!(found.results.is_empty() && found.range.is_none() && found.total.is_none(), "{found:?}");
    }
    found.status
}

fn subjects(found: &Found) -> Vec<String> {
    let subject = |result: &StoreResult| match result.properties.as_ref()? {
        Properties::Item(item) => match &**item {
            Item::Email(email) => email.subject.clone(),
            Item::Note(note) => note.subject.clone(),
            _ => None,
        },
        Properties::Person(_) => None,
    };
    found.results.iter().filter_map(subject).collect()
}

#[tokio::test]
async fn the_mailbox_is_searched() {
    let (server, _) = filled().await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let inbox = phone
            .state
            .folder_of_type(fieldpost_testkit::phone::state::FolderType::INBOX)
            .unwrap()
            .to_owned();
        let range = Options { range: Some("0-9".into()), ..Options::default() };
        let deep = Options { deep_traversal: Some(Empty), rebuild_results: Some(Empty), ..range.clone() };
        let here = || Condition::CollectionId(inbox.clone());
        let all = ["Budget archive", "Re: Budget plan", "Lunch", "Budget plan"];
        for (conditions, options, expected) in [
            // MS-ASCMD_R3699: in any case; MS-ASCMD_R421: by the beginning of words.
            (vec![email(), free("BUDGET")], &range, &all[..]),
            (vec![email(), free("budg numb")], &range, &[all[0], all[1], all[3]]),
            (vec![email(), free("\"first numbers\"")], &range, &[all[3]]),
            (vec![email(), free("from:eve")], &range, &[all[2]]),
            // MS-ASCMD_R2146: without DeepTraversal not below the folder; with it, so (MS-ASCMD_R5856,
            // MS-ASCMD_R2031).
            (vec![email(), here(), free("budget")], &range, &all[1..]),
            (vec![email(), here(), free("budget")], &deep, &all[..]),
            (
                vec![email(), free("budget"), Condition::GreaterThan(than("2000-01-01T00:00:00.000Z"))],
                &range,
                &all[..],
            ),
            (
                vec![email(), free("budget"), Condition::LessThan(than("2000-01-01T00:00:00.000Z"))],
                &range,
                &[],
            ),
        ] {
            let found = phone.search(store(conditions.clone(), options.clone())).await.unwrap();
            assert_eq!(subjects(&found), expected, "{version} {conditions:?}");
            if expected.is_empty() {
                // MS-ASCMD_R3850: one result, with nothing in it.
                assert_eq!(found.results, [StoreResult::default()]);
                assert_eq!((found.range, found.total), (None, None));
                continue;
            }
            // MS-ASCMD_R3846, MS-ASCMD_R3849: a result for each match, and the number of all
            // (MS-ASCMD_R420, MS-ASCMD_R4633); MS-ASCMD_R4638.
            assert_eq!(found.total, Some(expected.len() as u32));
            assert_eq!(found.range, Some(format!("0-{}", expected.len() - 1)));
            for result in &found.results {
                // MS-ASCMD_R5849, MS-ASCMD_R1395, MS-ASCMD_R3844, and the properties of an item
                // (MS-ASCMD_R3851, MS-ASCMD_R3862, MS-ASCMD_R5751).
                assert_eq!(result.class.as_deref(), Some("Email"));
                assert!(result.long_id.is_some() && result.collection_id.is_some());
                assert!(
                    matches!(&result.properties, Some(Properties::Item(item)) if matches!(**item, Item::Email(_)))
                );
            }
        }
        // MS-ASCMD_R922: without a class, all that the version has.
        let found = phone.search(store(vec![free("budget numbers")], range.clone())).await.unwrap();
        let notes = found.results.iter().filter(|result| result.class.as_deref() == Some("Notes")).count();
        assert_eq!(notes, usize::from(version >= Version::V14_0), "{version}");
        if version >= Version::V14_0 {
            // MS-ASCMD_R920
            let notes = vec![Condition::Class("Notes".into()), free("budget")];
            assert_eq!(subjects(&phone.search(store(notes, range.clone())).await.unwrap()), ["Budget note"]);
        }
    }
}

#[tokio::test]
async fn results_come_in_ranges() {
    let (server, _) = filled().await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    let ranged = |range: &str| {
        store(vec![email(), free("budget")], Options { range: Some(range.into()), ..Options::default() })
    };
    // MS-ASCMD_R419, MS-ASCMD_R431, MS-ASCMD_R3725; MS-ASCMD_R3729: 0-0 is one.
    for (range, count, told) in [("0-0", 1, "0-0"), ("0-1", 2, "0-1"), ("1-2", 2, "1-2"), ("3-99", 1, "3-3")]
    {
        let found = phone.search(ranged(range)).await.unwrap();
        assert_eq!((found.results.len(), found.range.as_deref(), found.total), (count, Some(told), Some(4)));
    }
    // MS-ASCMD_R4325: behind the last one, and beyond what can be had.
    assert_eq!(status(&mut phone, ranged("4-9")).await, 12);
    for bad in ["x", "5-2", "0-1000", "-1", ""] {
        assert_eq!(status(&mut phone, ranged(bad)).await, 2, "{bad}");
    }
}

#[tokio::test]
async fn what_can_not_be_asked_has_a_status() {
    let (server, mia) = filled().await;
    let before = server.modseq(&mia).await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let direct = |conditions: Vec<Condition>| Store {
            name: Some("Mailbox".into()),
            query: Some(Query { text: String::new(), conditions }),
            options: None,
        };
        let and = |conditions: Vec<Condition>| store(conditions, Options::default());
        let nested = |condition: Condition| Query { text: String::new(), conditions: vec![condition] };
        for (asked, expected) in [
            // MS-ASCMD_R3105, MS-ASCMD_R923, MS-ASCMD_R2032: below And alone.
            (direct(vec![free("budget")]), 8),
            (direct(vec![email()]), 8),
            (direct(vec![Condition::CollectionId("1".into())]), 8),
            (direct(vec![Condition::Or(nested(free("budget")))]), 8),
            // MS-ASCMD_R3143, MS-ASCMD_R3220
            (direct(vec![Condition::GreaterThan(than("2026-01-01T00:00:00.000Z"))]), 8),
            (direct(vec![Condition::LessThan(than("2026-01-01T00:00:00.000Z"))]), 8),
            // MS-ASCMD_R772
            (direct(vec![Condition::And(nested(free("a"))), Condition::And(nested(free("b")))]), 8),
            (and(vec![free("a"), Condition::Or(nested(free("b")))]), 8),
            (and(vec![free("a"), Condition::And(nested(free("b")))]), 8),
            (and(vec![free(&"(".repeat(40))]), 8),
            // MS-ASCMD_R4329
            (direct(Vec::new()), 2),
            (and(Vec::new()), 2),
            (and(vec![free("")]), 2),
            (and(vec![free("a"), free("b")]), 2),
            (and(vec![Condition::Class("Nonsense".into()), free("a")]), 2),
            (and(vec![free("a"), Condition::GreaterThan(than("yesterday"))]), 2),
            (and(vec![free("a"), Condition::GreaterThan(Comparison::default())]), 2),
            (and(vec![free("a"), Condition::EqualTo(EqualTo::default())]), 2),
            (Store { name: Some("Attic".into()), ..and(vec![free("a")]) }, 2),
            // MS-ASCMD_R4325: a folder that the phone should not know.
            (and(vec![free("a"), Condition::CollectionId("4711".into())]), 11),
        ] {
            assert_eq!(status(&mut phone, asked.clone()).await, expected, "{version} {asked:?}");
        }
        if version >= Version::V14_0 {
            let talk = || Condition::ConversationId(Opaque(vec![7; 16]));
            // MS-ASCMD_R2086, MS-ASCMD_R5815
            assert_eq!(status(&mut phone, direct(vec![talk()])).await, 8);
            assert_eq!(status(&mut phone, and(vec![talk(), talk()])).await, 2);
            assert_eq!(status(&mut phone, and(vec![Condition::ConversationId(Opaque(vec![1]))])).await, 2);
        }
    }
    assert_eq!(server.modseq(&mia).await, before);
}

#[tokio::test]
async fn a_conversation_is_found() {
    let (server, mia) = filled().await;
    let of_all = server.items(&mia, FolderType::Inbox).await;
    for version in versions().filter(|version| *version >= Version::V14_0) {
        let mut phone = server.ready_phone("mia", version).await;
        for item in &of_all {
            let talk = Condition::ConversationId(Opaque(item.meta.conversation.id.to_vec()));
            let found = phone.search(store(vec![talk], Options::default())).await.unwrap();
            let expected =
                of_all.iter().filter(|other| other.meta.conversation.id == item.meta.conversation.id).count();
            assert_eq!(found.results.len(), expected, "{version}");
        }
    }
}

#[tokio::test]
async fn bodies_come_as_they_are_wanted() {
    let (server, _) = filled().await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let preference = |r#type, truncation_size| BodyPreference {
            r#type,
            truncation_size,
            all_or_none: None,
            preview: None,
        };
        for (preferences, mime_support, kind) in [
            (vec![preference(BodyType::Text, Some(4))], None, BodyType::Text),
            (vec![preference(BodyType::Html, None)], None, BodyType::Html),
            // MS-ASCMD_R3384, MS-ASCMD_R3388
            (vec![preference(BodyType::Mime, None)], Some(2), BodyType::Mime),
            // MS-ASCMD_R3383: a message that is not signed comes as text, but comes.
            (
                vec![preference(BodyType::Mime, None), preference(BodyType::Text, Some(4))],
                Some(1),
                BodyType::Text,
            ),
        ] {
            let options = Options { body_preferences: preferences, mime_support, ..Options::default() };
            let found = phone.search(store(vec![email(), free("lunch")], options)).await.unwrap();
            let Some(Properties::Item(item)) = &found.results[0].properties else { panic!() };
            let Item::Email(found) = &**item else { panic!() };
            let body = found.body.as_ref().unwrap();
            // MS-ASCMD_R3387
            assert_eq!(body.r#type, kind, "{version}");
            assert!(body.estimated_data_size.is_some() && body.data.is_some());
            if kind == BodyType::Text {
                assert_eq!(body.truncated, Some(true));
            }
        }
    }
}

#[tokio::test]
async fn a_long_id_is_understood_everywhere() {
    let (server, _) = filled().await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let found = phone.search(store(vec![email(), free("lunch")], Options::default())).await.unwrap();
        let long = found.results[0].long_id.clone().unwrap();
        // MS-ASCMD_R1836, MS-ASCMD_R1838
        let fetch = Fetch { store: "Mailbox".into(), long_id: Some(long.clone()), ..Fetch::default() };
        let asked = item_operations::Request { operations: vec![Operation::Fetch(Box::new(fetch))] };
        let answer: item_operations::Response =
            phone.call(CommandName::ItemOperations, &asked).await.unwrap();
        let fetched = answer.response.unwrap().fetches.remove(0);
        assert_eq!((fetched.status, fetched.long_id), (1, Some(long)));
        let Some(FetchedProperties::Item(Item::Email(email))) = fetched.properties else {
            panic!("{version}")
        };
        assert_eq!(email.subject.as_deref(), Some("Lunch"));
    }
}

fn criterion(text: Option<&str>, range: Option<&str>) -> MailboxCriterion {
    MailboxCriterion {
        query: Some(MailboxQuery {
            class: Some("Email".into()),
            collection_id: None,
            free_text: text.map(str::to_owned),
        }),
        options: Some(find::Options { range: range.map(str::to_owned), ..find::Options::default() }),
    }
}

async fn ask_find(phone: &mut Phone, mailbox: Option<MailboxCriterion>, id: Option<&str>) -> find::Response {
    let request = find::Request {
        search_id: id.map(str::to_owned),
        execute_search: Some(ExecuteSearch { mailbox, directory: None }),
    };
    phone.call(CommandName::Find, &request).await.unwrap()
}

const SEARCH_ID: &str = "4a2b0c6e-6f0a-4c0e-9a52-5f7a0d1f2b3c";

#[tokio::test]
async fn find_lists_mail() {
    let (server, _) = filled().await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let answer = ask_find(&mut phone, Some(criterion(Some("budget"), Some("0-1"))), Some(SEARCH_ID)).await;
    // MS-ASCMD_R72172509, MS-ASCMD_R72172520
    assert_eq!(answer.status, Some(1));
    let found = answer.response.unwrap();
    // MS-ASCMD_R45251807; MS-ASCMD_R37071812: as many as were asked for, and how many there are.
    assert_eq!((found.store.as_deref(), found.status), (Some("Mailbox"), 1));
    assert_eq!((found.range.as_deref(), found.total), (Some("0-1"), Some(4)));
    // MS-ASCMD_R38391804
    assert_eq!(found.results.len(), 2);
    for result in &found.results {
        // MS-ASCMD_R9010612, MS-ASCMD_R9820611, MS-ASCMD_R38971806, MS-ASCMD_R38971803: in each result.
        assert!(result.class.is_some() && result.collection_id.is_some() && result.server_id.is_some());
    }
    let result = &found.results[1];
    // MS-ASCMD_R9010602, MS-ASCMD_R38971801, MS-ASCMD_R9820602
    assert_eq!(result.class.as_deref(), Some("Email"));
    let folder = result.collection_id.clone().unwrap();
    assert!(result.server_id.as_ref().unwrap().starts_with(&format!("{folder}:")));
    let Some(find::Properties::Mail(mail)) = &result.properties else { panic!() };
    assert_eq!(mail.subject.as_deref(), Some("Re: Budget plan"));
    assert_eq!((mail.display_to.as_deref(), mail.display_cc.as_deref()), (Some("Mia"), Some("Eve")));
    assert_eq!((mail.read, mail.is_draft, mail.has_attachments), (Some(false), Some(false), Some(false)));
    assert_eq!(mail.preview.as_deref(), Some("The last numbers."));
    assert!(mail.from.as_ref().unwrap().contains("ben@example.org") && mail.date_received.is_some());
    // The language.
    for (text, count) in
        [("from:ben", 3), ("subject:lunch", 1), ("budget NOT from:ben", 1), ("\"last numbers\"", 1)]
    {
        // MS-ASCMD_R37071816: fewer than asked for.
        let found = phone.find_mail(text, None, "0-99").await.unwrap();
        assert_eq!(found.results.len(), count, "{text}");
    }
    // MS-ASCMD_R38391805: nothing is no result.
    let answer = ask_find(&mut phone, Some(criterion(Some("nowhere"), None)), Some(SEARCH_ID)).await;
    assert_eq!((answer.status, answer.response.unwrap().results.len()), (Some(1), 0));
}

#[tokio::test]
async fn what_find_can_not_do_has_a_status() {
    let (server, _) = filled().await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let folder = |id: &str| {
        let mut asked = criterion(Some("budget"), None);
        asked.query.as_mut().unwrap().collection_id = Some(id.to_owned());
        asked
    };
    let calendar = {
        let mut asked = criterion(Some("budget"), None);
        asked.query.as_mut().unwrap().class = Some("Calendar".into());
        asked
    };
    for (asked, id, expected) in [
        // MS-ASCMD_R72172512, MS-ASCMD_R72172521
        (None, Some(SEARCH_ID), (2, None)),
        (Some(criterion(Some("budget"), None)), None, (2, None)),
        (Some(criterion(None, None)), Some(SEARCH_ID), (2, Some(2))),
        (Some(criterion(Some(""), None)), Some(SEARCH_ID), (2, Some(2))),
        (Some(criterion(Some("budget"), Some("5-1"))), Some(SEARCH_ID), (2, Some(2))),
        (Some(MailboxCriterion::default()), Some(SEARCH_ID), (2, Some(2))),
        (Some(calendar), Some(SEARCH_ID), (2, Some(2))),
        // MS-ASCMD_R72172515
        (Some(folder("4711")), Some(SEARCH_ID), (3, None)),
        // MS-ASCMD_R72172518: a search is not begun in its middle, but gone on with there.
        (Some(criterion(Some("budget"), Some("1-5"))), Some("another"), (1, Some(4))),
        (Some(criterion(Some("budget"), Some("1-5"))), Some(SEARCH_ID), (1, Some(1))),
    ] {
        let answer = ask_find(&mut phone, asked.clone(), id).await;
        let told = (answer.status.unwrap(), answer.response.map(|found| found.status));
        assert_eq!(told, expected, "{asked:?}");
    }
}

#[tokio::test]
async fn old_phones_have_no_search_of_the_mailbox() {
    let (server, _) = filled().await;
    let mut phone = server.ready_phone("mia", Version::V2_5).await;
    assert!(matches!(
        phone.search(store(vec![email(), free("lunch")], Options::default())).await,
        Err(PhoneError::Status { status: 2, .. })
    ));
}
