//! A request as it goes out, and an answer as it came in.

use bytes::{BufMut as _, Bytes, BytesMut};
use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};

use super::TransportError;

/// One HTTP request, complete but for the `Host` and `Content-Length` headers. It is kept as it is
/// until it was answered, so that it can be repeated byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `POST` or `OPTIONS`.
    pub method: Method,
    /// Path and query.
    pub target: String,
    /// Headers, `Authorization` among them.
    pub headers: HeaderMap,
    /// Body; no `Content-Type` is sent where it is empty.
    pub body: Bytes,
    /// Whether it may reach the server twice without harm. Raw mail before 14.0 may not.
    pub repeatable: bool,
}

impl std::fmt::Debug for HttpRequest {
    /// Headers and query hold secrets and body holds mail: neither is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpRequest({}, {} bytes)", self.method, self.body.len())
    }
}

impl HttpRequest {
    /// A request without headers or body.
    pub fn new(method: Method, target: impl Into<String>) -> HttpRequest {
        HttpRequest {
            method,
            target: target.into(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            repeatable: true,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: &str) -> Result<HttpRequest, TransportError> {
        let value = HeaderValue::from_str(value)
            .map_err(|_| TransportError::Request(format!("{name} has forbidden characters")))?;
        self.headers.insert(name, value);
        Ok(self)
    }

    /// The request as it stands on the wire, for [`super::raw`].
    pub fn to_bytes(&self, host: &str) -> Bytes {
        let mut out = BytesMut::with_capacity(512 + self.body.len());
        out.put_slice(format!("{} {} HTTP/1.1\r\n{HOST}: {host}\r\n", self.method, self.target).as_bytes());
        for (name, value) in &self.headers {
            out.put_slice(name.as_str().as_bytes());
            out.put_slice(b": ");
            out.put_slice(value.as_bytes());
            out.put_slice(b"\r\n");
        }
        out.put_slice(format!("{CONTENT_LENGTH}: {}\r\n\r\n", self.body.len()).as_bytes());
        out.put_slice(&self.body);
        out.freeze()
    }
}

/// A complete answer.
#[derive(Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body, decompressed.
    pub body: Bytes,
    /// Bytes of the body on the wire, before decompression.
    pub wire_len: usize,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({}, {} bytes)", self.status, self.body.len())
    }
}

impl Answer {
    /// A header's text, if it is there and is text.
    pub fn header(&self, name: impl hyper::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }
}
