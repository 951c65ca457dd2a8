//! The rules in memory: policies, who has which, and feature switches, as every request needs them.
//!
//! Requests read what is held here and never the store. It is read anew when the store's counter says that
//! something changed: at once where this process changed it, and where another one did, say the command line, when
//! that is heard ([`crate::elsewhere`]).
//!
//! Who waits is woken then, where what holds for its account has changed.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use fieldpost_domain::AccountId;
use fieldpost_domain::directory::EntryId;
use fieldpost_domain::policy::assignment::InForce;
use fieldpost_domain::policy::standing::Wanted;
use fieldpost_domain::policy::{NamedPolicy, named};
use fieldpost_domain::switches::{AccountSwitches, Switches};
use fieldpost_eas::Version;
use fieldpost_store::{Rules, Store, StoreError};
use tokio::sync::Mutex;

use crate::Settings;
use crate::push::Hub;

/// A policy, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The policy.
    pub named: NamedPolicy,
    /// Phones must take it. Otherwise it is given to those that ask, and nothing more.
    pub required: bool,
    digests: [String; Version::ALL.len()],
}

impl Prepared {
    fn new(named: NamedPolicy, required: bool) -> Prepared {
        let digests = Version::ALL.map(|version| named.policy.digest(version));
        Prepared { named, required, digests }
    }

    /// What a phone of this version is held against.
    pub fn wanted(&self, version: Version) -> Wanted<'_> {
        let at = Version::ALL.iter().position(|known| *known == version);
        let digest = at.and_then(|at| self.digests.get(at)).map_or("", String::as_str);
        Wanted { named: &self.named, digest }
    }
}

fn nothing() -> NamedPolicy {
    NamedPolicy {
        refresh_hours: None,
        allow_partial: true,
        allow_non_provisionable: true,
        allow_externally_managed: true,
        ..NamedPolicy::default()
    }
}

/// All rules at one moment.
#[derive(Debug, PartialEq, Eq)]
pub struct Book {
    revision: i64,
    policies: HashMap<String, Arc<Prepared>>,
    configured: Arc<Prepared>,
    release: Arc<Prepared>,
    assignments: fieldpost_domain::policy::assignment::Assignments,
    groups: HashMap<AccountId, BTreeSet<EntryId>>,
    organisation: Arc<Switches>,
    accounts: HashMap<AccountId, (Arc<Switches>, AccountSwitches)>,
}

impl Book {
    fn new(rules: Rules, configured: Arc<Prepared>) -> Book {
        let Rules { revision, policies, assignments, members, switches, account_switches } = rules;
        let mut groups: HashMap<AccountId, BTreeSet<EntryId>> = HashMap::new();
        for (group, accounts) in members {
            for account in accounts {
                groups.entry(account).or_default().insert(group);
            }
        }
        let prepare =
            |named: NamedPolicy| (NamedPolicy::folded(&named.name), Arc::new(Prepared::new(named, true)));
        let accounts = account_switches
            .into_iter()
            .map(|(account, own)| (account, (Arc::new(switches.with(&own)), own)))
            .collect();
        Book {
            revision,
            policies: policies.into_iter().map(prepare).collect(),
            configured,
            release: Arc::new(Prepared::new(nothing(), true)),
            assignments,
            groups,
            organisation: Arc::new(switches),
            accounts,
        }
    }

    /// The policy that is in force for an account; none where it is exempt.
    pub fn policy(&self, account: AccountId) -> Option<&Arc<Prepared>> {
        let groups = self.groups.get(&account);
        let is_member = |group| groups.is_some_and(|groups| groups.contains(&group));
        match self.assignments.in_force(account, is_member) {
            InForce::Exempt => None,
            InForce::Named(name) => Some(self.policies.get(name).unwrap_or(&self.configured)),
            InForce::Configured => Some(&self.configured),
        }
    }

    /// What a device takes whose account is exempt now and was not before: nothing is asked any more.
    pub fn release(&self) -> &Arc<Prepared> {
        &self.release
    }

    /// The policy of the configuration file.
    pub fn configured(&self) -> &Arc<Prepared> {
        &self.configured
    }

    /// What an account may use.
    pub fn switches(&self, account: AccountId) -> &Arc<Switches> {
        self.accounts.get(&account).map_or(&self.organisation, |(switches, _)| switches)
    }

    /// Where notifications of news go, for an account that gets any.
    pub fn notification_address(&self, account: AccountId) -> Option<&str> {
        let (switches, own) = self.accounts.get(&account)?;
        own.notification_address.as_deref().filter(|_| switches.active_sync && switches.notifications)
    }

    /// Accounts of which anything is said.
    fn mentioned(&self) -> impl Iterator<Item = AccountId> {
        let assigned = self.assignments.accounts.keys().chain(&self.assignments.exempt);
        assigned.chain(self.groups.keys()).chain(self.accounts.keys()).copied()
    }

    /// Wakes those for whom something else holds than in `before`.
    fn wake_concerned(&self, before: &Book, hub: &Hub) {
        let holds =
            |book: &Book, account| (book.policy(account).cloned(), Arc::clone(book.switches(account)));
        // An account of which nothing is said.
        let anybody = AccountId(i64::MIN);
        if holds(self, anybody) != holds(before, anybody) {
            hub.wake_all();
            return;
        }
        let mentioned: BTreeSet<AccountId> = self.mentioned().chain(before.mentioned()).collect();
        let concerned =
            mentioned.into_iter().filter(|account| holds(self, *account) != holds(before, *account));
        hub.wake_accounts(concerned);
    }
}

/// The rules of one server.
pub struct Rulebook {
    store: Store,
    hub: Arc<Hub>,
    book: RwLock<Arc<Book>>,
    /// Held while the store is read, so that an older reading never replaces a newer one.
    reading: Mutex<()>,
}

impl Rulebook {
    /// Reads the store. The policy of the configuration file holds where the store has no other.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn open(store: Store, hub: Arc<Hub>, settings: &Settings) -> Result<Arc<Rulebook>, StoreError> {
        let lenient = settings.allow_non_provisionable;
        let configured = NamedPolicy {
            name: named::CONFIGURATION.to_owned(),
            policy: settings.policy.clone(),
            refresh_hours: settings.policy_refresh_hours,
            allow_partial: lenient,
            allow_non_provisionable: lenient,
            allow_externally_managed: lenient,
        };
        let configured = Arc::new(Prepared::new(configured, settings.require_provisioning));
        let book = Book::new(store.rules().await?, configured);
        Ok(Arc::new(Rulebook { store, hub, book: RwLock::new(Arc::new(book)), reading: Mutex::default() }))
    }

    /// The rules as they are now.
    pub fn book(&self) -> Arc<Book> {
        Arc::clone(&self.book.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the store again where it has changed, and wakes those whom that concerns.
    ///
    /// # Errors
    /// Our own trouble only; the rules stay as they were.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let _turn = self.reading.lock().await;
        let before = self.book();
        if self.store.rules_revision().await? == before.revision {
            return Ok(());
        }
        let book = Arc::new(Book::new(self.store.rules().await?, Arc::clone(&before.configured)));
        *self.book.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&book);
        book.wake_concerned(&before, &self.hub);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use fieldpost_domain::policy::Policy;
    use fieldpost_domain::policy::assignment::Assignments;

    use super::*;

    fn named(name: &str, length: u8) -> NamedPolicy {
        let policy = Policy { min_device_password_length: Some(length), ..Policy::NOTHING };
        NamedPolicy { name: name.to_owned(), policy, ..NamedPolicy::default() }
    }

    fn book(rules: Rules) -> Book {
        Book::new(rules, Arc::new(Prepared::new(named(named::CONFIGURATION, 1), true)))
    }

    #[test]
    fn each_account_has_its_own() {
        let (anna, bert, carl, dora) = (AccountId(1), AccountId(2), AccountId(3), AccountId(4));
        let book = book(Rules {
            policies: vec![named("Sales", 5), named("Board", 8)],
            assignments: Assignments {
                accounts: [(anna, "board".to_owned())].into(),
                groups: vec![(EntryId(9), "sales".to_owned())],
                exempt: [carl].into(),
                ..Assignments::default()
            },
            members: BTreeMap::from([(EntryId(9), [anna, bert, carl].into())]),
            ..Rules::default()
        });
        let name = |account| book.policy(account).map(|policy| policy.named.name.as_str());
        assert_eq!(name(anna), Some("Board"));
        assert_eq!(name(bert), Some("Sales"));
        assert_eq!(name(carl), None);
        assert_eq!(name(dora), Some(named::CONFIGURATION));
    }

    #[test]
    fn digests_are_those_of_the_version() {
        let prepared = Prepared::new(named("x", 5), true);
        for version in Version::ALL {
            assert_eq!(prepared.wanted(version).digest, prepared.named.policy.digest(version));
        }
    }

    #[test]
    fn notifications_need_an_address_and_the_switch() {
        let own = AccountSwitches {
            notification_address: Some("49123@sms.example".to_owned()),
            ..AccountSwitches::default()
        };
        let anna = AccountId(1);
        for (organisation, expected) in [(false, None), (true, Some("49123@sms.example"))] {
            let book = book(Rules {
                switches: Switches { notifications: organisation, ..Switches::default() },
                account_switches: [(anna, own.clone())].into(),
                ..Rules::default()
            });
            assert_eq!(book.notification_address(anna), expected);
            assert_eq!(book.notification_address(AccountId(2)), None);
        }
    }
}
