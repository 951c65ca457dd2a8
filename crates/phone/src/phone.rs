//! The phone itself: an identity, a connection, a memory, and what it does about each kind of answer
//! before the command sees it. It obeys policies, waits when told to, follows redirections, and keeps
//! a Sync whose answer was lost.

use std::sync::Arc;
use std::time::Duration;

use hyper::StatusCode;
use hyper::header::RETRY_AFTER;

use fieldpost_eas::codec::Document;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::{headers, status as http_status};
use fieldpost_eas::status::Common;
use fieldpost_eas::version::Version;
use fieldpost_eas::wbxml::{Event, Limits, Reader};

use crate::command::sync::Pending;
use crate::error::PhoneError;
use crate::identity::{Call, Identity};
use crate::policy::Obedience;
use crate::state::State;
use crate::transport::mishap::Mishap;
use crate::transport::record::{Exchange, Recording};
use crate::transport::{Answer, Connector, HttpRequest, Timeouts, Transport, Trust};

/// How long a phone lets itself be put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How often a request is repeated that was answered "later" (HTTP 503, status 111).
    pub tries: u32,
    /// Longest wait for which `Retry-After` is honoured; a server that wants more gets an error.
    pub longest_wait: Duration,
    /// Wait where the server names none.
    pub usual_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { tries: 5, longest_wait: Duration::from_secs(60), usual_wait: Duration::from_secs(2) }
    }
}

/// Most redirections that one request follows.
const MAX_REDIRECTS: u32 = 3;
/// Most times that one request provisions.
const MAX_PROVISIONINGS: u32 = 2;

/// A phone.
#[derive(Debug)]
pub struct Phone {
    /// Who it is. The version may change between requests (MS-ASHTTP_R283).
    pub identity: Identity,
    /// What it knows.
    pub state: State,
    /// How long it lets itself be put off.
    pub patience: Patience,
    /// How far it obeys policies.
    pub obedience: Obedience,
    pub(crate) line: Transport,
    /// Parked requests have a connection of their own, so that others need not wait.
    pub(crate) parked_line: Transport,
    pub(crate) pending: Option<Pending>,
    /// How many wipes it will fail to carry out.
    pub(crate) failing_wipes: u32,
    mishap: Option<Mishap>,
    traffic: Traffic,
    recording: Option<Recording>,
}

/// What a phone has sent and received, bodies only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Traffic {
    /// Requests that were answered.
    pub requests: u64,
    /// Bytes of their bodies.
    pub sent: u64,
    /// Bytes of the answers' bodies on the wire, compressed where they were.
    pub received: u64,
}

/// Which of the phone's connections a request takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    Usual,
    Parked,
}

impl Phone {
    /// A phone fresh from the shop for the server at `url`. Nothing is sent yet.
    pub fn new(
        identity: Identity,
        url: &str,
        trust: &Trust,
        timeouts: Timeouts,
    ) -> Result<Phone, PhoneError> {
        Ok(Phone::with_connector(identity, Arc::new(Connector::new(url, trust, timeouts)?)))
    }

    /// The same, sharing what connects it with other phones.
    pub fn with_connector(identity: Identity, connector: Arc<Connector>) -> Phone {
        Phone {
            identity,
            state: State::new(crate::entropy::name()),
            patience: Patience::default(),
            obedience: Obedience::default(),
            line: Transport::new(Arc::clone(&connector)),
            parked_line: Transport::new(connector),
            pending: None,
            failing_wipes: 0,
            mishap: None,
            traffic: Traffic::default(),
            recording: None,
        }
    }

    /// The same phone with a memory from before. Requests that were on their way are made anew.
    pub fn with_state(mut self, mut state: State) -> Phone {
        for collection in state.collections.values_mut() {
            collection.recall();
        }
        self.state = state;
        self.pending = None;
        self
    }

    /// The version that it speaks.
    pub fn version(&self) -> Version {
        self.identity.version
    }

    /// What went over the wire so far.
    pub fn traffic(&self) -> Traffic {
        self.traffic
    }

    /// What connects it.
    pub fn connector(&self) -> &Arc<Connector> {
        self.line.connector()
    }

    /// Closes its connections. The next request opens one again.
    pub fn disconnect(&mut self) {
        self.line.disconnect();
        self.parked_line.disconnect();
    }

    /// Exchanges the usual connection for another one to the same server.
    pub(crate) fn swap_line(&mut self, line: &mut Transport) {
        std::mem::swap(&mut self.line, line);
    }

    /// Exchanges the usual connection and that of parked requests: each serves for the other.
    pub(crate) fn exchange_lines(&mut self) {
        std::mem::swap(&mut self.line, &mut self.parked_line);
    }

    /// Every answer from now on is written to `recording` as well.
    pub fn record(&mut self, recording: &Recording) {
        self.recording = Some(recording.clone());
    }

    /// The next request that is not parked suffers `mishap`.
    pub fn suffer_next(&mut self, mishap: Mishap) {
        self.mishap = Some(mishap);
    }

    /// The next `count` wipes fail, and the phone says so.
    pub fn fail_wipes(&mut self, count: u32) {
        self.failing_wipes = count;
    }

    /// Sends a request document and reads the answer's.
    pub async fn call<Request: Document, Response: Document>(
        &mut self,
        command: CommandName,
        request: &Request,
    ) -> Result<Response, PhoneError> {
        let answer = self.exchange(&Call::wbxml(command, request.encode(self.version()))).await?;
        decode(command, &answer)
    }

    /// Sends `call` and returns the answer with HTTP 200, whatever protocol status it carries, after
    /// provisioning, waiting and following redirections as the server demanded.
    pub async fn exchange(&mut self, call: &Call) -> Result<Answer, PhoneError> {
        self.exchange_on(Line::Usual, call).await
    }

    pub(crate) async fn exchange_on(&mut self, line: Line, call: &Call) -> Result<Answer, PhoneError> {
        let (mut tries, mut redirects, mut provisionings) = (0, 0, 0);
        loop {
            let answer = self.send(line, call).await?;
            match judge(call.command, self.version(), &answer) {
                Verdict::Take => return Ok(answer),
                Verdict::Fail(error) => return Err(error),
                // Provisioning speaks for itself, see there.
                Verdict::Provision if call.command == CommandName::Provision => return Ok(answer),
                Verdict::Provision if provisionings == MAX_PROVISIONINGS => {
                    return Err(PhoneError::ProvisioningLoop);
                }
                Verdict::Provision => {
                    provisionings += 1;
                    Box::pin(self.provision()).await?;
                }
                Verdict::Later(retry_after) => {
                    tries += 1;
                    let wait = retry_after.unwrap_or(self.patience.usual_wait);
                    if tries > self.patience.tries || wait > self.patience.longest_wait {
                        let command = call.command.name();
                        return Err(PhoneError::Unavailable { command, tries, retry_after });
                    }
                    tokio::time::sleep(wait).await;
                }
                Verdict::Elsewhere(url) if redirects == MAX_REDIRECTS => {
                    return Err(PhoneError::RedirectLoop(url));
                }
                Verdict::Elsewhere(url) => {
                    redirects += 1;
                    self.line.redirect(&url)?;
                    self.parked_line.redirect(&url)?;
                }
            }
        }
    }

    /// Sends `call` once and returns whatever came.
    pub async fn send_once(&mut self, call: &Call) -> Result<Answer, PhoneError> {
        self.send(Line::Usual, call).await
    }

    /// The request that carries `call`. A phone that knows no policies has no header for their key.
    pub(crate) fn request(&self, call: &Call) -> Result<HttpRequest, PhoneError> {
        let path = &self.line.connector().endpoint().path;
        let mut request = self.identity.request(path, self.state.policy_key, call)?;
        if self.obedience == Obedience::Ignorant {
            request.headers.remove(headers::POLICY_KEY);
        }
        Ok(request)
    }

    async fn send(&mut self, line: Line, call: &Call) -> Result<Answer, PhoneError> {
        let request = self.request(call)?;
        let answer = match (line, self.mishap) {
            (Line::Parked, _) => self.parked_line.send(&request, call.longer).await?,
            (Line::Usual, None) => self.line.send(&request, call.longer).await?,
            (Line::Usual, Some(mishap)) => {
                self.mishap = None;
                return Err(self.line.suffer(&request, mishap).await.into());
            }
        };
        self.traffic.requests += 1;
        self.traffic.sent += request.body.len() as u64;
        self.traffic.received += answer.wire_len as u64;
        tracing::debug!(command = %call.command, status = answer.status.as_u16(), bytes = answer.wire_len, "answered");
        if let Some(recording) = &self.recording {
            let (call, version) = (call.clone(), self.version());
            recording.add(Exchange { call, version, answer: answer.clone() });
        }
        Ok(answer)
    }
}

/// Reads an answer's document.
pub(crate) fn decode<T: Document>(command: CommandName, answer: &Answer) -> Result<T, PhoneError> {
    T::decode(&answer.body).map_err(|source| PhoneError::Unreadable { command, source })
}

/// Success, or the status as an error.
pub(crate) fn check(command: CommandName, status: u8) -> Result<(), PhoneError> {
    match status {
        1 => Ok(()),
        status => Err(PhoneError::Status { command, status }),
    }
}

/// What to do about an answer.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The command reads it.
    Take,
    /// Provision, then ask again.
    Provision,
    /// Wait, then ask again.
    Later(Option<Duration>),
    /// Ask there.
    Elsewhere(String),
    /// Give up.
    Fail(PhoneError),
}

/// Judges an answer by its HTTP status and, in HTTP 200, by a common status in its root element.
pub(crate) fn judge(command: CommandName, version: Version, answer: &Answer) -> Verdict {
    let status = answer.status.as_u16();
    match status {
        http_status::OK => {}
        http_status::NEEDS_PROVISION => return Verdict::Provision,
        http_status::UNAUTHORIZED => return Verdict::Fail(PhoneError::Unauthorized),
        http_status::FORBIDDEN => return Verdict::Fail(PhoneError::Forbidden),
        http_status::UNAVAILABLE => return Verdict::Later(retry_after(answer)),
        http_status::REDIRECT => {
            return match answer.header(headers::LOCATION) {
                Some(url) => Verdict::Elsewhere(url.to_owned()),
                None => Verdict::Fail(PhoneError::Http { command: command.name(), status }),
            };
        }
        _ => return Verdict::Fail(PhoneError::Http { command: command.name(), status }),
    }
    if !version.has_common_status() {
        return Verdict::Take;
    }
    match root_status(command, &answer.body).and_then(Common::from_code) {
        Some(
            Common::RemoteWipeRequested
            | Common::DeviceNotProvisioned
            | Common::PolicyRefresh
            | Common::InvalidPolicyKey,
        ) => Verdict::Provision,
        Some(Common::ServerErrorRetryLater) => Verdict::Later(retry_after(answer)),
        _ => Verdict::Take,
    }
}

/// `Retry-After` in seconds; a date is not understood, as phones don't either.
fn retry_after(answer: &Answer) -> Option<Duration> {
    answer.header(RETRY_AFTER)?.trim().parse().ok().map(Duration::from_secs)
}

/// The status that stands directly in the root element of an answer to `command`.
pub(crate) fn root_status(command: CommandName, body: &[u8]) -> Option<u8> {
    let (root, status) = (command.root()?, command.status_tag()?);
    let mut r = Reader::new(body, Limits::default()).ok()?;
    if r.next().ok()? != Event::Start(root) {
        return None;
    }
    loop {
        match r.next().ok()? {
            Event::Start(tag) if tag == status => {
                return fieldpost_eas::codec::text(&mut r).ok()?.trim().parse().ok();
            }
            // It comes first, or nearly so; lists behind it are not worth reading.
            Event::Start(_) => r.skip().ok()?,
            Event::End => return None,
            Event::Text(_) | Event::Opaque(_) => {}
        }
    }
}

/// Whether HTTP says that all is well.
pub(crate) fn is_ok(answer: &Answer) -> bool {
    answer.status == StatusCode::OK
}
