//! Every message that there is, as old and as broken as it comes, in every form and version.

use fieldpost_domain::convert::mail::{self, FileReference};
use fieldpost_eas::Version;
use fieldpost_eas::item::BodyType;

use crate::messages::{attachments, corpus, decode, demos, email, encode, item, options, whole};

#[test]
fn every_message_converts_in_every_form() {
    for (name, content) in corpus().into_iter().chain(demos()) {
        let item = item(content);
        for version in [Version::V2_5, Version::V12_1, Version::V14_1, Version::V16_1] {
            for form in [BodyType::Text, BodyType::Html, BodyType::Mime] {
                let email = mail::email(&item, &options(version, &[whole(form)])).unwrap();
                let bytes = encode(&email, version);
                let back = decode(&bytes);
                assert_eq!(encode(&back, version), bytes, "{name} {version} {form:?}");
                let mime = if version == Version::V2_5 {
                    back.mime_data
                } else {
                    back.body.filter(|b| b.r#type == BodyType::Mime).and_then(|b| b.data)
                };
                let expected = (form == BodyType::Mime).then_some(&item.content);
                assert_eq!(mime.as_ref().map(|m| &m.0), expected, "{name} {version}");
            }
        }
    }
}

#[test]
fn every_attachment_can_be_fetched() {
    for (name, content) in corpus().into_iter().chain(demos()) {
        let item = item(content);
        for attachment in attachments(email(&item, BodyType::Text)) {
            let reference: FileReference = attachment.file_reference.parse().unwrap();
            assert_eq!(reference.item, item.meta.id);
            let fetched = mail::attachment(&item.content, &reference).unwrap();
            assert_eq!(Some(&fetched.name), attachment.display_name.as_ref());
            let told = f64::from(attachment.estimated_data_size.unwrap());
            let real = fetched.bytes.len() as f64;
            // One message has a sentence where its base64 should be.
            let is_close = (told - real).abs() <= 3.0 + real * 0.1;
            assert!(is_close || name == "rfc-000.eml", "{name} {}: {told} for {real}", fetched.name);
        }
    }
}

#[test]
fn no_text_shows_replacement_characters_or_mime() {
    for (name, content) in corpus().into_iter().chain(demos()) {
        let email = email(&item(content), BodyType::Text);
        let body = email.body.unwrap().data.unwrap_or_default().to_text().into_owned();
        for shown in [Some(body), email.subject, email.from, email.to].into_iter().flatten() {
            assert!(!shown.contains('\u{FFFD}'), "{name}: {shown}");
            assert!(!shown.contains("Content-Transfer-Encoding:"), "{name}: {shown}");
            assert!(!shown.contains("=?"), "{name}: {shown}");
        }
    }
}
