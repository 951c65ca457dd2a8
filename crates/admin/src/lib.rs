//! The Mobile Administration web tool and the REST API, on a listener of their own.
//!
//! [`Site`] is the whole of it; [`Site::serve`] offers it on a listener. [`web`] has the pages. What may be
//! done by whom is decided in `fieldpost_server::administration`, and here only shown.

mod bridge;
pub mod web;

use std::sync::Arc;

use fieldpost_net::admission::Admissions;
use fieldpost_net::http::{self, Forwarded};
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_net::tls::Tls;
use fieldpost_server::App;
use fieldpost_server::administration::Administration;
use fieldpost_server::sign_in::{SessionRules, SignIn};
use jiff::Timestamp;

use crate::bridge::Bridge;

/// Most bytes of a request's body: forms are small.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// What all pages share.
pub struct Site {
    /// The server that is administered.
    pub app: Arc<App>,
    /// Who is who.
    pub sign_in: SignIn,
    /// What may be done.
    pub administration: Administration,
    /// When this began.
    pub started: Timestamp,
}

impl Site {
    /// The administration of a server.
    pub fn new(app: Arc<App>, rules: SessionRules) -> Arc<Site> {
        let started = app.clock.now();
        let administration = Administration::of(&app);
        Arc::new(Site { administration, sign_in: SignIn::new(Arc::clone(&app), rules), app, started })
    }

    /// Offers it on a listener until the server's tasks are drained. Without `tls` it speaks plain HTTP, for
    /// a proxy on the same machine that does TLS.
    pub fn serve(
        self: &Arc<Self>,
        listener: Listener,
        tls: Option<Tls>,
        forwarded: Forwarded,
        limits: &Limits,
    ) -> Arc<Admissions> {
        let bridge = Arc::new(Bridge::new(web::router(Arc::clone(self))));
        http::serve(listener, tls, forwarded, limits, &self.app.tasks, bridge)
    }
}
