//! Events through the front door, as far as it is Sync's work: added, changed, deleted, filtered, passed
//! over where they are broken. What they say is shown in the tests of the conversions.

use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::id::{ItemId, MailboxId};
use fieldpost_domain::index;
use fieldpost_domain::item::{Conversation, ItemMeta, MailState, NewItem, Replacement};
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, OrEmpty, Tags};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::get_item_estimate;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Body, BodyType, Event, Item};
use fieldpost_eas::page::calendar;
use fieldpost_store::Account;

use crate::item_sync::{Bench, add, added, adds, change, changes, delete, status};
use crate::server::Server;

fn at(text: &str) -> Option<CompactDateTime> {
    Some(CompactDateTime(text.parse().unwrap()))
}

/// An event of an hour as each version's phones say it.
fn event(subject: &str, version: Version, day: &str) -> Event {
    let old = version < Version::V16_0;
    Event {
        timezone: None,
        subject: Some(subject.to_owned()),
        start_time: at(&format!("{day}T09:00:00Z")),
        end_time: at(&format!("{day}T10:00:00Z")),
        dt_stamp: old.then(|| at("2026-11-01T00:00:00Z").unwrap()),
        uid: old.then(|| format!("{subject}-uid")),
        location: old.then(|| "Room 1".to_owned()),
        busy_status: Some(2),
        sensitivity: Some(0),
        all_day_event: Some(false),
        meeting_status: Some(0),
        categories: Some(vec!["Work".to_owned()]),
        ..Event::default()
    }
}

fn item(event: Event) -> Item {
    Item::Event(Box::new(event))
}

fn shown(item: &Item) -> &Event {
    let Item::Event(event) = item else { panic!("{item:?}") };
    event
}

fn stored(uid: &str, lines: &str) -> Vec<u8> {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         SUMMARY:{uid}\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    .into_bytes()
}

/// Puts an object into the calendar, as an import does.
async fn put(server: &Server, account: &Account, content: Vec<u8>) -> ItemMeta {
    let folder = server.folder(account, FolderType::Calendar).await;
    let now = server.app.clock.now().as_millisecond();
    let item = NewItem {
        index: index::of(Class::Calendar, &content, now),
        content,
        state: MailState::default(),
        conversation: Conversation::default(),
        origin: None,
    };
    server.app.backend.append(MailboxId(account.id.0), folder, item).await.unwrap()
}

#[tokio::test]
async fn an_event_goes_up_and_comes_down_in_every_version() {
    let server = Server::start().await;
    for (number, version) in Version::ALL.into_iter().enumerate() {
        let name = format!("mia{number}");
        let account = server.account(&name).await;
        let mut one = Bench::start(&server, &account, version, FolderType::Calendar).await;
        one.settle().await;
        let new = event("Talk", version, "2026-12-01");
        let answer = one.sync(vec![add("1", item(new))]).await;
        let reply = added(&answer);
        assert_eq!(reply.status, 1, "{version}");
        let id = reply.server_id.clone().unwrap();
        let told = reply.application_data.as_ref().map(|item| shown(item).uid.is_some());
        assert_eq!(told, (version >= Version::V16_0).then_some(true), "the UID is the server's in {version}");
        assert!(one.settle().await.is_empty());

        let second = server.second_phone(&name, version).await;
        let mut two = Bench::with(&server, &account, second, FolderType::Calendar, None).await;
        let told = adds(&two.settle().await);
        assert_eq!((told.len(), told[0].0.as_str()), (1, id.as_str()));
        let seen = shown(&told[0].1);
        assert_eq!(seen.subject.as_deref(), Some("Talk"));
        assert_eq!(seen.start_time, at("2026-12-01T09:00:00Z"));
        assert!(seen.uid.is_some());
        let new = Event { subject: Some("Long talk".to_owned()), ..event("Talk", version, "2026-12-02") };
        assert_eq!(two.change(&id, item(new)).await, 1, "{version}");
        let told = changes(&one.settle().await);
        assert_eq!(shown(&told[0].1).subject.as_deref(), Some("Long talk"));
        assert_eq!(shown(&told[0].1).start_time, at("2026-12-02T09:00:00Z"));
        assert_eq!(status(&one.sync(vec![delete(&id)]).await), 1);
        let told = two.settle().await;
        assert!(matches!(told.as_slice(), [response::Command::Delete(gone)] if gone.server_id == id));
    }
}

// MS-ASCAL_R2062
#[tokio::test]
async fn an_event_that_is_added_again_is_one() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut one = Bench::start(&server, &mia, Version::V16_1, FolderType::Calendar).await;
    one.settle().await;
    let new = Event { client_uid: Some("c-1".to_owned()), ..event("Talk", Version::V16_1, "2026-12-01") };
    let id = one.add("1", item(new.clone())).await;
    // The phone had no answer, lost its key as well, and began anew.
    let mut again = Bench::start(&server, &mia, Version::V16_1, FolderType::Calendar).await;
    again.settle().await;
    assert_eq!(again.add("7", item(new)).await, id);
    assert_eq!(server.items(&mia, FolderType::Calendar).await.len(), 1);
}

// MS-ASCMD_R5906, MS-ASCMD_R5907, MS-ASCMD_R5909, MS-ASCMD_R5911, MS-ASCMD_R5912
#[tokio::test]
async fn what_a_phone_does_not_say() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let body = |text: &str| Body {
        r#type: BodyType::Text,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(text.as_bytes().to_vec())),
        part: None,
        preview: None,
    };
    // What the phone said with the first key; whether reminder and categories are still there then.
    let cases = [
        (Version::V14_1, None, false, false),
        (Version::V14_1, Some(Vec::new()), true, true),
        (Version::V14_1, Some(vec![calendar::REMINDER]), false, true),
        (Version::V14_1, Some(vec![calendar::CATEGORIES]), true, false),
        (Version::V16_1, None, true, true),
    ];
    for (number, (version, supported, reminder, categories)) in cases.into_iter().enumerate() {
        let phone = server.ready_phone("mia", version).await;
        let tags = supported.clone().map(Tags);
        let mut one = Bench::with(&server, &mia, phone, FolderType::Calendar, tags).await;
        one.settle().await;
        let subject = format!("e{number}");
        let new = Event {
            body: Some(body("notes")),
            reminder: Some(OrEmpty(Some(15))),
            ..event(&subject, version, "2026-12-01")
        };
        let id = one.add("1", item(new.clone())).await;
        let change = Event { reminder: None, categories: None, body: None, ..new };
        assert_eq!(one.change(&id, item(change)).await, 1);
        let number = id.split(':').nth(1).unwrap().parse().unwrap();
        let mailbox = MailboxId(mia.id.0);
        let now = server.app.backend.fetch(mailbox, &[ItemId(number)]).await.unwrap().remove(0);
        let text = String::from_utf8(now.content).unwrap();
        assert_eq!(text.contains("BEGIN:VALARM"), reminder, "{version} {supported:?}\n{text}");
        assert_eq!(text.contains("CATEGORIES:Work"), categories, "{version} {supported:?}\n{text}");
        assert!(text.contains("DESCRIPTION:notes"), "a body that is not said stays\n{text}");
    }
}

async fn estimate(bench: &mut Bench, filter: u32) -> Option<u32> {
    let old = bench.phone.version() < Version::V14_0;
    let options = request::Options { filter_type: Some(filter), ..Default::default() };
    let request = get_item_estimate::Request {
        collections: vec![get_item_estimate::Collection {
            class: old.then(|| bench.class.to_owned()),
            sync_key: bench.key.clone(),
            collection_id: bench.folder.to_string(),
            filter_type: old.then_some(filter),
            options: if old { Vec::new() } else { vec![options] },
            ..Default::default()
        }],
    };
    let answer: get_item_estimate::Response =
        bench.phone.call(CommandName::GetItemEstimate, &request).await.unwrap();
    assert_eq!(answer.responses[0].status, 1);
    answer.responses[0].collection.as_ref().unwrap().estimate
}

/// Events that end within the filter or later are in view, and those without an end always are.
#[tokio::test]
async fn a_filter_goes_by_the_last_occurrence() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let day = |days: i64| {
        let day = server.app.clock.now() - jiff::SignedDuration::from_hours(24 * days);
        day.strftime("%Y%m%dT%H%M%SZ").to_string()
    };
    let once = |days| format!("DTSTART:{}\r\nDTEND:{}\r\n", day(days), day(days));
    put(&server, &mia, stored("old", &once(400))).await;
    put(&server, &mia, stored("recent", &once(10))).await;
    put(&server, &mia, stored("future", &once(-100))).await;
    put(&server, &mia, stored("endless", &format!("{}RRULE:FREQ=WEEKLY\r\n", once(400)))).await;
    put(&server, &mia, stored("over", &format!("{}RRULE:FREQ=DAILY;COUNT=9\r\n", once(400)))).await;
    put(&server, &mia, stored("reaching", &format!("{}RRULE:FREQ=WEEKLY;COUNT=57\r\n", once(400)))).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let mut one = Bench::start(&server, &mia, version, FolderType::Calendar).await;
        one.options[0].filter_type = Some(4);
        assert_eq!(estimate(&mut one, 4).await, Some(4));
        assert_eq!(estimate(&mut one, 0).await, Some(6));
        let mut seen: Vec<_> =
            adds(&one.settle().await).iter().map(|(_, item)| shown(item).subject.clone().unwrap()).collect();
        seen.sort_unstable();
        assert_eq!(seen, ["endless", "future", "reaching", "recent"], "{version}");
        // Filters that calendars don't have.
        for wrong in [1, 3, 8, 9] {
            let mut request = one.request(Vec::new());
            request.collections[0].options =
                vec![request::Options { filter_type: Some(wrong), ..Default::default() }];
            assert_eq!(one.send(&request).await.status, 4, "filter {wrong}");
        }
    }
}

/// An event that a phone moves out of its own view is taken from it, not deleted.
#[tokio::test]
async fn an_event_that_moves_out_of_view() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut one = Bench::start(&server, &mia, Version::V14_1, FolderType::Calendar).await;
    one.options[0].filter_type = Some(4);
    one.settle().await;
    let today = server.app.clock.now().strftime("%Y-%m-%d").to_string();
    let id = one.add("1", item(event("Talk", Version::V14_1, &today))).await;
    let past = event("Talk", Version::V14_1, "2001-01-01");
    let answer = one.sync(vec![change(&id, item(past))]).await;
    let mut told = answer.commands;
    told.extend(one.settle().await);
    assert!(
        matches!(told.as_slice(), [response::Command::SoftDelete(gone)] if gone.server_id == id),
        "{told:?}"
    );
    assert_eq!(server.items(&mia, FolderType::Calendar).await.len(), 1);
}

/// A broken event is passed over and recorded; the others come, and it comes when it is mended.
#[tokio::test]
async fn a_broken_event_holds_up_no_other() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mailbox = MailboxId(mia.id.0);
    let good = "DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\n";
    put(&server, &mia, stored("before", good)).await;
    let bad = put(&server, &mia, stored("bad", "DTSTART:when the moon is full\r\n")).await;
    put(&server, &mia, stored("after", good)).await;
    let mut one = Bench::start(&server, &mia, Version::V14_1, FolderType::Calendar).await;
    let mut seen: Vec<_> =
        adds(&one.settle().await).iter().map(|(_, item)| shown(item).subject.clone().unwrap()).collect();
    seen.sort_unstable();
    assert_eq!(seen, ["after", "before"]);
    let listed = server.app.store.poison(mailbox).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].item, listed[0].folder, listed[0].class.as_str()),
        (bad.id, bad.folder, "Calendar")
    );
    assert!(listed[0].reason.contains("DTSTART"), "{}", listed[0].reason);
    assert!(one.settle().await.is_empty(), "it is not tried again and again");
    // A phone can't change what it can't be shown.
    let id = format!("{}:{}", bad.folder, bad.id);
    assert_eq!(one.change(&id, item(event("x", Version::V14_1, "2026-12-01"))).await, 6);

    let content = stored("bad", good);
    let index = index::of(Class::Calendar, &content, 0);
    let mended = Replacement { content, index, expected: None };
    server.app.backend.replace(mailbox, bad.folder, bad.id, mended).await.unwrap();
    let told = adds(&one.settle().await);
    assert_eq!((told.len(), told[0].0.as_str()), (1, id.as_str()));
    assert_eq!(server.app.store.poison(mailbox).await.unwrap(), []);
}
