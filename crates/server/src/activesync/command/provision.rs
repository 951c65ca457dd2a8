//! Provision ([MS-ASCMD] 2.2.1.14, [MS-ASPROV] 3.2.5.1): a phone asks for its policy and gets it with
//! a temporary key; it acknowledges, and gets the final key that its requests then bear.
//!
//! Either answer may be lost and asked for again: the same temporary key is given while the policy is
//! the same, and an acknowledgement that was taken gives the same final key.

use fieldpost_domain::device::PolicyState;
use fieldpost_domain::policy::{NamedPolicy, Policy, Told};
use fieldpost_eas::Version;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::provision::{
    self as wire, POLICY_TYPE_WBXML, POLICY_TYPE_XML, PolicyRequest, Request, Response,
};
use fieldpost_eas::command::settings::Outcome;
use fieldpost_eas::status::{
    Common, policy as policy_status, policy_acknowledgement as acknowledgement, provision as status,
    settings as settings_status,
};
use hyper::StatusCode;
use jiff::Timestamp;
use tracing::info;

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::{device_information, policy, wipe};
use crate::entropy::nonzero_u32;

/// The command.
pub struct Provision;

impl Command for Provision {
    const NAME: CommandName = CommandName::Provision;
    const NEEDS: Needs = Needs::NOTHING;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(says(status::PROTOCOL_ERROR))
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        if let Some(response) = wipe::provision(cx, &request).await? {
            return Ok(response);
        }
        let mut policies = request.policies;
        let Some(asked) = policies.pop() else {
            // MS-ASPROV_R493: the phone looks for an order to wipe, and there is none.
            return Ok(says(status::SUCCESS));
        };
        if !policies.is_empty() {
            return Ok(says(status::PROTOCOL_ERROR));
        }
        match asked.status {
            None => {
                let information = request.device_information.and_then(|said| said.set);
                let said = if cx.version >= Version::V14_1 {
                    // MS-ASPROV_R368
                    let said = information.ok_or(Fault::Refused(Common::DeviceInformationRequired))?;
                    Some(keep(cx, said).await?)
                } else {
                    None
                };
                let response = download(cx, asked).await?;
                Ok(Response {
                    device_information: said.map(|code| Outcome { status: Some(code) }),
                    ..response
                })
            }
            Some(applied) => acknowledge(cx, asked, applied).await,
        }
    }
}

fn says(status: u8) -> Response {
    Response { status, ..Response::default() }
}

/// One policy in an answer that is a success as a whole.
fn with(policy: wire::Policy) -> Response {
    Response { policies: vec![policy], ..says(status::SUCCESS) }
}

async fn keep(
    cx: &mut Context,
    said: fieldpost_eas::command::settings::DeviceProperties,
) -> Result<u8, Fault> {
    let Some(information) = device_information::read(said) else {
        return Ok(settings_status::INVALID_ARGUMENTS);
    };
    device_information::keep(cx, information).await?;
    Ok(settings_status::SUCCESS)
}

/// The first phase: the policy and a temporary key.
async fn download(cx: &mut Context, asked: PolicyRequest) -> Result<Response, Fault> {
    if let Some(refused) = refuse_type(&asked.policy_type, cx.version) {
        return Ok(with(wire::Policy {
            policy_type: asked.policy_type,
            status: refused,
            ..wire::Policy::default()
        }));
    }
    let Some(policy) = policy::in_force(cx) else {
        cx.update_device(|device| device.policy = PolicyState::default()).await?;
        let policy_type = asked.policy_type;
        let none = wire::Policy { policy_type, status: policy_status::NO_POLICY, ..wire::Policy::default() };
        return Ok(with(none));
    };
    let digest = policy.wanted(cx.version).digest.to_owned();
    let asks = Told::of(&policy.named.policy);
    let fresh = nonzero_u32(&*cx.app.entropy);
    cx.update_device(|device| offer(&mut device.policy, digest, asks, fresh)).await?;
    Ok(with(wire::Policy {
        policy_type: asked.policy_type,
        status: policy_status::SUCCESS,
        policy_key: cx.device.policy.pending.map(|key| key.to_string()),
        data: Some(policy.named.policy.data(cx.version, cx.device.policy.told)),
    }))
}

/// The status of a policy type that this version's phones don't get.
fn refuse_type(policy_type: &str, version: Version) -> Option<u8> {
    match policy_type {
        known if known == Policy::type_for(version) => None,
        POLICY_TYPE_WBXML | POLICY_TYPE_XML => Some(policy_status::NO_POLICY),
        // MS-ASPROV_R471, R502
        _ => Some(policy_status::UNKNOWN_TYPE),
    }
}

/// Offers the policy with this digest under a temporary key: the same as last time where that answer
/// may have been lost. What the device has stays good until it acknowledges.
fn offer(state: &mut PolicyState, digest: String, asks: Told, fresh: u32) {
    state.asked = 0;
    if state.pending.is_none() || state.pending_digest.as_ref() != Some(&digest) {
        // What was offered before may be in force on the device, though it never said so.
        state.told = state.told.and(state.pending_told);
        state.pending = Some(fresh);
        state.pending_digest = Some(digest);
        state.pending_told = asks;
    }
}

/// The second phase: what the phone made of it, and the final key.
async fn acknowledge(cx: &mut Context, asked: PolicyRequest, applied: u8) -> Result<Response, Fault> {
    let key = match &asked.policy_key {
        Some(text) => text.trim().parse().ok(),
        None => cx.policy_key,
    };
    let policy_type = asked.policy_type;
    let wrong_key = || {
        // MS-ASPROV_R658
        let policy_type = policy_type.clone();
        with(wire::Policy { policy_type, status: policy_status::WRONG_KEY, ..wire::Policy::default() })
    };
    let Some(key) = key.filter(|key| *key != 0) else {
        return Ok(wrong_key());
    };
    if let Some(refused) = policy::in_force(cx).and_then(|policy| refuse_compliance(applied, &policy.named)) {
        info!(account = %cx.account.address, device = cx.device_id(), applied, "the policy was not applied");
        if refused == status::PROTOCOL_ERROR {
            return Ok(says(refused));
        }
        cx.update_device(|device| device.policy.applied = Some(applied)).await?;
        // Before 14.0 there are no such statuses.
        let known = cx.version >= Version::V14_0;
        return known.then(|| says(refused)).ok_or(Fault::Http(StatusCode::FORBIDDEN));
    }
    let fresh = nonzero_u32(&*cx.app.entropy);
    let now = cx.now;
    cx.update_device(|device| confirm(&mut device.policy, Taken { temporary: key, fresh, applied, now }))
        .await?;
    let state = &cx.device.policy;
    match state.key.filter(|_| state.confirmed == Some(key)) {
        Some(last) => Ok(with(wire::Policy {
            policy_type,
            status: policy_status::SUCCESS,
            policy_key: Some(last.to_string()),
            data: None,
        })),
        None => Ok(wrong_key()),
    }
}

/// The status of a phone that did less than it should (MS-ASPROV_R660, R684, R687).
fn refuse_compliance(applied: u8, policy: &NamedPolicy) -> Option<u8> {
    let (allowed, refused) = match applied {
        acknowledgement::APPLIED => return None,
        acknowledgement::PARTIALLY_APPLIED => (policy.allow_partial, status::NOT_FULLY_PROVISIONABLE),
        acknowledgement::NOT_APPLIED => (policy.allow_non_provisionable, status::NOT_FULLY_PROVISIONABLE),
        acknowledgement::EXTERNALLY_MANAGED => (policy.allow_externally_managed, status::EXTERNALLY_MANAGED),
        _ => (false, status::PROTOCOL_ERROR),
    };
    (!allowed).then_some(refused)
}

/// An acknowledgement.
#[derive(Clone, Copy)]
struct Taken {
    /// The key that it names.
    temporary: u32,
    /// The key that the device gets for it.
    fresh: u32,
    /// What the device made of the policy.
    applied: u8,
    /// When.
    now: Timestamp,
}

/// Takes the acknowledgement of the temporary key that is pending (MS-ASPROV_R657); an older or
/// invented one changes nothing.
fn confirm(state: &mut PolicyState, taken: Taken) {
    if state.pending == Some(taken.temporary) {
        state.key = Some(taken.fresh);
        state.digest = state.pending_digest.take();
        state.confirmed = state.pending.take();
        state.told = std::mem::take(&mut state.pending_told);
        state.taken = taken.now.as_millisecond();
        state.applied = Some(taken.applied);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(temporary: u32, fresh: u32) -> Taken {
        Taken { temporary, fresh, applied: 1, now: Timestamp::from_second(9).unwrap() }
    }

    fn of(fields: &[&'static str]) -> Told {
        fields.iter().copied().collect()
    }

    #[test]
    fn the_handshake_gives_the_same_again() {
        let mut state = PolicyState::default();
        let nothing = Told::default();
        offer(&mut state, "d1".into(), nothing, 11);
        offer(&mut state, "d1".into(), nothing, 12);
        assert_eq!(state.pending, Some(11), "the first answer was lost");
        confirm(&mut state, taken(99, 20));
        assert_eq!(state.key, None, "an invented key");
        confirm(&mut state, taken(11, 21));
        assert_eq!((state.key, state.confirmed, state.taken), (Some(21), Some(11), 9000));
        confirm(&mut state, taken(11, 22));
        assert_eq!(state.key, Some(21), "the second answer was lost");
        // The policy changes: what the device has stays good until it has the new one.
        offer(&mut state, "d2".into(), nothing, 31);
        assert_eq!((state.key, state.pending), (Some(21), Some(31)));
        offer(&mut state, "d3".into(), nothing, 32);
        assert_eq!(state.pending, Some(32));
        confirm(&mut state, taken(31, 41));
        assert_eq!(state.key, Some(21), "acknowledges a policy that is past");
        confirm(&mut state, taken(32, 42));
        assert_eq!((state.key, state.digest.as_deref()), (Some(42), Some("d3")));
    }

    #[test]
    fn what_a_device_may_obey_is_remembered_until_it_took_something_else() {
        let (camera, browser) = (of(&["allow_camera"]), of(&["allow_browser"]));
        let mut state = PolicyState { asked: 2, ..PolicyState::default() };
        offer(&mut state, "d1".into(), camera, 11);
        assert_eq!((state.told, state.asked), (Told::default(), 0));
        // It may have obeyed the first, whose acknowledgement never came.
        offer(&mut state, "d2".into(), browser, 12);
        assert_eq!(state.told, camera);
        confirm(&mut state, taken(12, 21));
        assert_eq!(state.told, browser);
        // The same again, because it is time.
        offer(&mut state, "d2".into(), browser, 13);
        assert_eq!((state.pending, state.told), (Some(13), browser));
    }
}
