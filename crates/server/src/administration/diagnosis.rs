//! Why a device is stuck: the signs of it, gathered from what was decided, from its mailbox and from what it
//! asked last, for [`fieldpost_domain::diagnosis`] to judge.

use std::sync::Arc;

use fieldpost_domain::admission::Action;
use fieldpost_domain::diagnosis::{Barrier, Extent, Finding, PolicySign, Sign, Signs, diagnose};
use fieldpost_domain::policy::standing::Wanted;
use fieldpost_domain::{Backend as _, FolderId, MailboxId};
use fieldpost_eas::Version;
use fieldpost_store::StoreError;
use jiff::Timestamp;

use super::devices::DeviceView;
use super::{ActError, Actor, Administration};
use crate::exchanges::Exchange;

/// What is known of how a device is.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// In plain words, the most serious first; never empty.
    pub findings: Vec<Finding>,
    /// Where it stands with its policy.
    pub policy: PolicySign,
    /// Whether a request of it waits for news; none where no server runs in this process.
    pub waits: Option<bool>,
    /// The names of the folders that it holds.
    pub folders: Vec<String>,
    /// Items of the mailbox that can't be shown to phones.
    pub unshown: Vec<Unshown>,
    /// Its last exchanges, the newest first; none where no server runs in this process.
    pub exchanges: Option<Vec<Arc<Exchange>>>,
}

/// An item that can't be shown to phones. All others are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unshown {
    /// The name of its folder.
    pub folder: String,
    /// Its class: `Email`.
    pub class: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

impl Administration {
    /// A device of the account with this address, and how it is.
    ///
    /// # Errors
    /// As for [`Administration::device`].
    pub async fn diagnosis(
        &self,
        actor: &Actor,
        address: &str,
        device_id: &str,
    ) -> Result<(DeviceView, Diagnosis), ActError> {
        let view = self.device(actor, address, device_id).await?;
        let (account, mailbox) = (view.account.id, MailboxId(view.account.id.0));
        let device_id = view.device.device_id.as_str();
        let exchanges = self.live.as_ref().map(|live| live.exchanges.of(account, device_id));
        let names =
            self.store.folders(mailbox).await.map_err(|error| StoreError::Damaged(error.to_string()))?;
        let name_of = |id: FolderId| {
            let folder = names.iter().find(|folder| folder.id == id);
            folder.map_or_else(|| format!("folder {id}"), |folder| folder.name.clone())
        };
        let held = self.store.held_collections(account, device_id).await?;
        let poison = self.store.poison(mailbox).await?;
        let signs: Option<Vec<Sign>> =
            exchanges.as_ref().map(|all| all.iter().map(|exchange| exchange.sign()).collect());
        let spoken = exchanges.iter().flatten().find_map(|exchange| exchange.version);
        let spoken = spoken.or_else(|| view.device.version.as_deref()?.parse().ok());
        let (barriers, no_push) = self.barriers(&view, spoken).await?;
        let policy = self.policy_sign(actor, &view, spoken).await?;
        let findings = diagnose(&Signs {
            now: self.clock.now(),
            last_seen: Timestamp::from_millisecond(view.device.last_seen).ok(),
            refused: self.live.as_ref().and_then(|live| live.refusals.last(account, device_id)),
            barriers: &barriers,
            no_push,
            policy,
            poison: poison.len(),
            exchanges: signs.as_deref(),
        });
        let diagnosis = Diagnosis {
            findings,
            policy,
            waits: self.live.as_ref().map(|live| live.seats.is_taken(account, device_id)),
            folders: held.iter().filter_map(|held| FolderId::parse(held)).map(name_of).collect(),
            unshown: poison
                .into_iter()
                .map(|item| Unshown {
                    folder: name_of(item.folder),
                    class: item.class,
                    reason: item.reason,
                    since: item.since,
                })
                .collect(),
            exchanges,
        };
        Ok((view, diagnosis))
    }

    /// What keeps the device out, and for whom Direct Push is off.
    async fn barriers(
        &self,
        view: &DeviceView,
        spoken: Option<Version>,
    ) -> Result<(Vec<Barrier>, Option<Extent>), StoreError> {
        let organisation = self.store.switches().await?;
        let own = self.store.account_switches(view.account.id).await?;
        let in_force = organisation.with(&own);
        let extent = |is_own: bool| if is_own { Extent::Account } else { Extent::Organisation };
        let mut barriers = Vec::new();
        if view.control.wipe_in_force().is_some() {
            barriers.push(Barrier::Wipe);
        }
        if view.account.disabled {
            barriers.push(Barrier::AccountDisabled);
        }
        if !in_force.active_sync {
            barriers.push(Barrier::SwitchedOff(extent(own.active_sync.is_some())));
        } else if !in_force.user_initiated_sync {
            barriers.push(Barrier::SyncSwitchedOff(extent(own.user_initiated_sync.is_some())));
        }
        if let Some(spoken) = spoken.filter(|spoken| !in_force.versions.has(*spoken)) {
            let allowed: Vec<&str> = in_force.versions.iter().map(Version::name).collect();
            barriers.push(Barrier::Version {
                spoken: spoken.name().to_owned(),
                allowed: allowed.join(", "),
                extent: extent(own.versions.is_some()),
            });
        }
        if in_force.app_passwords_only {
            let device_id = Some(view.device.device_id.as_str());
            let all = self.store.app_passwords(view.account.id).await?;
            if !all.iter().any(|one| one.device_id.as_deref() == device_id) {
                barriers.push(Barrier::NoAppPassword(extent(own.app_passwords_only.is_some())));
            }
        }
        match view.control.access.as_ref().map(|access| access.state) {
            Some(Action::Block) => barriers.push(Barrier::Blocked),
            Some(Action::Quarantine) => barriers.push(Barrier::Quarantined),
            None | Some(Action::Allow) => {}
        }
        let no_push = (!in_force.direct_push).then(|| extent(own.direct_push.is_some()));
        Ok((barriers, no_push))
    }

    async fn policy_sign(
        &self,
        actor: &Actor,
        view: &DeviceView,
        spoken: Option<Version>,
    ) -> Result<PolicySign, ActError> {
        let Some(version) = spoken else { return Ok(PolicySign::Nothing) };
        let (state, now) = (&view.device.policy, self.clock.now());
        if let Some(rules) = &self.rules {
            let book = rules.book();
            let prepared = book.policy(view.account.id).filter(|prepared| prepared.required);
            return Ok(PolicySign::of(state, prepared.map(|prepared| prepared.wanted(version)), now));
        }
        // The policy of the configuration file is the server's to know.
        let in_force = self.policy_in_force(actor, &view.account.address).await?.policy;
        let digest = in_force.as_ref().map(|named| named.policy.digest(version)).unwrap_or_default();
        let wanted = in_force.as_ref().map(|named| Wanted { named, digest: &digest });
        Ok(PolicySign::of(state, wanted, now))
    }
}
