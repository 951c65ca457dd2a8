//! The HTTP envelope of a request and of its answer ([MS-ASHTTP] 2.2), as functions of text and bytes:
//! nothing here knows an HTTP library.
//!
//! A server starts at [`Envelope::decode`], which takes the query and the headers that matter and gives
//! either an [`Envelope`] or a [`Refusal`] that knows how to answer in the version of the request. A client
//! starts at [`Parameters`] and [`query::encode`] or [`base64_query::encode`].
//!
//! - [`query`], [`base64_query`]: the two forms of the query, decode and encode;
//! - [`parameters`]: what a query says, in bounded types;
//! - [`headers`]: names and values of headers, the form of the body;
//! - [`options`]: what an OPTIONS answer holds, and the order to start over;
//! - [`multipart`]: the container of ItemOperations; [`gzip`]: compressed bodies;
//! - [`status`]: HTTP status codes; [`error`]: what can be wrong with an envelope.

pub mod base64_query;
pub mod envelope;
pub mod error;
pub mod gzip;
pub mod headers;
pub mod multipart;
pub mod options;
pub mod parameters;
pub mod query;
pub mod status;

pub use envelope::Envelope;
pub use error::{Answer, EnvelopeError, Refusal};
pub use headers::{BodyForm, RequestHeaders};
pub use parameters::{Command, DeviceId, DeviceType, Parameters};
