//! From a request's envelope to a [`Context`]: who asks, with which device, and may it.
//!
//! The order is that of cost and of trust: the user first, then the device's record; whether it is to be
//! wiped, which goes before everything else and is the one thing that a disabled account's device still
//! gets; whether the account is disabled; whether the device is admitted.

use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_domain::MailboxId;
use fieldpost_domain::admission::threshold::Counted;
use fieldpost_domain::device::Device;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::Envelope;
use fieldpost_eas::status::Common;
use fieldpost_store::{Account, Known};
use jiff::{SignedDuration, Timestamp};
use tracing::info;

use super::context::{Context, TRIAL_DEVICE};
use super::fault::Fault;
use super::{admission, switches, wipe};
use crate::App;
use crate::auth::Denied;

/// The record of a device is written for the time of its last request alone no oftener than this.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);
/// Longest `User-Agent` that is kept, in characters.
const USER_AGENT_LIMIT: usize = 256;

/// What the headers say beside the envelope.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// `User-Agent`.
    pub user_agent: Option<String>,
    /// There is an `X-MS-PolicyKey`.
    pub policy_key: bool,
    /// gzip is among what the phone accepts.
    pub accept_gzip: bool,
}

impl From<Denied> for Fault {
    fn from(denied: Denied) -> Fault {
        match denied {
            Denied::Credentials => Fault::Unauthorized,
            Denied::Busy { retry_after } => Fault::Busy(retry_after),
            Denied::Store(error) => Fault::from(error),
        }
    }
}

/// The user whom the `Authorization` header proves, with the device that the request names, if it does. The
/// account may be disabled.
pub async fn recognise(
    app: &App,
    authorization: Option<&[u8]>,
    peer: IpAddr,
    device_id: Option<&str>,
) -> Result<Account, Fault> {
    // Who only tries an account out is no device that an app password could be bound to.
    let device_id = device_id.filter(|id| *id != TRIAL_DEVICE);
    let proven = app.auth.authenticate_phone(authorization, peer, device_id).await?;
    if !proven.by_app_password && switches::of(app, &proven.account).app_passwords_only {
        info!(account = %proven.account.address, device_id, "only app passwords are taken from phones");
        return Err(Fault::Unauthorized);
    }
    Ok(proven.account)
}

/// The same, and the account is not disabled.
pub async fn sign_in(app: &App, authorization: Option<&[u8]>, peer: IpAddr) -> Result<Account, Fault> {
    let account = recognise(app, authorization, peer, None).await?;
    refuse_disabled(&account)?;
    Ok(account)
}

/// Refuses a disabled account.
pub fn refuse_disabled(account: &Account) -> Result<(), Fault> {
    match account.disabled {
        true => Err(Fault::Refused(Common::AccountDisabled)),
        false => Ok(()),
    }
}

/// The context of a request of `account`.
pub async fn open(
    app: Arc<App>,
    account: Account,
    envelope: Envelope,
    command: CommandName,
    said: Said,
    peer: IpAddr,
) -> Result<Context, Fault> {
    let now = app.clock.now();
    let device_id = envelope.parameters.device_id.as_str();
    let mut known = app.store.known_device(account.id, device_id).await?;
    if device_id == TRIAL_DEVICE {
        // No device that ever came: decisions about one of that name are about none.
        known = Known { rules: known.rules, ..Known::default() };
    }
    wipe::check(&known.control, envelope.version, command)?;
    let is_to_be_wiped = known.control.wipe_in_force().is_some();
    if !is_to_be_wiped {
        refuse_disabled(&account)?;
    }
    let rules = known.rules;
    let is_new = known.device.is_none();
    // A base64 query has a place for the key; where it is empty, the phone has none yet.
    let says_key = said.policy_key || envelope.parameters.version.is_some();
    let policy_key = says_key.then_some(envelope.policy_key);
    let device = known.device.unwrap_or_else(|| Device {
        device_id: device_id.to_owned(),
        first_seen: now.as_millisecond(),
        ..Device::default()
    });
    let mut cx = Context {
        mailbox: MailboxId(account.id.0),
        backend: Arc::clone(&app.backend),
        control: known.control,
        account: Arc::new(account),
        device,
        version: envelope.version,
        command,
        policy_key,
        peer,
        accept_gzip: said.accept_gzip,
        accept_multipart: envelope.parameters.accept_multipart,
        parameters: envelope.parameters,
        now,
        headers: Vec::new(),
        app,
    };
    // Nothing that is switched off keeps a phone from being wiped.
    if !is_to_be_wiped {
        switches::check(&cx)?;
    }
    if is_new {
        make_room(&cx).await?;
    }
    let had = cx.device.user_agent.clone();
    note(&mut cx, said.user_agent, is_new).await?;
    if is_to_be_wiped {
        return Ok(cx);
    }
    if !is_new && had != cx.device.user_agent {
        admission::note(&cx, Counted::UserAgent).await?;
    }
    admission::admit(&mut cx, rules).await?;
    Ok(cx)
}

/// May one more device of this account come in?
async fn make_room(cx: &Context) -> Result<(), Fault> {
    if cx.is_trial() {
        return Ok(());
    }
    let devices = cx.app.store.devices(cx.account.id).await?.len();
    if devices >= switches::most_devices(cx) {
        return Err(Fault::Refused(Common::MaximumDevicesReached));
    }
    Ok(())
}

/// Keeps what a request says of its device, where that is news.
async fn note(cx: &mut Context, user_agent: Option<String>, is_new: bool) -> Result<(), Fault> {
    let device_type = cx.parameters.device_type.as_str().to_owned();
    let version = cx.version.name();
    let user_agent = user_agent.map(|text| text.chars().take(USER_AGENT_LIMIT).collect::<String>());
    let now = cx.now;
    let stale = |device: &Device| {
        let seen = Timestamp::from_millisecond(device.last_seen).unwrap_or(Timestamp::MIN);
        now.duration_since(seen) > SEEN_EVERY
    };
    let says_news = cx.device.device_type != device_type
        || cx.device.version.as_deref() != Some(version)
        || (user_agent.is_some() && cx.device.user_agent != user_agent);
    if !is_new && !says_news && !stale(&cx.device) {
        return Ok(());
    }
    cx.update_device(|device| {
        device.device_type = device_type;
        device.version = Some(version.to_owned());
        if user_agent.is_some() {
            device.user_agent = user_agent;
        }
        device.last_seen = now.as_millisecond();
    })
    .await
}
