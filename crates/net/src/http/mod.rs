//! Serves HTTP/1.1 requests.
//!
//! The application is a [`Handler`]: a request in, a [`Reply`] out. A reply may be a promise: the
//! handler gives back a small future, and until that is ready the connection costs the future, the
//! socket and the state of TLS, see [`connection`]. A client that goes away takes its request with it:
//! the future is dropped at once.
//!
//! - [`body`] reads a request's body within bounds of size and time.
//! - [`forwarded`] finds out who asks, where a proxy stands in front.

pub mod body;
mod connection;
mod exchange;
pub mod forwarded;
mod guard;

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response};
use tokio::net::TcpStream;

pub use body::{BodyError, RequestBody};
pub use forwarded::Forwarded;

use crate::admission::{Admission, Admissions};
use crate::limits::Limits;
use crate::listener::Listener;
use crate::stream::Stream;
use crate::tasks::Tasks;
use crate::tls::Tls;
use connection::Connection;

/// The body of an answer.
pub type Body = Full<Bytes>;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// The client's address; where a trusted proxy stands between, what that says.
    pub address: IpAddr,
    /// Whether the client speaks TLS, to us or to a trusted proxy.
    pub tls: bool,
}

/// What a handler gives back.
pub enum Reply {
    /// The answer.
    Now(Response<Body>),
    /// The answer will come. The future should hold no more than it needs, and end when
    /// [`Tasks::draining`] is cancelled: it is dropped when the client goes away, and at the end of the
    /// grace time of a stop.
    Later(Pending),
}

/// An answer that will come.
pub type Pending = Pin<Box<dyn Future<Output = Response<Body>> + Send>>;

impl From<Response<Body>> for Reply {
    fn from(response: Response<Body>) -> Reply {
        Reply::Now(response)
    }
}

/// An application. Implemented by closures `Fn(Request<RequestBody>, Peer) -> impl Future<Output = Reply>`.
pub trait Handler: Send + Sync + 'static {
    /// Answers one request.
    fn handle(&self, request: Request<RequestBody>, peer: Peer) -> impl Future<Output = Reply> + Send;
}

impl<F, R> Handler for F
where
    F: Fn(Request<RequestBody>, Peer) -> R + Send + Sync + 'static,
    R: Future<Output = Reply> + Send,
{
    fn handle(&self, request: Request<RequestBody>, peer: Peer) -> impl Future<Output = Reply> + Send {
        self(request, peer)
    }
}

/// What all connections of one listener share.
struct Shared<H> {
    handler: Arc<H>,
    tls: Option<Tls>,
    forwarded: Forwarded,
    limits: Limits,
    http: hyper::server::conn::http1::Builder,
    tasks: Tasks,
}

/// Serves requests on a listener until [`Tasks::draining`]. Without `tls` it speaks plain HTTP.
pub fn serve<H: Handler>(
    listener: Listener,
    tls: Option<Tls>,
    forwarded: Forwarded,
    limits: &Limits,
    tasks: &Tasks,
    handler: Arc<H>,
) -> Arc<Admissions> {
    let mut http = hyper::server::conn::http1::Builder::new();
    // A client that closes its sending half is gone: nobody waits for the answer.
    http.half_close(false)
        .pipeline_flush(false)
        .max_buf_size(limits.head_bytes.max(8_192))
        // The time limits are in `guard`, which knows when a head begins.
        .header_read_timeout(None);
    let tasks_of_all = tasks.clone();
    let shared =
        Arc::new(Shared { handler, tls, forwarded, limits: limits.clone(), http, tasks: tasks_of_all });
    listener.start(tasks, move |stream, address, admission| {
        serve_one(Arc::clone(&shared), stream, address, admission)
    })
}

async fn serve_one<H: Handler>(
    shared: Arc<Shared<H>>,
    stream: TcpStream,
    address: SocketAddr,
    admission: Admission,
) {
    let stream = match &shared.tls {
        None => Stream::Plain(stream),
        // Boxed: the handshake's future is large, and over before the connection waits for anything.
        Some(tls) => {
            match tokio::time::timeout(shared.limits.handshake, Box::pin(tls.accept(stream))).await {
                Ok(Ok(stream)) => stream,
                Ok(Err(error)) => {
                    tracing::debug!(client = %address.ip(), %error, "TLS handshake failed");
                    return;
                }
                Err(_) => {
                    tracing::debug!(client = %address.ip(), "TLS handshake took too long");
                    return;
                }
            }
        }
    };
    Connection::new(shared, address, admission).serve(stream).await;
}
