//! Properties that an event has as a whole and in each of its occurrences: read from a component, and
//! put into one. Tasks share most of them.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Content};
use fieldpost_eas::item::{Body, BodyPreference, BodyType};
use jiff::Timestamp;

use super::InvalidItem;
use super::mail::BodyOptions;
use super::text::single_line;
use super::text_body::StoredText;
use crate::calendar::{BusyStatus, Zones, span};
use crate::object::{Component, Duration, Line, When};

/// Sensitivities by number, as `CLASS` calls them ([MS-OXCICAL] 2.1.3.1.1.20.4).
const CLASSES: [&str; 4] = ["PUBLIC", "X-PERSONAL", "PRIVATE", "CONFIDENTIAL"];

/// 0 normal, 1 personal, 2 private, 3 confidential.
pub fn sensitivity(component: &Component) -> u8 {
    let class = component.text("CLASS").unwrap_or_default().trim().to_ascii_uppercase();
    let at = CLASSES.iter().position(|name| *name == class);
    // An unknown class is to be taken for private (RFC 5545 3.8.1.3).
    at.map_or(if class.is_empty() { 0 } else { 2 }, |at| at as u8)
}

/// Sets the sensitivity.
pub fn set_sensitivity(component: &mut Component, number: u8) {
    match CLASSES.get(usize::from(number)) {
        Some(name) => component.set_text("CLASS", Some(name)),
        None => component.remove("CLASS"),
    }
}

/// Sets how much of the user's time an event takes.
pub fn set_busy_status(component: &mut Component, status: BusyStatus) {
    component.set_text("X-MICROSOFT-CDO-BUSYSTATUS", Some(status.name()));
    let transparency = if status == BusyStatus::Free { "TRANSPARENT" } else { "OPAQUE" };
    component.set_text("TRANSP", Some(transparency));
}

/// All categories, each once, in order; at most `most`.
pub fn categories(component: &Component, most: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for category in component.get_all("CATEGORIES").flat_map(Line::list) {
        let category = category.trim();
        if !category.is_empty() && !all.iter().any(|known| known == category) && all.len() < most {
            all.push(category.to_owned());
        }
    }
    all
}

/// Sets the categories.
pub fn set_categories(component: &mut Component, categories: &[String]) {
    let line = (!categories.is_empty()).then(|| Line::texts_line("CATEGORIES", ',', categories));
    component.set_all("CATEGORIES", line.into_iter().collect());
}

/// Whether an alarm is one that phones know: it shows or sounds.
fn is_reminder(alarm: &Component) -> bool {
    let action = alarm.text("ACTION").unwrap_or_default();
    alarm.is("VALARM")
        && !action.trim().eq_ignore_ascii_case("EMAIL")
        && !action.trim().eq_ignore_ascii_case("NONE")
}

/// When an alarm goes off, before the start of its event or task.
fn goes_off(alarm: &Component, component: &Component, zones: &Zones<'_>) -> Option<Timestamp> {
    let trigger = alarm.get("TRIGGER")?;
    if let Some(When::Utc(at)) = trigger.when() {
        return Some(at);
    }
    let span = span(component, zones)?;
    let base = if trigger.has("RELATED", "END") { span.end } else { span.start };
    base.checked_add(trigger.duration()?.exact()).ok()
}

/// When the first alarm that phones know goes off.
pub fn reminder_time(component: &Component, zones: &Zones<'_>) -> Option<Timestamp> {
    let alarms = component.children().filter(|alarm| is_reminder(alarm));
    alarms.filter_map(|alarm| goes_off(alarm, component, zones)).min()
}

/// Minutes before the start at which the first alarm goes off; none that goes off later.
pub fn reminder(component: &Component, zones: &Zones<'_>) -> Option<u32> {
    let start = span(component, zones)?.start;
    let alarms = component.children().filter(|alarm| is_reminder(alarm));
    let minutes = alarms.filter_map(|alarm| {
        // The exact words where there are some: a day before midnight is a day whatever the clocks do.
        let trigger = alarm.get("TRIGGER")?;
        let seconds = match trigger.duration().filter(|_| !trigger.has("RELATED", "END")) {
            Some(duration) => -duration.exact().as_secs(),
            None => start.duration_since(goes_off(alarm, component, zones)?).as_secs(),
        };
        u32::try_from(seconds.checked_div(60)?).ok().filter(|_| seconds >= 0)
    });
    minutes.max()
}

/// Sets the alarm that phones know to go off so many minutes before the start, or takes all of them away.
pub fn set_reminder(component: &mut Component, minutes: Option<u32>) {
    let Some(minutes) = minutes else {
        component.retain_components(|inner| !is_reminder(inner));
        return;
    };
    let trigger = Duration { days: 0, seconds: -i64::from(minutes) * 60 };
    let line = Line::new("TRIGGER", &trigger.to_value());
    set_alarm(component, line);
}

/// Gives the first alarm that phones know a trigger, and takes the others away: one is all that they know.
pub fn set_alarm(component: &mut Component, trigger: Line) {
    let mut has_one = false;
    component.retain_components(|inner| {
        let keep = !is_reminder(inner) || !has_one;
        has_one |= is_reminder(inner);
        keep
    });
    if let Some(alarm) = component.children_mut().find(|alarm| is_reminder(alarm)) {
        alarm.set(trigger);
        return;
    }
    let mut alarm = Component::new("VALARM");
    alarm.push(Line::new("ACTION", "DISPLAY"));
    alarm.push(Line::text_line("DESCRIPTION", "Reminder"));
    alarm.push(trigger);
    component.push_component(alarm);
}

/// A time as `DTSTAMP` and the like have it.
pub fn stamp(at: Timestamp) -> String {
    When::Utc(at).to_value()
}

/// When it was made or changed, as it says.
pub fn dt_stamp(component: &Component) -> Option<Timestamp> {
    let mut lines =
        ["DTSTAMP", "LAST-MODIFIED", "CREATED"].into_iter().filter_map(|name| component.get(name));
    lines.find_map(|line| Some(line.when()?.at(&jiff::tz::TimeZone::UTC)))
}

/// A property that is true or false.
pub fn flag(component: &Component, name: &str) -> bool {
    component.text(name).is_some_and(|text| text.trim().eq_ignore_ascii_case("TRUE"))
}

/// Categories as a phone says them, each once.
pub fn read_categories(list: &[String], most: usize) -> Result<Vec<String>, InvalidItem> {
    if list.len() > most {
        return Err(InvalidItem::TooMany { element: "Category", most });
    }
    let mut all: Vec<String> = Vec::new();
    for category in list.iter().map(|category| single_line(category)).filter(|c| !c.is_empty()) {
        if !all.contains(&category) {
            all.push(category);
        }
    }
    Ok(all)
}

/// A text that a phone said.
#[derive(Debug, Clone, Default)]
pub struct SaidText {
    /// What it means; `None`: there is none.
    pub text: Option<StoredText>,
    /// The body as it came, from 12.0 on.
    body: Option<Body>,
}

/// What a phone says of the text; `None` where it says nothing, as a body without data does: it was told
/// cut, or not at all.
pub fn read_text(
    body: Option<&Body>,
    legacy: Option<&Content>,
    rtf: Option<&Base64>,
) -> Result<Option<SaidText>, InvalidItem> {
    Ok(match body {
        Some(body) if body.data.is_none() => None,
        Some(body) => {
            let text = StoredText::from_wire(body)?.filter(has_content);
            Some(SaidText { text, body: Some(body.clone()) })
        }
        None => StoredText::from_legacy(legacy, rtf)?.map(|text| SaidText { text, body: None }),
    })
}

/// Whether there is anything to see: phones send documents around nothing.
fn has_content(text: &StoredText) -> bool {
    let has_picture = |html: &String| html.to_ascii_lowercase().contains("<img");
    !text.text.trim().is_empty() || text.html.as_ref().is_some_and(has_picture)
}

impl SaidText {
    /// Whether it is what the phone was shown, in the form in which it says it.
    pub fn is_shown(&self, shown: Option<&StoredText>) -> bool {
        let shown = shown.cloned().unwrap_or_default();
        let Some(said) = &self.text else {
            let is_html = self.body.as_ref().is_some_and(|body| body.r#type == BodyType::Html);
            return if is_html { !has_content(&shown) } else { shown.text.trim().is_empty() };
        };
        let Some(body) = self.body.as_ref().filter(|_| said.html.is_some()) else {
            return said.text.trim_end() == shown.text.replace("\r\n", "\n").trim_end();
        };
        let wish =
            BodyPreference { r#type: body.r#type, truncation_size: None, all_or_none: None, preview: None };
        let options = BodyOptions { preferences: vec![wish], ..BodyOptions::new(Version::V16_1) };
        shown.to_body(&options).data == body.data
    }
}
