//! The recovery password that a phone leaves with the server, so that its user gets in again
//! ([MS-ASCMD] 2.2.3.46). It is kept only where the policy has phones make one.

use fieldpost_eas::command::settings::{DevicePassword, Outcome};
use fieldpost_eas::status::settings as status;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

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
    if cx.app.settings.policy.password_recovery_enabled != Some(true) {
        return Ok(Outcome { status: Some(status::DENIED_BY_POLICY) });
    }
    if !cx.is_trial() {
        let password = Some(password.0.as_str()).filter(|password| !password.is_empty());
        cx.app.store.set_recovery_password(cx.account.id, cx.device_id(), password).await?;
    }
    Ok(Outcome { status: Some(status::SUCCESS) })
}
