//! SendMail ([MS-ASCMD] 2.2.1.17): raw with its parameters in the query up to 12.1, as a document from
//! 14.0 on. Success has no body.

use fieldpost_domain::ItemId;
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::send_mail as wire;
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::status::Common;
use sha2::{Digest as _, Sha256};

use super::{Command, Decode, Encode, Needs, Payload, Unreadable};
use crate::activesync::answer::Answer;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::mail::submit::{Letter, Submitted, submit};

/// The command.
pub struct SendMail;

/// What is asked, in either form.
pub struct Request {
    pub(super) sending: Sending,
    content: Vec<u8>,
}

/// How a message is to be sent; what the three mail commands have in common.
pub struct Sending {
    /// The phone's id of the message (14.0).
    client_id: Option<String>,
    /// The account to send from (14.1).
    account_id: Option<String>,
    /// The rights policy to apply (14.1).
    template_id: Option<String>,
    keep_copy: bool,
}

impl Sending {
    /// As a query says it, up to 12.1.
    pub fn of_query(cx: &Context) -> Sending {
        let keep_copy = cx.parameters.save_in_sent;
        Sending { client_id: None, account_id: None, template_id: None, keep_copy }
    }

    /// As a document says it.
    pub fn new(
        client_id: String,
        account_id: Option<String>,
        template_id: Option<String>,
        keep_copy: bool,
    ) -> Sending {
        Sending { client_id: Some(client_id), account_id, template_id, keep_copy }
    }

    /// Refuses what can't be done with any message.
    pub fn check(&self) -> Result<(), Fault> {
        if self.client_id.as_ref().is_some_and(|id| id.is_empty() || id.chars().count() > LONGEST_CLIENT_ID) {
            return Err(Fault::Refused(Common::InvalidXML));
        }
        // The one account that UserInformation tells of has no id.
        if self.account_id.as_ref().is_some_and(|id| !id.is_empty()) {
            return Err(Fault::Refused(Common::InvalidAccountId));
        }
        if self.template_id.as_ref().is_some_and(|id| !id.is_empty()) {
            return Err(Fault::Refused(Common::RightsManagementDisabled));
        }
        Ok(())
    }

    /// What marks the message, so that it is sent once: the phone's id, or, where the version has
    /// none, command, source and message themselves.
    pub fn key(&self, cx: &Context, source: Option<ItemId>, content: &[u8]) -> String {
        if let Some(id) = &self.client_id {
            return format!("{}/{id}", cx.device_id());
        }
        let mut digest = Sha256::new_with_prefix(cx.command.name());
        digest.update(source.map_or(0, |item| item.0).to_le_bytes());
        digest.update(content);
        let digest = hex::encode(digest.finalize());
        format!("{}/sha256-{digest}", cx.device_id())
    }

    /// Sends the message. A phone that asks again with an id that it used is told so (118); one that
    /// has no ids gets the success that it missed.
    pub async fn send(self, cx: &Context, letter: Letter) -> Result<Sent, Fault> {
        let letter = Letter { keep_copy: self.keep_copy, ..letter };
        match submit(&cx.app, &cx.account, letter, cx.now).await? {
            Submitted::Duplicate if self.client_id.is_some() => {
                Err(Fault::Refused(Common::MessagePreviouslySent))
            }
            Submitted::Done | Submitted::Duplicate => Ok(Sent),
        }
    }
}

/// Longest id of a message, in characters ([MS-ASCMD] 2.2.3.28.1).
const LONGEST_CLIENT_ID: usize = 40;

/// Success: no body.
pub struct Sent;

impl Encode for Sent {
    fn encode(self, _: &Context) -> Answer {
        Answer::empty()
    }
}

impl Decode for Request {
    fn decode(cx: &Context, payload: Payload) -> Result<Self, Unreadable> {
        match payload.form {
            BodyForm::Message => Ok(Request { sending: Sending::of_query(cx), content: payload.body.into() }),
            BodyForm::Wbxml if cx.version >= Version::V14_0 => {
                let wire = <wire::Request as Document>::decode(&payload.body)?;
                let keep_copy = wire.save_in_sent_items.is_some();
                let sending = Sending::new(wire.client_id, wire.account_id, wire.template_id, keep_copy);
                Ok(Request { sending, content: wire.mime.0 })
            }
            BodyForm::Wbxml | BodyForm::Empty => Err(Unreadable::Content),
        }
    }
}

impl Command for SendMail {
    const NAME: CommandName = CommandName::SendMail;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Sent;

    async fn run(cx: &mut Context, request: Request) -> Result<Sent, Fault> {
        let Request { sending, content } = request;
        sending.check()?;
        let key = Some(sending.key(cx, None, &content));
        sending.send(cx, Letter { content, keep_copy: false, key, about: None, also: Vec::new() }).await
    }
}
