//! FolderUpdate ([MS-ASCMD] 2.2.1.6): renames and moves a folder. Asked for again, it finds things as
//! they should be.

use fieldpost_domain::BackendError;
use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_domain::hierarchy::with;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_update::{Request, Response};
use fieldpost_eas::status::folder_update as status;

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy::{self, Parent};

/// The command.
pub struct FolderUpdate;

impl Command for FolderUpdate {
    const NAME: CommandName = CommandName::FolderUpdate;
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
        if request.status.is_some() || !hierarchy::is_name(&request.display_name) {
            return Ok(failure(status::MALFORMED));
        }
        let folders = hierarchy::visible(cx).await?;
        let Some(folder) = hierarchy::find(&folders, &request.server_id) else {
            return Ok(failure(status::NOT_FOUND));
        };
        if folder.kind == FolderType::RecipientCache {
            return Ok(failure(status::RECIPIENT_CACHE));
        }
        if folder.kind.is_default() {
            return Ok(failure(status::EXISTS));
        }
        let parent = match hierarchy::parent(&folders, &request.parent_id) {
            Parent::Root => None,
            Parent::Folder(parent) if parent.kind == FolderType::RecipientCache => {
                return Ok(failure(status::RECIPIENT_CACHE));
            }
            Parent::Folder(parent) => Some(parent.id),
            Parent::Missing => return Ok(failure(status::PARENT_NOT_FOUND)),
        };
        match cx.backend.update_folder(cx.mailbox, folder.id, parent, &request.display_name).await {
            Ok(()) => {}
            Err(BackendError::NameTaken | BackendError::DefaultFolder(_)) => {
                return Ok(failure(status::EXISTS));
            }
            Err(BackendError::NoSuchFolder(_)) => return Ok(failure(status::NOT_FOUND)),
            Err(BackendError::NoSuchParent) => return Ok(failure(status::PARENT_NOT_FOUND)),
            Err(other) => return Err(other.into()),
        }
        let changed = Folder { parent, name: request.display_name, ..folder.clone() };
        let key = hierarchy::advance(cx, &mut state, &request.sync_key, with(&known, changed)).await?;
        Ok(Response { status: status::SUCCESS, sync_key: Some(key) })
    }
}

fn failure(status: u8) -> Response {
    Response { status, ..Response::default() }
}
