//! The dance with somebody elsewhere, who speaks plain iMIP: mail comes in by SMTP, and goes out to a
//! smarthost that the test plays.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fieldpost_domain::convert::mail::calendar_part;
use fieldpost_domain::schedule::view::attendee;
use fieldpost_domain::schedule::{Incoming, Method};
use fieldpost_eas::item::{Event, Item};
use fieldpost_eas::time_zone::TimeZone;
use fieldpost_net::tasks::Tasks;
use fieldpost_phone::command::meeting_response::UserResponse;
use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_testkit::process::Fieldpost;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::itip::{self, Said};
use super::{Person, VERSIONS, address, answer_of, compact, first, guest, plus, server};

const OTTO: &str = "otto@elsewhere.example";

/// A smarthost that takes everything.
struct Elsewhere {
    address: SocketAddr,
    letters: Arc<Mutex<Vec<(String, String)>>>,
    seen: usize,
    _tasks: Tasks,
}

impl Elsewhere {
    async fn start() -> Elsewhere {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        let tasks = Tasks::new();
        let more = tasks.clone();
        tasks.spawn("elsewhere", async move {
            while let Ok((stream, _)) = listener.accept().await {
                more.spawn("elsewhere", serve(stream, Arc::clone(&kept)));
            }
        });
        Elsewhere { address, letters, seen: 0, _tasks: tasks }
    }

    /// The one message that came since this was asked last, and its recipient.
    async fn one(&mut self) -> Incoming {
        for _ in 0..600 {
            if self.letters.lock().unwrap().len() > self.seen {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let all = self.letters.lock().unwrap().clone();
        assert_eq!(all.len(), self.seen + 1);
        self.seen += 1;
        let (recipient, content) = all.last().unwrap();
        assert_eq!(recipient, OTTO);
        Incoming::read(&calendar_part(content.as_bytes()).unwrap().unwrap()).unwrap()
    }
}

async fn serve(stream: TcpStream, letters: Arc<Mutex<Vec<(String, String)>>>) {
    let mut stream = BufReader::new(stream);
    let (mut recipient, mut line) = (String::new(), String::new());
    stream.get_mut().write_all(b"220 elsewhere\r\n").await.unwrap();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let reply = match line.get(..4).unwrap_or_default() {
            "RCPT" => {
                recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok"
            }
            "DATA" => {
                stream.get_mut().write_all(b"354 go\r\n").await.unwrap();
                let mut content = String::new();
                while !content.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut content).await.unwrap();
                }
                letters.lock().unwrap().push((recipient.clone(), content));
                "250 taken"
            }
            "QUIT" => return,
            _ => "250 ok",
        };
        stream.get_mut().write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
    }
}

async fn post(server: &Fieldpost, method: &str, said: &Said<'_>) {
    let mut client =
        MailClient::connect(&server.smtp(), Protocol::Smtp, Duration::from_secs(60)).await.unwrap();
    let to = address("alice");
    let mail = itip::mail(OTTO, &[&to], method, &itip::calendar(method, said));
    client.deliver(OTTO, &[&to], &mail).await.unwrap();
}

#[tokio::test]
async fn otto_organizes_and_is_answered() {
    for version in VERSIONS {
        let mut elsewhere = Elsewhere::start().await;
        let mut server = server(&["alice"]);
        server
            .set("smarthost", "host", "\"127.0.0.1\"")
            .set("smarthost", "port", &elsewhere.address.port().to_string())
            .set("smarthost", "security", "\"none\"");
        server.start();
        let mut alice = Person::new(&server, "alice", version).await;
        let own = address("alice");
        let said = Said {
            uid: "otto-1",
            sequence: 0,
            organizer: OTTO,
            attendees: &[(&own, "NEEDS-ACTION")],
            start: first(),
            end: plus(first(), 60),
            more: "",
        };
        post(&server, "REQUEST", &said).await;
        let request = alice.one_mail("Meeting.Request").await;
        assert_eq!(alice.event().await.1.meeting_status, Some(3), "{version}");
        let inbox = alice.inbox.clone();
        alice.phone.meeting_response(&inbox, &request, UserResponse::Accept, false).await.unwrap();
        if !alice.is_16() {
            let reply = Said { attendees: &[(&own, "ACCEPTED")], ..said };
            alice.send(&[OTTO], "REPLY", &itip::calendar("REPLY", &reply)).await;
        }
        let reply = elsewhere.one().await;
        assert_eq!(reply.method, Method::Reply, "{version}");
        let line = attendee(reply.meeting.chief().unwrap(), |address| address == own).unwrap();
        assert_eq!(line.param("PARTSTAT"), Some("ACCEPTED"), "{version}");
        // Moved, and called off.
        let said = Said { sequence: 1, start: plus(first(), 60), end: plus(first(), 120), ..said };
        post(&server, "REQUEST", &said).await;
        alice.one_mail("Meeting.Request").await;
        let event = alice.event().await.1;
        assert_eq!((event.start_time, event.busy_status), (compact(plus(first(), 60)), Some(1)), "{version}");
        post(&server, "CANCEL", &Said { sequence: 2, more: "STATUS:CANCELLED", ..said }).await;
        alice.one_mail("Meeting.Canceled").await;
        assert_eq!(alice.event().await.1.meeting_status, Some(7), "{version}");
        assert_eq!(elsewhere.letters.lock().unwrap().len(), 1, "{version}");
    }
}

#[tokio::test]
async fn otto_is_invited_and_answers() {
    for version in VERSIONS {
        let mut elsewhere = Elsewhere::start().await;
        let mut server = server(&["alice"]);
        server
            .set("smarthost", "host", "\"127.0.0.1\"")
            .set("smarthost", "port", &elsewhere.address.port().to_string())
            .set("smarthost", "security", "\"none\"");
        server.start();
        let mut alice = Person::new(&server, "alice", version).await;
        let own = address("alice");
        let before = (!alice.is_16()).then_some(());
        let event = Event {
            timezone: Some(TimeZone::utc()),
            start_time: compact(first()),
            end_time: compact(plus(first(), 60)),
            subject: Some("Dance".into()),
            uid: before.map(|()| "alice-1".into()),
            organizer_email: before.map(|()| own.clone()),
            meeting_status: Some(1),
            attendees: Some(vec![guest(OTTO)]),
            ..Event::default()
        };
        let folder = alice.calendar.clone();
        let id = alice.phone.add(&folder, Item::Event(Box::new(event))).await.unwrap().server_id;
        let said = Said {
            uid: "alice-1",
            sequence: 0,
            organizer: &own,
            attendees: &[(OTTO, "NEEDS-ACTION")],
            start: first(),
            end: plus(first(), 60),
            more: "",
        };
        if !alice.is_16() {
            alice.send(&[OTTO], "REQUEST", &itip::calendar("REQUEST", &said)).await;
        }
        let request = elsewhere.one().await;
        assert_eq!(request.method, Method::Request, "{version}");
        let uid = request.meeting.uid().to_owned();
        let answer = Said { uid: &uid, attendees: &[(OTTO, "ACCEPTED")], ..said };
        post(&server, "REPLY", &answer).await;
        alice.one_mail("Resp.Pos").await;
        assert_eq!(answer_of(&alice.event().await.1, OTTO), Some(3), "{version}");
        alice.phone.delete(&folder, &id).await.unwrap();
        if !alice.is_16() {
            let said = Said { sequence: 1, more: "STATUS:CANCELLED", ..said };
            alice.send(&[OTTO], "CANCEL", &itip::calendar("CANCEL", &said)).await;
        }
        let off = elsewhere.one().await;
        assert_eq!((off.method, off.meeting.uid()), (Method::Cancel, uid.as_str()), "{version}");
        alice.no_mail().await;
    }
}
