//! The unit of work: several changes in several mailboxes, together and once.

use std::sync::Arc;

use fieldpost_domain::backend::{Batch, BatchOutcome, DeliverTo, Edited, Moved, Once, Write, Written};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::index::Index;
use fieldpost_domain::item::{Edit, Replacement, Verb};
use fieldpost_domain::{Backend, BackendError, FolderId, ItemId, MailboxId, Modseq};

use crate::bed::{Bed, INBOX, SENT, TRASH, at, mail};

crate::suite!(all_at_once, only_once, all_or_none, each_sees_those_before_it);

fn submission(mailbox: MailboxId, key: Option<&str>) -> Batch {
    let sent = DeliverTo::Default(FolderType::SentItems);
    Batch {
        once: key.map(|key| Once { mailbox, key: key.to_owned() }),
        writes: vec![Write::Append { mailbox, folder: sent, item: mail("sent", 1) }],
        now: at(1_000),
    }
}

fn verb(mailbox: MailboxId, item: ItemId, verb: Verb) -> Write {
    let edit = Edit { last_verb: Some((verb, at(1_000))), ..Edit::default() };
    Write::Edit { mailbox, folder: None, item, edit }
}

async fn all_at_once(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    let question = bed.store.append(a, INBOX, mail("question", 1)).await.unwrap();
    bed.notices.take();
    let mut sent = submission(a, None);
    sent.writes.extend([
        Write::Append { mailbox: b, folder: DeliverTo::INBOX, item: mail("sent", 1) },
        Write::Send {
            mailbox: a,
            sender: "a@example.org".to_owned(),
            recipients: vec!["x@example.com".to_owned(), "y@example.com".to_owned()],
            content: mail("sent", 1).content,
        },
        verb(a, question.id, Verb::ReplyToSender),
    ]);
    let BatchOutcome::Done(written) = bed.store.commit(sent).await.unwrap() else { panic!() };
    let [Written::Appended(copy), Written::Appended(received), Written::Queued, Written::Edited(_)] =
        written.as_slice()
    else {
        panic!("{written:?}")
    };
    assert_eq!((copy.folder, received.folder), (SENT, INBOX));
    let mut told = vec![(a.0, Some(SENT.0), true), (a.0, Some(INBOX.0), false), (b.0, Some(INBOX.0), true)];
    told.sort_unstable();
    assert_eq!(bed.notices.take(), told);
    assert_eq!(bed.changes(a, SENT).await.len(), 1);
    assert_eq!(bed.changes(b, INBOX).await.len(), 1);
    let question = bed.store.metas(a, &[question.id]).await.unwrap().remove(0);
    assert_eq!(question.state.last_verb, Some((Verb::ReplyToSender, at(1_000))));
    let queued = bed.store.due_outgoing(at(1_000), at(1_060), 10).await.unwrap();
    let mut recipients: Vec<_> = queued.iter().map(|entry| entry.recipient.as_str()).collect();
    recipients.sort_unstable();
    assert_eq!(recipients, ["x@example.com", "y@example.com"]);
    for entry in queued {
        assert_eq!((entry.mailbox, entry.sender.as_str(), entry.attempts), (a, "a@example.org", 0));
        assert_eq!((entry.created, entry.content), (at(1_000), mail("sent", 1).content));
    }
}

async fn only_once(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    let day = 24 * 60 * 60;
    let is_new = async |mailbox, key, now| {
        let batch = Batch { now: at(now), ..submission(mailbox, key) };
        bed.store.commit(batch).await.unwrap() != BatchOutcome::Duplicate
    };
    assert!(is_new(a, Some("phone/1"), 0).await);
    bed.notices.take();
    assert!(!is_new(a, Some("phone/1"), 1).await);
    assert_eq!(bed.notices.take(), []);
    assert!(is_new(a, Some("phone/2"), 1).await);
    assert!(is_new(b, Some("phone/1"), 1).await);
    assert!(is_new(a, None, 1).await);
    assert!(is_new(a, None, 1).await);
    assert!(!is_new(a, Some("phone/1"), 7 * day).await, "a week later");
    assert_eq!(bed.changes(a, SENT).await.len(), 4);
    assert!(is_new(a, Some("phone/3"), 100 * day).await);
    assert!(is_new(a, Some("phone/1"), 100 * day).await, "forgotten at last");
}

async fn all_or_none(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    let item = bed.store.append(a, INBOX, mail("x", 1)).await.unwrap();
    bed.notices.take();
    let nobody = MailboxId(99);
    let stale = Replacement { content: vec![1], index: Index::at(1), expected: Some(Modseq(1)) };
    let failing = [
        Write::Append { mailbox: nobody, folder: DeliverTo::INBOX, item: mail("x", 1) },
        Write::Append { mailbox: a, folder: DeliverTo::Folder(FolderId(99)), item: mail("x", 1) },
        Write::Replace { mailbox: a, folder: INBOX, item: item.id, replacement: stale },
        Write::Edit { mailbox: a, folder: Some(TRASH), item: item.id, edit: Edit::default() },
        Write::Move { mailbox: a, item: item.id, source: TRASH, destination: SENT },
        Write::Delete { mailbox: a, folder: FolderId(99), items: vec![item.id] },
    ];
    for write in failing {
        let mut batch = submission(a, Some("phone/1"));
        batch.writes.push(write.clone());
        bed.store.commit(batch).await.unwrap_err();
        assert_eq!(bed.changes(a, SENT).await, [], "{write:?}");
        assert_eq!(bed.notices.take(), [], "{write:?}");
    }
    // The key was not spent, and a message that is gone by now does no harm.
    let mut batch = submission(a, Some("phone/1"));
    batch.writes.push(verb(a, ItemId(99), Verb::Forward));
    let BatchOutcome::Done(written) = bed.store.commit(batch).await.unwrap() else { panic!() };
    assert_eq!(written.last(), Some(&Written::Gone));
    assert_eq!(bed.changes(a, SENT).await.len(), 1);
}

async fn each_sees_those_before_it(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    let item = bed.store.append(a, INBOX, mail("x", 1)).await.unwrap();
    let new = |content: &[u8], expected| Replacement {
        content: content.to_vec(),
        index: Index { uid: Some("u".to_owned()), ..Index::at(9) },
        expected,
    };
    let replace = |replacement| Write::Replace { mailbox: a, folder: SENT, item: item.id, replacement };
    let batch = |writes| Batch { once: None, writes, now: at(0) };
    let outcome = bed
        .store
        .commit(batch(vec![
            Write::Move { mailbox: a, item: item.id, source: INBOX, destination: SENT },
            replace(new(b"two", Some(Modseq(item.modseq.0 + 1)))),
        ]))
        .await
        .unwrap();
    let [first, second] = [1, 2].map(|n| Modseq(item.modseq.0 + n));
    let moved = Written::Moved(Moved::Done { before: item.modseq });
    let edited = Written::Edited(Edited { before: first, after: second });
    assert_eq!(outcome, BatchOutcome::Done(vec![moved, edited]));
    assert_eq!(bed.store.by_uid(a, "u").await.unwrap()[0].id, item.id);
    let error = bed.store.commit(batch(vec![replace(new(b"three", Some(first)))])).await.unwrap_err();
    assert!(matches!(error, BackendError::Stale(id) if id == item.id));
}
