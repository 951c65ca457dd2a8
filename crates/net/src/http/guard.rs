//! Watches the clock on a connection while hyper reads and writes it.
//!
//! hyper knows one time limit, for a head, which it starts when the answer before was written. Here are
//! three: a head must be complete soon after its first byte, the next request may take longer to begin,
//! and a client that takes nothing of its answer is given up.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::exchange::{Exchange, Phase};
use crate::limits::Limits;
use crate::stream::Stream;

pub(super) struct Guard {
    stream: Stream,
    /// Read from the connection before, to be read again first.
    carried: Bytes,
    exchange: Exchange,
    head: Duration,
    idle: Duration,
    write_stall: Duration,
    reading: Timer,
    writing: Timer,
    /// What `reading` was set for.
    timed: Option<(Phase, u64)>,
}

/// A timer that takes memory only while it runs.
#[derive(Default)]
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    fn set(&mut self, after: Duration) {
        let deadline = Instant::now() + after;
        match &mut self.0 {
            Some(sleep) => sleep.as_mut().reset(deadline),
            None => self.0 = Some(Box::pin(tokio::time::sleep_until(deadline))),
        }
    }

    fn stop(&mut self) {
        self.0 = None;
    }

    fn is_over(&mut self, cx: &mut Context<'_>) -> bool {
        self.0.as_mut().is_some_and(|sleep| sleep.as_mut().poll(cx).is_ready())
    }
}

impl Guard {
    pub(super) fn new(stream: Stream, carried: Bytes, exchange: Exchange, limits: &Limits) -> Guard {
        Guard {
            stream,
            carried,
            exchange,
            head: limits.head,
            idle: limits.idle,
            write_stall: limits.write_stall,
            reading: Timer::default(),
            writing: Timer::default(),
            timed: None,
        }
    }

    pub(super) fn into_stream(self) -> Stream {
        self.stream
    }

    /// Sets the timer for the phase that the connection is in, unless it runs already.
    fn time_phase(&mut self) {
        let now = self.exchange.lock().phase();
        if self.timed == Some(now) {
            return;
        }
        self.timed = Some(now);
        match now.0 {
            Phase::Head => self.reading.set(self.head),
            Phase::Idle => self.reading.set(self.idle),
            Phase::Busy => self.reading.stop(),
        }
    }

    /// Idle counts from the last byte of the answer, which may be large and the phone slow.
    fn wrote(&mut self, result: &Poll<io::Result<usize>>) {
        if result.is_ready() && matches!(self.timed, Some((Phase::Idle, _))) {
            self.reading.set(self.idle);
        }
    }

    fn guard_write<T>(&mut self, cx: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.writing.stop();
            return result;
        }
        if self.writing.0.is_none() {
            self.writing.set(self.write_stall);
        }
        if self.writing.is_over(cx) {
            return Poll::Ready(Err(timed_out("the client takes nothing of its answer")));
        }
        Poll::Pending
    }
}

fn timed_out(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what)
}

impl AsyncRead for Guard {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.carried.is_empty() {
            let length = this.carried.len().min(buf.remaining());
            buf.put_slice(&this.carried[..length]);
            this.carried.advance(length);
            this.exchange.lock().received();
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        let result = Pin::new(&mut this.stream).poll_read(cx, buf);
        if result.is_ready() {
            if buf.filled().len() > before {
                this.exchange.lock().received();
            }
            return result;
        }
        this.time_phase();
        if this.reading.is_over(cx) {
            return Poll::Ready(Err(timed_out("no complete request in time")));
        }
        Poll::Pending
    }
}

impl AsyncWrite for Guard {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_write(cx, buf);
        this.wrote(&result);
        this.guard_write(cx, result)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        this.wrote(&result);
        this.guard_write(cx, result)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_flush(cx);
        if result.is_ready() {
            // hyper waits for the next request with the read that it tried while the last was in
            // progress, so this is where idling is first seen. The timer wakes it, and it reads again.
            this.time_phase();
            let _ = this.reading.is_over(cx);
        }
        this.guard_write(cx, result)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_shutdown(cx);
        this.guard_write(cx, result)
    }
}
