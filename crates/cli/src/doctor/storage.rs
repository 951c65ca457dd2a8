//! Whether the database can be used, and whether there is room for it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use fieldpost_store::{Options, Store};

use super::finding::Findings;
use super::mail;
use crate::config::Config;
use crate::config::value::DatabaseUrl;

/// Below this the next message may not fit any more.
const NOTHING: u64 = 20_000_000;
/// Written and removed to see that it can be: a quota or a full disk shows at once.
const PROBE: usize = 1 << 20;

/// Looks at the folder and the database.
pub async fn check(config: &Config, findings: &mut Findings) {
    let url = match config.database() {
        Ok(url) => url,
        Err(problem) => return findings.bad("storage", problem),
    };
    let mut usable = folder(&config.server.data, config, findings);
    if let Some(file) = url.file() {
        let parent = file.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if parent != config.server.data {
            usable &= folder(parent, config, findings);
        }
        if usable && !file.exists() {
            let text = format!("the database {} is made at the first start", file.display());
            return findings.good("storage", text);
        }
    }
    // A full disk has been told of; what the database would say of it adds nothing.
    if usable || url.file().is_none() {
        database(config, &url, findings).await;
    }
}

/// Looks at a folder that the server writes to; false: it can't.
fn folder(path: &Path, config: &Config, findings: &mut Findings) -> bool {
    let there = existing(path);
    if let Some(free) = free(there) {
        if free < NOTHING {
            findings.bad(
                "storage",
                format!(
                    "the disk that holds {} is full ({} free): free some space, or choose another place in section [server]",
                    path.display(),
                    rounded(free)
                ),
            );
            return false;
        }
        if free < config.storage.min_free.0 {
            let text = format!(
                "only {} are free where {} lies, less than the {} that min_free in section [storage] asks for",
                rounded(free),
                path.display(),
                config.storage.min_free
            );
            findings.warning("storage", text);
        } else {
            findings.good("storage", format!("{} are free where {} lies", rounded(free), path.display()));
        }
    }
    match write_probe(there) {
        Ok(()) => true,
        Err(error) if is_full(&error) => {
            findings.bad(
                "storage",
                format!(
                    "{} takes no more data ({error}): free some space, or raise the quota",
                    there.display()
                ),
            );
            false
        }
        Err(error) => {
            let what = if there == path { "" } else { ", where it would be made," };
            findings.bad(
                "storage",
                format!(
                    "{} can't be used, since {}{what} can't be written: {error}; let it belong to the user that the \
                     server runs as, or choose another place in section [server]",
                    path.display(),
                    there.display()
                ),
            );
            false
        }
    }
}

async fn database(config: &Config, url: &DatabaseUrl, findings: &mut Findings) {
    let options = Options { max_connections: config.storage.max_connections.max(2), ..Options::default() };
    let store = match Store::open(url.reveal(), options).await {
        Ok(store) => store,
        Err(error) => return findings.bad("storage", error),
    };
    match store.check().await {
        Ok(health) => findings.good(
            "storage",
            format!(
                "{} {} can be written, schema version {}",
                health.dialect, health.location, health.schema
            ),
        ),
        Err(error) => findings.bad("storage", error),
    }
    mail::check(config, &store, findings).await;
    store.close().await;
}

/// The path, or the innermost folder around it that exists.
pub fn existing(path: &Path) -> &Path {
    path.ancestors().find(|path| path.exists()).unwrap_or(Path::new("/"))
}

/// Bytes that this user may still write there.
fn free(path: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(path).ok()?;
    // File systems that hold nothing, such as /proc, have no size at all.
    if stat.f_blocks == 0 {
        return None;
    }
    stat.f_bavail.checked_mul(stat.f_frsize)
}

fn write_probe(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(format!(".fieldpost-probe-{}", std::process::id()));
    let written = File::create_new(&path).and_then(|mut file| {
        file.write_all(&vec![0x5a; PROBE])?;
        file.sync_all()
    });
    let _ = fs::remove_file(&path);
    written
}

fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

/// To two digits, in a unit that suits.
fn rounded(bytes: u64) -> String {
    let (unit, name) = match bytes {
        1_000_000_000.. => (1_000_000_000, "GB"),
        1_000_000.. => (1_000_000, "MB"),
        _ => (1000, "KB"),
    };
    let tenths = bytes.saturating_mul(10) / unit;
    if tenths < 100 {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    } else {
        format!("{} {name}", bytes / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_is_rounded_for_people() {
        assert_eq!(rounded(72_345_678_901), "72 GB");
        assert_eq!(rounded(1_234_567_890), "1.2 GB");
        assert_eq!(rounded(999), "0.9 KB");
        assert_eq!(rounded(0), "0.0 KB");
    }

    #[test]
    fn the_folder_around_a_missing_one_is_found() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(existing(&root.path().join("a/b/c")), root.path());
    }
}
