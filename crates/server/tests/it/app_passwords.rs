//! App passwords: good for the one device that used them first, and for ActiveSync alone.

use fieldpost_domain::app_password::Secret;
use fieldpost_eas::Version;
use fieldpost_store::Account;
use fieldpost_testkit::phone::PhoneError;

use crate::server::{PASSWORD, Server};

async fn app_password(server: &Server, account: &Account, seed: u8) -> String {
    let secret = Secret::new([seed; 20]);
    let now = server.app.clock.now();
    let mut act = server.app.store.act().await.unwrap();
    act.add_app_password(account.id, "phone", &secret.hash(account.id), now).await.unwrap();
    act.commit().await.unwrap();
    secret.reveal()
}

#[tokio::test]
async fn it_opens_the_mailbox_to_its_first_device_alone() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    let password = app_password(&server, &mia, 7).await;
    let phone = |user: &str, device: &str| {
        let mut phone = server.phone(user, Version::V16_1);
        phone.identity = phone.identity.clone().with_device_id(device).unwrap();
        phone.identity.password = password.clone().into();
        phone
    };
    // Asking what there is binds nothing, nor does trying the account out, as Android does.
    let options = phone("mia", "PHONE2").identity.options("/Microsoft-Server-ActiveSync").unwrap();
    assert_eq!(server.send(&options).await.status, 200);
    let mut trial = phone("mia", "validate");
    assert!(!matches!(trial.folder_sync().await, Err(PhoneError::Unauthorized)));
    assert!(phone("mia", "PHONE1").folder_sync().await.is_ok());
    assert!(matches!(phone("mia", "PHONE2").folder_sync().await, Err(PhoneError::Unauthorized)));
    assert!(matches!(phone("ben", "PHONE1").folder_sync().await, Err(PhoneError::Unauthorized)));
    assert!(phone("mia", "PHONE1").folder_sync().await.is_ok());
    assert_eq!(server.app.store.devices(mia.id).await.unwrap().len(), 1, "the other one left nothing");
    assert!(server.app.store.devices(ben.id).await.unwrap().is_empty());
    // Elsewhere it is nothing, and the account's own password stays what it was.
    let header = |password: &str| {
        use base64::Engine as _;
        let pair = base64::prelude::BASE64_STANDARD.encode(format!("mia:{password}"));
        format!("Basic {pair}").into_bytes()
    };
    let peer = "127.0.0.1".parse().unwrap();
    assert!(server.app.auth.authenticate(Some(&header(&password)), peer).await.is_err());
    assert!(server.app.auth.authenticate(Some(&header(PASSWORD)), peer).await.is_ok());
}

#[tokio::test]
async fn removed_it_opens_nothing() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.phone("mia", Version::V14_1);
    phone.identity.password = app_password(&server, &mia, 9).await.into();
    phone.folder_sync().await.unwrap();
    let [known] = server.app.store.app_passwords(mia.id).await.unwrap().try_into().unwrap();
    assert_eq!(known.device_id.as_deref(), Some("PHONE1"));
    let mut act = server.app.store.act().await.unwrap();
    act.remove_app_password(mia.id, known.id).await.unwrap();
    act.commit().await.unwrap();
    assert!(matches!(phone.folder_sync().await, Err(PhoneError::Unauthorized)));
}
