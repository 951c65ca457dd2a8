//! Direct Push: who waits for changes of which mailbox, and how a committed change reaches them.
//!
//! The rule of use is *subscribe, look, wait*: a change that is committed after the subscription is
//! noticed, one before it is seen by the look, and none can slip between. Nothing is polled.
//!
//! - [`Hub`] is told of every committed change and wakes the requests whose folders it touches.
//! - [`Subscription`] is what a waiting request holds; dropping it, as happens when the phone goes
//!   away, leaves nothing behind.
//! - [`Pace`] slows down a phone that is told of news and does not fetch it.
//! - [`Seats`] makes a newer waiting request of a device end its older one.

mod crowd;
mod hub;
mod pace;
mod seats;

pub use hub::{Hub, Subscription, Wake};
pub use pace::Pace;
pub use seats::{Seat, Seats};
