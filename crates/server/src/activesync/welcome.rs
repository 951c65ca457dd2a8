//! Whether a device whose request waits is still welcome: looked at again when something was decided about
//! it ([`crate::push::Hub::wake_device`]). The checks are those of a new request, see
//! [`super::session`], [`super::switches`] and [`super::policy`].

use super::context::Context;
use super::fault::Fault;
use super::{policy, switches};

/// Reads the device anew, and refuses it as a new request of it would be refused.
pub async fn check(cx: &mut Context) -> Result<(), Fault> {
    cx.read_device_again().await?;
    cx.now = cx.app.clock.now();
    switches::check(cx)?;
    policy::check(cx).await
}

/// The same for a Ping, whose answer does not say why: whether it may go on waiting.
pub async fn still(cx: &mut Context) -> Result<bool, Fault> {
    cx.read_device_again().await?;
    Ok(switches::check(cx).is_ok() && policy::is_current(cx))
}
