//! `kill -9` at any moment: what was acknowledged is there, and nothing is half there.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;

use fieldpost_domain::backend::{Change, DeliverTo};
use fieldpost_domain::{Backend, ItemId, MailboxId};
use fieldpost_store::{Delivery, Options, Store};

use crate::bed::{Bed, INBOX, TRASH, mail};

crate::suite!(killed_while_writing);

const CHILD_URL: &str = "FIELDPOST_CRASH_TEST_URL";
const CHILD_MAILBOX: &str = "FIELDPOST_CRASH_TEST_MAILBOX";

async fn killed_while_writing(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let mut acknowledged = Vec::new();
    for round in [1, 7, 20] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::child", "--ignored", "--nocapture"])
            .env(CHILD_URL, &bed.url)
            .env(CHILD_MAILBOX, mailbox.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let ids = lines.filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok().map(ItemId));
        acknowledged.extend(ids.take(round * 2));
        // SIGKILL, while it goes on writing.
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(acknowledged.len(), 56);

    let store = bed.again().await;
    let items = store.fetch(mailbox, &acknowledged).await.unwrap();
    assert_eq!(items.len(), acknowledged.len());
    // Whatever else is there is whole: each pair came and went together, and has its bytes.
    let mut pairs = [Vec::new(), Vec::new()];
    for (pair, folder) in pairs.iter_mut().zip([INBOX, TRASH]) {
        for change in bed.changes(mailbox, folder).await {
            let Change::Live(meta) = change else { continue };
            let item = store.fetch(mailbox, &[meta.id]).await.unwrap().remove(0);
            assert_eq!(item.content.len(), meta.size as usize);
            pair.push(item.content);
        }
    }
    assert_eq!(pairs[0], pairs[1]);
    store.append(mailbox, INBOX, mail("after", 1)).await.unwrap();
    store.close().await;
}

/// The process that is killed: it delivers pairs of messages and says so until it dies.
#[test]
#[ignore = "run by killed_while_writing"]
fn child() {
    let (Ok(url), Ok(mailbox)) = (std::env::var(CHILD_URL), std::env::var(CHILD_MAILBOX)) else { return };
    let mailbox = MailboxId(mailbox.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url, Options::default()).await.unwrap();
        for n in 0..100_000 {
            let to = |folder| Delivery {
                mailbox,
                folder: DeliverTo::Folder(folder),
                item: mail(&format!("{} {n}", std::process::id()), n),
            };
            for meta in store.deliver(vec![to(INBOX), to(TRASH)]).await.unwrap() {
                println!("acknowledged {}", meta.id);
            }
        }
    });
}
