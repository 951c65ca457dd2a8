//! What the parts of one connection tell each other: the service that hyper calls, the body that it
//! reads, the guard of the socket, and the connection's own task. All run in that task, one at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::Response;

use super::{Body, Pending};
use crate::admission::Admission;

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The head of a request is expected now.
    Head,
    /// A request is in progress.
    Busy,
    /// The last request was answered, or its answer is being written; another may come any time.
    Idle,
}

pub(super) struct State {
    phase: Phase,
    /// How often the phase has changed.
    changes: u64,
    admission: Admission,
    /// A body was announced, and its end not yet seen.
    pub(super) body_open: bool,
    /// The answer that the service waits for without the help of hyper.
    pub(super) parked: Option<Parked>,
    /// The answer that a parked request got, to be written by hyper.
    pub(super) answer: Option<Response<Body>>,
}

/// A request that waits for its answer.
pub(super) struct Parked {
    pub(super) pending: Pending,
    /// The client wants the connection closed after the answer.
    pub(super) close: bool,
}

/// Shared by the parts of one connection.
#[derive(Clone)]
pub(super) struct Exchange(Arc<Mutex<State>>);

impl Exchange {
    pub(super) fn new(admission: Admission) -> Exchange {
        Exchange(Arc::new(Mutex::new(State {
            phase: Phase::Head,
            changes: 0,
            admission,
            body_open: false,
            parked: None,
            answer: None,
        })))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The phase, and a number that tells it from every other time that the connection was in it.
    pub(super) fn phase(&self) -> (Phase, u64) {
        (self.phase, self.changes)
    }

    /// A request came in.
    pub(super) fn busy(&mut self) {
        self.enter(Phase::Busy);
        self.admission.busy();
    }

    /// The request has its answer.
    pub(super) fn idle(&mut self) {
        self.enter(Phase::Idle);
        self.admission.idle();
    }

    /// Bytes came in: where none were expected, the head of a request begins.
    pub(super) fn received(&mut self) {
        if self.phase == Phase::Idle {
            self.enter(Phase::Head);
        }
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.changes += 1;
    }
}
