//! Drafts as phones write, change and send them.

use fieldpost_eas::codec::{Content, Opaque};
use fieldpost_eas::item::{Body, Method, RemovedAttachment};
use jiff::tz::TimeZone;

use super::*;

fn user() -> User {
    User { addresses: vec!["mia@example.org".into()], name: "Mia Müller".into(), zone: TimeZone::UTC }
}

fn body(form: BodyType, text: &str) -> Option<Body> {
    Some(Body {
        r#type: form,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(text.as_bytes().to_vec())),
        part: None,
        preview: None,
    })
}

fn new(name: &str, client_id: &str, cid: Option<&str>) -> AttachmentEntry {
    AttachmentEntry::Add(NewAttachment {
        client_id: client_id.into(),
        method: Method::Normal,
        content_type: Some("application/pdf".into()),
        content: Opaque(name.as_bytes().to_vec()),
        display_name: name.into(),
        content_id: cid.map(str::to_owned),
        content_location: None,
        is_inline: cid.map(|_| true),
    })
}

fn made(email: &Email) -> Draft {
    create(email, &user(), "1@example.org", Timestamp::UNIX_EPOCH).unwrap()
}

fn shown(draft: &Draft) -> Email {
    let item = Item { meta: no_meta(&draft.content), content: draft.content.clone() };
    let mut options = mail::BodyOptions::new(Version::V16_1);
    options.bodies = true;
    mail::email(&item, &options).unwrap()
}

fn names(email: &Email) -> Vec<(String, String)> {
    let one = |entry: &AttachmentEntry| match entry {
        AttachmentEntry::Attachment(there) => {
            (there.display_name.clone().unwrap(), there.file_reference.clone())
        }
        other => panic!("{other:?}"),
    };
    email.attachments.iter().map(one).collect()
}

#[test]
fn fields_are_set_one_by_one() {
    let first = Email {
        to: Some("\"Anna; the first\" <anna@example.org>; ben@example.org".into()),
        bcc: Some("carol@example.org".into()),
        subject: Some("Grüße".into()),
        importance: Some(Importance::High),
        body: body(BodyType::Html, "<p>Hällo</p>"),
        ..Email::default()
    };
    let draft = made(&first);
    let email = shown(&draft);
    assert_eq!(email.to.as_deref(), Some("\"Anna; the first\" <anna@example.org>, ben@example.org"));
    assert!(email.bcc.as_ref().unwrap().contains("carol@example.org"));
    assert_eq!((email.subject.as_deref(), email.importance), (Some("Grüße"), Some(Importance::High)));
    assert!(email.from.as_ref().unwrap().contains("mia@example.org"));
    assert_eq!(email.native_body_type, Some(2));
    assert!(email.body.as_ref().unwrap().data.as_ref().unwrap().to_text().contains("Hällo"));

    // What is not spoken of stays, what is empty goes.
    let change = Email {
        to: Some(String::new()),
        subject: Some("New".into()),
        importance: Some(Importance::Normal),
        ..Email::default()
    };
    let after = patch(&draft.content, &change).unwrap();
    let email = shown(&after);
    assert_eq!((email.to.as_deref(), email.subject.as_deref()), (None, Some("New")));
    assert_eq!(email.importance, Some(Importance::Normal));
    assert!(email.bcc.is_some() && email.native_body_type == Some(2));
    // The same again is nothing new.
    assert_eq!(patch(&after.content, &change).unwrap().content, after.content);
    assert_eq!(patch(&after.content, &Email::default()).unwrap().content, after.content);
}

#[test]
fn half_an_address_is_kept_and_not_sent_to() {
    let draft = made(&Email { to: Some("Anna Smi, ben@example.org".into()), ..Email::default() });
    assert!(shown(&draft).to.unwrap().contains("Anna Smi"));
    assert!(!is_addressed(&draft.content));
    assert!(!is_addressed(&made(&Email::default()).content));
    let draft = made(&Email { cc: Some("ben@example.org".into()), ..Email::default() });
    assert!(is_addressed(&draft.content));
}

#[test]
fn attachments_come_and_go() {
    let first = Email {
        body: body(BodyType::Html, "<img src=\"cid:pic\">"),
        attachments: vec![new("a.pdf", "c1", None), new("pic", "c2", Some("pic")), new("b.pdf", "c3", None)],
        ..Email::default()
    };
    let draft = made(&first);
    let email = shown(&draft);
    let there = names(&email);
    assert_eq!(there.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["pic", "a.pdf", "b.pdf"]);
    let answered: Vec<_> = draft
        .answer(ItemId(0))
        .into_iter()
        .map(|entry| match entry {
            AttachmentEntry::Attachment(one) => (one.client_id.unwrap(), one.file_reference),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [("c2", 0), ("c1", 1), ("c3", 2)].map(|(id, at)| (id.to_owned(), there[at].1.clone()));
    assert_eq!(answered, expected);

    let gone = AttachmentEntry::Delete(RemovedAttachment { file_reference: there[1].1.clone() });
    let change = Email { attachments: vec![gone.clone(), new("c.pdf", "c4", None)], ..Email::default() };
    let after = patch(&draft.content, &change).unwrap();
    let email = shown(&after);
    let names: Vec<_> = names(&email).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["pic", "b.pdf", "c.pdf"]);
    assert!(email.body.unwrap().data.unwrap().to_text().contains("cid:pic"), "the text stays");
    let twice = Email { attachments: vec![gone.clone(), gone], ..Email::default() };
    assert_eq!(patch(&draft.content, &twice), Err(InvalidItem::NoSuchAttachment));
}

#[test]
fn mime_is_taken_as_it_is() {
    let mime = "From: mia@example.org\r\nTo: ben@example.org\r\nSubject: MIME\r\nX-Keep: 1\r\n\r\nText\r\n";
    let email = Email { body: body(BodyType::Mime, mime), ..Email::default() };
    assert_eq!(made(&email).content, mime.as_bytes());
    let with_field = Email { subject: Some("x".into()), ..email.clone() };
    assert!(patch(mime.as_bytes(), &with_field).is_err());
    let with_file = Email { attachments: vec![new("a.pdf", "c1", None)], ..email };
    let draft = made(&with_file);
    assert_eq!((shown(&draft).subject.as_deref(), shown(&draft).attachments.len()), (Some("MIME"), 1));
    assert!(made(&Email::default()).content.len() > 10);
    let nothing = Email { body: body(BodyType::Mime, ""), ..Email::default() };
    assert!(create(&nothing, &user(), "1", Timestamp::UNIX_EPOCH).is_err());
    let more = Email { conversation_id: Some(Opaque(vec![1])), ..Email::default() };
    assert!(create(&more, &user(), "1", Timestamp::UNIX_EPOCH).is_err());
}
