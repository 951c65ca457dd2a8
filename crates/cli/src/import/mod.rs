//! `fieldpost import`: brings mail, calendars and contacts that lie in files into an account.
//!
//! [`source`] finds the files, [`maildir`], [`mbox`] and [`object`] take them apart, [`message`]
//! makes items of them, [`folder`] says where they go. Items are delivered in batches, each one transaction. Each item
//! bears the digest of its bytes as origin, so that an import that was interrupted is just run again.

pub mod command;

mod folder;
mod maildir;
mod mbox;
pub mod message;
mod object;
mod received;
mod report;
mod source;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use fieldpost_domain::backend::{Backend, DeliverTo};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::NewItem;
use fieldpost_domain::{FolderId, MailboxId};
use fieldpost_store::{Account, Delivery, Store, StoreError};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use self::folder::Folders;
use self::message::Hints;
pub use self::report::{Refusal, Report};
use self::source::{Kind, Source};
use crate::exit::Failure;

/// Greatest message that is taken.
const MAX_MESSAGE: usize = 256 * 1024 * 1024;
/// A batch is delivered when it has so many messages or bytes.
const BATCH_MESSAGES: usize = 200;
const BATCH_BYTES: usize = 8 * 1024 * 1024;

/// What to import, and how.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// A maildir, an mbox file, a message file, a calendar or card file, or a folder of these.
    pub path: PathBuf,
    /// All items go into this folder, `Work/2024`; none: folders of mail are kept, and what is no mail
    /// goes into the default folder of its class.
    pub folder: Option<String>,
    /// Folders to be named otherwise: from, to.
    pub renamed: Vec<(String, String)>,
    /// All messages count as read.
    pub read: bool,
}

/// Imports into the account's mailbox.
///
/// # Errors
/// The path can't be read, or the store is in trouble: what was delivered before stays, and the import
/// can be run again. What is wrong with a single file or message is in the report instead.
pub async fn import(
    store: &Store,
    account: &Account,
    plan: &Plan,
    bar: &ProgressBar,
    now: Timestamp,
) -> Result<Report, Failure> {
    let (sources, refused) = source::discover(&plan.path)
        .map_err(|error| Failure::usage(format!("{}: can't be read: {error}", plan.path.display())))?;
    bar.set_length(sources.iter().map(|source| source.size).sum());
    let mailbox = MailboxId(account.id.0);
    let mut import = Import {
        store,
        mailbox,
        folders: Folders::new(store, mailbox, &plan.renamed).await?,
        report: Report { refused, ..Report::default() },
        batch: Vec::new(),
        batch_bytes: 0,
        plan,
        now,
        bar,
    };
    for source in &sources {
        import.source(source).await?;
    }
    import.flush().await?;
    bar.finish_and_clear();
    Ok(import.report)
}

/// The progress of an import, drawn on a terminal and nowhere else.
pub fn progress() -> ProgressBar {
    let template = "{bar:30} {bytes}/{total_bytes}  {msg}  {eta} to go";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

/// A message that waits for its batch.
struct Pending {
    path: PathBuf,
    number: Option<u64>,
    delivery: Delivery,
}

struct Import<'a> {
    store: &'a Store,
    mailbox: MailboxId,
    folders: Folders<'a>,
    report: Report,
    batch: Vec<Pending>,
    batch_bytes: usize,
    plan: &'a Plan,
    now: Timestamp,
    bar: &'a ProgressBar,
}

impl Import<'_> {
    async fn source(&mut self, source: &Source) -> Result<(), Failure> {
        let read = match source.kind {
            Kind::Object => self.objects(source).await,
            kind => {
                let folder = match &self.plan.folder {
                    Some(folder) => folder::parts(folder),
                    None => source.folder.clone(),
                };
                let folder = self.folders.at(&folder).await?;
                match kind {
                    Kind::Mbox => self.mbox(source, folder).await,
                    _ => self.single(source, folder).await,
                }
            }
        };
        self.bar.inc(if source.kind == Kind::Mbox { 0 } else { source.size });
        match read {
            Ok(()) => Ok(()),
            Err(Trouble::File(error)) => {
                self.report.refused.push(Refusal::new(&source.path, error));
                Ok(())
            }
            Err(Trouble::Ours(failure)) => Err(failure),
        }
    }

    /// The items of a calendar or card file, each in the folder of its class.
    async fn objects(&mut self, source: &Source) -> Result<(), Trouble> {
        let mut content = Vec::new();
        let file = File::open(&source.path)?;
        io::Read::take(file, MAX_MESSAGE as u64 + 1).read_to_end(&mut content)?;
        if content.len() > MAX_MESSAGE {
            let reason = format!("is greater than {} MiB", MAX_MESSAGE >> 20);
            self.report.refused.push(Refusal::new(&source.path, reason));
            return Ok(());
        }
        let pieces = object::pieces(&content);
        let several = pieces.len() > 1;
        for (number, piece) in (1..).zip(pieces) {
            let number = several.then_some(number);
            match piece {
                Ok((class, content)) => {
                    let folder = self.folders.of_class(class, self.plan.folder.as_deref()).await;
                    let folder = folder.map_err(Failure::from)?;
                    self.put(&source.path, number, folder, message::object(class, content, self.now)).await?;
                }
                Err(reason) => {
                    self.report.refused.push(Refusal::message(&source.path, number, reason));
                }
            }
        }
        Ok(())
    }

    async fn single(&mut self, source: &Source, folder: (FolderId, FolderType)) -> Result<(), Trouble> {
        let mut file = File::open(&source.path)?;
        let flags = match source.kind {
            Kind::Maildir => source.path.file_name().map(|name| maildir::flags(&name.to_string_lossy())),
            Kind::Message | Kind::Mbox | Kind::Object => None,
        };
        let modified = file.metadata()?.modified().ok();
        let mut content = Vec::new();
        io::Read::take(&mut file, MAX_MESSAGE as u64 + 1).read_to_end(&mut content)?;
        let hints = Hints { flags, from_line: None, modified, read: self.plan.read };
        self.take(&source.path, None, Some(content), hints, folder).await
    }

    async fn mbox(&mut self, source: &Source, folder: (FolderId, FolderType)) -> Result<(), Trouble> {
        let file = File::open(&source.path)?;
        let modified = file.metadata()?.modified().ok();
        let bar = self.bar.clone();
        for message in mbox::Messages::new(BufReader::new(bar.wrap_read(file)), MAX_MESSAGE) {
            let message = message?;
            let hints = Hints { flags: None, from_line: message.received, modified, read: self.plan.read };
            self.take(&source.path, Some(message.number), message.content, hints, folder).await?;
        }
        Ok(())
    }

    /// Puts a message into the batch, or refuses it.
    async fn take(
        &mut self,
        path: &Path,
        number: Option<u64>,
        content: Option<Vec<u8>>,
        hints: Hints,
        (mut folder, mut kind): (FolderId, FolderType),
    ) -> Result<(), Trouble> {
        let refuse = |reason: String| Refusal::message(path, number, reason);
        let content = match content {
            Some(content) if content.is_empty() => {
                self.report.refused.push(refuse("is empty".to_owned()));
                return Ok(());
            }
            Some(content) if content.len() <= MAX_MESSAGE => content,
            _ => {
                self.report.refused.push(refuse(format!("is greater than {} MiB", MAX_MESSAGE >> 20)));
                return Ok(());
            }
        };
        if self.plan.folder.is_none() && message::is_trashed(&content, hints) {
            (folder, kind) = self.folders.default(FolderType::DeletedItems).map_err(Failure::from)?;
        }
        let item = message::item(content, hints, kind, self.now);
        self.put(path, number, folder, item).await
    }

    /// Puts an item into the batch.
    async fn put(
        &mut self,
        path: &Path,
        number: Option<u64>,
        folder: FolderId,
        item: NewItem,
    ) -> Result<(), Trouble> {
        self.batch_bytes += item.content.len();
        let delivery = Delivery { mailbox: self.mailbox, folder: DeliverTo::Folder(folder), item };
        self.batch.push(Pending { path: path.to_owned(), number, delivery });
        if self.batch.len() >= BATCH_MESSAGES || self.batch_bytes >= BATCH_BYTES {
            self.flush().await?;
        }
        Ok(())
    }

    /// Delivers the batch. If the store does not take it as a whole, each message of it by itself, so
    /// that one that can't be taken holds up no other.
    async fn flush(&mut self) -> Result<(), Failure> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        if batch.is_empty() {
            return Ok(());
        }
        let deliveries = batch.iter().map(|pending| pending.delivery.clone()).collect();
        match self.deliver(deliveries).await? {
            Taken::Yes => {}
            Taken::No(_) => {
                for pending in batch {
                    if let Taken::No(reason) = self.deliver(vec![pending.delivery]).await? {
                        self.report.refused.push(Refusal::message(&pending.path, pending.number, reason));
                    }
                }
            }
        }
        self.bar.set_message(format!("{} items", self.report.added + self.report.known));
        Ok(())
    }

    async fn deliver(&mut self, deliveries: Vec<Delivery>) -> Result<Taken, Failure> {
        let before = self.store.modseq(self.mailbox).await?;
        let metas = match self.store.deliver(deliveries).await {
            Ok(metas) => metas,
            Err(StoreError::Limit(reason)) => return Ok(Taken::No(reason)),
            Err(error) => return Err(error.into()),
        };
        let mut new = HashSet::new();
        for meta in metas {
            // An item that was there has the counter's value of an earlier time.
            if meta.modseq > before && new.insert(meta.id) {
                self.report.added += 1;
            } else {
                self.report.known += 1;
            }
        }
        Ok(Taken::Yes)
    }
}

/// Whether the store took a batch.
enum Taken {
    Yes,
    /// Something in it can't be held.
    No(&'static str),
}

/// What keeps a file from being read to its end.
enum Trouble {
    /// The file's own trouble: the next one may be better.
    File(io::Error),
    /// Ours: nothing more can be imported.
    Ours(Failure),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::File(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Ours(failure)
    }
}
