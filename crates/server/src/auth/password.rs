//! Passwords: stored as argon2id strings (PHC form), compared in constant time.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::entropy::{Entropy, bytes};

/// Longest password that is looked at, in bytes; longer ones are wrong.
pub const LIMIT: usize = 1024;

/// A password could not be turned into a hash.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Empty, or longer than [`LIMIT`].
    #[error("a password has 1 to {LIMIT} bytes")]
    Length,
    /// The hash function refused; its parameters are fixed, so this does not happen.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// The PHC string to store for `password`. Takes tens of milliseconds of processor time.
pub fn hash(password: &[u8], entropy: &dyn Entropy) -> Result<String, PasswordError> {
    if password.is_empty() || password.len() > LIMIT {
        return Err(PasswordError::Length);
    }
    let salt: [u8; 16] = bytes(entropy);
    Argon2::default()
        .hash_password_with_salt(password, &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

/// A password for somebody to be told: four groups of five letters and digits that are not mistaken for each
/// other, 100 bits.
pub fn generate(entropy: &dyn Entropy) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let random: [u8; 20] = bytes(entropy);
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter));
    let letters: Vec<char> = random.iter().filter_map(letter).collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Whether `phc` is the hash of `password`. Takes as long either way.
pub fn verify(password: &[u8], phc: &str) -> bool {
    password.len() <= LIMIT && Argon2::default().verify_password(password, phc).is_ok()
}
