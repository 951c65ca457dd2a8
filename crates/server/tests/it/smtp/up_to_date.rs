//! Notifications by mail for phones that can't wait for news.

use fieldpost_domain::convert::mail;
use fieldpost_domain::switches::{AccountSwitches, Switches};
use fieldpost_server::mail::submit::{Letter, submit};
use fieldpost_store::Queued;
use jiff::SignedDuration;

use super::dialogue::Dialogue;
use super::post::Post;

const PHONE: &str = "49170@sms.example.net";

async fn switches(post: &Post, on: bool, address: Option<&str>) {
    let mut act = post.app.store.act().await.unwrap();
    act.put_switches(&Switches { notifications: on, ..Switches::default() }).await.unwrap();
    let own =
        AccountSwitches { notification_address: address.map(str::to_owned), ..AccountSwitches::default() };
    act.put_account_switches(post.anna.id, &own).await.unwrap();
    act.commit().await.unwrap();
    post.app.rules.refresh().await.unwrap();
}

async fn receive(post: &Post, recipient: &str) {
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    client.expect("MAIL FROM:<x@elsewhere.example>", "250").await;
    client.expect(&format!("RCPT TO:<{recipient}>"), "250").await;
    client.expect("DATA", "354").await;
    client.expect("From: x@elsewhere.example\r\nSubject: Secret\r\n\r\nSecret\r\n.", "250").await;
    client.expect("QUIT", "221").await;
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

#[tokio::test]
async fn mail_that_arrives_wakes_the_phone_and_says_nothing_of_itself() {
    let post = Post::new().await;
    switches(&post, true, Some(PHONE)).await;
    receive(&post, "bert@example.com").await;
    assert!(queue(&post).await.is_empty(), "bert has no such phone");
    receive(&post, "a.alias@example.org").await;
    let [told] = queue(&post).await.try_into().unwrap();
    assert_eq!((told.sender.as_str(), told.recipient.as_str()), ("", PHONE));
    let text = String::from_utf8(told.content.clone()).unwrap();
    assert!(!text.contains("Secret") && !text.contains("elsewhere"), "{text}");
    assert!(text.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{text}");
    assert!(text.len() < 500, "{text}");
    assert_eq!(mail::headers(&told.content).unwrap().subject, "New mail");
    // From a colleague as well; but no oftener than every five minutes.
    let letter = Letter {
        content: b"To: anna@example.com\r\nSubject: Hi\r\n\r\nx\r\n".to_vec(),
        keep_copy: false,
        key: None,
        also: Vec::new(),
        about: None,
    };
    submit(&post.app, &post.bert, letter.clone(), post.app.clock.now()).await.unwrap();
    assert!(queue(&post).await.is_empty());
    post.clock.advance(SignedDuration::from_mins(5));
    submit(&post.app, &post.bert, letter, post.app.clock.now()).await.unwrap();
    assert_eq!(queue(&post).await.len(), 1);
}

#[tokio::test]
async fn nobody_is_told_who_is_not_to_be() {
    let post = Post::new().await;
    for (on, address) in [(false, Some(PHONE)), (true, None), (true, Some("bert@example.com"))] {
        switches(&post, on, address).await;
        receive(&post, "anna@example.com").await;
        post.clock.advance(SignedDuration::from_mins(5));
        assert!(queue(&post).await.is_empty(), "{on} {address:?}");
    }
    assert_eq!(post.inbox(&post.anna).await.len(), 3);
    assert!(post.inbox(&post.bert).await.is_empty(), "an account here is not told");
}
