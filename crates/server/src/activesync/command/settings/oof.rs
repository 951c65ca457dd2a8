//! Out of office as phones see it ([MS-ASCMD] 2.2.3.122): three audiences, one schedule.

use fieldpost_domain::automatic_reply::{
    Audience, AutomaticReply, BadChange, Change, Form, MessageChange, Schedule, text::written_as,
};
use fieldpost_eas::codec::Empty;
use fieldpost_eas::command::settings::{Oof, OofGet, OofMessage, OofResponse};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::status::settings as status;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

fn refused(status: u8) -> OofResponse {
    OofResponse { status: Some(status), get: None }
}

/// What is set, with the messages in the form that is asked for: there is no default (MS-ASCMD_R824).
pub(super) async fn get(cx: &Context, get: &OofGet) -> Result<OofResponse, Fault> {
    let Some(form) = get.body_type.as_deref().filter(|form| !form.is_empty()) else {
        return Ok(refused(status::PROTOCOL_ERROR));
    };
    let Some(form) = Form::from_name(form) else {
        return Ok(refused(status::INVALID_ARGUMENTS));
    };
    let set = cx.app.store.automatic_reply(cx.account.id).await?;
    let (state, times) = match set.schedule {
        Schedule::Off => (0, None),
        Schedule::On => (1, None),
        Schedule::Between { start, end } => (2, Some((start, end))),
    };
    let oof = Oof {
        oof_state: Some(state),
        start_time: times.map(|(start, _)| DateTime(start)),
        end_time: times.map(|(_, end)| DateTime(end)),
        // MS-ASCMD_R3505: an audience to which nothing is said is told all the same.
        messages: Audience::ALL.iter().map(|audience| message(&set, *audience, form)).collect(),
    };
    Ok(OofResponse { status: Some(status::SUCCESS), get: Some(oof) })
}

fn message(set: &AutomaticReply, audience: Audience, wanted: Form) -> OofMessage {
    let message = set.message(audience);
    let text = (!message.text.is_empty()).then(|| written_as(&message.text, message.form, wanted));
    let applies = |to: Audience| (to == audience).then_some(Empty);
    OofMessage {
        applies_to_internal: applies(Audience::Internal),
        applies_to_external_known: applies(Audience::ExternalKnown),
        applies_to_external_unknown: applies(Audience::ExternalUnknown),
        enabled: Some(message.enabled),
        // MS-ASCMD_R826
        body_type: text.as_ref().map(|_| wanted.name().to_owned()),
        reply_message: text,
    }
}

/// Sets what is given, and leaves the rest as it is.
pub(super) async fn set(cx: &Context, set: Oof) -> Result<OofResponse, Fault> {
    let change = match read(set) {
        Ok(change) => change,
        Err(status) => return Ok(refused(status)),
    };
    // Two phones of one account that set it at once do so one after the other.
    let _turn = cx.app.locks.device(cx.account.id, "automatic reply").await;
    let before = cx.app.store.automatic_reply(cx.account.id).await?;
    let after = match before.change(change) {
        Ok(after) => after,
        Err(BadChange::TooLong) => return Ok(refused(status::INVALID_ARGUMENTS)),
        Err(BadChange::EndsBeforeItBegins | BadChange::SameAudienceTwice) => {
            return Ok(refused(status::CONFLICTING_ARGUMENTS));
        }
    };
    if after != before {
        cx.app.store.set_automatic_reply(cx.account.id, &after).await?;
    }
    Ok(refused(status::SUCCESS))
}

/// What is asked for, or the status that says what is wrong with it.
fn read(set: Oof) -> Result<Change, u8> {
    let times = match (set.start_time, set.end_time) {
        (Some(start), Some(end)) => Some((start, end)),
        (None, None) => None,
        // MS-ASCMD_R2272, MS-ASCMD_R3992
        _ => return Err(status::PROTOCOL_ERROR),
    };
    let schedule = match (set.oof_state, times) {
        (None, None) => None,
        (Some(0), _) => Some(Schedule::Off),
        // Times are not stored without state 2 (MS-ASCMD_R7544), and do no harm (MS-ASCMD_R3535).
        (Some(1), _) => Some(Schedule::On),
        (Some(2), Some((start, end))) => Some(Schedule::Between { start: start.0, end: end.0 }),
        (Some(2), None) | (Some(3..), _) => return Err(status::INVALID_ARGUMENTS),
        // MS-ASCMD_R3534
        (None, Some(_)) => return Err(status::CONFLICTING_ARGUMENTS),
    };
    let messages = set.messages.into_iter().map(read_message).collect::<Result<_, _>>()?;
    Ok(Change { schedule, messages })
}

fn read_message(message: OofMessage) -> Result<MessageChange, u8> {
    let audience = match (
        message.applies_to_internal,
        message.applies_to_external_known,
        message.applies_to_external_unknown,
    ) {
        (Some(_), None, None) => Audience::Internal,
        (None, Some(_), None) => Audience::ExternalKnown,
        (None, None, Some(_)) => Audience::ExternalUnknown,
        (None, None, None) => return Err(status::PROTOCOL_ERROR),
        _ => return Err(status::CONFLICTING_ARGUMENTS),
    };
    let text = match (message.reply_message, message.body_type) {
        (None, _) => None,
        // MS-ASCMD_R825
        (Some(_), None) => return Err(status::PROTOCOL_ERROR),
        (Some(text), Some(form)) => Some((text, Form::from_name(&form).ok_or(status::INVALID_ARGUMENTS)?)),
    };
    Ok(MessageChange { audience, enabled: message.enabled, text })
}
