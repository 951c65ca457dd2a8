//! SendMail: a message leaves the phone ([MS-ASCMD] 2.2.1.17), and what SmartReply and SmartForward
//! have in common with it.
//!
//! Up to 12.1 a message is the raw body of the request. From 14.0 it stands in a document with an id
//! of its own, so that it may be sent again when the answer was lost.

use fieldpost_eas::codec::{Document as _, Empty, Opaque};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::send_mail::Request;
use fieldpost_eas::command::{smart_forward, smart_reply};
use fieldpost_eas::http::BodyForm;
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::{Phone, root_status};

/// A message that is to leave the phone. It keeps its id, so that sending it again does no harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The phone's id of this message (14.0).
    pub client_id: String,
    /// The message (RFC 5322).
    pub mime: Vec<u8>,
    /// A copy goes to Sent Items.
    pub save_in_sent: bool,
    /// The message that it answers or forwards.
    pub source: Option<Source>,
}

/// The message that another one answers or forwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Whether it is answered or forwarded.
    pub verb: Verb,
    /// Its folder.
    pub collection: String,
    /// Its id.
    pub item: String,
    /// The message is complete: the server adds nothing of the original (14.0).
    pub replace_mime: bool,
}

/// What a message does to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// It answers.
    Reply,
    /// It forwards.
    Forward,
}

/// How the server took a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It was sent.
    Now,
    /// It had been sent before, by a request whose answer was lost (status 118).
    Before,
}

impl Phone {
    /// A new message, saved in Sent Items.
    pub fn new_message(&mut self, mime: impl Into<Vec<u8>>) -> Outgoing {
        Outgoing {
            client_id: self.state.next_client_id(),
            mime: mime.into(),
            save_in_sent: true,
            source: None,
        }
    }

    /// Sends a message, new or in answer to another. After an error that leaves open whether the
    /// server has acted, call it again with the same message; up to 12.1 that may send it twice.
    pub async fn send_message(&mut self, message: &Outgoing) -> Result<Sent, PhoneError> {
        let call = match self.version() < Version::V14_0 {
            true => raw(message),
            false => self.document(message),
        };
        let command = call.command;
        let answer = self.exchange(&call).await?;
        // Success has no body (MS-ASCMD_R5839).
        match root_status(command, &answer.body) {
            None | Some(1) => Ok(Sent::Now),
            Some(118) => Ok(Sent::Before),
            Some(status) => Err(PhoneError::Status { command, status }),
        }
    }

    /// Sends a new message and keeps a copy in Sent Items.
    pub async fn send_mail(&mut self, mime: impl Into<Vec<u8>>) -> Result<Sent, PhoneError> {
        let message = self.new_message(mime);
        self.send_message(&message).await
    }

    fn document(&self, message: &Outgoing) -> Call {
        let version = self.version();
        let client_id = message.client_id.clone();
        let save_in_sent_items = message.save_in_sent.then_some(Empty);
        let mime = Opaque(message.mime.clone());
        let wire = |s: &Source| smart_reply::Source {
            folder_id: Some(s.collection.clone()),
            item_id: Some(s.item.clone()),
            ..smart_reply::Source::default()
        };
        let (command, body) = match &message.source {
            None => {
                let request = Request { client_id, save_in_sent_items, mime, ..Request::default() };
                (CommandName::SendMail, request.encode(version))
            }
            Some(source) if source.verb == Verb::Reply => {
                let request = smart_reply::Request {
                    client_id,
                    source: wire(source),
                    save_in_sent_items,
                    replace_mime: source.replace_mime.then_some(Empty),
                    mime,
                    ..smart_reply::Request::default()
                };
                (CommandName::SmartReply, request.encode(version))
            }
            Some(source) => {
                let request = smart_forward::Request {
                    client_id,
                    source: wire(source),
                    save_in_sent_items,
                    replace_mime: source.replace_mime.then_some(Empty),
                    mime: Some(mime),
                    ..smart_forward::Request::default()
                };
                (CommandName::SmartForward, request.encode(version))
            }
        };
        Call::wbxml(command, body)
    }
}

/// The form up to 12.1: the message is the body, all else is in the query.
fn raw(message: &Outgoing) -> Call {
    let command = match message.source.as_ref().map(|s| s.verb) {
        None => CommandName::SendMail,
        Some(Verb::Reply) => CommandName::SmartReply,
        Some(Verb::Forward) => CommandName::SmartForward,
    };
    Call {
        form: BodyForm::Message,
        save_in_sent: message.save_in_sent,
        collection_id: message.source.as_ref().map(|s| s.collection.clone()),
        item_id: message.source.as_ref().map(|s| s.item.clone()),
        repeatable: false,
        ..Call::wbxml(command, message.mime.clone())
    }
}
