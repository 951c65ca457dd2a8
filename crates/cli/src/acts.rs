//! What the commands of the administration ask: the operations of the API, of a running server where one is
//! named ([`crate::remote`]), or else within this process on the store, whether or not a server runs. What is
//! said is the same JSON either way.

use std::sync::Arc;

use bytes::Bytes;
use fieldpost_admin::api::inside::Inside;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::clock::SystemClock;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_server::recovery::Vault;
use fieldpost_store::Store;
use hyper::{Method, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::account;
use crate::cli::Globals;
use crate::config::Config;
use crate::exit::Failure;
use crate::remote::{Remote, ServerArgs};
use crate::settings;

/// What is written otherwise in a path or query: all but RFC 3986 2.3's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whom to ask.
pub enum Acts {
    /// The store. A server that runs hears of what is decided at once, from the store.
    Here(Box<(Inside, Store)>),
    /// A server.
    There(Box<Remote>),
}

impl Acts {
    /// As the arguments say.
    ///
    /// # Errors
    /// A configuration or a store that can't be used; arguments about the server that can't be.
    pub async fn open(globals: &Globals, server: &ServerArgs) -> Result<Acts, Failure> {
        if let Some(url) = &server.server {
            return Ok(Acts::There(Box::new(Remote::new(url, server)?)));
        }
        if server.token_file.is_some() {
            return Err(Failure::usage("--token-file goes with --server: without it the store is asked"));
        }
        let loaded = globals.load()?;
        let store = account::open_store(&loaded.config).await?;
        let mut administration = Administration::of_store(store.clone(), Arc::new(SystemClock));
        if let Some(vault) = vault(&loaded.config) {
            administration = administration.with_vault(Arc::new(vault));
        }
        let inside = Inside::new(administration, Arc::new(SystemEntropy), Actor::local());
        Ok(Acts::Here(Box::new((inside, store))))
    }

    /// What is there.
    pub async fn get(&mut self, path: &str) -> Result<Value, Failure> {
        self.ask(Method::GET, path, None).await
    }

    /// Says how something is to be.
    pub async fn put(&mut self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.ask(Method::PUT, path, Some(body)).await
    }

    /// Makes something new.
    pub async fn post(&mut self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.ask(Method::POST, path, Some(body)).await
    }

    /// Takes something away.
    pub async fn delete(&mut self, path: &str) -> Result<Value, Failure> {
        self.ask(Method::DELETE, path, None).await
    }

    /// The answer as JSON, null where it has nothing to say. A problem is a failure with its words: of the
    /// usage where what was asked makes no sense.
    async fn ask(&mut self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let body = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        let (status, body) = match self {
            Acts::Here(here) => {
                let answer = here.0.ask(method, path, body).await.map_err(Failure::failed)?;
                if let Some(trouble) = answer.trouble {
                    return Err(Failure::failed(trouble));
                }
                (answer.status, answer.body)
            }
            Acts::There(remote) => remote.ask(method, path, body).await?,
        };
        let said: Value = match body.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&body).map_err(|error| {
                Failure::failed(format!("what was answered can't be read: {error}; look, or ask again"))
            })?,
        };
        if status.is_success() {
            return Ok(said);
        }
        let what = match text(&said, "detail") {
            "" => format!("it was refused with {status}"),
            detail => detail.to_owned(),
        };
        match status {
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY => {
                Err(Failure::usage(what))
            }
            _ => Err(Failure::failed(what)),
        }
    }

    /// Ends it.
    pub async fn close(self) {
        if let Acts::Here(here) = self {
            here.1.close().await;
        }
    }
}

/// The key of recovery passwords, where the server has made one and it can be read here. Without it they can't
/// be shown, and everything else can be done.
fn vault(config: &Config) -> Option<Vault> {
    let path = settings::recovery_key(config);
    path.exists().then(|| Vault::open(Some(&path), Arc::new(SystemEntropy)).ok()).flatten()
}

/// The path of these segments: `/accounts/alice%40example.org/devices/A1`.
pub fn path(segments: &[&str]) -> String {
    segments.iter().flat_map(|segment| ["/".to_owned(), encoded(segment)]).collect()
}

/// What follows the path; nothing where nothing is asked for.
pub fn query(asked: &[(&str, Option<String>)]) -> String {
    let asked =
        asked.iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(value.as_deref()?))));
    let asked: Vec<String> = asked.collect();
    if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A text of an answer; empty where it is not there.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The same to be printed: on one line, without what would move the cursor, a dash where it is not there.
pub fn word(value: &Value, key: &str) -> String {
    match text(value, key) {
        "" => "-".to_owned(),
        text => text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
    }
}

/// The elements of an answer that is a list.
pub fn rows(answer: Value) -> Vec<Value> {
    match answer {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_name_has_stays_one_segment() {
        assert_eq!(path(&["policies", "a/b?c d"]), "/policies/a%2Fb%3Fc%20d");
        assert_eq!(query(&[("a", None)]), "");
        assert_eq!(query(&[("a", Some("x&y".into())), ("b", None), ("c", Some("1".into()))]), "?a=x%26y&c=1");
    }
}
