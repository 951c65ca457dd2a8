//! MeetingResponse: accept, accept perhaps, or decline ([MS-ASCMD] 2.2.1.11).
//!
//! Up to 14.1 the phone tells the organiser itself; from 16.0 the server does, where the request has a
//! `SendResponse`.

use crate::codec::Document;
use crate::item::Body;
use crate::message;
use crate::page::{Tag, air_sync_base as base, meeting_response as meeting, search};

message! {
    /// The request: at most 100 answers (status 103).
    #[derive(Default)]
    pub struct Request {
        /// The answers, in the order in which they are to be given.
        requests: Vec<Answer> = meeting::REQUEST,
    }
}

impl Document for Request {
    const ROOT: Tag = meeting::MEETING_RESPONSE;
}

message! {
    /// The answer to one meeting, which is named by `collection_id` and `request_id` or by `long_id`.
    /// Dates are kept as text, so that a broken one spoils one answer only (104).
    #[derive(Default)]
    pub struct Answer {
        /// 1 accepted, 2 tentative, 3 declined.
        user_response: Option<u8> = meeting::USER_RESPONSE,
        /// The folder with the meeting request or, from 14.1, the event.
        collection_id: Option<String> = meeting::COLLECTION_ID,
        /// The meeting request or event.
        request_id: Option<String> = meeting::REQUEST_ID,
        /// The meeting request as a search found it (12.0).
        long_id: Option<String> = search::LONG_ID,
        /// One occurrence of a series, as a date with dashes (14.1).
        instance_id: Option<String> = meeting::INSTANCE_ID,
        /// The organiser is to be told (16.0).
        send_response: Option<SendResponse> = meeting::SEND_RESPONSE,
    }
}

message! {
    /// What the organiser is to be told (16.0). All absent, written as an empty element: the answer
    /// alone.
    #[derive(Default)]
    pub struct SendResponse {
        /// Words along with the answer.
        body: Option<Body> = base::BODY,
        /// Start of another time, compact (16.1); only together with the end.
        proposed_start_time: Option<String> = meeting::PROPOSED_START_TIME,
        /// End of another time, compact (16.1).
        proposed_end_time: Option<String> = meeting::PROPOSED_END_TIME,
    }
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// What went wrong with the whole request; a common status (14.0).
        status: Option<u8> = meeting::STATUS,
        /// One for each answer, in their order.
        results: Vec<Outcome> = meeting::RESULT,
    }
}

impl Document for Response {
    const ROOT: Tag = meeting::MEETING_RESPONSE;
}

message! {
    /// What became of one answer.
    #[derive(Default)]
    pub struct Outcome {
        /// The meeting request, where the request named it so.
        request_id: Option<String> = meeting::REQUEST_ID,
        /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.9).
        status: u8 = meeting::STATUS,
        /// The event, unless the meeting was declined.
        calendar_id: Option<String> = meeting::CALENDAR_ID,
        /// The occurrence (14.1).
        instance_id: Option<String> = meeting::INSTANCE_ID,
    }
}
