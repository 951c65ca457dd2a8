//! Which authorities are trusted for mail, and what they have revoked: files that the configuration names,
//! read again when they change.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use fieldpost_pki::{Broken, Judge, pem};
use tracing::warn;

/// Where authorities and lists of revoked certificates lie.
#[derive(Debug, Clone, Default)]
pub struct TrustFiles {
    /// Certificates of authorities, PEM or DER.
    pub authorities: Vec<PathBuf>,
    /// Lists of revoked certificates, PEM or DER. They run out, usually within days, and are to be
    /// replaced from outside.
    pub revocation_lists: Vec<PathBuf>,
}

/// What of the files is in use.
#[derive(Debug, Default)]
pub struct Trust {
    files: TrustFiles,
    held: Mutex<Option<(Stamps, Arc<Judge>)>>,
}

/// When each file was changed last; none of one that is not there.
type Stamps = Vec<Option<SystemTime>>;

/// A file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// It can't be read.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// It holds nothing of the kind.
    #[error("{0}: {1}")]
    Content(PathBuf, #[source] Broken),
}

impl Trust {
    /// Trust by these files.
    pub fn new(files: TrustFiles) -> Trust {
        Trust { files, held: Mutex::default() }
    }

    /// Who decides by the files as they are now. A file that can't be used is named in the log, and what
    /// was read last stays in use: a certificate is not to become good or bad since a file is just being
    /// replaced.
    pub async fn judge(&self) -> Arc<Judge> {
        let files = self.files.clone();
        let stamps = stamps(&files).await;
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let last = match held {
            Some((known, judge)) if known == stamps => return judge,
            held => held.map(|(_, judge)| judge),
        };
        let judge = match read(&files).await {
            Ok(judge) => Arc::new(judge),
            Err(error) => {
                warn!(%error, "certificates of authorities can't be read");
                last.unwrap_or_default()
            }
        };
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some((stamps, Arc::clone(&judge)));
        judge
    }
}

/// Reads the files.
///
/// # Errors
/// The first of them that can't be used.
pub async fn read(files: &TrustFiles) -> Result<Judge, TrustError> {
    let mut judge = Judge::default();
    for path in &files.authorities {
        let found = pem::certificates(&bytes(path).await?);
        judge.anchors.extend(found.map_err(|error| TrustError::Content(path.clone(), error))?);
    }
    for path in &files.revocation_lists {
        let found = pem::revocation_lists(&bytes(path).await?);
        judge.lists.extend(found.map_err(|error| TrustError::Content(path.clone(), error))?);
    }
    Ok(judge)
}

async fn bytes(path: &Path) -> Result<Vec<u8>, TrustError> {
    tokio::fs::read(path).await.map_err(|error| TrustError::File(path.to_owned(), error))
}

async fn stamps(files: &TrustFiles) -> Stamps {
    let mut stamps = Vec::new();
    for path in files.authorities.iter().chain(&files.revocation_lists) {
        stamps.push(tokio::fs::metadata(path).await.ok().and_then(|data| data.modified().ok()));
    }
    stamps
}
