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

use fieldpost_testkit::shape::{Answers, Element};

/// Holds a table against the answers of the scenario, which runs once for all tables.
fn check(table: &[Element]) {
    static ANSWERS: OnceLock<Answers> = OnceLock::new();
    let answers = ANSWERS.get_or_init(|| {
        let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let run = move || runtime().unwrap().block_on(scenario::run());
        Answers::new(&std::thread::spawn(run).join().unwrap())
    });
    fieldpost_testkit::shape::check(table, answers);
}
