//! Mail comes to the phones, in each form of body, and is fetched, moved and counted.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{GetItemEstimate, ItemOperations, MoveItems, Sync};
use fieldpost_eas::wbxml::Node;
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use crate::session::{Session, all, text, with_subject};

pub async fn play(one: &mut Session, two: &mut Session) {
    let inbox = one.folder(2);
    let old = one.version == Version::V2_5;
    let options = |session: &Session, kind: u8, more: &str| match session.version {
        Version::V2_5 if kind == 4 => "Options[MIMESupport=2 MIMETruncation=8]".to_owned(),
        Version::V2_5 => "Options[Truncation=1]".to_owned(),
        _ => {
            let mime = if kind == 4 { "MIMESupport=2 " } else { "" };
            format!("Options[{mime}AirSyncBase:BodyPreference[Type={kind} {more}]]")
        }
    };
    // Cut, with a preview; as HTML in full; as MIME.
    let preview = if one.version >= Version::V14_0 { "Preview=100" } else { "" };
    let kind = if one.version >= Version::V14_0 { 2 } else { 1 };
    let cut = options(two, kind, &format!("TruncationSize=10 {preview}"));
    two.sync_whole(&inbox, &format!("GetChanges WindowSize=5 {cut}")).await;
    let mime = options(two, 4, "");
    two.sync_whole(&inbox, &format!("GetChanges {mime}")).await;
    if one.version >= Version::V14_1 {
        for preference in ["Type=2 TruncationSize=30 Preview=100", "Type=2"] {
            let part = format!("GetChanges Options[AirSyncBase:BodyPartPreference[{preference}]]");
            two.sync_whole(&inbox, &part).await;
        }
    }
    let html = options(one, 2, "");
    let roots = one.sync_whole(&inbox, &format!("DeletesAsMoves=0 GetChanges {html}")).await;
    fetch(one, &inbox, &roots).await;
    estimate(one, &inbox).await;
    moves(one, &inbox, &roots).await;
    one.sync(&inbox, &format!("GetChanges {html}")).await;

    // Keys and folders that are none, and requests without sense.
    one.sync_with(&inbox, "4711", "GetChanges").await;
    one.sync_with("99999", "0", "").await;
    one.sync_with(&inbox, "0", "GetChanges Commands[Delete[ServerId=1]]").await;
    if !old {
        one.ask(Sync, "AirSync:Sync[Collections[Collection[SyncKey=0]]]").await;
        one.ask(Sync, "AirSync:Sync[Wait=4711]").await;
        one.ask(Sync, "AirSync:Sync[HeartbeatInterval=4711]").await;
    }
    let many: String = (0..400).map(|n| format!("Collection[SyncKey=0 CollectionId={n}]")).collect();
    one.ask(Sync, &format!("AirSync:Sync[Collections[{many}]]")).await;
}

/// Whole messages, their attachments, parts of them, and what there is not.
async fn fetch(one: &mut Session, inbox: &str, roots: &[Node]) {
    let ids = ["Plain", "Rich", "Files"].map(|name| with_subject(roots, name).remove(0));
    if one.version < Version::V14_0 {
        let fetches: String = ids.iter().map(|id| format!("Fetch[ServerId={id}]")).collect();
        one.sync(inbox, &format!("Commands[{fetches}Fetch[ServerId={inbox}:99999]]")).await;
    }
    if one.version == Version::V2_5 {
        return;
    }
    let mut fetches = String::new();
    for (id, options) in ids.iter().zip([
        "AirSyncBase:BodyPreference[Type=1 TruncationSize=5]",
        "AirSyncBase:BodyPreference[Type=2]",
        "AirSync:MIMESupport=2 AirSyncBase:BodyPreference[Type=4]",
    ]) {
        let item = format!("AirSync:CollectionId={inbox} AirSync:ServerId={id}");
        fetches += &format!("Fetch[Store=Mailbox {item} ItemOperations:Options[{options}]]");
    }
    let attachments: Vec<String> = roots
        .iter()
        .flat_map(|root| all(root, "FileReference"))
        .filter_map(|node| node.text.clone())
        .collect();
    for (at, reference) in attachments.iter().enumerate().take(4) {
        let range = if at % 2 == 1 { "ItemOperations:Options[Range=0-9]" } else { "" };
        fetches += &format!("Fetch[Store=Mailbox AirSyncBase:FileReference='{reference}' {range}]");
    }
    fetches += &format!("Fetch[Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={inbox}:99999]");
    fetches += "Fetch[Store=Mailbox AirSyncBase:FileReference=none]";
    fetches += "Fetch[Store=DocumentLibrary DocumentLibrary:LinkId='\\\\server\\share\\file.txt']";
    let request = format!("ItemOperations:ItemOperations[{fetches}]");
    one.ask(ItemOperations, &request).await;
    let body = notation::document(&request).to_wbxml(one.version);
    one.call(&Call { multipart: true, ..Call::wbxml(ItemOperations, body) }).await;
    let schema = "ItemOperations:Options[Schema[Email:Subject Email:From AirSyncBase:Body]]";
    let item = format!("AirSync:CollectionId={inbox} AirSync:ServerId={}", ids[0]);
    let request = format!("ItemOperations:ItemOperations[Fetch[Store=Mailbox {item} {schema}]]");
    one.ask(ItemOperations, &request).await;
    one.ask(ItemOperations, "ItemOperations:ItemOperations[Fetch[]]").await;
    one.ask(ItemOperations, "ItemOperations:ItemOperations").await;
}

async fn estimate(one: &mut Session, inbox: &str) {
    let key = one.key(inbox);
    for (folder, key) in [(inbox, key.as_str()), (inbox, "4711"), ("99999", key.as_str()), (inbox, "0")] {
        let collection = match one.version {
            Version::V2_5 | Version::V12_0 | Version::V12_1 => {
                format!("Class=Email CollectionId={folder} AirSync:FilterType=0 AirSync:SyncKey={key}")
            }
            _ => format!(
                "AirSync:SyncKey={key} GetItemEstimate:CollectionId={folder} AirSync:Options[FilterType=0]"
            ),
        };
        let request = format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{collection}]]]");
        one.ask(GetItemEstimate, &request).await;
    }
}

async fn moves(one: &mut Session, inbox: &str, roots: &[Node]) {
    let trash = one.folder(4);
    let id = with_subject(roots, "To move").remove(0);
    for (item, from, to) in [
        (id.as_str(), inbox, trash.as_str()),
        ("4711", inbox, trash.as_str()),
        (id.as_str(), inbox, "99999"),
        (id.as_str(), inbox, inbox),
    ] {
        let item = format!("Move[SrcMsgId={item} SrcFldId={from} DstFldId={to}]");
        one.ask(MoveItems, &format!("Move:MoveItems[{item}]")).await;
    }
    if one.version >= Version::V12_0 {
        let empty = format!(
            "EmptyFolderContents[AirSync:CollectionId={trash} ItemOperations:Options[DeleteSubFolders]]"
        );
        let nowhere = "EmptyFolderContents[AirSync:CollectionId=99999]";
        one.ask(ItemOperations, &format!("ItemOperations:ItemOperations[{empty}{nowhere}]")).await;
    }
    if one.version >= Version::V14_0 {
        let conversation =
            roots.iter().flat_map(|root| all(root, "Add")).find(|add| text(add, "Subject") == "Low");
        let id =
            conversation.map(|add| all(add, "ConversationId")).and_then(|ids| ids.first().copied().cloned());
        let Some(id) = id.and_then(|id| id.opaque) else { panic!("no conversation") };
        let mut request = notation::document(&format!(
            "ItemOperations:ItemOperations[Move[ConversationId DstFldId={trash}]Move[ConversationId=#nothing \
             DstFldId={trash}]]"
        ));
        request.children[0].children[0].opaque = Some(id);
        one.call(&Call::wbxml(ItemOperations, request.to_wbxml(one.version))).await;
    }
}
