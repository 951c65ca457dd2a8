//! SmartForward: a message goes on, its attachments added by the server ([MS-ASCMD] 2.2.1.19).

use crate::command::send_mail::{Sent, Verb};
use crate::error::PhoneError;
use crate::phone::Phone;

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
}
