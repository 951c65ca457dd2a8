//! Policies: what is asked of phones, of which accounts, and which are exempt; and the recovery passwords that
//! a policy had phones leave here.

use fieldpost_domain::AccountId;
use fieldpost_domain::directory::{Entry, EntryId};
use fieldpost_domain::policy::assignment::{Assignments, Holder, InForce};
use fieldpost_domain::policy::{NamedPolicy, catalogue};
use fieldpost_domain::role::Permission;
use secrecy::SecretString;

use super::{ActError, Actor, Administration, Deed, carry_out};
use crate::recovery::Place;

/// A policy as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyView {
    /// The policy.
    pub policy: NamedPolicy,
    /// It stands in the configuration file, and is changed there.
    pub is_configured: bool,
    /// Those have it of whom nothing else is said.
    pub is_default: bool,
    /// Phones must take it; false only for the one of the configuration file.
    pub is_required: bool,
    /// How many accounts are assigned it by themselves.
    pub accounts: usize,
    /// The addresses of the groups that are assigned it, the group that counts first before the others.
    pub groups: Vec<String>,
}

/// Who is assigned a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom<'a> {
    /// The account with this address.
    Account(&'a str),
    /// The group with this address.
    Group(&'a str),
}

/// Why an account has its policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// It is exempt: it has none.
    Exempt,
    /// It is assigned to the account.
    Account,
    /// It is assigned to the group with this address, which the account is in.
    Group(String),
    /// It is the default.
    Default,
    /// Nothing was decided: the configuration file's.
    Configuration,
}

/// What is in force for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyInForce {
    /// The policy; none where the account is exempt, or it is the configuration file's and no server runs in
    /// this process.
    pub policy: Option<NamedPolicy>,
    /// Why.
    pub because: Because,
}

/// What is decided about who has which policy.
enum Decision {
    /// The policy that is named holds for everybody of whom nothing else is said.
    Default,
    /// It holds for this account or group.
    Assign(Holder),
    /// In which order groups count.
    Order(Vec<EntryId>),
    /// Whether the account is served without any.
    Exempt(AccountId, bool),
}

fn no_policy(name: &str) -> ActError {
    ActError::NotFound { what: "policy", name: name.to_owned() }
}

impl Administration {
    /// All policies, by name, the one of the configuration file last.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn policies(&self, actor: &Actor) -> Result<Vec<PolicyView>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("policy.list")).await?;
        let assignments = self.store.policy_assignments().await?;
        let groups = self.store.groups().await?;
        let mut all: Vec<PolicyView> = self
            .store
            .policies()
            .await?
            .into_iter()
            .map(|policy| {
                let folded = NamedPolicy::folded(&policy.name);
                PolicyView {
                    is_configured: false,
                    is_required: true,
                    is_default: assignments.default.as_ref() == Some(&folded),
                    accounts: assignments.accounts.values().filter(|name| **name == folded).count(),
                    groups: assigned_groups(&assignments, &groups, &folded),
                    policy,
                }
            })
            .collect();
        if let Some(rules) = &self.rules {
            let configured = rules.book().configured().clone();
            all.push(PolicyView {
                policy: configured.named.clone(),
                is_configured: true,
                is_default: assignments.default.is_none(),
                is_required: configured.required,
                accounts: 0,
                groups: Vec::new(),
            });
        }
        Ok(all)
    }

    /// The policy of this name.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn policy(&self, actor: &Actor, name: &str) -> Result<PolicyView, ActError> {
        let folded = NamedPolicy::folded(name);
        let all = self.policies(actor).await?;
        all.into_iter()
            .find(|one| NamedPolicy::folded(&one.policy.name) == folded)
            .ok_or_else(|| no_policy(name))
    }

    /// The addresses of the accounts that are assigned the policy by themselves, 1000 at most.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn policy_accounts(&self, actor: &Actor, name: &str) -> Result<Vec<String>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("policy.list")).await?;
        Ok(self.store.policy_accounts(name).await?)
    }

    /// The name of the policy of all of whom nothing else is said; none: that of the configuration file.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn default_policy(&self, actor: &Actor) -> Result<Option<String>, ActError> {
        let all = self.policies(actor).await?;
        let default = all.into_iter().find(|one| one.is_default && !one.is_configured);
        Ok(default.map(|one| one.policy.name))
    }

    /// The groups that are assigned a policy, each with its policy's name, in the order in which they count
    /// where an account is in several.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn policy_groups(&self, actor: &Actor) -> Result<Vec<(String, String)>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("policy.list")).await?;
        let assignments = self.store.policy_assignments().await?;
        let (groups, policies) = (self.store.groups().await?, self.store.policies().await?);
        let named = |(id, folded): &(EntryId, String)| {
            let group = groups.iter().find(|entry| entry.id == *id).map(address_of)?;
            let policy = policies.iter().find(|policy| NamedPolicy::folded(&policy.name) == *folded)?;
            Some((group, policy.name.clone()))
        };
        Ok(assignments.groups.iter().filter_map(named).collect())
    }

    /// The addresses of the accounts that are exempt, 1000 at most.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn exempt_accounts(&self, actor: &Actor) -> Result<Vec<String>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("policy.list")).await?;
        Ok(self.store.exempt_accounts().await?)
    }

    /// What is in force for the account with this address, and why.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn policy_in_force(&self, actor: &Actor, address: &str) -> Result<PolicyInForce, ActError> {
        self.permit(actor, Permission::See, &Deed::about("policy.show", address)).await?;
        let account = self.account(address).await?.id;
        let rules = self.store.rules().await?;
        let is_member = |group: EntryId| rules.members.get(&group).is_some_and(|all| all.contains(&account));
        let configured = || self.rules.as_ref().map(|rules| rules.book().configured().named.clone());
        Ok(match rules.assignments.in_force(account, is_member) {
            InForce::Exempt => PolicyInForce { policy: None, because: Because::Exempt },
            InForce::Configured => PolicyInForce { policy: configured(), because: Because::Configuration },
            InForce::Named(name) => PolicyInForce {
                policy: rules.policies.iter().find(|one| NamedPolicy::folded(&one.name) == name).cloned(),
                because: self.because(&rules.assignments, account, is_member).await?,
            },
        })
    }

    async fn because(
        &self,
        assignments: &Assignments,
        account: AccountId,
        is_member: impl Fn(EntryId) -> bool,
    ) -> Result<Because, ActError> {
        if assignments.accounts.contains_key(&account) {
            return Ok(Because::Account);
        }
        let Some((group, _)) = assignments.groups.iter().find(|(group, _)| is_member(*group)) else {
            return Ok(Because::Default);
        };
        let groups = self.store.groups().await?;
        let entry = groups.iter().find(|entry| entry.id == *group);
        Ok(Because::Group(entry.map(address_of).unwrap_or_default()))
    }

    /// Adds a policy, or replaces the one of the same name. Tells whether it is new.
    ///
    /// # Errors
    /// [`ActError::Denied`]; [`ActError::Invalid`] with all that is wrong with it.
    pub async fn put_policy(&self, actor: &Actor, policy: &NamedPolicy) -> Result<bool, ActError> {
        let policy = NamedPolicy { name: policy.name.trim().to_owned(), ..policy.clone() };
        let deed = Deed::new("policy.put").saying(policy.name.clone());
        self.permit(actor, Permission::Policies, &deed).await?;
        let problems: Vec<String> = policy.problems().iter().map(ToString::to_string).collect();
        if !problems.is_empty() {
            return Err(self.refuse(actor, &deed, ActError::Invalid(problems.join("; "))).await);
        }
        let is_new = carry_out!(self, actor, &deed, |act| {
            let before = act.put_policy(&policy).await?;
            let changes = changes(before.as_ref(), &policy);
            Ok((before.is_none(), deed.clone().saying(format!("{}: {changes}", policy.name))))
        })?;
        self.rules_changed().await;
        Ok(is_new)
    }

    /// Removes a policy that nobody is assigned.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Conflict`] where somebody is.
    pub async fn delete_policy(&self, actor: &Actor, name: &str) -> Result<(), ActError> {
        let deed = Deed::new("policy.delete").saying(name);
        self.permit(actor, Permission::Policies, &deed).await?;
        carry_out!(self, actor, &deed, |act| {
            match act.delete_policy(name).await? {
                Some(0) => Ok(((), deed.clone())),
                Some(_) => Err(ActError::Conflict(format!(
                    "the policy {name} is the default, or assigned to accounts or groups: give them another one first"
                ))),
                None => Err(no_policy(name)),
            }
        })?;
        self.rules_changed().await;
        Ok(())
    }

    /// Has everybody of whom nothing else is said have this policy; with none, the one of the configuration
    /// file.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn set_default_policy(&self, actor: &Actor, name: Option<&str>) -> Result<(), ActError> {
        let deed = Deed::new("policy.default").saying(name.unwrap_or("as the configuration file says"));
        self.decide(actor, deed, name, Decision::Default).await
    }

    /// Has an account or a group have this policy; with none, what holds for the others.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn assign_policy(
        &self,
        actor: &Actor,
        whom: Whom<'_>,
        name: Option<&str>,
    ) -> Result<(), ActError> {
        let said = name.unwrap_or("none of its own");
        let deed = match whom {
            Whom::Account(address) => Deed::about("policy.assign", address).saying(said),
            Whom::Group(address) => Deed::new("policy.assign").saying(format!("group {address}: {said}")),
        };
        self.permit(actor, Permission::Policies, &deed).await?;
        let holder = match whom {
            Whom::Account(address) => self.account(address).await.map(|account| Holder::Account(account.id)),
            Whom::Group(address) => self.group(address).await.map(|group| Holder::Group(group.id)),
        };
        match holder {
            Ok(holder) => self.decide(actor, deed, name, Decision::Assign(holder)).await,
            Err(error) => Err(self.refuse(actor, &deed, error).await),
        }
    }

    /// Says which group counts where an account is in several: those with these addresses, the first first,
    /// then the others as they were.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Conflict`] for a group without a policy.
    pub async fn order_policy_groups(&self, actor: &Actor, addresses: &[&str]) -> Result<(), ActError> {
        let deed = Deed::new("policy.order").saying(addresses.join(", "));
        self.permit(actor, Permission::Policies, &deed).await?;
        let assigned = self.store.policy_assignments().await?.groups;
        let mut groups = Vec::new();
        for address in addresses {
            let error = match self.group(address).await {
                Ok(group) if assigned.iter().any(|(id, _)| *id == group.id) => {
                    groups.push(group.id);
                    continue;
                }
                Ok(_) => {
                    ActError::Conflict(format!("the group {address} is assigned no policy: assign one first"))
                }
                Err(error) => error,
            };
            return Err(self.refuse(actor, &deed, error).await);
        }
        self.decide(actor, deed, None, Decision::Order(groups)).await
    }

    /// Has an account be served without any policy, or not any more. A phone of it that has taken one is told
    /// once that nothing is asked of it any more.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn exempt(&self, actor: &Actor, address: &str, exempt: bool) -> Result<(), ActError> {
        let action = if exempt { "policy.exempt" } else { "policy.end-exemption" };
        let deed = Deed::about(action, address);
        self.permit(actor, Permission::Policies, &deed).await?;
        match self.account(address).await {
            Ok(account) => self.decide(actor, deed, None, Decision::Exempt(account.id, exempt)).await,
            Err(error) => Err(self.refuse(actor, &deed, error).await),
        }
    }

    /// The password that a device left here for its user to get in again. That it was read is logged.
    ///
    /// # Errors
    /// [`ActError::Denied`]; [`ActError::NotFound`] where it left none; [`ActError::Conflict`] where it was kept
    /// under another key, or the key is not at hand.
    pub async fn recovery_password(
        &self,
        actor: &Actor,
        address: &str,
        device_id: &str,
    ) -> Result<SecretString, ActError> {
        let deed = Deed::about("device.recovery-password", address).of_device(device_id, "");
        self.permit(actor, Permission::Release, &deed).await?;
        let read = async {
            let account = self.account(address).await?;
            let sealed = self.store.recovery_password(account.id, device_id).await?;
            let none =
                || ActError::NotFound { what: "recovery password of the device", name: device_id.to_owned() };
            let sealed = sealed.ok_or_else(none)?;
            let vault = self.vault.as_ref().ok_or_else(|| {
                ActError::Conflict("the key of recovery passwords is not at hand: ask the server".to_owned())
            })?;
            let place = Place { account: account.id, device_id };
            vault.unseal(&place, &sealed).map_err(|_| {
                ActError::Conflict(
                    "the recovery password can't be read: it was kept under another key".to_owned(),
                )
            })
        };
        match read.await {
            // It is told only once the log has it.
            Ok(password) => {
                carry_out!(self, actor, &deed, |_act| { Ok(((), deed.clone())) })?;
                Ok(password)
            }
            Err(error) => Err(self.refuse(actor, &deed, error).await),
        }
    }

    /// Carries a decision out, where the policy that it names exists.
    async fn decide(
        &self,
        actor: &Actor,
        deed: Deed,
        name: Option<&str>,
        decision: Decision,
    ) -> Result<(), ActError> {
        self.permit(actor, Permission::Policies, &deed).await?;
        carry_out!(self, actor, &deed, |act| {
            if let Some(name) = name
                && !act.has_policy(name).await?
            {
                return Err(no_policy(name));
            }
            match &decision {
                Decision::Default => act.set_default_policy(name).await?,
                Decision::Assign(holder) => act.assign_policy(*holder, name).await?,
                Decision::Order(groups) => act.order_policy_groups(groups).await?,
                Decision::Exempt(account, exempt) => act.exempt_from_policies(*account, *exempt).await?,
            }
            Ok(((), deed.clone()))
        })?;
        self.rules_changed().await;
        Ok(())
    }

    async fn group(&self, address: &str) -> Result<Entry, ActError> {
        let found = self.store.group_by_address(address).await?;
        found.ok_or_else(|| ActError::NotFound { what: "group", name: address.to_owned() })
    }
}

fn address_of(entry: &Entry) -> String {
    entry.addresses.first().cloned().unwrap_or_default()
}

fn assigned_groups(assignments: &Assignments, groups: &[Entry], folded: &str) -> Vec<String> {
    let assigned = assignments.groups.iter().filter(|(_, name)| name == folded);
    assigned.filter_map(|(id, _)| groups.iter().find(|entry| entry.id == *id).map(address_of)).collect()
}

/// What a policy says otherwise than the one before it, for the log.
fn changes(before: Option<&NamedPolicy>, after: &NamedPolicy) -> String {
    let none = NamedPolicy { refresh_hours: None, ..NamedPolicy::default() };
    let old = before.unwrap_or(&none);
    let mut changes: Vec<String> = Vec::new();
    for setting in catalogue::all() {
        let (was, is) = (old.policy.get(setting.field), after.policy.get(setting.field));
        if was != is {
            let shown = is.map_or_else(|| "as the phone likes".to_owned(), |value| setting.show(&value));
            changes.push(format!("{} {shown}", setting.field));
        }
    }
    if old.refresh_hours != after.refresh_hours {
        let hours = after.refresh_hours.map_or_else(|| "never".to_owned(), |hours| hours.to_string());
        changes.push(format!("refresh_hours {hours}"));
    }
    for (name, was, is) in [
        ("allow_partial", old.allow_partial, after.allow_partial),
        ("allow_non_provisionable", old.allow_non_provisionable, after.allow_non_provisionable),
        ("allow_externally_managed", old.allow_externally_managed, after.allow_externally_managed),
    ] {
        if was != is {
            changes.push(format!("{name} {}", if is { "yes" } else { "no" }));
        }
    }
    let word = if before.is_some() { "changed" } else { "new" };
    if changes.is_empty() {
        format!("{word}, nothing is different")
    } else {
        format!("{word}, {}", changes.join(", "))
    }
}
