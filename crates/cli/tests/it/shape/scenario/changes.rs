//! One phone changes mail, the other is told.

use fieldpost_eas::Version;
use fieldpost_eas::wbxml::Node;

use crate::session::{Session, with_subject};

pub async fn play(one: &mut Session, two: &mut Session) {
    let inbox = one.folder(2);
    let options = match one.version {
        Version::V2_5 => "Options[Truncation=4]".to_owned(),
        _ => "Options[AirSyncBase:BodyPreference[Type=1]]".to_owned(),
    };
    let roots = one.sync_whole(&inbox, &format!("DeletesAsMoves=0 GetChanges {options}")).await;
    two.sync_whole(&inbox, &format!("DeletesAsMoves=0 GetChanges {options}")).await;
    let id = |subject: &str| with_subject(&roots, subject).remove(0);
    let change = |id: &str, data: &str| format!("Change[ServerId={id} ApplicationData[{data}]]");
    let mut commands = change(&id("Plain"), "Email:Read=1");
    if one.version >= Version::V12_0 {
        commands += &change(&id("Rich"), FLAGGED);
        commands += &change(&id("Files"), COMPLETED);
    }
    if one.version >= Version::V14_0 {
        commands += &change(&id("Signed"), "Email:Categories[Category=Blue Category=Work]");
    }
    commands += &change("99999:1", "Email:Read=1");
    commands += &format!("Delete[ServerId={}] Delete[ServerId=99999:1]", id("To delete"));
    one.sync(&inbox, &format!("DeletesAsMoves=0 GetChanges {options} Commands[{commands}]")).await;
    let wrong = change(&id("Returned"), "Email:Read=maybe");
    one.sync(&inbox, &format!("GetChanges {options} Commands[{wrong}]")).await;
    two.sync(&inbox, &format!("GetChanges {options}")).await;
    if one.version >= Version::V14_0 {
        sms(one, two, &inbox).await;
    }
    if one.version >= Version::V16_0 {
        drafts(one, two, &roots).await;
    }
    // What is older than a day leaves the phone without being deleted.
    two.sync(&inbox, "GetChanges Options[FilterType=1]").await;
}

const FLAGGED: &str = "Email:Flag[Tasks:Subject=Call Email:Status=2 FlagType='for Follow Up' \
    Tasks:UtcStartDate=2026-11-02T08:00:00.000Z StartDate=2026-11-02T09:00:00.000Z \
    UtcDueDate=2026-11-03T08:00:00.000Z DueDate=2026-11-03T09:00:00.000Z ReminderSet=1 \
    ReminderTime=2026-11-02T07:00:00.000Z OrdinalDate=2026-11-02T08:00:00.000Z SubOrdinalDate=5555555]";

const COMPLETED: &str = "Email:Flag[Status=1 FlagType='for Follow Up' CompleteTime=2026-11-02T10:00:00.000Z \
    Tasks:DateCompleted=2026-11-02T10:00:00.000Z]";

async fn sms(one: &mut Session, two: &mut Session, inbox: &str) {
    let options = "Options[Class=Email] Options[Class=SMS]";
    let data = "Email:From='[MOBILE: +491701]' To='[MOBILE: +491702]' DateReceived=2026-11-02T08:00:00.000Z \
                Importance=1 Read=1 AirSyncBase:Body[Type=1 Data=Hello]";
    let add = format!("Add[Class=SMS ClientId=sms1 ApplicationData[{data}]]");
    one.sync(inbox, &format!("GetChanges {options} Commands[{add}]")).await;
    two.sync(inbox, &format!("GetChanges {options}")).await;
}

/// Written, changed and thrown away on the phone, from 16.0 on.
async fn drafts(one: &mut Session, two: &mut Session, _: &[Node]) {
    let drafts = one.folder(3);
    let options = "Options[AirSyncBase:BodyPreference[Type=2]]";
    one.sync_whole(&drafts, &format!("GetChanges {options}")).await;
    two.sync_whole(&drafts, &format!("GetChanges {options}")).await;
    let data = "Email:To=carol@elsewhere.example Cc=dora@elsewhere.example Email2:Bcc=eva@elsewhere.example \
                Email:Subject='A draft' Importance=2 AirSyncBase:Attachments[Add[ClientId=file1 Content=#words \
                ContentType=text/plain DisplayName=words.txt Method=1]] AirSyncBase:Body[Type=2 Data=Dear]";
    let add = format!("Add[ClientId=draft1 ApplicationData[{data}]]");
    one.sync(&drafts, &format!("GetChanges {options} Commands[{add}]")).await;
    let roots = two.sync(&drafts, &format!("GetChanges {options}")).await;
    let Some(id) = with_subject(&Vec::from_iter(roots), "A draft").pop() else { return };
    let change = format!("Change[ServerId={id} ApplicationData[Email:Subject='A better draft']]");
    two.sync(&drafts, &format!("GetChanges {options} Commands[{change}]")).await;
    one.sync(&drafts, &format!("GetChanges {options}")).await;
}
