//! Line ends as mail servers demand them (RFC 5321 2.3.8): a phone may write what it likes, and its
//! message is kept so here, but another server would take a bare LF or CR for an attempt to smuggle.

use std::borrow::Cow;

/// The message with each line end CRLF. Signatures stay good: they are made over this form.
pub fn canonical(content: Vec<u8>) -> Vec<u8> {
    match with_crlf(&content) {
        Cow::Owned(changed) => changed,
        Cow::Borrowed(_) => content,
    }
}

fn with_crlf(content: &[u8]) -> Cow<'_, [u8]> {
    let mut changed: Option<Vec<u8>> = None;
    let mut before = 0;
    for (at, &byte) in content.iter().enumerate() {
        let bare_lf = byte == b'\n' && before != b'\r';
        let bare_cr = before == b'\r' && byte != b'\n';
        if changed.is_none() && (bare_lf || bare_cr) {
            changed = Some(content.get(..at).unwrap_or_default().to_vec());
        }
        if let Some(changed) = &mut changed {
            if bare_cr {
                changed.push(b'\n');
            }
            if bare_lf {
                changed.push(b'\r');
            }
            changed.push(byte);
        }
        before = byte;
    }
    if before == b'\r' {
        changed.get_or_insert_with(|| content.to_vec()).push(b'\n');
    }
    changed.map_or(Cow::Borrowed(content), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_ends_alike() {
        for (content, expected) in [
            ("a\nb\n", "a\r\nb\r\n"),
            ("a\r\nb\n\nc", "a\r\nb\r\n\r\nc"),
            ("a\rb\r", "a\r\nb\r\n"),
            ("\r\r\n\n", "\r\n\r\n\r\n"),
            ("", ""),
        ] {
            assert_eq!(canonical(content.as_bytes().to_vec()), expected.as_bytes(), "{content:?}");
        }
        assert!(matches!(with_crlf(b"a\r\n.\r\n"), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn once_is_enough(content in proptest::collection::vec(
            proptest::sample::select(b"a\r\n.".to_vec()), 0..60)
        ) {
            let once = canonical(content);
            proptest::prop_assert!(matches!(with_crlf(&once), Cow::Borrowed(_)));
        }
    }
}
