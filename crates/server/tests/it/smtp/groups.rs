//! Mail for groups that comes from other servers.

use fieldpost_store::{Account, NewAccount, NewGroup};

use super::dialogue::Dialogue;
use super::post::Post;
use super::queue::{eventually, is_empty, run};
use super::relay::Relay;

const MESSAGE: &str = "From: <x@y.example>\r\nTo: sales@example.com\r\nSubject: Hi\r\n\r\nText.\r\n";

/// A post office where `open@example.com` takes mail from anybody.
async fn post() -> Post {
    Post::with(|settings| settings.open_groups = vec!["Open@example.com".into()]).await
}

async fn group(post: &Post, address: &str, members: &[&str]) {
    let new = NewGroup { address: address.into(), ..NewGroup::default() };
    let group = post.app.store.create_group(new).await.unwrap();
    for member in members {
        post.app.store.add_member(group.id, member).await.unwrap();
    }
}

async fn texts(post: &Post, account: &Account) -> Vec<String> {
    let inbox = post.inbox(account).await;
    inbox.into_iter().map(|item| String::from_utf8(item.content).unwrap()).collect()
}

/// Sends a message; gives the last reply.
async fn send(client: &mut Dialogue, sender: &str, recipients: &[&str], message: &str) -> String {
    client.expect(&format!("MAIL FROM:<{sender}>"), "250").await;
    for recipient in recipients {
        client.expect(&format!("RCPT TO:<{recipient}>"), "250 2.1.5").await;
    }
    client.expect("DATA", "354").await;
    client.say(&format!("{message}.")).await
}

#[tokio::test]
async fn each_member_gets_it_once_however_deep() {
    let (post, relay) = (post().await, Relay::start("250 ok").await);
    run(&post, Some(&relay));
    // Groups that contain each other, members by several names, one elsewhere and one that is nobody.
    group(&post, "sales@example.com", &["a.alias@example.org", "all@example.com", "far@away.example"]).await;
    group(
        &post,
        "all@example.com",
        &["sales@example.com", "ANNA@example.com", "bert@example.com", "no@example.org"],
    )
    .await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    let to = ["sales@example.com", "ALL+now@Example.com", "bert@example.com"];
    assert!(send(&mut client, "bert@example.com", &to, MESSAGE).await.starts_with("250 2.0.0"));
    for account in [&post.anna, &post.bert] {
        let texts = texts(&post, account).await;
        assert_eq!(texts.len(), 1);
        assert!(texts[0].starts_with("Return-Path: <bert@example.com>\r\n") && texts[0].ends_with(MESSAGE));
    }
    // Anna is named by the group, in the open.
    assert!(!post.inbox(&post.anna).await[0].meta.state.received_as_bcc);
    eventually("sent on", async || is_empty(&post).await).await;
    let letters = relay.letters();
    let [(sender, recipient, content)] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!((sender.as_str(), recipient.as_str()), ("bert@example.com", "far@away.example"));
    assert!(content.starts_with("Received: from c ") && content.ends_with(MESSAGE), "{content}");
    assert!(content.contains("\r\nX-Loop: sales@example.com\r\n"), "{content}");
}

#[tokio::test]
async fn strangers_write_to_open_groups_alone() {
    let (post, relay) = (post().await, Relay::start("250 ok").await);
    run(&post, Some(&relay));
    for address in ["open@example.com", "closed@example.com"] {
        group(&post, address, &["anna@example.com", "far@away.example"]).await;
    }
    group(&post, "empty@example.com", &["nobody@example.com"]).await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    client.expect("MAIL FROM:<x@y.example>", "250").await;
    client.expect("RCPT TO:<closed@example.com>", "550 5.7.1").await;
    client.expect("RSET", "250").await;
    client.expect("MAIL FROM:<>", "250").await;
    client.expect("RCPT TO:<closed@example.com>", "550 5.7.1").await;
    client.expect("RSET", "250").await;
    client.expect("MAIL FROM:<anna@example.com>", "250").await;
    client.expect("RCPT TO:<empty@example.com>", "550 5.2.4").await;
    client.expect("RSET", "250").await;

    assert!(send(&mut client, "x@y.example", &["open@example.com"], MESSAGE).await.starts_with("250"));
    assert!(send(&mut client, "", &["open@example.com"], MESSAGE).await.starts_with("250"));
    assert_eq!(texts(&post, &post.anna).await.len(), 2);
    eventually("sent on", async || is_empty(&post).await).await;
    // In the postmaster's name, who has what can't be delivered; what has no sender stays without.
    let mut senders: Vec<String> = relay.letters().into_iter().map(|(sender, ..)| sender).collect();
    senders.sort();
    assert_eq!(senders, ["", "anna@example.com"]);
}

#[tokio::test]
async fn what_can_not_be_sent_on_comes_to_the_postmaster() {
    let post = Post::with(|settings| {
        settings.open_groups = vec!["open@example.com".into()];
        settings.postmaster = Some("bert@example.com".into());
    })
    .await;
    run(&post, None);
    group(&post, "open@example.com", &["far@away.example"]).await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    assert!(send(&mut client, "x@y.example", &["open@example.com"], MESSAGE).await.starts_with("250"));
    eventually("a bounce", async || !post.inbox(&post.bert).await.is_empty()).await;
    let bounce = &texts(&post, &post.bert).await[0];
    assert!(bounce.contains("far@away.example"), "{bounce}");
    assert!(post.inbox(&post.anna).await.is_empty());
}

#[tokio::test]
async fn mail_that_goes_round_ends() {
    let (post, relay) = (post().await, Relay::start("250 ok").await);
    run(&post, Some(&relay));
    group(&post, "open@example.com", &["anna@example.com", "round@away.example"]).await;
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    assert!(send(&mut client, "x@y.example", &["open@example.com"], MESSAGE).await.starts_with("250"));
    eventually("sent on", async || is_empty(&post).await).await;
    let (_, _, back) = relay.letters().remove(0);
    // A member's server sends it back to the group.
    assert!(send(&mut client, "x@y.example", &["open@example.com"], &back).await.starts_with("554 5.4.6"));
    // To somebody beside the group it comes all the same, and by LMTP each is told.
    let both = ["open@example.com", "bert@example.com"];
    assert!(send(&mut client, "x@y.example", &both, &back).await.starts_with("250"));
    let mut client = Dialogue::hello(post.lmtp(), "LHLO c").await;
    assert!(send(&mut client, "x@y.example", &both, &back).await.starts_with("554 5.4.6"));
    assert!(client.hear().await.starts_with("250"));
    assert_eq!(post.inbox(&post.anna).await.len(), 1);
    assert_eq!(post.inbox(&post.bert).await.len(), 2);
    assert!(is_empty(&post).await);
}

#[tokio::test]
async fn a_large_group_is_one_delivery() {
    let post = post().await;
    let mut members = Vec::new();
    for number in 0..300 {
        let address = format!("member{number}@example.com");
        let new = NewAccount { address: address.clone(), ..NewAccount::default() };
        members.push((post.app.store.create_account(new, post.app.clock.now()).await.unwrap(), address));
    }
    let names: Vec<&str> = members.iter().map(|(_, address)| address.as_str()).collect();
    group(&post, "open@example.com", &names).await;
    let mut client = Dialogue::hello(post.lmtp(), "LHLO c").await;
    assert!(send(&mut client, "x@y.example", &["open@example.com"], MESSAGE).await.starts_with("250"));
    for (account, address) in &members {
        assert_eq!(post.inbox(account).await.len(), 1, "{address}");
    }
    client.expect("QUIT", "221").await;
}
