//! Bytes as they are: for requests that no library would send, and for looking at answers before
//! anything has read them.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{Connector, Stream, TransportError};

/// A connection without HTTP.
pub struct Raw {
    stream: Stream,
    /// Bound of each read and write.
    after: Duration,
}

impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Raw")
    }
}

impl Raw {
    /// A new connection, TLS done where the URL says so.
    pub async fn open(connector: &Connector) -> Result<Raw, TransportError> {
        Ok(Raw { stream: connector.open().await?, after: connector.timeouts().answer })
    }

    async fn bounded<T>(
        after: Duration,
        work: impl Future<Output = std::io::Result<T>>,
    ) -> Result<T, TransportError> {
        match tokio::time::timeout(after, work).await {
            Ok(done) => done.map_err(|e| TransportError::Broken(Box::new(e))),
            Err(_) => Err(TransportError::Timeout { what: "answer", after }),
        }
    }

    /// Sends bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        let stream = &mut self.stream;
        Raw::bounded(self.after, async {
            stream.write_all(bytes).await?;
            stream.flush().await
        })
        .await
    }

    /// Reads what there is, at most `limit` bytes; empty at the end of the stream.
    pub async fn read(&mut self, limit: usize) -> Result<Bytes, TransportError> {
        let mut buffer = BytesMut::zeroed(limit);
        let n = Raw::bounded(self.after, self.stream.read(&mut buffer)).await?;
        buffer.truncate(n);
        Ok(buffer.freeze())
    }

    /// Reads exactly `n` bytes, fewer where the stream ends before.
    pub async fn read_up_to(&mut self, n: usize) -> Result<Bytes, TransportError> {
        let mut all = BytesMut::with_capacity(n.min(1 << 16));
        while all.len() < n {
            let part = self.read((n - all.len()).min(1 << 16)).await?;
            if part.is_empty() {
                break;
            }
            all.extend_from_slice(&part);
        }
        Ok(all.freeze())
    }

    /// Reads to the end of the stream, at most `limit` bytes. A stream cut without a TLS goodbye
    /// ends here like any other.
    pub async fn read_to_end(&mut self, limit: usize) -> Result<Bytes, TransportError> {
        let mut all = BytesMut::new();
        while all.len() < limit {
            match self.read((limit - all.len()).min(1 << 16)).await {
                Ok(part) if part.is_empty() => break,
                Ok(part) => all.extend_from_slice(&part),
                Err(TransportError::Broken(_)) => break,
                Err(e) => return Err(e),
            }
        }
        Ok(all.freeze())
    }
}
