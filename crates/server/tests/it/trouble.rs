//! Our own trouble: the phone is told to come back, never that something is gone or not permitted.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Opaque;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::{folder_sync, send_mail};
use hyper::StatusCode;
use hyper::header::RETRY_AFTER;

use crate::server::{Server, call, request};

#[tokio::test]
async fn without_the_store_every_answer_is_try_later() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let folders = folder_sync::Request { sync_key: phone.state.hierarchy_key.clone() };
    let mail = send_mail::Request {
        client_id: "c".into(),
        mime: Opaque(b"To: mia@example.org\r\nSubject: x\r\n\r\nx\r\n".to_vec()),
        ..send_mail::Request::default()
    };
    server.app.store.close().await;
    for version in [Version::V12_1, Version::V16_1] {
        phone.identity.version = version;
        let requests = [
            phone.identity.options("/Microsoft-Server-ActiveSync").unwrap(),
            request(&phone, &call(&phone, CommandName::FolderSync, &folders)),
            request(&phone, &call(&phone, CommandName::SendMail, &mail)),
        ];
        for request in requests {
            let answer = server.send(&request).await;
            // MS-ASHTTP_R265: 401, 403 and 500 would send the phone looking for another server.
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
            let seconds: u32 = answer.header(RETRY_AFTER).unwrap().parse().unwrap();
            assert!((1..=600).contains(&seconds));
        }
    }
}
