//! Settings: the user's addresses, what the phone says of itself, and what is not there.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Empty;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::settings::{
    DeviceInformation, DevicePassword, DeviceProperties, Oof, OofRequest, Query, Request, Response,
};
use fieldpost_store::NewAccount;
use fieldpost_testkit::phone::Phone;

use crate::server::{Server, call, request, status_only};

async fn ask(phone: &mut Phone, request: &Request) -> Response {
    phone.call(CommandName::Settings, request).await.unwrap()
}

fn about(model: &str) -> Request {
    let set = DeviceProperties { model: Some(model.into()), ..DeviceProperties::default() };
    Request { device_information: Some(DeviceInformation { set: Some(set) }), ..Request::default() }
}

#[tokio::test]
async fn the_user_is_told_in_the_form_of_the_version() {
    let server = Server::start().await;
    server
        .account_with(NewAccount {
            address: "mia@example.org".into(),
            display_name: "Mia M".into(),
            aliases: vec!["m@example.org".into()],
            ..NewAccount::default()
        })
        .await;
    let query = Request { user_information: Some(Query { get: Some(Empty) }), ..Request::default() };
    let addresses = ["mia@example.org".to_owned(), "m@example.org".to_owned()];
    let mut old = server.ready_phone("mia", Version::V14_0).await;
    let user = ask(&mut old, &query).await.user_information.unwrap();
    assert_eq!(user.status, Some(1));
    let got = user.get.unwrap();
    assert_eq!(got.email_addresses.unwrap().smtp_addresses, addresses);
    assert!(got.accounts.is_empty());
    let mut new = server.ready_phone("mia", Version::V16_1).await;
    let got = ask(&mut new, &query).await.user_information.unwrap().get.unwrap();
    let [account] = got.accounts.as_slice() else { panic!("{got:?}") };
    assert_eq!(account.user_display_name.as_deref(), Some("Mia M"));
    let of_account = account.email_addresses.as_ref().unwrap();
    assert_eq!(of_account.smtp_addresses, addresses);
    assert_eq!(of_account.primary_smtp_address.as_deref(), Some("mia@example.org"));
}

#[tokio::test]
async fn a_phone_says_what_it_is_even_before_its_policy() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let phone = server.phone("mia", Version::V12_1);
    let answer = server.send(&request(&phone, &call(&phone, CommandName::Settings, &about("Brick")))).await;
    let response: Response = fieldpost_eas::codec::Document::decode(&answer.body).unwrap();
    assert_eq!(response.device_information.unwrap().status, Some(1));
    let device = server.app.store.device(mia.id, "PHONE1").await.unwrap().unwrap();
    assert_eq!(device.information.model.as_deref(), Some("Brick"));
    // Too long a value is refused, and what was known stays.
    let long = "x".repeat(1025);
    let answer = server.send(&request(&phone, &call(&phone, CommandName::Settings, &about(&long)))).await;
    let response: Response = fieldpost_eas::codec::Document::decode(&answer.body).unwrap();
    assert_eq!(response.device_information.unwrap().status, Some(5));
    let device = server.app.store.device(mia.id, "PHONE1").await.unwrap().unwrap();
    assert_eq!(device.information.model.as_deref(), Some("Brick"));
    // Anything else waits for the policy.
    let query = Request { user_information: Some(Query { get: Some(Empty) }), ..Request::default() };
    let answer = server.send(&request(&phone, &call(&phone, CommandName::Settings, &query))).await;
    assert_eq!(answer.status.as_u16(), 449);
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let response = ask(
        &mut phone,
        &Request {
            oof: Some(OofRequest { get: None, set: Some(Oof { oof_state: Some(1), ..Oof::default() }) }),
            device_password: Some(DevicePassword::default()),
            rights_management_information: Some(Query { get: Some(Empty) }),
            ..Request::default()
        },
    )
    .await;
    assert_eq!(response.status, Some(1));
    assert_eq!(response.oof.unwrap().status, Some(4));
    assert_eq!(response.device_password.unwrap().status, Some(7));
    assert_eq!(response.rights_management_information.unwrap().status, Some(168));
    let answer =
        server.send(&request(&phone, &call(&phone, CommandName::Settings, &Request::default()))).await;
    assert_eq!(status_only(&answer), ("Settings".into(), "2".into()));
}
