//! FolderSync ([MS-ASCMD] 2.2.1.5): tells the phone what the folders are, or what changed of them.

use fieldpost_domain::folder::Folder;
use fieldpost_domain::hierarchy::Changes;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::folder_sync::{self, Request, Response};
use fieldpost_eas::status::folder_sync as status;

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;
use crate::activesync::options;

/// The command.
pub struct FolderSync;

impl Command for FolderSync {
    const NAME: CommandName = CommandName::FolderSync;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(failure(status::MALFORMED))
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        let app = cx.app.clone();
        let _turn = app.locks.hierarchy(cx.account.id, cx.device_id()).await;
        let now = hierarchy::visible(cx).await?;
        if request.sync_key == "0" {
            // MS-ASHTTP_R1104: a phone that starts again is told what the server can do.
            let announcement = options::announcement(cx)?;
            cx.headers.extend(announcement);
            let key = hierarchy::start(cx, now.clone()).await?;
            return Ok(success(key, &Changes::between(&[], &now)));
        }
        let state = hierarchy::load(cx).await?;
        let Some((mut state, known)) = hierarchy::at(state, &request.sync_key) else {
            return Ok(failure(status::INVALID_SYNC_KEY));
        };
        let changes = Changes::between(&known, &now);
        let key = hierarchy::advance(cx, &mut state, &request.sync_key, now).await?;
        Ok(success(key, &changes))
    }
}

fn failure(status: u8) -> Response {
    Response { status, sync_key: None, changes: None }
}

fn success(key: String, changes: &Changes) -> Response {
    let changes = folder_sync::Changes {
        count: u32::try_from(changes.len()).unwrap_or(u32::MAX),
        updates: changes.updates.iter().map(on_wire).collect(),
        deletes: changes
            .deletes
            .iter()
            .map(|id| folder_sync::Deleted { server_id: id.to_string() })
            .collect(),
        adds: changes.adds.iter().map(on_wire).collect(),
    };
    Response { status: status::SUCCESS, sync_key: Some(key), changes: Some(changes) }
}

fn on_wire(folder: &Folder) -> folder_sync::Folder {
    folder_sync::Folder {
        server_id: folder.id.to_string(),
        parent_id: hierarchy::parent_id(folder.parent),
        display_name: folder.name.clone(),
        r#type: folder.kind.number(),
    }
}
