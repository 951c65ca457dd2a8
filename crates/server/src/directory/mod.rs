//! The address book as phones see it, whatever command asks: [`person`] shows an entry, [`album`] its
//! picture, [`recipient`] finds out who is meant by a name, [`availability`] when they are free, [`trust`] whose
//! certificates are believed.

pub mod album;
pub mod availability;
mod contacts;
pub mod person;
pub mod recipient;
pub mod trust;

use fieldpost_domain::directory::DirectoryError;

use crate::activesync::fault::Fault;

impl From<DirectoryError> for Fault {
    fn from(error: DirectoryError) -> Fault {
        Fault::Unavailable(Box::new(error))
    }
}
