//! Items: added, read, changed, moved, deleted.

use std::sync::Arc;

use fieldpost_domain::backend::{Change, DeliverTo, Edited, Moved};
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::index::Index;
use fieldpost_domain::item::{Conversation, Edit, Flag, MailState, NewItem, Replacement, Shown, Texts, Verb};
use fieldpost_domain::search::Query;
use fieldpost_domain::{Backend, BackendError, FolderId, ItemId, MailboxId, Modseq, Position};
use fieldpost_store::Delivery;
use jiff::Timestamp;

use crate::bed::{Bed, DRAFTS, INBOX, SENT, TRASH, at, mail, with_origin};

crate::suite!(
    what_is_added_comes_back,
    large_and_odd_bytes,
    found_by_origin,
    edited,
    moved,
    conversations_move,
    conversations_stay_moved,
    deleted,
    changes_in_order,
    older_and_counted,
    metas_and_items_in_the_order_asked_for,
    many_at_once,
    replaced,
    poisoned,
);

fn full_state() -> MailState {
    MailState {
        read: true,
        flag: Some(Flag {
            status: 2,
            subject: Some("nul \0 and ünïcode 🎉".to_owned()),
            due_date: Some(at(1_800_000_000)),
            reminder_set: Some(true),
            ..Flag::default()
        }),
        categories: vec!["Zweite".to_owned(), "Erste".to_owned(), "\"; DROP TABLE item".to_owned()],
        last_verb: Some((Verb::Forward, at(1_700_000_000))),
        draft: true,
        received_as_bcc: true,
        text_message: true,
    }
}

async fn what_is_added_comes_back(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let new = NewItem {
        state: full_state(),
        conversation: Conversation { id: [0xfe; 16], index: Vec::new() },
        ..mail("full", -5)
    };
    let meta = bed.store.append(mailbox, DRAFTS, new.clone()).await.unwrap();
    assert_eq!(bed.notices.take(), [(mailbox.0, Some(DRAFTS.0), true)]);
    assert_eq!((meta.id, meta.folder, meta.received), (ItemId(1), DRAFTS, -5));
    assert_eq!((meta.modseq, meta.content_modseq), (Modseq(12), Modseq(12)));
    assert_eq!(meta.size as usize, new.content.len());
    assert_eq!((&meta.state, &meta.conversation), (&new.state, &new.conversation));
    let plain = bed.store.append(mailbox, DRAFTS, mail("plain", 1)).await.unwrap();

    let again = bed.again().await;
    assert_eq!(again.metas(mailbox, &[meta.id]).await.unwrap(), std::slice::from_ref(&meta));
    let items = again.fetch(mailbox, &[meta.id, plain.id]).await.unwrap();
    assert_eq!((&items[0].meta, &items[0].content), (&meta, &new.content));
    assert_eq!((&items[1].meta, &items[1].content), (&plain, &mail("plain", 1).content));
    let changes = again.changes(mailbox, DRAFTS, Modseq(0), 9).await.unwrap();
    assert_eq!(changes, [Change::Live(meta), Change::Live(plain)]);
    again.close().await;
}

async fn large_and_odd_bytes(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let noise: Vec<u8> = (0u32..3_000_000).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    for content in [Vec::new(), vec![0], b"\r\n\xff\0\r".to_vec(), noise, vec![b'a'; 5_000_000]] {
        let new = NewItem { content: content.clone(), ..mail("", 1) };
        let meta = bed.store.append(mailbox, INBOX, new).await.unwrap();
        assert_eq!(bed.store.fetch(mailbox, &[meta.id]).await.unwrap()[0].content, content);
    }
}

async fn found_by_origin(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let other = bed.mailbox().await;
    let first = bed.store.append(mailbox, INBOX, with_origin(mail("one", 1), "phone/1")).await.unwrap();
    let modseq = bed.store.modseq(mailbox).await.unwrap();
    bed.notices.take();
    let second = bed.store.append(mailbox, INBOX, with_origin(mail("other", 2), "phone/1")).await.unwrap();
    assert_eq!(second, first);
    assert_eq!((bed.store.modseq(mailbox).await.unwrap(), bed.notices.take()), (modseq, vec![]));
    bed.store.move_item(mailbox, first.id, INBOX, TRASH).await.unwrap();
    let third = bed.store.append(mailbox, INBOX, with_origin(mail("one", 1), "phone/1")).await.unwrap();
    assert_eq!((third.id, third.folder), (first.id, TRASH));
    let elsewhere = bed.store.append(other, INBOX, with_origin(mail("one", 1), "phone/1")).await.unwrap();
    assert_eq!(elsewhere.modseq, Modseq(12), "origins of another mailbox don't count");
    let fourth = bed.store.append(mailbox, INBOX, with_origin(mail("one", 1), "phone/2")).await.unwrap();
    assert_ne!(fourth.id, first.id);
    // Once it is deleted, its origin is free again.
    bed.store.delete(mailbox, TRASH, &[first.id]).await.unwrap();
    let fifth = bed.store.append(mailbox, INBOX, with_origin(mail("one", 1), "phone/1")).await.unwrap();
    assert_eq!(fifth.id, ItemId(3));
}

async fn edited(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let meta = bed.store.append(mailbox, INBOX, mail("x", 1)).await.unwrap();
    bed.notices.take();
    let fine = Timestamp::from_nanosecond(1_700_000_000_123_456_789).unwrap();
    let wanted = full_state();
    let steps = [
        Edit { read: Some(true), ..Edit::default() },
        Edit { flag: Some(wanted.flag.clone()), ..Edit::default() },
        Edit { categories: Some(wanted.categories.clone()), ..Edit::default() },
        Edit { last_verb: Some((Verb::ReplyToAll, fine)), ..Edit::default() },
        Edit { flag: Some(None), categories: Some(Vec::new()), read: Some(false), last_verb: None },
    ];
    let mut modseq = meta.modseq;
    let mut state = meta.state.clone();
    for edit in steps {
        let after = Modseq(modseq.0 + 1);
        let edited = bed.store.edit(mailbox, INBOX, meta.id, &edit).await.unwrap();
        assert_eq!(edited, Edited { before: modseq, after });
        assert_eq!(bed.notices.take(), [(mailbox.0, Some(INBOX.0), false)]);
        let again = bed.store.edit(mailbox, INBOX, meta.id, &edit).await.unwrap();
        assert_eq!(again, Edited { before: after, after }, "it is so already");
        assert_eq!(bed.notices.take(), []);
        state = edit.apply(&state);
        if let Some((_, time)) = &mut state.last_verb {
            *time = Timestamp::from_millisecond(time.as_millisecond()).unwrap();
        }
        let now = bed.store.metas(mailbox, &[meta.id]).await.unwrap().remove(0);
        assert_eq!((&now.state, now.modseq, now.content_modseq), (&state, after, meta.content_modseq));
        modseq = after;
    }
    for (folder, item) in [(TRASH, meta.id), (INBOX, ItemId(9)), (FolderId(99), meta.id)] {
        let error = bed.store.edit(mailbox, folder, item, &Edit::default()).await.unwrap_err();
        assert!(matches!(error, BackendError::NoSuchItem(id) if id == item), "{error}");
    }
    assert_eq!(bed.store.modseq(mailbox).await.unwrap(), modseq);
}

async fn moved(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let meta = bed.store.append(mailbox, INBOX, mail("x", 1)).await.unwrap();
    bed.notices.take();
    let store = &bed.store;
    let before = meta.modseq;
    assert_eq!(store.move_item(mailbox, meta.id, INBOX, TRASH).await.unwrap(), Moved::Done { before });
    assert_eq!(bed.notices.take(), [(mailbox.0, Some(INBOX.0), false), (mailbox.0, Some(TRASH.0), true)]);
    assert_eq!(store.move_item(mailbox, meta.id, INBOX, TRASH).await.unwrap(), Moved::AlreadyThere);
    assert_eq!(store.move_item(mailbox, meta.id, TRASH, TRASH).await.unwrap(), Moved::AlreadyThere);
    assert_eq!(bed.notices.take(), []);
    let modseq = Modseq(meta.modseq.0 + 1);
    assert_eq!(store.modseq(mailbox).await.unwrap(), modseq);
    assert_eq!(bed.changes(mailbox, INBOX).await, [Change::Gone { id: meta.id, modseq }]);
    let there = store.metas(mailbox, &[meta.id]).await.unwrap().remove(0);
    assert_eq!((there.folder, there.modseq, there.content_modseq), (TRASH, modseq, modseq));
    assert_eq!((there.received, &there.state), (meta.received, &meta.state));
    assert_eq!(bed.changes(mailbox, TRASH).await, [Change::Live(there)]);

    for (item, source, destination) in [(meta.id, INBOX, SENT), (ItemId(9), INBOX, TRASH)] {
        let error = store.move_item(mailbox, item, source, destination).await.unwrap_err();
        assert!(matches!(error, BackendError::NoSuchItem(id) if id == item), "{error}");
    }
    let error = store.move_item(mailbox, meta.id, TRASH, FolderId(99)).await.unwrap_err();
    assert!(matches!(error, BackendError::NoSuchFolder(FolderId(99))), "{error}");

    // Back again: it is not gone from there any more.
    store.move_item(mailbox, meta.id, TRASH, INBOX).await.unwrap();
    assert!(matches!(bed.changes(mailbox, INBOX).await.as_slice(), [Change::Live(_)]));
    assert!(matches!(bed.changes(mailbox, TRASH).await.as_slice(), [Change::Gone { .. }]));
    store.move_item(mailbox, meta.id, INBOX, TRASH).await.unwrap();
    assert!(matches!(bed.changes(mailbox, INBOX).await.as_slice(), [Change::Gone { .. }]));
}

async fn conversations_move(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let calendar = FolderId(7);
    let own = bed.store.create_folder(mailbox, None, "own", FolderType::UserMail).await.unwrap();
    let other = NewItem { conversation: Conversation { id: [8; 16], index: vec![1] }, ..mail("x", 1) };
    for folder in [INBOX, SENT, own, calendar, TRASH] {
        bed.store.append(mailbox, folder, mail("x", 1)).await.unwrap();
        bed.store.append(mailbox, folder, other.clone()).await.unwrap();
    }
    let draft = MailState { draft: true, ..MailState::default() };
    bed.store.append(mailbox, DRAFTS, NewItem { state: draft, ..mail("x", 1) }).await.unwrap();
    assert_eq!(bed.store.move_conversation(mailbox, [7; 16], TRASH).await.unwrap(), Some(2));
    let lie = async |folder| {
        let live = |change: &Change| matches!(change, Change::Live(_));
        bed.changes(mailbox, folder).await.iter().filter(|change| live(change)).count()
    };
    assert_eq!(
        [lie(INBOX).await, lie(SENT).await, lie(own).await, lie(calendar).await, lie(TRASH).await],
        [1, 2, 1, 2, 4]
    );
    assert_eq!(lie(DRAFTS).await, 1);
    bed.notices.take();
    assert_eq!(bed.store.move_conversation(mailbox, [7; 16], TRASH).await.unwrap(), Some(0));
    assert_eq!(bed.store.move_conversation(mailbox, [9; 16], TRASH).await.unwrap(), None);
    assert_eq!(bed.notices.take(), []);
    let error = bed.store.move_conversation(mailbox, [7; 16], FolderId(99)).await.unwrap_err();
    assert!(matches!(error, BackendError::NoSuchFolder(_)), "{error}");
}

/// Mail that arrives goes where its conversation was always to be moved, until that ends.
async fn conversations_stay_moved(bed: Arc<Bed>) {
    let (mailbox, stranger) = (bed.mailbox().await, bed.mailbox().await);
    let arrive = async |whose| {
        let delivery = Delivery { mailbox: whose, folder: DeliverTo::INBOX, item: mail("x", 1) };
        bed.store.deliver(vec![delivery]).await.unwrap()[0].folder
    };
    assert_eq!(arrive(mailbox).await, INBOX);
    let own = bed.store.create_folder(mailbox, None, "own", FolderType::UserMail).await.unwrap();
    let below = bed.store.create_folder(mailbox, Some(own), "below", FolderType::UserMail).await.unwrap();
    for folder in [TRASH, own, below, TRASH, below] {
        bed.store.move_conversation(mailbox, [7; 16], folder).await.unwrap();
        bed.notices.take();
        assert_eq!(arrive(mailbox).await, folder);
        assert_eq!(bed.notices.take(), [(mailbox.0, Some(folder.0), true)]);
    }
    // Nobody else's, no copies, no imports, and another process knows it too.
    assert_eq!(arrive(stranger).await, INBOX);
    let sent = DeliverTo::Default(FolderType::SentItems);
    for (folder, place) in [(sent, SENT), (DeliverTo::Folder(INBOX), INBOX)] {
        let delivery = Delivery { mailbox, folder, item: mail("x", 1) };
        assert_eq!(bed.store.deliver(vec![delivery]).await.unwrap()[0].folder, place);
    }
    let again = Delivery { mailbox, folder: DeliverTo::INBOX, item: mail("x", 1) };
    assert_eq!(bed.again().await.deliver(vec![again]).await.unwrap()[0].folder, below);

    // With all of its messages gone, the conversation is still one that goes there.
    bed.store.empty_folder(mailbox, below, false).await.unwrap();
    assert!(bed.store.move_conversation(mailbox, [7; 16], below).await.unwrap().is_some());
    // A folder's end is the rule's, also below a folder that is deleted.
    bed.store.delete_folder(mailbox, own).await.unwrap();
    assert_eq!(arrive(mailbox).await, INBOX);
    bed.store.move_conversation(mailbox, [7; 16], TRASH).await.unwrap();
    assert!(bed.store.move_conversation(mailbox, [7; 16], INBOX).await.unwrap().is_some());
    assert_eq!(arrive(mailbox).await, INBOX);
}

async fn deleted(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let mut ids = Vec::new();
    for n in 0..4 {
        ids.push(store.append(mailbox, INBOX, mail("same", n)).await.unwrap().id);
    }
    let elsewhere = store.append(mailbox, TRASH, mail("same", 5)).await.unwrap().id;
    let before = store.modseq(mailbox).await.unwrap();
    bed.notices.take();
    let gone = [ids[2], ids[0], ids[2], elsewhere, ItemId(99)];
    store.delete(mailbox, INBOX, &gone).await.unwrap();
    assert_eq!(bed.notices.take(), [(mailbox.0, Some(INBOX.0), false)]);
    assert_eq!(store.modseq(mailbox).await.unwrap(), Modseq(before.0 + 2));
    let changes = store.changes(mailbox, INBOX, before, 9).await.unwrap();
    assert_eq!(
        changes,
        [
            Change::Gone { id: ids[0], modseq: Modseq(before.0 + 1) },
            Change::Gone { id: ids[2], modseq: Modseq(before.0 + 2) }
        ]
    );
    store.delete(mailbox, INBOX, &gone).await.unwrap();
    store.delete(mailbox, INBOX, &[]).await.unwrap();
    assert_eq!(bed.notices.take(), [], "they are deleted already");
    // The bytes that they shared with others are still there.
    let left = store.fetch(mailbox, &[ids[1], ids[3], elsewhere]).await.unwrap();
    assert_eq!(left.len(), 3);
    assert!(left.iter().all(|item| item.content == mail("same", 0).content));
    // A number is not used again.
    assert_eq!(store.append(mailbox, INBOX, mail("new", 9)).await.unwrap().id, ItemId(6));
}

async fn changes_in_order(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let start = store.modseq(mailbox).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..6 {
        ids.push(store.append(mailbox, INBOX, mail("x", n)).await.unwrap().id);
    }
    store.delete(mailbox, INBOX, &[ids[1]]).await.unwrap();
    store.edit(mailbox, INBOX, ids[0], &Edit { read: Some(true), ..Edit::default() }).await.unwrap();
    store.move_item(mailbox, ids[3], INBOX, TRASH).await.unwrap();
    let all = store.changes(mailbox, INBOX, start, 100).await.unwrap();
    let order: Vec<_> = all.iter().map(Change::id).collect();
    assert_eq!(order, [ids[2], ids[4], ids[5], ids[1], ids[0], ids[3]]);
    // Page by page it is the same.
    for limit in 1..8 {
        let (mut since, mut pages) = (start, Vec::new());
        loop {
            let page = store.changes(mailbox, INBOX, since, limit).await.unwrap();
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            since = last.modseq();
            pages.extend(page);
        }
        assert_eq!(pages, all, "limit {limit}");
    }
    let end = store.modseq(mailbox).await.unwrap();
    assert_eq!(store.changes(mailbox, INBOX, end, 9).await.unwrap(), []);
    assert_eq!(store.changes(mailbox, INBOX, Modseq(u64::MAX), 9).await.unwrap(), []);
    assert_eq!(store.changes(mailbox, INBOX, start, 0).await.unwrap(), []);
}

async fn older_and_counted(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let received = [50, 10, 30, 30, 30, -20, 70];
    let mut positions = Vec::new();
    for received in received {
        positions.push(store.append(mailbox, INBOX, mail("x", received)).await.unwrap().position());
    }
    store.append(mailbox, TRASH, mail("x", 30)).await.unwrap();
    let text = |received| {
        let mut text = mail("y", received);
        text.state.text_message = true;
        text
    };
    let held = Shown { own: true, texts: Texts::Held };
    let texts = Shown { own: false, texts: Texts::All };
    for (shown, without, with) in [(Shown::default(), 7, 7), (held, 7, 7), (Shown::ALL, 7, 9), (texts, 0, 2)]
    {
        let (newest, oldest) = (Position::NEWEST, Position::OLDEST);
        assert_eq!(store.count(mailbox, INBOX, newest, oldest, shown).await.unwrap(), without, "{shown:?}");
        let added = [store.append(mailbox, INBOX, text(20)), store.append(mailbox, INBOX, text(90))];
        let mut ids = Vec::new();
        for added in added {
            ids.push(added.await.unwrap().id);
        }
        assert_eq!(store.count(mailbox, INBOX, newest, oldest, shown).await.unwrap(), with, "{shown:?}");
        let query = Query { folders: vec![INBOX], limit: 20, count_to: 20, shown, ..Query::default() };
        let found = store.search(mailbox, &query).await.unwrap();
        assert_eq!(u64::from(found.total), with, "{shown:?}");
        store.delete(mailbox, INBOX, &ids).await.unwrap();
    }
    positions.sort_unstable();
    positions.reverse();
    let mut edges = positions.clone();
    edges.extend([Position::NEWEST, Position::OLDEST, Position::at(30), Position::at(31), Position::at(0)]);
    for &before in &edges {
        for &floor in &edges {
            let wanted: Vec<_> = positions
                .iter()
                .copied()
                .filter(|&position| position < before && position >= floor)
                .collect();
            let count = store.count(mailbox, INBOX, before, floor, Shown::default()).await.unwrap();
            assert_eq!(count, wanted.len() as u64, "{before:?} {floor:?}");
            for limit in [1, 3, 100] {
                let found = store.older(mailbox, INBOX, before, floor, limit).await.unwrap();
                let found: Vec<_> = found.iter().map(fieldpost_domain::item::ItemMeta::position).collect();
                assert_eq!(found, wanted[..limit.min(wanted.len())], "{before:?} {floor:?}");
            }
        }
    }
}

async fn metas_and_items_in_the_order_asked_for(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    for n in 1..=3 {
        bed.store.append(mailbox, INBOX, mail(&n.to_string(), n)).await.unwrap();
    }
    let asked = [3, 9, 1, 3, 2, 1].map(ItemId);
    let there = [3, 1, 3, 2, 1].map(ItemId);
    let metas = bed.store.metas(mailbox, &asked).await.unwrap();
    assert_eq!(metas.iter().map(|meta| meta.id).collect::<Vec<_>>(), there);
    let items = bed.store.fetch(mailbox, &asked).await.unwrap();
    assert_eq!(items.iter().map(|item| item.meta.id).collect::<Vec<_>>(), there);
    for item in &items {
        assert_eq!(item.content, mail(&item.meta.id.to_string(), 0).content);
    }
    assert_eq!(bed.store.metas(mailbox, &[]).await.unwrap(), []);
    assert_eq!(bed.store.fetch(mailbox, &[]).await.unwrap(), []);
    let other: MailboxId = bed.mailbox().await;
    assert_eq!(bed.store.fetch(other, &asked).await.unwrap(), []);
}

async fn many_at_once(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let deliveries = (0..1500).map(|n| fieldpost_store::Delivery {
        mailbox,
        folder: DeliverTo::INBOX,
        item: mail(&format!("message {}", n % 700), n),
    });
    let metas = bed.store.deliver(deliveries.collect()).await.unwrap();
    let ids: Vec<_> = metas.iter().map(|meta| meta.id).collect();
    assert_eq!(bed.store.metas(mailbox, &ids).await.unwrap(), metas);
    let items = bed.store.fetch(mailbox, &ids).await.unwrap();
    for (n, item) in items.iter().enumerate() {
        assert_eq!(item.content, mail(&format!("message {}", n % 700), 0).content);
    }
    bed.store.delete(mailbox, INBOX, &ids[..1499]).await.unwrap();
    assert_eq!(bed.store.fetch(mailbox, &ids).await.unwrap().len(), 1);
    let gone = bed.store.changes(mailbox, INBOX, metas[1499].modseq, 10_000).await.unwrap();
    assert_eq!(gone.len(), 1499);
}

async fn replaced(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let new = |content: &[u8], sort: i64, uid: Option<&str>| Replacement {
        content: content.to_vec(),
        index: Index { uid: uid.map(str::to_owned), ..Index::at(sort) },
        expected: None,
    };
    let twin = bed.store.append(mailbox, INBOX, mail("same bytes", 5)).await.unwrap();
    let item = bed.store.append(mailbox, INBOX, mail("same bytes", 5)).await.unwrap();
    assert_eq!(bed.store.by_uid(mailbox, "u-1").await.unwrap(), []);
    bed.notices.take();

    let edited = bed.store.replace(mailbox, INBOX, item.id, new(b"new", 9, Some("u-1"))).await.unwrap();
    let after = Modseq(item.modseq.0 + 1);
    assert_eq!(edited, Edited { before: item.modseq, after });
    assert_eq!(bed.notices.take(), [(mailbox.0, Some(INBOX.0), false)]);
    let now = bed.store.fetch(mailbox, &[item.id]).await.unwrap().remove(0);
    assert_eq!(now.content, b"new");
    assert_eq!((now.meta.modseq, now.meta.content_modseq), (after, after));
    assert_eq!((now.meta.received, now.meta.size), (9, 3));
    assert_eq!((&now.meta.state, &now.meta.conversation), (&item.state, &item.conversation));
    assert_eq!(bed.store.by_uid(mailbox, "u-1").await.unwrap(), std::slice::from_ref(&now.meta));
    assert_eq!(bed.store.fetch(mailbox, &[twin.id]).await.unwrap()[0].content, mail("same bytes", 5).content);
    // It stands elsewhere in the folder's order now.
    let newest = Position::NEWEST;
    let older = bed.store.older(mailbox, INBOX, newest, Position::at(6), 9).await.unwrap();
    assert_eq!(older, std::slice::from_ref(&now.meta));

    // The same bytes again are no change.
    let again = bed.store.replace(mailbox, INBOX, item.id, new(b"new", 7, None)).await.unwrap();
    assert_eq!(again, Edited { before: after, after });
    assert_eq!(bed.notices.take(), []);
    assert_eq!(bed.store.metas(mailbox, &[item.id]).await.unwrap(), [now.meta]);

    // Made from other bytes than there are, or of an item that is not there.
    let stale = Replacement { expected: Some(item.content_modseq), ..new(b"late", 1, None) };
    let error = bed.store.replace(mailbox, INBOX, item.id, stale.clone()).await.unwrap_err();
    assert!(matches!(error, BackendError::Stale(id) if id == item.id), "{error:?}");
    let fresh = Replacement { expected: Some(after), ..stale };
    for (folder, id) in [(TRASH, item.id), (INBOX, ItemId(99))] {
        let error = bed.store.replace(mailbox, folder, id, fresh.clone()).await.unwrap_err();
        assert!(matches!(error, BackendError::NoSuchItem(_)), "{error:?}");
    }
    bed.store.replace(mailbox, INBOX, item.id, fresh).await.unwrap();
    assert_eq!(bed.store.by_uid(mailbox, "u-1").await.unwrap(), [], "the new bytes have no UID");
    // A state that changes is not another content.
    let edit = Edit { read: Some(true), ..Edit::default() };
    bed.store.edit(mailbox, INBOX, item.id, &edit).await.unwrap();
    let meta = bed.store.metas(mailbox, &[item.id]).await.unwrap().remove(0);
    assert!(meta.content_modseq < meta.modseq);
    let last = Replacement { expected: Some(meta.content_modseq), ..new(b"last", 1, None) };
    bed.store.replace(mailbox, INBOX, item.id, last).await.unwrap();
}

async fn poisoned(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let store = &bed.store;
    let mut items = Vec::new();
    for n in 0..5 {
        items.push(store.append(mailbox, INBOX, mail(&n.to_string(), n)).await.unwrap().id);
    }
    for (item, n) in items.iter().zip(0..) {
        store.record_poison(mailbox, *item, Class::Calendar, "no\0 start", at(n)).await.unwrap();
        store.record_poison(mailbox, *item, Class::Calendar, "no end", at(n + 10)).await.unwrap();
    }
    store.record_poison(mailbox, ItemId(99), Class::Calendar, "it is gone", at(1)).await.unwrap();
    let listed = store.poison(mailbox).await.unwrap();
    assert_eq!(store.count_poison().await.unwrap(), listed.len() as u64);
    assert_eq!(listed.iter().map(|poison| poison.item).collect::<Vec<_>>(), items);
    assert_eq!((listed[1].class.as_str(), listed[1].reason.as_str()), ("Calendar", "no end"));
    assert_eq!((listed[1].folder, listed[1].since), (INBOX, at(1)));

    // Mended, deleted, converted after all; and one that was moved is still bad.
    let mended = Replacement { content: vec![1], index: Index::at(1), expected: None };
    store.replace(mailbox, INBOX, items[0], mended).await.unwrap();
    store.delete(mailbox, INBOX, &[items[1]]).await.unwrap();
    store.clear_poison(mailbox, items[2]).await.unwrap();
    store.move_item(mailbox, items[3], INBOX, TRASH).await.unwrap();
    let listed = store.poison(mailbox).await.unwrap();
    let places: Vec<_> = listed.iter().map(|poison| (poison.item, poison.folder)).collect();
    assert_eq!(places, [(items[3], TRASH), (items[4], INBOX)]);
    store.empty_folder(mailbox, TRASH, true).await.unwrap();
    store.empty_folder(mailbox, INBOX, true).await.unwrap();
    assert_eq!(store.poison(mailbox).await.unwrap(), []);
}
