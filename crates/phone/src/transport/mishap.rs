//! Mishaps of a mobile network, made on purpose: the ways in which a request or its answer is lost.
//! A server must come through each of them without losing or doubling anything.

use std::time::Duration;

use super::raw::Raw;
use super::{HttpRequest, Transport, TransportError};

/// One mishap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mishap {
    /// The connection is cut after this many bytes of the request, head included.
    CutRequest(usize),
    /// The request arrives whole; the connection is cut before the server can say anything.
    CutBeforeAnswer,
    /// The connection is cut after this many bytes of the answer, head included.
    CutAnswer(usize),
    /// The answer is sent whole, and lost on the phone.
    LoseAnswer,
}

impl Transport {
    /// Sends `request` and suffers `mishap`: always an error, [`TransportError::Lost`] if all went as
    /// badly as intended. The kept connection is closed.
    pub async fn suffer(&mut self, request: &HttpRequest, mishap: Mishap) -> TransportError {
        match self.try_suffer(request, mishap).await {
            Ok(()) => TransportError::Lost,
            Err(e) => e,
        }
    }

    async fn try_suffer(&mut self, request: &HttpRequest, mishap: Mishap) -> Result<(), TransportError> {
        if mishap == Mishap::LoseAnswer {
            self.send(request, Duration::ZERO).await?;
            self.disconnect();
            return Ok(());
        }
        self.disconnect();
        let connector = self.connector();
        let bytes = request.to_bytes(&connector.endpoint().authority());
        let mut raw = Raw::open(connector).await?;
        match mishap {
            Mishap::CutRequest(after) => raw.write(&bytes[..after.min(bytes.len())]).await?,
            Mishap::CutAnswer(after) => {
                raw.write(&bytes).await?;
                raw.read_up_to(after).await?;
            }
            Mishap::CutBeforeAnswer | Mishap::LoseAnswer => raw.write(&bytes).await?,
        }
        Ok(())
    }
}
