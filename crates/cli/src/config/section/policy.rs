//! `[policy]`: what a phone must promise before it gets mail.

use std::time::Duration;

use crate::config::schema::section;
use crate::config::value::Size;

section! {
    /// What a phone must promise before it gets mail. What is not set, phones decide for themselves; a
    /// phone that can't do what is asked may refuse it all, so it is wise to ask for little. This holds for
    /// accounts for which no policy was chosen with the web tool or the command line.
    pub struct Policy in "policy" {
        /// Whether a phone must take the policy before anything else.
        required: bool = true,
        /// Lets phones in that can't take a policy, or only a part of it.
        allow_non_provisionable: bool = false,
        /// How often a phone must come for the policy again; 0s: only when it changes.
        refresh: Duration = Duration::from_secs(24 * 60 * 60),
        /// Whether the phone must have a password. Without it, what is said of passwords has no effect.
        password: Option<bool> = Some(false),
        /// Least characters of the password, 1 to 16.
        password_length: Option<u8> = None,
        /// Whether the password must have letters.
        password_alphanumeric: Option<bool> = Some(false),
        /// Whether a password such as 1234 will do.
        password_simple: Option<bool> = Some(true),
        /// Wrong passwords until the phone wipes itself, 4 to 16.
        password_attempts: Option<u8> = None,
        /// How long the phone may lie unused before it locks itself.
        lock_after: Option<Duration> = None,
        /// Whether the phone must be encrypted (from version 12.1 on).
        device_encryption: Option<bool> = None,
        /// Whether attachments may be fetched.
        attachments: Option<bool> = Some(true),
        /// Greatest attachment that may be fetched.
        max_attachment: Option<Size> = None,
        /// Whether the camera may be used (from version 12.1 on).
        camera: Option<bool> = None,
        /// Whether a storage card may be used (from version 12.1 on).
        storage_card: Option<bool> = None,
    }
}
