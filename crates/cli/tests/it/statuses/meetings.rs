//! MeetingResponse.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::MeetingResponse;

use super::Shown;
use crate::session::{text, with_subject};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["MeetingResponse"];

const INVITATION: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Plan\nMIME-Version: 1.0\n\
    Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n\
    BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//elsewhere//en\nMETHOD:REQUEST\nBEGIN:VEVENT\n\
    UID:plan@elsewhere.example\nDTSTAMP:20261101T080000Z\nSUMMARY:Plan\nDTSTART:20270301T080000Z\n\
    DTEND:20270301T090000Z\nORGANIZER:mailto:bob@elsewhere.example\n\
    ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:anna@example.test\nEND:VEVENT\nEND:VCALENDAR\n";

#[tokio::test]
async fn every_status_of_answers_to_invitations() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", INVITATION).await;
    stage
        .deliver("anna", "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Hello\n\nHello.\n")
        .await;
    let mut shown = Shown::of(SCOPES);
    let mut anna = stage.session("anna", Version::V14_1).await;
    let inbox = anna.folder(2);
    let roots = anna.sync_whole(&inbox, "GetChanges").await;
    for (code, subject) in [(2, "Hello"), (1, "Plan")] {
        let id = with_subject(&roots, subject).remove(0);
        let request = format!(
            "MeetingResponse:MeetingResponse[Request[UserResponse=1 CollectionId={inbox} RequestId={id}]]"
        );
        let root = anna.ask(MeetingResponse, &request).await.unwrap();
        shown.is("MeetingResponse", code, &text(&root, "Status"), subject);
    }
    shown.complete();
}
