//! Content lines: the common ground of iCalendar (RFC 5545 3.1) and vCard (RFC 6350 3.3, and 2.1),
//! read and written without loss.
//!
//! An item is stored as it came. What a phone changes is patched into it, and everything else stays
//! as it was, byte for byte: unknown properties and parameters, the order, the folding. So a [`Line`]
//! keeps the bytes that it was read from until something sets it, and a [`Component`] writes back
//! whatever it was read from. [`Line::text`], [`Line::fields`], [`Line::list`], [`Line::binary`] and
//! [`Line::when`] are the typed views; [`Component::set`], [`Component::set_all`] and
//! [`Component::remove`] are the ways to patch.
//!
//! Reading is lenient: bare line feeds, folds in the middle of a character, quoted-printable and bare
//! parameters of vCard 2.1, lines that are none. Calendars are understood in `crate::calendar`.

mod component;
mod encoding;
pub(crate) mod escape;
mod line;
mod read;
mod time;

pub use component::{Component, Entry};
pub use line::Line;
pub use time::{Duration, When};

/// Most bytes of an object.
pub const MAX_BYTES: usize = 64 << 20;
/// Deepest nesting of components.
pub const MAX_DEPTH: usize = 16;
/// Most content lines of an object.
pub const MAX_LINES: usize = 200_000;
/// Most bytes of a property's name and parameters.
pub const MAX_HEAD: usize = 64 << 10;

/// An object that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// More than [`MAX_BYTES`].
    #[error("an object of more than {MAX_BYTES} bytes")]
    TooLarge,
    /// More than [`MAX_LINES`].
    #[error("an object of more than {MAX_LINES} lines")]
    TooManyLines,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("components nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// No `BEGIN` at all.
    #[error("no component")]
    NoComponent,
}
