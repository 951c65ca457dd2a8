//! `fieldpost serve`: puts the parts together and keeps them running until it is asked to stop.
//!
//! [`Server`] is the whole of it; [`crate::demo`] starts one as well.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use fieldpost_admin::Site;
use fieldpost_net::limits::{Limits, raise_open_files};
use fieldpost_net::listener::Listener;
use fieldpost_net::tasks::Drained;
use fieldpost_net::tls::{Certificate, Tls};
use fieldpost_server::App;
use fieldpost_server::clock::{Clock, SystemClock};
use fieldpost_server::smtp::inbound::{self, Protocol};
use fieldpost_server::smtp::outbound;
use serde::Serialize;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::{error, info, warn};

use crate::account::make_data_folder;
use crate::cli::Globals;
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::{logging, output, settings};

/// Run the server
///
/// It logs to standard error and runs until it gets SIGTERM or SIGINT. Then it takes no more connections,
/// lets running requests finish and ends; a second signal ends it at once. SIGHUP makes it read the
/// certificate again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost serve
  fieldpost serve --config /etc/fieldpost/fieldpost.toml
  FIELDPOST_LISTEN__HTTPS=127.0.0.1:8443 FIELDPOST_SERVER__DATA=./data fieldpost serve

Exit code: 0 it was asked to stop and did, 1 it could not start, 2 the configuration is wrong.")]
pub struct ServeArgs {
    /// Print the addresses as one line of JSON on standard output when the server is ready
    #[arg(long)]
    print_addresses: bool,
}

/// Where a server listens.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    /// HTTPS, for phones.
    pub https: Vec<SocketAddr>,
    /// Plain HTTP.
    pub http: Vec<SocketAddr>,
    /// SMTP.
    pub smtp: Vec<SocketAddr>,
    /// LMTP.
    pub lmtp: Vec<SocketAddr>,
    /// The web tool.
    pub admin: Vec<SocketAddr>,
    /// PEM file of the authority behind the server's own certificate.
    pub authority: Option<PathBuf>,
}

/// A server that runs.
pub struct Server {
    /// The application.
    pub app: Arc<App>,
    /// Where it listens.
    pub addresses: Addresses,
    tls: Option<Tls>,
    grace: Duration,
}

impl Server {
    /// Binds every address, opens the store, and serves.
    ///
    /// # Errors
    /// A sentence that says what is in the way; nothing is left running then.
    pub async fn start(config: &Config) -> Result<Server, Failure> {
        let mut limits = settings::limits(config);
        if let Some(connections) = raise_open_files()
            && connections < limits.connections
        {
            info!(
                connections,
                "the limit of open files allows fewer connections than [limits] max_connections"
            );
            limits.connections = connections;
        }
        make_data_folder(config)?;
        let bind = |name, addresses: &[SocketAddr], limits: &Limits| {
            let listener = (!addresses.is_empty()).then(|| Listener::bind(name, addresses, limits));
            listener.transpose().map_err(Failure::failed)
        };
        let https = bind("https", &config.listen.https, &limits)?;
        let plain = bind("http", &config.listen.http, &limits)?;
        let smtp = bind("smtp", &config.listen.smtp, &limits)?;
        let lmtp = bind("lmtp", &config.listen.lmtp, &limits)?;
        let admin = bind("admin", &config.admin.listen, &limits)?;
        // SMTP offers STARTTLS with the same certificate.
        let secure_admin = admin.as_ref().filter(|_| config.admin.https);
        let tls = match https.as_ref().or(smtp.as_ref()).or(secure_admin) {
            Some(_) => {
                let now = SystemClock.now().as_second();
                Some(Tls::open(settings::certificate(config), now).map_err(Failure::failed)?)
            }
            None => None,
        };
        let app = App::open(settings::application(config)?).await.map_err(Failure::failed)?;
        let addresses_of =
            |listener: &Option<Listener>| listener.as_ref().map(Listener::addresses).unwrap_or_default();
        let addresses = Addresses {
            https: addresses_of(&https),
            http: addresses_of(&plain),
            smtp: addresses_of(&smtp),
            lmtp: addresses_of(&lmtp),
            admin: addresses_of(&admin),
            authority: tls.as_ref().and_then(Tls::own_authority),
        };
        for (listener, tls) in [(https, tls.clone()), (plain, None)] {
            if let Some(listener) = listener {
                app.serve(listener, tls, settings::forwarded(config), &limits);
            }
        }
        for (protocol, listener) in [(Protocol::Smtp, smtp), (Protocol::Lmtp, lmtp)] {
            if let Some(listener) = listener {
                inbound::start(&app, listener, settings::inbound(config, protocol, tls.as_ref()));
            }
        }
        if let Some(listener) = admin {
            let site = Site::new(Arc::clone(&app), settings::session_rules(config));
            let tls = tls.clone().filter(|_| config.admin.https);
            site.serve(listener, tls, settings::forwarded(config), &limits);
        }
        outbound::start(&app, settings::outbound(config)?).map_err(Failure::usage)?;
        if let Some(tls) = &tls {
            tls.keep_fresh(&app.tasks, || SystemClock.now().as_second());
        }
        Ok(Server { app, addresses, tls, grace: config.server.drain })
    }

    /// What clients are shown.
    pub fn certificate(&self) -> Option<Certificate> {
        self.tls.as_ref().map(Tls::certificate)
    }

    /// Reads the certificate again. On failure the one before stays, which is logged.
    pub fn reload(&self) {
        let Some(tls) = &self.tls else { return };
        match tls.reload(SystemClock.now().as_second()) {
            Ok(changed) => {
                info!(changed, fingerprint = tls.certificate().fingerprint, "the certificate was read");
            }
            Err(error) => error!(%error, "the certificate stays as it was"),
        }
    }

    /// Takes no more connections, lets what runs finish within the time of grace, and closes the store.
    pub async fn stop(self) -> Drained {
        let drained = self.app.tasks.drain(self.grace).await;
        self.app.store.close().await;
        drained
    }
}

/// Runs it.
pub async fn run(globals: &Globals, args: ServeArgs) -> Result<Exit, Failure> {
    let loaded = globals.load()?;
    logging::start(&loaded.config.log)?;
    let mut signals = Signals::new()?;
    let server = Server::start(&loaded.config).await?;
    let Addresses { https, http, smtp, lmtp, admin, .. } = &server.addresses;
    info!(
        version = env!("CARGO_PKG_VERSION"),
        configuration = loaded.file.as_ref().map(|file| file.display().to_string()),
        ?https,
        ?http,
        ?smtp,
        ?lmtp,
        ?admin,
        "ready"
    );
    if args.print_addresses {
        output::line(&serde_json::to_string(&server.addresses).map_err(Failure::failed)?)?;
    }
    while signals.next().await == Asked::Reload {
        server.reload();
    }
    info!("stopping; a second signal stops at once");
    tokio::select! {
        drained = server.stop() => match drained {
            Drained::All => info!("stopped"),
            Drained::Cut(requests) => warn!(requests, "stopped; these did not finish in time"),
        },
        () = signals.stop() => warn!("stopped at once"),
    }
    Ok(Exit::Done)
}

/// What a signal asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Read the certificate again.
    Reload,
    /// Stop.
    Stop,
}

/// The signals that mean something to a server.
pub struct Signals {
    hangup: Signal,
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Begins to listen for them.
    pub fn new() -> std::io::Result<Signals> {
        Ok(Signals {
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// The next one.
    pub async fn next(&mut self) -> Asked {
        tokio::select! {
            _ = self.hangup.recv() => Asked::Reload,
            _ = self.interrupt.recv() => Asked::Stop,
            _ = self.terminate.recv() => Asked::Stop,
        }
    }

    /// The next one that asks to stop.
    pub async fn stop(&mut self) {
        while self.next().await == Asked::Reload {}
    }
}
