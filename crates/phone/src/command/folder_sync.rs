//! FolderSync: the phone learns of folders ([MS-ASCMD] 2.2.1.5).

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync::{Request, Response};

use crate::error::PhoneError;
use crate::phone::{Phone, check};
use crate::state::FIRST_KEY;
use crate::state::hierarchy::HierarchyProgress;

impl Phone {
    /// Brings the folders up to date. A refused key (status 9) is answered by asking for all.
    pub async fn folder_sync(&mut self) -> Result<HierarchyProgress, PhoneError> {
        match self.folder_sync_once().await {
            Err(PhoneError::Status { status: 9, .. }) if self.state.hierarchy_key != FIRST_KEY => {
                self.state.restart_hierarchy();
                self.folder_sync_once().await
            }
            other => other,
        }
    }

    /// Asks for the whole hierarchy, as some phones do at every refresh. Item keys stay valid.
    pub async fn folder_sync_from_start(&mut self) -> Result<HierarchyProgress, PhoneError> {
        self.state.restart_hierarchy();
        self.folder_sync_once().await
    }

    /// One request with the current key, whatever the answer.
    pub async fn folder_sync_once(&mut self) -> Result<HierarchyProgress, PhoneError> {
        let command = CommandName::FolderSync;
        let asked = self.state.hierarchy_key.clone();
        let response: Response = self.call(command, &Request { sync_key: asked.clone() }).await?;
        check(command, response.status)?;
        let key = response.sync_key.ok_or(PhoneError::Incomplete { command, what: "the new key" })?;
        Ok(self.state.apply_hierarchy(&asked, key, response.changes.unwrap_or_default()))
    }
}
