//! The phone's randomness: the one place of this crate that draws it.

use rand::Rng as _;

/// A random name of 16 hexadecimal digits, for client ids and message ids.
pub fn name() -> String {
    format!("{:016x}", number(u64::MAX))
}

/// A random number from 0 to `below - 1`; 0 where `below` is 0.
pub fn number(below: u64) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the phone's one home of randomness")]
    let mut rng = rand::rng();
    rng.random_range(0..below.max(1))
}

/// A random device id: 32 letters and digits, as phones have them (MS-ASHTTP_R102).
pub fn device_id() -> String {
    format!("FP{}{}", name(), &name()[..14]).to_uppercase()
}

/// A random GUID, as a Find is named by.
pub fn guid() -> String {
    let (a, b) = (name(), name());
    format!("{}-{}-4{}-a{}-{}", &a[..8], &a[8..12], &a[13..], &b[1..4], &b[4..])
}
