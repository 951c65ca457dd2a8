//! Messages to send and import.

use std::fmt::Write as _;

/// A plain message. `number` makes it different from others: it stands in subject, body and Message-ID.
pub fn plain(from: &str, to: &str, number: usize) -> Vec<u8> {
    let mut text = String::new();
    let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
    let _ = write!(
        text,
        "From: <{from}>\r\nTo: <{to}>\r\nSubject: Message {number}\r\n\
         Date: Mon, 2 Nov 2026 {hour:02}:{minute:02}:{second:02} +0000\r\n\
         Message-ID: <{number}.{from}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         This is message number {number}.\r\n"
    );
    text.into_bytes()
}

/// A message with text and an attachment of these bytes, which are base64 on the way.
pub fn with_attachment(from: &str, to: &str, number: usize, name: &str, content: &[u8]) -> Vec<u8> {
    let mut text = format!(
        "From: <{from}>\r\nTo: <{to}>\r\nSubject: Attachment {number}\r\n\
         Date: Tue, 3 Nov 2026 10:00:00 +0000\r\nMessage-ID: <attachment.{number}.{from}>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"part{number}\"\r\n\r\n\
         --part{number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the attachment.\r\n\
         --part{number}\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    for line in base64(content).as_bytes().chunks(76) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push_str("\r\n");
    }
    let _ = write!(text, "--part{number}--\r\n");
    text.into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
