//! An event as a phone sees it ([MS-ASCAL] 2.2.2), in every version's form.

use super::{AttachmentEntry, Body, Location};
use crate::codec::{Base64, Content, DecodeError, OrEmpty};
use crate::date::CompactDateTime;
use crate::message;
use crate::page::{air_sync_base as base, calendar, meeting_response};
use crate::time_zone::TimeZone;
use crate::version::Version;

message! {
    /// The properties of an event, master of a series or single.
    ///
    /// What an absent element means in a Change is up to the version and to `Supported`
    /// ([MS-ASCMD] 2.2.3.179); an empty one means that the property goes away.
    #[derive(Default)]
    pub struct Event {
        /// The zone that the times are meant in (2.2.2.46). Not sent for all-day events in 16.x.
        timezone: Option<TimeZone> = calendar::TIMEZONE,
        /// When the event was made or changed (2.2.2.18). Not sent by phones in 16.x.
        dt_stamp: Option<CompactDateTime> = calendar::DT_STAMP,
        /// Start in UTC (2.2.2.43); of all-day events, local midnight.
        start_time: Option<CompactDateTime> = calendar::START_TIME,
        /// End in UTC, exclusive (2.2.2.20).
        end_time: Option<CompactDateTime> = calendar::END_TIME,
        /// Subject.
        subject: Option<String> = calendar::SUBJECT,
        /// Identifies the event in all calendars, up to 300 characters. Not sent by phones in 16.x.
        uid: Option<String> = calendar::UID,
        /// The phone's own id of a new event, the same in every retry (16.0).
        client_uid: Option<String> = calendar::CLIENT_UID,
        /// Name of the organiser. Not sent by phones in 16.x.
        organizer_name: Option<String> = calendar::ORGANIZER_NAME,
        /// Address of the organiser. Not sent by phones in 16.x.
        organizer_email: Option<String> = calendar::ORGANIZER_EMAIL,
        /// Place, up to 14.1; later versions have `place`.
        location: Option<String> = calendar::LOCATION,
        /// 0 normal, 1 personal, 2 private, 3 confidential (2.2.2.42).
        sensitivity: Option<u8> = calendar::SENSITIVITY,
        /// 0 free, 1 tentative, 2 busy, 3 out of office, 4 elsewhere (16.0; 2.2.2.8).
        busy_status: Option<u8> = calendar::BUSY_STATUS,
        /// Whether it lasts whole days (2.2.2.1).
        all_day_event: Option<bool> = calendar::ALL_DAY_EVENT,
        /// Minutes before the start at which to remind; empty: not at all (2.2.2.38).
        reminder: Option<OrEmpty<u32>> = calendar::REMINDER,
        /// 0 appointment, else bits: 1 meeting, 2 received, 4 cancelled, 8 reserved (2.2.2.28).
        meeting_status: Option<u8> = calendar::MEETING_STATUS,
        /// Whether the organiser wants answers (14.0).
        response_requested: Option<bool> = calendar::RESPONSE_REQUESTED,
        /// The user's answer, 0 to 5 (14.0, 2.2.2.41).
        response_type: Option<u8> = calendar::RESPONSE_TYPE,
        /// When the user answered (14.0).
        appointment_reply_time: Option<CompactDateTime> = calendar::APPOINTMENT_REPLY_TIME,
        /// Whether other times may not be proposed (14.0).
        disallow_new_time_proposal: Option<bool> = calendar::DISALLOW_NEW_TIME_PROPOSAL,
        /// The attendees, without the organiser.
        attendees: Option<Vec<Attendee>> = calendar::ATTENDEES => calendar::ATTENDEE,
        /// Categories, at most 300.
        categories: Option<Vec<String>> = calendar::CATEGORIES => calendar::CATEGORY,
        /// How it recurs; empty (16.0): no longer.
        recurrence: Option<Recurrence> = calendar::RECURRENCE,
        /// Occurrences that differ or are left out. Not sent in a Change by phones in 16.x.
        exceptions: Option<Vec<Exception>> = calendar::EXCEPTIONS => calendar::EXCEPTION,
        /// Where an online meeting takes place (14.1).
        online_meeting_conf_link: Option<String> = calendar::ONLINE_MEETING_CONF_LINK,
        /// Where outsiders find an online meeting (14.1).
        online_meeting_external_link: Option<String> = calendar::ONLINE_MEETING_EXTERNAL_LINK,
        /// Place (16.0). Empty: none.
        place: Option<Location> = base::LOCATION,
        /// Attachments (16.0).
        attachments: Vec<AttachmentEntry> = base::ATTACHMENTS as choices where Version::V16_0..,
        /// `legacy_body` is not the whole, 2.5.
        legacy_body_truncated: Option<bool> = calendar::BODY_TRUNCATED,
        /// Plain-text notes, 2.5.
        legacy_body: Option<Content> = calendar::BODY,
        /// Notes as compressed RTF ([MS-OXRTFCP]), 2.5. From phones alone.
        compressed_rtf: Option<Base64> = calendar::COMPRESSED_RTF,
        /// Notes, 12.0 and later.
        body: Option<Body> = base::BODY,
        /// Form in which the notes are stored: 1 text, 2 HTML, 3 RTF (12.0).
        native_body_type: Option<u8> = base::NATIVE_BODY_TYPE,
    }
}

message! {
    /// Somebody who is invited ([MS-ASCAL] 2.2.2.3). Address and name are required of both sides.
    #[derive(Default)]
    pub struct Attendee {
        /// Address.
        email: Option<String> = calendar::EMAIL,
        /// Name.
        name: Option<String> = calendar::NAME,
        /// 0 unknown, 2 tentative, 3 accepted, 4 declined, 5 no answer (12.0, 2.2.2.4). Not sent
        /// by phones in 16.x.
        attendee_status: Option<u8> = calendar::ATTENDEE_STATUS,
        /// 1 required, 2 optional, 3 resource (12.0, 2.2.2.5).
        attendee_type: Option<u8> = calendar::ATTENDEE_TYPE,
        /// Start of another time that they propose (16.1).
        proposed_start_time: Option<CompactDateTime> = meeting_response::PROPOSED_START_TIME,
        /// End of another time that they propose (16.1).
        proposed_end_time: Option<CompactDateTime> = meeting_response::PROPOSED_END_TIME,
    }
}

message! {
    /// How an event recurs ([MS-ASCAL] 2.2.2.37). All absent, written as an empty element: no longer.
    #[derive(Default)]
    pub struct Recurrence {
        /// 0 daily, 1 weekly, 2 monthly, 3 monthly on the n-th day, 5 yearly, 6 yearly on the n-th
        /// day (2.2.2.47).
        r#type: Option<u8> = calendar::TYPE,
        /// Days, weeks, months or years from one to the next, up to 999; absent or 0: 1.
        interval: Option<u16> = calendar::INTERVAL,
        /// Days of the week as bits, Sunday 1 to Saturday 64; 127 is any day, 62 a weekday, 65 a
        /// day of the weekend.
        day_of_week: Option<u16> = calendar::DAY_OF_WEEK,
        /// Day of the month, 1 to 31.
        day_of_month: Option<u8> = calendar::DAY_OF_MONTH,
        /// Week of the month, 1 to 4; 5 is the last.
        week_of_month: Option<u8> = calendar::WEEK_OF_MONTH,
        /// Month of the year, 1 to 12.
        month_of_year: Option<u8> = calendar::MONTH_OF_YEAR,
        /// Start of the last occurrence, in UTC.
        until: Option<CompactDateTime> = calendar::UNTIL,
        /// Number of occurrences; wins over `until`.
        occurrences: Option<u16> = calendar::OCCURRENCES,
        /// The calendar that months and years are of, 0 to 23 (14.0, 2.2.2.9).
        calendar_type: Option<u8> = calendar::CALENDAR_TYPE,
        /// Whether the month is the leap month of its calendar (14.0).
        is_leap_month: Option<bool> = calendar::IS_LEAP_MONTH,
        /// First day of the week, Sunday 0 to Saturday 6 (14.1).
        first_day_of_week: Option<u8> = calendar::FIRST_DAY_OF_WEEK,
    }
}

message! {
    /// An occurrence that differs from its series ([MS-ASCAL] 2.2.2.21). Absent: as in the series;
    /// empty: the occurrence does not have it.
    #[derive(Default)]
    pub struct Exception {
        /// The occurrence does not take place.
        deleted: Option<bool> = calendar::DELETED,
        /// The start that the series gives it, in UTC, up to 14.1.
        exception_start_time: Option<CompactDateTime> = calendar::EXCEPTION_START_TIME,
        /// The same, 16.0 and later.
        instance_id: Option<CompactDateTime> = base::INSTANCE_ID,
        /// When it was changed.
        dt_stamp: Option<CompactDateTime> = calendar::DT_STAMP,
        /// Start in UTC.
        start_time: Option<CompactDateTime> = calendar::START_TIME,
        /// End in UTC, exclusive.
        end_time: Option<CompactDateTime> = calendar::END_TIME,
        /// Subject.
        subject: Option<String> = calendar::SUBJECT,
        /// Place, up to 14.1.
        location: Option<String> = calendar::LOCATION,
        /// Like [`Event::sensitivity`].
        sensitivity: Option<OrEmpty<u8>> = calendar::SENSITIVITY,
        /// Like [`Event::busy_status`].
        busy_status: Option<OrEmpty<u8>> = calendar::BUSY_STATUS,
        /// Whether it lasts whole days.
        all_day_event: Option<bool> = calendar::ALL_DAY_EVENT,
        /// Minutes before the start at which to remind; empty: not at all.
        reminder: Option<OrEmpty<u32>> = calendar::REMINDER,
        /// Like [`Event::meeting_status`].
        meeting_status: Option<u8> = calendar::MEETING_STATUS,
        /// The user's answer (14.0).
        response_type: Option<u8> = calendar::RESPONSE_TYPE,
        /// When the user answered (14.0).
        appointment_reply_time: Option<OrEmpty<CompactDateTime>> = calendar::APPOINTMENT_REPLY_TIME,
        /// The attendees (14.0).
        attendees: Option<Vec<Attendee>> = calendar::ATTENDEES => calendar::ATTENDEE where Version::V14_0..,
        /// Categories.
        categories: Option<Vec<String>> = calendar::CATEGORIES => calendar::CATEGORY,
        /// Where an online meeting takes place (14.1).
        online_meeting_conf_link: Option<String> = calendar::ONLINE_MEETING_CONF_LINK,
        /// Where outsiders find an online meeting (14.1).
        online_meeting_external_link: Option<String> = calendar::ONLINE_MEETING_EXTERNAL_LINK,
        /// Place (16.0).
        place: Option<Location> = base::LOCATION,
        /// Attachments (16.0).
        attachments: Vec<AttachmentEntry> = base::ATTACHMENTS as choices where Version::V16_0..,
        /// `legacy_body` is not the whole, 2.5.
        legacy_body_truncated: Option<bool> = calendar::BODY_TRUNCATED,
        /// Plain-text notes, 2.5.
        legacy_body: Option<Content> = calendar::BODY,
        /// Notes as compressed RTF ([MS-OXRTFCP]), 2.5. From phones alone.
        compressed_rtf: Option<Base64> = calendar::COMPRESSED_RTF,
        /// Notes, 12.0 and later.
        body: Option<OrEmpty<Body>> = base::BODY,
    }
}

impl Event {
    /// Whether all numbers lie in the ranges of [MS-ASCAL] 2.2.2. What they mean together is not
    /// looked at here.
    pub(super) fn check(&self) -> Result<(), DecodeError> {
        use super::range::{longest, within};
        within(calendar::SENSITIVITY, self.sensitivity, 0..=3, "a sensitivity from 0 to 3")?;
        within(calendar::BUSY_STATUS, self.busy_status, 0..=4, "a busy status from 0 to 4")?;
        within(calendar::RESPONSE_TYPE, self.response_type, 0..=5, "a response type from 0 to 5")?;
        meeting_status(self.meeting_status)?;
        longest(calendar::UID, self.uid.as_deref(), 300)?;
        longest(calendar::CLIENT_UID, self.client_uid.as_deref(), 300)?;
        attendees(self.attendees.as_deref())?;
        if let Some(recurrence) = &self.recurrence {
            recurrence.check()?;
        }
        self.exceptions.iter().flatten().try_for_each(Exception::check)
    }
}

impl Exception {
    fn check(&self) -> Result<(), DecodeError> {
        use super::range::within;
        let given = |value: Option<OrEmpty<u8>>| value.and_then(|v| v.0);
        within(calendar::SENSITIVITY, given(self.sensitivity), 0..=3, "a sensitivity from 0 to 3")?;
        within(calendar::BUSY_STATUS, given(self.busy_status), 0..=4, "a busy status from 0 to 4")?;
        within(calendar::RESPONSE_TYPE, self.response_type, 0..=5, "a response type from 0 to 5")?;
        meeting_status(self.meeting_status)?;
        attendees(self.attendees.as_deref())
    }
}

impl Recurrence {
    fn check(&self) -> Result<(), DecodeError> {
        use super::range::within;
        if self.r#type == Some(4) {
            return Err(DecodeError::Value { tag: calendar::TYPE, expected: "0, 1, 2, 3, 5 or 6" });
        }
        within(calendar::TYPE, self.r#type, 0..=6, "0, 1, 2, 3, 5 or 6")?;
        within(calendar::INTERVAL, self.interval, 0..=999, "an interval from 0 to 999")?;
        within(calendar::DAY_OF_WEEK, self.day_of_week, 1..=127, "days of the week from 1 to 127")?;
        within(calendar::DAY_OF_MONTH, self.day_of_month, 1..=31, "a day from 1 to 31")?;
        within(calendar::WEEK_OF_MONTH, self.week_of_month, 1..=5, "a week from 1 to 5")?;
        within(calendar::MONTH_OF_YEAR, self.month_of_year, 1..=12, "a month from 1 to 12")?;
        within(calendar::CALENDAR_TYPE, self.calendar_type, 0..=23, "a calendar from 0 to 23")?;
        within(calendar::FIRST_DAY_OF_WEEK, self.first_day_of_week, 0..=6, "a day from 0 to 6")
    }
}

fn meeting_status(status: Option<u8>) -> Result<(), DecodeError> {
    match status {
        None | Some(0 | 1 | 3 | 5 | 7 | 9 | 11 | 13 | 15) => Ok(()),
        Some(_) => {
            Err(DecodeError::Value { tag: calendar::MEETING_STATUS, expected: "0 or an odd number to 15" })
        }
    }
}

fn attendees(list: Option<&[Attendee]>) -> Result<(), DecodeError> {
    use super::range::within;
    for one in list.unwrap_or_default() {
        if matches!(one.attendee_status, Some(1 | 6..)) {
            return Err(DecodeError::Value { tag: calendar::ATTENDEE_STATUS, expected: "0 or 2 to 5" });
        }
        within(calendar::ATTENDEE_TYPE, one.attendee_type, 1..=3, "an attendee type from 1 to 3")?;
    }
    Ok(())
}
