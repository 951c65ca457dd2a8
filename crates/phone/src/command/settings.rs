//! Settings: what the phone says of itself, what the server says of the user, and what is said to those who
//! write while the user is away ([MS-ASCMD] 2.2.1.18, from 12.0).

use fieldpost_eas::codec::{Empty, Secret};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::settings::{
    DevicePassword, DevicePasswordSet, Oof, OofGet, OofRequest, OofResponse, Property, PropertyAnswer, Query,
    Request, Response, RightsManagementTemplate, User,
};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::{Phone, check};

const COMMAND: CommandName = CommandName::Settings;

fn missing(what: &'static str) -> PhoneError {
    PhoneError::Incomplete { command: COMMAND, what }
}

impl Phone {
    /// Asks for and sets several properties at once. The answers are in the order of the request.
    pub async fn settings(&mut self, request: &Request) -> Result<Response, PhoneError> {
        if self.version() < Version::V12_0 {
            return Err(PhoneError::NotInVersion { what: "Settings", version: self.version() });
        }
        let response: Response = self.call(COMMAND, request).await?;
        check(COMMAND, response.status.unwrap_or(1))?;
        Ok(response)
    }

    /// Asks for or sets one property.
    async fn property(&mut self, property: Property) -> Result<PropertyAnswer, PhoneError> {
        let response = self.settings(&property.into()).await?;
        response.answers.into_iter().next().ok_or(missing("the property's answer"))
    }

    async fn set_property(&mut self, property: Property) -> Result<(), PhoneError> {
        let status = match self.property(property).await? {
            PropertyAnswer::DeviceInformation(outcome) | PropertyAnswer::DevicePassword(outcome) => {
                outcome.status
            }
            PropertyAnswer::Oof(answer) => answer.status,
            _ => None,
        };
        check(COMMAND, status.ok_or(missing("the property's status"))?)
    }

    /// Tells the server model, operating system and client. From 14.1 Provision has done so already.
    pub async fn tell_device_information(&mut self) -> Result<(), PhoneError> {
        self.set_property(Property::DeviceInformation(self.device_information())).await
    }

    /// The user's addresses (up to 14.0) or accounts (from 14.1).
    pub async fn user_information(&mut self) -> Result<User, PhoneError> {
        match self.property(Property::UserInformation(Query { get: Some(Empty) })).await? {
            PropertyAnswer::UserInformation(information) => {
                check(COMMAND, information.status.unwrap_or(1))?;
                information.get.ok_or(missing("the user's addresses"))
            }
            _ => Err(missing("the user's information")),
        }
    }

    /// What is said to those who write while the user is away; the messages in `form`, `Text` or `HTML`.
    pub async fn automatic_reply(&mut self, form: &str) -> Result<Oof, PhoneError> {
        let get = OofGet { body_type: Some(form.to_owned()) };
        match self.property(Property::Oof(OofRequest { get: Some(get), set: None })).await? {
            PropertyAnswer::Oof(OofResponse { status, get }) => {
                check(COMMAND, status.unwrap_or(1))?;
                get.ok_or(missing("the automatic reply"))
            }
            _ => Err(missing("the automatic reply")),
        }
    }

    /// Says what is said to those who write while the user is away.
    pub async fn set_automatic_reply(&mut self, set: Oof) -> Result<(), PhoneError> {
        self.set_property(Property::Oof(OofRequest { get: None, set: Some(set) })).await
    }

    /// Leaves a recovery password with the server; an empty one takes it back.
    pub async fn escrow_password(&mut self, password: &str) -> Result<(), PhoneError> {
        let set = DevicePasswordSet { password: Some(Secret(password.to_owned())) };
        self.set_property(Property::DevicePassword(DevicePassword { set: Some(set) })).await
    }

    /// The rights policies that the user may apply (14.1).
    pub async fn rights_policies(&mut self) -> Result<Vec<RightsManagementTemplate>, PhoneError> {
        match self.property(Property::RightsManagementInformation(Query { get: Some(Empty) })).await? {
            PropertyAnswer::RightsManagementInformation(information) => {
                check(COMMAND, information.status.unwrap_or(1))?;
                Ok(information.get.and_then(|get| get.templates).unwrap_or_default())
            }
            _ => Err(missing("the rights policies")),
        }
    }
}
