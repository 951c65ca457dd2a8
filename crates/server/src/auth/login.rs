//! What a phone says about who it is: the `Authorization` header, and the forms of a user name.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Longest header that is looked at, in bytes.
const HEADER_LIMIT: usize = 4096;
/// Longest user name, in characters.
const NAME_LIMIT: usize = 320;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// User name and password as sent. Its `Debug` form shows no password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name, in whatever form.
    pub user: String,
    /// The password's bytes, most likely UTF-8.
    pub password: Vec<u8>,
    /// The same pair read as ISO-8859-1, where the bytes are not UTF-8 (Outlook sends them so).
    latin1: bool,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

impl Credentials {
    /// Reads `Basic <base64 of user:password>` (RFC 7617). The bytes are UTF-8; where they are not,
    /// they are ISO-8859-1.
    pub fn from_header(header: &[u8]) -> Option<Credentials> {
        if header.len() > HEADER_LIMIT {
            return None;
        }
        let (scheme, rest) = header.split_at_checked(6)?;
        if !scheme.eq_ignore_ascii_case(b"basic ") {
            return None;
        }
        let bytes = LENIENT.decode(rest.trim_ascii()).ok()?;
        let colon = bytes.iter().position(|&byte| byte == b':')?;
        let (user, password) = (bytes.get(..colon)?, bytes.get(colon + 1..)?);
        let latin1 = std::str::from_utf8(&bytes).is_err();
        let (user, password) = if latin1 {
            (from_latin1(user), from_latin1(password).into_bytes())
        } else {
            (String::from_utf8_lossy(user).into_owned(), password.to_vec())
        };
        let user = user.trim().to_owned();
        if user.is_empty() || user.chars().count() > NAME_LIMIT || user.chars().any(char::is_control) {
            return None;
        }
        Some(Credentials { user, password, latin1 })
    }

    /// The password as it would read had the phone meant ISO-8859-1 though its bytes happen to be
    /// UTF-8 (`Ã¼`): to be tried when the first reading is wrong. None where both are the same.
    pub fn other_reading(&self) -> Option<Vec<u8>> {
        (!self.latin1 && !self.password.is_ascii()).then(|| from_latin1(&self.password).into_bytes())
    }
}

fn from_latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// The mail address that a user name stands for: `user`, `user@domain`, `DOMAIN\user`, and
/// `\user@domain`, which Android sends when the domain field is left empty. `domains` are the local
/// domains, the default one first.
pub fn address(user: &str, domains: &[String]) -> Option<String> {
    let (prefix, name) = match user.rsplit_once('\\') {
        Some((prefix, name)) => (prefix, name),
        None => ("", user),
    };
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    if name.contains('@') {
        return Some(name.to_owned());
    }
    // A Windows domain name says nothing, unless it is one of ours written out.
    let named = domains.iter().find(|domain| domain.eq_ignore_ascii_case(prefix));
    let domain = named.or_else(|| domains.first())?;
    Some(format!("{name}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::BASE64_STANDARD;

    fn basic(pair: &[u8]) -> Vec<u8> {
        format!("Basic {}", BASE64_STANDARD.encode(pair)).into_bytes()
    }

    #[test]
    fn a_pair_is_read_as_utf8_and_else_as_latin1() {
        let utf8 = Credentials::from_header(&basic("mia:grün:1".as_bytes())).unwrap();
        assert_eq!((utf8.user.as_str(), utf8.password.as_slice()), ("mia", "grün:1".as_bytes()));
        let latin1 = Credentials::from_header(&basic(b"mia:gr\xFCn:1")).unwrap();
        assert_eq!(latin1.password, "grün:1".as_bytes());
        assert_eq!(latin1.other_reading(), None);
        assert_eq!(utf8.other_reading().unwrap(), "grÃ¼n:1".as_bytes());
    }

    #[test]
    fn what_is_no_basic_header_is_none() {
        for bad in [&b"Bearer abc"[..], b"Basic", b"Basic !!!!", b"", b"Basic bm9jb2xvbg=="] {
            assert!(Credentials::from_header(bad).is_none(), "{bad:?}");
        }
        assert!(Credentials::from_header(&basic(b":secret")).is_none());
        assert!(Credentials::from_header(&basic(b"a\nb:secret")).is_none());
        assert!(Credentials::from_header(&[b'a'; 5000]).is_none());
    }

    #[test]
    fn a_password_is_not_shown() {
        let credentials = Credentials::from_header(&basic(b"mia:geheim")).unwrap();
        assert!(!format!("{credentials:?}").contains("geheim"));
    }

    #[test]
    fn every_form_of_a_name_leads_to_an_address() {
        let domains = ["example.org".to_owned(), "corp.example".to_owned()];
        for (user, expected) in [
            ("mia", "mia@example.org"),
            ("mia@other.example", "mia@other.example"),
            ("CORP\\mia", "mia@example.org"),
            ("Corp.Example\\mia", "mia@corp.example"),
            ("\\mia@example.org", "mia@example.org"),
            ("CORP\\mia@example.org", "mia@example.org"),
        ] {
            assert_eq!(address(user, &domains).as_deref(), Some(expected), "{user}");
        }
        assert_eq!(address("CORP\\", &domains), None);
        assert_eq!(address("mia", &[]), None);
    }
}
