//! What the first synchronisation of a filled Inbox costs.

use std::time::Instant;

use serde::Serialize;

use super::distribution::median;
use super::hold_pings::Progress;
use super::{BenchError, Target, fleet, process};
use crate::phone::Phone;
use crate::state::SyncOptions;

/// What to measure.
#[derive(Debug, Clone)]
pub struct InitialSync {
    /// How the phone wants the messages.
    pub options: SyncOptions,
    /// How often, each time with a device that the server has not seen. The median counts.
    pub repeats: usize,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Messages in the Inbox.
    pub messages: usize,
    /// Requests that it took.
    pub requests: u64,
    /// Seconds from the first request for the Inbox to the last answer; the median.
    pub seconds: f64,
    /// Messages in a second.
    pub messages_per_second: f64,
    /// Bytes on the wire for each message, both ways, bodies of HTTP only.
    pub bytes_per_message: f64,
    /// The server's CPU seconds for 1,000 messages; the median.
    pub server_cpu_seconds_per_1000: Option<f64>,
    /// The server's memory at the end, KiB of PSS.
    pub memory_kib: Option<u64>,
    /// Seconds of each time.
    pub runs: Vec<f64>,
}

/// Measures, with the first account.
pub async fn run(target: &Target, bench: &InitialSync, progress: Progress<'_>) -> Result<Report, BenchError> {
    let pids = &target.server_pids;
    let (mut seconds, mut cpu, mut traffic, mut messages) = (Vec::new(), Vec::new(), None, 0);
    for _ in 0..bench.repeats.max(1) {
        let mut identity = target.identity(0)?;
        identity.device_id = crate::entropy::device_id().parse().map_err(crate::PhoneError::from)?;
        let mut phone = Phone::with_connector(identity, target.connector()?);
        phone.folder_sync().await?;
        let inbox = fleet::inbox(&phone)?;
        phone.state.collection_mut(&inbox).options = bench.options.clone();

        let before = phone.traffic();
        let (start, cpu_before) = (Instant::now(), process::cpu_time(pids)?);
        phone
            .sync_all(&[&inbox], |state, _| progress("messages fetched", state.items(&inbox).count()))
            .await?;
        seconds.push(start.elapsed().as_secs_f64());
        if let Some((b, a)) = cpu_before.zip(process::cpu_time(pids)?) {
            cpu.push(a.since(&b).as_secs_f64());
        }
        messages = phone.state.items(&inbox).count();
        let now = phone.traffic();
        traffic =
            Some((now.requests - before.requests, now.sent - before.sent + now.received - before.received));
    }
    if messages == 0 {
        let user = target.login(0)?.user.clone();
        return Err(BenchError::TooFewItems { user, has: 0, needs: 1 });
    }
    let (requests, bytes) = traffic.unwrap_or_default();
    let middle = median(&seconds);
    Ok(Report {
        messages,
        requests,
        seconds: middle,
        messages_per_second: messages as f64 / middle.max(f64::MIN_POSITIVE),
        bytes_per_message: bytes as f64 / messages as f64,
        server_cpu_seconds_per_1000: (!cpu.is_empty()).then(|| median(&cpu) * 1000.0 / messages as f64),
        memory_kib: process::memory_kib(pids)?,
        runs: seconds,
    })
}
