//! Search: find people, mail, items or documents ([MS-ASCMD] 2.2.1.16).

mod request;
mod response;

pub use request::{Comparison, Condition, EqualTo, Options, Picture, Query, Request, Store, result_range};
pub use response::{Found, Properties, Response, StoreResponse, StoreResult};
