//! A server for a test: any handler, on a free port.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use fieldpost_net::admission::Admissions;
use fieldpost_net::http::{self, Body, Forwarded, Handler, Peer, Reply, RequestBody};
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_net::tasks::Tasks;
use fieldpost_net::tls::{Source, Tls};
use hyper::{Request, Response};

/// 2026-11-23, noon.
pub const NOW: i64 = 1_795_435_200;

pub struct Served {
    pub address: SocketAddr,
    pub tasks: Tasks,
    pub admissions: Arc<Admissions>,
}

pub fn plain<H: Handler>(limits: &Limits, handler: H) -> Served {
    start("127.0.0.1:0", limits, None, handler)
}

pub fn start<H: Handler>(address: &str, limits: &Limits, tls: Option<Tls>, handler: H) -> Served {
    let listener = Listener::bind("test", &[address.parse().unwrap()], limits).unwrap();
    let address = listener.addresses()[0];
    let tasks = Tasks::new();
    let admissions = http::serve(listener, tls, Forwarded::ignore(), limits, &tasks, Arc::new(handler));
    Served { address, tasks, admissions }
}

/// TLS with an own certificate in a folder of its own, and the authority to trust.
pub fn own_tls() -> (tempfile::TempDir, Tls, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let source = Source::Own { folder: folder.path().into(), names: vec!["mail.example.com".into()] };
    let tls = Tls::open(source, now()).unwrap();
    let authority = tls.own_authority().unwrap();
    (folder, tls, authority)
}

/// The time of the machine: clients check certificates against it.
#[expect(clippy::disallowed_methods, reason = "the library that checks certificates asks this clock too")]
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// Answers with the length of the body, at most 1,000 bytes of it.
pub async fn measure(request: Request<RequestBody>, _: Peer) -> Reply {
    Reply::Now(match request.into_body().read(1_000).await {
        Ok(body) => Response::new(Body::from(body.len().to_string())),
        Err(error) => error.response(),
    })
}

pub async fn hello(_: Request<RequestBody>, peer: Peer) -> Reply {
    Response::new(Body::from(format!("hello {} {}", peer.address, peer.tls))).into()
}
