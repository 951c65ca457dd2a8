//! GetAttachment: the bytes of an attachment, up to 12.1 ([MS-ASCMD] 2.2.1.8).

use hyper::header::CONTENT_TYPE;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::version::Version;

use crate::command::item_operations::FetchedFile;
use crate::error::PhoneError;
use crate::identity::Call;
use crate::phone::Phone;

impl Phone {
    /// Fetches an attachment by its name: `AttName` in 2.5, `FileReference` in 12.x.
    pub async fn get_attachment(&mut self, name: &str) -> Result<FetchedFile, PhoneError> {
        if self.version() > Version::V12_1 {
            return Err(PhoneError::NotInVersion { what: "GetAttachment", version: self.version() });
        }
        let mut call = Call::wbxml(CommandName::GetAttachment, "");
        call.attachment_name = Some(name.to_owned());
        let answer = self.exchange(&call).await?;
        Ok(FetchedFile {
            content_type: answer.header(CONTENT_TYPE).map(String::from),
            total: u32::try_from(answer.body.len()).ok(),
            range: None,
            data: answer.body.to_vec(),
        })
    }
}
