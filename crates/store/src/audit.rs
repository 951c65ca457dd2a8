//! The transaction log: entries are appended within the transaction of the act that they tell of, and read
//! by pages, each by an index, whatever the size of the log. What they mean and how they are chained is
//! [`fieldpost_domain::audit`]'s.

use fieldpost_domain::audit::{Damage, Entry, Event, Hash, Head, Outcome, Walk};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::account::folded;
use crate::act::Act;
use crate::db::Dialect;
use crate::{Store, StoreError};

/// Most entries of a page.
pub const PAGE_MAX: usize = 1000;
/// Entries that are read at once where all of them are.
const PORTION: i64 = 2000;

/// Which entries are looked for. What is not given does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogFilter {
    /// From then on.
    pub from: Option<Timestamp>,
    /// Until before then.
    pub until: Option<Timestamp>,
    /// By whom, without regard to case.
    pub actor: Option<String>,
    /// About whose mailbox: the primary address, without regard to case.
    pub mailbox: Option<String>,
    /// About which device.
    pub device_id: Option<String>,
    /// What.
    pub action: Option<String>,
    /// With which outcome.
    pub outcome: Option<Outcome>,
}

const COLUMNS: &str = "number, time, actor, through, address, mailbox, device_id, device_type, action, detail, \
                       outcome, hash";

impl Dialect {
    fn lock_audit_head(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SELECT number, time, hash FROM audit_head WHERE one = 1",
            Dialect::Postgres => "SELECT number, time, hash FROM audit_head WHERE one = 1 FOR UPDATE",
        }
    }
}

fn hash(row: &AnyRow, column: usize) -> Result<Hash, StoreError> {
    let bytes: Vec<u8> = row.try_get(column)?;
    let bytes = <[u8; 32]>::try_from(bytes.as_slice());
    Ok(Hash(bytes.map_err(|_| StoreError::Damaged("a hash of the transaction log is none".to_owned()))?))
}

fn time(row: &AnyRow, column: usize) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(row.try_get(column)?)
        .map_err(|_| StoreError::Damaged("a time in the transaction log is out of range".to_owned()))
}

fn entry(row: &AnyRow) -> Result<Entry, StoreError> {
    let outcome: String = row.try_get(10)?;
    let event = Event {
        actor: row.try_get(2)?,
        through: row.try_get(3)?,
        address: row.try_get(4)?,
        mailbox: row.try_get(5)?,
        device_id: row.try_get(6)?,
        device_type: row.try_get(7)?,
        action: row.try_get(8)?,
        detail: row.try_get(9)?,
        outcome: Outcome::from_name(&outcome)
            .ok_or_else(|| StoreError::Damaged("an outcome in the transaction log is none".to_owned()))?,
    };
    Ok(Entry { number: row.try_get(0)?, time: time(row, 1)?, event })
}

async fn head(conn: &mut AnyConnection, statement: &'static str) -> Result<(Head, Timestamp), StoreError> {
    let row = sqlx::query(statement).fetch_one(conn).await?;
    Ok((Head { number: row.try_get(0)?, hash: hash(&row, 2)? }, time(&row, 1)?))
}

/// Appends an entry. The lock on the head makes all acts of all programs wait for each other here, so that
/// the chain does not fork.
pub(crate) async fn append(act: &mut Act, event: Event, now: Timestamp) -> Result<Entry, StoreError> {
    let statement = act.dialect().lock_audit_head();
    let (head, last) = head(act.conn(), statement).await?;
    // NUL is the one character that PostgreSQL does not take in a text.
    let plain = |text: String| text.replace('\0', "\u{fffd}");
    let event = event.map(plain);
    let event = Event { mailbox: folded(&event.mailbox), ..event };
    let entry = Entry::after(head, last, event, now);
    let hash = entry.hash(head.hash);
    sqlx::query(
        "INSERT INTO audit (number, time, actor, through, address, mailbox, device_id, device_type, action, \
         detail, outcome, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(entry.number)
    .bind(entry.time.as_millisecond())
    .bind(entry.event.actor.as_str())
    .bind(entry.event.through.as_str())
    .bind(entry.event.address.as_str())
    .bind(entry.event.mailbox.as_str())
    .bind(entry.event.device_id.as_str())
    .bind(entry.event.device_type.as_str())
    .bind(entry.event.action.as_str())
    .bind(entry.event.detail.as_str())
    .bind(entry.event.outcome.name())
    .bind(hash.0.as_slice())
    .execute(act.conn())
    .await?;
    sqlx::query("UPDATE audit_head SET number = $1, time = $2, hash = $3 WHERE one = 1")
        .bind(entry.number)
        .bind(entry.time.as_millisecond())
        .bind(hash.0.as_slice())
        .execute(act.conn())
        .await?;
    Ok(entry)
}

/// A condition under construction, with what it binds.
struct Condition {
    sql: String,
    texts: Vec<String>,
}

impl Condition {
    /// `column = text`. Only the first such condition may be looked up in an index: the databases know
    /// nothing of how rare a value is, and would choose the wrong one. They come from the rarest on.
    fn equal(&mut self, column: &str, text: String) {
        use std::fmt::Write as _;

        self.texts.push(text);
        // $1 and $2 are the first and last number, $3 the limit.
        let place = self.texts.len() + 3;
        let _ = match self.texts.len() {
            1 => write!(self.sql, " AND {column} = ${place}"),
            // The index of actors has the actions with it.
            2 if column == "action" && self.sql.contains(" AND actor = ") => {
                write!(self.sql, " AND {column} = ${place}")
            }
            _ => write!(self.sql, " AND {column} || '' = ${place}"),
        };
    }
}

impl Store {
    /// The newest entry's number and hash, to be noted elsewhere.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn audit_head(&self) -> Result<Head, StoreError> {
        let mut conn = self.db.read.acquire().await?;
        Ok(head(&mut conn, "SELECT number, time, hash FROM audit_head WHERE one = 1").await?.0)
    }

    /// Up to `limit` entries that pass the filter, newest first, of those before the entry with the number
    /// `before`. At most [`PAGE_MAX`].
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn audit_page(
        &self,
        filter: &LogFilter,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        // Times never go back in the log, so a span of time is a span of numbers.
        let first = match filter.from {
            Some(from) => self.first_audit_since(from).await?,
            None => Some(0),
        };
        let Some(first) = first else { return Ok(Vec::new()) };
        let end = match filter.until {
            Some(until) => self.first_audit_since(until).await?.unwrap_or(i64::MAX),
            None => i64::MAX,
        };
        let end = end.min(before.unwrap_or(i64::MAX));
        let mut condition = Condition { sql: String::new(), texts: Vec::new() };
        // Most of what is asked for is done.
        let outcome = |wanted: bool| {
            let outcome = filter.outcome.filter(|outcome| (*outcome == Outcome::Done) == wanted);
            outcome.map(|outcome| outcome.name().to_owned())
        };
        let (rare_outcome, usual_outcome) = (outcome(false), outcome(true));
        for (column, text) in [
            ("device_id", filter.device_id.clone()),
            ("mailbox", filter.mailbox.as_deref().map(folded)),
            ("outcome", rare_outcome),
            ("actor", filter.actor.clone()),
            ("action", filter.action.clone()),
            ("outcome", usual_outcome),
        ] {
            if let Some(text) = text {
                condition.equal(column, text);
            }
        }
        // The indexes of what is filtered by have the number in this form, and the primary key has not.
        let place = if condition.texts.is_empty() { "number" } else { "number + 0" };
        let sql = format!(
            "SELECT {COLUMNS} FROM audit WHERE {place} >= $1 AND {place} < $2{} ORDER BY {place} DESC LIMIT $3",
            condition.sql
        );
        let limit = i64::try_from(limit.min(PAGE_MAX)).unwrap_or(0);
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(first).bind(end).bind(limit);
        for text in condition.texts {
            query = query.bind(text);
        }
        let rows = query.fetch_all(&self.db.read).await?;
        rows.iter().map(entry).collect()
    }

    async fn first_audit_since(&self, time: Timestamp) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query("SELECT number FROM audit WHERE time >= $1 ORDER BY time, number LIMIT 1")
            .bind(time.as_millisecond())
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Walks the whole log and compares it with what was written. `noted` is a head that was noted elsewhere.
    ///
    /// # Errors
    /// Our own trouble; the log being damaged is a value.
    pub async fn verify_audit(&self, noted: Option<Head>) -> Result<Result<Head, Damage>, StoreError> {
        let mut walk = noted.map_or_else(Walk::default, Walk::noting);
        // The head first: what is appended while this walks is walked up to the head and no further.
        let head = self.audit_head().await?;
        let mut last = 0;
        loop {
            let sql = format!("SELECT {COLUMNS} FROM audit WHERE number > $1 ORDER BY number LIMIT $2");
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(last)
                .bind(PORTION)
                .fetch_all(&self.db.read)
                .await?;
            for row in &rows {
                last = row.try_get(0)?;
                if last > head.number && self.audit_head().await?.number >= last {
                    return Ok(walk.end(head));
                }
                // What can't even be read was not written so.
                let Ok(entry) = entry(row) else { return Ok(Err(Damage::Altered(last))) };
                let Ok(stored) = hash(row, 11) else { return Ok(Err(Damage::Altered(last))) };
                if let Err(damage) = walk.step(&entry, stored) {
                    return Ok(Err(damage));
                }
            }
            if rows.len() < usize::try_from(PORTION).unwrap_or(usize::MAX) {
                return Ok(walk.end(head));
            }
        }
    }
}
