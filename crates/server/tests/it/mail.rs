//! Messages that phones send: to whom, from whom, with what, and once.

use fieldpost_domain::convert::mail::headers;
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::Verb;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Empty, Opaque};
use fieldpost_eas::command::{CommandName, send_mail, smart_forward, smart_reply};
use fieldpost_store::NewAccount;
use fieldpost_testkit::phone::command::send_mail::{Source, Verb as PhoneVerb};
use hyper::StatusCode;
use jiff::SignedDuration;

use crate::server::{Server, call, raw_mail, request, status_only};

const MESSAGE: &[u8] =
    b"From: somebody@elsewhere.example\r\nTo: Ben <ben@example.org>\r\nBcc: eve@example.org\r\n\
    Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nX-Odd:   kept \r\n\tas it is\r\n\r\nHello\nBen\r\n";

fn text(content: &[u8]) -> String {
    String::from_utf8_lossy(content).into_owned()
}

fn send_mail(client_id: &str, mime: &[u8]) -> send_mail::Request {
    send_mail::Request {
        client_id: client_id.into(),
        save_in_sent_items: Some(Empty),
        mime: Opaque(mime.to_vec()),
        ..send_mail::Request::default()
    }
}

#[tokio::test]
async fn a_message_reaches_everybody_here_at_once_in_every_version() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    let eve = server.account("eve").await;
    for (sent, version) in Version::ALL.into_iter().enumerate() {
        let mut phone = server.ready_phone("mia", version).await;
        phone.identity.user = "mia".into();
        let message = [MESSAGE, version.name().as_bytes()].concat();
        phone.send_mail(message).await.unwrap();
        let (inbox, blind) =
            (server.items(&ben, FolderType::Inbox).await, server.items(&eve, FolderType::Inbox).await);
        let copies = server.items(&mia, FolderType::SentItems).await;
        assert_eq!((inbox.len(), blind.len(), copies.len()), (sent + 1, sent + 1, sent + 1), "{version}");
        let got = inbox.last().unwrap();
        let parsed = headers(&got.content).unwrap();
        // MS-ASCMD_R448
        assert_eq!(parsed.from[0].address, "mia@example.org");
        assert_eq!(parsed.subject, "Grüße");
        assert!(parsed.message_id.is_some() && parsed.date.is_some() && parsed.bcc.is_empty());
        // Everything else as it came.
        assert!(text(&got.content).contains("\r\nX-Odd:   kept \r\n\tas it is\r\n"));
        assert!(got.content.ends_with(&[b"\r\n\r\nHello\nBen\r\n", version.name().as_bytes()].concat()));
        assert!(!got.meta.state.read && !got.meta.state.received_as_bcc);
        assert!(blind.last().unwrap().meta.state.received_as_bcc);
        let copy = copies.last().unwrap();
        assert!(copy.meta.state.read);
        assert_eq!(headers(&copy.content).unwrap().bcc[0].address, "eve@example.org");
        assert_eq!(copy.meta.conversation.id, got.meta.conversation.id);
    }
}

#[tokio::test]
async fn a_copy_is_kept_only_where_wanted() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    server.account("ben").await;
    let phone = server.ready_phone("mia", Version::V16_1).await;
    let without = send_mail::Request { save_in_sent_items: None, ..send_mail("c1", MESSAGE) };
    let answer = server.send(&request(&phone, &call(&phone, CommandName::SendMail, &without))).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 0));
    let old = server.ready_phone("mia", Version::V12_1).await;
    let answer = server.send(&request(&old, &raw_mail(CommandName::SendMail, MESSAGE))).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 0));
    assert!(server.items(&mia, FolderType::SentItems).await.is_empty());
}

#[tokio::test]
async fn a_message_is_sent_once_however_often_it_is_asked_for() {
    let server = Server::start().await;
    server.account("mia").await;
    let ben = server.account("ben").await;
    let phone = server.ready_phone("mia", Version::V14_1).await;
    let first = request(&phone, &call(&phone, CommandName::SendMail, &send_mail("c1", MESSAGE)));
    assert_eq!(server.send(&first).await.body.len(), 0);
    assert_eq!(status_only(&server.send(&first).await), ("SendMail".into(), "118".into()));
    // Up to 12.1 there are no ids: the same bytes are the same message, and the phone missed a success.
    let old = server.ready_phone("mia", Version::V2_5).await;
    let again = request(&old, &raw_mail(CommandName::SendMail, MESSAGE));
    assert_eq!(server.send(&again).await.status, StatusCode::OK);
    assert_eq!(server.send(&again).await.status, StatusCode::OK);
    assert_eq!(server.items(&ben, FolderType::Inbox).await.len(), 2);
}

#[tokio::test]
async fn an_alias_is_ones_own_address() {
    let server = Server::start().await;
    let mia = server
        .account_with(NewAccount {
            address: "mia@example.org".into(),
            display_name: "Mia Müller".into(),
            aliases: vec!["sales@example.org".into()],
            ..NewAccount::default()
        })
        .await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    for (from, expected, name) in [
        ("From: Sales <SALES@example.org>\r\n", "SALES@example.org", Some("Sales")),
        (
            "From: \"M. M.\" <boss@example.org>\r\nSender: boss@example.org\r\n",
            "mia@example.org",
            Some("M. M."),
        ),
        ("", "mia@example.org", Some("Mia Müller")),
    ] {
        phone.send_mail(format!("{from}To: mia@example.org\r\nSubject: x\r\n\r\nx\r\n")).await.unwrap();
        let got = server.items(&mia, FolderType::Inbox).await.pop().unwrap();
        let parsed = headers(&got.content).unwrap();
        assert_eq!(parsed.from.len(), 1);
        assert_eq!((parsed.from[0].address.as_str(), parsed.from[0].name.as_deref()), (expected, name));
        assert_eq!(parsed.sender, None);
    }
}

#[tokio::test]
async fn others_are_queued_and_strangers_bounce() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V16_1).await;
    let message = "To: kim@elsewhere.example, nobody@example.org\r\nCc: KIM@elsewhere.example\r\nSubject: Hi\r\n\r\nx\r\n";
    phone.send_mail(message).await.unwrap();
    let now = server.app.clock.now();
    let later = now + SignedDuration::from_mins(5);
    let queued = server.app.store.due_outgoing(now, later, 10).await.unwrap();
    let [one] = queued.as_slice() else { panic!("{queued:?}") };
    assert_eq!((one.recipient.as_str(), one.sender.as_str()), ("kim@elsewhere.example", "mia@example.org"));
    let bounces = server.items(&mia, FolderType::Inbox).await;
    let [bounce] = bounces.as_slice() else { panic!("{bounces:?}") };
    assert!(text(&bounce.content).contains("Final-Recipient: rfc822; nobody@example.org"));
    assert_eq!(headers(&bounce.content).unwrap().subject, "Not delivered: Hi");
}

#[tokio::test]
async fn what_can_not_be_sent_is_refused_and_changes_nothing() {
    let server = Server::with(|settings| settings.message_limit = 10_000).await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    let big = [MESSAGE, &[b'x'; 10_000][..]].concat();
    let cases: [(&[u8], &str, u16); 6] = [
        (b"Subject: to nobody\r\n\r\nx\r\n", "119", 500),
        (b"To: \r\nSubject: x\r\n\r\nx\r\n", "119", 500),
        (b"To: a b@c@d\r\nSubject: x\r\n\r\nx\r\n", "119", 500),
        (b"no header at all", "107", 400),
        (b"\r\n\r\nx", "107", 400),
        (&big, "122", 413),
    ];
    let new = server.ready_phone("mia", Version::V16_1).await;
    let old = server.second_phone("mia", Version::V12_1).await;
    let before = (server.modseq(&mia).await, server.modseq(&ben).await);
    for (number, (message, status, code)) in cases.into_iter().enumerate() {
        let document = send_mail(&format!("c{number}"), message);
        let answer = server.send(&request(&new, &call(&new, CommandName::SendMail, &document))).await;
        let (root, got) = status_only(&answer);
        assert_eq!(root, "SendMail");
        assert!(got == status || (status == "119" && got == "116"), "{got} {}", text(message));
        let answer = server.send(&request(&old, &raw_mail(CommandName::SendMail, message))).await;
        assert_eq!(answer.status.as_u16(), code, "{}", text(message));
    }
    for (document, status) in [
        (send_mail::Request { client_id: String::new(), ..send_mail("", MESSAGE) }, "103"),
        (send_mail(&"x".repeat(41), MESSAGE), "103"),
        // MS-ASCMD_R4956
        (send_mail::Request { account_id: Some("7".into()), ..send_mail("c", MESSAGE) }, "166"),
        (send_mail::Request { template_id: Some("7".into()), ..send_mail("c", MESSAGE) }, "168"),
    ] {
        let answer = server.send(&request(&new, &call(&new, CommandName::SendMail, &document))).await;
        assert_eq!(status_only(&answer), ("SendMail".into(), status.into()));
    }
    assert_eq!((server.modseq(&mia).await, server.modseq(&ben).await), before);
}

const ORIGINAL: &str = "From: Ben <ben@example.org>\r\nTo: mia@example.org, eve@example.org\r\nSubject: Plan\r\n\
    Message-ID: <plan@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    Sch=F6n\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nAAECA/8=\r\n--b--\r\n";

#[tokio::test]
async fn answers_and_forwards_carry_the_original_in_every_version() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    for version in Version::ALL {
        let original = server.deliver(&mia, ORIGINAL).await;
        let (folder, item) = (original.folder.to_string(), format!("{}:{}", original.folder, original.id));
        let mut phone = server.ready_phone("mia", version).await;
        for (verb, expected) in [(PhoneVerb::Reply, Verb::ReplyToSender), (PhoneVerb::Forward, Verb::Forward)]
        {
            let mut message =
                phone.new_message(format!("To: ben@example.org\r\nSubject: Re\r\n\r\n{version} Grüße\r\n"));
            message.source =
                Some(Source { verb, collection: folder.clone(), item: item.clone(), replace_mime: false });
            phone.send_message(&message).await.unwrap();
            let got = server.items(&ben, FolderType::Inbox).await.pop().unwrap();
            let content = text(&got.content);
            assert!(content.contains("-----Original Message-----"), "{content}");
            let attached = content.contains("plan.pdf") && content.contains("AAECA/8=");
            assert_eq!(attached, verb == PhoneVerb::Forward, "{version}: {content}");
            let parsed = headers(&got.content).unwrap();
            assert_eq!(parsed.in_reply_to.as_deref(), Some("plan@example.org"));
            assert!(content.contains("charset=\"utf-8\"") || content.contains("charset=utf-8"), "{content}");
            let inbox = server.items(&mia, FolderType::Inbox).await;
            let meta = inbox.iter().find(|known| known.meta.id == original.id).unwrap();
            assert_eq!(meta.meta.state.last_verb.map(|(verb, _)| verb), Some(expected));
        }
    }
}

#[tokio::test]
async fn a_message_that_is_all_is_left_as_it_is() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    let original = server.deliver(&mia, ORIGINAL).await;
    let phone = server.ready_phone("mia", Version::V14_1).await;
    let signed = b"From: mia@example.org\r\nTo: ben@example.org\r\nCc: eve@elsewhere.example\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\n\
        Message-ID: <1@phone>\r\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\r\n\r\n\
        --s\r\n\r\nodd \x01 bytes\r\n--s--\r\n";
    let reply = smart_reply::Request {
        client_id: "c1".into(),
        source: smart_reply::Source {
            long_id: Some(format!("{}:{}", original.folder, original.id)),
            ..smart_reply::Source::default()
        },
        replace_mime: Some(Empty),
        mime: Opaque(signed.to_vec()),
        ..smart_reply::Request::default()
    };
    let answer = server.send(&request(&phone, &call(&phone, CommandName::SmartReply, &reply))).await;
    assert_eq!(answer.body.len(), 0);
    let got = server.items(&ben, FolderType::Inbox).await.pop().unwrap();
    assert_eq!(text(&got.content), text(signed));
    let meta = server.items(&mia, FolderType::Inbox).await.pop().unwrap().meta;
    assert_eq!(meta.state.last_verb.map(|(verb, _)| verb), Some(Verb::ReplyToAll));
}

#[tokio::test]
async fn a_source_that_is_not_there_is_said_and_nothing_sent() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let ben = server.account("ben").await;
    let original = server.deliver(&mia, ORIGINAL).await;
    let item = format!("{}:{}", original.folder, original.id);
    let phone = server.ready_phone("mia", Version::V16_1).await;
    let old = server.second_phone("mia", Version::V12_1).await;
    let before = (server.modseq(&mia).await, server.modseq(&ben).await);
    let source = |folder: Option<&str>, item: Option<&str>, long: Option<&str>, instance: Option<&str>| {
        smart_reply::Source {
            folder_id: folder.map(str::to_owned),
            item_id: item.map(str::to_owned),
            long_id: long.map(str::to_owned),
            instance_id: instance.map(str::to_owned),
        }
    };
    let folder = original.folder.to_string();
    // MS-ASCMD_R4930, R4821, R4919, R4819, R578
    for (source, status) in [
        (source(Some(&folder), Some(&format!("{folder}:4711")), None, None), "150"),
        (source(None, None, Some(&format!("{folder}:4711")), None), "150"),
        (source(Some(&folder), Some("x"), None, None), "106"),
        (source(None, None, None, None), "106"),
        (source(Some(&folder), Some(&item), Some(&item), None), "105"),
        (source(Some(&folder), Some(&item), None, Some("2026-11-23T10:00:00.000Z")), "146"),
        (source(Some(&folder), Some(&item), None, Some("tomorrow")), "104"),
    ] {
        let reply = smart_reply::Request {
            client_id: "c".into(),
            source: source.clone(),
            mime: Opaque(MESSAGE.to_vec()),
            ..smart_reply::Request::default()
        };
        let answer = server.send(&request(&phone, &call(&phone, CommandName::SmartReply, &reply))).await;
        assert_eq!(status_only(&answer), ("SmartReply".into(), status.into()), "{source:?}");
    }
    let mut raw = raw_mail(CommandName::SmartForward, MESSAGE);
    raw.collection_id = Some(folder.clone());
    raw.item_id = Some(format!("{folder}:4711"));
    assert_eq!(server.send(&request(&old, &raw)).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    // 16.x: a meeting is forwarded to people by name, a message is not.
    let of_meeting = |mime: Option<&[u8]>| smart_forward::Request {
        client_id: "c".into(),
        source: source(Some(&folder), Some(&item), None, None),
        forwardees: vec![smart_forward::Forwardee { name: None, email: "ben@example.org".into() }],
        mime: mime.map(|mime| Opaque(mime.to_vec())),
        ..smart_forward::Request::default()
    };
    for (document, status) in [(of_meeting(Some(MESSAGE)), "178"), (of_meeting(None), "179")] {
        let answer = server.send(&request(&phone, &call(&phone, CommandName::SmartForward, &document))).await;
        assert_eq!(status_only(&answer), ("SmartForward".into(), status.into()));
    }
    assert_eq!((server.modseq(&mia).await, server.modseq(&ben).await), before);
}
