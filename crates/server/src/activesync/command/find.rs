//! Find (16.1, [MS-ASCMD] 2.2.1.2): [`gal`] looks for people, [`mailbox`] for mail.

mod gal;
mod mailbox;

use std::ops::RangeInclusive;

use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::find::{ExecuteSearch, Found, Request, Response};
use fieldpost_eas::status::{find as status, find_response};

use self::mailbox::Outcome;
use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// What `Store` names in every answer (MS-ASCMD_R45251807).
const STORE: &str = "Mailbox";

/// The command.
pub struct Find;

impl Command for Find {
    const NAME: CommandName = CommandName::Find;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(invalid())
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        let Some(search_id) = request.search_id else { return Ok(invalid()) };
        let ExecuteSearch { mailbox, directory } = request.execute_search.unwrap_or_default();
        match (mailbox, directory) {
            (None, Some(criterion)) => Ok(answer(gal::find(cx, &search_id, &criterion).await?)),
            (Some(criterion), None) => Ok(match mailbox::find(cx, &search_id, &criterion).await? {
                Outcome::Found(found) => answer(found),
                Outcome::HierarchyChanged => {
                    Response { status: Some(status::HIERARCHY_CHANGED), response: None }
                }
            }),
            // Neither or both.
            _ => Ok(invalid()),
        }
    }
}

/// Nothing of it makes sense: status 2 without a response.
fn invalid() -> Response {
    Response { status: Some(status::INVALID_PARAMETER), response: None }
}

/// The answer of a store. Where its parameters are at fault, the whole command's are.
fn answer(found: Found) -> Response {
    let status = match found.status {
        find_response::INVALID_PARAMETER => status::INVALID_PARAMETER,
        _ => status::SUCCESS,
    };
    Response { status: Some(status), response: Some(found) }
}

/// Whether a range of this search may be asked for: see [`crate::activesync::searches`].
fn may_ask(cx: &Context, search_id: &str, range: &RangeInclusive<u32>) -> bool {
    cx.app.searches.may_ask(cx.account.id, cx.device_id(), search_id, *range.start())
}

/// A store's answer that nothing was looked for.
fn refused(status: u8) -> Found {
    Found { store: Some(STORE.to_owned()), status, ..Found::default() }
}
