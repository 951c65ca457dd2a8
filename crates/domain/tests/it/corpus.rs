//! Real messages, as old and as broken as they come, in every form and version.

use std::path::PathBuf;

use fieldpost_domain::convert::mail::{self, BodyOptions, FileReference};
use fieldpost_domain::id::{FolderId, ItemId, Modseq};
use fieldpost_domain::item::{Item, ItemMeta, MailState};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Element;
use fieldpost_eas::item::{AttachmentEntry, BodyPreference, BodyType, Email};
use fieldpost_eas::page::air_sync;
use fieldpost_eas::wbxml::{Event, Limits, Reader, Writer};

/// The messages of the shared corpus; none where it is not there.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let shared = std::env::var_os("FIELDPOST_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("corpus/mail");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no corpus in {}; set FIELDPOST_SHARED", folder.display());
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    found.sort();
    found
}

fn item(content: Vec<u8>) -> Item {
    let conversation = mail::conversation(&content, 1_772_000_000_000);
    Item {
        meta: ItemMeta {
            id: ItemId(7),
            folder: FolderId(1),
            modseq: Modseq(1),
            content_modseq: Modseq(1),
            received: 1_772_000_000_000,
            size: content.len() as u32,
            state: MailState::default(),
            conversation,
        },
        content,
    }
}

fn options(version: Version, form: BodyType) -> BodyOptions {
    BodyOptions {
        preferences: vec![BodyPreference {
            r#type: form,
            truncation_size: None,
            all_or_none: None,
            preview: Some(100),
        }],
        mime_support: if form == BodyType::Mime { 2 } else { 0 },
        ..BodyOptions::new(version)
    }
}

fn encode(email: &Email, version: Version) -> Vec<u8> {
    let mut w = Writer::new(version);
    email.write(air_sync::APPLICATION_DATA, &mut w);
    w.finish()
}

fn decode(bytes: &[u8]) -> Email {
    let mut r = Reader::new(bytes, Limits::default()).unwrap();
    let Event::Start(tag) = r.next().unwrap() else { panic!("no element") };
    let email = Email::read(tag, &mut r).unwrap();
    r.finish().unwrap();
    email
}

#[test]
fn every_message_converts_in_every_form() {
    for (name, content) in corpus() {
        let item = item(content);
        for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
            for form in [BodyType::Text, BodyType::Html, BodyType::Mime] {
                let email = mail::email(&item, &options(version, form)).unwrap();
                let bytes = encode(&email, version);
                let back = decode(&bytes);
                assert_eq!(encode(&back, version), bytes, "{name} {version} {form:?}");
                let mime = if version == Version::V2_5 {
                    email.mime_data
                } else {
                    email.body.filter(|b| b.r#type == BodyType::Mime).and_then(|b| b.data)
                };
                if form == BodyType::Mime {
                    assert_eq!(mime.unwrap().0, item.content, "{name} {version}");
                } else {
                    assert_eq!(mime, None);
                }
            }
        }
    }
}

#[test]
fn every_attachment_can_be_fetched() {
    for (name, content) in corpus() {
        let item = item(content);
        let email = mail::email(&item, &options(Version::V16_1, BodyType::Text)).unwrap();
        for entry in email.attachments {
            let AttachmentEntry::Attachment(attachment) = entry else { panic!("{entry:?}") };
            let reference: FileReference = attachment.file_reference.parse().unwrap();
            let fetched = mail::attachment(&item.content, &reference).unwrap();
            assert_eq!(Some(&fetched.name), attachment.display_name.as_ref());
            let (told, real) =
                (f64::from(attachment.estimated_data_size.unwrap()), fetched.bytes.len() as f64);
            // This one has a sentence where its base64 should be.
            let broken = name == "rfc-000.eml";
            assert!(
                broken || (told - real).abs() <= 3.0 + real * 0.1,
                "{name} {}: {told} for {real}",
                fetched.name
            );
        }
    }
}
