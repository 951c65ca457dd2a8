//! The text of a line as phones see it, and the line of a text: addresses with names, telephones and
//! messengers that are URIs, relations of vCard 4.0.

use crate::object::Line;

/// Parameter that keeps the name in `"Name" <address>`, as phones may send an address.
const DISPLAY_NAME: &str = "X-DISPLAY-NAME";

/// The text that a phone sees.
pub fn read(line: &Line) -> String {
    let text = line.text();
    let text = text.trim();
    match line.name() {
        "EMAIL" => {
            let address = strip(text, "mailto:");
            match line.param(DISPLAY_NAME) {
                Some(name) => format!("\"{name}\" <{address}>"),
                None => address.to_owned(),
            }
        }
        "TEL" => strip(text, "tel:").to_owned(),
        "IMPP" => strip(text, "im:").to_owned(),
        _ => text.to_owned(),
    }
}

/// The address of an `EMAIL` line, without the name.
pub fn address(line: &Line) -> String {
    strip(line.text().trim(), "mailto:").to_owned()
}

/// Sets it.
pub fn set(line: &mut Line, text: &str) {
    if read(line) == text {
        return;
    }
    match line.name() {
        "EMAIL" => {
            let (name, address) = split_address(text);
            line.set_param(DISPLAY_NAME, name.as_deref());
            line.set_text(address);
        }
        "TEL" => {
            // What people type is no URI.
            if line.param("VALUE").is_some_and(|value| value.eq_ignore_ascii_case("uri")) {
                line.set_param("VALUE", None);
            }
            line.set_text(text);
        }
        // A URI that is no more than an address of some messenger (RFC 3860).
        "IMPP" if !has_scheme(text) || starts_with(text, "im:") => line.set_text(&format!("im:{text}")),
        _ => line.set_text(text),
    }
}

/// `"Anna Berg" <anna@example.org>`, or an address alone.
fn split_address(text: &str) -> (Option<String>, &str) {
    let text = text.trim();
    let parts = text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<'));
    match parts.filter(|(_, address)| address.contains('@')) {
        Some((name, address)) => {
            let name = name.trim();
            let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
            (Some(name.to_owned()).filter(|name| !name.is_empty()), address.trim())
        }
        None => (None, text),
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn strip<'t>(text: &'t str, prefix: &str) -> &'t str {
    if starts_with(text, prefix) { text.get(prefix.len()..).unwrap_or(text) } else { text }
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back() {
        for (name, text, value) in [
            ("EMAIL", "a@x.test", "a@x.test"),
            ("EMAIL", "\"Zoë; Å\" <zoe@x.test>", "zoe@x.test"),
            ("EMAIL", "not an address", "not an address"),
            ("IMPP", "zoe", "im:zoe"),
            ("IMPP", "xmpp:zoe@x.test", "xmpp:zoe@x.test"),
            ("IMPP", "im:zoe", "im:im:zoe"),
            ("TEL", "+49 30 1", "+49 30 1"),
        ] {
            let mut line = Line::new(name, "");
            set(&mut line, text);
            assert_eq!((line.text().as_str(), read(&line).as_str()), (value, text));
        }
        let mut line = Line::new("TEL", "tel:+1-555").with("VALUE", "uri");
        assert_eq!(read(&line), "+1-555");
        set(&mut line, "+1-556");
        assert_eq!((line.value().as_ref(), line.param("VALUE")), ("+1-556", None));
    }
}
