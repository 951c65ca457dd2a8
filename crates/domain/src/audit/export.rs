//! The log for other programs: CSV (RFC 4180) and JSON, a line for each entry.

use super::Entry;

/// The first line of a CSV export.
pub const CSV_HEADER: &str =
    "number,time,actor,through,address,mailbox,device_id,device_type,action,detail,outcome\r\n";

/// An entry as a line of CSV, with its end of line. A text that a spreadsheet would take for a formula gets
/// an apostrophe before it: device names and user agents come from phones.
pub fn csv(entry: &Entry) -> String {
    let mut line = format!("{},{}", entry.number, entry.time);
    for text in entry.event.texts() {
        line.push_str(",\"");
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            line.push('\'');
        }
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    }
    line.push(',');
    line.push_str(entry.event.outcome.name());
    line.push_str("\r\n");
    line
}

/// An entry as a line of JSON, with its end of line.
pub fn json(entry: &Entry) -> String {
    // An entry is texts and numbers: it can always be written.
    let mut line = serde_json::to_string(entry).unwrap_or_default();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::audit::{Event, Head};

    #[test]
    fn what_comes_from_a_phone_stays_a_text() {
        let new = Event {
            actor: "anna, \"the owner\"".into(),
            device_type: "=HYPERLINK(1)".into(),
            detail: "two\nlines".into(),
            ..Event::default()
        };
        let entry = Entry::after(Head::EMPTY, Timestamp::UNIX_EPOCH, new, Timestamp::UNIX_EPOCH);
        let expected = "1,1970-01-01T00:00:00Z,\"anna, \"\"the owner\"\"\",\"\",\"\",\"\",\"\",\"'=HYPERLINK(1)\",\"\",\
                        \"two\nlines\",done\r\n";
        assert_eq!(csv(&entry), expected);
        assert_eq!(CSV_HEADER.split(',').count(), 11);
        assert_eq!(serde_json::from_str::<Entry>(&json(&entry)).unwrap(), entry);
    }
}
