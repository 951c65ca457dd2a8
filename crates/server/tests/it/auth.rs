//! Who is let in.

use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_server::auth::password;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_testkit::phone::PhoneError;
use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use jiff::SignedDuration;

use crate::server::{PASSWORD, Server};

#[tokio::test]
async fn every_form_of_a_name_leads_in() {
    let server = Server::start().await;
    server.account("mia").await;
    for user in ["mia", "mia@example.org", "MIA@EXAMPLE.ORG", "CORP\\mia", "\\mia@example.org"] {
        let mut phone = server.phone(user, Version::V16_1);
        assert!(phone.folder_sync().await.is_ok(), "{user}");
    }
}

#[tokio::test]
async fn wrong_credentials_get_401_and_change_nothing() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    for (user, password) in
        [("mia", "falsch"), ("nobody", PASSWORD), ("mia@elsewhere.example", PASSWORD), ("mia", "")]
    {
        let mut phone = server.phone(user, Version::V14_1);
        phone.identity.password = password.into();
        assert!(matches!(phone.folder_sync().await, Err(PhoneError::Unauthorized)), "{user}");
    }
    assert!(server.app.store.devices(mia.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn without_credentials_the_answer_says_how() {
    let server = Server::start().await;
    let phone = server.phone("mia", Version::V14_1);
    let mut request = phone.identity.options("/Microsoft-Server-ActiveSync").unwrap();
    request.headers.remove(AUTHORIZATION);
    let answer = server.send(&request).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.header(WWW_AUTHENTICATE).unwrap().starts_with("Basic realm="));
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn a_changed_password_is_forgotten_at_once() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let hash = password::hash(b"neu", &SystemEntropy).unwrap();
    server.app.store.set_password_hash(mia.id, &hash).await.unwrap();
    assert!(matches!(phone.folder_sync().await, Err(PhoneError::Unauthorized)));
    phone.identity.password = "neu".into();
    assert!(phone.folder_sync().await.is_ok());
}

#[tokio::test]
async fn a_disabled_account_is_kept_out_at_once() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut old = server.ready_phone("mia", Version::V12_1).await;
    let mut new = server.ready_phone("mia", Version::V16_1).await;
    server.app.store.set_disabled(mia.id, true).await.unwrap();
    // MS-ASHTTP_R180
    assert!(matches!(old.folder_sync().await, Err(PhoneError::Forbidden)));
    assert!(matches!(new.folder_sync().await, Err(PhoneError::Status { status: 131, .. })));
    server.app.store.set_disabled(mia.id, false).await.unwrap();
    assert!(new.folder_sync().await.is_ok());
}

#[tokio::test]
async fn failures_make_wait_but_never_lock_out() {
    let server = Server::start().await;
    server.account("mia").await;
    server.account("ben").await;
    let mut known = server.ready_phone("mia", Version::V16_1).await;
    let mut wrong = server.phone("mia", Version::V16_1);
    wrong.identity.password = "falsch".into();
    for _ in 0..4 {
        assert!(matches!(wrong.folder_sync().await, Err(PhoneError::Unauthorized)));
    }
    // The account's own phone, whose password was verified, waits for nothing; nor does anybody else.
    let soon = Duration::from_secs(20);
    assert!(tokio::time::timeout(soon, known.folder_sync()).await.unwrap().is_ok());
    let mut ben = server.phone("ben", Version::V16_1);
    assert!(tokio::time::timeout(soon, ben.folder_sync()).await.unwrap().is_ok());
    // Later the right password is as good as ever.
    server.clock.advance(SignedDuration::from_mins(20));
    wrong.identity.password = PASSWORD.into();
    assert!(wrong.folder_sync().await.is_ok());
}

#[tokio::test]
async fn a_password_in_latin1_is_understood() {
    use base64::Engine as _;
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let hash = password::hash("grün".as_bytes(), &SystemEntropy).unwrap();
    server.app.store.set_password_hash(mia.id, &hash).await.unwrap();
    let phone = server.phone("mia", Version::V16_1);
    for pair in [&b"mia:gr\xFCn"[..], "mia:grün".as_bytes()] {
        let mut request = phone.identity.options("/Microsoft-Server-ActiveSync").unwrap();
        let basic = format!("Basic {}", base64::prelude::BASE64_STANDARD.encode(pair));
        request.headers.insert(AUTHORIZATION, basic.parse().unwrap());
        assert_eq!(server.send(&request).await.status, StatusCode::OK);
    }
}
