//! The mail that phones up to 14.1 write about meetings.

use fieldpost_server::clock::{Clock as _, SystemClock};
use jiff::Timestamp;

/// A point in time as calendars have it.
pub fn time(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// One event of a message.
pub struct Said<'a> {
    pub uid: &'a str,
    pub sequence: u32,
    pub organizer: &'a str,
    /// Address and `PARTSTAT`.
    pub attendees: &'a [(&'a str, &'a str)],
    pub start: Timestamp,
    pub end: Timestamp,
    /// Further lines.
    pub more: &'a str,
}

/// The calendar of a message.
pub fn calendar(method: &str, said: &Said<'_>) -> String {
    let Said { uid, sequence, organizer, attendees, start, end, more } = said;
    let stamp = time(SystemClock.now());
    let mut text = format!(
        "BEGIN:VCALENDAR\r\nPRODID:-//Phone//EN\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         SEQUENCE:{sequence}\r\nDTSTAMP:{stamp}\r\nORGANIZER:mailto:{organizer}\r\nDTSTART:{}\r\nDTEND:{}\r\n\
         SUMMARY:Dance\r\n",
        time(*start),
        time(*end)
    );
    for (address, partstat) in *attendees {
        text.push_str(&format!("ATTENDEE;PARTSTAT={partstat};RSVP=TRUE:mailto:{address}\r\n"));
    }
    for line in more.lines() {
        text.push_str(&format!("{line}\r\n"));
    }
    text.push_str("END:VEVENT\r\nEND:VCALENDAR\r\n");
    text
}

/// The mail with it.
pub fn mail(from: &str, to: &[&str], method: &str, calendar: &str) -> Vec<u8> {
    let to: Vec<String> = to.iter().map(|address| format!("<{address}>")).collect();
    format!(
        "From: <{from}>\r\nTo: {}\r\nSubject: Dance\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nDance\r\n\
         --x\r\nContent-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n{calendar}\r\n--x--\r\n",
        to.join(", ")
    )
    .into_bytes()
}
