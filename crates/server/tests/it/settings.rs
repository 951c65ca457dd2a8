//! Settings: the user's addresses, what the phone says of itself, automatic replies, recovery passwords,
//! and what is not there.

use fieldpost_domain::policy::Policy;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document, Empty, Secret};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::settings::{
    DeviceInformation, DevicePassword, DevicePasswordSet, DeviceProperties, Oof, OofGet, OofMessage,
    OofRequest, OofResponse, Property, PropertyAnswer, Query, Request, Response,
};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_server::recovery::Place;
use fieldpost_store::NewAccount;
use fieldpost_testkit::phone::{Phone, PhoneError};
use secrecy::ExposeSecret as _;

use crate::server::{Server, call, request, status_only};

/// Settings exists since 12.0.
fn versions() -> impl Iterator<Item = Version> {
    Version::ALL.into_iter().filter(|version| *version >= Version::V12_0)
}

async fn ask(phone: &mut Phone, property: Property) -> PropertyAnswer {
    let mut response = phone.settings(&property.into()).await.unwrap();
    assert_eq!((response.status, response.answers.len()), (Some(1), 1));
    response.answers.remove(0)
}

/// The answer as a tree, for what must stand where.
async fn tree(server: &Server, phone: &Phone, asked: &Request) -> Node {
    let answer = server.send(&request(phone, &call(phone, CommandName::Settings, asked))).await;
    assert_eq!(answer.status.as_u16(), 200);
    Node::parse(&answer.body, Limits::default()).unwrap()
}

fn names(node: &Node) -> Vec<&'static str> {
    node.children.iter().map(|child| child.tag.name()).collect()
}

fn get<'a>(node: &'a Node, name: &str) -> &'a Node {
    let found: Vec<_> = node.children.iter().filter(|child| child.tag.name() == name).collect();
    let [one] = found.as_slice() else { panic!("{} {name} in {node:?}", found.len()) };
    one
}

/// The text of an element that has no elements in it.
fn value(node: &Node) -> &str {
    assert!(node.children.is_empty(), "{node:?}");
    node.text.as_deref().unwrap_or_default()
}

fn about(model: &str) -> Property {
    let set = DeviceProperties { model: Some(model.into()), ..DeviceProperties::default() };
    Property::DeviceInformation(DeviceInformation { set: Some(set) })
}

fn user() -> Property {
    Property::UserInformation(Query { get: Some(Empty) })
}

fn rights() -> Property {
    Property::RightsManagementInformation(Query { get: Some(Empty) })
}

fn password(password: &str) -> Property {
    let set = DevicePasswordSet { password: Some(Secret(password.to_owned())) };
    Property::DevicePassword(DevicePassword { set: Some(set) })
}

fn get_oof(form: Option<&str>) -> Property {
    let get = Some(OofGet { body_type: form.map(str::to_owned) });
    Property::Oof(OofRequest { get, set: None })
}

fn set_oof(set: Oof) -> Property {
    Property::Oof(OofRequest { get: None, set: Some(set) })
}

fn at(text: &str) -> Option<DateTime> {
    Some(DateTime(text.parse().unwrap()))
}

fn says(text: &str, form: &str) -> OofMessage {
    OofMessage {
        enabled: Some(true),
        reply_message: Some(text.to_owned()),
        body_type: Some(form.to_owned()),
        ..OofMessage::default()
    }
}

fn internal(message: OofMessage) -> OofMessage {
    OofMessage { applies_to_internal: Some(Empty), ..message }
}

fn known(message: OofMessage) -> OofMessage {
    OofMessage { applies_to_external_known: Some(Empty), ..message }
}

fn unknown(message: OofMessage) -> OofMessage {
    OofMessage { applies_to_external_unknown: Some(Empty), ..message }
}

async fn oof_status(phone: &mut Phone, property: Property) -> u8 {
    let PropertyAnswer::Oof(OofResponse { status, .. }) = ask(phone, property).await else { panic!() };
    status.unwrap()
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
    for version in versions() {
        let phone = server.ready_phone("mia", version).await;
        let root = tree(&server, &phone, &user().into()).await;
        // MS-ASCMD_R2903, MS-ASCMD_R2904, MS-ASCMD_R2905, MS-ASCMD_R2906
        let information = get(&root, "UserInformation");
        // MS-ASCMD_R485, MS-ASCMD_R486: Status, and first; MS-ASCMD_R4392
        assert_eq!(names(information), ["Status", "Get"]);
        assert_eq!(value(get(information, "Status")), "1");
        // MS-ASCMD_R5854, MS-ASCMD_R1755, MS-ASCMD_R1758, MS-ASCMD_R1759
        let got = get(information, "Get");
        let addresses = if version <= Version::V14_0 {
            assert_eq!(names(got), ["EmailAddresses"]);
            let addresses = get(got, "EmailAddresses");
            assert_eq!(names(addresses), ["SMTPAddress", "SMTPAddress"]);
            addresses
        } else {
            // MS-ASCMD_R733, MS-ASCMD_R1023, MS-ASCMD_R1024, MS-ASCMD_R1025, MS-ASCMD_R1026
            assert_eq!(names(got), ["Accounts"]);
            // MS-ASCMD_R713, MS-ASCMD_R998, MS-ASCMD_R999, MS-ASCMD_R1000, MS-ASCMD_R1001,
            // MS-ASCMD_R5898, MS-ASCMD_R5901, MS-ASCMD_R5905: neither id nor name, and it can send.
            assert_eq!(names(get(got, "Accounts")), ["Account"]);
            let account = get(get(got, "Accounts"), "Account");
            assert_eq!(names(account), ["UserDisplayName", "EmailAddresses"]);
            assert_eq!(value(get(account, "UserDisplayName")), "Mia M");
            // MS-ASCMD_R1595, MS-ASCMD_R1596, MS-ASCMD_R1597, MS-ASCMD_R1598
            let addresses = get(account, "EmailAddresses");
            assert_eq!(names(addresses), ["SMTPAddress", "SMTPAddress", "PrimarySmtpAddress"]);
            // MS-ASCMD_R3679, MS-ASCMD_R2392, MS-ASCMD_R2393, MS-ASCMD_R2394, MS-ASCMD_R2395
            assert_eq!(value(get(addresses, "PrimarySmtpAddress")), "mia@example.org");
            addresses
        };
        // MS-ASCMD_R3962
        let listed: Vec<_> = addresses.children.iter().take(2).map(value).collect();
        assert_eq!(listed, ["mia@example.org", "m@example.org"], "{version}");
        let mut phone = phone;
        let query = Property::UserInformation(Query { get: None });
        let PropertyAnswer::UserInformation(answer) = ask(&mut phone, query).await else { panic!() };
        assert_eq!(answer.status, Some(2));
    }
}

#[tokio::test]
async fn a_phone_says_what_it_is_even_before_its_policy() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let phone = server.phone("mia", Version::V12_1);
    let say = async |property: Property| {
        let root = tree(&server, &phone, &property.into()).await;
        // MS-ASCMD_R1506, MS-ASCMD_R1507, MS-ASCMD_R1508, MS-ASCMD_R1509
        assert_eq!(names(&root), ["Status", "DeviceInformation"]);
        let answer = get(&root, "DeviceInformation");
        assert_eq!(names(answer), ["Status"]);
        value(get(answer, "Status")).to_owned()
    };
    assert_eq!(say(about("Brick")).await, "1");
    let model = async || {
        let device = server.app.store.device(mia.id, "PHONE1").await.unwrap().unwrap();
        device.information.model.unwrap()
    };
    assert_eq!(model().await, "Brick");
    // Too long a value is refused (MS-ASCMD_R5582), and what was known stays.
    assert_eq!(say(about(&"x".repeat(1025))).await, "5");
    // MS-ASCMD_R5845
    assert_eq!(say(Property::DeviceInformation(DeviceInformation { set: None })).await, "2");
    assert_eq!(model().await, "Brick");
    // Anything else waits for the policy.
    let answer =
        server.send(&request(&phone, &call(&phone, CommandName::Settings, &Request::from(user())))).await;
    assert_eq!(answer.status.as_u16(), 449);
}

#[tokio::test]
async fn properties_are_answered_in_their_order() {
    let server = Server::start().await;
    server.account("mia").await;
    for version in versions() {
        let phone = server.ready_phone("mia", version).await;
        let away = Oof { oof_state: Some(1), ..Oof::default() };
        let mut all = vec![
            (user(), "UserInformation"),
            (password("x"), "DevicePassword"),
            (set_oof(away), "Oof"),
            (about("Brick"), "DeviceInformation"),
        ];
        if version >= Version::V14_1 {
            all.push((rights(), "RightsManagementInformation"));
        }
        for turn in 0..all.len() {
            all.rotate_left(turn);
            let (properties, expected): (Vec<_>, Vec<_>) = all.iter().cloned().unzip();
            let root = tree(&server, &phone, &Request { properties }).await;
            // MS-ASCMD_R3953, MS-ASCMD_R2631, MS-ASCMD_R2632, MS-ASCMD_R2633, MS-ASCMD_R2634
            assert_eq!(root.tag.name(), "Settings");
            // MS-ASCMD_R469, MS-ASCMD_R5713, MS-ASCMD_R480: in the order of the request;
            // MS-ASCMD_R481: first the status of the whole.
            assert_eq!(names(&root)[0], "Status");
            assert_eq!(names(&root)[1..], expected, "{version}");
            // MS-ASCMD_R4387, MS-ASCMD_R4386: an error of a property is told in it (MS-ASCMD_R484).
            assert_eq!(value(&root.children[0]), "1");
            for answer in &root.children[1..] {
                // MS-ASCMD_R485, MS-ASCMD_R486, MS-ASCMD_R4382, MS-ASCMD_R2755, MS-ASCMD_R2756,
                // MS-ASCMD_R2757, MS-ASCMD_R2758
                assert_eq!(names(answer)[0], "Status");
                assert!(value(&answer.children[0]).parse::<u8>().is_ok());
            }
            assert_eq!(value(get(get(&root, "DevicePassword"), "Status")), "7");
        }
    }
}

#[tokio::test]
async fn what_is_no_settings_request_is_a_protocol_error() {
    let server = Server::start().await;
    server.account("mia").await;
    for version in versions() {
        let phone = server.ready_phone("mia", version).await;
        // MS-ASCMD_R483: then no property is answered.
        let twice = Request { properties: vec![user(), user()] };
        for bad in [Request::default(), twice] {
            let answer = server.send(&request(&phone, &call(&phone, CommandName::Settings, &bad))).await;
            assert_eq!(status_only(&answer), ("Settings".into(), "2".into()), "{version}");
        }
    }
}

#[tokio::test]
async fn there_is_no_rights_management() {
    let server = Server::start().await;
    server.account("mia").await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        if version < Version::V14_1 {
            // Nobody asked: the element does not exist there.
            let answer = server
                .send(&request(&phone, &call(&phone, CommandName::Settings, &Request::from(rights()))))
                .await;
            assert_eq!(status_only(&answer), ("Settings".into(), "2".into()), "{version}");
            continue;
        }
        let root = tree(&server, &phone, &rights().into()).await;
        // MS-ASCMD_R3863, MS-ASCMD_R2520, MS-ASCMD_R2522, MS-ASCMD_R2523
        let answer = get(&root, "RightsManagementInformation");
        assert_eq!(names(answer), ["Status"]);
        assert_eq!(value(get(answer, "Status")), "168");
        assert!(matches!(phone.rights_policies().await, Err(PhoneError::Status { status: 168, .. })));
    }
}

#[tokio::test]
async fn a_recovery_password_is_kept_where_the_policy_says_so() {
    let server = Server::with(|settings| {
        settings.policy = Policy { password_recovery_enabled: Some(true), ..settings.policy.clone() };
    })
    .await;
    let mia = server.account("mia").await;
    for version in versions() {
        let phone = server.ready_phone("mia", version).await;
        let status = async |property: Property| {
            let root = tree(&server, &phone, &property.into()).await;
            // MS-ASCMD_R1514, MS-ASCMD_R1515, MS-ASCMD_R1516, MS-ASCMD_R1517
            assert_eq!(names(&root), ["Status", "DevicePassword"]);
            let answer = get(&root, "DevicePassword");
            assert_eq!(names(answer), ["Status"]);
            value(get(answer, "Status")).to_owned()
        };
        let kept = async || {
            let sealed = server.app.store.recovery_password(mia.id, "PHONE1").await.unwrap()?;
            assert!(!sealed.contains("opensesame"), "{sealed}");
            let place = Place { account: mia.id, device_id: "PHONE1" };
            Some(server.app.vault.unseal(&place, &sealed).unwrap().expose_secret().to_owned())
        };
        // MS-ASCMD_R4395, MS-ASCMD_R4396
        assert_eq!(status(password("opensesame")).await, "1");
        assert_eq!(kept().await.as_deref(), Some("opensesame"));
        // MS-ASCMD_R4400
        assert_eq!(status(password(&"x".repeat(256))).await, "5");
        // MS-ASCMD_R4398
        assert_eq!(status(Property::DevicePassword(DevicePassword::default())).await, "2");
        assert_eq!(kept().await.as_deref(), Some("opensesame"));
        assert_eq!(status(password(&"ü".repeat(255))).await, "1");
        // An empty one takes it back (MS-ASCMD_R3661).
        assert_eq!(status(password("")).await, "1");
        assert_eq!(kept().await, None);
    }
}

#[tokio::test]
async fn a_recovery_password_is_refused_otherwise() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    // MS-ASCMD_R4395
    let refused = phone.escrow_password("x").await;
    assert!(matches!(refused, Err(PhoneError::Status { status: 7, .. })));
    assert_eq!(server.app.store.recovery_password(mia.id, "PHONE1").await.unwrap(), None);
}

#[tokio::test]
async fn out_of_office_is_told_as_it_was_set() {
    let server = Server::start().await;
    server.account("mia").await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let set = Oof {
            oof_state: Some(2),
            start_time: at("2026-12-24T12:00:00Z"),
            end_time: at("2027-01-02T00:00:00Z"),
            messages: vec![
                internal(says("Away & gone", "Text")),
                known(says("<p>Away, <b>friend</b></p>", "HTML")),
                unknown(OofMessage { enabled: Some(false), ..OofMessage::default() }),
            ],
        };
        phone.set_automatic_reply(set).await.unwrap();
        // MS-ASCMD_R821: both forms, in any case.
        for (asked, form) in [("Text", "Text"), ("HTML", "HTML"), ("TEXT", "Text"), ("html", "HTML")] {
            let root = tree(&server, &phone, &get_oof(Some(asked)).into()).await;
            // MS-ASCMD_R1991, MS-ASCMD_R1992, MS-ASCMD_R1993, MS-ASCMD_R1994, MS-ASCMD_R4391
            let oof = get(&root, "Oof");
            assert_eq!(names(oof), ["Status", "Get"]);
            assert_eq!(value(get(oof, "Status")), "1");
            // MS-ASCMD_R1747, MS-ASCMD_R1748, MS-ASCMD_R1749, MS-ASCMD_R1750
            let got = get(oof, "Get");
            // MS-ASCMD_R1999, MS-ASCMD_R2001, MS-ASCMD_R2002: one for each audience (MS-ASCMD_R3504).
            assert_eq!(
                names(got),
                ["OofState", "StartTime", "EndTime", "OofMessage", "OofMessage", "OofMessage"]
            );
            // MS-ASCMD_R2007, MS-ASCMD_R2008, MS-ASCMD_R2009, MS-ASCMD_R2010, MS-ASCMD_R3530
            assert_eq!(value(get(got, "OofState")), "2");
            // MS-ASCMD_R2687, MS-ASCMD_R2688, MS-ASCMD_R2689, MS-ASCMD_R2690
            assert_eq!(value(get(got, "StartTime")), "2026-12-24T12:00:00.000Z");
            // MS-ASCMD_R1623, MS-ASCMD_R1624, MS-ASCMD_R1625, MS-ASCMD_R1626
            assert_eq!(value(get(got, "EndTime")), "2027-01-02T00:00:00.000Z");
            let [to_internal, to_known, to_unknown] = &got.children[3..] else { panic!() };
            // MS-ASCMD_R2000, MS-ASCMD_R1075, MS-ASCMD_R1076, MS-ASCMD_R1077, MS-ASCMD_R1078, MS-ASCMD_R800,
            // MS-ASCMD_R801, MS-ASCMD_R802, MS-ASCMD_R803, MS-ASCMD_R804, MS-ASCMD_R805, MS-ASCMD_R5866
            assert_eq!(names(to_internal), ["AppliesToInternal", "Enabled", "ReplyMessage", "BodyType"]);
            assert_eq!(value(&to_internal.children[0]), "");
            // MS-ASCMD_R1067, MS-ASCMD_R1068, MS-ASCMD_R1069, MS-ASCMD_R1070, MS-ASCMD_R781, MS-ASCMD_R782,
            // MS-ASCMD_R783, MS-ASCMD_R785, MS-ASCMD_R786, MS-ASCMD_R787
            assert_eq!(names(to_known), ["AppliesToExternalKnown", "Enabled", "ReplyMessage", "BodyType"]);
            assert_eq!(value(&to_known.children[0]), "");
            // MS-ASCMD_R1071, MS-ASCMD_R1072, MS-ASCMD_R1073, MS-ASCMD_R1074, MS-ASCMD_R791, MS-ASCMD_R792,
            // MS-ASCMD_R793, MS-ASCMD_R794, MS-ASCMD_R795, MS-ASCMD_R796, MS-ASCMD_R5867; without a message
            // there is no BodyType (MS-ASCMD_R5677), and the audience is told all the same (MS-ASCMD_R3505).
            assert_eq!(names(to_unknown), ["AppliesToExternalUnknown", "Enabled"]);
            assert_eq!(value(&to_unknown.children[0]), "");
            // MS-ASCMD_R1607, MS-ASCMD_R1608, MS-ASCMD_R1609, MS-ASCMD_R1610, MS-ASCMD_R2251, MS-ASCMD_R2252
            assert_eq!(value(get(to_internal, "Enabled")), "1");
            assert_eq!(value(get(to_unknown, "Enabled")), "0");
            for message in [to_internal, to_known] {
                // MS-ASCMD_R816, MS-ASCMD_R1103, MS-ASCMD_R1104, MS-ASCMD_R1105, MS-ASCMD_R1106, MS-ASCMD_R826
                assert_eq!(value(get(message, "BodyType")), form, "{version}");
            }
            // MS-ASCMD_R2451, MS-ASCMD_R2452, MS-ASCMD_R2453, MS-ASCMD_R2454
            let text = |message| value(get(message, "ReplyMessage"));
            match form {
                "Text" => {
                    assert_eq!((text(to_internal), text(to_known)), ("Away & gone", "Away, friend"));
                }
                _ => {
                    assert!(text(to_internal).contains("Away &amp; gone"));
                    assert_eq!(text(to_known), "<p>Away, <b>friend</b></p>");
                }
            }
        }
        phone.set_automatic_reply(Oof { oof_state: Some(0), ..Oof::default() }).await.unwrap();
        let off = phone.automatic_reply("Text").await.unwrap();
        assert_eq!((off.oof_state, off.start_time, off.end_time), (Some(0), None, None));
        assert_eq!(off.messages[0].reply_message.as_deref(), Some("Away & gone"));
    }
}

#[tokio::test]
async fn times_are_kept_with_state_2_alone() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let (start_time, end_time) = (at("2026-12-24T12:00:00Z"), at("2027-01-02T00:00:00Z"));
    for state in [0, 1] {
        let set = Oof { oof_state: Some(state), start_time, end_time, messages: Vec::new() };
        // MS-ASCMD_R3535
        assert_eq!(oof_status(&mut phone, set_oof(set)).await, 1);
        // MS-ASCMD_R7544
        let got = phone.automatic_reply("Text").await.unwrap();
        assert_eq!((got.oof_state, got.start_time, got.end_time), (Some(state), None, None));
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let server = Server::start().await;
    server.account("mia").await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let good =
            Oof { oof_state: Some(1), messages: vec![internal(says("away", "Text"))], ..Oof::default() };
        phone.set_automatic_reply(good.clone()).await.unwrap();
        let before = phone.automatic_reply("Text").await.unwrap();
        let (start, end) = (at("2026-12-24T12:00:00Z"), at("2027-01-02T00:00:00Z"));
        let timed = |start_time, end_time| {
            set_oof(Oof { oof_state: Some(2), start_time, end_time, messages: Vec::new() })
        };
        let say = |message| set_oof(Oof { messages: vec![message], ..good.clone() });
        let say_two = |a, b| set_oof(Oof { messages: vec![a, b], ..good.clone() });
        let both = Property::Oof(OofRequest {
            get: Some(OofGet { body_type: Some("Text".into()) }),
            set: Some(good.clone()),
        });
        let no_form = OofMessage { body_type: None, ..says("x", "") };
        for (property, status) in [
            // MS-ASCMD_R2272, MS-ASCMD_R5681, MS-ASCMD_R3992, MS-ASCMD_R5827, MS-ASCMD_R5845
            (timed(start, None), 2),
            (timed(None, end), 2),
            (Property::Oof(OofRequest::default()), 2),
            (say(says("to nobody", "Text")), 2),
            (say(internal(no_form)), 2),
            // MS-ASCMD_R5582
            (timed(None, None), 5),
            (set_oof(Oof { oof_state: Some(3), ..Oof::default() }), 5),
            (say(internal(says("x", "RTF"))), 5),
            (say(internal(says(&"x".repeat(65 * 1024), "Text"))), 5),
            (get_oof(Some("RTF")), 5),
            // MS-ASCMD_R824
            (get_oof(None), 2),
            (get_oof(Some("")), 2),
            // MS-ASCMD_R5583
            (timed(end, start), 6),
            (set_oof(Oof { start_time: start, end_time: end, ..Oof::default() }), 6),
            (say(known(internal(says("x", "Text")))), 6),
            (say_two(internal(says("x", "Text")), internal(says("y", "Text"))), 6),
            (both, 6),
        ] {
            assert_eq!(oof_status(&mut phone, property.clone()).await, status, "{version} {property:?}");
            assert_eq!(phone.automatic_reply("Text").await.unwrap(), before);
        }
    }
}

#[tokio::test]
async fn set_and_get_do_not_mix_accounts() {
    let server = Server::start().await;
    server.account("mia").await;
    server.account("ben").await;
    let mut mia = server.ready_phone("mia", Version::V14_1).await;
    let mut ben = server.ready_phone("ben", Version::V14_1).await;
    mia.set_automatic_reply(Oof { oof_state: Some(1), ..Oof::default() }).await.unwrap();
    assert_eq!(ben.automatic_reply("Text").await.unwrap().oof_state, Some(0));
    let answer: Response = {
        let answer = server
            .send(&request(&ben, &call(&ben, CommandName::Settings, &Request::from(get_oof(Some("Text"))))))
            .await;
        Response::decode(&answer.body).unwrap()
    };
    assert_eq!(answer.status, Some(1));
}
