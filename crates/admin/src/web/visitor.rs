//! What a page asks for: anybody ([`Visitor`]), somebody who is signed in ([`User`]), or somebody with a role
//! ([`Administrator`]). Who is not that, is sent to where they can become it.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::response::Redirect;
use fieldpost_domain::role::{Permission, Role};
use fieldpost_net::http::Peer;
use fieldpost_server::administration::{Actor, Through};
use fieldpost_server::sign_in::{SessionId, SignedIn};
use fieldpost_store::Stage;
use hyper::Method;
use hyper::http::request::Parts;
use std::sync::Arc;

use super::failure::Failure;
use crate::Site;

/// Anybody.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The id that their browser has, of a session or of none.
    pub id: Option<SessionId>,
    /// Where they come from.
    pub peer: Peer,
    /// Who they are, as far as they have signed in.
    pub who: Option<SignedIn>,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct User {
    /// Who it is.
    pub who: SignedIn,
    /// Where they come from.
    pub peer: Peer,
}

/// Somebody who has a role.
#[derive(Debug, Clone)]
pub struct Administrator {
    /// Who it is.
    pub user: User,
    /// Their role.
    pub role: Role,
}

impl Deref for Administrator {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

impl User {
    /// Who acts on what is their own.
    pub fn actor(&self) -> Actor {
        Actor {
            name: self.who.name.clone(),
            role: self.who.role.unwrap_or(Role::View),
            address: Some(self.peer.address),
            through: Through::SelfService,
        }
    }
}

impl Administrator {
    /// Who acts.
    pub fn actor(&self) -> Actor {
        Actor {
            name: self.who.name.clone(),
            role: self.role,
            address: Some(self.peer.address),
            through: Through::Web,
        }
    }

    /// Whether they may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    /// An error page, unless they may do this.
    pub fn must(&self, permission: Permission) -> Result<(), Failure> {
        if self.may(permission) { Ok(()) } else { Err(Failure::Forbidden(permission.least())) }
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visitor, Failure> {
        // The guard put it there.
        parts.extensions.get::<Visitor>().cloned().ok_or(Failure::Broken)
    }
}

/// Where somebody has to go before anything else.
fn detour(site: &Site, who: &SignedIn) -> Option<&'static str> {
    match who.stage {
        Stage::SecondFactor => Some("/MobileAdmin/sign-in/code"),
        Stage::NewPassword => Some("/MobileAdmin/me/password"),
        Stage::In if site.sign_in.rules().second_factor && who.role.is_some() && !who.second_factor => {
            Some("/MobileAdmin/me/second-factor")
        }
        Stage::In => None,
    }
}

impl FromRequestParts<Arc<Site>> for User {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<User, Failure> {
        let visitor = Visitor::from_request_parts(parts, site).await?;
        let Some(who) = visitor.who else {
            return Err(Failure::Elsewhere(Redirect::to("/MobileAdmin/sign-in")));
        };
        let path =
            parts.extensions.get::<axum::extract::OriginalUri>().map_or(parts.uri.path(), |uri| uri.path());
        match detour(site, &who) {
            Some(place) if place != path => Err(Failure::Elsewhere(Redirect::to(place))),
            _ => Ok(User { who, peer: visitor.peer }),
        }
    }
}

impl FromRequestParts<Arc<Site>> for Administrator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Administrator, Failure> {
        let user = User::from_request_parts(parts, site).await?;
        match user.who.role {
            Some(role) => Ok(Administrator { user, role }),
            None if parts.method == Method::GET => Err(Failure::Elsewhere(Redirect::to("/MobileAdmin/me"))),
            None => Err(Failure::Forbidden(Role::View)),
        }
    }
}
