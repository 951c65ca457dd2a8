//! Everything of a request that is not its body: the query in both forms, headers; and the two containers,
//! multipart and gzip.
//!
//! Laws: nothing panics; what was read from a query and written is read the same; a device id is always safe.
#![no_main]

use fieldpost_eas::http::{
    Envelope, Parameters, RequestHeaders, base64_query, gzip, headers, multipart, query,
};
use libfuzzer_sys::fuzz_target;

// The query is the first line; headers follow, one a line. The containers get all bytes.
fuzz_target!(|bytes: &[u8]| {
    let _ = gzip::decompress(bytes, 1 << 16);
    if let Ok(parts) = multipart::decode(bytes) {
        let written = multipart::encode(&parts);
        // Parts may overlap, so that together they are more than what they were read from.
        if let Ok(written) = written {
            assert_eq!(multipart::decode(&written).as_ref(), Ok(&parts));
        }
    }

    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.split('\n');
    let first = lines.next();
    let headers = RequestHeaders {
        protocol_version: lines.next(),
        policy_key: lines.next(),
        accept_multipart: lines.next(),
    };
    let _ = gzip::is_offered(lines.next());
    match Envelope::decode(first, &headers) {
        Ok(envelope) => {
            check(&envelope.parameters);
            let command = envelope.parameters.command.known();
            if let Some(command) = command {
                let _ = headers::BodyForm::of(command, envelope.version, lines.next(), 1);
            }
        }
        Err(refusal) => {
            let _ = refusal.answer();
        }
    }
    if let Some(parameters) = first.and_then(|text| query::decode(text).ok()) {
        assert_eq!(query::decode(&query::encode(&parameters)).as_ref(), Ok(&parameters));
    }
    if let Some(parameters) = first.and_then(|text| base64_query::decode(text).ok()) {
        // A user's name that was not UTF-8 grows when it is made so, at times beyond what a length byte says.
        if let Ok(written) = base64_query::encode(&parameters) {
            assert_eq!(base64_query::decode(&written).as_ref(), Ok(&parameters));
        }
    }
});

fn check(parameters: &Parameters) {
    let device = parameters.device_id.as_str();
    assert!(!device.is_empty() && device.len() <= 64 && !device.starts_with('.'));
    assert!(device.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
    assert!(parameters.device_type.as_str().bytes().all(|byte| matches!(byte, 0x20..=0x7e)));
}
