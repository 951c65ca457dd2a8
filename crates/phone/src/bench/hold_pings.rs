//! What a waiting phone costs a server: memory for each, and CPU while nothing happens.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::holders::Holders;
pub use super::holders::Ramp;
use super::{BenchError, Target, fleet, process};

/// What to measure.
#[derive(Debug, Clone)]
pub struct HoldPings {
    /// Phones that wait, up to 20,000; each has a device and a connection of its own.
    pub phones: usize,
    /// How they come to wait.
    pub ramp: Ramp,
    /// How long to watch the server do nothing.
    pub idle: Duration,
    /// How long after all phones have vanished its memory is looked at again.
    pub after: Duration,
}

impl Default for HoldPings {
    fn default() -> Self {
        HoldPings {
            phones: 1000,
            ramp: Ramp::default(),
            idle: Duration::from_secs(20),
            after: Duration::from_secs(5),
        }
    }
}

/// Most phones of one run: a process has so many local ports towards one server.
pub const MAX_PHONES: usize = 20_000;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Phones that were to wait.
    pub phones: usize,
    /// Phones that waited when memory was measured.
    pub held: usize,
    /// Phones that gave up.
    pub failed: usize,
    /// Why the first of them did.
    pub first_failure: Option<String>,
    /// Pings that were answered early because something changed.
    pub pushes: usize,
    /// Seconds to set all phones up.
    pub setup_seconds: f64,
    /// Seconds from the first connection to the last.
    pub connect_seconds: f64,
    /// Connections in a second.
    pub connects_per_second: f64,
    /// The server's memory before the first connection, KiB of PSS.
    pub memory_before_kib: Option<u64>,
    /// The same with all phones waiting.
    pub memory_held_kib: Option<u64>,
    /// The difference for each waiting phone.
    pub kib_per_phone: Option<f64>,
    /// The server's CPU while nothing happened, in percent of one core.
    pub idle_cpu_percent: Option<f64>,
    /// Over how many seconds that was watched.
    pub idle_seconds: f64,
    /// The server's memory after all phones vanished.
    pub memory_after_kib: Option<u64>,
}

/// Told how far a run is.
pub type Progress<'a> = &'a (dyn Fn(&'static str, usize) + Send + Sync);

/// Measures.
pub async fn run(target: &Target, bench: &HoldPings, progress: Progress<'_>) -> Result<Report, BenchError> {
    let pids = &target.server_pids;
    let phones = bench.phones.min(MAX_PHONES);
    let start = Instant::now();
    let members = fleet::enlist(target, phones, &|n| progress("phones set up", n)).await?;
    let setup_seconds = start.elapsed().as_secs_f64();

    // What setting up left behind settles.
    tokio::time::sleep(bench.ramp.settle).await;
    let memory_before_kib = process::memory_kib(pids)?;
    let mut holders = Holders::start(members, bench.ramp, &|n| progress("phones connected", n)).await?;
    let connect_seconds = holders.seconds;
    let memory_held_kib = process::memory_kib(pids)?;
    let held = holders.waiting();

    let (watched, before) = (Instant::now(), process::cpu_time(pids)?);
    tokio::time::sleep(bench.idle).await;
    let (idle, after) = (watched.elapsed().as_secs_f64(), process::cpu_time(pids)?);
    let idle_cpu = before.zip(after).map(|(b, a)| a.since(&b).as_secs_f64());

    let (failed, first_failure) = holders.failed();
    let pushes = holders.pushes();
    holders.vanish().await;
    tokio::time::sleep(bench.after).await;
    let memory_after_kib = process::memory_kib(pids)?;

    let growth = memory_before_kib.zip(memory_held_kib).map(|(b, h)| h as f64 - b as f64);
    Ok(Report {
        phones,
        held,
        failed,
        first_failure,
        pushes,
        setup_seconds,
        connect_seconds,
        connects_per_second: phones as f64 / connect_seconds.max(f64::MIN_POSITIVE),
        memory_before_kib,
        memory_held_kib,
        kib_per_phone: growth.filter(|_| held > 0).map(|g| g / held as f64),
        idle_cpu_percent: idle_cpu.map(|c| 100.0 * c / idle.max(f64::MIN_POSITIVE)),
        idle_seconds: idle,
        memory_after_kib,
    })
}
