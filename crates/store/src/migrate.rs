//! The schema: one text for each dialect and version, applied in order.

use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use crate::db::{Db, Dialect};
use crate::{StoreError, db};

/// Version, name, text for SQLite, text for PostgreSQL. What was once released is never changed.
const MIGRATIONS: &[(i64, &str, &str, &str)] = &[
    (
        1,
        "mailboxes",
        include_str!("../migrations/sqlite/0001_mailboxes.sql"),
        include_str!("../migrations/postgres/0001_mailboxes.sql"),
    ),
    (
        2,
        "items",
        include_str!("../migrations/sqlite/0002_items.sql"),
        include_str!("../migrations/postgres/0002_items.sql"),
    ),
    (
        3,
        "directory",
        include_str!("../migrations/sqlite/0003_directory.sql"),
        include_str!("../migrations/postgres/0003_directory.sql"),
    ),
    (
        4,
        "search",
        include_str!("../migrations/sqlite/0004_search.sql"),
        include_str!("../migrations/postgres/0004_search.sql"),
    ),
    (
        6,
        "automatic_reply",
        include_str!("../migrations/sqlite/0006_automatic_reply.sql"),
        include_str!("../migrations/postgres/0006_automatic_reply.sql"),
    ),
    (
        7,
        "policies",
        include_str!("../migrations/sqlite/0007_policies.sql"),
        include_str!("../migrations/postgres/0007_policies.sql"),
    ),
    (
        8,
        "control",
        include_str!("../migrations/sqlite/0008_control.sql"),
        include_str!("../migrations/postgres/0008_control.sql"),
    ),
    (
        9,
        "administrators",
        include_str!("../migrations/sqlite/0009_administrators.sql"),
        include_str!("../migrations/postgres/0009_administrators.sql"),
    ),
    (
        10,
        "conversations",
        include_str!("../migrations/sqlite/0010_conversations.sql"),
        include_str!("../migrations/postgres/0010_conversations.sql"),
    ),
    (
        11,
        "marks",
        include_str!("../migrations/sqlite/0011_marks.sql"),
        include_str!("../migrations/postgres/0011_marks.sql"),
    ),
    (
        12,
        "directory_word",
        include_str!("../migrations/sqlite/0012_directory_word.sql"),
        include_str!("../migrations/postgres/0012_directory_word.sql"),
    ),
    (
        13,
        "app_password",
        include_str!("../migrations/sqlite/0013_app_password.sql"),
        include_str!("../migrations/postgres/0013_app_password.sql"),
    ),
    (
        14,
        "time_zone",
        include_str!("../migrations/sqlite/0014_time_zone.sql"),
        include_str!("../migrations/postgres/0014_time_zone.sql"),
    ),
    (
        16,
        "api_token",
        include_str!("../migrations/sqlite/0016_api_token.sql"),
        include_str!("../migrations/postgres/0016_api_token.sql"),
    ),
    (
        17,
        "text_message",
        include_str!("../migrations/sqlite/0017_text_message.sql"),
        include_str!("../migrations/postgres/0017_text_message.sql"),
    ),
    (
        18,
        "device_version",
        include_str!("../migrations/sqlite/0018_device_version.sql"),
        include_str!("../migrations/postgres/0018_device_version.sql"),
    ),
    (
        19,
        "bell",
        include_str!("../migrations/sqlite/0019_bell.sql"),
        include_str!("../migrations/postgres/0019_bell.sql"),
    ),
    (
        20,
        "search_place",
        include_str!("../migrations/sqlite/0020_search_place.sql"),
        include_str!("../migrations/postgres/0020_search_place.sql"),
    ),
    (
        21,
        "wipe",
        include_str!("../migrations/sqlite/0021_wipe.sql"),
        include_str!("../migrations/postgres/0021_wipe.sql"),
    ),
];

/// The newest version that this program knows.
pub(crate) const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// Brings the schema up to date.
pub(crate) async fn run(db: &Db) -> Result<(), StoreError> {
    let migrations = MIGRATIONS.iter().map(|&(version, name, sqlite, postgres)| {
        let sql = match db.dialect {
            Dialect::Sqlite => sqlite,
            Dialect::Postgres => postgres,
        };
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    let outcome = match db.dialect {
        // Several programs may start at the same time. On PostgreSQL the migrator locks the others out
        // itself; on SQLite a transaction around all of it does.
        Dialect::Postgres => migrator.run(db.writers()).await,
        Dialect::Sqlite => {
            let mut transaction = db.begin().await?;
            match migrator.run_direct(None, &mut *transaction, false).await {
                Ok(()) => transaction.commit().await.map_err(MigrateError::Execute),
                Err(error) => Err(error),
            }
        }
    };
    outcome.map_err(|error| match error {
        MigrateError::VersionMissing(found) | MigrateError::VersionTooNew(found, _) => {
            StoreError::NewerSchema { found, known: NEWEST }
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) if db::is_full(&error) => {
            StoreError::Full
        }
        MigrateError::Execute(error) => db.location.explain(&error),
        error => StoreError::Migrate(Box::new(error)),
    })
}
