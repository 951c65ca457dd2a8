//! What becomes of a certificate in question.

/// The outcome, with the numbers of ValidateCert ([MS-ASCMD] 2.2.3.177.18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is to be trusted.
    Valid = 1,
    /// A signature on the way to a root does not verify.
    BadSignature = 3,
    /// No root that is trusted stands at the end of its chain.
    Untrusted = 4,
    /// The certificates that came with it do not lead on from it.
    BadChain = 5,
    /// Its owner may not sign mail with it.
    NotForMail = 6,
    /// It, or one in its chain, has expired or is not valid yet.
    Expired = 7,
    /// It is valid at times at which its issuer is not.
    InconsistentValidity = 8,
    /// One in its chain may not issue certificates of its kind.
    Misused = 9,
    /// It is no certificate, or one that says what can't be understood.
    Incomplete = 10,
    /// An authority's where an owner's should be, or the other way round.
    WrongRole = 11,
    /// It is not that of the address.
    AddressMismatch = 12,
    /// Its issuer revoked it.
    Revoked = 13,
    /// The list of revoked certificates that there is has run out.
    RevocationOffline = 14,
    /// One in its chain was revoked.
    ChainRevoked = 15,
    /// There is no list that tells whether it was revoked.
    RevocationUnknown = 16,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 15] = [
        Verdict::Valid,
        Verdict::BadSignature,
        Verdict::Untrusted,
        Verdict::BadChain,
        Verdict::NotForMail,
        Verdict::Expired,
        Verdict::InconsistentValidity,
        Verdict::Misused,
        Verdict::Incomplete,
        Verdict::WrongRole,
        Verdict::AddressMismatch,
        Verdict::Revoked,
        Verdict::RevocationOffline,
        Verdict::ChainRevoked,
        Verdict::RevocationUnknown,
    ];
}
