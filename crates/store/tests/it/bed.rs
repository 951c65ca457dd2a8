//! What the tests stand on: a fresh store, an account in it, and a listener that remembers.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use fieldpost_domain::backend::{Change, ChangeListener, Notice};
use fieldpost_domain::index::Index;
use fieldpost_domain::item::{Conversation, MailState, NewItem};
use fieldpost_domain::{Backend, FolderId, MailboxId, Modseq};
use fieldpost_store::{Account, NewAccount, Options, Store};
use jiff::Timestamp;
use sqlx::Connection;
use tempfile::TempDir;

/// An open store, its URL to open it again, and what its listener was told.
pub struct Bed {
    pub store: Store,
    pub url: String,
    pub notices: Arc<Notices>,
    _dir: TempDir,
}

#[derive(Default)]
pub struct Notices(Mutex<Vec<Notice>>);

impl ChangeListener for Notices {
    fn changed(&self, notice: Notice) {
        self.0.lock().unwrap().push(notice);
    }
}

impl Notices {
    /// What was told since the last call, as (mailbox, folder, added), sorted.
    pub fn take(&self) -> Vec<(i64, Option<u32>, bool)> {
        let notices = std::mem::take(&mut *self.0.lock().unwrap());
        let plain = |n: Notice| (n.mailbox.0, n.folder.map(|f| f.0), n.added);
        let mut notices: Vec<_> = notices.into_iter().map(plain).collect();
        notices.sort_unstable();
        notices
    }
}

impl Bed {
    /// Changes the database behind the store's back.
    pub async fn execute(&self, sql: &str) {
        let mut connection = sqlx::AnyConnection::connect(&self.url).await.unwrap();
        execute(&mut connection, sql.to_owned()).await;
        sqlx::Connection::close(connection).await.unwrap();
    }

    async fn new(url: String, dir: TempDir) -> Bed {
        let notices = Arc::new(Notices::default());
        let options = Options { listener: notices.clone(), max_connections: 5, node: Some(1) };
        let store = Store::open(&url, options).await.unwrap();
        Bed { store, url, notices, _dir: dir }
    }

    /// Opens the same database once more.
    pub async fn again(&self) -> Store {
        Store::open(&self.url, Options::default()).await.unwrap()
    }

    pub async fn account(&self, address: &str) -> Account {
        let new = NewAccount { address: address.to_owned(), ..NewAccount::default() };
        let account = self.store.create_account(new, at(0)).await.unwrap();
        self.notices.take();
        account
    }

    /// The mailbox of a new account, whose Inbox is folder 1.
    pub async fn mailbox(&self) -> MailboxId {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        MailboxId(self.account(&format!("user{number}@example.org")).await.id.0)
    }

    /// All changes of a folder.
    pub async fn changes(&self, mailbox: MailboxId, folder: FolderId) -> Vec<Change> {
        self.store.changes(mailbox, folder, Modseq(0), 100_000).await.unwrap()
    }
}

pub const INBOX: FolderId = FolderId(1);
pub const DRAFTS: FolderId = FolderId(2);
pub const TRASH: FolderId = FolderId(3);
pub const SENT: FolderId = FolderId(4);

/// Seconds since 1970.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

/// A message with this subject, received at that many milliseconds.
pub fn mail(subject: &str, received: i64) -> NewItem {
    let body = "All work and no play makes Jack a dull boy.\r\n".repeat(20);
    NewItem {
        content: format!("From: a@example.org\r\nSubject: {subject}\r\n\r\n{body}").into_bytes(),
        index: Index::at(received),
        state: MailState::default(),
        conversation: Conversation { id: [7; 16], index: vec![1, 2, 3, 4, 5] },
        origin: None,
    }
}

pub fn with_origin(item: NewItem, origin: &str) -> NewItem {
    NewItem { origin: Some(origin.to_owned()), ..item }
}

fn run<F: Future<Output = ()>>(test: impl FnOnce() -> F) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test());
}

pub fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Arc<Bed>) -> F) {
    run(|| async {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("fieldpost.db").display());
        let bed = Arc::new(Bed::new(url, dir).await);
        test(bed.clone()).await;
        bed.store.close().await;
    });
}

pub fn on_postgres<F: Future<Output = ()>>(name: &str, test: impl FnOnce(Arc<Bed>) -> F) {
    let Ok(server) = std::env::var("FIELDPOST_TEST_POSTGRES") else {
        println!("skipped: FIELDPOST_TEST_POSTGRES is not set");
        return;
    };
    run(|| async {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let schema = format!("test_{}_{number}_{name}", std::process::id());
        sqlx::any::install_default_drivers();
        let mut admin = sqlx::AnyConnection::connect(&server).await.unwrap();
        execute(&mut admin, format!("CREATE SCHEMA {schema}")).await;
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options[search_path]={schema}");
        let bed = Arc::new(Bed::new(url, tempfile::tempdir().unwrap()).await);
        test(bed.clone()).await;
        bed.store.close().await;
        execute(&mut admin, format!("DROP SCHEMA {schema} CASCADE")).await;
    });
}

async fn execute(connection: &mut sqlx::AnyConnection, sql: String) {
    sqlx::query(sqlx::AssertSqlSafe(sql)).persistent(false).execute(connection).await.unwrap();
}
