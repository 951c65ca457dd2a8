//! The user's own contacts, for names that the address book may not know.

use fieldpost_domain::convert::contact;
use fieldpost_domain::directory::{Profile, Query, fold, query};
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::search::{self, Expression, Field, Phrase};
use fieldpost_domain::{FolderId, MailboxId};

use super::recipient::Who;
use crate::App;
use crate::activesync::fault::Fault;

/// Most contacts that are looked at for one name, the newest ones.
const CONTACTS_MAX: u32 = 500;
/// Where names and addresses of contacts are indexed.
const NAMES: [Field; 2] = [Field::Subject, Field::To];
/// How many are read at a time.
const PORTION: usize = 100;

/// The contacts with an address in which each word of the query begins a word, or, of an address that is
/// typed whole, those that have it. Each of a contact's addresses counts on its own.
pub(super) async fn matching(
    app: &App,
    mailbox: MailboxId,
    query: &Query,
    typed: &str,
) -> Result<Vec<Who>, Fault> {
    let mut found = Vec::new();
    // Those that may be meant by index; the cards themselves say which are.
    let begins = |term: &String| Phrase::new(term, true).map(|phrase| phrase.within(&NAMES));
    let words: Vec<Expression> = query.terms().iter().filter_map(begins).map(Expression::Phrase).collect();
    if words.is_empty() {
        return Ok(found);
    }
    let candidates = search::Query {
        text: Some(Expression::All(words)),
        folders: folders(app, mailbox).await?,
        limit: CONTACTS_MAX,
        count_to: CONTACTS_MAX,
        ..search::Query::default()
    };
    let candidates = app.backend.search(mailbox, &candidates).await?;
    let ids: Vec<_> = candidates.items.iter().map(|meta| meta.id).collect();
    for portion in ids.chunks(PORTION) {
        for item in app.backend.fetch(mailbox, portion).await? {
            found.extend(of_card(&item.content, query, typed));
        }
    }
    found.sort_by_key(|who| fold(who.name()));
    found.dedup();
    Ok(found)
}

async fn folders(app: &App, mailbox: MailboxId) -> Result<Vec<FolderId>, Fault> {
    let all = app.backend.folders(mailbox).await?;
    let is_contacts = |kind| matches!(kind, FolderType::Contacts | FolderType::UserContacts);
    Ok(all.into_iter().filter(|folder| is_contacts(folder.kind)).map(|folder| folder.id).collect())
}

fn of_card(content: &[u8], query: &Query, typed: &str) -> Vec<Who> {
    let Ok(card) = contact::summary(content) else { return Vec::new() };
    let name = card.name;
    let mut found = Vec::new();
    for address in card.addresses {
        let profile = Profile { display_name: name.clone(), ..Profile::default() };
        let text = query::text(&profile, std::slice::from_ref(&address));
        let begins = query.beginnings().iter().all(|part| text.contains(part.as_str()));
        if begins || address.eq_ignore_ascii_case(typed) {
            let name = if name.is_empty() { address.clone() } else { name.clone() };
            found.push(Who::Contact { name, address });
        }
    }
    found
}
