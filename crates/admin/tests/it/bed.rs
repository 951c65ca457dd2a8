//! What the tests stand on: a web tool with administrators of every role and accounts with devices, and
//! visitors that keep their cookie.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use fieldpost_admin::Site;
use fieldpost_domain::device::{Device, DeviceInformation};
use fieldpost_domain::role::Role;
use fieldpost_net::http::Peer;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::auth::password;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_server::sign_in::SessionRules;
use fieldpost_server::{App, Settings};
use fieldpost_store::{Account, AdministratorKind, NewAccount};
use fieldpost_testkit::clock::TestClock;
use hyper::header::{self, HeaderMap};
use hyper::{Method, Request, StatusCode};
use tower::ServiceExt as _;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// A web tool for one test.
pub struct Bed {
    pub app: Arc<App>,
    pub site: Arc<Site>,
    pub clock: Arc<TestClock>,
    pub router: Router,
    _folder: tempfile::TempDir,
}

impl Bed {
    pub async fn new() -> Bed {
        Bed::with(SessionRules::default()).await
    }

    pub async fn with(rules: SessionRules) -> Bed {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            database: format!("sqlite:{}", folder.path().join("fieldpost.db").display()),
            domains: vec!["example.org".to_owned()],
            ..Settings::default()
        };
        let clock = Arc::new(TestClock::default());
        let app = App::new(settings, Arc::clone(&clock) as _, Arc::new(SystemEntropy)).await.unwrap();
        let site = Site::new(Arc::clone(&app), rules);
        let router = site.router();
        Bed { app, site, clock, router, _folder: folder }
    }

    /// An administrator with [`PASSWORD`], named after the role.
    pub async fn administrator(&self, role: Role) -> fieldpost_store::Administrator {
        let password = Some((PASSWORD.to_owned(), Arc::new(SystemEntropy) as _));
        Administration::of(&self.app)
            .add_administrator(&Actor::local(), AdministratorKind::Own, role.name(), role, password)
            .await
            .unwrap()
    }

    /// An account `name@example.org` with [`PASSWORD`].
    pub async fn account(&self, name: &str) -> Account {
        let hash = password::hash(PASSWORD.as_bytes(), &SystemEntropy).unwrap();
        let new = NewAccount {
            address: format!("{name}@example.org"),
            display_name: name.to_owned(),
            password_hash: Some(hash),
            ..NewAccount::default()
        };
        self.app.store.create_account(new, self.app.clock.now()).await.unwrap()
    }

    /// A device of an account.
    pub async fn device(&self, account: &Account, id: &str, change: impl FnOnce(&mut Device)) {
        let now = self.app.clock.now().as_millisecond();
        let mut device = Device {
            device_id: id.to_owned(),
            device_type: "iPhone".to_owned(),
            user_agent: Some("Apple-iPhone16C2/2201.50".to_owned()),
            version: Some("16.1".to_owned()),
            first_seen: now - 40 * 86_400_000,
            last_seen: now - 4 * 60_000,
            information: DeviceInformation {
                model: Some("iPhone16C2".to_owned()),
                friendly_name: Some("Anna’s iPhone".to_owned()),
                os: Some("iOS 18.6".to_owned()),
                ..DeviceInformation::default()
            },
            ..Device::default()
        };
        change(&mut device);
        self.app.store.put_device(account.id, &device).await.unwrap();
    }

    /// Somebody with a browser, who has not signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookie: Mutex::default(), from: Ipv4Addr::LOCALHOST.into() }
    }

    /// Somebody who has signed in with this name and [`PASSWORD`].
    pub async fn signed_in(&self, name: &str) -> Visitor {
        let visitor = self.visitor();
        let answer = visitor.sign_in(name, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        visitor
    }
}

/// A browser without a screen.
pub struct Visitor {
    router: Router,
    pub cookie: Mutex<Option<String>>,
    pub from: IpAddr,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |place| place.to_str().unwrap())
    }

    /// The token of the first form.
    pub fn token(&self) -> Option<String> {
        let (_, rest) = self.body.split_once("name=\"token\" value=\"")?;
        rest.split_once('"').map(|(token, _)| token.to_owned())
    }
}

pub fn encoded(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        let _ = write!(text, "{}{name}=", if text.is_empty() { "" } else { "&" });
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(char::from(byte)),
                _ => write!(text, "%{byte:02X}").unwrap(),
            }
        }
    }
    text
}

impl Visitor {
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Peer { address: self.from, tls: true });
        if let Some(cookie) = &*self.cookie.lock().unwrap() {
            let cookie = format!("__Host-fieldpost={cookie}");
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let value = value.to_str().unwrap();
            let id = value.strip_prefix("__Host-fieldpost=").unwrap().split(';').next().unwrap();
            *self.cookie.lock().unwrap() = (!id.is_empty()).then(|| id.to_owned());
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header("host", "localhost").body(Body::empty()).unwrap()).await
    }

    /// Posts a form as it is.
    pub async fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", "localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encoded(fields)))
            .unwrap();
        self.send(request).await
    }

    /// The token of this visitor's forms.
    pub async fn token(&self) -> String {
        let page = self.get("/MobileAdmin/me").await;
        let page = if page.status == StatusCode::OK { page } else { self.get(page.location()).await };
        page.token().unwrap()
    }

    /// Posts a form with the visitor's token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut fields = fields.to_vec();
        fields.push(("token", &token));
        self.post_bare(path, &fields).await
    }

    pub async fn sign_in(&self, name: &str, password: &str) -> Answer {
        let page = self.get("/MobileAdmin/sign-in").await;
        let token = page.token().unwrap();
        let fields = [("token", token.as_str()), ("name", name), ("password", password)];
        self.post_bare("/MobileAdmin/sign-in", &fields).await
    }
}
