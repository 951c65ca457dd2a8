//! What a search of a mailbox costs: `cargo run --release -p fieldpost-store --example search_speed
//! [MESSAGES] [URL]`, 100,000 messages in a new SQLite file where nothing is given.
//!
//! The words of the messages are drawn as those of a language are, a few of them in most messages and most of
//! them in few. Each query is asked for its first 100 results, with the count up to 1,000; half of them look
//! in all folders. Told are the slowest in a hundred, too.

#![expect(clippy::unwrap_used, reason = "a measurement that can't go on ends")]

use std::time::{Duration, Instant};

use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::item::{Conversation, MailState, NewItem};
use fieldpost_domain::search::{Query, kql};
use fieldpost_domain::{Backend, FolderId, MailboxId, index};
use fieldpost_store::{Delivery, NewAccount, Options, Store};
use jiff::Timestamp;

const INBOX: FolderId = FolderId(1);
/// Different words in all messages.
const VOCABULARY: f64 = 50_000.0;
/// Words of one message.
const LENGTH: usize = 120;
/// Milliseconds between two messages.
const BETWEEN: i64 = 60_000;

/// A small generator (xorshift), so that every run measures the same.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A word by Zipf's law: the n-th is drawn in proportion to 1/n.
    fn word(&mut self) -> String {
        word(VOCABULARY.powf(self.throw()) as u64)
    }
}

/// The n-th word, of letters.
fn word(number: u64) -> String {
    let mut rest = number.wrapping_mul(0x9e37_79b9).rotate_left(7) & 0xff_ffff | 1 << 24;
    let mut word = String::new();
    while rest > 0 {
        word.push(char::from(b'a' + u8::try_from(rest % 26).unwrap()));
        rest /= 26;
    }
    word
}

fn message(number: i64, dice: &mut Dice) -> NewItem {
    let mut text = format!(
        "From: Person {p} <person{p}@example.org>\r\nTo: me@example.org\r\nSubject: {} {} {number}\r\n\r\n",
        dice.word(),
        dice.word(),
        p = (dice.throw() * 500.0) as u32
    );
    for _ in 0..LENGTH {
        text.push_str(&dice.word());
        text.push(' ');
    }
    NewItem {
        index: index::of(Class::Email, text.as_bytes(), number * BETWEEN),
        content: text.into_bytes(),
        state: MailState::default(),
        conversation: Conversation::default(),
        origin: None,
    }
}

fn query(dice: &mut Dice, folders: Vec<FolderId>, messages: i64) -> (&'static str, Query) {
    let kind = (dice.throw() * 7.0) as u32;
    let (name, text) = match kind {
        0 => ("one word", dice.word()),
        1 => ("two words", format!("{} {}", dice.word(), dice.word())),
        2 => ("the most common word", word(1)),
        3 => ("the beginning of a word", dice.word().chars().take(3).collect()),
        4 => ("a phrase", format!("\"{} {}\"", dice.word(), dice.word())),
        5 => ("a sender and a word", format!("from:person{} {}", (dice.throw() * 500.0) as u32, dice.word())),
        _ => ("one word but not another", format!("{} NOT {}", dice.word(), dice.word())),
    };
    let parsed = kql::parse(&text, Timestamp::UNIX_EPOCH).unwrap();
    // One in four looks at the older half.
    let before = (dice.throw() < 0.25).then_some(messages / 2 * BETWEEN);
    let query = Query { text: parsed.text, folders, before, limit: 100, count_to: 1000, ..Query::default() };
    (name, query)
}

fn told(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{name:28} {:6} p50 {:8.2} ms  p99 {:8.2} ms  most {:8.2} ms",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir().unwrap();
    let mut arguments = std::env::args().skip(1);
    let messages: i64 = arguments.next().map_or(100_000, |text| text.parse().unwrap());
    let url = arguments.next();
    let url = url.unwrap_or_else(|| format!("sqlite:{}", dir.path().join("fieldpost.db").display()));
    let store = Store::open(&url, Options::default()).await.unwrap();
    let new = NewAccount { address: "search@example.org".to_owned(), ..NewAccount::default() };
    let mailbox = MailboxId(store.create_account(new, Timestamp::UNIX_EPOCH).await.unwrap().id.0);
    let archive = store.create_folder(mailbox, None, "Archive", FolderType::UserMail).await.unwrap();

    let mut dice = Dice(0x5eed);
    let began = Instant::now();
    for start in (0..messages).step_by(500) {
        let deliveries = (start..messages.min(start + 500)).map(|number| {
            // One in ten lies in the other folder.
            let folder = if number % 10 == 0 { archive } else { INBOX };
            Delivery { mailbox, folder: DeliverTo::Folder(folder), item: message(number, &mut dice) }
        });
        store.deliver(deliveries.collect()).await.unwrap();
    }
    let each = began.elapsed().as_secs_f64() * 1e6 / messages as f64;
    println!("{messages} messages of {LENGTH} words delivered, {each:.0} µs each");

    let mut all = Vec::new();
    let mut kinds: std::collections::BTreeMap<&str, Vec<Duration>> = std::collections::BTreeMap::new();
    for number in 0..1400 {
        let folders = match number % 4 {
            0 => vec![INBOX],
            1 => vec![archive],
            _ => vec![INBOX, archive],
        };
        let (name, query) = query(&mut dice, folders, messages);
        let began = Instant::now();
        store.search(mailbox, &query).await.unwrap();
        all.push(began.elapsed());
        kinds.entry(name).or_default().push(began.elapsed());
    }
    for (name, times) in &mut kinds {
        told(name, times);
    }
    told("all", &mut all);
    store.close().await;
}
