//! SmartForward ([MS-ASCMD] 2.2.1.19): sends a message on. Where the phone does not say that its
//! message is all (`ReplaceMime`), the original's text and attachments are added; of a meeting, the
//! meeting itself. From 16.0 a phone may name those whom a meeting goes to instead.

use fieldpost_domain::folder::Class;
use fieldpost_domain::item::Verb;
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::smart_forward::{self as wire, Forwardee, Source};
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::item::Body;
use fieldpost_eas::status::Common;

use super::send_mail::{Sending, Sent};
use super::smart_reply::add;
use super::{Command, Decode, Needs, Payload, Unreadable};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::mail::compose::Manner;
use crate::mail::source::{self, Loaded};
use crate::mail::submit::{Letter, Submitted};
use crate::meeting::forward::{event_of, forward, with_meeting};

/// The command.
pub struct SmartForward;

/// What is asked, in either form.
pub struct Request {
    sending: Sending,
    source: Source,
    replace: bool,
    /// Whom a meeting is forwarded to, and a word along with it (16.0).
    meeting: Option<(Vec<Forwardee>, Option<Body>)>,
    /// It says what only a message can be sent with.
    as_message: bool,
    /// The message; only for a meeting may it be missing.
    content: Option<Vec<u8>>,
}

impl Decode for Request {
    fn decode(cx: &Context, payload: Payload) -> Result<Self, Unreadable> {
        match payload.form {
            BodyForm::Message => Ok(Request {
                sending: Sending::of_query(cx),
                source: source::of_query(&cx.parameters),
                replace: false,
                meeting: None,
                as_message: true,
                content: Some(payload.body.into()),
            }),
            BodyForm::Wbxml if cx.version >= Version::V14_0 => {
                let wire = <wire::Request as Document>::decode(&payload.body)?;
                let keep_copy = wire.save_in_sent_items.is_some();
                let of_meeting = !wire.forwardees.is_empty() || wire.body.is_some();
                let of_meeting = of_meeting && cx.version >= Version::V16_0;
                Ok(Request {
                    as_message: wire.mime.is_some()
                        || keep_copy
                        || wire.replace_mime.is_some()
                        || wire.template_id.is_some(),
                    sending: Sending::new(wire.client_id, wire.account_id, wire.template_id, keep_copy),
                    source: wire.source,
                    replace: wire.replace_mime.is_some(),
                    meeting: of_meeting.then_some((wire.forwardees, wire.body)),
                    content: wire.mime.map(|mime| mime.0),
                })
            }
            BodyForm::Wbxml | BodyForm::Empty => Err(Unreadable::Content),
        }
    }
}

impl Command for SmartForward {
    const NAME: CommandName = CommandName::SmartForward;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Sent;

    async fn run(cx: &mut Context, request: Request) -> Result<Sent, Fault> {
        let Request { sending, source, replace, meeting, as_message, content } = request;
        sending.check()?;
        let content = match (content, meeting) {
            // MS-ASCMD_R7467, MS-ASCMD_R7468
            (_, Some(_)) if as_message => return Err(Fault::Refused(Common::InvalidMimeBodyCombination)),
            (_, Some((to, body))) => return forward_meeting(cx, &sending, &source, &to, body.as_ref()).await,
            (Some(content), None) => content,
            (None, None) => return Err(Fault::Refused(Common::InvalidXML)),
        };
        let Loaded { item, class, instance } = source::load(cx, &source).await?;
        let id = item.meta.id;
        let key = Some(sending.key(cx, Some(id), &content));
        let about = (class == Class::Email).then_some((id, Verb::Forward));
        let event = event_of(&item, class);
        let content = match event {
            _ if replace => content,
            // The meeting goes along as one, so that whoever gets it can answer.
            Some(event) => with_meeting(&content, &event, instance, cx.now)?.unwrap_or(content),
            None => add(content, item, Manner::Forward).await?,
        };
        sending.send(cx, Letter { content, keep_copy: false, key, about, also: Vec::new() }).await
    }
}

/// Forwards a meeting to those whom the phone names (16.0).
async fn forward_meeting(
    cx: &Context,
    sending: &Sending,
    source: &Source,
    to: &[Forwardee],
    body: Option<&Body>,
) -> Result<Sent, Fault> {
    let Loaded { item, class, instance } = source::load(cx, source).await?;
    let event = event_of(&item, class).ok_or(Fault::Refused(Common::InvalidSmartForwardParameters))?;
    let key = sending.key(cx, Some(item.meta.id), &[]);
    match forward(cx, &event, to, instance, body, key).await? {
        Submitted::Duplicate => Err(Fault::Refused(Common::MessagePreviouslySent)),
        Submitted::Done => Ok(Sent),
    }
}
