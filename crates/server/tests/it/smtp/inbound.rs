//! The dialogues of RFC 5321 and RFC 2033, and what clients try that they should not.

use std::time::Duration;

use fieldpost_server::smtp::inbound::{Inbound, Patience, Protocol};

use super::dialogue::Dialogue;
use super::post::Post;

const MESSAGE: &str =
    "From: <x@y.example>\r\nTo: Anna <Anna@Example.com>\r\nSubject: Hi\r\n\r\n.dot\r\nend\r\n";

async fn mail(dialogue: &mut Dialogue, recipients: &[&str]) {
    dialogue.expect("MAIL FROM:<x@y.example>", "250 2.1.0").await;
    for recipient in recipients {
        dialogue.expect(&format!("RCPT TO:<{recipient}>"), "250 2.1.5").await;
    }
}

fn stuffed(message: &str) -> String {
    format!("{}.", message.replace("\r\n.", "\r\n.."))
}

#[tokio::test]
async fn a_message_is_kept_byte_for_byte_under_its_trace() {
    let post = Post::new().await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO client.example").await;
    mail(&mut client, &["anna@example.com", "bert+lists@EXAMPLE.com"]).await;
    client.expect("DATA", "354").await;
    client.expect(&stuffed(MESSAGE), "250 2.0.0").await;
    client.expect("QUIT", "221").await;
    for (account, is_blind) in [(&post.anna, false), (&post.bert, true)] {
        let inbox = post.inbox(account).await;
        let [item] = inbox.as_slice() else { panic!("{} items", inbox.len()) };
        let text = String::from_utf8(item.content.clone()).unwrap();
        assert!(text.ends_with(MESSAGE));
        assert!(text.starts_with(
            "Return-Path: <x@y.example>\r\nReceived: from client.example ([127.0.0.1])\r\n\tby mail.example.com with ESMTP id "
        ), "{text}");
        assert!(text.contains(";\r\n\tMon, 23 Nov 2026 12:00:00 +0000\r\nFrom:"), "{text}");
        assert!(!text.contains("bert"), "others are not told of");
        assert_eq!(item.meta.state.received_as_bcc, is_blind);
        assert!(!item.meta.state.read);
    }
}

#[tokio::test]
async fn a_whole_dialogue_may_come_at_once() {
    let post = Post::new().await;
    let mut client = Dialogue::begin(post.smtp()).await;
    client
        .send(b"EHLO c\r\nMAIL FROM:<> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<anna@example.com>\r\nDATA\r\n")
        .await;
    let extensions = client.hear().await;
    for extension in
        ["PIPELINING", "8BITMIME", "SMTPUTF8", "CHUNKING", "SIZE 52428800", "ENHANCEDSTATUSCODES"]
    {
        assert!(extensions.contains(extension), "{extensions}");
    }
    assert!(!extensions.contains("STARTTLS"));
    for reply in ["250 2.1.0", "250 2.1.5", "354"] {
        assert!(client.hear().await.starts_with(reply));
    }
    client.send(b".\r\nQUIT\r\n").await;
    assert!(client.hear().await.starts_with("250 2.0.0"));
    assert!(client.hear().await.starts_with("221"));
    assert!(client.is_closed().await);
    assert!(post.inbox(&post.anna).await[0].content.starts_with(b"Return-Path: <>\r\n"));
}

#[tokio::test]
async fn mail_is_taken_for_our_own_alone() {
    let post = Post::new().await;
    post.app.store.set_disabled(post.bert.id, true).await.unwrap();
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    client.expect("MAIL FROM:<anna@example.com>", "250").await;
    for (address, reply) in [
        ("someone@elsewhere.example", "550 5.7.1"),
        ("anna%elsewhere.example@example.com", "550 5.1.1"),
        ("nobody@example.com", "550 5.1.1"),
        ("nobody@example.org", "550 5.1.1"),
        ("postmaster", "250"),
        ("ANNA@EXAMPLE.COM", "250"),
        ("a.alias@example.org", "250"),
        ("anna+tag@example.com", "250"),
        ("@relay.example:anna@example.com", "250"),
        ("bert@example.com", "250"),
        ("no address", "501"),
    ] {
        client.expect(&format!("RCPT TO:<{address}>"), reply).await;
    }
    client.expect("DATA", "354").await;
    client.expect("once\r\n.", "250").await;
    assert_eq!(post.inbox(&post.anna).await.len(), 1, "one copy, by whatever name");
    assert_eq!(post.inbox(&post.bert).await.len(), 1, "a disabled account gets its mail");
}

#[tokio::test]
async fn no_second_message_is_smuggled_in() {
    let post = Post::new().await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    for lure in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r\r\n"] {
        mail(&mut client, &["anna@example.com"]).await;
        client.expect("DATA", "354").await;
        let inner = "MAIL FROM:<boss@example.com>\r\nRCPT TO:<bert@example.com>\r\nDATA\r\nfake";
        client.expect(&format!("one{lure}{inner}\r\n."), "250 2.0.0").await;
        client.expect("NOOP", "250").await;
    }
    assert_eq!(post.inbox(&post.anna).await.len(), 5);
    assert_eq!(post.inbox(&post.bert).await.len(), 0);
}

#[tokio::test]
async fn size_is_limited() {
    let post = Post::new().await;
    let settings = Inbound { size: 1_000, ..Inbound::new(Protocol::Smtp, "mail.example.com") };
    let address = post.listen(settings);
    let mut client = Dialogue::hello(address, "EHLO c").await;
    client.expect("MAIL FROM:<x@y.example> SIZE=1001", "552 5.3.4").await;
    mail(&mut client, &["anna@example.com"]).await;
    client.expect("DATA", "354").await;
    client.expect(&format!("{}\r\n.", "x".repeat(1_500)), "552 5.3.4").await;
    mail(&mut client, &["anna@example.com"]).await;
    client.send(b"BDAT 1500\r\n").await;
    client.expect(&"x".repeat(1_498), "552 5.3.4").await;
    client.expect("RSET", "250").await;
    mail(&mut client, &["anna@example.com"]).await;
    client.expect("DATA", "354").await;
    client.expect(&format!("{}\r\n.", "x".repeat(998)), "250").await;
    mail(&mut client, &["anna@example.com"]).await;
    client.expect("DATA", "354").await;
    client.send(&vec![b'x'; 10_000]).await;
    assert!(client.hear().await.starts_with("552 5.3.4"), "without waiting for the end");
    assert!(client.is_closed().await);
    assert_eq!(post.inbox(&post.anna).await.len(), 1);
}

#[tokio::test]
async fn commands_out_of_order() {
    let post = Post::new().await;
    let mut client = Dialogue::begin(post.smtp()).await;
    client.expect("MAIL FROM:<x@y.example>", "503").await;
    client.expect("LHLO c", "502").await;
    client.expect("HELO c", "250").await;
    client.expect("RCPT TO:<anna@example.com>", "503").await;
    client.expect("DATA", "503").await;
    client.expect("MAIL FROM:<x@y.example>", "250").await;
    client.expect("MAIL FROM:<x@y.example>", "503").await;
    client.expect("DATA", "503").await;
    client.expect("RSET", "250").await;
    client.expect("RCPT TO:<anna@example.com>", "503").await;
    for (line, reply) in [
        ("VRFY anna", "252"),
        ("EXPN all", "502"),
        ("AUTH PLAIN", "502"),
        ("STARTTLS", "502"),
        ("FISH", "500"),
        ("HELP", "214"),
    ] {
        client.expect(line, reply).await;
    }
    client.expect(&"x".repeat(100_000), "500 5.5.2").await;
    client.expect("MAIL FROM:<j\u{fc}rgen@y.example>", "553 5.6.7").await;
    client.expect("MAIL FROM:<j\u{fc}rgen@y.example> SMTPUTF8", "250").await;
}

#[tokio::test]
async fn too_many_errors_end_the_dialogue() {
    let post = Post::new().await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    for _ in 0..20 {
        client.expect("FISH", "500").await;
    }
    client.expect("FISH", "500").await;
    assert!(client.hear().await.starts_with("421 4.7.0"));
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn chunks() {
    let post = Post::new().await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    mail(&mut client, &["anna@example.com"]).await;
    client.send(b"BDAT 5\r\na\r\n.\r").await;
    assert!(client.hear().await.starts_with("250"));
    client.expect("DATA", "503").await;
    client.send(b"BDAT 3 LAST\r\n\nb\0").await;
    assert!(client.hear().await.starts_with("250 2.0.0"));
    assert!(post.inbox(&post.anna).await[0].content.ends_with(b"+0000\r\na\r\n.\r\nb\0"));
    // A chunk that nobody wants is read all the same.
    client.send(b"BDAT 6 LAST\r\nQUIT\r\n").await;
    assert!(client.hear().await.starts_with("503"));
    client.expect("NOOP", "250").await;
}

#[tokio::test]
async fn a_message_that_goes_in_circles() {
    let post = Post::new().await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    for (hops, reply) in [(51, "554 5.4.6"), (50, "250")] {
        mail(&mut client, &["anna@example.com"]).await;
        client.expect("DATA", "354").await;
        client.expect(&format!("{}\r\n.", "Received: x\r\n".repeat(hops)), reply).await;
    }
    assert_eq!(post.inbox(&post.anna).await.len(), 1);
}

#[tokio::test]
async fn lmtp_tells_of_each_recipient() {
    let post = Post::new().await;
    let mut client = Dialogue::begin(post.lmtp()).await;
    client.expect("EHLO c", "500").await;
    client.expect("LHLO c", "250").await;
    client.expect("MAIL FROM:<x@y.example>", "250").await;
    client.expect("RCPT TO:<nobody@example.com>", "550 5.1.1").await;
    client.expect("DATA", "503").await;
    for address in ["anna@example.com", "bert@example.com", "a.alias@example.org"] {
        client.expect(&format!("RCPT TO:<{address}>"), "250").await;
    }
    client.expect("DATA", "354").await;
    client.expect(&stuffed(MESSAGE), "250 2.0.0").await;
    for _ in 0..2 {
        assert!(client.hear().await.starts_with("250 2.0.0"));
    }
    client.expect("NOOP", "250").await;
    assert_eq!((post.inbox(&post.anna).await.len(), post.inbox(&post.bert).await.len()), (1, 1));
    let item = &post.inbox(&post.anna).await[0];
    assert!(String::from_utf8_lossy(&item.content).contains(" with LMTP id "));
}

#[tokio::test]
async fn trouble_with_the_store_means_try_again() {
    let post = Post::new().await;
    let mut client = Dialogue::hello(post.lmtp(), "LHLO c").await;
    mail(&mut client, &["anna@example.com", "bert@example.com"]).await;
    client.expect("DATA", "354").await;
    post.app.store.close().await;
    client.expect(&stuffed(MESSAGE), "451 4.3.0").await;
    assert!(client.hear().await.starts_with("451 4.3.0"));
    client.expect("MAIL FROM:<x@y.example>", "250").await;
    client.expect("RCPT TO:<anna@example.com>", "451 4.3.0").await;
}

#[tokio::test]
async fn the_silent_are_sent_away_and_so_are_all_at_a_stop() {
    let post = Post::new().await;
    let short = Patience { command: Duration::from_millis(100), ..Patience::default() };
    let settings = Inbound { patience: short, ..Inbound::new(Protocol::Smtp, "mail.example.com") };
    let mut silent = Dialogue::begin(post.listen(settings)).await;
    assert!(silent.hear().await.starts_with("421 4.4.2"));
    assert!(silent.is_closed().await);
    let mut waiting = Dialogue::hello(post.smtp(), "EHLO c").await;
    let (_, heard) = tokio::join!(post.app.tasks.drain(Duration::from_secs(10)), waiting.hear());
    assert!(heard.starts_with("421 4.3.2"), "{heard}");
}
