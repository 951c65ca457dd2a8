//! The second factor: codes of an authenticator app (TOTP, RFC 6238), six digits that change every 30
//! seconds, and recovery codes for the day when the app is gone.
//!
//! The secret is shown while it is set up, and never again. A code is taken once. Wrong codes make the next
//! one wait as wrong passwords do, whatever address they come from.

use std::net::{IpAddr, Ipv4Addr};

use fieldpost_store::{Person, Stage, StoreError};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use totp_rs::{Builder, Totp};

use super::{SignIn, SignedIn};
use crate::auth::Denied;
use crate::entropy::bytes;

/// How many recovery codes there are at first.
const RECOVERY_CODES: usize = 8;
/// Who issues the codes, as authenticator apps show it.
const ISSUER: &str = "Fieldpost";

/// What an authenticator app needs to know. Its `Debug` form does not show it.
pub struct Enrolment {
    /// The secret in base32, to be typed where no camera is at hand.
    pub secret: String,
    /// The `otpauth://` address, for a QR code.
    pub url: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment")
    }
}

fn totp(secret: &[u8], name: &str) -> Result<Totp, StoreError> {
    // A colon would end the name within the address.
    let name = name.replace(':', "_");
    let builder = Builder::new().with_secret(secret).with_account_name(name).with_issuer(Some(ISSUER));
    builder.build().map_err(|_| StoreError::Damaged("the secret of a second factor is too short".to_owned()))
}

/// What the store keeps of a recovery code: however it is typed, the same.
fn recovery_hash(code: &str) -> String {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    hex::encode(Sha256::digest(plain.as_bytes()))
}

/// Three groups of five letters and digits that are not mistaken for each other: 75 bits.
fn recovery_code(random: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter));
    let letters: Vec<char> = random.iter().filter_map(letter).collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

impl SignIn {
    /// Takes the code that a half-finished sign-in waits for, or a recovery code, and goes on.
    ///
    /// # Errors
    /// [`Denied::Credentials`] where it is wrong or was used before.
    pub async fn with_code(&self, who: &SignedIn, code: &str, peer: IpAddr) -> Result<SignedIn, Denied> {
        if who.stage != Stage::SecondFactor || !self.takes(who, code).await? {
            return Err(Denied::Credentials);
        }
        let one_time = match who.person {
            Person::Administrator(id) => {
                self.app.store.administrator(id).await?.is_some_and(|found| found.one_time)
            }
            Person::Account(_) => false,
        };
        let stage = if one_time { Stage::NewPassword } else { Stage::In };
        self.begin(who.person, stage, peer, Some(&who.id)).await
    }

    /// Whether this is a code of the person that was not used before.
    async fn takes(&self, who: &SignedIn, code: &str) -> Result<bool, Denied> {
        // One count for all addresses: six digits are soon guessed from many.
        let (key, everywhere) = (format!("code of {}", who.person), IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        self.app.auth.wait_after_failures(&key, everywhere).await?;
        let right = self.is_current(who, code).await?
            || self.app.store.use_recovery_code(who.person, &recovery_hash(code)).await?;
        self.app.auth.note(&key, everywhere, right);
        if !right {
            tracing::warn!(person = %who.person, "a wrong code was given at sign-in");
        }
        Ok(right)
    }

    async fn is_current(&self, who: &SignedIn, code: &str) -> Result<bool, StoreError> {
        let Some(factor) = self.app.store.second_factor(who.person).await? else { return Ok(false) };
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let now = u64::try_from(self.app.clock.now().as_second()).unwrap_or_default();
        let Some(step) = totp(&factor.secret, &who.name)?.check(&code, now) else { return Ok(false) };
        let step = i64::try_from(step).unwrap_or_default();
        self.app.store.use_step(who.person, step).await
    }

    /// Begins to set a second factor up: a secret that counts once a code confirms it. None where there is
    /// a second factor already; it has to be taken away first.
    ///
    /// # Errors
    /// Our own trouble only.
    pub async fn enrol(&self, who: &SignedIn) -> Result<Option<Enrolment>, StoreError> {
        let store = &self.app.store;
        let secret = match store.second_factor(who.person).await? {
            Some(factor) if factor.confirmed => return Ok(None),
            // The page may be loaded again after the app has taken the secret.
            Some(factor) => factor.secret,
            None => {
                let secret = bytes::<20>(&*self.app.entropy).to_vec();
                if !store.prepare_second_factor(who.person, &secret).await? {
                    return Ok(None);
                }
                secret
            }
        };
        let totp = totp(&secret, &who.name)?;
        let url = totp.to_url().map_err(|_| {
            StoreError::Damaged("the name of an administrator does not fit into an address".to_owned())
        })?;
        Ok(Some(Enrolment { secret: totp_rs::Secret::from(secret).to_base32(), url }))
    }

    /// Confirms the second factor with a code made from it. Gives the recovery codes, this once.
    ///
    /// # Errors
    /// [`Denied::Credentials`] where the code is wrong.
    pub async fn confirm(&self, who: &SignedIn, code: &str) -> Result<Vec<String>, Denied> {
        let factor = self.app.store.second_factor(who.person).await?;
        if factor.is_none_or(|factor| factor.confirmed) || !self.takes(who, code).await? {
            return Err(Denied::Credentials);
        }
        let codes: Vec<String> =
            (0..RECOVERY_CODES).map(|_| recovery_code(&bytes::<15>(&*self.app.entropy))).collect();
        let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
        self.app.store.confirm_second_factor(who.person, &hashes).await?;
        Ok(codes)
    }

    /// Takes the person's own second factor away, for a code of it. All their sessions end.
    ///
    /// # Errors
    /// [`Denied::Credentials`] where the code is wrong.
    pub async fn remove_second_factor(&self, who: &SignedIn, code: &str) -> Result<(), Denied> {
        if !self.takes(who, code).await? {
            return Err(Denied::Credentials);
        }
        Ok(self.app.store.reset_second_factor(who.person).await?)
    }

    /// Whether two form tokens are the same, in constant time.
    pub fn same_token(one: &str, other: &str) -> bool {
        one.as_bytes().ct_eq(other.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_the_same_however_it_is_typed() {
        let code = recovery_code(&[7; 15]);
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5]);
        assert_eq!(recovery_hash(&code), recovery_hash(&code.replace('-', " ").to_uppercase()));
        assert_ne!(recovery_hash(&code), recovery_hash(&recovery_code(&[8; 15])));
    }

    /// RFC 6238, appendix B: SHA-1, T = 59 s, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = totp(b"12345678901234567890", "root").unwrap();
        assert_eq!(totp.check("287082", 59), Some(1));
        assert_eq!(totp.check("287082", 59 + 120), None);
        let url = totp.to_url().unwrap();
        assert!(url.starts_with("otpauth://totp/Fieldpost:root?secret="), "{url}");
    }
}
