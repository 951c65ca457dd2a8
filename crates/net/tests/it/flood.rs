//! Many connections that never say what they want.

use std::time::Duration;

use fieldpost_net::limits::Limits;

use crate::client::{connect, connect_tls, eventually};
use crate::parked::Waiter;
use crate::server::{hello, own_tls, plain, start};

#[tokio::test]
async fn others_are_served_while_hundreds_never_shake_hands() {
    let (_folder, tls, authority) = own_tls();
    let served = start("127.0.0.1:0", &Limits::default(), Some(tls), hello);
    let mut silent = Vec::new();
    for number in 0..400 {
        let mut client = connect(served.address).await;
        if number % 2 == 0 {
            // The beginning of a ClientHello.
            client.send("\x16\x03\x01\x02").await;
        }
        silent.push(client);
    }
    let mut client = connect_tls(served.address, &authority).await;
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.answer().await.1, "hello 127.0.0.1 true");
    assert_eq!(served.admissions.held().unproven, 400);
}

#[tokio::test]
async fn they_are_closed_in_time() {
    let (_folder, tls, _) = own_tls();
    let limits = Limits { handshake: Duration::from_millis(200), ..Limits::default() };
    let served = start("127.0.0.1:0", &limits, Some(tls), hello);
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(connect(served.address).await);
    }
    for client in &mut silent {
        client.until_closed().await;
    }
    eventually("none is held", || served.admissions.held().total == 0).await;
}

#[tokio::test]
async fn a_full_listener_lets_the_next_in_and_keeps_those_that_wait() {
    let waiter = Waiter::new();
    let limits = Limits { connections: 30, ..Limits::default() };
    let served = plain(&limits, waiter.clone());
    let mut waiting = connect(served.address).await;
    waiting.send("POST /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    eventually("waiting", || waiter.count() == 1).await;
    let mut silent = Vec::new();
    for _ in 0..300 {
        silent.push(connect(served.address).await);
    }
    let mut client = connect(served.address).await;
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.answer().await.1, "now");
    assert!(served.admissions.held().total <= 30);
    waiter.permits.add_permits(1);
    assert_eq!(waiting.answer().await.1, "later ");
}
