//! Randomness: the only place where the server draws it. Policy keys, sync keys, salts and the
//! per-process key of the credential cache come from here.

use rand::RngCore as _;

/// A source of unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// Fills `buffer`.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's randomness, by way of a generator that it seeds.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the home of randomness")]
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}

/// A random number from 1 to `u32::MAX`: a policy key is never 0, which stands for "none".
pub fn nonzero_u32(entropy: &dyn Entropy) -> u32 {
    loop {
        let mut bytes = [0; 4];
        entropy.fill(&mut bytes);
        match u32::from_le_bytes(bytes) {
            0 => {}
            number => return number,
        }
    }
}

/// `N` random bytes.
pub fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// 32 lower-case hexadecimal digits, for names that must not collide.
pub fn token(entropy: &dyn Entropy) -> String {
    hex::encode(bytes::<16>(entropy))
}
