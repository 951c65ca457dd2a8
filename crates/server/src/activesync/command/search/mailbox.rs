//! Search in the mailbox: one `And` with its conditions ([MS-ASCMD] 2.2.3.139.2).
//!
//! Results stand newest first and are looked up anew for each range: nothing is remembered between requests,
//! so `RebuildResults` changes nothing. A result's `LongId` is the item's `ServerId`, which other commands
//! understand as it is.

use std::collections::HashMap;
use std::sync::Arc;

use fieldpost_domain::ItemId;
use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_domain::folder::{Class, Folder};
use fieldpost_domain::id::ServerId;
use fieldpost_domain::item::{ItemMeta, Shown, Texts};
use fieldpost_domain::search::{Query, kql};
use fieldpost_eas::Version;
use fieldpost_eas::command::search::{
    self, Comparison, Condition, Found, Options, Properties, StoreResult, result_range,
};
use fieldpost_eas::date;
use fieldpost_eas::item::Item as WireItem;
use fieldpost_eas::status::search_store as status;

use super::refused;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::activesync::hierarchy;
use crate::activesync::item::show::{self, View};
use crate::activesync::item::{TEXT, body, poison};
use crate::activesync::scope::{self, NoSuchFolder};

/// Most results of one answer ([MS-ASCMD] 2.2.3.143.3).
const RESULTS_MAX: u32 = 100;
/// How far results can be had, and are counted.
const REACH: u32 = 1000;
/// Bytes of items that are in memory at once; a single item may be larger.
const PORTION: u64 = 8 * 1024 * 1024;

/// What is asked, before it meets the mailbox.
#[derive(Debug, Default, PartialEq)]
struct Wish {
    classes: Vec<Class>,
    /// Text messages are asked for.
    texts: bool,
    folders: Vec<String>,
    text: Option<String>,
    conversation: Option<[u8; 16]>,
    after: Option<i64>,
    before: Option<i64>,
}

impl Wish {
    /// The classes of the folders in which all this lies.
    fn holding(&self) -> Vec<Class> {
        let mut classes = self.classes.clone();
        classes.extend(self.texts.then_some(Class::Email));
        classes
    }

    fn shown(&self) -> Shown {
        let texts = if self.texts { Texts::All } else { Texts::None };
        Shown { own: !self.classes.is_empty(), texts }
    }
}

/// Looks for items.
pub(super) async fn search(cx: &Context, query: &search::Query, options: &Options) -> Result<Found, Fault> {
    let read =
        read(query, cx.version).and_then(|wish| Ok((wish, range(options)?, body(options, cx.version)?)));
    let (wish, (first, count), body) = match read {
        Ok(read) => read,
        Err(status) => return Ok(refused(status)),
    };
    if first >= REACH {
        return Ok(refused(status::END_OF_RANGE));
    }
    let folders = hierarchy::visible(cx).await?;
    let deep = options.deep_traversal.is_some();
    let scope = match scope::folders(&folders, &wish.folders, deep, &wish.holding()) {
        Ok(scope) => scope,
        Err(NoSuchFolder) => return Ok(refused(status::HIERARCHY_CHANGED)),
    };
    let text = match wish.text.as_deref().map(|text| kql::parse(text, cx.now)).transpose() {
        Ok(text) => text.unwrap_or_default(),
        Err(kql::KqlError::Empty) => return Ok(refused(status::INVALID_REQUEST)),
        Err(kql::KqlError::TooComplex) => return Ok(refused(status::TOO_COMPLEX)),
    };
    let query = Query {
        text: text.text,
        folders: scope,
        conversation: wish.conversation,
        shown: wish.shown(),
        after: wish.after.max(text.after),
        before: [wish.before, text.before].into_iter().flatten().min(),
        skip: first,
        limit: count.min(REACH - first),
        count_to: REACH,
    };
    let Some(found) = scope::search(cx, &query).await? else { return Ok(refused(status::TIMED_OUT)) };
    if found.total == 0 {
        // MS-ASCMD_R3850: one result with nothing in it.
        let empty = StoreResult::default();
        return Ok(Found { status: status::SUCCESS, results: vec![empty], ..Found::default() });
    }
    let Some(last) = u32::try_from(found.items.len()).ok().and_then(|count| (first + count).checked_sub(1))
    else {
        return Ok(refused(status::END_OF_RANGE));
    };
    if found.items.is_empty() {
        return Ok(refused(status::END_OF_RANGE));
    }
    Ok(Found {
        status: status::SUCCESS,
        results: results(cx, &folders, found.items, body).await?,
        range: Some(format!("{first}-{last}")),
        total: Some(found.total),
    })
}

/// The items as the phone wants them. One that can't be converted is passed over, and reported.
async fn results(
    cx: &Context,
    folders: &[Folder],
    metas: Vec<ItemMeta>,
    body: BodyOptions,
) -> Result<Vec<StoreResult>, Fault> {
    let view = Arc::new(View::new(cx, body));
    let mut told: HashMap<ItemId, WireItem> = HashMap::with_capacity(metas.len());
    for folder in folders {
        let here: Vec<&ItemMeta> = metas.iter().filter(|meta| meta.folder == folder.id).collect();
        for portion in portions(&here) {
            let items = cx.backend.fetch(cx.mailbox, &portion).await?;
            let converted = show::convert(folder.kind.class(), items, &view).await?;
            poison::record(cx, folder, &converted).await?;
            told.extend(converted.into_iter().filter_map(|(id, outcome)| Some((id, outcome.ok()?))));
        }
    }
    let class = |meta: &ItemMeta| {
        if meta.state.text_message {
            return Some(TEXT);
        }
        folders.iter().find(|folder| folder.id == meta.folder)?.kind.class().name()
    };
    let result = |meta: &ItemMeta| {
        let item = told.remove(&meta.id)?;
        Some(StoreResult {
            class: class(meta).map(str::to_owned),
            long_id: Some(ServerId { folder: meta.folder, item: meta.id }.to_string()),
            collection_id: Some(meta.folder.to_string()),
            properties: Some(Properties::Item(Box::new(item))),
        })
    };
    Ok(metas.iter().filter_map(result).collect())
}

/// Ids in pieces of no more than [`PORTION`].
fn portions(metas: &[&ItemMeta]) -> Vec<Vec<ItemId>> {
    let mut portions: Vec<Vec<ItemId>> = Vec::new();
    let mut bytes = u64::MAX;
    for meta in metas {
        bytes = bytes.saturating_add(u64::from(meta.size));
        match portions.last_mut() {
            Some(portion) if bytes <= PORTION => portion.push(meta.id),
            _ => {
                portions.push(vec![meta.id]);
                bytes = u64::from(meta.size);
            }
        }
    }
    portions
}

/// Reads the query, or says what is wrong with it.
fn read(query: &search::Query, version: Version) -> Result<Wish, u8> {
    let [Condition::And(and)] = query.conditions.as_slice() else {
        // Conditions stand below one And, and nowhere else (MS-ASCMD_R923, MS-ASCMD_R2032, MS-ASCMD_R2086,
        // MS-ASCMD_R3105).
        let none = query.conditions.is_empty();
        return Err(if none { status::INVALID_REQUEST } else { status::TOO_COMPLEX });
    };
    let mut wish = Wish::default();
    for condition in &and.conditions {
        match condition {
            Condition::FreeText(text) => once(&mut wish.text, text.clone())?,
            // Text messages are shown to whoever asks for them.
            Condition::Class(name) if name == TEXT && version >= Version::V14_0 => wish.texts = true,
            Condition::Class(name) => wish.classes.push(class(name, version)?),
            Condition::CollectionId(id) => wish.folders.push(id.clone()),
            // MS-ASCMD_R5815: not more than one.
            Condition::ConversationId(id) if version >= Version::V14_0 => {
                let id = id.0.as_slice().try_into().map_err(|_| status::INVALID_REQUEST)?;
                once(&mut wish.conversation, id)?;
            }
            Condition::GreaterThan(than) => once(&mut wish.after, moment(than)?)?,
            Condition::LessThan(than) => once(&mut wish.before, moment(than)?)?,
            Condition::And(_) | Condition::Or(_) => return Err(status::TOO_COMPLEX),
            Condition::EqualTo(_) | Condition::ConversationId(_) => return Err(status::INVALID_REQUEST),
        }
    }
    if wish == Wish::default() {
        return Err(status::INVALID_REQUEST);
    }
    if wish.texts && !wish.classes.is_empty() && !wish.classes.contains(&Class::Email) {
        // Mail lies in the same folders.
        return Err(status::TOO_COMPLEX);
    }
    if wish.classes.is_empty() && !wish.texts {
        // MS-ASCMD_R922
        wish.classes = [Class::Email, Class::Calendar, Class::Contacts, Class::Tasks].to_vec();
        wish.classes.extend((version >= Version::V14_0).then_some(Class::Notes));
    }
    Ok(wish)
}

fn once<T>(slot: &mut Option<T>, value: T) -> Result<(), u8> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(status::INVALID_REQUEST),
    }
}

/// A class by its name (MS-ASCMD_R920).
fn class(name: &str, version: Version) -> Result<Class, u8> {
    Ok(match name {
        "Email" => Class::Email,
        "Calendar" => Class::Calendar,
        "Contacts" => Class::Contacts,
        "Tasks" => Class::Tasks,
        "Notes" if version >= Version::V14_0 => Class::Notes,
        _ => return Err(status::INVALID_REQUEST),
    })
}

/// The time that a message is compared with, milliseconds since 1970.
fn moment(than: &Comparison) -> Result<i64, u8> {
    let value = than.date_received.and(than.value.as_deref()).ok_or(status::INVALID_REQUEST)?;
    Ok(date::parse(value.trim()).ok_or(status::INVALID_REQUEST)?.as_millisecond())
}

/// The first result that is wanted, and how many.
fn range(options: &Options) -> Result<(u32, u32), u8> {
    let Some(text) = options.range.as_deref() else { return Ok((0, RESULTS_MAX)) };
    let range = result_range(text).ok_or(status::INVALID_REQUEST)?;
    Ok((*range.start(), (range.end() - range.start() + 1).min(RESULTS_MAX)))
}

/// How bodies are wanted.
fn body(options: &Options, version: Version) -> Result<BodyOptions, u8> {
    let part = options.body_part_preference.as_ref();
    body::options(version, options.mime_support, &options.body_preferences, part, status::INVALID_REQUEST)
}
