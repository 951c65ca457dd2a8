//! Events.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, OrEmpty};
use fieldpost_eas::item::{AttachmentEntry, Attendee, Event, Exception, Location, Recurrence};
use fieldpost_eas::page::{Tag, air_sync_base as base, calendar, meeting_response};
use fieldpost_eas::time_zone::{SystemTime, TimeZone};

use super::item::{attachment, body};
use crate::generator::Gen;

/// An event with a subject at least, by which it is known.
pub fn event(g: &mut Gen<'_>) -> Event {
    Event {
        timezone: g.opt(calendar::TIMEZONE, time_zone),
        dt_stamp: g.opt(calendar::DT_STAMP, Gen::compact),
        start_time: g.opt(calendar::START_TIME, Gen::compact),
        end_time: g.opt(calendar::END_TIME, Gen::compact),
        subject: Some(g.text()),
        uid: g.opt(calendar::UID, Gen::text),
        client_uid: g.opt(calendar::CLIENT_UID, Gen::text),
        organizer_name: g.opt(calendar::ORGANIZER_NAME, Gen::text),
        organizer_email: g.opt(calendar::ORGANIZER_EMAIL, Gen::text),
        location: g.opt(calendar::LOCATION, Gen::text),
        sensitivity: g.opt(calendar::SENSITIVITY, |g| g.pick(&[0, 1, 2, 3])),
        busy_status: g.opt(calendar::BUSY_STATUS, |g| g.pick(&[0, 1, 2, 3, 4])),
        all_day_event: g.opt(calendar::ALL_DAY_EVENT, Gen::bool),
        reminder: g.opt(calendar::REMINDER, |g| OrEmpty(g.opt(calendar::REMINDER, Gen::u32))),
        meeting_status: g.opt(calendar::MEETING_STATUS, meeting_status),
        response_requested: g.opt(calendar::RESPONSE_REQUESTED, Gen::bool),
        response_type: g.opt(calendar::RESPONSE_TYPE, |g| g.pick(&[0, 1, 2, 3, 4, 5])),
        appointment_reply_time: g.opt(calendar::APPOINTMENT_REPLY_TIME, Gen::compact),
        disallow_new_time_proposal: g.opt(calendar::DISALLOW_NEW_TIME_PROPOSAL, Gen::bool),
        attendees: g.opt(calendar::ATTENDEES, |g| g.many(calendar::ATTENDEE, attendee)),
        categories: g.opt(calendar::CATEGORIES, |g| g.many(calendar::CATEGORY, Gen::text)),
        recurrence: g.opt(calendar::RECURRENCE, recurrence),
        exceptions: g.opt(calendar::EXCEPTIONS, |g| g.many(calendar::EXCEPTION, exception)),
        online_meeting_conf_link: g.opt(calendar::ONLINE_MEETING_CONF_LINK, Gen::text),
        online_meeting_external_link: g.opt(calendar::ONLINE_MEETING_EXTERNAL_LINK, Gen::text),
        place: g.opt(base::LOCATION, location),
        attachments: attachments(g),
        legacy_body_truncated: g.opt(calendar::BODY_TRUNCATED, Gen::bool),
        legacy_body: g.opt(calendar::BODY, Gen::content),
        compressed_rtf: g.opt(calendar::COMPRESSED_RTF, |g| Base64(g.data())),
        body: g.opt(base::BODY, body),
        native_body_type: g.opt(base::NATIVE_BODY_TYPE, Gen::u8),
    }
}

fn exception(g: &mut Gen<'_>) -> Exception {
    Exception {
        deleted: g.opt(calendar::DELETED, Gen::bool),
        exception_start_time: g.opt(calendar::EXCEPTION_START_TIME, Gen::compact),
        instance_id: g.opt(base::INSTANCE_ID, Gen::compact),
        dt_stamp: g.opt(calendar::DT_STAMP, Gen::compact),
        start_time: g.opt(calendar::START_TIME, Gen::compact),
        end_time: g.opt(calendar::END_TIME, Gen::compact),
        subject: g.opt(calendar::SUBJECT, Gen::text),
        location: g.opt(calendar::LOCATION, Gen::text),
        sensitivity: or_empty(g, calendar::SENSITIVITY, |g| g.pick(&[0, 1, 2, 3])),
        busy_status: or_empty(g, calendar::BUSY_STATUS, |g| g.pick(&[0, 1, 2, 3, 4])),
        all_day_event: g.opt(calendar::ALL_DAY_EVENT, Gen::bool),
        reminder: or_empty(g, calendar::REMINDER, Gen::u32),
        meeting_status: g.opt(calendar::MEETING_STATUS, meeting_status),
        response_type: g.opt(calendar::RESPONSE_TYPE, |g| g.pick(&[0, 1, 2, 3, 4, 5])),
        appointment_reply_time: or_empty(g, calendar::APPOINTMENT_REPLY_TIME, Gen::compact),
        attendees: g.opt_in(calendar::ATTENDEES, Version::V14_0.., |g| g.many(calendar::ATTENDEE, attendee)),
        categories: g.opt(calendar::CATEGORIES, |g| g.many(calendar::CATEGORY, Gen::text)),
        online_meeting_conf_link: g.opt(calendar::ONLINE_MEETING_CONF_LINK, Gen::text),
        online_meeting_external_link: g.opt(calendar::ONLINE_MEETING_EXTERNAL_LINK, Gen::text),
        place: g.opt(base::LOCATION, location),
        attachments: attachments(g),
        legacy_body_truncated: g.opt(calendar::BODY_TRUNCATED, Gen::bool),
        legacy_body: g.opt(calendar::BODY, Gen::content),
        compressed_rtf: g.opt(calendar::COMPRESSED_RTF, |g| Base64(g.data())),
        body: or_empty(g, base::BODY, body),
    }
}

fn or_empty<'a, T>(g: &mut Gen<'a>, tag: Tag, make: impl FnOnce(&mut Gen<'a>) -> T) -> Option<OrEmpty<T>> {
    g.opt(tag, |g| OrEmpty(g.opt(tag, make)))
}

fn attachments(g: &mut Gen<'_>) -> Vec<AttachmentEntry> {
    if g.version() >= Version::V16_0 { g.many(base::ATTACHMENTS, attachment) } else { Vec::new() }
}

fn meeting_status(g: &mut Gen<'_>) -> u8 {
    g.pick(&[0, 1, 3, 5, 7, 9, 11, 13, 15])
}

fn attendee(g: &mut Gen<'_>) -> Attendee {
    Attendee {
        email: g.opt(calendar::EMAIL, Gen::text),
        name: g.opt(calendar::NAME, Gen::text),
        attendee_status: g.opt(calendar::ATTENDEE_STATUS, |g| g.pick(&[0, 2, 3, 4, 5])),
        attendee_type: g.opt(calendar::ATTENDEE_TYPE, |g| g.pick(&[1, 2, 3])),
        proposed_start_time: g.opt(meeting_response::PROPOSED_START_TIME, Gen::compact),
        proposed_end_time: g.opt(meeting_response::PROPOSED_END_TIME, Gen::compact),
    }
}

fn recurrence(g: &mut Gen<'_>) -> Recurrence {
    Recurrence {
        r#type: g.opt(calendar::TYPE, |g| g.pick(&[0, 1, 2, 3, 5, 6])),
        interval: g.opt(calendar::INTERVAL, |g| g.u32() as u16 % 1000),
        day_of_week: g.opt(calendar::DAY_OF_WEEK, |g| 1 + u16::from(g.u8()) % 127),
        day_of_month: g.opt(calendar::DAY_OF_MONTH, |g| 1 + g.u8() % 31),
        week_of_month: g.opt(calendar::WEEK_OF_MONTH, |g| 1 + g.u8() % 5),
        month_of_year: g.opt(calendar::MONTH_OF_YEAR, |g| 1 + g.u8() % 12),
        until: g.opt(calendar::UNTIL, Gen::compact),
        occurrences: g.opt(calendar::OCCURRENCES, |g| g.u32() as u16),
        calendar_type: g.opt(calendar::CALENDAR_TYPE, |g| g.u8() % 24),
        is_leap_month: g.opt(calendar::IS_LEAP_MONTH, Gen::bool),
        first_day_of_week: g.opt(calendar::FIRST_DAY_OF_WEEK, |g| g.u8() % 7),
    }
}

/// A place.
pub fn location(g: &mut Gen<'_>) -> Location {
    let degrees = |g: &mut Gen<'_>| f64::from(g.i32()) / 65536.0;
    Location {
        display_name: g.opt(base::DISPLAY_NAME, Gen::text),
        annotation: g.opt(base::ANNOTATION, Gen::text),
        street: g.opt(base::STREET, Gen::text),
        city: g.opt(base::CITY, Gen::text),
        state: g.opt(base::STATE, Gen::text),
        country: g.opt(base::COUNTRY, Gen::text),
        postal_code: g.opt(base::POSTAL_CODE, Gen::text),
        latitude: g.opt(base::LATITUDE, degrees),
        longitude: g.opt(base::LONGITUDE, degrees),
        accuracy: g.opt(base::ACCURACY, degrees),
        altitude: g.opt(base::ALTITUDE, degrees),
        altitude_accuracy: g.opt(base::ALTITUDE_ACCURACY, degrees),
        location_uri: g.opt(base::LOCATION_URI, Gen::text),
    }
}

/// A time zone.
pub fn time_zone(g: &mut Gen<'_>) -> TimeZone {
    let date = |g: &mut Gen<'_>| SystemTime {
        month: u16::from(g.u8()),
        day_of_week: u16::from(g.u8()),
        day: u16::from(g.u8()),
        hour: u16::from(g.u8()),
        ..SystemTime::default()
    };
    let name = |g: &mut Gen<'_>| g.pick(&["", "CET", "Mitteleurop\u{e4}ische Zeit", "\u{1F600}"]).to_owned();
    TimeZone {
        bias: g.i32(),
        standard_name: name(g),
        standard_date: date(g),
        standard_bias: g.i32(),
        daylight_name: name(g),
        daylight_date: date(g),
        daylight_bias: g.i32(),
    }
}
