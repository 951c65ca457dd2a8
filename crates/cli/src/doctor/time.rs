//! Whether the clock can be right: phones, certificates and mail all depend on it.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use jiff::Timestamp;

use super::finding::Findings;
use super::storage::existing;
use crate::config::Config;

/// No clock can be right that shows a time before this program was written: 2026-11-01.
const WRITTEN: i64 = 1_793_491_200;
/// How far the clock of a file server may be away from ours.
const SKEW: Duration = Duration::from_secs(30);

/// Looks at the clock, and at that of the file system where the data lies.
pub fn check(config: &Config, now: Timestamp, findings: &mut Findings) {
    let shown = now.strftime("%Y-%m-%d %H:%M:%S UTC");
    if now.as_second() < WRITTEN {
        findings.bad(
            "time",
            format!("the clock says {shown}, before this program was written: set it, for example with timedatectl set-ntp true"),
        );
        return;
    }
    match file_time(existing(&config.server.data)) {
        Some(time) if time.abs_diff(now.as_second()) > SKEW.as_secs() => findings.warning(
            "time",
            format!(
                "the clock says {shown}, and that of the file system of {} differs by {} s: let both hosts \
                 follow the same time server",
                config.server.data.display(),
                time.abs_diff(now.as_second())
            ),
        ),
        _ => findings.good("time", shown),
    }
}

/// The time that the file system gives to a new file there.
fn file_time(folder: &Path) -> Option<i64> {
    let path = folder.join(format!(".fieldpost-time-{}", std::process::id()));
    fs::write(&path, b"").ok()?;
    let modified = fs::metadata(&path).and_then(|metadata| metadata.modified());
    let _ = fs::remove_file(&path);
    i64::try_from(modified.ok()?.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    fn verdict(now: &str) -> Verdict {
        let mut config = Config::default();
        config.server.data = "/".into();
        let mut findings = Findings::default();
        check(&config, now.parse().unwrap(), &mut findings);
        findings.0[0].verdict
    }

    #[test]
    fn a_clock_that_was_never_set_is_found() {
        assert_eq!(verdict("1970-01-01T00:00:10Z"), Verdict::Bad);
        assert_ne!(verdict("2026-12-01T00:00:00Z"), Verdict::Bad);
    }
}
