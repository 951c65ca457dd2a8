//! Tokens of the REST API: who may make programs act, with which role, for how long.

use fieldpost_domain::role::{Permission, Role};
use fieldpost_store::ApiToken;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::{ActError, Actor, Administration, Deed, Through, carry_out};
use crate::entropy::{Entropy, token};

/// Most characters of a token's name.
const NAME_LIMIT: usize = 64;
/// Longest life of a token that has an end, in days.
const DAYS_MAX: u32 = 3650;
/// What every token begins with, so that one that leaked is known for what it is.
const MARK: &str = "fieldpost_";

fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (1..=NAME_LIMIT).contains(&name.len()) && name.chars().all(plain)
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

impl Administration {
    /// All tokens.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn api_tokens(&self, actor: &Actor) -> Result<Vec<ApiToken>, ActError> {
        self.permit(actor, Permission::Administrators, &Deed::new("token.list")).await?;
        Ok(self.store.api_tokens().await?)
    }

    /// Makes a token that is good for `days`, or for as long as it is not removed, and gives it out, this once.
    ///
    /// # Errors
    /// [`ActError::Denied`]; [`ActError::Invalid`] for the name or the days; [`ActError::Conflict`] where the
    /// name is taken.
    pub async fn add_api_token(
        &self,
        actor: &Actor,
        name: &str,
        role: Role,
        days: Option<u32>,
        entropy: &dyn Entropy,
    ) -> Result<(ApiToken, String), ActError> {
        let deed = Deed::new("token.add").saying(format!("{name}: {role}"));
        self.permit(actor, Permission::Administrators, &deed).await?;
        let invalid = if !is_name(name) {
            Some(format!(
                "{name:?} can't be a name: it has 1 to {NAME_LIMIT} letters, digits, dots, hyphens and underscores"
            ))
        } else {
            days.filter(|days| !(1..=DAYS_MAX).contains(days)).map(|days| {
                format!("a token can't be good for {days} days: it is 1 to {DAYS_MAX}, or no end")
            })
        };
        if let Some(what) = invalid {
            return Err(self.refuse(actor, &deed, ActError::Invalid(what)).await);
        }
        let secret = format!("{MARK}{}", token(entropy));
        // As it is kept: in whole milliseconds.
        let now = self.clock.now();
        let created = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        let new = ApiToken {
            name: name.to_owned(),
            role,
            made_by: actor.name.clone(),
            created,
            expires: days
                .and_then(|days| created.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok()),
            used: None,
        };
        let hash = hash(&secret);
        carry_out!(self, actor, &deed, |act| {
            match act.add_api_token(&new, &hash).await? {
                true => Ok(((), deed.clone())),
                false => Err(ActError::Conflict(format!("there is a token {name} already: remove it first"))),
            }
        })?;
        Ok((new, secret))
    }

    /// Removes a token: it is good for nothing from the next request on.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn remove_api_token(&self, actor: &Actor, name: &str) -> Result<(), ActError> {
        let deed = Deed::new("token.remove").saying(name);
        self.permit(actor, Permission::Administrators, &deed).await?;
        carry_out!(self, actor, &deed, |act| {
            match act.remove_api_token(name).await? {
                true => Ok(((), deed.clone())),
                false => Err(ActError::NotFound { what: "token", name: name.to_owned() }),
            }
        })
    }

    /// Who comes with this token; none where it is unknown, or its time is over.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn by_api_token(
        &self,
        secret: &str,
        address: std::net::IpAddr,
    ) -> Result<Option<Actor>, ActError> {
        let now = self.clock.now();
        // Looked up by its hash: how long that takes says nothing about a token.
        let found = self.store.use_api_token(&hash(secret), now).await?;
        Ok(found.filter(|token| !token.is_expired(now)).map(|token| Actor {
            name: token.name,
            role: token.role,
            address: Some(address),
            through: Through::Api,
        }))
    }
}
