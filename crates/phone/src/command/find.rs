//! Find: mail or people (16.1, [MS-ASCMD] 2.2.1.2).

use fieldpost_eas::codec::Empty;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::find::{
    DirectoryCriterion, ExecuteSearch, Found, MailboxCriterion, MailboxQuery, Options, Picture, Request,
    Response,
};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::{Phone, check};

impl Phone {
    /// Sends a Find and returns what was found.
    pub async fn find(&mut self, request: &Request) -> Result<Found, PhoneError> {
        let command = CommandName::Find;
        self.since(Version::V16_1, "Find")?;
        let response: Response = self.call(command, request).await?;
        let missing = |what| PhoneError::Incomplete { command, what };
        check(command, response.status.ok_or_else(|| missing("a status"))?)?;
        let found = response.response.ok_or_else(|| missing("what was found"))?;
        check(command, found.status)?;
        Ok(found)
    }

    /// Mail with these words, in a folder and those below it or, without one, in all; results
    /// `range`, like `0-9`.
    pub async fn find_mail(
        &mut self,
        words: &str,
        folder: Option<&str>,
        range: &str,
    ) -> Result<Found, PhoneError> {
        let criterion = MailboxCriterion {
            query: Some(MailboxQuery {
                class: Some("Email".into()),
                collection_id: folder.map(str::to_owned),
                free_text: Some(words.into()),
            }),
            options: Some(Options {
                range: Some(range.into()),
                deep_traversal: Some(Empty),
                ..Options::default()
            }),
        };
        let search = ExecuteSearch { mailbox: Some(criterion), ..ExecuteSearch::default() };
        self.find(&self.new_find(search)).await
    }

    /// People whose name or address begins so; results `range`, like `0-9`, perhaps with pictures.
    pub async fn find_people(
        &mut self,
        beginning: &str,
        range: &str,
        picture: Option<Picture>,
    ) -> Result<Found, PhoneError> {
        let criterion = DirectoryCriterion {
            query: Some(beginning.into()),
            options: Some(Options { range: Some(range.into()), picture, ..Options::default() }),
        };
        let search = ExecuteSearch { directory: Some(criterion), ..ExecuteSearch::default() };
        self.find(&self.new_find(search)).await
    }

    /// A search with an id of its own, a GUID.
    fn new_find(&self, search: ExecuteSearch) -> Request {
        Request { search_id: Some(crate::entropy::guid()), execute_search: Some(search) }
    }
}
