//! The folder hierarchy as the device of a request knows it: loading, storing and naming the states
//! that [`fieldpost_domain::hierarchy`] keeps. Shared by FolderSync, FolderCreate, FolderUpdate and
//! FolderDelete, each of which holds [`crate::locks::Locks::hierarchy`] meanwhile.

use fieldpost_domain::FolderId;
use fieldpost_domain::folder::{Class, Folder, FolderType};
use fieldpost_domain::hierarchy::Hierarchy;
use fieldpost_eas::Version;
use tracing::warn;

use super::context::Context;
use super::fault::Fault;
use crate::entropy::token;

/// Under which name the store keeps it, beside the collections' states.
const COLLECTION: &str = "hierarchy";

/// The folders that a phone of the request's version may see.
pub async fn visible(cx: &Context) -> Result<Vec<Folder>, Fault> {
    let folders = cx.backend.folders(cx.mailbox).await?;
    Ok(folders.into_iter().filter(|folder| is_visible(folder, cx.version)).collect())
}

/// Notes and the recipient cache came with 14.0 ([MS-ASCMD] 2.2.3.186.3). No version can synchronise a
/// journal.
fn is_visible(folder: &Folder, version: Version) -> bool {
    if matches!(folder.kind, FolderType::Journal | FolderType::UserJournal) {
        return false;
    }
    let newer = folder.kind.class() == Class::Notes || folder.kind == FolderType::RecipientCache;
    !newer || version >= Version::V14_0
}

/// The folder with this `ServerId`.
pub fn find<'a>(folders: &'a [Folder], server_id: &str) -> Option<&'a Folder> {
    let id = FolderId::parse(server_id)?;
    folders.iter().find(|folder| folder.id == id)
}

/// Where a folder is to lie.
pub enum Parent<'a> {
    /// At the root.
    Root,
    /// In this folder.
    Folder(&'a Folder),
    /// In one that does not exist.
    Missing,
}

/// The folder that a `ParentId` names; `0` is the root.
pub fn parent<'a>(folders: &'a [Folder], parent_id: &str) -> Parent<'a> {
    match parent_id {
        "0" => Parent::Root,
        id => find(folders, id).map_or(Parent::Missing, Parent::Folder),
    }
}

/// The `ParentId` of a folder that lies there.
pub fn parent_id(parent: Option<FolderId>) -> String {
    parent.map_or_else(|| "0".to_owned(), |parent| parent.to_string())
}

/// Whether a folder may be called that: 1 to 256 characters, none of them a control character
/// ([MS-ASCMD] 2.2.3.48.2).
pub fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= 256 && !name.chars().any(char::is_control)
}

/// The state with the folders that a phone with this key knows; none where the key is not one of the
/// last two.
pub fn at(state: Option<Hierarchy>, key: &str) -> Option<(Hierarchy, Vec<Folder>)> {
    let state = state?;
    let known = state.known(key)?.to_vec();
    Some((state, known))
}

/// Whether the last that the device was told of the hierarchy is not what it is now. A device that
/// was never told of it is not behind.
pub async fn is_behind(cx: &Context, now: &[Folder]) -> Result<bool, Fault> {
    let state = load(cx).await?;
    Ok(state.is_some_and(|state| state.known(state.key()) != Some(now)))
}

/// What the device knows; none: it has to start with key 0.
pub async fn load(cx: &Context) -> Result<Option<Hierarchy>, Fault> {
    let Some(bytes) = cx.app.store.sync_state(cx.account.id, cx.device_id(), COLLECTION).await? else {
        return Ok(None);
    };
    match Hierarchy::from_bytes(&bytes) {
        Ok(hierarchy) => Ok(Some(hierarchy)),
        Err(error) => {
            warn!(account = %cx.account.address, device = cx.device_id(), %error, "it starts again");
            Ok(None)
        }
    }
}

/// The device is told of everything. Gives the key that stands for it.
pub async fn start(cx: &Context, folders: Vec<Folder>) -> Result<String, Fault> {
    let state = Hierarchy::start(load(cx).await?, folders, token(&*cx.app.entropy));
    store(cx, &state).await?;
    Ok(state.key().to_owned())
}

/// A device with the key `from` is told of `folders`. Gives the key that it has then.
pub async fn advance(
    cx: &Context,
    state: &mut Hierarchy,
    from: &str,
    folders: Vec<Folder>,
) -> Result<String, Fault> {
    let before = state.clone();
    let key = state.advance(from, folders, token(&*cx.app.entropy)).to_owned();
    if *state != before {
        store(cx, state).await?;
    }
    Ok(key)
}

async fn store(cx: &Context, state: &Hierarchy) -> Result<(), Fault> {
    if cx.is_trial() {
        return Ok(());
    }
    let bytes = state.to_bytes().map_err(|error| Fault::Unavailable(Box::new(error)))?;
    cx.app.store.put_sync_states(cx.account.id, cx.device_id(), &[(COLLECTION, &bytes)]).await?;
    Ok(())
}
