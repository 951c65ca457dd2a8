//! A server on the loopback that answers each request as a script says, byte by byte, and notes what
//! it was asked.

use std::sync::{Arc, Mutex};

use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// One request as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which connection it came on, from 0.
    pub connection: usize,
    /// Request line and headers.
    pub head: String,
    /// Body.
    pub body: Vec<u8>,
}

/// What to do about a request.
pub enum Act {
    /// Write these bytes and keep the connection.
    Say(Vec<u8>),
    /// Write these bytes, then close.
    SayAndClose(Vec<u8>),
}

/// A complete answer with a body.
pub fn ok(body: &[u8]) -> Act {
    Act::Say(http(200, "", body))
}

/// An answer's bytes; `headers` are lines that end in CRLF.
pub fn http(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut out =
        format!("HTTP/1.1 {status} x\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    out.extend_from_slice(body);
    out
}

type Script = dyn Fn(&Seen) -> Act + Send + Sync;

/// The server. It stops when it is dropped.
pub struct Loopback {
    /// Its URL.
    pub url: String,
    /// Its certificate, if it speaks TLS.
    pub certificate: Option<CertificateDer<'static>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    tasks: JoinSet<()>,
}

impl Loopback {
    /// Starts one without TLS.
    pub async fn plain(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> Loopback {
        Loopback::start(None, Arc::new(script)).await
    }

    /// Starts one with TLS and a certificate for `localhost` of its own making.
    pub async fn tls(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> Loopback {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let certificate = made.cert.der().clone();
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Loopback::start(Some((acceptor, certificate)), Arc::new(script)).await
    }

    async fn start(tls: Option<(TlsAcceptor, CertificateDer<'static>)>, script: Arc<Script>) -> Loopback {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://localhost:{}", listener.local_addr().unwrap().port());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = JoinSet::new();
        let (acceptor, certificate) = tls.unzip();
        let notes = Arc::clone(&seen);
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            for connection in 0.. {
                let Ok((tcp, _)) = listener.accept().await else { return };
                let (acceptor, script, notes) = (acceptor.clone(), Arc::clone(&script), Arc::clone(&notes));
                connections.spawn(async move {
                    match acceptor {
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(tcp).await {
                                serve(stream, connection, &*script, &notes).await;
                            }
                        }
                        None => serve(tcp, connection, &*script, &notes).await,
                    }
                });
            }
        });
        Loopback { url, certificate, seen, tasks }
    }

    /// Requests that came in whole so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until `n` requests have come in whole.
    pub async fn wait_for(&self, n: usize) -> Vec<Seen> {
        let many = async {
            while self.seen().len() < n {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), many).await.expect("requests come in");
        self.seen()
    }

    /// Stops it: connections close.
    pub async fn stop(&mut self) {
        self.tasks.shutdown().await;
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    connection: usize,
    script: &Script,
    notes: &Mutex<Vec<Seen>>,
) {
    while let Some(seen) = read_request(&mut stream, connection).await {
        let act = script(&seen);
        notes.lock().unwrap().push(seen);
        let (bytes, close) = match act {
            Act::Say(bytes) => (bytes, false),
            Act::SayAndClose(bytes) => (bytes, true),
        };
        if stream.write_all(&bytes).await.is_err() || stream.flush().await.is_err() || close {
            return;
        }
    }
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin), connection: usize) -> Option<Seen> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .lines()
        .find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse()))
        .map_or(0, Result::unwrap);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Seen { connection, head, body })
}
