//! What a parked connection costs. Not a test of a bound: run it to see the number,
//! `cargo test --release -p fieldpost-net --test it memory -- --ignored --nocapture`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use fieldpost_net::limits::{Limits, raise_open_files};

use crate::client::{connect_tls, eventually};
use crate::parked::Waiter;
use crate::server::{own_tls, start};

const WAIT: &str = "POST /wait HTTP/1.1\r\nhost: x\r\nuser-agent: Android-SAMSUNG-SM-G991B/101.13\r\n\
    authorization: Basic dXNlckBleGFtcGxlLmNvbTpwYXNzd29yZA==\r\nms-asprotocolversion: 16.1\r\n\
    x-ms-policykey: 1234567890\r\ncontent-type: application/vnd.ms-sync.wbxml\r\ncontent-length: 3\r\n\r\nabc";

/// Kilobytes of this process that are its own.
fn pss() -> usize {
    let text = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap();
    let line = text.lines().find(|line| line.starts_with("Pss:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// The client runs in a process of its own: this test again, told by the environment.
#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn of_a_parked_connection() {
    raise_open_files();
    if let Ok(target) = std::env::var("FIELDPOST_MEMORY_TARGET") {
        return hold(&target).await;
    }
    let count: usize = std::env::var("FIELDPOST_MEMORY_COUNT").map_or(2_000, |text| text.parse().unwrap());
    let (_folder, tls, authority) = own_tls();
    let waiter = Waiter::new();
    let served = start("127.0.0.1:0", &Limits::default(), Some(tls), waiter.clone());
    let mut measured = Vec::new();
    for round in 0..3 {
        let before = pss();
        let mut clients = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "memory::of_a_parked_connection", "--ignored"])
            .env("FIELDPOST_MEMORY_TARGET", format!("{}|{}|{count}", served.address, authority.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        eventually("all wait", || waiter.count() == count).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let held = pss();
        drop(clients.stdin.take());
        clients.wait().unwrap();
        eventually("none is held", || served.admissions.held().total == 0).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        measured.push((round, before, held, pss()));
    }
    for (round, before, held, after) in measured {
        let each = (held - before) as f64 / count as f64;
        println!(
            "round {round}: before {before} KiB, held {held} KiB ({each:.2} KiB each), after {after} KiB"
        );
    }
}

async fn hold(target: &str) {
    let mut parts = target.split('|');
    let address = parts.next().unwrap().parse().unwrap();
    let authority = Path::new(parts.next().unwrap());
    let count: usize = parts.next().unwrap().parse().unwrap();
    let mut clients = Vec::new();
    for _ in 0..count {
        let mut client = connect_tls(address, authority).await;
        client.send(WAIT).await;
        clients.push(client);
    }
    let _ = std::io::stdin().read_line(&mut String::new());
}
