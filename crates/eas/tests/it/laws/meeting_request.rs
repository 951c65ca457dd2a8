//! Meeting requests within mail.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Base64;
use fieldpost_eas::command::smart_forward::Forwardee;
use fieldpost_eas::item::{MeetingRecurrence, MeetingRequest};
use fieldpost_eas::page::{air_sync_base as base, calendar, compose_mail, email, email2, meeting_response};

use super::event::{location, time_zone};
use crate::generator::Gen;

/// A meeting request.
pub fn meeting_request(g: &mut Gen<'_>) -> MeetingRequest {
    MeetingRequest {
        all_day_event: g.opt(email::ALL_DAY_EVENT, Gen::bool),
        start_time: g.opt(email::START_TIME, Gen::date),
        dt_stamp: g.opt(email::DT_STAMP, Gen::date),
        end_time: g.opt(email::END_TIME, Gen::date),
        instance_type: g.opt(email::INSTANCE_TYPE, |g| g.pick(&[0, 1, 2, 3, 4])),
        location: g.opt(email::LOCATION, Gen::text),
        place: g.opt(base::LOCATION, location),
        organizer: g.opt(email::ORGANIZER, Gen::text),
        recurrence_id: g.opt(email::RECURRENCE_ID, Gen::date),
        reminder: g.opt(email::REMINDER, |g| g.u32() as u16),
        response_requested: g.opt(email::RESPONSE_REQUESTED, Gen::bool),
        recurrences: g.many(email::RECURRENCES, recurrence),
        sensitivity: g.opt(email::SENSITIVITY, |g| g.pick(&[0, 1, 2, 3])),
        busy_status: g.opt(email::BUSY_STATUS, |g| g.pick(&[0, 1, 2, 3, 4])),
        time_zone: g.opt(email::TIME_ZONE, time_zone),
        global_obj_id: g.opt(email::GLOBAL_OBJ_ID, |g| Base64(g.data())),
        disallow_new_time_proposal: g.opt(email::DISALLOW_NEW_TIME_PROPOSAL, Gen::bool),
        meeting_message_type: g.opt(email2::MEETING_MESSAGE_TYPE, |g| g.pick(&[0, 1, 2, 3, 4, 5, 6])),
        uid: g.opt_in(calendar::UID, Version::V16_0.., Gen::text),
        proposed_start_time: g.opt(meeting_response::PROPOSED_START_TIME, Gen::compact),
        proposed_end_time: g.opt(meeting_response::PROPOSED_END_TIME, Gen::compact),
        forwardees: match g.version() {
            Version::V16_1 => g.many(compose_mail::FORWARDEES, |g| Forwardee {
                name: g.opt(compose_mail::NAME, Gen::text),
                email: g.text(),
            }),
            _ => Vec::new(),
        },
    }
}

fn recurrence(g: &mut Gen<'_>) -> MeetingRecurrence {
    MeetingRecurrence {
        r#type: g.opt(email::TYPE, |g| g.pick(&[0, 1, 2, 3, 5, 6])),
        interval: g.opt(email::INTERVAL, |g| g.u32() as u16),
        until: g.opt(email::UNTIL, Gen::compact),
        occurrences: g.opt(email::OCCURRENCES, |g| g.u32() as u16),
        week_of_month: g.opt(email::WEEK_OF_MONTH, Gen::u8),
        day_of_month: g.opt(email::DAY_OF_MONTH, Gen::u8),
        day_of_week: g.opt(email::DAY_OF_WEEK, Gen::u8),
        month_of_year: g.opt(email::MONTH_OF_YEAR, Gen::u8),
        calendar_type: g.opt(email2::CALENDAR_TYPE, Gen::u8),
        is_leap_month: g.opt(email2::IS_LEAP_MONTH, Gen::bool),
        first_day_of_week: g.opt(email2::FIRST_DAY_OF_WEEK, Gen::u8),
    }
}
