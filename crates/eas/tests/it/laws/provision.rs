//! Provision.

use fieldpost_eas::Version;
use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::provision::{
    Policy, PolicyData, PolicyRequest, ProvisionDoc, Request, Response, Wipe,
};
use fieldpost_eas::command::settings::Outcome;
use fieldpost_eas::page::{provision, settings};

use super::law;
use super::settings::device_information;
use crate::generator::Gen;

fn or_empty<'a, T>(g: &mut Gen<'a>, make: fn(&mut Gen<'a>) -> T) -> OrEmpty<T> {
    OrEmpty(g.bool().then(|| make(g)))
}

fn wipe(g: &mut Gen<'_>) -> Wipe {
    Wipe { status: g.opt(provision::STATUS, Gen::u8) }
}

fn document(g: &mut Gen<'_>) -> ProvisionDoc {
    ProvisionDoc {
        device_password_enabled: g.opt(provision::DEVICE_PASSWORD_ENABLED, Gen::bool),
        alphanumeric_device_password_required: g
            .opt(provision::ALPHANUMERIC_DEVICE_PASSWORD_REQUIRED, Gen::bool),
        password_recovery_enabled: g.opt(provision::PASSWORD_RECOVERY_ENABLED, Gen::bool),
        require_storage_card_encryption: g.opt(provision::REQUIRE_STORAGE_CARD_ENCRYPTION, Gen::bool),
        attachments_enabled: g.opt(provision::ATTACHMENTS_ENABLED, Gen::bool),
        min_device_password_length: g.opt(provision::MIN_DEVICE_PASSWORD_LENGTH, |g| or_empty(g, Gen::u8)),
        max_inactivity_time_device_lock: g
            .opt(provision::MAX_INACTIVITY_TIME_DEVICE_LOCK, |g| or_empty(g, Gen::u32)),
        max_device_password_failed_attempts: g
            .opt(provision::MAX_DEVICE_PASSWORD_FAILED_ATTEMPTS, |g| or_empty(g, Gen::u8)),
        max_attachment_size: g.opt(provision::MAX_ATTACHMENT_SIZE, |g| or_empty(g, Gen::u32)),
        allow_simple_device_password: g.opt(provision::ALLOW_SIMPLE_DEVICE_PASSWORD, Gen::bool),
        device_password_expiration: g.opt(provision::DEVICE_PASSWORD_EXPIRATION, |g| or_empty(g, Gen::u32)),
        device_password_history: g.opt(provision::DEVICE_PASSWORD_HISTORY, Gen::u32),
        allow_storage_card: g.opt(provision::ALLOW_STORAGE_CARD, Gen::bool),
        allow_camera: g.opt(provision::ALLOW_CAMERA, Gen::bool),
        require_device_encryption: g.opt(provision::REQUIRE_DEVICE_ENCRYPTION, Gen::bool),
        allow_unsigned_applications: g.opt(provision::ALLOW_UNSIGNED_APPLICATIONS, Gen::bool),
        allow_unsigned_installation_packages: g
            .opt(provision::ALLOW_UNSIGNED_INSTALLATION_PACKAGES, Gen::bool),
        min_device_password_complex_characters: g
            .opt(provision::MIN_DEVICE_PASSWORD_COMPLEX_CHARACTERS, Gen::u8),
        allow_wifi: g.opt(provision::ALLOW_WI_FI, Gen::bool),
        allow_text_messaging: g.opt(provision::ALLOW_TEXT_MESSAGING, Gen::bool),
        allow_pop_imap_email: g.opt(provision::ALLOW_POPIMAP_EMAIL, Gen::bool),
        allow_bluetooth: g.opt(provision::ALLOW_BLUETOOTH, Gen::u8),
        allow_irda: g.opt(provision::ALLOW_IR_DA, Gen::bool),
        require_manual_sync_when_roaming: g.opt(provision::REQUIRE_MANUAL_SYNC_WHEN_ROAMING, Gen::bool),
        allow_desktop_sync: g.opt(provision::ALLOW_DESKTOP_SYNC, Gen::bool),
        max_calendar_age_filter: g.opt(provision::MAX_CALENDAR_AGE_FILTER, Gen::u32),
        allow_html_email: g.opt(provision::ALLOW_HTML_EMAIL, Gen::bool),
        max_email_age_filter: g.opt(provision::MAX_EMAIL_AGE_FILTER, Gen::u32),
        max_email_body_truncation_size: g.opt(provision::MAX_EMAIL_BODY_TRUNCATION_SIZE, Gen::i32),
        max_email_html_body_truncation_size: g.opt(provision::MAX_EMAIL_HTML_BODY_TRUNCATION_SIZE, Gen::i32),
        require_signed_smime_messages: g.opt(provision::REQUIRE_SIGNED_SMIME_MESSAGES, Gen::bool),
        require_encrypted_smime_messages: g.opt(provision::REQUIRE_ENCRYPTED_SMIME_MESSAGES, Gen::bool),
        require_signed_smime_algorithm: g.opt(provision::REQUIRE_SIGNED_SMIME_ALGORITHM, Gen::i32),
        require_encryption_smime_algorithm: g.opt(provision::REQUIRE_ENCRYPTION_SMIME_ALGORITHM, Gen::i32),
        allow_smime_encryption_algorithm_negotiation: g
            .opt(provision::ALLOW_SMIME_ENCRYPTION_ALGORITHM_NEGOTIATION, Gen::i32),
        allow_smime_soft_certs: g.opt(provision::ALLOW_SMIME_SOFT_CERTS, Gen::bool),
        allow_browser: g.opt(provision::ALLOW_BROWSER, Gen::bool),
        allow_consumer_email: g.opt(provision::ALLOW_CONSUMER_EMAIL, Gen::bool),
        allow_remote_desktop: g.opt(provision::ALLOW_REMOTE_DESKTOP, Gen::bool),
        allow_internet_sharing: g.opt(provision::ALLOW_INTERNET_SHARING, Gen::bool),
        unapproved_in_rom_application_list: g.opt(provision::UNAPPROVED_IN_ROM_APPLICATION_LIST, |g| {
            g.many(provision::APPLICATION_NAME, Gen::text)
        }),
        approved_application_list: g
            .opt(provision::APPROVED_APPLICATION_LIST, |g| g.many(provision::HASH, Gen::text)),
    }
}

#[test]
fn request() {
    law(CommandName::Provision, |g| Request {
        device_information: g.opt_in(settings::DEVICE_INFORMATION, Version::V14_1.., device_information),
        policies: g.many(provision::POLICY, |g| PolicyRequest {
            policy_type: g.text(),
            policy_key: g.opt(provision::POLICY_KEY, Gen::text),
            status: g.opt(provision::STATUS, Gen::u8),
        }),
        remote_wipe: g.opt(provision::REMOTE_WIPE, wipe),
        account_only_remote_wipe: g.opt(provision::ACCOUNT_ONLY_REMOTE_WIPE, wipe),
    });
}

#[test]
fn response() {
    law(CommandName::Provision, |g| Response {
        device_information: g.opt_in(settings::DEVICE_INFORMATION, Version::V14_1.., |g| Outcome {
            status: g.opt(settings::STATUS, Gen::u8),
        }),
        status: g.u8(),
        policies: g.many(provision::POLICY, |g| Policy {
            policy_type: g.text(),
            status: g.u8(),
            policy_key: g.opt(provision::POLICY_KEY, Gen::text),
            data: g.opt(provision::DATA, |g| {
                if g.knows(provision::EAS_PROVISION_DOC) && g.bool() {
                    PolicyData::Document(Box::new(document(g)))
                } else {
                    PolicyData::Xml(g.text())
                }
            }),
        }),
        remote_wipe: g.opt(provision::REMOTE_WIPE, wipe),
        account_only_remote_wipe: g.opt(provision::ACCOUNT_ONLY_REMOTE_WIPE, wipe),
    });
}
