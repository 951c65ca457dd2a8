//! The settings of a policy by name, for forms, tables and commands that go through all of them; and which of
//! them a phone was told.

use serde::{Deserialize, Serialize};

use super::Policy;

/// What a setting says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A number, in the unit of the setting.
    Number(i64),
    /// Names or hashes.
    List(Vec<String>),
}

trait Held: Sized {
    fn to_value(&self) -> Value;
    fn from_value(value: Value) -> Option<Self>;
}

impl Held for bool {
    fn to_value(&self) -> Value {
        Value::Flag(*self)
    }

    fn from_value(value: Value) -> Option<bool> {
        match value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}

impl Held for Vec<String> {
    fn to_value(&self) -> Value {
        Value::List(self.clone())
    }

    fn from_value(value: Value) -> Option<Vec<String>> {
        match value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }
}

macro_rules! number {
    ($($type:ty),*) => {$(
        impl Held for $type {
            fn to_value(&self) -> Value {
                Value::Number((*self).into())
            }

            fn from_value(value: Value) -> Option<$type> {
                match value {
                    Value::Number(number) => number.try_into().ok(),
                    _ => None,
                }
            }
        }
    )*};
}

number!(u8, u32, i32);

macro_rules! settings {
    ($($field:ident,)*) => {
        /// The names of all settings, in the order of the schema, which never changes: [`Told`] counts by it.
        pub const FIELDS: &[&str] = &[$(stringify!($field),)*];

        impl Policy {
            /// What a setting says; none where it says nothing, or there is no such setting.
            pub fn get(&self, field: &str) -> Option<Value> {
                match field {
                    $(stringify!($field) => self.$field.as_ref().map(Held::to_value),)*
                    _ => None,
                }
            }

            /// Sets it, or with none has it say nothing. False, and nothing changes, where there is no such
            /// setting or it can't hold such a value.
            pub fn set(&mut self, field: &str, value: Option<Value>) -> bool {
                match field {
                    $(stringify!($field) => match value.map(Held::from_value) {
                        Some(None) => false,
                        held => {
                            self.$field = held.flatten();
                            true
                        }
                    },)*
                    _ => false,
                }
            }
        }
    };
}

settings! {
    device_password_enabled,
    alphanumeric_device_password_required,
    password_recovery_enabled,
    require_storage_card_encryption,
    attachments_enabled,
    min_device_password_length,
    max_inactivity_time_device_lock,
    max_device_password_failed_attempts,
    max_attachment_size,
    allow_simple_device_password,
    device_password_expiration,
    device_password_history,
    allow_storage_card,
    allow_camera,
    require_device_encryption,
    allow_unsigned_applications,
    allow_unsigned_installation_packages,
    min_device_password_complex_characters,
    allow_wifi,
    allow_text_messaging,
    allow_pop_imap_email,
    allow_bluetooth,
    allow_irda,
    require_manual_sync_when_roaming,
    allow_desktop_sync,
    max_calendar_age_filter,
    allow_html_email,
    max_email_age_filter,
    max_email_body_truncation_size,
    max_email_html_body_truncation_size,
    require_signed_smime_messages,
    require_encrypted_smime_messages,
    require_signed_smime_algorithm,
    require_encryption_smime_algorithm,
    allow_smime_encryption_algorithm_negotiation,
    allow_smime_soft_certs,
    allow_browser,
    allow_consumer_email,
    allow_remote_desktop,
    allow_internet_sharing,
    unapproved_in_rom_application_list,
    approved_application_list,
}

/// A set of settings: those that a phone was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Told(u64);

impl Told {
    /// The settings of which a policy says something.
    pub fn of(policy: &Policy) -> Told {
        FIELDS.iter().copied().filter(|field| policy.get(field).is_some()).collect()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the setting is among them.
    pub fn has(self, field: &str) -> bool {
        self.0 & bit(field) != 0
    }

    /// Those of them that are not in the other set.
    pub fn without(self, other: Told) -> Told {
        Told(self.0 & !other.0)
    }

    /// Those that are in either set.
    pub fn and(self, other: Told) -> Told {
        Told(self.0 | other.0)
    }

    /// Their names.
    pub fn fields(self) -> impl Iterator<Item = &'static str> {
        FIELDS.iter().copied().filter(move |field| self.has(field))
    }
}

impl FromIterator<&'static str> for Told {
    fn from_iter<I: IntoIterator<Item = &'static str>>(fields: I) -> Told {
        Told(fields.into_iter().fold(0, |all, field| all | bit(field)))
    }
}

fn bit(field: &str) -> u64 {
    let at = FIELDS.iter().position(|known| *known == field);
    at.and_then(|at| u32::try_from(at).ok()).and_then(|at| 1u64.checked_shl(at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_by_name() {
        let mut policy = Policy::NOTHING;
        assert!(policy.set("min_device_password_length", Some(Value::Number(6))));
        assert!(policy.set("max_email_body_truncation_size", Some(Value::Number(-1))));
        assert!(policy.set("allow_camera", Some(Value::Flag(false))));
        assert_eq!(policy.min_device_password_length, Some(6));
        assert_eq!(policy.get("max_email_body_truncation_size"), Some(Value::Number(-1)));
        let before = policy.clone();
        for (field, value) in [
            ("min_device_password_length", Value::Number(300)),
            ("max_attachment_size", Value::Number(-1)),
            ("allow_camera", Value::Number(1)),
            ("invented", Value::Flag(true)),
        ] {
            assert!(!policy.set(field, Some(value)), "{field}");
        }
        assert_eq!(policy, before);
        let told = Told::of(&policy);
        assert_eq!(
            told.fields().collect::<Vec<_>>(),
            ["min_device_password_length", "allow_camera", "max_email_body_truncation_size"]
        );
        assert!(policy.set("allow_camera", None));
        assert_eq!(told.without(Told::of(&policy)).fields().collect::<Vec<_>>(), ["allow_camera"]);
        assert!(FIELDS.len() <= 64);
    }
}
