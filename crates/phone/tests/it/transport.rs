//! The connection: trust, reuse, loss.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fieldpost_phone::transport::mishap::Mishap;
use fieldpost_phone::transport::raw::Raw;
use fieldpost_phone::transport::{Connector, HttpRequest, Timeouts, Transport, TransportError, Trust};
use hyper::Method;
use hyper::header::{ACCEPT_ENCODING, AUTHORIZATION};

use crate::loopback::{Act, Loopback, http, ok};

fn bounds() -> Timeouts {
    Timeouts { connect: Duration::from_secs(10), answer: Duration::from_secs(10), max_answer: 1 << 20 }
}

fn transport(server: &Loopback, trust: &Trust) -> Transport {
    Transport::new(Arc::new(Connector::new(&server.url, trust, bounds()).unwrap()))
}

fn post(body: &'static [u8]) -> HttpRequest {
    HttpRequest {
        body: Bytes::from_static(body),
        ..HttpRequest::new(Method::POST, "/Microsoft-Server-ActiveSync?Cmd=Sync")
    }
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let server = Loopback::plain(|seen| ok(&seen.body)).await;
    let mut transport = transport(&server, &Trust::System);
    for body in [&b"one"[..], b"two", b""] {
        let answer = transport.send(&post(body), Duration::ZERO).await.unwrap();
        assert_eq!(&answer.body[..], body);
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|s| s.connection == 0));
    assert!(seen[0].head.starts_with("POST /Microsoft-Server-ActiveSync?Cmd=Sync HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced_unnoticed() {
    let server = Loopback::plain(|seen| Act::SayAndClose(http(200, "", &seen.body))).await;
    let mut transport = transport(&server, &Trust::System);
    for _ in 0..3 {
        transport.send(&post(b"x"), Duration::ZERO).await.unwrap();
    }
    assert_eq!(server.seen().iter().map(|s| s.connection).collect::<Vec<_>>(), [0, 1, 2]);
}

#[tokio::test]
async fn mail_that_may_not_be_doubled_is_not_sent_again() {
    // The second request on a connection is read and never answered.
    let server = Loopback::plain(|seen| match seen.body.as_slice() {
        b"first" => ok(b""),
        _ => Act::SayAndClose(Vec::new()),
    })
    .await;
    let mut transport = transport(&server, &Trust::System);
    transport.send(&post(b"first"), Duration::ZERO).await.unwrap();
    let once = HttpRequest { repeatable: false, ..post(b"mail") };
    let error = transport.send(&once, Duration::ZERO).await.unwrap_err();
    assert!(error.may_have_been_acted_on(), "{error}");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn trust_decides_who_may_answer() {
    let server = Loopback::tls(|_| ok(b"hello")).await;
    let own = server.certificate.clone().unwrap();
    let stranger = Loopback::tls(|_| ok(b"")).await.certificate.clone().unwrap();
    for trust in [Trust::Pinned(own.clone()), Trust::Authorities(vec![own]), Trust::Insecure] {
        let answer = transport(&server, &trust).send(&post(b""), Duration::ZERO).await.unwrap();
        assert_eq!(&answer.body[..], b"hello");
    }
    let asked = server.seen().len();
    for trust in [Trust::Pinned(stranger.clone()), Trust::Authorities(vec![stranger]), Trust::System] {
        let error = transport(&server, &trust).send(&post(b""), Duration::ZERO).await.unwrap_err();
        assert!(matches!(error, TransportError::Tls { .. }), "{error}");
    }
    assert_eq!(server.seen().len(), asked);
}

#[tokio::test]
async fn gzip_is_undone_and_its_wire_size_kept() {
    let server = Loopback::plain(|_| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&[b'a'; 5000]).unwrap();
        Act::Say(http(200, "Content-Encoding: gzip\r\n", &encoder.finish().unwrap()))
    })
    .await;
    let request = post(b"").header(ACCEPT_ENCODING, "gzip").unwrap();
    let answer = transport(&server, &Trust::System).send(&request, Duration::ZERO).await.unwrap();
    assert_eq!(answer.body.len(), 5000);
    assert!(answer.wire_len < 200);
}

#[tokio::test]
async fn an_answer_that_never_ends_is_given_up() {
    let server =
        Loopback::plain(|_| Act::Say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".to_vec())).await;
    let bounds = Timeouts { answer: Duration::from_millis(100), ..bounds() };
    let connector = Connector::new(&server.url, &Trust::System, bounds).unwrap();
    let mut transport = Transport::new(Arc::new(connector));
    let error = transport.send(&post(b""), Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, TransportError::Timeout { what: "answer", .. }), "{error}");
    assert!(!transport.is_connected());
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_refused() {
    let server = Loopback::plain(|_| ok(&vec![0; (1 << 20) + 1])).await;
    let error = transport(&server, &Trust::System).send(&post(b""), Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, TransportError::TooLarge(_)), "{error}");
}

#[tokio::test]
async fn nobody_there_says_where() {
    let mut server = Loopback::plain(|_| ok(b"")).await;
    server.stop().await;
    let error = transport(&server, &Trust::System).send(&post(b""), Duration::ZERO).await.unwrap_err();
    assert!(error.to_string().starts_with(&format!("cannot connect to {}", server.url)), "{error}");
    assert!(!error.may_have_been_acted_on());
}

#[tokio::test]
async fn mishaps_lose_what_they_say() {
    let server = Loopback::tls(|seen| ok(&seen.body)).await;
    let mut transport = transport(&server, &Trust::Insecure);
    let request = post(b"twelve bytes").header(AUTHORIZATION, "Basic eDp5").unwrap();

    assert!(matches!(transport.suffer(&request, Mishap::CutRequest(40)).await, TransportError::Lost));
    for (n, mishap) in
        [Mishap::CutBeforeAnswer, Mishap::CutAnswer(10), Mishap::CutAnswer(9999), Mishap::LoseAnswer]
            .into_iter()
            .enumerate()
    {
        assert!(matches!(transport.suffer(&request, mishap).await, TransportError::Lost));
        assert_eq!(server.wait_for(n + 1).await.len(), n + 1);
    }
    // What is repeated is the same request, however it is sent.
    transport.send(&request, Duration::ZERO).await.unwrap();
    let seen = server.seen();
    assert!(seen.iter().all(|s| s.body == b"twelve bytes"));
    assert!(seen.iter().all(|s| s.head.contains("authorization: Basic eDp5\r\n")));
}

#[tokio::test]
async fn dropping_a_parked_request_closes_its_connection() {
    let server = Loopback::plain(|seen| match seen.body.as_slice() {
        b"park" => Act::Say(Vec::new()),
        _ => ok(b""),
    })
    .await;
    let mut transport = transport(&server, &Trust::System);
    let parked = post(b"park");
    tokio::select! {
        _ = transport.send(&parked, Duration::ZERO) => panic!("nothing answers"),
        _ = server.wait_for(1) => {}
    }
    assert!(!transport.is_connected());
    transport.send(&post(b""), Duration::ZERO).await.unwrap();
    assert_eq!(server.seen()[1].connection, 1);
}

#[tokio::test]
async fn raw_bytes_go_as_they_are() {
    let server = Loopback::plain(|_| Act::SayAndClose(http(200, "", b"raw"))).await;
    let connector = Connector::new(&server.url, &Trust::System, bounds()).unwrap();
    let mut raw = Raw::open(&connector).await.unwrap();
    raw.write(b"BREW /pot HTTP/1.1\r\n\r\n").await.unwrap();
    assert!(raw.read_to_end(1000).await.unwrap().ends_with(b"raw"));
    assert_eq!(server.seen()[0].head, "BREW /pot HTTP/1.1\r\n\r\n");
}

#[tokio::test]
async fn a_redirection_must_not_leave_tls() {
    let server = Loopback::tls(|_| ok(b"")).await;
    let mut transport = transport(&server, &Trust::Insecure);
    assert!(transport.redirect("http://localhost/Microsoft-Server-ActiveSync").is_err());
    assert!(transport.redirect("https://localhost/elsewhere").is_ok());
    assert_eq!(transport.connector().endpoint().path, "/elsewhere");
}
