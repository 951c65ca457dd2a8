//! Tasks through the front door, as far as it is Sync's work.

use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::command::sync::response;
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Item, Task, TaskRecurrence};

use crate::item_sync::{Bench, adds, change, changes, delete, status};
use crate::server::Server;

fn at(text: &str) -> Option<OrEmpty<DateTime>> {
    Some(OrEmpty(Some(DateTime(text.parse().unwrap()))))
}

fn task(subject: &str) -> Task {
    Task { subject: Some(subject.to_owned()), complete: Some(false), ..Task::default() }
}

fn done(task: Task) -> Task {
    Task { complete: Some(true), date_completed: at("2026-11-23T08:00:00Z"), ..task }
}

fn item(task: Task) -> Item {
    Item::Task(Box::new(task))
}

fn shown(item: &Item) -> &Task {
    let Item::Task(task) = item else { panic!("{item:?}") };
    task
}

#[tokio::test]
async fn a_task_goes_up_and_comes_down_in_every_version() {
    let server = Server::start().await;
    for (number, version) in Version::ALL.into_iter().enumerate() {
        let name = format!("mia{number}");
        let account = server.account(&name).await;
        let mut one = Bench::start(&server, &account, version, FolderType::Tasks).await;
        one.settle().await;
        let id = one.add("1", item(task("Shop"))).await;
        assert!(one.settle().await.is_empty(), "{version}");
        let second = server.second_phone(&name, version).await;
        let mut two = Bench::with(&server, &account, second, FolderType::Tasks, None).await;
        let told = adds(&two.settle().await);
        assert_eq!((told.len(), told[0].0.as_str()), (1, id.as_str()));
        assert_eq!(shown(&told[0].1).subject.as_deref(), Some("Shop"));
        assert_eq!(two.change(&id, item(done(task("Shop more")))).await, 1);
        let told = changes(&one.settle().await);
        let seen = shown(&told[0].1);
        assert_eq!((seen.subject.as_deref(), seen.complete), (Some("Shop more"), Some(true)));
        assert_eq!(status(&one.sync(vec![delete(&id)]).await), 1);
        let told = two.settle().await;
        assert!(matches!(told.as_slice(), [response::Command::Delete(gone)] if gone.server_id == id));
    }
}

/// FilterType 8: tasks that are not done.
#[tokio::test]
async fn a_filter_for_what_is_still_to_be_done() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut all = Bench::start(&server, &mia, Version::V14_1, FolderType::Tasks).await;
    all.settle().await;
    let open = all.add("1", item(task("open"))).await;
    all.add("2", item(done(task("done")))).await;
    let second = server.second_phone("mia", Version::V14_1).await;
    let mut open_only = Bench::with(&server, &mia, second, FolderType::Tasks, None).await;
    open_only.options[0].filter_type = Some(8);
    let told = adds(&open_only.settle().await);
    assert_eq!(told.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), [open.as_str()]);
    // Done elsewhere: out of view, not gone.
    assert_eq!(all.change(&open, item(done(task("open")))).await, 1);
    let told = open_only.settle().await;
    assert!(matches!(told.as_slice(), [response::Command::SoftDelete(gone)] if gone.server_id == open));
    // And to be done again.
    assert_eq!(all.change(&open, item(task("open"))).await, 1);
    let told = adds(&open_only.settle().await);
    assert_eq!(told.len(), 1);
    // Other filters are for other classes.
    for wrong in [1, 4, 7] {
        let mut request = open_only.request(Vec::new());
        request.collections[0].options[0].filter_type = Some(wrong);
        assert_eq!(open_only.send(&request).await.status, 4, "filter {wrong}");
    }
}

#[tokio::test]
async fn a_recurring_task_that_is_done_brings_the_next() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut one = Bench::start(&server, &mia, Version::V14_1, FolderType::Tasks).await;
    one.settle().await;
    let daily = TaskRecurrence {
        r#type: Some(0),
        start: Some(DateTime("2026-11-23T00:00:00Z".parse().unwrap())),
        interval: Some(1),
        ..TaskRecurrence::default()
    };
    let weekly = Task {
        start_date: at("2026-11-23T00:00:00Z"),
        utc_start_date: at("2026-11-23T00:00:00Z"),
        due_date: at("2026-11-23T00:00:00Z"),
        utc_due_date: at("2026-11-23T00:00:00Z"),
        recurrence: Some(daily),
        ..task("water the plants")
    };
    let id = one.add("1", item(weekly.clone())).await;
    let request = one.request(vec![change(&id, item(done(weekly)))]);
    let first = one.send(&request).await;
    let again = one.send(&request).await;
    assert_eq!((status(&first), status(&again)), (1, 1));
    assert_eq!(server.items(&mia, FolderType::Tasks).await.len(), 2, "one, however often it is asked for");
    let next = adds(&again.commands);
    assert_eq!(next.len(), 1);
    let next = shown(&next[0].1);
    assert_eq!((next.complete, next.recurrence.is_some()), (Some(false), true));
    assert_eq!(next.due_date, at("2026-11-24T00:00:00Z"));
}
