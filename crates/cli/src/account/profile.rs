//! What the address book says of an account, and of a group: `fieldpost account set`, `show`, `photo`.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use fieldpost_domain::directory::{Entry, EntryKind, PHOTO_MAX, Profile};
use fieldpost_store::Store;
use serde::Serialize;

use crate::exit::Failure;

/// What can be said of somebody. What is not given stays; an empty text takes it away.
#[derive(Debug, Clone, Default, Args)]
pub struct ProfileArgs {
    /// Name shown to others
    #[arg(long)]
    name: Option<String>,
    /// Given name
    #[arg(long)]
    first_name: Option<String>,
    /// Family name
    #[arg(long)]
    last_name: Option<String>,
    /// Short name
    #[arg(long)]
    short_name: Option<String>,
    /// Job title
    #[arg(long)]
    title: Option<String>,
    /// Company
    #[arg(long)]
    company: Option<String>,
    /// Office
    #[arg(long)]
    office: Option<String>,
    /// Telephone at work
    #[arg(long)]
    phone: Option<String>,
    /// Telephone at home
    #[arg(long)]
    home_phone: Option<String>,
    /// Mobile telephone
    #[arg(long)]
    mobile_phone: Option<String>,
    /// Whether it is left out of the address book; mail still reaches it
    #[arg(long, value_name = "true|false")]
    hidden: Option<bool>,
}

impl ProfileArgs {
    fn apply(&self, profile: &mut Profile, hidden: &mut bool) {
        let given = [
            (&self.name, &mut profile.display_name),
            (&self.first_name, &mut profile.first_name),
            (&self.last_name, &mut profile.last_name),
            (&self.short_name, &mut profile.alias),
            (&self.title, &mut profile.title),
            (&self.company, &mut profile.company),
            (&self.office, &mut profile.office),
            (&self.phone, &mut profile.phone),
            (&self.home_phone, &mut profile.home_phone),
            (&self.mobile_phone, &mut profile.mobile_phone),
        ];
        for (new, old) in given {
            if let Some(new) = new {
                new.trim().clone_into(old);
            }
        }
        *hidden = self.hidden.unwrap_or(*hidden);
    }

    /// Changes an entry so.
    pub async fn change(&self, store: &Store, entry: &Entry) -> Result<Entry, Failure> {
        Ok(store.change_entry(entry.id, |profile, hidden| self.apply(profile, hidden)).await?)
    }
}

/// Reads a photo.
pub fn photo(path: &Path) -> Result<Vec<u8>, Failure> {
    let photo = std::fs::read(path)
        .map_err(|error| Failure::usage(format!("{}: the photo can't be read: {error}", path.display())))?;
    let is_image = photo.starts_with(&[0xff, 0xd8, 0xff]) || photo.starts_with(b"\x89PNG");
    if !is_image {
        return Err(Failure::usage(format!("{}: not a JPEG or PNG file", path.display())));
    }
    if photo.len() > PHOTO_MAX {
        return Err(Failure::usage(format!(
            "{}: {} bytes; phones take photos of up to {PHOTO_MAX}: make it smaller",
            path.display(),
            photo.len()
        )));
    }
    Ok(photo)
}

/// Where a photo comes from.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct PhotoArgs {
    /// JPEG or PNG file of at most 100 KiB
    pub file: Option<PathBuf>,
    /// Take the photo away
    #[arg(long)]
    pub remove: bool,
}

/// An entry of the address book as it is printed.
#[derive(Debug, Serialize)]
pub struct ShownEntry {
    number: i64,
    kind: &'static str,
    addresses: Vec<String>,
    #[serde(flatten)]
    profile: Profile,
    hidden: bool,
    photo_bytes: Option<u32>,
}

impl ShownEntry {
    pub fn new(entry: &Entry) -> ShownEntry {
        ShownEntry {
            number: entry.id.0,
            kind: match entry.kind {
                EntryKind::Account(_) => "account",
                EntryKind::Group => "group",
                EntryKind::Contact => "contact",
            },
            addresses: entry.addresses.clone(),
            profile: entry.profile.clone(),
            hidden: entry.hidden,
            photo_bytes: entry.photo_size,
        }
    }
}

impl ShownEntry {
    /// Its number in the address book.
    pub fn number(&self) -> i64 {
        self.number
    }
}

impl fmt::Display for ShownEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let profile = &self.profile;
        write!(f, "{}\t{}", self.addresses.join(", "), profile.display_name)?;
        let known = [
            ("first name", &profile.first_name),
            ("last name", &profile.last_name),
            ("short name", &profile.alias),
            ("title", &profile.title),
            ("company", &profile.company),
            ("office", &profile.office),
            ("phone", &profile.phone),
            ("home phone", &profile.home_phone),
            ("mobile phone", &profile.mobile_phone),
        ];
        for (name, text) in known.into_iter().filter(|(_, text)| !text.is_empty()) {
            write!(f, "\n  {name}: {text}")?;
        }
        if let Some(size) = self.photo_bytes {
            write!(f, "\n  photo: {size} bytes")?;
        }
        if self.hidden {
            f.write_str("\n  hidden")?;
        }
        Ok(())
    }
}
