//! OPTIONS: which versions and commands a server has ([MS-ASHTTP] 2.2.3), and the choice of one.

use std::time::Duration;

use fieldpost_eas::http::headers;
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::Phone;

/// What a server offers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Offer {
    /// Versions as the server writes them.
    pub versions: Vec<String>,
    /// Commands as the server writes them.
    pub commands: Vec<String>,
    /// What server it is, if it says so.
    pub server: Option<String>,
}

impl Offer {
    /// The highest version that both sides know and that is not above `at_most` (MS-ASHTTP_R254).
    pub fn highest(&self, at_most: Version) -> Option<Version> {
        self.versions.iter().filter_map(|v| v.parse().ok()).filter(|v| *v <= at_most).max()
    }

    /// Whether the server has this version.
    pub fn has(&self, version: Version) -> bool {
        self.versions.iter().any(|v| v == version.name())
    }
}

impl Phone {
    /// Asks what the server offers. Nothing changes.
    pub async fn options(&mut self) -> Result<Offer, PhoneError> {
        let path = self.connector().endpoint().path.clone();
        let request = self.identity.options(&path)?;
        let answer = self.line.send(&request, Duration::ZERO).await?;
        match answer.status.as_u16() {
            200 => {}
            401 => return Err(PhoneError::Unauthorized),
            403 => return Err(PhoneError::Forbidden),
            status => return Err(PhoneError::Http { command: "OPTIONS", status }),
        }
        let list = |name| {
            let text = answer.header(name).unwrap_or_default();
            text.split(',').map(str::trim).filter(|s| !s.is_empty()).map(String::from).collect()
        };
        Ok(Offer {
            versions: list(headers::PROTOCOL_VERSIONS),
            commands: list(headers::PROTOCOL_COMMANDS),
            server: answer.header(headers::SERVER).map(String::from),
        })
    }

    /// Asks what the server offers and speaks the highest common version from now on, `at_most` at
    /// the highest.
    ///
    /// # Errors
    /// [`PhoneError::NotInVersion`] if the server has none.
    pub async fn negotiate(&mut self, at_most: Version) -> Result<Offer, PhoneError> {
        let offer = self.options().await?;
        let none = PhoneError::NotInVersion { what: "any version of the server", version: at_most };
        self.identity.version = offer.highest(at_most).ok_or(none)?;
        Ok(offer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_common_version_is_taken() {
        let offer = Offer {
            versions: ["2.5", "14.1", "16.1", "17.0"].map(String::from).to_vec(),
            commands: vec![],
            server: None,
        };
        assert_eq!(offer.highest(Version::V16_1), Some(Version::V16_1));
        assert_eq!(offer.highest(Version::V16_0), Some(Version::V14_1));
        assert_eq!(offer.highest(Version::V12_1), Some(Version::V2_5));
    }
}
