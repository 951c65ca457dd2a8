//! From the listener's requests and answers to those of the router and back. The listener keeps its limits of
//! size and time that way, and the router never sees a body that is not there in full.

use std::convert::Infallible;

use axum::Router;
use axum::body::{Body, to_bytes};
use fieldpost_net::http::{Handler, Peer, Reply, RequestBody};
use http_body_util::Full;
use hyper::{Request, Response, StatusCode};
use tower::ServiceExt as _;

use crate::BODY_LIMIT;

pub(crate) struct Bridge(Router);

impl Bridge {
    pub(crate) fn new(router: Router) -> Bridge {
        Bridge(router)
    }
}

impl Handler for Bridge {
    async fn handle(&self, request: Request<RequestBody>, peer: Peer) -> Reply {
        let (parts, body) = request.into_parts();
        let body = match body.read(BODY_LIMIT).await {
            Ok(body) => body,
            Err(error) => return error.response().into(),
        };
        let mut request = Request::from_parts(parts, Body::from(body));
        request.extensions_mut().insert(peer);
        let answered: Result<_, Infallible> = self.0.clone().oneshot(request).await;
        let Ok(response) = answered;
        let (parts, body) = response.into_parts();
        // Pages are made in memory; there is nothing that could break off.
        match to_bytes(body, usize::MAX).await {
            Ok(bytes) => Response::from_parts(parts, Full::new(bytes)).into(),
            Err(_) => {
                let mut response = Response::new(Full::default());
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response.into()
            }
        }
    }
}
