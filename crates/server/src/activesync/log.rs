//! What is told of a request when it is over: a line in the log, and an exchange that an administrator can
//! look at ([`crate::exchanges`]).

use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_domain::AccountId;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::wbxml::outline;
use fieldpost_net::http::Body;
use hyper::Response;
use jiff::Timestamp;
use tokio::time::Instant;
use tracing::{info, warn};

use super::answer::Answer;
use super::fault::{self, Fault};
use crate::App;
use crate::exchanges::{Exchange, Outcome};

/// Gathers what becomes known of a request on its way.
pub struct Log {
    app: Arc<App>,
    at: Timestamp,
    started: Instant,
    peer: IpAddr,
    /// Number and address of the account that has proved itself.
    pub account: Option<(AccountId, String)>,
    /// Id of the device.
    pub device: Option<String>,
    /// The command, where it is a known one.
    pub command: Option<CommandName>,
    /// The version.
    pub version: Option<Version>,
    /// The phone takes compressed answers.
    pub accept_gzip: bool,
    bytes_in: usize,
    request: Option<Box<[u8]>>,
    /// The exchange was kept.
    over: bool,
}

impl Log {
    /// Of a request that has just come.
    pub fn new(app: Arc<App>, peer: IpAddr) -> Log {
        Log {
            at: app.clock.now(),
            app,
            started: Instant::now(),
            peer,
            account: None,
            device: None,
            command: None,
            version: None,
            accept_gzip: false,
            bytes_in: 0,
            request: None,
            over: false,
        }
    }

    /// Its body was read.
    pub fn read(&mut self, body: &[u8]) {
        self.bytes_in = body.len();
        self.request = outline(body).map(Vec::into_boxed_slice);
    }

    /// Puts the outcome in the terms of the request's version, and writes the line.
    pub fn finish(mut self, outcome: Result<Answer, Fault>) -> Response<Body> {
        let address = self.account.as_ref().map(|(_, address)| address.as_str());
        let answer = outcome.unwrap_or_else(|fault| {
            if let Fault::Unavailable(error) = &fault {
                warn!(account = address, device = self.device, %error, "the phone is told to try again");
            }
            // Where even the version is not known, an HTTP code says it.
            fault::answer(&fault, self.version.unwrap_or(Version::V2_5), self.command)
        });
        let (code, status) = (answer.code.as_u16(), answer.status());
        info!(
            peer = %self.peer,
            account = address,
            device = self.device,
            command = self.command.map(CommandName::name),
            version = self.version.map(Version::name),
            code,
            status,
            bytes_in = self.bytes_in,
            bytes_out = answer.body.len(),
            ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "request"
        );
        self.app.activity.answered(self.command, code, self.at);
        let response = outline(&answer.body).map(Vec::into_boxed_slice);
        self.keep(Outcome::Answered { code, status }, answer.body.len(), response);
        answer.into_response(self.accept_gzip)
    }

    /// Keeps the exchange, where it is known whose it is.
    fn keep(&mut self, outcome: Outcome, bytes_out: usize, response: Option<Box<[u8]>>) {
        self.over = true;
        let (Some((account, _)), Some(device)) = (&self.account, &self.device) else { return };
        let exchange = Exchange {
            at: self.at,
            command: self.command,
            version: self.version,
            outcome,
            took: self.started.elapsed(),
            bytes_in: self.bytes_in,
            bytes_out,
            request: self.request.take(),
            response,
        };
        self.app.exchanges.add(*account, device, exchange);
    }
}

/// A request is dropped unanswered when the phone goes away.
impl Drop for Log {
    fn drop(&mut self) {
        if !self.over {
            self.keep(Outcome::Gone, 0, None);
        }
    }
}
