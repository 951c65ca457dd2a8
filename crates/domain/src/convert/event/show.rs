//! An object as a phone sees it.

use fieldpost_eas::Version;
use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Attendee, Event, Location};
use jiff::Timestamp;

use super::people::{self, Role};
use super::time::{self, Shown};
use super::{MAX_CATEGORIES, MAX_UID, attachment, exception, place, recurrence, series};
use crate::calendar::{BusyStatus, Series, Span};
use crate::convert::property;
use crate::convert::text::{cut, presentable, single_line};
use crate::convert::text_body::StoredText;
use crate::convert::{ConvertError, ItemContext, User};
use crate::object::Component;

/// What is told of a component, be it the whole or one occurrence.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub times: Shown,
    pub subject: Option<String>,
    pub place: Option<Location>,
    pub sensitivity: u8,
    pub busy_status: BusyStatus,
    pub reminder: Option<u32>,
    pub categories: Vec<String>,
    pub attendees: Vec<Attendee>,
    pub role: Role,
    pub is_cancelled: bool,
    pub reply_time: Option<Timestamp>,
    pub disallows_proposals: bool,
    pub conf_link: Option<String>,
    pub external_link: Option<String>,
    pub text: Option<StoredText>,
    pub dt_stamp: Option<Timestamp>,
}

/// Properties of online meetings ([MS-OXCICAL] 2.1.3.1.1.20.64, .65).
pub const CONF_LINK: &str = "X-MICROSOFT-ONLINEMEETINGCONFLINK";
pub const EXTERNAL_LINK: &str = "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK";
/// When the user answered ([MS-OXCICAL] 2.1.3.1.1.20.40).
const REPLY_TIME: &str = "X-MICROSOFT-CDO-REPLYTIME";
/// Whether other times may not be proposed ([MS-OXCICAL] 2.1.3.1.1.20.43).
pub const DISALLOW_COUNTER: &str = "X-MICROSOFT-DISALLOW-COUNTER";

impl View {
    /// That of a component of a series.
    pub fn of(
        component: &Component,
        span: &Span,
        series: &Series<'_>,
        user: &User,
        version: Version,
    ) -> View {
        let text = |name| component.text(name).map(|text| presentable(text.into()).into_owned());
        let role = Role::of(component, user);
        let replied =
            component.get(REPLY_TIME).and_then(|line| Some(line.when()?.at(&jiff::tz::TimeZone::UTC)));
        View {
            times: Shown::of(component, span, &series.zone.rules, version),
            subject: component.text("SUMMARY").map(|text| single_line(&text)),
            place: place::place(component),
            sensitivity: property::sensitivity(component),
            busy_status: BusyStatus::said(component).unwrap_or(BusyStatus::Busy),
            reminder: property::reminder(component, &series.zones),
            categories: property::categories(component, MAX_CATEGORIES),
            attendees: people::attendees(component, version),
            // MS-ASCAL_R52522: where nothing was answered there is no time of it.
            reply_time: replied.filter(|_| matches!(role.response, 2..=4)),
            role,
            is_cancelled: is_cancelled(component),
            disallows_proposals: property::flag(component, DISALLOW_COUNTER),
            conf_link: text(CONF_LINK),
            external_link: text(EXTERNAL_LINK),
            text: StoredText::of(component),
            dt_stamp: property::dt_stamp(component),
        }
    }

    /// That of the whole.
    pub fn of_master(series: &Series<'_>, user: &User, version: Version) -> View {
        View::of(series.master, &series.span, series, user, version)
    }

    /// The number of the busy status, as far as the version knows it.
    pub fn busy_number(&self, version: Version) -> u8 {
        match self.busy_status {
            // MS-ASCAL_R2235, R2043, R2044: who works elsewhere can be met.
            BusyStatus::Elsewhere if version < Version::V16_0 => BusyStatus::Free as u8,
            status => status as u8,
        }
    }

    /// The name of the place, as phones before 16.0 know it.
    pub fn location(&self) -> Option<String> {
        self.place.as_ref().and_then(|place| place.display_name.clone())
    }
}

pub fn is_cancelled(component: &Component) -> bool {
    component.text("STATUS").is_some_and(|status| status.trim().eq_ignore_ascii_case("CANCELLED"))
}

/// The event that an object holds, as a phone sees it.
///
/// # Errors
/// The object holds no VEVENT, or one without a start that can be understood.
pub fn to_wire(content: &[u8], cx: &ItemContext<'_>) -> Result<Event, ConvertError> {
    let calendar = Component::parse_one(content, "VCALENDAR")?;
    let series = series(&calendar, cx.user)?;
    Ok(show(&series, cx))
}

/// The event that a series is.
pub fn show(series: &Series<'_>, cx: &ItemContext<'_>) -> Event {
    let version = cx.version();
    let view = View::of_master(series, cx.user, version);
    let (organizer_name, organizer_email) = people::organizer(series.master, cx.user);
    let recurrence = recurrence::show(series, version);
    let exceptions =
        recurrence.as_ref().map(|_| exception::show(series, &view, cx)).filter(|list| !list.is_empty());
    let stamp = view.dt_stamp.unwrap_or(cx.now);
    let uid = series.master.text("UID").unwrap_or_default();
    let is_dated = view.times.is_all_day && version >= Version::V16_0;
    let mut event = Event {
        // MS-ASCAL_R2005 to R2008: whole days of 16.x have no zone.
        timezone: (!is_dated).then(|| time::show_zone(series, cx.now)),
        dt_stamp: Some(CompactDateTime(stamp)),
        start_time: Some(CompactDateTime(view.times.start)),
        end_time: Some(CompactDateTime(view.times.end)),
        subject: Some(view.subject.clone().unwrap_or_default()),
        uid: Some(cut(&single_line(&uid), MAX_UID).to_owned()).filter(|uid| !uid.is_empty()),
        organizer_name: Some(organizer_name).filter(|name| !name.is_empty()),
        organizer_email: Some(organizer_email).filter(|email| !email.is_empty()),
        location: view.location(),
        place: view.place.clone(),
        sensitivity: Some(view.sensitivity),
        busy_status: Some(view.busy_number(version)),
        all_day_event: Some(view.times.is_all_day),
        reminder: view.reminder.map(|minutes| OrEmpty(Some(minutes))),
        meeting_status: Some(view.role.meeting_status(view.is_cancelled)),
        response_requested: view.role.is_meeting.then_some(view.role.wants_answer),
        response_type: Some(view.role.response),
        appointment_reply_time: view.reply_time.map(CompactDateTime),
        // MS-ASCAL_R215: it is always there.
        disallow_new_time_proposal: Some(view.disallows_proposals),
        attendees: Some(view.attendees.clone()).filter(|list| !list.is_empty()),
        categories: Some(view.categories.clone()).filter(|list| !list.is_empty()),
        recurrence,
        exceptions,
        online_meeting_conf_link: view.conf_link.clone(),
        online_meeting_external_link: view.external_link.clone(),
        ..Event::default()
    };
    if version >= Version::V16_0 {
        event.attachments = attachment::list(series.master, cx.item);
    }
    let text = view.text.clone().unwrap_or_default();
    if version == Version::V2_5 {
        let legacy = text.to_legacy(cx.body);
        if legacy.size > 0 {
            event.legacy_body_truncated = Some(legacy.truncated);
            event.legacy_body = Some(legacy.data);
        }
    } else {
        event.native_body_type = Some(text.native());
        event.body = Some(text.to_body(cx.body));
    }
    event
}
