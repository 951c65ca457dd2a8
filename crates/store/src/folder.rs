//! Folders: the hierarchy of a mailbox.

use std::collections::HashMap;

use fieldpost_domain::folder::{Folder, FolderType};
use fieldpost_domain::{FolderId, MailboxId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyExecutor, Row};

use crate::item::{number, remove};
use crate::write::Write;
use crate::{Store, StoreError, conversation};

/// The type with this number.
pub(crate) fn kind(number: i64) -> Result<FolderType, StoreError> {
    u8::try_from(number)
        .ok()
        .and_then(FolderType::from_number)
        .ok_or_else(|| StoreError::Damaged("the type of a folder is unknown".to_owned()))
}

fn folder(row: &AnyRow) -> Result<Folder, StoreError> {
    Ok(Folder {
        id: FolderId(number(row, 0)?),
        parent: Some(number(row, 1)?).filter(|&parent| parent != 0).map(FolderId),
        name: row.try_get(2)?,
        kind: kind(row.try_get(3)?)?,
    })
}

/// What names are compared by.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn parent_column(parent: Option<FolderId>) -> i64 {
    parent.map_or(0, |parent| parent.0.into())
}

/// All folders of a mailbox, by number.
async fn all<'c>(executor: impl AnyExecutor<'c>, mailbox: MailboxId) -> Result<Vec<Folder>, StoreError> {
    let rows = sqlx::query(
        "SELECT folder_id, parent_id, name, kind FROM folder WHERE mailbox_id = $1 ORDER BY folder_id",
    )
    .bind(mailbox.0)
    .fetch_all(executor)
    .await?;
    rows.iter().map(folder).collect()
}

/// The folder with this number.
async fn find<'c>(
    executor: impl AnyExecutor<'c>,
    mailbox: MailboxId,
    id: FolderId,
) -> Result<Option<Folder>, StoreError> {
    let row = sqlx::query(
        "SELECT folder_id, parent_id, name, kind FROM folder WHERE mailbox_id = $1 AND folder_id = $2",
    )
    .bind(mailbox.0)
    .bind(i64::from(id.0))
    .fetch_optional(executor)
    .await?;
    row.as_ref().map(folder).transpose()
}

/// The folder, which must exist.
pub(crate) async fn require(
    conn: &mut AnyConnection,
    mailbox: MailboxId,
    id: FolderId,
) -> Result<Folder, StoreError> {
    find(conn, mailbox, id).await?.ok_or(StoreError::NoSuchFolder(id))
}

/// The default folder of a type. They were made first and have the smallest numbers.
pub(crate) async fn default(
    conn: &mut AnyConnection,
    mailbox: MailboxId,
    kind: FolderType,
) -> Result<FolderId, StoreError> {
    let row = sqlx::query(
        "SELECT folder_id FROM folder WHERE mailbox_id = $1 AND kind = $2 ORDER BY folder_id LIMIT 1",
    )
    .bind(mailbox.0)
    .bind(i64::from(kind.number()))
    .fetch_optional(conn)
    .await?
    .ok_or_else(|| StoreError::Damaged(format!("mailbox {mailbox} lacks a default folder")))?;
    Ok(FolderId(number(&row, 0)?))
}

/// Whether another folder than `except` has the name there.
async fn name_taken(
    conn: &mut AnyConnection,
    mailbox: MailboxId,
    parent: Option<FolderId>,
    name: &str,
    except: Option<FolderId>,
) -> Result<bool, StoreError> {
    let row =
        sqlx::query("SELECT folder_id FROM folder WHERE mailbox_id = $1 AND parent_id = $2 AND folded = $3")
            .bind(mailbox.0)
            .bind(parent_column(parent))
            .bind(folded(name))
            .fetch_optional(conn)
            .await?;
    match row {
        Some(row) => Ok(Some(FolderId(number(&row, 0)?)) != except),
        None => Ok(false),
    }
}

async fn insert(
    write: &mut Write,
    mailbox: MailboxId,
    parent: Option<FolderId>,
    name: &str,
    kind: FolderType,
) -> Result<FolderId, StoreError> {
    let id = write.next_folder(mailbox)?;
    let modseq = write.next_modseq(mailbox)?;
    sqlx::query(
        "INSERT INTO folder (mailbox_id, folder_id, parent_id, name, folded, kind, modseq) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(mailbox.0)
    .bind(i64::from(id.0))
    .bind(parent_column(parent))
    .bind(name)
    .bind(folded(name))
    .bind(i64::from(kind.number()))
    .bind(modseq.0.cast_signed())
    .execute(write.conn())
    .await?;
    write.touch_hierarchy(mailbox);
    Ok(id)
}

/// Makes the default folders of a new mailbox.
pub(crate) async fn insert_defaults(write: &mut Write, mailbox: MailboxId) -> Result<(), StoreError> {
    for (kind, name) in FolderType::DEFAULT {
        insert(write, mailbox, None, name, kind).await?;
    }
    Ok(())
}

/// The folders within a folder, at any depth, children after their parents.
fn within(folders: &[Folder], id: FolderId) -> Vec<FolderId> {
    let mut found = vec![id];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(folders.iter().filter(|folder| folder.parent == Some(parent)).map(|folder| folder.id));
        next += 1;
    }
    found.remove(0);
    found
}

/// Deletes one folder with what is in it, other than folders.
async fn drop_folder(write: &mut Write, mailbox: MailboxId, id: FolderId) -> Result<(), StoreError> {
    remove::purge(write, mailbox, id).await?;
    conversation::forget_folder(write, mailbox, id).await?;
    sqlx::query("DELETE FROM folder WHERE mailbox_id = $1 AND folder_id = $2")
        .bind(mailbox.0)
        .bind(i64::from(id.0))
        .execute(write.conn())
        .await?;
    write.next_modseq(mailbox)?;
    write.touch(mailbox, id, false);
    write.touch_hierarchy(mailbox);
    Ok(())
}

impl Store {
    /// `NoSuchFolder` where it does not exist.
    pub(crate) async fn folder_exists(&self, mailbox: MailboxId, id: FolderId) -> Result<(), StoreError> {
        find(&self.db.read, mailbox, id).await?.map(drop).ok_or(StoreError::NoSuchFolder(id))
    }

    pub(crate) async fn list_folders(&self, mailbox: MailboxId) -> Result<Vec<Folder>, StoreError> {
        let folders = all(&self.db.read, mailbox).await?;
        if folders.is_empty() {
            return Err(StoreError::NoSuchMailbox(mailbox));
        }
        Ok(parents_first(folders))
    }

    pub(crate) async fn make_folder(
        &self,
        mailbox: MailboxId,
        parent: Option<FolderId>,
        name: &str,
        kind: FolderType,
    ) -> Result<FolderId, StoreError> {
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox]).await?;
            if kind.is_default() {
                let there = default(write.conn(), mailbox, kind).await?;
                return Err(StoreError::DefaultFolder(there));
            }
            if let Some(parent) = parent {
                find(write.conn(), mailbox, parent).await?.ok_or(StoreError::NoSuchParent)?;
            }
            if name_taken(write.conn(), mailbox, parent, name, None).await? {
                return Err(StoreError::NameTaken);
            }
            let id = insert(&mut write, mailbox, parent, name, kind).await?;
            write.commit().await?;
            Ok(id)
        };
        self.db.retry(attempt).await
    }

    pub(crate) async fn change_folder(
        &self,
        mailbox: MailboxId,
        id: FolderId,
        parent: Option<FolderId>,
        name: &str,
    ) -> Result<(), StoreError> {
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox]).await?;
            let folders = all(write.conn(), mailbox).await?;
            let now = folders.iter().find(|folder| folder.id == id).ok_or(StoreError::NoSuchFolder(id))?;
            if now.kind.is_default() {
                return Err(StoreError::DefaultFolder(id));
            }
            if let Some(parent) = parent {
                let exists = folders.iter().any(|folder| folder.id == parent);
                if !exists || parent == id || within(&folders, id).contains(&parent) {
                    return Err(StoreError::NoSuchParent);
                }
            }
            if name_taken(write.conn(), mailbox, parent, name, Some(id)).await? {
                return Err(StoreError::NameTaken);
            }
            if now.parent == parent && now.name == name {
                return Ok(());
            }
            let modseq = write.next_modseq(mailbox)?;
            sqlx::query(
                "UPDATE folder SET parent_id = $3, name = $4, folded = $5, modseq = $6 \
                 WHERE mailbox_id = $1 AND folder_id = $2",
            )
            .bind(mailbox.0)
            .bind(i64::from(id.0))
            .bind(parent_column(parent))
            .bind(name)
            .bind(folded(name))
            .bind(modseq.0.cast_signed())
            .execute(write.conn())
            .await?;
            write.touch_hierarchy(mailbox);
            write.commit().await
        };
        self.db.retry(attempt).await
    }

    pub(crate) async fn remove_folder(&self, mailbox: MailboxId, id: FolderId) -> Result<(), StoreError> {
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox]).await?;
            let folder = require(write.conn(), mailbox, id).await?;
            if folder.kind.is_default() {
                return Err(StoreError::DefaultFolder(id));
            }
            let folders = all(write.conn(), mailbox).await?;
            for child in within(&folders, id) {
                drop_folder(&mut write, mailbox, child).await?;
            }
            drop_folder(&mut write, mailbox, id).await?;
            write.commit().await
        };
        self.db.retry(attempt).await
    }

    pub(crate) async fn clear_folder(
        &self,
        mailbox: MailboxId,
        id: FolderId,
        with_subfolders: bool,
    ) -> Result<(), StoreError> {
        let attempt = || async {
            let mut write = Write::begin(&self.db, &[mailbox]).await?;
            require(write.conn(), mailbox, id).await?;
            if with_subfolders {
                let folders = all(write.conn(), mailbox).await?;
                for child in within(&folders, id) {
                    drop_folder(&mut write, mailbox, child).await?;
                }
            }
            remove::empty(&mut write, mailbox, id).await?;
            write.commit().await
        };
        self.db.retry(attempt).await
    }
}

/// Puts parents before their children, otherwise by number.
fn parents_first(folders: Vec<Folder>) -> Vec<Folder> {
    let mut children: HashMap<Option<FolderId>, Vec<Folder>> = HashMap::new();
    let mut sorted = Vec::with_capacity(folders.len());
    for folder in folders {
        children.entry(folder.parent).or_default().push(folder);
    }
    sorted.extend(children.remove(&None).unwrap_or_default());
    let mut next = 0;
    while let Some(parent) = sorted.get(next).map(|folder| folder.id) {
        sorted.extend(children.remove(&Some(parent)).unwrap_or_default());
        next += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(pairs: &[(u32, u32)]) -> Vec<Folder> {
        let folder = |&(id, parent): &(u32, u32)| Folder {
            id: FolderId(id),
            parent: Some(parent).filter(|&p| p != 0).map(FolderId),
            name: id.to_string(),
            kind: FolderType::UserMail,
        };
        pairs.iter().map(folder).collect()
    }

    #[test]
    fn parents_come_first() {
        let sorted = parents_first(tree(&[(1, 0), (2, 4), (3, 2), (4, 0), (5, 1)]));
        assert_eq!(sorted.iter().map(|f| f.id.0).collect::<Vec<_>>(), [1, 4, 5, 2, 3]);
    }

    #[test]
    fn what_lies_within() {
        let folders = tree(&[(1, 0), (2, 4), (3, 2), (4, 0), (5, 1)]);
        assert_eq!(within(&folders, FolderId(4)), [FolderId(2), FolderId(3)]);
        assert_eq!(within(&folders, FolderId(3)), []);
    }
}
