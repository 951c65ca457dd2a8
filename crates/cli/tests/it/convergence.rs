//! Lost answers, cut connections, repeated requests, and a server that is killed in the middle: several
//! phones with one mailbox, on SQLite and on PostgreSQL, always come to the same end. Nothing that was
//! accepted is lost, and nothing is there twice.
//!
//! The walk is random, with a seed that is printed when it fails. `FIELDPOST_CONVERGENCE_CASES` asks for
//! more walks than the few of an ordinary run.

use std::collections::BTreeMap;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_phone::command::send_mail::Outgoing;
use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_phone::state::{Edit, FolderType, StoredFlag};
use fieldpost_phone::transport::mishap::Mishap;
use fieldpost_phone::{Identity, Phone, PhoneError, Timeouts, Trust};
use fieldpost_testkit::database::Database;
use fieldpost_testkit::process::Fieldpost;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::BINARY;

const PASSWORD: &str = "correct horse battery staple";
const VERSIONS: [Version; 3] = [Version::V16_1, Version::V14_1, Version::V12_1];

/// One step of a walk.
#[derive(Debug, Clone)]
enum Step {
    /// A message arrives by LMTP; perhaps the server is killed meanwhile.
    Deliver { killed_after: Option<u8> },
    /// A user does something to a message of the Inbox, on a phone.
    Edit { phone: usize, at: usize, what: u8 },
    /// A phone synchronises, and something goes wrong or not.
    Sync { phone: usize, mishap: Option<Mishap> },
    /// A phone synchronises while the server is killed.
    SyncAndKill { phone: usize, after: u8 },
    /// A message is moved on a phone; it repeats the request until it has an answer.
    Move { phone: usize, at: usize, mishap: Option<Mishap> },
    /// A phone sends a message to another account, likewise.
    Send { phone: usize, mishap: Option<Mishap> },
    /// The server is killed and started again.
    Kill,
}

fn mishap() -> impl Strategy<Value = Option<Mishap>> {
    prop_oneof![
        3 => Just(None),
        2 => Just(Some(Mishap::LoseAnswer)),
        1 => Just(Some(Mishap::CutBeforeAnswer)),
        1 => (1usize..900).prop_map(|n| Some(Mishap::CutRequest(n))),
        1 => (1usize..900).prop_map(|n| Some(Mishap::CutAnswer(n))),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let phone = 0..VERSIONS.len();
    prop_oneof![
        5 => prop_oneof![4 => Just(None), 1 => (0u8..30).prop_map(Some)]
            .prop_map(|killed_after| Step::Deliver { killed_after }),
        6 => (phone.clone(), any::<usize>(), any::<u8>())
            .prop_map(|(phone, at, what)| Step::Edit { phone, at, what }),
        8 => (phone.clone(), mishap()).prop_map(|(phone, mishap)| Step::Sync { phone, mishap }),
        1 => (phone.clone(), 0u8..40).prop_map(|(phone, after)| Step::SyncAndKill { phone, after }),
        2 => (phone.clone(), any::<usize>(), mishap())
            .prop_map(|(phone, at, mishap)| Step::Move { phone, at, mishap }),
        2 => (0..2usize, mishap()).prop_map(|(phone, mishap)| Step::Send { phone, mishap }),
        1 => Just(Step::Kill),
    ]
}

/// What a phone shows of a message.
type Shown = (bool, Option<u8>);
/// Folder name and subject to the messages of that subject in that folder.
type View = BTreeMap<(String, String), Vec<Shown>>;

struct World {
    server: Fieldpost,
    phones: Vec<Phone>,
    /// Subjects of messages that were accepted, by LMTP or SendMail.
    accepted: Vec<String>,
    sent: Vec<String>,
    /// Subjects of messages whose fate is unknown: the server was killed before it said anything.
    unknown: Vec<String>,
    counter: usize,
}

fn phone(server: &Fieldpost, user: &str, version: Version) -> Phone {
    let identity = Identity::new(user, PASSWORD.into()).unwrap().with_version(version);
    let timeouts = Timeouts { answer: Duration::from_secs(30), ..Timeouts::default() };
    let mut phone = Phone::new(identity, &server.https(), &Trust::Insecure, timeouts).unwrap();
    phone.patience.usual_wait = Duration::from_millis(50);
    phone
}

fn message(from: &str, to: &str, subject: &str) -> Vec<u8> {
    format!(
        "From: <{from}>\r\nTo: <{to}>\r\nSubject: {subject}\r\nMessage-ID: <{subject}@walk.example>\r\n\
         Date: Mon, 02 Mar 2026 08:00:00 +0000\r\n\r\nThe text of {subject}.\r\n"
    )
    .into_bytes()
}

impl World {
    async fn begin(mut server: Fieldpost) -> World {
        server.add_account("alice", PASSWORD);
        server.add_account("bob", PASSWORD);
        server.start();
        let phones = VERSIONS.map(|v| phone(&server, "alice", v)).into();
        let mut world = World { server, phones, accepted: vec![], sent: vec![], unknown: vec![], counter: 0 };
        for _ in 0..4 {
            world.deliver(None).await;
        }
        for at in 0..world.phones.len() {
            settle(&mut world.phones[at]).await;
        }
        world
    }

    fn subject(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}{}", self.counter)
    }

    async fn deliver(&mut self, killed_after: Option<u8>) {
        let subject = self.subject("delivered");
        let message = message("carol@elsewhere.example", "alice@example.test", &subject);
        let lmtp = self.server.lmtp();
        let delivery = async {
            let mut client = MailClient::connect(&lmtp, Protocol::Lmtp, Duration::from_secs(20)).await?;
            client.deliver("carol@elsewhere.example", &["alice@example.test"], &message).await
        };
        let delivered = match killed_after {
            None => delivery.await,
            Some(after) => {
                let kill = async {
                    tokio::time::sleep(Duration::from_millis(after.into())).await;
                    self.server.kill();
                };
                let (delivered, ()) = tokio::join!(delivery, kill);
                self.server.start();
                delivered
            }
        };
        match delivered {
            Ok(_) => self.accepted.push(subject),
            Err(error) if killed_after.is_some() => {
                eprintln!("{subject}: {error}");
                self.unknown.push(subject);
            }
            Err(error) => panic!("{subject}: {error}"),
        }
    }

    async fn take(&mut self, step: Step) {
        match step {
            Step::Deliver { killed_after } => self.deliver(killed_after).await,
            Step::Kill => {
                self.server.kill_and_start();
            }
            Step::Edit { phone, at, what } => self.edit(phone, at, what),
            Step::Sync { phone, mishap } => {
                if let Some(mishap) = mishap {
                    self.phones[phone].suffer_next(mishap);
                }
                let result = sync_once(&mut self.phones[phone]).await;
                assert!(mishap.is_some() || result.is_ok(), "{result:?}");
            }
            Step::SyncAndKill { phone, after } => {
                let sync = sync_once(&mut self.phones[phone]);
                let kill = async {
                    tokio::time::sleep(Duration::from_millis(after.into())).await;
                    self.server.kill();
                };
                let _ = tokio::join!(sync, kill);
                self.server.start();
            }
            Step::Move { phone, at, mishap } => self.move_message(phone, at, mishap).await,
            Step::Send { phone, mishap } => {
                let subject = self.subject("sent");
                let mime = message("alice@example.test", "bob@example.test", &subject);
                let outgoing = self.phones[phone].new_message(mime);
                if let Some(mishap) = mishap {
                    self.phones[phone].suffer_next(mishap);
                }
                send(&mut self.phones[phone], &outgoing).await;
                self.sent.push(subject);
            }
        }
    }

    fn edit(&mut self, phone: usize, at: usize, what: u8) {
        let phone = &mut self.phones[phone];
        let Some((inbox, id)) = pick(phone, at) else {
            return;
        };
        let read = what.is_multiple_of(2);
        let edit = match what % 5 {
            0..=2 => Edit::Read { id, read },
            3 => Edit::Flag { id, flag: (!at.is_multiple_of(3)).then(StoredFlag::active) },
            _ => Edit::Delete { id },
        };
        phone.state.collection_mut(&inbox).edit(edit);
    }

    async fn move_message(&mut self, phone: usize, at: usize, mishap: Option<Mishap>) {
        let phone = &mut self.phones[phone];
        let Some((inbox, id)) = pick(phone, at) else {
            return;
        };
        let bin = phone.state.folder_of_type(FolderType::DELETED_ITEMS).unwrap().to_owned();
        if let Some(mishap) = mishap {
            phone.suffer_next(mishap);
        }
        for _ in 0..5 {
            match phone.move_items(&inbox, &[&id], &bin).await {
                // 1: another phone moved or deleted it first.
                Ok(moved) => return assert!(matches!(moved[0].status, 1 | 3), "{moved:?}"),
                Err(PhoneError::Transport(_)) => {}
                Err(error) => panic!("move: {error}"),
            }
        }
        panic!("no answer to MoveItems");
    }

    /// Everything comes to rest; then every phone, and one that starts from nothing, shows the same.
    async fn end(mut self) {
        for _ in 0..2 {
            for phone in &mut self.phones {
                settle(phone).await;
            }
        }
        let mut fresh = phone(&self.server, "alice", Version::V16_1);
        settle(&mut fresh).await;
        let truth = view(&fresh);
        for phone in &self.phones {
            let version = phone.version();
            assert_eq!(view(phone), truth, "the phone that speaks {version} (left) is not up to date");
        }
        let count = |view: &View, wanted: &str| -> usize {
            view.iter().filter(|((_, subject), _)| subject == wanted).map(|(_, all)| all.len()).sum()
        };
        for subject in &self.accepted {
            assert_eq!(count(&truth, subject), 1, "{subject} was accepted");
        }
        for subject in &self.unknown {
            assert!(count(&truth, subject) <= 1, "{subject} is there twice");
        }
        let mut bob = phone(&self.server, "bob", Version::V14_1);
        settle(&mut bob).await;
        let received = view(&bob);
        for subject in &self.sent {
            assert_eq!(count(&received, subject), 1, "{subject} at its recipient");
            let kept = truth.get(&("Sent Items".to_owned(), subject.clone())).map_or(0, Vec::len);
            assert_eq!(kept, 1, "{subject} in Sent Items");
        }
    }
}

/// An item of the Inbox that the phone shows, and the Inbox.
fn pick(phone: &Phone, at: usize) -> Option<(String, String)> {
    let inbox = phone.state.folder_of_type(FolderType::INBOX)?.to_owned();
    let gone: Vec<&str> =
        phone.state.collections.get(&inbox)?.pending_edits().filter_map(Edit::server_id).collect();
    let ids: Vec<&String> =
        phone.state.items(&inbox).map(|(id, _)| id).filter(|id| !gone.contains(&id.as_str())).collect();
    (!ids.is_empty()).then(|| (inbox.clone(), ids[at % ids.len()].clone()))
}

fn mail_folders(phone: &Phone) -> Vec<String> {
    phone.state.mail_folders(phone.version()).iter().map(|f| f.server_id.clone()).collect()
}

async fn sync_once(phone: &mut Phone) -> Result<(), PhoneError> {
    let folders = mail_folders(phone);
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    phone.sync(&folders).await.map(drop)
}

async fn send(phone: &mut Phone, outgoing: &Outgoing) {
    for _ in 0..5 {
        match phone.send_message(outgoing).await {
            Ok(_) => return,
            Err(PhoneError::Transport(_)) => {}
            Err(error) => panic!("send: {error}"),
        }
    }
    panic!("no answer to SendMail");
}

/// The phone synchronises until there is nothing more to say on either side.
async fn settle(phone: &mut Phone) {
    phone.folder_sync().await.unwrap();
    let folders = mail_folders(phone);
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    for _ in 0..3 {
        phone.sync_all(&folders, |_, _| ()).await.unwrap();
    }
    assert!(!phone.has_pending_sync());
}

fn view(phone: &Phone) -> View {
    let mut view = View::new();
    for folder in phone.state.mail_folders(phone.version()) {
        for (_, email) in phone.state.items(&folder.server_id) {
            let shown = (email.read, email.flag.as_ref().map(|f| f.status));
            view.entry((folder.name.clone(), email.subject.clone())).or_default().push(shown);
        }
    }
    view
}

fn walk(make: impl Fn() -> Option<Fieldpost>, cases: u32) {
    let cases =
        std::env::var("FIELDPOST_CONVERGENCE_CASES").ok().and_then(|c| c.parse().ok()).unwrap_or(cases);
    let config = Config { cases, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    TestRunner::new(config)
        .run(&vec(step(), 10..45), |steps| {
            let Some(server) = make() else {
                return Ok(());
            };
            runtime.block_on(async {
                let mut world = World::begin(server).await;
                for step in steps {
                    world.take(step).await;
                }
                world.end().await;
            });
            Ok(())
        })
        .unwrap();
}

// MS-ASCMD_R5106, MS-ASCMD_R5121
#[test]
fn phones_converge_on_sqlite() {
    walk(|| Some(Fieldpost::new(BINARY)), 4);
}

#[test]
fn phones_converge_on_postgres() {
    walk(|| Database::postgres().map(|database| Fieldpost::with_database(BINARY, database)), 2);
}
