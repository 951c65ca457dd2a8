//! What one program does is heard by another, soon and once.

use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::admission::{Action, Personal, Rules};
use fieldpost_domain::device::Device;
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::{AccountId, Backend, FolderId, MailboxId};
use fieldpost_store::{Bell, Dialect, Options, Ring, Store, carry_out, decision};
use tokio::time::{sleep, timeout};

use crate::bed::{Bed, INBOX, TRASH, at, mail};

crate::suite!(
    mail_of_another_program_is_heard,
    decisions_of_another_program_are_heard,
    a_server_does_not_hear_itself,
    what_was_undone_is_not_heard,
    an_import_is_heard_whole,
    that_something_was_missed_is_heard,
);

/// What is heard until nothing more comes for a while.
async fn heard(bell: &mut Bell) -> Vec<Ring> {
    let mut heard = Vec::new();
    // The bell gathers for a tenth of a second.
    while let Ok(ring) = timeout(Duration::from_millis(700), bell.next()).await {
        heard.push(ring);
    }
    heard.sort();
    heard.dedup();
    heard
}

fn ring(mailbox: MailboxId, folder: FolderId, added: bool) -> Ring {
    Ring::Mailbox { mailbox, folder: Some(folder), added }
}

async fn mail_of_another_program_is_heard(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    let mut bell = bed.store.listen().await.unwrap();
    let other = bed.again().await;
    let id = other.append(a, INBOX, mail("x", 1)).await.unwrap().id;
    let soon = timeout(Duration::from_secs(2), bell.next()).await;
    assert_eq!(soon.unwrap(), ring(a, INBOX, true));
    other.move_item(a, id, INBOX, TRASH).await.unwrap();
    let folder = other.create_folder(b, None, "new", FolderType::UserMail).await.unwrap();
    let mut expected = vec![
        ring(a, INBOX, false),
        ring(a, TRASH, true),
        Ring::Mailbox { mailbox: b, folder: None, added: false },
    ];
    expected.sort();
    assert_eq!(heard(&mut bell).await, expected, "{folder:?}");
    other.close().await;
}

async fn decisions_of_another_program_are_heard(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    bed.store.put_device(anna, &Device { device_id: "A".to_owned(), ..Device::default() }).await.unwrap();
    let other = bed.again().await;
    let mut bell = bed.store.listen().await.unwrap();
    let device = |id: &str| Ring::Device { account: anna, device_id: id.to_owned() };
    let mut next = async || timeout(Duration::from_secs(2), bell.next()).await.unwrap();

    carry_out!(other.act(), |act| {
        let (_, before) = act.device(anna, "A").await?.unwrap_or_default();
        act.put_control(anna, "A", &before, &before).await
    })
    .unwrap();
    assert_eq!(next().await, device("A"));
    let personal = Personal { action: Action::Block, by: "root".to_owned(), at: at(1) };
    carry_out!(other.act(), |act| { act.put_personal(anna, "NEVER-CAME", Some(&personal)).await }).unwrap();
    assert_eq!(next().await, device("NEVER-CAME"));
    carry_out!(other.act(), |act| { act.forget_states(anna, "A").await }).unwrap();
    assert_eq!(next().await, device("A"));
    carry_out!(other.act(), |act| { act.delete_device(anna, "A").await }).unwrap();
    assert_eq!(next().await, device("A"));
    carry_out!(other.act(), |act| { act.set_disabled(anna, true).await }).unwrap();
    assert_eq!(next().await, Ring::Account(anna));
    carry_out!(other.act(), |act| { act.put_decision(decision::ADMISSION, &Rules::default()).await })
        .unwrap();
    assert_eq!(next().await, Ring::Everybody);
    carry_out!(other.act(), |act| { act.exempt_from_policies(anna, true).await }).unwrap();
    assert_eq!(next().await, Ring::Rules);
    other.close().await;
}

async fn a_server_does_not_hear_itself(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await.id;
    let mailbox = MailboxId(anna.0);
    let mut bell = bed.store.listen().await.unwrap();
    bed.store.append(mailbox, INBOX, mail("own", 1)).await.unwrap();
    carry_out!(bed.store.act(), |act| { act.set_disabled(anna, true).await }).unwrap();
    assert_eq!(heard(&mut bell).await, []);
    // Another server is somebody else; on SQLite there is no other.
    let node = Store::open(&bed.url, Options { node: Some(2), ..Options::default() }).await.unwrap();
    node.append(mailbox, INBOX, mail("other", 1)).await.unwrap();
    let expected = match bed.store.check().await.unwrap().dialect {
        Dialect::Sqlite => Vec::new(),
        Dialect::Postgres => vec![ring(mailbox, INBOX, true)],
    };
    assert_eq!(heard(&mut bell).await, expected);
    node.close().await;
}

async fn what_was_undone_is_not_heard(bed: Arc<Bed>) {
    let other = bed.again().await;
    let mut bell = bed.store.listen().await.unwrap();
    let mut act = other.act().await.unwrap();
    act.forget_states(AccountId(7), "A").await.unwrap();
    drop(act);
    // What takes long is heard when it is there, and no sooner.
    let mut act = other.act().await.unwrap();
    act.forget_states(AccountId(8), "B").await.unwrap();
    sleep(Duration::from_millis(500)).await;
    assert!(timeout(Duration::from_millis(10), bell.next()).await.is_err());
    act.commit().await.unwrap();
    let expected = Ring::Device { account: AccountId(8), device_id: "B".to_owned() };
    assert_eq!(heard(&mut bell).await, [expected]);
    other.close().await;
}

async fn an_import_is_heard_whole(bed: Arc<Bed>) {
    let boxes = [bed.mailbox().await, bed.mailbox().await, bed.mailbox().await];
    let other = bed.again().await;
    let mut bell = bed.store.listen().await.unwrap();
    let import = async {
        for n in 0..150 {
            other.append(boxes[n % 3], INBOX, mail("imported", 1)).await.unwrap();
        }
    };
    let listen = async {
        let mut heard = 0;
        while heard < 150 {
            let ring = timeout(Duration::from_secs(10), bell.next()).await.unwrap();
            assert!(matches!(ring, Ring::Mailbox { folder: Some(INBOX), added: true, .. }), "{ring:?}");
            heard += 1;
        }
    };
    tokio::join!(import, listen);
    assert_eq!(heard(&mut bell).await, []);
    other.close().await;
}

/// What was lost with a connection, or removed before it was read, is not passed over in silence.
async fn that_something_was_missed_is_heard(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let other = bed.again().await;
    let mut bell = bed.store.listen().await.unwrap();
    match bed.store.check().await.unwrap().dialect {
        Dialect::Postgres => {
            bed.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE query = 'LISTEN \"fieldpost_' || md5(current_schema()) || '\"'",
            )
            .await;
            other.append(mailbox, INBOX, mail("unheard", 1)).await.unwrap();
        }
        Dialect::Sqlite => {
            let mut act = other.act().await.unwrap();
            act.set_disabled(AccountId(mailbox.0), true).await.unwrap();
            act.commit().await.unwrap();
            bed.execute("DELETE FROM bell").await;
            other.append(mailbox, INBOX, mail("heard", 1)).await.unwrap();
        }
    }
    let missed = async { while bell.next().await != Ring::Missed {} };
    timeout(Duration::from_secs(20), missed).await.unwrap();
    // From then on all is heard again.
    other.append(mailbox, TRASH, mail("later", 1)).await.unwrap();
    assert!(heard(&mut bell).await.contains(&ring(mailbox, TRASH, true)));
    other.close().await;
}
