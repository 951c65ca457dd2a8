//! Transactions that give way: where two stand in each other's way the database ends one of them (PostgreSQL: a
//! deadlock, a serialization failure) or does not let it begin (SQLite: busy). Nothing of it remains, and the same
//! work is done again from its beginning, after a pause that grows, a bounded number of times.

use std::fmt::Display;
use std::time::Duration;

use crate::{StoreError, db};

/// How often the work is begun.
const MOST: u32 = 6;
/// The first pause; each one is three times the one before it.
const PAUSE: Duration = Duration::from_millis(5);

/// An error that may say: the same may succeed at the next attempt, and this one has changed nothing.
pub trait Transient {
    /// Whether the work is worth another attempt at once.
    fn is_transient(&self) -> bool;
}

impl Transient for StoreError {
    fn is_transient(&self) -> bool {
        matches!(self, StoreError::Database(error) if db::is_transient(error))
    }
}

/// Counts the attempts of one piece of work.
#[derive(Debug, Default)]
pub struct Attempts {
    done: u32,
}

impl Attempts {
    /// Whether the work that ended so is to be done again: waits a little then.
    pub async fn again<T, E: Transient + Display>(&mut self, outcome: &Result<T, E>) -> bool {
        let Err(error) = outcome else { return false };
        self.done += 1;
        if self.done >= MOST || !error.is_transient() {
            return false;
        }
        tracing::debug!(%error, "the database asks to try again");
        tokio::time::sleep(PAUSE * 3u32.pow(self.done - 1)).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("trouble")]
    struct Trouble(bool);

    impl Transient for Trouble {
        fn is_transient(&self) -> bool {
            self.0
        }
    }

    #[tokio::test]
    async fn they_end() {
        let begun = async |outcome: fn() -> Result<(), Trouble>| {
            let (mut attempts, mut begun) = (Attempts::default(), 1);
            while attempts.again(&outcome()).await {
                begun += 1;
            }
            begun
        };
        assert_eq!(begun(|| Ok(())).await, 1);
        assert_eq!(begun(|| Err(Trouble(false))).await, 1);
        assert_eq!(begun(|| Err(Trouble(true))).await, MOST);
    }
}
