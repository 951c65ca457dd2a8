//! How soon a waiting phone hears of a message, with many waiting.

use std::time::Duration;

use serde::Serialize;

use super::courier::{Courier, Route};
use super::hold_pings::{MAX_PHONES, Progress};
use super::holders::{Holders, Ramp};
use super::{BenchError, Distribution, Target, fleet};

/// What to measure.
#[derive(Debug, Clone)]
pub struct PushLatency {
    /// Phones that wait, up to 20,000, spread over the accounts.
    pub phones: usize,
    /// How they come to wait.
    pub ramp: Ramp,
    /// Messages delivered, one at a time, each to an account drawn by lot.
    pub messages: usize,
    /// The way that they take.
    pub route: Route,
    /// How long a push may take before it counts as missed.
    pub patience: Duration,
    /// Pause between a message's last push and the next message: phones fetch it and wait again.
    pub pause: Duration,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Phones that were to wait.
    pub phones: usize,
    /// Phones that waited before the first message.
    pub held: usize,
    /// Messages delivered.
    pub messages: usize,
    /// Pushes that should have come: one for each phone of each message's account.
    pub expected: usize,
    /// Pushes that did not come in time.
    pub missed: usize,
    /// Phones that gave up.
    pub failed: usize,
    /// Why the first of them did.
    pub first_failure: Option<String>,
    /// Milliseconds from the delivery's acknowledgement to the Ping's answer. Below zero: the phone
    /// heard of it first.
    pub after_acknowledgement_ms: Option<Distribution>,
    /// Milliseconds from the first byte of the delivery to the Ping's answer.
    pub after_start_ms: Option<Distribution>,
    /// Milliseconds that the deliveries took.
    pub delivery_ms: Option<Distribution>,
}

/// Measures.
pub async fn run(target: &Target, bench: &PushLatency, progress: Progress<'_>) -> Result<Report, BenchError> {
    let phones = bench.phones.min(MAX_PHONES);
    let accounts = target.logins.len();
    if accounts == 0 {
        return Err(BenchError::NoAccounts);
    }
    let mut courier = Courier::open(&bench.route, target).await?;
    let members = fleet::enlist(target, phones, &|n| progress("phones set up", n)).await?;
    let mut holders = Holders::start(members, bench.ramp, &|n| progress("phones connected", n)).await?;
    let held = holders.waiting();

    let (mut by_acknowledgement, mut by_start, mut delivery) = (Vec::new(), Vec::new(), Vec::new());
    let (mut expected, mut missed) = (0, 0);
    for n in 0..bench.messages {
        let account = crate::entropy::number(accounts.min(phones) as u64) as usize;
        // Phone `number` belongs to account `number % accounts`.
        let due = (account..phones).step_by(accounts).count();
        holders.drain();
        let subject = format!("push {n}");
        let brought = courier.bring(&target.login(account)?.address, &subject).await?;
        delivery.push(milliseconds(brought.started, brought.acknowledged));
        expected += due;
        let mut came = 0;
        while came < due {
            let Some(push) = holders.next_push(bench.patience).await else {
                break;
            };
            if push.number % accounts == account {
                came += 1;
                by_acknowledgement.push(milliseconds(brought.acknowledged, push.at));
                by_start.push(milliseconds(brought.started, push.at));
            }
        }
        missed += due - came;
        progress("messages delivered", n + 1);
        tokio::time::sleep(bench.pause).await;
    }
    let (failed, first_failure) = holders.failed();
    holders.vanish().await;
    Ok(Report {
        phones,
        held,
        messages: bench.messages,
        expected,
        missed,
        failed,
        first_failure,
        after_acknowledgement_ms: Distribution::of(&by_acknowledgement),
        after_start_ms: Distribution::of(&by_start),
        delivery_ms: Distribution::of(&delivery),
    })
}

/// From one moment to another, negative where the second came first.
fn milliseconds(from: std::time::Instant, to: std::time::Instant) -> f64 {
    let after = to.saturating_duration_since(from).as_secs_f64();
    let before = from.saturating_duration_since(to).as_secs_f64();
    (after - before) * 1000.0
}
