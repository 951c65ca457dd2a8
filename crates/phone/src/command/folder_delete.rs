//! FolderDelete: a folder and all in it goes ([MS-ASCMD] 2.2.1.4).

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_delete::{Request, Response};

use crate::error::PhoneError;
use crate::phone::{Phone, check};

impl Phone {
    /// Deletes a folder with its subfolders.
    pub async fn folder_delete(&mut self, id: &str) -> Result<(), PhoneError> {
        let command = CommandName::FolderDelete;
        let request = Request { sync_key: self.state.hierarchy_key.clone(), server_id: id.into() };
        let response: Response = self.call(command, &request).await?;
        check(command, response.status)?;
        self.state.hierarchy_key =
            response.sync_key.ok_or(PhoneError::Incomplete { command, what: "the new key" })?;
        self.state.forget_folder(id);
        Ok(())
    }
}
