//! Find in the mailbox: mail alone, by the query language, shown as a list shows it ([MS-ASCMD] 2.2.3.98).

use std::collections::HashMap;

use fieldpost_domain::ItemId;
use fieldpost_domain::convert::mail::{self, BodyOptions, Mailbox};
use fieldpost_domain::folder::Class;
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::Item;
use fieldpost_domain::search::{Query, kql};
use fieldpost_eas::Version;
use fieldpost_eas::command::find::{Found, FoundResult, MailboxCriterion, Properties, Summary};
use fieldpost_eas::command::search::result_range;
use fieldpost_eas::item::{BodyPreference, BodyType};
use fieldpost_eas::status::find_response as status;

use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;
use crate::activesync::scope::{self, NoSuchFolder};

/// How many results where no range is given.
const RESULTS_DEFAULT: u32 = 100;
/// Most characters of a preview ([MS-ASCMD] 2.2.3.137).
const PREVIEW: u32 = 255;
/// Items that are read at once.
const PORTION: usize = 20;

/// What became of it: an answer, or that the phone does not know the folders.
pub(super) enum Outcome {
    Found(Found),
    HierarchyChanged,
}

fn refused(status: u8) -> Result<Outcome, Fault> {
    Ok(Outcome::Found(super::refused(status)))
}

/// Looks for mail.
pub(super) async fn find(
    cx: &Context,
    search_id: &str,
    criterion: &MailboxCriterion,
) -> Result<Outcome, Fault> {
    let Some(query) = &criterion.query else { return refused(status::INVALID_PARAMETER) };
    let options = criterion.options.as_ref();
    let range = match options.and_then(|options| options.range.as_deref()) {
        None => Some(0..=RESULTS_DEFAULT - 1),
        Some(text) => result_range(text),
    };
    let (Some(range), Some(text)) = (range, query.free_text.as_deref()) else {
        return refused(status::INVALID_PARAMETER);
    };
    if query.class.as_deref().is_some_and(|class| class != "Email") {
        return refused(status::INVALID_PARAMETER);
    }
    if !super::may_ask(cx, search_id, &range) {
        return refused(status::RANGE_NOT_FROM_ZERO);
    }
    let Ok(text) = kql::parse(text, cx.now) else { return refused(status::INVALID_PARAMETER) };
    let folders = hierarchy::visible(cx).await?;
    let deep = options.is_some_and(|options| options.deep_traversal.is_some());
    let named: Vec<String> = query.collection_id.iter().cloned().collect();
    let folders = match scope::folders(&folders, &named, deep, &[Class::Email]) {
        Ok(folders) => folders,
        Err(NoSuchFolder) => return Ok(Outcome::HierarchyChanged),
    };
    let limit = range.end() + 1;
    let query = Query {
        text: text.text,
        folders,
        after: text.after,
        before: text.before,
        limit,
        count_to: 1000,
        ..Query::default()
    };
    let Some(mut found) = scope::search(cx, &query).await? else { return Err(Fault::Busy(30)) };
    let start = *range.start() as usize;
    found.items.drain(..start.min(found.items.len()));
    let mut summaries: HashMap<ItemId, Summary> = HashMap::with_capacity(found.items.len());
    let ids: Vec<ItemId> = found.items.iter().map(|meta| meta.id).collect();
    for portion in ids.chunks(PORTION) {
        let items = cx.backend.fetch(cx.mailbox, portion).await?;
        let version = cx.version;
        let read = move || -> Vec<_> {
            items.iter().filter_map(|item| Some((item.meta.id, summary(item, version)?))).collect()
        };
        let read =
            tokio::task::spawn_blocking(read).await.map_err(|error| Fault::Unavailable(Box::new(error)))?;
        summaries.extend(read);
    }
    let results: Vec<FoundResult> = found
        .items
        .iter()
        .filter_map(|meta| {
            Some(FoundResult {
                class: Some("Email".to_owned()),
                server_id: Some(ServerId { folder: meta.folder, item: meta.id }.to_string()),
                collection_id: Some(meta.folder.to_string()),
                properties: Some(Properties::Mail(Box::new(summaries.remove(&meta.id)?))),
            })
        })
        .collect();
    if results.is_empty() {
        // MS-ASCMD_R38391805: no result at all.
        return refused(status::SUCCESS);
    }
    Ok(Outcome::Found(Found {
        store: Some(super::STORE.to_owned()),
        status: status::SUCCESS,
        range: Some(format!("{start}-{}", start + results.len() - 1)),
        results,
        total: Some(found.total),
    }))
}

/// What a list shows of a message; none where it can't be read.
fn summary(item: &Item, version: Version) -> Option<Summary> {
    let mut options = BodyOptions::new(version);
    options.preferences = vec![BodyPreference {
        r#type: BodyType::Text,
        truncation_size: Some(0),
        all_or_none: None,
        preview: Some(PREVIEW),
    }];
    let email = mail::email(item, &options).ok()?;
    let headers = mail::headers(&item.content).ok()?;
    Some(Summary {
        subject: Some(email.subject.unwrap_or_default()),
        date_received: email.date_received,
        display_to: email.display_to,
        display_cc: names(&headers.cc),
        display_bcc: names(&headers.bcc),
        importance: email.importance,
        read: email.read,
        is_draft: Some(item.meta.state.draft),
        preview: Some(email.body.and_then(|body| body.preview).unwrap_or_default()),
        has_attachments: Some(!email.attachments.is_empty()),
        from: email.from,
    })
}

/// Display names, separated by semicolons; the address where somebody has none.
fn names(people: &[Mailbox]) -> Option<String> {
    let names: Vec<&str> =
        people.iter().map(|person| person.name.as_deref().unwrap_or(person.address.as_str())).collect();
    (!names.is_empty()).then(|| names.join(";"))
}
