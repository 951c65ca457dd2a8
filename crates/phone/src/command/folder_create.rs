//! FolderCreate: a new folder, made on the phone ([MS-ASCMD] 2.2.1.3).

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_create::{Request, Response};

use crate::error::PhoneError;
use crate::phone::{Phone, check};
use crate::state::{Folder, FolderType};

impl Phone {
    /// Makes a folder in `parent` (`0` for the root) and returns its id. The phone has it at once.
    pub async fn folder_create(
        &mut self,
        parent: &str,
        name: &str,
        r#type: FolderType,
    ) -> Result<String, PhoneError> {
        let command = CommandName::FolderCreate;
        let request = Request {
            sync_key: self.state.hierarchy_key.clone(),
            parent_id: parent.into(),
            display_name: name.into(),
            r#type: r#type.0,
        };
        let response: Response = self.call(command, &request).await?;
        check(command, response.status)?;
        let missing = |what| PhoneError::Incomplete { command, what };
        let server_id = response.server_id.ok_or_else(|| missing("the folder's id"))?;
        self.state.hierarchy_key = response.sync_key.ok_or_else(|| missing("the new key"))?;
        let folder = Folder {
            server_id: server_id.clone(),
            parent_id: request.parent_id,
            name: request.display_name,
            r#type,
        };
        self.state.folders.insert(server_id.clone(), folder);
        Ok(server_id)
    }
}
