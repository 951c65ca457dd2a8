//! The recovery password that a phone leaves with the server, so that its user gets in again
//! ([MS-ASCMD] 2.2.3.46). It is kept only where the policy has phones make one, and sealed
//! ([`crate::recovery`]).

use fieldpost_eas::command::settings::{DevicePassword, Outcome};
use fieldpost_eas::status::settings as status;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::policy;
use crate::recovery::Place;

/// Longest password, in characters.
const LIMIT: usize = 255;

/// Keeps a password, or forgets the one before where it is empty (MS-ASCMD_R3661).
pub(super) async fn set(cx: &mut Context, said: DevicePassword) -> Result<Outcome, Fault> {
    let Some(password) = said.set.and_then(|set| set.password) else {
        return Ok(Outcome { status: Some(status::PROTOCOL_ERROR) });
    };
    // MS-ASCMD_R4400
    if password.0.chars().count() > LIMIT {
        return Ok(Outcome { status: Some(status::INVALID_ARGUMENTS) });
    }
    let wanted = policy::in_force(cx).is_some_and(|p| p.named.policy.password_recovery_enabled == Some(true));
    if !wanted {
        return Ok(Outcome { status: Some(status::DENIED_BY_POLICY) });
    }
    if !cx.is_trial() {
        let password = Some(password.0.as_str()).filter(|password| !password.is_empty());
        let place = Place { account: cx.account.id, device_id: cx.device_id() };
        let sealed = password.map(|password| cx.app.vault.seal(&place, password)).transpose();
        let sealed = sealed.map_err(|error| Fault::Unavailable(Box::new(error)))?;
        cx.app.store.set_recovery_password(cx.account.id, cx.device_id(), sealed.as_deref()).await?;
    }
    Ok(Outcome { status: Some(status::SUCCESS) })
}
