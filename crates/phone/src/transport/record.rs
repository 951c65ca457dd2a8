//! Keeps what a phone was answered, for those who want to look at all answers together afterwards.

use std::sync::{Arc, Mutex, PoisonError};

use fieldpost_eas::version::Version;

use super::Answer;
use crate::identity::Call;

/// A request and its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What was sent.
    pub call: Call,
    /// In which version.
    pub version: Version,
    /// What came back.
    pub answer: Answer,
}

/// A list of exchanges that any number of phones write to. Bodies are kept whole, in memory.
#[derive(Debug, Clone, Default)]
pub struct Recording(Arc<Mutex<Vec<Exchange>>>);

impl Recording {
    /// Adds one.
    pub fn add(&self, exchange: Exchange) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }

    /// What has been recorded so far, in the order of the answers.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
