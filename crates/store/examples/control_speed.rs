//! What a page of devices and a page of the transaction log cost: `cargo run --release -p fieldpost-store
//! --example control_speed [DEVICES] [ENTRIES] [URL]`, 10,000 devices of 2,500 accounts and 1,000,000 entries
//! in a new SQLite file where nothing is given.
//!
//! Each kind of page is read many times, with another word, place or span each time; told are the middle and
//! the slowest in a hundred. It ends with an error where one in a hundred takes more than 100 ms.

#![expect(clippy::unwrap_used, reason = "a measurement that can't go on ends")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use fieldpost_domain::admission::{Action, DeviceAccess};
use fieldpost_domain::audit::{NewEntry, Outcome};
use fieldpost_domain::device::{Device, DeviceInformation, Standing};
use fieldpost_store::{DeviceFilter, DeviceOrder, LogFilter, NewAccount, Options, Store};
use jiff::Timestamp;

/// What is promised.
const LIMIT: Duration = Duration::from_millis(100);
/// Entries that one transaction appends here.
const PORTION: i64 = 2000;
const ROUNDS: usize = 200;

const KINDS: [(&str, &str, &str); 4] = [
    ("iPhone", "iPhone15C2", "iOS 17.5.1 21F90"),
    ("SamsungDevice", "SM-G998B", "Android 14"),
    ("Outlook", "Outlook for iOS and Android", "Android 13"),
    ("WindowsMail", "Surface", "Windows 11"),
];

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

async fn fill_devices(store: &Store, devices: usize) {
    let accounts = (devices / 4).max(1);
    for number in 0..accounts {
        let new = NewAccount {
            address: format!("person{number}@example.org"),
            display_name: format!("Person Number {number}"),
            ..NewAccount::default()
        };
        let account = store.create_account(new, at(0)).await.unwrap();
        for (nth, (kind, model, os)) in KINDS.into_iter().enumerate() {
            let id = format!("{kind}{number:06}{nth}");
            let device = Device {
                device_id: id.clone(),
                device_type: kind.to_owned(),
                user_agent: Some(format!("{kind}/{}.{nth}", number % 50)),
                version: Some("16.1".to_owned()),
                information: DeviceInformation {
                    model: Some(model.to_owned()),
                    os: Some(os.to_owned()),
                    friendly_name: Some(format!("The {kind} of person {number}")),
                    ..DeviceInformation::default()
                },
                last_seen: at(i64::try_from((number * 7919 + nth * 31) % 100_000).unwrap()).as_millisecond(),
                ..Device::default()
            };
            store.put_device(account.id, &device).await.unwrap();
            if number % 20 == 0 {
                let mut act = store.act().await.unwrap();
                let (_, before) = act.device(account.id, &id).await.unwrap().unwrap();
                let mut control = before.clone();
                control.access = Some(DeviceAccess {
                    state: Action::Quarantine,
                    because: "rule 1".to_owned(),
                    since: at(0),
                    until: None,
                });
                act.put_control(account.id, &id, &before, &control).await.unwrap();
                act.commit().await.unwrap();
            }
        }
    }
}

async fn fill_log(store: &Store, entries: i64) {
    const ACTIONS: [&str; 8] = [
        "device.allow",
        "device.block",
        "device.wipe",
        "device.wipe.sent",
        "device.wipe.acknowledged",
        "policy.put",
        "rules.put",
        "device.delete",
    ];
    let mut number = 0;
    while number < entries {
        let mut act = store.act().await.unwrap();
        for _ in 0..PORTION.min(entries - number) {
            number += 1;
            let spread = usize::try_from(number.wrapping_mul(2_654_435_761) % 1_000_003).unwrap();
            // One administrator does nearly everything, another one thing only.
            let (actor, action) = match spread % 1000 {
                0 => ("rare", "device.wipe"),
                1..=600 => ("busy", ACTIONS[spread % 7]),
                _ => ("server", ACTIONS[spread % 8]),
            };
            let new = NewEntry {
                actor: actor.to_owned(),
                through: "web".to_owned(),
                address: "192.0.2.7".to_owned(),
                mailbox: format!("person{}@example.org", spread % 2500),
                device_id: format!("iPhone{:06}0", spread % 2500),
                device_type: "iPhone".to_owned(),
                action: action.to_owned(),
                detail: "as was asked for".to_owned(),
                outcome: Some(if spread % 500 == 0 { Outcome::Denied } else { Outcome::Done }),
            };
            act.log(new, at(number)).await.unwrap();
        }
        act.commit().await.unwrap();
    }
}

/// Reads pages of one kind, and tells whether they were quick enough.
async fn measure(name: &str, mut page: impl AsyncFnMut(usize) -> usize) -> bool {
    let mut times = Vec::with_capacity(ROUNDS);
    let mut rows = 0;
    for round in 0..ROUNDS {
        let begin = Instant::now();
        rows += page(round).await;
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    let (middle, slow) = (times[ROUNDS / 2], times[ROUNDS * 99 / 100]);
    println!("{name:42} {:8.2} ms {:8.2} ms  {:6.1} rows", ms(middle), ms(slow), rows as f64 / ROUNDS as f64);
    slow <= LIMIT
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let devices: usize = arguments.next().map_or(10_000, |text| text.parse().unwrap());
    let entries: i64 = arguments.next().map_or(1_000_000, |text| text.parse().unwrap());
    let folder = std::env::temp_dir().join(format!("fieldpost-control-speed-{}", std::process::id()));
    let url = arguments.next().unwrap_or_else(|| {
        std::fs::create_dir_all(&folder).unwrap();
        format!("sqlite:{}", folder.join("fieldpost.db").display())
    });
    let store = Store::open(&url, Options::default()).await.unwrap();
    let begin = Instant::now();
    fill_devices(&store, devices).await;
    println!("{devices} devices: {:.1} s", begin.elapsed().as_secs_f64());
    let begin = Instant::now();
    fill_log(&store, entries).await;
    println!("{entries} entries: {:.1} s", begin.elapsed().as_secs_f64());
    println!("{:42} {:>11} {:>11}", "page of 50", "middle", "1 in 100");

    let list = async |filter: DeviceFilter, order, after: Option<String>| {
        store.list_devices(&filter, order, after.as_deref(), 50).await.unwrap().0.len()
    };
    let text = |text: String| DeviceFilter { text: Some(text), ..DeviceFilter::default() };
    let nth = |round: usize| round * 7919 % (devices / 4).max(1);
    let mut good = true;
    good &= measure("devices by user, somewhere", async |round| {
        let place = format!("person{}@example.org A", nth(round));
        list(DeviceFilter::default(), DeviceOrder::Owner, Some(place)).await
    })
    .await;
    good &= measure("devices seen last", async |_| {
        list(DeviceFilter::default(), DeviceOrder::LastSeen, None).await
    })
    .await;
    good &= measure("devices of a user by name", async |round| {
        list(text(format!("number {}", nth(round))), DeviceOrder::Owner, None).await
    })
    .await;
    good &= measure("devices by a word of many", async |_| {
        list(text("samsung".to_owned()), DeviceOrder::LastSeen, None).await
    })
    .await;
    good &= measure("devices by a word of none", async |round| {
        list(text(format!("toaster{round}")), DeviceOrder::Owner, None).await
    })
    .await;
    good &= measure("devices in quarantine", async |_| {
        let filter = DeviceFilter { standing: Some(Standing::Quarantined), ..DeviceFilter::default() };
        list(filter, DeviceOrder::LastSeen, None).await
    })
    .await;
    good &= measure("devices in no state with a word", async |_| {
        let filter = DeviceFilter { standing: Some(Standing::Wiped), ..text("iphone".to_owned()) };
        list(filter, DeviceOrder::Owner, None).await
    })
    .await;

    let log = async |filter: LogFilter, before: Option<i64>| {
        store.audit_page(&filter, before, 50).await.unwrap().len()
    };
    let all = LogFilter::default;
    let person = |round: usize| Some(format!("person{}@example.org", round * 13 % 2500));
    good &= measure("log, newest", async |_| log(all(), None).await).await;
    good &= measure("log, somewhere", async |round| {
        log(all(), Some(entries / 200 * i64::try_from(round).unwrap())).await
    })
    .await;
    good &= measure("log, a span of time", async |round| {
        let from = entries / 200 * i64::try_from(round).unwrap();
        log(LogFilter { from: Some(at(from)), until: Some(at(from + 3600)), ..all() }, None).await
    })
    .await;
    good &= measure("log, a mailbox", async |round| {
        log(LogFilter { mailbox: person(round), ..all() }, None).await
    })
    .await;
    good &= measure("log, a mailbox and a rare act", async |round| {
        let action = Some("device.delete".to_owned());
        let actor = Some("rare".to_owned());
        log(LogFilter { mailbox: person(round), action, actor, ..all() }, None).await
    })
    .await;
    good &= measure("log, a busy administrator", async |_| {
        log(LogFilter { actor: Some("busy".to_owned()), ..all() }, None).await
    })
    .await;
    good &= measure("log, an act that administrator never did", async |_| {
        let action = Some("device.delete".to_owned());
        log(LogFilter { actor: Some("busy".to_owned()), action, ..all() }, None).await
    })
    .await;
    good &= measure("log, a device in a span of time", async |round| {
        let device_id = Some(format!("iPhone{:06}0", round * 13 % 2500));
        log(LogFilter { device_id, from: Some(at(entries / 2)), ..all() }, None).await
    })
    .await;
    good &= measure("log, what was denied", async |_| {
        log(LogFilter { outcome: Some(Outcome::Denied), ..all() }, None).await
    })
    .await;
    good &= measure("log, what never failed", async |_| {
        log(LogFilter { outcome: Some(Outcome::Failed), ..all() }, None).await
    })
    .await;
    let begin = Instant::now();
    let head = store.verify_audit(None).await.unwrap().unwrap();
    println!("verified {} entries: {:.1} s", head.number, begin.elapsed().as_secs_f64());
    store.close().await;
    let _ = std::fs::remove_dir_all(&folder);
    ExitCode::from(u8::from(!good))
}
