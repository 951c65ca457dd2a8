//! Settings ([MS-ASCMD] 2.2.1.18): properties of user and device. Each stands for itself: one may be
//! refused and the next kept. They are carried out and answered in the request's order (MS-ASCMD_R469,
//! MS-ASCMD_R480).
//!
//! Automatic replies are in [`oof`], recovery passwords in [`device_password`]. Rights management is what
//! this server does not have, and says so.

mod device_password;
mod oof;

use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::settings::{
    Account, DeviceInformation, EmailAddresses, OofResponse, Outcome, Property, PropertyAnswer, Query,
    Request, Response, RightsManagementInformation, User, UserInformation,
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
        if request.properties.is_empty() {
            return Ok(Response { status: Some(status::PROTOCOL_ERROR), ..Response::default() });
        }
        if !request.properties.iter().all(|property| matches!(property, Property::DeviceInformation(_))) {
            policy::check(cx).await?;
        }
        let takes = |property: &Property| matches!(property, Property::Oof(_) | Property::DevicePassword(_));
        if cx.is_quarantined() && request.properties.iter().any(takes) {
            return Err(Fault::Refused(Common::AccessDenied));
        }
        let mut answers = Vec::with_capacity(request.properties.len());
        for property in request.properties {
            answers.push(answer(cx, property).await?);
        }
        Ok(Response { status: Some(status::SUCCESS), answers })
    }
}

async fn answer(cx: &mut Context, property: Property) -> Result<PropertyAnswer, Fault> {
    Ok(match property {
        Property::Oof(request) => PropertyAnswer::Oof(match (request.get, request.set) {
            (Some(get), None) => oof::get(cx, &get).await?,
            (None, Some(set)) => oof::set(cx, set).await?,
            (Some(_), Some(_)) => OofResponse { status: Some(status::CONFLICTING_ARGUMENTS), get: None },
            (None, None) => OofResponse { status: Some(status::PROTOCOL_ERROR), get: None },
        }),
        Property::DeviceInformation(said) => PropertyAnswer::DeviceInformation(keep(cx, said).await?),
        Property::DevicePassword(said) => {
            PropertyAnswer::DevicePassword(device_password::set(cx, said).await?)
        }
        Property::UserInformation(query) => PropertyAnswer::UserInformation(user_information(cx, &query)),
        Property::RightsManagementInformation(query) => {
            let status = match query.get {
                Some(_) => Common::RightsManagementDisabled.code(),
                None => status::PROTOCOL_ERROR,
            };
            let answer = RightsManagementInformation { status: Some(status), get: None };
            PropertyAnswer::RightsManagementInformation(answer)
        }
    })
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
fn user_information(cx: &Context, query: &Query) -> UserInformation {
    if query.get.is_none() {
        return UserInformation { status: Some(status::PROTOCOL_ERROR), get: None };
    }
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
