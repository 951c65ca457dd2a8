//! What a device's page tells of it, in words: identity, policy, push, the wipe, the last exchanges.

use fieldpost_domain::device::Device;
use fieldpost_domain::wipe::{Wipe, WipeKind, WipeState};
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_server::App;
use fieldpost_server::administration::devices::DeviceView;
use fieldpost_server::exchanges::{self, Exchange};
use jiff::{SignedDuration, Timestamp};

use crate::web::filters;

/// A fact with its name.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// What was found out, and what to do.
pub(super) struct Finding {
    pub(super) mood: &'static str,
    pub(super) word: &'static str,
    pub(super) what: String,
    pub(super) advice: &'static str,
}

pub(super) struct ExchangeRow {
    pub(super) at: String,
    pub(super) machine: String,
    pub(super) command: &'static str,
    pub(super) outcome: String,
    pub(super) mood: &'static str,
    pub(super) took: String,
    pub(super) sizes: String,
    pub(super) request: String,
    pub(super) response: String,
}

pub(super) struct PoisonRow {
    pub(super) folder: String,
    pub(super) class: String,
    pub(super) reason: String,
    pub(super) since: String,
}

/// The wipe in words.
pub(super) struct WipeFacts {
    pub(super) title: &'static str,
    pub(super) lines: Vec<Fact>,
    pub(super) proposed: bool,
    pub(super) cancellable: bool,
    pub(super) mine: bool,
}

fn time(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).map(filters::time).unwrap_or_default()
}

/// What the device is, as it says.
pub(super) fn identity(device: &Device) -> Vec<Fact> {
    let information = &device.information;
    let said = |name: &'static str, value: Option<&String>| {
        value.filter(|value| !value.is_empty()).map(|value| Fact { name, value: value.clone() })
    };
    let facts = [
        said("Device id", Some(&device.device_id)),
        said("Type", Some(&device.device_type)),
        said("Model", information.model.as_ref()),
        said("Operating system", information.os.as_ref()),
        said("Language", information.os_language.as_ref()),
        said("User agent", device.user_agent.as_ref()),
        said("Phone number", information.phone_number.as_ref()),
        said("IMEI", information.imei.as_ref()),
        said("Operator", information.mobile_operator.as_ref()),
    ];
    facts.into_iter().flatten().collect()
}

/// How it synchronises: version, times, policy, push, folders.
pub(super) fn synchronisation(
    app: &App,
    view: &DeviceView,
    exchanges: &[std::sync::Arc<Exchange>],
    folders: &[String],
) -> Vec<Fact> {
    let (device, now) = (&view.device, app.clock.now());
    let seen = Timestamp::from_millisecond(device.last_seen).unwrap_or_default();
    let when = |at: Timestamp| format!("{} ({})", filters::ago(at, now), filters::time(at));
    let synced = exchanges.iter().find(|exchange| {
        exchange.command == Some(CommandName::Sync)
            && matches!(exchange.outcome, exchanges::Outcome::Answered { code: 200, .. })
    });
    vec![
        Fact {
            name: "Protocol version",
            value: device.version.clone().unwrap_or_else(|| "not known".to_owned()),
        },
        Fact { name: "First seen", value: time(device.first_seen) },
        Fact { name: "Last seen", value: when(seen) },
        Fact {
            name: "Last synchronisation",
            value: synced
                .map_or_else(|| "none since the server was started".to_owned(), |found| when(found.at)),
        },
        Fact { name: "Policy", value: policy(app, view, now) },
        Fact {
            name: "Direct Push",
            value: push(device, app.seats.is_taken(view.account.id, &device.device_id)),
        },
        Fact {
            name: "Folders it holds",
            value: if folders.is_empty() { "none".to_owned() } else { folders.join(", ") },
        },
    ]
}

/// Which policy is asked of it, and what it made of it ([MS-ASPROV] 2.2.2.54.1).
fn policy(app: &App, view: &DeviceView, now: Timestamp) -> String {
    let (book, state) = (app.rules.book(), &view.device.policy);
    let Some(asked) = book.policy(view.account.id) else {
        return "none is asked of it: the account is exempt".to_owned();
    };
    let name = &asked.named.name;
    let version = view.device.version.as_deref().and_then(|version| version.parse::<Version>().ok());
    let stale = version.is_some_and(|version| !state.is_current(asked.wanted(version), now));
    match (state.key, state.pending) {
        (_, Some(_)) => format!("{name}: it was told, and has not acknowledged it yet"),
        (None, None) => format!("{name}: not taken yet"),
        (Some(_), None) if stale => {
            format!("{name}: it has an older one, and takes this one at its next request")
        }
        (Some(_), None) => {
            let made_of_it = match state.applied {
                Some(2) => "it obeys a part of it",
                Some(3) => "it obeys nothing of it",
                Some(4) => "somebody else manages the device",
                _ => "it obeys all of it",
            };
            format!("{name}: taken {}, {made_of_it}", time(state.taken))
        }
    }
}

fn push(device: &Device, waiting: bool) -> String {
    let waits = if waiting { "waiting for news now" } else { "not waiting now" };
    match device.ping.as_ref().and_then(|ping| ping.heartbeat) {
        Some(seconds) => {
            let heartbeat = filters::span(SignedDuration::from_secs(i64::from(seconds)));
            format!("{waits}; its heartbeat is {heartbeat}")
        }
        None => waits.to_owned(),
    }
}

pub(super) fn wipe_facts(wipe: &Wipe, me: &str) -> WipeFacts {
    let title = match wipe.state {
        WipeState::Proposed => "A wipe waits for a second administrator",
        WipeState::Pending => "A wipe is ordered; the device has not asked yet",
        WipeState::Sent => "The device was told to wipe itself, and has not confirmed it",
        WipeState::Acknowledged => "The device confirmed that it wiped itself",
        WipeState::Failed => "The device said that it could not wipe itself; it is told again",
        WipeState::Cancelled => "The last wipe was cancelled",
    };
    let kind = match wipe.kind {
        WipeKind::Full => "The whole device",
        WipeKind::AccountOnly => "The account alone",
    };
    let when =
        |name: &'static str, at: Option<Timestamp>| at.map(|at| Fact { name, value: filters::time(at) });
    let by = |who: &str, at: Timestamp| format!("{who}, {}", filters::time(at));
    let mut lines = vec![
        Fact { name: "What", value: kind.to_owned() },
        Fact { name: "Ordered by", value: by(&wipe.ordered_by, wipe.ordered_at) },
    ];
    lines.extend(wipe.approved_by.clone().map(|who| Fact { name: "Approved by", value: who }));
    lines.extend(when("Told the device", wipe.sent_at));
    lines.extend(when("Confirmed", wipe.acknowledged_at));
    let again = wipe.last_acknowledged_at.filter(|last| Some(*last) != wipe.acknowledged_at);
    lines.extend(when("Came back and was wiped again", again));
    lines.extend(
        wipe.cancelled_by
            .clone()
            .zip(wipe.cancelled_at)
            .map(|(who, at)| Fact { name: "Cancelled by", value: by(&who, at) }),
    );
    WipeFacts {
        title,
        lines,
        proposed: wipe.state == WipeState::Proposed,
        cancellable: wipe.state != WipeState::Cancelled,
        mine: wipe.ordered_by == me,
    }
}

pub(super) fn exchange_row(exchange: &Exchange) -> ExchangeRow {
    let readable = |outline: &Option<Box<[u8]>>| outline.as_deref().and_then(exchanges::readable);
    let (outcome, mood) = match exchange.outcome {
        exchanges::Outcome::Answered { code, status } => {
            let status_text = status.map(|status| format!(", status {status}")).unwrap_or_default();
            let well = code == 200 && status.is_none_or(|status| status <= 2);
            (format!("HTTP {code}{status_text}"), if well { "good" } else { "warn" })
        }
        exchanges::Outcome::Gone => ("connection gone".to_owned(), ""),
    };
    let took = exchange.took;
    ExchangeRow {
        at: filters::exact_time(exchange.at),
        machine: filters::machine_time(exchange.at),
        command: exchange.command.map_or("–", |command| command.name()),
        outcome,
        mood,
        took: if took.as_secs() > 0 {
            format!("{} s", took.as_secs())
        } else {
            format!("{} ms", took.as_millis())
        },
        sizes: format!("{} in, {} out", exchange.bytes_in, exchange.bytes_out),
        request: readable(&exchange.request).unwrap_or_default(),
        response: readable(&exchange.response).unwrap_or_default(),
    }
}
