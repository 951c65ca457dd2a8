//! One HTTP/1.1 connection, driven by whoever waits on it: there is no background task, so dropping
//! it closes the socket, and ten thousand parked requests are ten thousand futures and no more.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::Request;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_ENCODING, HOST, HeaderValue};
use hyper_util::rt::TokioIo;

use super::{Answer, HttpRequest, Stream, TransportError, gzip};

type Driver = http1::Connection<TokioIo<Stream>, Full<Bytes>>;

/// A connection on which requests go one after the other.
#[derive(Debug)]
pub(super) struct Connection {
    sender: http1::SendRequest<Full<Bytes>>,
    /// `None` once the connection has ended.
    driver: Option<Pin<Box<Driver>>>,
    /// The head of an answer to the latest request has come.
    answered: bool,
}

impl Connection {
    /// HTTP on a fresh stream.
    pub(super) async fn start(stream: Stream) -> Result<Connection, TransportError> {
        let (sender, driver) = http1::Builder::new().handshake(TokioIo::new(stream)).await.map_err(broken)?;
        Ok(Connection { sender, driver: Some(Box::pin(driver)), answered: false })
    }

    /// Looks whether the server has closed the connection; never waits.
    pub(super) fn is_alive(&mut self) -> bool {
        let Some(driver) = &mut self.driver else {
            return false;
        };
        // Nobody waits here: the next request polls again with its own waker.
        let mut cx = Context::from_waker(Waker::noop());
        if driver.as_mut().poll(&mut cx).is_ready() {
            self.driver = None;
        }
        self.driver.is_some() && !self.sender.is_closed()
    }

    /// Whether the server began to answer the latest request.
    pub(super) fn was_answered(&self) -> bool {
        self.answered
    }

    /// One request and its whole answer.
    pub(super) async fn exchange(
        &mut self,
        request: &HttpRequest,
        host: &str,
        max_answer: usize,
    ) -> Result<Answer, TransportError> {
        self.answered = false;
        drive(&mut self.driver, self.sender.ready()).await.map_err(broken)?;
        let response = self.sender.send_request(to_hyper(request, host)?);
        let response = drive(&mut self.driver, response).await.map_err(broken)?;
        self.answered = true;
        let (head, body) = response.into_parts();
        let body = drive(&mut self.driver, Limited::new(body, max_answer).collect())
            .await
            .map_err(|e| match e.is::<LengthLimitError>() {
                true => TransportError::TooLarge(max_answer),
                false => TransportError::Broken(e),
            })?
            .to_bytes();
        let wire_len = body.len();
        let zipped = head.headers.get(CONTENT_ENCODING).is_some_and(|v| v.as_bytes() == b"gzip");
        let body = match zipped {
            true if wire_len > 0 => gzip::decompress(&body, max_answer)?,
            _ => body,
        };
        Ok(Answer { status: head.status, headers: head.headers, body, wire_len })
    }
}

fn broken(error: hyper::Error) -> TransportError {
    TransportError::Broken(Box::new(error))
}

fn to_hyper(request: &HttpRequest, host: &str) -> Result<Request<Full<Bytes>>, TransportError> {
    let refused = |e: &dyn std::fmt::Display| TransportError::Request(e.to_string());
    let mut out = Request::builder()
        .method(request.method.clone())
        .uri(request.target.as_str())
        .body(Full::new(request.body.clone()))
        .map_err(|e| refused(&e))?;
    *out.headers_mut() = request.headers.clone();
    out.headers_mut().insert(HOST, HeaderValue::from_str(host).map_err(|e| refused(&e))?);
    Ok(out)
}

/// Waits for `work` and moves the connection on meanwhile.
async fn drive<F: Future>(driver: &mut Option<Pin<Box<Driver>>>, work: F) -> F::Output {
    let mut work = pin!(work);
    if let Some(connection) = driver {
        tokio::select! {
            biased;
            done = &mut work => return done,
            // What ended the connection also ends `work`, or has already been handed to it.
            _ = connection => {}
        }
        *driver = None;
    }
    work.await
}
