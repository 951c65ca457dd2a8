//! The container in which ItemOperations answers in parts ([MS-ASCMD] 2.2.1.10.1): content that would be
//! base64 inside WBXML travels as it is.
//!
//! The bytes are: the number of parts, then for each part its offset from the start and its length, all i32
//! little endian, then the parts. Part 0 is the WBXML document, whose `Part` elements count the others from 1.

use crate::http::headers;

/// The content type of the container.
pub const CONTENT_TYPE: &str = headers::MULTIPART;

/// Why bytes are no container, or parts do not fit into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MultipartError {
    /// The bytes end inside the table of parts.
    #[error("the multipart container ends inside its table of parts")]
    Truncated,
    /// There is no part, not even the document.
    #[error("the multipart container has no parts")]
    Empty,
    /// This part does not lie inside the container.
    #[error("part {0} does not lie inside the multipart container")]
    OutOfBounds(usize),
    /// More than an i32 can say.
    #[error("the parts are larger than 2 GiB together")]
    TooLarge,
}

/// Puts parts into a container, the document first.
pub fn encode<P: AsRef<[u8]>>(parts: &[P]) -> Result<Vec<u8>, MultipartError> {
    if parts.is_empty() {
        return Err(MultipartError::Empty);
    }
    let table = 4 + 8 * parts.len();
    let len = parts.iter().fold(table, |len, part| len.saturating_add(part.as_ref().len()));
    let mut bytes = Vec::new();
    bytes.extend(int(parts.len())?);
    // The last offset and every length are at most this.
    int(len)?;
    bytes.reserve_exact(len - bytes.len());
    let mut offset = table;
    for part in parts {
        let len = part.as_ref().len();
        bytes.extend(int(offset)?);
        bytes.extend(int(len)?);
        offset += len;
    }
    for part in parts {
        bytes.extend_from_slice(part.as_ref());
    }
    Ok(bytes)
}

/// The parts of a container. At least one, the document.
pub fn decode(bytes: &[u8]) -> Result<Vec<&[u8]>, MultipartError> {
    let (count, mut table) = bytes.split_first_chunk::<4>().ok_or(MultipartError::Truncated)?;
    let count = usize::try_from(i32::from_le_bytes(*count)).map_err(|_| MultipartError::Truncated)?;
    // Checked before anything is reserved for so many.
    if table.len() / 8 < count {
        return Err(MultipartError::Truncated);
    }
    if count == 0 {
        return Err(MultipartError::Empty);
    }
    let mut parts = Vec::with_capacity(count);
    for index in 0..count {
        let (offset, rest) = table.split_first_chunk::<4>().ok_or(MultipartError::Truncated)?;
        let (len, rest) = rest.split_first_chunk::<4>().ok_or(MultipartError::Truncated)?;
        table = rest;
        parts.push(slice(bytes, *offset, *len).ok_or(MultipartError::OutOfBounds(index))?);
    }
    Ok(parts)
}

fn slice(bytes: &[u8], offset: [u8; 4], len: [u8; 4]) -> Option<&[u8]> {
    let start = usize::try_from(i32::from_le_bytes(offset)).ok()?;
    let len = usize::try_from(i32::from_le_bytes(len)).ok()?;
    bytes.get(start..start.checked_add(len)?)
}

fn int(value: usize) -> Result<[u8; 4], MultipartError> {
    i32::try_from(value).map(i32::to_le_bytes).map_err(|_| MultipartError::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &[u8] = include_bytes!("../../tests/data/http/itemoperations-multipart.bin");

    #[test]
    fn the_sample_has_a_document_and_an_attachment() {
        // MS-ASHTTP_R94
        let parts = decode(SAMPLE).unwrap();
        assert_eq!(parts.len(), 2);
        assert!(parts[0].starts_with(&[0x03, 0x01, 0x6a, 0x00]));
        assert!(parts[1].starts_with(b"%PDF-1.7 sample bytes"));
        assert_eq!(encode(&parts).unwrap(), SAMPLE);
    }

    #[test]
    fn a_table_that_lies_is_refused() {
        assert_eq!(decode(b""), Err(MultipartError::Truncated));
        assert_eq!(decode(&[0, 0, 0, 0]), Err(MultipartError::Empty));
        assert_eq!(decode(&[0xff, 0xff, 0xff, 0xff]), Err(MultipartError::Truncated));
        assert_eq!(decode(&[0xff, 0xff, 0xff, 0x7f]), Err(MultipartError::Truncated));
        let mut beyond = SAMPLE.to_vec();
        beyond[16] += 1;
        assert_eq!(decode(&beyond), Err(MultipartError::OutOfBounds(1)));
        assert_eq!(encode::<&[u8]>(&[]), Err(MultipartError::Empty));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(parts in proptest::collection::vec(any::<Vec<u8>>(), 1..6)) {
            let bytes = encode(&parts).unwrap();
            prop_assert_eq!(decode(&bytes).unwrap(), parts);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), count in 0u8..4) {
            let _ = decode(&bytes);
            let mut counted = vec![count, 0, 0, 0];
            counted.extend(bytes);
            let _ = decode(&counted);
        }
    }
}
