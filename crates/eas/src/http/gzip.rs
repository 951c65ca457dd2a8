//! Compressed bodies: `Content-Encoding: gzip`, only for a client that offered it (MS-ASHTTP_R214).

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

/// The value of `Content-Encoding`.
pub const CONTENT_ENCODING: &str = "gzip";
/// Bodies shorter than this are not worth compressing: they fit into one packet anyway.
pub const MIN_LEN: usize = 512;

/// Whether an `Accept-Encoding` header offers gzip (RFC 9110 12.5.3): by name or by `*`, and not with weight 0.
pub fn is_offered(accept_encoding: Option<&str>) -> bool {
    let mut by_wildcard = false;
    for offer in accept_encoding.unwrap_or_default().split(',') {
        let mut pieces = offer.split(';').map(str::trim);
        let coding = pieces.next().unwrap_or_default();
        let refused = pieces.any(|parameter| {
            parameter
                .split_once('=')
                .filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
                .is_some_and(|(_, weight)| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0))
        });
        if coding.eq_ignore_ascii_case("gzip") || coding.eq_ignore_ascii_case("x-gzip") {
            return !refused;
        }
        if coding == "*" {
            by_wildcard = !refused;
        }
    }
    by_wildcard
}

/// Compresses at the fastest level: a server answers many phones, and mail text shrinks well at any level.
///
/// `None` would mean that memory could not be written; the body can then go out as it is.
pub fn compress(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3 + 64), Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Why a body could not be decompressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GzipError {
    /// More bytes than allowed came out.
    #[error("the compressed body is larger than {0} bytes when decompressed")]
    TooLarge(usize),
    /// Not gzip, or damaged.
    #[error("the body is not gzip, or it is damaged")]
    Malformed,
}

/// Decompresses at most `limit` bytes. What is larger is refused after that many, whatever it would become.
pub fn decompress(bytes: &[u8], limit: usize) -> Result<Vec<u8>, GzipError> {
    let mut out = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(bytes).take(most).read_to_end(&mut out).map_err(|_| GzipError::Malformed)?;
    if out.len() > limit { Err(GzipError::TooLarge(limit)) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn gzip_is_offered_by_name_or_wildcard() {
        for yes in ["gzip", "GZIP", "deflate, gzip;q=0.5", "*", "x-gzip", "br;q=1.0, *;q=0.1"] {
            assert!(is_offered(Some(yes)), "{yes}");
        }
        for no in ["", "deflate", "gzip;q=0", "gzip; Q=0.0, *", "*;q=0", "gzipped"] {
            assert!(!is_offered(Some(no)), "{no}");
        }
        assert!(!is_offered(None));
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = compress(&vec![0; 50_000_000]).unwrap();
        assert!(bomb.len() < 500_000);
        assert_eq!(decompress(&bomb, 1_000_000), Err(GzipError::TooLarge(1_000_000)));
    }

    #[test]
    fn damage_is_seen() {
        let whole = compress(b"Fieldpost").unwrap();
        assert_eq!(decompress(&whole[..whole.len() - 1], 100), Err(GzipError::Malformed));
        assert_eq!(decompress(b"Fieldpost", 100), Err(GzipError::Malformed));
        assert_eq!(decompress(&whole, 9).as_deref(), Ok(b"Fieldpost".as_slice()));
        assert_eq!(decompress(&whole, 8), Err(GzipError::TooLarge(8)));
    }

    proptest! {
        #[test]
        fn what_is_compressed_is_decompressed(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(decompress(&compress(&bytes).unwrap(), bytes.len()), Ok(bytes));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
            let _ = decompress(&bytes, 1000);
        }
    }
}
