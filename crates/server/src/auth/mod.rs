//! Who is it? Basic authentication (RFC 7617) against the accounts of the store.
//!
//! The order of work: [`login`] reads the header, [`cache`] knows what was verified a short while
//! ago, [`backoff`] makes those wait who fail again and again, and [`password`] does the expensive
//! comparison, a few at a time and never on the threads that serve everybody; [`refusals`] remembers the devices
//! that failed. A phone may come with an app
//! password instead ([`fieldpost_domain::app_password`]); nothing else takes one.

pub mod backoff;
pub mod cache;
pub mod login;
pub mod password;
pub mod refusals;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::app_password::Secret;
use fieldpost_store::{Account, AppPasswordUse, Store, StoreError};
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use tracing::{debug, warn};

use self::backoff::Backoff;
use self::cache::CredentialCache;
use self::login::Credentials;
use self::refusals::Refusals;
use crate::clock::Clock;
use crate::entropy::{Entropy, token};

/// Checks that may wait for the slow lane before more of them are turned away.
const SLOW_LANE_QUEUE: usize = 16;
/// How long those turned away are told to wait, in seconds.
const TURNED_AWAY: u32 = 30;

/// Why nobody was recognised.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// No credentials, or wrong ones: 401.
    #[error("no valid credentials")]
    Credentials,
    /// Too many checks for this peer are waiting: 503.
    #[error("too many sign-in attempts from this address are waiting")]
    Busy {
        /// Seconds after which to try again.
        retry_after: u32,
    },
    /// The accounts can't be read: 503, never 401 (MS-ASHTTP_R265).
    #[error("the accounts can't be read: {0}")]
    Store(#[from] StoreError),
}

/// Who a phone's request comes from.
#[derive(Debug, Clone)]
pub struct Proven {
    /// The account. It may be a disabled one.
    pub account: Account,
    /// It was proved by an app password of the device.
    pub by_app_password: bool,
}

/// Recognises users.
pub struct Authenticator {
    store: Store,
    clock: Arc<dyn Clock>,
    domains: Vec<String>,
    cache: CredentialCache,
    backoff: Backoff,
    refusals: Arc<Refusals>,
    /// Checks of peers that did nothing wrong, as many at once as there are processors.
    lane: Arc<Semaphore>,
    /// Checks of peers that failed often, one at once, so that a flood slows nobody else.
    slow_lane: Arc<Semaphore>,
    slow_lane_queue: Arc<Semaphore>,
    /// What an unknown user's password is compared with, so that the answer takes as long.
    nobody: String,
}

impl Authenticator {
    /// Prepares to recognise the accounts of `store`; `domains` are the local ones, the default
    /// first. Takes the time of one password hash.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: &dyn Entropy,
        domains: Vec<String>,
        ttl: SignedDuration,
    ) -> Result<Authenticator, password::PasswordError> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Authenticator {
            store,
            clock,
            domains,
            cache: CredentialCache::new(entropy, ttl),
            backoff: Backoff::default(),
            refusals: Arc::default(),
            lane: Arc::new(Semaphore::new(processors)),
            slow_lane: Arc::new(Semaphore::new(1)),
            slow_lane_queue: Arc::new(Semaphore::new(SLOW_LANE_QUEUE)),
            nobody: password::hash(token(entropy).as_bytes(), entropy)?,
        })
    }

    /// The account that an `Authorization` header proves with the account's own password. It may be a
    /// disabled one.
    pub async fn authenticate(&self, header: Option<&[u8]>, peer: IpAddr) -> Result<Account, Denied> {
        let credentials = header.and_then(Credentials::from_header).ok_or(Denied::Credentials)?;
        let address = login::address(&credentials.user, &self.domains).ok_or(Denied::Credentials)?;
        let account = self.store.account_by_address(&address).await?;
        self.by_password(&credentials, &address, account, peer).await
    }

    /// The account that the header of a phone's request proves, by the account's own password or by an app
    /// password, which is then bound to the device. `device_id` is none where the request names no device:
    /// OPTIONS and Autodiscover.
    pub async fn authenticate_phone(
        &self,
        header: Option<&[u8]>,
        peer: IpAddr,
        device_id: Option<&str>,
    ) -> Result<Proven, Denied> {
        let credentials = header.and_then(Credentials::from_header).ok_or(Denied::Credentials)?;
        let address = login::address(&credentials.user, &self.domains).ok_or(Denied::Credentials)?;
        let account = self.store.account_by_address(&address).await?;
        let asked = account.as_ref().map(|account| account.id).zip(device_id);
        let proven = self.prove_phone(&credentials, &address, account, peer, device_id).await;
        if let (Err(Denied::Credentials), Some((account, device_id))) = (&proven, asked) {
            self.refusals.note(account, device_id, self.clock.now());
        }
        proven
    }

    /// The devices that came with a wrong password.
    pub fn refusals(&self) -> &Arc<Refusals> {
        &self.refusals
    }

    async fn prove_phone(
        &self,
        credentials: &Credentials,
        address: &str,
        account: Option<Account>,
        peer: IpAddr,
        device_id: Option<&str>,
    ) -> Result<Proven, Denied> {
        if let (Some(account), Some(secret)) = (&account, Secret::parse(&credentials.password)) {
            let hash = secret.hash(account.id);
            match self.store.use_app_password(account.id, &hash, device_id, self.clock.now()).await? {
                AppPasswordUse::Granted => {
                    return Ok(Proven { account: account.clone(), by_app_password: true });
                }
                AppPasswordUse::Foreign(bound) => {
                    let bound = bound.device_id;
                    warn!(%peer, user = %credentials.user, device_id, bound, "an app password of another device");
                    self.backoff.failed(address, peer, self.clock.now());
                    return Err(Denied::Credentials);
                }
                // The account's own password may look like that.
                AppPasswordUse::Unknown => {}
            }
        }
        let account = self.by_password(credentials, address, account, peer).await?;
        Ok(Proven { account, by_app_password: false })
    }

    async fn by_password(
        &self,
        credentials: &Credentials,
        address: &str,
        account: Option<Account>,
        peer: IpAddr,
    ) -> Result<Account, Denied> {
        let stored = match &account {
            Some(account) => self.store.password_hash(account.id).await?,
            None => None,
        };
        let account = account.zip(stored);
        if let Some((account, stored)) = &account
            && self.remembers(account, stored, credentials)
        {
            return Ok(account.clone());
        }
        let delay = self.backoff.delay(address, peer, self.clock.now());
        if self.check(account.as_ref(), credentials, peer, delay).await?
            && let Some((account, _)) = account
        {
            self.backoff.succeeded(address, peer);
            return Ok(account);
        }
        self.backoff.failed(address, peer, self.clock.now());
        warn!(%peer, user = %credentials.user, "sign-in failed");
        Err(Denied::Credentials)
    }

    fn remembers(&self, account: &Account, stored: &str, credentials: &Credentials) -> bool {
        self.cache.knows(account.id, stored, &credentials.password, self.clock.now())
    }

    /// Whether this is the password that `stored` was made from; without one it is nobody's, which takes as
    /// long. `name` and `peer` wait after failures as a phone's do. A password that was right is not
    /// remembered: those who ask keep a session.
    pub async fn prove(
        &self,
        name: &str,
        password: &[u8],
        stored: Option<&str>,
        peer: IpAddr,
    ) -> Result<bool, Denied> {
        let delay = self.backoff.delay(name, peer, self.clock.now());
        let right = self.compare(name, stored, password.to_vec(), None, peer, delay).await?;
        if right && stored.is_some() {
            self.backoff.succeeded(name, peer);
            return Ok(true);
        }
        self.backoff.failed(name, peer, self.clock.now());
        warn!(%peer, user = %name, "sign-in failed");
        Ok(false)
    }

    /// Waits as long as the failures of this name from there ask for, one after the other.
    pub async fn wait_after_failures(&self, name: &str, peer: IpAddr) -> Result<(), Denied> {
        let delay = self.backoff.delay(name, peer, self.clock.now());
        if delay.is_zero() {
            return Ok(());
        }
        let place = Arc::clone(&self.slow_lane_queue).try_acquire_owned();
        let _place = place.map_err(|_| Denied::Busy { retry_after: TURNED_AWAY })?;
        tokio::time::sleep(delay).await;
        Ok(())
    }

    /// Notes how a check outside of here went.
    pub fn note(&self, name: &str, peer: IpAddr, right: bool) {
        if right {
            self.backoff.succeeded(name, peer);
        } else {
            self.backoff.failed(name, peer, self.clock.now());
        }
    }

    /// Compares a password with the stored hash, and remembers it where it was right.
    async fn check(
        &self,
        account: Option<&(Account, String)>,
        credentials: &Credentials,
        peer: IpAddr,
        delay: Duration,
    ) -> Result<bool, Denied> {
        let stored = account.map(|(_, stored)| stored.as_str());
        let (password, other) = (credentials.password.clone(), credentials.other_reading());
        let right = self.compare(&credentials.user, stored, password, other, peer, delay).await?;
        if right && let Some((account, stored)) = account {
            self.cache.remember(account.id, stored, &credentials.password, self.clock.now());
        }
        Ok(right)
    }

    /// Compares a password, in one or another reading, with the stored hash, or with nobody's.
    async fn compare(
        &self,
        user: &str,
        stored: Option<&str>,
        password: Vec<u8>,
        other: Option<Vec<u8>>,
        peer: IpAddr,
        delay: Duration,
    ) -> Result<bool, Denied> {
        let suspect = !delay.is_zero() || self.backoff.is_suspect(peer, self.clock.now());
        let _place = if suspect {
            let place = Arc::clone(&self.slow_lane_queue).try_acquire_owned();
            Some(place.map_err(|_| Denied::Busy { retry_after: TURNED_AWAY })?)
        } else {
            None
        };
        if !delay.is_zero() {
            debug!(%peer, user, ?delay, "sign-in waits after failures");
            tokio::time::sleep(delay).await;
        }
        let lane = Arc::clone(if suspect { &self.slow_lane } else { &self.lane });
        // A closed semaphore can't be: it lives as long as this.
        let Ok(permit) = lane.acquire_owned().await else {
            return Err(Denied::Busy { retry_after: TURNED_AWAY });
        };
        let stored = stored.unwrap_or(&self.nobody).to_owned();
        let checked = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            password::verify(&password, &stored)
                || other.is_some_and(|other| password::verify(&other, &stored))
        })
        .await;
        // A panic in the hash function would be ours, not the phone's: try again later.
        checked.map_err(|_| Denied::Busy { retry_after: TURNED_AWAY })
    }
}
