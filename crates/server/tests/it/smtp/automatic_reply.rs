//! Replies of those who are away: who gets one, and who never does.

use fieldpost_domain::automatic_reply::{Audience, AutomaticReply, Change, Form, MessageChange, Schedule};
use fieldpost_domain::backend::{Batch, DeliverTo, Write};
use fieldpost_domain::convert::mail;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::id::MailboxId;
use fieldpost_domain::index;
use fieldpost_domain::item::{Conversation, MailState, NewItem};
use fieldpost_server::mail::submit::{Letter, submit};
use fieldpost_store::{Account, Queued};
use jiff::SignedDuration;

use super::dialogue::Dialogue;
use super::post::Post;

fn says(audience: Audience, text: &str) -> MessageChange {
    MessageChange { audience, enabled: Some(true), text: Some((text.to_owned(), Form::Text)) }
}

/// Sets what an account says: something else to each audience.
async fn away(post: &Post, account: &Account, schedule: Schedule) -> AutomaticReply {
    let messages = vec![
        says(Audience::Internal, "to colleagues"),
        says(Audience::ExternalKnown, "to friends"),
        says(Audience::ExternalUnknown, "to strangers"),
    ];
    let before = post.app.store.automatic_reply(account.id).await.unwrap();
    let set = before.change(Change { schedule: Some(schedule), messages }).unwrap();
    post.app.store.set_automatic_reply(account.id, &set).await.unwrap();
    set
}

/// A message from elsewhere, by SMTP.
async fn receive(post: &Post, sender: &str, recipient: &str, message: &str) {
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    client.expect(&format!("MAIL FROM:<{sender}>"), "250").await;
    client.expect(&format!("RCPT TO:<{recipient}>"), "250").await;
    client.expect("DATA", "354").await;
    client.expect(&format!("{message}\r\n."), "250").await;
    client.expect("QUIT", "221").await;
}

fn letter(from: &str, to: &str) -> String {
    format!("From: <{from}>\r\nTo: <{to}>\r\nSubject: Hi\r\nMessage-ID: <1@x>\r\n\r\nHello")
}

/// What waits for other servers; it is taken.
async fn queue(post: &Post) -> Vec<Queued> {
    let now = post.app.clock.now();
    let taken = post.app.store.due_outgoing(now, now + SignedDuration::from_mins(5), 100).await.unwrap();
    for entry in &taken {
        post.app.store.finish_outgoing(entry.id).await.unwrap();
    }
    taken
}

async fn add_contact(post: &Post, account: &Account, address: &str) {
    let mailbox = MailboxId(account.id.0);
    let card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:F\r\nEMAIL:{address}\r\nEND:VCARD\r\n").into_bytes();
    let item = NewItem {
        index: index::of(Class::Contacts, &card, 0),
        content: card,
        state: MailState::default(),
        conversation: Conversation::default(),
        origin: None,
    };
    let write = Write::Append { mailbox, folder: DeliverTo::Default(FolderType::Contacts), item };
    let batch = Batch { once: None, writes: vec![write], now: post.app.clock.now() };
    post.app.backend.commit(batch).await.unwrap();
}

fn text(message: &[u8]) -> String {
    mail::search_text(message).unwrap().body.trim().to_owned()
}

#[tokio::test]
async fn each_audience_hears_its_own_once() {
    let post = Post::new().await;
    away(&post, &post.anna, Schedule::On).await;
    add_contact(&post, &post.anna, "Friend.One@elsewhere.example").await;
    for _ in 0..2 {
        for (sender, said) in [
            ("friend.one@elsewhere.example", "to friends"),
            // The same words, another address.
            ("friend-one@elsewhere.example", "to strangers"),
            ("x@elsewhere.example", "to strangers"),
        ] {
            receive(&post, sender, "anna@example.com", &letter(sender, "anna@example.com")).await;
            for reply in queue(&post).await {
                assert_eq!((reply.sender.as_str(), reply.recipient.as_str()), ("", sender));
                assert_eq!(text(&reply.content), said);
                let headers = mail::headers(&reply.content).unwrap();
                assert_eq!(headers.subject, "Automatic reply: Hi");
                assert_eq!(headers.in_reply_to.as_deref(), Some("1@x"));
                assert_eq!(headers.from[0].address, "anna@example.com");
                assert!(
                    String::from_utf8_lossy(&reply.content).contains("\r\nAuto-Submitted: auto-replied\r\n")
                );
            }
        }
    }
    // Six messages came, and all were delivered.
    assert_eq!(post.inbox(&post.anna).await.len(), 6);
}

#[tokio::test]
async fn one_reply_for_each_sender_and_period() {
    let post = Post::new().await;
    let (sender, anna) = ("x@elsewhere.example", "anna@example.com");
    away(&post, &post.anna, Schedule::On).await;
    receive(&post, sender, anna, &letter(sender, anna)).await;
    receive(&post, "X@Elsewhere.example", anna, &letter(sender, anna)).await;
    assert_eq!(queue(&post).await.len(), 1);
    let post = post.restart().await;
    receive(&post, sender, anna, &letter(sender, anna)).await;
    assert_eq!(queue(&post).await.len(), 0);
    away(&post, &post.anna, Schedule::Off).await;
    receive(&post, sender, anna, &letter(sender, anna)).await;
    assert_eq!(queue(&post).await.len(), 0);
    away(&post, &post.anna, Schedule::On).await;
    receive(&post, sender, anna, &letter(sender, anna)).await;
    assert_eq!(queue(&post).await.len(), 1);
}

#[tokio::test]
async fn only_while_the_user_is_away() {
    let post = Post::new().await;
    let (sender, anna, now) = ("x@elsewhere.example", "anna@example.com", post.app.clock.now());
    let (start, end) = (now + SignedDuration::from_hours(1), now + SignedDuration::from_hours(2));
    away(&post, &post.anna, Schedule::Between { start, end }).await;
    for replies in [0, 1, 0] {
        receive(&post, sender, anna, &letter(sender, anna)).await;
        assert_eq!(queue(&post).await.len(), replies);
        post.clock.advance(SignedDuration::from_mins(70));
    }
}

#[tokio::test]
async fn robots_lists_and_bounces_hear_nothing() {
    let post = Post::new().await;
    away(&post, &post.anna, Schedule::On).await;
    let (sender, anna) = ("x@elsewhere.example", "anna@example.com");
    let good = letter(sender, anna);
    for (sender, message) in [
        ("", good.clone()),
        ("mailer-daemon@elsewhere.example", good.clone()),
        ("noreply@elsewhere.example", good.clone()),
        ("list-request@elsewhere.example", good.clone()),
        (anna, good.clone()),
        (sender, format!("Auto-Submitted: auto-generated\r\n{good}")),
        (sender, format!("Precedence: bulk\r\n{good}")),
        (sender, format!("List-Id: <l.example>\r\n{good}")),
        (sender, format!("List-Unsubscribe: <mailto:u@l.example>\r\n{good}")),
        (sender, format!("X-Auto-Response-Suppress: OOF\r\n{good}")),
        (sender, format!("Content-Type: multipart/report; boundary=b\r\n{good}")),
        (sender, letter(sender, "everybody@example.com")),
    ] {
        receive(&post, sender, anna, &message).await;
        assert_eq!(queue(&post).await.len(), 0, "{sender}: {message}");
        let answered = post.inbox(&post.anna).await.iter().any(|item| text(&item.content) == "to colleagues");
        assert!(!answered, "{message}");
    }
    receive(&post, sender, anna, &good).await;
    assert_eq!(queue(&post).await.len(), 1);
}

#[tokio::test]
async fn mail_written_on_a_phone_is_answered_too() {
    let post = Post::new().await;
    away(&post, &post.anna, Schedule::On).await;
    away(&post, &post.bert, Schedule::On).await;
    let now = post.app.clock.now();
    for _ in 0..2 {
        let content = letter("bert@example.com", "anna@example.com").into_bytes();
        let letter = Letter { content, keep_copy: false, key: None, about: None, also: Vec::new() };
        submit(&post.app, &post.bert, letter, now).await.unwrap();
    }
    // Anna has both letters; Bert one reply, which his own robot does not answer.
    assert_eq!(post.inbox(&post.anna).await.len(), 2);
    let replies = post.inbox(&post.bert).await;
    let [reply] = replies.as_slice() else { panic!("{} replies", replies.len()) };
    assert_eq!(text(&reply.content), "to colleagues");
    assert!(queue(&post).await.is_empty());
}

/// Two servers, on each of which somebody is away, hand each other what they send.
#[tokio::test]
async fn two_robots_do_not_talk() {
    let (ours, theirs) = (Post::new().await, Post::new().await);
    let (anna, other) = ("anna@example.com", "bert@other.example");
    away(&ours, &ours.anna, Schedule::On).await;
    away(&theirs, &theirs.bert, Schedule::On).await;
    receive(&ours, other, anna, &letter(other, anna)).await;
    let mut between = 0;
    loop {
        let sent = queue(&ours).await;
        if sent.is_empty() {
            break;
        }
        for reply in sent {
            between += 1;
            assert_eq!(reply.recipient, other);
            let content = String::from_utf8(reply.content).unwrap();
            receive(&theirs, &reply.sender, "bert@example.com", content.trim_end()).await;
        }
        for reply in queue(&theirs).await {
            between += 1;
            let content = String::from_utf8(reply.content).unwrap();
            receive(&ours, &reply.sender, anna, content.trim_end()).await;
        }
        assert!(between < 10, "they do not end");
    }
    assert_eq!(between, 1);
}

/// A robot that keeps no rule: it answers everything, under its own name.
#[tokio::test]
async fn a_robot_without_manners_is_answered_once() {
    let post = Post::new().await;
    away(&post, &post.anna, Schedule::On).await;
    let (robot, anna) = ("helpdesk@elsewhere.example", "anna@example.com");
    let mut replies = 0;
    receive(&post, robot, anna, &letter(robot, anna)).await;
    for _ in 0..5 {
        for reply in queue(&post).await {
            replies += 1;
            assert_eq!(reply.recipient, robot);
            receive(&post, robot, anna, &letter(robot, anna)).await;
        }
    }
    assert_eq!(replies, 1);
}

#[tokio::test]
async fn forged_senders_make_no_flood() {
    let post = Post::new().await;
    away(&post, &post.anna, Schedule::On).await;
    let mut client = Dialogue::hello(post.lmtp(), "LHLO c").await;
    for number in 0..210 {
        let sender = format!("u{number}@elsewhere.example");
        client.expect(&format!("MAIL FROM:<{sender}>"), "250").await;
        client.expect("RCPT TO:<anna@example.com>", "250").await;
        client.expect("DATA", "354").await;
        client.expect(&format!("{}\r\n.", letter(&sender, "anna@example.com")), "250").await;
    }
    let mut replies = 0;
    loop {
        let sent = queue(&post).await;
        if sent.is_empty() {
            break;
        }
        replies += sent.len();
    }
    assert_eq!(replies, 200);
    post.clock.advance(SignedDuration::from_mins(61));
    receive(
        &post,
        "late@elsewhere.example",
        "anna@example.com",
        &letter("late@elsewhere.example", "anna@example.com"),
    )
    .await;
    assert_eq!(queue(&post).await.len(), 1);
}
