//! Find (16.1, [MS-ASCMD] 2.2.1.2): [`gal`] looks for people, [`mailbox`] for mail.

mod gal;
mod mailbox;

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
        // What the phone calls the search is not remembered: a later range is looked up anew.
        let ExecuteSearch { mailbox, directory } = request.execute_search.unwrap_or_default();
        match (mailbox, directory) {
            (None, Some(criterion)) if request.search_id.is_some() => {
                Ok(answer(gal::find(cx, &criterion).await?))
            }
            (Some(criterion), None) if request.search_id.is_some() => {
                Ok(match mailbox::find(cx, &criterion).await? {
                    Outcome::Found(found) => answer(found),
                    Outcome::HierarchyChanged => {
                        Response { status: Some(status::HIERARCHY_CHANGED), response: None }
                    }
                })
            }
            // Neither, both, or no id.
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

/// A store's answer that nothing was looked for.
fn refused(status: u8) -> Found {
    Found { store: Some(STORE.to_owned()), status, ..Found::default() }
}
