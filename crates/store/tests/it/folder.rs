//! The folder hierarchy.

use std::sync::Arc;

use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::Shown;
use fieldpost_domain::{Backend, BackendError, FolderId, ItemId, MailboxId, Modseq, Position};

use crate::bed::{Bed, INBOX, SENT, TRASH, mail};

crate::suite!(made_renamed_moved, refusals, deleted_with_all_in_it, emptied, absent_mailbox);

const MAIL: FolderType = FolderType::UserMail;

async fn made_renamed_moved(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let a = store.create_folder(mailbox, None, "A", MAIL).await.unwrap();
    let b = store.create_folder(mailbox, Some(a), "B", FolderType::UserCalendar).await.unwrap();
    let c = store.create_folder(mailbox, None, "C", MAIL).await.unwrap();
    assert_eq!([a, b, c], [FolderId(12), FolderId(13), FolderId(14)]);
    assert_eq!(bed.notices.take().len(), 3);
    store.update_folder(mailbox, a, Some(c), "Änderung").await.unwrap();
    assert_eq!(bed.notices.take(), [(mailbox.0, None, false)]);
    let before = store.modseq(mailbox).await.unwrap();
    store.update_folder(mailbox, a, Some(c), "Änderung").await.unwrap();
    assert_eq!(store.modseq(mailbox).await.unwrap(), before, "nothing changed");
    assert_eq!(bed.notices.take(), []);

    let folders = store.folders(mailbox).await.unwrap();
    let own: Vec<_> = folders[11..].iter().map(|f| (f.id, f.parent, f.name.as_str(), f.kind)).collect();
    assert_eq!(
        own,
        [(c, None, "C", MAIL), (a, Some(c), "Änderung", MAIL), (b, Some(a), "B", FolderType::UserCalendar)]
    );
    store.update_folder(mailbox, a, Some(c), "ÄNDERUNG").await.unwrap();
    assert_eq!(store.folders(mailbox).await.unwrap()[12].name, "ÄNDERUNG");
    // A folder within a default one, and back to the root.
    store.update_folder(mailbox, a, Some(INBOX), "C").await.unwrap();
    store.update_folder(mailbox, b, None, "B").await.unwrap();
}

async fn refusals(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let a = store.create_folder(mailbox, None, "Größe", MAIL).await.unwrap();
    let b = store.create_folder(mailbox, Some(a), "b", MAIL).await.unwrap();
    let c = store.create_folder(mailbox, Some(b), "c", MAIL).await.unwrap();
    let before = store.modseq(mailbox).await.unwrap();
    let absent = FolderId(77);
    bed.notices.take();

    macro_rules! refused {
        ($call:expr, $error:pat) => {{
            let error = $call.await.unwrap_err();
            assert!(matches!(error, $error), "{error:?}");
        }};
    }
    for name in ["GRÖSSE", "inbox", "größe"] {
        let outcome = store.create_folder(mailbox, None, name, MAIL).await;
        // Upper case ẞ apart, names that differ in case only are the same.
        assert!(matches!(outcome, Err(BackendError::NameTaken)) || name == "GRÖSSE");
        if let Ok(id) = outcome {
            store.delete_folder(mailbox, id).await.unwrap();
        }
    }
    let before = before.max(store.modseq(mailbox).await.unwrap());
    bed.notices.take();
    refused!(store.create_folder(mailbox, Some(absent), "x", MAIL), BackendError::NoSuchParent);
    refused!(store.create_folder(mailbox, None, "x", FolderType::Inbox), BackendError::DefaultFolder(INBOX));
    refused!(store.update_folder(mailbox, absent, None, "x"), BackendError::NoSuchFolder(FolderId(77)));
    refused!(store.update_folder(mailbox, INBOX, None, "x"), BackendError::DefaultFolder(INBOX));
    refused!(store.update_folder(mailbox, b, Some(absent), "b"), BackendError::NoSuchParent);
    refused!(store.update_folder(mailbox, a, Some(a), "a"), BackendError::NoSuchParent);
    refused!(store.update_folder(mailbox, a, Some(c), "a"), BackendError::NoSuchParent);
    refused!(store.update_folder(mailbox, b, None, "GRÖßE"), BackendError::NameTaken);
    refused!(store.delete_folder(mailbox, SENT), BackendError::DefaultFolder(SENT));
    refused!(store.delete_folder(mailbox, absent), BackendError::NoSuchFolder(FolderId(77)));
    refused!(store.empty_folder(mailbox, absent, true), BackendError::NoSuchFolder(FolderId(77)));
    refused!(store.changes(mailbox, absent, Modseq(0), 9), BackendError::NoSuchFolder(FolderId(77)));
    refused!(
        store.older(mailbox, absent, Position::NEWEST, Position::OLDEST, 9),
        BackendError::NoSuchFolder(FolderId(77))
    );
    refused!(
        store.count(mailbox, absent, Position::NEWEST, Position::OLDEST, Shown::ALL),
        BackendError::NoSuchFolder(FolderId(77))
    );
    refused!(store.append(mailbox, absent, mail("x", 1)), BackendError::NoSuchFolder(FolderId(77)));
    refused!(store.delete(mailbox, absent, &[ItemId(1)]), BackendError::NoSuchFolder(FolderId(77)));
    assert_eq!(store.modseq(mailbox).await.unwrap(), before);
    assert_eq!(bed.notices.take(), []);
}

async fn deleted_with_all_in_it(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let a = store.create_folder(mailbox, None, "a", MAIL).await.unwrap();
    let b = store.create_folder(mailbox, Some(a), "b", MAIL).await.unwrap();
    let c = store.create_folder(mailbox, Some(b), "c", MAIL).await.unwrap();
    let lost = store.append(mailbox, c, mail("same", 1)).await.unwrap();
    let kept = store.append(mailbox, INBOX, mail("same", 1)).await.unwrap();
    let gone = store.append(mailbox, a, mail("gone", 1)).await.unwrap();
    store.delete(mailbox, a, &[gone.id]).await.unwrap();
    bed.notices.take();
    store.delete_folder(mailbox, a).await.unwrap();
    let told: Vec<_> = [None, Some(a.0), Some(b.0), Some(c.0)].map(|f| (mailbox.0, f, false)).into();
    assert_eq!(bed.notices.take(), told);
    assert_eq!(store.folders(mailbox).await.unwrap().len(), 11);
    assert_eq!(store.metas(mailbox, &[lost.id, kept.id]).await.unwrap(), std::slice::from_ref(&kept));
    assert_eq!(store.fetch(mailbox, &[kept.id]).await.unwrap()[0].content, mail("same", 1).content);
    assert!(matches!(
        store.changes(mailbox, a, Modseq(0), 9).await,
        Err(BackendError::NoSuchFolder(folder)) if folder == a
    ));
    // Neither numbers nor names of the past stand in the way.
    let d = store.create_folder(mailbox, None, "a", MAIL).await.unwrap();
    assert!(d > c);
    assert_eq!(bed.changes(mailbox, d).await, []);
}

async fn emptied(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let sub = store.create_folder(mailbox, Some(TRASH), "sub", MAIL).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(store.append(mailbox, TRASH, mail("same", n)).await.unwrap().id);
    }
    store.append(mailbox, sub, mail("same", 9)).await.unwrap();
    let before = store.modseq(mailbox).await.unwrap();
    bed.notices.take();
    store.empty_folder(mailbox, TRASH, false).await.unwrap();
    assert_eq!(bed.notices.take(), [(mailbox.0, Some(TRASH.0), false)]);
    let gone = store.changes(mailbox, TRASH, before, 100).await.unwrap();
    assert_eq!(gone.iter().map(fieldpost_domain::backend::Change::id).collect::<Vec<_>>(), ids);
    assert_eq!(store.modseq(mailbox).await.unwrap(), Modseq(before.0 + 5));
    assert_eq!(bed.changes(mailbox, sub).await.len(), 1);
    store.empty_folder(mailbox, TRASH, false).await.unwrap();
    assert_eq!(bed.notices.take(), [], "it was empty");
    store.empty_folder(mailbox, TRASH, true).await.unwrap();
    assert_eq!(bed.notices.take(), [(mailbox.0, None, false), (mailbox.0, Some(sub.0), false)]);
    assert_eq!(store.folders(mailbox).await.unwrap().len(), 11);
}

async fn absent_mailbox(bed: Arc<Bed>) {
    let mailbox = MailboxId(99);
    for outcome in [
        bed.store.folders(mailbox).await.map(drop),
        bed.store.modseq(mailbox).await.map(drop),
        bed.store.append(mailbox, INBOX, mail("x", 1)).await.map(drop),
        bed.store.create_folder(mailbox, None, "x", MAIL).await.map(drop),
    ] {
        let error = outcome.unwrap_err();
        assert!(matches!(error, BackendError::Unavailable(_)), "{error:?}");
        assert!(error.to_string().contains("mailbox 99 does not exist"), "{error}");
    }
}
