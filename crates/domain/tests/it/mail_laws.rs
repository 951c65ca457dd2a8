//! What holds for every message, whatever its bytes are.

use fieldpost_domain::convert::mail::{self, BodyOptions, FileReference};
use fieldpost_domain::id::ItemId;
use fieldpost_eas::Version;
use fieldpost_eas::item::{BodyPreference, BodyType};
use proptest::prelude::*;

use crate::messages::{body, decode, demos, encode, item, options, whole};

fn forms() -> impl Strategy<Value = BodyType> {
    prop::sample::select(vec![BodyType::Text, BodyType::Html, BodyType::Rtf, BodyType::Mime])
}

fn wish() -> impl Strategy<Value = BodyPreference> {
    let size = prop::option::of(0u32..6_000);
    (forms(), size, any::<Option<bool>>(), prop::option::of(0u32..300)).prop_map(
        |(form, truncation_size, all_or_none, preview)| BodyPreference {
            r#type: form,
            truncation_size,
            all_or_none,
            preview,
        },
    )
}

fn wishes() -> impl Strategy<Value = BodyOptions> {
    (
        prop::sample::select(Version::ALL.to_vec()),
        prop::collection::vec(wish(), 0..4),
        0u8..4,
        prop::option::of(0u8..12),
        prop::option::of(0u8..12),
        any::<bool>(),
    )
        .prop_map(|(version, preferences, mime_support, mime_truncation, truncation, bodies)| {
            BodyOptions {
                version,
                preferences,
                part: None,
                mime_support,
                mime_truncation,
                truncation,
                bodies,
            }
        })
}

/// A message of the demo with some of its bytes changed, left out or doubled.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), any::<u8>(), 0u8..4);
    let demos: Vec<Vec<u8>> = demos().into_iter().map(|(_, content)| content).collect();
    (prop::sample::select(demos), prop::collection::vec(edit, 0..12)).prop_map(|(mut content, edits)| {
        for (at, byte, how) in edits {
            if content.is_empty() {
                break;
            }
            let at = at.index(content.len());
            match how {
                0 => content[at] = byte,
                1 => content.truncate(at),
                2 => drop(content.remove(at)),
                _ => {
                    let tail = content[at..].to_vec();
                    content.extend(tail);
                }
            }
        }
        content
    })
}

/// Lines such as messages are made of, in any order.
fn assembled() -> impl Strategy<Value = Vec<u8>> {
    let line = prop::sample::select(vec![
        "Content-Type: multipart/mixed; boundary=b",
        "Content-Type: multipart/alternative; boundary=\"c\"",
        "Content-Type: multipart/digest; boundary=b",
        "Content-Type: multipart/related; boundary=zzz",
        "Content-Type: message/rfc822",
        "Content-Type: text/html; charset=iso-2022-jp",
        "Content-Type: text/plain; charset=utf-16",
        "Content-Type: text/plain; name*0=\"a; name*1*=utf-8''b",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Disposition: attachment; filename=\"=?utf-8?b?",
        "Content-ID: <x",
        "To: \"a, <b@c>, (d",
        "To: g: a@b;, :;",
        "Subject: =?utf-8?q?=C3=?= =?x?b?!?=",
        "References: <a@b> <",
        "Thread-Index: AQ==",
        "",
        "--b",
        "--b--",
        "--c",
        "--c--",
        "SGVsbG8=",
        "=3D=C3=A4=",
        "<p>x &amp; <b>y</p><table><tr><td>z",
        "\u{feff}\u{0}\u{1b}",
    ]);
    let end = prop::sample::select(vec!["\r\n", "\n", "\r"]);
    prop::collection::vec((line, end), 0..40).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| [line, end]).collect::<String>().into_bytes()
    })
}

fn messages() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![mutated(), assembled(), prop::collection::vec(any::<u8>(), 0..600),]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// No bytes make it fail, and what it gives is a document that a phone can read.
    #[test]
    fn every_message_converts(content in messages(), options in wishes()) {
        let item = item(content);
        let email = mail::email(&item, &options).unwrap();
        let bytes = encode(&email, options.version);
        let read = decode(&bytes);
        prop_assert_eq!(encode(&read, options.version), bytes);
        mail::headers(&item.content).unwrap();
        for part in 0..8 {
            let _ = mail::attachment(&item.content, &FileReference { item: ItemId(7), part });
        }
    }

    /// What is cut is a beginning of the whole, no longer than asked for; the size is that of the whole.
    #[test]
    fn a_cut_body_is_a_beginning(content in messages(), size in 0u32..3_000, form in forms()) {
        let item = item(content);
        let wish = whole(form);
        let all = body(&item, &options(Version::V16_1, std::slice::from_ref(&wish)));
        let cut = BodyPreference { truncation_size: Some(size), ..wish };
        let some = body(&item, &options(Version::V16_1, &[cut]));
        let all_data = all.data.unwrap_or_default().0;
        let some_data = some.data.unwrap_or_default().0;
        prop_assert!(some_data.len() <= size as usize);
        prop_assert!(all_data.starts_with(&some_data));
        prop_assert_eq!(some.estimated_data_size, Some(all_data.len() as u32));
        prop_assert_eq!(all.estimated_data_size, Some(all_data.len() as u32));
        prop_assert_eq!(some.truncated, Some(some_data.len() < all_data.len()));
        prop_assert_eq!(all.truncated, Some(false));
        // Nothing is held back but the rest of a character.
        if some.truncated == Some(true) {
            prop_assert!(some_data.len() + 4 > size as usize);
        }
        if form == BodyType::Mime {
            prop_assert_eq!(&all_data, &item.content);
        } else {
            prop_assert!(std::str::from_utf8(&some_data).is_ok());
        }
        if std::str::from_utf8(&all_data).is_ok() {
            prop_assert!(std::str::from_utf8(&some_data).is_ok());
        }
    }

    /// The same bytes give the same answer, so that an answer that was lost can be given again.
    #[test]
    fn conversion_is_a_function(content in messages(), options in wishes()) {
        let item = item(content);
        prop_assert_eq!(mail::email(&item, &options).unwrap(), mail::email(&item, &options).unwrap());
    }

    /// What a reference is written as is read as the same.
    #[test]
    fn references_come_back(item in any::<u32>(), part in any::<u32>()) {
        let reference = FileReference { item: ItemId(item), part };
        prop_assert_eq!(reference.to_string().parse(), Ok(reference));
    }

    /// No text is taken for a reference but what a reference is written as.
    #[test]
    fn only_references_are_references(text in "[0-9a-z+ -]{0,24}") {
        if let Ok(reference) = text.parse::<FileReference>() {
            prop_assert_eq!(reference.to_string(), text);
        }
    }
}
