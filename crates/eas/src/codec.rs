//! From events to types and back. [`Element`] is a value that fills one element; [`Field`] says how
//! often it stands in its parent (once, perhaps, any number of times); `message!` declares a
//! structure once and gets reading and writing in the same order from it.
//!
//! Reading takes children in any order, since phones differ, passes over known tags in places where
//! they mean nothing, and refuses a second copy of a child that stands at most once. Writing keeps
//! the declared order, which is that of the schemas, and leaves out tags that the peer's version
//! does not have. The values themselves, from text to byte arrays, are in `value`.

mod value;

pub use value::{Base64, Content, Empty, Opaque, OrEmpty, Secret, Tags, text};

use crate::page::Tag;
use crate::version::Version;
use crate::wbxml::{Event, Limits, Reader, WbxmlError, Writer};

/// A document could not be read as the message that it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not WBXML: status 102 or HTTP 400.
    #[error(transparent)]
    Wbxml(#[from] WbxmlError),
    /// The root element is another one: status 103 or HTTP 400.
    #[error("the root element is {found}, not {expected}")]
    Root {
        /// What the command calls for.
        expected: Tag,
        /// What the document has.
        found: Tag,
    },
    /// A required child is missing: status 103, or the command's own protocol error.
    #[error("{0} is missing")]
    Missing(Tag),
    /// A child that stands at most once stands twice.
    #[error("{0} stands twice")]
    Duplicate(Tag),
    /// A value is not of its type.
    #[error("the value of {tag} is not {expected}")]
    Value {
        /// The element.
        tag: Tag,
        /// What it should have been.
        expected: &'static str,
    },
    /// Elements stand in an order or combination that the command forbids.
    #[error("{0} must not stand here")]
    Misplaced(Tag),
}

/// A value that fills one element.
pub trait Element: Sized {
    /// Reads the content of `tag`, whose start was read last, up to and with its end.
    fn read(tag: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError>;
    /// Writes the whole element.
    fn write(&self, tag: Tag, w: &mut Writer);
}

/// How often a value stands in its parent. `T` once, `Option<T>` at most once, `Vec<T>` any number.
pub trait Field: Sized {
    /// What is collected while the parent is read.
    type Slot: Default;
    /// Takes one more child.
    fn absorb(slot: &mut Self::Slot, tag: Tag, r: &mut Reader<'_>) -> Result<(), DecodeError>;
    /// The parent has ended.
    fn finish(slot: Self::Slot, tag: Tag) -> Result<Self, DecodeError>;
    /// Writes the child or children, unless the peer's version does not have the tag.
    fn put(&self, tag: Tag, w: &mut Writer);
}

fn absorb_once<T: Element>(slot: &mut Option<T>, tag: Tag, r: &mut Reader<'_>) -> Result<(), DecodeError> {
    if slot.is_some() {
        return Err(DecodeError::Duplicate(tag));
    }
    *slot = Some(T::read(tag, r)?);
    Ok(())
}

impl<T: Element> Field for T {
    type Slot = Option<T>;

    fn absorb(slot: &mut Option<T>, tag: Tag, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        absorb_once(slot, tag, r)
    }

    fn finish(slot: Option<T>, tag: Tag) -> Result<Self, DecodeError> {
        slot.ok_or(DecodeError::Missing(tag))
    }

    fn put(&self, tag: Tag, w: &mut Writer) {
        if w.knows(tag) {
            self.write(tag, w);
        }
    }
}

impl<T: Element> Field for Option<T> {
    type Slot = Option<T>;

    fn absorb(slot: &mut Option<T>, tag: Tag, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        absorb_once(slot, tag, r)
    }

    fn finish(slot: Option<T>, _: Tag) -> Result<Self, DecodeError> {
        Ok(slot)
    }

    fn put(&self, tag: Tag, w: &mut Writer) {
        if let Some(value) = self {
            value.put(tag, w);
        }
    }
}

impl<T: Element> Field for Vec<T> {
    type Slot = Vec<T>;

    fn absorb(slot: &mut Vec<T>, tag: Tag, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        slot.push(T::read(tag, r)?);
        Ok(())
    }

    fn finish(slot: Vec<T>, _: Tag) -> Result<Self, DecodeError> {
        Ok(slot)
    }

    fn put(&self, tag: Tag, w: &mut Writer) {
        for value in self {
            value.put(tag, w);
        }
    }
}

/// A list within an element of its own: `Categories` around `Category`. `Vec<T>` leaves the wrapper
/// out when it is empty; `Option<Vec<T>>` tells an empty wrapper from none.
pub trait Wrapped: Sized {
    /// Reads the wrapper's content.
    fn read_list(
        slot: &mut Option<Self>,
        tag: Tag,
        inner: Tag,
        r: &mut Reader<'_>,
    ) -> Result<(), DecodeError>;
    /// The parent has ended.
    fn finish_list(slot: Option<Self>) -> Self;
    /// Writes wrapper and children.
    fn put_list(&self, tag: Tag, inner: Tag, w: &mut Writer);
}

fn read_vec<T: Element>(inner: Tag, r: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
    let mut list = Vec::new();
    children(r, |tag, r| {
        if tag == inner {
            list.push(T::read(tag, r)?);
        } else {
            r.skip()?;
        }
        Ok(())
    })?;
    Ok(list)
}

fn put_vec<T: Element>(list: &[T], tag: Tag, inner: Tag, w: &mut Writer) {
    if w.knows(tag) {
        w.start(tag);
        for value in list {
            value.put(inner, w);
        }
        w.end();
    }
}

impl<T: Element> Wrapped for Vec<T> {
    fn read_list(
        slot: &mut Option<Self>,
        tag: Tag,
        inner: Tag,
        r: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        if slot.is_some() {
            return Err(DecodeError::Duplicate(tag));
        }
        *slot = Some(read_vec(inner, r)?);
        Ok(())
    }

    fn finish_list(slot: Option<Self>) -> Self {
        slot.unwrap_or_default()
    }

    fn put_list(&self, tag: Tag, inner: Tag, w: &mut Writer) {
        if !self.is_empty() && w.knows(inner) {
            put_vec(self, tag, inner, w);
        }
    }
}

impl<T: Element> Wrapped for Option<Vec<T>> {
    fn read_list(
        slot: &mut Option<Self>,
        tag: Tag,
        inner: Tag,
        r: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        if slot.is_some() {
            return Err(DecodeError::Duplicate(tag));
        }
        *slot = Some(Some(read_vec(inner, r)?));
        Ok(())
    }

    fn finish_list(slot: Option<Self>) -> Self {
        slot.flatten()
    }

    fn put_list(&self, tag: Tag, inner: Tag, w: &mut Writer) {
        if let Some(list) = self {
            put_vec(list, tag, inner, w);
        }
    }
}

/// Calls `each` for every child of the element whose start was read last; text between children is
/// passed over. `each` must read the child to its end.
pub fn children(
    r: &mut Reader<'_>,
    mut each: impl FnMut(Tag, &mut Reader<'_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    loop {
        match r.next()? {
            Event::Start(tag) => each(tag, r)?,
            Event::End => return Ok(()),
            Event::Text(_) | Event::Opaque(_) => {}
        }
    }
}

/// Declares a structure that fills an element, its fields in the order in which they are written.
///
/// `field: Type = page::TAG` for a [`Field`], `field: Type = page::TAG => page::INNER` for a
/// [`Wrapped`] list, `field: Vec<Type> = page::TAG as choices` for a wrapper around [`Choice`]s. A tag
/// may be used by one field only. `where ..=Version::V12_1` after it names the versions in which the
/// element is written at this place, where that is narrower than what the tag's page says.
#[macro_export]
macro_rules! message {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(
                $(#[$field_meta:meta])*
                $field:ident: $type:ty = $tag:path $(=> $inner:path)? $(as $list:ident)? $(where $versions:expr)?
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $crate::codec::Element for $name {
            fn read(
                _: $crate::page::Tag,
                r: &mut $crate::wbxml::Reader<'_>,
            ) -> Result<Self, $crate::codec::DecodeError> {
                $(let mut $field: $crate::message!(@slot $type $(, => $inner)? $(, $list)?) = Default::default();)*
                $crate::codec::children(r, |tag, r| match tag {
                    $($tag => $crate::message!(@absorb $type, $field, tag, r $(, => $inner)? $(, $list)?),)*
                    _ => Ok(r.skip()?),
                })?;
                Ok($name { $($field: $crate::message!(@finish $type, $field, $tag $(, => $inner)? $(, $list)?),)* })
            }

            fn write(&self, tag: $crate::page::Tag, w: &mut $crate::wbxml::Writer) {
                w.start(tag);
                $(if true $(&& ($versions).contains(&w.version()))? {
                    $crate::message!(@put self.$field, $tag, w $(, => $inner)? $(, $list)?);
                })*
                w.end();
            }
        }
    };
    (@slot $type:ty) => { <$type as $crate::codec::Field>::Slot };
    (@slot $type:ty, => $inner:path) => { Option<$type> };
    (@slot $type:ty, choices) => { Option<$type> };
    (@absorb $type:ty, $slot:ident, $tag:ident, $r:ident) => {
        <$type as $crate::codec::Field>::absorb(&mut $slot, $tag, $r)
    };
    (@absorb $type:ty, $slot:ident, $tag:ident, $r:ident, => $inner:path) => {
        <$type as $crate::codec::Wrapped>::read_list(&mut $slot, $tag, $inner, $r)
    };
    (@absorb $type:ty, $slot:ident, $tag:ident, $r:ident, choices) => {
        $crate::codec::read_choices(&mut $slot, $tag, $r)
    };
    (@finish $type:ty, $slot:ident, $tag:path) => {
        <$type as $crate::codec::Field>::finish($slot, $tag)?
    };
    (@finish $type:ty, $slot:ident, $tag:path, => $inner:path) => {
        <$type as $crate::codec::Wrapped>::finish_list($slot)
    };
    (@finish $type:ty, $slot:ident, $tag:path, choices) => { $slot.unwrap_or_default() };
    (@put $value:expr, $tag:path, $w:ident) => { $crate::codec::Field::put(&$value, $tag, $w) };
    (@put $value:expr, $tag:path, $w:ident, => $inner:path) => {
        $crate::codec::Wrapped::put_list(&$value, $tag, $inner, $w)
    };
    (@put $value:expr, $tag:path, $w:ident, choices) => {
        $crate::codec::put_choices(&$value, $tag, $w)
    };
}

/// One of several elements that may follow each other in any order, like the commands of a Sync.
pub trait Choice: Sized {
    /// Reads the element `tag`, whose start was read last; `None` if it is none of the choices, and
    /// then nothing of it was read.
    fn read_choice(tag: Tag, r: &mut Reader<'_>) -> Result<Option<Self>, DecodeError>;
    /// Whether the peer's version has the element.
    fn is_known(&self, w: &Writer) -> bool;
    /// Writes the whole element, unless the peer's version does not have the tag.
    fn put_choice(&self, w: &mut Writer);
}

/// Reads a wrapper around [`Choice`]s, in the order in which they stand.
pub fn read_choices<T: Choice>(
    slot: &mut Option<Vec<T>>,
    tag: Tag,
    r: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    if slot.is_some() {
        return Err(DecodeError::Duplicate(tag));
    }
    let mut list = Vec::new();
    children(r, |tag, r| {
        match T::read_choice(tag, r)? {
            Some(value) => list.push(value),
            None => r.skip()?,
        }
        Ok(())
    })?;
    *slot = Some(list);
    Ok(())
}

/// Writes a wrapper around [`Choice`]s; nothing at all where there are none that the peer's version
/// has, since an empty `Commands` or `Responses` is forbidden.
pub fn put_choices<T: Choice>(list: &[T], tag: Tag, w: &mut Writer) {
    if w.knows(tag) && list.iter().any(|value| value.is_known(w)) {
        w.start(tag);
        for value in list {
            value.put_choice(w);
        }
        w.end();
    }
}

/// Declares an enumeration whose variants are elements that may stand in any order: a [`Choice`].
#[macro_export]
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident($type:ty) = $tag:path),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant($type),)*
        }

        impl $crate::codec::Choice for $name {
            fn read_choice(
                tag: $crate::page::Tag,
                r: &mut $crate::wbxml::Reader<'_>,
            ) -> Result<Option<Self>, $crate::codec::DecodeError> {
                Ok(match tag {
                    $($tag => Some($name::$variant($crate::codec::Element::read(tag, r)?)),)*
                    _ => None,
                })
            }

            fn is_known(&self, w: &$crate::wbxml::Writer) -> bool {
                match self {
                    $($name::$variant(_) => w.knows($tag),)*
                }
            }

            fn put_choice(&self, w: &mut $crate::wbxml::Writer) {
                match self {
                    $($name::$variant(value) => $crate::codec::Field::put(value, $tag, w),)*
                }
            }
        }
    };
}

/// A message with a root element of its own: a request or a response body.
pub trait Document: Element {
    /// The root element.
    const ROOT: Tag;

    /// Reads a whole document.
    fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut r = Reader::new(bytes, Limits::default())?;
        match r.next()? {
            Event::Start(tag) if tag == Self::ROOT => {
                let value = Self::read(tag, &mut r)?;
                r.finish()?;
                Ok(value)
            }
            Event::Start(found) => Err(DecodeError::Root { expected: Self::ROOT, found }),
            _ => Err(DecodeError::Missing(Self::ROOT)),
        }
    }

    /// Writes a whole document for a peer that speaks `version`.
    fn encode(&self, version: Version) -> Vec<u8> {
        let mut w = Writer::new(version);
        self.write(Self::ROOT, &mut w);
        w.finish()
    }
}
