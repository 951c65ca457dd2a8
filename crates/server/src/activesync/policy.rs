//! Whether a device has taken its policy ([MS-ASPROV] 3.2.5.1). The handshake itself is the Provision
//! command's.

use fieldpost_eas::status::Common;

use super::context::Context;
use super::fault::Fault;

/// Refuses a request of a device that has not taken the policy that is in force: 449 up to 12.1, a
/// status from 14.0 on (MS-ASPROV_R487, R693). Its sync states stay as they are.
pub fn check(cx: &Context) -> Result<(), Fault> {
    let settings = &cx.app.settings;
    if !settings.require_provisioning {
        return Ok(());
    }
    let state = &cx.device.policy;
    match (state.key, cx.policy_key) {
        // A phone that knows nothing of policies.
        (_, None) if settings.allow_non_provisionable => Ok(()),
        (None, _) | (Some(_), None | Some(0)) => Err(Fault::Refused(Common::DeviceNotProvisioned)),
        (Some(given), Some(sent)) if given != sent => Err(Fault::Refused(Common::InvalidPolicyKey)),
        _ if state.digest.as_deref() != Some(settings.policy.digest(cx.version).as_str()) => {
            Err(Fault::Refused(Common::PolicyRefresh))
        }
        _ => Ok(()),
    }
}

/// Whether a device that has taken a policy has taken the one that is in force; what its request bears is
/// not looked at, since a Ping bears no key.
pub fn is_current(cx: &Context) -> bool {
    let (settings, state) = (&cx.app.settings, &cx.device.policy);
    let wanted = || settings.policy.digest(cx.version);
    !settings.require_provisioning
        || state.key.is_none()
        || state.digest.as_deref() == Some(wanted().as_str())
}
