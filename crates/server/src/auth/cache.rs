//! Verified credentials, remembered for minutes so that a phone does not cost an argon2 run with
//! each request. Kept in memory alone, as keyed hashes under a key that lives as long as the process.

use aws_lc_rs::hmac;
use fieldpost_domain::AccountId;
use jiff::{SignedDuration, Timestamp};
use quick_cache::sync::Cache;

use crate::entropy::{Entropy, bytes};

/// Most credentials remembered; the ones least used are forgotten first.
const CAPACITY: usize = 100_000;
/// However often it is used, a credential is checked again after this long.
const AT_MOST: SignedDuration = SignedDuration::from_hours(24);

/// The keyed hash of one credential. It covers the stored hash, so a changed password is forgotten
/// with the change itself.
type Mark = [u8; 32];

#[derive(Clone, Copy)]
struct Known {
    verified: Timestamp,
    used: Timestamp,
}

/// The remembered credentials.
pub struct CredentialCache {
    key: hmac::Key,
    known: Cache<Mark, Known>,
    ttl: SignedDuration,
}

impl CredentialCache {
    /// An empty cache that forgets a credential `ttl` after its last use.
    pub fn new(entropy: &dyn Entropy, ttl: SignedDuration) -> CredentialCache {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes::<32>(entropy));
        CredentialCache { key, known: Cache::new(CAPACITY), ttl }
    }

    fn mark(&self, account: AccountId, stored: &str, password: &[u8]) -> Mark {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(&account.0.to_le_bytes());
        context.update(&(stored.len() as u64).to_le_bytes());
        context.update(stored.as_bytes());
        context.update(password);
        let mut mark = [0; 32];
        for (to, from) in mark.iter_mut().zip(context.sign().as_ref()) {
            *to = *from;
        }
        mark
    }

    /// Whether this password was verified against this stored hash not long ago. The look-up is by
    /// a keyed hash: its timing tells nothing about a password.
    pub fn knows(&self, account: AccountId, stored: &str, password: &[u8], now: Timestamp) -> bool {
        let mark = self.mark(account, stored, password);
        let Some(known) = self.known.get(&mark) else {
            return false;
        };
        if now.duration_since(known.used) > self.ttl || now.duration_since(known.verified) > AT_MOST {
            self.known.remove(&mark);
            return false;
        }
        if now.duration_since(known.used) > self.ttl / 8 {
            self.known.insert(mark, Known { used: now, ..known });
        }
        true
    }

    /// Remembers a password that was just verified.
    pub fn remember(&self, account: AccountId, stored: &str, password: &[u8], now: Timestamp) {
        let mark = self.mark(account, stored, password);
        self.known.insert(mark, Known { verified: now, used: now });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    #[test]
    fn it_forgets_with_time_and_with_the_stored_hash() {
        let cache = CredentialCache::new(&SystemEntropy, SignedDuration::from_mins(15));
        let mia = AccountId(7);
        assert!(!cache.knows(mia, "h1", b"secret", at(0)));
        cache.remember(mia, "h1", b"secret", at(0));
        assert!(cache.knows(mia, "h1", b"secret", at(1)));
        assert!(!cache.knows(mia, "h1", b"Secret", at(1)));
        assert!(!cache.knows(AccountId(8), "h1", b"secret", at(1)));
        assert!(!cache.knows(mia, "h2", b"secret", at(1)), "the password was changed");
        assert!(cache.knows(mia, "h1", b"secret", at(600)), "use prolongs it");
        assert!(cache.knows(mia, "h1", b"secret", at(1200)));
        assert!(!cache.knows(mia, "h1", b"secret", at(2200)));
        assert!(!cache.knows(mia, "h1", b"secret", at(1200)), "forgotten is forgotten");
    }

    #[test]
    fn a_day_is_the_end_of_it() {
        let cache = CredentialCache::new(&SystemEntropy, SignedDuration::from_mins(15));
        cache.remember(AccountId(1), "h", b"p", at(0));
        let mut time = 0;
        while time <= 24 * 3600 {
            assert!(cache.knows(AccountId(1), "h", b"p", at(time)));
            time += 600;
        }
        assert!(!cache.knows(AccountId(1), "h", b"p", at(time)));
    }
}
