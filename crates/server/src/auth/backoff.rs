//! Back-off after wrong passwords: each further failure of one account from one source waits longer,
//! up to a bound. Nobody is locked out for good, so a forgotten phone with an old password cannot
//! shut its owner out, and nobody else waits.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use quick_cache::sync::Cache;

/// Failures that cost nothing: a finger may slip.
const FREE: u32 = 3;
/// Longest wait.
const LONGEST: Duration = Duration::from_secs(30);
/// Failures are forgotten after this long without another.
const MEMORY: SignedDuration = SignedDuration::from_mins(15);
/// Failures of one source, whatever the accounts, after which it has to share one slow lane.
const SUSPECT: u32 = 10;
/// Keys remembered; those least used are forgotten first.
const CAPACITY: usize = 50_000;

#[derive(Clone, Copy, Default)]
struct Failures {
    count: u32,
    last: Timestamp,
}

/// How often who failed.
pub struct Backoff {
    pairs: Cache<(String, IpAddr), Failures>,
    sources: Cache<IpAddr, Failures>,
}

/// A source as far as it can be told apart: an IPv6 host has a whole /64 to itself.
fn source_of(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

fn live(failures: Option<Failures>, now: Timestamp) -> u32 {
    failures.filter(|f| now.duration_since(f.last) <= MEMORY).map_or(0, |f| f.count)
}

impl Default for Backoff {
    fn default() -> Backoff {
        Backoff { pairs: Cache::new(CAPACITY), sources: Cache::new(CAPACITY) }
    }
}

impl Backoff {
    /// How long a check of this account from this peer has to wait.
    pub fn delay(&self, account: &str, peer: IpAddr, now: Timestamp) -> Duration {
        let count = live(self.pairs.get(&(account.to_ascii_lowercase(), source_of(peer))), now);
        match count.checked_sub(FREE) {
            None => Duration::ZERO,
            Some(over) => LONGEST.min(Duration::from_secs(1 << over.min(16))),
        }
    }

    /// Whether the peer failed so often that it has to share the slow lane.
    pub fn is_suspect(&self, peer: IpAddr, now: Timestamp) -> bool {
        live(self.sources.get(&source_of(peer)), now) >= SUSPECT
    }

    /// A check failed.
    pub fn failed(&self, account: &str, peer: IpAddr, now: Timestamp) {
        let source = source_of(peer);
        let pair = (account.to_ascii_lowercase(), source);
        let count = live(self.pairs.get(&pair), now).saturating_add(1);
        self.pairs.insert(pair, Failures { count, last: now });
        let count = live(self.sources.get(&source), now).saturating_add(1);
        self.sources.insert(source, Failures { count, last: now });
    }

    /// A check succeeded: this account's failures from there are forgotten.
    pub fn succeeded(&self, account: &str, peer: IpAddr) {
        self.pairs.remove(&(account.to_ascii_lowercase(), source_of(peer)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    #[test]
    fn delays_grow_to_a_bound_for_one_pair_alone() {
        let backoff = Backoff::default();
        let (phone, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let mut delays = Vec::new();
        for _ in 0..10 {
            delays.push(backoff.delay("mia@example.org", phone, at(0)).as_secs());
            backoff.failed("Mia@example.org", phone, at(0));
        }
        assert_eq!(delays, [0, 0, 0, 1, 2, 4, 8, 16, 30, 30]);
        assert!(backoff.is_suspect(phone, at(0)));
        assert!(!backoff.is_suspect(other, at(0)));
        assert_eq!(backoff.delay("mia@example.org", other, at(0)), Duration::ZERO);
        assert_eq!(backoff.delay("ben@example.org", phone, at(0)), Duration::ZERO);
        assert_eq!(backoff.delay("mia@example.org", phone, at(1000)), Duration::ZERO, "forgotten in time");
        backoff.succeeded("mia@example.org", phone);
        assert_eq!(backoff.delay("mia@example.org", phone, at(0)), Duration::ZERO);
    }

    #[test]
    fn one_ipv6_network_is_one_source() {
        let backoff = Backoff::default();
        for host in 1..=4u16 {
            let peer = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, host));
            backoff.failed("mia@example.org", peer, at(0));
        }
        let peer = "2001:db8:0:1:ffff::1".parse().unwrap();
        assert_eq!(backoff.delay("mia@example.org", peer, at(0)), Duration::from_secs(2));
        let elsewhere = "2001:db8:0:2::1".parse().unwrap();
        assert_eq!(backoff.delay("mia@example.org", elsewhere, at(0)), Duration::ZERO);
    }
}
