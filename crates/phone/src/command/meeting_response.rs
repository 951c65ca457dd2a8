//! MeetingResponse: accept, accept perhaps, or decline ([MS-ASCMD] 2.2.1.11).

use jiff::Timestamp;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::meeting_response::{Answer, Outcome, Request, Response, SendResponse};
use fieldpost_eas::date;
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::{Phone, check};

/// What a user says to a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserResponse {
    /// Yes.
    Accept = 1,
    /// Perhaps.
    Tentative = 2,
    /// No.
    Decline = 3,
}

impl Phone {
    /// Answers a meeting request, or an event (14.1). Returns the event's id; none where it was
    /// declined. From 16.0 the server tells the organiser, unless `quietly`; before, the phone has to
    /// send a message itself.
    pub async fn meeting_response(
        &mut self,
        folder: &str,
        item: &str,
        response: UserResponse,
        quietly: bool,
    ) -> Result<Option<String>, PhoneError> {
        let send = !quietly && self.version() >= Version::V16_0;
        let answer = Answer {
            user_response: Some(response as u8),
            collection_id: Some(folder.into()),
            request_id: Some(item.into()),
            send_response: send.then(SendResponse::default),
            ..Answer::default()
        };
        self.answer_meeting(answer).await
    }

    /// Answers one occurrence of a series (14.1), named by the start that the series gives it.
    pub async fn meeting_response_to_instance(
        &mut self,
        folder: &str,
        item: &str,
        instance: Timestamp,
        response: UserResponse,
    ) -> Result<Option<String>, PhoneError> {
        self.since(Version::V14_1, "an answer to one occurrence")?;
        let answer = Answer {
            user_response: Some(response as u8),
            collection_id: Some(folder.into()),
            request_id: Some(item.into()),
            instance_id: Some(date::dashed(instance)),
            send_response: (self.version() >= Version::V16_0).then(SendResponse::default),
            ..Answer::default()
        };
        self.answer_meeting(answer).await
    }

    /// Gives one answer as it stands and returns the event's id.
    pub async fn answer_meeting(&mut self, answer: Answer) -> Result<Option<String>, PhoneError> {
        let command = CommandName::MeetingResponse;
        let outcomes = self.answer_meetings(vec![answer]).await?;
        let missing = PhoneError::Incomplete { command, what: "what became of the answer" };
        let outcome = outcomes.into_iter().next().ok_or(missing)?;
        check(command, outcome.status)?;
        Ok(outcome.calendar_id)
    }

    /// Gives answers as they stand; one outcome for each, in their order.
    pub async fn answer_meetings(&mut self, requests: Vec<Answer>) -> Result<Vec<Outcome>, PhoneError> {
        let command = CommandName::MeetingResponse;
        let response: Response = self.call(command, &Request { requests }).await?;
        check(command, response.status.unwrap_or(1))?;
        Ok(response.results)
    }
}
