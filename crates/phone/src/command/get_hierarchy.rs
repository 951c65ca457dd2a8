//! GetHierarchy: all mail folders at once, up to 12.1 ([MS-ASCMD] 2.2.1.8). FolderSync took its place; the
//! phone keeps nothing of the answer.

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::get_hierarchy::{Folder, Response};
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::{Phone, decode};

impl Phone {
    /// All mail folders, as the server lists them.
    pub async fn get_hierarchy(&mut self) -> Result<Vec<Folder>, PhoneError> {
        let command = CommandName::GetHierarchy;
        if self.version() > Version::V12_1 {
            return Err(PhoneError::NotInVersion { what: command.name(), version: self.version() });
        }
        // The question has no body (MS-ASCMD_R6037).
        let answer = self.exchange(&Call::wbxml(command, bytes::Bytes::new())).await?;
        let response: Response = decode(command, &answer)?;
        Ok(response.folders)
    }
}
