//! Devices: what the server remembers of each phone, what was decided about it, and how it is found.
//!
//! Requests write what a phone says of itself ([`Store::put_device`]); what is decided about it lies in
//! columns of its own, which only acts write (`control.rs`), so that neither undoes the other.

use fieldpost_domain::AccountId;
use fieldpost_domain::device::{Control, Device, Standing, search_text};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::account::folded;
use crate::{Store, StoreError};

/// Most rows of a page.
pub const DEVICE_PAGE_MAX: usize = 500;

/// A device and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// What is remembered of it; none where it never came.
    pub device: Option<Device>,
    /// What was decided.
    pub control: Control,
    /// Which admission rules are in force: the number grows with each change.
    pub rules: i64,
}

/// In which order devices are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceOrder {
    /// By the account's address, then by id.
    #[default]
    Owner,
    /// Those that came last first.
    LastSeen,
}

/// Which devices are looked for. What is not given does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceFilter {
    /// Each word is part of the account's address or name, or of what the device says of itself.
    pub text: Option<String>,
    /// Where it stands.
    pub standing: Option<Standing>,
    /// Whose.
    pub account: Option<AccountId>,
    /// Not seen since then, milliseconds since 1970 UTC.
    pub not_since: Option<i64>,
}

/// Devices that are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceCount {
    /// The version of the protocol that each one's last request spoke; none where it never said.
    pub version: Option<String>,
    /// Where they stand.
    pub standing: Standing,
    /// How many.
    pub devices: u64,
}

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Whose.
    pub account: AccountId,
    /// The account's primary address, folded.
    pub owner: String,
    /// What is remembered of it.
    pub device: Device,
    /// What was decided, but for [`Control::personal`].
    pub control: Control,
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text)
        .map_err(|_| StoreError::Damaged("what is known of a device can't be read".to_owned()))
}

pub(crate) fn write<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|_| StoreError::Limit("what is known of the device can't be written"))
}

fn optional<T: DeserializeOwned>(row: &AnyRow, column: usize) -> Result<Option<T>, StoreError> {
    row.try_get::<Option<String>, _>(column)?.as_deref().map(read).transpose()
}

pub(crate) fn device(row: &AnyRow) -> Result<Device, StoreError> {
    read(row.try_get(0)?)
}

/// Reads wipe, automatic and access from three columns.
pub(crate) fn control(row: &AnyRow, first: usize) -> Result<Control, StoreError> {
    Ok(Control {
        wipe: optional(row, first)?,
        automatic: optional(row, first + 1)?,
        access: optional(row, first + 2)?,
        personal: None,
    })
}

/// Whose it is, as lists have it: the primary address, folded, and the account's name.
async fn owner(conn: &mut AnyConnection, account: AccountId) -> Result<(String, String), StoreError> {
    let row = sqlx::query(
        "SELECT account_address.folded, account.display_name FROM account_address \
         JOIN account ON account.account_id = account_address.account_id \
         WHERE account_address.account_id = $1 AND account_address.position = 0",
    )
    .bind(account.0)
    .fetch_optional(conn)
    .await?;
    match row {
        Some(row) => Ok((row.try_get(0)?, row.try_get(1)?)),
        None => Ok((account.to_string(), String::new())),
    }
}

/// Lists a device by what it says of itself.
async fn list(
    conn: &mut AnyConnection,
    account: AccountId,
    device: &Device,
    standing: Standing,
) -> Result<(), StoreError> {
    let (owner, name) = owner(conn, account).await?;
    let text = format!("{owner}\n{}\n{}", name.to_lowercase(), search_text(device)).replace('\0', " ");
    sqlx::query(
        "INSERT INTO device_listing (account_id, device_id, owner, state, last_seen, text, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (account_id, device_id) \
         DO UPDATE SET owner = $3, last_seen = $5, text = $6, version = $7",
    )
    .bind(account.0)
    .bind(device.device_id.as_str())
    .bind(owner)
    .bind(standing.name())
    .bind(device.last_seen)
    .bind(text)
    .bind(device.version.as_deref().unwrap_or_default().replace('\0', " "))
    .execute(conn)
    .await?;
    Ok(())
}

/// How many devices speak which version, and stand where. The list's index holds all that it reads.
const COUNT_VERSIONS: &str = "SELECT COALESCE(version, ''), state, COUNT(*) FROM device_listing \
                              GROUP BY version, state ORDER BY version, state";

/// Reads an index of the devices that were ever to be wiped, which SQLite takes only where it is named so.
const PROPOSED_WIPES: &str = "SELECT account_id, device_id FROM device WHERE wipe IS NOT NULL AND wipe LIKE $1 \
                              ORDER BY account_id, device_id LIMIT 50";

impl Store {
    /// The account's device with this id.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn device(&self, account: AccountId, device_id: &str) -> Result<Option<Device>, StoreError> {
        let row = sqlx::query("SELECT data FROM device WHERE account_id = $1 AND device_id = $2")
            .bind(account.0)
            .bind(device_id)
            .fetch_optional(&self.db.read)
            .await?;
        row.as_ref().map(device).transpose()
    }

    /// The same with what was decided about it, also where it never came, in one look.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn known_device(&self, account: AccountId, device_id: &str) -> Result<Known, StoreError> {
        let row = sqlx::query(
            "SELECT device.data, device.wipe, device.automatic, device.access, device_personal.data, \
             (SELECT revision FROM decision WHERE name = 'admission') \
             FROM (SELECT CAST($1 AS BIGINT) AS account_id, CAST($2 AS TEXT) AS device_id) AS asked \
             LEFT JOIN device ON device.account_id = asked.account_id AND device.device_id = asked.device_id \
             LEFT JOIN device_personal ON device_personal.account_id = asked.account_id \
             AND device_personal.device_id = asked.device_id",
        )
        .bind(account.0)
        .bind(device_id)
        .fetch_one(&self.db.read)
        .await?;
        Ok(Known {
            device: optional(&row, 0)?,
            control: Control { personal: optional(&row, 4)?, ..control(&row, 1)? },
            rules: row.try_get::<Option<i64>, _>(5)?.unwrap_or_default(),
        })
    }

    /// Adds the device, or replaces what was known of it. What was decided about it stays.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn put_device(&self, account: AccountId, device: &Device) -> Result<(), StoreError> {
        let data = write(device)?;
        let attempt = || async {
            let mut transaction = self.db.begin().await?;
            sqlx::query(
                "INSERT INTO device (account_id, device_id, last_seen, data) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (account_id, device_id) DO UPDATE SET last_seen = $3, data = $4",
            )
            .bind(account.0)
            .bind(device.device_id.as_str())
            .bind(device.last_seen)
            .bind(data.as_str())
            .execute(&mut *transaction)
            .await?;
            list(&mut transaction, account, device, Standing::Allowed).await?;
            Ok(transaction.commit().await?)
        };
        self.db.retry(attempt).await
    }

    /// The account's devices, by id.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn devices(&self, account: AccountId) -> Result<Vec<Device>, StoreError> {
        let rows = sqlx::query("SELECT data FROM device WHERE account_id = $1 ORDER BY device_id")
            .bind(account.0)
            .fetch_all(&self.db.read)
            .await?;
        rows.iter().map(device).collect()
    }

    /// How many devices stand where, those of all accounts together.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn count_devices(&self) -> Result<Vec<(Standing, u64)>, StoreError> {
        let rows = sqlx::query("SELECT state, COUNT(*) FROM device_listing GROUP BY state ORDER BY state")
            .fetch_all(&self.db.read)
            .await?;
        let mut counts = Vec::new();
        for row in &rows {
            let count = row.try_get::<i64, _>(1)?.unsigned_abs();
            counts.extend(Standing::from_name(row.try_get(0)?).map(|standing| (standing, count)));
        }
        Ok(counts)
    }

    /// How many devices speak which version of the protocol and stand where, those of all accounts together.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn device_versions(&self) -> Result<Vec<DeviceCount>, StoreError> {
        let rows = sqlx::query(COUNT_VERSIONS).fetch_all(&self.db.read).await?;
        let mut counts = Vec::with_capacity(rows.len());
        for row in &rows {
            let version: String = row.try_get(0)?;
            let Some(standing) = Standing::from_name(row.try_get(1)?) else { continue };
            counts.push(DeviceCount {
                version: Some(version).filter(|version| !version.is_empty()),
                standing,
                devices: row.try_get::<i64, _>(2)?.unsigned_abs(),
            });
        }
        Ok(counts)
    }

    /// Devices whose wipe waits for a second administrator, 50 at most. Looks at every device that was ever to
    /// be wiped.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn proposed_wipes(&self) -> Result<Vec<(AccountId, String)>, StoreError> {
        let proposed = "%\"state\":\"proposed\"%";
        let rows = sqlx::query(PROPOSED_WIPES).bind(proposed).fetch_all(&self.db.read).await?;
        rows.iter().map(|row| Ok((AccountId(row.try_get(0)?), row.try_get(1)?))).collect()
    }

    /// A page of devices, at most [`DEVICE_PAGE_MAX`], and the place where the next one begins.
    ///
    /// # Errors
    /// [`StoreError::Limit`] where `after` is no place that this gave.
    pub async fn list_devices(
        &self,
        filter: &DeviceFilter,
        order: DeviceOrder,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Listed>, Option<String>), StoreError> {
        let place = match after {
            None => None,
            Some(text) => {
                Some(Place::parse(text, order).ok_or(StoreError::Limit("that is no place in the list"))?)
            }
        };
        let (sql, words) = question(filter, order, place.is_some());
        let limit = limit.clamp(1, DEVICE_PAGE_MAX);
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        query = query.bind(i64::try_from(limit).unwrap_or(i64::MAX));
        if let Some(place) = &place {
            query = match order {
                DeviceOrder::Owner => query.bind(place.owner.as_str()).bind(place.device_id.as_str()),
                DeviceOrder::LastSeen => {
                    query.bind(place.last_seen).bind(place.account).bind(place.device_id.as_str())
                }
            };
        }
        if let Some(standing) = filter.standing {
            query = query.bind(standing.name());
        }
        if let Some(account) = filter.account {
            query = query.bind(account.0);
        }
        if let Some(time) = filter.not_since {
            query = query.bind(time);
        }
        for word in words {
            query = query.bind(word);
        }
        let rows = query.fetch_all(&self.db.read).await?;
        let mut listed = Vec::with_capacity(rows.len());
        for row in &rows {
            listed.push(Listed {
                device: device(row)?,
                control: control(row, 1)?,
                account: AccountId(row.try_get(4)?),
                owner: row.try_get(5)?,
            });
        }
        let next = match rows.last().filter(|_| rows.len() == limit) {
            Some(row) => {
                let place = Place {
                    account: row.try_get(4)?,
                    owner: row.try_get(5)?,
                    device_id: row.try_get(6)?,
                    last_seen: row.try_get(7)?,
                };
                Some(place.write(order))
            }
            None => None,
        };
        Ok((listed, next))
    }

    /// Lists devices from before there was a list, or before the list had all that it has now, and those that
    /// an older program added since.
    pub(crate) async fn complete_listing(&self) -> Result<(), StoreError> {
        loop {
            let rows = sqlx::query(
                "SELECT data, account_id FROM device WHERE NOT EXISTS (SELECT 1 FROM device_listing \
                 WHERE device_listing.account_id = device.account_id \
                 AND device_listing.device_id = device.device_id \
                 AND device_listing.version IS NOT NULL) LIMIT 500",
            )
            .fetch_all(&self.db.read)
            .await?;
            if rows.is_empty() {
                return Ok(());
            }
            let attempt = || async {
                let mut transaction = self.db.begin().await?;
                for row in &rows {
                    let account = AccountId(row.try_get(1)?);
                    list(&mut transaction, account, &device(row)?, Standing::Allowed).await?;
                }
                Ok(transaction.commit().await?)
            };
            self.db.retry(attempt).await?;
        }
    }
}

/// Where a page ended.
struct Place {
    account: i64,
    owner: String,
    device_id: String,
    last_seen: i64,
}

impl Place {
    fn write(&self, order: DeviceOrder) -> String {
        match order {
            DeviceOrder::Owner => format!("{} {}", self.owner, self.device_id),
            DeviceOrder::LastSeen => format!("{} {} {}", self.last_seen, self.account, self.device_id),
        }
    }

    /// Neither addresses nor ids have blanks in them.
    fn parse(text: &str, order: DeviceOrder) -> Option<Place> {
        let parts: Vec<&str> = text.split(' ').collect();
        let nowhere = Place { account: 0, owner: String::new(), device_id: String::new(), last_seen: 0 };
        match (order, parts.as_slice()) {
            (DeviceOrder::Owner, [owner, device_id]) => {
                Some(Place { owner: (*owner).to_owned(), device_id: (*device_id).to_owned(), ..nowhere })
            }
            (DeviceOrder::LastSeen, [last_seen, account, device_id]) => Some(Place {
                last_seen: last_seen.parse().ok()?,
                account: account.parse().ok()?,
                device_id: (*device_id).to_owned(),
                ..nowhere
            }),
            _ => None,
        }
    }
}

/// Most words of a text that are looked for.
const WORDS_MAX: usize = 8;

/// The statement that a filter means, and the words that it binds last. The page's keys are found in the
/// narrow list alone; what is kept of each device is read for the rows of the page.
fn question(filter: &DeviceFilter, order: DeviceOrder, goes_on: bool) -> (String, Vec<String>) {
    use std::fmt::Write as _;

    let mut sql =
        "SELECT device.data, device.wipe, device.automatic, device.access, page.account_id, page.owner, \
                   page.device_id, page.last_seen FROM (SELECT account_id, device_id, owner, last_seen \
                   FROM device_listing WHERE 1 = 1"
            .to_owned();
    let mut last = 1;
    let mut next = || {
        last += 1;
        last
    };
    let sorted = match order {
        DeviceOrder::Owner => "owner, device_id",
        DeviceOrder::LastSeen => "last_seen DESC, account_id DESC, device_id DESC",
    };
    if goes_on {
        let _ = match order {
            DeviceOrder::Owner => write!(sql, " AND (owner, device_id) > (${}, ${})", next(), next()),
            DeviceOrder::LastSeen => {
                write!(
                    sql,
                    " AND (last_seen, account_id, device_id) < (${}, ${}, ${})",
                    next(),
                    next(),
                    next()
                )
            }
        };
    }
    if filter.standing.is_some() {
        let _ = write!(sql, " AND state = ${}", next());
    }
    if filter.account.is_some() {
        let _ = write!(sql, " AND account_id = ${}", next());
    }
    if filter.not_since.is_some() {
        let _ = write!(sql, " AND last_seen < ${}", next());
    }
    let text = filter.text.as_deref().unwrap_or_default().replace('\0', " ");
    let words: Vec<String> =
        text.split_whitespace().take(WORDS_MAX).map(|word| format!("%{}%", escaped(&folded(word)))).collect();
    for _ in &words {
        let _ = write!(sql, " AND text LIKE ${} ESCAPE '!'", next());
    }
    let _ = write!(
        sql,
        " ORDER BY {sorted} LIMIT $1) AS page JOIN device ON device.account_id = page.account_id \
         AND device.device_id = page.device_id ORDER BY {}",
        match order {
            DeviceOrder::Owner => "page.owner, page.device_id",
            DeviceOrder::LastSeen => "page.last_seen DESC, page.account_id DESC, page.device_id DESC",
        }
    );
    (sql, words)
}

/// A text that LIKE takes as it is.
pub(crate) fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().take(200) {
        if matches!(c, '%' | '_' | '!') {
            plain.push('!');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The overview asks these each time, and they do not look at every device.
    #[tokio::test]
    async fn by_index() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("fieldpost.db").display());
        let store = Store::open(&url, crate::Options::default()).await.unwrap();
        for (sql, index) in [
            (COUNT_VERSIONS, "SCAN device_listing USING COVERING INDEX device_listing_version"),
            (PROPOSED_WIPES, "SCAN device USING INDEX device_wipe"),
        ] {
            let query = sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
            let query = if sql == PROPOSED_WIPES { query.bind("%") } else { query };
            let rows = query.fetch_all(&store.db.read).await.unwrap();
            let plan: String = rows.iter().map(|row| row.get::<String, _>(3) + "\n").collect();
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
        }
        store.close().await;
    }
}
