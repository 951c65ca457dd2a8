//! What an administrator can see of a device's last exchanges.

use std::time::Duration;

use fieldpost_domain::diagnosis::{Ended, Severity, Sign};
use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::exchanges::{Exchange, Outcome, readable};
use fieldpost_testkit::phone::Identity;
use jiff::SignedDuration;
use std::sync::Arc;

use crate::server::Server;

#[tokio::test]
async fn the_protocol_is_seen_and_the_mail_is_not() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    server.deliver(&mia, "From: ben@example.org\r\nSubject: Salary\r\n\r\nBetween us: 5100.\r\n").await;
    phone.sync(&[&inbox]).await.unwrap();
    phone.sync(&[&inbox]).await.unwrap();
    phone.send_mail("To: mia@example.org\r\nSubject: Hush\r\n\r\nNobody knows.\r\n").await.unwrap();
    let exchanges = server.app.exchanges.of(mia.id, "PHONE1");
    let commands: Vec<CommandName> = exchanges.iter().filter_map(|exchange| exchange.command).collect();
    assert_eq!(commands.first(), Some(&CommandName::SendMail), "{commands:?}");
    assert!(commands.contains(&CommandName::Provision) && commands.contains(&CommandName::FolderSync));
    let all: Vec<String> = exchanges
        .iter()
        .flat_map(|exchange| [&exchange.request, &exchange.response])
        .filter_map(|outline| readable(outline.as_deref()?))
        .collect();
    let all = all.join("\n");
    for word in ["Salary", "5100", "ben@", "Hush", "Nobody"] {
        assert!(!all.contains(word), "{word}: {all}");
    }
    let sync = exchanges.iter().find(|exchange| is(exchange, CommandName::Sync)).unwrap();
    assert_eq!(sync.outcome, Outcome::Answered { code: 200, status: Some(1) });
    let Sign { keys, ended, .. } = sync.sign();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].0, inbox);
    assert_ne!(keys[0].1, "0");
    assert_eq!(ended, Ended::Answered { code: 200, status: Some(1) });
    assert!(all.contains(&format!("<SyncKey>{}</SyncKey>", keys[0].1)), "{all}");
}

fn is(exchange: &Arc<Exchange>, command: CommandName) -> bool {
    exchange.command == Some(command)
}

#[tokio::test]
async fn a_phone_that_goes_while_it_waits_is_seen() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let inbox = server.folder(&mia, FolderType::Inbox).await.to_string();
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    phone.sync(&[&inbox]).await.unwrap();
    phone.sync(&[&inbox]).await.unwrap();
    let mut parked = phone.park(900, &[&inbox]).unwrap();
    parked.connect().await.unwrap();
    let cut = tokio::time::timeout(Duration::from_millis(300), parked.wait()).await;
    assert!(cut.is_err(), "there is no news");
    drop(parked);
    let gone = async {
        loop {
            let last = server.app.exchanges.of(mia.id, "PHONE1").into_iter().next();
            match last.filter(|last| is(last, CommandName::Ping)) {
                Some(ping) => return ping,
                None => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    };
    let ping = tokio::time::timeout(Duration::from_secs(20), gone).await.unwrap();
    assert_eq!(ping.outcome, Outcome::Gone);
    assert!(ping.took >= Duration::from_millis(100), "{:?}", ping.took);
}

#[tokio::test]
async fn a_phone_with_a_wrong_password_is_known() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let acts = Administration::of(&server.app);
    let stuck = async || {
        let (_, found) = acts.diagnosis(&Actor::local(), "mia@example.org", "PHONE1").await.unwrap();
        found.findings[0].severity == Severity::Stuck
            && found.findings[0].what.contains("password on it is wrong")
    };
    assert!(!stuck().await);
    let mut wrong = server.phone("mia", Version::V16_1);
    wrong.identity =
        Identity::new("mia", "changed elsewhere".into()).unwrap().with_device_id("PHONE1").unwrap();
    server.clock.advance(SignedDuration::from_secs(1));
    wrong.folder_sync().await.unwrap_err();
    assert!(stuck().await);
    server.clock.advance(SignedDuration::from_secs(1));
    phone.folder_sync().await.unwrap();
    assert!(!stuck().await);
}
