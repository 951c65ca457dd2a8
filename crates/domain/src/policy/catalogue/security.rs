//! Encryption and storage.

use fieldpost_eas::Version;

use super::{Assumed, Effect, Effects, Group, Kind, Setting};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        field: "require_device_encryption",
        element: "RequireDeviceEncryption",
        title: "The phone must be encrypted",
        explanation: "What is on the phone can't be read without its password. Phones of today are encrypted \
                      as soon as they have one.",
        group: Group::Security,
        kind: Kind::Flag,
        assumed: Assumed::Flag(false),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::yes("Every iPhone since the 3GS is encrypted."),
            Effect::YES,
            Effect::YES,
            Effect::YES,
        ),
    },
    Setting {
        field: "require_storage_card_encryption",
        element: "RequireStorageCardEncryption",
        title: "Storage cards must be encrypted",
        explanation: "What the phone writes on a storage card can't be read in another device.",
        group: Group::Security,
        kind: Kind::Flag,
        assumed: Assumed::Flag(false),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::no("It has no storage card."),
            Effect::partly("Where the device can encrypt its card; others refuse the account."),
            Effect::YES,
            Effect::NO,
        ),
    },
    Setting {
        field: "allow_storage_card",
        element: "AllowStorageCard",
        title: "Storage cards may be used",
        explanation: "Whether the phone may read and write removable storage.",
        group: Group::Security,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::no("It has no storage card."),
            Effect::SAYS_PARTLY,
            Effect::OLDER_SAMSUNG,
            Effect::NO,
        ),
    },
];
