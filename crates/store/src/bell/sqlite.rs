//! Rings on SQLite: rows of a table, read when the write-ahead log has grown.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{AnyConnection, Row as _};
use tokio::time::sleep;

use super::doorbell::Doorbell;
use super::{Ring, write};
use crate::StoreError;
use crate::db::Db;
use crate::location::Location;

/// Rows that are kept: whoever is further behind missed something.
const KEPT: i64 = 10_000;
/// Rows that are read at once.
const PORTION: i64 = 1000;
/// Before the database is asked again that could not be.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) async fn leave(conn: &mut AnyConnection, rings: &[Ring]) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO bell (text) VALUES ($1)").bind(write(rings)?).execute(&mut *conn).await?;
    sqlx::query("DELETE FROM bell WHERE number <= (SELECT MAX(number) FROM bell) - $1")
        .bind(KEPT)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// How far it was heard.
#[derive(Debug, Clone, Copy)]
struct Place {
    rules: i64,
    number: i64,
}

/// Waits at the doorbell, and looks.
pub(super) struct Line {
    db: Arc<Db>,
    doorbell: Doorbell,
    place: Place,
    /// There may be more than was read.
    more: bool,
}

impl Line {
    pub(super) async fn open(db: Arc<Db>) -> Result<Line, StoreError> {
        let path = match &db.location {
            Location::Sqlite(path) => path.as_path(),
            Location::Postgres { .. } => Path::new(""),
        };
        // Before the first look: what comes between is seen by both.
        let doorbell = Doorbell::of(path);
        let place = db.retry(|| where_it_is(&db)).await?;
        Ok(Line { db, doorbell, place, more: false })
    }

    /// Waits for something to be heard.
    pub(super) async fn hear(&mut self) -> Vec<Ring> {
        loop {
            if !self.more {
                self.doorbell.rung().await;
                self.more = true;
            }
            match self.look().await {
                Ok(heard) if heard.is_empty() => {}
                Ok(heard) => return heard,
                Err(error) => {
                    tracing::warn!(%error, "what other programs do can't be heard, it is tried again");
                    sleep(PAUSE).await;
                }
            }
        }
    }

    async fn look(&mut self) -> Result<Vec<Ring>, StoreError> {
        let (place, more, heard) = self.db.retry(|| since(&self.db, self.place)).await?;
        (self.place, self.more) = (place, more);
        Ok(heard)
    }
}

const PLACE: &str = "SELECT (SELECT value FROM counter WHERE name = 'rules'), \
                     (SELECT COALESCE(MAX(number), 0) FROM bell)";

async fn read_place(conn: &mut AnyConnection) -> Result<Place, StoreError> {
    let row = sqlx::query(PLACE).fetch_one(conn).await?;
    Ok(Place { rules: row.try_get(0)?, number: row.try_get(1)? })
}

async fn where_it_is(db: &Db) -> Result<Place, StoreError> {
    read_place(&mut *db.read.acquire().await?).await
}

/// What was left since then, how far that reaches, and whether there is more.
///
/// It is read under the writers' lock: the log grows before what it holds is committed, and whoever made it grow
/// keeps that lock until it is. So nothing that rang the bell can be read too early, and be missed.
async fn since(db: &Db, before: Place) -> Result<(Place, bool, Vec<Ring>), StoreError> {
    let mut transaction = db.begin().await?;
    let now = read_place(&mut transaction).await?;
    let mut heard = Vec::new();
    if now.rules != before.rules {
        heard.push(Ring::Rules);
    }
    let mut number = before.number;
    if now.number > before.number {
        let rows = sqlx::query("SELECT number, text FROM bell WHERE number > $1 ORDER BY number LIMIT $2")
            .bind(before.number)
            .bind(PORTION)
            .fetch_all(&mut *transaction)
            .await?;
        for row in &rows {
            let next: i64 = row.try_get(0)?;
            if next != number + 1 {
                heard.push(Ring::Missed);
            }
            number = next;
            match serde_json::from_str::<Vec<Ring>>(row.try_get(1)?) {
                Ok(rings) => heard.extend(rings),
                // A newer program says more than this one knows.
                Err(_) => heard.push(Ring::Missed),
            }
        }
    }
    transaction.rollback().await?;
    Ok((Place { rules: now.rules, number }, number < now.number, heard))
}
