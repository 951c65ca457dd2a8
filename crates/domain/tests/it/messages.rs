//! Messages to test with: those of the demo, and items made of any bytes.

use std::path::{Path, PathBuf};

use fieldpost_domain::convert::mail::{self, BodyOptions};
use fieldpost_domain::id::{FolderId, ItemId, Modseq};
use fieldpost_domain::item::{Item, ItemMeta, MailState, Marks};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Element;
use fieldpost_eas::item::{Attachment, AttachmentEntry, Body, BodyPreference, BodyType, Email};
use fieldpost_eas::page::air_sync;
use fieldpost_eas::wbxml::{Event, Limits, Reader, Writer};

/// When the items were received.
pub const RECEIVED: i64 = 1_795_000_000_000;

/// The item that a message becomes, number 7.
pub fn item(content: impl Into<Vec<u8>>) -> Item {
    let content = content.into();
    let meta = ItemMeta {
        id: ItemId(7),
        folder: FolderId(1),
        modseq: Modseq(1),
        content_modseq: Modseq(1),
        received: RECEIVED,
        size: content.len() as u32,
        state: MailState::default(),
        marks: Marks::default(),
        conversation: mail::conversation(&content, RECEIVED),
    };
    Item { meta, content }
}

/// The demo's message whose name begins so.
pub fn demo(name: &str) -> Item {
    let found = demos().into_iter().find(|(file, _)| file.starts_with(name));
    item(found.unwrap_or_else(|| panic!("no demo message {name}")).1)
}

/// All messages of the demo with their names.
pub fn demos() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/assets/demo");
    let found = messages_in(&folder);
    assert!(found.len() >= 12, "{} holds the demo's messages", folder.display());
    found
}

/// The messages of the shared corpus; none where it is not there.
pub fn corpus() -> Vec<(String, Vec<u8>)> {
    let shared = std::env::var_os("FIELDPOST_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("corpus/mail");
    if !folder.is_dir() {
        println!("skipped: no corpus in {}; set FIELDPOST_SHARED", folder.display());
        return Vec::new();
    }
    messages_in(&folder)
}

fn messages_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    found.sort();
    found
}

/// A wish for one form, whole.
pub fn whole(form: BodyType) -> BodyPreference {
    BodyPreference { r#type: form, truncation_size: None, all_or_none: None, preview: None }
}

/// A wish for one form, cut.
pub fn cut(form: BodyType, size: u32) -> BodyPreference {
    BodyPreference { truncation_size: Some(size), ..whole(form) }
}

/// Options with these wishes; MIME is due where it is wished for.
pub fn options(version: Version, preferences: &[BodyPreference]) -> BodyOptions {
    let mime = preferences.iter().any(|p| p.r#type == BodyType::Mime);
    BodyOptions {
        preferences: preferences.to_vec(),
        mime_support: if mime { 2 } else { 0 },
        ..BodyOptions::new(version)
    }
}

/// The item with one form of body, in 16.1.
pub fn email(item: &Item, form: BodyType) -> Email {
    mail::email(item, &options(Version::V16_1, &[whole(form)])).unwrap()
}

/// The body that these options give.
pub fn body(item: &Item, options: &BodyOptions) -> Body {
    mail::email(item, options).unwrap().body.unwrap()
}

/// A body's data as text; empty where there is none.
pub fn data(body: &Body) -> String {
    String::from_utf8(body.data.clone().map(|d| d.0).unwrap_or_default()).unwrap()
}

/// The attachments in the list.
pub fn attachments(email: Email) -> Vec<Attachment> {
    let only = |entry| match entry {
        AttachmentEntry::Attachment(attachment) => attachment,
        other => panic!("{other:?}"),
    };
    email.attachments.into_iter().map(only).collect()
}

/// The item as it stands in a response.
pub fn encode(email: &Email, version: Version) -> Vec<u8> {
    let mut w = Writer::new(version);
    email.write(air_sync::APPLICATION_DATA, &mut w);
    w.finish()
}

/// The item that a phone reads.
pub fn decode(bytes: &[u8]) -> Email {
    let mut r = Reader::new(bytes, Limits::default()).unwrap();
    let Event::Start(tag) = r.next().unwrap() else { panic!("no element") };
    let email = Email::read(tag, &mut r).unwrap();
    r.finish().unwrap();
    email
}
