//! The password of the device. Without [`device_password_enabled`](super::super::Policy::device_password_enabled)
//! phones ignore the rest (MS-ASPROV_R629).

use fieldpost_eas::Version;

use super::{Assumed, Effect, Effects, Group, Kind, Setting};

const GRADE: Effect = Effect::AS_COMPLEXITY;

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        field: "device_password_enabled",
        element: "DevicePasswordEnabled",
        title: "A password is required",
        explanation: "The phone must have a password or PIN, and asks for it when it was left alone. All \
                      other settings of the password need this one.",
        group: Group::Password,
        kind: Kind::Flag,
        assumed: Assumed::Flag(false),
        proposed: Some(Assumed::Flag(true)),
        since: Version::V2_5,
        effects: Effects::new(
            Effect::yes("The user is asked for a passcode at once, and must set one within the hour."),
            Effect::yes("The user is asked for a screen lock before mail is fetched."),
            Effect::YES,
            Effect::yes("The device must have a screen lock; on iOS the app may ask for a PIN of its own."),
        ),
    },
    Setting {
        field: "min_device_password_length",
        element: "MinDevicePasswordLength",
        title: "Least length of the password",
        explanation: "The password must have at least so many characters. From version 12.0 on the protocol \
                      goes to 16: where 17 or 18 are demanded, those phones are asked for 16.",
        group: Group::Password,
        kind: Kind::Number { least: 1, most: 18, unit: "characters" },
        assumed: Assumed::NoLimit,
        proposed: Some(Assumed::Number(4)),
        since: Version::V2_5,
        effects: Effects::new(Effect::YES, GRADE, GRADE, Effect::partly("On Android only.")),
    },
    Setting {
        field: "alphanumeric_device_password_required",
        element: "AlphanumericDevicePasswordRequired",
        title: "The password needs letters and digits",
        explanation: "A PIN of digits alone is not enough.",
        group: Group::Password,
        kind: Kind::Flag,
        assumed: Assumed::Flag(false),
        proposed: Some(Assumed::Flag(false)),
        since: Version::V2_5,
        effects: Effects::new(Effect::YES, GRADE, GRADE, Effect::NO),
    },
    Setting {
        field: "min_device_password_complex_characters",
        element: "MinDevicePasswordComplexCharacters",
        title: "Kinds of characters in the password",
        explanation: "The password needs characters of so many of four kinds: small letters, capital letters, \
                      digits, others. It has an effect only where letters and digits are required.",
        group: Group::Password,
        kind: Kind::Number { least: 1, most: 4, unit: "kinds" },
        assumed: Assumed::Number(1),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::partly("It counts characters that are neither letters nor digits instead."),
            GRADE,
            GRADE,
            Effect::NO,
        ),
    },
    Setting {
        field: "allow_simple_device_password",
        element: "AllowSimpleDevicePassword",
        title: "A simple password will do",
        explanation: "Whether the password may be a row or a repetition, such as 1234 or 0000.",
        group: Group::Password,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: Some(Assumed::Flag(true)),
        since: Version::V12_0,
        effects: Effects::new(Effect::YES, GRADE, Effect::UNKNOWN, Effect::NO),
    },
    Setting {
        field: "max_inactivity_time_device_lock",
        element: "MaxInactivityTimeDeviceLock",
        title: "The phone locks itself after",
        explanation: "How long the phone may lie unused before it asks for the password, in seconds. 9999 and \
                      more means never. Phones for 2.5 are told full minutes.",
        group: Group::Password,
        kind: Kind::Number { least: 1, most: 9999, unit: "seconds" },
        assumed: Assumed::NoLimit,
        proposed: Some(Assumed::Number(300)),
        since: Version::V2_5,
        effects: Effects::new(
            Effect::yes("As one of the times that its own settings offer."),
            Effect::YES,
            Effect::YES,
            Effect::NO,
        ),
    },
    Setting {
        field: "max_device_password_failed_attempts",
        element: "MaxDevicePasswordFailedAttempts",
        title: "Wrong passwords until the phone erases itself",
        explanation: "After so many wrong passwords in a row the phone erases all that is on it, without asking \
                      the server. Nobody can bring that back.",
        group: Group::Password,
        kind: Kind::Number { least: 4, most: 16, unit: "attempts" },
        assumed: Assumed::NoLimit,
        proposed: Some(Assumed::Number(8)),
        since: Version::V2_5,
        effects: Effects::new(Effect::YES, Effect::YES, Effect::YES, Effect::NO),
    },
    Setting {
        field: "device_password_expiration",
        element: "DevicePasswordExpiration",
        title: "The password expires after",
        explanation: "After so many days the user must choose another password. 0 means never.",
        group: Group::Password,
        kind: Kind::Number { least: 0, most: 730, unit: "days" },
        assumed: Assumed::NoLimit,
        proposed: None,
        since: Version::V12_0,
        effects: Effects::new(
            Effect::YES,
            Effect::partly("Up to Android 9."),
            Effect::OLDER_SAMSUNG,
            Effect::NO,
        ),
    },
    Setting {
        field: "device_password_history",
        element: "DevicePasswordHistory",
        title: "Old passwords that may not be used again",
        explanation: "So many of the last passwords are refused when the user chooses a new one.",
        group: Group::Password,
        kind: Kind::Number { least: 0, most: 50, unit: "passwords" },
        assumed: Assumed::Number(0),
        proposed: None,
        since: Version::V12_0,
        effects: Effects::new(
            Effect::YES,
            Effect::partly("Up to Android 9."),
            Effect::OLDER_SAMSUNG,
            Effect::NO,
        ),
    },
    Setting {
        field: "password_recovery_enabled",
        element: "PasswordRecoveryEnabled",
        title: "The server keeps a recovery password",
        explanation: "The phone makes a second password and leaves it with the server, encrypted; an \
                      administrator can read it to a user who forgot the first, and the log says that it was read.",
        group: Group::Password,
        kind: Kind::Flag,
        assumed: Assumed::Flag(false),
        proposed: None,
        since: Version::V12_0,
        effects: Effects::new(
            Effect::NO,
            Effect::NO,
            Effect::partly("Some older devices leave one."),
            Effect::NO,
        ),
    },
];
