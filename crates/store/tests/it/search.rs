//! The search index: what is found, and that it follows every change.

use std::sync::Arc;

use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::index;
use fieldpost_domain::item::{Conversation, ItemMeta, MailState, NewItem, Replacement};
use fieldpost_domain::search::text::SearchText;
use fieldpost_domain::search::{Expression, Query, kql};
use fieldpost_domain::{Backend, ItemId, MailboxId};
use sqlx::Connection;

use crate::bed::{Bed, INBOX, TRASH, at};

crate::suite!(
    finds_what_the_language_says,
    finds_no_more_than_the_model_does,
    nothing_typed_is_syntax,
    follows_every_change,
    pages_count_and_stand_in_order_of_time,
    filters,
    mailboxes_are_apart,
    other_classes_are_found,
    catches_up,
    many_of_one_second,
);

fn item(class: Class, content: &str, received: i64) -> NewItem {
    NewItem {
        index: index::of(class, content.as_bytes(), received),
        content: content.as_bytes().to_vec(),
        state: MailState::default(),
        conversation: Conversation::default(),
        origin: None,
    }
}

fn letter(from: &str, to: &str, subject: &str, body: &str) -> String {
    format!("From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\n\r\n{body}\r\n")
}

fn letters() -> Vec<String> {
    let file = "From: Mia <mia@example.org>\r\nTo: ben@example.org\r\nCc: Eve <eve@example.org>\r\n\
        Subject: Report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
        Content-Type: text/html\r\n\r\n<p>the <b>quar</b>terly numbers, attached</p>\r\n--b\r\n\
        Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"Q3 budget.pdf\"\r\n\r\nx\r\n\
        --b--\r\n";
    vec![
        letter("Mia <mia@example.org>", "ben@example.org", "Lunch on Friday", "Shall we have Käsespätzle?"),
        letter("ben@example.org", "Mia <mia@example.org>", "Re: Lunch on Friday", "Yes, at noon."),
        letter("eve@elsewhere.example", "mia@example.org", "Invoice 4711", "Please pay on time. NOT AND OR"),
        file.to_owned(),
        letter("Ben <ben@example.org>", "team@example.org", "m a", "A mark: m and a."),
    ]
}

async fn filled(bed: &Bed) -> (MailboxId, Vec<ItemMeta>) {
    let mailbox = bed.mailbox().await;
    let mut metas = Vec::new();
    for (number, content) in letters().iter().enumerate() {
        let received = 1_000_000 * (number as i64 + 1);
        metas.push(bed.store.append(mailbox, INBOX, item(Class::Email, content, received)).await.unwrap());
    }
    (mailbox, metas)
}

fn query(text: &str) -> Query {
    let parsed = kql::parse(text, at(0)).unwrap();
    let (text, after, before) = (parsed.text, parsed.after, parsed.before);
    Query { text, after, before, folders: vec![INBOX], limit: 100, count_to: 100, ..Query::default() }
}

/// The places in [`letters`] of what is found, newest first.
async fn find(bed: &Bed, mailbox: MailboxId, query: &Query) -> Vec<u32> {
    let found = bed.store.search(mailbox, query).await.unwrap();
    assert_eq!(found.total as usize, found.items.len());
    found.items.iter().map(|meta| meta.id.0 - 1).collect()
}

async fn finds_what_the_language_says(bed: Arc<Bed>) {
    let (mailbox, _) = filled(&bed).await;
    for (text, expected) in [
        ("lunch", &[1, 0][..]),
        ("LUNCH friday", &[1, 0]),
        ("lun", &[1, 0]),
        ("\"lun\"", &[]),
        ("\"lunch on friday\"", &[1, 0]),
        ("\"friday lunch\"", &[]),
        ("kasespatzle", &[0]),
        ("from:mia", &[3, 0]),
        ("from:mia@example.org lunch", &[0]),
        ("to:mia", &[2, 1]),
        ("cc:eve", &[3]),
        ("eve", &[3, 2]),
        ("participants:eve", &[3, 2]),
        ("subject:invoice OR subject:report", &[3, 2]),
        ("lunch NOT from:mia", &[1]),
        ("NOT lunch", &[4, 3, 2]),
        ("NOT (lunch OR report)", &[4, 2]),
        ("body:quarterly", &[3]),
        ("subject:quarterly", &[]),
        ("attachment:budget", &[3]),
        ("budget", &[3]),
        ("hasattachment:true", &[3]),
        ("hasattachment:false lunch", &[1, 0]),
        ("lunch OR hasattachment:yes", &[3, 1, 0]),
        ("invoice 4711", &[2]),
        ("\"m\"", &[4]),
        ("\"not and or\"", &[2]),
        ("nowhere", &[]),
    ] {
        assert_eq!(find(&bed, mailbox, &query(text)).await, expected, "{text}");
    }
}

/// Every combination of some parts, against a model that reads each text.
async fn finds_no_more_than_the_model_does(bed: Arc<Bed>) {
    let (mailbox, _) = filled(&bed).await;
    let texts: Vec<SearchText> =
        letters().iter().map(|content| SearchText::of(Class::Email, content.as_bytes())).collect();
    let parts = [
        "lunch",
        "\"on\"",
        "from:mia",
        "NOT to:mia",
        "hasattachment:true",
        "subject:re",
        "(a OR pay)",
        "body:time",
        "NOT (noon OR eve)",
        "attachment:q3",
        "participants:ben",
        "\"at noon\"",
    ];
    for first in parts {
        for second in parts {
            for text in [
                format!("{first} {second}"),
                format!("{first} OR {second}"),
                format!("NOT ({first} {second})"),
            ] {
                let query = query(&text);
                let expression: &Expression = query.text.as_ref().unwrap();
                let expected: Vec<u32> =
                    (0..5).rev().filter(|n| expression.holds(&texts[*n as usize])).collect();
                assert_eq!(find(&bed, mailbox, &query).await, expected, "{text}");
            }
        }
    }
}

async fn nothing_typed_is_syntax(bed: Arc<Bed>) {
    let (mailbox, _) = filled(&bed).await;
    for text in [
        "\"",
        "'",
        "\"\"\"lunch",
        "lunch\" OR \"1",
        "subject : lunch",
        "{subject} : lunch",
        "lunch*",
        "^lunch",
        "NEAR(lunch friday, 1)",
        "lunch:*",
        "lunch & !friday",
        "lunch <-> friday",
        "'lunch':A | 'x'",
        "$1",
        "%",
        "lunch'; DROP TABLE item; --",
        "\u{0}lunch",
        "lunch\\",
        "mark:m",
        "rowid:1",
        "-lunch",
        "a\u{FFFF}b",
    ] {
        let Ok(parsed) = kql::parse(text, at(0)) else { continue };
        let query =
            Query { text: parsed.text, folders: vec![INBOX], limit: 9, count_to: 9, ..Query::default() };
        let found = bed.store.search(mailbox, &query).await;
        assert!(found.is_ok(), "{text}: {found:?}");
    }
    // Marks are no words that anybody can look for.
    assert_eq!(find(&bed, mailbox, &query("\"a\"")).await, [4]);
}

async fn follows_every_change(bed: Arc<Bed>) {
    let (mailbox, metas) = filled(&bed).await;
    let (store, lunch) = (&bed.store, query("lunch"));
    let both = Query { folders: vec![INBOX, TRASH], ..lunch.clone() };
    // Another text.
    let content = letter("mia@example.org", "ben@example.org", "Dinner", "later");
    let index = index::of(Class::Email, content.as_bytes(), metas[0].received);
    let other = Replacement { content: content.into_bytes(), index, expected: None };
    store.replace(mailbox, INBOX, metas[0].id, other).await.unwrap();
    assert_eq!(find(&bed, mailbox, &lunch).await, [1]);
    assert_eq!(find(&bed, mailbox, &query("dinner")).await, [0]);
    // Another folder.
    store.move_item(mailbox, metas[1].id, INBOX, TRASH).await.unwrap();
    assert_eq!(find(&bed, mailbox, &lunch).await, [0; 0]);
    assert_eq!(find(&bed, mailbox, &both).await, [1]);
    // Gone.
    store.delete(mailbox, TRASH, &[metas[1].id]).await.unwrap();
    assert_eq!(find(&bed, mailbox, &both).await, [0; 0]);
    store.empty_folder(mailbox, INBOX, true).await.unwrap();
    assert_eq!(find(&bed, mailbox, &query("NOT nothing")).await, [0; 0]);
    // With its folder.
    let folder = store.create_folder(mailbox, None, "Extra", FolderType::UserMail).await.unwrap();
    store.append(mailbox, folder, item(Class::Email, "Subject: lunch\r\n\r\n", 5)).await.unwrap();
    let there = Query { folders: vec![folder], ..lunch };
    assert_eq!(store.search(mailbox, &there).await.unwrap().total, 1);
    store.delete_folder(mailbox, folder).await.unwrap();
    assert_eq!(store.search(mailbox, &there).await.unwrap().total, 0);
}

async fn pages_count_and_stand_in_order_of_time(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    // They come in another order than that of their times, many in one second.
    for number in 0..50i64 {
        let received = (number * 37 % 50) * 400;
        let content = format!("Subject: common {number}\r\n\r\n");
        bed.store.append(mailbox, INBOX, item(Class::Email, &content, received)).await.unwrap();
    }
    let mut seen = Vec::new();
    for skip in (0..50).step_by(20) {
        let page = Query { skip, limit: 20, count_to: 30, ..query("common") };
        let found = bed.store.search(mailbox, &page).await.unwrap();
        assert_eq!(found.total, (skip + 20).clamp(30, 50));
        assert_eq!(found.items.len(), 20.min(50 - skip as usize));
        seen.extend(found.items);
    }
    assert_eq!(seen.len(), 50);
    assert!(seen.windows(2).all(|pair| pair[0].received / 1000 >= pair[1].received / 1000));
    let all = Query { text: None, ..query("common") };
    let by_time = bed.store.search(mailbox, &all).await.unwrap().items;
    assert!(by_time.windows(2).all(|pair| pair[0].received > pair[1].received));
    let none = Query { skip: 50, limit: 20, ..query("common") };
    assert!(bed.store.search(mailbox, &none).await.unwrap().items.is_empty());
}

async fn filters(bed: Arc<Bed>) {
    let (mailbox, _) = filled(&bed).await;
    let mut talk = item(Class::Email, "Subject: lunch talk\r\n\r\n", 9_000_000);
    talk.conversation.id = [9; 16];
    let talk = bed.store.append(mailbox, TRASH, talk).await.unwrap().id.0 - 1;
    let lunch = Query { folders: vec![INBOX, TRASH], ..query("lunch") };
    assert_eq!(find(&bed, mailbox, &lunch).await, [talk, 1, 0]);
    for text in [lunch.text.clone(), None] {
        let base = Query { text, ..lunch.clone() };
        let one = Query { conversation: Some([9; 16]), ..base.clone() };
        assert_eq!(find(&bed, mailbox, &one).await, [talk]);
        // Both ends are exclusive, to the millisecond.
        let between = |after, before| Query { after: Some(after), before: Some(before), ..base.clone() };
        assert_eq!(find(&bed, mailbox, &between(999_999, 1_000_001)).await, [0]);
        assert_eq!(find(&bed, mailbox, &between(1_000_000, 2_000_001)).await, [1]);
        assert_eq!(find(&bed, mailbox, &between(999_999, 2_000_000)).await, [0]);
        assert_eq!(find(&bed, mailbox, &between(i64::MIN, 0)).await, [0; 0]);
        let nowhere = Query { folders: Vec::new(), ..base.clone() };
        assert_eq!(find(&bed, mailbox, &nowhere).await, [0; 0]);
    }
}

async fn mailboxes_are_apart(bed: Arc<Bed>) {
    let (first, _) = filled(&bed).await;
    let (second, _) = filled(&bed).await;
    bed.store.empty_folder(first, INBOX, true).await.unwrap();
    assert_eq!(find(&bed, first, &query("lunch")).await, [0; 0]);
    assert_eq!(find(&bed, second, &query("lunch")).await, [1, 0]);
    let third = bed.mailbox().await;
    assert_eq!(find(&bed, third, &query("NOT nothing")).await, [0; 0]);
}

async fn other_classes_are_found(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let folders = bed.store.folders(mailbox).await.unwrap();
    let folder = |class| folders.iter().find(|folder| folder.kind.class() == class).unwrap().id;
    for (class, content) in [
        (
            Class::Calendar,
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Kick-off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        ),
        (
            Class::Tasks,
            "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:2\r\nSUMMARY:Kick it\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        ),
        (
            Class::Contacts,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kick Er\r\nEMAIL:kick@example.org\r\nEND:VCARD\r\n",
        ),
        (
            Class::Notes,
            "BEGIN:VCALENDAR\r\nBEGIN:VJOURNAL\r\nUID:3\r\nSUMMARY:x\r\nDESCRIPTION:kicks\r\nEND:VJOURNAL\r\nEND:VCALENDAR\r\n",
        ),
    ] {
        let added = bed.store.append(mailbox, folder(class), item(class, content, 5)).await.unwrap();
        let here = Query { folders: vec![folder(class)], ..query("kick") };
        assert_eq!(bed.store.search(mailbox, &here).await.unwrap().items, [added], "{class:?}");
    }
}

async fn catches_up(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    let mut ids: Vec<ItemId> = Vec::new();
    for number in 0..150i64 {
        let mut old = item(Class::Email, &format!("Subject: old {number}\r\n\r\n"), number * 1000);
        old.index.searched_as = None;
        ids.push(bed.store.append(mailbox, INBOX, old).await.unwrap().id);
    }
    let sql = format!(
        "INSERT INTO search_backlog (mailbox_id, next_item, end_item) VALUES ({}, 0, 151)",
        mailbox.0
    );
    let mut admin = sqlx::AnyConnection::connect(&bed.url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql)).persistent(false).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
    let old = Query { limit: 500, count_to: 500, ..query("old") };
    assert_eq!(bed.store.search(mailbox, &old).await.unwrap().total, 0);
    assert!(bed.store.catch_up_search().await.unwrap());
    // What happens meanwhile is right afterwards, and nothing is there twice.
    bed.store.delete(mailbox, INBOX, &ids[100..101]).await.unwrap();
    let mended = "Subject: new\r\n\r\n";
    let index = index::of(Class::Email, mended.as_bytes(), 7);
    let replacement = Replacement { content: mended.into(), index, expected: None };
    bed.store.replace(mailbox, INBOX, ids[140], replacement).await.unwrap();
    bed.store.move_item(mailbox, ids[141], INBOX, TRASH).await.unwrap();
    let another = bed.again().await;
    while another.catch_up_search().await.unwrap() {}
    assert!(!bed.store.catch_up_search().await.unwrap());
    another.close().await;
    let everywhere = Query { folders: vec![INBOX, TRASH], ..old.clone() };
    assert_eq!(bed.store.search(mailbox, &everywhere).await.unwrap().total, 148);
    assert_eq!(bed.store.search(mailbox, &old).await.unwrap().total, 147);
    assert_eq!(bed.store.search(mailbox, &query("new")).await.unwrap().total, 1);
}

async fn many_of_one_second(bed: Arc<Bed>) {
    let mailbox = bed.mailbox().await;
    // More than one second has places for, now and at the end of time.
    for received in [5000, i64::MAX / 4] {
        for number in 0..1030 {
            let content = format!("Subject: crowd {number}\r\n\r\n");
            bed.store.append(mailbox, INBOX, item(Class::Email, &content, received)).await.unwrap();
        }
    }
    let crowd = Query { limit: 5000, count_to: 5000, ..query("crowd") };
    assert_eq!(bed.store.search(mailbox, &crowd).await.unwrap().total, 2060);
}
