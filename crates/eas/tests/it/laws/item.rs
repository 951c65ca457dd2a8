//! Items: mail in every version's form, and other classes as trees.

use fieldpost_eas::item::*;
use fieldpost_eas::page::{
    Tag, air_sync_base as base, document_library, email, email2, item_operations, notes,
    rights_management as rm, tasks,
};
use fieldpost_eas::wbxml::Node;

use crate::generator::Gen;

/// An item of any class that the version has.
pub fn item(g: &mut Gen<'_>) -> Item {
    match g.below(8) {
        1 => Item::Event(Box::new(super::event::event(g))),
        2 => Item::Contact(Box::new(super::contact::contact(g))),
        3 => Item::Task(Box::new(super::task::task(g))),
        4 if g.knows(notes::SUBJECT) => Item::Note(Box::new(super::note::note(g))),
        5 if g.knows(document_library::LINK_ID) => document(g),
        _ => Item::Email(Box::new(mail(g))),
    }
}

/// A document, as a tree with at least one property of its own.
fn document(g: &mut Gen<'_>) -> Item {
    let all: Vec<Tag> = document_library::PAGE
        .entries
        .iter()
        .map(|e| Tag { page: document_library::PAGE.number, token: e.token })
        .collect();
    let count = 1 + g.below(4);
    Item::Other((0..count).map(|_| leaf(g, &all)).collect())
}

/// A property with text, perhaps empty.
fn leaf(g: &mut Gen<'_>, of: &[Tag]) -> Node {
    let text = Some(g.text()).filter(|t| !t.is_empty());
    Node { text, ..Node::new(g.pick(of)) }
}

/// A message.
pub fn mail(g: &mut Gen<'_>) -> Email {
    Email {
        to: g.opt(email::TO, Gen::text),
        cc: g.opt(email::CC, Gen::text),
        bcc: g.opt(email2::BCC, Gen::text),
        from: g.opt(email::FROM, Gen::text),
        subject: g.opt(email::SUBJECT, Gen::text),
        reply_to: g.opt(email::REPLY_TO, Gen::text),
        date_received: g.opt(email::DATE_RECEIVED, Gen::date),
        display_to: g.opt(email::DISPLAY_TO, Gen::text),
        thread_topic: g.opt(email::THREAD_TOPIC, Gen::text),
        importance: g
            .opt(email::IMPORTANCE, |g| g.pick(&[Importance::Low, Importance::Normal, Importance::High])),
        read: g.opt(email::READ, Gen::bool),
        legacy_attachments: g.many(email::ATTACHMENTS, |g| LegacyAttachment {
            att_method: method(g),
            att_size: g.u32(),
            display_name: g.opt(email::DISPLAY_NAME, Gen::text),
            att_name: g.text(),
        }),
        attachments: g.many(base::ATTACHMENTS, attachment),
        mime_data: g.opt(email::MIME_DATA, Gen::content),
        mime_truncated: g.opt(email::MIME_TRUNCATED, Gen::bool),
        mime_size: g.opt(email::MIME_SIZE, Gen::u32),
        legacy_body_truncated: g.opt(email::BODY_TRUNCATED, Gen::bool),
        legacy_body_size: g.opt(email::BODY_SIZE, Gen::u32),
        legacy_body: g.opt(email::BODY, Gen::content),
        body: g.opt(base::BODY, body),
        body_part: g.opt(base::BODY_PART, |g| BodyPart {
            status: g.u8(),
            r#type: body_type(g),
            estimated_data_size: g.opt(base::ESTIMATED_DATA_SIZE, Gen::u32),
            truncated: g.opt(base::TRUNCATED, Gen::bool),
            data: g.opt(base::DATA, Gen::content),
            part: g.opt(item_operations::PART, Gen::u32),
            preview: g.opt(base::PREVIEW, Gen::text),
        }),
        message_class: g.opt(email::MESSAGE_CLASS, Gen::text),
        meeting_request: g
            .opt(email::MEETING_REQUEST, |g| Box::new(super::meeting_request::meeting_request(g))),
        internet_cpid: g.opt(email::INTERNET_CPID, Gen::text),
        flag: g.opt(email::FLAG, flag),
        content_class: g.opt(email::CONTENT_CLASS, Gen::text),
        native_body_type: g.opt(base::NATIVE_BODY_TYPE, Gen::u8),
        conversation_id: g.opt(email2::CONVERSATION_ID, Gen::opaque),
        conversation_index: g.opt(email2::CONVERSATION_INDEX, Gen::opaque),
        last_verb_executed: g.opt(email2::LAST_VERB_EXECUTED, Gen::u8),
        last_verb_execution_time: g.opt(email2::LAST_VERB_EXECUTION_TIME, Gen::date),
        received_as_bcc: g.opt(email2::RECEIVED_AS_BCC, Gen::bool),
        sender: g.opt(email2::SENDER, Gen::text),
        is_draft: g.opt(email2::IS_DRAFT, Gen::bool),
        um_caller_id: g.opt(email2::UM_CALLER_ID, Gen::text),
        um_user_notes: g.opt(email2::UM_USER_NOTES, Gen::text),
        account_id: g.opt(email2::ACCOUNT_ID, Gen::text),
        meeting_message_type: g.opt(email2::MEETING_MESSAGE_TYPE, Gen::u8),
        rights_management_license: g.opt(rm::RIGHTS_MANAGEMENT_LICENSE, |g| {
            let children = vec![leaf(g, &[rm::OWNER, rm::EDIT_ALLOWED])];
            Box::new(Node { children, ..Node::new(rm::RIGHTS_MANAGEMENT_LICENSE) })
        }),
        categories: g.opt(email::CATEGORIES, |g| g.many(email::CATEGORY, Gen::text)),
    }
}

fn method(g: &mut Gen<'_>) -> Method {
    g.pick(&[Method::Normal, Method::Embedded, Method::Ole])
}

fn body_type(g: &mut Gen<'_>) -> BodyType {
    g.pick(&[BodyType::Text, BodyType::Html, BodyType::Rtf, BodyType::Mime])
}

/// An entry of a list of attachments.
pub fn attachment(g: &mut Gen<'_>) -> AttachmentEntry {
    match g.below(4) {
        1 if g.knows(base::ADD) => AttachmentEntry::Add(NewAttachment {
            client_id: g.text(),
            method: method(g),
            content_type: g.opt(base::CONTENT_TYPE, Gen::text),
            content: g.opaque(),
            display_name: g.text(),
            content_id: g.opt(base::CONTENT_ID, Gen::text),
            content_location: g.opt(base::CONTENT_LOCATION, Gen::text),
            is_inline: g.opt(base::IS_INLINE, Gen::bool),
        }),
        2 if g.knows(base::DELETE) => AttachmentEntry::Delete(RemovedAttachment { file_reference: g.text() }),
        _ => AttachmentEntry::Attachment(Attachment {
            display_name: g.opt(base::DISPLAY_NAME, Gen::text),
            file_reference: g.text(),
            client_id: g.opt(base::CLIENT_ID, Gen::text),
            method: g.opt(base::METHOD, method),
            estimated_data_size: g.opt(base::ESTIMATED_DATA_SIZE, Gen::u32),
            content_id: g.opt(base::CONTENT_ID, Gen::text),
            content_location: g.opt(base::CONTENT_LOCATION, Gen::text),
            is_inline: g.opt(base::IS_INLINE, Gen::bool),
            um_att_duration: g.opt(email2::UM_ATT_DURATION, Gen::u32),
            um_att_order: g.opt(email2::UM_ATT_ORDER, Gen::u32),
        }),
    }
}

/// A body.
pub fn body(g: &mut Gen<'_>) -> Body {
    Body {
        r#type: body_type(g),
        estimated_data_size: g.opt(base::ESTIMATED_DATA_SIZE, Gen::u32),
        truncated: g.opt(base::TRUNCATED, Gen::bool),
        data: g.opt(base::DATA, Gen::content),
        part: g.opt(item_operations::PART, Gen::u32),
        preview: g.opt(base::PREVIEW, Gen::text),
    }
}

/// What a phone takes as a body.
pub fn body_preference(g: &mut Gen<'_>) -> BodyPreference {
    BodyPreference {
        r#type: body_type(g),
        truncation_size: g.opt(base::TRUNCATION_SIZE, Gen::u32),
        all_or_none: g.opt(base::ALL_OR_NONE, Gen::bool),
        preview: g.opt(base::PREVIEW, Gen::u32),
    }
}

/// What a phone takes as a body part.
pub fn body_part_preference(g: &mut Gen<'_>) -> BodyPartPreference {
    BodyPartPreference {
        r#type: body_type(g),
        truncation_size: g.opt(base::TRUNCATION_SIZE, Gen::u32),
        all_or_none: g.opt(base::ALL_OR_NONE, Gen::bool),
        preview: g.opt(base::PREVIEW, Gen::u32),
    }
}

fn flag(g: &mut Gen<'_>) -> Flag {
    Flag {
        subject: g.opt(tasks::SUBJECT, Gen::text),
        status: g
            .opt(email::STATUS, |g| g.pick(&[FlagStatus::Cleared, FlagStatus::Complete, FlagStatus::Active])),
        flag_type: g.opt(email::FLAG_TYPE, Gen::text),
        complete_time: g.opt(email::COMPLETE_TIME, Gen::date),
        date_completed: g.opt(tasks::DATE_COMPLETED, Gen::date),
        start_date: g.opt(tasks::START_DATE, Gen::date),
        due_date: g.opt(tasks::DUE_DATE, Gen::date),
        utc_start_date: g.opt(tasks::UTC_START_DATE, Gen::date),
        utc_due_date: g.opt(tasks::UTC_DUE_DATE, Gen::date),
        reminder_set: g.opt(tasks::REMINDER_SET, Gen::bool),
        reminder_time: g.opt(tasks::REMINDER_TIME, Gen::date),
        ordinal_date: g.opt(tasks::ORDINAL_DATE, Gen::date),
        sub_ordinal_date: g.opt(tasks::SUB_ORDINAL_DATE, Gen::text),
    }
}
