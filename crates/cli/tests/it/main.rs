//! Tests of the real binary.

#![expect(clippy::unwrap_used, reason = "a test whose preparations fail has failed")]

mod account;
mod admin;
mod agenda;
mod authority;
mod behaviour;
mod config;
mod control;
mod convergence;
mod corpus;
mod demo;
mod doctor;
mod import;
mod meetings;
mod policies;
mod pyactivesync;
mod remote;
mod serve;
mod session;
mod shape;
mod stage;
mod statuses;
mod versions;

/// The binary that is tested.
const BINARY: &str = env!("CARGO_BIN_EXE_fieldpost");

/// What a command printed, or why it did not end as expected.
fn output(output: &std::process::Output, code: i32) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "standard output:\n{out}\nstandard error:\n{err}");
    format!("{out}{err}")
}

/// What a command with `--json` printed.
fn json(output: &std::process::Output, code: i32) -> serde_json::Value {
    let text = self::output(output, code);
    let out = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {text}"))
}
