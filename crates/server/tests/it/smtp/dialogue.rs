//! A client that says what it is told to and hands back what it hears.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Long enough for a busy machine; a test that needs it has failed.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Dialogue(pub BufReader<TcpStream>);

impl Dialogue {
    /// Connects and hears the greeting.
    pub async fn begin(address: SocketAddr) -> Dialogue {
        let mut dialogue = Dialogue(BufReader::new(TcpStream::connect(address).await.unwrap()));
        assert!(dialogue.hear().await.starts_with("220 mail.example.com "));
        dialogue
    }

    /// Connects and says hello.
    pub async fn hello(address: SocketAddr, hello: &str) -> Dialogue {
        let mut dialogue = Dialogue::begin(address).await;
        assert!(dialogue.say(hello).await.starts_with("250"));
        dialogue
    }

    pub async fn send(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).await.unwrap();
    }

    /// One reply, all its lines.
    pub async fn hear(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line);
            let length = tokio::time::timeout(PATIENCE, read).await.expect("no reply").unwrap();
            assert!(length > 0, "closed after {reply:?}");
            reply.push_str(&line);
            if line.as_bytes().get(3) != Some(&b'-') {
                return reply;
            }
        }
    }

    pub async fn say(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n").as_bytes()).await;
        self.hear().await
    }

    /// Says a line and checks the beginning of the reply.
    pub async fn expect(&mut self, line: &str, reply: &str) {
        let heard = self.say(line).await;
        assert!(heard.starts_with(reply), "{line:?}: {heard:?}, not {reply:?}");
    }

    /// Whether the server has closed the connection.
    pub async fn is_closed(&mut self) -> bool {
        let mut rest = Vec::new();
        tokio::time::timeout(PATIENCE, self.0.read_to_end(&mut rest)).await.is_ok() && rest.is_empty()
    }
}
