//! `fieldpost bench administration`: how fast the administration's lists are, in this process.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use fieldpost_domain::AccountId;
use fieldpost_domain::admission::{Action, DeviceAccess};
use fieldpost_domain::audit::{Event, Outcome};
use fieldpost_domain::device::{Control, Device, DeviceInformation, Standing};
use fieldpost_server::administration::audit::{LogFilter, LogQuery};
use fieldpost_server::administration::devices::DeviceQuery;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::clock::SystemClock;
use fieldpost_store::{DeviceOrder, NewAccount, Options, Store};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::report;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Entries written in one transaction.
const PORTION: u32 = 10_000;
/// Devices of an account.
const DEVICES_EACH: u32 = 2;
/// One device of so many is in quarantine.
const QUARANTINED: u32 = 100;
/// Rows of a page.
const PAGE: usize = 50;

/// Measure pages of devices and of the transaction log, in this process
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost bench administration --json
  fieldpost bench administration --devices 1000 --entries 10000 --database postgres://bench@localhost/bench")]
pub struct AdministrationArgs {
    /// How many devices
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    devices: u32,
    /// How many entries of the transaction log
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    entries: u32,
    /// How often each page is asked for
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    repeats: u32,
    /// An empty database to fill; without one, a new SQLite file that is removed afterwards
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

#[derive(Serialize)]
struct Report {
    devices: u32,
    entries: u32,
    fill_seconds: f64,
    /// Milliseconds.
    devices_all: Times,
    devices_by_word: Times,
    devices_by_two_words: Times,
    devices_by_no_word_of_any: Times,
    devices_by_standing: Times,
    devices_by_account: Times,
    devices_last_seen: Times,
    log_newest: Times,
    log_far_back: Times,
    log_by_actor: Times,
    log_by_mailbox: Times,
    log_by_device: Times,
    log_by_action: Times,
    log_by_time: Times,
    log_by_outcome: Times,
    log_by_two: Times,
}

#[derive(Debug, Serialize)]
struct Times {
    p50: f64,
    p99: f64,
    rows: usize,
}

/// Runs it.
pub async fn run(globals: &Globals, args: AdministrationArgs) -> Result<Exit, Failure> {
    let folder = tempfile::tempdir()?;
    let url = args.database.clone();
    let url = url.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("administration.db").display()));
    let store = Store::open(&url, Options::default()).await?;
    let now = Timestamp::from_second(1_795_000_000).map_err(Failure::failed)?;
    let begun = Instant::now();
    fill_devices(&store, args.devices, now).await?;
    fill_log(&store, args.entries, args.devices, now).await?;
    let fill_seconds = begun.elapsed().as_secs_f64();
    let of = Asked {
        acts: Administration::of_store(store.clone(), Arc::new(SystemClock)),
        repeats: args.repeats,
        devices: args.devices,
        entries: args.entries,
    };
    let middle = now.checked_sub(SignedDuration::from_secs(i64::from(args.entries) / 2)).unwrap_or(now);
    let later = middle.checked_add(SignedDuration::from_hours(1)).unwrap_or(now);
    let filter = LogFilter::default;
    let report = Report {
        devices: args.devices,
        entries: args.entries,
        fill_seconds,
        devices_all: of.devices(|_| DeviceQuery::default()).await?,
        devices_by_word: of.devices(|_| by_text("iphone")).await?,
        devices_by_two_words: of.devices(|n| by_text(&format!("user{n} pixel"))).await?,
        devices_by_no_word_of_any: of.devices(|_| by_text("typewriter")).await?,
        devices_by_standing: of
            .devices(|_| DeviceQuery { standing: Some(Standing::Quarantined), ..DeviceQuery::default() })
            .await?,
        devices_by_account: of
            .devices(|n| DeviceQuery { account: Some(address(n)), ..DeviceQuery::default() })
            .await?,
        devices_last_seen: of
            .devices(|_| DeviceQuery { order: DeviceOrder::LastSeen, ..DeviceQuery::default() })
            .await?,
        log_newest: of.log(|_| (filter(), None)).await?,
        log_far_back: of.log(|n| (filter(), Some((n + 1) * 37))).await?,
        log_by_actor: of.log(|n| (LogFilter { actor: Some(actor(n)), ..filter() }, None)).await?,
        log_by_mailbox: of.log(|n| (LogFilter { mailbox: Some(address(n)), ..filter() }, None)).await?,
        log_by_device: of.log(|n| (LogFilter { device_id: Some(device_id(n)), ..filter() }, None)).await?,
        log_by_action: of
            .log(|_| (LogFilter { action: Some("device.wipe".to_owned()), ..filter() }, None))
            .await?,
        log_by_time: of
            .log(|_| (LogFilter { from: Some(middle), until: Some(later), ..filter() }, None))
            .await?,
        log_by_outcome: of.log(|_| (LogFilter { outcome: Some(Outcome::Denied), ..filter() }, None)).await?,
        log_by_two: of
            .log(|n| {
                let action = Some("device.block".to_owned());
                (LogFilter { actor: Some(actor(n)), action, ..filter() }, None)
            })
            .await?,
    };
    store.close().await;
    report::print(globals, &report)
}

fn address(account: u32) -> String {
    format!("user{account}@example.test")
}

fn device_id(n: u32) -> String {
    format!("DEVICE{n:08}")
}

fn actor(n: u32) -> String {
    format!("admin{}", n % 20)
}

fn by_text(text: &str) -> DeviceQuery {
    DeviceQuery { text: Some(text.to_owned()), ..DeviceQuery::default() }
}

async fn fill_devices(store: &Store, count: u32, now: Timestamp) -> Result<(), Failure> {
    let mut made = 0;
    for account in 0..count.div_ceil(DEVICES_EACH) {
        let new = NewAccount {
            address: address(account),
            display_name: format!("User {account}"),
            ..NewAccount::default()
        };
        let account = store.create_account(new, now).await?.id;
        for _ in 0..DEVICES_EACH.min(count - made) {
            let (kind, model, os) = match made % 3 {
                0 => ("iPhone", "iPhone16C2", "iOS 18.6"),
                1 => ("Android", "Pixel 9", "Android 15"),
                _ => ("Outlook", "SM-G998B", "Android 14"),
            };
            let device = Device {
                device_id: device_id(made),
                device_type: kind.to_owned(),
                user_agent: Some(format!("{kind}/1.{}", made % 40)),
                version: Some("16.1".to_owned()),
                first_seen: now.as_millisecond() - 1000 * i64::from(made),
                last_seen: now.as_millisecond() - 500 * i64::from(made % 5000),
                information: DeviceInformation {
                    model: Some(model.to_owned()),
                    os: Some(os.to_owned()),
                    ..DeviceInformation::default()
                },
                ..Device::default()
            };
            store.put_device(account, &device).await?;
            if made % QUARANTINED == 0 {
                quarantine(store, account, &device, now).await?;
            }
            made += 1;
        }
    }
    Ok(())
}

async fn quarantine(
    store: &Store,
    account: AccountId,
    device: &Device,
    since: Timestamp,
) -> Result<(), Failure> {
    let because = "not yet examined".to_owned();
    let access = DeviceAccess { state: Action::Quarantine, because, since, until: None };
    let control = Control { access: Some(access), ..Control::default() };
    let mut act = store.act().await?;
    act.put_control(account, &device.device_id, &Control::default(), &control).await?;
    Ok(act.commit().await?)
}

/// An entry a second, the newest now.
async fn fill_log(store: &Store, count: u32, devices: u32, now: Timestamp) -> Result<(), Failure> {
    const ACTIONS: [&str; 10] = [
        "device.block",
        "device.allow",
        "device.release",
        "device.delete",
        "device.resync",
        "policy.put",
        "policy.assign",
        "switches.put",
        "administrator.add",
        "device.show",
    ];
    let mut written = 0;
    while written < count {
        let next = count.min(written + PORTION);
        let mut act = store.act().await?;
        for n in written..next {
            // Multiplied by a large prime, so that neighbours differ in everything.
            let arbitrary = n.wrapping_mul(2_654_435_761) >> 8;
            let action = ACTIONS.get(arbitrary as usize % ACTIONS.len()).copied().unwrap_or_default();
            let event = Event {
                actor: actor(arbitrary / 10),
                through: "web".to_owned(),
                address: "192.0.2.7".to_owned(),
                mailbox: address(arbitrary % devices.div_ceil(DEVICES_EACH)),
                device_id: device_id(arbitrary % devices),
                device_type: "iPhone".to_owned(),
                // One in ten thousand.
                action: if arbitrary % 10_000 == 7 { "device.wipe" } else { action }.to_owned(),
                detail: String::new(),
                outcome: if arbitrary % 1000 == 3 { Outcome::Denied } else { Outcome::Done },
            };
            let at = now.checked_sub(SignedDuration::from_secs(i64::from(count - n))).unwrap_or(now);
            act.log(event, at).await?;
        }
        act.commit().await?;
        written = next;
    }
    Ok(())
}

struct Asked {
    acts: Administration,
    repeats: u32,
    devices: u32,
    entries: u32,
}

impl Asked {
    /// Numbers that look arbitrary and are the same each time.
    fn arbitrary(&self, n: u32) -> u32 {
        (n.wrapping_add(1).wrapping_mul(2_654_435_761) >> 8) % (self.devices / DEVICES_EACH)
    }

    async fn devices(&self, query: impl Fn(u32) -> DeviceQuery) -> Result<Times, Failure> {
        let mut times = Vec::new();
        let mut rows = 0;
        for n in 0..self.repeats {
            let query = DeviceQuery { limit: PAGE, ..query(self.arbitrary(n)) };
            let begun = Instant::now();
            rows += self.acts.devices(&Actor::local(), &query).await?.rows.len();
            times.push(begun.elapsed());
        }
        Ok(self.times(times, rows))
    }

    /// `query` gives the filter, and how many thousandths of the log back the page begins.
    async fn log(&self, query: impl Fn(u32) -> (LogFilter, Option<u32>)) -> Result<Times, Failure> {
        let mut times = Vec::new();
        let mut rows = 0;
        for n in 0..self.repeats {
            let (filter, back) = query(self.arbitrary(n));
            let after = back.map(|back| {
                let place = u64::from(self.entries) * u64::from(back % 1000) / 1000;
                (u64::from(self.entries) - place).to_string()
            });
            let query = LogQuery { filter, limit: PAGE, after };
            let begun = Instant::now();
            rows += self.acts.log(&Actor::local(), &query).await?.rows.len();
            times.push(begun.elapsed());
        }
        Ok(self.times(times, rows))
    }

    fn times(&self, mut times: Vec<Duration>, rows: usize) -> Times {
        times.sort_unstable();
        let at = |part: f64| {
            let index = ((times.len().saturating_sub(1)) as f64 * part).round() as usize;
            times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        Times { p50: at(0.5), p99: at(0.99), rows: rows / times.len().max(1) }
    }
}
