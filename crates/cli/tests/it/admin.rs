//! `fieldpost admin`, and the web tool that `serve` offers.

use fieldpost_phone::transport::{Answer, HttpRequest};
use fieldpost_phone::{Connector, Timeouts, Transport, Trust};
use fieldpost_testkit::process::Fieldpost;
use hyper::header::{CONTENT_TYPE, COOKIE, HeaderValue, LOCATION, SET_COOKIE};
use hyper::{Method, StatusCode};

use crate::{BINARY, json, output};

#[test]
fn administrators_are_made_listed_changed_and_removed() {
    for server in Fieldpost::each(BINARY) {
        let text = output(&server.run(&["admin", "list"]), 3);
        assert!(text.contains("fieldpost admin add NAME --role owner"), "{text}");
        let add = ["admin", "add", "root", "--role", "owner", "--generate", "--json"];
        let made = json(&server.run(&add), 0);
        assert_eq!((made["as"].as_str(), made["role"].as_str()), (Some("own"), Some("owner")));
        assert_eq!(made["password"].as_str().unwrap().len(), 23);
        output(&server.run(&add), 1);
        server.add_account("anna", "secret");
        let anna = ["anna@example.test", "--as", "account"];
        output(&server.run(&[&["admin", "add"], &anna[..], &["--role", "view"]].concat()), 0);
        output(&server.run(&["admin", "add", "nobody@example.test", "--as", "group", "--role", "view"]), 2);
        output(&server.run(&["admin", "add", "a b", "--role", "view", "--generate"]), 2);

        let refused = output(&server.run(&["admin", "role", "root", "view"]), 1);
        assert!(refused.contains("only owner"), "{refused}");
        output(&server.run(&[&["admin", "role"], &anna[..], &["owner"]].concat()), 0);
        output(&server.run(&["admin", "role", "root", "view"]), 0);
        output(&server.run(&["admin", "passwd", "root", "--generate"]), 0);
        output(&server.run(&["admin", "totp-reset", "root"]), 0);
        output(&server.run(&["admin", "remove", "root"]), 0);
        output(&server.run(&["admin", "remove", "root"]), 2);
        let list = json(&server.run(&["admin", "list", "--json"]), 0);
        assert_eq!(list.as_array().unwrap().len(), 1);
        assert_eq!(list[0]["name"], "anna@example.test");
    }
}

/// A browser without a screen, over TLS.
struct Browser {
    transport: Transport,
    cookie: Option<String>,
}

impl Browser {
    fn at(server: &Fieldpost) -> Browser {
        let authority = server.addresses.authority.clone().unwrap();
        let trust = Trust::authorities_from_pem(&std::fs::read(authority).unwrap()).unwrap();
        let connector = Connector::new(&server.admin(), &trust, Timeouts::default()).unwrap();
        Browser { transport: Transport::new(connector.into()), cookie: None }
    }

    async fn send(&mut self, method: Method, path: &str, body: &str) -> Answer {
        let mut request = HttpRequest::new(method, path);
        if let Some(cookie) = &self.cookie {
            request.headers.insert(COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        if !body.is_empty() {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers.insert(CONTENT_TYPE, form);
            request.body = body.to_owned().into();
        }
        let answer = self.transport.send(&request, std::time::Duration::ZERO).await.unwrap();
        if let Some(cookie) = answer.headers.get(SET_COOKIE) {
            self.cookie = cookie.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        answer
    }
}

fn token(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let (_, rest) = text.split_once("name=\"token\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn the_web_tool_is_offered_over_tls_and_sessions_survive_a_kill() {
    let mut server = Fieldpost::new(BINARY);
    let made = json(&server.run(&["admin", "add", "root", "--role", "owner", "--generate", "--json"]), 0);
    let password = made["password"].as_str().unwrap();
    server.start();
    let mut browser = Browser::at(&server);
    let page = browser.send(Method::GET, "/MobileAdmin/sign-in", "").await;
    assert_eq!(page.status, StatusCode::OK);
    let form = format!("token={}&name=root&password={password}", token(&page));
    let answer = browser.send(Method::POST, "/MobileAdmin/sign-in", &form).await;
    assert_eq!(answer.headers.get(LOCATION).unwrap(), "/MobileAdmin", "{:?}", answer.body);
    server.kill_and_start();
    let page = browser.send(Method::GET, "/MobileAdmin", "").await;
    assert_eq!(page.status, StatusCode::OK, "what was acknowledged is durable");
    assert!(String::from_utf8_lossy(&page.body).contains("What needs attention"));
    // The listener of phones knows nothing of it.
    let phones = format!("{}/MobileAdmin", server.https());
    assert_ne!(server.admin(), phones);
    // Changing the password on the command line ends the session.
    output(&server.run(&["admin", "passwd", "root", "--generate"]), 0);
    let page = browser.send(Method::GET, "/MobileAdmin", "").await;
    assert_eq!(page.headers.get(LOCATION).unwrap(), "/MobileAdmin/sign-in");
}

#[test]
fn plain_http_beyond_loopback_is_refused() {
    let mut server = Fieldpost::new(BINARY);
    server.set("admin", "https", "false").set("admin", "listen", "[\"0.0.0.0:0\"]");
    let text = output(&server.run(&["serve"]), 2);
    assert!(text.contains("[admin] listen") && text.contains("https = true"), "{text}");
}
