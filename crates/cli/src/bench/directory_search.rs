//! `fieldpost bench directory-search`: how fast people are found among many, in this process.

use std::time::{Duration, Instant};

use clap::Args;
use fieldpost_domain::directory::{Directory, Profile, Query};
use fieldpost_store::{NewContact, Options, Store};
use serde::Serialize;

use super::report;
use crate::cli::Globals;
use crate::exit::{Exit, Failure};

/// Entered in one transaction.
const PORTION: usize = 1000;

const FIRST: [&str; 20] = [
    "Anna",
    "Ben",
    "Chloé",
    "David",
    "Elena",
    "Farid",
    "Grace",
    "Hiro",
    "Ines",
    "Jürgen",
    "Katarzyna",
    "Liam",
    "Mei",
    "Noah",
    "Olga",
    "Pablo",
    "Quentin",
    "Rosa",
    "Søren",
    "Tariq",
];
const LAST: [&str; 25] = [
    "Andersson",
    "Berg",
    "Costa",
    "Dubois",
    "Eriksen",
    "Fischer",
    "García",
    "Hansen",
    "Ivanov",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Müller",
    "Nakamura",
    "Okafor",
    "Petrov",
    "Quist",
    "Rossi",
    "Schmidt",
    "Tanaka",
    "Ulrich",
    "Vasquez",
    "Weber",
    "Yilmaz",
    "Zhang",
];
const COMPANIES: [&str; 8] =
    ["Acme", "Nordwind", "Globex", "Initech", "Umbrella", "Contoso", "Fabrikam", "Tailspin"];

/// Measure searches of an address book of many entries, in this process
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost bench directory-search --json
  fieldpost bench directory-search --entries 1000 --database postgres://bench@localhost/bench")]
pub struct DirectorySearchArgs {
    /// How many entries
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    entries: u32,
    /// How many searches
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    searches: u32,
    /// An empty database to fill; without one, a new SQLite file that is removed afterwards
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// It holds the entries already, of a run before
    #[arg(long, requires = "database")]
    filled: bool,
}

#[derive(Serialize)]
struct Report {
    entries: u32,
    fill_seconds: f64,
    searches: u32,
    /// Milliseconds.
    p50: f64,
    p99: f64,
    max: f64,
    /// What took longest.
    slowest: String,
    found_per_search: f64,
}

/// Runs it.
pub async fn run(globals: &Globals, args: DirectorySearchArgs) -> Result<Exit, Failure> {
    let folder = tempfile::tempdir()?;
    let url =
        args.database.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("directory.db").display()));
    let store = Store::open(&url, Options::default()).await?;
    let begun = Instant::now();
    let mut number = if args.filled { args.entries } else { 0 };
    while number < args.entries {
        let next = args.entries.min(number + PORTION as u32);
        let portion: Vec<NewContact> = (number..next).map(contact).collect();
        store.put_contacts(&portion).await?;
        number = next;
    }
    let fill_seconds = begun.elapsed().as_secs_f64();
    let mut times: Vec<(Duration, String)> = Vec::new();
    let mut found = 0;
    for n in 0..args.searches {
        let typed = typed(n, args.entries);
        let begun = Instant::now();
        // From what was typed to what is answered with.
        if let Some(query) = Query::parse(&typed) {
            found += store.search(&query, 0, 100).await.map_err(Failure::failed)?.entries.len();
        }
        times.push((begun.elapsed(), typed));
    }
    store.close().await;
    times.sort();
    let at = |part: f64| {
        let index = ((times.len() - 1) as f64 * part).round() as usize;
        times.get(index).map_or(0.0, |(time, _)| time.as_secs_f64() * 1000.0)
    };
    let report = Report {
        entries: args.entries,
        fill_seconds,
        searches: args.searches,
        p50: at(0.5),
        p99: at(0.99),
        max: at(1.0),
        slowest: times.last().map(|(_, typed)| typed.clone()).unwrap_or_default(),
        found_per_search: found as f64 / f64::from(args.searches),
    };
    report::print(globals, &report)
}

/// Numbers that look arbitrary and are the same each time.
fn mixed(n: u32) -> usize {
    let mixed = u64::from(n).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 40).unwrap_or(0)
}

fn pick<'a>(of: &[&'a str], n: usize) -> &'a str {
    of.get(n % of.len()).copied().unwrap_or_default()
}

fn contact(n: u32) -> NewContact {
    let arbitrary = mixed(n);
    let (first, last) = (pick(&FIRST, arbitrary), pick(&LAST, arbitrary / 20));
    let company = pick(&COMPANIES, arbitrary / 500);
    let domain = company.to_lowercase();
    NewContact {
        origin: Some(format!("bench:{n}")),
        addresses: vec![format!("{}.{}{n}@{domain}.example", first.to_lowercase(), last.to_lowercase())],
        profile: Profile {
            display_name: format!("{first} {last} {n}"),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            alias: format!("u{n}"),
            title: pick(&["Engineer", "Sales manager", "Consultant", "Director"], arbitrary / 7).to_owned(),
            company: company.to_owned(),
            office: format!("{} {}.{}", pick(&["A", "B", "C"], arbitrary), arbitrary % 9, arbitrary % 97),
            phone: format!("+49 30 {:07}", arbitrary % 10_000_000),
            mobile_phone: format!("+49 170 {n:07}"),
            ..Profile::default()
        },
        photo: None,
    }
}

/// What people type: a letter, beginnings, whole names, middles, numbers, and what nobody has.
fn typed(n: u32, entries: u32) -> String {
    let arbitrary = mixed(n.wrapping_mul(31));
    let (first, last) = (pick(&FIRST, arbitrary), pick(&LAST, arbitrary / 20));
    let start = |text: &str, count: usize| text.chars().take(count).collect::<String>();
    match n % 10 {
        0 => start(first, 1),
        1 => start(last, 2),
        2 => start(first, 3),
        3 => format!("{first} {}", start(last, 2)),
        4 => format!("{last}, {first}"),
        5 => last.chars().skip(1).take(4).collect(),
        6 => format!("{}.{}", first.to_lowercase(), start(&last.to_lowercase(), 3)),
        7 => format!("+49 170 {:07}", arbitrary as u32 % entries),
        8 => format!("{} {}", pick(&COMPANIES, arbitrary), start(last, 3)),
        _ => format!("{first}zz"),
    }
}
