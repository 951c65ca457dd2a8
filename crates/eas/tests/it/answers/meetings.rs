//! Meeting requests within mail, and the answers to MeetingResponse.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Base64;
use fieldpost_eas::command::meeting_response::{Outcome, Response};
use fieldpost_eas::command::smart_forward::Forwardee;
use fieldpost_eas::global_obj_id;
use fieldpost_eas::item::{Location, MeetingRecurrence, MeetingRequest};
use fieldpost_eas::status::meeting_response as status;
use fieldpost_eas::time_zone::TimeZone;

use super::{at, compact};

/// A meeting request with every property that the version may be sent.
pub fn request(version: Version) -> MeetingRequest {
    MeetingRequest {
        all_day_event: Some(false),
        start_time: Some(at("2026-03-10T09:00:00.000Z")),
        dt_stamp: Some(at("2026-03-01T08:00:00.000Z")),
        end_time: Some(at("2026-03-10T10:00:00.000Z")),
        instance_type: Some(1),
        location: Some("Room 4".into()),
        place: Some(Location { display_name: Some("Room 4".into()), ..Location::default() }),
        organizer: Some("ann@example.org".into()),
        recurrence_id: Some(at("2026-03-17T09:00:00.000Z")),
        reminder: Some(900),
        response_requested: Some(true),
        recurrences: vec![MeetingRecurrence {
            r#type: Some(6),
            interval: Some(1),
            until: Some(compact("20260629T080000Z")),
            occurrences: Some(10),
            week_of_month: Some(2),
            day_of_month: Some(10),
            day_of_week: Some(2),
            month_of_year: Some(3),
            calendar_type: Some(1),
            is_leap_month: Some(false),
            first_day_of_week: Some(1),
        }],
        sensitivity: Some(0),
        busy_status: Some(2),
        time_zone: Some(TimeZone { bias: -60, ..TimeZone::utc() }),
        global_obj_id: Some(Base64(global_obj_id::from_uid("a1@example.org", None))),
        disallow_new_time_proposal: Some(false),
        meeting_message_type: Some(1),
        uid: (version >= Version::V16_0).then(|| "a1@example.org".into()),
        proposed_start_time: Some(compact("20260310T120000Z")),
        proposed_end_time: Some(compact("20260310T130000Z")),
        forwardees: vec![Forwardee { name: Some("Carol".into()), email: "carol@example.net".into() }],
    }
}

/// What became of three answers.
pub fn answered(version: Version) -> Response {
    let instance = || Some("2026-03-17T09:00:00.000Z".to_owned());
    Response {
        status: None,
        results: vec![
            Outcome {
                request_id: Some("5:120".into()),
                status: status::SUCCESS,
                calendar_id: Some("1:21".into()),
                instance_id: instance().filter(|_| version >= Version::V14_1),
            },
            Outcome {
                request_id: Some("5:121".into()),
                status: status::INVALID_REQUEST,
                ..Outcome::default()
            },
            Outcome { request_id: None, status: status::SUCCESS, ..Outcome::default() },
        ],
    }
}
