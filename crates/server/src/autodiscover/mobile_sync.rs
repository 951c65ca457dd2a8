//! The XML form: who posts it signs in, and is told where the own mailbox lies.

use std::net::IpAddr;
use std::sync::Arc;

use fieldpost_eas::status::Common;
use fieldpost_net::http::RequestBody;
use fieldpost_store::Account;
use hyper::header::{AUTHORIZATION, HeaderValue};
use hyper::{Request as HttpRequest, StatusCode};

use super::location::Location;
use super::request::{Request, RequestError};
use super::{document, host};
use crate::App;
use crate::activesync::answer::Answer;
use crate::activesync::fault::Fault;
use crate::activesync::session;
use crate::entropy;

/// Most bytes of a request. They have some 400.
const BODY_LIMIT: usize = 64 * 1024;
/// The account is blocked (MS-ASHTTP_R608, MS-ASHTTP_R1003): the phone stops, and says so.
const BLOCKED: u16 = 456;

/// Answers one POST. No mailbox is read and no other server asked.
pub async fn answer(
    app: &Arc<App>,
    request: HttpRequest<RequestBody>,
    peer: IpAddr,
) -> Result<Answer, Fault> {
    let (head, body) = request.into_parts();
    let authorization = head.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let account = match session::sign_in(app, authorization, peer).await {
        Err(Fault::Refused(Common::AccountDisabled)) => {
            return Err(Fault::Http(StatusCode::from_u16(BLOCKED).unwrap_or(StatusCode::FORBIDDEN)));
        }
        outcome => outcome?,
    };
    // Phones say text/xml, text/html or something else (MS-ASHTTP_R145): what counts is what comes.
    let body = body.read(BODY_LIMIT).await?;
    let location = Location::of(&app.settings, host(&head.headers));
    let document = match Request::read(&body) {
        Ok(request) => tell(&account, request.as_ref(), &location),
        Err(error) => refuse(app, error),
    };
    Ok(Answer::of_type(HeaderValue::from_static("text/xml; charset=utf-8"), document.into_bytes()))
}

/// The server of the user, by the primary address whichever was asked for (MS-ASCMD_R2228).
fn tell(account: &Account, request: Option<&Request>, location: &Location) -> String {
    let is_own = request.is_none_or(|request| {
        let known = std::iter::once(&account.address).chain(&account.aliases);
        let mut folded = known.map(|address| address.to_lowercase());
        folded.any(|address| address == request.address.to_lowercase())
    });
    if is_own {
        document::settings(&account.display_name, &account.address, &location.endpoint())
    } else {
        document::not_yours(&account.display_name, &account.address)
    }
}

fn refuse(app: &App, error: RequestError) -> String {
    let id = u32::from_le_bytes(entropy::bytes::<4>(&*app.entropy));
    tracing::info!(%error, id, "autodiscover request refused");
    document::error(error, app.clock.now(), id)
}
