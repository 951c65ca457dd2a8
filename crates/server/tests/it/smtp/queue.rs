//! The queue of mail for elsewhere: sent, put off, given back, and none of it lost.

use std::time::Duration;

use fieldpost_net::tls::{Source, Tls};
use fieldpost_server::clock::{Clock as _, SystemClock};
use fieldpost_server::smtp::inbound::{Inbound, Protocol};
use fieldpost_server::smtp::outbound::{self, Outbound, Schedule};
use fieldpost_server::smtp::smarthost::{Security, Smarthost};
use fieldpost_store::NewAccount;
use jiff::SignedDuration;

use super::dialogue::Dialogue;
use super::post::Post;
use super::relay::Relay;

const MESSAGE: &str = "From: anna@example.com\r\nTo: far@away.example\r\nSubject: Trip\r\n\r\n.dot\r\n";

pub fn run(post: &Post, relay: Option<&Relay>) {
    let smarthost = relay.map(|relay| Smarthost {
        host: relay.address.ip().to_string(),
        port: relay.address.port(),
        security: Security::None,
        credentials: None,
        authority: None,
    });
    let settings = Outbound { hostname: "mail.example.com".into(), smarthost, schedule: Schedule::default() };
    outbound::start(&post.app, settings).unwrap();
}

pub async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..3_000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {what}");
}

pub async fn is_empty(post: &Post) -> bool {
    post.app.store.next_due().await.unwrap().is_none()
}

/// When the only entry is due, seconds from now; under a lease: five minutes.
async fn due_in(post: &Post) -> i64 {
    let due = post.app.store.next_due().await.unwrap().unwrap();
    due.duration_since(post.clock.now()).as_secs()
}

async fn bounce(post: &Post) -> String {
    eventually("a bounce", async || !post.inbox(&post.anna).await.is_empty()).await;
    assert!(is_empty(post).await);
    let inbox = post.inbox(&post.anna).await;
    assert_eq!(inbox.len(), 1);
    String::from_utf8(inbox[0].content.clone()).unwrap()
}

#[tokio::test]
async fn each_recipient_gets_the_message_as_it_is() {
    let (post, relay) = (Post::new().await, Relay::start("250 ok").await);
    run(&post, Some(&relay));
    post.queue("anna@example.com", &["far@away.example", "wide@away.example"], MESSAGE.as_bytes()).await;
    eventually("sent", async || is_empty(&post).await).await;
    let mut letters = relay.letters();
    letters.sort();
    let expected = |to: &str| ("anna@example.com".to_owned(), to.to_owned(), MESSAGE.to_owned());
    assert_eq!(letters, [expected("far@away.example"), expected("wide@away.example")]);
    assert!(post.inbox(&post.anna).await.is_empty());
}

#[tokio::test]
async fn a_refusal_comes_back_to_the_sender() {
    let (post, relay) = (Post::new().await, Relay::start("550 5.1.1 no such user").await);
    run(&post, Some(&relay));
    post.queue("anna@example.com", &["far@away.example"], MESSAGE.as_bytes()).await;
    let text = bounce(&post).await;
    for part in [
        "far@away.example",
        "Check how it is spelled",
        "no such user",
        "Status: 5.1.1",
        "Subject: Not delivered: Trip",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[tokio::test]
async fn what_fails_for_now_is_tried_again_and_at_last_given_back() {
    let (post, relay) = (Post::new().await, Relay::start("451 4.2.1 later").await);
    run(&post, Some(&relay));
    post.queue("anna@example.com", &["far@away.example"], MESSAGE.as_bytes()).await;
    let put_off = async |range: std::ops::Range<i64>| {
        eventually("put off", async || range.contains(&due_in(&post).await)).await;
    };
    put_off(59..73).await;
    post.clock.advance(SignedDuration::from_secs(80));
    post.app.outbound.notify_one();
    put_off(119..145).await;
    *relay.reply.lock().unwrap() = "";
    post.clock.advance(SignedDuration::from_secs(150));
    post.app.outbound.notify_one();
    put_off(239..289).await;
    *relay.reply.lock().unwrap() = "DATA 452 4.3.1 full";
    post.clock.advance(SignedDuration::from_hours(72));
    post.app.outbound.notify_one();
    let text = bounce(&post).await;
    assert!(text.contains("Status: 4.4.7") && text.contains("4.3.1 full"), "{text}");
}

#[tokio::test]
async fn a_failed_sign_in_is_not_the_senders_fault() {
    let (post, relay) = (Post::new().await, Relay::start("530 5.7.0 authentication required").await);
    run(&post, Some(&relay));
    post.queue("anna@example.com", &["far@away.example"], MESSAGE.as_bytes()).await;
    eventually("put off", async || (59..73).contains(&due_in(&post).await)).await;
    assert!(post.inbox(&post.anna).await.is_empty());
}

#[tokio::test]
async fn without_a_smarthost_the_sender_is_told_so() {
    let post = Post::new().await;
    run(&post, None);
    post.queue("anna@example.com", &["far@away.example"], MESSAGE.as_bytes()).await;
    assert!(bounce(&post).await.contains("configure a smarthost"));
}

#[tokio::test]
async fn a_bounce_is_not_bounced() {
    let (post, relay) = (Post::new().await, Relay::start("550 no").await);
    run(&post, Some(&relay));
    post.queue("", &["far@away.example"], MESSAGE.as_bytes()).await;
    eventually("dropped", async || is_empty(&post).await).await;
    assert!(post.inbox(&post.anna).await.is_empty());
}

#[tokio::test]
async fn an_entry_for_somebody_here_is_delivered_here() {
    let post = Post::new().await;
    run(&post, None);
    post.queue("anna@example.com", &["bert@example.com"], MESSAGE.as_bytes()).await;
    eventually("delivered", async || is_empty(&post).await).await;
    assert_eq!(post.inbox(&post.bert).await[0].content, MESSAGE.as_bytes());
}

#[tokio::test]
async fn the_queue_survives_a_restart_and_a_dead_worker() {
    let (post, relay) = (Post::new().await, Relay::start("250 ok").await);
    post.queue("anna@example.com", &["far@away.example"], MESSAGE.as_bytes()).await;
    // A worker takes it and dies.
    let now = post.clock.now();
    let lease = now + SignedDuration::from_mins(5);
    assert_eq!(post.app.store.due_outgoing(now, lease, 10).await.unwrap().len(), 1);
    let post = post.restart().await;
    post.clock.advance(SignedDuration::from_mins(6));
    run(&post, Some(&relay));
    eventually("sent", async || is_empty(&post).await).await;
    assert_eq!(relay.letters().len(), 1);
}

/// The certificate is checked, and what the receiver writes on top says that it was encrypted.
#[tokio::test]
async fn two_of_our_servers_speak_tls() {
    let (sender, receiver) = (Post::new().await, Post::new().await);
    let folder = tempfile::tempdir().unwrap();
    let source = Source::Own { folder: folder.path().into(), names: Vec::new() };
    let tls = Tls::open(source, SystemClock.now().as_second()).unwrap();
    let authority = tls.own_authority();
    let inbound = Inbound { tls: Some(tls), ..Inbound::new(Protocol::Smtp, "mail.example.com") };
    let address = receiver.listen(inbound);

    // What was sent in clear after STARTTLS is not taken for a command.
    let mut injected = Dialogue::hello(address, "EHLO c").await;
    injected.send(b"STARTTLS\r\nQUIT\r\n").await;
    assert!(injected.hear().await.starts_with("220"));
    let more = tokio::time::timeout(Duration::from_millis(200), injected.hear()).await;
    assert!(more.is_err(), "{more:?}");

    let smarthost = Smarthost {
        host: "localhost".into(),
        port: address.port(),
        security: Security::StartTls,
        credentials: None,
        authority,
    };
    let settings = Outbound {
        hostname: "mail.example.com".into(),
        smarthost: Some(smarthost),
        schedule: Schedule::default(),
    };
    // For the sender, the address is elsewhere.
    let elsewhere = NewAccount { address: "carl@elsewhere.example".into(), ..NewAccount::default() };
    let carl = receiver.app.store.create_account(elsewhere, receiver.clock.now()).await.unwrap();
    outbound::start(&sender.app, settings).unwrap();
    sender.queue("anna@example.com", &["carl@elsewhere.example"], MESSAGE.as_bytes()).await;
    eventually("sent", async || is_empty(&sender).await).await;
    let inbox = receiver.inbox(&carl).await;
    let text = String::from_utf8(inbox[0].content.clone()).unwrap();
    assert!(text.contains(" with ESMTPS id ") && text.ends_with(MESSAGE), "{text}");
}
