//! To which conversation a message belongs, and where in it it stands ([MS-ASCON] 2.2.2.3, 2.2.2.4).
//!
//! Known from the message alone, so that every server and every import comes to the same answer: the
//! conversation is named by the message id that began it, the first of `References`. Outlook's
//! `Thread-Index` gives the place where it is there. Without one the place is made of the message
//! ids on the way, so that the index of an answer begins with that of the message it answers; such
//! an index is a path, its blocks are not times.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::{HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

use super::headers::ids;
use crate::convert::parser::Parsed;
use crate::item::Conversation;

/// Most blocks in an index: a conversation that is deeper loses its middle.
const MAX_BLOCKS: usize = 64;
/// Bytes in a block.
const BLOCK: usize = 5;

/// The conversation of a message that was received at that time, in milliseconds since 1970.
pub fn conversation(content: &[u8], received_ms: i64) -> Conversation {
    let Ok(parsed) = Parsed::headers(content) else { return alone(content, received_ms) };
    let mut path = ids(&parsed, &HeaderName::References);
    if path.is_empty() {
        path.extend(ids(&parsed, &HeaderName::InReplyTo).into_iter().next());
    }
    if let Some(own) = ids(&parsed, &HeaderName::MessageId).into_iter().next()
        && path.last() != Some(&own)
    {
        path.push(own);
    }
    let thread_index = thread_index(&parsed);
    let Some(first) = path.first() else {
        return match thread_index {
            Some((id, index)) => Conversation { id, index },
            None => alone(content, received_ms),
        };
    };
    let id = digest(first.as_bytes());
    let index = thread_index.map_or_else(|| index_of(&path), |(_, index)| index);
    Conversation { id, index }
}

/// A message that nothing connects to others.
fn alone(content: &[u8], received_ms: i64) -> Conversation {
    Conversation { id: digest(content), index: time_block(received_ms).to_vec() }
}

pub(super) fn digest<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let hash = Sha256::digest(bytes);
    std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
}

fn index_of(path: &[String]) -> Vec<u8> {
    let block = |id: &String| digest::<BLOCK>(id.as_bytes());
    let skipped = path.len().saturating_sub(MAX_BLOCKS);
    let first = path.iter().take(1);
    first.chain(path.iter().skip(1 + skipped)).flat_map(block).collect()
}

/// The header block of an index for a time: bytes 1 to 5 of the big-endian FILETIME.
pub(super) fn time_block(ms: i64) -> [u8; BLOCK] {
    /// 1601 to 1970 in units of 100 ns.
    const EPOCH: i64 = 116_444_736_000_000_000;
    let bytes = ms.saturating_mul(10_000).saturating_add(EPOCH).to_be_bytes();
    let [_, a, b, c, d, e, _, _] = bytes;
    [a, b, c, d, e]
}

/// Outlook's `Thread-Index` ([MS-OXOMSG] 2.2.1.3): one reserved byte, 5 of time, 16 of id, 5 for each
/// answer.
fn thread_index(parsed: &Parsed<'_>) -> Option<([u8; 16], Vec<u8>)> {
    let root = parsed.message.parts.first()?;
    let name = HeaderName::from("Thread-Index");
    let value = root.headers.iter().find(|h| h.name == name).map(|h| &h.value);
    let encoded = value.and_then(HeaderValue::as_text)?;
    let bytes = base64_decode(encoded.as_bytes())?;
    let (time, id) = (bytes.get(1..6)?, bytes.get(6..22)?);
    let answers = bytes.get(22..)?;
    let whole = answers.len().min(MAX_BLOCKS * BLOCK) / BLOCK * BLOCK;
    let mut index = time.to_vec();
    index.extend_from_slice(answers.get(..whole)?);
    Some((id.try_into().ok()?, index))
}
