//! Tasks against [MS-ASTASK].

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, OrEmpty};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Body, BodyType, Importance, Task, TaskRecurrence};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{create, next, patch, to_wire};
use crate::convert::mail::BodyOptions;
use crate::convert::{CreateContext, Ghosting, InvalidItem, ItemContext, PatchContext, User};
use crate::id::ItemId;

fn user() -> User {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    User { addresses: vec!["ann@example.org".into()], name: "Ann".into(), zone }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn date(text: &str) -> Option<OrEmpty<DateTime>> {
    Some(OrEmpty(Some(DateTime(at(text)))))
}

const NOW: &str = "2026-11-23T10:14:00Z";

fn make(task: &Task) -> Result<String, InvalidItem> {
    let cx = CreateContext { version: Version::V14_1, user: &user(), uid: "u", now: at(NOW) };
    create(task, &cx).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn shown_in(content: &str, version: Version) -> Task {
    let options = BodyOptions { bodies: true, ..BodyOptions::new(version) };
    to_wire(content.as_bytes(), &ItemContext { body: &options, user: &user(), item: ItemId(1), now: at(NOW) })
        .unwrap()
}

fn shown(content: &str) -> Task {
    shown_in(content, Version::V14_1)
}

fn changed(content: &str, change: &Task) -> Result<String, InvalidItem> {
    let user = user();
    let cx = PatchContext {
        version: Version::V14_1,
        user: &user,
        item: ItemId(1),
        ghosting: &Ghosting::None,
        now: at(NOW),
    };
    patch(content.as_bytes(), change, &cx).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn full() -> Task {
    Task {
        subject: Some("Pay, at last".into()),
        importance: Some(Importance::High),
        utc_start_date: date("2026-11-29T23:00:00Z"),
        start_date: date("2026-11-30T00:00:00Z"),
        utc_due_date: date("2026-12-01T23:00:00Z"),
        due_date: date("2026-12-02T00:00:00Z"),
        categories: Some(vec!["Work".into(), "a, b".into()]),
        complete: Some(false),
        sensitivity: Some(2),
        reminder_time: date("2026-11-30T08:00:00Z"),
        reminder_set: Some(true),
        ordinal_date: date("2026-11-30T00:00:00Z"),
        sub_ordinal_date: Some("5555555".into()),
        recurrence: Some(TaskRecurrence {
            r#type: Some(1),
            start: Some(DateTime(at("2026-11-30T00:00:00Z"))),
            occurrences: Some(3),
            interval: Some(1),
            day_of_week: Some(2),
            regenerate: Some(false),
            dead_occur: Some(false),
            first_day_of_week: Some(1),
            ..TaskRecurrence::default()
        }),
        ..Task::default()
    }
}

// MS-ASTASK_R106, MS-ASTASK_R108, MS-ASTASK_R116, MS-ASTASK_R122, MS-ASTASK_R161, MS-ASTASK_R221
// MS-ASTASK_R225, MS-ASTASK_R226, MS-ASTASK_R267, MS-ASTASK_R274, MS-ASTASK_R277, MS-ASTASK_R285
// MS-ASTASK_R287, MS-ASTASK_R308, MS-ASTASK_R311, MS-ASTASK_R77, MS-ASTASK_R162
#[test]
fn what_is_said_is_shown() {
    let object = make(&full()).unwrap();
    for line in
        ["DTSTART;VALUE=DATE:20261130", "DUE;VALUE=DATE:20261202", "PRIORITY:1", "CLASS:PRIVATE", "UID:u"]
    {
        assert!(object.contains(line), "{line} in {object}");
    }
    let shown = shown(&object);
    let said = full();
    assert_eq!(Task { native_body_type: None, body: None, ..shown.clone() }, said);
    assert_eq!(changed(&object, &shown).unwrap(), object);

    let monthly = TaskRecurrence {
        r#type: Some(2),
        day_of_week: None,
        day_of_month: Some(30),
        first_day_of_week: None,
        calendar_type: Some(0),
        ..full().recurrence.unwrap()
    };
    let task = Task { recurrence: Some(monthly.clone()), ..full() };
    assert_eq!(super::tests::shown(&make(&task).unwrap()).recurrence, Some(monthly));
}

// MS-ASTASK_R124, MS-ASTASK_R119: what is done says when; MS-ASTASK_R264: normal by default.
#[test]
fn completion() {
    let object = make(&Task { subject: Some("x".into()), ..Task::default() }).unwrap();
    let open = shown(&object);
    assert_eq!((open.complete, open.date_completed, open.sensitivity), (Some(false), None, Some(0)));
    assert_eq!((open.importance, open.reminder_set), (Some(Importance::Normal), Some(false)));
    let done =
        changed(&object, &Task { complete: Some(true), subject: open.subject.clone(), ..Task::default() })
            .unwrap();
    assert_eq!((shown(&done).complete, shown(&done).date_completed), (Some(true), date(NOW)));
    assert!(done.contains("STATUS:COMPLETED") && done.contains("PERCENT-COMPLETE:100"));
    let earlier = Task { date_completed: date("2026-11-20T12:00:00Z"), ..shown(&done) };
    let done = changed(&done, &earlier).unwrap();
    assert_eq!(shown(&done).date_completed, date("2026-11-20T12:00:00Z"));
    let open = changed(&done, &Task { complete: Some(false), ..shown(&done) }).unwrap();
    assert_eq!((shown(&open).complete, shown(&open).date_completed), (Some(false), None));
}

// MS-ASTASK_R369, MS-ASTASK_R370: importance and reminder stay; MS-ASTASK_R436: empty categories go.
#[test]
fn what_is_missing_in_a_change() {
    let object = make(&full()).unwrap();
    let bare = Task { complete: Some(false), ..Task::default() };
    let after = shown(&changed(&object, &bare).unwrap());
    assert_eq!((after.importance, after.reminder_set), (Some(Importance::High), Some(true)));
    assert_eq!(after.reminder_time, full().reminder_time);
    assert_eq!((after.categories, after.recurrence, after.due_date), (None, None, None));
    let none = Task { categories: Some(Vec::new()), ..full() };
    assert_eq!(shown(&changed(&object, &none).unwrap()).categories, None);
    let unset = Task { reminder_set: Some(false), reminder_time: None, ..full() };
    let after = shown(&changed(&object, &unset).unwrap());
    assert_eq!((after.reminder_set, after.reminder_time), (Some(false), None));
}

// MS-ASTASK_R74
#[test]
fn notes_of_every_version() {
    let body = Body {
        r#type: BodyType::Text,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(b"one\r\ntwo".to_vec())),
        part: None,
        preview: None,
    };
    let object = make(&Task { body: Some(body), ..Task::default() }).unwrap();
    assert!(object.contains("DESCRIPTION:one\\ntwo"));
    assert_eq!(shown(&object).body.unwrap().data.unwrap().0, b"one\r\ntwo");
    let old = shown_in(&object, Version::V2_5);
    assert_eq!(
        (old.legacy_body.unwrap().0, old.legacy_body_size, old.body),
        (b"one\r\ntwo".to_vec(), Some(8), None)
    );
}

// MS-ASTASK_R81, MS-ASTASK_R84, MS-ASTASK_R132, MS-ASTASK_R141, MS-ASTASK_R170, MS-ASTASK_R171
// MS-ASTASK_R192, MS-ASTASK_R210, MS-ASTASK_R289, MS-ASTASK_R292, MS-ASTASK_R317, MS-ASTASK_R320
// MS-ASTASK_R525, MS-ASTASK_R532, MS-ASTASK_R533, MS-ASTASK_R37011, MS-ASTASK_R402
#[test]
fn what_makes_no_sense_is_refused() {
    let start = Some(DateTime(at("2026-11-30T00:00:00Z")));
    let rule = |kind| TaskRecurrence { r#type: Some(kind), start, ..TaskRecurrence::default() };
    let weekly = TaskRecurrence { day_of_week: Some(2), ..rule(1) };
    let monthly = TaskRecurrence { day_of_month: Some(5), ..rule(2) };
    let yearly = TaskRecurrence { day_of_month: Some(5), month_of_year: Some(5), ..rule(5) };
    let recurring =
        |recurrence: &TaskRecurrence| make(&Task { recurrence: Some(recurrence.clone()), ..Task::default() });
    for good in [&rule(0), &weekly, &monthly, &yearly] {
        assert!(recurring(good).is_ok(), "{good:?}");
    }
    let until = Some(DateTime(at("2020-01-01T00:00:00Z")));
    for bad in [
        TaskRecurrence { r#type: None, ..weekly.clone() },
        TaskRecurrence { start: None, ..weekly.clone() },
        TaskRecurrence { calendar_type: Some(0), ..weekly.clone() },
        TaskRecurrence { calendar_type: Some(13), ..monthly.clone() },
        TaskRecurrence { day_of_month: Some(1), ..weekly.clone() },
        TaskRecurrence { day_of_month: Some(32), ..monthly.clone() },
        TaskRecurrence { day_of_week: Some(1), ..monthly.clone() },
        TaskRecurrence { day_of_week: Some(1), ..yearly.clone() },
        TaskRecurrence { day_of_week: Some(200), ..weekly.clone() },
        TaskRecurrence { week_of_month: Some(1), ..monthly.clone() },
        TaskRecurrence { week_of_month: Some(6), day_of_week: Some(1), ..rule(3) },
        TaskRecurrence { first_day_of_week: Some(7), ..weekly.clone() },
        TaskRecurrence { interval: Some(1000), ..weekly.clone() },
        TaskRecurrence { month_of_year: Some(13), ..yearly.clone() },
        TaskRecurrence { until, ..weekly.clone() },
        rule(4),
        rule(7),
    ] {
        assert!(recurring(&bad).is_err(), "{bad:?}");
    }
    let far = date("9000-01-01T00:00:00Z");
    for bad in [
        Task { due_date: date("2026-11-01T00:00:00Z"), utc_due_date: date("2026-10-31T23:00:00Z"), ..full() },
        Task { due_date: far, utc_due_date: far, ..full() },
        Task { reminder_time: None, ..full() },
        Task { categories: Some(vec!["x".into(); 301]), ..full() },
    ] {
        assert!(make(&bad).is_err(), "{bad:?}");
    }
}

// MS-ASTASK_R37013: of both ends the number counts.
#[test]
fn of_both_ends_the_number_counts() {
    let mut task = full();
    if let Some(recurrence) = &mut task.recurrence {
        recurrence.until = Some(DateTime(at("2027-06-01T00:00:00Z")));
    }
    let recurrence = shown(&make(&task).unwrap()).recurrence.unwrap();
    assert_eq!((recurrence.occurrences, recurrence.until), (Some(3), None));
}

// MS-ASTASK_R82, MS-ASTASK_R8211, MS-ASTASK_R8212, MS-ASTASK_R8213, MS-ASTASK_R167, MS-ASTASK_R238
// MS-ASTASK_R404, MS-ASTASK_R406, MS-ASTASK_R409, MS-ASTASK_R410, MS-ASTASK_R135, MS-ASTASK_R530
// MS-ASTASK_R531, MS-ASTASK_R417, MS-ASTASK_R418, MS-ASTASK_R430, MS-ASTASK_R431, MS-ASTASK_R319
// MS-ASTASK_R433, MS-ASTASK_R158
#[test]
fn each_type_says_what_it_must() {
    for (rule, kind) in [
        ("FREQ=DAILY", 0),
        ("FREQ=WEEKLY", 1),
        ("FREQ=MONTHLY", 2),
        ("FREQ=MONTHLY;BYDAY=2MO", 3),
        ("FREQ=YEARLY", 5),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", 6),
    ] {
        let object = format!(
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nDUE;VALUE=DATE:20261130\nRRULE:{rule}\nEND:VTODO\nEND:VCALENDAR"
        );
        let said = shown(&object).recurrence.unwrap();
        assert_eq!(said.r#type, Some(kind));
        assert_eq!(said.calendar_type.is_some(), [2, 3, 5, 6].contains(&kind), "{rule}");
        assert_eq!(said.first_day_of_week.is_some(), kind == 1, "{rule}");
        assert_eq!(said.day_of_month.is_some(), [2, 5].contains(&kind), "{rule}");
        assert_eq!(said.day_of_week.is_some(), [1, 3, 6].contains(&kind), "{rule}");
        assert_eq!(said.month_of_year.is_some(), [5, 6].contains(&kind), "{rule}");
        assert_eq!(said.week_of_month.is_some(), [3, 6].contains(&kind), "{rule}");
        assert_eq!((said.dead_occur, said.regenerate), (Some(false), Some(false)));
        assert_eq!(said.start, Some(DateTime(at("2026-11-30T00:00:00Z"))));
    }
}

fn complete(task: &Task, on: &str) -> (Task, Option<Task>) {
    let before = make(task).unwrap();
    let change = Task { complete: Some(true), date_completed: date(on), ..shown(&before) };
    let after = changed(&before, &change).unwrap();
    let user = user();
    let cx = CreateContext { version: Version::V14_1, user: &user, uid: "next", now: at(NOW) };
    assert_eq!(next(before.as_bytes(), before.as_bytes(), &cx).unwrap(), None);
    let done = next(before.as_bytes(), after.as_bytes(), &cx).unwrap().unwrap();
    assert_eq!(next(after.as_bytes(), &done.done, &cx).unwrap(), None);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let next = done.next.map(text);
    assert!(next.as_ref().is_none_or(|object| object.contains("UID:next")));
    (shown(&text(done.done)), next.map(|object| shown(&object)))
}

// MS-ASTASK 2.2.2.11, 2.2.2.21: what is done stands alone, and the next one is there.
#[test]
fn a_recurring_task_goes_on() {
    let (done, next) = complete(&full(), "2026-12-04T12:00:00Z");
    assert_eq!((done.complete, done.recurrence.unwrap().dead_occur), (Some(true), Some(true)));
    let next = next.unwrap();
    assert_eq!((next.complete, next.date_completed), (Some(false), None));
    assert_eq!(next.start_date, date("2026-12-07T00:00:00Z"));
    assert_eq!(next.due_date, date("2026-12-09T00:00:00Z"));
    assert_eq!(next.reminder_time, date("2026-12-07T08:00:00Z"));
    let recurrence = next.recurrence.unwrap();
    assert_eq!((recurrence.occurrences, recurrence.dead_occur), (Some(2), Some(false)));

    let last = TaskRecurrence { occurrences: Some(1), ..full().recurrence.unwrap() };
    assert_eq!(complete(&Task { recurrence: Some(last), ..full() }, NOW).1, None);

    // Regenerated, it counts from the day on which it was done.
    let again = TaskRecurrence { regenerate: Some(true), interval: Some(2), ..full().recurrence.unwrap() };
    let next = complete(&Task { recurrence: Some(again), ..full() }, "2026-12-04T12:00:00Z").1.unwrap();
    assert_eq!(next.start_date, date("2026-12-18T00:00:00Z"));
    assert_eq!(next.recurrence.unwrap().regenerate, Some(true));
}
