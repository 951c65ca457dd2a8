//! Fetch ([MS-ASCMD] 2.2.3.67.1): an item by its folder and id or by a search's id, or an attachment.

use std::collections::HashSet;
use std::sync::Arc;

use fieldpost_domain::ItemId;
use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::id::ServerId;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Element as _, Tags};
use fieldpost_eas::command::item_operations::request::{Fetch, FetchOptions, byte_range};
use fieldpost_eas::command::item_operations::response::{Fetched, File, Properties};
use fieldpost_eas::item::Item;
use fieldpost_eas::page::item_operations::PROPERTIES;
use fieldpost_eas::status::{Common, item_operations as status};
use fieldpost_eas::wbxml::{Limits, Node, Writer};

use super::{Parts, attachment, document};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;
use crate::activesync::item::show::{self, View};
use crate::activesync::item::{body, poison};

/// Carries one Fetch out.
pub async fn fetch(cx: &Context, wanted: Fetch, parts: &mut Parts) -> Result<Fetched, Fault> {
    let mut class = None;
    let outcome = match &wanted.file_reference {
        _ if wanted.remove_rights_management_protection.is_some() => {
            Err(Common::RightsManagementDisabled.code())
        }
        _ if wanted.store.eq_ignore_ascii_case("DocumentLibrary") => {
            document::fetch(cx, &wanted, parts).await?
        }
        _ if !wanted.store.eq_ignore_ascii_case("Mailbox") => Err(status::UNKNOWN_STORE),
        Some(reference) => file(cx, reference, wanted.options.as_ref(), parts).await?,
        None => item(cx, &wanted, parts, &mut class).await?,
    };
    let (status, properties) = match outcome {
        Ok(properties) => (status::SUCCESS, Some(properties)),
        Err(status) => (status, None),
    };
    let mut fetched = Fetched {
        status,
        collection_id: wanted.collection_id,
        server_id: wanted.server_id,
        long_id: wanted.long_id,
        class: class.map(str::to_owned),
        link_id: wanted.link_id,
        file_reference: wanted.file_reference,
        properties,
    };
    parts.move_out(&mut fetched);
    let schema = wanted.options.and_then(|options| options.schema);
    if let (Some(schema), Some(Properties::Item(item))) = (schema, &mut fetched.properties) {
        keep_only(item, &schema, cx.version);
    }
    Ok(fetched)
}

async fn file(
    cx: &Context,
    reference: &str,
    options: Option<&FetchOptions>,
    parts: &mut Parts,
) -> Result<Result<Properties, u8>, Fault> {
    let range = options.and_then(|options| options.range.clone());
    // MS-ASCMD_R3573
    if options.is_some_and(|options| *options != FetchOptions { range: range.clone(), ..Default::default() })
    {
        return Ok(Err(status::PROTOCOL_ERROR));
    }
    let Some(found) = attachment::find(cx, reference).await? else {
        return Ok(Err(status::INVALID_ATTACHMENT));
    };
    if !attachment::is_allowed(cx, found.bytes.len()) {
        return Ok(Err(status::ACCESS_DENIED));
    }
    let total = u32::try_from(found.bytes.len()).unwrap_or(u32::MAX);
    let mut file = File { total: Some(total), content_type: Some(found.content_type), ..File::default() };
    let mut bytes = found.bytes;
    if let Some(range) = range {
        let Some(range) = byte_range(&range).filter(|range| *range.start() < total) else {
            return Ok(Err(if total == 0 { status::EMPTY_FILE } else { status::INVALID_RANGE }));
        };
        let (first, last) = (*range.start(), (*range.end()).min(total - 1));
        file.range = Some(format!("{first}-{last}"));
        bytes.truncate(last as usize + 1);
        bytes.drain(..first as usize);
    }
    if !parts.take(bytes.len()) {
        return Ok(Err(status::TOO_LARGE));
    }
    file.data = Some(Base64(bytes));
    Ok(Ok(Properties::File(file)))
}

async fn item(
    cx: &Context,
    wanted: &Fetch,
    parts: &mut Parts,
    class: &mut Option<&'static str>,
) -> Result<Result<Properties, u8>, Fault> {
    let (folder, id) = match find(cx, wanted).await? {
        Ok(found) => found,
        Err(status) => return Ok(Err(status)),
    };
    let options = match body_options(wanted.options.as_ref(), cx.version) {
        Ok(options) => options,
        Err(status) => return Ok(Err(status)),
    };
    let Some(item) = cx.backend.fetch(cx.mailbox, &[id]).await?.pop() else {
        return Ok(Err(status::NOT_FOUND));
    };
    if !parts.take(item.content.len()) {
        return Ok(Err(status::TOO_LARGE));
    }
    let view = Arc::new(View::new(cx, options));
    let converted = show::convert(folder.kind.class(), vec![item], &view).await?;
    poison::record(cx, &folder, &converted).await?;
    let Some(item) = converted.into_iter().find_map(|(_, outcome)| outcome.ok()) else {
        return Ok(Err(status::CONVERSION_FAILED));
    };
    *class = folder.kind.class().name();
    Ok(Ok(Properties::Item(item)))
}

/// The item that a request names, and the folder that it lies in: in a folder, or anywhere by its
/// `LongId`, which is its `ServerId`.
async fn find(cx: &Context, wanted: &Fetch) -> Result<Result<(Folder, ItemId), u8>, Fault> {
    let (folder, id) = match (&wanted.collection_id, &wanted.server_id, &wanted.long_id) {
        (None, None, Some(long)) => (None, long),
        (Some(folder), Some(id), None) => (Some(folder), id),
        _ => return Ok(Err(status::PROTOCOL_ERROR)),
    };
    let Ok(id) = id.parse::<ServerId>() else { return Ok(Err(status::NOT_FOUND)) };
    let folders = hierarchy::visible(cx).await?;
    let Some(meta) = cx.backend.metas(cx.mailbox, &[id.item]).await?.pop() else {
        return Ok(Err(status::NOT_FOUND));
    };
    // MS-ASCMD_R196: not in the recipient cache.
    let is_open = |folder: &Folder| folder.kind.class() != Class::Other;
    let lies_in = folders.into_iter().find(|known| known.id == meta.folder).filter(is_open);
    let lies_in = lies_in.filter(|lies_in| match folder {
        None => true,
        Some(named) => *named == lies_in.id.to_string() && id.folder == lies_in.id,
    });
    Ok(lies_in.map(|folder| (folder, id.item)).ok_or(status::NOT_FOUND))
}

/// How the phone wants the item.
fn body_options(options: Option<&FetchOptions>, version: Version) -> Result<BodyOptions, u8> {
    let mut body = match options {
        None => BodyOptions::new(version),
        Some(options) => {
            let kinds: HashSet<_> =
                options.body_preferences.iter().map(|preference| preference.r#type).collect();
            if options.range.is_some() || kinds.len() != options.body_preferences.len() {
                return Err(status::PROTOCOL_ERROR);
            }
            let part = options.body_part_preference.as_ref();
            let (mime, wishes) = (options.mime_support, &options.body_preferences);
            body::options(version, mime, wishes, part, status::PROTOCOL_ERROR)?
        }
    };
    body.bodies = true;
    Ok(body)
}

/// Leaves the properties of the schema alone.
fn keep_only(item: &mut Item, schema: &Tags, version: Version) {
    let mut w = Writer::new(version);
    item.write(PROPERTIES, &mut w);
    // What was just written can be read; otherwise, the whole item does no harm.
    if let Ok(node) = Node::parse(&w.finish(), Limits::default()) {
        let wanted = |node: &Node| schema.0.contains(&node.tag);
        *item = Item::Other(node.into_children().into_iter().filter(wanted).collect());
    }
}
