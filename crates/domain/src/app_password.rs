//! App passwords: one for each device, made here, shown once, good for ActiveSync alone, and bound to the
//! first device that uses it.
//!
//! An app password is 100 random bits, so that a plain hash of it is as good as a slow one, and it can be
//! looked up. It is typed on small keyboards: twenty letters and digits in groups of five, of which none
//! looks like another.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::id::AccountId;

/// Without i, l, o and u: the first three look like digits.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm',
    'n', 'p', 'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
];
/// Characters of a secret, each of 5 bits.
const LENGTH: usize = 20;
/// Characters between two hyphens.
const GROUP: usize = 5;
/// Most of them that an account may have.
pub const PER_ACCOUNT: usize = 100;
/// Longest name, in characters.
pub const NAME_MAX: usize = 64;

/// What the user types on the device. Its `Debug` form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; LENGTH]);

/// What is kept of a [`Secret`].
pub type Hash = [u8; 32];

/// One app password, without its secret, which nobody has but the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppPassword {
    /// Its number within the account.
    pub id: i64,
    /// What it is for, in its maker's words: `Anna's tablet`.
    pub name: String,
    /// The device that it is bound to; none until it is used.
    pub device_id: Option<String>,
    /// When it was made, milliseconds since 1970 UTC.
    pub created: i64,
    /// When it was last used, within an hour, milliseconds since 1970 UTC; none until it is.
    pub used: Option<i64>,
}

impl Secret {
    /// The secret that these random bytes make.
    pub fn new(random: [u8; LENGTH]) -> Secret {
        Secret(random.map(|byte| byte % 32))
    }

    /// Reads what was typed: hyphens, blanks and case do not matter, and what looks alike is taken for what
    /// it looks like. None where it has not the form of an app password.
    pub fn parse(typed: &[u8]) -> Option<Secret> {
        let mut secret = [0; LENGTH];
        let mut count = 0;
        for byte in typed.iter().filter(|byte| !b"- ".contains(byte)) {
            let c = match char::from(byte.to_ascii_lowercase()) {
                'o' => '0',
                'i' | 'l' => '1',
                c => c,
            };
            let value = ALPHABET.iter().position(|known| *known == c)?;
            *secret.get_mut(count)? = u8::try_from(value).ok()?;
            count += 1;
        }
        (count == LENGTH).then_some(Secret(secret))
    }

    /// What is kept of it. The account is part of it, so that equal hashes say nothing.
    pub fn hash(&self, account: AccountId) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(b"fieldpost app password 1\0");
        hasher.update(account.0.to_be_bytes());
        hasher.update(self.0);
        hasher.finalize().into()
    }

    /// The form in which it is shown, once: `4f7k2-…`.
    pub fn reveal(&self) -> String {
        let mut shown = String::with_capacity(LENGTH + LENGTH / GROUP);
        for (at, value) in self.0.iter().enumerate() {
            if at > 0 && at % GROUP == 0 {
                shown.push('-');
            }
            shown.extend(ALPHABET.get(usize::from(*value)));
        }
        shown
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_is_what_is_read(random: [u8; LENGTH]) {
            let secret = Secret::new(random);
            let shown = secret.reveal();
            prop_assert_eq!(shown.len(), 23);
            prop_assert_eq!(Secret::parse(shown.as_bytes()), Some(secret.clone()));
            let typed = shown.to_uppercase().replace('-', " ").replace('0', "O").replace('1', "l");
            prop_assert_eq!(Secret::parse(typed.as_bytes()), Some(secret));
        }

        #[test]
        fn anything_may_be_typed(typed: Vec<u8>) {
            let _ = Secret::parse(&typed);
        }
    }

    #[test]
    fn an_ordinary_password_is_none() {
        for typed in
            ["geheim", "", "correct horse battery staple", "0123456789abcdefghj", "0123456789abcdefghjkm"]
        {
            assert_eq!(Secret::parse(typed.as_bytes()), None, "{typed}");
        }
    }

    #[test]
    fn it_is_hidden_and_of_one_account() {
        let secret = Secret::new([7; LENGTH]);
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_ne!(secret.hash(AccountId(1)), secret.hash(AccountId(2)));
    }
}
