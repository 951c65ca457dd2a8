//! Ping: to be told when something changes ([MS-ASCMD] 2.2.1.13).
//!
//! A Ping waits on a connection of its own. [`Phone::ping`] waits with the phone; [`Parked`] waits
//! without it, so that the phone can do other things meanwhile, or ten thousand can wait at once.

use std::time::Duration;

use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::ping::{Folder, Request, Response};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::{Line, Phone, Verdict, decode, judge};
use crate::state::LastPing;
use crate::transport::{Answer, HttpRequest, Transport};

/// How a Ping ended.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub enum PingOutcome {
    /// The interval is over and nothing happened (1).
    Quiet,
    /// Something changed in these folders (2).
    Changed(Vec<String>),
    /// The server does not know what to watch: say it in full (3).
    Incomplete,
    /// The interval is out of bounds; this one would do (5).
    Interval(u32),
    /// These are more folders than the server watches (6).
    TooManyFolders(Option<u32>),
    /// The folders changed: FolderSync comes first (7).
    HierarchyChanged,
}

impl Phone {
    /// Waits up to `heartbeat` seconds for a change in `folders`. What they are is sent in full.
    pub async fn ping(&mut self, heartbeat: u32, folders: &[&str]) -> Result<PingOutcome, PhoneError> {
        let call = self.ping_call(heartbeat, folders);
        let answer = self.exchange_on(Line::Parked, &call).await?;
        let outcome = read(&answer)?;
        if !matches!(outcome, PingOutcome::Interval(_) | PingOutcome::TooManyFolders(_)) {
            let folders = folders.iter().map(|f| (*f).to_owned()).collect();
            self.state.last_ping = Some(LastPing { heartbeat, folders });
        }
        Ok(outcome)
    }

    /// Waits once more as the last Ping did: an empty request (MS-ASCMD_R5635).
    pub async fn ping_again(&mut self) -> Result<PingOutcome, PhoneError> {
        let heartbeat = self.state.last_ping.as_ref().map_or(0, |p| p.heartbeat);
        let call = Call { longer: seconds(heartbeat), ..Call::wbxml(CommandName::Ping, "") };
        let answer = self.exchange_on(Line::Parked, &call).await?;
        let outcome = read(&answer)?;
        if outcome == PingOutcome::Incomplete {
            self.state.last_ping = None;
        }
        Ok(outcome)
    }

    /// A Ping that waits on its own. It takes the phone's second connection along; see
    /// [`Phone::unpark`]. Provisioning, redirections and the like are errors here.
    pub fn park(&mut self, heartbeat: u32, folders: &[&str]) -> Result<Parked, PhoneError> {
        let call = self.ping_call(heartbeat, folders);
        let request = self.request(&call)?;
        let connector = std::sync::Arc::clone(self.connector());
        let line = std::mem::replace(&mut self.parked_line, Transport::new(connector));
        Ok(Parked { line, request, longer: call.longer, version: self.version() })
    }

    /// Takes the connection of a Ping that has ended back, for the next one.
    pub fn unpark(&mut self, parked: Parked) {
        self.parked_line = parked.line;
    }

    fn ping_call(&self, heartbeat: u32, folders: &[&str]) -> Call {
        let folder = |id: &&str| Folder {
            id: (*id).to_owned(),
            class: Some(self.class_of(id).unwrap_or("Email").to_owned()),
        };
        let request = Request {
            heartbeat_interval: Some(heartbeat),
            folders: Some(folders.iter().map(folder).collect()),
        };
        Call { longer: seconds(heartbeat), ..Call::wbxml(CommandName::Ping, request.encode(self.version())) }
    }
}

fn seconds(n: u32) -> Duration {
    Duration::from_secs(n.into())
}

/// A Ping that waits on its own connection.
#[derive(Debug)]
pub struct Parked {
    line: Transport,
    request: HttpRequest,
    longer: Duration,
    version: Version,
}

impl Parked {
    /// Opens the connection, so that the request itself goes out without delay.
    pub async fn connect(&mut self) -> Result<(), PhoneError> {
        Ok(self.line.connect().await?)
    }

    /// Sends the request and waits for its answer. Dropping the future closes the connection.
    pub async fn wait(&mut self) -> Result<PingOutcome, PhoneError> {
        let answer = self.line.send(&self.request, self.longer).await?;
        let command = CommandName::Ping;
        match judge(command, self.version, &answer) {
            Verdict::Take => read(&answer),
            Verdict::Fail(error) => Err(error),
            Verdict::Provision => Err(PhoneError::ProvisioningLoop),
            Verdict::Elsewhere(url) => Err(PhoneError::RedirectLoop(url)),
            Verdict::Later(retry_after) => {
                Err(PhoneError::Unavailable { command: command.name(), tries: 1, retry_after })
            }
        }
    }
}

fn read(answer: &Answer) -> Result<PingOutcome, PhoneError> {
    let command = CommandName::Ping;
    let response: Response = decode(command, answer)?;
    Ok(match response.status {
        1 => PingOutcome::Quiet,
        2 => PingOutcome::Changed(response.folders),
        3 => PingOutcome::Incomplete,
        5 => PingOutcome::Interval(
            response
                .heartbeat_interval
                .ok_or(PhoneError::Incomplete { command, what: "the interval that would do" })?,
        ),
        6 => PingOutcome::TooManyFolders(response.max_folders),
        7 => PingOutcome::HierarchyChanged,
        status => return Err(PhoneError::Status { command, status }),
    })
}
