//! Meetings: who has to be told of a change, and what follows from what others tell (iTIP, RFC 5546).
//!
//! Everything here is pure: bytes of stored events and of messages in, bytes and messages out.
//!
//! - [`outgoing()`]: the organizer changed an event; who has to be told what.
//! - [`answer`]: an attendee says yes or no, to all of it or to one instance.
//! - [`forward()`]: an invitation is sent on.
//! - [`incoming()`]: a message came; what it does to the calendar of the one who got it.
//! - [`imip`]: the mail that carries a message.
//!
//! `fieldpost-server`'s `meeting` reads mailboxes for these, and writes what they say.

pub mod forward;
pub mod imip;
pub mod incoming;
pub mod itip;
mod method;
pub mod outgoing;
mod person;
pub mod reply;
mod times;
pub mod view;

pub use forward::{asked_along, forward};
pub use incoming::{Effect, Reason, Sender, incoming, invitation};
pub use itip::{Incoming, Kind, Message};
pub use method::Method;
pub use outgoing::{Outgoing, outgoing};
pub use person::Person;
pub use reply::{Answer, Answered, BadAnswer, Response, answer};
pub use view::{Meeting, Unreadable};

#[cfg(test)]
mod tests;
