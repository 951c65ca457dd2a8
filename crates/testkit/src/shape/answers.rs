//! All answers of a recording, and the elements in them.

use std::collections::HashMap;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::multipart;
use fieldpost_eas::page::{self, Tag};
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_phone::transport::record::Exchange;

/// The documents of a recording.
#[derive(Debug, Default)]
pub struct Answers {
    documents: Vec<Document>,
    by_tag: HashMap<Tag, Vec<(usize, usize)>>,
}

#[derive(Debug)]
struct Document {
    command: CommandName,
    version: Version,
    /// All elements with the position of their parent, the root first.
    elements: Vec<(Node, Option<usize>)>,
}

/// One element of an answer.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence<'a> {
    document: &'a Document,
    at: usize,
}

impl Answers {
    /// Reads the documents of all exchanges that have one.
    ///
    /// # Panics
    /// An answer calls itself WBXML and is none.
    pub fn new(exchanges: &[Exchange]) -> Answers {
        let mut answers = Answers::default();
        for exchange in exchanges.iter().filter(|exchange| exchange.answer.status.as_u16() == 200) {
            let body = &exchange.answer.body;
            let document = match exchange.answer.header("content-type") {
                Some(multipart::CONTENT_TYPE) => multipart::decode(body).expect("a container")[0],
                Some("application/vnd.ms-sync.wbxml") if !body.is_empty() => body,
                _ => continue,
            };
            let root = Node::parse(document, Limits::default()).expect("a document");
            answers.add(exchange.call.command, exchange.version, root);
        }
        answers
    }

    /// Takes in one document.
    pub(super) fn add(&mut self, command: CommandName, version: Version, root: Node) {
        let mut elements: Vec<(Node, Option<usize>)> = vec![(root, None)];
        let mut at = 0;
        while at < elements.len() {
            let children = elements[at].0.children.clone();
            elements.extend(children.into_iter().map(|child| (child, Some(at))));
            at += 1;
        }
        let number = self.documents.len();
        for (at, (node, _)) in elements.iter().enumerate() {
            self.by_tag.entry(node.tag).or_default().push((number, at));
        }
        self.documents.push(Document { command, version, elements });
    }

    /// The roots of all answers to these commands; none named: to all.
    pub fn roots<'a>(&'a self, of: &'a [CommandName]) -> impl Iterator<Item = Occurrence<'a>> {
        self.documents.iter().map(|document| Occurrence { document, at: 0 }).filter(|found| found.is_of(of))
    }

    /// Every element at the end of this path in the answers to these commands.
    pub fn at<'a>(&'a self, of: &'a [CommandName], path: &str) -> impl Iterator<Item = Occurrence<'a>> {
        let steps = steps(path);
        let mut places: Vec<(usize, usize)> = match steps.last() {
            Some(Step::Tag(tag)) => self.by_tag.get(tag).cloned().unwrap_or_default(),
            Some(step) => {
                let tags = self.by_tag.iter().filter(|(tag, _)| step.fits(**tag));
                tags.flat_map(|(_, places)| places.iter().copied()).collect()
            }
            None => Vec::new(),
        };
        places.sort_unstable();
        let all = places.into_iter().map(|(number, at)| Occurrence { document: &self.documents[number], at });
        all.filter(move |found| found.is_of(of) && found.ends(&steps))
    }
}

impl<'a> Occurrence<'a> {
    /// The element.
    pub fn node(self) -> &'a Node {
        &self.document.elements[self.at].0
    }

    /// Its text, or nothing.
    pub fn text(self) -> &'a str {
        self.node().text.as_deref().unwrap_or_default()
    }

    /// The version of the answer.
    pub fn version(self) -> Version {
        self.document.version
    }

    /// The element around it.
    pub fn parent(self) -> Option<Occurrence<'a>> {
        self.document.elements[self.at].1.map(|at| Occurrence { document: self.document, at })
    }

    /// Whether it stands at the end of this path.
    pub fn is_at(self, path: &str) -> bool {
        self.ends(&steps(path))
    }

    fn ends(self, steps: &[Step]) -> bool {
        let mut element = Some(self);
        steps.iter().rev().all(|step| {
            let fits = element.is_some_and(|element| step.fits(element.node().tag));
            element = element.and_then(Occurrence::parent);
            fits
        })
    }

    fn is_of(self, of: &[CommandName]) -> bool {
        of.is_empty() || of.contains(&self.document.command)
    }
}

impl std::fmt::Display for Occurrence<'_> {
    /// Where it is, and the beginning of what it holds.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut path = vec![self.node().tag.name()];
        let mut element = *self;
        while let Some(parent) = element.parent() {
            path.insert(0, parent.node().tag.name());
            element = parent;
        }
        let text: String = self.text().chars().take(40).collect();
        write!(f, "{} {}: {} {text:?}", self.document.command.name(), self.document.version, path.join("/"))
    }
}

/// One element of a path.
enum Step {
    Tag(Tag),
    /// `Email:*`, any of a namespace.
    Namespace(String),
}

impl Step {
    fn fits(&self, tag: Tag) -> bool {
        match self {
            Step::Tag(own) => *own == tag,
            Step::Namespace(namespace) => tag.namespace() == namespace,
        }
    }
}

/// The elements of a path.
///
/// # Panics
/// There is no such tag.
fn steps(path: &str) -> Vec<Step> {
    let step = |name: &str| match name.split_once(':') {
        Some((namespace, "*")) => Step::Namespace(namespace.to_owned()),
        Some((namespace, name)) => Step::Tag(
            page::find(namespace, name).unwrap_or_else(|| panic!("no tag {namespace}:{name} in {path}")),
        ),
        None => panic!("no namespace in {path}"),
    };
    path.split('/').map(step).collect()
}
