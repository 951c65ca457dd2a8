//! `fieldpost bench wbxml`: how fast this program reads and writes what goes over the wire. It takes a
//! Sync answer with the demo's messages, repeated to a hundred, on one core.

use std::hint::black_box;
use std::time::{Duration, Instant};

use clap::Args;
use fieldpost_domain::convert::mail::{BodyOptions, email};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::item::{Item, ItemMeta, Marks};
use fieldpost_domain::{FolderId, ItemId, Modseq};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::sync::response::{Add, Collection, Command, Response};
use fieldpost_eas::item::{BodyPreference, BodyType, Item as WireItem};
use fieldpost_eas::wbxml::{Event, Limits, Reader};
use fieldpost_server::clock::{Clock, SystemClock};
use serde::Serialize;

use super::report;
use crate::cli::Globals;
use crate::demo::samples;
use crate::exit::{Exit, Failure};
use crate::import::message::{Hints, item};

const VERSION: Version = Version::V16_1;
const MESSAGES: usize = 100;

/// Measure how fast WBXML is read and written, in this process
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  fieldpost bench wbxml --json")]
pub struct WbxmlArgs {
    /// Seconds for each of the three measurements
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
}

#[derive(Serialize)]
struct Report {
    /// Bytes of the document.
    document_bytes: usize,
    /// Tags and text, one after the other.
    read_mb_per_second: f64,
    /// Into values of their types.
    decode_mb_per_second: f64,
    /// From values of their types.
    encode_mb_per_second: f64,
}

/// Runs it.
pub fn run(globals: &Globals, args: &WbxmlArgs) -> Result<Exit, Failure> {
    let answer = answer()?;
    let bytes = answer.encode(VERSION);
    let rate =
        |work: &dyn Fn() -> Result<(), Failure>| rate(bytes.len(), Duration::from_secs(args.seconds), work);
    let report = Report {
        document_bytes: bytes.len(),
        read_mb_per_second: rate(&|| read(&bytes))?,
        decode_mb_per_second: rate(&|| {
            black_box(Response::decode(black_box(&bytes)).map_err(Failure::failed)?);
            Ok(())
        })?,
        encode_mb_per_second: rate(&|| {
            black_box(black_box(&answer).encode(VERSION));
            Ok(())
        })?,
    };
    report::print(globals, &report)
}

/// Millions of bytes in a second.
fn rate(bytes: usize, time: Duration, work: &dyn Fn() -> Result<(), Failure>) -> Result<f64, Failure> {
    work()?;
    let (start, mut times) = (Instant::now(), 0_u32);
    while start.elapsed() < time {
        work()?;
        times += 1;
    }
    Ok(bytes as f64 * f64::from(times) / start.elapsed().as_secs_f64() / 1e6)
}

fn read(bytes: &[u8]) -> Result<(), Failure> {
    let mut reader = Reader::new(black_box(bytes), Limits::default()).map_err(Failure::failed)?;
    let mut open = 0_u32;
    loop {
        match black_box(reader.next().map_err(Failure::failed)?) {
            Event::Start(_) => open += 1,
            Event::End => open -= 1,
            Event::Text(_) | Event::Opaque(_) => {}
        }
        if open == 0 {
            return reader.finish().map_err(Failure::failed);
        }
    }
}

fn answer() -> Result<Response, Failure> {
    let preference = BodyPreference {
        r#type: BodyType::Html,
        truncation_size: Some(10_240),
        all_or_none: None,
        preview: None,
    };
    let options = BodyOptions { preferences: vec![preference], ..BodyOptions::new(VERSION) };
    let now = SystemClock.now();
    let samples: Vec<Vec<u8>> = samples::messages().map(|(_, content)| content.into_owned()).collect();
    let mut commands = Vec::with_capacity(MESSAGES);
    for (number, content) in (1..).zip(samples.iter().cycle().take(MESSAGES)) {
        let new = item(content.clone(), Hints::default(), FolderType::Inbox, now);
        let meta = ItemMeta {
            id: ItemId(number),
            folder: FolderId(1),
            modseq: Modseq(u64::from(number)),
            content_modseq: Modseq(u64::from(number)),
            received: new.index.sort,
            size: u32::try_from(new.content.len()).unwrap_or(u32::MAX),
            state: new.state,
            marks: Marks::default(),
            conversation: new.conversation,
        };
        let email = email(&Item { meta, content: new.content }, &options).map_err(Failure::failed)?;
        commands.push(Command::Add(Add {
            class: None,
            server_id: format!("1:{number}"),
            application_data: WireItem::Email(Box::new(email)),
        }));
    }
    let collection = Collection {
        sync_key: "1".into(),
        collection_id: "1".into(),
        status: 1,
        commands,
        ..Collection::default()
    };
    Ok(Response { collections: vec![collection], ..Response::default() })
}
