//! How many files, and so how many phones, the process may have open.

use rustix::process::{Resource, getrlimit};

use super::finding::Findings;

/// Below this even a small server runs short: each phone that waits holds one.
const FEW: u64 = 4096;

/// Looks at the limit that the server can raise itself to.
pub fn check(findings: &mut Findings) {
    match getrlimit(Resource::Nofile).maximum {
        Some(most) if most < FEW => findings.warning(
            "open files",
            format!(
                "at most {most} files can be open, and each waiting phone needs one: raise the limit \
                 (LimitNOFILE= in a systemd unit, or ulimit -Hn)"
            ),
        ),
        Some(most) => findings.good("open files", format!("up to {most}")),
        None => findings.good("open files", "without limit"),
    }
}
