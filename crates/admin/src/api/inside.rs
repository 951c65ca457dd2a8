//! The API within a process that has the store at hand: what the command line asks where no server is named.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::entropy::Entropy;
use hyper::{Method, Request, StatusCode};
use tower::ServiceExt as _;

use super::problem::Trouble;
use super::{Api, router};

/// Who asks from within. The listener knows nothing that would put it into a request.
#[derive(Debug, Clone)]
pub(super) struct Insider(pub(super) Actor);

/// The API of a store.
pub struct Inside {
    router: Router,
    actor: Actor,
}

/// What the API says.
#[derive(Debug)]
pub struct Answer {
    /// How it went.
    pub status: StatusCode,
    /// JSON; empty where there is nothing to say.
    pub body: Bytes,
    /// What is the matter with the store, which those outside are not told.
    pub trouble: Option<String>,
}

impl Inside {
    /// For whom and what. Nobody has to prove anything: whoever has the store can do as they like.
    pub fn new(administration: Administration, entropy: Arc<dyn Entropy>, actor: Actor) -> Inside {
        Inside { router: router(Arc::new(Api { administration, entropy, app: None })), actor }
    }

    /// Asks for `path`, which begins behind [`super::BASE`], with a body of JSON unless it is empty.
    ///
    /// # Errors
    /// A path that is none.
    pub async fn ask(&self, method: Method, path: &str, body: Bytes) -> Result<Answer, hyper::http::Error> {
        let request = Request::builder().method(method).uri(path).header(CONTENT_TYPE, "application/json");
        let mut request = request.body(Body::from(body))?;
        request.extensions_mut().insert(Insider(self.actor.clone()));
        let answered: Result<_, Infallible> = self.router.clone().oneshot(request).await;
        let Ok(response) = answered;
        let (mut parts, body) = response.into_parts();
        let trouble = parts.extensions.remove().map(|Trouble(what)| what);
        // Answers are made in memory; there is nothing that could break off.
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        Ok(Answer { status: parts.status, body, trouble })
    }
}
