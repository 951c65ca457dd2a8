//! ResolveRecipients: who is meant, are they free, which certificates do they have
//! ([MS-ASCMD] 2.2.1.15).

use jiff::Timestamp;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::resolve_recipients::{AvailabilityOptions, Options, Request, Resolved, Response};
use fieldpost_eas::date;
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::{Phone, check};

impl Phone {
    /// Asks who `to` are; one answer for each, in their order.
    pub async fn resolve(
        &mut self,
        to: &[&str],
        options: Option<Options>,
    ) -> Result<Vec<Resolved>, PhoneError> {
        let command = CommandName::ResolveRecipients;
        let to = to.iter().map(|to| (*to).to_owned()).collect();
        let response: Response = self.call(command, &Request { to, options }).await?;
        let missing = PhoneError::Incomplete { command, what: "a status" };
        check(command, response.status.ok_or(missing)?)?;
        Ok(response.responses)
    }

    /// Asks whether `to` are free in a time (14.0): for each the digits of its half hours, where they
    /// are known.
    pub async fn availability(
        &mut self,
        to: &[&str],
        start: Timestamp,
        end: Timestamp,
    ) -> Result<Vec<Option<String>>, PhoneError> {
        self.since(Version::V14_0, "availability")?;
        let options = Options {
            availability: Some(AvailabilityOptions {
                start_time: Some(date::dashed(start)),
                end_time: Some(date::dashed(end)),
            }),
            ..Options::default()
        };
        let resolved = self.resolve(to, Some(options)).await?;
        let digits = resolved.into_iter().map(|one| {
            let recipient = one.recipients.into_iter().next()?;
            recipient.availability?.merged_free_busy
        });
        Ok(digits.collect())
    }
}
