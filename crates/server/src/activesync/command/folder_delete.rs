//! FolderDelete ([MS-ASCMD] 2.2.1.4): deletes a folder with all that is in it, for good. Asked for
//! again, the folder that the phone still knows is gone already, which is what it wants.

use fieldpost_domain::BackendError;
use fieldpost_domain::hierarchy::without;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_delete::{Request, Response};
use fieldpost_eas::status::folder_delete as status;

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;

/// The command.
pub struct FolderDelete;

impl Command for FolderDelete {
    const NAME: CommandName = CommandName::FolderDelete;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(failure(status::MALFORMED))
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        let app = cx.app.clone();
        let _turn = app.locks.hierarchy(cx.account.id, cx.device_id()).await;
        let state = hierarchy::load(cx).await?;
        let Some((mut state, known)) = hierarchy::at(state, &request.sync_key) else {
            return Ok(failure(status::INVALID_SYNC_KEY));
        };
        let Some(folder) = hierarchy::find(&known, &request.server_id) else {
            return Ok(failure(status::NOT_FOUND));
        };
        if folder.kind.is_default() {
            return Ok(failure(status::SPECIAL_FOLDER));
        }
        let id = folder.id;
        match cx.backend.delete_folder(cx.mailbox, id).await {
            Ok(()) | Err(BackendError::NoSuchFolder(_)) => {}
            Err(BackendError::DefaultFolder(_)) => return Ok(failure(status::SPECIAL_FOLDER)),
            Err(other) => return Err(other.into()),
        }
        // The folders within it are told of by the next FolderSync.
        let key = hierarchy::advance(cx, &mut state, &request.sync_key, without(&known, id)).await?;
        Ok(Response { status: status::SUCCESS, sync_key: Some(key) })
    }
}

fn failure(status: u8) -> Response {
    Response { status, ..Response::default() }
}
