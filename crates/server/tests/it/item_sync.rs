//! What the tests of the content classes share: one collection of one phone, spoken to with requests
//! as they stand on the wire.

use fieldpost_domain::FolderId;
use fieldpost_domain::folder::FolderType;
use fieldpost_eas::Version;
use fieldpost_eas::codec::Tags;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::sync::{Request, Response, request, response};
use fieldpost_eas::item::{BodyPreference, BodyType, Item};
use fieldpost_store::Account;
use fieldpost_testkit::phone::Phone;

use crate::server::Server;

/// A collection that a phone synchronises.
pub struct Bench {
    pub phone: Phone,
    pub folder: FolderId,
    pub key: String,
    /// The key before.
    pub last_key: String,
    pub class: &'static str,
    pub options: Vec<request::Options>,
    pub window: Option<u32>,
}

impl Bench {
    /// A phone that has its first key of the account's folder of that type.
    pub async fn start(server: &Server, account: &Account, version: Version, kind: FolderType) -> Bench {
        let name = account.address.split('@').next().unwrap();
        let phone = server.ready_phone(name, version).await;
        Bench::with(server, account, phone, kind, None).await
    }

    /// The same with a phone, and what it says that it manages.
    pub async fn with(
        server: &Server,
        account: &Account,
        phone: Phone,
        kind: FolderType,
        supported: Option<Tags>,
    ) -> Bench {
        let folder = server.folder(account, kind).await;
        let mut bench = Bench {
            phone,
            folder,
            key: "0".to_owned(),
            last_key: "0".to_owned(),
            class: kind.class().name().unwrap_or("Email"),
            options: Vec::new(),
            window: None,
        };
        let mut first = bench.request(Vec::new());
        first.collections[0].supported = supported;
        first.collections[0].get_changes = None;
        let answer = bench.send(&first).await;
        assert_eq!(answer.status, 1, "the first key");
        bench.key = answer.sync_key;
        bench.options = vec![request::Options {
            body_preferences: if bench.phone.version() >= Version::V12_0 {
                vec![BodyPreference {
                    r#type: BodyType::Text,
                    truncation_size: None,
                    all_or_none: None,
                    preview: None,
                }]
            } else {
                Vec::new()
            },
            ..request::Options::default()
        }];
        bench
    }

    pub fn request(&self, commands: Vec<request::Command>) -> Request {
        let old = self.phone.version() < Version::V12_1;
        Request {
            collections: vec![request::Collection {
                class: old.then(|| self.class.to_owned()),
                sync_key: self.key.clone(),
                collection_id: self.folder.to_string(),
                get_changes: (self.key != "0").then_some(true),
                window_size: self.window,
                options: if self.key == "0" { Vec::new() } else { self.options.clone() },
                commands,
                ..request::Collection::default()
            }],
            ..Request::default()
        }
    }

    /// Sends a request as it is; an empty answer is one that says nothing.
    pub async fn send(&mut self, request: &Request) -> response::Collection {
        let call = crate::server::call(&self.phone, CommandName::Sync, request);
        let answer = self.phone.exchange(&call).await.unwrap();
        let wanted = &request.collections[0];
        if answer.body.is_empty() {
            return response::Collection {
                status: 1,
                sync_key: wanted.sync_key.clone(),
                ..response::Collection::default()
            };
        }
        let mut response = <Response as fieldpost_eas::codec::Document>::decode(&answer.body).unwrap();
        match response.collections.pop() {
            Some(collection) => collection,
            None => response::Collection { status: response.status.unwrap(), ..Default::default() },
        }
    }

    /// Sends commands and goes on from the answer.
    pub async fn sync(&mut self, commands: Vec<request::Command>) -> response::Collection {
        let request = self.request(commands);
        let answer = self.send(&request).await;
        if answer.status == 1 {
            self.last_key = std::mem::replace(&mut self.key, answer.sync_key.clone());
        }
        answer
    }

    /// Synchronises until there is no more, and gives all that was told.
    pub async fn settle(&mut self) -> Vec<response::Command> {
        let mut all = Vec::new();
        loop {
            let answer = self.sync(Vec::new()).await;
            assert_eq!(answer.status, 1);
            all.extend(answer.commands);
            if answer.more_available.is_none() {
                return all;
            }
        }
    }

    /// Adds an item and tells its server id.
    pub async fn add(&mut self, client_id: &str, item: Item) -> String {
        let answer = self.sync(vec![add(client_id, item)]).await;
        let reply = added(&answer);
        assert_eq!(reply.status, 1, "{reply:?}");
        reply.server_id.clone().unwrap()
    }

    /// Changes an item and tells the status.
    pub async fn change(&mut self, id: &str, item: Item) -> u8 {
        status(&self.sync(vec![change(id, item)]).await)
    }
}

pub fn add(client_id: &str, item: Item) -> request::Command {
    let client_id = client_id.to_owned();
    request::Command::Add(request::Add { client_id, class: None, send: None, application_data: item })
}

pub fn change(id: &str, item: Item) -> request::Command {
    request::Command::Change(request::Change {
        server_id: id.to_owned(),
        instance_id: None,
        class: None,
        send: None,
        application_data: Some(item),
    })
}

pub fn delete(id: &str) -> request::Command {
    request::Command::Delete(request::Delete { server_id: id.to_owned(), instance_id: None, class: None })
}

pub fn fetch(id: &str) -> request::Command {
    request::Command::Fetch(request::Fetch { server_id: id.to_owned() })
}

/// The only reply of an answer, to an Add.
pub fn added(answer: &response::Collection) -> &response::AddReply {
    let [response::Reply::Add(reply)] = answer.responses.as_slice() else { panic!("{answer:?}") };
    reply
}

/// What became of the only command of a request: nothing said means done.
pub fn status(answer: &response::Collection) -> u8 {
    assert_eq!(answer.status, 1, "{answer:?}");
    match answer.responses.as_slice() {
        [] => 1,
        [response::Reply::Add(reply)] => reply.status,
        [response::Reply::Change(reply)] => reply.status,
        [response::Reply::Delete(reply)] => reply.status,
        [response::Reply::Fetch(reply)] => reply.status,
        more => panic!("{more:?}"),
    }
}

/// The items that were told as new, each with its id.
pub fn adds(commands: &[response::Command]) -> Vec<(String, Item)> {
    let add = |command: &response::Command| match command {
        response::Command::Add(add) => Some((add.server_id.clone(), add.application_data.clone())),
        _ => None,
    };
    commands.iter().filter_map(add).collect()
}

/// The items that were told as changed.
pub fn changes(commands: &[response::Command]) -> Vec<(String, Item)> {
    let change = |command: &response::Command| match command {
        response::Command::Change(change) => {
            Some((change.server_id.clone(), change.application_data.clone()))
        }
        _ => None,
    };
    commands.iter().filter_map(change).collect()
}
