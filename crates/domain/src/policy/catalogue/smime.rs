//! Signed and encrypted mail.

use fieldpost_eas::Version;

use super::{Assumed, Effect, Effects, Group, Kind, Setting};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        field: "require_signed_smime_messages",
        element: "RequireSignedSMIMEMessages",
        title: "Mail must be signed",
        explanation: "The phone sends signed messages only, for which the user needs a certificate.",
        group: Group::Smime,
        kind: Kind::Flag,
        assumed: Assumed::Flag(false),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::NO,
            Effect::SAYS_PARTLY,
            Effect::partly("Devices with S/MIME in their mail app; of newer ones it is not known."),
            Effect::NO,
        ),
    },
    Setting {
        field: "require_encrypted_smime_messages",
        element: "RequireEncryptedSMIMEMessages",
        title: "Mail must be encrypted",
        explanation: "The phone sends encrypted messages only, for which every recipient needs a \
                      certificate.",
        group: Group::Smime,
        kind: Kind::Flag,
        assumed: Assumed::Flag(false),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::NO,
            Effect::SAYS_PARTLY,
            Effect::partly("Devices with S/MIME in their mail app; of newer ones it is not known."),
            Effect::NO,
        ),
    },
    Setting {
        field: "require_signed_smime_algorithm",
        element: "RequireSignedSMIMEAlgorithm",
        title: "Hash for signatures",
        explanation: "The hash with which messages are signed. Both are of their time: phones of today \
                      use better ones.",
        group: Group::Smime,
        kind: Kind::Choice(&[(0, "SHA-1"), (1, "MD5")]),
        assumed: Assumed::Number(0),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::NO,
            Effect::NO,
            Effect::partly("Devices with S/MIME in their mail app; of newer ones it is not known."),
            Effect::NO,
        ),
    },
    Setting {
        field: "require_encryption_smime_algorithm",
        element: "RequireEncryptionSMIMEAlgorithm",
        title: "Cipher for encryption",
        explanation: "The cipher with which messages are encrypted. All are of their time: phones of \
                      today use better ones.",
        group: Group::Smime,
        kind: Kind::Choice(&[
            (0, "TripleDES"),
            (1, "DES"),
            (2, "RC2, 128 bits"),
            (3, "RC2, 64 bits"),
            (4, "RC2, 40 bits"),
        ]),
        assumed: Assumed::Number(0),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::NO,
            Effect::NO,
            Effect::partly("Devices with S/MIME in their mail app; of newer ones it is not known."),
            Effect::NO,
        ),
    },
    Setting {
        field: "allow_smime_encryption_algorithm_negotiation",
        element: "AllowSMIMEEncryptionAlgorithmNegotiation",
        title: "Other ciphers where a recipient needs one",
        explanation: "Whether the phone may take another cipher where a certificate of a recipient \
                      asks for it.",
        group: Group::Smime,
        kind: Kind::Choice(&[(0, "no"), (1, "strong ones only"), (2, "any")]),
        assumed: Assumed::Number(2),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::NO,
            Effect::NO,
            Effect::partly("Devices with S/MIME in their mail app; of newer ones it is not known."),
            Effect::NO,
        ),
    },
    Setting {
        field: "allow_smime_soft_certs",
        element: "AllowSMIMESoftCerts",
        title: "Certificates may be kept in software",
        explanation: "Whether certificates may be kept on the phone itself, and not on a smart card \
                      alone.",
        group: Group::Smime,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::NO,
            Effect::NO,
            Effect::partly("Devices with S/MIME in their mail app; of newer ones it is not known."),
            Effect::NO,
        ),
    },
];
