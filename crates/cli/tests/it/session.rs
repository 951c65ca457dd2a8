//! One account with one phone, whose requests are written down in brief.

use std::collections::HashMap;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::http::multipart;
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_phone::{Call, Phone, PhoneError};
use fieldpost_testkit::shape::notation;

/// A phone that has been set up, and what it must remember between requests.
pub struct Session {
    pub phone: Phone,
    pub version: Version,
    /// Name of the account, and the address before the `@`.
    pub user: String,
    keys: HashMap<String, String>,
    folders: Vec<(String, String)>,
}

impl Session {
    pub fn new(phone: Phone, user: &str) -> Session {
        let version = phone.version();
        Session { phone, version, user: user.to_owned(), keys: HashMap::new(), folders: Vec::new() }
    }

    /// The user's address.
    pub fn address(&self) -> String {
        format!("{}@{}", self.user, fieldpost_testkit::process::DOMAIN)
    }

    /// Asks, and gives the answer's document, if it has one; nothing where HTTP itself says no.
    pub async fn ask(&mut self, command: CommandName, request: &str) -> Option<Node> {
        let body = match request {
            "" => Vec::new(),
            request => notation::document(request).to_wbxml(self.version),
        };
        self.call(&Call::wbxml(command, body)).await
    }

    /// The same with any call.
    pub async fn call(&mut self, call: &Call) -> Option<Node> {
        let answer = match self.phone.exchange(call).await {
            Ok(answer) => answer,
            Err(PhoneError::Http { .. }) => return None,
            Err(error) => panic!("{} {}: {error}", call.command.name(), self.version),
        };
        let document = match multipart::decode(&answer.body) {
            Ok(parts) if answer.header("content-type") == Some(multipart::CONTENT_TYPE) => parts[0],
            _ => &answer.body,
        };
        Node::parse(document, Limits::default()).ok()
    }

    /// Reads the folders from the start.
    pub async fn read_folders(&mut self) {
        let request = "FolderHierarchy:FolderSync[SyncKey=0]";
        let root = self.ask(CommandName::FolderSync, request).await.unwrap();
        self.keys.insert(String::new(), text(&root, "SyncKey"));
        let of = |add: &&Node| (text(add, "ServerId"), text(add, "Type"));
        self.folders = all(&root, "Add").iter().map(of).collect();
    }

    /// The folder of this type.
    pub fn folder(&self, kind: u8) -> String {
        let kind = kind.to_string();
        let found = self.folders.iter().find(|(_, other)| *other == kind);
        found.map(|(id, _)| id.clone()).unwrap_or_else(|| panic!("no folder of type {kind}"))
    }

    /// A command about folders, with the key of the hierarchy behind it.
    pub async fn folders(&mut self, command: CommandName, rest: &str) -> Option<Node> {
        let (name, key) = (command.name(), self.keys.get("").cloned().unwrap_or_default());
        let request = format!("FolderHierarchy:{name}[SyncKey={key} {rest}]");
        let root = self.ask(command, &request).await;
        if let Some(key) = root.as_ref().map(|root| text(root, "SyncKey")).filter(|key| !key.is_empty()) {
            self.keys.insert(String::new(), key);
        }
        root
    }

    /// Synchronises one folder with its next key. `rest` stands behind its id.
    pub async fn sync(&mut self, folder: &str, rest: &str) -> Option<Node> {
        let key = self.keys.get(folder).cloned().unwrap_or_else(|| "0".into());
        let root = self.sync_with(folder, &key, rest).await?;
        let key = text(&root, "SyncKey");
        if !key.is_empty() {
            self.keys.insert(folder.to_owned(), key);
        }
        Some(root)
    }

    /// The same with a key of one's own, which is not remembered.
    pub async fn sync_with(&mut self, folder: &str, key: &str, rest: &str) -> Option<Node> {
        let class = match self.version < Version::V12_1 {
            true => format!("Class={} ", self.class(folder)),
            false => String::new(),
        };
        let collection = format!("Collection[{class}SyncKey={key} CollectionId={folder} {rest}]");
        self.ask(CommandName::Sync, &format!("AirSync:Sync[Collections[{collection}]]")).await
    }

    /// First key and then all items, with these options.
    pub async fn sync_whole(&mut self, folder: &str, rest: &str) -> Vec<Node> {
        self.keys.remove(folder);
        let mut roots = Vec::from_iter(self.sync(folder, "").await);
        for _ in 0..10 {
            let Some(root) = self.sync(folder, rest).await else { break };
            let more = !all(&root, "MoreAvailable").is_empty();
            roots.push(root);
            if !more {
                break;
            }
        }
        roots
    }

    /// The key of a folder.
    pub fn key(&self, folder: &str) -> String {
        self.keys.get(folder).cloned().unwrap_or_default()
    }

    fn class(&self, folder: &str) -> &'static str {
        match self.folders.iter().find(|(id, _)| id == folder).map_or("", |(_, kind)| kind) {
            "8" | "13" => "Calendar",
            "9" | "14" => "Contacts",
            "7" | "15" => "Tasks",
            _ => "Email",
        }
    }
}

/// All elements of this name, in the order of the document.
pub fn all<'a>(node: &'a Node, name: &str) -> Vec<&'a Node> {
    let mut found = Vec::new();
    collect(node, name, &mut found);
    found
}

fn collect<'a>(node: &'a Node, name: &str, found: &mut Vec<&'a Node>) {
    if node.tag.name() == name {
        found.push(node);
    }
    for child in &node.children {
        collect(child, name, found);
    }
}

/// The text of the first element of this name, or nothing.
pub fn text(node: &Node, name: &str) -> String {
    all(node, name).first().and_then(|node| node.text.clone()).unwrap_or_default()
}

/// The ids of the items in an answer whose subject is this.
pub fn with_subject(roots: &[Node], subject: &str) -> Vec<String> {
    let adds = roots.iter().flat_map(|root| all(root, "Add"));
    adds.filter(|add| text(add, "Subject") == subject).map(|add| text(add, "ServerId")).collect()
}
