//! The messages that the demo's mailboxes are filled with. They are part of the program.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/demo"]
struct Files;

/// Name and bytes of each, by name.
pub fn messages() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    let mut names: Vec<Cow<'static, str>> = Files::iter().filter(|name| name.ends_with(".eml")).collect();
    names.sort();
    names.into_iter().filter_map(|name| Some((name.to_string(), Files::get(&name)?.data)))
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;

    #[test]
    fn every_sample_is_a_message_for_the_demo() {
        let messages: Vec<_> = messages().collect();
        assert!(messages.len() >= 10, "{}", messages.len());
        for (name, content) in messages {
            let message = MessageParser::default().parse(&content[..]).expect(&name);
            assert!(message.subject().is_some() && message.from().is_some(), "{name}");
        }
    }
}
