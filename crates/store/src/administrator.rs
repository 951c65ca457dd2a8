//! Administrators: who may administer, in which role, and the second factor of those who sign in. What they
//! are signed in to is in [`crate::web_session`].

use std::fmt;
use std::str::FromStr;

use fieldpost_domain::AccountId;
use fieldpost_domain::role::Role;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::{Act, Store, StoreError};

/// Who is meant by an [`Administrator`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdministratorKind {
    /// Somebody with a name and a password of their own.
    Own,
    /// An account, by its address.
    Account,
    /// The members of a group, by the group's address.
    Group,
}

/// Somebody, or several, who may administer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    /// Its number, never used again.
    pub id: i64,
    /// Who is meant.
    pub kind: AdministratorKind,
    /// The name to sign in with, or the address of account or group.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The password was made by somebody else and must be changed at the next sign-in.
    pub one_time: bool,
    /// When it was made.
    pub created: Timestamp,
}

/// An administrator to be made.
#[derive(Debug, Clone)]
pub struct NewAdministrator {
    /// Who is meant.
    pub kind: AdministratorKind,
    /// The name to sign in with, or the address of account or group.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// PHC string of the password of [`AdministratorKind::Own`].
    pub password_hash: Option<String>,
    /// Whether the password must be changed at the next sign-in.
    pub one_time: bool,
}

/// Somebody who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Person {
    /// An administrator with a password of their own.
    Administrator(i64),
    /// The user of an account.
    Account(AccountId),
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Person::Administrator(id) => write!(f, "administrator:{id}"),
            Person::Account(id) => write!(f, "account:{id}"),
        }
    }
}

impl FromStr for Person {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Person, StoreError> {
        let damaged = || StoreError::Damaged("a person can't be read".to_owned());
        let (kind, id) = text.split_once(':').ok_or_else(damaged)?;
        let id = id.parse().map_err(|_| damaged())?;
        match kind {
            "administrator" => Ok(Person::Administrator(id)),
            "account" => Ok(Person::Account(AccountId(id))),
            _ => Err(damaged()),
        }
    }
}

/// What somebody's codes are made from (RFC 6238). Its `Debug` form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret, as whoever reads it has sealed it.
    pub secret: Vec<u8>,
    /// A code made from it was given once, so it is asked for from now on.
    pub confirmed: bool,
    /// The newest step of time whose code was used.
    pub last_step: i64,
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecondFactor").field("confirmed", &self.confirmed).finish_non_exhaustive()
    }
}

impl AdministratorKind {
    fn number(self) -> i64 {
        match self {
            AdministratorKind::Own => 0,
            AdministratorKind::Account => 1,
            AdministratorKind::Group => 2,
        }
    }

    fn of(number: i64) -> Result<AdministratorKind, StoreError> {
        match number {
            0 => Ok(AdministratorKind::Own),
            1 => Ok(AdministratorKind::Account),
            2 => Ok(AdministratorKind::Group),
            _ => Err(StoreError::Damaged("the kind of an administrator is not known".to_owned())),
        }
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn administrator(row: &AnyRow) -> Result<Administrator, StoreError> {
    let role: String = row.try_get(3)?;
    Ok(Administrator {
        id: row.try_get(0)?,
        kind: AdministratorKind::of(row.try_get(1)?)?,
        name: row.try_get(2)?,
        role: role.parse().map_err(|_| StoreError::Damaged("a role is not known".to_owned()))?,
        one_time: row.try_get::<i64, _>(4)? != 0,
        created: Timestamp::from_millisecond(row.try_get(5)?)
            .map_err(|_| StoreError::Damaged("a time is out of range".to_owned()))?,
    })
}

fn second_factor(row: &AnyRow) -> Result<SecondFactor, StoreError> {
    Ok(SecondFactor {
        secret: row.try_get(0)?,
        confirmed: row.try_get::<i64, _>(1)? != 0,
        last_step: row.try_get(2)?,
    })
}

macro_rules! select_administrators {
    ($rest:literal) => {
        concat!("SELECT administrator_id, kind, name, role, one_time, created FROM administrator ", $rest)
    };
}

/// Ends the sessions of somebody, and takes the second factor away.
async fn forget_person(conn: &mut AnyConnection, person: Person) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM second_factor WHERE person = $1",
        "DELETE FROM recovery_code WHERE person = $1",
        "DELETE FROM web_session WHERE person = $1",
    ] {
        sqlx::query(sql).bind(person.to_string()).execute(&mut *conn).await?;
    }
    Ok(())
}

impl Store {
    /// All administrators, by kind and name.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn administrators(&self) -> Result<Vec<Administrator>, StoreError> {
        let rows =
            sqlx::query(select_administrators!("ORDER BY kind, folded")).fetch_all(&self.db.read).await?;
        rows.iter().map(administrator).collect()
    }

    /// The administrator with this number.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn administrator(&self, id: i64) -> Result<Option<Administrator>, StoreError> {
        let row = sqlx::query(select_administrators!("WHERE administrator_id = $1"))
            .bind(id)
            .fetch_optional(&self.db.read)
            .await?;
        row.as_ref().map(administrator).transpose()
    }

    /// The administrator of this kind with this name or address, without regard to case.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn administrator_by_name(
        &self,
        kind: AdministratorKind,
        name: &str,
    ) -> Result<Option<Administrator>, StoreError> {
        let row = sqlx::query(select_administrators!("WHERE kind = $1 AND folded = $2"))
            .bind(kind.number())
            .bind(folded(name))
            .fetch_optional(&self.db.read)
            .await?;
        row.as_ref().map(administrator).transpose()
    }

    /// The PHC string of an administrator's own password.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn administrator_password(&self, id: i64) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT password_hash FROM administrator WHERE administrator_id = $1")
            .bind(id)
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.flatten())
    }

    /// Somebody's second factor.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn second_factor(&self, person: Person) -> Result<Option<SecondFactor>, StoreError> {
        let row = sqlx::query("SELECT secret, confirmed, last_step FROM second_factor WHERE person = $1")
            .bind(person.to_string())
            .fetch_optional(&self.db.read)
            .await?;
        row.as_ref().map(second_factor).transpose()
    }

    /// Everybody's second factor.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn second_factors(&self) -> Result<Vec<(Person, SecondFactor)>, StoreError> {
        let rows = sqlx::query("SELECT secret, confirmed, last_step, person FROM second_factor")
            .fetch_all(&self.db.read)
            .await?;
        rows.iter().map(|row| Ok((row.try_get::<String, _>(3)?.parse()?, second_factor(row)?))).collect()
    }

    /// Keeps the same secret in another form; nothing where it is not the one that it was any more.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn replace_secret(
        &self,
        person: Person,
        before: &[u8],
        after: &[u8],
    ) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query("UPDATE second_factor SET secret = $3 WHERE person = $1 AND secret = $2")
                .bind(person.to_string())
                .bind(before)
                .bind(after)
                .execute(&mut *transaction)
                .await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Keeps a new secret until a code made from it confirms it. A confirmed one stays as it is: false then.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn prepare_second_factor(&self, person: Person, secret: &[u8]) -> Result<bool, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query(
                "INSERT INTO second_factor (person, secret, confirmed, last_step) VALUES ($1, $2, 0, 0) \
                 ON CONFLICT (person) DO UPDATE SET secret = $2 WHERE second_factor.confirmed = 0",
            )
            .bind(person.to_string())
            .bind(secret)
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
            Ok(done.rows_affected() == 1)
        };
        self.db.retry(attempt).await
    }

    /// Notes that the code of a step of time was used; false where that step, or a later one, was used
    /// already.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn use_step(&self, person: Person, step: i64) -> Result<bool, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done =
                sqlx::query("UPDATE second_factor SET last_step = $2 WHERE person = $1 AND last_step < $2")
                    .bind(person.to_string())
                    .bind(step)
                    .execute(&mut *transaction)
                    .await?;
            transaction.commit().await?;
            Ok(done.rows_affected() == 1)
        };
        self.db.retry(attempt).await
    }

    /// Confirms somebody's second factor, and keeps these recovery codes (SHA-256 of each) in place of
    /// those before.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn confirm_second_factor(&self, person: Person, codes: &[String]) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query("UPDATE second_factor SET confirmed = 1 WHERE person = $1")
                .bind(person.to_string())
                .execute(&mut *transaction)
                .await?;
            sqlx::query("DELETE FROM recovery_code WHERE person = $1")
                .bind(person.to_string())
                .execute(&mut *transaction)
                .await?;
            for code in codes {
                sqlx::query("INSERT INTO recovery_code (person, hash) VALUES ($1, $2)")
                    .bind(person.to_string())
                    .bind(code.as_str())
                    .execute(&mut *transaction)
                    .await?;
            }
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Takes a recovery code (its SHA-256); false where it is not one, or was used.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn use_recovery_code(&self, person: Person, hash: &str) -> Result<bool, StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            let done = sqlx::query("DELETE FROM recovery_code WHERE person = $1 AND hash = $2")
                .bind(person.to_string())
                .bind(hash)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            Ok(done.rows_affected() == 1)
        };
        self.db.retry(attempt).await
    }

    /// Takes somebody's second factor away, and ends their sessions.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn reset_second_factor(&self, person: Person) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            forget_person(&mut transaction, person).await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// Sets the password that an administrator chose, and ends all their sessions.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn choose_administrator_password(&self, id: i64, phc: &str) -> Result<(), StoreError> {
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            set_password(&mut transaction, id, phc, false).await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }
}

async fn set_password(
    conn: &mut AnyConnection,
    id: i64,
    phc: &str,
    one_time: bool,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE administrator SET password_hash = $2, one_time = $3 WHERE administrator_id = $1 AND kind = 0",
    )
    .bind(id)
    .bind(phc)
    .bind(i64::from(one_time))
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM web_session WHERE person = $1")
        .bind(Person::Administrator(id).to_string())
        .execute(&mut *conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// What owners do to administrators.
impl Act {
    /// Makes an administrator; gives none where there is one of that kind and name already.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn add_administrator(
        &mut self,
        new: &NewAdministrator,
        now: Timestamp,
    ) -> Result<Option<Administrator>, StoreError> {
        let row =
            sqlx::query("UPDATE counter SET value = value + 1 WHERE name = 'administrator' RETURNING value")
                .fetch_one(self.conn())
                .await?;
        let id: i64 = row.try_get(0)?;
        let done = sqlx::query(
            "INSERT INTO administrator (administrator_id, kind, name, folded, role, password_hash, \
             one_time, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (kind, folded) DO NOTHING",
        )
        .bind(id)
        .bind(new.kind.number())
        .bind(new.name.as_str())
        .bind(folded(&new.name))
        .bind(new.role.name())
        .bind(new.password_hash.as_deref())
        .bind(i64::from(new.one_time))
        .bind(now.as_millisecond())
        .execute(self.conn())
        .await?;
        Ok((done.rows_affected() == 1).then(|| Administrator {
            id,
            kind: new.kind,
            name: new.name.clone(),
            role: new.role,
            one_time: new.one_time,
            created: now,
        }))
    }

    /// Gives an administrator another role. Sessions see it at their next request. False where the
    /// administrator does not exist. Who would see to it that an owner is left asks for [`Act::owners`] first.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn set_administrator_role(&mut self, id: i64, role: Role) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE administrator SET role = $2 WHERE administrator_id = $1")
            .bind(id)
            .bind(role.name())
            .execute(self.conn())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Sets a password that its owner must change at the next sign-in, and ends all their sessions. False
    /// where the administrator does not exist or has no password of their own.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn set_administrator_password(
        &mut self,
        id: i64,
        phc: &str,
        one_time: bool,
    ) -> Result<bool, StoreError> {
        set_password(self.conn(), id, phc, one_time).await
    }

    /// Takes somebody's second factor away, and ends their sessions.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn reset_second_factor(&mut self, person: Person) -> Result<(), StoreError> {
        forget_person(self.conn(), person).await
    }

    /// Removes an administrator, with sessions and second factor. False where the administrator does not
    /// exist.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn remove_administrator(&mut self, id: i64) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM administrator WHERE administrator_id = $1")
            .bind(id)
            .execute(self.conn())
            .await?;
        forget_person(self.conn(), Person::Administrator(id)).await?;
        Ok(done.rows_affected() == 1)
    }

    /// How many administrators are owners, as things stand in this act. Acts that ask wait for each other from
    /// here to their end: otherwise two of them could each see the other's owner as the one that is left.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn owners(&mut self) -> Result<i64, StoreError> {
        sqlx::query("UPDATE counter SET value = value WHERE name = 'administrator'")
            .execute(self.conn())
            .await?;
        let row = sqlx::query("SELECT COUNT(*) FROM administrator WHERE role = $1")
            .bind(Role::Owner.name())
            .fetch_one(self.conn())
            .await?;
        Ok(row.try_get(0)?)
    }
}
