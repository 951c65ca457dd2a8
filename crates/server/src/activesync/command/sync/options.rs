//! The options of a collection, from the wire to the delta engine and on to the conversion.

use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::item::{Shown, Texts};
use fieldpost_domain::sync::options::Preference;
use fieldpost_domain::sync::{Conflict, Filter, Options};
use fieldpost_eas::Version;
use fieldpost_eas::command::sync::request as wire;
use fieldpost_eas::item::{BodyPartPreference, BodyPreference, BodyType};
use fieldpost_eas::status::{Common, sync as status};

use crate::activesync::context::Context;

/// Reads the `Options` of a collection: none (`None`), one block, or among mail one for the mail and one for
/// the text messages (MS-ASCMD_R929 to R935). Of the latter the body forms count, and what else it says where it
/// stands alone: both are shown as far back as the mail.
pub fn read(blocks: &[wire::Options], class: Class) -> Result<Option<Options>, u8> {
    let mut own = None;
    let mut texts = None;
    for block in blocks {
        match block.class.as_deref() {
            Some("SMS") if class == Class::Email && texts.is_none() => texts = Some(block),
            None if own.is_none() => own = Some(block),
            Some(name) if own.is_none() && Some(name) == class.name() => own = Some(block),
            _ => return Err(status::PROTOCOL_ERROR),
        }
    }
    let own = own.map(|block| read_block(block, class)).transpose()?;
    let Some(texts) = texts.map(|block| read_block(block, class)).transpose()? else { return Ok(own) };
    let shown = Shown { own: own.is_some(), texts: Texts::All };
    let text_bodies = texts.bodies.clone();
    Ok(Some(Options { shown, text_bodies, ..own.unwrap_or(texts) }))
}

fn read_block(block: &wire::Options, class: Class) -> Result<Options, u8> {
    let filter = match block.filter_type {
        None => Filter::All,
        Some(number) => {
            let number = u8::try_from(number).map_err(|_| status::PROTOCOL_ERROR)?;
            Filter::from_number(number, class).ok_or(status::PROTOCOL_ERROR)?
        }
    };
    let conflict = match block.conflict {
        Some(0) => Conflict::Client,
        None | Some(1) => Conflict::Server,
        Some(_) => return Err(status::PROTOCOL_ERROR),
    };
    // `MaxItems` belongs to the recipient information cache (MS-ASCMD_R3274).
    if block.max_items.is_some() && class != Class::Other {
        return Err(status::PROTOCOL_ERROR);
    }
    // MS-ASCON_R241
    if block.body_part_preference.as_ref().is_some_and(|part| part.r#type != BodyType::Html) {
        return Err(Common::BodyPartPreferenceTypeNotSupported.code());
    }
    let bodies: Vec<Preference> = block.body_preferences.iter().map(preference).collect();
    let types: std::collections::HashSet<u8> = bodies.iter().map(|b| b.kind).collect();
    if types.len() != bodies.len() {
        return Err(status::PROTOCOL_ERROR);
    }
    Ok(Options {
        filter,
        // It stands beside the options.
        shown: Shown::default(),
        conversations: false,
        conflict,
        mime_support: code(block.mime_support, 2)?.unwrap_or(0),
        mime_truncation: code(block.mime_truncation, 8)?,
        truncation: code(block.truncation, 9)?,
        bodies,
        text_bodies: Vec::new(),
        part: block.body_part_preference.as_ref().map(part_preference),
        max_items: block.max_items,
    })
}

/// The filter, the most items and the classes that GetItemEstimate is to count with, where it names them: in
/// `Options`, or beside the key up to 12.1.
pub fn read_estimate(
    blocks: &[wire::Options],
    filter_type: Option<u32>,
    class: Class,
) -> Result<Option<Options>, u8> {
    match filter_type {
        Some(_) => {
            let block = wire::Options { filter_type, ..wire::Options::default() };
            read_block(&block, class).map(Some)
        }
        None => read(blocks, class),
    }
}

fn code(value: Option<u32>, most: u8) -> Result<Option<u8>, u8> {
    value.map(|v| u8::try_from(v).ok().filter(|v| *v <= most).ok_or(status::PROTOCOL_ERROR)).transpose()
}

fn preference(wire: &BodyPreference) -> Preference {
    Preference {
        kind: wire.r#type as u8,
        truncation_size: wire.truncation_size,
        all_or_none: wire.all_or_none,
        preview: wire.preview,
    }
}

fn part_preference(wire: &BodyPartPreference) -> Preference {
    Preference {
        kind: wire.r#type as u8,
        truncation_size: wire.truncation_size,
        all_or_none: wire.all_or_none,
        preview: wire.preview,
    }
}

fn body_type(kind: u8) -> BodyType {
    match kind {
        2 => BodyType::Html,
        3 => BodyType::Rtf,
        4 => BodyType::Mime,
        _ => BodyType::Text,
    }
}

/// Leaves out text messages where the phone can't be shown them: before 14.0. Those that wait to be sent are for
/// the phone that sends them (`EnableOutboundSMS`, [MS-ASCMD] 2.2.3.60); another one has those that it has put
/// there.
pub fn limit_texts(options: &mut Options, folder: FolderType, cx: &Context) {
    let texts = &mut options.shown.texts;
    if cx.version < Version::V14_0 {
        options.shown = Shown::default();
    } else if *texts != Texts::None {
        let sends = cx.device.information.enable_outbound_sms == Some(true);
        *texts = if folder == FolderType::Outbox && !sends { Texts::Held } else { Texts::All };
    }
}

/// The options of the text messages, as the conversion takes them: plain text where the phone does not say.
pub fn text_options(options: &Options, version: Version) -> BodyOptions {
    let bodies = options.text_bodies.clone();
    let mut body = body_options(&Options { bodies, part: None, mime_support: 0, ..options.clone() }, version);
    if body.preferences.is_empty() {
        body.preferences.push(BodyPreference {
            r#type: BodyType::Text,
            truncation_size: None,
            all_or_none: None,
            preview: None,
        });
    }
    body
}

/// The options as the conversion takes them.
pub fn body_options(options: &Options, version: Version) -> BodyOptions {
    let mut body = BodyOptions::new(version);
    body.preferences = options
        .bodies
        .iter()
        .map(|p| BodyPreference {
            r#type: body_type(p.kind),
            truncation_size: p.truncation_size,
            all_or_none: p.all_or_none,
            preview: p.preview,
        })
        .collect();
    body.part = options.part.as_ref().map(|p| BodyPartPreference {
        r#type: body_type(p.kind),
        truncation_size: p.truncation_size,
        all_or_none: p.all_or_none,
        preview: p.preview,
    });
    body.mime_support = options.mime_support;
    body.mime_truncation = options.mime_truncation;
    body.truncation = options.truncation;
    body
}

/// Most bytes that the phone takes of one item, beyond its headers; for the size of an answer.
pub fn most_bytes(options: &Options) -> u64 {
    let preferences = options.bodies.iter().map(|p| p.truncation_size.map_or(u64::MAX, u64::from));
    let most = preferences.max().unwrap_or(u64::MAX);
    most.saturating_add(2048)
}
