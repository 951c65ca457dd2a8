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
    /// The connection is cut after this many bytes of the answer, head included, or behind its end.
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
                read_part(&mut raw, after).await?;
            }
            Mishap::CutBeforeAnswer | Mishap::LoseAnswer => raw.write(&bytes).await?,
        }
        Ok(())
    }
}

/// Reads `after` bytes of an answer, or all of it where it is shorter: the server keeps the
/// connection open behind it.
async fn read_part(raw: &mut Raw, after: usize) -> Result<(), TransportError> {
    let mut came = Vec::new();
    while came.len() < after && !is_complete(&came) {
        let part = raw.read((after - came.len()).min(1 << 16)).await?;
        if part.is_empty() {
            break;
        }
        came.extend_from_slice(&part);
    }
    Ok(())
}

/// Whether these bytes are an answer to its end, in either of the two ways that HTTP/1.1 marks it.
fn is_complete(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|w| w == b"\r\n\r\n") else {
        return false;
    };
    let (head, body) = answer.split_at(end + 4);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    match length {
        Some(length) => body.len() >= length,
        None => body.ends_with(b"0\r\n\r\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_answer_is_known() {
        let with_length = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        assert!(is_complete(with_length) && !is_complete(&with_length[..with_length.len() - 1]));
        let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n";
        assert!(is_complete(chunked) && !is_complete(&chunked[..chunked.len() - 5]));
        assert!(!is_complete(b"HTTP/1.1 200 OK\r\n"));
    }
}
