//! Reads a request's body within bounds.
//!
//! A body that announces more than is allowed is refused before a byte of it is read. One that arrives
//! in chunks is counted as it comes. One that comes too slowly is given up: after a time of grace, what
//! came so far must have come at no less than a modest rate, so a body that never comes and one that
//! drips end alike, while a slow phone with a large attachment takes the time that it needs.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use hyper::{Response, StatusCode, header};
use tokio::time::Instant;

use super::Body;
use super::exchange::Exchange;
use crate::limits::Limits;

/// The body of a request.
pub struct RequestBody {
    inner: Incoming,
    exchange: Exchange,
    grace: Duration,
    rate: u32,
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It is larger than allowed.
    #[error("the body is larger than the {limit} bytes that are allowed")]
    TooLarge {
        /// What is allowed, bytes.
        limit: usize,
    },
    /// It did not come, or too slowly.
    #[error("the body did not arrive in time")]
    TooSlow,
    /// The connection broke, or the chunks are not well-formed.
    #[error("the body ended too early or is not well-formed")]
    Broken,
}

impl BodyError {
    /// The answer: 413, 408 or 400. It closes the connection, as the rest of the body is not read.
    pub fn response(self) -> Response<Body> {
        let status = match self {
            BodyError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            BodyError::TooSlow => StatusCode::REQUEST_TIMEOUT,
            BodyError::Broken => StatusCode::BAD_REQUEST,
        };
        let mut response = Response::new(Body::from(format!("{self}\n")));
        *response.status_mut() = status;
        let text = header::HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, text);
        response.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
        response
    }
}

impl RequestBody {
    pub(super) fn new(inner: Incoming, exchange: Exchange, limits: &Limits) -> RequestBody {
        exchange.lock().body_open = !inner.is_end_stream();
        RequestBody { inner, exchange, grace: limits.body_grace, rate: limits.body_rate.max(1) }
    }

    /// The length that was announced; `None` where it comes in chunks.
    pub fn announced(&self) -> Option<u64> {
        self.inner.size_hint().exact()
    }

    /// Reads all of it, `limit` bytes at most.
    pub async fn read(mut self, limit: usize) -> Result<Bytes, BodyError> {
        let announced = self.announced().map_or(Some(0), |length| usize::try_from(length).ok());
        let Some(announced) = announced.filter(|length| *length <= limit) else {
            return Err(BodyError::TooLarge { limit });
        };
        let start = Instant::now();
        let mut whole = BytesMut::new();
        loop {
            let received = u32::try_from(whole.len()).unwrap_or(u32::MAX);
            let deadline = start + self.grace + Duration::from_secs(1) * received / self.rate;
            let frame = tokio::time::timeout_at(deadline, self.frame()).await;
            let Some(frame) = frame.map_err(|_| BodyError::TooSlow)? else { break };
            let Ok(data) = frame.map_err(|_| BodyError::Broken)?.into_data() else { continue };
            if whole.len() + data.len() > limit {
                return Err(BodyError::TooLarge { limit });
            }
            if whole.is_empty() && data.len() == announced {
                // The usual case: it came with the head, or in one piece after it.
                whole = data.try_into_mut().unwrap_or_else(|data| BytesMut::from(&data[..]));
                continue;
            }
            whole.extend_from_slice(&data);
        }
        Ok(whole.freeze())
    }
}

impl hyper::body::Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(cx));
        let ended = match &frame {
            None => true,
            Some(Ok(_)) => self.inner.is_end_stream(),
            Some(Err(_)) => false,
        };
        if ended {
            self.exchange.lock().body_open = false;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
