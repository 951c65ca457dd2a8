//! Who is who in a meeting: calendar addresses (RFC 5545 3.3.3), and the user whose calendar it is.

use crate::convert::User;
use crate::object::Line;

/// Somebody in a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    /// Display name.
    pub name: Option<String>,
    /// `local@domain`, without `mailto:`.
    pub address: String,
}

impl Person {
    /// Whom an `ORGANIZER` or `ATTENDEE` line names; none where that is no mail address.
    pub fn of(line: &Line) -> Option<Person> {
        // Directories name people otherwise, and put the address beside it.
        let address = address(&line.value()).or_else(|| line.param("EMAIL").and_then(address))?;
        let name = line.param("CN").map(str::trim).filter(|name| !name.is_empty());
        Some(Person { name: name.map(str::to_owned), address })
    }

    /// Whether that is the person's address.
    pub fn is(&self, address: &str) -> bool {
        same(&self.address, address)
    }

    /// The name, else the address.
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.address)
    }
}

/// Whether two addresses are one: case matters nowhere that people write to.
pub fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// The mail address in a calendar address: `mailto:a@b`, or bare as old programs write it.
pub fn address(value: &str) -> Option<String> {
    let value = value.trim();
    let scheme = value.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let address = if scheme.is_some() { value.get(7..).unwrap_or_default() } else { value };
    let address = address.split('?').next().unwrap_or_default().trim();
    let is_address = address.len() <= 320
        && !address.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
        && address.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !local.contains([':', '@'])
        });
    is_address.then(|| address.to_owned())
}

/// Whether a line names the user whose calendar is looked at.
pub fn names(line: &Line, user: &User) -> bool {
    Person::of(line).is_some_and(|person| user.has_address(&person.address))
}

/// The user as somebody in a meeting.
impl From<&User> for Person {
    fn from(user: &User) -> Person {
        let name = Some(user.name.clone()).filter(|name| !name.is_empty());
        Person { name, address: user.address().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_programs_write_them() {
        for (value, expected) in [
            ("mailto:mia@example.org", Some("mia@example.org")),
            ("MAILTO:Mia@Example.org", Some("Mia@Example.org")),
            (" mia@example.org", Some("mia@example.org")),
            ("mailto:mia@example.org?subject=x", Some("mia@example.org")),
            ("urn:uuid:3c1e", None),
            ("https://example.org/principals/mia@example.org", None),
            ("mailto:", None),
            ("mailto:a b@example.org", None),
            ("mailto:a@b@example.org", None),
            ("", None),
            ("mäilto", None),
        ] {
            assert_eq!(address(value).as_deref(), expected, "{value}");
        }
        let line = Line::new("ATTENDEE", "urn:uuid:3c1e").with("EMAIL", "a@b").with("CN", " ");
        assert_eq!(Person::of(&line), Some(Person { name: None, address: "a@b".into() }));
    }
}
