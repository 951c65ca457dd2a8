//! Requests in the usual forms, and heads that never come to an end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use fieldpost_net::http::{self, Forwarded};
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::{ListenError, Listener};
use fieldpost_net::tasks::Tasks;

use crate::client::connect;
use crate::server::{hello, measure, plain, start};

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let served = plain(&Limits::default(), measure);
    let mut client = connect(served.address).await;
    for body in ["", "a", "abc"] {
        client
            .send(&format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
            .await;
        let (head, answer) = client.answer().await;
        assert!(head.starts_with("http/1.1 200") && head.contains("\r\ndate: "), "{head}");
        assert_eq!(answer, body.len().to_string());
    }
}

#[tokio::test]
async fn several_addresses_of_both_families() {
    let addresses: Vec<SocketAddr> = ["127.0.0.1:0", "[::1]:0"].map(|a| a.parse().unwrap()).to_vec();
    let limits = Limits::default();
    let listener = Listener::bind("test", &addresses, &limits).unwrap();
    let bound = listener.addresses();
    let tasks = Tasks::new();
    http::serve(listener, None, Forwarded::ignore(), &limits, &tasks, Arc::new(hello));
    for (address, expected) in bound.into_iter().zip(["hello 127.0.0.1 false", "hello ::1 false"]) {
        let mut client = connect(address).await;
        client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert_eq!(client.answer().await.1, expected);
    }
}

#[tokio::test]
async fn the_wildcard_of_ipv6_takes_ipv4_too() {
    let served = start("[::]:0", &Limits::default(), None, hello);
    let mut client = connect(SocketAddr::from(([127, 0, 0, 1], served.address.port()))).await;
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.answer().await.1, "hello 127.0.0.1 false");
}

#[tokio::test]
async fn a_port_in_use_is_explained() {
    let served = plain(&Limits::default(), hello);
    let error = Listener::bind("web", &[served.address], &Limits::default()).unwrap_err();
    assert!(matches!(error, ListenError::InUse { .. }));
    assert!(error.to_string().contains(&served.address.port().to_string()), "{error}");
}

#[tokio::test]
async fn a_head_that_drips_is_cut_off() {
    let limits = Limits { head: Duration::from_millis(300), ..Limits::default() };
    let served = plain(&limits, hello);
    let mut client = connect(served.address).await;
    client.send("GET / HTTP/1.1\r\n").await;
    let mut sent = 0;
    // Each byte comes well within the limit; the head as a whole does not.
    while tokio::io::AsyncWriteExt::write_all(&mut client.0, b"x").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(50)).await;
        sent += 1;
        assert!(sent < 1_000, "never cut off");
    }
    assert!(sent > 1);
    assert_eq!(client.until_closed().await, "");
}

#[tokio::test]
async fn so_is_one_that_never_begins() {
    let limits = Limits { head: Duration::from_millis(100), ..Limits::default() };
    let served = plain(&limits, hello);
    assert_eq!(connect(served.address).await.until_closed().await, "");
}

#[tokio::test]
async fn between_requests_there_is_more_time() {
    let limits =
        Limits { head: Duration::from_millis(300), idle: Duration::from_millis(1_500), ..Limits::default() };
    let served = plain(&limits, hello);
    let mut client = connect(served.address).await;
    for _ in 0..2 {
        client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
        client.answer().await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    client.send("GET / HT").await;
    assert_eq!(client.until_closed().await, "");
    let mut client = connect(served.address).await;
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    client.answer().await;
    assert_eq!(client.until_closed().await, "");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let served = plain(&Limits::default(), hello);
    let mut client = connect(served.address).await;
    client.send(&format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(10_000))).await;
    assert!(client.until_closed().await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn a_client_that_takes_nothing_is_given_up() {
    let limits = Limits { write_stall: Duration::from_millis(200), ..Limits::default() };
    let large = |_, _| async { hyper::Response::new(http::Body::from(vec![b'x'; 64 << 20])).into() };
    let served = plain(&limits, large);
    let mut client = connect(served.address).await;
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    crate::client::eventually("given up", || served.admissions.held().total == 1).await;
    crate::client::eventually("given up", || served.admissions.held().total == 0).await;
}
