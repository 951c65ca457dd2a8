//! The delta engine against a mailbox in memory: random edits on phones and server, answers lost and
//! asked for again, always the same end.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pollster::block_on;
use proptest::prelude::*;

use super::diff::{self, Changed, Command, Window};
use super::memory::Memory;
use super::options::{Conflict, Options};
use super::state::CollectionState;
use super::turn::{self, ClientChange, Outcome, Rewrite};
use super::{Filter, Plan, Snapshot};
use crate::backend::Backend;
use crate::id::{FolderId, ItemId, MailboxId, Modseq};
use crate::index::Index;
use crate::item::{Conversation, Edit, ItemMeta, MailState, Marked, Marks, NewItem, Replacement};

const BOX: MailboxId = MailboxId(1);
const INBOX: FolderId = FolderId(1);
const TRASH: FolderId = FolderId(3);
const DAY: i64 = 86_400_000;
const NOW: i64 = 1_000 * DAY + 1;

fn new_item(received: i64, origin: Option<String>) -> NewItem {
    NewItem {
        content: received.to_string().into_bytes(),
        index: Index::at(received),
        state: MailState::default(),
        conversation: Conversation { id: [conversation(received); 16], index: Vec::new() },
        origin,
    }
}

/// One of seven, which all reach far back.
fn conversation(received: i64) -> u8 {
    u8::try_from(received.div_euclid(DAY / 5).rem_euclid(7)).unwrap()
}

/// Stands for an item of which only the number counts.
fn meta(id: ItemId) -> ItemMeta {
    ItemMeta {
        id,
        folder: INBOX,
        modseq: Modseq(0),
        content_modseq: Modseq(0),
        received: 0,
        size: 0,
        state: MailState::default(),
        marks: Marks::default(),
        conversation: Conversation::default(),
    }
}

fn read(read: bool) -> Edit {
    Edit { read: Some(read), ..Edit::default() }
}

fn categories(name: &str) -> Edit {
    Edit { categories: Some(vec![name.to_owned()]), ..Edit::default() }
}

/// What a phone has of an item.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    content: Vec<u8>,
    read: bool,
    categories: Vec<String>,
}

impl Shown {
    fn new(content: Vec<u8>, state: &MailState) -> Shown {
        Shown { content, read: state.read, categories: state.categories.clone() }
    }

    fn edit(&mut self, edit: &Edit) {
        self.read = edit.read.unwrap_or(self.read);
        if let Some(categories) = &edit.categories {
            self.categories.clone_from(categories);
        }
    }
}

type Held = BTreeMap<u32, Shown>;

/// The server's side of one device and collection, as the server crate drives it.
struct Device {
    state: Option<CollectionState>,
    options: Options,
    restarts: u32,
}

struct Answer {
    key: String,
    commands: Vec<(Command, Option<Shown>)>,
    outcomes: Vec<Outcome>,
    more: bool,
}

impl Device {
    fn new(options: Options) -> Device {
        Device { state: None, options, restarts: 0 }
    }

    /// One request. `None` is status 3.
    fn sync(
        &mut self,
        mailbox: &Memory,
        key: &str,
        changes: &[ClientChange],
        window: usize,
        now: i64,
    ) -> Option<Answer> {
        if key == "0" {
            self.restarts += 1;
            let modseq = block_on(mailbox.modseq(BOX)).unwrap();
            let (state, key) = CollectionState::start(self.restarts, modseq, self.options.clone());
            self.store(&state);
            return Some(Answer { key: key.to_string(), commands: vec![], outcomes: vec![], more: true });
        }
        let mut state = self.state.clone()?;
        let (base, mut view) = turn::begin(&state, key)?;
        let mut outcomes = Vec::new();
        for change in changes {
            outcomes.push(self.apply(mailbox, &mut view, change.clone()));
        }
        let window = Window { commands: window, bytes: u64::MAX, bytes_per_item: 0 };
        let Plan { commands, next, more } =
            block_on(diff::plan(mailbox, BOX, INBOX, view, window, now)).unwrap();
        let unchanged = commands.is_empty() && changes.is_empty() && next.same_items(&base);
        let told = commands
            .into_iter()
            .map(|planned| {
                let command = planned.command;
                let item = block_on(mailbox.fetch(BOX, &[command.item()])).unwrap().pop();
                (command, item.map(|i| Shown::new(i.content, &i.meta.state)))
            })
            .collect();
        let key = state.answer(&base, next, unchanged);
        self.store(&state);
        Some(Answer { key: key.to_string(), commands: told, outcomes, more })
    }

    /// Makes a change as the server does: one of the bytes is made from those that there are now, and
    /// where it makes nothing new of them, nothing happens.
    fn apply(&self, mailbox: &Memory, view: &mut Snapshot, change: ClientChange) -> Outcome {
        let change = match change {
            ClientChange::Replace { current, new } => {
                let found = block_on(mailbox.fetch(BOX, &[current.id])).unwrap().pop();
                let Some(found) = found.filter(|item| item.meta.folder == INBOX) else {
                    return Outcome::NotFound;
                };
                if found.content == new.content {
                    return Outcome::Done;
                }
                ClientChange::Replace { current: Box::new(found.meta), new }
            }
            other => other,
        };
        block_on(turn::apply(mailbox, BOX, INBOX, view, change, Timestamp::UNIX_EPOCH)).unwrap()
    }

    /// Every state passes through the form in which it is stored.
    fn store(&mut self, state: &CollectionState) {
        let bytes = state.to_bytes();
        assert_eq!(CollectionState::from_bytes(&bytes).as_ref(), Some(state));
        self.state = CollectionState::from_bytes(&bytes);
    }
}

/// The phone's side.
struct Phone {
    device: Device,
    key: String,
    held: Held,
    /// A request that has had no answer yet.
    pending: Option<Vec<ClientChange>>,
    number: usize,
    adds: u32,
}

impl Phone {
    fn new(number: usize, options: Options) -> Phone {
        Phone {
            device: Device::new(options),
            key: "0".into(),
            held: Held::new(),
            pending: None,
            number,
            adds: 0,
        }
    }

    /// Sends the pending request, or `changes` as a new one. With `lost` the answer never arrives.
    fn sync(
        &mut self,
        mailbox: &Memory,
        changes: Vec<ClientChange>,
        window: usize,
        now: i64,
        lost: bool,
    ) -> bool {
        let changes = self.pending.take().unwrap_or(changes);
        let answer = self.device.sync(mailbox, &self.key, &changes, window, now);
        if lost {
            self.pending = Some(changes);
            return true;
        }
        let Some(answer) = answer else {
            self.key = "0".into();
            self.held.clear();
            return true;
        };
        self.key = answer.key;
        for (change, outcome) in changes.iter().zip(&answer.outcomes) {
            match (change, outcome) {
                (ClientChange::Add { item, .. }, Outcome::Added(id)) => {
                    self.held.insert(id.0, Shown::new(item.content.clone(), &item.state));
                }
                // The phone has changed its copy already; where the server won, it waits to be told
                // what there is.
                (ClientChange::Edit { item, edit }, Outcome::Done | Outcome::ServerWon) => {
                    if let Some(shown) = self.held.get_mut(&item.0) {
                        shown.edit(edit);
                    }
                }
                (ClientChange::Replace { current, new }, Outcome::Done | Outcome::ServerWon) => {
                    if let Some(shown) = self.held.get_mut(&current.id.0) {
                        shown.content.clone_from(&new.content);
                        shown.edit(new.edit.as_ref().unwrap_or(&Edit::default()));
                    }
                }
                (ClientChange::Delete { item, .. }, _) => {
                    self.held.remove(&item.0);
                }
                _ => {}
            }
        }
        for (command, item) in answer.commands {
            let id = command.item().0;
            match (command, item) {
                (Command::Add(_), Some(item)) => {
                    // An add of an item that the phone holds would stand twice in its list.
                    assert_eq!(self.held.insert(id, item), None, "item {id} was added twice");
                }
                (Command::Change { changed, .. }, Some(shown)) => {
                    let held = self.held.get_mut(&id).expect("a change of an item that the phone has");
                    match changed {
                        Changed::Whole => *held = shown,
                        Changed::Marks(marked) => {
                            assert_eq!(held.content, shown.content, "new bytes without a full change");
                            assert_ne!(marked, Marked::default(), "a change of nothing");
                            if marked.read {
                                held.read = shown.read;
                            }
                            if marked.categories {
                                held.categories = shown.categories;
                            }
                        }
                    }
                }
                (Command::Delete(_) | Command::SoftDelete(_), _) => {
                    assert!(self.held.remove(&id).is_some(), "item {id} was deleted twice");
                }
                (_, None) => {}
            }
        }
        answer.more || self.pending.is_some()
    }

    fn settle(&mut self, mailbox: &Memory, now: i64) {
        for _ in 0..200 {
            if !self.sync(mailbox, Vec::new(), 5, now, false) {
                return;
            }
        }
        panic!("the phone never comes to rest");
    }

    fn pick(&self, at: usize) -> Option<ItemId> {
        let keys: Vec<u32> = self.held.keys().copied().collect();
        (!keys.is_empty()).then(|| ItemId(keys[at % keys.len()]))
    }

    fn change(&mut self, kind: u8, at: usize) -> Vec<ClientChange> {
        self.adds += 1;
        let client_id = format!("c{}", self.adds);
        let add = |received| ClientChange::Add {
            item: Box::new(new_item(received, Some(format!("{}/{client_id}", self.number)))),
            client_id: client_id.clone(),
            also: Vec::new(),
        };
        let delete = |item, into| ClientChange::Delete { item, into, also: Vec::new() };
        match (kind % 8, self.pick(at)) {
            (0, Some(item)) => vec![ClientChange::Edit { item, edit: read(at.is_multiple_of(2)) }],
            (1, Some(item)) => vec![delete(item, None)],
            (2, Some(item)) => vec![delete(item, Some(TRASH))],
            (5, Some(item)) => {
                let sort = NOW - at as i64 * DAY / 4;
                let edit = at.is_multiple_of(3).then(|| read(true));
                let content = format!("{}/{}", self.number, self.adds).into_bytes();
                let new = Rewrite { content, index: Index::at(sort), edit, also: Vec::new() };
                vec![ClientChange::Replace { current: Box::new(meta(item)), new: Box::new(new) }]
            }
            (3, Some(item)) => vec![ClientChange::Edit { item, edit: read(true) }, add(NOW - at as i64)],
            (6, Some(item)) => vec![ClientChange::Edit { item, edit: categories("Mine") }],
            (7, Some(item)) => {
                let edit = Edit { read: Some(false), ..categories("Both") };
                vec![ClientChange::Edit { item, edit }]
            }
            (4, _) => vec![add(NOW - at as i64 * DAY / 3)],
            _ => Vec::new(),
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Deliver { age: u16 },
    ServerRead { at: u8, read: bool },
    ServerCategory { at: u8, read: Option<bool> },
    ServerDelete { at: u8 },
    ServerMove { at: u8 },
    ServerMoveBack { at: u8 },
    Rewrite { at: u8, age: Option<u16> },
    Days { days: u8 },
    Refilter { phone: u8, days: u16 },
    Sync { phone: u8, kind: Option<u8>, at: u8, window: u8, lost: bool },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0u16..200).prop_map(|age| Step::Deliver { age }),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(at, read)| Step::ServerRead { at, read }),
        2 => (any::<u8>(), any::<Option<bool>>())
            .prop_map(|(at, read)| Step::ServerCategory { at, read }),
        1 => any::<u8>().prop_map(|at| Step::ServerDelete { at }),
        1 => any::<u8>().prop_map(|at| Step::ServerMove { at }),
        1 => any::<u8>().prop_map(|at| Step::ServerMoveBack { at }),
        2 => (any::<u8>(), proptest::option::of(0u16..200)).prop_map(|(at, age)| Step::Rewrite { at, age }),
        1 => (0u8..5).prop_map(|days| Step::Days { days }),
        1 => (any::<u8>(), prop_oneof![Just(0u16), Just(3), Just(31)])
            .prop_map(|(phone, days)| Step::Refilter { phone, days }),
        8 => (any::<u8>(), any::<Option<u8>>(), any::<u8>(), 1u8..6, any::<bool>())
            .prop_map(|(phone, kind, at, window, lost)| Step::Sync { phone, kind, at, window, lost }),
    ]
}

fn filter(days: u16) -> Filter {
    if days == 0 { Filter::All } else { Filter::Days(days) }
}

/// What the phone should hold at `now`.
fn expected(mailbox: &Memory, options: &Options, now: i64) -> Held {
    let floor = options.filter.floor(now);
    let all = mailbox.folder(INBOX);
    let within: Vec<ItemMeta> = all.iter().filter(|m| m.position() >= floor).cloned().collect();
    let in_view = |m: &ItemMeta| {
        let with_one = within.iter().any(|one| one.conversation.id == m.conversation.id);
        m.position() >= floor || (options.conversations && with_one)
    };
    all.into_iter()
        .filter(in_view)
        .map(|m| {
            let item = block_on(mailbox.fetch(BOX, &[m.id])).unwrap().pop().unwrap();
            (m.id.0, Shown::new(item.content, &m.state))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    // MS-ASCMD_R5106, MS-ASCMD_R5108, MS-ASCMD_R5115, MS-ASCMD_R5121
    #[test]
    fn phones_converge_whatever_is_lost(
        conflict in prop_oneof![Just(Conflict::Client), Just(Conflict::Server)],
        steps in proptest::collection::vec(step(), 1..60),
    ) {
        let mailbox = Memory::default();
        let mut now = NOW;
        let options = |days| Options { conflict, filter: filter(days), ..Options::default() };
        // MS-ASCON_R330: one of them wants whole conversations.
        let whole = Options { conversations: true, ..options(3) };
        let mut phones = [options(0), options(0), options(3), whole];
        let mut phones = [0, 1, 2, 3].map(|at| Phone::new(at, std::mem::take(&mut phones[at])));
        let pick = |folder, at: u8| {
            let all = mailbox.folder(folder);
            (!all.is_empty()).then(|| all[usize::from(at) % all.len()].id)
        };
        for step in steps {
            match step {
                Step::Deliver { age } => {
                    let item = new_item(now - i64::from(age) * DAY / 5, None);
                    block_on(mailbox.append(BOX, INBOX, item)).unwrap();
                }
                Step::ServerRead { at, read: value } => if let Some(id) = pick(INBOX, at) {
                    block_on(mailbox.edit(BOX, INBOX, id, &read(value))).unwrap();
                },
                Step::ServerCategory { at, read } => if let Some(id) = pick(INBOX, at) {
                    let edit = Edit { read, ..categories(&at.to_string()) };
                    block_on(mailbox.edit(BOX, INBOX, id, &edit)).unwrap();
                },
                Step::ServerDelete { at } => if let Some(id) = pick(INBOX, at) {
                    block_on(mailbox.delete(BOX, INBOX, &[id])).unwrap();
                },
                Step::ServerMove { at } => if let Some(id) = pick(INBOX, at) {
                    block_on(mailbox.move_item(BOX, id, INBOX, TRASH)).unwrap();
                },
                Step::ServerMoveBack { at } => if let Some(id) = pick(TRASH, at) {
                    block_on(mailbox.move_item(BOX, id, TRASH, INBOX)).unwrap();
                },
                Step::Rewrite { at, age } => if let Some(id) = pick(INBOX, at) {
                    let item = block_on(mailbox.fetch(BOX, &[id])).unwrap().remove(0);
                    let sort = age.map_or(item.meta.received, |age| now - i64::from(age) * DAY / 5);
                    let new = Replacement { content: vec![at], index: Index::at(sort), expected: None };
                    block_on(mailbox.replace(BOX, INBOX, id, new)).unwrap();
                },
                Step::Days { days } => now += i64::from(days) * DAY,
                Step::Refilter { phone, days } => {
                    let phone = &mut phones[usize::from(phone) % 4];
                    let conversations = phone.device.options.conversations;
                    phone.device.options = Options { conversations, ..options(days) };
                    // A new filter arrives with a request; here it takes effect at once.
                    if let Some(state) = &mut phone.device.state {
                        for snapshot in state.snapshots_mut() {
                            snapshot.options = phone.device.options.clone();
                        }
                    }
                }
                Step::Sync { phone, kind, at, window, lost } => {
                    let phone = &mut phones[usize::from(phone) % 4];
                    let fresh = phone.key != "0" && phone.pending.is_none();
                    let changes = kind.filter(|_| fresh).map(|k| phone.change(k, at.into()));
                    phone.sync(&mailbox, changes.unwrap_or_default(), window.into(), now, lost);
                }
            }
        }
        // What is left of a conversation goes when the filter moves.
        now += DAY;
        for phone in &mut phones {
            phone.settle(&mailbox, now);
        }
        for phone in &mut phones {
            phone.settle(&mailbox, now);
            prop_assert_eq!(&phone.held, &expected(&mailbox, &phone.device.options, now));
        }
        // Nothing that a phone added stands twice.
        let mut origins = mailbox.origins();
        let count = origins.len();
        origins.dedup();
        prop_assert_eq!(origins.len(), count);
    }

    #[test]
    fn an_answer_given_again_is_the_same(
        count in 0usize..20, window in 1usize..8, edits in proptest::collection::vec(any::<(u8, bool)>(), 0..6),
    ) {
        let mailbox = Memory::default();
        let mut phone = Phone::new(0, Options::default());
        for n in 0..count {
            block_on(mailbox.append(BOX, INBOX, new_item(NOW - n as i64, None))).unwrap();
        }
        phone.settle(&mailbox, NOW);
        for (at, value) in edits {
            if let Some(id) = phone.pick(at.into()) {
                block_on(mailbox.edit(BOX, INBOX, id, &read(value))).unwrap();
            }
            block_on(mailbox.append(BOX, INBOX, new_item(NOW + i64::from(at), None))).unwrap();
        }
        let changes = phone.change(3, 1);
        let first = phone.device.sync(&mailbox, &phone.key, &changes, window, NOW).unwrap();
        let second = phone.device.sync(&mailbox, &phone.key, &changes, window, NOW).unwrap();
        prop_assert_eq!(&first.key, &second.key);
        prop_assert_eq!(&first.commands, &second.commands);
        prop_assert_eq!(&first.outcomes, &second.outcomes);
        prop_assert_eq!(first.more, second.more);
        // With news in between, the answer has a key of its own and is not smaller.
        block_on(mailbox.append(BOX, INBOX, new_item(NOW + 1000, None))).unwrap();
        let third = phone.device.sync(&mailbox, &phone.key, &changes, window, NOW).unwrap();
        prop_assert!(third.commands.len() >= first.commands.len());
        prop_assert_eq!(&first.outcomes, &third.outcomes);
        // The phone may go on from any of them.
        for key in [&first.key, &third.key] {
            prop_assert!(phone.device.state.clone().is_some_and(|s| turn::begin(&s, key).is_some()));
        }
    }
}

#[test]
fn an_unknown_key_is_refused_and_changes_nothing() {
    let mailbox = Memory::default();
    let mut phone = Phone::new(0, Options::default());
    phone.settle(&mailbox, NOW);
    let before = phone.device.state.clone();
    for key in ["1", "", "-1", "99999999999999999999999", "abc"] {
        assert!(phone.device.sync(&mailbox, key, &[], 5, NOW).is_none(), "{key}");
    }
    assert_eq!(phone.device.state, before);
}

#[test]
fn a_skipped_item_comes_when_it_is_mended() {
    let mailbox = Memory::default();
    let id = block_on(mailbox.append(BOX, INBOX, new_item(NOW, None))).unwrap().id;
    let (mut state, key) = CollectionState::start(1, crate::Modseq(0), Options::default());
    let window = Window { commands: 10, bytes: u64::MAX, bytes_per_item: 0 };
    let run = |view| block_on(diff::plan(&mailbox, BOX, INBOX, view, window, NOW)).unwrap();
    let commands = |plan: &Plan| plan.commands.iter().map(|p| p.command).collect::<Vec<_>>();

    let (base, view) = turn::begin(&state, &key.to_string()).unwrap();
    let mut plan = run(view);
    assert_eq!(commands(&plan), [Command::Add(id)]);
    plan.next.skip(id);
    let key = state.answer(&base, plan.next, false);

    block_on(mailbox.edit(BOX, INBOX, id, &read(true))).unwrap();
    let (base, view) = turn::begin(&state, &key.to_string()).unwrap();
    let plan = run(view);
    assert_eq!(commands(&plan), [], "its state is of no interest to a phone that does not have it");
    let key = state.answer(&base, plan.next, true);

    mailbox.rewrite(id, b"mended".to_vec());
    let (_, view) = turn::begin(&state, &key.to_string()).unwrap();
    assert_eq!(commands(&run(view)), [Command::Add(id)]);
}

#[test]
fn an_estimate_is_what_then_comes() {
    let mailbox = Memory::default();
    for n in 0..30 {
        block_on(mailbox.append(BOX, INBOX, new_item(NOW - n * DAY, None))).unwrap();
    }
    // Of the older ones each is of a conversation that is still going on.
    for (conversations, count) in [(false, 8), (true, 30)] {
        let options = Options { filter: Filter::Days(7), conversations, ..Options::default() };
        let mut phone = Phone::new(0, options);
        phone.sync(&mailbox, vec![], 5, NOW, false);
        let estimate = |phone: &Phone| {
            let newest = phone.device.state.as_ref().unwrap().newest().unwrap().clone();
            block_on(diff::estimate(&mailbox, BOX, INBOX, newest, NOW)).unwrap()
        };
        assert_eq!(estimate(&phone), count);
        phone.settle(&mailbox, NOW);
        assert_eq!(phone.held.len() as u64, count);
        assert_eq!(estimate(&phone), 0);
    }
}
