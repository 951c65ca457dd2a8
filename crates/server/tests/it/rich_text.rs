//! Notes that phones write as RTF, through the front door.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Content};
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Body, BodyType, Contact, Event, Item, Task};

use crate::item_sync::{Bench, add, added, adds, change, status};
use crate::server::Server;

const SAID: &str = "Bring the plans,\r\nand café crème";

/// The text as a phone sends it: RTF in the envelope of [MS-OXRTFCP], the one that is not compressed.
fn rtf() -> Vec<u8> {
    let rtf = br"{\rtf1\ansi\ansicpg1252 Bring {\b the} plans,\par and caf\'e9 cr\'e8me}";
    let size = u32::try_from(rtf.len()).unwrap();
    let mut bytes = (size + 12).to_le_bytes().to_vec();
    bytes.extend(size.to_le_bytes());
    bytes.extend(b"MELA\0\0\0\0");
    bytes.extend(rtf);
    bytes
}

fn at(text: &str) -> Option<CompactDateTime> {
    Some(CompactDateTime(text.parse().unwrap()))
}

fn event(compressed_rtf: Option<Base64>, body: Option<Body>) -> Item {
    let (start_time, end_time) = (at("2026-12-01T10:00:00Z"), at("2026-12-01T11:00:00Z"));
    let subject = Some("Meeting".to_owned());
    Item::Event(Box::new(Event { subject, start_time, end_time, compressed_rtf, body, ..Event::default() }))
}

fn task(compressed_rtf: Option<Base64>, body: Option<Body>) -> Item {
    let subject = Some("Shop".to_owned());
    Item::Task(Box::new(Task { subject, complete: Some(false), compressed_rtf, body, ..Task::default() }))
}

fn contact(compressed_rtf: Option<Base64>, body: Option<Body>) -> Item {
    let first_name = Some("Ada".to_owned());
    Item::Contact(Box::new(Contact { first_name, compressed_rtf, body, ..Contact::default() }))
}

fn notes(item: &Item) -> String {
    let (body, legacy) = match item {
        Item::Event(event) => (&event.body, &event.legacy_body),
        Item::Task(task) => (&task.body, &task.legacy_body),
        Item::Contact(contact) => (&contact.body, &contact.legacy_body),
        other => panic!("{other:?}"),
    };
    let data = body.as_ref().and_then(|body| body.data.clone()).or(legacy.clone()).unwrap_or_default();
    String::from_utf8(data.0).unwrap()
}

type Make = fn(Option<Base64>, Option<Body>) -> Item;

#[tokio::test]
async fn notes_in_rtf_are_read() {
    let server = Server::start().await;
    let kinds: [(&str, FolderType, Make); 3] = [
        ("eva", FolderType::Calendar, event),
        ("tom", FolderType::Tasks, task),
        ("kim", FolderType::Contacts, contact),
    ];
    for (name, kind, make) in kinds {
        let account = server.account(name).await;
        let mut old = Bench::start(&server, &account, Version::V2_5, kind).await;
        old.settle().await;
        let newer = server.second_phone(name, Version::V14_1).await;
        let mut newer = Bench::with(&server, &account, newer, kind, None).await;
        newer.settle().await;
        let id = old.add("1", make(Some(Base64(rtf())), None)).await;
        let told = adds(&newer.settle().await);
        assert_eq!((told[0].0.as_str(), notes(&told[0].1).as_str()), (id.as_str(), SAID), "{name}");

        // What is no RTF is refused, and nothing changes.
        let wrong = make(Some(Base64(b"{\\rtf1 not in its envelope}".to_vec())), None);
        assert_eq!(added(&old.sync(vec![add("2", wrong.clone())]).await).status, 6, "{name}");
        assert_eq!(status(&old.sync(vec![change(&id, wrong)]).await), 6, "{name}");
        assert!(newer.settle().await.is_empty(), "{name}");

        // A body of type 3, from 12.0 on.
        let data = Some(Content(BASE64_STANDARD.encode(rtf()).into_bytes()));
        let (estimated_data_size, truncated, part, preview) = (None, None, None, None);
        let body = Body { r#type: BodyType::Rtf, data, estimated_data_size, truncated, part, preview };
        newer.add("3", make(None, Some(body))).await;
        let told = adds(&old.settle().await);
        assert_eq!((told.len(), notes(&told[0].1).as_str()), (1, SAID), "{name}");
    }
}
