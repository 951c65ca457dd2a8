//! OPTIONS: which versions and commands this server has for the user ([MS-ASHTTP] 2.2.4).

use fieldpost_eas::http::options::{self, Header};
use fieldpost_store::Account;
use hyper::header::{HeaderName, HeaderValue};

use super::answer::Answer;
use super::context::Context;
use super::fault::Fault;
use super::switches;
use crate::App;

/// The answer to OPTIONS (MS-ASHTTP_R1107).
pub fn answer(app: &App, account: &Account) -> Result<Answer, Fault> {
    let (versions, commands) = switches::offered(app, account)?;
    let headers = options::answer(&versions, &commands).into_iter().filter_map(header);
    Ok(Answer { headers: headers.collect(), ..Answer::empty() })
}

/// The headers that accompany the answer to FolderSync with key 0: the phone reads OPTIONS anew
/// (MS-ASHTTP_R1104, MS-ASHTTP_R226).
pub fn announcement(cx: &Context) -> Result<Vec<(HeaderName, HeaderValue)>, Fault> {
    let (versions, commands) = switches::offered(&cx.app, &cx.account)?;
    Ok(options::start_over(&versions, &commands).into_iter().filter_map(header).collect())
}

/// Names and values are letters, digits and dots; one that is not would be left out.
fn header((name, value): Header) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::from_static(name), HeaderValue::try_from(value).ok()?))
}
