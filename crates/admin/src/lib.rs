//! The Mobile Administration web tool and the REST API, on a listener of their own.
//!
//! [`Site`] is the whole of it; [`Site::serve`] offers it on a listener. [`web`] has the pages, [`api`] what
//! programs use. What may be done by whom is decided in `fieldpost_server::administration`, and here only shown.

pub mod api;
mod bridge;
pub mod web;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use fieldpost_net::admission::Admissions;
use fieldpost_net::http::{self, Forwarded};
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_net::tls::Tls;
use fieldpost_server::App;
use fieldpost_server::administration::Administration;
use fieldpost_server::sign_in::{SessionRules, SignIn};
use fieldpost_store::StoreError;

use crate::api::Api;
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
}

impl Site {
    /// The administration of a server.
    pub fn new(app: Arc<App>, rules: SessionRules) -> Arc<Site> {
        app.tasks.spawn("activity", watch(Arc::clone(&app)));
        let administration = Administration::of(&app);
        Arc::new(Site { administration, sign_in: SignIn::new(Arc::clone(&app), rules), app })
    }

    /// How many devices speak which version of the protocol, the newest first.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn versions(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let mut counts = BTreeMap::new();
        for count in self.app.store.device_versions().await? {
            let version = count.version.unwrap_or_else(|| "not known".to_owned());
            *counts.entry(version).or_insert(0u64) += count.devices;
        }
        let mut versions: Vec<(String, u64)> = counts.into_iter().collect();
        let place = |version: &str| -> Option<(u32, u32)> {
            let (major, minor) = version.split_once('.')?;
            Some((major.parse().ok()?, minor.parse().ok()?))
        };
        versions.sort_by_key(|(version, _)| Reverse(place(version)));
        Ok(versions)
    }

    /// Pages and API.
    pub fn router(self: &Arc<Self>) -> Router {
        let api = Api::of(&self.app, self.administration.clone());
        web::router(Arc::clone(self)).nest(api::BASE, api::router(Arc::new(api)))
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
        let bridge = Arc::new(Bridge::new(self.router()));
        http::serve(listener, tls, forwarded, limits, &self.app.tasks, bridge)
    }
}

/// How often waiting phones are counted.
const WATCH: Duration = Duration::from_secs(60);

/// Counts the phones that wait, for the chart.
async fn watch(app: Arc<App>) {
    loop {
        app.activity.waiting(app.seats.taken(), app.clock.now());
        tokio::select! {
            () = app.tasks.draining().cancelled() => return,
            () = tokio::time::sleep(WATCH) => {}
        }
    }
}
