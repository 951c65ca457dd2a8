//! Search: people, mail and documents ([MS-ASCMD] 2.2.1.16).

use fieldpost_eas::codec::Empty;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::search::{
    Condition, Found, Options, Picture, Properties, Query, Request, Response, Store,
};
use fieldpost_eas::item::{BodyPreference, BodyType, Person};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::{Phone, check};

impl Phone {
    /// Sends a Search and returns what was found. The status of the store is an error like that of the
    /// whole; one of the common ones is told apart by its number.
    pub async fn search(&mut self, store: Store) -> Result<Found, PhoneError> {
        let command = CommandName::Search;
        let response: Response = self.call(command, &Request { store: Some(store) }).await?;
        let missing = |what| PhoneError::Incomplete { command, what };
        check(command, response.status.ok_or_else(|| missing("a status"))?)?;
        let found = response.response.and_then(|r| r.store).ok_or_else(|| missing("what was found"))?;
        check(command, found.status)?;
        Ok(found)
    }

    /// People whose name or address begins so; results `range`, like `0-9`. Pictures exist from 14.1 on.
    pub async fn search_people(
        &mut self,
        beginning: &str,
        range: &str,
        picture: Option<Picture>,
    ) -> Result<Vec<Person>, PhoneError> {
        let found = self
            .search(Store {
                name: Some("GAL".into()),
                query: Some(Query::text(beginning)),
                options: Some(Options { range: Some(range.into()), picture, ..Options::default() }),
            })
            .await?;
        let people = found.results.into_iter().filter_map(|result| match result.properties {
            Some(Properties::Person(person)) => Some(*person),
            Some(Properties::Item(_)) | None => None,
        });
        Ok(people.collect())
    }

    /// Mail with these words (12.0), in a folder and those below it or, without one, in all; results
    /// `range`, like `0-9`.
    pub async fn search_mail(
        &mut self,
        words: &str,
        folder: Option<&str>,
        range: &str,
    ) -> Result<Found, PhoneError> {
        let mut conditions = vec![Condition::Class("Email".into())];
        conditions.extend(folder.map(|id| Condition::CollectionId(id.into())));
        conditions.push(Condition::FreeText(words.into()));
        self.search_mailbox(conditions, range).await
    }

    /// Items of the mailbox that fulfil all conditions (12.0), with subfolders.
    pub async fn search_mailbox(
        &mut self,
        conditions: Vec<Condition>,
        range: &str,
    ) -> Result<Found, PhoneError> {
        self.since(Version::V12_0, "a search of the mailbox")?;
        let store = Store {
            name: Some("Mailbox".into()),
            query: Some(Query::all_of(conditions)),
            options: Some(Options {
                rebuild_results: Some(Empty),
                deep_traversal: Some(Empty),
                range: Some(range.into()),
                body_preferences: vec![BodyPreference {
                    r#type: BodyType::Text,
                    truncation_size: Some(512),
                    all_or_none: None,
                    preview: None,
                }],
                ..Options::default()
            }),
        };
        self.search(store).await
    }
}
