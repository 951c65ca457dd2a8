//! The server's TLS: which certificate it shows, and how it changes while connections go on.
//!
//! - [`Source::Own`]: a certificate that the server makes itself, under a small authority of its own,
//!   see [`own`]. For trying out, and for organisations that put that authority on their phones.
//! - [`Source::Files`]: a chain and a key that somebody else made and renews, see [`files`].
//!
//! [`Tls::reload`] reads again; connections that are open keep what they have.

mod files;
mod own;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::net::TcpStream;

pub use files::Certificate;
pub use own::{OWN_AUTHORITY_FILE, RENEW_BEFORE_DAYS, VALID_DAYS};

use crate::stream::Stream;
use crate::tasks::Tasks;

/// Where the certificate comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Made by the server and kept in a folder.
    Own {
        /// The folder; made where missing.
        folder: PathBuf,
        /// Host names and addresses that phones reach the server by. `localhost`, `127.0.0.1` and `::1`
        /// are always added.
        names: Vec<String>,
    },
    /// Made by others.
    Files {
        /// PEM: the server's certificate, then those that lead to a known authority. Shown whole.
        chain: PathBuf,
        /// PEM: its key, PKCS#8, PKCS#1 or SEC1.
        key: PathBuf,
    },
}

/// Why there is no certificate to show. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file can't be read.
    #[error("{what} {} can't be read: {source}: check the path, and that the user the server runs as may read it", path.display())]
    Unreadable {
        /// What the file is.
        what: &'static str,
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file can't be written.
    #[error("{what} {} can't be written: {source}: check that the folder belongs to the user the server runs as, and that the disk has room", path.display())]
    Unwritable {
        /// What the file is.
        what: &'static str,
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{what} {} is not usable: {problem}", path.display())]
    Unusable {
        /// What the file is.
        what: &'static str,
        /// Its path.
        path: PathBuf,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The key belongs to another certificate.
    #[error("the key {} does not belong to the certificate {}: give the key that the certificate was requested with; in the chain, the server's own certificate comes first", key.display(), chain.display())]
    Mismatch {
        /// Path of the chain.
        chain: PathBuf,
        /// Path of the key.
        key: PathBuf,
    },
    /// A name that no certificate can have.
    #[error("a certificate can't be made for {name:?}: {problem}")]
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The library failed.
    #[error("TLS can't be set up: {0}")]
    Setup(String),
}

/// A TLS configuration that follows its certificate. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Tls {
    source: Source,
    config: Arc<ServerConfig>,
    current: Arc<Current>,
}

#[derive(Debug)]
struct Current(RwLock<Arc<Loaded>>);

#[derive(Debug)]
struct Loaded {
    certified: Arc<CertifiedKey>,
    certificate: Certificate,
    stamp: files::Stamp,
}

impl Current {
    fn get(&self) -> Arc<Loaded> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.get().certified))
    }
}

impl Tls {
    /// Reads the certificate, making it where it is the server's own. `now` in seconds since 1970 UTC.
    /// A certificate that has expired is refused where it was given, and renewed where it is our own.
    pub fn open(source: Source, now: i64) -> Result<Tls, TlsError> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let current = Arc::new(Current(RwLock::new(Arc::new(load(&source, &provider, now)?))));
        let config = server_config(provider, Arc::clone(&current))?;
        Ok(Tls { source, config: Arc::new(config), current })
    }

    /// Reads the certificate again, for connections from now on, and tells whether it is another. On
    /// failure the one before stays.
    pub fn reload(&self, now: i64) -> Result<bool, TlsError> {
        let loaded = load(&self.source, self.config.crypto_provider(), now)?;
        let changed = loaded.certificate.fingerprint != self.current.get().certificate.fingerprint;
        *self.current.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(loaded);
        Ok(changed)
    }

    /// Starts a task that reloads the certificate when its files change or our own is about to expire.
    /// It looks once a minute. `now` gives seconds since 1970 UTC.
    pub fn keep_fresh(&self, tasks: &Tasks, now: impl Fn() -> i64 + Send + 'static) {
        let (tls, draining) = (self.clone(), tasks.draining().clone());
        tasks.spawn("certificate", async move {
            let mut failed = None;
            loop {
                tokio::select! {
                    () = draining.cancelled() => return,
                    () = tokio::time::sleep(Duration::from_secs(60)) => {}
                }
                tls.refresh(now(), &mut failed);
            }
        });
    }

    /// One look of [`Tls::keep_fresh`]. `failed` is what was logged last, so that it is logged once.
    fn refresh(&self, now: i64, failed: &mut Option<String>) {
        let loaded = self.current.get();
        let own_is_due =
            matches!(self.source, Source::Own { .. }) && own::is_due(loaded.certificate.not_after, now);
        if files::Stamp::of(&self.source) == loaded.stamp && !own_is_due {
            return;
        }
        match self.reload(now) {
            Ok(changed) => {
                *failed = None;
                if changed {
                    tracing::info!(
                        fingerprint = self.certificate().fingerprint,
                        "the certificate was replaced"
                    );
                }
            }
            Err(error) => {
                let text = error.to_string();
                if failed.as_ref() != Some(&text) {
                    tracing::error!(error = text, "the certificate stays as it was");
                    *failed = Some(text);
                }
            }
        }
    }

    /// What is shown to clients.
    pub fn certificate(&self) -> Certificate {
        self.current.get().certificate.clone()
    }

    /// The authority that phones can be told to trust, where the certificate is our own.
    pub fn own_authority(&self) -> Option<PathBuf> {
        match &self.source {
            Source::Own { folder, .. } => Some(folder.join(OWN_AUTHORITY_FILE)),
            Source::Files { .. } => None,
        }
    }

    /// Shakes hands. The caller sets the time limit.
    pub async fn accept(&self, stream: TcpStream) -> std::io::Result<Stream> {
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::clone(&self.config));
        Ok(Stream::Tls(Box::new(acceptor.accept(stream).await?)))
    }

    /// The configuration, for a connection that turns to TLS later (STARTTLS).
    pub fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config)
    }
}

fn load(source: &Source, provider: &CryptoProvider, now: i64) -> Result<Loaded, TlsError> {
    let (chain, key, refuse_expired) = match source {
        Source::Own { folder, names } => {
            let paths = own::ensure(folder, names, now)?;
            (paths.chain, paths.key, false)
        }
        Source::Files { chain, key } => (chain.clone(), key.clone(), true),
    };
    // Taken before reading: a file that changes in between is seen as changed next time.
    let stamp = files::Stamp::of(source);
    let (certified, certificate) = files::load(&chain, &key, provider)?;
    if refuse_expired && certificate.not_after <= now {
        return Err(TlsError::Unusable {
            what: "the certificate",
            path: chain,
            problem: "it has expired: renew it with whoever issued it".into(),
        });
    }
    Ok(Loaded { certified: Arc::new(certified), certificate, stamp })
}

fn server_config(provider: Arc<CryptoProvider>, current: Arc<Current>) -> Result<ServerConfig, TlsError> {
    let setup = |error: rustls::Error| TlsError::Setup(error.to_string());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(setup)?
        .with_no_client_auth()
        .with_cert_resolver(current);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A phone keeps one ticket; its state lies with the phone, not here, so that ten thousand phones
    // cost nothing and all of them resume.
    config.ticketer = rustls::crypto::aws_lc_rs::Ticketer::new().map_err(setup)?;
    config.send_tls13_tickets = 1;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    Ok(config)
}
