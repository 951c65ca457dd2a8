//! Whether a device whose request waits is still welcome: looked at again when something was decided about
//! it ([`crate::push::Hub::wake_device`]). The checks are those of a new request, see
//! [`super::session`] and [`super::policy`].

use super::context::Context;
use super::fault::Fault;
use super::policy;

/// Reads the device anew, and refuses it as a new request of it would be refused.
pub async fn check(cx: &mut Context) -> Result<(), Fault> {
    cx.read_device_again().await?;
    policy::check(cx)
}

/// The same for a Ping, whose answer does not say why: whether it may go on waiting.
pub async fn still(cx: &mut Context) -> Result<bool, Fault> {
    cx.read_device_again().await?;
    Ok(policy::is_current(cx))
}
