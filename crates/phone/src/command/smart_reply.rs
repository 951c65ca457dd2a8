//! SmartReply: an answer, the original quoted by the server ([MS-ASCMD] 2.2.1.20).

use crate::command::send_mail::{Outgoing, Sent, Source, Verb};
use crate::error::PhoneError;
use crate::phone::Phone;

impl Phone {
    /// Answers message `item` of `collection` with `mime`, to which the server adds the original.
    pub async fn smart_reply(
        &mut self,
        collection: &str,
        item: &str,
        mime: impl Into<Vec<u8>>,
    ) -> Result<Sent, PhoneError> {
        let message = self.new_message(mime).about(Verb::Reply, collection, item);
        self.send_message(&message).await
    }
}

impl Outgoing {
    /// The same message, in answer to another or forwarding it.
    pub fn about(mut self, verb: Verb, collection: &str, item: &str) -> Outgoing {
        self.source =
            Some(Source { verb, collection: collection.into(), item: item.into(), replace_mime: false });
        self
    }
}
