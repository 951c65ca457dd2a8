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

/// Some properties, each at most once, in any order.
fn properties<T>(g: &mut Gen<'_>, mut all: Vec<Option<T>>) -> Vec<T> {
    let first = usize::from(g.u8()) % all.len();
    all.rotate_left(first);
    all.into_iter().flatten().collect()
}

#[test]
fn request() {
    law(CommandName::Settings, |g| {
        let all = vec![
            g.opt(settings::OOF, |g| {
                Property::Oof(OofRequest {
                    get: g
                        .opt(settings::GET, |g| OofGet { body_type: g.opt(settings::BODY_TYPE, Gen::text) }),
                    set: g.opt(settings::SET, oof),
                })
            }),
            g.opt(settings::DEVICE_INFORMATION, |g| Property::DeviceInformation(device_information(g))),
            g.opt(settings::DEVICE_PASSWORD, |g| {
                Property::DevicePassword(DevicePassword {
                    set: g.opt(settings::SET, |g| DevicePasswordSet {
                        password: g.opt(settings::PASSWORD, |g| Secret(g.text())),
                    }),
                })
            }),
            g.opt(settings::USER_INFORMATION, |g| Property::UserInformation(query(g))),
            g.opt(settings::RIGHTS_MANAGEMENT_INFORMATION, |g| {
                Property::RightsManagementInformation(query(g))
            }),
        ];
        Request { properties: properties(g, all) }
    });
}

fn user_information(g: &mut Gen<'_>) -> UserInformation {
    UserInformation {
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
    }
}

fn rights_management_information(g: &mut Gen<'_>) -> RightsManagementInformation {
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
}

#[test]
fn response() {
    law(CommandName::Settings, |g| {
        let status = g.opt(settings::STATUS, Gen::u8);
        let all = vec![
            g.opt(settings::OOF, |g| {
                PropertyAnswer::Oof(OofResponse {
                    status: g.opt(settings::STATUS, Gen::u8),
                    get: g.opt(settings::GET, oof),
                })
            }),
            g.opt(settings::DEVICE_INFORMATION, |g| PropertyAnswer::DeviceInformation(outcome(g))),
            g.opt(settings::DEVICE_PASSWORD, |g| PropertyAnswer::DevicePassword(outcome(g))),
            g.opt(settings::USER_INFORMATION, |g| PropertyAnswer::UserInformation(user_information(g))),
            g.opt(settings::RIGHTS_MANAGEMENT_INFORMATION, |g| {
                PropertyAnswer::RightsManagementInformation(rights_management_information(g))
            }),
        ];
        Response { status, answers: properties(g, all) }
    });
}
