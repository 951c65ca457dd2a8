//! What the protocol documents say of how a server acts, through the front door: a real server, phones over
//! TLS, requests written down in brief. One file for each topic; each assertion names its requirement.

mod bodies;
mod certificates;
mod common_statuses;
mod contacts;
mod conversations;
mod email_changes;
mod email_flags;
mod events;
mod filters;
mod folders;
mod http;
mod invitations;
mod meeting_requests;
mod operations;
mod people;
mod ping;
mod provisioning;
mod reports;
mod sending;
mod syncing;
mod text_messages;
mod voice_mail;

use fieldpost_eas::wbxml::Node;

use crate::session::{Session, all, text};

/// The status that an answer gives for the change of one item; 1 where it says nothing.
async fn change(session: &mut Session, folder: &str, id: &str, data: &str) -> String {
    let commands = format!("Commands[Change[ServerId={id} ApplicationData[{data}]]]");
    let root = session.sync(folder, &commands).await;
    let Some(root) = root else { return "1".to_owned() };
    let answer = all(&root, "Change").first().map(|change| text(change, "Status"));
    answer.filter(|status| !status.is_empty()).unwrap_or_else(|| text(&root, "Status"))
}

/// The names of the children of the first element of this name.
fn children(root: &Node, name: &str) -> Vec<&'static str> {
    let found = all(root, name);
    let children = found.first().map(|node| node.children.iter().map(|child| child.tag.name()).collect());
    children.unwrap_or_default()
}
