//! SmartForward: a message goes on, its attachments added by the server ([MS-ASCMD] 2.2.1.19).

use jiff::Timestamp;

use fieldpost_eas::codec::{Content, Document as _};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::smart_forward::{Forwardee, Request, Source};
use fieldpost_eas::date;
use fieldpost_eas::item::{Body, BodyType};
use fieldpost_eas::version::Version;

use crate::command::send_mail::{Sent, Verb};
use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::{Phone, root_status};

impl Phone {
    /// Forwards message `item` of `collection` with `mime`, to which the server adds the original and
    /// its attachments.
    pub async fn smart_forward(
        &mut self,
        collection: &str,
        item: &str,
        mime: impl Into<Vec<u8>>,
    ) -> Result<Sent, PhoneError> {
        let message = self.new_message(mime).about(Verb::Forward, collection, item);
        self.send_message(&message).await
    }

    /// Forwards an event, or one occurrence of it, to people (16.0): the server writes the message.
    pub async fn smart_forward_event(
        &mut self,
        folder: &str,
        item: &str,
        instance: Option<Timestamp>,
        to: &[(&str, &str)],
        words: Option<&str>,
    ) -> Result<Sent, PhoneError> {
        let command = CommandName::SmartForward;
        self.since(Version::V16_0, "an event that is forwarded")?;
        let request = Request {
            client_id: self.state.next_client_id(),
            source: Source {
                folder_id: Some(folder.into()),
                item_id: Some(item.into()),
                instance_id: instance.map(date::dashed),
                ..Source::default()
            },
            forwardees: to
                .iter()
                .map(|(name, email)| Forwardee { name: Some((*name).into()), email: (*email).into() })
                .collect(),
            body: words.map(|words| Body {
                r#type: BodyType::Text,
                estimated_data_size: None,
                truncated: None,
                data: Some(Content::from(words.to_owned())),
                part: None,
                preview: None,
            }),
            ..Request::default()
        };
        let answer = self.exchange(&Call::wbxml(command, request.encode(self.version()))).await?;
        match root_status(command, &answer.body) {
            None | Some(1) => Ok(Sent::Now),
            Some(118) => Ok(Sent::Before),
            Some(status) => Err(PhoneError::Status { command, status }),
        }
    }
}
