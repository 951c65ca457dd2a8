//! Flags of mail: what must be given together, and what is refused with status 6.

use fieldpost_eas::Version;

use super::change;
use crate::session::{Session, all, with_subject};
use crate::stage::Stage;

const MESSAGE: &str = "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: Flagged\n\nA text.\n";

const DATES: &str = "Tasks:UtcStartDate=2026-11-02T08:00:00.000Z StartDate=2026-11-02T09:00:00.000Z \
    UtcDueDate=2026-11-03T08:00:00.000Z DueDate=2026-11-03T09:00:00.000Z";

async fn ready(stage: &Stage, version: Version) -> (Session, String, String) {
    let mut session = stage.session("anna", version).await;
    let inbox = session.folder(2);
    let roots = session.sync_whole(&inbox, "GetChanges").await;
    let id = with_subject(&roots, "Flagged").remove(0);
    (session, inbox, id)
}

#[tokio::test]
async fn a_flag_must_be_whole() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    let active = format!("Status=2 FlagType='for Follow Up' {DATES}");
    let without = |name: &str| {
        let dates: Vec<&str> =
            DATES.split(' ').filter(|part| !part.trim_start_matches("Tasks:").starts_with(name)).collect();
        format!("Status=2 FlagType='for Follow Up' {}", dates.join(" ").replace("Tasks:", "")).replacen(
            "Up' ",
            "Up' Tasks:",
            1,
        )
    };
    let with = |old: &str, new: &str| active.replace(old, new);
    let done = "Status=1 FlagType='for Follow Up' CompleteTime=2026-11-02T10:00:00.000Z \
                Tasks:DateCompleted=2026-11-02T10:00:00.000Z";
    let cases = [
        // MS-ASEMAIL_R941
        (
            "Status=2 FlagType='Flag for follow up' CompleteTime=2026-11-02T10:00:00.000Z \
             Tasks:DateCompleted=2026-11-02T10:00:00.000Z"
                .to_owned(),
            "1",
        ),
        // MS-ASEMAIL_R940, R942, R90, R91
        (active.clone(), "1"),
        (format!("Tasks:Subject=Call Email:{active}"), "1"),
        (format!("{active} ReminderSet=1 ReminderTime=2026-11-02T07:00:00.000Z"), "1"),
        // MS-ASEMAIL_R86, R87, R334
        (done.to_owned(), "1"),
        // MS-ASEMAIL_R88, R89
        ("Status=0".to_owned(), "1"),
        // MS-ASEMAIL_R406, R407
        (with("DueDate=2026-11-03T09", "DueDate=2026-11-01T09"), "6"),
        // MS-ASEMAIL_R738, R739, R741
        (with(" StartDate=2026-11-02T09", " StartDate=2026-11-04T09"), "6"),
        // MS-ASEMAIL_R850, R851
        (with("UtcDueDate=2026-11-03T08", "UtcDueDate=2026-11-01T08"), "6"),
        // MS-ASEMAIL_R861, R862
        (with("UtcStartDate=2026-11-02T08", "UtcStartDate=2026-11-04T08"), "6"),
        // MS-ASEMAIL_R409, R853, R864
        (without("DueDate"), "6"),
        (without("UtcDueDate"), "6"),
        (without("UtcStartDate"), "6"),
        (without("StartDate"), "6"),
        // MS-ASEMAIL_R702
        (format!("{active} ReminderSet=1"), "6"),
        // MS-ASEMAIL_R757
        (with("Status=2", "Status=3"), "6"),
        // MS-ASEMAIL_R92
        (active.replace("FlagType='for Follow Up' ", ""), "6"),
        (done.replace("CompleteTime=2026-11-02T10:00:00.000Z", ""), "6"),
        (done.replace("Tasks:DateCompleted=2026-11-02T10:00:00.000Z", ""), "6"),
    ];
    for version in [Version::V12_0, Version::V14_1, Version::V16_1] {
        let (mut session, inbox, id) = ready(&stage, version).await;
        for (flag, status) in &cases {
            let data = format!("Email:Flag[{flag}]");
            assert_eq!(change(&mut session, &inbox, &id, &data).await, *status, "{version}: {flag}");
        }
    }
}

#[tokio::test]
async fn a_flag_is_told_as_it_was_set_and_is_empty_when_cleared() {
    let stage = Stage::start(&["anna"]).await;
    stage.deliver("anna", MESSAGE).await;
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        let (mut one, inbox, id) = ready(&stage, version).await;
        let (mut two, _, _) = ready(&stage, version).await;
        let value = |root: &fieldpost_eas::wbxml::Node, name: &str| {
            let flags = all(root, "Flag");
            let flag = flags.first().copied().cloned().unwrap();
            flag.children.iter().find(|child| child.tag.name() == name).and_then(|child| child.text.clone())
        };
        // MS-ASEMAIL_R1021
        let data = format!(
            "Email:Flag[Status=2 FlagType='for Follow Up' {DATES} ReminderSet=1 \
             ReminderTime=2026-11-02T07:00:00.000Z OrdinalDate=2026-11-02T08:00:00.000Z SubOrdinalDate='any words']"
        );
        assert_eq!(change(&mut one, &inbox, &id, &data).await, "1", "{version}");
        let root = two.sync(&inbox, "GetChanges").await.unwrap();
        for (name, expected) in [
            ("Status", "2"),
            ("FlagType", "for Follow Up"),
            // MS-ASEMAIL_R692
            ("ReminderSet", "1"),
            ("ReminderTime", "2026-11-02T07:00:00.000Z"),
            // MS-ASEMAIL_R1007
            ("SubOrdinalDate", "any words"),
            ("StartDate", "2026-11-02T09:00:00.000Z"),
            ("UtcDueDate", "2026-11-03T08:00:00.000Z"),
        ] {
            assert_eq!(value(&root, name).as_deref(), Some(expected), "{version}: {name}");
        }
        // MS-ASEMAIL_R693, R1072
        let data = "Email:Flag[Status=2 FlagType='for Follow Up']";
        assert_eq!(change(&mut one, &inbox, &id, data).await, "1");
        let root = two.sync(&inbox, "GetChanges").await.unwrap();
        assert_eq!(value(&root, "ReminderSet").as_deref(), Some("0"), "{version}");
        // MS-ASEMAIL_R336
        let data = "Email:Flag[Status=1 FlagType='for Follow Up' CompleteTime=2026-11-02T10:00:00.000Z \
                    Tasks:DateCompleted=2026-11-02T10:00:00.000Z]";
        assert_eq!(change(&mut one, &inbox, &id, data).await, "1");
        let root = two.sync(&inbox, "GetChanges").await.unwrap();
        assert_eq!(value(&root, "Status").as_deref(), Some("1"));
        assert!(
            value(&root, "CompleteTime").is_some() && value(&root, "DateCompleted").is_some(),
            "{version}"
        );
        // MS-ASEMAIL_R439, R8800, R8900
        assert_eq!(change(&mut one, &inbox, &id, "Email:Flag").await, "1");
        let root = two.sync(&inbox, "GetChanges").await.unwrap();
        let flag = all(&root, "Flag")[0];
        assert!(flag.children.is_empty() && flag.text.is_none(), "{version}: {flag:?}");
    }
}

#[tokio::test]
async fn a_flag_of_a_message_about_a_meeting_needs_no_type() {
    let stage = Stage::start(&["anna"]).await;
    let about = |subject: &str, method: &str, partstat: &str| {
        format!(
            "From: bob@elsewhere.example\nTo: anna@example.test\nSubject: {subject}\nMIME-Version: 1.0\n\
             Content-Type: text/calendar; method={method}; charset=utf-8\n\n\
             BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//elsewhere//en\nMETHOD:{method}\nBEGIN:VEVENT\n\
             UID:{subject}@elsewhere.example\nDTSTAMP:20261101T080000Z\nSUMMARY:{subject}\n\
             DTSTART:20270301T080000Z\nDTEND:20270301T090000Z\nORGANIZER:mailto:bob@elsewhere.example\n\
             ATTENDEE;PARTSTAT={partstat}:mailto:anna@example.test\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    };
    stage.deliver("anna", &about("Asked", "REQUEST", "NEEDS-ACTION")).await;
    stage.deliver("anna", &about("Answered", "REPLY", "ACCEPTED")).await;
    stage.deliver("anna", MESSAGE).await;
    for version in [Version::V12_0, Version::V14_1, Version::V16_1] {
        let (mut session, inbox, plain) = ready(&stage, version).await;
        let roots = session.sync_whole(&inbox, "GetChanges").await;
        // MS-ASEMAIL_R470, R1058
        for subject in ["Asked", "Answered"] {
            let id = with_subject(&roots, subject).remove(0);
            let status = change(&mut session, &inbox, &id, "Email:Flag[Status=2]").await;
            assert_eq!(status, "1", "{version}: {subject}");
        }
        assert_eq!(change(&mut session, &inbox, &plain, "Email:Flag[Status=2]").await, "6", "{version}");
    }
}
