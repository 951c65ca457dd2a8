//! Opening a store, and what is said where that fails.

use std::sync::Arc;

use fieldpost_domain::Backend;
use fieldpost_store::{Dialect, Options, Store, StoreError};
use sqlx::Connection;

use crate::bed::{Bed, INBOX, mail};

crate::suite!(healthy, newer_schema, opened_by_several);

async fn healthy(bed: Arc<Bed>) {
    let health = bed.store.check().await.unwrap();
    assert!(health.schema >= 1);
    match health.dialect {
        Dialect::Sqlite => {
            assert!(health.free_bytes.unwrap() > 0);
            assert!(health.location.ends_with("/fieldpost.db"));
        }
        Dialect::Postgres => assert_eq!(health.free_bytes, None),
    }
    bed.store.close().await;
    let error = bed.store.check().await.unwrap_err();
    assert!(matches!(error, StoreError::Database(_)), "{error}");
}

async fn newer_schema(bed: Arc<Bed>) {
    let mut connection = sqlx::AnyConnection::connect(&bed.url).await.unwrap();
    let copy = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                SELECT 99, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    sqlx::query(copy).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let Err(error) = Store::open(&bed.url, Options::default()).await else { panic!("it was opened") };
    let newest = bed.store.check().await.unwrap().schema;
    assert!(matches!(error, StoreError::NewerSchema { found: 99, known } if known == newest), "{error}");
}

async fn opened_by_several(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let (a, b) = tokio::join!(bed.again(), bed.again());
    a.append(mailbox, INBOX, mail("x", 1)).await.unwrap();
    let meta = b.append(mailbox, INBOX, mail("y", 2)).await.unwrap();
    assert_eq!(bed.store.fetch(mailbox, &[meta.id]).await.unwrap()[0].content, mail("y", 2).content);
    assert_eq!(bed.changes(mailbox, INBOX).await.len(), 2);
    a.close().await;
    b.close().await;
}

async fn refused(url: &str) -> String {
    match Store::open(url, Options::default()).await {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn unknown_forms() {
    for url in ["", "/var/lib/fieldpost.db", "mysql://u:secret@host/db", "sqlite::memory:"] {
        let said = refused(url).await;
        assert!(said.contains("`sqlite:/path/to/fieldpost.db`") && said.contains("`postgres://"), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[tokio::test]
async fn bad_files() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| format!("sqlite:{}", dir.path().join(name).display());
    let said = refused(&path("absent/fieldpost.db")).await;
    assert!(said.contains("absent does not exist; make it first"), "{said}");
    let said = refused(&path("")).await;
    assert!(said.contains("it is a folder"), "{said}");
    std::fs::write(dir.path().join("text"), "no database ".repeat(1000)).unwrap();
    let said = refused(&path("text")).await;
    assert!(said.contains("it is not an SQLite database"), "{said}");
    let said = refused(&path("text/fieldpost.db")).await;
    assert!(said.contains("text is not a folder"), "{said}");
}

#[tokio::test]
async fn odd_names_of_files() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["with space.db", "100%41.db", "münz#1&.db", "..a.db"] {
        let path = dir.path().join(name);
        let store = Store::open(&format!("sqlite:{}", path.display()), Options::default()).await.unwrap();
        store.check().await.unwrap();
        store.close().await;
        assert!(path.metadata().unwrap().len() > 0, "{name}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 4, "nothing else lies there once closed");
}

/// Several programs that start at the same time make one database.
#[tokio::test(flavor = "multi_thread")]
async fn made_by_several() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("fieldpost.db").display());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let url = url.clone();
        tasks.spawn(async move { Store::open(&url, Options::default()).await.unwrap() });
    }
    for store in tasks.join_all().await {
        store.check().await.unwrap();
        store.close().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn others_cant_read_it() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("fieldpost.db");
    let store = Store::open(&format!("sqlite:{}", path.display()), Options::default()).await.unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    store.close().await;
}

#[tokio::test]
async fn bad_servers() {
    // Port 9 is that of `discard`, where nothing listens.
    let said = refused("postgres://mail:secret@127.0.0.1:9/mail").await;
    assert!(said.contains("127.0.0.1:9/mail") && said.contains("nothing listens there"), "{said}");
    assert!(!said.contains("secret"), "{said}");
    let Ok(server) = std::env::var("FIELDPOST_TEST_POSTGRES") else {
        println!("skipped: FIELDPOST_TEST_POSTGRES is not set");
        return;
    };
    let (base, _) = server.rsplit_once('/').unwrap();
    let said = refused(&format!("{base}/no_such_database")).await;
    assert!(said.contains("make it with `createdb`"), "{said}");
}
