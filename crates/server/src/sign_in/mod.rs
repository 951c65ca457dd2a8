//! Signing in to the web tool: administrators with a password of their own, and the users of accounts, with
//! the password of their mail.
//!
//! A session is known by a random id that only the browser has; the store keeps its hash. Signing in and
//! each further step ([`Stage`]) give a new id, so an id that somebody planted before is worth nothing. What
//! a person may do is read anew with each request: who lost a role has lost it at once.
//!
//! [`role`] says which role an account has; [`second_factor`] has the codes of an authenticator app and those that stand in for it.

pub mod role;
pub mod second_factor;

use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_domain::role::Role;
use fieldpost_store::{AdministratorKind, Person, Stage, StoreError, WebSession};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::App;
use crate::auth::{Denied, login, password};
use crate::entropy::bytes;

/// Longest name that is looked at, in bytes.
const NAME_LIMIT: usize = 320;
/// The use of a session is written down at most this often.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);
/// How long a half-finished sign-in is good for.
const HALF_WAY: SignedDuration = SignedDuration::from_mins(10);
/// Fewest characters of a password that an administrator chooses.
pub const PASSWORD_LEAST: usize = 12;

/// What holds for sessions.
#[derive(Debug, Clone, Copy)]
pub struct SessionRules {
    /// A session ends when it was not used for so long.
    pub idle: SignedDuration,
    /// It ends so long after it began, however often it is used.
    pub longest: SignedDuration,
    /// Whoever has a role must have a second factor.
    pub second_factor: bool,
}

impl Default for SessionRules {
    fn default() -> SessionRules {
        SessionRules {
            idle: SignedDuration::from_mins(15),
            longest: SignedDuration::from_hours(12),
            second_factor: false,
        }
    }
}

/// The id of a session, as the browser has it. Its `Debug` form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId(String);

impl std::fmt::Debug for SessionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionId")
    }
}

fn digest(purpose: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(purpose.as_bytes());
    hash.update([0]);
    hash.update(text.as_bytes());
    hex::encode(hash.finalize())
}

impl SessionId {
    /// Reads what a browser sent: 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<SessionId> {
        let plain = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        plain.then(|| SessionId(text.to_owned()))
    }

    /// The id, for the browser alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The token that each form of this session bears. It tells nothing of the id.
    pub fn form_token(&self) -> String {
        digest("fieldpost form", &self.0)
    }

    /// What the store knows the session by.
    fn hash(&self) -> String {
        digest("fieldpost session", &self.0)
    }
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session.
    pub id: SessionId,
    /// Who it is.
    pub person: Person,
    /// Their name: the administrator's, or the account's address.
    pub name: String,
    /// What they may do; none for a user who administers nothing but their own devices.
    pub role: Option<Role>,
    /// What is still asked for.
    pub stage: Stage,
    /// Whether they have a second factor.
    pub second_factor: bool,
    /// When the session began.
    pub since: Timestamp,
    /// When it ends however often it is used.
    pub until: Timestamp,
}

impl SignedIn {
    /// The account, where they signed in with one.
    pub fn account(&self) -> Option<AccountId> {
        match self.person {
            Person::Account(id) => Some(id),
            Person::Administrator(_) => None,
        }
    }
}

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordChange {
    /// The old one is wrong.
    #[error("The present password is wrong; nothing was changed.")]
    Wrong,
    /// The new one is too short, or too long.
    #[error("A password has at least {PASSWORD_LEAST} characters, and at most {} bytes.", password::LIMIT)]
    Length,
    /// Old and new are the same.
    #[error("The new password is the same as the present one; choose another one.")]
    Same,
    /// The person's password is that of their mail account, which is not changed here.
    #[error("You sign in with the password of your mail account; it is not changed here.")]
    Elsewhere,
    /// It could not be checked now.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// It could not be turned into a hash.
    #[error(transparent)]
    Hash(#[from] password::PasswordError),
}

impl From<StoreError> for PasswordChange {
    fn from(error: StoreError) -> PasswordChange {
        PasswordChange::Denied(Denied::Store(error))
    }
}

/// Signs people in and knows who is.
pub struct SignIn {
    app: Arc<App>,
    rules: SessionRules,
}

/// Somebody who might be signing in.
struct Candidate {
    person: Person,
    stored: String,
    one_time: bool,
}

impl SignIn {
    /// Signs in to this server, by these rules.
    pub fn new(app: Arc<App>, rules: SessionRules) -> SignIn {
        SignIn { app, rules }
    }

    /// What holds for sessions.
    pub fn rules(&self) -> SessionRules {
        self.rules
    }

    /// An id for a browser that has none yet. It is nobody's.
    pub fn fresh_id(&self) -> SessionId {
        SessionId(hex::encode(bytes::<32>(&*self.app.entropy)))
    }

    /// Begins a session for whoever has this name and password, in place of the browser's one before.
    ///
    /// # Errors
    /// [`Denied::Credentials`] whether the name or the password is wrong, after the same time.
    pub async fn with_password(
        &self,
        name: &str,
        password: &str,
        peer: IpAddr,
        before: Option<&SessionId>,
    ) -> Result<SignedIn, Denied> {
        let name = name.trim();
        if name.len() > NAME_LIMIT || name.chars().any(char::is_control) {
            return Err(Denied::Credentials);
        }
        let candidate = self.candidate(name).await?;
        let stored = candidate.as_ref().map(|candidate| candidate.stored.as_str());
        let right = self.app.auth.prove(name, password.as_bytes(), stored, peer).await?;
        let Some(candidate) = candidate.filter(|_| right) else { return Err(Denied::Credentials) };
        let factor = self.app.store.second_factor(candidate.person).await?;
        let stage = if factor.is_some_and(|factor| factor.confirmed) {
            Stage::SecondFactor
        } else if candidate.one_time {
            Stage::NewPassword
        } else {
            Stage::In
        };
        self.begin(candidate.person, stage, peer, before).await
    }

    /// Who has this name: an administrator, else an account. A disabled account is nobody.
    async fn candidate(&self, name: &str) -> Result<Option<Candidate>, StoreError> {
        let store = &self.app.store;
        if let Some(found) = store.administrator_by_name(AdministratorKind::Own, name).await? {
            let stored = store.administrator_password(found.id).await?;
            let person = Person::Administrator(found.id);
            return Ok(stored.map(|stored| Candidate { person, stored, one_time: found.one_time }));
        }
        let Some(address) = login::address(name, &self.app.settings.domains) else { return Ok(None) };
        let account = store.account_by_address(&address).await?.filter(|account| !account.disabled);
        let Some(account) = account else { return Ok(None) };
        let stored = store.password_hash(account.id).await?;
        Ok(stored.map(|stored| Candidate { person: Person::Account(account.id), stored, one_time: false }))
    }

    async fn begin(
        &self,
        person: Person,
        stage: Stage,
        peer: IpAddr,
        before: Option<&SessionId>,
    ) -> Result<SignedIn, Denied> {
        let (id, now) = (self.fresh_id(), self.app.clock.now());
        let session = WebSession { person, stage, address: peer.to_string(), created: now, used: now };
        let stale = now.checked_sub(self.rules.idle).unwrap_or(Timestamp::MIN);
        let before = before.map(SessionId::hash);
        self.app.store.begin_web_session(&id.hash(), &session, before.as_deref(), stale).await?;
        // Whose account was removed in this very moment is not signed in.
        self.describe(id, session).await?.ok_or(Denied::Credentials)
    }

    /// Whose session this is; none where it ended, or never was.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn session(&self, id: &SessionId) -> Result<Option<SignedIn>, StoreError> {
        let store = &self.app.store;
        let Some(session) = store.web_session(&id.hash()).await? else { return Ok(None) };
        let now = self.app.clock.now();
        let longest = if session.stage == Stage::In { self.rules.longest } else { HALF_WAY };
        let idle = now.duration_since(session.used);
        if idle > self.rules.idle || now.duration_since(session.created) > longest {
            store.end_web_session(&id.hash()).await?;
            return Ok(None);
        }
        if idle >= TOUCH {
            store.touch_web_session(&id.hash(), now).await?;
        }
        self.describe(id.clone(), session).await
    }

    async fn describe(&self, id: SessionId, session: WebSession) -> Result<Option<SignedIn>, StoreError> {
        let store = &self.app.store;
        let (name, role) = match session.person {
            Person::Administrator(number) => match store.administrator(number).await? {
                Some(found) => (found.name, Some(found.role)),
                None => return Ok(None),
            },
            Person::Account(number) => {
                match store.account(number).await?.filter(|account| !account.disabled) {
                    Some(account) => (
                        account.address.clone(),
                        role::of_account(store, &*self.app.directory, &account).await?,
                    ),
                    None => return Ok(None),
                }
            }
        };
        let factor = store.second_factor(session.person).await?;
        let until = session.created.checked_add(self.rules.longest).unwrap_or(Timestamp::MAX);
        Ok(Some(SignedIn {
            id,
            person: session.person,
            name,
            role,
            stage: session.stage,
            second_factor: factor.is_some_and(|factor| factor.confirmed),
            since: session.created,
            until,
        }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn sign_out(&self, id: &SessionId) -> Result<(), StoreError> {
        self.app.store.end_web_session(&id.hash()).await
    }

    /// Changes the password of an administrator who is signed in, which ends their other sessions and goes
    /// on with a new one.
    ///
    /// # Errors
    /// What is wrong with the passwords; nothing was changed then.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        old: &str,
        new: &str,
        peer: IpAddr,
    ) -> Result<SignedIn, PasswordChange> {
        let Person::Administrator(number) = who.person else { return Err(PasswordChange::Elsewhere) };
        if new.chars().count() < PASSWORD_LEAST || new.len() > password::LIMIT {
            return Err(PasswordChange::Length);
        }
        let stored = self.app.store.administrator_password(number).await?;
        if !self.app.auth.prove(&who.name, old.as_bytes(), stored.as_deref(), peer).await? {
            return Err(PasswordChange::Wrong);
        }
        if old == new {
            return Err(PasswordChange::Same);
        }
        let (entropy, new) = (Arc::clone(&self.app.entropy), new.to_owned());
        let hashed = tokio::task::spawn_blocking(move || password::hash(new.as_bytes(), &*entropy)).await;
        let phc = hashed.map_err(|_| Denied::Busy { retry_after: 1 })??;
        self.app.store.choose_administrator_password(number, &phc).await?;
        Ok(self.begin(who.person, Stage::In, peer, Some(&who.id)).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_64_digits_and_its_token_another_thing() {
        let id = SessionId::parse(&"0123456789abcdef".repeat(4)).unwrap();
        assert_ne!(id.form_token(), id.hash());
        assert!(!id.form_token().contains(id.reveal()));
        assert_eq!(format!("{id:?}"), "SessionId");
        for bad in ["", "0", &"A".repeat(64), &"0".repeat(63), &"0".repeat(65)] {
            assert!(SessionId::parse(bad).is_none(), "{bad}");
        }
    }
}
