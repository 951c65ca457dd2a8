//! Delivery to one and several mailboxes.

use std::sync::Arc;

use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::{Backend, FolderId, MailboxId};
use fieldpost_store::{Delivery, StoreError};

use crate::bed::{Bed, INBOX, TRASH, mail, with_origin};

crate::suite!(to_several_mailboxes, all_or_none, twice);

fn to(mailbox: MailboxId, folder: DeliverTo, subject: &str) -> Delivery {
    Delivery { mailbox, folder, item: mail(subject, 1) }
}

async fn to_several_mailboxes(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    let metas = bed
        .store
        .deliver(vec![
            to(b, DeliverTo::INBOX, "one"),
            to(a, DeliverTo::Folder(TRASH), "two"),
            to(b, DeliverTo::INBOX, "three"),
        ])
        .await
        .unwrap();
    assert_eq!(
        metas.iter().map(|meta| (meta.id.0, meta.folder)).collect::<Vec<_>>(),
        [(1, INBOX), (1, TRASH), (2, INBOX)]
    );
    let mut told = vec![(a.0, Some(TRASH.0), true), (b.0, Some(INBOX.0), true)];
    told.sort_unstable();
    assert_eq!(bed.notices.take(), told, "one notice for each folder");
    let items = bed.store.fetch(b, &[metas[0].id, metas[2].id]).await.unwrap();
    assert_eq!(items[1].content, mail("three", 1).content);
    assert_eq!(bed.store.deliver(Vec::new()).await.unwrap(), []);
}

async fn all_or_none(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    let absent = MailboxId(99);
    let error = bed
        .store
        .deliver(vec![to(a, DeliverTo::INBOX, "x"), to(absent, DeliverTo::INBOX, "x")])
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::NoSuchMailbox(MailboxId(99))), "{error}");
    let folder = DeliverTo::Folder(FolderId(99));
    let error = bed.store.deliver(vec![to(a, DeliverTo::INBOX, "x"), to(a, folder, "x")]).await.unwrap_err();
    assert!(matches!(error, StoreError::NoSuchFolder(FolderId(99))), "{error}");
    assert_eq!(bed.changes(a, INBOX).await, []);
    assert_eq!(bed.notices.take(), []);
}

async fn twice(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    let delivery = |origin: &str| Delivery {
        mailbox: a,
        folder: DeliverTo::INBOX,
        item: with_origin(mail("x", 1), origin),
    };
    let first = bed.store.deliver(vec![delivery("i/1"), delivery("i/1"), delivery("i/2")]).await.unwrap();
    assert_eq!(first[0], first[1]);
    bed.notices.take();
    let second = bed.store.deliver(vec![delivery("i/2"), delivery("i/1")]).await.unwrap();
    assert_eq!(second, [first[2].clone(), first[0].clone()]);
    assert_eq!(bed.notices.take(), []);
    assert_eq!(bed.changes(a, INBOX).await.len(), 2);
}
