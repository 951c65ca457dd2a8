//! What an organisation asks of the phones that hold its mail ([MS-ASPROV]).
//!
//! A policy is advice that a client can lie about; it keeps honest phones in order. [`elements`] has what can
//! be asked, [`catalogue`] says of each setting what it means, what is allowed and what phones make of it;
//! [`named`] is a policy as it is kept, with who may come in without obeying it; [`document`] and `wap` are the
//! forms in which it travels; [`assignment`] says which account has which, and [`standing`] whether a device
//! has taken the one that it should.

pub mod assignment;
pub mod catalogue;
pub mod document;
pub mod elements;
pub mod named;
pub mod standing;
mod validate;
mod value;
mod wap;

pub use elements::Policy;
pub use named::NamedPolicy;
pub use validate::Problem;
pub use value::{FIELDS, Told, Value};
