//! Recurrence as phones say it ([MS-ASCAL] 2.2.2.37, [MS-ASTASK] 2.2.2.18) and rules of RFC 5545.
//!
//! Phones know six types; what a rule says beyond them can't be shown. Ends are left to the caller: each
//! class has its own way to say them.

use jiff::civil::{Date, Weekday};

use super::InvalidItem;
use crate::calendar::rule::{DAYS, Frequency, Rule};

/// Most occurrences that can be said (MS-ASCAL_R345).
pub const MAX_OCCURRENCES: u32 = 999;

const ANY_DAY: u16 = 127;

/// Calendars in which months are not those of the Gregorian one, with their names in RFC 7529.
const SCALES: [(u8, &str); 5] =
    [(6, "ISLAMIC-CIVIL"), (8, "HEBREW"), (14, "X-JAPANESE-LUNAR"), (15, "CHINESE"), (20, "DANGI")];

/// A recurrence in the words of the protocol, without its end. Numbers are as in
/// [`fieldpost_eas::item::Recurrence`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pattern {
    pub r#type: Option<u8>,
    pub interval: Option<u16>,
    pub day_of_week: Option<u16>,
    pub day_of_month: Option<u8>,
    pub week_of_month: Option<u8>,
    pub month_of_year: Option<u8>,
    pub occurrences: Option<u32>,
    pub calendar_type: Option<u8>,
    pub is_leap_month: Option<bool>,
    pub first_day_of_week: Option<u8>,
}

fn bit(day: Weekday) -> u16 {
    1 << day.to_sunday_zero_offset()
}

fn days(mask: u16) -> Vec<Weekday> {
    DAYS.iter().map(|(day, _)| *day).filter(|day| mask & bit(*day) != 0).collect()
}

/// The pattern of a rule whose first occurrence is on that day; `None` where phones can't say it.
/// `calendar_type` is a kind of Gregorian calendar that was once named.
pub fn from_rule(rule: &Rule, start: Date, calendar_type: Option<u8>) -> Option<Pattern> {
    let can_say = rule.others.is_empty()
        && rule.interval <= 999
        && rule.by_month.len() <= 1
        && rule.by_month_day.len() <= 1
        && rule.by_set_pos.len() <= 1
        && (rule.by_set_pos.is_empty() || !rule.by_day.is_empty())
        && (rule.by_day.is_empty() || rule.by_month_day.is_empty());
    if !can_say {
        return None;
    }
    let mut out = Pattern { interval: Some(rule.interval), occurrences: rule.count, ..Pattern::default() };
    let is_plain = rule.by_day.iter().all(|(n, _)| *n == 0);
    let mask = rule.by_day.iter().fold(0, |mask, (_, day)| mask | bit(*day));
    let has_months =
        !rule.by_month.is_empty() || !rule.by_month_day.is_empty() || !rule.by_set_pos.is_empty();
    match rule.frequency {
        Frequency::Daily if !has_months && rule.by_day.is_empty() => out.r#type = Some(0),
        // With days of the week the interval counts weeks.
        Frequency::Daily if !has_months && is_plain && rule.interval == 1 => {
            (out.r#type, out.day_of_week) = (Some(0), Some(mask));
        }
        Frequency::Weekly if !has_months && is_plain => {
            out.r#type = Some(1);
            out.day_of_week = Some(if mask == 0 { bit(start.weekday()) } else { mask });
            let first = rule.week_start.unwrap_or(Weekday::Monday);
            out.first_day_of_week = u8::try_from(first.to_sunday_zero_offset()).ok();
        }
        Frequency::Monthly if rule.by_month.is_empty() => {
            (out.r#type, out.calendar_type) = (Some(2), Some(0));
            day_of_month(&mut out, rule, start, mask)?;
        }
        Frequency::Yearly if !rule.by_month.is_empty() || rule.by_day.is_empty() => {
            (out.r#type, out.calendar_type) = (Some(5), Some(0));
            // Months have thirteen numbers in some calendars, twelve in ours.
            let month = rule.by_month.first().copied().or(u8::try_from(start.month()).ok());
            out.month_of_year = Some(month.filter(|m| *m <= 12)?);
            // A day without a month is in every month.
            if rule.by_month.is_empty() && !rule.by_month_day.is_empty() {
                return None;
            }
            day_of_month(&mut out, rule, start, mask)?;
        }
        _ => return None,
    }
    if let Some(scale) = &rule.scale {
        out.calendar_type = Some(SCALES.iter().find(|(_, name)| name == scale)?.0);
        out.is_leap_month = Some(rule.is_leap_month);
    } else if out.calendar_type.is_some()
        && let Some(named) = calendar_type
    {
        out.calendar_type = Some(named);
    }
    Some(out)
}

/// Fills what a month needs: its day, or its n-th day of the week, which makes another type of it.
fn day_of_month(out: &mut Pattern, rule: &Rule, start: Date, mask: u16) -> Option<()> {
    let week = |n: i16| match n {
        1..=4 => u8::try_from(n).ok(),
        -1 => Some(5),
        _ => None,
    };
    match (rule.by_month_day.first(), rule.by_day.as_slice(), rule.by_set_pos.first()) {
        (Some(-1), _, None) => {
            (out.week_of_month, out.day_of_week) = (Some(5), Some(ANY_DAY));
        }
        (Some(day), _, None) => {
            out.day_of_month = Some(u8::try_from(*day).ok()?);
            return Some(());
        }
        (None, [], None) => {
            out.day_of_month = u8::try_from(start.day()).ok();
            return Some(());
        }
        (None, [(n, day)], None) if *n != 0 => {
            (out.week_of_month, out.day_of_week) = (Some(week(*n)?), Some(bit(*day)));
        }
        (None, list, Some(n)) if list.iter().all(|(n, _)| *n == 0) => {
            (out.week_of_month, out.day_of_week) = (Some(week(*n)?), Some(mask));
        }
        _ => return None,
    }
    // From "monthly" to "monthly on the n-th day", from "yearly" to that.
    out.r#type = out.r#type.map(|kind| kind + 1);
    Some(())
}

const fn wrong(element: &'static str, reason: &'static str) -> InvalidItem {
    InvalidItem::Wrong { element, reason }
}

/// The rule of a pattern, without its end, and the kind of Gregorian calendar that it names.
pub fn to_rule(pattern: &Pattern) -> Result<(Rule, Option<u8>), InvalidItem> {
    let kind = pattern.r#type.ok_or(InvalidItem::Missing("Type"))?;
    let frequency = match kind {
        // MS-ASCAL_R3892311: with days of the week it is a weekly recurrence.
        0 if pattern.day_of_week.is_some() && pattern.interval.is_some_and(|n| n > 1) => Frequency::Weekly,
        0 => Frequency::Daily,
        1 => Frequency::Weekly,
        2 | 3 => Frequency::Monthly,
        5 | 6 => Frequency::Yearly,
        _ => return Err(wrong("Type", "not 0, 1, 2, 3, 5 or 6")),
    };
    companions(kind, pattern)?;
    let mut rule = Rule::new(frequency);
    // MS-ASCAL_R5: 0 counts as 1.
    rule.interval = pattern.interval.unwrap_or(1).max(1);
    if rule.interval > 999 {
        return Err(wrong("Interval", "more than 999"));
    }
    rule.count = pattern.occurrences;
    if pattern.occurrences.is_some_and(|n| n == 0 || n > MAX_OCCURRENCES) {
        return Err(wrong("Occurrences", "not from 1 to 999"));
    }
    rule.week_start = match pattern.first_day_of_week {
        Some(day) => {
            let day = i8::try_from(day).ok().and_then(|day| Weekday::from_sunday_zero_offset(day).ok());
            Some(day.ok_or(wrong("FirstDayOfWeek", "not from 0 to 6"))?)
        }
        None => None,
    };
    let mask = pattern.day_of_week.unwrap_or(0);
    if mask > ANY_DAY || pattern.day_of_week == Some(0) {
        return Err(wrong("DayOfWeek", "not from 1 to 127"));
    }
    if let Some(month) = pattern.month_of_year {
        if !(1..=12).contains(&month) {
            return Err(wrong("MonthOfYear", "not from 1 to 12"));
        }
        rule.by_month = vec![month];
    }
    match kind {
        // Every day of the week is every day.
        0 if mask == ANY_DAY && frequency == Frequency::Daily => rule.by_day = every(mask),
        0 | 1 => rule.by_day = every(mask),
        2 | 5 => rule.by_month_day = vec![day_in(pattern)?],
        _ => {
            let n = match pattern.week_of_month {
                Some(n @ 1..=4) => i16::from(n),
                Some(5) => -1,
                _ => return Err(wrong("WeekOfMonth", "not from 1 to 5")),
            };
            rule.by_day = every(mask);
            match rule.by_day.as_mut_slice() {
                [(number, _)] => *number = n,
                _ => rule.by_set_pos = vec![n],
            }
        }
    }
    let named = calendar(&mut rule, pattern, kind)?;
    Ok((rule, named))
}

fn every(mask: u16) -> Vec<(i16, Weekday)> {
    days(mask).into_iter().map(|day| (0, day)).collect()
}

/// The day of the month; one that no year has is refused. 127 is the last day.
fn day_in(pattern: &Pattern) -> Result<i8, InvalidItem> {
    let longest = match pattern.month_of_year {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    match pattern.day_of_month {
        Some(127) => Ok(-1),
        Some(day @ 1..=31) if day <= longest => Ok(day as i8),
        _ => Err(wrong("DayOfMonth", "no such day")),
    }
}

/// What belongs to a type and what does not (MS-ASCAL_R53916 to R53919, R38929 to R38950).
fn companions(kind: u8, pattern: &Pattern) -> Result<(), InvalidItem> {
    let rows = [
        ("DayOfMonth", pattern.day_of_month.is_some(), &[2, 5][..], &[2, 5][..]),
        ("DayOfWeek", pattern.day_of_week.is_some(), &[0, 1, 3, 6], &[1, 3, 6]),
        ("WeekOfMonth", pattern.week_of_month.is_some(), &[3, 6], &[3, 6]),
        ("MonthOfYear", pattern.month_of_year.is_some(), &[5, 6], &[5, 6]),
    ];
    for (element, is_there, allowed, required) in rows {
        if is_there && !allowed.contains(&kind) {
            return Err(InvalidItem::Misplaced(element));
        }
        if !is_there && required.contains(&kind) {
            return Err(InvalidItem::Missing(element));
        }
    }
    Ok(())
}

/// The calendar of months and years. Kinds of the Gregorian one count alike; the number is kept.
fn calendar(rule: &mut Rule, pattern: &Pattern, kind: u8) -> Result<Option<u8>, InvalidItem> {
    // Of days and weeks there is one only.
    if kind < 2 {
        return Ok(None);
    }
    let number = pattern.calendar_type.unwrap_or(0);
    match number {
        // MS-ASCAL_R53913
        13 | 16..=19 | 21.. => return Err(wrong("CalendarType", "not supported")),
        0..=5 | 7 | 9..=12 => {}
        _ => rule.scale = SCALES.iter().find(|(n, _)| *n == number).map(|(_, name)| (*name).to_owned()),
    }
    // MS-ASCAL_R290: it means nothing where there are no leap months.
    rule.is_leap_month =
        pattern.is_leap_month == Some(true) && rule.scale.is_some() && !rule.by_month.is_empty();
    // MS-ASCAL_R3: Gregorian is what is meant anyway.
    Ok(Some(number).filter(|n| *n > 1 && rule.scale.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(rule: &str) -> Option<Pattern> {
        // A Monday.
        from_rule(&Rule::parse(rule).unwrap(), Date::new(2026, 3, 16).unwrap(), None)
    }

    /// Type, interval, day of the week, day and week of the month, month.
    type Numbers = (u8, u16, Option<u16>, Option<u8>, Option<u8>, Option<u8>);

    fn numbers(rule: &str) -> Option<Numbers> {
        let p = shown(rule)?;
        Some((p.r#type?, p.interval?, p.day_of_week, p.day_of_month, p.week_of_month, p.month_of_year))
    }

    // MS-ASCAL_R454 to R459 by type, MS-ASCAL_R19411, R19412, R204112, R204113, R204114, R32711, R32712,
    // R478113, R478114: what each type must have; MS-ASCAL_R19511 to R19514, R32811 to R32814: what not.
    // MS-ASCAL_R454, MS-ASCAL_R455, MS-ASCAL_R456, MS-ASCAL_R457, MS-ASCAL_R458, MS-ASCAL_R459
    // MS-ASCAL_R19011, MS-ASCAL_R19012, MS-ASCAL_R19411, MS-ASCAL_R19412, MS-ASCAL_R19511, MS-ASCAL_R19512
    // MS-ASCAL_R19513, MS-ASCAL_R19514, MS-ASCAL_R204111, MS-ASCAL_R204112, MS-ASCAL_R204113
    // MS-ASCAL_R204114, MS-ASCAL_R32311, MS-ASCAL_R32312, MS-ASCAL_R32711, MS-ASCAL_R32712
    // MS-ASCAL_R32811, MS-ASCAL_R32812, MS-ASCAL_R32813, MS-ASCAL_R32814, MS-ASCAL_R47311
    // MS-ASCAL_R47312, MS-ASCAL_R478113, MS-ASCAL_R478114, MS-ASCAL_R477
    // MS-ASCAL_R3893714, MS-ASCAL_R3893715, MS-ASCAL_R3893716
    #[test]
    fn rules_are_said_by_type() {
        let table = [
            ("FREQ=DAILY;INTERVAL=3", (0, 3, None, None, None, None)),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", (0, 1, Some(62), None, None, None)),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", (1, 2, Some(10), None, None, None)),
            ("FREQ=WEEKLY", (1, 1, Some(2), None, None, None)),
            ("FREQ=MONTHLY", (2, 1, None, Some(16), None, None)),
            ("FREQ=MONTHLY;BYMONTHDAY=31", (2, 1, None, Some(31), None, None)),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", (3, 1, Some(127), None, Some(5), None)),
            ("FREQ=MONTHLY;BYDAY=2TU", (3, 1, Some(4), None, Some(2), None)),
            ("FREQ=MONTHLY;BYDAY=-1FR", (3, 1, Some(32), None, Some(5), None)),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", (3, 1, Some(62), None, Some(1), None)),
            ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1", (3, 1, Some(65), None, Some(5), None)),
            ("FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=3", (3, 1, Some(127), None, Some(3), None)),
            ("FREQ=YEARLY", (5, 1, None, Some(16), None, Some(3))),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", (5, 1, None, Some(29), None, Some(2))),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", (6, 1, Some(16), None, Some(4), Some(11))),
        ];
        for (rule, expected) in table {
            assert_eq!(numbers(rule), Some(expected), "{rule}");
        }
    }

    // MS-ASCAL_R143, MS-ASCAL_R14311, MS-ASCAL_R14312, MS-ASCAL_R14313: the calendar stands with months.
    // MS-ASCAL_R52523: the first day of the week stands with weeks.
    #[test]
    fn what_stands_beside_a_type() {
        for (rule, calendar, first) in [
            ("FREQ=DAILY", None, None),
            ("FREQ=WEEKLY", None, Some(1)),
            ("FREQ=WEEKLY;WKST=SU", None, Some(0)),
            ("FREQ=MONTHLY", Some(0), None),
            ("FREQ=MONTHLY;BYDAY=1MO", Some(0), None),
            ("FREQ=YEARLY", Some(0), None),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=1MO", Some(0), None),
            ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=1", Some(15), None),
        ] {
            let pattern = shown(rule).unwrap();
            assert_eq!((pattern.calendar_type, pattern.first_day_of_week), (calendar, first), "{rule}");
        }
        assert_eq!(
            shown("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=1").unwrap().is_leap_month,
            Some(true)
        );
    }

    #[test]
    fn what_phones_do_not_know_is_not_said() {
        for rule in [
            "FREQ=HOURLY",
            "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
            "FREQ=MONTHLY;BYDAY=5MO",
            "FREQ=MONTHLY;BYDAY=1MO,3MO",
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            "FREQ=MONTHLY;BYMONTHDAY=-2",
            "FREQ=YEARLY;BYDAY=20MO",
            "FREQ=YEARLY;BYMONTH=1,7",
            "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=DAILY;INTERVAL=1000",
            "FREQ=YEARLY;BYMONTHDAY=13",
        ] {
            assert_eq!(shown(rule), None, "{rule}");
        }
    }

    // MS-ASCAL_R53913, MS-ASCAL_R53914, MS-ASCAL_R53916, MS-ASCAL_R53917, MS-ASCAL_R53918
    // MS-ASCAL_R53919, MS-ASCAL_R38929, MS-ASCAL_R38935, MS-ASCAL_R3893713, MS-ASCAL_R3893717
    // MS-ASCAL_R38941, MS-ASCAL_R38943, MS-ASCAL_R38948, MS-ASCAL_R38950, MS-ASCAL_R374, MS-ASCAL_R453
    // MS-ASCAL_R201, MS-ASCAL_R193, MS-ASCAL_R326, MS-ASCAL_R476, MS-ASCAL_R345, MS-ASCAL_R28311
    #[test]
    fn patterns_that_make_no_sense_are_refused() {
        let p = |kind| Pattern { r#type: Some(kind), ..Pattern::default() };
        let weekly = Pattern { day_of_week: Some(2), ..p(1) };
        let monthly = Pattern { day_of_month: Some(5), ..p(2) };
        let nth = Pattern { day_of_week: Some(2), week_of_month: Some(2), ..p(3) };
        let yearly = Pattern { day_of_month: Some(5), month_of_year: Some(5), ..p(5) };
        let yearly_nth = Pattern { month_of_year: Some(5), ..Pattern { r#type: Some(6), ..nth } };
        for good in [p(0), weekly, monthly, nth, yearly, yearly_nth] {
            assert!(to_rule(&good).is_ok(), "{good:?}");
        }
        let mut bad = vec![Pattern::default(), p(4), p(7), p(1), p(2), p(3), p(5), p(6)];
        for good in [p(0), weekly, nth, yearly_nth] {
            bad.push(Pattern { day_of_month: Some(1), ..good });
        }
        for good in [monthly, yearly] {
            bad.push(Pattern { day_of_week: Some(1), ..good });
            bad.push(Pattern { day_of_month: None, ..good });
            bad.push(Pattern { day_of_month: Some(0), ..good });
            bad.push(Pattern { day_of_month: Some(32), ..good });
        }
        for good in [p(0), weekly, monthly, nth] {
            bad.push(Pattern { month_of_year: Some(1), ..good });
        }
        for good in [p(0), weekly, monthly, yearly] {
            bad.push(Pattern { week_of_month: Some(1), ..good });
        }
        for good in [nth, yearly_nth] {
            bad.push(Pattern { week_of_month: None, ..good });
            bad.push(Pattern { day_of_week: None, ..good });
            bad.push(Pattern { week_of_month: Some(6), ..good });
            bad.push(Pattern { week_of_month: Some(0), ..good });
        }
        for number in [13, 16, 17, 18, 19, 21, 22, 23, 24] {
            for good in [monthly, nth, yearly, yearly_nth] {
                bad.push(Pattern { calendar_type: Some(number), ..good });
            }
        }
        bad.extend([
            Pattern { first_day_of_week: Some(7), ..weekly },
            Pattern { day_of_week: Some(128), ..weekly },
            Pattern { day_of_week: Some(0), ..weekly },
            Pattern { interval: Some(1000), ..weekly },
            Pattern { occurrences: Some(0), ..weekly },
            Pattern { occurrences: Some(1000), ..weekly },
            Pattern { month_of_year: Some(13), ..yearly },
            Pattern { month_of_year: Some(0), ..yearly },
            Pattern { month_of_year: None, ..yearly },
            Pattern { month_of_year: Some(2), day_of_month: Some(30), ..yearly },
        ]);
        for pattern in bad {
            assert!(to_rule(&pattern).is_err(), "{pattern:?}");
        }
    }

    // MS-ASCAL_R5, MS-ASCAL_R3, MS-ASCAL_R290, MS-ASCAL_R3892311
    #[test]
    fn small_print() {
        let rule = |pattern: &Pattern| to_rule(pattern).unwrap();
        let daily = Pattern { r#type: Some(0), ..Pattern::default() };
        assert_eq!(rule(&Pattern { interval: Some(0), ..daily }).0.interval, 1);
        assert_eq!(rule(&Pattern { interval: Some(4), ..daily }).0.to_value(), "FREQ=DAILY;INTERVAL=4");
        let weeks = Pattern { interval: Some(2), day_of_week: Some(2), ..daily };
        assert_eq!(rule(&weeks).0.to_value(), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO");
        let monthly = Pattern { r#type: Some(2), day_of_month: Some(5), ..Pattern::default() };
        for (number, kept) in [(0, None), (1, None), (2, Some(2)), (7, Some(7))] {
            let pattern = Pattern { calendar_type: Some(number), is_leap_month: Some(true), ..monthly };
            let (rule, named) = rule(&pattern);
            assert_eq!((named, rule.scale, rule.is_leap_month), (kept, None, false));
        }
        assert_eq!(rule(&Pattern { calendar_type: Some(8), ..monthly }).0.scale.as_deref(), Some("HEBREW"));
    }

    prop_compose! {
        fn any_pattern()(
            r#type in prop::option::of(0u8..8), interval in prop::option::of(0u16..1001),
            day_of_week in prop::option::of(0u16..129), day_of_month in prop::option::of(0u8..33),
            week_of_month in prop::option::of(0u8..7), month_of_year in prop::option::of(0u8..14),
            occurrences in prop::option::of(0u32..1001), calendar_type in prop::option::of(0u8..25),
            is_leap_month in any::<Option<bool>>(), first_day_of_week in prop::option::of(0u8..8),
        ) -> Pattern {
            // Mostly with what belongs to the type.
            let kind = r#type.unwrap_or(9);
            Pattern {
                r#type, interval, occurrences, calendar_type, is_leap_month, first_day_of_week,
                day_of_week: day_of_week.filter(|_| [0, 1, 3, 6].contains(&kind)),
                day_of_month: day_of_month.filter(|_| [2, 5].contains(&kind)),
                week_of_month: week_of_month.filter(|_| [3, 6].contains(&kind)),
                month_of_year: month_of_year.filter(|_| [5, 6].contains(&kind)),
            }
        }
    }

    proptest! {
        // What a phone says and is accepted is said back to it, and understood as the same again.
        #[test]
        fn said_back_as_it_was_said(pattern in any_pattern()) {
            if let Ok((rule, named)) = to_rule(&pattern) {
                prop_assert_eq!(Rule::parse(&rule.to_value()), Some(rule.clone()));
                let back = from_rule(&rule, Date::new(2026, 3, 16).unwrap(), named);
                prop_assert!(back.is_some(), "{:?}", rule);
                let back = back.unwrap();
                prop_assert_eq!(to_rule(&back).map(|(rule, _)| rule.to_value()), Ok(
                    Rule { week_start: rule.week_start.filter(|_| rule.frequency == Frequency::Weekly).or(
                        (rule.frequency == Frequency::Weekly).then_some(Weekday::Monday)), ..rule.clone() }.to_value()));
                let is_weekly = rule.frequency == Frequency::Weekly;
                prop_assert_eq!(back.r#type, if is_weekly { Some(1) } else { pattern.r#type });
                prop_assert_eq!(back.day_of_week, pattern.day_of_week);
                prop_assert_eq!(back.week_of_month, pattern.week_of_month);
                prop_assert_eq!(back.month_of_year, pattern.month_of_year);
                prop_assert_eq!(back.day_of_month, pattern.day_of_month);
            }
        }
    }
}
