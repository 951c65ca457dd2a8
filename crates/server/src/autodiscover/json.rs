//! The JSON form ("version 2"): where is the server for this address and protocol?
//!
//! It asks for no password, so it tells nothing about who exists: the answer is the same whatever the
//! address.

use hyper::header::HeaderValue;
use hyper::{StatusCode, Uri};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::JSON_PATH;
use super::location::Location;
use crate::activesync::answer::Answer;

/// Longest query that is looked at, in bytes.
const QUERY_LIMIT: usize = 2048;

/// Answers one GET: `/v1.0/<address>?Protocol=ActiveSync` or `?Email=<address>&Protocol=ActiveSync`.
pub fn answer(uri: &Uri, location: &Location) -> Answer {
    let query = uri.query().filter(|query| query.len() <= QUERY_LIMIT).unwrap_or_default();
    let (code, body) = match found(uri.path(), query, location) {
        Ok(body) => (StatusCode::OK, body),
        Err(Problem { code, message }) => {
            (StatusCode::BAD_REQUEST, json!({ "ErrorCode": code, "ErrorMessage": message }))
        }
    };
    let body =
        Answer::of_type(HeaderValue::from_static("application/json; charset=utf-8"), body.to_string().into());
    Answer { code, ..body }
}

/// What the client is told that it did wrong.
struct Problem {
    code: &'static str,
    message: &'static str,
}

fn found(path: &str, query: &str, location: &Location) -> Result<Value, Problem> {
    let named = path.get(JSON_PATH.len()..).unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let address = parameter(query, "Email").or_else(|| decoded(named));
    if address.is_none_or(|address| !address.contains('@')) {
        return Err(Problem {
            code: "MandatoryParameterMissing",
            message: "A valid value must be provided for the query parameter 'Email'.",
        });
    }
    let protocol = parameter(query, "Protocol").ok_or(Problem {
        code: "MandatoryParameterMissing",
        message: "A valid value must be provided for the query parameter 'Protocol'.",
    })?;
    let (protocol, url) = if protocol.eq_ignore_ascii_case("ActiveSync") {
        ("ActiveSync", location.endpoint())
    } else if protocol.eq_ignore_ascii_case("AutodiscoverV1") {
        ("AutodiscoverV1", location.autodiscover())
    } else {
        return Err(Problem {
            code: "InvalidProtocol",
            message: "The given protocol value is invalid. Supported values are 'ActiveSync,AutodiscoverV1'.",
        });
    };
    Ok(json!({ "Protocol": protocol, "Url": url }))
}

/// A parameter of a query, its name in any case.
fn parameter(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then(|| decoded(value)).flatten())
}

fn decoded(text: &str) -> Option<String> {
    let text = percent_decode_str(text).decode_utf8().ok()?.into_owned();
    (!text.is_empty()).then_some(text)
}
