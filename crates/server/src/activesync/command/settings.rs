//! Settings ([MS-ASCMD] 2.2.1.18): properties of user and device. Each stands for itself: one may be
//! refused and the next kept.
//!
//! What this server does not have says so and keeps nothing: out-of-office answers, recovery
//! passwords and rights management.

use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::settings::{
    Account, DeviceInformation, EmailAddresses, OofResponse, Outcome, Request, Response,
    RightsManagementInformation, User, UserInformation,
};
use fieldpost_eas::status::{Common, settings as status};

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::{device_information, policy};

/// The command.
pub struct Settings;

impl Command for Settings {
    const NAME: CommandName = CommandName::Settings;
    // A phone that takes no policy says what it is before anything else (MS-ASCMD_R5003101801).
    const NEEDS: Needs = Needs::NOTHING;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(Response { status: Some(status::PROTOCOL_ERROR), ..Response::default() })
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        let only_says_what_it_is =
            Request { device_information: request.device_information.clone(), ..Request::default() };
        if request != only_says_what_it_is {
            policy::check(cx)?;
        }
        if request == Request::default() {
            return Ok(Response { status: Some(status::PROTOCOL_ERROR), ..Response::default() });
        }
        let device_information = match request.device_information {
            Some(said) => Some(keep(cx, said).await?),
            None => None,
        };
        Ok(Response {
            status: Some(status::SUCCESS),
            oof: request.oof.map(|_| OofResponse { status: Some(status::UNAVAILABLE), get: None }),
            device_information,
            device_password: request
                .device_password
                .map(|_| Outcome { status: Some(status::DENIED_BY_POLICY) }),
            user_information: request.user_information.map(|_| user_information(cx)),
            rights_management_information: request.rights_management_information.map(|_| {
                let status = Some(Common::RightsManagementDisabled.code());
                RightsManagementInformation { status, get: None }
            }),
        })
    }
}

async fn keep(cx: &mut Context, said: DeviceInformation) -> Result<Outcome, Fault> {
    let Some(set) = said.set else {
        return Ok(Outcome { status: Some(status::PROTOCOL_ERROR) });
    };
    let Some(information) = device_information::read(set) else {
        return Ok(Outcome { status: Some(status::INVALID_ARGUMENTS) });
    };
    device_information::keep(cx, information).await?;
    Ok(Outcome { status: Some(status::SUCCESS) })
}

/// Addresses up to 14.0, the one account from 14.1; the version leaves out what is not its own.
fn user_information(cx: &Context) -> UserInformation {
    let account = &cx.account;
    let mut addresses = vec![account.address.clone()];
    addresses.extend(account.aliases.iter().cloned());
    let of_account = EmailAddresses {
        smtp_addresses: addresses.clone(),
        primary_smtp_address: Some(account.address.clone()),
    };
    let user = User {
        email_addresses: Some(EmailAddresses { smtp_addresses: addresses, primary_smtp_address: None }),
        accounts: vec![Account {
            user_display_name: Some(account.display_name.clone()).filter(|name| !name.is_empty()),
            email_addresses: Some(of_account),
            ..Account::default()
        }],
    };
    UserInformation { status: Some(status::SUCCESS), get: Some(user) }
}
