//! Calendars: what the stored objects mean. Zones, recurrence and the times at which a user is busy.
//!
//! [`Series`] is a stored event or task with its occurrences; [`busy()`] tells when a user is not free;
//! [`zone`] knows time zones, [`rule`] recurrence rules. Objects become what phones understand in
//! `crate::convert`.

pub mod rule;
pub mod zone;

mod busy;
mod recurrence;
mod series;

pub use busy::{Busy, BusyStatus, busy};
pub use recurrence::{MAX_IN_WINDOW, Occurrence};
pub use rule::Rule;
pub use series::{MAX_OVERRIDES, Override, Series, Span, span};
pub use zone::{Zone, Zones};
