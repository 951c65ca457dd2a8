//! SmartForward ([MS-ASCMD] 2.2.1.19): sends a message on. Where the phone does not say that its
//! message is all (`ReplaceMime`), the original's text and attachments are added.

use fieldpost_domain::item::Verb;
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::smart_forward::{self as wire, Source};
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::status::Common;

use super::send_mail::{Sending, Sent};
use super::smart_reply::add;
use super::{Command, Decode, Needs, Payload, Unreadable};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::mail::compose::Manner;
use crate::mail::source;
use crate::mail::submit::Letter;

/// The command.
pub struct SmartForward;

/// What is asked, in either form.
pub struct Request {
    sending: Sending,
    source: Source,
    replace: bool,
    /// Whom a meeting is forwarded to, or a word along with it (16.0).
    of_meeting: bool,
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
                of_meeting: false,
                content: Some(payload.body.into()),
            }),
            BodyForm::Wbxml if cx.version >= Version::V14_0 => {
                let wire = <wire::Request as Document>::decode(&payload.body)?;
                let keep_copy = wire.save_in_sent_items.is_some();
                let of_meeting = !wire.forwardees.is_empty() || wire.body.is_some();
                Ok(Request {
                    sending: Sending::new(wire.client_id, wire.account_id, wire.template_id, keep_copy),
                    source: wire.source,
                    replace: wire.replace_mime.is_some(),
                    of_meeting: of_meeting && cx.version >= Version::V16_0,
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
        let Request { sending, source, replace, of_meeting, content } = request;
        sending.check()?;
        let content = match (content, of_meeting) {
            (Some(content), false) => content,
            (Some(_), true) => return Err(Fault::Refused(Common::InvalidMimeBodyCombination)),
            (None, false) => return Err(Fault::Refused(Common::InvalidXML)),
            (None, true) => {
                // Only an event can be forwarded so, and a mailbox holds none yet.
                source::load(cx, &source).await?;
                return Err(Fault::Refused(Common::InvalidSmartForwardParameters));
            }
        };
        let original = source::load(cx, &source).await?;
        let key = Some(sending.key(cx, Some(original.meta.id), &content));
        let about = Some((original.meta.id, Verb::Forward));
        let content = if replace { content } else { add(content, original, Manner::Forward).await? };
        sending.send(cx, Letter { content, keep_copy: false, key, about }).await
    }
}
