//! Whether a device has taken its policy ([MS-ASPROV] 3.2.5.1). The handshake itself is the Provision
//! command's, where a device stands is [`fieldpost_domain::policy::standing`]'s, and which policy is in force
//! is the [`crate::rulebook`]'s.

use std::sync::Arc;

use fieldpost_domain::policy::standing::{PATIENCE, Standing};
use fieldpost_eas::Version;
use fieldpost_eas::status::Common;
use hyper::StatusCode;

use super::context::Context;
use super::fault::Fault;
use crate::rulebook::Prepared;

/// The policy that the device is to take. None: the account is exempt, and there is nothing that was asked of
/// the device before and must be taken back.
pub fn in_force(cx: &Context) -> Option<Arc<Prepared>> {
    let book = cx.app.rules.book();
    let released = || {
        let state = &cx.device.policy;
        let took_one = state.key.is_some() && !state.told.is_empty();
        took_one.then(|| book.release())
    };
    book.policy(cx.account.id).or_else(released).cloned()
}

/// Refuses a request of a device that has not taken the policy that is in force: 449 up to 12.1, a
/// status from 14.0 on (MS-ASPROV_R487, R693). Its sync states stay as they are.
pub async fn check(cx: &mut Context) -> Result<(), Fault> {
    let Some(policy) = in_force(cx).filter(|policy| policy.required) else { return Ok(()) };
    let standing = cx.device.policy.standing(policy.wanted(cx.version), cx.policy_key, cx.now);
    let refused = match standing {
        Standing::Served => return Ok(()),
        // 449 asks for something that such a phone can't do, and would ask for ever.
        Standing::Incapable if cx.version < Version::V14_0 => return Err(Fault::Http(StatusCode::FORBIDDEN)),
        Standing::Incapable => Common::LegacyDeviceOnStrictPolicy,
        Standing::Unprovisioned => {
            if cx.policy_key.is_none() && cx.device.policy.asked < PATIENCE {
                cx.update_device(|device| device.policy.asked = device.policy.asked.saturating_add(1))
                    .await?;
            }
            Common::DeviceNotProvisioned
        }
        Standing::RefreshDue => Common::PolicyRefresh,
        Standing::OtherKey => Common::InvalidPolicyKey,
    };
    Err(Fault::Refused(refused))
}

/// Whether a device that has taken a policy has taken the one that is in force; what its request bears is
/// not looked at, since a Ping bears no key (MS-ASPROV_R757).
pub fn is_current(cx: &Context) -> bool {
    let policy = in_force(cx).filter(|policy| policy.required);
    policy.is_none_or(|policy| cx.device.policy.is_current(policy.wanted(cx.version), cx.app.clock.now()))
}
