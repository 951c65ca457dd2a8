//! A server for one test, its accounts and their phones.

use std::sync::Arc;

use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::convert::mail::conversation;
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::index::Index;
use fieldpost_domain::item::{Item, ItemMeta, MailState, NewItem};
use fieldpost_domain::{FolderId, MailboxId, Modseq};
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::{BodyForm, headers};
use fieldpost_eas::{Version, wbxml};
use fieldpost_net::http::Forwarded;
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_server::auth::password;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_server::{App, Settings};
use fieldpost_store::{Account, Delivery, NewAccount};
use fieldpost_testkit::clock::TestClock;
use fieldpost_testkit::phone::transport::{Answer, HttpRequest};
use fieldpost_testkit::phone::{Call, Connector, Identity, Phone, Timeouts, Transport, Trust};
use hyper::header::{CONTENT_TYPE, HeaderName};

pub const PASSWORD: &str = "geheim";

pub struct Server {
    pub app: Arc<App>,
    pub clock: Arc<TestClock>,
    pub connector: Arc<Connector>,
    _folder: tempfile::TempDir,
}

impl Server {
    pub async fn start() -> Server {
        Server::with(|_| {}).await
    }

    pub async fn with(set: impl FnOnce(&mut Settings)) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            database: format!("sqlite:{}", folder.path().join("fieldpost.db").display()),
            domains: vec!["example.org".to_owned()],
            ..Settings::default()
        };
        set(&mut settings);
        let clock = Arc::new(TestClock::default());
        let app = App::new(settings, Arc::clone(&clock) as _, Arc::new(SystemEntropy)).await.unwrap();
        let limits = Limits::default();
        let listener = Listener::bind("test", &["127.0.0.1:0".parse().unwrap()], &limits).unwrap();
        let address = listener.addresses()[0];
        app.serve(listener, None, Forwarded::ignore(), &limits);
        let url = format!("http://{address}/Microsoft-Server-ActiveSync");
        let connector = Arc::new(Connector::new(&url, &Trust::default(), Timeouts::default()).unwrap());
        Server { app, clock, connector, _folder: folder }
    }

    /// An account `name@example.org` with [`PASSWORD`].
    pub async fn account(&self, name: &str) -> Account {
        self.account_with(NewAccount { address: format!("{name}@example.org"), ..NewAccount::default() })
            .await
    }

    pub async fn account_with(&self, new: NewAccount) -> Account {
        let hash = password::hash(PASSWORD.as_bytes(), &SystemEntropy).unwrap();
        let new = NewAccount { password_hash: Some(hash), ..new };
        self.app.store.create_account(new, self.app.clock.now()).await.unwrap()
    }

    pub fn identity(&self, name: &str, version: Version) -> Identity {
        Identity::new(name, PASSWORD.into()).unwrap().with_device_id("PHONE1").unwrap().with_version(version)
    }

    /// A phone of that account, not yet provisioned.
    pub fn phone(&self, name: &str, version: Version) -> Phone {
        Phone::with_connector(self.identity(name, version), Arc::clone(&self.connector))
    }

    /// A phone that has its policy and its folders.
    pub async fn ready_phone(&self, name: &str, version: Version) -> Phone {
        let mut phone = self.phone(name, version);
        phone.folder_sync().await.unwrap();
        phone
    }

    /// Another phone of the account beside the first.
    pub async fn second_phone(&self, name: &str, version: Version) -> Phone {
        let mut phone = self.phone(name, version);
        phone.identity = phone.identity.clone().with_device_id("PHONE2").unwrap();
        phone.folder_sync().await.unwrap();
        phone
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: &HttpRequest) -> Answer {
        let mut transport = Transport::new(Arc::clone(&self.connector));
        transport.send(request, std::time::Duration::ZERO).await.unwrap()
    }

    /// The folder of that type.
    pub async fn folder(&self, account: &Account, kind: FolderType) -> FolderId {
        let folders = self.app.backend.folders(MailboxId(account.id.0)).await.unwrap();
        folders.into_iter().find(|folder| folder.kind == kind).unwrap().id
    }

    /// Delivers a message to the inbox.
    pub async fn deliver(&self, account: &Account, content: impl Into<Vec<u8>>) -> ItemMeta {
        let content = content.into();
        let received = self.app.clock.now().as_millisecond();
        let item = NewItem {
            conversation: conversation(&content, received),
            content,
            index: Index::at(received),
            state: MailState::default(),
            origin: None,
        };
        let delivery = Delivery { mailbox: MailboxId(account.id.0), folder: DeliverTo::INBOX, item };
        self.app.store.deliver(vec![delivery]).await.unwrap().remove(0)
    }

    /// Delivers a message to the inbox, to be found by its words.
    pub async fn deliver_indexed(&self, account: &Account, content: &str) -> ItemMeta {
        let content = content.as_bytes().to_vec();
        let received = self.app.clock.now().as_millisecond();
        let item = NewItem {
            conversation: conversation(&content, received),
            index: fieldpost_domain::index::of(fieldpost_domain::folder::Class::Email, &content, received),
            content,
            state: MailState::default(),
            origin: None,
        };
        let delivery = Delivery { mailbox: MailboxId(account.id.0), folder: DeliverTo::INBOX, item };
        self.app.store.deliver(vec![delivery]).await.unwrap().remove(0)
    }

    /// What lies in a folder, oldest change first.
    pub async fn items(&self, account: &Account, kind: FolderType) -> Vec<Item> {
        use fieldpost_domain::backend::Change;
        let mailbox = MailboxId(account.id.0);
        let folder = self.folder(account, kind).await;
        let changes = self.app.backend.changes(mailbox, folder, Modseq(0), 1000).await.unwrap();
        let live = changes.into_iter().filter_map(|change| match change {
            Change::Live(meta) => Some(meta.id),
            Change::Gone { .. } => None,
        });
        self.app.backend.fetch(mailbox, &live.collect::<Vec<_>>()).await.unwrap()
    }

    /// What the server's clock shows.
    pub fn clock_now(&self) -> jiff::Timestamp {
        self.app.clock.now()
    }

    /// The mailbox's counter: it stays the same where nothing changed.
    pub async fn modseq(&self, account: &Account) -> Modseq {
        self.app.backend.modseq(MailboxId(account.id.0)).await.unwrap()
    }
}

/// The request that carries a call, to be changed before it is sent.
pub fn request(phone: &Phone, call: &Call) -> HttpRequest {
    phone.identity.request("/Microsoft-Server-ActiveSync", phone.state.policy_key, call).unwrap()
}

/// A call with a document.
pub fn call<T: Document>(phone: &Phone, command: CommandName, document: &T) -> Call {
    Call::wbxml(command, document.encode(phone.version()))
}

/// A raw message, as up to 12.1.
pub fn raw_mail(command: CommandName, message: &[u8]) -> Call {
    Call { form: BodyForm::Message, ..Call::wbxml(command, message.to_vec()) }
}

/// The only status of an answer that is nothing else, with the name of the root element.
pub fn status_only(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header(CONTENT_TYPE), Some(headers::WBXML)); // MS-ASHTTP_R219
    let node = wbxml::Node::parse(&answer.body, wbxml::Limits::default()).unwrap();
    let [status] = node.children.as_slice() else { panic!("more than a status: {node:?}") };
    assert_eq!(status.tag.name(), "Status");
    (node.tag.name().to_owned(), status.text.clone().unwrap())
}

/// A header of a request by its name.
pub fn header(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}
