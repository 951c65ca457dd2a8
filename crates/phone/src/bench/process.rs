//! What a process and its descendants use, read from `/proc` (Linux).
//!
//! Memory is PSS: pages that processes share are divided among them, so that a server of many
//! processes and one of many threads can be compared. CPU time is taken per thread in nanoseconds
//! from `schedstat`; where descendants have ended in between, the ticks of `stat` know more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use super::BenchError;

/// Ticks of `/proc/<pid>/stat` in a second; the same on every Linux that userland sees.
const TICKS_PER_SECOND: u64 = 100;

/// CPU time used up to a moment.
#[derive(Debug, Clone, Default)]
pub struct CpuTime {
    /// Nanoseconds by process and thread.
    threads: BTreeMap<(u32, u32), u64>,
    /// Ticks of the processes and of their ended children.
    ticks: u64,
}

impl CpuTime {
    /// Time used since `earlier`.
    pub fn since(&self, earlier: &CpuTime) -> Duration {
        let by_thread: u64 = self
            .threads
            .iter()
            .map(|(id, now)| now.saturating_sub(earlier.threads.get(id).copied().unwrap_or(0)))
            .sum();
        let by_thread = Duration::from_nanos(by_thread);
        let ticks = self.ticks.saturating_sub(earlier.ticks);
        let by_ticks = Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND);
        // Ticks are coarse, but count what ended threads and children used.
        match by_ticks > by_thread + Duration::from_millis(100) {
            true => by_ticks,
            false => by_thread,
        }
    }
}

/// CPU time that these processes and their descendants have used. Nothing of no processes.
pub fn cpu_time(pids: &[u32]) -> Result<Option<CpuTime>, BenchError> {
    if pids.is_empty() {
        return Ok(None);
    }
    let mut time = CpuTime::default();
    for (pid, required) in family(pids) {
        match read_cpu(pid, &mut time) {
            Ok(()) => {}
            Err(source) if required => return Err(BenchError::Process { pid, source }),
            // A child may end any time.
            Err(_) => {}
        }
    }
    Ok(Some(time))
}

fn read_cpu(pid: u32, time: &mut CpuTime) -> std::io::Result<()> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    time.ticks += ticks(&stat).ok_or(std::io::ErrorKind::InvalidData)?;
    for thread in fs::read_dir(format!("/proc/{pid}/task"))? {
        let thread = thread?;
        let Some(tid) = thread.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // Kernels without schedstat leave the ticks.
        if let Ok(text) = fs::read_to_string(thread.path().join("schedstat"))
            && let Some(nanoseconds) = text.split_whitespace().next().and_then(|n| n.parse().ok())
        {
            time.threads.insert((pid, tid), nanoseconds);
        }
    }
    Ok(())
}

/// utime, stime, cutime and cstime: fields 14 to 17 of `stat`. The name in field 2 may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<u64> = rest.split_whitespace().skip(11).take(4).filter_map(|f| f.parse().ok()).collect();
    (fields.len() == 4).then(|| fields.iter().sum())
}

/// PSS of these processes and their descendants, in KiB. Nothing of no processes.
pub fn memory_kib(pids: &[u32]) -> Result<Option<u64>, BenchError> {
    if pids.is_empty() {
        return Ok(None);
    }
    let mut all = 0;
    for (pid, required) in family(pids) {
        let read = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))
            .and_then(|text| pss(&text).ok_or_else(|| std::io::ErrorKind::InvalidData.into()));
        match read {
            Ok(kib) => all += kib,
            Err(source) if required => return Err(BenchError::Process { pid, source }),
            Err(_) => {}
        }
    }
    Ok(Some(all))
}

fn pss(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The processes and all their descendants; `true` for those that were named.
fn family(pids: &[u32]) -> BTreeMap<u32, bool> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat.rsplit_once(')').and_then(|(_, r)| r.split_whitespace().nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut members: BTreeMap<u32, bool> = pids.iter().map(|pid| (*pid, true)).collect();
    let mut open: BTreeSet<u32> = pids.iter().copied().collect();
    while let Some(pid) = open.pop_first() {
        for child in children.get(&pid).into_iter().flatten() {
            if !members.contains_key(child) {
                members.insert(*child, false);
                open.insert(*child);
            }
        }
    }
    members
}

/// How many files this process may have open; `None` where that is not limited or not known.
pub fn open_files_allowed() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stat_is_read_behind_a_name_with_anything_in_it() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 2 3 4 500 60 7 8 20 0 9 0";
        assert_eq!(ticks(stat), Some(500 + 60 + 7 + 8));
        assert_eq!(ticks("nonsense"), None);
        assert_eq!(pss("Rss: 10 kB\nPss:       1234 kB\n"), Some(1234));
    }

    #[test]
    fn this_process_uses_something() {
        let pid = std::process::id();
        let before = cpu_time(&[pid]).unwrap().unwrap();
        let mut x = 1u64;
        for n in 0..20_000_000 {
            x = std::hint::black_box(x.wrapping_mul(31).wrapping_add(n));
        }
        assert!(cpu_time(&[pid]).unwrap().unwrap().since(&before) > Duration::ZERO);
        assert!(memory_kib(&[pid]).unwrap().unwrap() > 100);
        assert!(family(&[1]).contains_key(&pid) || !family(&[pid]).is_empty());
    }

    #[test]
    fn a_process_that_is_not_there_is_named() {
        let error = memory_kib(&[u32::MAX]).unwrap_err().to_string();
        assert!(error.contains(&u32::MAX.to_string()), "{error}");
        assert!(memory_kib(&[]).unwrap().is_none());
    }
}
