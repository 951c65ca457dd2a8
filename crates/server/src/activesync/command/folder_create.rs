//! FolderCreate ([MS-ASCMD] 2.2.1.3).
//!
//! Asked for again after its answer was lost, it finds the folder that it made: one of that name that
//! the phone does not know of yet is the one that it wants.

use fieldpost_domain::BackendError;
use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_domain::hierarchy::with;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_create::{Request, Response};
use fieldpost_eas::status::{Common, folder_create as status};

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy::{self, Parent};

/// Most folders of a mailbox.
const MAX_FOLDERS: usize = 1000;

/// The command.
pub struct FolderCreate;

impl Command for FolderCreate {
    const NAME: CommandName = CommandName::FolderCreate;
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
        let kind = FolderType::from_number(request.r#type).filter(|kind| may_be_made(*kind));
        let (Some(kind), true) = (kind, hierarchy::is_name(&request.display_name)) else {
            return Ok(failure(status::MALFORMED));
        };
        let folders = hierarchy::visible(cx).await?;
        let parent = match hierarchy::parent(&folders, &request.parent_id) {
            Parent::Root => None,
            Parent::Folder(folder) if folder.kind == FolderType::RecipientCache => {
                return Ok(failure(status::SPECIAL_PARENT));
            }
            Parent::Folder(folder) => Some(folder.id),
            Parent::Missing => return Ok(failure(status::PARENT_NOT_FOUND)),
        };
        if folders.len() >= MAX_FOLDERS {
            return Err(Fault::Refused(Common::TooManyFolders));
        }
        let name = request.display_name;
        let id = match cx.backend.create_folder(cx.mailbox, parent, &name, kind).await {
            Ok(id) => id,
            Err(BackendError::NameTaken) => {
                let there = folders.iter().find(|f| f.parent == parent && f.name == name && f.kind == kind);
                match there.filter(|there| known.iter().all(|f| f.id != there.id)) {
                    Some(made_before) => made_before.id,
                    None => return Ok(failure(status::EXISTS)),
                }
            }
            Err(BackendError::NoSuchParent | BackendError::NoSuchFolder(_)) => {
                return Ok(failure(status::PARENT_NOT_FOUND));
            }
            Err(other) => return Err(other.into()),
        };
        let next = with(&known, Folder { id, parent, name, kind });
        let key = hierarchy::advance(cx, &mut state, &request.sync_key, next).await?;
        Ok(Response { status: status::SUCCESS, sync_key: Some(key), server_id: Some(id.to_string()) })
    }
}

fn failure(status: u8) -> Response {
    Response { status, ..Response::default() }
}

/// Types that a phone may give a folder of its own ([MS-ASCMD] 2.2.3.186.2).
fn may_be_made(kind: FolderType) -> bool {
    matches!(kind.number(), 1 | 12..=17)
}
