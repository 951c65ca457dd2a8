//! HTTP itself: methods, paths, headers, codes and the parameters of a query.

use std::sync::Arc;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::CommandName::{
    FolderSync, GetAttachment, ItemOperations, Ping, SendMail, SmartForward, SmartReply, Sync,
};
use fieldpost_eas::http::BodyForm;
use fieldpost_phone::transport::{Answer, HttpRequest};
use fieldpost_phone::{Call, Connector, QueryForm, Timeouts, Transport, Trust};
use fieldpost_testkit::shape::notation;

use crate::session::{Session, all, text, with_subject};
use crate::stage::Stage;

const PATH: &str = "/Microsoft-Server-ActiveSync";

async fn send(session: &Session, request: &HttpRequest) -> Answer {
    let mut transport = Transport::new(Arc::clone(session.phone.connector()));
    transport.send(request, Duration::ZERO).await.unwrap()
}

fn request(session: &Session, command: CommandName, notation: &str) -> HttpRequest {
    let body = notation::document(notation).to_wbxml(session.version);
    let key = session.phone.state.policy_key;
    session.phone.identity.request(PATH, key, &Call::wbxml(command, body)).unwrap()
}

const FOLDERS: &str = "FolderHierarchy:FolderSync[SyncKey=0]";

#[tokio::test]
async fn posts_and_options_are_answered_with_and_without_tls() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let session = stage.session("anna", version).await;
        let plain = format!("{}{PATH}", stage.server.http());
        let plain = Arc::new(Connector::new(&plain, &Trust::default(), Timeouts::default()).unwrap());
        // MS-ASHTTP_R401, R518: HTTPS is the phone's own way, HTTP the other.
        for connector in [session.phone.connector(), &plain] {
            let mut transport = Transport::new(Arc::clone(connector));
            // MS-ASHTTP_R1, R281, R167, R228, R476
            let answer =
                transport.send(&request(&session, FolderSync, FOLDERS), Duration::ZERO).await.unwrap();
            // MS-ASHTTP_R170, R172, R175
            assert_eq!(answer.status.as_u16(), 200, "{version}");
            // MS-ASHTTP_R199, R216, R521
            assert_eq!(
                answer.header("content-length"),
                Some(answer.wire_len.to_string().as_str()),
                "{version}"
            );
            // MS-ASHTTP_R201, R218, R522, R229, R212
            assert_eq!(answer.header("content-type"), Some("application/vnd.ms-sync.wbxml"), "{version}");
            // MS-ASHTTP_R169: the charset of the document is UTF-8.
            assert_eq!(&answer.body[..4], [0x03, 0x01, 0x6A, 0x00], "{version}");
            // MS-ASHTTP_R1202
            for name in ["x-ms-rp", "ms-asprotocolcommands", "ms-asprotocolversions"] {
                assert!(answer.header(name).is_some(), "{version}: {name}");
            }
            // MS-ASHTTP_R319, R450, R238, R239
            let options = session.phone.identity.options(PATH).unwrap();
            let answer = transport.send(&options, Duration::ZERO).await.unwrap();
            // MS-ASHTTP_R241, R240, R244
            assert_eq!(answer.status.as_u16(), 200);
            // MS-ASHTTP_R249, R296, R459, R460, R461, R1201, R12011
            let versions = answer.header("ms-asprotocolversions").unwrap();
            for version in Version::ALL {
                assert!(versions.split(',').any(|other| other == version.name()), "{versions}");
            }
            // MS-ASHTTP_R247
            let commands: Vec<_> = answer.header("ms-asprotocolcommands").unwrap().split(',').collect();
            assert!(commands.iter().all(|name| CommandName::from_name(name).is_some()), "{commands:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_answered_has_its_code() {
    let stage = Stage::start(&["anna"]).await;
    for version in [Version::V2_5, Version::V12_1] {
        let session = stage.session("anna", version).await;
        let good = request(&session, FolderSync, FOLDERS);
        let with = |change: &dyn Fn(&mut HttpRequest)| {
            let mut request = good.clone();
            change(&mut request);
            request
        };
        for (requirements, request, code) in [
            ("MS-ASHTTP_R178", with(&|request| drop(request.headers.remove("authorization"))), 401),
            (
                "MS-ASHTTP_R523",
                with(&|request| {
                    drop(request.headers.insert("authorization", "Basic YW5uYTp4".parse().unwrap()));
                }),
                401,
            ),
            ("MS-ASHTTP_R182", with(&|request| "/nowhere".clone_into(&mut request.target)), 404),
            (
                "MS-ASHTTP_R186",
                with(&|request| {
                    request.target = format!("{PATH}?Cmd=Invented&User=anna&DeviceId=A&DeviceType=B");
                }),
                501,
            ),
            ("MS-ASHTTP_R465", with(&|request| request.method = "PUT".parse().unwrap()), 501),
            ("MS-ASHTTP_R176", with(&|request| request.body = "no wbxml".into()), 400),
            ("MS-ASHTTP_R177", with(&|request| request.body = "no wbxml".into()), 400),
            (
                "MS-ASHTTP_R188",
                with(&|request| request.target = format!("{PATH}?Cmd=FolderSync&User=anna")),
                400,
            ),
        ] {
            assert_eq!(send(&session, &request).await.status.as_u16(), code, "{requirements} {version}");
            // Again, it is the same.
            assert_eq!(send(&session, &request).await.status.as_u16(), code, "{requirements} {version}");
        }
        assert_eq!(send(&session, &good).await.status.as_u16(), 200);
    }
}

#[tokio::test]
async fn compression_is_said_where_it_is_done() {
    let stage = Stage::start(&["anna"]).await;
    let text = "A rather long text that says the same again and again. ".repeat(100);
    stage.deliver("anna", &format!("From: bob@elsewhere.example\nSubject: Long\n\n{text}\n")).await;
    let mut session = stage.session("anna", Version::V16_1).await;
    let inbox = session.folder(2);
    session.sync(&inbox, "").await;
    let notation = format!(
        "AirSync:Sync[Collections[Collection[SyncKey={} CollectionId={inbox} GetChanges \
         Options[AirSyncBase:BodyPreference[Type=1]]]]]",
        session.key(&inbox)
    );
    let mut request = request(&session, Sync, &notation);
    // MS-ASHTTP_R197, R214
    let packed = send(&session, &request).await;
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert!(packed.wire_len < packed.body.len());
    // MS-ASHTTP_R412, R215
    request.headers.remove("accept-encoding");
    let plain = send(&session, &request).await;
    assert_eq!((plain.header("content-encoding"), plain.body.as_ref()), (None, packed.body.as_ref()));
}

/// The number of items in a folder.
async fn count(session: &mut Session, folder: &str) -> usize {
    let roots = session.sync_whole(folder, "GetChanges").await;
    roots.iter().map(|root| all(root, "Add").len()).sum()
}

#[tokio::test]
async fn old_queries_say_what_is_sent_answered_and_kept() {
    let stage = Stage::start(&["anna", "bob"]).await;
    let original = "From: bob@example.test\nTo: anna@example.test\nSubject: Original\n\nThe first words.\n";
    stage.deliver("anna", original).await;
    for form in [QueryForm::Plain, QueryForm::Base64] {
        let mut one = stage.session("anna", Version::V12_1).await;
        let mut two = stage.session("bob", Version::V12_1).await;
        one.phone.identity.query = form;
        let (inbox, sent, arrived) = (one.folder(2), one.folder(5), two.folder(2));
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        let id = with_subject(&roots, "Original").remove(0);
        let mut kept = count(&mut one, &sent).await;
        let mut came = count(&mut two, &arrived).await;
        for (command, by_long_id) in [
            (SendMail, false),
            (SmartReply, false),
            (SmartForward, false),
            (SmartReply, true),
            (SmartForward, true),
        ] {
            // MS-ASHTTP_R92, R93, R524, R525, R120, R530, R531, R121, R437, R122: not by default.
            for save in [true, false] {
                let message = format!(
                    "To: bob@example.test\r\nSubject: By {} {save}\r\n\r\nWords {form:?}{by_long_id}.\r\n",
                    command.name()
                );
                let mut call = Call { form: BodyForm::Message, ..Call::wbxml(command, message.into_bytes()) };
                call.save_in_sent = save;
                if by_long_id {
                    // MS-ASHTTP_R118, R528
                    call.long_id = Some(id.clone());
                } else if command != SendMail {
                    // MS-ASHTTP_R116, R526, R117, R527, R517, R435, R511, R436
                    (call.collection_id, call.item_id) = (Some(inbox.clone()), Some(id.clone()));
                }
                // MS-ASHTTP_R88, R532, R533, R486
                let answer = one.phone.exchange(&call).await.unwrap();
                // MS-ASCMD_R463, R443, R4379, R4407, R5776; MS-ASHTTP_R484, R488, R489
                assert!(answer.body.is_empty(), "{form:?} {command:?}");
                (kept, came) = (kept + usize::from(save), came + 1);
                assert_eq!(count(&mut one, &sent).await, kept, "{form:?} {command:?} {save}");
                assert_eq!(count(&mut two, &arrived).await, came, "{form:?} {command:?} {save}");
            }
        }
        // MS-ASCMD_R532, R569, R580: the original's text is in what came, although the phone did not send it.
        let options = "GetChanges Options[AirSyncBase:BodyPreference[Type=1]]";
        let roots = two.sync_whole(&arrived, options).await;
        for subject in ["By SmartReply true", "By SmartForward true"] {
            let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
            let add = adds.rfind(|add| text(add, "Subject") == subject).unwrap();
            assert!(text(add, "Data").contains("The first words."), "{form:?} {add:?}");
        }
    }
}

#[tokio::test]
async fn attachments_parts_and_silence_have_no_document() {
    let stage = Stage::start(&["anna"]).await;
    let message = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: File\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nSee.\n\
        --m\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\
        Content-Transfer-Encoding: base64\n\nAAECAwQ=\n--m--\n";
    stage.deliver("anna", message).await;
    for form in [QueryForm::Plain, QueryForm::Base64] {
        let mut one = stage.session("anna", Version::V12_1).await;
        one.phone.identity.query = form;
        let inbox = one.folder(2);
        let roots = one.sync_whole(&inbox, "GetChanges").await;
        // MS-ASCMD_R5501
        let references: Vec<_> = roots.iter().flat_map(|root| all(root, "FileReference")).collect();
        assert_eq!(references.len(), 1);
        let reference = references[0].text.clone().unwrap();
        // MS-ASHTTP_R115, R487, R490, R230; MS-ASCMD_R157, R160
        let call = Call { attachment_name: Some(reference.clone()), ..Call::wbxml(GetAttachment, "") };
        let answer = one.phone.exchange(&call).await.unwrap();
        assert_eq!(
            (answer.body.as_ref(), answer.header("content-type")),
            (&[0, 1, 2, 3, 4][..], Some("application/pdf"))
        );
        // MS-ASHTTP_R482: nothing has changed.
        let empty = format!(
            "AirSync:Sync[Collections[Collection[SyncKey={} CollectionId={inbox} GetChanges]]]",
            one.key(&inbox)
        );
        let answer = one
            .phone
            .exchange(&Call::wbxml(Sync, notation::document(&empty).to_wbxml(one.version)))
            .await
            .unwrap();
        assert!(answer.body.is_empty());
        // MS-ASHTTP_R534, R94, R95, R154, R155, R440: parts only where they were asked for.
        let fetch = format!(
            "ItemOperations:ItemOperations[Fetch[Store=Mailbox AirSyncBase:FileReference='{reference}']]"
        );
        let body = notation::document(&fetch).to_wbxml(one.version);
        for multipart in [true, false] {
            let call = Call { multipart, ..Call::wbxml(ItemOperations, body.clone()) };
            let answer = one.phone.exchange(&call).await.unwrap();
            let is_multipart = answer.header("content-type") == Some("application/vnd.ms-sync.multipart");
            assert_eq!(is_multipart, multipart, "{form:?}");
        }
        assert!(one.ask(Ping, "").await.is_some());
    }
}

#[tokio::test]
async fn a_result_of_a_search_and_an_occurrence_are_named_in_the_query() {
    let stage = Stage::start(&["anna", "bob"]).await;
    stage
        .deliver("anna", "From: carol@elsewhere.example\nTo: anna@example.test\nSubject: Found\n\nSought.\n")
        .await;
    let mut anna = stage.session("anna", Version::V12_1).await;
    let mut bob = stage.session("bob", Version::V12_1).await;
    let (calendar, arrived) = (anna.folder(8), bob.folder(2));
    let query = "Search:Search[Store[Name=Mailbox Query[And[AirSync:Class=Email Search:FreeText=sought]] \
                 Options[Range=0-9]]]";
    let found = anna.ask(CommandName::Search, query).await.unwrap();
    let long = text(&found, "LongId");
    anna.sync_whole(&calendar, "GetChanges").await;
    let event = "Calendar:Subject=Weekly StartTime=20270301T080000Z EndTime=20270301T090000Z \
                 DtStamp=20261101T080000Z UID=weekly OrganizerEmail=anna@example.test MeetingStatus=1 \
                 Recurrence[Type=1 Interval=1 DayOfWeek=2]";
    let add = format!("Commands[Add[ClientId=w ApplicationData[{event}]]]");
    let root = anna.sync(&calendar, &add).await.unwrap();
    let id = text(all(&root, "Responses")[0], "ServerId");
    let forward = |subject: &str| {
        let message = format!("To: bob@example.test\r\nSubject: {subject}\r\n\r\nLook.\r\n");
        Call { form: BodyForm::Message, ..Call::wbxml(SmartForward, message.into_bytes()) }
    };
    let key = anna.phone.state.policy_key;
    let result = Call { long_id: Some(long), ..forward("A result") };
    let result = anna.phone.identity.request(PATH, key, &result).unwrap();
    let instance = Call { collection_id: Some(calendar), item_id: Some(id), ..forward("An instance") };
    let mut instance = anna.phone.identity.request(PATH, key, &instance).unwrap();
    instance.target += "&Occurrence=2027-03-08T08:00:00.000Z";
    for request in [&result, &instance] {
        let answer = send(&anna, request).await;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0), "{}", request.target);
    }
    let options = "GetChanges Options[AirSyncBase:BodyPreference[Type=1]]";
    let roots = bob.sync_whole(&arrived, options).await;
    let told = |subject: &str| {
        let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
        adds.find(|add| text(add, "Subject") == subject).unwrap().clone()
    };
    // MS-ASHTTP_R512
    assert!(text(&told("A result"), "Data").contains("Sought."));
    // MS-ASHTTP_R119, R513
    assert_eq!(text(&told("An instance"), "StartTime"), "2027-03-08T08:00:00.000Z");
}
