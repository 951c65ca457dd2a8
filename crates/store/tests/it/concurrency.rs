//! Many at the same time: numbers stay unique and ordered, readers never skip.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use fieldpost_domain::audit::Event;
use fieldpost_domain::backend::{Batch, BatchOutcome, Change, DeliverTo, Once, Write};
use fieldpost_domain::device::Device;
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::Edit;
use fieldpost_domain::{Backend, ItemId, MailboxId, Modseq};
use fieldpost_store::{Delivery, Dialect, LogFilter, StoreError, carry_out};
use tokio::task::JoinSet;

use crate::bed::{Bed, INBOX, SENT, TRASH, at, mail, with_origin};

crate::suite!(
    appended_side_by_side,
    one_origin_many_times,
    one_submission_many_times,
    queue_shared_by_several,
    crossing_deliveries,
    readers_never_skip,
    names_are_taken_once,
    abandoned_calls,
    acts_that_stand_in_each_others_way,
);

async fn appended_side_by_side(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let other = bed.again().await;
    let mut tasks = JoinSet::new();
    for n in 0..8 {
        let store = if n % 2 == 0 { bed.store.clone() } else { other.clone() };
        tasks.spawn(async move {
            let mut metas = Vec::new();
            for m in 0..10 {
                metas.push(store.append(mailbox, INBOX, mail(&format!("{n}/{m}"), m)).await.unwrap());
            }
            assert!(metas.is_sorted_by_key(|meta| meta.modseq));
            metas
        });
    }
    let metas = tasks.join_all().await.concat();
    let ids: BTreeSet<_> = metas.iter().map(|meta| meta.id.0).collect();
    let modseqs: BTreeSet<_> = metas.iter().map(|meta| meta.modseq.0).collect();
    assert_eq!(ids, (1..=80).collect());
    assert_eq!(modseqs, (12..92).collect());
    other.close().await;
}

async fn one_origin_many_times(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let mut tasks = JoinSet::new();
    for n in 0..8 {
        let store = bed.store.clone();
        tasks.spawn(async move {
            store.append(mailbox, INBOX, with_origin(mail(&n.to_string(), n), "phone/1")).await.unwrap()
        });
    }
    let metas = tasks.join_all().await;
    assert!(metas.iter().all(|meta| meta == &metas[0]));
    assert_eq!(bed.changes(mailbox, INBOX).await.len(), 1);
}

fn submission(mailbox: MailboxId, key: &str) -> Batch {
    let sent = DeliverTo::Default(FolderType::SentItems);
    let send = Write::Send {
        mailbox,
        sender: String::new(),
        recipients: vec![format!("{key}@example.com")],
        content: mail("sent", 1).content,
    };
    Batch {
        once: Some(Once { mailbox, key: key.to_owned() }),
        writes: vec![Write::Append { mailbox, folder: sent, item: mail("sent", 1) }, send],
        now: at(100),
    }
}

async fn one_submission_many_times(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let store = bed.store.clone();
        tasks.spawn(async move { store.commit(submission(mailbox, "phone/1")).await.unwrap() });
    }
    let done =
        tasks.join_all().await.into_iter().filter(|outcome| *outcome != BatchOutcome::Duplicate).count();
    assert_eq!(done, 1);
    assert_eq!(bed.changes(mailbox, SENT).await.len(), 1);
    assert_eq!(bed.store.due_outgoing(at(100), at(200), 10).await.unwrap().len(), 1);
}

/// Several runners empty the queue together, and none gets what another has.
async fn queue_shared_by_several(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    for n in 0..20 {
        bed.store.commit(submission(mailbox, &n.to_string())).await.unwrap();
    }
    let other = bed.again().await;
    let mut tasks = JoinSet::new();
    for n in 0..4 {
        let store = if n % 2 == 0 { bed.store.clone() } else { other.clone() };
        tasks.spawn(async move {
            let mut had = Vec::new();
            loop {
                let queued = store.due_outgoing(at(100), at(1000), 3).await.unwrap();
                if queued.is_empty() {
                    return had;
                }
                for entry in queued {
                    store.finish_outgoing(entry.id).await.unwrap();
                    had.push(entry.recipient);
                }
            }
        });
    }
    let had = tasks.join_all().await.concat();
    let different: BTreeSet<_> = had.iter().collect();
    assert_eq!((had.len(), different.len()), (20, 20));
    assert_eq!(bed.store.next_due().await.unwrap(), None);
    other.close().await;
}

async fn crossing_deliveries(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    let mut tasks = JoinSet::new();
    for n in 0..20 {
        let store = bed.store.clone();
        let (first, second) = if n % 2 == 0 { (a, b) } else { (b, a) };
        tasks.spawn(async move {
            let to = |mailbox| Delivery { mailbox, folder: DeliverTo::INBOX, item: mail("same", n) };
            store.deliver(vec![to(first), to(second)]).await.unwrap();
        });
    }
    tasks.join_all().await;
    assert_eq!((bed.changes(a, INBOX).await.len(), bed.changes(b, INBOX).await.len()), (20, 20));
}

/// A reader that follows the folder by its last modseq, as phones do, ends up with what is there.
async fn readers_never_skip(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let done = Arc::new(AtomicBool::new(false));
    let mut readers = JoinSet::new();
    for folder in [INBOX, TRASH, INBOX] {
        let (store, done) = (bed.store.clone(), done.clone());
        readers.spawn(async move {
            let (mut since, mut held) = (Modseq(0), BTreeSet::new());
            loop {
                let last = done.load(Ordering::SeqCst);
                let changes = store.changes(mailbox, folder, since, 3).await.unwrap();
                assert!(changes.is_sorted_by_key(Change::modseq));
                for change in &changes {
                    match change {
                        Change::Live(meta) => held.insert(meta.id),
                        Change::Gone { id, .. } => held.remove(id),
                    };
                }
                match changes.last() {
                    Some(change) => since = change.modseq(),
                    None if last => return (folder, held),
                    None => tokio::task::yield_now().await,
                }
            }
        });
    }
    let mut writers = JoinSet::new();
    for writer in 0..4_i64 {
        let store = bed.store.clone();
        writers.spawn(async move {
            for n in 0..12 {
                let id = store.append(mailbox, INBOX, mail("x", n)).await.unwrap().id;
                match (n + writer) % 4 {
                    0 => store.delete(mailbox, INBOX, &[id]).await.unwrap(),
                    1 => drop(store.move_item(mailbox, id, INBOX, TRASH).await.unwrap()),
                    2 => {
                        store.move_item(mailbox, id, INBOX, TRASH).await.unwrap();
                        store.move_item(mailbox, id, TRASH, INBOX).await.unwrap();
                    }
                    _ => {
                        let edit = Edit { read: Some(true), ..Edit::default() };
                        store.edit(mailbox, INBOX, id, &edit).await.unwrap();
                    }
                }
            }
        });
    }
    writers.join_all().await;
    done.store(true, Ordering::SeqCst);
    for (folder, held) in readers.join_all().await {
        let there: BTreeSet<ItemId> = bed
            .changes(mailbox, folder)
            .await
            .into_iter()
            .filter(|change| matches!(change, Change::Live(_)))
            .map(|change| change.id())
            .collect();
        assert_eq!(held, there);
    }
}

async fn names_are_taken_once(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let mut tasks = JoinSet::new();
    for n in 0..6 {
        let store = bed.store.clone();
        let name = if n % 2 == 0 { "Ordner" } else { "ORDNER" };
        tasks.spawn(
            async move { store.create_folder(mailbox, None, name, FolderType::UserMail).await.is_ok() },
        );
    }
    assert_eq!(tasks.join_all().await.into_iter().filter(|made| *made).count(), 1);
    assert_eq!(bed.store.folders(mailbox).await.unwrap().len(), 12);
}

/// Whoever asked may be gone at any moment: what became durable was told, and nothing is held up.
async fn abandoned_calls(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    for n in 0..40 {
        let call = bed.store.append(mailbox, INBOX, mail("x", n));
        drop(tokio::time::timeout(Duration::from_micros(150 * n.unsigned_abs()), call).await);
    }
    bed.store.append(mailbox, TRASH, mail("last", 1)).await.unwrap();
    let added = bed.changes(mailbox, INBOX).await.len();
    // A commit that nobody waits for tells of itself in its own time.
    let mut told = 0;
    for _ in 0..1000 {
        told += bed.notices.take().len();
        if told > added {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(told, added + 1);
}

/// Two acts that lock the same two devices, each beginning with the other's second: PostgreSQL ends one of them,
/// and it is carried out all the same, once.
async fn acts_that_stand_in_each_others_way(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    for id in ["A", "B"] {
        let device = Device { device_id: id.to_owned(), ..Device::default() };
        bed.store.put_device(anna, &device).await.unwrap();
    }
    let begun = Arc::new(AtomicU32::new(0));
    let act = async |first: &'static str, second: &'static str| {
        let done: Result<(), StoreError> = carry_out!(bed.store.act(), |act| {
            begun.fetch_add(1, Ordering::SeqCst);
            act.device(anna, first).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            act.device(anna, second).await?;
            act.log(Event { actor: first.to_owned(), ..Event::default() }, at(1)).await?;
            Ok(())
        });
        done.unwrap();
    };
    tokio::join!(act("A", "B"), act("B", "A"));
    let again = match bed.store.check().await.unwrap().dialect {
        Dialect::Sqlite => 0,
        Dialect::Postgres => 1,
    };
    assert_eq!(begun.load(Ordering::SeqCst), 2 + again);
    let log = bed.store.audit_page(&LogFilter::default(), None, 10).await.unwrap();
    let mut actors: Vec<_> = log.iter().map(|entry| entry.event.actor.as_str()).collect();
    actors.sort_unstable();
    assert_eq!(actors, ["A", "B"]);
}
