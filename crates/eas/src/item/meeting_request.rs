//! The meeting that a message is about ([MS-ASEMAIL] 2.2.2.48).

use super::Location;
use crate::codec::{Base64, DecodeError};
use crate::command::smart_forward::Forwardee;
use crate::date::{CompactDateTime, DateTime};
use crate::message;
use crate::page::{air_sync_base as base, calendar, compose_mail, email, email2, meeting_response};
use crate::time_zone::TimeZone;
use crate::version::Version;

message! {
    /// A meeting as its request, update or cancellation shows it. Only servers send it.
    #[derive(Default)]
    pub struct MeetingRequest {
        /// Whether it lasts whole days.
        all_day_event: Option<bool> = email::ALL_DAY_EVENT,
        /// Start in UTC.
        start_time: Option<DateTime> = email::START_TIME,
        /// When the request was made; required.
        dt_stamp: Option<DateTime> = email::DT_STAMP,
        /// End in UTC, exclusive.
        end_time: Option<DateTime> = email::END_TIME,
        /// 0 single, 1 series, 2 occurrence, 3 exception, 4 occurrence without its series
        /// (2.2.2.40).
        instance_type: Option<u8> = email::INSTANCE_TYPE,
        /// Place, up to 14.1.
        location: Option<String> = email::LOCATION,
        /// Place (16.0).
        place: Option<Location> = base::LOCATION,
        /// Address of the organiser.
        organizer: Option<String> = email::ORGANIZER,
        /// The occurrence, by the start that the series gives it, in UTC.
        recurrence_id: Option<DateTime> = email::RECURRENCE_ID,
        /// Seconds before the start at which to remind.
        reminder: Option<u16> = email::REMINDER,
        /// Whether the organiser wants an answer.
        response_requested: Option<bool> = email::RESPONSE_REQUESTED,
        /// How it recurs; one at most.
        recurrences: Vec<MeetingRecurrence> = email::RECURRENCES => email::RECURRENCE,
        /// 0 normal, 1 personal, 2 private, 3 confidential.
        sensitivity: Option<u8> = email::SENSITIVITY,
        /// 0 free, 1 tentative, 2 busy, 3 out of office, 4 elsewhere (16.0).
        busy_status: Option<u8> = email::BUSY_STATUS,
        /// The zone that the times are meant in; required.
        time_zone: Option<TimeZone> = email::TIME_ZONE,
        /// Identifies the meeting, up to 14.1: see [`crate::global_obj_id`].
        global_obj_id: Option<Base64> = email::GLOBAL_OBJ_ID,
        /// Whether other times may not be proposed (14.0).
        disallow_new_time_proposal: Option<bool> = email::DISALLOW_NEW_TIME_PROPOSAL,
        /// Kind of meeting message, 0 to 6 (14.1, 2.2.2.47).
        meeting_message_type: Option<u8> = email2::MEETING_MESSAGE_TYPE,
        /// Identifies the meeting (16.0).
        uid: Option<String> = calendar::UID where Version::V16_0..,
        /// Start of another time that an attendee proposes (16.1).
        proposed_start_time: Option<CompactDateTime> = meeting_response::PROPOSED_START_TIME,
        /// End of another time that an attendee proposes (16.1).
        proposed_end_time: Option<CompactDateTime> = meeting_response::PROPOSED_END_TIME,
        /// Whom an attendee forwarded the meeting to (16.1).
        forwardees: Vec<Forwardee> = compose_mail::FORWARDEES => compose_mail::FORWARDEE
            where Version::V16_1..,
    }
}

message! {
    /// How a meeting recurs ([MS-ASEMAIL] 2.2.2.59). Type and interval are required.
    #[derive(Default)]
    pub struct MeetingRecurrence {
        /// 0 daily, 1 weekly, 2 monthly, 3 monthly on the n-th day, 5 yearly, 6 yearly on the n-th
        /// day.
        r#type: Option<u8> = email::TYPE,
        /// Days, weeks, months or years from one to the next.
        interval: Option<u16> = email::INTERVAL,
        /// Start of the last occurrence, in UTC.
        until: Option<CompactDateTime> = email::UNTIL,
        /// Number of occurrences.
        occurrences: Option<u16> = email::OCCURRENCES,
        /// Week of the month, 1 to 4; 5 is the last.
        week_of_month: Option<u8> = email::WEEK_OF_MONTH,
        /// Day of the month, 1 to 31.
        day_of_month: Option<u8> = email::DAY_OF_MONTH,
        /// Days of the week as bits, Sunday 1 to Saturday 64.
        day_of_week: Option<u8> = email::DAY_OF_WEEK,
        /// Month of the year, 1 to 12.
        month_of_year: Option<u8> = email::MONTH_OF_YEAR,
        /// The calendar that months and years are of, 0 to 23 (14.0).
        calendar_type: Option<u8> = email2::CALENDAR_TYPE,
        /// Whether the month is the leap month of its calendar (14.0).
        is_leap_month: Option<bool> = email2::IS_LEAP_MONTH,
        /// First day of the week, Sunday 0 to Saturday 6 (14.1).
        first_day_of_week: Option<u8> = email2::FIRST_DAY_OF_WEEK,
    }
}

impl MeetingRequest {
    /// Whether all numbers lie in the ranges of [MS-ASEMAIL] 2.2.2.
    pub(super) fn check(&self) -> Result<(), DecodeError> {
        use super::range::within;
        within(email::INSTANCE_TYPE, self.instance_type, 0..=4, "an instance type from 0 to 4")?;
        within(email::SENSITIVITY, self.sensitivity, 0..=3, "a sensitivity from 0 to 3")?;
        within(email::BUSY_STATUS, self.busy_status, 0..=4, "a busy status from 0 to 4")?;
        within(email2::MEETING_MESSAGE_TYPE, self.meeting_message_type, 0..=6, "a type from 0 to 6")
    }
}
