//! Meetings between accounts here and people elsewhere, who speak iMIP by SMTP: what comes in, what it
//! does to calendars, and what is not believed.

use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::convert::mail::calendar_part;
use fieldpost_domain::folder::{Class, FolderType};
use fieldpost_domain::item::{Conversation, Item, MailState, NewItem};
use fieldpost_domain::schedule::view::attendee;
use fieldpost_domain::schedule::{Incoming, Meeting, Method};
use fieldpost_domain::{MailboxId, index};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Opaque;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::meeting_response::Answer;
use fieldpost_eas::command::smart_forward::{self, Forwardee};
use fieldpost_eas::command::smart_reply::{self, Source};
use fieldpost_eas::item::{Body, BodyType};
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_server::smtp::inbound::{self, Inbound, Protocol};
use fieldpost_store::{Account, Delivery};
use fieldpost_testkit::phone::command::meeting_response::UserResponse;
use fieldpost_testkit::phone::lmtp::{MailClient, Protocol as Speaks};

use crate::server::{Server, call, request, status_only};

const OTTO: &str = "otto@elsewhere.example";

/// A calendar of Otto's with one event, given by further lines.
fn calendar(method: &str, lines: &str) -> String {
    let mut text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:otto-1\r\n\
         ORGANIZER;CN=Otto:mailto:{OTTO}\r\nDTSTART:20301201T090000Z\r\nDTEND:20301201T100000Z\r\nSUMMARY:Plan\r\n"
    );
    for line in lines.split(' ').filter(|line| !line.is_empty()) {
        text.push_str(&format!("{line}\r\n"));
    }
    text.push_str("END:VEVENT\r\nEND:VCALENDAR\r\n");
    text
}

const FOR_BEN: &str =
    "SEQUENCE:0 DTSTAMP:20260301T080000Z ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ben@example.org";

fn mail(from: &str, to: &str, method: &str, calendar: &str) -> String {
    format!(
        "From: <{from}>\r\nTo: <{to}>\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nCome!\r\n\
         --b\r\nContent-Type: text/calendar; method={method}; charset=utf-8\r\n\r\n{calendar}\r\n--b--\r\n"
    )
}

/// A server that takes mail, with Ben's account.
struct World {
    server: Server,
    ben: Account,
    client: MailClient,
}

impl World {
    async fn new() -> World {
        let server = Server::start().await;
        let ben = server.account("ben").await;
        let listener = Listener::bind("mail", &["127.0.0.1:0".parse().unwrap()], &Limits::default()).unwrap();
        let address = listener.addresses()[0];
        inbound::start(&server.app, listener, Inbound::new(Protocol::Smtp, "mail.example.org"));
        let patience = std::time::Duration::from_secs(20);
        let client = MailClient::connect(&address.to_string(), Speaks::Smtp, patience).await.unwrap();
        World { server, ben, client }
    }

    async fn post(&mut self, from: &str, to: &str, method: &str, calendar: &str) {
        let content = mail(from, to, method, calendar);
        self.client.deliver(from, &[to], content.as_bytes()).await.unwrap();
    }

    async fn for_ben(&mut self, from: &str, method: &str, lines: &str) {
        self.post(from, "ben@example.org", method, &calendar(method, lines)).await;
    }

    async fn events(&self) -> Vec<Item> {
        self.server.items(&self.ben, FolderType::Calendar).await
    }

    async fn event(&self) -> Meeting {
        let events = self.events().await;
        assert_eq!(events.len(), 1);
        Meeting::read(&events[0].content).unwrap()
    }

    /// Puts an event into an account's calendar.
    async fn hold(&self, account: &Account, content: &str) {
        let content = content.as_bytes().to_vec();
        let item = NewItem {
            index: index::of(Class::Calendar, &content, 0),
            content,
            state: MailState::default(),
            conversation: Conversation::default(),
            origin: None,
        };
        let folder = DeliverTo::Default(FolderType::Calendar);
        let delivery = Delivery { mailbox: MailboxId(account.id.0), folder, item };
        self.server.app.store.deliver(vec![delivery]).await.unwrap();
    }

    /// What waits in the queue for others: recipient and message.
    async fn queue(&self) -> Vec<(String, Vec<u8>)> {
        let now = self.server.clock_now();
        let due = self.server.app.store.due_outgoing(now, now, 100).await.unwrap();
        due.into_iter().map(|letter| (letter.recipient, letter.content)).collect()
    }
}

fn partstat(meeting: &Meeting, of: &str) -> Option<String> {
    let line = attendee(meeting.chief()?, |address| address == of)?;
    line.param("PARTSTAT").map(str::to_owned)
}

fn message(content: &[u8]) -> Incoming {
    Incoming::read(&calendar_part(content).unwrap().unwrap()).unwrap()
}

// MS-ASEMAIL_R16, MS-ASEMAIL_R17
#[tokio::test]
async fn an_invitation_from_outside_lies_in_inbox_and_calendar() {
    let mut world = World::new().await;
    world.for_ben(OTTO, "REQUEST", FOR_BEN).await;
    assert_eq!(world.server.items(&world.ben, FolderType::Inbox).await.len(), 1);
    let event = world.event().await;
    assert_eq!(
        (event.uid(), partstat(&event, "ben@example.org").as_deref()),
        ("otto-1", Some("NEEDS-ACTION"))
    );

    // The same again, and an older one: mail, but nothing for the calendar.
    let before = world.events().await;
    world.for_ben(OTTO, "REQUEST", FOR_BEN).await;
    world.for_ben(OTTO, "REQUEST", &FOR_BEN.replace("20260301", "20260201")).await;
    assert_eq!(world.events().await, before);
    assert_eq!(world.server.items(&world.ben, FolderType::Inbox).await.len(), 3);

    // An update, and one by a stranger.
    world.for_ben(OTTO, "REQUEST", &format!("{} LOCATION:Here", FOR_BEN.replace("E:0", "E:1"))).await;
    let event = world.event().await;
    assert_eq!(event.chief().unwrap().text("LOCATION").as_deref(), Some("Here"));
    let before = world.events().await;
    let stranger = format!("{} LOCATION:There", FOR_BEN.replace("E:0", "E:9"));
    world.for_ben("eve@elsewhere.example", "REQUEST", &stranger).await;
    world.for_ben("eve@elsewhere.example", "CANCEL", &stranger).await;
    assert_eq!(world.events().await, before);

    world.for_ben(OTTO, "CANCEL", &FOR_BEN.replace("E:0", "E:2")).await;
    let event = world.event().await;
    assert_eq!(event.chief().unwrap().text("STATUS").as_deref(), Some("CANCELLED"));
}

#[tokio::test]
async fn what_is_broken_is_mail_like_any_other() {
    let mut world = World::new().await;
    for (at, calendar) in [
        "BEGIN:VCALENDAR".to_owned(),
        String::new(),
        "\u{0}\u{1}\u{2}".to_owned(),
        calendar("REQUEST", "RRULE:FREQ=SECONDLY;COUNT=999999999 DTSTART:99999999T999999Z")
            .replace("UID:otto-1\r\n", ""),
        calendar("CANCEL", FOR_BEN),
        format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(5_000)),
        // Ten megabytes.
        calendar("REQUEST", FOR_BEN).replace("SUMMARY:Plan", &format!("SUMMARY:{}", "Plan ".repeat(2 << 20))),
    ]
    .into_iter()
    .enumerate()
    {
        world.post(OTTO, "ben@example.org", "REQUEST", &calendar).await;
        assert_eq!(world.server.items(&world.ben, FolderType::Inbox).await.len(), at + 1);
    }
    assert_eq!(world.events().await, []);
}

#[tokio::test]
async fn nobody_outside_speaks_for_an_account_here() {
    let mut world = World::new().await;
    let mia = world.server.account("mia").await;
    // A forged From: Mia's own calendar knows nothing of it.
    let forged = calendar("REQUEST", FOR_BEN).replace(OTTO, "mia@example.org");
    world.post("mia@example.org", "ben@example.org", "REQUEST", &forged).await;
    assert_eq!(world.events().await, []);
    // Where it does, her invitation may have gone round by another server.
    world.hold(&mia, &forged.replace("METHOD:REQUEST\r\n", "")).await;
    world.post("mia@example.org", "ben@example.org", "REQUEST", &forged).await;
    assert_eq!(world.events().await.len(), 1);
}

#[tokio::test]
async fn answers_from_outside_are_counted() {
    let mut world = World::new().await;
    let own = calendar("", "SEQUENCE:1 DTSTAMP:20260301T080000Z ATTENDEE:mailto:otto@elsewhere.example")
        .replace("METHOD:\r\n", "")
        .replace(&format!("ORGANIZER;CN=Otto:mailto:{OTTO}"), "ORGANIZER:mailto:ben@example.org");
    let ben = world.ben.clone();
    world.hold(&ben, &own).await;
    let reply = |partstat: &str, of: &str, stamp: &str| {
        calendar("REPLY", &format!("SEQUENCE:1 DTSTAMP:{stamp} ATTENDEE;PARTSTAT={partstat}:mailto:{of}"))
            .replace(&format!("ORGANIZER;CN=Otto:mailto:{OTTO}"), "ORGANIZER:mailto:ben@example.org")
    };
    let yes = reply("ACCEPTED", OTTO, "20260302T080000Z");
    world.post(OTTO, "ben@example.org", "REPLY", &yes).await;
    assert_eq!(partstat(&world.event().await, OTTO).as_deref(), Some("ACCEPTED"));
    let before = world.events().await;
    // Replayed, older, by somebody else, for somebody who is not invited.
    world.post(OTTO, "ben@example.org", "REPLY", &yes).await;
    world.post(OTTO, "ben@example.org", "REPLY", &reply("DECLINED", OTTO, "20260301T090000Z")).await;
    let eve = "eve@elsewhere.example";
    world.post(eve, "ben@example.org", "REPLY", &reply("DECLINED", OTTO, "20260303T080000Z")).await;
    world.post(eve, "ben@example.org", "REPLY", &reply("ACCEPTED", eve, "20260303T080000Z")).await;
    assert_eq!(world.events().await, before);
    // Asked for the meeting, the server sends it again, to those who are invited.
    let ask =
        |of: &str| reply("NEEDS-ACTION", of, "20260303T080000Z").replace("METHOD:REPLY", "METHOD:REFRESH");
    world.post(eve, "ben@example.org", "REFRESH", &ask(eve)).await;
    assert_eq!(world.queue().await, []);
    world.post(OTTO, "ben@example.org", "REFRESH", &ask(OTTO)).await;
    let queue = world.queue().await;
    assert_eq!((queue.len(), queue[0].0.as_str()), (1, OTTO));
    assert_eq!(message(&queue[0].1).method, Method::Request);
}

// MS-ASCMD_R5071, R5072, R5089, R5790, R830, R1107, R1110, R2467, R2470, R2508, R2511, R2734, R3843, R4180, R5374,
// R5723, R5724, R5725
#[tokio::test]
async fn a_request_is_answered_in_every_version() {
    for version in [Version::V12_1, Version::V14_1, Version::V16_1] {
        for (response, partstat_of, busy) in [
            (UserResponse::Accept, "ACCEPTED", "BUSY"),
            (UserResponse::Tentative, "TENTATIVE", "TENTATIVE"),
            (UserResponse::Decline, "", ""),
        ] {
            let mut world = World::new().await;
            world.for_ben(OTTO, "REQUEST", FOR_BEN).await;
            let mut phone = world.server.ready_phone("ben", version).await;
            let inbox = world.server.folder(&world.ben, FolderType::Inbox).await;
            let request = world.server.items(&world.ben, FolderType::Inbox).await.remove(0).meta.id;
            let id = format!("{inbox}:{request}");
            let event = phone.meeting_response(&inbox.to_string(), &id, response, false).await.unwrap();
            let bin = world.server.items(&world.ben, FolderType::DeletedItems).await;
            assert_eq!((bin.len(), bin[0].meta.id), (1, request), "{version}");
            if response == UserResponse::Decline {
                assert_eq!((event, world.events().await.len()), (None, 0), "{version}");
            } else {
                let events = world.events().await;
                let calendar = world.server.folder(&world.ben, FolderType::Calendar).await;
                assert_eq!(event, Some(format!("{calendar}:{}", events[0].meta.id)), "{version}");
                let event = world.event().await;
                assert_eq!(partstat(&event, "ben@example.org").as_deref(), Some(partstat_of));
                let shown = event.chief().unwrap().text("X-MICROSOFT-CDO-BUSYSTATUS");
                assert_eq!(shown.as_deref(), Some(busy));
            }
            // Up to 14.1 the phone tells the organizer; from 16.0 the server does.
            let told = usize::from(version >= Version::V16_0);
            assert_eq!(world.queue().await.len(), told, "{version}");
            // The answer was lost, and the phone asks again: nobody is told twice.
            phone.meeting_response(&inbox.to_string(), &id, response, false).await.unwrap();
            assert_eq!(world.queue().await.len(), told, "{version} {response:?}");
            assert_eq!(world.events().await.len(), usize::from(response != UserResponse::Decline));
        }
    }
}

#[tokio::test]
async fn what_can_not_be_answered_is_refused() {
    let mut world = World::new().await;
    world.for_ben(OTTO, "REQUEST", FOR_BEN).await;
    world.client.deliver(OTTO, &["ben@example.org"], b"Subject: x\r\n\r\nNo meeting\r\n").await.unwrap();
    let mia = world.server.account("mia").await;
    world.hold(&mia, "x").await;
    let own = calendar("", FOR_BEN).replace("otto-1", "own").replace(OTTO, "ben@example.org");
    let ben = world.ben.clone();
    world.hold(&ben, &own).await;
    let mut phone = world.server.ready_phone("ben", Version::V16_1).await;
    let inbox = world.server.folder(&world.ben, FolderType::Inbox).await.to_string();
    let folder = world.server.folder(&world.ben, FolderType::Calendar).await.to_string();
    let mails = world.server.items(&world.ben, FolderType::Inbox).await;
    let (request, other) = (format!("{inbox}:{}", mails[0].meta.id), format!("{inbox}:{}", mails[1].meta.id));
    let events = world.events().await;
    let (event, own) = (format!("{folder}:{}", events[0].meta.id), format!("{folder}:{}", events[1].meta.id));
    let yes = |folder: &str, id: &str| Answer {
        user_response: Some(1),
        collection_id: Some(folder.to_owned()),
        request_id: Some(id.to_owned()),
        ..Answer::default()
    };
    let of_instance = |id: &str, at: &str| Answer { instance_id: Some(at.to_owned()), ..yes(&folder, id) };
    let cases = [
        // MS-ASCMD_R4182, R4183: nothing there, no meeting, no answer.
        (yes(&inbox, "nonsense"), 2),
        (yes(&inbox, &format!("{inbox}:9999")), 2),
        (yes(&inbox, &other), 2),
        (Answer { user_response: Some(4), ..yes(&inbox, &request) }, 2),
        (Answer { request_id: None, ..yes(&inbox, &request) }, 2),
        // Who organizes does not answer.
        (yes(&folder, &own), 2),
        // MS-ASCMD_R4185: a mail is answered as a whole.
        (Answer { instance_id: Some("2030-12-01T09:00:00.000Z".into()), ..yes(&inbox, &request) }, 2),
        // MS-ASCMD_R3195, R3196, R4186
        (of_instance(&event, "20301201T090000Z"), 104),
        (of_instance(&event, "tomorrow"), 104),
        (of_instance(&event, ""), 2),
        (of_instance(&event, "2030-12-01T09:00:00.000Z"), 146),
        (Answer { long_id: Some(request.clone()), ..yes(&inbox, &request) }, 105),
    ];
    let before = world.server.modseq(&world.ben).await;
    let (answers, expected): (Vec<_>, Vec<u8>) = cases.into_iter().unzip();
    let outcomes = phone.answer_meetings(answers.clone()).await.unwrap();
    // MS-ASCMD_R4175, R4177: each has a status of its own.
    assert_eq!(outcomes.iter().map(|outcome| outcome.status).collect::<Vec<_>>(), expected);
    for (outcome, answer) in outcomes.iter().zip(&answers) {
        // MS-ASCMD_R5374
        assert_eq!(outcome.request_id, answer.request_id);
        assert_eq!(outcome.calendar_id, None);
    }
    assert_eq!(world.server.modseq(&world.ben).await, before);
    assert_eq!(world.queue().await, []);
    // MS-ASCMD_R5650
    let many = phone.answer_meetings(vec![yes(&inbox, &request); 101]).await;
    assert!(format!("{:?}", many.unwrap_err()).contains("103"));
    // By the id of a search alone.
    let by_long_id =
        Answer { long_id: Some(request.clone()), request_id: None, collection_id: None, ..yes("", "") };
    let outcome = phone.answer_meetings(vec![by_long_id]).await.unwrap().remove(0);
    assert_eq!((outcome.status, outcome.request_id, outcome.calendar_id), (1, None, Some(event)));
}

// MS-ASCMD_R5707, R5708, R5709
#[tokio::test]
async fn an_instance_of_an_event_is_answered() {
    let mut world = World::new().await;
    world.for_ben(OTTO, "REQUEST", &format!("{FOR_BEN} RRULE:FREQ=DAILY;COUNT=5")).await;
    let mut phone = world.server.ready_phone("ben", Version::V16_1).await;
    let folder = world.server.folder(&world.ben, FolderType::Calendar).await.to_string();
    let id = format!("{folder}:{}", world.events().await[0].meta.id);
    let second = "2030-12-02T09:00:00Z".parse().unwrap();
    let none = phone.meeting_response_to_instance(&folder, &id, second, UserResponse::Decline).await.unwrap();
    assert_eq!(none, None);
    assert_eq!(world.event().await.excluded(), [second]);
    let queue = world.queue().await;
    let told = message(&queue[0].1);
    assert_eq!((queue.len(), told.method), (1, Method::Reply));
    assert_eq!(told.meeting.overrides().next().map(|(start, _)| start), Some(second));
    let missing = "2030-12-02T09:30:00Z".parse().unwrap();
    let refused = phone.meeting_response_to_instance(&folder, &id, missing, UserResponse::Accept).await;
    assert!(format!("{:?}", refused.unwrap_err()).contains('2'));
    // The whole, perhaps; and then for sure.
    for (response, status) in [(UserResponse::Tentative, "TENTATIVE"), (UserResponse::Accept, "ACCEPTED")] {
        let event = phone.meeting_response(&folder, &id, response, false).await.unwrap();
        assert_eq!(event.as_deref(), Some(id.as_str()));
        assert_eq!(partstat(&world.event().await, "ben@example.org").as_deref(), Some(status));
    }
    assert_eq!(world.queue().await.len(), 3);
    // Up to 14.0 events can't be answered.
    let mut old = world.server.second_phone("ben", Version::V14_0).await;
    let refused = old.meeting_response(&folder, &id, UserResponse::Decline, false).await;
    assert!(format!("{:?}", refused.unwrap_err()).contains('2'));
}

// MS-ASCMD_R578, R4930, R5420: an answer is about the whole series, or about an instance that there is.
#[tokio::test]
async fn an_answer_to_an_event_quotes_it() {
    let mut world = World::new().await;
    world.for_ben(OTTO, "REQUEST", &format!("{FOR_BEN} RRULE:FREQ=DAILY;COUNT=5")).await;
    let phone = world.server.ready_phone("ben", Version::V16_1).await;
    let folder = world.server.folder(&world.ben, FolderType::Calendar).await;
    let event = format!("{folder}:{}", world.events().await[0].meta.id);
    let mime = format!("From: x\r\nTo: {OTTO}\r\nSubject: Re: Plan\r\n\r\nI am late\r\n");
    let reply = |client_id: &str, instance: Option<&str>| smart_reply::Request {
        client_id: client_id.to_owned(),
        source: Source {
            folder_id: Some(folder.to_string()),
            item_id: Some(event.clone()),
            instance_id: instance.map(str::to_owned),
            ..Source::default()
        },
        mime: Opaque(mime.clone().into_bytes()),
        ..smart_reply::Request::default()
    };
    for (at, instance, status) in [
        ("1", "tomorrow", "104"),
        ("2", "2030-12-01T09:30:00.000Z", "150"),
        ("3", "2031-12-01T09:00:00.000Z", "150"),
    ] {
        let document = reply(at, Some(instance));
        let answer =
            world.server.send(&request(&phone, &call(&phone, CommandName::SmartReply, &document))).await;
        assert_eq!(status_only(&answer), ("SmartReply".into(), status.into()), "{instance}");
    }
    assert_eq!(world.queue().await, []);
    for (at, instance) in [("4", None), ("5", Some("2030-12-03T09:00:00.000Z"))] {
        let document = reply(at, instance);
        let answer =
            world.server.send(&request(&phone, &call(&phone, CommandName::SmartReply, &document))).await;
        assert!(answer.body.is_empty(), "{:?}", status_only(&answer));
    }
    let queue = world.queue().await;
    assert_eq!(queue.len(), 2);
    for ((_, content), day) in queue.iter().zip(["01 December 2030", "03 December 2030"]) {
        let text = String::from_utf8_lossy(content).replace("=\r\n", "");
        for part in ["I am late", "Plan", day] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        // It is words, not a meeting.
        assert_eq!(calendar_part(content).unwrap(), None);
    }
}

// MS-ASCMD_R7467, R7468: who names forwardees or a body says nothing that a message is sent with.
#[tokio::test]
async fn a_forwarded_meeting_is_no_message() {
    let mut world = World::new().await;
    world.for_ben(OTTO, "REQUEST", FOR_BEN).await;
    let phone = world.server.ready_phone("ben", Version::V16_1).await;
    let inbox = world.server.folder(&world.ben, FolderType::Inbox).await;
    let mails = world.server.items(&world.ben, FolderType::Inbox).await;
    let ask = |client_id: &str, to: &[&str]| smart_forward::Request {
        client_id: client_id.to_owned(),
        source: Source {
            folder_id: Some(inbox.to_string()),
            item_id: Some(format!("{inbox}:{}", mails[0].meta.id)),
            ..Source::default()
        },
        forwardees: to.iter().map(|email| Forwardee { name: None, email: (*email).to_owned() }).collect(),
        ..smart_forward::Request::default()
    };
    let carl = "carl@elsewhere.example";
    let words = Body {
        r#type: BodyType::Text,
        estimated_data_size: None,
        truncated: None,
        data: Some(fieldpost_eas::codec::Content::from("Join us".to_owned())),
        part: None,
        preview: None,
    };
    let cases = [
        (
            smart_forward::Request { mime: Some(Opaque(b"To: a@b\r\n\r\n".to_vec())), ..ask("1", &[carl]) },
            "178",
        ),
        (
            smart_forward::Request { replace_mime: Some(fieldpost_eas::codec::Empty), ..ask("2", &[carl]) },
            "178",
        ),
        (
            smart_forward::Request {
                save_in_sent_items: Some(fieldpost_eas::codec::Empty),
                ..ask("3", &[carl])
            },
            "178",
        ),
        (smart_forward::Request { body: Some(words), ..ask("4", &[]) }, "119"),
        (ask("5", &["not an address"]), "116"),
    ];
    for (document, status) in cases {
        let answer =
            world.server.send(&request(&phone, &call(&phone, CommandName::SmartForward, &document))).await;
        assert_eq!(status_only(&answer), ("SmartForward".into(), status.into()));
    }
    assert_eq!(world.queue().await, []);
    // Carl is asked, and Otto is told; asked for again, it is known.
    for status in [None, Some("118")] {
        let document = ask("6", &[carl]);
        let answer =
            world.server.send(&request(&phone, &call(&phone, CommandName::SmartForward, &document))).await;
        match status {
            None => assert!(answer.body.is_empty()),
            Some(status) => assert_eq!(status_only(&answer), ("SmartForward".into(), status.into())),
        }
        let mut queue = world.queue().await;
        queue.sort();
        assert_eq!(queue.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), [carl, OTTO]);
        let asked = message(&queue[0].1);
        assert_eq!(asked.meeting.organizer().map(|organizer| organizer.address), Some(OTTO.to_owned()));
        assert_eq!(calendar_part(&queue[1].1).unwrap(), None);
    }
}
