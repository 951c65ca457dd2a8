//! Remote wipe on the wire ([MS-ASPROV] 3.2.5.1.1, 3.2.5.1.2.2, 3.2.5.1.2.3): a device with a wipe in force is
//! told to come for it at every command, gets it from Provision, and says there how it went. What that means
//! is [`fieldpost_domain::wipe`]'s.

use std::sync::Arc;

use fieldpost_domain::MailboxId;
use fieldpost_domain::backend::Write;
use fieldpost_domain::device::{Control, Device};
use fieldpost_domain::wipe::{Followup, Wipe, WipeKind, WipeState};
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::provision::{self as wire, Request, Response};
use fieldpost_eas::status::{Common, provision as status};
use fieldpost_store::{Act, StoreError, carry_out};
use jiff::Timestamp;
use tracing::info;

use super::context::Context;
use super::fault::Fault;
use crate::administration::{Actor, Deed};
use crate::mail::notice::Notice;

/// How a phone says that it is done, and that it could not ([MS-ASPROV] 2.2.2.54.3).
const DONE: u8 = 1;
const FAILED: u8 = 2;

/// Refuses a request of a device with a wipe in force, unless it comes for the wipe: 449 up to 12.1, status
/// 140 from 14.0 on (MS-ASPROV_R61102).
pub fn check(control: &Control, version: Version, command: CommandName) -> Result<(), Fault> {
    let Some(wipe) = control.wipe_in_force() else { return Ok(()) };
    if wipe.kind == WipeKind::AccountOnly && version < Version::V16_1 {
        // It can't be told so, and must not be told to erase everything: it gets nothing.
        return Err(Fault::Refused(Common::DeviceIsBlockedForThisUser));
    }
    match command {
        CommandName::Provision => Ok(()),
        _ => Err(Fault::Refused(Common::RemoteWipeRequested)),
    }
}

/// What Provision answers a device with a wipe in force; none without one.
pub async fn provision(cx: &mut Context, request: &Request) -> Result<Option<Response>, Fault> {
    let Some(wipe) = cx.control.wipe_in_force() else { return Ok(None) };
    let said = match wipe.kind {
        WipeKind::Full => &request.remote_wipe,
        WipeKind::AccountOnly => &request.account_only_remote_wipe,
    };
    let event = match said.as_ref().map(|said| said.status) {
        None => Event::Asks,
        Some(Some(DONE)) => Event::Says(true),
        Some(Some(FAILED)) => Event::Says(false),
        Some(_) => return Ok(Some(Response { status: status::PROTOCOL_ERROR, ..Response::default() })),
    };
    let outcome = match happen(cx, event, true).await {
        // A mailbox without room for a letter does not keep a wipe from being recorded.
        Err(StoreError::Full | StoreError::Limit(_) | StoreError::NoSuchFolder(_)) => {
            happen(cx, event, false).await?
        }
        outcome => outcome?,
    };
    let Some((kind, followup)) = outcome else { return Ok(None) };
    // MS-ASPROV_R664 to R666, R66602 to R66605
    let (code, again) = match followup {
        None | Some(Followup::Untold) => (status::SUCCESS, true),
        Some(Followup::Failed) => (status::PROTOCOL_ERROR, true),
        Some(Followup::FirstDone | Followup::DoneAgain | Followup::Known) => (status::SUCCESS, false),
    };
    let order = again.then(wire::Wipe::default);
    Ok(Some(match kind {
        WipeKind::Full => Response { status: code, remote_wipe: order, ..Response::default() },
        WipeKind::AccountOnly => {
            Response { status: code, account_only_remote_wipe: order, ..Response::default() }
        }
    }))
}

#[derive(Debug, Clone, Copy)]
enum Event {
    /// The phone comes, and is told.
    Asks,
    /// The phone says whether it is done.
    Says(bool),
}

/// Lets it happen to the wipe as it stands in the store: the change, the entry in the log and the letters are
/// one transaction. None: the wipe was cancelled just now.
async fn happen(
    cx: &mut Context,
    event: Event,
    with_letters: bool,
) -> Result<Option<(WipeKind, Option<Followup>)>, StoreError> {
    let app = Arc::clone(&cx.app);
    let now = app.clock.now();
    let is_first = matches!(event, Event::Says(true))
        && cx.control.wipe.as_ref().is_some_and(|wipe| wipe.acknowledged_at.is_none());
    let mail = match (is_first && with_letters, &cx.control.wipe) {
        (true, Some(wipe)) => letters(cx, wipe, now).await?,
        _ => Vec::new(),
    };
    let outcome = carry_out!(app.store.act_with_mail(mail.clone(), now), |act| {
        happen_within(act, cx, event, now).await
    })?;
    if matches!(outcome, Some((_, Some(Followup::FirstDone)))) {
        app.outbound.notify_one();
    }
    Ok(outcome)
}

async fn happen_within(
    act: &mut Act,
    cx: &mut Context,
    event: Event,
    now: Timestamp,
) -> Result<Option<(WipeKind, Option<Followup>)>, StoreError> {
    let (account, device_id) = (cx.account.id, cx.device.device_id.clone());
    let Some((device, before)) = act.device(account, &device_id).await? else { return Ok(None) };
    let mut control = before.clone();
    let Some(wipe) = control.wipe.as_mut().filter(|wipe| wipe.is_in_force()) else {
        cx.control = control;
        return Ok(None);
    };
    let kind = wipe.kind;
    let was_sent = wipe.sent_at.is_some();
    let followup = match event {
        Event::Asks => {
            wipe.send(now);
            None
        }
        Event::Says(done) => Some(wipe.acknowledge(done, now)),
    };
    if followup == Some(Followup::Untold) {
        wipe.send(now);
    }
    let action = match followup {
        None | Some(Followup::Untold) if !was_sent => Some("device.wipe.sent"),
        None | Some(Followup::Untold | Followup::Known) => None,
        Some(Followup::FirstDone) => Some("device.wipe.acknowledged"),
        Some(Followup::DoneAgain) => Some("device.wipe.acknowledged-again"),
        Some(Followup::Failed) if before.wipe.as_ref().is_some_and(|w| w.state == WipeState::Failed) => None,
        Some(Followup::Failed) => Some("device.wipe.failed"),
    };
    if control != before {
        act.put_control(account, &device_id, &before, &control).await?;
        if followup == Some(Followup::FirstDone) {
            act.post().await?;
        }
        if let Some(action) = action {
            info!(account = %cx.account.address, device = %device_id, action, "a wipe went on");
            let deed = Deed::about(action, &cx.account.address).of_device(&device_id, &device.device_type);
            act.log(Actor::server().event(&deed.saying(kind.name())), now).await?;
        }
    }
    cx.control = control;
    Ok(Some((kind, followup)))
}

/// The letters that say that a wipe is done: to the user, and to whoever ordered it.
async fn letters(cx: &Context, wipe: &Wipe, now: Timestamp) -> Result<Vec<Write>, StoreError> {
    let user = &cx.account;
    let text = said(cx, &cx.device, wipe, now);
    let about = format!("wipe/{}/{}", cx.device_id(), wipe.ordered_at.as_millisecond());
    let subject = match wipe.kind {
        WipeKind::Full => "A phone was erased",
        WipeKind::AccountOnly => "An account was erased from a phone",
    };
    let own = MailboxId(user.id.0);
    let to_user = Notice { to: &user.address, subject, text: &text, about: &about, now };
    let mut letters = vec![to_user.delivery(own)];
    if let Some(address) = &wipe.tell {
        let notice = Notice { to: address, ..to_user };
        match cx.app.store.account_by_address(address).await? {
            Some(account) if account.id == user.id => {}
            Some(account) => letters.push(notice.delivery(MailboxId(account.id.0))),
            None => letters.push(notice.sending(own)),
        }
    }
    Ok(letters)
}

fn said(cx: &Context, device: &Device, wipe: &Wipe, now: Timestamp) -> String {
    let what = match wipe.kind {
        WipeKind::Full => "it was erased, as was ordered",
        WipeKind::AccountOnly => "the account and its data were erased from it, as was ordered",
    };
    let model = device.information.model.as_deref().unwrap_or("not known");
    let approved = wipe.approved_by.as_ref().map(|by| format!("Approved by: {by}\n")).unwrap_or_default();
    format!(
        "A phone that synchronised with {} reported that {what}.\n\n\
         Device type: {}\nModel: {model}\nDevice id: {}\nOrdered by: {}\nOrdered: {}\n{approved}Reported: {now}\n\n\
         The order stays in force until an administrator cancels it: this phone gets nothing until then, and \
         is erased again if it comes back.\n",
        cx.account.address, device.device_type, device.device_id, wipe.ordered_by, wipe.ordered_at,
    )
}
