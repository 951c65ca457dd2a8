//! Charts, drawn here as SVG. Each comes with its numbers as text, so that nobody depends on the picture.

/// A bar with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What is counted.
    pub name: String,
    /// How many.
    pub value: u64,
    /// Length of the bar, 0 to 1000.
    pub length: u64,
    /// Class that colours it: `good`, `warn`, `bad` or nothing.
    pub mood: &'static str,
}

/// Bars whose lengths are in proportion to the greatest.
pub fn bars(counts: impl IntoIterator<Item = (String, u64, &'static str)>) -> Vec<Bar> {
    let counts: Vec<_> = counts.into_iter().collect();
    let most = counts.iter().map(|(_, value, _)| *value).max().unwrap_or_default().max(1);
    let bar = |(name, value, mood): (String, u64, &'static str)| {
        // Something is never drawn as nothing.
        let length = (value * 1000 / most).max(u64::from(value > 0) * 8);
        Bar { name, value, length, mood }
    };
    counts.into_iter().map(bar).collect()
}

/// A line over time: a path in a field of 1000 by 200, and the greatest value, which is its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The area under the line.
    pub area: String,
    /// The line.
    pub stroke: String,
    /// The value at the top of the field.
    pub top: u64,
}

/// A line through these values, at equal distances. `top` is the least value at the top of the field.
pub fn line(values: &[u64], top: u64) -> Line {
    let top = round_up(values.iter().copied().max().unwrap_or_default().max(top).max(4));
    let steps = u64::try_from(values.len().saturating_sub(1)).unwrap_or(1).max(1);
    let mut stroke = String::new();
    for (place, value) in (0u64..).zip(values) {
        let letter = if place == 0 { 'M' } else { 'L' };
        let (x, y) = (place * 1000 / steps, 200 - (value * 200 / top).min(200));
        stroke.push_str(&format!("{letter}{x} {y}"));
    }
    let area = if values.is_empty() { String::new() } else { format!("{stroke}L1000 200L0 200z") };
    Line { area, stroke, top }
}

/// A line over a day with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    /// What is shown.
    pub title: &'static str,
    /// What is counted.
    pub name: &'static str,
    /// Class that colours it.
    pub mood: &'static str,
    /// The line.
    pub line: Line,
    /// The picture in a sentence.
    pub summary: String,
    /// Where the times begin, and half-way, and where they end.
    pub from: String,
    /// Half-way.
    pub middle: String,
    /// Where they end.
    pub until: String,
    /// The greatest value of each hour, with its beginning.
    pub hours: Vec<(String, u64)>,
}

/// Values of a day at equal distances, twelve to an hour.
pub fn plot(
    title: &'static str,
    name: &'static str,
    mood: &'static str,
    values: &[u64],
    times: &[String],
) -> Plot {
    let at = |place: usize| times.get(place).cloned().unwrap_or_default();
    let most = values.iter().copied().max().unwrap_or_default();
    let last = values.last().copied().unwrap_or_default();
    let hours = values.chunks(12).zip(times.chunks(12)).map(|(values, times)| {
        (times.first().cloned().unwrap_or_default(), values.iter().copied().max().unwrap_or_default())
    });
    Plot {
        title,
        name,
        mood,
        line: line(values, 0),
        summary: format!("{title} over the last day: {most} at most, {last} now."),
        from: at(0),
        middle: at(times.len() / 2),
        until: at(times.len().saturating_sub(1)),
        hours: hours.collect(),
    }
}

/// The next number that reads well on an axis: 1, 2 or 5 times a power of ten.
fn round_up(value: u64) -> u64 {
    let mut power = 1u64;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if step >= value {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        let drawn = bars([("a".to_owned(), 2000, ""), ("b".to_owned(), 1, ""), ("c".to_owned(), 0, "")]);
        assert_eq!(drawn.iter().map(|bar| bar.length).collect::<Vec<_>>(), [1000, 8, 0]);
        assert_eq!(bars([("a".to_owned(), 0, "")])[0].length, 0);
    }

    #[test]
    fn a_line_stays_within_its_field() {
        let drawn = line(&[0, 5, 10], 0);
        assert_eq!((drawn.stroke.as_str(), drawn.top), ("M0 200L500 100L1000 0", 10));
        assert_eq!(line(&[], 0).area, "");
        assert_eq!(line(&[3], 0).stroke, "M0 80");
        assert_eq!([round_up(4), round_up(6), round_up(11), round_up(501)], [5, 10, 20, 1000]);
    }
}
