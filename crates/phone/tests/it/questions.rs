//! Searches, the directory, certificates and meetings, as the phone asks for them in each version.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document;
use fieldpost_eas::command::{
    CommandName, find, get_hierarchy, meeting_response, resolve_recipients, search, smart_forward,
    validate_cert,
};
use fieldpost_eas::item::Person;
use fieldpost_phone::command::meeting_response::UserResponse;
use fieldpost_phone::command::send_mail::Sent;
use fieldpost_phone::{Phone, PhoneError};
use jiff::Timestamp;

use crate::behaviour::{command, envelope, phone};
use crate::loopback::{Act, Loopback, Seen, ok};

/// Knows Ann, and one message.
fn knowing(seen: &Seen) -> Act {
    let version = envelope(seen).version;
    let ann = || Person { display_name: Some("Ann".into()), ..Person::default() };
    let answer = match command(seen) {
        CommandName::Search => {
            let request = search::Request::decode(&seen.body).unwrap();
            let store = request.store.unwrap();
            let refused = store.query.unwrap().text == "too much";
            let result = search::StoreResult {
                properties: Some(search::Properties::Person(Box::new(ann()))),
                ..Default::default()
            };
            let found = search::Found {
                status: if refused { 8 } else { 1 },
                results: vec![result],
                ..Default::default()
            };
            let response = search::StoreResponse { store: Some(found) };
            search::Response { status: Some(1), response: Some(response) }.encode(version)
        }
        CommandName::Find => {
            let request = find::Request::decode(&seen.body).unwrap();
            assert_eq!(request.search_id.unwrap().len(), 36);
            let found = find::Found { status: 1, total: Some(0), ..Default::default() };
            find::Response { status: Some(1), response: Some(found) }.encode(version)
        }
        CommandName::ResolveRecipients => {
            let request = resolve_recipients::Request::decode(&seen.body).unwrap();
            let free_busy = request.options.and_then(|o| o.availability).map(|asked| {
                assert_eq!(asked.start_time.as_deref(), Some("1970-01-01T00:00:00.000Z"));
                resolve_recipients::Availability { status: 1, merged_free_busy: Some("02".into()) }
            });
            let recipient =
                resolve_recipients::Recipient { r#type: 1, availability: free_busy, ..Default::default() };
            let resolved = request.to.into_iter().map(|to| resolve_recipients::Resolved {
                to,
                status: 1,
                recipients: vec![recipient.clone()],
                ..Default::default()
            });
            let responses = resolved.collect();
            resolve_recipients::Response { status: Some(1), responses }.encode(version)
        }
        CommandName::ValidateCert => {
            let request = validate_cert::Request::decode(&seen.body).unwrap();
            let verdict = |text: &String| validate_cert::Verdict {
                status: Some(if validate_cert::der(text).is_some() { 1 } else { 10 }),
            };
            let certificates = request.certificates.iter().map(verdict).collect();
            validate_cert::Response { status: Some(1), certificates }.encode(version)
        }
        CommandName::MeetingResponse => {
            let request = meeting_response::Request::decode(&seen.body).unwrap();
            let answered = request.requests.into_iter().map(|answer| meeting_response::Outcome {
                request_id: answer.request_id,
                status: 1,
                calendar_id: answer.send_response.map(|_| "1:21".into()),
                instance_id: answer.instance_id,
            });
            let results = answered.collect();
            meeting_response::Response { status: None, results }.encode(version)
        }
        CommandName::GetHierarchy => {
            assert!(seen.body.is_empty());
            let inbox = get_hierarchy::Folder {
                display_name: "Inbox".into(),
                server_id: "5".into(),
                r#type: 2,
                parent_id: "0".into(),
            };
            get_hierarchy::Response { folders: vec![inbox] }.encode(version)
        }
        CommandName::SmartForward => {
            let request = smart_forward::Request::decode(&seen.body).unwrap();
            assert_eq!((request.forwardees.len(), request.mime), (1, None));
            Vec::new()
        }
        other => panic!("{other}"),
    };
    ok(&answer)
}

fn is_too_old<T: std::fmt::Debug>(answer: &Result<T, PhoneError>) -> bool {
    matches!(answer, Err(PhoneError::NotInVersion { .. }))
}

async fn knowing_phone(version: Version) -> (Loopback, Phone) {
    let server = Loopback::plain(knowing).await;
    let phone = phone(&server, version);
    (server, phone)
}

#[tokio::test]
async fn people_and_mail_are_searched() {
    for version in Version::ALL {
        let (server, mut phone) = knowing_phone(version).await;
        let people = phone.search_people("an", "0-9", None).await.unwrap();
        assert_eq!(people[0].display_name.as_deref(), Some("Ann"));
        let refused = phone.search_people("too much", "0-9", None).await.unwrap_err();
        assert_eq!(refused.status(), Some(8));
        let mail = phone.search_mail("budget", Some("5"), "0-9").await;
        assert_eq!(is_too_old(&mail), version == Version::V2_5);
        if version > Version::V2_5 {
            let asked = search::Request::decode(&server.seen()[2].body).unwrap().store.unwrap();
            let [search::Condition::And(all)] = &asked.query.unwrap().conditions[..] else { panic!() };
            assert_eq!(all.conditions.len(), 3);
        }
        let found = phone.find_mail("budget", None, "0-9").await;
        assert_eq!(is_too_old(&found), version < Version::V16_1);
        assert_eq!(phone.find_people("an", "0-9", None).await.is_ok(), version == Version::V16_1);
    }
}

#[tokio::test]
async fn people_are_resolved_and_certificates_judged() {
    for version in Version::ALL {
        let (_server, mut phone) = knowing_phone(version).await;
        let resolved = phone.resolve(&["ann", "bob"], None).await.unwrap();
        assert_eq!(resolved.iter().map(|r| r.to.as_str()).collect::<Vec<_>>(), ["ann", "bob"]);
        let hour = Timestamp::from_second(3600).unwrap();
        let free = phone.availability(&["ann"], Timestamp::UNIX_EPOCH, hour).await;
        match version < Version::V14_0 {
            true => assert!(is_too_old(&free)),
            false => assert_eq!(free.unwrap(), [Some("02".to_owned())]),
        }
        assert_eq!(phone.validate(&[b"0\x82", b""], None, false).await.unwrap(), [1, 1]);
        let broken = validate_cert::Request {
            certificate_chain: None,
            certificates: vec!["no base64!".into()],
            check_crl: None,
        };
        assert_eq!(phone.validate_texts(&broken).await.unwrap(), [10]);
    }
}

#[tokio::test]
async fn meetings_are_answered_and_passed_on() {
    for version in Version::ALL {
        let (server, mut phone) = knowing_phone(version).await;
        // From 16.0 the server is to tell the organiser, unless it shall not.
        let event = phone.meeting_response("5", "5:120", UserResponse::Accept, false).await.unwrap();
        assert_eq!(event.is_some(), version >= Version::V16_0);
        let quiet = phone.meeting_response("5", "5:120", UserResponse::Decline, true).await.unwrap();
        assert_eq!(quiet, None);
        let asked = meeting_response::Request::decode(&server.seen()[1].body).unwrap();
        assert_eq!(asked.requests[0].user_response, Some(3));
        let at = Timestamp::UNIX_EPOCH;
        let one = phone.meeting_response_to_instance("1", "1:9", at, UserResponse::Tentative).await;
        assert_eq!(is_too_old(&one), version < Version::V14_1);
        let forwarded =
            phone.smart_forward_event("1", "1:9", Some(at), &[("Carol", "carol@example.net")], Some("see"));
        match forwarded.await {
            Ok(sent) => assert!(version >= Version::V16_0 && sent == Sent::Now),
            refused => assert!(version < Version::V16_0 && is_too_old(&refused)),
        }
    }
}

#[tokio::test]
async fn old_phones_ask_for_all_folders_at_once() {
    for version in Version::ALL {
        let (_server, mut phone) = knowing_phone(version).await;
        match phone.get_hierarchy().await {
            Ok(folders) => assert!(version <= Version::V12_1 && folders[0].display_name == "Inbox"),
            refused => assert!(version > Version::V12_1 && is_too_old(&refused)),
        }
    }
}
