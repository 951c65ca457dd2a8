//! The meeting that a message is about ([MS-ASEMAIL] 2.2.2.48): what an invitation, an update, an answer
//! or a cancellation says in its calendar, as phones show it.

use fieldpost_eas::Version;
use fieldpost_eas::codec::Base64;
use fieldpost_eas::command::smart_forward::Forwardee;
use fieldpost_eas::date::{CompactDateTime, DateTime};
use fieldpost_eas::global_obj_id::{self, Day};
use fieldpost_eas::item::{Location, MeetingRecurrence, MeetingRequest};
use fieldpost_eas::time_zone::TimeZone as Structure;
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::calendar_part::CalendarPart;
use crate::calendar::rule::{Frequency, Rule};
use crate::calendar::{BusyStatus, Series, zone};
use crate::object::{Component, Line, When};
use crate::schedule::itip::{FORWARDED, FORWARDEE};
use crate::schedule::view::{is_cancelled, sequence, stamp};
use crate::schedule::{Answer, Incoming, Meeting, Method, Person};

/// Most people named as those whom an invitation was forwarded to.
const MAX_FORWARDEES: usize = 200;

/// A message's meeting and what kind of message it makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// `IPM.Schedule.Meeting` and its kin ([MS-ASEMAIL] 2.2.2.49).
    pub class: &'static str,
    /// The meeting.
    pub request: MeetingRequest,
}

/// Looks at the calendar of a message that was received at `received`. None where it says nothing that
/// phones know of: the message is like any other then.
pub fn shown(part: &CalendarPart<'_>, version: Version, received: Timestamp) -> Option<Shown> {
    let is_notice = part.method.as_deref().is_some_and(|method| method.eq_ignore_ascii_case(FORWARDED));
    if is_notice {
        let meeting = Meeting::read(part.text.as_bytes()).ok()?;
        let request = request(&meeting, None, version, received)?;
        return Some(Shown { class: "IPM.Schedule.Meeting.Notification.Forward", request });
    }
    let Incoming { method, meeting } = Incoming::read(part).ok()?;
    let class = class(method, &meeting)?;
    Some(Shown { class, request: request(&meeting, Some(method), version, received)? })
}

fn class(method: Method, meeting: &Meeting) -> Option<&'static str> {
    match method {
        Method::Request => Some("IPM.Schedule.Meeting.Request"),
        Method::Cancel => Some("IPM.Schedule.Meeting.Canceled"),
        // A proposal is an answer that says perhaps.
        Method::Counter => Some("IPM.Schedule.Meeting.Resp.Tent"),
        Method::Reply => {
            let answer = meeting.chief()?.get("ATTENDEE")?.param("PARTSTAT").and_then(Answer::of_partstat)?;
            Some(match answer {
                Answer::Accept => "IPM.Schedule.Meeting.Resp.Pos",
                Answer::Tentative => "IPM.Schedule.Meeting.Resp.Tent",
                Answer::Decline => "IPM.Schedule.Meeting.Resp.Neg",
            })
        }
        Method::Publish | Method::Add | Method::Refresh | Method::DeclineCounter => None,
    }
}

fn request(
    meeting: &Meeting,
    method: Option<Method>,
    version: Version,
    received: Timestamp,
) -> Option<MeetingRequest> {
    let series = Series::new(&meeting.calendar, "VEVENT", &TimeZone::UTC)?;
    let event = series.master;
    let recurs = meeting.is_series();
    // Of a proposal the meeting's own time is shown, and the proposed one beside it.
    let original = |name: &str| event.get(name).and_then(Line::when).map(|when| when.at(&TimeZone::UTC));
    let is_proposal = method == Some(Method::Counter);
    let start = original("X-MS-OLK-ORIGINALSTART").filter(|_| is_proposal).unwrap_or(series.span.start);
    let end = original("X-MS-OLK-ORIGINALEND").filter(|_| is_proposal).unwrap_or(series.span.end);
    let recurrence_id = meeting.recurrence_id(event);
    let recurrence =
        series.rule.as_ref().filter(|_| recurs).and_then(|rule| recurrence(rule, &series, version));
    let place = event.text("LOCATION").map(|place| place.trim().to_owned()).filter(|place| !place.is_empty());
    let is_16 = version >= Version::V16_0;
    let day = recurrence_id.map(|id| series.zone.rules.to_datetime(id).date());
    let day = day.and_then(|day| {
        let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
        Some(Day { year: u16::try_from(day.year()).ok()?, month, day: date })
    });
    Some(MeetingRequest {
        all_day_event: Some(series.span.days.is_some()),
        start_time: Some(DateTime(start)),
        dt_stamp: Some(DateTime(stamp(event).unwrap_or(received))),
        end_time: Some(DateTime(end)),
        instance_type: Some(match recurrence_id {
            Some(id) if id == series.span.start => 2,
            Some(_) => 3,
            None if recurs => 1,
            None => 0,
        }),
        location: place.clone().filter(|_| !is_16),
        place: is_16.then(|| Location { display_name: place, ..Location::default() }),
        organizer: event.get("ORGANIZER").and_then(Person::of).map(|person| with_name(&person)),
        // MS-ASEMAIL_R935, MS-ASEMAIL_R936
        recurrence_id: recurrence_id.map(DateTime),
        reminder: reminder(event),
        response_requested: Some(method == Some(Method::Request) && wants_answer(event)),
        recurrences: recurrence.into_iter().collect(),
        sensitivity: Some(sensitivity(event)),
        busy_status: Some(busy(event, version)),
        time_zone: Some(zone_structure(&series)),
        global_obj_id: (!is_16).then(|| Base64(global_obj_id::from_uid(meeting.uid(), day))),
        disallow_new_time_proposal: Some(is_true(event, "X-MICROSOFT-DISALLOW-COUNTER")),
        meeting_message_type: Some(match method {
            Some(Method::Request) if sequence(event) == 0 => 1,
            Some(Method::Request) => 2,
            _ => 0,
        }),
        uid: is_16.then(|| meeting.uid().to_owned()),
        proposed_start_time: is_proposal.then_some(CompactDateTime(series.span.start)),
        proposed_end_time: is_proposal.then_some(CompactDateTime(series.span.end)),
        forwardees: forwardees(event),
    })
}

/// `"Name" <address>`, as mail has it.
fn with_name(person: &Person) -> String {
    match &person.name {
        Some(name) => format!("\"{}\" <{}>", name.replace('"', "'"), person.address),
        None => person.address.clone(),
    }
}

fn is_true(event: &Component, name: &str) -> bool {
    event.text(name).is_some_and(|value| value.trim().eq_ignore_ascii_case("TRUE"))
}

/// Seconds before the start at which the organizer would have people reminded.
fn reminder(event: &Component) -> Option<u16> {
    let alarm = event.children_named("VALARM").find(|alarm| alarm.get("TRIGGER").is_some())?;
    let trigger = alarm.get("TRIGGER")?;
    if trigger.has("RELATED", "END") {
        return None;
    }
    let before = trigger.duration()?.exact().as_secs().checked_neg()?;
    u16::try_from(before).ok()
}

/// Whether anybody is asked for an answer: the organizer asks all or none.
fn wants_answer(event: &Component) -> bool {
    event.get_all("ATTENDEE").any(|line| line.has("RSVP", "TRUE"))
}

fn sensitivity(event: &Component) -> u8 {
    match event.text("CLASS").unwrap_or_default().trim().to_ascii_uppercase().as_str() {
        "PRIVATE" => 2,
        "CONFIDENTIAL" => 3,
        _ => 0,
    }
}

/// How the time is going to be shown once it is accepted.
fn busy(event: &Component, version: Version) -> u8 {
    if is_cancelled(event) {
        return BusyStatus::Free as u8;
    }
    let intended = event.text("X-MICROSOFT-CDO-INTENDEDSTATUS").and_then(|name| {
        let all = (0..=4).filter_map(BusyStatus::from_number);
        all.into_iter().find(|status| status.name().eq_ignore_ascii_case(name.trim()))
    });
    match intended.or_else(|| BusyStatus::said(event)).unwrap_or(BusyStatus::Busy) {
        // MS-ASEMAIL_R1150 to R1154: nobody knew that before.
        BusyStatus::Elsewhere if version < Version::V16_0 => BusyStatus::Busy as u8,
        status => status as u8,
    }
}

fn zone_structure(series: &Series<'_>) -> Structure {
    zone::to_wire(&series.zone, series.span.start)
}

fn forwardees(event: &Component) -> Vec<Forwardee> {
    let people = event.get_all(FORWARDEE).take(MAX_FORWARDEES).filter_map(Person::of);
    people.map(|person| Forwardee { name: person.name, email: person.address }).collect()
}

/// A rule as phones know it; none where they know no such rule.
fn recurrence(rule: &Rule, series: &Series<'_>, version: Version) -> Option<MeetingRecurrence> {
    let first = series.zone.rules.to_datetime(series.span.start).date();
    let days =
        |rule: &Rule| -> u8 { rule.by_day.iter().map(|(_, day)| bit(*day)).fold(0, |all, day| all | day) };
    let month_day = rule.by_month_day.first().copied().unwrap_or(first.day());
    let month_day = u8::try_from(month_day).unwrap_or(31);
    let month = rule.by_month.first().copied().or_else(|| u8::try_from(first.month()).ok());
    let week = || {
        let counted = rule.by_set_pos.first().copied().or_else(|| rule.by_day.first().map(|(n, _)| *n));
        match counted? {
            -1 => Some(5),
            n @ 1..=5 => u8::try_from(n).ok(),
            _ => None,
        }
    };
    let has_days = !rule.by_day.is_empty();
    let mut out = MeetingRecurrence {
        interval: Some(rule.interval),
        occurrences: rule.count.and_then(|count| u16::try_from(count).ok()),
        until: rule.until.filter(|_| rule.count.is_none()).map(|until| CompactDateTime(last(until, series))),
        is_leap_month: Some(rule.is_leap_month),
        ..MeetingRecurrence::default()
    };
    match rule.frequency {
        Frequency::Daily if !has_days => out.r#type = Some(0),
        Frequency::Daily | Frequency::Weekly => {
            out.r#type = Some(1);
            out.day_of_week = Some(if has_days { days(rule) } else { bit(first.weekday()) });
            let begins = rule.week_start.unwrap_or(Weekday::Monday);
            out.first_day_of_week = u8::try_from(begins.to_sunday_zero_offset()).ok();
        }
        Frequency::Monthly if has_days => {
            (out.r#type, out.day_of_week, out.week_of_month) = (Some(3), Some(days(rule)), Some(week()?));
        }
        Frequency::Monthly => (out.r#type, out.day_of_month) = (Some(2), Some(month_day)),
        Frequency::Yearly if has_days => {
            (out.r#type, out.day_of_week, out.week_of_month) = (Some(6), Some(days(rule)), Some(week()?));
            out.month_of_year = month;
        }
        Frequency::Yearly => {
            (out.r#type, out.day_of_month, out.month_of_year) = (Some(5), Some(month_day), month);
        }
        Frequency::Secondly | Frequency::Minutely | Frequency::Hourly => return None,
    }
    // MS-ASEMAIL_R291
    let of_months = matches!(out.r#type, Some(2 | 3 | 5 | 6)) && version >= Version::V14_0;
    out.calendar_type = of_months.then_some(0);
    Some(out)
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_sunday_zero_offset()
}

fn last(until: When, series: &Series<'_>) -> Timestamp {
    until.at(&series.zone.rules)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    const EVENT: &str = "UID:m1\nDTSTAMP:20261120T080000Z\nDTSTART;TZID=Europe/Berlin:20261201T100000\n\
        DTEND;TZID=Europe/Berlin:20261201T110000\nSUMMARY:Plan\nLOCATION:Room 1\n\
        ORGANIZER;CN=Anna:mailto:anna@example.org\nATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:bert@example.org\n";

    fn part(method: &str, lines: &str) -> CalendarPart<'static> {
        let text = format!(
            "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\n{EVENT}{lines}END:VEVENT\nEND:VCALENDAR\n"
        );
        CalendarPart { index: 1, method: Some(method.to_owned()), text: Cow::Owned(text) }
    }

    fn received() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn of(method: &str, lines: &str, version: Version) -> Shown {
        shown(&part(method, lines), version, received()).unwrap()
    }

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    // MS-ASEMAIL_R234, R236, R264, R265, R389, R391, R401, R403, R416, R478, R490, R491, R528, R530, R532,
    // R541, R546, R637, R714, R715, R727, R729, R730, R749, R781, R783, R896, R897, R898, R908, R909, R911
    #[test]
    fn an_invitation_is_a_meeting_request() {
        let Shown { class, request } = of("REQUEST", "CLASS:PRIVATE\n", Version::V14_1);
        assert_eq!(class, "IPM.Schedule.Meeting.Request");
        assert_eq!(request.all_day_event, Some(false));
        assert_eq!(request.start_time, Some(DateTime(time("2026-12-01T09:00:00Z"))));
        assert_eq!(request.end_time, Some(DateTime(time("2026-12-01T10:00:00Z"))));
        assert_eq!(request.dt_stamp, Some(DateTime(time("2026-11-20T08:00:00Z"))));
        assert_eq!((request.instance_type, request.recurrence_id), (Some(0), None));
        assert_eq!((request.location.as_deref(), request.place), (Some("Room 1"), None));
        assert_eq!(request.organizer.as_deref(), Some("\"Anna\" <anna@example.org>"));
        assert_eq!((request.response_requested, request.reminder), (Some(true), None));
        assert_eq!((request.sensitivity, request.busy_status), (Some(2), Some(2)));
        assert_eq!(
            (request.disallow_new_time_proposal, request.meeting_message_type),
            (Some(false), Some(1))
        );
        assert_eq!(request.time_zone.unwrap().bias, -60);
        assert_eq!(global_obj_id::to_uid(&request.global_obj_id.unwrap().0), "m1");
        assert!(request.recurrences.is_empty() && request.uid.is_none() && request.forwardees.is_empty());
    }

    // MS-ASEMAIL_R1253, R12540, R1305, R1310, R1311, R13110, R13111
    #[test]
    fn from_16_0_it_names_uid_and_place() {
        for version in [Version::V16_0, Version::V16_1] {
            let request = of("REQUEST", "", version).request;
            assert_eq!((request.uid.as_deref(), request.global_obj_id), (Some("m1"), None));
            assert_eq!(request.place.unwrap().display_name.as_deref(), Some("Room 1"));
            assert_eq!(request.location, None);
        }
    }

    // MS-ASEMAIL_R588: all derive from `IPM.Schedule.Meeting`.
    #[test]
    fn every_kind_of_message_has_its_class() {
        for (method, lines, class, kind) in [
            ("REQUEST", "SEQUENCE:2\n", "IPM.Schedule.Meeting.Request", 2),
            ("CANCEL", "STATUS:CANCELLED\n", "IPM.Schedule.Meeting.Canceled", 0),
            ("COUNTER", "", "IPM.Schedule.Meeting.Resp.Tent", 0),
        ] {
            let shown = of(method, lines, Version::V16_1);
            // MS-ASEMAIL_R535
            assert_eq!((shown.class, shown.request.meeting_message_type), (class, Some(kind)), "{method}");
        }
        for (partstat, class) in [
            ("ACCEPTED", Some("IPM.Schedule.Meeting.Resp.Pos")),
            ("TENTATIVE", Some("IPM.Schedule.Meeting.Resp.Tent")),
            ("DECLINED", Some("IPM.Schedule.Meeting.Resp.Neg")),
            ("DELEGATED", None),
        ] {
            let mut reply = part("REPLY", "");
            reply.text = Cow::Owned(reply.text.replace("NEEDS-ACTION", partstat));
            let shown = shown(&reply, Version::V14_1, received());
            assert_eq!(shown.as_ref().map(|shown| shown.class), class);
            // MS-ASEMAIL_R716
            assert!(shown.is_none_or(|shown| shown.request.response_requested == Some(false)));
        }
        for method in ["PUBLISH", "REFRESH", "X-THING"] {
            assert_eq!(shown(&part(method, ""), Version::V14_1, received()), None);
        }
    }

    // MS-ASEMAIL_R264, R265
    #[test]
    fn the_time_is_shown_as_it_will_be() {
        for (lines, version, expected) in [
            ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE\nX-MICROSOFT-CDO-INTENDEDSTATUS:OOF\n", Version::V14_1, 3),
            ("TRANSP:TRANSPARENT\n", Version::V14_1, 0),
            ("X-MICROSOFT-CDO-INTENDEDSTATUS:WORKINGELSEWHERE\n", Version::V14_1, 2),
            ("X-MICROSOFT-CDO-INTENDEDSTATUS:WORKINGELSEWHERE\n", Version::V16_0, 4),
        ] {
            assert_eq!(of("REQUEST", lines, version).request.busy_status, Some(expected), "{lines}");
        }
    }

    // MS-ASEMAIL_R687, R390
    #[test]
    fn reminder_and_refusal_of_other_times() {
        let lines = "X-MICROSOFT-DISALLOW-COUNTER:TRUE\nBEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM\n";
        let request = of("REQUEST", lines, Version::V14_1).request;
        assert_eq!((request.reminder, request.disallow_new_time_proposal), (Some(900), Some(true)));
    }

    // MS-ASEMAIL_R679, R680, R935, R936, R1493, R20001
    #[test]
    fn one_instance_is_named() {
        let lines = "RECURRENCE-ID;TZID=Europe/Berlin:20261203T100000\n";
        let request = of("REQUEST", lines, Version::V14_1).request;
        assert_eq!(request.recurrence_id, Some(DateTime(time("2026-12-03T09:00:00Z"))));
        assert_eq!(request.instance_type, Some(3));
        let id = request.global_obj_id.unwrap().0;
        assert_eq!(global_obj_id::instance(&id), Some(Day { year: 2026, month: 12, day: 3 }));
        let unmoved = "RECURRENCE-ID;TZID=Europe/Berlin:20261201T100000\n";
        assert_eq!(of("CANCEL", unmoved, Version::V12_1).request.instance_type, Some(2));
    }

    // MS-ASEMAIL_R235
    #[test]
    fn a_day_is_a_day() {
        let mut day = part("REQUEST", "");
        day.text = Cow::Owned(
            day.text
                .replace("DTSTART;TZID=Europe/Berlin:20261201T100000", "DTSTART;VALUE=DATE:20261201")
                .replace("DTEND;TZID=Europe/Berlin:20261201T110000", "DTEND;VALUE=DATE:20261202"),
        );
        let request = shown(&day, Version::V14_1, received()).unwrap().request;
        assert_eq!(request.all_day_event, Some(true));
        assert_eq!(request.end_time, Some(DateTime(time("2026-12-02T00:00:00Z"))));
    }

    // MS-ASEMAIL_R291, R294, R295, R365, R367, R369, R370, R374, R375, R376, R377, R417, R420, R423, R424, R499,
    // R501, R505, R507, R508, R619, R620, R625, R627, R650, R652, R653, R681, R682, R684, R789, R847, R870, R872,
    // R873, R880, R912, R1067
    #[test]
    fn series_say_how_they_recur() {
        // Type, interval, day of week, of month, week, month, occurrences.
        type Said = (Option<u8>, Option<u16>, Option<u8>, Option<u8>, Option<u8>, Option<u8>, Option<u16>);
        let cases: [(&str, Said); 8] = [
            ("FREQ=DAILY;COUNT=5", (Some(0), Some(1), None, None, None, None, Some(5))),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", (Some(1), Some(1), Some(62), None, None, None, None)),
            ("FREQ=WEEKLY;INTERVAL=2", (Some(1), Some(2), Some(4), None, None, None, None)),
            ("FREQ=MONTHLY;BYMONTHDAY=15", (Some(2), Some(1), None, Some(15), None, None, None)),
            ("FREQ=MONTHLY;BYDAY=-1FR", (Some(3), Some(1), Some(32), None, Some(5), None, None)),
            ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2", (Some(3), Some(1), Some(6), None, Some(2), None, None)),
            ("FREQ=YEARLY", (Some(5), Some(1), None, Some(1), None, Some(12), None)),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", (Some(6), Some(1), Some(1), None, Some(2), Some(3), None)),
        ];
        for (rule, expected) in cases {
            let request = of("REQUEST", &format!("RRULE:{rule}\n"), Version::V14_1).request;
            assert_eq!((request.instance_type, request.recurrences.len()), (Some(1), 1), "{rule}");
            let r = &request.recurrences[0];
            let said = (
                r.r#type,
                r.interval,
                r.day_of_week,
                r.day_of_month,
                r.week_of_month,
                r.month_of_year,
                r.occurrences,
            );
            assert_eq!(said, expected, "{rule}");
            let by_months = matches!(r.r#type, Some(2 | 3 | 5 | 6));
            assert_eq!((r.calendar_type, r.is_leap_month), (by_months.then_some(0), Some(false)), "{rule}");
            assert_eq!(r.first_day_of_week, (r.r#type == Some(1)).then_some(1), "{rule}");
        }
        let until = of("REQUEST", "RRULE:FREQ=DAILY;UNTIL=20261205T090000Z\n", Version::V14_1).request;
        assert_eq!(until.recurrences[0].until, Some(CompactDateTime(time("2026-12-05T09:00:00Z"))));
        let hourly = of("REQUEST", "RRULE:FREQ=HOURLY\n", Version::V14_1).request;
        assert!(hourly.recurrences.is_empty());
    }

    #[test]
    fn a_proposal_shows_both_times() {
        let lines = "X-MS-OLK-ORIGINALSTART:20261201T080000Z\nX-MS-OLK-ORIGINALEND:20261201T083000Z\n";
        let request = of("COUNTER", lines, Version::V16_1).request;
        assert_eq!(request.start_time, Some(DateTime(time("2026-12-01T08:00:00Z"))));
        assert_eq!(request.proposed_start_time, Some(CompactDateTime(time("2026-12-01T09:00:00Z"))));
        assert_eq!(request.proposed_end_time, Some(CompactDateTime(time("2026-12-01T10:00:00Z"))));
    }

    // MS-ASCMD_R66550801, R66250801, R66250802, R64850802, R64850808, R68651708
    #[test]
    fn a_notice_names_those_who_were_asked_along() {
        let lines = "X-FIELDPOST-FORWARDEE;CN=Carl:mailto:carl@example.com\n";
        let shown = of("X-FIELDPOST-FORWARDED", lines, Version::V16_1);
        assert_eq!(shown.class, "IPM.Schedule.Meeting.Notification.Forward");
        let [carl] = shown.request.forwardees.as_slice() else { panic!() };
        assert_eq!((carl.name.as_deref(), carl.email.as_str()), (Some("Carl"), "carl@example.com"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_it_says_nothing_falls_over(lines in "[A-Z:;=0-9TZ,\n-]{0,200}") {
            for version in [Version::V2_5, Version::V16_1] {
                let _ = shown(&part("REQUEST", &lines), version, received());
            }
        }
    }
}
