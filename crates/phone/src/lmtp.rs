//! Delivers messages to a server from outside, by SMTP (RFC 5321) or LMTP (RFC 2033): one message
//! after the other on one connection, without TLS or authentication, as a mail exchanger or a local
//! delivery agent does. What a phone's user writes goes another way: see [`crate::command`].

use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpStream;

/// Bytes of one reply line that are read; RFC 5321 4.5.3.1.5 allows 512.
const MAX_LINE: u64 = 4096;
/// Lines of one reply that are read.
const MAX_LINES: usize = 128;

/// Which of the two protocols to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// `EHLO`; one reply to a message.
    Smtp,
    /// `LHLO`; one reply for each recipient.
    Lmtp,
}

/// Why a message was not delivered.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// No connection, or it broke.
    #[error("delivery to {to}: {source}")]
    Io {
        /// Host and port.
        to: String,
        /// The system's word for it.
        source: std::io::Error,
    },
    /// Nothing came in time. Whether the message was taken is unknown.
    #[error("delivery: no reply to {command} within {after:?}")]
    Timeout {
        /// The command that was sent.
        command: &'static str,
        /// How long.
        after: Duration,
    },
    /// The server refused.
    #[error("delivery: {command} was answered with {reply}")]
    Refused {
        /// The command that was refused.
        command: &'static str,
        /// The server's answer.
        reply: Reply,
    },
    /// What came is not a reply.
    #[error("delivery: the server's answer to {0} is no SMTP reply")]
    NoReply(&'static str),
    /// An address with characters that would end the command.
    #[error("delivery: '{0}' is no address")]
    Address(String),
}

/// A server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Three digits.
    pub code: u16,
    /// The text of all lines.
    pub text: String,
}

impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

impl Reply {
    /// Whether it is 2xx.
    pub fn is_success(&self) -> bool {
        self.code / 100 == 2
    }
}

/// What became of one message.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// The reply for each recipient that was accepted at `RCPT` (LMTP), or one for all (SMTP).
    pub replies: Vec<Reply>,
    /// When the first byte of the transaction was sent.
    pub started: Instant,
    /// When the last reply had come.
    pub acknowledged: Instant,
}

/// A connection to a mail server.
pub struct MailClient {
    stream: BufStream<TcpStream>,
    protocol: Protocol,
    to: String,
    after: Duration,
}

impl std::fmt::Debug for MailClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailClient({})", self.to)
    }
}

impl MailClient {
    /// Connects to `host:port` and says hello. `after` bounds the wait for each reply.
    pub async fn connect(to: &str, protocol: Protocol, after: Duration) -> Result<MailClient, DeliveryError> {
        let io = |source| DeliveryError::Io { to: to.to_owned(), source };
        let tcp = tokio::time::timeout(after, TcpStream::connect(to))
            .await
            .map_err(|_| DeliveryError::Timeout { command: "connect", after })?
            .map_err(io)?;
        tcp.set_nodelay(true).map_err(io)?;
        let stream = BufStream::new(tcp);
        let mut client = MailClient { stream, protocol, to: to.to_owned(), after };
        client.expect("connect", 2).await?;
        match protocol {
            Protocol::Smtp => client.command("EHLO", "EHLO fieldpost-phone.invalid").await?,
            Protocol::Lmtp => client.command("LHLO", "LHLO fieldpost-phone.invalid").await?,
        };
        Ok(client)
    }

    /// Delivers one message from `sender` (empty for the null sender) to `recipients`. Line ends
    /// become CRLF. A recipient that is refused fails the whole transaction before any data is sent.
    pub async fn deliver(
        &mut self,
        sender: &str,
        recipients: &[&str],
        message: &[u8],
    ) -> Result<Delivered, DeliveryError> {
        let started = Instant::now();
        let content = dot_stuffed(message);
        self.command("MAIL", &format!("MAIL FROM:<{}>", address(sender)?)).await?;
        for recipient in recipients {
            if let Err(e) = self.command("RCPT", &format!("RCPT TO:<{}>", address(recipient)?)).await {
                self.command("RSET", "RSET").await?;
                return Err(e);
            }
        }
        self.send(b"DATA\r\n").await?;
        self.expect("DATA", 3).await?;
        self.send(&content).await?;
        let expected = match self.protocol {
            Protocol::Smtp => 1,
            Protocol::Lmtp => recipients.len(),
        };
        let mut replies = Vec::with_capacity(expected);
        for _ in 0..expected {
            replies.push(self.reply("message").await?);
        }
        let acknowledged = Instant::now();
        match replies.iter().find(|r| !r.is_success()) {
            Some(reply) => Err(DeliveryError::Refused { command: "message", reply: reply.clone() }),
            None => Ok(Delivered { replies, started, acknowledged }),
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) -> Result<(), DeliveryError> {
        self.command("QUIT", "QUIT").await.map(drop)
    }

    async fn command(&mut self, name: &'static str, line: &str) -> Result<Reply, DeliveryError> {
        self.send(format!("{line}\r\n").as_bytes()).await?;
        self.expect(name, 2).await
    }

    async fn expect(&mut self, name: &'static str, class: u16) -> Result<Reply, DeliveryError> {
        let reply = self.reply(name).await?;
        match reply.code / 100 == class {
            true => Ok(reply),
            false => Err(DeliveryError::Refused { command: name, reply }),
        }
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<(), DeliveryError> {
        let after = self.after;
        let sent = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        tokio::time::timeout(after, sent)
            .await
            .map_err(|_| DeliveryError::Timeout { command: "send", after })?
            .map_err(|source| DeliveryError::Io { to: self.to.clone(), source })
    }

    async fn reply(&mut self, command: &'static str) -> Result<Reply, DeliveryError> {
        let after = self.after;
        tokio::time::timeout(after, self.read_reply(command))
            .await
            .map_err(|_| DeliveryError::Timeout { command, after })?
    }

    async fn read_reply(&mut self, command: &'static str) -> Result<Reply, DeliveryError> {
        let mut all = String::new();
        for _ in 0..MAX_LINES {
            let mut line = String::new();
            let n = (&mut self.stream)
                .take(MAX_LINE)
                .read_line(&mut line)
                .await
                .map_err(|source| DeliveryError::Io { to: self.to.clone(), source })?;
            if n == 0 {
                let source = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
                return Err(DeliveryError::Io { to: self.to.clone(), source });
            }
            let (code, last, text) = parse_line(&line).ok_or(DeliveryError::NoReply(command))?;
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(text);
            if last {
                return Ok(Reply { code, text: all });
            }
        }
        Err(DeliveryError::NoReply(command))
    }
}

/// `250-text` goes on, `250 text` and `250` end a reply (RFC 5321 4.2.1).
fn parse_line(line: &str) -> Option<(u16, bool, &str)> {
    let line = line.trim_end_matches(['\r', '\n']);
    let (code, rest) = line.split_at_checked(3)?;
    if !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let code = code.parse().ok()?;
    match rest.as_bytes().first() {
        None => Some((code, true, "")),
        Some(b' ') => Some((code, true, &rest[1..])),
        Some(b'-') => Some((code, false, &rest[1..])),
        Some(_) => None,
    }
}

fn address(text: &str) -> Result<&str, DeliveryError> {
    match text.chars().any(|c| c.is_control() || matches!(c, '<' | '>')) {
        true => Err(DeliveryError::Address(text.escape_debug().to_string())),
        false => Ok(text),
    }
}

/// The message as `DATA` carries it: CRLF line ends, leading dots doubled, and the dot that ends it
/// (RFC 5321 4.5.2).
fn dot_stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 32 + 8);
    let body = message.strip_suffix(b"\n").unwrap_or(message);
    for line in body.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        out.extend_from_slice(line);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_stuffed_and_line_ends_made_right() {
        assert_eq!(dot_stuffed(b"a\n.b\r\n..\n"), b"a\r\n..b\r\n...\r\n.\r\n");
        assert_eq!(dot_stuffed(b"no end"), b"no end\r\n.\r\n");
    }

    #[test]
    fn reply_lines() {
        assert_eq!(parse_line("250-PIPELINING\r\n"), Some((250, false, "PIPELINING")));
        assert_eq!(parse_line("250\r\n"), Some((250, true, "")));
        assert_eq!(parse_line("hello\r\n"), None);
        assert_eq!(parse_line("25"), None);
    }

    #[test]
    fn addresses_cannot_smuggle_commands() {
        assert!(address("a@b>\r\nRCPT TO:<c@d").is_err());
        assert_eq!(address("").unwrap(), "");
    }
}
