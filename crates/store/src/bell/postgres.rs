//! Rings on PostgreSQL: NOTIFY in the transaction, LISTEN on a connection of its own. A transaction that is undone
//! tells nothing, and the others hear at the commit.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::postgres::PgListener;
use sqlx::{AnyConnection, Connection as _};
use tokio::time::{sleep, timeout};

use super::Ring;
use crate::StoreError;
use crate::db::Db;

/// Rings in one notification, which holds less than 8000 bytes.
const TOGETHER: usize = 32;
/// After this long without a word it is looked whether the connection is still there: one that a firewall
/// forgot is silent for ever.
const SILENCE: Duration = Duration::from_secs(30);
/// How long that may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Before a new connection is tried.
const PAUSE: Duration = Duration::from_secs(1);

/// Several stores may live in one database, each in a schema of its own.
const CHANNEL: &str = "SELECT 'fieldpost_' || md5(current_schema())";
/// The result of the function is of a type that has no values.
const TELL: &str = "SELECT CAST(pg_notify('fieldpost_' || md5(current_schema()), $1) AS TEXT)";

#[derive(Serialize, Deserialize)]
struct Message<R> {
    /// Which server did it, where it was one: it knows already.
    node: Option<u64>,
    rings: R,
}

pub(super) async fn tell(
    conn: &mut AnyConnection,
    node: Option<u64>,
    rings: &[Ring],
) -> Result<(), StoreError> {
    for rings in rings.chunks(TOGETHER) {
        let message = serde_json::to_string(&Message { node, rings })
            .map_err(|_| StoreError::Limit("what was done can't be told to others"))?;
        sqlx::query(TELL).bind(message).fetch_one(&mut *conn).await?;
    }
    Ok(())
}

/// The connection that listens.
pub(super) struct Line {
    url: String,
    node: Option<u64>,
    /// None after it broke.
    listener: Option<PgListener>,
}

impl Line {
    pub(super) async fn open(db: &Db) -> Result<Line, StoreError> {
        let url = db.location.url()?;
        let listener = connect(&url).await.map_err(|error| db.location.explain(&error))?;
        Ok(Line { url, node: db.node, listener: Some(listener) })
    }

    /// Waits for something to be heard.
    pub(super) async fn hear(&mut self) -> Vec<Ring> {
        loop {
            let Some(listener) = &mut self.listener else {
                self.connect_again().await;
                return vec![Ring::Missed];
            };
            match timeout(SILENCE, listener.try_recv()).await {
                Ok(Ok(Some(notification))) => match serde_json::from_str(notification.payload()) {
                    Ok(Message { node: Some(node), .. }) if self.node == Some(node) => {}
                    Ok(Message::<Vec<Ring>> { rings, .. }) => return rings,
                    // A newer program says more than this one knows.
                    Err(_) => return vec![Ring::Missed],
                },
                Ok(Ok(None) | Err(_)) => self.listener = None,
                Err(_) => {
                    let connection = async { sqlx::Acquire::acquire(&mut *listener).await?.ping().await };
                    if !matches!(timeout(PATIENCE, connection).await, Ok(Ok(()))) {
                        self.listener = None;
                    }
                }
            }
        }
    }

    async fn connect_again(&mut self) {
        tracing::warn!("what other programs do can't be heard: the connection to the database broke");
        loop {
            sleep(PAUSE).await;
            if let Ok(Ok(listener)) = timeout(SILENCE, connect(&self.url)).await {
                tracing::info!("what other programs do is heard again");
                self.listener = Some(listener);
                return;
            }
        }
    }
}

async fn connect(url: &str) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    // That something was missed meanwhile is to be known.
    listener.eager_reconnect(false);
    let channel: String = sqlx::query_scalar(CHANNEL).fetch_one(&mut listener).await?;
    listener.listen(&channel).await?;
    Ok(listener)
}
