//! Messages from strangers, converted to what phones understand, in every version and with every wish.
//!
//! The first four bytes are the phone's version and wishes, the rest is the message. Laws: nothing panics but
//! what the converter itself contains; a body is no longer than asked for; the item is valid WBXML; every
//! attachment that is listed can be fetched.
#![no_main]

use std::collections::BTreeSet;
use std::panic;
use std::sync::Mutex;

use fieldpost_domain::convert::mail::{self, BodyOptions};
use fieldpost_domain::id::{FolderId, ItemId, Modseq};
use fieldpost_domain::item::{Item, ItemMeta, MailState};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Element;
use fieldpost_eas::item::{AttachmentEntry, BodyPartPreference, BodyPreference, BodyType};
use fieldpost_eas::page::air_sync;
use fieldpost_eas::wbxml::{Limits, Node, Writer};
use libfuzzer_sys::fuzz_target;

/// Where a third-party parser panicked; each place is told once.
static CONTAINED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fuzz_target!(
    init: {
        // libFuzzer's own hook ends the process at any panic, also at one that the converter contains. A panic
        // that gets out of the target still ends it.
        panic::set_hook(Box::new(|info| {
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            if CONTAINED.lock().is_ok_and(|mut places| places.insert(place)) {
                eprintln!("{info}");
            }
        }));
    },
    |bytes: &[u8]| {
        let Some((wishes, content)) = bytes.split_first_chunk::<4>() else { return };
        convert(*wishes, content);
    }
);

fn convert(wishes: [u8; 4], content: &[u8]) {
    let options = options(wishes);
    let conversation = mail::conversation(content, 0);
    let item = Item {
        meta: ItemMeta {
            id: ItemId(7),
            folder: FolderId(5),
            modseq: Modseq(1),
            content_modseq: Modseq(1),
            received: 1_795_000_000_000,
            size: u32::try_from(content.len()).unwrap_or(u32::MAX),
            state: MailState::default(),
            conversation,
        },
        content: content.to_vec(),
    };
    let _ = mail::headers(content);
    let Ok(email) = mail::email(&item, &options) else { return };

    if let Some(body) = &email.body {
        let limit = options.preferences.iter().find(|wish| wish.r#type == body.r#type);
        if let (Some(limit), Some(data)) = (limit.and_then(|wish| wish.truncation_size), &body.data) {
            assert!(data.0.len() <= limit as usize, "{} bytes of at most {limit}", data.0.len());
        }
    }
    let mut writer = Writer::new(options.version);
    email.write(air_sync::APPLICATION_DATA, &mut writer);
    Node::parse(&writer.finish(), Limits::default()).expect("what is written is WBXML");

    for entry in &email.attachments {
        let AttachmentEntry::Attachment(attachment) = entry else { continue };
        let reference = attachment.file_reference.parse().expect("a reference is readable");
        mail::attachment(content, &reference).expect("what is listed can be fetched");
    }
}

fn options([version, forms, truncation, more]: [u8; 4]) -> BodyOptions {
    let version = Version::ALL[usize::from(version) % Version::ALL.len()];
    let sizes = [None, Some(0), Some(1), Some(7), Some(100), Some(500), Some(4096), Some(u32::MAX)];
    let truncation_size = sizes[usize::from(truncation & 7)];
    let all_or_none = (more & 1 != 0).then_some(true);
    let preview = (more & 2 != 0).then_some(u32::from(forms));
    let preferences = [BodyType::Text, BodyType::Html, BodyType::Rtf, BodyType::Mime]
        .into_iter()
        .enumerate()
        .filter(|(bit, _)| forms & (1 << bit) != 0)
        .map(|(_, r#type)| BodyPreference { r#type, truncation_size, all_or_none, preview })
        .collect();
    let part = (forms & 0x10 != 0).then_some(BodyPartPreference {
        r#type: BodyType::Html,
        truncation_size,
        all_or_none,
        preview,
    });
    BodyOptions {
        preferences,
        part,
        mime_support: (more >> 2) & 3,
        mime_truncation: (more & 0x10 != 0).then_some(truncation >> 4),
        truncation: (more & 0x20 != 0).then_some(truncation >> 4),
        bodies: more & 0x40 != 0,
        ..BodyOptions::new(version)
    }
}
