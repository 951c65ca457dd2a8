//! Bodies that are too large, too slow, or not what they say.

use std::time::Duration;

use fieldpost_net::limits::Limits;

use crate::client::connect;
use crate::server::{measure, plain};

fn impatient() -> Limits {
    Limits { body_grace: Duration::from_millis(200), ..Limits::default() }
}

#[tokio::test]
async fn a_gigabyte_is_refused_before_it_is_read() {
    let served = plain(&Limits::default(), measure);
    let mut client = connect(served.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1073741824\r\n\r\n").await;
    let (head, body) = client.answer().await;
    assert!(head.starts_with("http/1.1 413") && head.contains("connection: close"), "{head}");
    assert_eq!(body, "the body is larger than the 1000 bytes that are allowed\n");
    client.until_closed().await;
}

#[tokio::test]
async fn the_refusal_reaches_a_client_that_sends_on() {
    let served = plain(&Limits::default(), measure);
    let mut client = connect(served.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1073741824\r\n\r\n").await;
    for _ in 0..8 {
        client.send(&"x".repeat(50_000)).await;
    }
    assert!(client.answer().await.0.starts_with("http/1.1 413"));
}

#[tokio::test]
async fn a_body_that_is_announced_and_never_sent() {
    let served = plain(&impatient(), measure);
    let mut client = connect(served.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n").await;
    let (head, _) = client.answer().await;
    assert!(head.starts_with("http/1.1 408") && head.contains("connection: close"), "{head}");
    client.until_closed().await;
}

#[tokio::test]
async fn a_body_that_drips() {
    let served = plain(&impatient(), measure);
    let mut client = connect(served.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n").await;
    let drip = async {
        loop {
            if tokio::io::AsyncWriteExt::write_all(&mut client.0, b"x").await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // Closed long before 900 bytes have dripped.
    tokio::time::timeout(Duration::from_secs(15), drip).await.expect("still reading");
}

#[tokio::test]
async fn chunks_are_counted() {
    let served = plain(&Limits::default(), measure);
    let mut client = connect(served.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n").await;
    assert_eq!(client.answer().await.1, "7");
    client.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n").await;
    client.send(&format!("3e8\r\n{}\r\n1\r\nx\r\n0\r\n\r\n", "x".repeat(1_000))).await;
    assert!(client.answer().await.0.starts_with("http/1.1 413"));
}

#[tokio::test]
async fn chunks_that_are_none() {
    let served = plain(&Limits::default(), measure);
    let mut client = connect(served.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n").await;
    let answer = client.until_closed().await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}

#[tokio::test]
async fn a_body_cut_short_ends_its_request() {
    let served = plain(&Limits::default(), measure);
    let mut client = connect(served.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc").await;
    drop(client);
    crate::client::eventually("gone", || served.admissions.held().total == 0).await;
}
