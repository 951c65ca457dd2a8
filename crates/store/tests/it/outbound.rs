//! The queue of messages for other servers.

use std::sync::Arc;

use fieldpost_domain::backend::{Batch, DeliverTo, Write};
use fieldpost_domain::{Backend, MailboxId};
use fieldpost_store::Delivery;

use crate::bed::{Bed, INBOX, SENT, at, mail};

crate::suite!(leased, put_off, finished, bounced_once);

async fn queue(bed: &Bed, mailbox: MailboxId, now: i64, recipients: &[&str]) {
    let send = Write::Send {
        mailbox,
        sender: String::new(),
        recipients: recipients.iter().map(|&recipient| recipient.to_owned()).collect(),
        content: mail("out", 1).content,
    };
    bed.store.commit(Batch { once: None, writes: vec![send], now: at(now) }).await.unwrap();
}

async fn due(bed: &Bed, now: i64, lease_until: i64, limit: usize) -> Vec<String> {
    let queued = bed.store.due_outgoing(at(now), at(lease_until), limit).await.unwrap();
    queued.into_iter().map(|entry| entry.recipient).collect()
}

async fn leased(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    assert_eq!(bed.store.next_due().await.unwrap(), None);
    assert_eq!(bed.store.outgoing_waiting().await.unwrap(), (0, None));
    queue(&bed, b, 200, &["second@x"]).await;
    queue(&bed, a, 100, &["first@x"]).await;
    queue(&bed, a, 300, &["third@x"]).await;
    queue(&bed, a, 300, &[]).await;
    assert_eq!(bed.store.next_due().await.unwrap(), Some(at(100)));
    assert_eq!(bed.store.outgoing_waiting().await.unwrap(), (3, Some(at(100))));
    assert!(due(&bed, 99, 1000, 10).await.is_empty());
    assert_eq!(due(&bed, 300, 400, 2).await, ["first@x", "second@x"]);
    assert_eq!(bed.store.next_due().await.unwrap(), Some(at(300)));
    assert_eq!(due(&bed, 300, 500, 10).await, ["third@x"]);
    assert!(due(&bed, 399, 500, 10).await.is_empty(), "all are leased");
    assert_eq!(bed.store.next_due().await.unwrap(), Some(at(400)));
    // Whoever had them is gone: they are due again, also after a restart.
    let again = bed.again().await;
    let queued = again.due_outgoing(at(400), at(600), 10).await.unwrap();
    assert_eq!(queued.len(), 2);
    assert_ne!(queued[0].id, queued[1].id);
    again.close().await;
}

async fn put_off(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    queue(&bed, a, 100, &["x@x"]).await;
    let entry = bed.store.due_outgoing(at(100), at(200), 10).await.unwrap().remove(0);
    bed.store.retry_outgoing(entry.id, at(5_000), "421 busy\0").await.unwrap();
    assert!(due(&bed, 4_999, 9_999, 10).await.is_empty());
    let entry = bed.store.due_outgoing(at(5_000), at(6_000), 10).await.unwrap().remove(0);
    assert_eq!((entry.attempts, entry.created), (1, at(100)));
}

async fn finished(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    queue(&bed, a, 100, &["x@x", "y@x"]).await;
    let entries = bed.store.due_outgoing(at(100), at(200), 10).await.unwrap();
    bed.store.finish_outgoing(entries[0].id).await.unwrap();
    bed.store.finish_outgoing(entries[0].id).await.unwrap();
    // The other one still has its bytes.
    let left = bed.store.due_outgoing(at(200), at(300), 10).await.unwrap();
    assert_eq!((left.len(), left[0].id), (1, entries[1].id));
    assert_eq!(left[0].content, mail("out", 1).content);
    bed.store.finish_outgoing(entries[1].id).await.unwrap();
    bed.store.retry_outgoing(entries[1].id, at(1), "too late").await.unwrap();
    assert_eq!(bed.store.next_due().await.unwrap(), None);
}

async fn bounced_once(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    queue(&bed, a, 100, &["x@x", "y@x"]).await;
    bed.store.append(a, SENT, mail("out", 1)).await.unwrap();
    let entries = bed.store.due_outgoing(at(100), at(200), 10).await.unwrap();
    bed.notices.take();
    let bounce = || Delivery { mailbox: a, folder: DeliverTo::INBOX, item: mail("bounce", 2) };
    bed.store.bounce_outgoing(entries[0].id, Some(bounce())).await.unwrap();
    bed.store.bounce_outgoing(entries[0].id, Some(bounce())).await.unwrap();
    assert_eq!(bed.notices.take(), [(a.0, Some(INBOX.0), true)]);
    assert_eq!(bed.changes(a, INBOX).await.len(), 1);
    bed.store.bounce_outgoing(entries[1].id, None).await.unwrap();
    assert_eq!(bed.store.next_due().await.unwrap(), None);
    // The copy in Sent Items shares the bytes with the queue, and keeps them.
    let copy = bed.changes(a, SENT).await.remove(0).id();
    assert_eq!(bed.store.fetch(a, &[copy]).await.unwrap()[0].content, mail("out", 1).content);
}
