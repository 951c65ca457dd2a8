//! What is not as it should be: each with its answer, and nothing changed by it.

use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::{folder_sync, send_mail};
use fieldpost_testkit::phone::transport::raw::Raw;
use fieldpost_testkit::phone::transport::{Answer, HttpRequest};
use fieldpost_testkit::phone::{Call, Phone};
use hyper::header::CONTENT_TYPE;

use crate::server::{Server, call, header, request, status_only};

/// The answer's HTTP code, or its status where the code is 200.
fn verdict(answer: &Answer) -> String {
    match answer.status.as_u16() {
        200 => status_only(answer).1,
        code => format!("HTTP {code}"),
    }
}

fn folder_sync(phone: &Phone) -> HttpRequest {
    let document = folder_sync::Request { sync_key: phone.state.hierarchy_key.clone() };
    request(phone, &call(phone, CommandName::FolderSync, &document))
}

fn with_body(phone: &Phone, body: &[u8]) -> HttpRequest {
    HttpRequest { body: body.to_vec().into(), ..folder_sync(phone) }
}

fn with_query(phone: &Phone, query: &str) -> HttpRequest {
    HttpRequest { target: format!("/Microsoft-Server-ActiveSync{query}"), ..folder_sync(phone) }
}

fn with_header(phone: &Phone, name: &'static str, value: &str) -> HttpRequest {
    folder_sync(phone).header(header(name), value).unwrap()
}

fn without_content_type(mut request: HttpRequest) -> HttpRequest {
    request.headers.remove(CONTENT_TYPE);
    request
}

#[tokio::test]
async fn each_has_its_answer_and_changes_nothing() {
    let server = Server::start().await;
    let mia = server.account("mia").await;
    let new = server.ready_phone("mia", Version::V16_1).await;
    let mut old = server.phone("mia", Version::V12_1);
    old.identity = old.identity.clone().with_device_id("PHONE2").unwrap();
    old.folder_sync().await.unwrap();
    let devices = server.app.store.devices(mia.id).await.unwrap();
    let before = server.modseq(&mia).await;

    let good = folder_sync::Request { sync_key: new.state.hierarchy_key.clone() }.encode(Version::V16_1);
    let truncated = &good[..good.len() - 3];
    let trailing = [good.as_slice(), b"x"].concat();
    let mut nested = vec![3, 1, 0x6A, 0, 0, 7];
    nested.extend(std::iter::repeat_n(0x56, 10_000));
    nested.extend(std::iter::repeat_n(1, 10_000));
    let unknown_page = [3, 1, 0x6A, 0, 0, 99, 0x45, 1];
    let unknown_token = [3, 1, 0x6A, 0, 0, 7, 0x7F, 1];
    let other_root = send_mail::Request::default().encode(Version::V16_1);
    let bodies: [(&str, &[u8], &str, &str); 9] = [
        ("empty", b"", "101", "HTTP 400"),
        ("not WBXML", b"<FolderSync/>", "102", "HTTP 400"),
        ("truncated", truncated, "102", "HTTP 400"),
        ("trailing", &trailing, "102", "HTTP 400"),
        ("nested", &nested, "102", "HTTP 400"),
        ("unknown page", &unknown_page, "102", "HTTP 400"),
        ("unknown token", &unknown_token, "102", "HTTP 400"),
        // The command's own status for what is malformed.
        ("another root", &other_root, "10", "10"),
        ("no children", &[3, 1, 0x6A, 0, 0, 7, 0x16], "10", "10"),
    ];
    for (what, body, new_verdict, old_verdict) in bodies {
        assert_eq!(verdict(&server.send(&with_body(&new, body)).await), new_verdict, "{what}");
        assert_eq!(verdict(&server.send(&with_body(&old, body)).await), old_verdict, "{what}");
    }

    let plain = "?Cmd=FolderSync&User=mia&DeviceId=PHONE1&DeviceType=x";
    let requests: [(&str, HttpRequest, &str); 17] = [
        ("content type", with_header(&new, "content-type", "text/html"), "101"),
        ("content type", with_header(&old, "content-type", "text/html"), "HTTP 400"),
        ("mail's type", with_header(&new, "content-type", "message/rfc822"), "101"),
        ("compressed", with_header(&new, "content-encoding", "gzip"), "HTTP 415"),
        (
            "unknown command",
            with_query(&new, "?Cmd=Destroy&User=mia&DeviceId=PHONE1&DeviceType=x"),
            "HTTP 501",
        ),
        (
            "not carried out",
            with_query(&old, "?Cmd=CreateCollection&User=mia&DeviceId=PHONE2&DeviceType=x"),
            "HTTP 501",
        ),
        (
            "not of the version",
            with_query(&new, "?Cmd=GetHierarchy&User=mia&DeviceId=PHONE1&DeviceType=x"),
            "HTTP 501",
        ),
        (
            "not of the version",
            HttpRequest {
                target: "/Microsoft-Server-ActiveSync?Cmd=Settings&User=mia&DeviceId=PHONE1&DeviceType=x"
                    .into(),
                ..with_header(&new, "ms-asprotocolversion", "2.5")
            },
            "HTTP 501",
        ),
        ("no query", with_query(&new, ""), "HTTP 400"),
        ("no command", with_query(&new, "?User=mia"), "HTTP 400"),
        ("bad base64", with_query(&new, "?!!!!"), "HTTP 400"),
        // Enough of it can be read to answer in the terms of its version.
        ("short base64", with_query(&new, "?oQkJ"), "101"),
        (
            "device id",
            with_query(&new, "?Cmd=FolderSync&User=mia&DeviceId=../../../etc/passwd&DeviceType=x"),
            "108",
        ),
        (
            "device id",
            with_query(&old, "?Cmd=FolderSync&User=mia&DeviceId=../../../etc/passwd&DeviceType=x"),
            "HTTP 400",
        ),
        ("device type", with_query(&new, "?Cmd=FolderSync&User=mia&DeviceId=PHONE1"), "109"),
        (
            "version",
            HttpRequest {
                target: format!("/Microsoft-Server-ActiveSync{plain}"),
                ..with_header(&new, "ms-asprotocolversion", "17.0")
            },
            "138",
        ),
        // MS-ASCMD_R7560
        (
            "version",
            HttpRequest {
                target: format!("/Microsoft-Server-ActiveSync{plain}"),
                ..with_header(&new, "ms-asprotocolversion", "1.0")
            },
            "HTTP 505",
        ),
    ];
    for (what, request, expected) in requests {
        assert_eq!(verdict(&server.send(&request).await), expected, "{what}: {}", request.target);
    }
    // A policy key that is no number is a wrong one.
    for (key, expected) in [("-1", "142"), ("99999999999", "142"), ("17", "144")] {
        assert_eq!(verdict(&server.send(&with_header(&new, "x-ms-policykey", key)).await), expected);
    }

    assert_eq!(server.app.store.devices(mia.id).await.unwrap(), devices);
    assert_eq!(server.modseq(&mia).await, before);
    // And everything still works; a body without a type is taken for what it has to be.
    assert_eq!(server.send(&without_content_type(folder_sync(&new))).await.status.as_u16(), 200);
    assert_eq!(server.send(&folder_sync(&old)).await.status.as_u16(), 200);
}

/// Writes the head of a request that announces `length` bytes, and reads the first line of the answer.
async fn announce(server: &Server, phone: &Phone, length: &str) -> String {
    let request = folder_sync(phone);
    let text = String::from_utf8(
        request.to_bytes("localhost").to_vec().into_iter().take_while(u8::is_ascii).collect(),
    );
    let head = text.unwrap();
    let (head, _) = head.split_once("content-length").unwrap();
    let mut raw = Raw::open(&server.connector).await.unwrap();
    raw.write(format!("{head}content-length: {length}\r\n\r\n").as_bytes()).await.unwrap();
    let answer =
        tokio::time::timeout(Duration::from_secs(60), raw.read_to_end(10_000)).await.unwrap().unwrap();
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_gigabyte_is_refused_before_it_comes() {
    let server = Server::start().await;
    server.account("mia").await;
    let phone = server.ready_phone("mia", Version::V16_1).await;
    assert_eq!(announce(&server, &phone, "1073741824").await, "HTTP/1.1 413 Payload Too Large");
    // Nobody announces anything without credentials.
    let mut stranger = server.phone("mia", Version::V16_1);
    stranger.identity.password = "falsch".into();
    assert_eq!(announce(&server, &stranger, "1073741824").await, "HTTP/1.1 401 Unauthorized");
}

#[tokio::test]
async fn a_command_without_a_body_needs_none() {
    let server = Server::start().await;
    server.account("mia").await;
    let phone = server.ready_phone("mia", Version::V14_1).await;
    let answer = server.send(&request(&phone, &Call::wbxml(CommandName::Provision, ""))).await;
    assert_eq!(status_only(&answer), ("Provision".into(), "101".into()));
}
