//! Mail.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, Opaque};
use fieldpost_eas::item::*;
use fieldpost_eas::page::rights_management as rm;
use fieldpost_eas::wbxml::Node;

use super::at;

/// A message with every property that the version may be sent.
pub fn message(version: Version) -> Email {
    let body = Body {
        r#type: BodyType::Html,
        estimated_data_size: Some(51_200),
        truncated: Some(true),
        data: Some(Content::from("<p>Grüße &amp; \u{1F600}\r\n".to_owned())),
        part: None,
        preview: Some("Grüße".into()),
    };
    Email {
        to: Some("\"Ann Example\" <ann@example.org>".into()),
        cc: Some("carol@example.net".into()),
        bcc: Some("dave@example.net".into()),
        from: Some("bob@example.net".into()),
        subject: Some("Grüße & Zahlen".into()),
        reply_to: Some("bob@example.net".into()),
        date_received: Some(at("2026-03-02T09:31:07.000Z")),
        display_to: Some("Ann Example".into()),
        thread_topic: Some("Grüße & Zahlen".into()),
        importance: Some(Importance::High),
        read: Some(false),
        legacy_attachments: vec![LegacyAttachment {
            att_method: Method::Normal,
            att_size: 48_211,
            display_name: Some("report.pdf".into()),
            att_name: "101-0".into(),
        }],
        attachments: vec![AttachmentEntry::Attachment(Attachment {
            display_name: Some("logo.png".into()),
            file_reference: "101-1".into(),
            client_id: None,
            method: Some(Method::Ole),
            estimated_data_size: Some(2048),
            content_id: Some("img001@example.net".into()),
            content_location: Some("logo.png".into()),
            is_inline: Some(true),
            um_att_duration: Some(10),
            um_att_order: Some(1),
        })],
        mime_data: None,
        mime_truncated: Some(true),
        mime_size: Some(9000),
        legacy_body_truncated: Some(true),
        legacy_body_size: Some(9000),
        legacy_body: Some(Content::from("First part".to_owned())),
        body_part: (version >= Version::V14_1).then(|| BodyPart {
            status: 1,
            r#type: BodyType::Html,
            estimated_data_size: Some(12),
            truncated: Some(false),
            data: Some(Content::from("<p>New</p>".to_owned())),
            part: None,
            preview: Some("New".into()),
        }),
        body: Some(body),
        message_class: Some("IPM.Note".into()),
        meeting_request: Some(Box::new(super::meetings::request(version))),
        rights_management_license: Some(Box::new(license())),
        internet_cpid: Some("65001".into()),
        flag: Some(flag()),
        content_class: Some("urn:content-classes:message".into()),
        native_body_type: Some(2),
        conversation_id: Some(Opaque(vec![0xA0; 16])),
        conversation_index: Some(Opaque(vec![0xCB, 0x5B, 0x11, 0x02, 0x9C])),
        last_verb_executed: Some(1),
        last_verb_execution_time: Some(at("2026-03-02T10:00:00.000Z")),
        received_as_bcc: Some(true),
        sender: Some("erin@example.net".into()),
        is_draft: Some(false),
        um_caller_id: Some("+4930000000".into()),
        um_user_notes: Some("call back".into()),
        account_id: Some("1".into()),
        meeting_message_type: Some(0),
        categories: Some(vec!["Work".into(), "Numbers".into()]),
    }
}

/// What a rights policy permits.
fn license() -> Node {
    let leaf = |tag, text: &str| Node { text: Some(text.into()), ..Node::new(tag) };
    let children = vec![
        leaf(rm::OWNER, "0"),
        leaf(rm::CONTENT_OWNER, "bob@example.net"),
        leaf(rm::REPLY_ALL_ALLOWED, "1"),
        leaf(rm::EDIT_ALLOWED, "0"),
        leaf(rm::REPLY_ALLOWED, "1"),
        leaf(rm::FORWARD_ALLOWED, "0"),
        leaf(rm::EXPORT_ALLOWED, "0"),
        leaf(rm::MODIFY_RECIPIENTS_ALLOWED, "0"),
        leaf(rm::EXTRACT_ALLOWED, "0"),
        leaf(rm::TEMPLATE_ID, "6d9371a6-4e2d-4e97-9a38-202233fed26e"),
        leaf(rm::TEMPLATE_NAME, "Confidential"),
        leaf(rm::TEMPLATE_DESCRIPTION, "Not to be passed on"),
        leaf(rm::CONTENT_EXPIRY_DATE, "2027-03-01T08:00:00.000Z"),
        leaf(rm::PRINT_ALLOWED, "0"),
        leaf(rm::PROGRAMMATIC_ACCESS_ALLOWED, "0"),
    ];
    Node { children, ..Node::new(rm::RIGHTS_MANAGEMENT_LICENSE) }
}

/// A flag with all that it may have.
pub fn flag() -> Flag {
    Flag {
        subject: Some("Lunch?".into()),
        status: Some(FlagStatus::Active),
        flag_type: Some("for Follow Up".into()),
        complete_time: None,
        date_completed: None,
        start_date: Some(at("2026-03-02T00:00:00.000Z")),
        due_date: Some(at("2026-03-04T00:00:00.000Z")),
        utc_start_date: Some(at("2026-03-01T23:00:00.000Z")),
        utc_due_date: Some(at("2026-03-03T23:00:00.000Z")),
        reminder_set: Some(true),
        reminder_time: Some(at("2026-03-03T08:00:00.000Z")),
        ordinal_date: Some(at("2026-03-02T00:00:00.000Z")),
        sub_ordinal_date: Some("5555555".into()),
    }
}
