//! All that was decided about policies and switches, read in one go: servers keep it in memory, and read it
//! again when the counter says that it changed.

use std::collections::{BTreeMap, BTreeSet};

use fieldpost_domain::AccountId;
use fieldpost_domain::directory::EntryId;
use fieldpost_domain::policy::NamedPolicy;
use fieldpost_domain::policy::assignment::Assignments;
use fieldpost_domain::switches::{AccountSwitches, Switches};
use sqlx::{AnyConnection, Row};

use crate::directory::{ACCOUNT, GROUP};
use crate::{Store, StoreError, bell};

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// The counter's value from before the rest was read.
    pub revision: i64,
    /// All policies, by name.
    pub policies: Vec<NamedPolicy>,
    /// Who has which.
    pub assignments: Assignments,
    /// The accounts in each group that is assigned a policy, those of the groups in it among them.
    pub members: BTreeMap<EntryId, BTreeSet<AccountId>>,
    /// What the organisation may use.
    pub switches: Switches,
    /// What is said otherwise of accounts.
    pub account_switches: BTreeMap<AccountId, AccountSwitches>,
}

/// Says that something of it changed.
pub(crate) async fn touch(conn: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("UPDATE counter SET value = value + 1 WHERE name = 'rules'").execute(&mut *conn).await?;
    bell::ring_rules(conn).await
}

/// Who is in a group, by the group's number.
type Membership = BTreeMap<EntryId, (BTreeSet<AccountId>, BTreeSet<EntryId>)>;

impl Store {
    /// The counter's value: it grows with each change of [`Store::rules`].
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn rules_revision(&self) -> Result<i64, StoreError> {
        let row =
            sqlx::query("SELECT value FROM counter WHERE name = 'rules'").fetch_one(&self.db.read).await?;
        Ok(row.try_get(0)?)
    }

    /// All that was decided. What changes while it is read may be there or not; the counter has grown then.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn rules(&self) -> Result<Rules, StoreError> {
        let revision = self.rules_revision().await?;
        let assignments = self.policy_assignments().await?;
        let groups: Vec<EntryId> = assignments.groups.iter().map(|(group, _)| *group).collect();
        let (switches, account_switches) = self.all_switches().await?;
        Ok(Rules {
            revision,
            policies: self.policies().await?,
            members: self.all_members(&groups).await?,
            assignments,
            switches: switches.unwrap_or_default(),
            account_switches,
        })
    }

    /// The accounts in these groups, through groups in groups.
    async fn all_members(
        &self,
        groups: &[EntryId],
    ) -> Result<BTreeMap<EntryId, BTreeSet<AccountId>>, StoreError> {
        let mut direct = Membership::new();
        let mut open = groups.to_vec();
        while let Some(group) = open.pop() {
            if direct.contains_key(&group) {
                continue;
            }
            let members = self.direct_members(group).await?;
            open.extend(members.1.iter().copied());
            direct.insert(group, members);
        }
        Ok(groups.iter().map(|group| (*group, below(&direct, *group))).collect())
    }

    async fn direct_members(
        &self,
        group: EntryId,
    ) -> Result<(BTreeSet<AccountId>, BTreeSet<EntryId>), StoreError> {
        let rows = sqlx::query(
            "SELECT directory_entry.kind, directory_entry.entry_id, directory_entry.account_id \
             FROM directory_member \
             JOIN directory_address ON directory_address.folded = directory_member.folded \
             JOIN directory_entry ON directory_entry.entry_id = directory_address.entry_id \
             WHERE directory_member.group_id = $1 AND directory_address.kind <= $2",
        )
        .bind(group.0)
        .bind(GROUP)
        .fetch_all(&self.db.read)
        .await?;
        let (mut accounts, mut groups) = (BTreeSet::new(), BTreeSet::new());
        for row in &rows {
            match (row.try_get::<i64, _>(0)?, row.try_get::<Option<i64>, _>(2)?) {
                (ACCOUNT, Some(account)) => drop(accounts.insert(AccountId(account))),
                (GROUP, _) => drop(groups.insert(EntryId(row.try_get(1)?))),
                _ => {}
            }
        }
        Ok((accounts, groups))
    }
}

/// The accounts in a group and in the groups below it, each of which is looked at once.
fn below(direct: &Membership, group: EntryId) -> BTreeSet<AccountId> {
    let (mut all, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![group]);
    while let Some(group) = open.pop() {
        let Some((accounts, groups)) = direct.get(&group).filter(|_| seen.insert(group)) else { continue };
        all.extend(accounts.iter().copied());
        open.extend(groups.iter().copied());
    }
    all
}
