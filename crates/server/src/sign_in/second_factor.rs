//! The second factor: codes of an authenticator app (TOTP, RFC 6238), six digits that change every 30
//! seconds, and recovery codes for the day when the app is gone.
//!
//! The secret is shown while it is set up, and never again; it is kept sealed ([`crate::recovery`]). A code is taken once. Wrong codes make the next
//! one wait as wrong passwords do, whatever address they come from.

use std::net::{IpAddr, Ipv4Addr};

use fieldpost_store::{Person, Stage, Store, StoreError};
use secrecy::ExposeSecret as _;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use totp_rs::{Builder, Totp};

use super::{SignIn, SignedIn};
use crate::auth::Denied;
use crate::entropy::bytes;
use crate::recovery::{Sealed, Vault};

/// Bytes of a secret (RFC 4226 4, R6).
const SECRET: usize = 20;
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

/// What the store keeps of a secret.
fn sealed(vault: &Vault, person: Person, secret: &[u8]) -> Result<Vec<u8>, StoreError> {
    let sealed = vault.seal(&person, &hex::encode(secret));
    Ok(sealed.map_err(|_| StoreError::Limit("the secret of a second factor can't be sealed"))?.into_bytes())
}

/// The secret that the store keeps so. One from before secrets were sealed is taken as it is: what is sealed is
/// longer.
fn opened(vault: &Vault, person: Person, kept: &[u8]) -> Result<Vec<u8>, Sealed> {
    if kept.len() == SECRET {
        return Ok(kept.to_vec());
    }
    let opened = vault.unseal(&person, std::str::from_utf8(kept).map_err(|_| Sealed)?)?;
    hex::decode(opened.expose_secret()).map_err(|_| Sealed)
}

/// Seals the secrets that were kept before secrets were sealed.
///
/// # Errors
/// Our own trouble only.
pub async fn seal_all(store: &Store, vault: &Vault) -> Result<(), StoreError> {
    for (person, factor) in store.second_factors().await? {
        if factor.secret.len() == SECRET {
            let sealed = sealed(vault, person, &factor.secret)?;
            store.replace_secret(person, &factor.secret, &sealed).await?;
        }
    }
    Ok(())
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
        let Ok(secret) = opened(&self.app.vault, who.person, &factor.secret) else {
            // A recovery code still does.
            tracing::error!(
                person = %who.person,
                "a second factor can't be read, as it was sealed with another key: bring back recovery.key, or have \
                 it set up anew"
            );
            return Ok(false);
        };
        let Some(step) = totp(&secret, &who.name)?.check(&code, now) else { return Ok(false) };
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
        let vault = &self.app.vault;
        let prepared = match store.second_factor(who.person).await? {
            Some(factor) if factor.confirmed => return Ok(None),
            // The page may be loaded again after the app has taken the secret.
            Some(factor) => opened(vault, who.person, &factor.secret).ok(),
            None => None,
        };
        let secret = match prepared {
            Some(secret) => secret,
            None => {
                let secret = bytes::<SECRET>(&*self.app.entropy).to_vec();
                let sealed = sealed(vault, who.person, &secret)?;
                if !store.prepare_second_factor(who.person, &sealed).await? {
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

    #[tokio::test]
    async fn secrets_are_sealed_and_those_from_before_too() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("fieldpost.db").display());
        let store = Store::open(&url, fieldpost_store::Options::default()).await.unwrap();
        let vault = Vault::open(None, std::sync::Arc::new(crate::entropy::SystemEntropy)).unwrap();
        let (old, new) = (Person::Administrator(1), Person::Account(fieldpost_domain::AccountId(2)));
        // That it looks like a sealed one does not matter.
        let secret = *b"v1:45678901234567890";
        store.prepare_second_factor(old, &secret).await.unwrap();
        store.prepare_second_factor(new, &sealed(&vault, new, &secret).unwrap()).await.unwrap();
        let kept = async |person| store.second_factor(person).await.unwrap().unwrap().secret;
        assert_eq!(
            opened(&vault, old, &kept(old).await),
            Ok(secret.to_vec()),
            "it counts before it is sealed"
        );
        let before = kept(new).await;
        for _ in 0..2 {
            seal_all(&store, &vault).await.unwrap();
        }
        assert_eq!(kept(new).await, before, "what is sealed stays as it is");
        for (person, other) in [(old, new), (new, old)] {
            let kept = kept(person).await;
            assert!(!kept.windows(6).any(|part| part == &secret[4..10]), "{kept:?}");
            assert_eq!(opened(&vault, person, &kept), Ok(secret.to_vec()));
            assert_eq!(opened(&vault, other, &kept), Err(Sealed), "it is nobody else's");
        }
        store.close().await;
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
