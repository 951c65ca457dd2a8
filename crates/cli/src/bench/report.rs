//! Prints what was measured: names and values in lines, or JSON.

use std::fmt;

use fieldpost_phone::bench::BenchError;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::Value;

use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Runs a measurement with its progress shown on a terminal, and prints its report.
pub async fn measure<R: Serialize>(
    globals: &Globals,
    run: impl AsyncFnOnce(&(dyn Fn(&'static str, usize) + Send + Sync)) -> Result<R, BenchError>,
) -> Result<Exit, Failure> {
    let style =
        ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::new_spinner().with_style(style);
    let progress = {
        let bar = bar.clone();
        move |what: &'static str, count: usize| {
            bar.set_message(format!("{count} {what}"));
            bar.tick();
        }
    };
    let report = run(&progress).await;
    bar.finish_and_clear();
    print(globals, &report.map_err(Failure::failed)?)
}

/// Prints a report.
pub fn print(globals: &Globals, report: &impl Serialize) -> Result<Exit, Failure> {
    let value = serde_json::to_value(report).map_err(Failure::failed)?;
    output::show(globals.json, &value, &Lines(&value))?;
    Ok(Exit::Done)
}

struct Lines<'a>(&'a Value);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Value::Object(fields) = self.0 else { return write!(f, "{}", self.0) };
        let mut first = true;
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
            if !std::mem::take(&mut first) {
                f.write_str("\n")?;
            }
            write!(f, "{:<32} {}", name.replace('_', " "), Short(value))?;
        }
        Ok(())
    }
}

/// A value on one line: numbers with three digits behind the point, a distribution by its parts.
struct Short<'a>(&'a Value);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Number(number) if number.is_f64() => {
                write!(f, "{:.3}", number.as_f64().unwrap_or_default())
            }
            Value::String(text) => f.write_str(text),
            Value::Array(values) => list(f, values.iter().map(|value| Short(value).to_string())),
            Value::Object(fields) => {
                list(f, fields.iter().map(|(name, value)| format!("{name} {}", Short(value))))
            }
            value => write!(f, "{value}"),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, parts: impl Iterator<Item = String>) -> fmt::Result {
    f.write_str(&parts.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_a_line_for_each_value() {
        let value = serde_json::json!({
            "held": 10, "kib_per_phone": 16.51234, "idle": null, "push_ms": { "p50": 1.5, "count": 3 },
        });
        let text = Lines(&value).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(text.contains("kib per phone") && text.contains("16.512"), "{text}");
        assert!(text.contains("p50 1.500, count 3"), "{text}");
    }
}
