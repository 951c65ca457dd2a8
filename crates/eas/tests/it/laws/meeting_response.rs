//! MeetingResponse.

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::meeting_response::{Answer, Outcome, Request, Response, SendResponse};
use fieldpost_eas::page::{air_sync_base as base, meeting_response as meeting, search};

use super::item::body;
use super::law;
use crate::generator::Gen;

#[test]
fn request() {
    law(CommandName::MeetingResponse, |g| Request {
        requests: g.many(meeting::REQUEST, |g| Answer {
            user_response: g.opt(meeting::USER_RESPONSE, Gen::u8),
            collection_id: g.opt(meeting::COLLECTION_ID, Gen::text),
            request_id: g.opt(meeting::REQUEST_ID, Gen::text),
            long_id: g.opt(search::LONG_ID, Gen::text),
            instance_id: g.opt(meeting::INSTANCE_ID, Gen::text),
            send_response: g.opt(meeting::SEND_RESPONSE, |g| SendResponse {
                body: g.opt(base::BODY, body),
                proposed_start_time: g.opt(meeting::PROPOSED_START_TIME, Gen::text),
                proposed_end_time: g.opt(meeting::PROPOSED_END_TIME, Gen::text),
            }),
        }),
    });
}

#[test]
fn response() {
    law(CommandName::MeetingResponse, |g| Response {
        status: g.opt(meeting::STATUS, Gen::u8),
        results: g.many(meeting::RESULT, |g| Outcome {
            request_id: g.opt(meeting::REQUEST_ID, Gen::text),
            status: g.u8(),
            calendar_id: g.opt(meeting::CALENDAR_ID, Gen::text),
            instance_id: g.opt(meeting::INSTANCE_ID, Gen::text),
        }),
    });
}
