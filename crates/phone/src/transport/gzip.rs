//! Undoes `Content-Encoding: gzip`, bounded.

use std::io::Read as _;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;

use super::TransportError;

/// The bytes behind `body`, at most `limit` of them.
pub(super) fn decompress(body: &[u8], limit: usize) -> Result<Bytes, TransportError> {
    let mut out = Vec::with_capacity(body.len().saturating_mul(4).min(limit));
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(body)
        .take(one_more)
        .read_to_end(&mut out)
        .map_err(|e| TransportError::Broken(Box::new(e)))?;
    if out.len() > limit {
        return Err(TransportError::TooLarge(limit));
    }
    Ok(Bytes::from(out))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
        let packed = encoder.finish().unwrap();
        assert_eq!(decompress(&packed, 1 << 20).unwrap().len(), 1 << 20);
        assert!(matches!(decompress(&packed, 1 << 19), Err(TransportError::TooLarge(_))));
        assert!(decompress(b"not gzip", 100).is_err());
    }
}
