//! Random histories of a mailbox, beside a model of it in memory that is too simple to be wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use fieldpost_domain::backend::{Change, DeliverTo, Edited, Moved};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::{Conversation, Edit, ItemMeta, MailState, Marks, NewItem, Replacement, Shown};
use fieldpost_domain::{Backend, BackendError, FolderId, ItemId, MailboxId, Modseq, Position};
use fieldpost_store::Delivery;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Handle;

use crate::bed::{Bed, mail};

crate::suite!(like_its_model);

#[derive(Debug, Clone)]
enum Step {
    Append { folder: usize, received: i64, conversation: u8, origin: Option<u8> },
    Arrive { received: i64, conversation: u8 },
    Edit { item: usize, wrong_folder: bool, read: bool, categories: u8 },
    Replace { item: usize, wrong_folder: bool, stale: bool, sort: i64 },
    Delete { folder: usize, items: Vec<usize> },
    Move { item: usize, source: usize, destination: usize, right_source: bool },
    MoveConversation { conversation: u8, destination: usize },
    Empty { folder: usize, with_subfolders: bool },
    CreateFolder { parent: Option<usize>, name: u8 },
    UpdateFolder { folder: usize, parent: Option<usize>, name: u8 },
    DeleteFolder { folder: usize },
}

fn step() -> impl Strategy<Value = Step> {
    // Numbers choose among the folders and items that exist, or existed.
    let folder = || 0usize..8;
    let item = || 0usize..24;
    prop_oneof![
        8 => (folder(), 0i64..5, 0u8..3, proptest::option::weighted(0.3, 0u8..6)).prop_map(
            |(folder, received, conversation, origin)| Step::Append { folder, received, conversation, origin }
        ),
        3 => (0i64..5, 0u8..3)
            .prop_map(|(received, conversation)| Step::Arrive { received, conversation }),
        4 => (item(), prop::bool::weighted(0.1), any::<bool>(), 0u8..3).prop_map(
            |(item, wrong_folder, read, categories)| Step::Edit { item, wrong_folder, read, categories }
        ),
        3 => (item(), prop::bool::weighted(0.1), prop::bool::weighted(0.1), 0i64..5).prop_map(
            |(item, wrong_folder, stale, sort)| Step::Replace { item, wrong_folder, stale, sort }
        ),
        2 => (folder(), prop::collection::vec(item(), 0..4))
            .prop_map(|(folder, items)| Step::Delete { folder, items }),
        5 => (item(), folder(), folder(), prop::bool::weighted(0.8)).prop_map(
            |(item, source, destination, right_source)| Step::Move { item, source, destination, right_source }
        ),
        2 => (0u8..3, folder()).prop_map(
            |(conversation, destination)| Step::MoveConversation { conversation, destination }
        ),
        1 => (folder(), any::<bool>())
            .prop_map(|(folder, with_subfolders)| Step::Empty { folder, with_subfolders }),
        2 => (proptest::option::of(folder()), 0u8..4)
            .prop_map(|(parent, name)| Step::CreateFolder { parent, name }),
        1 => (folder(), proptest::option::of(folder()), 0u8..4)
            .prop_map(|(folder, parent, name)| Step::UpdateFolder { folder, parent, name }),
        1 => folder().prop_map(|folder| Step::DeleteFolder { folder }),
    ]
}

/// The mailbox as it should be. Folders 1 to 3 stand for the default ones.
#[derive(Debug)]
struct Model {
    modseq: u64,
    next_item: u32,
    next_folder: u32,
    /// Parent and name.
    folders: BTreeMap<u32, (Option<u32>, String)>,
    items: BTreeMap<u32, (ItemMeta, Option<u8>)>,
    /// By folder and item.
    tombstones: BTreeMap<(u32, u32), u64>,
    /// Where conversations always go.
    rules: BTreeMap<u8, u32>,
}

impl Model {
    fn new() -> Model {
        let names = FolderType::DEFAULT.iter().map(|(_, name)| (None, name.to_lowercase()));
        let folders = (1..).zip(names).collect();
        Model {
            modseq: 11,
            next_item: 1,
            next_folder: 12,
            folders,
            items: BTreeMap::new(),
            tombstones: BTreeMap::new(),
            rules: BTreeMap::new(),
        }
    }

    fn add(&mut self, folder: FolderId, received: i64, conversation: u8, origin: Option<u8>) -> ItemMeta {
        let new = new_item(received, conversation, origin);
        let modseq = self.tick();
        let meta = ItemMeta {
            id: ItemId(self.next_item),
            folder,
            modseq,
            content_modseq: modseq,
            received,
            size: u32::try_from(new.content.len()).unwrap(),
            state: MailState::default(),
            marks: Marks::all(modseq),
            conversation: new.conversation,
        };
        self.next_item += 1;
        self.items.insert(meta.id.0, (meta.clone(), origin));
        meta
    }

    fn tick(&mut self) -> Modseq {
        self.modseq += 1;
        Modseq(self.modseq)
    }

    /// A folder of mail that exists, or one that does not exist (any more).
    fn folder(&self, choice: usize) -> FolderId {
        let mut known: Vec<u32> = vec![1, 2, 3];
        known.extend(12..self.next_folder);
        known.push(self.next_folder);
        FolderId(known[choice % known.len()])
    }

    fn item(&self, choice: usize) -> ItemId {
        ItemId(u32::try_from(choice).unwrap() % self.next_item + 1)
    }

    fn require(&self, folder: FolderId) -> Result<(), String> {
        if self.folders.contains_key(&folder.0) { Ok(()) } else { Err(format!("no folder {folder}")) }
    }

    fn within(&self, folder: u32) -> Vec<u32> {
        let children: Vec<u32> = self
            .folders
            .iter()
            .filter(|(_, (parent, _))| *parent == Some(folder))
            .map(|(id, _)| *id)
            .collect();
        children.iter().flat_map(|child| [vec![*child], self.within(*child)].concat()).collect()
    }

    fn taken(&self, parent: Option<u32>, name: &str, except: u32) -> bool {
        self.folders.iter().any(|(id, (p, n))| *id != except && *p == parent && n == name)
    }

    fn bury(&mut self, folder: u32, items: Vec<u32>) {
        for item in items {
            let modseq = self.tick();
            self.items.remove(&item);
            self.tombstones.insert((folder, item), modseq.0);
        }
    }

    fn lying_in(&self, folder: u32) -> Vec<u32> {
        self.items.values().filter(|(m, _)| m.folder.0 == folder).map(|(m, _)| m.id.0).collect()
    }

    fn drop_folder(&mut self, folder: u32) {
        self.tick();
        self.folders.remove(&folder);
        self.items.retain(|_, (meta, _)| meta.folder.0 != folder);
        self.tombstones.retain(|(place, _), _| *place != folder);
        self.rules.retain(|_, place| *place != folder);
    }

    fn relocate(&mut self, item: u32, destination: FolderId) {
        let modseq = self.tick();
        let meta = &mut self.items.get_mut(&item).unwrap().0;
        let source = std::mem::replace(&mut meta.folder, destination);
        (meta.modseq, meta.content_modseq) = (modseq, modseq);
        self.tombstones.remove(&(destination.0, item));
        self.tombstones.insert((source.0, item), modseq.0);
    }

    fn changes(&self, folder: u32, since: u64) -> Vec<Change> {
        let live =
            self.items.values().filter(|(m, _)| m.folder.0 == folder).map(|(m, _)| Change::Live(m.clone()));
        let gone = self.tombstones.iter().filter(|((place, _), _)| *place == folder);
        let gone =
            gone.map(|((_, item), modseq)| Change::Gone { id: ItemId(*item), modseq: Modseq(*modseq) });
        let mut changes: Vec<_> = live.chain(gone).filter(|change| change.modseq().0 > since).collect();
        changes.sort_by_key(Change::modseq);
        changes
    }
}

/// What a step came to, in words that both sides use.
type Outcome = Result<String, String>;

fn said<T>(outcome: Result<T, BackendError>, show: impl FnOnce(T) -> String) -> Outcome {
    outcome.map(show).map_err(|error| match error {
        BackendError::NoSuchFolder(folder) => format!("no folder {folder}"),
        BackendError::NoSuchItem(item) => format!("no item {item}"),
        BackendError::Stale(item) => format!("stale {item}"),
        BackendError::NoSuchParent => "no parent".to_owned(),
        BackendError::NameTaken => "taken".to_owned(),
        BackendError::DefaultFolder(folder) => format!("default {folder}"),
        other => panic!("{other}"),
    })
}

fn new_item(received: i64, conversation: u8, origin: Option<u8>) -> NewItem {
    NewItem {
        conversation: Conversation { id: [conversation; 16], index: vec![conversation; 5] },
        origin: origin.map(|origin| format!("phone/{origin}")),
        // Some items share their bytes, some don't.
        ..mail(&(received % 3).to_string(), received)
    }
}

fn name(choice: u8) -> String {
    ["Inbox", "one", "Two", "drei"][usize::from(choice)].to_owned()
}

/// Does the step in the model and tells what should come of it.
fn expect(model: &mut Model, step: &Step) -> Outcome {
    match step {
        Step::Append { folder, received, conversation, origin } => {
            let folder = model.folder(*folder);
            model.require(folder)?;
            let same = model.items.values().find(|(_, o)| origin.is_some() && o == origin);
            if let Some((meta, _)) = same {
                return Ok(format!("{meta:?}"));
            }
            Ok(format!("{:?}", model.add(folder, *received, *conversation, *origin)))
        }
        Step::Arrive { received, conversation } => {
            let folder = FolderId(model.rules.get(conversation).copied().unwrap_or(1));
            Ok(format!("{:?}", model.add(folder, *received, *conversation, None)))
        }
        Step::Edit { item, wrong_folder, .. } => {
            let item = model.item(*item);
            let no_item = format!("no item {item}");
            let now = model.modseq;
            let (meta, _) = model.items.get_mut(&item.0).ok_or(no_item.clone())?;
            if *wrong_folder {
                return Err(no_item);
            }
            let next = edit_of(step).apply(&meta.state);
            let before = meta.modseq;
            if next == meta.state {
                return Ok(format!("{:?}", Edited { before, after: before }));
            }
            meta.marks = meta.marks.after(&meta.state, &next, Modseq(now + 1));
            meta.state = next;
            meta.modseq = Modseq(now + 1);
            let after = model.tick();
            Ok(format!("{:?}", Edited { before, after }))
        }
        Step::Replace { item, wrong_folder, stale, sort } => {
            let item = model.item(*item);
            let no_item = format!("no item {item}");
            let now = model.modseq;
            let (meta, _) = model.items.get_mut(&item.0).ok_or(no_item.clone())?;
            if *wrong_folder {
                return Err(no_item);
            }
            if *stale {
                return Err(format!("stale {item}"));
            }
            let before = meta.modseq;
            if meta.received % 3 == sort % 3 {
                return Ok(format!("{:?}", Edited { before, after: before }));
            }
            let after = Modseq(now + 1);
            (meta.modseq, meta.content_modseq, meta.received) = (after, after, *sort);
            model.tick();
            Ok(format!("{:?}", Edited { before, after }))
        }
        Step::Delete { folder, items } => {
            let folder = model.folder(*folder);
            model.require(folder)?;
            let mut items: Vec<u32> = items.iter().map(|item| model.item(*item).0).collect();
            items.retain(|item| model.items.get(item).is_some_and(|(meta, _)| meta.folder == folder));
            items.sort_unstable();
            items.dedup();
            model.bury(folder.0, items);
            Ok(String::new())
        }
        Step::Move { item, destination, .. } => {
            let item = model.item(*item);
            let (source, destination) = (source_of(model, step), model.folder(*destination));
            model.require(destination)?;
            let (meta, _) = model.items.get(&item.0).ok_or(format!("no item {item}"))?;
            if meta.folder == destination {
                return Ok(format!("{:?}", Moved::AlreadyThere));
            }
            if meta.folder != source {
                return Err(format!("no item {item}"));
            }
            let before = meta.modseq;
            model.relocate(item.0, destination);
            Ok(format!("{:?}", Moved::Done { before }))
        }
        Step::MoveConversation { conversation, destination } => {
            let destination = model.folder(*destination);
            model.require(destination)?;
            let of_it = |meta: &&ItemMeta| meta.conversation.id == [*conversation; 16];
            let all: Vec<ItemMeta> =
                model.items.values().map(|(meta, _)| meta).filter(of_it).cloned().collect();
            if all.is_empty() && !model.rules.contains_key(conversation) {
                return Ok("None".to_owned());
            }
            let elsewhere = || all.iter().filter(|meta| meta.folder != destination);
            elsewhere().for_each(|meta| model.relocate(meta.id.0, destination));
            match destination.0 {
                1 => model.rules.remove(conversation),
                folder => model.rules.insert(*conversation, folder),
            };
            Ok(format!("{:?}", Some(elsewhere().count())))
        }
        Step::Empty { folder, with_subfolders } => {
            let folder = model.folder(*folder);
            model.require(folder)?;
            if *with_subfolders {
                model.within(folder.0).into_iter().for_each(|child| model.drop_folder(child));
            }
            let items = model.lying_in(folder.0);
            model.bury(folder.0, items);
            Ok(String::new())
        }
        Step::CreateFolder { parent, name: choice } => {
            let parent = parent.map(|parent| model.folder(parent).0);
            if parent.is_some_and(|parent| !model.folders.contains_key(&parent)) {
                return Err("no parent".to_owned());
            }
            let name = name(*choice).to_lowercase();
            if model.taken(parent, &name, 0) {
                return Err("taken".to_owned());
            }
            model.tick();
            model.folders.insert(model.next_folder, (parent, name));
            model.next_folder += 1;
            Ok((model.next_folder - 1).to_string())
        }
        Step::UpdateFolder { folder, parent, name: choice } => {
            let folder = model.folder(*folder);
            let parent = parent.map(|parent| model.folder(parent).0);
            model.require(folder)?;
            if folder.0 < 12 {
                return Err(format!("default {folder}"));
            }
            if let Some(parent) = parent
                && (!model.folders.contains_key(&parent)
                    || parent == folder.0
                    || model.within(folder.0).contains(&parent))
            {
                return Err("no parent".to_owned());
            }
            let name = name(*choice).to_lowercase();
            if model.taken(parent, &name, folder.0) {
                return Err("taken".to_owned());
            }
            if model.folders[&folder.0] != (parent, name.clone()) {
                model.tick();
                model.folders.insert(folder.0, (parent, name));
            }
            Ok(String::new())
        }
        Step::DeleteFolder { folder } => {
            let folder = model.folder(*folder);
            model.require(folder)?;
            if folder.0 < 12 {
                return Err(format!("default {folder}"));
            }
            model.within(folder.0).into_iter().for_each(|child| model.drop_folder(child));
            model.drop_folder(folder.0);
            Ok(String::new())
        }
    }
}

fn edit_of(step: &Step) -> Edit {
    let Step::Edit { read, categories, .. } = step else { panic!() };
    let categories = (0..*categories).map(|n| n.to_string()).collect();
    Edit { read: Some(*read), categories: Some(categories), ..Edit::default() }
}

/// The folder that the item lies in, where the step wants the right one.
fn source_of(model: &Model, step: &Step) -> FolderId {
    let Step::Move { item, source, right_source, .. } = step else { panic!() };
    let lies_in = model.items.get(&model.item(*item).0).map(|(meta, _)| meta.folder);
    lies_in.filter(|_| *right_source).unwrap_or(model.folder(*source))
}

/// Does the step in the store. `model` is as it was before, and chooses what is meant.
async fn perform(store: &fieldpost_store::Store, mailbox: MailboxId, model: &Model, step: &Step) -> Outcome {
    let folder = |choice: &usize| model.folder(*choice);
    let nothing = |()| String::new();
    match step {
        Step::Append { folder: choice, received, conversation, origin } => {
            let item = new_item(*received, *conversation, *origin);
            said(store.append(mailbox, folder(choice), item).await, |meta| format!("{meta:?}"))
        }
        Step::Arrive { received, conversation } => {
            let item = new_item(*received, *conversation, None);
            let delivery = Delivery { mailbox, folder: DeliverTo::INBOX, item };
            Ok(format!("{:?}", store.deliver(vec![delivery]).await.unwrap()[0]))
        }
        Step::Edit { item, wrong_folder, .. } => {
            let item = model.item(*item);
            let lies_in = model.items.get(&item.0).map_or(FolderId(1), |(meta, _)| meta.folder);
            let place = if *wrong_folder { FolderId(lies_in.0 + 1) } else { lies_in };
            said(store.edit(mailbox, place, item, &edit_of(step)).await, |edited| format!("{edited:?}"))
        }
        Step::Replace { item, wrong_folder, stale, sort } => {
            let item = model.item(*item);
            let known = model.items.get(&item.0).map(|(meta, _)| (meta.folder, meta.content_modseq));
            let (lies_in, content) = known.unwrap_or((FolderId(1), Modseq(0)));
            let place = if *wrong_folder { FolderId(lies_in.0 + 1) } else { lies_in };
            let new = new_item(*sort, 0, None);
            let expected = Some(if *stale { Modseq(content.0 + 1) } else { content });
            let replacement = Replacement { content: new.content, index: new.index, expected };
            said(store.replace(mailbox, place, item, replacement).await, |edited| format!("{edited:?}"))
        }
        Step::Delete { folder: choice, items } => {
            let items: Vec<_> = items.iter().map(|item| model.item(*item)).collect();
            said(store.delete(mailbox, folder(choice), &items).await, nothing)
        }
        Step::Move { item, destination, .. } => {
            let source = source_of(model, step);
            let moved = store.move_item(mailbox, model.item(*item), source, folder(destination)).await;
            said(moved, |moved| format!("{moved:?}"))
        }
        Step::MoveConversation { conversation, destination } => {
            let moved = store.move_conversation(mailbox, [*conversation; 16], folder(destination)).await;
            said(moved, |count| format!("{count:?}"))
        }
        Step::Empty { folder: choice, with_subfolders } => {
            said(store.empty_folder(mailbox, folder(choice), *with_subfolders).await, nothing)
        }
        Step::CreateFolder { parent, name: choice } => {
            let parent = parent.as_ref().map(folder);
            let made = store.create_folder(mailbox, parent, &name(*choice), FolderType::UserMail).await;
            said(made, |id| id.to_string())
        }
        Step::UpdateFolder { folder: choice, parent, name: new_name } => {
            let parent = parent.as_ref().map(folder);
            said(store.update_folder(mailbox, folder(choice), parent, &name(*new_name)).await, nothing)
        }
        Step::DeleteFolder { folder: choice } => {
            said(store.delete_folder(mailbox, folder(choice)).await, nothing)
        }
    }
}

/// Every question has the model's answer.
async fn compare(store: &fieldpost_store::Store, mailbox: MailboxId, model: &Model) {
    assert_eq!(store.modseq(mailbox).await.unwrap().0, model.modseq);
    let folders = store.folders(mailbox).await.unwrap();
    let plain: BTreeMap<_, _> =
        folders.iter().map(|f| (f.id.0, (f.parent.map(|p| p.0), f.name.to_lowercase()))).collect();
    assert_eq!(plain, model.folders);
    for (index, folder) in folders.iter().enumerate() {
        let before = folders[..index].iter().any(|other| Some(other.id) == folder.parent);
        assert!(folder.parent.is_none() || before, "parents come before children");
    }
    for &folder in model.folders.keys() {
        for since in 0..=model.modseq {
            let wanted = model.changes(folder, since);
            let limit = if since % 3 == 0 { 2 } else { 1000 };
            let found = store.changes(mailbox, FolderId(folder), Modseq(since), limit).await.unwrap();
            assert_eq!(found, wanted[..limit.min(wanted.len())], "folder {folder} since {since}");
        }
        let mut wanted: Vec<_> =
            model.items.values().filter(|(m, _)| m.folder.0 == folder).map(|(m, _)| m.clone()).collect();
        wanted.sort_by_key(|meta| std::cmp::Reverse(meta.position()));
        let (newest, oldest) = (Position::NEWEST, Position::OLDEST);
        let found = store.older(mailbox, FolderId(folder), newest, oldest, 1000).await.unwrap();
        assert_eq!(found, wanted);
        let count = store.count(mailbox, FolderId(folder), newest, oldest, Shown::default()).await.unwrap();
        assert_eq!(count, wanted.len() as u64);
    }
    let all: Vec<_> = (0..=model.next_item).map(ItemId).collect();
    let items = store.fetch(mailbox, &all).await.unwrap();
    assert!(items.iter().map(|item| &item.meta).eq(model.items.values().map(|(meta, _)| meta)));
    for item in items {
        assert_eq!(item.content, new_item(item.meta.received, 0, None).content);
    }
}

async fn like_its_model(bed: Arc<Bed>) {
    // PROPTEST_CASES=1000 looks longer.
    let cases = match std::env::var("PROPTEST_CASES") {
        Ok(cases) => cases.parse().unwrap(),
        Err(_) if bed.url.starts_with("sqlite") => 40,
        Err(_) => 12,
    };
    let handle = Handle::current();
    let check = move || {
        let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
        TestRunner::new(config)
            .run(&prop::collection::vec(step(), 1..40), |steps| {
                handle.block_on(async {
                    // A mailbox for each history; the store is the same.
                    let mailbox = bed.mailbox().await;
                    let mut model = Model::new();
                    for step in &steps {
                        let outcome = perform(&bed.store, mailbox, &model, step).await;
                        assert_eq!(outcome, expect(&mut model, step), "{step:?}");
                    }
                    compare(&bed.store, mailbox, &model).await;
                });
                Ok(())
            })
            .unwrap();
    };
    tokio::task::spawn_blocking(check).await.unwrap();
}
