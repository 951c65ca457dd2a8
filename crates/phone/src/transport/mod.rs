//! The connection between a phone and its server: HTTP/1.1 over TLS or plain TCP, one connection
//! kept and reused, no task of its own. Dropping a [`Transport`], or the future of a request on it,
//! closes the socket at once, as a phone does that loses its network.
//!
//! [`Connector`] knows where the server is and whom to trust; it is shared by any number of phones.
//! [`mishap`] loses answers on purpose; [`raw`] sends bytes that no well-behaved phone would;
//! [`record`] keeps what was answered.

mod connection;
mod endpoint;
mod gzip;
pub mod mishap;
pub mod raw;
pub mod record;
mod request;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_util::either::Either;

use connection::Connection;
pub use endpoint::{DEFAULT_PATH, Endpoint};
pub use request::{Answer, HttpRequest};
pub use tls::Trust;

/// A TCP connection, with or without TLS around it.
pub type Stream = Either<TcpStream, Box<tokio_rustls::client::TlsStream<TcpStream>>>;

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The address is not one of an ActiveSync server.
    #[error("'{url}' is no server address: {reason}; write https://host[:port][/path]")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The certificates to trust could not be used.
    #[error("the certificates to trust cannot be used: {0}")]
    Trust(String),
    /// No connection came about.
    #[error("cannot connect to {to}: {source}")]
    Connect {
        /// Host and port.
        to: String,
        /// The system's word for it.
        source: std::io::Error,
    },
    /// The TLS handshake failed.
    #[error("no TLS with {to}: {source}")]
    Tls {
        /// Host and port.
        to: String,
        /// Alert, certificate trouble, or a cut connection.
        source: std::io::Error,
    },
    /// Nothing, or not all, came in time.
    #[error("no {what} within {after:?}")]
    Timeout {
        /// What was waited for.
        what: &'static str,
        /// How long.
        after: Duration,
    },
    /// The connection broke, or what came is not HTTP. Whether the server has acted on the request
    /// is unknown.
    #[error("the connection broke before the answer was complete: {0}")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer is larger than [`Timeouts::max_answer`].
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// The answer was lost on purpose, see [`mishap`].
    #[error("the answer was lost on purpose")]
    Lost,
    /// The request cannot be put into HTTP.
    #[error("the request is not valid HTTP: {0}")]
    Request(String),
}

impl TransportError {
    /// Whether the server may have acted on the request although no answer came.
    pub fn may_have_been_acted_on(&self) -> bool {
        matches!(
            self,
            TransportError::Timeout { what: "answer", .. }
                | TransportError::Broken(_)
                | TransportError::TooLarge(_)
                | TransportError::Lost
        )
    }
}

/// Bounds of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For TCP connection and TLS handshake together.
    pub connect: Duration,
    /// From the first byte sent to the last byte of the answer; a parked request adds its heartbeat.
    pub answer: Duration,
    /// Largest answer in bytes, before and after decompression.
    pub max_answer: usize,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts { connect: Duration::from_secs(10), answer: Duration::from_secs(90), max_answer: 256 << 20 }
    }
}

/// Opens connections to one server.
#[derive(Clone)]
pub struct Connector {
    endpoint: Endpoint,
    tls: Option<TlsConnector>,
    timeouts: Timeouts,
}

impl std::fmt::Debug for Connector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Connector({})", self.endpoint)
    }
}

impl Connector {
    /// For the server at `url` (`https://host[:port][/path]`, or `http://`), which proves who it is
    /// as `trust` demands. Nothing is sent yet.
    pub fn new(url: &str, trust: &Trust, timeouts: Timeouts) -> Result<Connector, TransportError> {
        let endpoint = Endpoint::parse(url)?;
        let tls = match endpoint.tls {
            true => Some(TlsConnector::from(Arc::new(trust.client_config()?))),
            false => None,
        };
        Ok(Connector { endpoint, tls, timeouts })
    }

    /// The same trust and bounds for another address, as a 451 answer names it. An address that
    /// would leave TLS is refused: it would give the password away.
    pub fn redirected(&self, url: &str) -> Result<Connector, TransportError> {
        let endpoint = Endpoint::parse(url)?;
        if endpoint.tls != self.tls.is_some() {
            return Err(TransportError::Url {
                url: url.into(),
                reason: "a redirection must not leave TLS, nor enter it",
            });
        }
        Ok(Connector { endpoint, tls: self.tls.clone(), timeouts: self.timeouts })
    }

    /// Where the server is.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The bounds of a request.
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// A new connection, TLS done, nothing sent. Every address of the host is tried, IPv6 and IPv4.
    pub async fn open(&self) -> Result<Stream, TransportError> {
        let after = self.timeouts.connect;
        tokio::time::timeout(after, self.open_unbounded())
            .await
            .map_err(|_| TransportError::Timeout { what: "connection", after })?
    }

    async fn open_unbounded(&self) -> Result<Stream, TransportError> {
        let to = self.endpoint.to_string();
        let address = (self.endpoint.host.as_str(), self.endpoint.port);
        let tcp = TcpStream::connect(address)
            .await
            .map_err(|source| TransportError::Connect { to: to.clone(), source })?;
        tcp.set_nodelay(true).map_err(|source| TransportError::Connect { to: to.clone(), source })?;
        let Some(tls) = &self.tls else {
            return Ok(Either::Left(tcp));
        };
        let name = self.endpoint.server_name()?;
        let stream = tls.connect(name, tcp).await.map_err(|source| TransportError::Tls { to, source })?;
        Ok(Either::Right(Box::new(stream)))
    }
}

/// One phone's way to its server: at most one open connection, reused while the server keeps it.
#[derive(Debug)]
pub struct Transport {
    connector: Arc<Connector>,
    idle: Option<Connection>,
}

impl Transport {
    /// No connection is opened before the first request.
    pub fn new(connector: Arc<Connector>) -> Transport {
        Transport { connector, idle: None }
    }

    /// Where this goes to.
    pub fn connector(&self) -> &Arc<Connector> {
        &self.connector
    }

    /// Whether a connection is kept for the next request.
    pub fn is_connected(&self) -> bool {
        self.idle.is_some()
    }

    /// Closes the kept connection, if any.
    pub fn disconnect(&mut self) {
        self.idle = None;
    }

    /// Opens a connection now, so that the next request does not pay for it.
    pub async fn connect(&mut self) -> Result<(), TransportError> {
        if self.idle.is_none() {
            self.idle = Some(Connection::start(self.connector.open().await?).await?);
        }
        Ok(())
    }

    /// Goes to another server from now on.
    pub fn redirect(&mut self, url: &str) -> Result<(), TransportError> {
        self.connector = Arc::new(self.connector.redirected(url)?);
        self.idle = None;
        Ok(())
    }

    /// Sends `request` and reads the whole answer, `longer` after the usual bound at the latest.
    ///
    /// A kept connection that turns out to be closed is replaced without the caller's notice, unless
    /// the request is one that must not reach the server twice.
    pub async fn send(&mut self, request: &HttpRequest, longer: Duration) -> Result<Answer, TransportError> {
        let bounds = self.connector.timeouts;
        let after = bounds.answer.saturating_add(longer);
        // Taken out, so that a caller who gives up closes the connection.
        if let Some(mut connection) = self.idle.take()
            && connection.is_alive()
        {
            let host = self.connector.endpoint.authority();
            let sent = connection.exchange(request, &host, bounds.max_answer);
            match tokio::time::timeout(after, sent).await {
                Ok(Ok(answer)) => {
                    self.keep(connection);
                    return Ok(answer);
                }
                Ok(Err(TransportError::Broken(_))) if request.repeatable && !connection.was_answered() => {}
                Ok(Err(e)) => return Err(e),
                Err(_) => return Err(TransportError::Timeout { what: "answer", after }),
            }
        }
        let mut connection = Connection::start(self.connector.open().await?).await?;
        let host = self.connector.endpoint.authority();
        let sent = connection.exchange(request, &host, bounds.max_answer);
        let answer = tokio::time::timeout(after, sent)
            .await
            .map_err(|_| TransportError::Timeout { what: "answer", after })??;
        self.keep(connection);
        Ok(answer)
    }

    fn keep(&mut self, mut connection: Connection) {
        if connection.is_alive() {
            self.idle = Some(connection);
        }
    }
}
