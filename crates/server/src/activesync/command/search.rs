//! Search ([MS-ASCMD] 2.2.1.16): one store at a time, each in a module of its own. [`gal`]: people;
//! [`mailbox`]: items; [`document_library`]: documents of this machine, where the configuration shares some.

mod document_library;
mod gal;
mod mailbox;

use fieldpost_eas::Version;
use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::search::{Found, Request, Response, StoreResponse};
use fieldpost_eas::status::{search as status, search_store};

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// The command.
pub struct Search;

impl Command for Search {
    const NAME: CommandName = CommandName::Search;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(answer(refused(search_store::INVALID_REQUEST)))
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        let store = request.store.unwrap_or_default();
        let query = store.query.unwrap_or_default();
        let options = store.options.unwrap_or_default();
        let found = match store.name.as_deref().unwrap_or_default().to_ascii_lowercase().as_str() {
            "gal" => gal::search(cx, &query, &options).await?,
            // Both exist since 12.0 ([MS-ASCMD] 2.2.3.120.2).
            "mailbox" if cx.version >= Version::V12_0 => mailbox::search(cx, &query, &options).await?,
            "documentlibrary" if cx.version >= Version::V12_0 => {
                document_library::search(cx, &query, &options).await?
            }
            // Not there: status 2 as for a name that means nothing ([MS-ASCMD] 2.2.3.177.13).
            _ => refused(search_store::INVALID_REQUEST),
        };
        Ok(answer(found))
    }
}

/// The answer of a store: the command as such went well.
fn answer(found: Found) -> Response {
    Response { status: Some(status::SUCCESS), response: Some(StoreResponse { store: Some(found) }) }
}

/// A store's answer that nothing was looked for.
fn refused(status: u8) -> Found {
    Found { status, ..Found::default() }
}
