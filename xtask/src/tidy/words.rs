//! Time, randomness and tasks have one home each, so that everything else can be tested without waiting and
//! drained without loss. Clippy knows the methods (`clippy.toml`); this check also sees what hides behind a
//! lint exception or a macro, and what has no path that clippy could name.

use std::path::Path;

use super::Finding;
use crate::source::Line;

/// A word that code must not use, except in some files.
struct Ban {
    words: &'static [&'static str],
    /// Files or directories in which it may stand.
    homes: &'static [&'static str],
    advice: &'static str,
}

const BANS: &[Ban] = &[
    Ban {
        words: &["SystemTime::now", "Timestamp::now", "Zoned::now"],
        homes: &["crates/server/src/clock.rs", "crates/phone/src/clock.rs", "crates/cli/src/clock.rs"],
        advice: "time is an argument here; the clock is read in a module `clock` of server, phone or cli",
    },
    Ban {
        words: &[
            "rand::rng",
            "rand::random",
            "thread_rng",
            "ThreadRng",
            "OsRng",
            "getrandom::",
            "SystemRandom",
        ],
        homes: &["crates/server/src/entropy.rs", "crates/phone/src/entropy.rs", "crates/net/src/tls"],
        advice: "randomness is an argument here; it is drawn in a module `entropy` of server or phone",
    },
    Ban {
        words: &["tokio::spawn", "task::spawn(", "spawn_local(", "thread::spawn"],
        // The store waits for its own task: a commit must end even where whoever asked is gone.
        homes: &["crates/net/src/tasks.rs", "crates/store/src/write.rs"],
        advice: "spawn through fieldpost_net::tasks, so that a drain can wait for it",
    },
    Ban {
        words: &["unsafe", "allow(unsafe_code)"],
        homes: &[],
        advice: "no unsafe code; use a crate that wraps what you need",
    },
];

/// In these crates there is no clock of any kind, no IO and no runtime: they are pure functions.
const PURE: &[&str] = &["crates/eas/src", "crates/domain/src"];
const PURE_BANS: &[Ban] = &[Ban {
    words: &[
        "Instant::now",
        "std::fs",
        "std::net",
        "std::env",
        "std::thread",
        "std::process",
        "tokio",
        "println!",
    ],
    homes: &[],
    advice: "eas and domain are pure functions: no IO, clock, environment or runtime; take it as an argument",
}];

/// Finds banned words in code. Tests and the tools of the repository may do what they like, except `unsafe`.
pub fn check(path: &Path, lines: &[Line<'_>]) -> Vec<Finding> {
    let is_product = path.starts_with("crates") && path.components().any(|part| part.as_os_str() == "src");
    let is_pure = PURE.iter().any(|directory| path.starts_with(directory));
    let mut findings = Vec::new();
    for line in lines {
        for ban in BANS.iter().chain(PURE_BANS.iter().filter(|_| is_pure)) {
            let is_everywhere = ban.words.contains(&"unsafe");
            let applies = is_everywhere || (is_product && !line.is_test);
            if !applies || ban.homes.iter().any(|home| path.starts_with(home)) {
                continue;
            }
            if let Some(word) = ban.words.iter().find(|word| holds(&line.code, word)) {
                findings.push(Finding::new(path, line.number, format!("`{word}`: {}", ban.advice)));
            }
        }
    }
    findings
}

/// Whether the code holds the word as a whole: `unsafe_code` does not hold `unsafe`.
fn holds(code: &str, word: &str) -> bool {
    let is_part = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(index, _)| {
        let joins_before =
            word.starts_with(char::is_alphanumeric) && is_part(code[..index].chars().next_back());
        let joins_after =
            word.ends_with(char::is_alphanumeric) && is_part(code[index + word.len()..].chars().next());
        !joins_before && !joins_after
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    fn found(path: &str, text: &str) -> Vec<usize> {
        let path = Path::new(path);
        check(path, &source::lines(path, text)).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_clock_has_a_home() {
        let text = "//! Doc: SystemTime::now is banned.\nlet now = SystemTime::now(); // now\n";
        assert_eq!(found("crates/store/src/a.rs", text), [2]);
        assert!(found("crates/server/src/clock.rs", text).is_empty());
        assert!(found("crates/store/tests/it/a.rs", text).is_empty());
        let tested = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { Timestamp::now(); } }\n";
        assert!(found("crates/store/src/a.rs", tested).is_empty());
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(found("crates/server/src/a.rs", "unsafe { a() }\n#![forbid(unsafe_code)]\n"), [1]);
        assert!(
            found("crates/server/src/a.rs", "let s = \"tokio::spawn\";\nmy_tokio::spawner();\n").is_empty()
        );
        assert_eq!(found("crates/server/src/a.rs", "tokio::spawn(x);\n"), [1]);
    }

    #[test]
    fn pure_crates_do_nothing_but_compute() {
        assert_eq!(found("crates/domain/src/a.rs", "let a = Instant::now();\nstd::fs::read(p)?;\n"), [1, 2]);
        assert!(found("crates/server/src/a.rs", "let a = Instant::now();\n").is_empty());
    }
}
