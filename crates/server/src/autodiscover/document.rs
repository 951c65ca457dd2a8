//! The XML documents that phones get back ([MS-ASCMD] 2.2.1.1, schema in 6.2).

use jiff::Timestamp;
use quick_xml::escape::escape;

use super::request::{RESPONSE_SCHEMA, RequestError};

/// Namespace of the root, and of errors of the framework.
const SCHEMA: &str = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

/// Country and language of the texts: they are English.
const CULTURE: &str = "en:us";

fn root(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Autodiscover xmlns=\"{SCHEMA}\">{inside}</Autodiscover>\n"
    )
}

fn user(display_name: &str, address: &str) -> String {
    let name = match display_name {
        "" => String::new(),
        name => format!("<DisplayName>{}</DisplayName>", text(name)),
    };
    format!("<User>{name}<EMailAddress>{}</EMailAddress></User>", text(address))
}

/// The user's server.
pub fn settings(display_name: &str, address: &str, url: &str) -> String {
    let (user, url) = (user(display_name, address), text(url));
    root(&format!(
        "<Response xmlns=\"{RESPONSE_SCHEMA}\"><Culture>{CULTURE}</Culture>{user}<Action><Settings><Server>\
         <Type>MobileSync</Type><Url>{url}</Url><Name>{url}</Name></Server></Settings></Action></Response>"
    ))
}

/// The provider's error: the address is none of the user's. What it is otherwise is not told.
pub fn not_yours(display_name: &str, address: &str) -> String {
    let user = user(display_name, address);
    root(&format!(
        "<Response xmlns=\"{RESPONSE_SCHEMA}\"><Culture>{CULTURE}</Culture>{user}<Action><Error><Status>2</Status>\
         <Message>The address does not belong to the user who signed in.</Message><DebugData></DebugData>\
         <ErrorCode>600</ErrorCode></Error></Action></Response>"
    ))
}

/// An error of the framework: the request never came to a provider. `id` names this server's answer in
/// its log.
pub fn error(error: RequestError, now: Timestamp, id: u32) -> String {
    let time = now.strftime("%H:%M:%S%.7f");
    let message = match error {
        RequestError::Invalid => "Invalid Request",
        RequestError::NoProvider => "Provider is not available",
    };
    root(&format!(
        "<Response><Error Time=\"{time}\" Id=\"{id}\"><ErrorCode>{}</ErrorCode><Message>{message}</Message>\
         <DebugData></DebugData></Error></Response>",
        error.code()
    ))
}

/// Text as it may stand in a document: what XML forbids is left out.
fn text(text: &str) -> String {
    let allowed = |c: &char| matches!(*c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    escape(text.chars().filter(allowed).collect::<String>()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        let document = settings("<Mia> & \u{1}Söhne", "mia@example.org", "https://a/?a=1&b=2");
        assert!(document.contains("<DisplayName>&lt;Mia&gt; &amp; Söhne</DisplayName>"), "{document}");
        assert!(document.contains("<Url>https://a/?a=1&amp;b=2</Url>"));
    }

    #[test]
    fn no_name_is_no_element() {
        assert!(!settings("", "mia@example.org", "https://a").contains("DisplayName"));
    }
}
