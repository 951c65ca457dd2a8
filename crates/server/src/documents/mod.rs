//! Document libraries: folders of this machine that phones may look into ([MS-ASDOC]). None, unless the
//! configuration names them.
//!
//! A phone names a document by a link, `\\server\share\folder\file` or an address of the web, and sends no
//! more than that: nothing is fetched from where it points. [`Share::find`] is where a link becomes a path, and
//! the only place that must be right for nothing else of the machine to be seen. Symbolic links that lead out of
//! a share are no way out.

mod content_type;

use std::fs::Metadata;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

/// Longest link, in bytes ([MS-ASCMD] 2.2.3.197: 1024 characters).
const LINK_LIMIT: usize = 4096;
/// Most entries of a folder that are looked at.
const ENTRIES_LIMIT: usize = 10_000;

/// A folder that phones may look into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What links to it begin with: `\\server\share`, or `https://server/share`.
    pub link: String,
    /// The folder.
    pub folder: PathBuf,
}

/// A document or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its link.
    pub link: String,
    /// Its name.
    pub name: String,
    /// It is a folder.
    pub is_folder: bool,
    /// It is not shown unless asked for: its name begins with a dot.
    pub is_hidden: bool,
    /// When it was made; when it was changed last, where that is not known.
    pub created: Timestamp,
    /// When it was changed last.
    pub modified: Timestamp,
    /// Bytes of a document.
    pub size: u64,
    /// Type of a document's content, by its name.
    pub content_type: &'static str,
}

/// Why a link leads to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDocument {
    /// It is no link.
    #[error("not a link")]
    BadLink,
    /// No share has it, or this server may not read it.
    #[error("access is denied")]
    Denied,
    /// It does not exist.
    #[error("not found")]
    NotFound,
    /// It can't be read.
    #[error("it can't be read")]
    Unreadable,
}

impl From<io::Error> for NoDocument {
    fn from(error: io::Error) -> NoDocument {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => NoDocument::NotFound,
            io::ErrorKind::PermissionDenied => NoDocument::Denied,
            _ => NoDocument::Unreadable,
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    path: PathBuf,
    link: String,
    separator: char,
}

impl Share {
    /// A share as the configuration has it: `\\server\share = /srv/documents`.
    pub fn read(text: &str) -> Option<Share> {
        let (link, folder) = text.split_once('=')?;
        let link = link.trim().trim_end_matches(['\\', '/']);
        let folder = Path::new(folder.trim());
        (split(link).is_some() && folder.is_absolute())
            .then(|| Share { link: link.to_owned(), folder: folder.to_owned() })
    }

    /// The place that a link leads to, in one of the shares. Looks at the disk.
    pub fn find(shares: &[Share], link: &str) -> Result<Place, NoDocument> {
        let (separator, parts) =
            Some(link).filter(|link| link.len() <= LINK_LIMIT).and_then(split).ok_or(NoDocument::BadLink)?;
        for share in shares {
            let Some((_, own)) = split(&share.link).filter(|(own, _)| *own == separator) else { continue };
            let begins = parts.len() >= own.len()
                && own.iter().zip(&parts).all(|(own, part)| own.to_lowercase() == part.to_lowercase());
            if !begins {
                continue;
            }
            let below = parts.get(own.len()..).unwrap_or_default();
            let root = share.folder.canonicalize()?;
            let mut path = root.clone();
            path.extend(below);
            // Of a link out of the share, not even that it exists is told.
            let path = path.canonicalize()?;
            if !path.starts_with(&root) {
                return Err(NoDocument::Denied);
            }
            let mut link = share.link.clone();
            for part in below {
                link.push(separator);
                link.push_str(part);
            }
            return Ok(Place { path, link, separator });
        }
        Err(NoDocument::Denied)
    }
}

/// Separator and parts of a link; none where it is no link, or has parts that lead elsewhere.
fn split(link: &str) -> Option<(char, Vec<String>)> {
    let unc = link.strip_prefix("\\\\").or_else(|| link.strip_prefix("file://"));
    let web = || {
        let (scheme, rest) = link.split_once("://")?;
        let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        known.then_some(rest)
    };
    let (separator, rest) = match unc {
        Some(rest) => ('\\', rest),
        None => ('/', web()?),
    };
    let decode = separator == '/' || link.starts_with("file:");
    let mut parts = Vec::new();
    for part in rest.split(['\\', '/']).filter(|part| !part.is_empty()) {
        let part = if decode {
            percent_encoding::percent_decode_str(part).decode_utf8().ok()?.into_owned()
        } else {
            part.to_owned()
        };
        let plain =
            part != "." && part != ".." && !part.chars().any(|c| c.is_control() || matches!(c, '/' | '\\'));
        if !plain {
            return None;
        }
        parts.push(part);
    }
    (parts.len() >= 2).then_some((separator, parts))
}

impl Place {
    /// What is there.
    pub fn document(&self) -> Result<Document, NoDocument> {
        let name = self.link.rsplit(self.separator).next().unwrap_or_default();
        Ok(describe(self.link.clone(), name.to_owned(), &self.path.metadata()?))
    }

    /// What is in a folder, by name: documents and folders, and nothing else. Nothing where it is no folder.
    pub fn contents(&self) -> Result<Vec<Document>, NoDocument> {
        if !self.path.is_dir() {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for entry in self.path.read_dir()?.take(ENTRIES_LIMIT) {
            let entry = entry?;
            // Names that no link can hold, and symbolic links: what they lead to may lie elsewhere.
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() || metadata.is_file() {
                all.push(describe(format!("{}{}{name}", self.link, self.separator), name, &metadata));
            }
        }
        all.sort_by_cached_key(|document| document.name.to_lowercase());
        Ok(all)
    }

    /// The bytes of a document, or of a part of it, with its size and when it was changed; at most `limit`.
    /// None where that is more.
    pub fn read(
        &self,
        range: Option<RangeInclusive<u32>>,
        limit: usize,
    ) -> Result<Option<(Vec<u8>, Document)>, NoDocument> {
        let document = self.document()?;
        if document.is_folder {
            return Err(NoDocument::Denied);
        }
        let (first, last) = match range {
            Some(range) => (u64::from(*range.start()), u64::from(*range.end())),
            None => (0, u64::MAX - 1),
        };
        let wanted = (last + 1).min(document.size).saturating_sub(first);
        if usize::try_from(wanted).is_ok_and(|wanted| wanted > limit) {
            return Ok(None);
        }
        let mut file = std::fs::File::open(&self.path)?;
        file.seek(SeekFrom::Start(first))?;
        let mut bytes = Vec::new();
        file.take(wanted).read_to_end(&mut bytes)?;
        Ok(Some((bytes, document)))
    }
}

fn describe(link: String, name: String, metadata: &Metadata) -> Document {
    let time =
        |time: io::Result<std::time::SystemTime>| time.ok().and_then(|time| Timestamp::try_from(time).ok());
    let modified = time(metadata.modified()).unwrap_or_default();
    Document {
        link,
        is_folder: metadata.is_dir(),
        is_hidden: name.starts_with('.'),
        created: time(metadata.created()).unwrap_or(modified),
        modified,
        size: metadata.len(),
        content_type: content_type::of(&name),
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared() -> (tempfile::TempDir, Vec<Share>) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("share");
        std::fs::create_dir_all(root.join("Plans")).unwrap();
        std::fs::write(root.join("Plans/a b.txt"), "0123456789").unwrap();
        std::fs::write(root.join(".hidden"), "").unwrap();
        std::fs::write(dir.path().join("secret"), "no").unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret"), root.join("way-out")).unwrap();
        let share = |link: &str| Share::read(&format!("{link} = {}", root.display())).unwrap();
        (dir, vec![share("\\\\files\\docs"), share("https://files.example/docs/")])
    }

    #[test]
    fn links_lead_into_the_shares_alone() {
        let (_dir, shares) = shared();
        let find = |link: &str| Share::find(&shares, link).map(|place| place.document().unwrap().name);
        for (link, name) in [
            ("\\\\files\\docs", "docs"),
            ("\\\\FILES\\Docs\\Plans\\", "Plans"),
            ("\\\\files\\docs\\Plans\\a b.txt", "a b.txt"),
            ("https://files.example/docs/Plans/a%20b.txt", "a b.txt"),
            ("file://files/docs/Plans", "Plans"),
        ] {
            assert_eq!(find(link).as_deref(), Ok(name), "{link}");
        }
        for link in [
            "\\\\files\\docs\\..\\secret",
            "\\\\files\\docs\\Plans\\..\\..\\secret",
            "https://files.example/docs/%2e%2e/secret",
            "https://files.example/docs/%2Fetc",
            "docs",
            "",
            "\\\\files",
            "ftp://files/docs",
            "/etc/passwd",
            "\\\\files\\docs\\a\u{0}b",
        ] {
            assert_eq!(find(link), Err(NoDocument::BadLink), "{link}");
        }
        for link in
            ["\\\\files\\other", "\\\\elsewhere\\docs", "\\\\files\\docs\\way-out", "\\\\files\\docs2"]
        {
            assert_eq!(find(link), Err(NoDocument::Denied), "{link}");
        }
        assert_eq!(find("\\\\files\\docs\\nothing"), Err(NoDocument::NotFound));
        assert_eq!(Share::find(&[], "\\\\files\\docs"), Err(NoDocument::Denied));
    }

    #[test]
    fn a_folder_shows_what_is_in_it() {
        let (_dir, shares) = shared();
        let place = Share::find(&shares, "\\\\files\\docs").unwrap();
        let names: Vec<_> =
            place.contents().unwrap().into_iter().map(|d| (d.name, d.is_folder, d.is_hidden)).collect();
        assert_eq!(names, [(".hidden".to_owned(), false, true), ("Plans".to_owned(), true, false)]);
        let plans = Share::find(&shares, "\\\\files\\docs\\Plans").unwrap();
        let [document] = plans.contents().unwrap().try_into().unwrap();
        assert_eq!((document.link.as_str(), document.size), ("\\\\files\\docs\\Plans\\a b.txt", 10));
    }

    #[test]
    fn a_document_is_read_whole_or_in_part() {
        let (_dir, shares) = shared();
        let place = Share::find(&shares, "\\\\files\\docs\\Plans\\a b.txt").unwrap();
        let read = |range, limit| place.read(range, limit).unwrap().map(|(bytes, _)| bytes);
        assert_eq!(read(None, 10).unwrap(), b"0123456789");
        assert_eq!(read(Some(2..=4), 10).unwrap(), b"234");
        assert_eq!(read(Some(8..=99), 10).unwrap(), b"89");
        assert_eq!(read(None, 9), None);
        let folder = Share::find(&shares, "\\\\files\\docs").unwrap();
        assert_eq!(folder.read(None, 10), Err(NoDocument::Denied));
    }

    #[test]
    fn a_share_is_a_link_and_an_absolute_path() {
        for bad in ["", "=", "docs=/srv", "\\\\a\\b=relative", "\\\\a=/srv"] {
            assert_eq!(Share::read(bad), None, "{bad}");
        }
    }
}
