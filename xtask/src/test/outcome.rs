//! Follows the output of the tests: shows it as it comes, without what passing tests print, and adds it up.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::time::Instant;

use crate::Trouble;

/// What the tests said, all binaries together.
pub struct Outcome {
    began: Instant,
    passed: u32,
    failed: u32,
    ignored: u32,
    failures: BTreeSet<String>,
    skipped: BTreeSet<String>,
    /// Whether the lines are what passing tests print.
    in_successes: bool,
    /// Whether the lines list the names of failed tests.
    in_failures: bool,
}

impl Outcome {
    /// Reads until the output ends, and gives each line worth showing to `show`.
    pub fn follow(output: impl Read, mut show: impl FnMut(&str)) -> Result<Outcome, Trouble> {
        let mut outcome = Outcome {
            began: Instant::now(),
            passed: 0,
            failed: 0,
            ignored: 0,
            failures: BTreeSet::new(),
            skipped: BTreeSet::new(),
            in_successes: false,
            in_failures: false,
        };
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            if outcome.take(&line) {
                show(&line);
            }
        }
        Ok(outcome)
    }

    /// Takes one line; whether to show it.
    fn take(&mut self, line: &str) -> bool {
        match line {
            "successes:" => self.in_successes = true,
            "failures:" => {
                self.in_successes = false;
                self.in_failures = true;
            }
            _ => {}
        }
        if let Some(result) = line.strip_prefix("test result: ") {
            self.in_successes = false;
            self.in_failures = false;
            self.add(result);
        }
        if line.trim_start().starts_with("skipped: ") {
            self.skipped.insert(line.trim().to_owned());
        }
        if self.in_failures
            && let Some(name) = line.strip_prefix("    ").filter(|name| !name.contains(' '))
        {
            self.failures.insert(name.to_owned());
        }
        !self.in_successes
    }

    /// Adds `ok. 3 passed; 0 failed; 1 ignored; ...`.
    fn add(&mut self, result: &str) {
        for part in result.split([';', '.']) {
            let Some((number, what)) = part.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u32>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }

    /// Prints the sums, what failed and what was skipped.
    pub fn print(&self) {
        println!("\n{:=<100}", "");
        for line in &self.skipped {
            println!("{line}");
        }
        for name in &self.failures {
            println!("failed: {name}");
        }
        println!(
            "{} passed, {} failed, {} ignored, {} reasons to skip, in {:.0} s",
            self.passed,
            self.failed,
            self.ignored,
            self.skipped.len(),
            self.began.elapsed().as_secs_f32()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_added_up_and_the_chatter_of_passing_tests_is_hidden() {
        let output = "
running 3 tests
test a ... ok
test b ... FAILED

successes:

---- a stdout ----
skipped: no PostgreSQL

successes:
    a

failures:

---- b stdout ----
assertion failed: it is so

failures:
    b

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        let mut shown = String::new();
        let outcome = Outcome::follow(output.as_bytes(), |line| shown.push_str(line)).unwrap();
        assert!(shown.contains("assertion failed") && !shown.contains("a stdout"));
        assert_eq!((outcome.passed, outcome.failed, outcome.ignored), (6, 1, 1));
        assert_eq!(outcome.failures.iter().collect::<Vec<_>>(), ["b"]);
        assert_eq!(outcome.skipped.iter().collect::<Vec<_>>(), ["skipped: no PostgreSQL"]);
    }
}
