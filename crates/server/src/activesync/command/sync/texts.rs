//! Text messages that a phone adds to a folder of mail (class `SMS`, 14.0). They are changed and deleted as mail
//! is.

use fieldpost_domain::convert::mail;
use fieldpost_domain::folder::Class;
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::{NewItem, Texts};
use fieldpost_domain::sync::Snapshot;
use fieldpost_domain::sync::turn::{ClientChange, Outcome};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Opaque;
use fieldpost_eas::command::sync::{request, response};
use fieldpost_eas::item::{Email, Item as WireItem};
use fieldpost_eas::status::sync as status;

use super::changes::{Place, apply, code, origin, refused};
use super::drafts;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::item::{TEXT, change};
use crate::entropy::token;
use crate::mail::text_message::{self, TextMessage};

/// Whether a command speaks of a text message.
pub fn is_one(cx: &Context, place: &Place<'_>, class: Option<&str>) -> bool {
    class == Some(TEXT) && cx.version >= Version::V14_0 && place.folder.kind.class() == Class::Email
}

/// Adds a text message. The phone must have asked for text messages of the folder, or it would not be shown its
/// own.
pub async fn add(
    cx: &Context,
    place: &Place<'_>,
    view: &mut Snapshot,
    add: &request::Add,
) -> Result<response::AddReply, Fault> {
    let reply = |status, server_id| response::AddReply {
        class: Some(TEXT.to_owned()),
        client_id: add.client_id.clone(),
        server_id,
        status,
        application_data: None,
    };
    if view.options.shown.texts == Texts::None || add.send.is_some() {
        return Ok(reply(status::PROTOCOL_ERROR, None));
    }
    let WireItem::Email(email) = &add.application_data else {
        return Ok(reply(status::INVALID_ITEM, None));
    };
    let host = cx.account.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let id = format!("{}@{host}", token(&*cx.app.entropy));
    let (text, mut state) = match (text_message::create(email, &id, cx.now), drafts::state_of(email)) {
        (Ok(text), Some(state)) => (text, state),
        (Err(reason), _) => {
            refused(cx, place, &reason);
            return Ok(reply(status::INVALID_ITEM, None));
        }
        (Ok(_), None) => return Ok(reply(status::INVALID_ITEM, None)),
    };
    (state.draft, state.text_message) = (false, true);
    let TextMessage { content, received } = text;
    if content.len() > cx.app.settings.message_limit {
        return Ok(reply(status::INVALID_ITEM, None));
    }
    let received = received.as_millisecond();
    let mut index = change::index(cx, Class::Email, &content);
    // It stands where it was received, which may be long ago.
    index.sort = received;
    let people = |list: &Option<String>| list.clone().unwrap_or_default();
    let conversation = mail::text_conversation(&people(&email.from), &people(&email.to), received);
    let answer = Email {
        conversation_id: Some(Opaque(conversation.id.to_vec())),
        conversation_index: Some(Opaque(conversation.index.clone())),
        ..Email::default()
    };
    let origin = Some(origin(cx, place, view, &add.client_id));
    let item = Box::new(NewItem { index, content, state, conversation, origin });
    let change = ClientChange::Add { client_id: add.client_id.clone(), item, also: Vec::new() };
    Ok(match apply(cx, place, view, change).await? {
        Outcome::Added(item) => response::AddReply {
            application_data: Some(WireItem::Email(Box::new(answer))),
            ..reply(status::SUCCESS, Some(ServerId { folder: place.folder.id, item }.to_string()))
        },
        other => reply(code(other), None),
    })
}
