//! SmartReply ([MS-ASCMD] 2.2.1.20): sends an answer. Where the phone does not say that its message is
//! all (`ReplaceMime`), the original is quoted in it.

use fieldpost_domain::folder::Class;
use fieldpost_domain::item::Item;
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::smart_reply::{self as wire, Source};
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::status::Common;
use tracing::warn;

use super::send_mail::{Sending, Sent};
use super::{Command, Decode, Needs, Payload, Unreadable};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::mail::compose::{Manner, compose};
use crate::mail::source::{self, Loaded};
use crate::mail::submit::Letter;
use crate::meeting::forward::as_mail;

/// The command.
pub struct SmartReply;

/// What is asked, in either form.
pub struct Request {
    sending: Sending,
    source: Source,
    replace: bool,
    content: Vec<u8>,
}

impl Decode for Request {
    fn decode(cx: &Context, payload: Payload) -> Result<Self, Unreadable> {
        match payload.form {
            BodyForm::Message => Ok(Request {
                sending: Sending::of_query(cx),
                source: source::of_query(&cx.parameters),
                replace: false,
                content: payload.body.into(),
            }),
            BodyForm::Wbxml if cx.version >= Version::V14_0 => {
                let wire = <wire::Request as Document>::decode(&payload.body)?;
                let keep_copy = wire.save_in_sent_items.is_some();
                let sending = Sending::new(wire.client_id, wire.account_id, wire.template_id, keep_copy);
                let (source, replace) = (wire.source, wire.replace_mime.is_some());
                Ok(Request { sending, source, replace, content: wire.mime.0 })
            }
            BodyForm::Wbxml | BodyForm::Empty => Err(Unreadable::Content),
        }
    }
}

impl Command for SmartReply {
    const NAME: CommandName = CommandName::SmartReply;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Sent;

    async fn run(cx: &mut Context, request: Request) -> Result<Sent, Fault> {
        let Request { sending, source, replace, content } = request;
        sending.check()?;
        let Loaded { item, class, instance } = source::load(cx, &source).await?;
        let id = item.meta.id;
        let key = Some(sending.key(cx, Some(id), &content));
        // Of an event, what its organizer would have written is quoted.
        let (original, about) = if class == Class::Calendar {
            (as_mail(&item.content, instance, cx.now)?, None)
        } else {
            let verb = source::reply_verb(&content, &item);
            (item, Some((id, verb)))
        };
        let content = if replace { content } else { add(content, original, Manner::Reply).await? };
        sending.send(cx, Letter { content, keep_copy: false, key, about, also: Vec::new() }).await
    }
}

/// The message with the original in it, made off the threads that serve everybody.
pub async fn add(content: Vec<u8>, original: Item, manner: Manner) -> Result<Vec<u8>, Fault> {
    let work = move || {
        let composed = compose(&content, &original, manner);
        (content, composed)
    };
    let done = tokio::task::spawn_blocking(work).await;
    let (content, composed) = done.map_err(|error| Fault::Unavailable(Box::new(error)))?;
    match composed {
        Ok(Some(composed)) => Ok(composed),
        Ok(None) => Ok(content),
        Err(error) => {
            warn!(%error, "an original can't be added to its answer");
            Err(Fault::Refused(match manner {
                Manner::Reply => Common::MessageReplyFailed,
                Manner::Forward => Common::MailSubmissionFailed,
            }))
        }
    }
}
