//! Protocol versions. The version belongs to the request, not to the device (MS-ASHTTP_R283).

use std::fmt;
use std::str::FromStr;

/// A version of the ActiveSync protocol, oldest first, so that `<` means "older than".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Exchange 2003 SP2.
    V2_5,
    /// Exchange 2007.
    V12_0,
    /// Exchange 2007 SP1.
    V12_1,
    /// Exchange 2010.
    V14_0,
    /// Exchange 2010 SP1.
    V14_1,
    /// Exchange 2016.
    V16_0,
    /// Exchange Online and Exchange 2016.
    V16_1,
}

impl Version {
    /// Every version, oldest first.
    pub const ALL: [Version; 7] = [
        Version::V2_5,
        Version::V12_0,
        Version::V12_1,
        Version::V14_0,
        Version::V14_1,
        Version::V16_0,
        Version::V16_1,
    ];

    /// The name as it stands in headers: `2.5`, `12.0`, ... `16.1`.
    pub const fn name(self) -> &'static str {
        match self {
            Version::V2_5 => "2.5",
            Version::V12_0 => "12.0",
            Version::V12_1 => "12.1",
            Version::V14_0 => "14.0",
            Version::V14_1 => "14.1",
            Version::V16_0 => "16.0",
            Version::V16_1 => "16.1",
        }
    }

    /// The first byte of a base64 query ([MS-ASHTTP] 2.2.1.1.1.1): the version times ten.
    pub const fn times_ten(self) -> u8 {
        match self {
            Version::V2_5 => 25,
            Version::V12_0 => 120,
            Version::V12_1 => 121,
            Version::V14_0 => 140,
            Version::V14_1 => 141,
            Version::V16_0 => 160,
            Version::V16_1 => 161,
        }
    }

    /// The inverse of [`Version::times_ten`].
    pub fn from_times_ten(byte: u8) -> Option<Version> {
        Version::ALL.into_iter().find(|v| v.times_ten() == byte)
    }

    /// Up to 12.1, trouble of the common kind is an HTTP code; from 14.0 on it is a Status in HTTP 200.
    pub const fn has_common_status(self) -> bool {
        self as u8 >= Version::V14_0 as u8
    }

    /// The bit of this version in a [`Versions`] mask.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text is not one of the seven versions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no ActiveSync version; known are 2.5, 12.0, 12.1, 14.0, 14.1, 16.0 and 16.1")]
pub struct UnknownVersion(pub String);

impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Version::ALL.into_iter().find(|v| v.name() == text).ok_or_else(|| UnknownVersion(text.into()))
    }
}

/// A set of versions, as the tables give it for each token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions(pub u8);

impl Versions {
    /// Whether the set holds `version`.
    pub const fn contains(self, version: Version) -> bool {
        self.0 & version.bit() != 0
    }
}
