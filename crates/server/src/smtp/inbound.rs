//! Listens for mail from other servers.

use std::net::SocketAddr;
use std::sync::Arc;

use fieldpost_net::admission::{Admission, Admissions};
use fieldpost_net::listener::Listener;
use fieldpost_net::stream::Stream;
use fieldpost_net::tls::Tls;

use super::session::Session;
pub use super::wire::Patience;
use crate::App;

/// Which dialogue a listener speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// RFC 5321: one reply for a message, whoever it is for.
    Smtp,
    /// RFC 2033: one reply for each recipient. For use by a mail server on the same machine or network.
    Lmtp,
}

/// What a listener is told.
#[derive(Debug, Clone)]
pub struct Inbound {
    /// Which dialogue.
    pub protocol: Protocol,
    /// The name by which this server greets and signs what it takes.
    pub hostname: String,
    /// Largest message, bytes. Default 50 MiB.
    pub size: usize,
    /// Most recipients of one message; RFC 5321 asks for at least 100. Default 200.
    pub recipients: usize,
    /// Offer STARTTLS with this certificate.
    pub tls: Option<Tls>,
    /// How long to wait for the client.
    pub patience: Patience,
}

impl Inbound {
    /// The defaults, for a server of this name.
    pub fn new(protocol: Protocol, hostname: &str) -> Inbound {
        Inbound {
            protocol,
            hostname: hostname.to_owned(),
            size: 50 * 1_024 * 1_024,
            recipients: 200,
            tls: None,
            patience: Patience::default(),
        }
    }
}

/// Takes mail on a listener until [`App::tasks`] is drained.
pub fn start(app: &Arc<App>, listener: Listener, settings: Inbound) -> Arc<Admissions> {
    let (app, settings) = (Arc::clone(app), Arc::new(settings));
    let tasks = app.tasks.clone();
    listener.start(&tasks, move |stream, address: SocketAddr, admission: Admission| {
        let session = Session::new(Arc::clone(&app), Arc::clone(&settings), address.ip(), admission);
        session.run(Stream::Plain(stream))
    })
}
