//! The statuses that all commands have in common, and the codes of HTTP that stand for them up to 12.1.

use std::sync::Arc;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{
    self, Find, FolderCreate, FolderSync, GetItemEstimate, ItemOperations, MeetingResponse, MoveItems,
    Provision, ResolveRecipients, Search, SendMail, SmartForward, SmartReply,
};
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_phone::{Call, Transport};
use fieldpost_testkit::process::DOMAIN;
use fieldpost_testkit::shape::notation;

use super::{Shown, answer, outcome, people, status_in};
use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["common"];

const MESSAGE: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: One\n\nA text.\n";

const EVENT: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//elsewhere//en\nMETHOD:REQUEST\nBEGIN:VEVENT\n\
    UID:one@elsewhere.example\nDTSTAMP:20261101T080000Z\nSUMMARY:Meet\nDTSTART:20270301T080000Z\n\
    DTEND:20270301T090000Z\nORGANIZER:mailto:bob@elsewhere.example\n\
    ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:anna@example.test\nEND:VEVENT\nEND:VCALENDAR\n";

#[tokio::test]
async fn every_status_that_commands_have_in_common() {
    let mut shown = Shown::of(SCOPES);
    let stage = Stage::prepared(&["anna", "gone"], |server| {
        server.set("mail", "max_message", "\"1MiB\"");
    })
    .await;
    stage.deliver("anna", MESSAGE).await;
    let invitation = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Meet\nMIME-Version: 1.0\n\
        Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n";
    stage.deliver("anna", &format!("{invitation}{EVENT}")).await;
    requests(&stage, &mut shown).await;
    envelopes(&stage, &mut shown).await;
    sending(&stage, &mut shown).await;
    items(&stage, &mut shown).await;
    recipients(&mut shown).await;
    too_many_devices(&mut shown).await;
    too_many_folders(&stage, &mut shown).await;
    policies(&stage, &mut shown).await;
    decided(&stage, &mut shown).await;
    disabled(&stage, &mut shown).await;
    shown.complete();
}

/// Bodies that are not what they should be: a code of HTTP up to 12.1, a status after.
async fn requests(stage: &Stage, shown: &mut Shown) {
    let wrong_root = notation::document("Ping:Ping").to_wbxml(Version::V12_1);
    for (code, command, body) in [
        (101, FolderSync, Vec::new()),
        (102, FolderSync, b"no document".to_vec()),
        // MS-ASCMD_R4817, R7547
        (103, MoveItems, wrong_root),
    ] {
        let call = Call::wbxml(command, body);
        let mut old = stage.session("anna", Version::V12_1).await;
        assert_eq!(answer(&mut old, &call).await.0, 400, "{code}");
        let mut new = stage.session("anna", Version::V14_1).await;
        let (http, root) = answer(&mut new, &call).await;
        assert_eq!(http, 200, "{code}");
        shown.is("common", code, &text(&root.unwrap(), "Status"), command.name());
    }
    // A command that the version does not have has no document for a status either.
    for (version, command) in [(Version::V14_1, Find), (Version::V14_1, CommandName::GetHierarchy)] {
        let mut session = stage.session("anna", version).await;
        let (http, _) = answer(&mut session, &Call::wbxml(command, b"x".to_vec())).await;
        assert_eq!(http, 501, "{version} {}", command.name());
    }
}

/// What the query and the headers say.
async fn envelopes(stage: &Stage, shown: &mut Shown) {
    for (code, http, from, to) in [
        // MS-ASCMD_R4828
        (108, 400, "DeviceId=", "Other="),
        // MS-ASCMD_R4830
        (109, 400, "DeviceType=", "Other="),
        (138, 400, "ms-asprotocolversion", "99.9"),
    ] {
        for version in [Version::V12_1, Version::V14_1] {
            let session = stage.session("anna", version).await;
            let body = notation::document("FolderHierarchy:FolderSync[SyncKey=0]").to_wbxml(version);
            let key = session.phone.state.policy_key;
            let path = "/Microsoft-Server-ActiveSync";
            let mut request =
                session.phone.identity.request(path, key, &Call::wbxml(FolderSync, body)).unwrap();
            match code {
                138 => drop(request.headers.insert(from, to.parse().unwrap())),
                _ => request.target = request.target.replace(from, to),
            }
            let mut transport = Transport::new(Arc::clone(session.phone.connector()));
            let answer = transport.send(&request, Duration::ZERO).await.unwrap();
            let root = Node::parse(&answer.body, Limits::default());
            match root {
                Ok(root) => shown.is("common", code, &text(&root, "Status"), &request.target),
                Err(_) => assert_eq!(answer.status.as_u16(), http, "{version} {code}"),
            }
        }
    }
}

async fn sending(stage: &Stage, shown: &mut Shown) {
    let mut anna = stage.session("anna", Version::V16_1).await;
    let inbox = anna.folder(2);
    let roots = anna.sync_whole(&inbox, "GetChanges").await;
    let id = with_subject(&roots, "One").remove(0);
    let to = "To: anna@example.test\r\n\r\nx";
    let source = |id: &str| format!("Source[FolderId={inbox} ItemId={id}]");
    let people: String = (0..1001).map(|n| format!("p{n}@elsewhere.test, ")).collect();
    let crowd = format!("To: {}\r\n\r\nx", people.trim_end_matches(", "));
    let large = format!("{to}{}", "x".repeat(1 << 20));
    let forward = "Forwardees[Forwardee[Name=Carol Email=carol@elsewhere.example]]";
    for (code, command, rest) in [
        (
            105,
            SmartReply,
            format!("ClientId=a Source[FolderId={inbox} ItemId={id} LongId={id}] Mime=#'{to}'"),
        ),
        (106, SmartReply, format!("ClientId=b {} Mime=#'{to}'", source("nonsense"))),
        (107, SendMail, "ClientId=c Mime=#'no message at all'".to_owned()),
        (115, SendMail, format!("ClientId=d Mime=#'{crowd}'")),
        (116, SendMail, "ClientId=e Mime=#'To: <bob@.example>\r\n\r\nx'".to_owned()),
        // MS-ASCMD_R4853
        (119, SendMail, "ClientId=f Mime=#'Subject: Nobody\r\n\r\nx'".to_owned()),
        (122, SendMail, format!("ClientId=g Mime=#'{large}'")),
        (150, SmartReply, format!("ClientId=h {} Mime=#'{to}'", source("99999:1").replace(&inbox, "99999"))),
        (166, SendMail, format!("ClientId=i AccountId=nobody Mime=#'{to}'")),
        (168, SendMail, format!("ClientId=j Mime=#'{to}' RightsManagement:TemplateID=x")),
        (178, SmartForward, format!("ClientId=k {} Mime=#'{to}' {forward}", source(&id))),
        (179, SmartForward, format!("ClientId=l {} {forward}", source(&id))),
    ] {
        let request = format!("ComposeMail:{}[{rest}]", command.name());
        let (http, got) = outcome(&mut anna, command, &request).await;
        assert_eq!(http, 200, "{code}");
        shown.is("common", code, &got, &rest.chars().take(100).collect::<String>());
    }
    // MS-ASCMD_R5091, R5092: success says nothing, failure has its status.
    let once = format!("ComposeMail:SendMail[ClientId=twice Mime=#'{to}']");
    assert_eq!(outcome(&mut anna, SendMail, &once).await, (200, String::new()));
    shown.is("common", 118, &outcome(&mut anna, SendMail, &once).await.1, "the same id again");
    // Up to 12.1 the query names the message, and what is wrong with it is a code of HTTP.
    let mut old = stage.session("anna", Version::V12_1).await;
    let mut call = Call::wbxml(SmartReply, to.as_bytes().to_vec());
    call.form = fieldpost_eas::http::BodyForm::Message;
    (call.collection_id, call.item_id) = (Some(inbox.clone()), Some("nonsense".to_owned()));
    assert_eq!(answer(&mut old, &call).await.0, 400);

    // A draft without anybody to send it to.
    let drafts = anna.folder(3);
    anna.sync_whole(&drafts, "GetChanges").await;
    let data = "ApplicationData[Email:Subject=Nobody AirSyncBase:Body[Type=1 Data=x]]";
    let add = format!("Commands[Add[ClientId=d1 Email2:Send AirSync:{data}]]");
    let root = anna.sync(&drafts, &add).await.unwrap();
    shown.is("common", 183, &text(all(&root, "Responses")[0], "Status"), &add);
}

async fn items(stage: &Stage, shown: &mut Shown) {
    let mut anna = stage.session("anna", Version::V14_1).await;
    let (inbox, calendar) = (anna.folder(2), anna.folder(8));
    let roots = anna.sync_whole(&inbox, "GetChanges").await;
    let meet = with_subject(&roots, "Meet").remove(0);
    let event = with_subject(&anna.sync_whole(&calendar, "GetChanges").await, "Meet").remove(0);
    let answered = "MeetingResponse:MeetingResponse[Request[UserResponse=1";
    let moved = "ItemOperations:ItemOperations[Move[ConversationId=#0123456789abcdef";
    let part = "Options[AirSyncBase:BodyPartPreference[Type=1]]";
    anna.sync_whole(&inbox, "GetChanges").await;
    let event_key = anna.key(&calendar);
    let filter = format!(
        "AirSync:SyncKey={event_key} GetItemEstimate:CollectionId={calendar} AirSync:Options[FilterType=1]"
    );
    for (code, command, request) in [
        (104, MeetingResponse, format!("{answered} CollectionId={inbox} RequestId={meet} InstanceId=soon]]")),
        (105, MeetingResponse, format!("{answered} RequestId={meet} Search:LongId={meet}]]")),
        (
            146,
            MeetingResponse,
            format!(
                "{answered} CollectionId={calendar} RequestId={event} InstanceId=2027-03-01T08:00:00.000Z]]"
            ),
        ),
        (155, ItemOperations, format!("{moved} DstFldId={inbox}]]")),
        (156, ItemOperations, format!("{moved} DstFldId={calendar} Options[MoveAlways]]]")),
        (110, GetItemEstimate, format!("GetItemEstimate:GetItemEstimate[Collections[Collection[{filter}]]]")),
        (
            // MS-ASCMD_R5412
            164,
            ItemOperations,
            format!(
                "ItemOperations:ItemOperations[Fetch[Store=Mailbox AirSync:CollectionId={inbox} \
                 AirSync:ServerId={meet} ItemOperations:{part}]]"
            ),
        ),
    ] {
        let body = notation::document(&request).to_wbxml(anna.version);
        let (_, root) = answer(&mut anna, &Call::wbxml(command, body)).await;
        let root = root.unwrap_or_else(|| panic!("no document for {request}"));
        // The last one: that of the whole comes first.
        let statuses = all(&root, "Status");
        let got = statuses.last().and_then(|status| status.text.clone()).unwrap_or_default();
        shown.is("common", code, &got, &request);
    }
}

/// Those of free time and pictures stand within the answer, and mean there what they mean everywhere.
async fn recipients(shown: &mut Shown) {
    let stage = people::stage().await;
    let mut bob = stage.session("bob", Version::V14_1).await;
    for code in [160, 161, 163] {
        shown.is("common", code, &people::availability(&mut bob, code).await, "free time");
    }
    for (codes, wish) in [([1, 174, 173], "Picture[MaxSize=1000]"), ([1, 175, 173], "Picture[MaxPictures=1]")]
    {
        let request = format!("Search:Search[Store[Name=GAL Query=ann Options[Range=0-9 {wish}]]]");
        let root = bob.ask(Search, &request).await.unwrap();
        // MS-ASCMD_R4970
        for (code, picture) in codes.into_iter().zip(all(&root, "Picture")).skip(1) {
            shown.is("common", code, &text(picture, "Status"), wish);
        }
    }
    let nobody = "ResolveRecipients:ResolveRecipients[To=nobody]";
    assert!(bob.ask(ResolveRecipients, nobody).await.is_some());
}

async fn too_many_devices(shown: &mut Shown) {
    let stage = Stage::prepared(&["anna"], |server| {
        server.set("limits", "devices_per_account", "1");
    })
    .await;
    let first = stage.session("anna", Version::V14_1).await;
    for version in [Version::V12_1, Version::V14_1] {
        let mut second = Session::new(stage.phone("anna", version), "anna");
        let (http, got) = outcome(&mut second, FolderSync, "FolderHierarchy:FolderSync[SyncKey=0]").await;
        match version {
            Version::V12_1 => assert_eq!(http, 403),
            _ => shown.is("common", 177, &got, "a second phone of an account that may have one"),
        }
    }
    drop(first);
}

async fn too_many_folders(stage: &Stage, shown: &mut Shown) {
    let mut anna = stage.session("anna", Version::V14_1).await;
    for number in 0..1001 {
        let root = anna.folders(FolderCreate, &format!("ParentId=0 DisplayName=F{number} Type=12")).await;
        let got = text(&root.unwrap(), "Status");
        if got != "1" {
            return shown.is("common", 151, &got, "one folder more");
        }
    }
    panic!("a mailbox takes any number of folders");
}

async fn policies(stage: &Stage, shown: &mut Shown) {
    let folders = "FolderHierarchy:FolderSync[SyncKey=0]";
    let policy = "Policies[Policy[PolicyType=MS-EAS-Provisioning-WBXML";
    let mut old = stage.session("anna", Version::V12_1).await;
    let mut anna = stage.session("anna", Version::V14_1).await;
    let root = anna.ask(Provision, &format!("Provision:Provision[{policy}]]]")).await.unwrap();
    shown.is("common", 165, &status_in(&root, "Provision"), "nothing is said of the phone");
    let said = "Settings:DeviceInformation[Set[Model=x]] Provision:";
    let root = anna.ask(Provision, &format!("Provision:Provision[{said}{policy}]]]")).await.unwrap();
    let key = text(&root, "PolicyKey");
    for (code, says) in [(139, 2), (145, 4)] {
        let request = format!("Provision:Provision[{policy} PolicyKey={key} Status={says}]]]");
        let root = anna.ask(Provision, &request).await.unwrap();
        shown.is("common", code, &status_in(&root, "Provision"), &request);
    }
    for code in [144, 142] {
        for session in [&mut old, &mut anna] {
            let key = session.phone.state.policy_key;
            session.phone.state.policy_key = if code == 144 { key ^ 1 } else { 0 };
            let (http, got) = outcome(session, FolderSync, folders).await;
            session.phone.state.policy_key = key;
            match session.version {
                Version::V12_1 => assert_eq!(http, 449, "{code}"),
                _ => shown.is("common", code, &got, "a key that is not the phone's"),
            }
        }
    }
    // A phone that never says a key is told in the end that it can't be served.
    let silent = stage.phone("anna", Version::V14_1);
    let body = notation::document(folders).to_wbxml(Version::V14_1);
    let path = "/Microsoft-Server-ActiveSync";
    let mut request = silent.identity.request(path, 0, &Call::wbxml(FolderSync, body)).unwrap();
    drop(request.headers.remove("x-ms-policykey"));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let mut transport = Transport::new(Arc::clone(silent.connector()));
        let answer = transport.send(&request, Duration::ZERO).await.unwrap();
        statuses.push(text(&Node::parse(&answer.body, Limits::default()).unwrap(), "Status"));
    }
    assert_eq!(statuses[..3], ["142", "142", "142"]);
    shown.is("common", 141, &statuses[3], "no key at all, again and again");
}

/// What an administrator decides about a device.
async fn decided(stage: &Stage, shown: &mut Shown) {
    let folders = "FolderHierarchy:FolderSync[SyncKey=0]";
    for (code, act, http) in [(129, "block", 403), (140, "wipe", 449)] {
        for version in [Version::V12_1, Version::V14_1] {
            let mut anna = stage.session("anna", version).await;
            let address = anna.address();
            let device = anna.phone.identity.device_id.to_string();
            let mut decide = vec!["device", act, &address, &device];
            if act == "wipe" {
                decide.extend(["--confirm", &address]);
            }
            let done = stage.server.run(&decide);
            assert!(done.status.success(), "{done:?}");
            let (got, status) = outcome(&mut anna, FolderSync, folders).await;
            match version {
                Version::V12_1 => assert_eq!(got, http, "{act}"),
                _ => shown.is("common", code, &status, act),
            }
        }
    }
}

async fn disabled(stage: &Stage, shown: &mut Shown) {
    let folders = "FolderHierarchy:FolderSync[SyncKey=0]";
    let mut sessions =
        [stage.session("gone", Version::V12_1).await, stage.session("gone", Version::V14_1).await];
    let done = stage.server.run(&["account", "disable", &format!("gone@{DOMAIN}")]);
    assert!(done.status.success(), "{done:?}");
    for session in &mut sessions {
        let (http, got) = outcome(session, FolderSync, folders).await;
        match session.version {
            Version::V12_1 => assert_eq!(http, 403),
            _ => shown.is("common", 131, &got, "the account is disabled"),
        }
    }
}
