//! What a message that is about a meeting tells of the meeting.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::wbxml::Node;

use crate::session::{all, text, with_subject};
use crate::stage::Stage;

/// An invitation whose event has these lines.
fn invitation(subject: &str, lines: &str) -> String {
    format!(
        "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: {subject}\nMIME-Version: 1.0\n\
         Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n\
         BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//elsewhere//en\nMETHOD:REQUEST\nBEGIN:VEVENT\n\
         UID:{subject}@elsewhere.example\nDTSTAMP:20261101T080000Z\nSEQUENCE:0\nSUMMARY:{subject}\n\
         ORGANIZER:mailto:bob@elsewhere.example\n{lines}END:VEVENT\nEND:VCALENDAR\n"
    )
}

const ASKED: &str = "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:anna@example.test\n";
const HOUR: &str = "DTSTART:20270301T080000Z\nDTEND:20270301T090000Z\n";

/// The requirements, the subject, the lines, and what is told for them: an empty value is an absent element.
type Case = (&'static [&'static str], &'static str, &'static str, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    (&["MS-ASEMAIL_R236"], "Hour", "", &[("AllDayEvent", "0"), ("InstanceType", "0")]),
    (
        &["MS-ASEMAIL_R715"],
        "Asked",
        "ATTENDEE;RSVP=TRUE:mailto:anna@example.test\n",
        &[("ResponseRequested", "1")],
    ),
    (
        &["MS-ASEMAIL_R716"],
        "Told",
        "ATTENDEE;RSVP=FALSE:mailto:anna@example.test\n",
        &[("ResponseRequested", "0")],
    ),
    (
        &["MS-ASEMAIL_R687"],
        "Bell",
        "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:-PT15M\nEND:VALARM\n",
        &[("Reminder", "900")],
    ),
    (&["MS-ASEMAIL_R727"], "Secret", "CLASS:PRIVATE\n", &[("Sensitivity", "2")]),
    (
        &["MS-ASEMAIL_R625"],
        "Five",
        "RRULE:FREQ=DAILY;COUNT=5\n",
        &[("Occurrences", "5"), ("InstanceType", "1")],
    ),
    (
        &["MS-ASEMAIL_R365", "MS-ASEMAIL_R650", "MS-ASEMAIL_R1067"],
        "Monthly",
        "RRULE:FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1\n",
        &[("DayOfMonth", "1"), ("Interval", "2")],
    ),
    (
        &["MS-ASEMAIL_R620", "MS-ASEMAIL_R870", "MS-ASEMAIL_R873"],
        "Yearly",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1MO\n",
        &[("MonthOfYear", "3"), ("WeekOfMonth", "1"), ("DayOfWeek", "2")],
    ),
];

#[tokio::test]
async fn the_meeting_is_told_with_the_message() {
    let stage = Stage::start(&["anna"]).await;
    for (_, subject, lines, _) in CASES {
        stage.deliver("anna", &invitation(subject, &format!("{HOUR}{lines}"))).await;
    }
    stage
        .deliver("anna", &invitation("Holiday", "DTSTART;VALUE=DATE:20270501\nDTEND;VALUE=DATE:20270502\n"))
        .await;
    let one = "RECURRENCE-ID:20270308T080000Z\nDTSTART:20270308T100000Z\nDTEND:20270308T110000Z\n";
    stage.deliver("anna", &invitation("Once", &format!("{ASKED}{one}"))).await;
    for version in Version::ALL {
        let mut session = stage.session("anna", version).await;
        let inbox = session.folder(2);
        let roots = session.sync_whole(&inbox, "GetChanges").await;
        let request = |subject: &str| -> Node {
            let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
            let add = adds.rfind(|add| text(add, "Subject") == subject).unwrap();
            all(add, "MeetingRequest")[0].clone()
        };
        for (requirements, subject, _, values) in CASES {
            let meeting = request(subject);
            for (name, value) in *values {
                assert_eq!(text(&meeting, name), *value, "{requirements:?} {version}: {name} of {meeting:?}");
            }
            // MS-ASEMAIL_R936
            assert!(all(&meeting, "RecurrenceId").is_empty(), "{version}: {subject}");
        }
        // MS-ASEMAIL_R235
        assert_eq!(text(&request("Holiday"), "AllDayEvent"), "1", "{version}");
        // MS-ASEMAIL_R935, R679, R1493
        assert_eq!(text(&request("Once"), "RecurrenceId"), "2027-03-08T08:00:00.000Z", "{version}");
        if version >= Version::V14_0 {
            // MS-ASEMAIL_R291
            for subject in ["Monthly", "Yearly"] {
                assert!(!text(&request(subject), "CalendarType").is_empty(), "{version}: {subject}");
            }
            // MS-ASEMAIL_R505
            assert_eq!(text(&request("Monthly"), "IsLeapMonth"), "0", "{version}");
        }
        if version < Version::V16_0 {
            global_object_id(&text(&request("Hour"), "GlobalObjId"), [0; 4]);
            global_object_id(&text(&request("Once"), "GlobalObjId"), [0x07, 0xEB, 3, 8]);
        }
    }
}

/// The bytes of an id for a UID of others, part by part.
fn global_object_id(value: &str, day: [u8; 4]) {
    let bytes = BASE64_STANDARD.decode(value).unwrap();
    // MS-ASEMAIL_R121, R20000, R20022
    let (class, rest) = bytes.split_at(16);
    assert_eq!(class, [0x04, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08]);
    // MS-ASEMAIL_R20001, R20003, R20005, R20007, R20009: the day of the instance, if it is one.
    let (instance, rest) = rest.split_at(4);
    assert_eq!(instance, day);
    // MS-ASEMAIL_R20011
    let (_now, rest) = rest.split_at(8);
    // MS-ASEMAIL_R1000, R10000, R1002
    let (reserved, rest) = rest.split_at(8);
    assert_eq!(reserved, [0; 8]);
    // MS-ASEMAIL_R1001
    let (count, data) = rest.split_at(4);
    assert_eq!(u32::from_le_bytes(count.try_into().unwrap()) as usize, data.len());
    // MS-ASEMAIL_R20013, R20016, R20018, R20019, R20021
    assert_eq!(&data[..12], b"vCal-Uid\x01\0\0\0");
    assert!(data.ends_with(b"@elsewhere.example\0"));
}

#[tokio::test]
async fn what_the_organizer_leaves_out_has_its_default() {
    let stage = Stage::start(&["anna", "bob"]).await;
    for version in [Version::V16_0, Version::V16_1] {
        let subject = format!("Board {}", version.times_ten());
        let (mut anna, mut bob) = (stage.session("anna", version).await, stage.session("bob", version).await);
        let calendar = anna.folder(8);
        anna.sync_whole(&calendar, "GetChanges").await;
        let event = format!(
            "Calendar:Subject='{subject}' StartTime=20270301T080000Z EndTime=20270301T090000Z \
             MeetingStatus=1 Attendees[Attendee[Email=bob@example.test Name=Bob]] \
             Recurrence[Type=2 Interval=1 DayOfMonth=1]"
        );
        let add = format!("Commands[Add[ClientId=c1 ApplicationData[{event}]]]");
        let root = anna.sync(&calendar, &add).await.unwrap();
        assert_eq!(text(all(&root, "Responses")[0], "Status"), "1", "{version}");
        let inbox = bob.folder(2);
        let roots = bob.sync_whole(&inbox, "GetChanges").await;
        let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
        let add = adds.find(|add| text(add, "Subject").contains(&subject)).unwrap();
        let meeting = all(add, "MeetingRequest")[0];
        // MS-ASCMD_R7478: the server has sent it.
        // MS-ASEMAIL_R509
        assert_eq!(text(meeting, "IsLeapMonth"), "0", "{version}");
        // MS-ASEMAIL_R270
        assert_eq!(text(meeting, "BusyStatus"), "2", "{version}");
    }
}

#[tokio::test]
async fn what_an_invitation_was_when_it_came_it_stays() {
    let stage = Stage::start(&["anna"]).await;
    let first = invitation("Plan", &format!("{HOUR}{ASKED}"));
    stage.deliver("anna", &first).await;
    for (number, version) in [Version::V14_1, Version::V16_1].into_iter().enumerate() {
        let mut session = stage.session("anna", version).await;
        let inbox = session.folder(2);
        let roots = session.sync_whole(&inbox, "GetChanges").await;
        let id = with_subject(&roots, "Plan").remove(0);
        let told = |roots: &[Node]| {
            let adds: Vec<&Node> = roots.iter().flat_map(|root| all(root, "Add")).collect();
            adds.iter().find(|add| text(add, "ServerId") == id).map(|add| text(add, "MeetingMessageType"))
        };
        assert_eq!(told(&roots).as_deref(), Some("1"), "{version}");
        let update = first
            .replace("SEQUENCE:0", &format!("SEQUENCE:{}", number + 1))
            .replace("Subject: Plan", "Subject: Update");
        stage.deliver("anna", &update).await;
        // MS-ASEMAIL_R531
        let news = session.sync(&inbox, "GetChanges").await.unwrap();
        assert_eq!(text(&news, "MeetingMessageType"), "2", "{version}");
        assert!(all(&news, "Change").is_empty(), "{version}");
        let item = format!("Store=Mailbox AirSync:CollectionId={inbox} AirSync:ServerId={id}");
        let request = format!("ItemOperations:ItemOperations[Fetch[{item}]]");
        let root = session.ask(CommandName::ItemOperations, &request).await.unwrap();
        assert_eq!(text(&root, "MeetingMessageType"), "1", "{version}");
    }
}
