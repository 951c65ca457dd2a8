//! The postmaster is reached at every domain (RFC 5321 4.5.1).

use fieldpost_server::mail::postmaster;
use fieldpost_store::NewAccount;

use super::dialogue::Dialogue;
use super::post::Post;

async fn write(post: &Post, address: &str) {
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    client.expect("MAIL FROM:<x@y.example>", "250").await;
    client.expect(&format!("RCPT TO:<{address}>"), "250 2.1.5").await;
    client.expect("DATA", "354").await;
    client.expect("Subject: help\r\n\r\nwords\r\n.", "250").await;
}

const NAMES: [&str; 4] =
    ["postmaster", "Postmaster@example.com", "POSTMASTER@EXAMPLE.ORG", "postmaster+urgent@example.com"];

#[tokio::test]
async fn the_oldest_account_or_the_one_that_is_named_has_its_mail() {
    let post = Post::new().await;
    for (number, name) in NAMES[..3].iter().enumerate() {
        write(&post, name).await;
        assert_eq!(post.inbox(&post.anna).await.len(), number + 1, "{name}");
    }
    let mut client = Dialogue::hello(post.smtp(), "EHLO c").await;
    client.expect("MAIL FROM:<x@y.example>", "250").await;
    client.expect("RCPT TO:<postmaster@elsewhere.example>", "550 5.7.1").await;
    // Nobody reads a disabled account.
    post.app.store.set_disabled(post.anna.id, true).await.unwrap();
    write(&post, "postmaster").await;
    assert_eq!(post.inbox(&post.bert).await.len(), 1);
    // An account of that name goes first.
    let new = NewAccount { address: "postmaster@example.com".into(), ..NewAccount::default() };
    let own = post.app.store.create_account(new, post.app.clock.now()).await.unwrap();
    write(&post, NAMES[3]).await;
    assert_eq!((post.inbox(&own).await.len(), post.inbox(&post.bert).await.len()), (1, 1));

    let post = Post::with(|settings| settings.postmaster = Some("Bert@example.com".into())).await;
    write(&post, "postmaster").await;
    assert_eq!((post.inbox(&post.anna).await.len(), post.inbox(&post.bert).await.len()), (0, 1));
    // A name that nobody has any more is as good as none.
    let post = Post::with(|settings| settings.postmaster = Some("gone@example.com".into())).await;
    assert_eq!(postmaster::account(&post.app).await.unwrap().unwrap().address, "anna@example.com");
}
