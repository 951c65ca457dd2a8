//! Replies (RFC 5321 4.2) with enhanced status codes (RFC 3463).

use std::borrow::Cow;

/// One reply of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// Empty: none.
    enhanced: &'static str,
    text: Cow<'static, str>,
}

impl Reply {
    pub(super) const fn new(code: u16, enhanced: &'static str, text: &'static str) -> Reply {
        Reply { code, enhanced, text: Cow::Borrowed(text) }
    }

    pub(super) fn with(code: u16, enhanced: &'static str, text: String) -> Reply {
        Reply { code, enhanced, text: Cow::Owned(text) }
    }

    /// It refuses.
    pub(super) fn is_error(&self) -> bool {
        self.code >= 400
    }

    /// Writes it. What a client wrote and what is repeated here can't end the line.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.code.to_string().as_bytes());
        out.push(b' ');
        if !self.enhanced.is_empty() {
            out.extend_from_slice(self.enhanced.as_bytes());
            out.push(b' ');
        }
        let plain = self.text.chars().map(|c| if c.is_control() { '?' } else { c });
        out.extend_from_slice(plain.collect::<String>().as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}

pub(super) const OK: Reply = Reply::new(250, "2.0.0", "OK");
pub(super) const SENDER_OK: Reply = Reply::new(250, "2.1.0", "OK");
pub(super) const RECIPIENT_OK: Reply = Reply::new(250, "2.1.5", "OK");
pub(super) const CHUNK_OK: Reply = Reply::new(250, "2.0.0", "Got it, go on");
pub(super) const GO_AHEAD: Reply =
    Reply::new(354, "", "Send the message, end it with a dot on a line of its own");
pub(super) const TLS_READY: Reply = Reply::new(220, "2.0.0", "Ready to start TLS");
pub(super) const BYE: Reply = Reply::new(221, "2.0.0", "Bye");
pub(super) const HELP: Reply = Reply::new(214, "2.0.0", "See RFC 5321, RFC 2033 and the manual of Fieldpost");
pub(super) const MAYBE: Reply =
    Reply::new(252, "2.1.5", "Not told here; RCPT says whether mail for an address is taken");
pub(super) const STOPPING: Reply = Reply::new(421, "4.3.2", "The server is being stopped, try again");
pub(super) const TOO_LONG_SILENT: Reply = Reply::new(421, "4.4.2", "Waited too long for you");
pub(super) const TOO_MANY_ERRORS: Reply = Reply::new(421, "4.7.0", "Too many errors");
pub(super) const TRY_LATER: Reply =
    Reply::new(451, "4.3.0", "Trouble on our side, nothing was delivered, try again");
pub(super) const TOO_MANY_RECIPIENTS: Reply =
    Reply::new(452, "4.5.3", "Too many recipients at once, send the rest in another message");
pub(super) const LINE_TOO_LONG: Reply = Reply::new(500, "5.5.2", "Line too long");
pub(super) const UNKNOWN_COMMAND: Reply = Reply::new(500, "5.5.1", "Command not known");
pub(super) const NOT_OFFERED: Reply = Reply::new(502, "5.5.1", "Not offered here");
pub(super) const HELLO_FIRST: Reply = Reply::new(503, "5.5.1", "Say hello first");
pub(super) const USE_LHLO: Reply = Reply::new(500, "5.5.1", "This is LMTP: say LHLO");
pub(super) const MAIL_FIRST: Reply = Reply::new(503, "5.5.1", "Say MAIL first");
pub(super) const ONE_AT_A_TIME: Reply =
    Reply::new(503, "5.5.1", "There is a message being sent already: finish it, or say RSET");
pub(super) const RECIPIENT_FIRST: Reply = Reply::new(503, "5.5.1", "No recipient was accepted");
pub(super) const NO_MIXING: Reply = Reply::new(503, "5.5.1", "DATA and BDAT can't be mixed in one message");
pub(super) const TLS_ALREADY: Reply = Reply::new(503, "5.5.1", "TLS is in use already");
pub(super) const NO_BINARY: Reply = Reply::new(555, "5.6.3", "BODY=BINARYMIME is not offered here");
pub(super) const NEEDS_UTF8: Reply =
    Reply::new(553, "5.6.7", "An address outside ASCII needs the parameter SMTPUTF8");
pub(super) const NO_RELAY: Reply =
    Reply::new(550, "5.7.1", "Relaying denied: this server takes mail for its own domains alone");
pub(super) const LOOP: Reply =
    Reply::new(554, "5.4.6", "The message has passed through too many servers: it goes in circles");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_stays_on_its_line() {
        let mut out = Vec::new();
        Reply::with(550, "5.1.1", "<a\r\n250 b>: no".into()).write(&mut out);
        assert_eq!(out, b"550 5.1.1 <a??250 b>: no\r\n");
    }
}
