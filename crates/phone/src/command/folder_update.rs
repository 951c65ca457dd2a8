//! FolderUpdate: a folder gets another name or place ([MS-ASCMD] 2.2.1.6).

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_update::{Request, Response};

use crate::error::PhoneError;
use crate::phone::{Phone, check};

impl Phone {
    /// Renames a folder and moves it into `parent` (`0` for the root).
    pub async fn folder_update(&mut self, id: &str, parent: &str, name: &str) -> Result<(), PhoneError> {
        let command = CommandName::FolderUpdate;
        let request = Request {
            sync_key: self.state.hierarchy_key.clone(),
            server_id: id.into(),
            parent_id: parent.into(),
            display_name: name.into(),
            status: None,
        };
        let response: Response = self.call(command, &request).await?;
        check(command, response.status)?;
        self.state.hierarchy_key =
            response.sync_key.ok_or(PhoneError::Incomplete { command, what: "the new key" })?;
        if let Some(folder) = self.state.folders.get_mut(id) {
            folder.parent_id = request.parent_id;
            folder.name = request.display_name;
        }
        Ok(())
    }
}
