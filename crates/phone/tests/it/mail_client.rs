//! Delivery from outside, against a mail server that follows a script.

use std::time::Duration;

use fieldpost_phone::lmtp::{DeliveryError, MailClient, Protocol};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Answers each line with the next reply; after a 354 it reads to the final dot. Returns what came.
async fn scripted(replies: Vec<&'static str>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let to = listener.local_addr().unwrap().to_string();
    #[expect(clippy::disallowed_methods, reason = "a test has no drain")]
    let task = tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        let mut stream = BufStream::new(tcp);
        let mut lines = Vec::new();
        let mut in_data = false;
        for reply in replies {
            stream.write_all(reply.as_bytes()).await.unwrap();
            stream.flush().await.unwrap();
            // Replies to a whole message follow each other without a command between.
            if reply.starts_with("250 rcpt") {
                continue;
            }
            in_data |= reply.starts_with("354");
            loop {
                let mut line = String::new();
                if stream.read_line(&mut line).await.unwrap() == 0 {
                    return lines;
                }
                lines.push(line.clone());
                if !in_data || line == ".\r\n" {
                    in_data = false;
                    break;
                }
            }
        }
        lines
    });
    (to, task)
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let (to, task) = scripted(vec![
        "220 hi\r\n",
        "250-PIPELINING\r\n250 8BITMIME\r\n",
        "250 ok\r\n",
        "250 ok\r\n",
        "250 ok\r\n",
        "354 go\r\n",
        "250 rcpt one\r\n",
        "250 two\r\n",
        "221 bye\r\n",
    ])
    .await;
    let mut client = MailClient::connect(&to, Protocol::Lmtp, Duration::from_secs(10)).await.unwrap();
    let message = b"Subject: x\n\n.dot\n";
    let done = client.deliver("a@example.net", &["b@example.org", "c@example.org"], message).await.unwrap();
    assert_eq!(done.replies.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), ["rcpt one", "two"]);
    assert!(done.acknowledged >= done.started);
    client.quit().await.unwrap();
    assert_eq!(
        task.await.unwrap(),
        [
            "LHLO fieldpost-phone.invalid\r\n",
            "MAIL FROM:<a@example.net>\r\n",
            "RCPT TO:<b@example.org>\r\n",
            "RCPT TO:<c@example.org>\r\n",
            "DATA\r\n",
            "Subject: x\r\n",
            "\r\n",
            "..dot\r\n",
            ".\r\n",
            "QUIT\r\n",
        ]
    );
}

#[tokio::test]
async fn a_refused_recipient_stops_before_the_data() {
    let (to, task) =
        scripted(vec!["220 hi\r\n", "250 hello\r\n", "250 ok\r\n", "550 no such user\r\n", "250 reset\r\n"])
            .await;
    let mut client = MailClient::connect(&to, Protocol::Smtp, Duration::from_secs(10)).await.unwrap();
    let error = client.deliver("", &["nobody@example.org"], b"x").await.unwrap_err();
    assert!(matches!(error, DeliveryError::Refused { command: "RCPT", .. }));
    assert_eq!(error.to_string(), "delivery: RCPT was answered with 550 no such user");
    drop(client);
    assert_eq!(task.await.unwrap().last().unwrap(), "RSET\r\n");
}
