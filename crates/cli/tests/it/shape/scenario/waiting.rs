//! Ping, with each of its answers.

use fieldpost_eas::command::CommandName::{FolderSync, Ping};

use crate::session::Session;
use crate::stage::Stage;

pub async fn play(stage: &Stage, one: &mut Session) {
    let inbox = one.folder(2);
    let folder = |id: &str| format!("Folders[Folder[Id={id} Class=Email]]");
    one.ask(Ping, "").await;
    one.ask(Ping, &format!("Ping:Ping[HeartbeatInterval=1 {}]", folder(&inbox))).await;
    let message = "From: bob@elsewhere.example\nSubject: News\n\nNew.\n";
    stage.deliver(&one.user.clone(), message).await;
    one.ask(Ping, &format!("Ping:Ping[HeartbeatInterval=2 {}]", folder(&inbox))).await;
    one.ask(Ping, &format!("Ping:Ping[HeartbeatInterval=99999 {}]", folder(&inbox))).await;
    one.ask(Ping, "Ping:Ping[HeartbeatInterval=2 Folders[Folder[Id=99999 Class=Email]]]").await;
    let many: String = (0..400).map(|n| format!("Folder[Id={n} Class=Email]")).collect();
    one.ask(Ping, &format!("Ping:Ping[HeartbeatInterval=2 Folders[{many}]]")).await;
    one.ask(Ping, "Ping:Ping[HeartbeatInterval=x]").await;
    one.folders(FolderSync, "").await;
}
