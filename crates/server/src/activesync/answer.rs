//! What a command gives back, and how it leaves: headers, compression, length.

use bytes::Bytes;
use fieldpost_eas::Version;
use fieldpost_eas::http::{gzip, headers};
use fieldpost_eas::wbxml::{Event, Limits, Reader};
use fieldpost_net::http::Body;
use hyper::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue, VARY};
use hyper::{Response, StatusCode};

/// Bodies below this many bytes are not worth compressing.
const GZIP_FROM: usize = 1024;

/// How many WBXML events of an answer are looked at for its status.
const LOOKED_AT: usize = 16;

/// An answer before it becomes an HTTP response.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP code.
    pub code: StatusCode,
    /// The body's type; none with an empty body.
    pub content_type: Option<HeaderValue>,
    /// The body.
    pub body: Bytes,
    /// Further headers.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Answer {
    /// An empty body with this code.
    pub fn code(code: StatusCode) -> Answer {
        Answer { code, content_type: None, body: Bytes::new(), headers: Vec::new() }
    }

    /// Success that says nothing more: 200 without a body.
    pub fn empty() -> Answer {
        Answer::code(StatusCode::OK)
    }

    /// 200 with a WBXML document (MS-ASHTTP_R219).
    pub fn wbxml(body: Vec<u8>) -> Answer {
        Answer::of_type(HeaderValue::from_static(headers::WBXML), body)
    }

    /// 200 with a multipart body ([MS-ASCMD] 2.2.1.10.1).
    pub fn multipart(body: Vec<u8>) -> Answer {
        Answer::of_type(HeaderValue::from_static(headers::MULTIPART), body)
    }

    /// 200 with a body of another type.
    pub fn of_type(content_type: HeaderValue, body: Vec<u8>) -> Answer {
        Answer { content_type: Some(content_type), body: body.into(), ..Answer::empty() }
    }

    /// With one more header.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Answer {
        self.headers.push((name, value));
        self
    }

    /// The first `Status` of a WBXML body, for the log.
    pub fn status(&self) -> Option<u16> {
        let mut r = Reader::new(&self.body, Limits::default()).ok()?;
        let mut in_status = false;
        for _ in 0..LOOKED_AT {
            match r.next().ok()? {
                Event::Start(tag) => in_status = tag.name() == "Status",
                Event::Text(text) if in_status => return text.parse().ok(),
                _ => in_status = false,
            }
        }
        None
    }

    /// The response, compressed where the phone takes that (MS-ASHTTP_R214) and it is worth it.
    pub fn into_response(self, accept_gzip: bool) -> Response<Body> {
        let mut response = Response::new(Body::default());
        *response.status_mut() = self.code;
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private"));
        headers.insert(SERVER, HeaderValue::from_static(Version::V16_1.name()));
        for (name, value) in self.headers {
            headers.insert(name, value);
        }
        let mut body = self.body;
        if let Some(content_type) = self.content_type
            && !body.is_empty()
        {
            headers.insert(CONTENT_TYPE, content_type);
            headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
            if accept_gzip
                && body.len() >= GZIP_FROM
                && let Some(packed) = gzip::compress(&body)
                && packed.len() < body.len()
            {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(gzip::CONTENT_ENCODING));
                body = packed.into();
            }
        }
        *response.body_mut() = Body::new(body);
        response
    }
}

/// `MS-Server-ActiveSync`: the newest version, since some clients look for a number of that shape.
const SERVER: HeaderName = HeaderName::from_static(headers::SERVER);
