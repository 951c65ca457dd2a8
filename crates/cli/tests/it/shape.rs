//! What the protocol documents say of the shape of answers, held against everything that the real binary
//! answers over TLS while phones do all that they can, in each of the seven versions.
//!
//! [`scenario`] is what the phones do, `as_cmd` and its neighbours are the tables of claims, a file for each
//! document or command. How claims are judged: `fieldpost_testkit::shape`.

mod as_airs;
mod as_cal;
mod as_cmd;
mod as_cntc;
mod as_con;
mod as_email;
mod as_note;
mod as_task;
mod scenario;

use std::sync::OnceLock;

use fieldpost_eas::http::BodyForm;
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_phone::transport::record::Exchange;
use fieldpost_testkit::shape::{Answers, Element};

/// All that was said in the scenario, which runs once.
fn exchanges() -> &'static [Exchange] {
    static EXCHANGES: OnceLock<Vec<Exchange>> = OnceLock::new();
    EXCHANGES.get_or_init(|| {
        let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let run = move || runtime().unwrap().block_on(scenario::run());
        std::thread::spawn(run).join().unwrap()
    })
}

/// Holds a table against the answers of the scenario.
fn check(table: &[Element]) {
    static ANSWERS: OnceLock<Answers> = OnceLock::new();
    fieldpost_testkit::shape::check(table, ANSWERS.get_or_init(|| Answers::new(exchanges())));
}

// MS-ASCMD_R7; MS-ASWBXML_R1
#[test]
fn what_is_said_and_answered_is_wbxml() {
    let mut documents = 0;
    for Exchange { call, answer, version } in exchanges() {
        let what = format!("{version} {}", call.command.name());
        if call.form == BodyForm::Wbxml {
            assert!(Node::parse(&call.body, Limits::default()).is_ok(), "{what}");
        }
        if answer.header("content-type") == Some("application/vnd.ms-sync.wbxml") && !answer.body.is_empty() {
            assert!(Node::parse(&answer.body, Limits::default()).is_ok(), "{what}");
            documents += 1;
        } else {
            // A file, parts, or nothing at all.
            let is_other = answer.body.is_empty() || answer.header("content-type").is_some();
            assert!(is_other && !answer.body.starts_with(b"<"), "{what}");
        }
    }
    assert!(documents > 500, "{documents}");
}
