//! Lines and messages over a connection, within bounds of length and time.

use std::time::Duration;

use fieldpost_net::stream::Stream;
use memchr::memchr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::data::DataReader;
use super::reply::Reply;

/// Longest command line. RFC 5321 4.5.3.1.4 asks for 512, extensions for more.
const LINE: usize = 4_096;
/// Read at a time.
const PIECE: usize = 16 * 1_024;
/// A client that takes no reply for so long is gone.
const WRITE: Duration = Duration::from_secs(60);
/// Of a message that is too large, so many times the limit is read and thrown away to be able to say so.
const WASTE: usize = 4;

/// How long to wait for the client (RFC 5321 4.5.3.2).
#[derive(Debug, Clone)]
pub struct Patience {
    /// For a command. Default 5 min.
    pub command: Duration,
    /// For the next piece of a message. Default 3 min.
    pub piece: Duration,
    /// For a whole message. Default 1 h.
    pub message: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            command: Duration::from_secs(300),
            piece: Duration::from_secs(180),
            message: Duration::from_secs(3_600),
        }
    }
}

/// Why there is nothing more to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// The client closed the connection, or it broke.
    Closed,
    /// It was silent for too long.
    Silent,
    /// The server is being stopped.
    Stopping,
    /// It sends a message far beyond the limit.
    Flooding,
}

/// A line of a command.
pub(super) enum Line {
    /// With its line feed.
    Whole(Vec<u8>),
    /// It was longer than allowed, and thrown away.
    TooLong,
}

/// A message or a chunk of one.
pub(super) enum Content {
    /// All of it was kept.
    Whole(Vec<u8>),
    /// It was larger than allowed, and thrown away.
    TooLarge,
}

pub(super) struct Wire {
    stream: Stream,
    input: Vec<u8>,
    output: Vec<u8>,
    patience: Patience,
    stopping: CancellationToken,
}

impl Wire {
    pub(super) fn new(stream: Stream, patience: Patience, stopping: CancellationToken) -> Wire {
        Wire { stream, input: Vec::new(), output: Vec::new(), patience, stopping }
    }

    pub(super) fn is_tls(&self) -> bool {
        self.stream.is_tls()
    }

    /// The connection for TLS. What the client sent ahead of it is thrown away: nobody knows who put it
    /// there (RFC 3207 4.2).
    pub(super) fn into_stream(self) -> Stream {
        self.stream
    }

    /// Puts a reply up for sending, with the next [`Wire::flush`] or before the next wait.
    pub(super) fn reply(&mut self, reply: &Reply) {
        reply.write(&mut self.output);
    }

    /// Puts up a reply of several lines, each `250-` but the last.
    pub(super) fn reply_lines(&mut self, lines: &[String]) {
        for (index, line) in lines.iter().enumerate() {
            let mark = if index + 1 == lines.len() { ' ' } else { '-' };
            self.output.extend_from_slice(format!("250{mark}{line}\r\n").as_bytes());
        }
    }

    pub(super) async fn flush(&mut self) -> Result<(), Gone> {
        if self.output.is_empty() {
            return Ok(());
        }
        let write = async {
            self.stream.write_all(&self.output).await?;
            self.stream.flush().await
        };
        let written = tokio::time::timeout(WRITE, write).await;
        self.output.clear();
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Gone::Closed),
            Err(_) => Err(Gone::Silent),
        }
    }

    /// The next command.
    pub(super) async fn line(&mut self) -> Result<Line, Gone> {
        let deadline = Instant::now() + self.patience.command;
        let mut too_long = false;
        loop {
            if let Some(end) = memchr(b'\n', &self.input) {
                let line: Vec<u8> = self.input.drain(..=end).collect();
                return Ok(if too_long || line.len() > LINE { Line::TooLong } else { Line::Whole(line) });
            }
            if self.input.len() > LINE {
                too_long = true;
                self.input.clear();
            }
            let stopping = self.stopping.clone();
            tokio::select! {
                biased;
                result = self.fill(deadline) => result?,
                () = stopping.cancelled() => return Err(Gone::Stopping),
            }
        }
    }

    /// A message up to its final dot, `limit` bytes at most.
    pub(super) async fn message(&mut self, limit: usize) -> Result<Content, Gone> {
        let end = Instant::now() + self.patience.message;
        let (mut reader, mut content, mut size) = (DataReader::new(), Vec::new(), 0);
        loop {
            let keep = |bytes: &[u8]| {
                size += bytes.len();
                if size <= limit {
                    content.extend_from_slice(bytes);
                }
            };
            let used = reader.push(&self.input, keep);
            self.input.drain(..used.unwrap_or(self.input.len()));
            if size > limit {
                content = Vec::new();
            }
            match used {
                Some(_) if size > limit => return Ok(Content::TooLarge),
                Some(_) => return Ok(Content::Whole(content)),
                None if size > limit.saturating_mul(WASTE) => return Err(Gone::Flooding),
                None => self.fill(end.min(Instant::now() + self.patience.piece)).await?,
            }
        }
    }

    /// Exactly `size` bytes, kept where they are at most `limit`.
    pub(super) async fn chunk(&mut self, size: usize, limit: usize) -> Result<Content, Gone> {
        if size > limit.saturating_mul(WASTE) {
            return Err(Gone::Flooding);
        }
        let end = Instant::now() + self.patience.message;
        let (mut content, mut left) = (Vec::new(), size);
        while left > 0 {
            let length = left.min(self.input.len());
            if size <= limit {
                content.extend_from_slice(self.input.get(..length).unwrap_or_default());
            }
            self.input.drain(..length);
            left -= length;
            if left > 0 {
                self.fill(end.min(Instant::now() + self.patience.piece)).await?;
            }
        }
        Ok(if size <= limit { Content::Whole(content) } else { Content::TooLarge })
    }

    /// Sends what is to be sent, then reads a piece.
    async fn fill(&mut self, deadline: Instant) -> Result<(), Gone> {
        self.flush().await?;
        self.input.reserve(PIECE);
        match tokio::time::timeout_at(deadline, self.stream.read_buf(&mut self.input)).await {
            Ok(Ok(0) | Err(_)) => Err(Gone::Closed),
            Ok(Ok(_)) => Ok(()),
            Err(_) => Err(Gone::Silent),
        }
    }
}
