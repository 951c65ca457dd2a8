//! GetHierarchy, up to 12.1 ([MS-ASCMD] 2.2.1.8): the folders of mail, all of them, every time.

use fieldpost_domain::folder::Class;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::get_hierarchy::{Folder, Response};

use super::{Command, Decode, Needs, Payload, Unreadable};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;

/// The command.
pub struct GetHierarchy;

/// It asks for nothing in particular; a body is not looked at.
pub struct Request;

impl Decode for Request {
    fn decode(_: &Context, _: Payload) -> Result<Self, Unreadable> {
        Ok(Request)
    }
}

/// Types above this came with FolderSync; GetHierarchy has the first six alone.
const LAST_TYPE: u8 = 6;
/// A folder that the user made.
const GENERIC: u8 = 1;

impl Command for GetHierarchy {
    const NAME: CommandName = CommandName::GetHierarchy;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    async fn run(cx: &mut Context, _: Request) -> Result<Response, Fault> {
        let folders = hierarchy::visible(cx).await?;
        let mail = folders.into_iter().filter(|folder| folder.kind.class() == Class::Email);
        let folders = mail.map(|folder| {
            let number = folder.kind.number();
            Folder {
                display_name: folder.name,
                server_id: folder.id.to_string(),
                r#type: if number <= LAST_TYPE { number } else { GENERIC },
                parent_id: hierarchy::parent_id(folder.parent),
            }
        });
        Ok(Response { folders: folders.collect() })
    }
}
