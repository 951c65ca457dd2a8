//! Settings.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Empty, Secret};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::settings::*;
use fieldpost_eas::page::{rights_management as rm, settings};

use super::law;
use crate::generator::Gen;

/// What a phone says of itself.
pub fn device_information(g: &mut Gen<'_>) -> DeviceInformation {
    DeviceInformation {
        set: g.opt(settings::SET, |g| DeviceProperties {
            model: g.opt(settings::MODEL, Gen::text),
            imei: g.opt(settings::IMEI, Gen::text),
            friendly_name: g.opt(settings::FRIENDLY_NAME, Gen::text),
            os: g.opt(settings::OS, Gen::text),
            os_language: g.opt(settings::OS_LANGUAGE, Gen::text),
            phone_number: g.opt(settings::PHONE_NUMBER, Gen::text),
            user_agent: g.opt(settings::USER_AGENT, Gen::text),
            enable_outbound_sms: g.opt(settings::ENABLE_OUTBOUND_SMS, Gen::bool),
            mobile_operator: g.opt(settings::MOBILE_OPERATOR, Gen::text),
        }),
    }
}

fn query(g: &mut Gen<'_>) -> Query {
    Query { get: g.opt(settings::GET, |_| Empty) }
}

fn oof(g: &mut Gen<'_>) -> Oof {
    Oof {
        oof_state: g.opt(settings::OOF_STATE, Gen::u8),
        start_time: g.opt(settings::START_TIME, Gen::date),
        end_time: g.opt(settings::END_TIME, Gen::date),
        messages: g.many(settings::OOF_MESSAGE, |g| OofMessage {
            applies_to_internal: g.flag(settings::APPLIES_TO_INTERNAL),
            applies_to_external_known: g.flag(settings::APPLIES_TO_EXTERNAL_KNOWN),
            applies_to_external_unknown: g.flag(settings::APPLIES_TO_EXTERNAL_UNKNOWN),
            enabled: g.opt(settings::ENABLED, Gen::bool),
            reply_message: g.opt(settings::REPLY_MESSAGE, Gen::text),
            body_type: g.opt(settings::BODY_TYPE, Gen::text),
        }),
    }
}

fn outcome(g: &mut Gen<'_>) -> Outcome {
    Outcome { status: g.opt(settings::STATUS, Gen::u8) }
}

fn addresses(g: &mut Gen<'_>) -> EmailAddresses {
    EmailAddresses {
        smtp_addresses: g.many(settings::SMTP_ADDRESS, Gen::text),
        primary_smtp_address: g.opt(settings::PRIMARY_SMTP_ADDRESS, Gen::text),
    }
}

#[test]
fn request() {
    law(CommandName::Settings, |g| Request {
        oof: g.opt(settings::OOF, |g| OofRequest {
            get: g.opt(settings::GET, |g| OofGet { body_type: g.opt(settings::BODY_TYPE, Gen::text) }),
            set: g.opt(settings::SET, oof),
        }),
        device_information: g.opt(settings::DEVICE_INFORMATION, device_information),
        device_password: g.opt(settings::DEVICE_PASSWORD, |g| DevicePassword {
            set: g.opt(settings::SET, |g| DevicePasswordSet {
                password: g.opt(settings::PASSWORD, |g| Secret(g.text())),
            }),
        }),
        user_information: g.opt(settings::USER_INFORMATION, query),
        rights_management_information: g.opt(settings::RIGHTS_MANAGEMENT_INFORMATION, query),
    });
}

#[test]
fn response() {
    law(CommandName::Settings, |g| Response {
        status: g.opt(settings::STATUS, Gen::u8),
        oof: g.opt(settings::OOF, |g| OofResponse {
            status: g.opt(settings::STATUS, Gen::u8),
            get: g.opt(settings::GET, oof),
        }),
        device_information: g.opt(settings::DEVICE_INFORMATION, outcome),
        device_password: g.opt(settings::DEVICE_PASSWORD, outcome),
        user_information: g.opt(settings::USER_INFORMATION, |g| UserInformation {
            status: g.opt(settings::STATUS, Gen::u8),
            get: g.opt(settings::GET, |g| User {
                email_addresses: g.opt_in(settings::EMAIL_ADDRESSES, ..=Version::V14_0, addresses),
                accounts: g.many(settings::ACCOUNTS, |g| Account {
                    account_id: g.opt(settings::ACCOUNT_ID, Gen::text),
                    account_name: g.opt(settings::ACCOUNT_NAME, Gen::text),
                    user_display_name: g.opt(settings::USER_DISPLAY_NAME, Gen::text),
                    send_disabled: g.opt(settings::SEND_DISABLED, Gen::bool),
                    email_addresses: g.opt(settings::EMAIL_ADDRESSES, addresses),
                }),
            }),
        }),
        rights_management_information: g.opt(settings::RIGHTS_MANAGEMENT_INFORMATION, |g| {
            RightsManagementInformation {
                status: g.opt(settings::STATUS, Gen::u8),
                get: g.opt(settings::GET, |g| RightsManagementTemplates {
                    templates: g.opt(rm::RIGHTS_MANAGEMENT_TEMPLATES, |g| {
                        g.many(rm::RIGHTS_MANAGEMENT_TEMPLATE, |g| RightsManagementTemplate {
                            template_id: g.text(),
                            template_name: g.text(),
                            template_description: g.text(),
                        })
                    }),
                }),
            }
        }),
    });
}
