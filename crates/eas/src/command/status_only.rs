//! A response that is nothing but a status: from 14.0 on, trouble of the common kind is
//! `<Sync><Status>142</Status></Sync>` in HTTP 200, with the command's own root element
//! ([MS-ASCMD] 2.2.2).

use super::CommandName;
use crate::codec::Element;
use crate::version::Version;
use crate::wbxml::Writer;

/// The document, or `None` for a command that has no WBXML response with a status. Every typed
/// `Response` reads such a document.
pub fn status_only(command: CommandName, status: u8, version: Version) -> Option<Vec<u8>> {
    let (root, tag) = (command.root()?, command.status_tag()?);
    let mut w = Writer::new(version);
    w.start(root);
    status.write(tag, &mut w);
    w.end();
    Some(w.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Document as _;
    use crate::command;

    #[test]
    fn the_root_is_that_of_the_command() {
        let bytes = status_only(CommandName::Sync, 142, Version::V14_0).unwrap();
        assert_eq!(bytes, b"\x03\x01\x6a\x00\x45\x4e\x03142\x00\x01\x01");
        let response = command::sync::Response::decode(&bytes).unwrap();
        assert_eq!(response.status, Some(142));
        assert_eq!(status_only(CommandName::GetAttachment, 142, Version::V14_0), None);
    }
}
