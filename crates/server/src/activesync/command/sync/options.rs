//! The options of a collection, from the wire to the delta engine and on to the conversion.

use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_domain::folder::Class;
use fieldpost_domain::sync::options::Preference;
use fieldpost_domain::sync::{Conflict, Filter, Options};
use fieldpost_eas::Version;
use fieldpost_eas::command::sync::request as wire;
use fieldpost_eas::item::{BodyPartPreference, BodyPreference, BodyType};
use fieldpost_eas::status::{Common, sync as status};

/// Reads the `Options` of a collection: none (`None`), one block, or one for the folder's class and
/// one for SMS, which is not served and left aside (MS-ASCMD_R929 to R935).
pub fn read(blocks: &[wire::Options], class: Class) -> Result<Option<Options>, u8> {
    let mut own = None;
    let mut sms = false;
    for block in blocks {
        match block.class.as_deref() {
            Some("SMS") if class == Class::Email && !sms => sms = true,
            None if own.is_none() => own = Some(block),
            Some(name) if own.is_none() && Some(name) == class.name() => own = Some(block),
            _ => return Err(status::PROTOCOL_ERROR),
        }
    }
    own.map(|block| read_block(block, class)).transpose()
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
        conversations: false,
        conflict,
        mime_support: code(block.mime_support, 2)?.unwrap_or(0),
        mime_truncation: code(block.mime_truncation, 8)?,
        truncation: code(block.truncation, 9)?,
        bodies,
        part: block.body_part_preference.as_ref().map(part_preference),
        max_items: block.max_items,
    })
}

/// The filter and the most items that GetItemEstimate is to count with, where it names them: in
/// `Options`, or beside the key up to 12.1.
pub fn read_estimate(
    blocks: &[wire::Options],
    filter_type: Option<u32>,
    class: Class,
) -> Result<Option<(Filter, Option<u32>)>, u8> {
    match filter_type {
        Some(_) => {
            let block = wire::Options { filter_type, ..wire::Options::default() };
            Ok(Some((read_block(&block, class)?.filter, None)))
        }
        None => Ok(read(blocks, class)?.map(|options| (options.filter, options.max_items))),
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
