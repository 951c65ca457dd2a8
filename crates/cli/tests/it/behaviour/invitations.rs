//! MeetingResponse: the calendar after each answer, and what the phone is told of it.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::MeetingResponse;

use crate::session::{all, text, with_subject};
use crate::stage::Stage;

fn invitation(subject: &str) -> String {
    format!(
        "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: {subject}\nMIME-Version: 1.0\n\
         Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n\
         BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//elsewhere//en\nMETHOD:REQUEST\nBEGIN:VEVENT\n\
         UID:{subject}@elsewhere.example\nDTSTAMP:20261101T080000Z\nSUMMARY:{subject}\n\
         DTSTART:20270301T080000Z\nDTEND:20270301T090000Z\nORGANIZER:mailto:bob@elsewhere.example\n\
         ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:anna@example.test\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

#[tokio::test]
async fn an_answer_says_where_the_event_is() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut anna = stage.session("anna", version).await;
        let (inbox, calendar) = (anna.folder(2), anna.folder(8));
        // Accepted: MS-ASCMD_R5723, R831; MS-ASHTTP_R432. Perhaps: MS-ASCMD_R5724, R5678.
        // Declined: MS-ASCMD_R5725, R837.
        for (answer, word, stays) in [("1", "Yes", true), ("2", "Perhaps", true), ("3", "No", false)] {
            let subject = format!("{word}{}", version.times_ten());
            stage.deliver("anna", &invitation(&subject)).await;
            let roots = anna.sync_whole(&inbox, "GetChanges").await;
            let id = with_subject(&roots, &subject).remove(0);
            let request = format!("UserResponse={answer} CollectionId={inbox} RequestId={id}");
            let request = format!("MeetingResponse:MeetingResponse[Request[{request}]]");
            let root = anna.ask(MeetingResponse, &request).await.unwrap();
            assert_eq!(text(&root, "Status"), "1", "{version} {word}");
            // MS-ASCMD_R3807
            assert_eq!(text(&root, "RequestId"), id, "{version} {word}");
            let events = with_subject(&anna.sync_whole(&calendar, "GetChanges").await, &subject);
            let told: Vec<String> =
                all(&root, "CalendarId").iter().filter_map(|node| node.text.clone()).collect();
            assert_eq!(told, events, "{version} {word}");
            assert_eq!(told.len(), usize::from(stays), "{version} {word}");
        }
    }
}
