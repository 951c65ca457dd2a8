//! Finds the items under a path: a maildir with its subfolders, an mbox file, a message file, a
//! calendar or card file, or a folder of any of these. Reads nothing yet but names, sizes and first lines.
//!
//! How each kind is taken apart: [`super::maildir`], [`super::mbox`], [`super::object`].

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::report::Refusal;
use super::{maildir, object};

/// Folders within folders; more is taken for a loop.
const MAX_DEPTH: usize = 32;

/// A file that holds messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// Names of the folders that its messages belong into, outermost first; none: the Inbox.
    pub folder: Vec<String>,
    /// How it holds them.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
}

/// How a file holds messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is one message.
    Message,
    /// It is one message of a maildir; its name tells its state.
    Maildir,
    /// One after the other.
    Mbox,
    /// Calendars or cards: events, tasks, notes, contacts.
    Object,
}

/// All sources under `path`, in a stable order, and what was there but is not mail.
///
/// # Errors
/// The path itself can't be read.
pub fn discover(path: &Path) -> io::Result<(Vec<Source>, Vec<Refusal>)> {
    let mut found = Found::default();
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        fs::read_dir(path)?;
        found.directory(path, &[], 0);
    } else {
        // Whoever names a file means it: no look at its first line decides whether it is mail.
        let kind = match () {
            () if is_mbox(path)? => Kind::Mbox,
            () if is_object(path)? => Kind::Object,
            () => Kind::Message,
        };
        found.sources.push(Source { path: path.to_owned(), folder: Vec::new(), kind, size: metadata.len() });
    }
    Ok((found.sources, found.refused))
}

#[derive(Default)]
struct Found {
    sources: Vec<Source>,
    refused: Vec<Refusal>,
}

impl Found {
    fn directory(&mut self, path: &Path, folder: &[String], depth: usize) {
        if depth > MAX_DEPTH {
            self.refused.push(Refusal::new(path, "folders lie too deep in one another"));
            return;
        }
        let entries = match entries(path) {
            Ok(entries) => entries,
            Err(error) => return self.refused.push(Refusal::new(path, error)),
        };
        let is_maildir = maildir::is_maildir(path);
        if is_maildir {
            for part in ["cur", "new"] {
                self.maildir_part(&path.join(part), folder);
            }
        }
        for (entry, is_dir) in entries {
            let Some(name) = entry.file_name().map(|name| name.to_string_lossy().into_owned()) else {
                continue;
            };
            if is_dir {
                if is_maildir && ["cur", "new", "tmp"].contains(&name.as_str()) {
                    continue;
                }
                let mut inner = folder.to_vec();
                inner.extend(folder_names(&name, is_maildir || maildir::is_maildir(&entry)));
                self.directory(&entry, &inner, depth + 1);
            } else if !is_maildir {
                self.file(&entry, &name, folder);
            }
        }
    }

    fn maildir_part(&mut self, path: &Path, folder: &[String]) {
        let entries = match entries(path) {
            Ok(entries) => entries,
            Err(error) => return self.refused.push(Refusal::new(path, error)),
        };
        for (entry, is_dir) in entries {
            let hidden = entry.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
            if !is_dir && !hidden {
                self.add(entry, folder.to_vec(), Kind::Maildir);
            }
        }
    }

    fn file(&mut self, path: &Path, name: &str, folder: &[String]) {
        let lower = name.to_ascii_lowercase();
        let stem = [".eml", ".mbox", ".mbx"].iter().find_map(|end| lower.strip_suffix(end));
        match is_mbox(path) {
            Err(error) => self.refused.push(Refusal::new(path, error)),
            Ok(true) => {
                let mut inner = folder.to_vec();
                inner.extend(folder_names(name.get(..stem.unwrap_or(name).len()).unwrap_or(name), false));
                self.add(path.to_owned(), inner, Kind::Mbox);
            }
            Ok(false) if is_object(path).is_ok_and(|is| is) => {
                self.add(path.to_owned(), folder.to_vec(), Kind::Object);
            }
            Ok(false) if lower.ends_with(".eml") => self.add(path.to_owned(), folder.to_vec(), Kind::Message),
            Ok(false) => match begins_like_a_message(path) {
                Ok(true) => self.add(path.to_owned(), folder.to_vec(), Kind::Message),
                Ok(false) => {
                    let reason = "does not begin like a message, an mbox file, a calendar or a card";
                    self.refused.push(Refusal::new(path, reason));
                }
                Err(error) => self.refused.push(Refusal::new(path, error)),
            },
        }
    }

    fn add(&mut self, path: PathBuf, folder: Vec<String>, kind: Kind) {
        match fs::metadata(&path) {
            Ok(metadata) => self.sources.push(Source { path, folder, kind, size: metadata.len() }),
            Err(error) => self.refused.push(Refusal::new(&path, error)),
        }
    }
}

/// The entries of a folder by name, each with whether it is a folder itself. Links are followed.
fn entries(path: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let is_dir = path.is_dir();
        entries.push((path, is_dir));
    }
    entries.sort();
    Ok(entries)
}

/// The mail folders that a folder or an mbox file of this name stands for.
fn folder_names(name: &str, maildir: bool) -> Vec<String> {
    if maildir {
        return maildir::folder_names(name);
    }
    // Thunderbird keeps the folders within the folder `Work` in `Work.sbd`.
    let name = name.strip_suffix(".sbd").unwrap_or(name).trim_start_matches('.');
    if name.is_empty() || name.eq_ignore_ascii_case("inbox") { Vec::new() } else { vec![name.to_owned()] }
}

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(1000);
    File::open(path)?.take(1000).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_mbox(path: &Path) -> io::Result<bool> {
    Ok(first_bytes(path)?.starts_with(b"From "))
}

/// A calendar or card file by its name or its first line.
fn is_object(path: &Path) -> io::Result<bool> {
    let named = path.extension().is_some_and(|end| {
        ["ics", "ical", "vcs", "vcf", "vcard"].iter().any(|known| end.eq_ignore_ascii_case(known))
    });
    Ok(named || object::begins_like_one(&first_bytes(path)?))
}

/// A message begins with a field: a name of printable characters and a colon (RFC 5322 2.2).
fn begins_like_a_message(path: &Path) -> io::Result<bool> {
    let bytes = first_bytes(path)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
    let name = bytes.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    Ok(name > 0 && bytes.get(name) == Some(&b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, name: &str, content: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn found(root: &Path) -> Vec<(String, String, Kind)> {
        let (sources, _) = discover(root).unwrap();
        sources
            .into_iter()
            .map(|source| {
                let name = source.path.strip_prefix(root).unwrap().display().to_string();
                (name, source.folder.join("/"), source.kind)
            })
            .collect()
    }

    #[test]
    fn a_maildir_with_subfolders_in_either_layout() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        for folder in ["", ".Sent/", ".Work.Caf&AOk-/", "plain/deep/"] {
            for part in ["cur", "new", "tmp"] {
                fs::create_dir_all(root.join(format!("{folder}{part}"))).unwrap();
            }
        }
        write(root, "cur/1:2,S", "Subject: a\n\nx");
        write(root, "new/2", "Subject: b\n\nx");
        write(root, "tmp/3", "Subject: never\n\nx");
        write(root, ".Sent/cur/4:2,", "Subject: c\n\nx");
        write(root, ".Work.Caf&AOk-/new/5", "Subject: d\n\nx");
        write(root, "plain/deep/cur/6", "Subject: e\n\nx");
        write(root, "dovecot-uidlist", "3 V1\n");
        assert_eq!(
            found(root),
            [
                ("cur/1:2,S".into(), String::new(), Kind::Maildir),
                ("new/2".into(), String::new(), Kind::Maildir),
                (".Sent/cur/4:2,".into(), "Sent".into(), Kind::Maildir),
                (".Work.Caf&AOk-/new/5".into(), "Work/Café".into(), Kind::Maildir),
                ("plain/deep/cur/6".into(), "plain/deep".into(), Kind::Maildir),
            ]
        );
    }

    #[test]
    fn a_tree_of_messages_and_mbox_files() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        write(root, "a.eml", "not even a header");
        write(root, "b", "Subject: b\n\nx");
        write(root, "c.json", "{}");
        write(root, "Inbox", "From a@b Thu Jan  1 00:00:00 1970\nSubject: x\n\n");
        write(root, "Work.sbd/Old.mbox", "From a@b Thu Jan  1 00:00:00 1970\nSubject: x\n\n");
        assert_eq!(
            found(root),
            [
                ("Inbox".into(), String::new(), Kind::Mbox),
                ("Work.sbd/Old.mbox".into(), "Work/Old".into(), Kind::Mbox),
                ("a.eml".into(), String::new(), Kind::Message),
                ("b".into(), String::new(), Kind::Message),
            ]
        );
        let (_, refused) = discover(root).unwrap();
        assert_eq!(refused.len(), 1);
        assert!(refused[0].to_string().contains("c.json"));
    }

    #[test]
    fn links_that_lead_in_a_circle_end() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "a/x.eml", "Subject: x\n\n");
        std::os::unix::fs::symlink(root.path(), root.path().join("a/again")).unwrap();
        let (sources, refused) = discover(root.path()).unwrap();
        assert!(!sources.is_empty() && !refused.is_empty());
    }
}
