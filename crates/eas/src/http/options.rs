//! What an answer to OPTIONS holds ([MS-ASHTTP] 2.2.4), and the headers that order a device to start over.

use crate::Version;
use crate::command::CommandName;
use crate::http::headers;

/// A header: its name in lower case, and its value.
pub type Header = (&'static str, String);

/// The headers of an answer to OPTIONS. It has no body.
///
/// `versions` are those that the server speaks, `commands` those that it carries out. Commands that none of
/// the versions has are left out. `MS-Server-ActiveSync` carries the newest version offered: some clients
/// take it for the server's build and look for a number of that shape.
pub fn answer(versions: &[Version], commands: &[CommandName]) -> Vec<Header> {
    let newest = versions.iter().max().copied().unwrap_or(Version::V16_1);
    vec![
        (headers::PROTOCOL_VERSIONS, version_list(versions)),
        (headers::PROTOCOL_COMMANDS, command_list(versions, commands)),
        (headers::SERVER, newest.name().into()),
        ("public", "OPTIONS,POST".into()),
        ("allow", "OPTIONS,POST".into()),
        ("cache-control", "private".into()),
    ]
}

/// The headers that tell a device to drop what it holds and to read the server's abilities again. They belong
/// to the answer of a FolderSync with key 0 (MS-ASHTTP_R1202) and to the first one after the server changed.
pub fn start_over(versions: &[Version], commands: &[CommandName]) -> Vec<Header> {
    vec![
        (headers::RESYNC, version_list(versions)),
        (headers::PROTOCOL_VERSIONS, version_list(versions)),
        (headers::PROTOCOL_COMMANDS, command_list(versions, commands)),
    ]
}

/// `2.5,12.0,...`, oldest first.
fn version_list(versions: &[Version]) -> String {
    let names: Vec<&str> =
        Version::ALL.iter().filter(|known| versions.contains(known)).map(|known| known.name()).collect();
    names.join(",")
}

fn command_list(versions: &[Version], commands: &[CommandName]) -> String {
    let names: Vec<&str> = CommandName::ALL
        .iter()
        .filter(|known| commands.contains(known))
        .filter(|known| versions.iter().any(|version| known.exists_in(*version)))
        .map(|known| known.name())
        .collect();
    names.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<'a>(headers: &'a [Header], name: &str) -> &'a str {
        &headers.iter().find(|(known, _)| *known == name).expect(name).1
    }

    #[test]
    fn versions_and_commands_are_listed() {
        let answer = answer(&Version::ALL, &CommandName::ALL);
        // MS-ASHTTP_R1107, MS-ASHTTP_R249
        assert_eq!(value(&answer, headers::PROTOCOL_VERSIONS), "2.5,12.0,12.1,14.0,14.1,16.0,16.1");
        // MS-ASHTTP_R247
        assert_eq!(
            value(&answer, headers::PROTOCOL_COMMANDS),
            "Sync,SendMail,SmartForward,SmartReply,GetAttachment,GetHierarchy,CreateCollection,\
             DeleteCollection,MoveCollection,FolderSync,FolderCreate,FolderDelete,FolderUpdate,MoveItems,\
             GetItemEstimate,MeetingResponse,Search,Settings,Ping,ItemOperations,Provision,\
             ResolveRecipients,ValidateCert,Find"
        );
    }

    #[test]
    fn only_what_is_carried_out_in_a_version_offered_is_listed() {
        let commands = [CommandName::Ping, CommandName::Sync, CommandName::Find, CommandName::GetAttachment];
        let old = answer(&[Version::V12_1, Version::V2_5], &commands);
        assert_eq!(value(&old, headers::PROTOCOL_VERSIONS), "2.5,12.1");
        assert_eq!(value(&old, headers::PROTOCOL_COMMANDS), "Sync,GetAttachment,Ping");
        let new = answer(&[Version::V16_1], &commands);
        assert_eq!(value(&new, headers::PROTOCOL_COMMANDS), "Sync,Ping,Find");
    }

    #[test]
    fn starting_over_takes_three_headers() {
        let headers = start_over(&Version::ALL, &[CommandName::Sync]);
        for name in [headers::RESYNC, headers::PROTOCOL_VERSIONS, headers::PROTOCOL_COMMANDS] {
            assert!(!value(&headers, name).is_empty());
        }
    }
}
