//! Policies: what is asked of phones, and of which accounts.

use fieldpost_domain::AccountId;
use fieldpost_domain::directory::EntryId;
use fieldpost_domain::policy::NamedPolicy;
use fieldpost_domain::policy::assignment::{Assignments, Holder};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::act::Act;
use crate::{Store, StoreError, rules};

/// What column `kind` holds.
const OF_ACCOUNT: i64 = 0;
const OF_GROUP: i64 = 1;
const OF_EVERYBODY: i64 = 2;

fn policy(row: &AnyRow) -> Result<NamedPolicy, StoreError> {
    serde_json::from_str(row.try_get(0)?)
        .map_err(|_| StoreError::Damaged("a policy can't be read".to_owned()))
}

fn row_of(holder: Holder) -> (i64, i64) {
    match holder {
        Holder::Account(account) => (OF_ACCOUNT, account.0),
        Holder::Group(group) => (OF_GROUP, group.0),
    }
}

async fn assign(
    conn: &mut AnyConnection,
    (kind, holder): (i64, i64),
    name: Option<&str>,
) -> Result<(), StoreError> {
    match name {
        None => {
            sqlx::query("DELETE FROM policy_assignment WHERE kind = $1 AND holder = $2")
                .bind(kind)
                .bind(holder)
                .execute(&mut *conn)
                .await?;
        }
        // A group that comes new comes last; one that is assigned another policy keeps its place.
        Some(name) => {
            sqlx::query(
                "INSERT INTO policy_assignment (kind, holder, position, policy) \
                 VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM policy_assignment \
                 WHERE kind = $1), $3) \
                 ON CONFLICT (kind, holder) DO UPDATE SET policy = $3",
            )
            .bind(kind)
            .bind(holder)
            .bind(NamedPolicy::folded(name))
            .execute(&mut *conn)
            .await?;
        }
    }
    rules::touch(conn).await
}

/// A group is gone: what it was assigned goes with it.
pub(crate) async fn forget_group(conn: &mut AnyConnection, group: EntryId) -> Result<(), StoreError> {
    assign(conn, row_of(Holder::Group(group)), None).await
}

impl Store {
    /// All policies, by name.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn policies(&self) -> Result<Vec<NamedPolicy>, StoreError> {
        let rows = sqlx::query("SELECT data FROM policy ORDER BY folded").fetch_all(&self.db.read).await?;
        rows.iter().map(policy).collect()
    }

    /// The policy of this name, without regard to case.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn policy(&self, name: &str) -> Result<Option<NamedPolicy>, StoreError> {
        let row = sqlx::query("SELECT data FROM policy WHERE folded = $1")
            .bind(NamedPolicy::folded(name))
            .fetch_optional(&self.db.read)
            .await?;
        row.as_ref().map(policy).transpose()
    }

    /// Who has which.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn policy_assignments(&self) -> Result<Assignments, StoreError> {
        let rows =
            sqlx::query("SELECT kind, holder, policy FROM policy_assignment ORDER BY kind, position, holder")
                .fetch_all(&self.db.read)
                .await?;
        let mut all = Assignments::default();
        for row in &rows {
            let (holder, name): (i64, String) = (row.try_get(1)?, row.try_get(2)?);
            match row.try_get::<i64, _>(0)? {
                OF_ACCOUNT => drop(all.accounts.insert(AccountId(holder), name)),
                OF_GROUP => all.groups.push((EntryId(holder), name)),
                OF_EVERYBODY => all.default = Some(name),
                _ => return Err(StoreError::Damaged("an assignment of a policy is to nobody".to_owned())),
            }
        }
        let rows = sqlx::query("SELECT account_id FROM policy_exempt").fetch_all(&self.db.read).await?;
        for row in &rows {
            all.exempt.insert(AccountId(row.try_get(0)?));
        }
        Ok(all)
    }
}

/// Most addresses of a list of accounts.
pub const ACCOUNTS_MAX: i64 = 1000;

impl Store {
    /// The primary addresses of the accounts that are assigned this policy by themselves, in order, at most
    /// [`ACCOUNTS_MAX`].
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn policy_accounts(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT account_address.address FROM policy_assignment \
             JOIN account_address ON account_address.account_id = policy_assignment.holder \
             WHERE policy_assignment.policy = $1 AND policy_assignment.kind = $2 \
             AND account_address.position = 0 ORDER BY account_address.folded LIMIT $3",
        )
        .bind(NamedPolicy::folded(name))
        .bind(OF_ACCOUNT)
        .bind(ACCOUNTS_MAX)
        .fetch_all(&self.db.read)
        .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The primary addresses of the accounts that are exempt, in order, at most [`ACCOUNTS_MAX`].
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn exempt_accounts(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT account_address.address FROM policy_exempt \
             JOIN account_address ON account_address.account_id = policy_exempt.account_id \
             WHERE account_address.position = 0 ORDER BY account_address.folded LIMIT $1",
        )
        .bind(ACCOUNTS_MAX)
        .fetch_all(&self.db.read)
        .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}

impl Act {
    /// Adds the policy, or replaces the one of the same name. Tells what it replaces.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_policy(&mut self, new: &NamedPolicy) -> Result<Option<NamedPolicy>, StoreError> {
        let data =
            serde_json::to_string(new).map_err(|_| StoreError::Limit("the policy can't be written"))?;
        let folded = NamedPolicy::folded(&new.name);
        let row = sqlx::query("SELECT data FROM policy WHERE folded = $1")
            .bind(folded.as_str())
            .fetch_optional(self.conn())
            .await?;
        let before = row.as_ref().map(policy).transpose()?;
        sqlx::query(
            "INSERT INTO policy (folded, data) VALUES ($1, $2) \
             ON CONFLICT (folded) DO UPDATE SET data = $2",
        )
        .bind(folded)
        .bind(data)
        .execute(self.conn())
        .await?;
        rules::touch(self.conn()).await?;
        Ok(before)
    }

    /// Removes a policy that nobody is assigned. Tells how many still are: then it stays. None: there is no
    /// such policy.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn delete_policy(&mut self, name: &str) -> Result<Option<u64>, StoreError> {
        let folded = NamedPolicy::folded(name);
        let row = sqlx::query("SELECT CAST(COUNT(*) AS BIGINT) FROM policy_assignment WHERE policy = $1")
            .bind(folded.as_str())
            .fetch_one(self.conn())
            .await?;
        let assigned: i64 = row.try_get(0)?;
        if assigned > 0 {
            return Ok(Some(assigned.unsigned_abs()));
        }
        let done =
            sqlx::query("DELETE FROM policy WHERE folded = $1").bind(folded).execute(self.conn()).await?;
        rules::touch(self.conn()).await?;
        Ok((done.rows_affected() > 0).then_some(0))
    }

    /// Whether there is a policy of this name. It stays until the act ends.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn has_policy(&mut self, name: &str) -> Result<bool, StoreError> {
        // An update holds the row where several programs write at the same time.
        let done = sqlx::query("UPDATE policy SET data = data WHERE folded = $1")
            .bind(NamedPolicy::folded(name))
            .execute(self.conn())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Has an account or a group have the policy of this name, or with none what holds for others.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn assign_policy(&mut self, holder: Holder, name: Option<&str>) -> Result<(), StoreError> {
        assign(self.conn(), row_of(holder), name).await
    }

    /// Has everybody of whom nothing else is said have the policy of this name, or with none the one of the
    /// configuration file.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn set_default_policy(&mut self, name: Option<&str>) -> Result<(), StoreError> {
        assign(self.conn(), (OF_EVERYBODY, 0), name).await
    }

    /// Puts the groups that are assigned a policy in this order; those that are not named come after them, as
    /// they were.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn order_policy_groups(&mut self, groups: &[EntryId]) -> Result<(), StoreError> {
        let count = i64::try_from(groups.len()).unwrap_or(i64::MAX);
        sqlx::query("UPDATE policy_assignment SET position = position + $2 WHERE kind = $1")
            .bind(OF_GROUP)
            .bind(count)
            .execute(self.conn())
            .await?;
        for (position, group) in (0i64..).zip(groups) {
            sqlx::query("UPDATE policy_assignment SET position = $3 WHERE kind = $1 AND holder = $2")
                .bind(OF_GROUP)
                .bind(group.0)
                .bind(position)
                .execute(self.conn())
                .await?;
        }
        rules::touch(self.conn()).await
    }

    /// Has an account be served without any policy, or not any more.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn exempt_from_policies(&mut self, account: AccountId, exempt: bool) -> Result<(), StoreError> {
        let statement = match exempt {
            true => "INSERT INTO policy_exempt (account_id) VALUES ($1) ON CONFLICT (account_id) DO NOTHING",
            false => "DELETE FROM policy_exempt WHERE account_id = $1",
        };
        sqlx::query(statement).bind(account.0).execute(self.conn()).await?;
        rules::touch(self.conn()).await
    }
}
