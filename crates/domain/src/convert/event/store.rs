//! What a phone says of an event, put into an object.
//!
//! A phone repeats what it was shown beside what its user changed. So everything that it says is held
//! against what this version is shown, and only what differs is written.

use std::collections::HashSet;

use fieldpost_eas::Version;
use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Attendee, Event, Exception, Location, Recurrence};
use fieldpost_eas::page::{Tag, air_sync_base as base, calendar as tag};
use jiff::Timestamp;

use super::show::{CONF_LINK, DISALLOW_COUNTER, EXTERNAL_LINK, View};
use super::time::{self, Form, Shown, Start, Times};
use super::{
    CLIENT_UID, MAX_CATEGORIES, MAX_EXCEPTIONS, attachment, instance, people, place, recurrence, series,
};
use crate::calendar::{BusyStatus, Series, Zone};
use crate::convert::property::{self, SaidText};
use crate::convert::text::single_line;
use crate::convert::text_body::StoredText;
use crate::convert::{CreateContext, Ghosting, InvalidItem, PatchContext, User};
use crate::object::{Component, Line};

/// What a phone says of the properties that the whole and its occurrences share. `None`: nothing.
#[derive(Debug, Clone, Default)]
pub struct Said {
    subject: Option<String>,
    /// The name of the place, up to 14.1.
    location: Option<String>,
    place: Option<Location>,
    sensitivity: Option<u8>,
    busy_status: Option<u8>,
    reminder: Option<Option<u32>>,
    categories: Option<Vec<String>>,
    attendees: Option<Vec<Attendee>>,
    meeting_status: Option<u8>,
    response_requested: Option<bool>,
    disallow_new_time_proposal: Option<bool>,
    conf_link: Option<String>,
    external_link: Option<String>,
    text: Option<SaidText>,
}

impl Said {
    /// What an event says.
    pub fn of_event(event: &Event) -> Result<Said, InvalidItem> {
        Ok(Said {
            subject: event.subject.clone(),
            location: event.location.clone(),
            place: event.place.clone(),
            sensitivity: event.sensitivity,
            busy_status: event.busy_status,
            reminder: event.reminder.map(|r| r.0),
            categories: event.categories.clone(),
            attendees: event.attendees.clone(),
            meeting_status: event.meeting_status,
            response_requested: event.response_requested,
            disallow_new_time_proposal: event.disallow_new_time_proposal,
            conf_link: event.online_meeting_conf_link.clone(),
            external_link: event.online_meeting_external_link.clone(),
            text: property::read_text(
                event.body.as_ref(),
                event.legacy_body.as_ref(),
                event.compressed_rtf.as_ref(),
            )?,
        })
    }

    /// What an exception says; what it does not say is as in the series, whose properties are these.
    fn of_exception(exception: &Exception, whole: &View, version: Version) -> Result<Said, InvalidItem> {
        let text = match &exception.body {
            Some(OrEmpty(Some(body))) => property::read_text(Some(body), None, None)?,
            // An empty one: none.
            Some(OrEmpty(None)) => Some(SaidText::default()),
            // Phones leave bodies out that they were told cut.
            None => {
                property::read_text(None, exception.legacy_body.as_ref(), exception.compressed_rtf.as_ref())?
            }
        };
        let place = exception.place.clone().or_else(|| whole.place.clone().or(Some(Location::default())));
        Ok(Said {
            subject: exception.subject.clone().or_else(|| Some(whole.subject.clone().unwrap_or_default())),
            location: exception.location.clone().or_else(|| Some(whole.location().unwrap_or_default())),
            place: place.filter(|_| version >= Version::V16_0),
            // An empty one: what an event has that says nothing of it.
            sensitivity: Some(exception.sensitivity.map_or(whole.sensitivity, |n| n.0.unwrap_or(0))),
            busy_status: Some(exception.busy_status.map_or(whole.busy_number(version), |n| n.0.unwrap_or(2))),
            reminder: Some(exception.reminder.map_or(whole.reminder, |r| r.0)),
            categories: Some(exception.categories.clone().unwrap_or_else(|| whole.categories.clone())),
            // MS-ASCAL_R2023: up to 12.1 they can't be said.
            attendees: exception.attendees.clone().filter(|_| version >= Version::V14_0),
            meeting_status: exception.meeting_status,
            response_requested: None,
            disallow_new_time_proposal: None,
            conf_link: exception.online_meeting_conf_link.clone(),
            external_link: exception.online_meeting_external_link.clone(),
            text,
        })
    }

    /// Lets what is missing mean that it is gone, where the phone would have said it.
    fn fill(&mut self, ghosting: &Ghosting, version: Version) {
        let gone = |tag: Tag| !ghosting.keeps(tag);
        if self.subject.is_none() && gone(tag::SUBJECT) {
            self.subject = Some(String::new());
        }
        // MS-ASCAL_R301: the place can't be left out to be kept.
        if version < Version::V16_0 && self.location.is_none() && *ghosting != Ghosting::All {
            self.location = Some(String::new());
        }
        if version >= Version::V16_0 && self.place.is_none() && gone(base::LOCATION) {
            self.place = Some(Location::default());
        }
        if self.sensitivity.is_none() && gone(tag::SENSITIVITY) {
            self.sensitivity = Some(0);
        }
        if self.busy_status.is_none() && gone(tag::BUSY_STATUS) {
            self.busy_status = Some(BusyStatus::Busy as u8);
        }
        if self.reminder.is_none() && gone(tag::REMINDER) {
            self.reminder = Some(None);
        }
        if self.categories.is_none() && gone(tag::CATEGORIES) {
            self.categories = Some(Vec::new());
        }
        if self.attendees.is_none() && gone(tag::ATTENDEES) {
            self.attendees = Some(Vec::new());
        }
        if version >= Version::V14_0 {
            if self.disallow_new_time_proposal.is_none() && gone(tag::DISALLOW_NEW_TIME_PROPOSAL) {
                self.disallow_new_time_proposal = Some(false);
            }
            if self.response_requested.is_none() && gone(tag::RESPONSE_REQUESTED) {
                self.response_requested = Some(false);
            }
        }
        if version >= Version::V14_1 {
            if self.conf_link.is_none() && gone(tag::ONLINE_MEETING_CONF_LINK) {
                self.conf_link = Some(String::new());
            }
            if self.external_link.is_none() && gone(tag::ONLINE_MEETING_EXTERNAL_LINK) {
                self.external_link = Some(String::new());
            }
        }
    }

    /// Writes into a component what differs from what the phone was shown of it.
    pub fn put(&self, component: &mut Component, shown: &View, version: Version) -> Result<(), InvalidItem> {
        if let Some(subject) = &self.subject {
            let subject = single_line(subject);
            if subject != shown.subject.clone().unwrap_or_default() {
                component.set_text("SUMMARY", Some(subject.as_str()).filter(|s| !s.is_empty()));
            }
        }
        if version >= Version::V16_0 {
            if let Some(place) =
                self.place.as_ref().filter(|p| **p != shown.place.clone().unwrap_or_default())
            {
                place::set_place(component, place);
            }
        } else if let Some(name) =
            self.location.as_ref().filter(|name| **name != shown.location().unwrap_or_default())
        {
            place::set_name(component, name);
        }
        if let Some(number) = self.sensitivity.filter(|n| *n != shown.sensitivity) {
            property::set_sensitivity(component, number);
        }
        if let Some(number) = self.busy_status.filter(|n| *n != shown.busy_number(version)) {
            let wrong = InvalidItem::Wrong { element: "BusyStatus", reason: "not from 0 to 4" };
            property::set_busy_status(component, BusyStatus::from_number(number).ok_or(wrong)?);
        }
        if let Some(minutes) = self.reminder.filter(|minutes| *minutes != shown.reminder) {
            property::set_reminder(component, minutes);
        }
        if let Some(list) = &self.categories {
            let list = property::read_categories(list, MAX_CATEGORIES)?;
            if list != shown.categories {
                property::set_categories(component, &list);
            }
        }
        self.put_people(component, shown, version)?;
        for (name, link, was) in [
            (CONF_LINK, &self.conf_link, &shown.conf_link),
            (EXTERNAL_LINK, &self.external_link, &shown.external_link),
        ] {
            if let Some(link) = link.as_ref().filter(|link| **link != was.clone().unwrap_or_default()) {
                component.set_text(name, Some(link.as_str()).filter(|link| !link.is_empty()));
            }
        }
        if let Some(said) = self.text.as_ref().filter(|said| !said.is_shown(shown.text.as_ref())) {
            StoredText::put(said.text.as_ref(), component);
        }
        Ok(())
    }

    fn put_people(
        &self,
        component: &mut Component,
        shown: &View,
        version: Version,
    ) -> Result<(), InvalidItem> {
        // Whom the organizer invites, the organizer says.
        if shown.role.is_organizer {
            if let Some(list) =
                self.attendees.as_ref().filter(|list| !is_same_people(list, &shown.attendees, version))
            {
                people::set_attendees(component, list, version < Version::V16_0)?;
            }
            if let Some(is_wanted) =
                self.response_requested.filter(|is| shown.role.is_meeting && *is != shown.role.wants_answer)
            {
                people::set_wants_answer(component, is_wanted);
            }
            if let Some(is) = self.disallow_new_time_proposal.filter(|is| *is != shown.disallows_proposals) {
                component.set_text(DISALLOW_COUNTER, Some(if is { "TRUE" } else { "FALSE" }));
            }
        }
        if let Some(is_cancelled) =
            self.meeting_status.map(|n| n & 4 != 0).filter(|is| *is != shown.is_cancelled)
        {
            component.set_text("STATUS", Some(if is_cancelled { "CANCELLED" } else { "CONFIRMED" }));
        }
        Ok(())
    }
}

/// Whether a phone repeats the people that it was shown, as far as its version says them.
fn is_same_people(said: &[Attendee], shown: &[Attendee], version: Version) -> bool {
    said.len() == shown.len()
        && said.iter().zip(shown).all(|(a, b)| {
            let (status, kind) =
                (a.attendee_status.or(b.attendee_status), a.attendee_type.or(b.attendee_type));
            // From 16.0 on phones say nothing of answers, and before 12.0 they know none.
            let is_status = version >= Version::V16_0 || status == b.attendee_status;
            a.email == b.email && a.name == b.name && is_status && kind == b.attendee_type
        })
}

/// What an event will be when a phone's word is done.
struct Plan {
    /// New times, where they change.
    times: Option<Times>,
    /// The rule, where it changes; an inner `None`: it recurs no more.
    rule: Option<Option<Line>>,
}

/// The object of an event that a phone adds.
///
/// # Errors
/// What the phone says is no event: see [`InvalidItem`].
pub fn create(event: &Event, cx: &CreateContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let version = cx.version;
    let given = |at: Option<CompactDateTime>| at.map(|at| at.0);
    let (start, end) = time::defaults(given(event.start_time), given(event.end_time), cx.now)?;
    let told = Shown { start, end, is_all_day: event.all_day_event == Some(true) };
    let mut calendar = Component::calendar();
    let user_zone = Zone::of(&cx.user.zone);
    let zone = {
        let zones = crate::calendar::Zones::new(&calendar, &cx.user.zone);
        time::read_zone(event.timezone.as_ref(), start, &user_zone, &zones)?
    };
    let times = Times::read(told, zone, None, version)?;
    let mut vevent = Component::new("VEVENT");
    // In 16.x the UID is the server's (MS-ASCAL_R2221, R2223).
    let own = event.uid.as_deref().map(single_line).filter(|uid| !uid.is_empty() && version < Version::V16_0);
    vevent.push(Line::text_line("UID", own.as_deref().unwrap_or(cx.uid)));
    if let Some(uid) = event.client_uid.as_deref().map(single_line).filter(|uid| !uid.is_empty()) {
        vevent.push(Line::text_line(CLIENT_UID, &uid));
    }
    let stamp = event.dt_stamp.filter(|_| version < Version::V16_0).map_or(cx.now, |at| at.0);
    vevent.push(Line::new("DTSTAMP", &property::stamp(stamp)));
    vevent.push(Line::new("CREATED", &property::stamp(cx.now)));
    vevent.push(Line::new("SEQUENCE", "0"));
    times.put(&mut vevent);
    if let Some(recurrence) = event.recurrence.as_ref().filter(|r| !recurrence::is_empty(r)) {
        vevent.push(recurrence::read(recurrence, &times.start(), version)?);
    }
    calendar.push_component(vevent);
    times.define(&mut calendar);

    let said = Said::of_event(event)?;
    let shown = View::of_master(&series(&calendar, cx.user)?, cx.user, version);
    let vevent = master(&mut calendar)?;
    said.put(vevent, &shown, version)?;
    if said.busy_status.is_none_or(|n| n == BusyStatus::Busy as u8) {
        property::set_busy_status(vevent, BusyStatus::Busy);
    }
    if vevent.get("ATTENDEE").is_some() || said.meeting_status.is_some_and(|n| n & 1 != 0) {
        // In 16.x the user is the organizer, whoever the phone says (MS-ASCAL_R2169, R2175).
        let may_say = version < Version::V16_0;
        let email = event.organizer_email.as_deref().filter(|_| may_say);
        people::set_organizer(vevent, event.organizer_name.as_deref().filter(|_| may_say), email, cx.user);
        if event.response_requested == Some(false) {
            people::set_wants_answer(vevent, false);
        }
    }
    attachment::change(vevent, &event.attachments, crate::id::ItemId(0))?;
    if let Some(exceptions) = &event.exceptions {
        put_exceptions(&mut calendar, exceptions, cx.user, version, cx.now)?;
    }
    Ok(calendar.to_bytes())
}

/// The object after a phone's change. What the phone does not change stays byte for byte.
///
/// # Errors
/// What the phone says is no event, or the object can't be read; see [`InvalidItem`].
pub fn patch(content: &[u8], change: &Event, cx: &PatchContext<'_>) -> Result<Vec<u8>, InvalidItem> {
    let version = cx.version;
    let mut calendar = Component::parse_one(content, "VCALENDAR")?;
    let (plan, shown, was_recurring) = {
        let series = series(&calendar, cx.user)?;
        let shown = View::of_master(&series, cx.user, version);
        (plan(&series, change, &shown, cx)?, shown, series.is_recurring())
    };
    let mut said = Said::of_event(change)?;
    said.fill(cx.ghosting, version);
    let vevent = master(&mut calendar)?;
    if let Some(times) = &plan.times {
        times.put(vevent);
    }
    match &plan.rule {
        Some(Some(line)) => vevent.set(line.clone()),
        Some(None) => vevent.remove("RRULE"),
        None => {}
    }
    said.put(vevent, &shown, version)?;
    let is_first = shown.attendees.is_empty() && vevent.get("ORGANIZER").is_none();
    if is_first && vevent.get("ATTENDEE").is_some() {
        let may_say = version < Version::V16_0;
        let email = change.organizer_email.as_deref().filter(|_| may_say);
        people::set_organizer(vevent, change.organizer_name.as_deref().filter(|_| may_say), email, cx.user);
    }
    if version >= Version::V16_0 {
        attachment::change(vevent, &change.attachments, cx.item)?;
    }
    let moved = plan.times.is_some() || plan.rule.is_some();
    if let Some(times) = &plan.times {
        times.define(&mut calendar);
    }
    if moved && was_recurring {
        let ends = matches!(plan.rule, Some(None));
        after_move(&mut calendar, ends || version >= Version::V16_0, cx.user)?;
    }
    // In 16.x exceptions are changed one by one (MS-ASCAL_R2112).
    if let Some(exceptions) = change.exceptions.as_ref().filter(|_| version < Version::V16_0) {
        put_exceptions(&mut calendar, exceptions, cx.user, version, cx.now)?;
    }
    if calendar.to_bytes() != content {
        let stamp = change.dt_stamp.filter(|_| version < Version::V16_0).map_or(cx.now, |at| at.0);
        touch(master(&mut calendar)?, stamp, cx.now);
    }
    Ok(calendar.to_bytes())
}

/// Notes that a component was changed.
pub fn touch(component: &mut Component, stamp: Timestamp, now: Timestamp) {
    component.set(Line::new("DTSTAMP", &property::stamp(stamp)));
    component.set(Line::new("LAST-MODIFIED", &property::stamp(now)));
}

/// The component that stands for the whole.
pub fn master(calendar: &mut Component) -> Result<&mut Component, InvalidItem> {
    let missing = InvalidItem::Stored(crate::convert::ConvertError::Missing("VEVENT"));
    let is_event = |c: &Component| c.is("VEVENT");
    let has_master = calendar.children().any(|c| is_event(c) && c.get("RECURRENCE-ID").is_none());
    let mut all = calendar.children_mut().filter(|c| c.is("VEVENT"));
    all.find(|c| !has_master || c.get("RECURRENCE-ID").is_none()).ok_or(missing)
}

/// What a phone's word makes of times and rule.
fn plan(
    series: &Series<'_>,
    change: &Event,
    shown: &View,
    cx: &PatchContext<'_>,
) -> Result<Plan, InvalidItem> {
    let version = cx.version;
    // MS-ASCAL_R53915
    if change.end_time.is_some() && change.start_time.is_none() {
        return Err(InvalidItem::Missing("StartTime"));
    }
    let was = shown.times;
    let start = change.start_time.map_or(was.start, |at| at.0);
    let kept = was.end.duration_since(was.start);
    let end = change.end_time.map_or_else(|| start.checked_add(kept).unwrap_or(start), |at| at.0);
    let told = Shown { start, end, is_all_day: change.all_day_event.unwrap_or(was.is_all_day) };
    let told_zone = change.timezone.as_ref().filter(|told| !time::is_zone_shown(told, series, cx.now));
    let zone = time::read_zone(told_zone, series.span.start, &series.zone, &series.zones)?;
    let same_zone = zone == series.zone || (told.is_all_day && was.is_all_day);
    let times = if told == was && same_zone {
        None
    } else {
        let form = time::form(series.master);
        let old = (!was.is_all_day || form != Form::Utc).then_some((&series.zone, form));
        let zone = if told.is_all_day { series.zones.user().clone() } else { zone };
        // Days are told by the midnights of the zone that goes with them.
        let days_in = change.timezone.as_ref().filter(|_| told.is_all_day && version < Version::V16_0);
        let zone = time::read_zone(days_in, start, &zone, &series.zones)?;
        Some(Times::read(told, zone, old, version)?)
    };
    let start = times.as_ref().map_or_else(|| time::start(series.master, series), Times::start);
    let rule = rule(series, change.recurrence.as_ref(), &start, times.is_some(), cx)?;
    Ok(Plan { times, rule })
}

/// What becomes of the rule: see [`Plan::rule`].
fn rule(
    series: &Series<'_>,
    said: Option<&Recurrence>,
    start: &Start,
    is_moved: bool,
    cx: &PatchContext<'_>,
) -> Result<Option<Option<Line>>, InvalidItem> {
    let version = cx.version;
    let shown = recurrence::show(series, version);
    let old = series.master.get("RRULE");
    let wanted = match said {
        Some(said) if recurrence::is_empty(said) => return Ok(old.map(|_| None)),
        // From 16.0 on the type may be left out where it stays (MS-ASCAL_R2180001).
        Some(said) if said.r#type.is_none() && version >= Version::V16_0 => {
            Some(Recurrence { r#type: shown.as_ref().and_then(|r| r.r#type), ..said.clone() })
        }
        Some(said) => Some(said.clone()),
        None if cx.ghosting.keeps(tag::RECURRENCE) => shown.clone(),
        // What it was not shown it can't have taken away.
        None => return Ok(shown.and(Some(None))),
    };
    let Some(mut wanted) = wanted else { return Ok(None) };
    if let Some(shown) = shown.as_ref().filter(|shown| shown.r#type == wanted.r#type) {
        // What older versions can't say stays as it is.
        wanted.first_day_of_week = wanted.first_day_of_week.or(shown.first_day_of_week);
        wanted.calendar_type = wanted.calendar_type.or(shown.calendar_type);
        wanted.is_leap_month = wanted.is_leap_month.or(shown.is_leap_month);
    }
    let line = recurrence::read(&wanted, start, version)?;
    // The rule may say more than this version can: it stays where the phone repeats what it was shown.
    let old_start = time::start(series.master, series);
    let repeated = shown.as_ref().and_then(|shown| recurrence::read(shown, &old_start, version).ok());
    let is_repeated = repeated.is_some_and(|repeated| recurrence::is_same(&repeated, &line));
    if is_repeated && !is_moved || old.is_some_and(|old| recurrence::is_same(old, &line)) {
        return Ok(None);
    }
    Ok(Some(Some(line)))
}

/// Occurrences of a series that was moved: from 16.0 on none of its changes stays (MS-ASCAL_R2114, R2180),
/// before that those whose occurrence is still one.
fn after_move(calendar: &mut Component, all: bool, user: &User) -> Result<(), InvalidItem> {
    if all {
        calendar.retain_components(|c| !c.is("VEVENT") || c.get("RECURRENCE-ID").is_none());
        let vevent = master(calendar)?;
        vevent.remove("EXDATE");
        if vevent.get("RRULE").is_none() {
            vevent.remove("RDATE");
        }
        return Ok(());
    }
    let (gone, left_out): (HashSet<Vec<u8>>, Vec<Line>) = {
        let series = series(calendar, user)?;
        let ids: Vec<Timestamp> = series.overrides.iter().map(|o| o.id).chain(series.left_out()).collect();
        let regular: HashSet<Timestamp> =
            ids.iter().max().map(|last| series.regular(*last)).unwrap_or_default().into_iter().collect();
        let gone = series.overrides.iter().filter(|o| !regular.contains(&o.id));
        let gone = gone.filter_map(|o| Some(o.component.get("RECURRENCE-ID")?.raw().to_vec())).collect();
        let stays = series.left_out().filter(|id| regular.contains(id));
        (gone, stays.map(|id| time::id_line("EXDATE", id, &series)).collect())
    };
    calendar.retain_components(|c| {
        !c.is("VEVENT") || c.get("RECURRENCE-ID").is_none_or(|line| !gone.contains(line.raw()))
    });
    master(calendar)?.set_all("EXDATE", left_out);
    Ok(())
}

/// Puts exceptions into a series as phones up to 14.1 say them. Those that they don't name stay
/// (MS-ASCAL_R541, R542).
fn put_exceptions(
    calendar: &mut Component,
    exceptions: &[Exception],
    user: &User,
    version: Version,
    now: Timestamp,
) -> Result<(), InvalidItem> {
    if exceptions.len() > MAX_EXCEPTIONS {
        return Err(InvalidItem::TooMany { element: "Exception", most: MAX_EXCEPTIONS });
    }
    if !exceptions.is_empty() && !series(calendar, user)?.is_recurring() {
        return Err(InvalidItem::Misplaced("Exceptions"));
    }
    for exception in exceptions {
        let told = exception.exception_start_time.or(exception.instance_id);
        let told = told.ok_or(InvalidItem::Missing("ExceptionStartTime"))?.0;
        if exception.deleted == Some(true) {
            instance::leave_out(calendar, told, user, version)?;
            continue;
        }
        let whole = View::of_master(&series(calendar, user)?, user, version);
        let said = Said::of_exception(exception, &whole, version)?;
        let times = instance::Moved {
            start: exception.start_time.map(|at| at.0),
            end: exception.end_time.map(|at| at.0),
            is_all_day: exception.all_day_event,
            is_complete: true,
        };
        let stamp = exception.dt_stamp.map_or(now, |at| at.0);
        instance::change(calendar, told, &times, &said, user, version, (stamp, now))?;
    }
    Ok(())
}
