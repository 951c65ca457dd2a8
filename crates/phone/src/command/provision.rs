//! Provision: the phone asks for the policy, obeys it, and says so ([MS-ASPROV] 3.1.5); or it is
//! wiped.

use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::provision::{
    POLICY_TYPE_WBXML, POLICY_TYPE_XML, Policy, PolicyData, PolicyRequest, Request, Response, Wipe,
};
use fieldpost_eas::command::settings::{DeviceInformation, DeviceProperties};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::{Phone, check, decode, is_ok};
use crate::policy::Obedience;

/// What a provisioning came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Provisioned {
    /// The policy is in force, its key in [`crate::State::policy_key`].
    Policy(Option<PolicyData>),
    /// The server has no policy for this user.
    None,
}

impl Phone {
    /// What the phone says of itself.
    pub(crate) fn device_information(&self) -> DeviceInformation {
        DeviceInformation {
            set: Some(DeviceProperties {
                model: Some(self.identity.model.clone()),
                friendly_name: Some(self.identity.model.clone()),
                os: Some(self.identity.os.clone()),
                os_language: Some("en-us".into()),
                user_agent: Some(self.identity.user_agent.clone()),
                ..DeviceProperties::default()
            }),
        }
    }

    fn policy_type(&self) -> String {
        match self.version() {
            Version::V2_5 => POLICY_TYPE_XML,
            _ => POLICY_TYPE_WBXML,
        }
        .into()
    }

    /// Both phases of provisioning. A wipe that is ordered instead is carried out and acknowledged.
    ///
    /// # Errors
    /// [`PhoneError::Wiped`] after a wipe; [`PhoneError::Policy`] if the server hands out no policy or
    /// does not take the acknowledgement; [`PhoneError::Status`] or [`PhoneError::Forbidden`] if it wants more
    /// obedience; [`PhoneError::KnowsNoPolicies`] from a phone that has none at all.
    pub async fn provision(&mut self) -> Result<Provisioned, PhoneError> {
        let ask = Request {
            device_information: Some(self.device_information()),
            policies: vec![PolicyRequest { policy_type: self.policy_type(), ..PolicyRequest::default() }],
            ..Request::default()
        };
        if self.obedience == Obedience::Ignorant {
            return Err(PhoneError::KnowsNoPolicies);
        }
        let held = self.state.policy_key;
        let Some(offered) = self.ask_provision(&ask).await? else {
            self.state.policy_key = 0;
            return Ok(Provisioned::None);
        };
        let mut policy = self.state.policy.clone();
        if let Some(data) = &offered.data {
            policy.take(data, self.version());
        }
        let says = self.obedience.says(&policy);
        if says < 3 {
            // It obeys from now on, whatever becomes of its acknowledgement.
            self.state.policy = policy;
        }
        let acknowledge = Request {
            policies: vec![PolicyRequest {
                policy_type: self.policy_type(),
                policy_key: Some(self.state.policy_key.to_string()),
                status: Some(says),
            }],
            ..Request::default()
        };
        match self.ask_provision(&acknowledge).await {
            Ok(Some(_)) => Ok(Provisioned::Policy(offered.data)),
            Ok(None) => Err(PhoneError::Policy(2)),
            Err(error) => {
                // The temporary key is good for nothing else.
                if !matches!(error, PhoneError::Wiped { .. }) {
                    self.state.policy_key = held;
                }
                Err(error)
            }
        }
    }

    /// One phase: sends, takes the key, returns the policy element; `None` if there is no policy.
    async fn ask_provision(&mut self, request: &Request) -> Result<Option<Policy>, PhoneError> {
        let command = CommandName::Provision;
        let response = self.send_provision(request).await?;
        self.obey_wipe(&response).await?;
        check(command, response.status)?;
        let Some(policy) = response.policies.into_iter().next() else {
            return Ok(None);
        };
        match policy.status {
            1 => {}
            2 => return Ok(None),
            status => return Err(PhoneError::Policy(status)),
        }
        let key = policy.policy_key.as_deref().and_then(|k| k.trim().parse().ok());
        self.state.policy_key = key.ok_or(PhoneError::Incomplete { command, what: "the policy key" })?;
        Ok(Some(policy))
    }

    async fn send_provision(&mut self, request: &Request) -> Result<Response, PhoneError> {
        let command = CommandName::Provision;
        let answer = self.exchange(&Call::wbxml(command, request.encode(self.version()))).await?;
        if !is_ok(&answer) {
            return Err(PhoneError::Http { command: command.name(), status: answer.status.as_u16() });
        }
        decode(command, &answer)
    }

    /// Wipes the phone if the answer orders it, and says that it is done ([MS-ASPROV] 3.1.5.1.2.2,
    /// 3.1.5.1.2.3); or that it could not, where it was told to fail.
    async fn obey_wipe(&mut self, response: &Response) -> Result<(), PhoneError> {
        let account_only = response.account_only_remote_wipe.is_some();
        if !account_only && response.remote_wipe.is_none() {
            return Ok(());
        }
        let fails = self.failing_wipes > 0;
        let said = Some(Wipe { status: Some(if fails { 2 } else { 1 }) });
        let acknowledge = match account_only {
            true => Request { account_only_remote_wipe: said, ..Request::default() },
            false => Request { remote_wipe: said, ..Request::default() },
        };
        if fails {
            self.failing_wipes -= 1;
            self.send_provision(&acknowledge).await?;
            return Err(PhoneError::WipeFailed { account_only });
        }
        self.state.wipe();
        self.pending = None;
        self.send_provision(&acknowledge).await?;
        Err(PhoneError::Wiped { account_only })
    }
}
