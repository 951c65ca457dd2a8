//! Reading a request's body: bounded in size and in patience.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::StatusCode;
use hyper::body::Incoming;
use tokio::time::timeout;

use super::fault::Fault;

/// What a body may cost.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    /// Most bytes.
    pub size: usize,
    /// Longest time without a byte.
    pub idle: Duration,
    /// Longest time altogether.
    pub total: Duration,
}

/// Reads the whole body. 413 beyond the size, before a byte of it is read where the length was
/// announced; 408 for a body that was announced and does not come.
pub async fn read(body: Incoming, announced: Option<u64>, limits: BodyLimits) -> Result<Bytes, Fault> {
    if announced.is_some_and(|length| length > limits.size as u64) {
        return Err(Fault::Http(StatusCode::PAYLOAD_TOO_LARGE));
    }
    timeout(limits.total, collect(body, limits))
        .await
        .unwrap_or(Err(Fault::Http(StatusCode::REQUEST_TIMEOUT)))
}

async fn collect(mut body: Incoming, limits: BodyLimits) -> Result<Bytes, Fault> {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut size = 0;
    loop {
        let frame = timeout(limits.idle, body.frame()).await;
        let frame = frame.map_err(|_| Fault::Http(StatusCode::REQUEST_TIMEOUT))?;
        let Some(frame) = frame else { break };
        let frame = frame.map_err(|_| Fault::Http(StatusCode::BAD_REQUEST))?;
        let Ok(data) = frame.into_data() else { continue };
        size += data.len();
        if size > limits.size {
            return Err(Fault::Http(StatusCode::PAYLOAD_TOO_LARGE));
        }
        // A body that came in one piece, as most do, is not copied.
        if first.is_empty() && rest.is_empty() {
            first = data;
        } else {
            rest.extend_from_slice(&std::mem::take(&mut first));
            rest.extend_from_slice(&data);
        }
    }
    Ok(if rest.is_empty() { first } else { rest.freeze() })
}
