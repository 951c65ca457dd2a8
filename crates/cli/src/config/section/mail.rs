//! `[mail]`: the mail that the server takes and sends.

use crate::config::schema::section;
use crate::config::value::Size;

section! {
    /// The mail that the server takes and sends.
    pub struct Mail in "mail" {
        /// Domains whose mail is delivered here. SMTP takes mail for no others.
        domains: Vec<String> = Vec::new(),
        /// The domain of users who sign in with a name alone. Not set: the first of `domains`.
        default_domain: Option<String> = None,
        /// The account that gets the mail for postmaster, at each of the domains. Not set: the oldest account.
        postmaster: Option<String> = None,
        /// Groups that also take mail from senders who have no account here.
        open_groups: Vec<String> = Vec::new(),
        /// Greatest size of a message, coming in or sent by a phone. Attachments grow by a third in it.
        max_message: Size = Size::mib(35),
        /// Most recipients of one message that comes in by SMTP or LMTP.
        max_recipients: u32 = 200,
    }
}

impl Mail {
    /// The domain of users who sign in with a name alone.
    pub fn default_domain(&self) -> Option<&str> {
        self.default_domain.as_deref().or(self.domains.first().map(String::as_str))
    }
}
