//! ItemOperations: whole messages, attachments, emptied folders, moved conversations
//! ([MS-ASCMD] 2.2.1.10, from 12.0).

use std::ops::RangeInclusive;

use fieldpost_eas::codec::{Content, Document as _, Empty, Opaque};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::item_operations::request::{
    EmptyFolderContents, EmptyOptions, Fetch, FetchOptions, Move, MoveOptions, Operation, Request,
};
use fieldpost_eas::command::item_operations::response::{
    Emptied, Fetched, Moved, Outcomes, Properties, Response,
};
use fieldpost_eas::http::multipart;
use fieldpost_eas::item::{BodyPreference, BodyType, Item};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::{Phone, check};
use crate::state::StoredEmail;

/// The bytes of an attachment, or some of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedFile {
    /// Its content type.
    pub content_type: Option<String>,
    /// Bytes of the whole.
    pub total: Option<u32>,
    /// First and last byte of `data`, as the server says.
    pub range: Option<String>,
    /// The bytes.
    pub data: Vec<u8>,
}

impl Phone {
    /// Sends operations and returns what became of them. With `in_parts`, data comes beside the
    /// document instead of in it; the outcome is the same.
    pub async fn item_operations(
        &mut self,
        operations: Vec<Operation>,
        in_parts: bool,
    ) -> Result<Outcomes, PhoneError> {
        let command = CommandName::ItemOperations;
        if self.version() < Version::V12_0 {
            return Err(PhoneError::NotInVersion { what: command.name(), version: self.version() });
        }
        let body = Request { operations }.encode(self.version());
        let call = Call { multipart: in_parts, ..Call::wbxml(command, body) };
        let answer = self.exchange(&call).await?;
        let unreadable = |source| PhoneError::Unreadable { command, source };
        // An error may come as a plain document although parts were offered.
        let is_parts = answer
            .header(hyper::header::CONTENT_TYPE)
            .is_some_and(|t| t.starts_with(multipart::CONTENT_TYPE));
        let response = if is_parts {
            let parts = multipart::decode(&answer.body)
                .map_err(|source| PhoneError::Multipart { command, source })?;
            let document = parts.first().copied().unwrap_or_default();
            let mut response = Response::decode(document).map_err(unreadable)?;
            let fetches = response.response.iter_mut().flat_map(|o| &mut o.fetches);
            for fetched in fetches {
                put_parts_in_place(fetched, &parts);
            }
            response
        } else {
            Response::decode(&answer.body).map_err(unreadable)?
        };
        check(command, response.status)?;
        Ok(response.response.unwrap_or_default())
    }

    /// Fetches one thing and returns its properties.
    pub async fn fetch(&mut self, fetch: Fetch, in_parts: bool) -> Result<Properties, PhoneError> {
        let command = CommandName::ItemOperations;
        let operations = vec![Operation::Fetch(Box::new(fetch))];
        let outcome = self.item_operations(operations, in_parts).await?;
        let missing = |what| PhoneError::Incomplete { command, what };
        let fetched = outcome.fetches.into_iter().next().ok_or_else(|| missing("what was fetched"))?;
        check(command, fetched.status)?;
        fetched.properties.ok_or_else(|| missing("the properties"))
    }

    /// The whole message in one form (1 text, 2 HTML, 4 MIME), cut at `truncation` bytes if given.
    pub async fn fetch_item(
        &mut self,
        collection: &str,
        server_id: &str,
        form: BodyType,
        truncation: Option<u32>,
        in_parts: bool,
    ) -> Result<StoredEmail, PhoneError> {
        let item = self.fetch_any(collection, server_id, form, truncation, in_parts).await?;
        Ok(StoredEmail::from_item(item))
    }

    /// An item of any class, as the wire has it, its body in one form.
    pub async fn fetch_any(
        &mut self,
        collection: &str,
        server_id: &str,
        form: BodyType,
        truncation: Option<u32>,
        in_parts: bool,
    ) -> Result<Item, PhoneError> {
        let fetch = Fetch {
            store: "Mailbox".into(),
            collection_id: Some(collection.into()),
            server_id: Some(server_id.into()),
            options: Some(FetchOptions {
                mime_support: (form == BodyType::Mime).then_some(2),
                body_preferences: vec![BodyPreference {
                    r#type: form,
                    truncation_size: truncation,
                    all_or_none: None,
                    preview: None,
                }],
                ..FetchOptions::default()
            }),
            ..Fetch::default()
        };
        match self.fetch(fetch, in_parts).await? {
            Properties::Item(item) => Ok(item),
            Properties::File(_) => Err(PhoneError::Incomplete {
                command: CommandName::ItemOperations,
                what: "an item's properties",
            }),
        }
    }

    /// An attachment, or the bytes of `range` (counted from 0) of it.
    pub async fn fetch_attachment(
        &mut self,
        reference: &str,
        range: Option<RangeInclusive<u32>>,
        in_parts: bool,
    ) -> Result<FetchedFile, PhoneError> {
        let fetch = Fetch {
            store: "Mailbox".into(),
            file_reference: Some(reference.into()),
            options: range.map(|r| FetchOptions {
                range: Some(format!("{}-{}", r.start(), r.end())),
                ..FetchOptions::default()
            }),
            ..Fetch::default()
        };
        match self.fetch(fetch, in_parts).await? {
            Properties::File(file) => Ok(FetchedFile {
                content_type: file.content_type,
                total: file.total,
                range: file.range,
                data: file.data.map(|d| d.0).unwrap_or_default(),
            }),
            Properties::Item(_) => Err(PhoneError::Incomplete {
                command: CommandName::ItemOperations,
                what: "a file's properties",
            }),
        }
    }

    /// An attachment as this version fetches it: GetAttachment in 2.5, ItemOperations from 12.0.
    pub async fn attachment(&mut self, reference: &str) -> Result<FetchedFile, PhoneError> {
        match self.version() {
            Version::V2_5 => self.get_attachment(reference).await,
            _ => self.fetch_attachment(reference, None, false).await,
        }
    }

    /// Deletes all that is in a folder, its subfolders too if said so. The phone learns of it by Sync.
    pub async fn empty_folder(&mut self, collection: &str, subfolders: bool) -> Result<(), PhoneError> {
        let command = CommandName::ItemOperations;
        let operation = Operation::EmptyFolderContents(EmptyFolderContents {
            collection_id: collection.into(),
            options: subfolders.then_some(EmptyOptions { delete_sub_folders: Some(Empty) }),
        });
        let outcome = self.item_operations(vec![operation], false).await?;
        match outcome.emptied.first() {
            Some(Emptied { status, .. }) => check(command, *status),
            None => Err(PhoneError::Incomplete { command, what: "what became of the folder" }),
        }
    }

    /// Moves a conversation, and what will yet arrive of it, to a folder (14.0). The phone learns of
    /// it by Sync.
    pub async fn move_conversation(&mut self, conversation: &[u8], to: &str) -> Result<(), PhoneError> {
        let command = CommandName::ItemOperations;
        if self.version() < Version::V14_0 {
            return Err(PhoneError::NotInVersion { what: "a conversation's move", version: self.version() });
        }
        let operation = Operation::Move(Move {
            conversation_id: Opaque(conversation.to_vec()),
            dst_fld_id: to.into(),
            options: Some(MoveOptions { move_always: Some(Empty) }),
        });
        let outcome = self.item_operations(vec![operation], false).await?;
        match outcome.moves.first() {
            Some(Moved { status, .. }) => check(command, *status),
            None => Err(PhoneError::Incomplete { command, what: "what became of the conversation" }),
        }
    }
}

/// Replaces the index of a part by the part. An index that no part has leaves the data out.
fn put_parts_in_place(fetched: &mut Fetched, parts: &[&[u8]]) {
    let part = |index: Option<u32>| {
        let index = usize::try_from(index?).ok().filter(|i| *i > 0)?;
        parts.get(index).map(|p| p.to_vec())
    };
    match &mut fetched.properties {
        Some(Properties::File(file)) => {
            if let Some(data) = part(file.part.take()) {
                file.data = Some(fieldpost_eas::codec::Base64(data));
            }
        }
        Some(Properties::Item(item)) => {
            if let Some(body) = item.body_mut()
                && let Some(data) = part(body.part.take())
            {
                body.data = Some(Content(data));
            }
        }
        None => {}
    }
}
