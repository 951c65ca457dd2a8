//! MeetingResponse ([MS-ASCMD] 2.2.1.11): the user comes to a meeting, or perhaps, or does not. The
//! answers are given one after the other, each by itself.

use fieldpost_domain::id::{FolderId, ServerId};
use fieldpost_domain::schedule::Answer;
use fieldpost_eas::Version;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::meeting_response as wire;
use fieldpost_eas::date;
use fieldpost_eas::status::Common;
use fieldpost_eas::status::meeting_response as status;
use jiff::Timestamp;

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::meeting::forward::words;
use crate::meeting::respond::{Asked, Refusal, respond};

/// Most answers in one request (MS-ASCMD_R5650): 103 beyond.
const MAX_ANSWERS: usize = 100;

/// The command.
pub struct MeetingResponse;

impl Command for MeetingResponse {
    const NAME: CommandName = CommandName::MeetingResponse;
    const NEEDS: Needs = Needs::POLICY;
    type Request = wire::Request;
    type Response = wire::Response;

    fn malformed(_: &DecodeError) -> Option<wire::Response> {
        Some(wire::Response { status: Some(status::INVALID_REQUEST), results: Vec::new() })
    }

    async fn run(cx: &mut Context, request: wire::Request) -> Result<wire::Response, Fault> {
        if request.requests.len() > MAX_ANSWERS || request.requests.is_empty() {
            return Err(Fault::Refused(Common::InvalidXML));
        }
        let mut results = Vec::with_capacity(request.requests.len());
        for answer in &request.requests {
            results.push(one(cx, answer).await?);
        }
        Ok(wire::Response { status: None, results })
    }
}

async fn one(cx: &Context, answer: &wire::Answer) -> Result<wire::Outcome, Fault> {
    let outcome = match read(cx, answer) {
        Ok(asked) => match respond(cx, &asked).await? {
            Ok(event) => Ok(event),
            Err(Refusal::Invalid) => Err(status::INVALID_REQUEST),
            Err(Refusal::NoSeries) => Err(Common::NoRecurrenceInCalendar.code()),
        },
        Err(code) => Err(code),
    };
    Ok(wire::Outcome {
        // MS-ASCMD_R5374
        request_id: answer.request_id.clone(),
        status: outcome.err().unwrap_or(status::SUCCESS),
        calendar_id: outcome.ok().flatten().map(|id| id.to_string()),
        instance_id: answer.instance_id.clone().filter(|_| outcome.is_ok() && cx.version >= Version::V14_1),
    })
}

/// What is asked, or the status that says what is wrong with it.
fn read(cx: &Context, answer: &wire::Answer) -> Result<Asked, u8> {
    let invalid = status::INVALID_REQUEST;
    let id: ServerId = match (&answer.collection_id, &answer.request_id, &answer.long_id) {
        (_, Some(_), Some(_)) => return Err(Common::InvalidCombinationOfIDs.code()),
        (_, Some(id), None) | (_, None, Some(id)) => id.parse().map_err(|_| invalid)?,
        (_, None, None) => return Err(invalid),
    };
    // Outlook names the calendar for a request in the Inbox: the item's own id tells where it is.
    let named = answer.collection_id.as_deref();
    if named.is_some_and(|folder| FolderId::parse(folder).is_none()) {
        return Err(invalid);
    }
    let yes_or_no = match answer.user_response {
        Some(1) => Answer::Accept,
        Some(2) => Answer::Tentative,
        Some(3) => Answer::Decline,
        _ => return Err(invalid),
    };
    let instance = match answer.instance_id.as_deref() {
        None => None,
        // MS-ASCMD_R6712, MS-ASCMD_R4186
        Some(text) if cx.version < Version::V14_1 || text.is_empty() => return Err(invalid),
        Some(text) => Some(dashed(text).ok_or(Common::InvalidDateTime.code())?),
    };
    let told = answer.send_response.as_ref().filter(|_| cx.version >= Version::V16_0);
    let time = |text: &String| date::parse(text).ok_or(Common::InvalidDateTime.code());
    let proposal = match told.map(|told| (&told.proposed_start_time, &told.proposed_end_time)) {
        None | Some((None, None)) => None,
        Some((Some(start), Some(end))) => {
            let (start, end) = (time(start)?, time(end)?);
            // Whoever comes proposes nothing else.
            if end < start || yes_or_no == Answer::Accept {
                return Err(invalid);
            }
            Some((start, end))
        }
        Some(_) => return Err(invalid),
    };
    Ok(Asked {
        item: id.item,
        folder: id.folder,
        answer: yes_or_no,
        instance,
        comment: told.and_then(|told| told.body.as_ref()).and_then(words),
        proposal,
        tell: told.is_some(),
        events_too: cx.version >= Version::V14_1,
    })
}

/// A date with dashes ([MS-ASDTYPE] 2.3); no other form is taken (MS-ASCMD_R3195).
fn dashed(text: &str) -> Option<Timestamp> {
    date::parse(text).filter(|_| text.get(4..5) == Some("-"))
}
