//! One connection: its requests one after the other, and its waiting.
//!
//! hyper reads requests and writes answers. A request whose answer is a promise is taken away from it
//! ("parked") once its body has been read to the end: hyper's buffers go, and the task holds the
//! socket, the state of TLS and the application's future, nothing else. When the answer is there, hyper
//! gets the connection back together with a made-up request that stands for the one that it gave away,
//! and writes the answer as that request's. So parking needs no code of its own that reads or writes
//! HTTP.
//!
//! What is parked is `POST` of HTTP/1.1 only, as is every request of a phone that waits: other requests
//! keep hyper while they wait.

use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{HeaderMap, Method, Request, Response, Version, header};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::body::RequestBody;
use super::exchange::{Exchange, Parked};
use super::guard::Guard;
use super::{Body, Handler, Pending, Reply, Shared};
use crate::admission::Admission;
use crate::stream::{Peeked, Stream};

/// The request that hyper is given for one that it gave away.
const STAND_IN: &[u8] = b"POST / HTTP/1.1\r\nhost: -\r\n\r\n";
const STAND_IN_CLOSE: &[u8] = b"POST / HTTP/1.1\r\nhost: -\r\nconnection: close\r\n\r\n";

/// After an answer that leaves a body unread, so long and so much of it is taken and thrown away:
/// closing at once would let the answer be lost on its way.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 1 << 20;

pub(super) struct Connection<H> {
    shared: Arc<Shared<H>>,
    address: SocketAddr,
    exchange: Exchange,
}

/// How a connection left the hands of hyper.
enum Left {
    /// It is over.
    Closed,
    /// It is over; the client may still be sending.
    Unread(Stream),
    /// Its request waits.
    Parked(Stream, Bytes, Parked),
}

impl<H: Handler> Connection<H> {
    pub(super) fn new(shared: Arc<Shared<H>>, address: SocketAddr, admission: Admission) -> Connection<H> {
        Connection { shared, address, exchange: Exchange::new(admission) }
    }

    pub(super) async fn serve(self, mut stream: Stream) {
        let mut carried = Bytes::new();
        loop {
            match self.serve_until_parked(stream, carried).await {
                Left::Closed => return,
                Left::Unread(stream) => return linger(stream).await,
                Left::Parked(parked_stream, rest, parked) => {
                    stream = parked_stream;
                    let Some(response) = answer_or_end(&mut stream, parked.pending, rest.is_empty()).await
                    else {
                        return;
                    };
                    self.exchange.lock().answer = Some(response);
                    let last = parked.close || self.shared.tasks.draining().is_cancelled();
                    let stand_in = if last { STAND_IN_CLOSE } else { STAND_IN };
                    carried = prepend(stand_in, &rest);
                }
            }
        }
    }

    /// Boxed, so that the task does not keep room for it while a request is parked.
    fn serve_until_parked(
        &self,
        stream: Stream,
        carried: Bytes,
    ) -> Pin<Box<dyn Future<Output = Left> + Send + '_>> {
        let tls = stream.is_tls();
        let guard = Guard::new(stream, carried, self.exchange.clone(), &self.shared.limits);
        let exchange = Exchange::clone(&self.exchange);
        let service =
            OneConnection { shared: Arc::clone(&self.shared), exchange, address: self.address, tls };
        let mut http = self.shared.http.serve_connection(TokioIo::new(guard), service);
        Box::pin(async move {
            let ended = self.drive(&mut http).await;
            let parts = http.into_parts();
            let stream = parts.io.into_inner().into_stream();
            let mut state = self.exchange.lock();
            match (ended, state.parked.take()) {
                (None, Some(parked)) => {
                    // Copied, as even no bytes of it would keep the whole buffer.
                    Left::Parked(stream, Bytes::copy_from_slice(&parts.read_buf), parked)
                }
                (Some(Ok(())), _) if state.body_open => Left::Unread(stream),
                (ended, _) => {
                    if let Some(Err(error)) = ended {
                        tracing::debug!(client = %self.address.ip(), %error, "connection ended");
                    }
                    Left::Closed
                }
            }
        })
    }

    /// Runs hyper until the connection is over, or gives `None` when its request was parked.
    async fn drive(
        &self,
        http: &mut http1::Connection<TokioIo<Guard>, OneConnection<H>>,
    ) -> Option<hyper::Result<()>> {
        let mut draining = pin!(self.shared.tasks.draining().cancelled());
        let mut closing = false;
        poll_fn(|cx| {
            if let Poll::Ready(result) = Pin::new(&mut *http).poll(cx) {
                return Poll::Ready(Some(result));
            }
            if self.exchange.lock().parked.is_some() {
                return Poll::Ready(None);
            }
            // After hyper has looked at the connection: a request that is there is still answered.
            if !closing && draining.as_mut().poll(cx).is_ready() {
                closing = true;
                Pin::new(&mut *http).graceful_shutdown();
                if let Poll::Ready(result) = Pin::new(&mut *http).poll(cx) {
                    return Poll::Ready(Some(result));
                }
            }
            Poll::Pending
        })
        .await
    }
}

/// Waits for the answer; `None` when the client is gone, which drops the future. Where the client has
/// sent its next request already, its going is not noticed until the answer is written.
async fn answer_or_end(stream: &mut Stream, mut pending: Pending, watch: bool) -> Option<Response<Body>> {
    let mut watch = watch;
    poll_fn(|cx| {
        if let Poll::Ready(response) = pending.as_mut().poll(cx) {
            return Poll::Ready(Some(response));
        }
        if watch {
            match stream.poll_peek(cx) {
                Poll::Pending => {}
                Poll::Ready(Ok(Peeked::Data)) => watch = false,
                Poll::Ready(Ok(Peeked::End) | Err(_)) => return Poll::Ready(None),
            }
        }
        Poll::Pending
    })
    .await
}

async fn linger(mut stream: Stream) {
    let drain = async {
        stream.shutdown().await?;
        let mut scratch = vec![0; 8_192];
        let mut total = 0;
        while total < LINGER_BYTES {
            match stream.read(&mut scratch).await? {
                0 => break,
                length => total += length,
            }
        }
        std::io::Result::Ok(())
    };
    let _ = tokio::time::timeout(LINGER, drain).await;
}

fn prepend(first: &[u8], rest: &[u8]) -> Bytes {
    let mut whole = BytesMut::with_capacity(first.len() + rest.len());
    whole.extend_from_slice(first);
    whole.extend_from_slice(rest);
    whole.freeze()
}

/// What hyper calls for each request of a connection.
struct OneConnection<H> {
    shared: Arc<Shared<H>>,
    exchange: Exchange,
    address: SocketAddr,
    tls: bool,
}

impl<H: Handler> Service<Request<Incoming>> for OneConnection<H> {
    type Response = Response<Body>;
    type Error = std::convert::Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Self::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let exchange = self.exchange.clone();
        let answer = {
            let mut state = exchange.lock();
            state.busy();
            state.answer.take()
        };
        if let Some(response) = answer {
            return Box::pin(async move { Ok(finish(&exchange, response)) });
        }
        let may_park = request.version() == Version::HTTP_11 && request.method() == Method::POST;
        let close = wants_close(request.headers());
        let peer = self.shared.forwarded.peer(self.address.ip(), self.tls, request.headers());
        let request = request.map(|body| RequestBody::new(body, exchange.clone(), &self.shared.limits));
        let handler = Arc::clone(&self.shared.handler);
        Box::pin(async move {
            let response = match handler.handle(request, peer).await {
                Reply::Now(response) => response,
                Reply::Later(pending) => match park(&exchange, pending, close, may_park) {
                    // The connection's task takes it from here, and drops this future.
                    None => std::future::pending().await,
                    Some(pending) => pending.await,
                },
            };
            Ok(finish(&exchange, response))
        })
    }
}

/// Hands a promise to the connection's task, or gives it back where hyper must stay: with an unread
/// body, the next bytes of the connection would be taken for a request.
fn park(exchange: &Exchange, pending: Pending, close: bool, may_park: bool) -> Option<Pending> {
    let mut state = exchange.lock();
    if !may_park || state.body_open {
        return Some(pending);
    }
    state.parked = Some(Parked { pending, close });
    None
}

fn finish(exchange: &Exchange, response: Response<Body>) -> Response<Body> {
    exchange.lock().idle();
    response
}

fn wants_close(headers: &HeaderMap) -> bool {
    let fields = headers.get_all(header::CONNECTION).iter();
    fields
        .filter_map(|field| field.to_str().ok())
        .flat_map(|field| field.split(','))
        .any(|option| option.trim().eq_ignore_ascii_case("close"))
}
