//! What the documents say of the elements in responses: where they stand, what stands in them, of which
//! type they are and how often they may stand there. Each sentence is one line with its requirement,
//! held against all that `answers` says in every version, and against what our types refuse to read: a
//! second copy, a number out of range, another form of date.
//!
//! This is about the types of this crate alone. What a running server really answers is held against the
//! same documents by `shape` among the tests of the program.

mod air_sync_base;
mod calendar;
mod contacts;
mod email;
mod find;
mod folders;
mod item_operations;
mod mail;
mod meetings;
mod people;
mod search;
mod settings;
mod sync;
mod tasks;

use std::ops::RangeInclusive;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::date;
use fieldpost_eas::wbxml::{Limits, Node};

use crate::answers::answers;
use crate::documents::{self, Kind};

/// One sentence about an element.
pub enum Said {
    /// It stands in these, by local name, `Responses/Add` where that is not enough; in none: it is
    /// the root.
    In(&'static [&'static str]),
    /// These and no others may stand in it.
    Holds(&'static [&'static str]),
    /// These may stand in it, and others.
    Includes(&'static [&'static str]),
    /// These numbers and no others may stand in it; an item with another one is invalid.
    Among(&'static [RangeInclusive<u16>]),
    /// Its type.
    Is(Type),
    /// How often it stands in each of its parents, at least and at most.
    Times(usize, usize),
}

/// The types of [MS-ASDTYPE].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Container,
    String,
    Base64,
    Integer,
    IntegerOrEmpty,
    Byte,
    Double,
    Boolean,
    DateTime,
    Compact,
    Bytes,
    Empty,
}

/// Any number of times.
pub const MANY: usize = usize::MAX;

/// One response, and the way to a node in it.
struct Place<'a> {
    version: Version,
    tree: &'a Node,
    path: Vec<usize>,
}

impl Place<'_> {
    fn node(&self) -> &Node {
        follow(self.tree, &self.path)
    }

    /// Whether the node and those above it have these names, the last that of the node.
    fn ends_with(&self, names: &str) -> bool {
        chain_ends_with(self.tree, &self.path, names)
    }

    /// The same for its parent.
    fn stands_in(&self, names: &str) -> bool {
        self.path.split_last().is_some_and(|(_, above)| chain_ends_with(self.tree, above, names))
    }

    /// The document with `change` made to the node's parent, and the node's index in it.
    fn changed(&self, change: impl FnOnce(&mut Node, usize)) -> Vec<u8> {
        let mut tree = self.tree.clone();
        if let Some((index, above)) = self.path.split_last() {
            let parent = above.iter().fold(&mut tree, |node, i| &mut node.children[*i]);
            change(parent, *index);
        }
        tree.to_wbxml(self.version)
    }
}

fn follow<'a>(tree: &'a Node, path: &[usize]) -> &'a Node {
    path.iter().fold(tree, |node, i| &node.children[*i])
}

fn chain_ends_with(tree: &Node, path: &[usize], names: &str) -> bool {
    let above = |n: usize| path.len().checked_sub(n).map(|end| follow(tree, &path[..end]));
    names.rsplit('/').enumerate().all(|(n, name)| above(n).is_some_and(|node| is_named(node, name)))
}

/// Whether it is the element of this name, `GAL:Picture` where the page matters.
fn is_named(node: &Node, name: &str) -> bool {
    match name.split_once(':') {
        Some((page, name)) => node.tag.namespace() == page && node.tag.name() == name,
        None => node.tag.name() == name,
    }
}

/// The rules of one command's response. All that is broken is told at the end.
pub struct Rules {
    kind: Kind,
    trees: Vec<(Version, Node)>,
    broken: Vec<String>,
}

impl Rules {
    /// The rules of a command's response.
    pub fn of(command: CommandName) -> Rules {
        let mut trees = Vec::new();
        for version in Version::ALL.into_iter().filter(|v| command.exists_in(*v)) {
            for (_, _, bytes) in answers(version).into_iter().filter(|(c, ..)| *c == command) {
                trees.push((version, Node::parse(&bytes, Limits::default()).unwrap()));
            }
        }
        let root = command.root().unwrap();
        let is_response = |kind: &Kind| kind.root == root && kind.name.ends_with("::Response");
        let kind = documents::all().into_iter().find(is_response).unwrap();
        Rules { kind, trees, broken: Vec::new() }
    }

    /// Holds sentences about one element against all responses.
    pub fn on(&mut self, element: &'static str, said: &[Said]) {
        let parents = said.iter().find_map(|s| if let Said::In(list) = s { Some(*list) } else { None });
        let mut places = Vec::new();
        for (version, tree) in &self.trees {
            collect(*version, tree, tree, &mut Vec::new(), &mut places);
        }
        let stands_there = |place: &Place<'_>| match parents {
            None => true,
            Some([]) => place.path.is_empty(),
            Some(list) => list.iter().any(|names| place.stands_in(names)),
        };
        let all: Vec<&Place<'_>> =
            places.iter().filter(|p| is_named(p.node(), element) && stands_there(p)).collect();
        let mut broken = Vec::new();
        if all.is_empty() {
            broken.push(format!("{element} never stands in {parents:?}"));
        }
        for sentence in said {
            let wrong = match sentence {
                Said::In(list) => stands_in(&all, list),
                Said::Holds(list) => self.holds(&all, list),
                Said::Includes(list) => includes(&all, list),
                Said::Among(ranges) => self.among(&all, ranges),
                Said::Is(r#type) => self.is(&all, *r#type),
                Said::Times(least, most) => {
                    self.times(&places, &all, parents.unwrap_or_default(), (*least, *most))
                }
            };
            broken.extend(wrong.map(|what| format!("{element} in {parents:?}: {what}")));
        }
        self.broken.extend(broken);
    }

    /// Says what is broken.
    pub fn end(self) {
        assert!(self.broken.is_empty(), "\n{}", self.broken.join("\n"));
    }

    fn holds(&self, all: &[&Place<'_>], list: &[&str]) -> Option<String> {
        // A common status in place of an answer is no part of it.
        let is_bare = |p: &&&Place<'_>| {
            p.path.is_empty() && matches!(&p.node().children[..], [one] if one.tag.name() == "Status")
        };
        let with_more = all.iter().any(|p| !is_bare(&p));
        let answers = || all.iter().filter(move |p| !(with_more && is_bare(p)));
        let children = || answers().flat_map(|p| &p.node().children).map(|c| c.tag.name());
        if let Some(stranger) = children().find(|name| !list.contains(name)) {
            return Some(format!("{stranger} stands in it"));
        }
        if !list.is_empty() {
            return includes(all, list);
        }
        // What is no container takes no child in.
        let place = all.first().filter(|p| !p.path.is_empty())?;
        let with_child = place.changed(|parent, at| {
            let own = parent.children[at].tag;
            parent.children[at].children.push(Node::new(own));
        });
        let read = (self.kind.rewrite)(&with_child, place.version);
        let expected = (self.kind.rewrite)(&place.tree.to_wbxml(place.version), place.version);
        (read != expected && read.is_ok()).then(|| "it takes a child in".to_owned())
    }

    /// What becomes of the text of a node when it is read and written again; nothing if it can't be read.
    fn reads(&self, place: &Place<'_>, text: &str) -> Option<String> {
        let bytes = place.changed(|parent, at| parent.children[at].text = Some(text.into()));
        let read = (self.kind.rewrite)(&bytes, place.version).ok()?;
        let tree = Node::parse(&read, Limits::default()).ok()?;
        let mut node = &tree;
        for at in &place.path {
            node = node.children.get(*at)?;
        }
        Some(node.text.clone().unwrap_or_default())
    }

    fn among(&self, all: &[&Place<'_>], ranges: &[RangeInclusive<u16>]) -> Option<String> {
        let place = all.iter().find(|p| p.node().text.is_some())?;
        // All small numbers, and those about the ends of ranges.
        let numbers = (0..=33).chain(61..=66).chain(126..=129).chain(254..=257).chain(998..=1001);
        numbers.into_iter().find_map(|number: u16| {
            let text = number.to_string();
            let is_allowed = ranges.iter().any(|range| range.contains(&number));
            let read = self.reads(place, &text);
            let right = if is_allowed { read.as_deref() == Some(text.as_str()) } else { read.is_none() };
            (!right).then(|| format!("{number} is read as {read:?}"))
        })
    }

    fn is(&self, all: &[&Place<'_>], r#type: Type) -> Option<String> {
        for place in all {
            let node = place.node();
            let text = node.text.as_deref();
            let right = match (r#type, text) {
                (Type::Container, _) => text.is_none() && node.opaque.is_none(),
                (Type::Bytes, _) => text.is_none() && node.opaque.is_some(),
                (Type::Empty, _) => text.is_none() && node.opaque.is_none() && node.children.is_empty(),
                (Type::IntegerOrEmpty, None) => node.children.is_empty(),
                (Type::String | Type::Base64, _) => node.opaque.is_none() && node.children.is_empty(),
                (_, None) => false,
                (Type::Integer | Type::IntegerOrEmpty, Some(text)) => text.parse::<i64>().is_ok(),
                (Type::Byte, Some(text)) => text.parse::<u8>().is_ok(),
                (Type::Double, Some(text)) => text.parse::<f64>().is_ok(),
                (Type::Boolean, Some(text)) => matches!(text, "0" | "1"),
                (Type::DateTime, Some(text)) => date::parse(text).map(date::dashed).as_deref() == Some(text),
                (Type::Compact, Some(text)) => date::parse(text).map(date::compact).as_deref() == Some(text),
            };
            if !right {
                return Some(format!("{:?} is no {type:?}", text.unwrap_or_default()));
            }
        }
        let place = all.first().filter(|p| !p.path.is_empty())?;
        let own = place.node().text.as_deref().unwrap_or_default();
        let wrong = |text: &str, expected: Option<&str>| {
            let read = self.reads(place, text);
            (read.as_deref() != expected).then(|| format!("{text:?} is read as {read:?}"))
        };
        match r#type {
            Type::Container | Type::Bytes => None,
            Type::Empty => wrong("x", Some("")),
            Type::String => wrong("a\u{e4} <&> \u{1F600}", Some("a\u{e4} <&> \u{1F600}")),
            Type::Base64 => wrong("AAEC", Some("AAEC")).or_else(|| wrong("a\u{e4}", None)),
            Type::Integer => wrong(own, Some(own)).or_else(|| wrong("x", None)),
            Type::IntegerOrEmpty => wrong("17", Some("17")).or_else(|| wrong("x", None)),
            Type::Byte => wrong(own, Some(own)).or_else(|| wrong("256", None)),
            Type::Double => wrong("1.5", Some("1.5")).or_else(|| wrong("x", None)),
            Type::Boolean => wrong("", Some("1")).or_else(|| wrong("2", None)),
            Type::DateTime => wrong("20260301T083000Z", Some("2026-03-01T08:30:00.000Z")),
            Type::Compact => wrong("2026-03-01T08:30:00.000Z", Some("20260301T083000Z")),
        }
    }

    fn times(
        &self,
        places: &[Place<'_>],
        all: &[&Place<'_>],
        parents: &[&str],
        (least, most): (usize, usize),
    ) -> Option<String> {
        let first = all.first()?;
        if first.path.is_empty() {
            return (least, most).ne(&(1, 1)).then(|| "it is the root".to_owned());
        }
        let is_parent = |place: &&Place<'_>| parents.iter().any(|names| place.ends_with(names));
        for parent in places.iter().filter(is_parent).map(Place::node) {
            // Where the whole failed, nothing but a status is said; of nothing found, nothing.
            let says_nothing = match &parent.children[..] {
                [] => parent.text.is_none(),
                [one] => one.tag.name() == "Status",
                _ => false,
            };
            let count = parent.children.iter().filter(|c| c.tag.name() == first.node().tag.name()).count();
            if count > most || (count < least && !says_nothing) {
                return Some(format!("it stands {count} times in {}", parent.tag));
            }
        }
        // A second one is refused, where it stands in something that is not a list.
        let twice = first.changed(|parent, at| {
            let second = parent.children[at].clone();
            parent.children.push(second);
        });
        let read = (self.kind.rewrite)(&twice, first.version);
        let once = (self.kind.rewrite)(&first.tree.to_wbxml(first.version), first.version);
        match most {
            1 if read.is_ok() && read != once => {
                let grown = read.map_or(0, |r| r.len()) > once.map_or(0, |r| r.len());
                grown.then(|| "it may stand twice".to_owned())
            }
            MANY if read.is_err() => Some("it may not stand twice".to_owned()),
            _ => None,
        }
    }
}

fn stands_in(all: &[&Place<'_>], list: &[&str]) -> Option<String> {
    let missing = list.iter().find(|names| !all.iter().any(|place| place.stands_in(names)));
    missing.map(|names| format!("it never stands in {names}"))
}

fn includes(all: &[&Place<'_>], list: &[&str]) -> Option<String> {
    let is_there = |name: &str| all.iter().flat_map(|p| &p.node().children).any(|c| c.tag.name() == name);
    list.iter().find(|name| !is_there(name)).map(|name| format!("{name} never stands in it"))
}

fn collect<'a>(
    version: Version,
    tree: &'a Node,
    node: &Node,
    path: &mut Vec<usize>,
    places: &mut Vec<Place<'a>>,
) {
    places.push(Place { version, tree, path: path.clone() });
    for (index, child) in node.children.iter().enumerate() {
        path.push(index);
        collect(version, tree, child, path, places);
        path.pop();
    }
}
