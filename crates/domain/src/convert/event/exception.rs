//! Occurrences that differ from their series ([MS-ASCAL] 2.2.2.21), up to 14.1 both ways, from 16.0 on
//! only as they are shown. What an exception does not say is as in the series; what it says by an empty
//! element, the series has and the occurrence has not (MS-ASCAL_R539, R543).

use std::collections::HashSet;

use fieldpost_eas::Version;
use fieldpost_eas::codec::OrEmpty;
use fieldpost_eas::date::CompactDateTime;
use fieldpost_eas::item::{Exception, Location};
use jiff::Timestamp;

use super::show::View;
use super::{MAX_EXCEPTIONS, time};
use crate::calendar::{Override, Series};
use crate::convert::ItemContext;

/// The exceptions of a series, by their original start; of too many the last.
pub fn show(series: &Series<'_>, master: &View, cx: &ItemContext<'_>) -> Vec<Exception> {
    let version = cx.version();
    let changed: HashSet<Timestamp> = series.overrides.iter().map(|one| one.id).collect();
    let mut gone: Vec<Timestamp> = series.left_out().filter(|id| !changed.contains(id)).collect();
    gone.sort_unstable();
    gone.dedup();
    // Dates on which nothing would take place anyway are nothing to a phone.
    let last = gone.iter().chain(&changed).max().copied();
    let regular: HashSet<Timestamp> =
        last.map(|last| series.regular(last)).unwrap_or_default().into_iter().collect();
    let mut all: Vec<(Timestamp, Exception)> = gone
        .into_iter()
        .filter(|id| regular.contains(id))
        .map(|id| (id, Exception { deleted: Some(true), ..named(id, series, version) }))
        .collect();
    let shown = series.overrides.iter().filter(|one| regular.contains(&one.id));
    all.extend(shown.map(|one| (one.id, exception(one, series, master, cx))));
    all.sort_by_key(|(id, _)| *id);
    let surplus = all.len().saturating_sub(MAX_EXCEPTIONS);
    all.into_iter().skip(surplus).map(|(_, exception)| exception).collect()
}

/// An exception that says only which occurrence it is.
fn named(id: Timestamp, series: &Series<'_>, version: Version) -> Exception {
    let id = CompactDateTime(time::show_id(id, series, version));
    // Each version knows one of the two.
    Exception { exception_start_time: Some(id), instance_id: Some(id), ..Exception::default() }
}

/// What differs: `None` where nothing does.
fn differing<T: PartialEq>(whole: &T, one: &T, say: impl FnOnce(&T)) {
    if whole != one {
        say(one);
    }
}

fn exception(one: &Override<'_>, series: &Series<'_>, whole: &View, cx: &ItemContext<'_>) -> Exception {
    let version = cx.version();
    let span = series.span_of(one);
    let view = View::of(one.component, &span, series, cx.user, version);
    let mut out = named(one.id, series, version);
    out.dt_stamp = view.dt_stamp.map(CompactDateTime);
    let regular_end = series.span.end_from(series.when(one.id), &series.zone.rules);
    // Times are said where they are not those of the series.
    if view.times.is_all_day != whole.times.is_all_day || span.start != one.id || span.end != regular_end {
        out.start_time = Some(CompactDateTime(view.times.start));
        out.end_time = Some(CompactDateTime(view.times.end));
    }
    differing(&whole.times.is_all_day, &view.times.is_all_day, |is| out.all_day_event = Some(*is));
    differing(&whole.subject, &view.subject, |subject| {
        out.subject = Some(subject.clone().unwrap_or_default());
    });
    differing(&whole.place, &view.place, |place| {
        out.location = Some(view.location().unwrap_or_default());
        out.place = Some(place.clone().unwrap_or_else(Location::default));
    });
    differing(&whole.sensitivity, &view.sensitivity, |n| out.sensitivity = Some(OrEmpty(Some(*n))));
    differing(&whole.busy_number(version), &view.busy_number(version), |n| {
        out.busy_status = Some(OrEmpty(Some(*n)));
    });
    differing(&whole.reminder, &view.reminder, |minutes| {
        // MS-ASCAL_R2185: up to 14.0 there is no way to say "none".
        out.reminder = Some(OrEmpty(*minutes)).filter(|_| minutes.is_some() || version >= Version::V14_1);
    });
    differing(&whole.categories, &view.categories, |list| out.categories = Some(list.clone()));
    differing(&whole.attendees, &view.attendees, |list| out.attendees = Some(list.clone()));
    let statuses = [whole, &view].map(|v| v.role.meeting_status(v.is_cancelled));
    differing(&statuses[0], &statuses[1], |n| out.meeting_status = Some(*n));
    differing(&whole.role.response, &view.role.response, |n| out.response_type = Some(*n));
    differing(&whole.reply_time, &view.reply_time, |at| {
        // MS-ASCAL_R525221, R52522111: none where nothing was answered.
        out.appointment_reply_time = at.map(|at| OrEmpty(Some(CompactDateTime(at))));
    });
    differing(&whole.conf_link, &view.conf_link, |link| {
        out.online_meeting_conf_link = Some(link.clone().unwrap_or_default());
    });
    differing(&whole.external_link, &view.external_link, |link| {
        out.online_meeting_external_link = Some(link.clone().unwrap_or_default());
    });
    differing(&whole.text, &view.text, |text| match (text, version) {
        (Some(text), Version::V2_5) => {
            let legacy = text.to_legacy(cx.body);
            (out.legacy_body, out.legacy_body_truncated) = (Some(legacy.data), Some(legacy.truncated));
        }
        (None, Version::V2_5) => out.legacy_body = Some(fieldpost_eas::codec::Content::default()),
        (Some(text), _) => out.body = Some(OrEmpty(Some(text.to_body(cx.body)))),
        (None, _) => out.body = Some(OrEmpty(None)),
    });
    out
}
