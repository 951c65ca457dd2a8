//! What the organisation and the account may use ([`fieldpost_domain::switches`]), as it is enforced.
//!
//! Where Direct Push is off, a Ping waits out its time and is told that nothing changed, and a Sync that wants
//! to wait finds nothing new while it waits. An error would have phones try again at once, or call the account
//! broken; so they stay content, and fetch when their user or their schedule has them fetch.

use std::sync::Arc;

use fieldpost_domain::switches::Switches;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::status::Common;
use fieldpost_store::Account;

use super::context::Context;
use super::fault::Fault;
use crate::App;

/// What the request's account may use.
pub fn of(app: &App, account: &Account) -> Arc<Switches> {
    Arc::clone(app.rules.book().switches(account.id))
}

/// Refuses what the account may not use.
pub fn check(cx: &Context) -> Result<(), Fault> {
    let switches = of(&cx.app, &cx.account);
    if !switches.active_sync || (!switches.user_initiated_sync && synchronises(cx.command)) {
        return Err(Fault::Refused(Common::UserDisabledForSync));
    }
    if !switches.versions.has(cx.version) {
        return Err(Fault::Refused(Common::VersionNotSupported));
    }
    Ok(())
}

/// Whether the command fetches or changes items.
fn synchronises(command: CommandName) -> bool {
    matches!(
        command,
        CommandName::Sync
            | CommandName::Ping
            | CommandName::GetItemEstimate
            | CommandName::ItemOperations
            | CommandName::GetAttachment
            | CommandName::MoveItems
            | CommandName::MeetingResponse
    )
}

/// Most devices that the account may have.
pub fn most_devices(cx: &Context) -> usize {
    let most = of(&cx.app, &cx.account).max_devices;
    most.map_or(cx.app.settings.devices_per_account, |most| usize::try_from(most).unwrap_or(usize::MAX))
}

/// Whether the account is told of news.
pub fn direct_push(cx: &Context) -> bool {
    of(&cx.app, &cx.account).direct_push
}

/// What a phone is offered: the versions that it may speak, and the commands that it may use.
pub fn offered(app: &App, account: &Account) -> Result<(Vec<Version>, Vec<CommandName>), Fault> {
    let switches = of(app, account);
    if !switches.active_sync {
        return Err(Fault::Refused(Common::UserDisabledForSync));
    }
    let pushes = |command: &CommandName| switches.direct_push || *command != CommandName::Ping;
    Ok((switches.versions.iter().collect(), super::command::supported().filter(pushes).collect()))
}
