//! How fast a Sync answer is read and written: 100 messages with 10 KB of HTML each, 100 with none,
//! where tags and numbers are what costs. The budget is 200 MB/s on one core. Run it with
//! `cargo bench -p fieldpost-eas`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Content, Document as _, Opaque};
use fieldpost_eas::command::sync::response::{Add, Collection, Command, Response};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Body, BodyType, Email, Flag, Importance, Item};
use fieldpost_eas::wbxml::{Limits, Node, Reader};

const VERSION: Version = Version::V16_1;
const BODIES: [usize; 2] = [10_240, 0];

fn main() {
    divan::main();
}

fn answer(body_bytes: usize) -> Response {
    let commands = (0..100).map(|i| {
        Command::Add(Add {
            class: None,
            server_id: format!("5:{i}"),
            application_data: Item::Email(Box::new(mail(i, body_bytes))),
        })
    });
    let collection = Collection {
        sync_key: "1697043223".into(),
        collection_id: "5".into(),
        status: 1,
        commands: commands.collect(),
        ..Collection::default()
    };
    Response { collections: vec![collection], ..Response::default() }
}

fn mail(i: u32, body_bytes: usize) -> Email {
    let line = "<p>Grüße aus Köln, and a line of text as mail has it.</p>\r\n";
    let html: String = line.chars().cycle().take(body_bytes).collect();
    let seconds = 1_790_000_000 + i64::from(i);
    Email {
        to: Some("\"Ann Example\" <ann@example.org>".into()),
        from: Some("\"Bob Sample\" <bob@example.net>".into()),
        subject: Some(format!("Status report number {i}")),
        date_received: Some(DateTime(jiff::Timestamp::from_second(seconds).unwrap_or_default())),
        display_to: Some("Ann Example".into()),
        thread_topic: Some(format!("Status report number {i}")),
        importance: Some(Importance::Normal),
        read: Some(false),
        body: Some(Body {
            r#type: BodyType::Html,
            estimated_data_size: Some(html.len() as u32),
            truncated: Some(false),
            data: (body_bytes > 0).then(|| Content::from(html)),
            part: None,
            preview: None,
        }),
        message_class: Some("IPM.Note".into()),
        internet_cpid: Some("65001".into()),
        flag: Some(Flag::default()),
        content_class: Some("urn:content-classes:message".into()),
        native_body_type: Some(2),
        conversation_id: Some(Opaque(vec![0xA0; 16])),
        conversation_index: Some(Opaque(vec![0xCB; 5])),
        categories: Some(Vec::new()),
        ..Email::default()
    }
}

#[divan::bench(args = BODIES)]
fn encode(bencher: Bencher<'_, '_>, body_bytes: usize) {
    let answer = answer(body_bytes);
    let size = answer.encode(VERSION).len();
    bencher.counter(BytesCount::new(size)).bench_local(|| black_box(&answer).encode(VERSION));
}

#[divan::bench(args = BODIES)]
fn decode(bencher: Bencher<'_, '_>, body_bytes: usize) {
    let wire = answer(body_bytes).encode(VERSION);
    bencher.counter(BytesCount::new(wire.len())).bench_local(|| Response::decode(black_box(&wire)));
}

#[divan::bench(args = BODIES)]
fn decode_as_tree(bencher: Bencher<'_, '_>, body_bytes: usize) {
    let wire = answer(body_bytes).encode(VERSION);
    bencher
        .counter(BytesCount::new(wire.len()))
        .bench_local(|| Node::parse(black_box(&wire), Limits::default()));
}

/// The reader alone, without making anything of what it reads.
#[divan::bench(args = BODIES)]
fn read_events(bencher: Bencher<'_, '_>, body_bytes: usize) {
    let wire = answer(body_bytes).encode(VERSION);
    bencher.counter(BytesCount::new(wire.len())).bench_local(|| {
        let mut reader = Reader::new(black_box(&wire), Limits::default())?;
        reader.next()?;
        reader.skip()?;
        reader.finish()
    });
}

/// Text goes through the filter of what XML allows; bodies do so once, when they are made.
#[divan::bench]
fn filter_text(bencher: Bencher<'_, '_>) {
    let text: String = "<p>Grüße aus Köln, and a line of text as mail has it.</p>\r\n".repeat(160);
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| text.clone())
        .bench_local_values(|text| Content::from(black_box(text)));
}
