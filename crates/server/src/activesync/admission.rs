//! May this device come in? The organisation's rules, the account's lists and the thresholds are asked at
//! every request ([`fieldpost_domain::admission`]); where the answer is another than the last time it is
//! kept with the device, logged, and the user is told by mail.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fieldpost_domain::AccountId;
use fieldpost_domain::admission::threshold::{Counted, Counter};
use fieldpost_domain::admission::{Action, Automatic, Candidate, DeviceAccess, Rules, Verdict, judge};
use fieldpost_domain::backend::Write;
use fieldpost_domain::device::{Control, Device};
use fieldpost_eas::status::Common;
use fieldpost_store::{Act, Store, StoreError, carry_out, decision};
use jiff::Timestamp;
use tracing::info;

use super::context::Context;
use super::fault::Fault;
use super::quarantine::{self, WaitingRoom};
use crate::administration::{Actor, Deed};

/// Devices that are counted; beyond, those whose span of time is over are forgotten, and at worst all.
const MANY: usize = 20_000;

type Counters = HashMap<(AccountId, Box<str>, Counted), Counter>;

/// The rules in force, and what devices did lately.
#[derive(Default)]
pub struct Doorkeeper {
    /// The rules and their revision.
    rules: Mutex<Option<(i64, Arc<Rules>)>>,
    counters: Mutex<Counters>,
}

/// Poisoned or not, both are whole: each is replaced or added to in one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Doorkeeper {
    /// The rules of this revision, as [`Store::known_device`] tells it.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn rules(&self, store: &Store, revision: i64) -> Result<Arc<Rules>, StoreError> {
        if let Some((known, rules)) = &*lock(&self.rules)
            && *known == revision
        {
            return Ok(Arc::clone(rules));
        }
        let (rules, revision) = store.decision::<Rules>(decision::ADMISSION).await?;
        let rules = Arc::new(rules);
        *lock(&self.rules) = Some((revision, Arc::clone(&rules)));
        Ok(rules)
    }

    /// The rules that were read last.
    fn known_rules(&self) -> Option<Arc<Rules>> {
        lock(&self.rules).as_ref().map(|(_, rules)| Arc::clone(rules))
    }

    /// Counts what a device did, and says what follows where it was too much.
    fn count(
        &self,
        rules: &Rules,
        account: AccountId,
        device_id: &str,
        counted: Counted,
        now: Timestamp,
    ) -> Option<Automatic> {
        let threshold = rules.thresholds.of(counted)?;
        let mut counters = lock(&self.counters);
        if counters.len() >= MANY {
            counters.retain(|(_, _, counted), counter| {
                rules.thresholds.of(*counted).is_some_and(|threshold| counter.is_current(threshold, now))
            });
            if counters.len() >= MANY {
                counters.clear();
            }
        }
        let counter = counters.entry((account, device_id.into(), counted)).or_insert(Counter::new(now));
        counter.add(counted, threshold, now)
    }
}

/// Lets the device of a request in, refuses it, or has it wait in quarantine. `rules` is the revision of the
/// rules in force.
pub async fn admit(cx: &mut Context, rules: i64) -> Result<(), Fault> {
    let app = Arc::clone(&cx.app);
    let rules = app.doorkeeper.rules(&app.store, rules).await?;
    let too_much = match cx.is_trial() {
        true => None,
        false => app.doorkeeper.count(&rules, cx.account.id, cx.device_id(), Counted::Command, cx.now),
    };
    settle(cx, &rules, too_much).await?;
    enter(cx).await
}

/// Looks once more while a request waits. Nothing is counted.
pub async fn look_again(cx: &mut Context, rules: i64) -> Result<(), Fault> {
    let app = Arc::clone(&cx.app);
    let rules = app.doorkeeper.rules(&app.store, rules).await?;
    settle(cx, &rules, None).await?;
    enter(cx).await
}

/// Counts something that a device did beside sending a command. What follows from it shows at its next
/// request.
pub async fn note(cx: &Context, counted: Counted) -> Result<(), Fault> {
    let app = Arc::clone(&cx.app);
    let Some(rules) = app.doorkeeper.known_rules().filter(|_| !cx.is_trial()) else { return Ok(()) };
    let now = app.clock.now();
    match app.doorkeeper.count(&rules, cx.account.id, cx.device_id(), counted, now) {
        None => Ok(()),
        // This request ends as it began: what it serves from and what it keeps go together.
        too_much => settle(&mut cx.clone(), &rules, too_much).await,
    }
}

/// Where the device goes, as it was settled.
async fn enter(cx: &mut Context) -> Result<(), Fault> {
    let access = cx.control.access.clone();
    match access.as_ref().map_or(Action::Allow, |access| access.state) {
        Action::Allow => cx.backend = Arc::clone(&cx.app.backend),
        Action::Block => return Err(Fault::Refused(Common::DeviceIsBlockedForThisUser)),
        Action::Quarantine if !quarantine::serves(cx.command) => {
            return Err(Fault::Refused(Common::AccessDenied));
        }
        Action::Quarantine => {
            if let Some(access) = &access {
                let mailbox = Arc::clone(&cx.app.backend);
                let room = WaitingRoom::open(mailbox, &cx.account, &cx.device, access).await?;
                cx.backend = Arc::new(room);
            }
        }
    }
    Ok(())
}

/// The verdict on a device with what was decided about it.
fn verdict(
    cx: &Context,
    rules: &Rules,
    groups: &[String],
    device: &Device,
    control: &Control,
    now: Timestamp,
) -> Verdict {
    let mut addresses = vec![cx.account.address.clone()];
    addresses.extend(cx.account.aliases.iter().cloned());
    let information = &device.information;
    let candidate = Candidate {
        device_type: &device.device_type,
        model: information.model.as_deref(),
        os: information.os.as_deref(),
        user_agent: device.user_agent.as_deref().or(information.user_agent.as_deref()),
        device_id: &device.device_id,
        addresses: &addresses,
        groups,
        personal: control.personal.as_ref(),
        automatic: control.automatic.as_ref(),
    };
    judge(rules, &candidate, now)
}

/// What a verdict makes of what was. A device that was always let in, and is, needs no record.
fn news(before: Option<&DeviceAccess>, verdict: &Verdict, now: Timestamp) -> Option<DeviceAccess> {
    if before.is_none() && verdict.action == Action::Allow {
        return None;
    }
    DeviceAccess::after(before, verdict, now)
}

/// Judges, and keeps the verdict where it is news.
async fn settle(cx: &mut Context, rules: &Rules, too_much: Option<Automatic>) -> Result<(), Fault> {
    let app = Arc::clone(&cx.app);
    let now = app.clock.now();
    let groups = match rules.ask_for_groups() {
        true => {
            let mut addresses = vec![cx.account.address.clone()];
            addresses.extend(cx.account.aliases.iter().cloned());
            app.store.groups_of(&addresses).await?
        }
        false => Vec::new(),
    };
    let mut control = cx.control.clone();
    if too_much.is_some() {
        control.automatic.clone_from(&too_much);
    }
    let first = verdict(cx, rules, &groups, &cx.device, &control, now);
    let Some(access) = news(control.access.as_ref(), &first, now) else {
        return Ok(());
    };
    if cx.is_trial() {
        cx.control.access = Some(access);
        return Ok(());
    }
    // Someone may have decided meanwhile: under the lock it is judged once more.
    let letter = quarantine::letter(&cx.account, &cx.device, &access);
    let enters = access.state == Action::Quarantine && !control.is_quarantined();
    match keep(cx, rules, &groups, too_much.clone(), enters.then_some(letter), now).await {
        // The mailbox has no room for the letter; the decision stands without it.
        Err(StoreError::Full | StoreError::Limit(_) | StoreError::NoSuchFolder(_)) if enters => {
            Ok(keep(cx, rules, &groups, too_much, None, now).await?)
        }
        outcome => Ok(outcome?),
    }
}

/// Judges under the lock and keeps the verdict, again where the database asks for that.
async fn keep(
    cx: &mut Context,
    rules: &Rules,
    groups: &[String],
    too_much: Option<Automatic>,
    letter: Option<Write>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let app = Arc::clone(&cx.app);
    let letter: Vec<Write> = letter.into_iter().collect();
    carry_out!(app.store.act_with_mail(letter.clone(), now), |act| {
        keep_within(act, cx, rules, groups, too_much.clone(), now).await
    })
}

async fn keep_within(
    act: &mut Act,
    cx: &mut Context,
    rules: &Rules,
    groups: &[String],
    too_much: Option<Automatic>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (account, device_id) = (cx.account.id, cx.device.device_id.clone());
    let Some((device, before)) = act.device(account, &device_id).await? else {
        // Deleted just now: it is judged when it comes again.
        return Ok(());
    };
    let mut control = before.clone();
    if too_much.is_some() {
        control.automatic = too_much;
    }
    let verdict = verdict(cx, rules, groups, &device, &control, now);
    if let Some(access) = news(before.access.as_ref(), &verdict, now) {
        let state = access.state;
        let was = before.access.as_ref().map_or(Action::Allow, |access| access.state);
        let because = access.because.clone();
        control.access = Some(access);
        act.put_control(account, &device_id, &before, &control).await?;
        if state != was {
            if state == Action::Quarantine {
                act.post().await?;
            }
            let action = match state {
                Action::Allow => "device.admit",
                Action::Block => "device.block",
                Action::Quarantine => "device.quarantine",
            };
            info!(account = %cx.account.address, device = %device_id, action, because, "decided about a device");
            let deed = Deed::about(action, &cx.account.address).of_device(&device_id, &device.device_type);
            act.log(Actor::server().event(&deed.saying(because)), now).await?;
        }
    }
    cx.control = control;
    Ok(())
}
