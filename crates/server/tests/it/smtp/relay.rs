//! A smarthost that does what a test wants.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use fieldpost_net::tasks::Tasks;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Envelope sender, recipient, content.
pub type Letter = (String, String, String);

#[derive(Clone)]
pub struct Relay {
    pub address: SocketAddr,
    pub letters: Arc<Mutex<Vec<Letter>>>,
    /// The reply to RCPT or, where it begins with `DATA `, to the message; empty: hang up.
    pub reply: Arc<Mutex<&'static str>>,
    tasks: Tasks,
}

impl Relay {
    pub async fn start(reply: &'static str) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let relay = Relay {
            address,
            letters: Arc::default(),
            reply: Arc::new(Mutex::new(reply)),
            tasks: Tasks::new(),
        };
        let accepting = relay.clone();
        relay.tasks.spawn("relay", async move {
            while let Ok((stream, _)) = listener.accept().await {
                let one = accepting.clone();
                accepting.tasks.spawn("relay", async move {
                    let _ = one.serve(stream).await;
                });
            }
        });
        relay
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }

    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        let (mut sender, mut recipient, mut line) = (String::new(), String::new(), String::new());
        stream.get_mut().write_all(b"220 relay\r\n").await?;
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let wanted = *self.reply.lock().unwrap();
            let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let reply = match line.get(..4).unwrap_or_default() {
                "MAIL" => {
                    sender = address();
                    "250 ok"
                }
                "RCPT" if wanted.is_empty() => return Ok(()),
                "RCPT" if !wanted.starts_with("DATA ") => {
                    recipient = address();
                    wanted
                }
                "DATA" => {
                    stream.get_mut().write_all(b"354 go\r\n").await?;
                    let mut content = String::new();
                    while !content.ends_with("\r\n.\r\n") {
                        stream.read_line(&mut content).await?;
                    }
                    let content = content.strip_suffix(".\r\n").unwrap().replace("\r\n..", "\r\n.");
                    match wanted.strip_prefix("DATA ") {
                        Some(reply) => reply,
                        None => {
                            self.letters.lock().unwrap().push((sender.clone(), recipient.clone(), content));
                            "250 taken"
                        }
                    }
                }
                "EHLO" => "250-relay\r\n250 8BITMIME",
                _ => "250 ok",
            };
            stream.get_mut().write_all(format!("{reply}\r\n").as_bytes()).await?;
        }
    }
}
