//! OPTIONS: which versions and commands this server has ([MS-ASHTTP] 2.2.4).

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::options::{self, Header};
use hyper::header::{HeaderName, HeaderValue};

use super::answer::Answer;
use super::command::supported;

/// The answer to OPTIONS (MS-ASHTTP_R1107).
pub fn answer() -> Answer {
    let commands: Vec<CommandName> = supported().collect();
    let headers = options::answer(&Version::ALL, &commands).into_iter().filter_map(header);
    Answer { headers: headers.collect(), ..Answer::empty() }
}

/// The headers that accompany the answer to FolderSync with key 0: the phone reads OPTIONS anew
/// (MS-ASHTTP_R1104, MS-ASHTTP_R226).
pub fn announcement() -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let commands: Vec<CommandName> = supported().collect();
    options::start_over(&Version::ALL, &commands).into_iter().filter_map(header)
}

/// Names and values are letters, digits and dots; one that is not would be left out.
fn header((name, value): Header) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::from_static(name), HeaderValue::try_from(value).ok()?))
}
