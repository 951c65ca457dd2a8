//! The recipient information cache ([MS-ASCNTC] 3.2.4.4): whom the user writes to, for phones to read.

use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::item_operations::request::{Fetch, Operation};
use fieldpost_eas::command::item_operations::{Request, Response};
use fieldpost_eas::item::{Contact, Item};
use fieldpost_testkit::phone::Phone;

use crate::item_sync::{Bench, add, adds, changes};
use crate::server::Server;

fn shown(item: &Item) -> &Contact {
    let Item::Contact(contact) = item else { panic!("{item:?}") };
    contact
}

async fn write(phone: &mut Phone, to: &str) {
    let message = format!("To: {to}\r\nSubject: x\r\n\r\nHi\r\n");
    phone.send_mail(message).await.unwrap();
}

// MS-ASCNTC_R219, MS-ASCNTC_R231, MS-ASCNTC_R236, MS-ASCNTC_R410, MS-ASCNTC_R412, MS-ASCNTC_R514,
// MS-ASCNTC_R1010, MS-ASCMD_R756, MS-ASCMD_R196
#[tokio::test]
async fn phones_are_told_whom_the_user_writes_to() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    server.account("ben").await;
    for version in [Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1] {
        let mut cache = Bench::start(&server, &mia, version, FolderType::RecipientCache).await;
        cache.options.clear();
        cache.settle().await;
    }
    let mut cache = Bench::start(&server, &mia, Version::V14_1, FolderType::RecipientCache).await;
    cache.options.clear();
    cache.settle().await;
    write(&mut cache.phone, "Ben <ben@example.org>").await;
    let told = adds(&cache.settle().await);
    assert_eq!(told.len(), 1);
    let entry = Contact {
        email1_address: Some("ben@example.org".to_owned()),
        file_as: Some("Ben".to_owned()),
        weighted_rank: Some(1),
        ..Contact::default()
    };
    assert_eq!(shown(&told[0].1), &entry);
    let id = told[0].0.clone();
    server.clock.advance(jiff::SignedDuration::from_secs(60));
    write(&mut cache.phone, "BEN@example.org").await;
    let told = changes(&cache.settle().await);
    assert_eq!((told.len(), shown(&told[0].1).weighted_rank), (1, Some(2)));

    // Only so many, those written to last.
    server.clock.advance(jiff::SignedDuration::from_secs(60));
    write(&mut cache.phone, "Carol <carol@example.com>").await;
    let second = server.second_phone("mia", Version::V14_1).await;
    let mut few = Bench::with(&server, &mia, second, FolderType::RecipientCache, None).await;
    few.options =
        vec![fieldpost_eas::command::sync::request::Options { max_items: Some(1), ..Default::default() }];
    let told = adds(&few.settle().await);
    assert_eq!(told.len(), 1);
    assert_eq!(shown(&told[0].1).file_as.as_deref(), Some("Carol"));

    // Phones read it, and that is all.
    let item = Item::Contact(Box::new(entry));
    let answer = cache.sync(vec![add("1", item.clone())]).await;
    assert_eq!(answer.status, 4);
    assert_eq!(cache.change(&id, item).await, 6);
    let fetch = Fetch { store: "Mailbox".into(), long_id: Some(id), ..Fetch::default() };
    let operations = vec![Operation::Fetch(Box::new(fetch))];
    let response: Response =
        cache.phone.call(CommandName::ItemOperations, &Request { operations }).await.unwrap();
    assert_ne!(response.response.as_ref().unwrap().fetches[0].status, 1);
}
