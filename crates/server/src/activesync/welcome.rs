//! Whether a device whose request waits is still welcome: looked at again when something was decided about
//! it ([`crate::push::Hub::wake_device`]). The checks are those of a new request, see
//! [`super::session`], [`super::switches`] and [`super::policy`].

use fieldpost_eas::status::Common;

use super::context::Context;
use super::fault::Fault;
use super::{admission, policy, session, switches, wipe};

/// Reads the device anew, and refuses it as a new request of it would be refused.
pub async fn check(cx: &mut Context) -> Result<(), Fault> {
    judge(cx).await?;
    policy::check(cx).await
}

/// The same for a Ping, whose answer does not say why: whether it may go on waiting. A device whose
/// partnership was deleted may not, as nobody would tell it of news.
pub async fn still(cx: &mut Context) -> Result<bool, Fault> {
    match judge(cx).await {
        Err(Fault::Refused(_)) => Ok(false),
        Err(other) => Err(other),
        Ok(()) => Ok(policy::is_current(cx) && (cx.is_trial() || cx.device.last_seen != 0)),
    }
}

async fn judge(cx: &mut Context) -> Result<(), Fault> {
    let rules = cx.read_device_again().await?;
    cx.now = cx.app.clock.now();
    wipe::check(&cx.control, cx.version, cx.command)?;
    match cx.app.store.account(cx.account.id).await? {
        Some(account) => session::refuse_disabled(&account)?,
        None => return Err(Fault::Refused(Common::AccountDisabled)),
    }
    switches::check(cx)?;
    admission::look_again(cx, rules).await
}
