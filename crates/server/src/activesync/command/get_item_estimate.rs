//! GetItemEstimate: how many changes wait in collections ([MS-ASCMD] 2.2.1.9). The key is not used up.

use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::sync::{diff, turn};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::get_item_estimate as wire;
use fieldpost_eas::status::Common;
use fieldpost_eas::status::get_item_estimate as status;

use super::sync::options;
use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;

/// Most collections in one request (MS-ASCMD_R5645): 103 beyond.
const MAX_COLLECTIONS: usize = 1000;

/// The command.
pub struct GetItemEstimate;

impl Command for GetItemEstimate {
    const NAME: CommandName = CommandName::GetItemEstimate;
    const NEEDS: Needs = Needs::POLICY;
    type Request = wire::Request;
    type Response = wire::Response;

    async fn run(cx: &mut Context, request: wire::Request) -> Result<wire::Response, Fault> {
        if request.collections.len() > MAX_COLLECTIONS {
            return Err(Fault::Refused(Common::InvalidXML));
        }
        let folders = hierarchy::visible(cx).await?;
        let mut responses = Vec::with_capacity(request.collections.len());
        for wanted in &request.collections {
            responses.push(estimate(cx, &folders, wanted).await?);
        }
        Ok(wire::Response { status: None, responses })
    }
}

async fn estimate(
    cx: &Context,
    folders: &[Folder],
    wanted: &wire::Collection,
) -> Result<wire::Estimated, Fault> {
    let failed = |status| wire::Estimated { status, collection: None };
    let Some(folder) = hierarchy::find(folders, &wanted.collection_id) else {
        return Ok(failed(status::INVALID_COLLECTION));
    };
    let class = folder.kind.class();
    // MS-ASCMD_R2100
    if wanted.conversation_mode.is_some() && class != Class::Email {
        return Err(Fault::Refused(Common::InvalidXML));
    }
    // MS-ASCMD_R3265: MaxItems belongs to the recipient information cache.
    let Ok(options) = options::read_estimate(&wanted.options, wanted.filter_type, class) else {
        let filters = wanted.options.iter().filter_map(|options| options.filter_type);
        return match filters.max() {
            // MS-ASCMD_R2984
            Some(9..) => Err(Fault::Refused(Common::InvalidXML)),
            // MS-ASCMD_R3009: the class does not know it; up to 12.1 there is no such status.
            Some(_) if cx.version.has_common_status() => Ok(failed(Common::ServerError.code())),
            // MS-ASCMD_R908: classes that don't go together.
            None if wanted.options.len() > 1 => Ok(failed(status::INVALID_SYNC_KEY)),
            _ => Ok(failed(status::INVALID_COLLECTION)),
        };
    };
    let Some(state) = cx.collection_state(&wanted.collection_id).await? else {
        return Ok(failed(status::NOT_PRIMED));
    };
    if wanted.sync_key == "0" {
        return Ok(failed(status::NOT_PRIMED));
    }
    let Some((_, mut view)) = turn::begin(&state, &wanted.sync_key) else {
        return Ok(failed(status::INVALID_SYNC_KEY));
    };
    if let Some(wanted) = options {
        (view.options.filter, view.options.max_items) = (wanted.filter, wanted.max_items);
        view.options.shown = wanted.shown;
    }
    options::limit_texts(&mut view.options, folder.kind, cx);
    if let Some(conversations) = wanted.conversation_mode {
        view.options.conversations = conversations;
    }
    let now = cx.app.clock.now().as_millisecond();
    let count = diff::estimate(&*cx.backend, cx.mailbox, folder.id, view, now).await?;
    let collection = wire::Estimate {
        class: class.name().map(str::to_owned),
        collection_id: wanted.collection_id.clone(),
        estimate: Some(u32::try_from(count).unwrap_or(u32::MAX)),
    };
    Ok(wire::Estimated { status: status::SUCCESS, collection: Some(collection) })
}
