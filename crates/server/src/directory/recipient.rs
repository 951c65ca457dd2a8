//! Who is meant by a name or an address: people and groups of the address book, and the user's own contacts.

use fieldpost_domain::MailboxId;
use fieldpost_domain::directory::{Directory, Entry, Query, fold};

use super::contacts;
use crate::App;
use crate::activesync::fault::Fault;

/// Most suggestions for one name: nobody reads more.
const SUGGESTIONS_MAX: usize = 100;

/// Somebody who is meant, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// An entry of the address book.
    Entry(Box<Entry>),
    /// One of the user's contacts.
    Contact {
        /// Its name.
        name: String,
        /// Its address.
        address: String,
    },
}

impl Who {
    /// The name to show.
    pub fn name(&self) -> &str {
        match self {
            Who::Entry(entry) => entry.name(),
            Who::Contact { name, .. } => name,
        }
    }

    /// The address.
    pub fn address(&self) -> &str {
        match self {
            Who::Entry(entry) => entry.address(),
            Who::Contact { address, .. } => address,
        }
    }
}

/// All who may be meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Those of the address book first, each by name.
    pub found: Vec<Who>,
    /// How many there are in all.
    pub total: usize,
}

/// Finds out who is meant in a user's mailbox. An address is that of one entry, or of one contact; a whole
/// name or alias that one entry alone has means that entry; else everybody is a suggestion in whose name
/// or address each word begins or stands.
///
/// # Errors
/// Our own trouble.
pub async fn resolve(app: &App, mailbox: MailboxId, text: &str) -> Result<Matches, Fault> {
    let text = text.trim();
    let directory: &dyn Directory = &*app.directory;
    if let Some(entry) = directory.by_address(text).await?.filter(|entry| !entry.hidden) {
        return Ok(Matches { found: vec![Who::Entry(Box::new(entry))], total: 1 });
    }
    let Some(query) = Query::parse(text) else { return Ok(Matches::default()) };
    let page = directory.search(&query, 0, SUGGESTIONS_MAX).await?;
    // Nobody can be written to who has no address.
    let entries: Vec<Entry> = page.entries.into_iter().filter(|entry| !entry.address().is_empty()).collect();
    let contacts = contacts::matching(app, mailbox, &query, text).await?;
    let whole = fold(text);
    let mut named =
        entries.iter().filter(|entry| fold(entry.name()) == whole || fold(&entry.profile.alias) == whole);
    if let (Some(one), None) = (named.next(), named.next()) {
        let same = |who: &Who| fold(who.name()) == whole && !has_address(one, who.address());
        if !contacts.iter().any(same) {
            return Ok(Matches { found: vec![Who::Entry(Box::new(one.clone()))], total: 1 });
        }
    }
    let mut total = page.total;
    let own: Vec<Who> = contacts
        .into_iter()
        .filter(|who| !entries.iter().any(|entry| has_address(entry, who.address())))
        .collect();
    total += own.len();
    let mut found: Vec<Who> = entries.into_iter().map(|entry| Who::Entry(Box::new(entry))).collect();
    found.extend(own);
    found.truncate(SUGGESTIONS_MAX);
    Ok(Matches { total: total.max(found.len()), found })
}

fn has_address(entry: &Entry, address: &str) -> bool {
    entry.addresses.iter().any(|own| own.eq_ignore_ascii_case(address))
}
