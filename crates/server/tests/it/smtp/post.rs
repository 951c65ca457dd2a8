//! A post office for a test: the application on a database of its own, with two users.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use fieldpost_domain::backend::{Batch, Write};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::id::{MailboxId, Position};
use fieldpost_domain::item::Item;
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_server::clock::Clock;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_server::smtp::inbound::{self, Inbound, Protocol};
use fieldpost_server::{App, Settings};
use fieldpost_store::{Account, NewAccount};
use jiff::{SignedDuration, Timestamp};

pub struct Hand(AtomicI64);

impl Hand {
    pub fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

pub struct Post {
    pub app: Arc<App>,
    pub clock: Arc<Hand>,
    pub anna: Account,
    pub bert: Account,
    settings: Settings,
    _folder: Arc<tempfile::TempDir>,
}

async fn open(settings: &Settings, clock: &Arc<Hand>) -> Arc<App> {
    App::new(settings.clone(), Arc::clone(clock) as _, Arc::new(SystemEntropy)).await.unwrap()
}

impl Post {
    pub async fn new() -> Post {
        Post::with(|_| ()).await
    }

    /// With other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Post {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let mut settings = Settings {
            database: format!("sqlite:{}", folder.path().join("post.db").display()),
            domains: vec!["example.com".into(), "example.org".into()],
            ..Settings::default()
        };
        change(&mut settings);
        // 2026-11-23, noon.
        let clock = Arc::new(Hand(AtomicI64::new(1_795_435_200_000)));
        let app = open(&settings, &clock).await;
        let account = |address: &str, aliases: &[&str]| NewAccount {
            address: address.into(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            ..NewAccount::default()
        };
        let anna = account("anna@example.com", &["a.alias@example.org"]);
        let anna = app.store.create_account(anna, clock.now()).await.unwrap();
        let bert = account("bert@example.com", &[]);
        let bert = app.store.create_account(bert, clock.now()).await.unwrap();
        Post { app, clock, anna, bert, settings, _folder: folder }
    }

    /// The same database in a new process, as far as a test can have one.
    pub async fn restart(self) -> Post {
        self.app.tasks.drain(std::time::Duration::from_secs(10)).await;
        self.app.store.close().await;
        let app = open(&self.settings, &self.clock).await;
        Post { app, ..self }
    }

    /// Listens, and gives the address.
    pub fn listen(&self, settings: Inbound) -> SocketAddr {
        let limits = Limits::default();
        let listener = Listener::bind("mail", &["127.0.0.1:0".parse().unwrap()], &limits).unwrap();
        let address = listener.addresses()[0];
        inbound::start(&self.app, listener, settings);
        address
    }

    pub fn smtp(&self) -> SocketAddr {
        self.listen(Inbound::new(Protocol::Smtp, "mail.example.com"))
    }

    pub fn lmtp(&self) -> SocketAddr {
        self.listen(Inbound::new(Protocol::Lmtp, "mail.example.com"))
    }

    /// What lies in an account's Inbox, oldest first.
    pub async fn inbox(&self, account: &Account) -> Vec<Item> {
        let mailbox = MailboxId(account.id.0);
        let folders = self.app.backend.folders(mailbox).await.unwrap();
        let inbox = folders.iter().find(|folder| folder.kind == FolderType::Inbox).unwrap().id;
        let metas =
            self.app.backend.older(mailbox, inbox, Position::NEWEST, Position::OLDEST, 100).await.unwrap();
        let ids: Vec<_> = metas.iter().rev().map(|meta| meta.id).collect();
        self.app.backend.fetch(mailbox, &ids).await.unwrap()
    }

    /// Anna sends something to others.
    pub async fn queue(&self, sender: &str, recipients: &[&str], content: &[u8]) {
        let send = Write::Send {
            mailbox: MailboxId(self.anna.id.0),
            sender: sender.into(),
            recipients: recipients.iter().map(|address| (*address).to_owned()).collect(),
            content: content.to_vec(),
        };
        let batch = Batch { once: None, writes: vec![send], now: self.clock.now() };
        self.app.backend.commit(batch).await.unwrap();
        self.app.outbound.notify_one();
    }
}
