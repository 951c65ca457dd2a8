//! Certificates for mail: what one says, and whether it is to be trusted. No IO, no clock: bytes and the
//! time are arguments, and nothing is fetched from an address that a certificate names.
//!
//! [`Certificate`] reads one, [`pem`] finds them in files, [`Judge`] decides with a [`Verdict`].

mod certificate;
mod judge;
pub mod pem;
mod revocation;
mod verdict;

pub use certificate::{Broken, Certificate};
pub use judge::{Judge, Question};
pub use revocation::RevocationList;
pub use verdict::Verdict;
