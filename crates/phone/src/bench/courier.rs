//! Brings messages to mailboxes while a measurement runs: by LMTP or SMTP from outside, or as a user
//! of the same server.

use std::time::{Duration, Instant};

use super::{BenchError, Target};
use crate::compose::Letter;
use crate::lmtp::{MailClient, Protocol};
use crate::phone::Phone;

/// Bound of each reply of a mail server.
const REPLY: Duration = Duration::from_secs(30);

/// The way that messages take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// To this `host:port`, one connection for all.
    Mail(String, Protocol),
    /// By SendMail, as the first account.
    SendMail,
}

/// Brings messages one at a time.
pub(super) enum Courier {
    Mail(MailClient),
    Phone(Box<Phone>, String),
}

/// When a message was brought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brought {
    pub started: Instant,
    pub acknowledged: Instant,
}

impl Courier {
    pub(super) async fn open(route: &Route, target: &Target) -> Result<Courier, BenchError> {
        match route {
            Route::Mail(to, protocol) => Ok(Courier::Mail(MailClient::connect(to, *protocol, REPLY).await?)),
            Route::SendMail => {
                let mut identity = target.identity(0)?;
                identity.device_id = crate::entropy::device_id().parse().map_err(crate::PhoneError::from)?;
                let mut phone = Phone::with_connector(identity, target.connector()?);
                phone.folder_sync().await?;
                Ok(Courier::Phone(Box::new(phone), target.login(0)?.address.clone()))
            }
        }
    }

    /// Brings a small message to `address`.
    pub(super) async fn bring(&mut self, address: &str, subject: &str) -> Result<Brought, BenchError> {
        let text = "A small message, as long as most are: two or three lines of text, and a name.\r\n\
                    It was written by a program that measures how fast it arrives.\r\n\r\nFieldpost\r\n";
        let from = match self {
            Courier::Mail(_) => "bench@fieldpost.invalid",
            Courier::Phone(_, address) => address,
        };
        let letter = Letter { from, to: &[address], subject, text }.write_now();
        match self {
            Courier::Mail(client) => {
                let done = client.deliver("bench@fieldpost.invalid", &[address], &letter).await?;
                Ok(Brought { started: done.started, acknowledged: done.acknowledged })
            }
            Courier::Phone(phone, _) => {
                let started = Instant::now();
                let mut message = phone.new_message(letter);
                message.save_in_sent = false;
                phone.send_message(&message).await?;
                Ok(Brought { started, acknowledged: Instant::now() })
            }
        }
    }
}
