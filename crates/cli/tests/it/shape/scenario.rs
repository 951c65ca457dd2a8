//! What the phones do, so that each element of an answer is seen: two phones of an account in each version,
//! and mail from outside.

mod changes;
mod commands;
mod directory;
mod folders;
mod items;
mod mail;
mod messages;
mod people;
mod waiting;

use fieldpost_eas::Version;
use fieldpost_phone::transport::record::Exchange;

use crate::stage::Stage;

/// Plays everything and gives the exchanges.
pub async fn run() -> Vec<Exchange> {
    let names = Version::ALL.map(name);
    let users: Vec<&str> = names.iter().map(String::as_str).chain(["bob"]).collect();
    let stage = Stage::prepared(&users, |server| directory::fill(server, &users)).await;
    for version in Version::ALL {
        play(&stage, version).await;
    }
    stage.recording.exchanges()
}

/// The account of a version: `anna161`.
fn name(version: Version) -> String {
    format!("anna{}", version.times_ten())
}

async fn play(stage: &Stage, version: Version) {
    let user = name(version);
    messages::deliver(stage, &user).await;
    let (mut one, mut two) = (stage.session(&user, version).await, stage.session(&user, version).await);
    folders::play(&mut one, &mut two).await;
    mail::play(&mut one, &mut two).await;
    changes::play(&mut one, &mut two).await;
    waiting::play(stage, &mut one).await;
    commands::play(&mut one).await;
    items::play(&mut one, &mut two).await;
    people::play(&mut one).await;
}
