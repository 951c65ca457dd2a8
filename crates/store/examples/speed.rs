//! What the store costs for each message: `cargo run --release -p fieldpost-store --example speed [URL]`.
//!
//! Without a URL it measures a new SQLite file in a temporary folder; a PostgreSQL database given
//! should be empty. CPU is this process's alone; a database server's comes on top.

#![expect(clippy::unwrap_used, reason = "a measurement that can't go on ends")]

use std::time::{Duration, Instant};

use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::index::Index;
use fieldpost_domain::item::{Conversation, Edit, MailState, NewItem, Shown};
use fieldpost_domain::{Backend, FolderId, ItemId, MailboxId, Modseq, Position};
use fieldpost_store::{Delivery, NewAccount, Options, Store};
use jiff::Timestamp;
use rustix::time::{ClockId, clock_gettime};

const INBOX: FolderId = FolderId(1);
const WORDS: [&str; 16] = [
    "meeting", "the", "invoice", "of", "please", "attached", "tomorrow", "report", "and", "thanks",
    "quarter", "customer", "we", "schedule", "regards", "to",
];

/// About 6 KB of plain text that packs to about a third, as mail does.
fn message(number: u64) -> NewItem {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = format!("From: a@example.org\r\nTo: b@example.org\r\nSubject: message {number}\r\n\r\n");
    while text.len() < 6000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(WORDS[(state >> 60) as usize]);
        text.push_str(if state & 0xff00 == 0 { "\r\n" } else { " " });
    }
    NewItem {
        content: text.into_bytes(),
        index: Index::at(i64::try_from(number).unwrap() * 60_000),
        state: MailState { read: !number.is_multiple_of(3), ..MailState::default() },
        conversation: Conversation { id: u128::from(number / 4).to_be_bytes(), index: vec![1; 5] },
        origin: Some(format!("import/{number}")),
    }
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

/// Runs it and tells what each of `count` cost.
async fn measure<T>(what: &str, count: u64, work: impl Future<Output = T>) -> T {
    let (wall, cpu_before) = (Instant::now(), cpu());
    let result = work.await;
    let each = |time: Duration| time.as_secs_f64() * 1e6 / count as f64;
    println!("{what:48} {:9.1} µs {:9.1} µs CPU", each(wall.elapsed()), each(cpu() - cpu_before));
    result
}

async fn fill(store: &Store, mailbox: MailboxId, from: u64, to: u64) {
    for start in (from..to).step_by(500) {
        let delivery = |n| Delivery { mailbox, folder: DeliverTo::INBOX, item: message(n) };
        store.deliver((start..to.min(start + 500)).map(delivery).collect()).await.unwrap();
    }
}

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir().unwrap();
    let url = std::env::args().nth(1);
    let url = url.unwrap_or_else(|| format!("sqlite:{}", dir.path().join("fieldpost.db").display()));
    let store = Store::open(&url, Options::default()).await.unwrap();
    let new = NewAccount { address: "speed@example.org".to_owned(), ..NewAccount::default() };
    let mailbox = MailboxId(store.create_account(new, Timestamp::UNIX_EPOCH).await.unwrap().id.0);

    let count = 10_000;
    measure("making a message (not the store)", count, async {
        (0..count).map(|n| message(n).content.len()).sum::<usize>()
    })
    .await;
    measure("deliver, 500 in a transaction", count, fill(&store, mailbox, 0, count)).await;
    let ids: Vec<ItemId> = (1..=u32::try_from(count).unwrap()).rev().map(ItemId).collect();
    for window in [25, 100, 512] {
        measure(&format!("fetch, {window} in a window"), count, async {
            for ids in ids.chunks(window) {
                assert_eq!(store.fetch(mailbox, ids).await.unwrap().len(), ids.len());
            }
        })
        .await;
    }
    measure("metas, 512 at a time", count, async {
        for ids in ids.chunks(512) {
            assert_eq!(store.metas(mailbox, ids).await.unwrap().len(), ids.len());
        }
    })
    .await;
    measure("older, 512 at a time", count, async {
        let mut before = Position::NEWEST;
        while let Some(last) =
            store.older(mailbox, INBOX, before, Position::OLDEST, 512).await.unwrap().last()
        {
            before = last.position();
        }
    })
    .await;
    measure("append, each a transaction", 200, async {
        for n in 0..200 {
            store.append(mailbox, INBOX, message(count + n)).await.unwrap();
        }
    })
    .await;
    measure("edit, each a transaction", 200, async {
        for n in 1..=200 {
            let edit = Edit { categories: Some(vec!["seen".to_owned()]), ..Edit::default() };
            store.edit(mailbox, INBOX, ItemId(n), &edit).await.unwrap();
        }
    })
    .await;
    for size in [10_000, 100_000] {
        fill(&store, mailbox, 20_000, 20_000 + size - 10_000).await;
        let since = Modseq(store.modseq(mailbox).await.unwrap().0 - 10);
        measure(&format!("changes, 10 in a folder of {size}"), 500, async {
            for _ in 0..500 {
                assert_eq!(store.changes(mailbox, INBOX, since, 100).await.unwrap().len(), 10);
            }
        })
        .await;
    }
    measure(
        "count of 100,000",
        1,
        store.count(mailbox, INBOX, Position::NEWEST, Position::OLDEST, Shown::default()),
    )
    .await
    .unwrap();
    measure("empty a folder of 100,000", 100_000, store.empty_folder(mailbox, INBOX, false)).await.unwrap();
    store.close().await;
}
