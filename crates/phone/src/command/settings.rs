//! Settings: what the phone says of itself, and what the server says of the user
//! ([MS-ASCMD] 2.2.1.18, from 12.0).

use fieldpost_eas::codec::{Empty, Secret};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::settings::{
    DevicePassword, DevicePasswordSet, Oof, OofGet, OofRequest, Query, Request, Response, User,
};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::{Phone, check};

impl Phone {
    /// Sends Settings and returns what became of each property; the status of the whole is 1.
    pub async fn settings(&mut self, request: &Request) -> Result<Response, PhoneError> {
        let command = CommandName::Settings;
        if self.version() < Version::V12_0 {
            return Err(PhoneError::NotInVersion { what: "Settings", version: self.version() });
        }
        let response: Response = self.call(command, request).await?;
        check(command, response.status.unwrap_or(1))?;
        Ok(response)
    }

    /// Tells the server model, operating system and client. From 14.1 Provision has done so already.
    pub async fn tell_device_information(&mut self) -> Result<(), PhoneError> {
        let request = Request { device_information: Some(self.device_information()), ..Request::default() };
        let response = self.settings(&request).await?;
        let status = response.device_information.and_then(|o| o.status);
        let command = CommandName::Settings;
        check(command, status.ok_or(PhoneError::Incomplete { command, what: "the property's status" })?)
    }

    /// The user's addresses (up to 14.0) or accounts (from 14.1).
    pub async fn user_information(&mut self) -> Result<User, PhoneError> {
        let command = CommandName::Settings;
        let request = Request { user_information: Some(Query { get: Some(Empty) }), ..Request::default() };
        let information = self
            .settings(&request)
            .await?
            .user_information
            .ok_or(PhoneError::Incomplete { command, what: "the user's information" })?;
        check(command, information.status.unwrap_or(1))?;
        information.get.ok_or(PhoneError::Incomplete { command, what: "the user's addresses" })
    }

    /// The automatic reply as it is set, its messages as `Text` or `HTML`.
    pub async fn automatic_reply(&mut self, body_type: &str) -> Result<Oof, PhoneError> {
        let command = CommandName::Settings;
        let get = OofGet { body_type: Some(body_type.into()) };
        let request = Request { oof: Some(OofRequest { get: Some(get), set: None }), ..Request::default() };
        let missing = |what| PhoneError::Incomplete { command, what };
        let oof = self.settings(&request).await?.oof.ok_or_else(|| missing("the automatic reply"))?;
        check(command, oof.status.ok_or_else(|| missing("the property's status"))?)?;
        oof.get.ok_or_else(|| missing("the automatic reply"))
    }

    /// Sets the automatic reply.
    pub async fn set_automatic_reply(&mut self, oof: Oof) -> Result<(), PhoneError> {
        let command = CommandName::Settings;
        let request = Request { oof: Some(OofRequest { get: None, set: Some(oof) }), ..Request::default() };
        let status = self.settings(&request).await?.oof.and_then(|o| o.status);
        check(command, status.ok_or(PhoneError::Incomplete { command, what: "the property's status" })?)
    }

    /// Gives the server the password that unlocks the phone when its user forgot theirs.
    pub async fn escrow_password(&mut self, password: &str) -> Result<(), PhoneError> {
        let command = CommandName::Settings;
        let set = DevicePasswordSet { password: Some(Secret(password.into())) };
        let request =
            Request { device_password: Some(DevicePassword { set: Some(set) }), ..Request::default() };
        let status = self.settings(&request).await?.device_password.and_then(|o| o.status);
        check(command, status.ok_or(PhoneError::Incomplete { command, what: "the property's status" })?)
    }
}
