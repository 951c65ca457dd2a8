//! Secrets that have to be read again, at rest: recovery passwords of phones, and what second factors are made
//! from. They are sealed with a key that is not in the database, so that a copy of the database does not give away
//! what gets into a phone or past a sign-in. Each is bound to whose it is: a row that is copied to another place does
//! not open there. (All else that proves something is kept as a hash.)
//!
//! The key is a file beside the database, readable by the server alone. Whoever restores the database without
//! it loses the recovery passwords and the second factors, and nothing else. Servers that share a database share the
//! file.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fieldpost_domain::AccountId;
use fieldpost_store::Person;
use secrecy::SecretString;

use crate::entropy::{self, Entropy};

/// Form of a sealed secret: AES-256-GCM, the nonce before the text, in base64.
const FORM: &str = "v1:";
/// Bytes of the key.
const KEY: usize = 32;

/// Whose password it is.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The account.
    pub account: AccountId,
    /// Its device.
    pub device_id: &'a str,
}

/// What a secret is bound to.
pub trait Bound {
    /// A text that nothing else has.
    fn bound_to(&self) -> String;
}

impl Bound for Place<'_> {
    fn bound_to(&self) -> String {
        format!("{}/{}", self.account.0, self.device_id)
    }
}

/// Somebody's second factor.
impl Bound for Person {
    fn bound_to(&self) -> String {
        format!("second-factor/{self}")
    }
}

/// Why the key can't be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file can't be read or made.
    #[error("the key of recovery passwords and second factors, {}, can't be read or made: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is not 64 hexadecimal digits.
    #[error(
        "{} is not a key of recovery passwords and second factors: it must hold 64 hexadecimal digits. Bring back \
         the file that the server made, or remove it: then those that are kept can't be read any more",
        path.display()
    )]
    Malformed {
        /// Which file.
        path: PathBuf,
    },
}

/// The secret can't be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is kept sealed can't be read: it was sealed with another key")]
pub struct Sealed;

/// Seals and opens.
pub struct Vault {
    key: LessSafeKey,
    entropy: Arc<dyn Entropy>,
}

impl Vault {
    /// With the key in a file, which is made where it is missing; without a file, with a key that is gone
    /// when the process ends.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn open(path: Option<&Path>, entropy: Arc<dyn Entropy>) -> Result<Vault, KeyError> {
        let bytes = match path {
            None => entropy::bytes::<KEY>(&*entropy),
            Some(path) => key_in(path, &*entropy)?,
        };
        // The key has the length of the algorithm: there is nothing else that could be wrong.
        let malformed = |_| KeyError::Malformed { path: path.map(Path::to_owned).unwrap_or_default() };
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(malformed)?;
        Ok(Vault { key: LessSafeKey::new(key), entropy })
    }

    /// A secret as it is kept.
    ///
    /// # Errors
    /// The machine's cryptography does not work.
    pub fn seal(&self, place: &impl Bound, secret: &str) -> Result<String, Sealed> {
        let nonce = entropy::bytes::<NONCE_LEN>(&*self.entropy);
        let mut text = secret.as_bytes().to_vec();
        let bound = place.bound_to();
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(bound.as_bytes()),
                &mut text,
            )
            .map_err(|_| Sealed)?;
        Ok(format!("{FORM}{}", BASE64_STANDARD.encode([nonce.as_slice(), &text].concat())))
    }

    /// The secret again.
    ///
    /// # Errors
    /// [`Sealed`] where it was sealed with another key or for another place.
    pub fn unseal(&self, place: &impl Bound, sealed: &str) -> Result<SecretString, Sealed> {
        let bytes = sealed.strip_prefix(FORM).and_then(|text| BASE64_STANDARD.decode(text).ok());
        let bytes = bytes.ok_or(Sealed)?;
        let (nonce, text) = bytes.split_at_checked(NONCE_LEN).ok_or(Sealed)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Sealed)?;
        let (bound, mut text) = (place.bound_to(), text.to_vec());
        let opened =
            self.key.open_in_place(nonce, Aad::from(bound.as_bytes()), &mut text).map_err(|_| Sealed)?;
        Ok(SecretString::from(std::str::from_utf8(opened).map_err(|_| Sealed)?))
    }
}

fn key_in(path: &Path, entropy: &dyn Entropy) -> Result<[u8; KEY], KeyError> {
    let file = |source| KeyError::File { path: path.to_owned(), source };
    let read = || -> Result<[u8; KEY], KeyError> {
        let text = fs::read_to_string(path).map_err(file)?;
        let mut key = [0; KEY];
        let decoded = hex::decode_to_slice(text.trim(), &mut key);
        decoded.map_err(|_| KeyError::Malformed { path: path.to_owned() })?;
        Ok(key)
    };
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut new) => {
            let key = entropy::bytes::<KEY>(entropy);
            let written = writeln!(new, "{}", hex::encode(key)).and_then(|()| new.sync_all());
            written.map_err(file)?;
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(),
        Err(error) => Err(file(error)),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::entropy::SystemEntropy;

    const PLACE: Place<'static> = Place { account: AccountId(3), device_id: "A1" };

    fn vault(path: Option<&Path>) -> Vault {
        Vault::open(path, Arc::new(SystemEntropy)).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_alone() {
        let vault = vault(None);
        let sealed = vault.seal(&PLACE, "4711 geheim").unwrap();
        assert!(!sealed.contains("4711"));
        assert_ne!(sealed, vault.seal(&PLACE, "4711 geheim").unwrap());
        assert_eq!(vault.unseal(&PLACE, &sealed).unwrap().expose_secret(), "4711 geheim");
        assert!(vault.unseal(&Person::Account(AccountId(3)), &sealed).is_err());
        for place in [Place { device_id: "A2", ..PLACE }, Place { account: AccountId(4), ..PLACE }] {
            assert!(vault.unseal(&place, &sealed).is_err());
        }
        for bad in ["", "v1:", "v1:AAAA", "4711 geheim", &sealed[..sealed.len() - 4]] {
            assert!(vault.unseal(&PLACE, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_key_lasts_and_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recovery.key");
        let sealed = vault(Some(&path)).seal(&PLACE, "x").unwrap();
        assert_eq!(vault(Some(&path)).unseal(&PLACE, &sealed).unwrap().expose_secret(), "x");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, "not a key").unwrap();
        let error = Vault::open(Some(&path), Arc::new(SystemEntropy)).err().unwrap();
        assert!(error.to_string().contains("64 hexadecimal digits"), "{error}");
    }
}
