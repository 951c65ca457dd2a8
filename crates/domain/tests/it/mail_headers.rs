//! The header fields, classes and state of a message as phones see them ([MS-ASEMAIL] 2.2.2).

use fieldpost_domain::convert::mail::{self, BodyOptions, headers};
use fieldpost_domain::item::{Flag, Item, MailState, Marked, Verb};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Opaque;
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{BodyType, Email, FlagStatus, Importance};
use jiff::Timestamp;

use crate::messages::{RECEIVED, decode, demo, email, encode, item};

fn text(item: &Item) -> Email {
    email(item, BodyType::Text)
}

#[test]
fn people_are_decoded_and_separated() {
    let got = text(&item(
        "From: =?utf-8?Q?J=C3=BCrgen?= <j@example.com>\r\n\
         Sender: office@example.com\r\n\
         Reply-To: a@example.com, \"B, C\" <b@example.com>\r\n\
         To: ann@example.org, \"Bob \\\"the\\\" Builder\" <bob@example.org>\r\n\
         Cc: Team: one@example.net, Two <two@example.net>;\r\n\
         Bcc: secret@example.net\r\n\r\n",
    ));
    assert_eq!(got.from.as_deref(), Some("\"J\u{fc}rgen\" <j@example.com>"));
    // MS-ASEMAIL_R724
    assert_eq!(got.sender.as_deref(), Some("office@example.com"));
    // MS-ASEMAIL_R711: semicolons.
    assert_eq!(got.reply_to.as_deref(), Some("a@example.com;\"B, C\" <b@example.com>"));
    assert_eq!(got.to.as_deref(), Some("ann@example.org, \"Bob \\\"the\\\" Builder\" <bob@example.org>"));
    // MS-ASEMAIL_R331: commas.
    assert_eq!(got.cc.as_deref(), Some("one@example.net, \"Two\" <two@example.net>"));
    assert_eq!(got.bcc.as_deref(), Some("secret@example.net"));
    // MS-ASEMAIL_R400: semicolons.
    assert_eq!(got.display_to.as_deref(), Some("ann@example.org;Bob \"the\" Builder"));
}

#[test]
fn a_sender_who_is_the_author_is_not_told() {
    let got = text(&item("From: Ann <ann@example.org>\r\nSender: ANN@example.org\r\n\r\n"));
    // MS-ASEMAIL_R726, R1065
    assert_eq!(got.sender, None);
    assert_eq!(text(&item("From: a@example.org\r\n\r\n")).sender, None);
}

#[test]
fn undisclosed_recipients_have_a_name_only() {
    let got = text(&item("To: undisclosed-recipients:;\r\n\r\n"));
    assert_eq!((got.to, got.display_to.as_deref()), (None, Some("undisclosed-recipients")));
}

#[test]
fn lists_have_a_longest_length() {
    let many = "somebody.with.a.name@example.org, ".repeat(5_000);
    let got = text(&item(format!("From: {many}\r\nTo: {many}\r\n\r\n")));
    // MS-ASEMAIL_R477
    assert!(got.from.as_ref().is_some_and(|f| (32_000..=32_768).contains(&f.len())));
    assert!(got.from.unwrap().ends_with("@example.org"));
    assert!(got.to.unwrap().len() <= 32_768);
}

#[test]
fn the_topic_has_no_prefixes() {
    let topic = |subject: &str| text(&item(format!("Subject: {subject}\r\n\r\n"))).thread_topic;
    for subject in
        ["Hike", "Re: Hike", "RE: re: Hike", "AW: Hike", "WG: Re: Hike", "Fwd: Hike", "Re[2]: Hike"]
    {
        assert_eq!(topic(subject).as_deref(), Some("Hike"), "{subject}");
    }
    assert_eq!(topic("Re:").as_deref(), Some("Re:"));
    let folded = text(&demo("07")).subject.unwrap();
    assert!(folded.contains("line that goes on over three lines") && folded.ends_with("single subject"));
}

#[test]
fn a_message_without_a_subject_has_none() {
    let got = text(&item("From: a@example.org\r\n\r\nx"));
    assert_eq!((got.subject, got.thread_topic), (None, None));
}

#[test]
fn header_fields_in_old_character_sets_are_read() {
    let raw = b"From: \"J\xfcrgen\" <j@example.com>\r\nSubject: Fr\xf6sche\r\n\r\n";
    let got = text(&item(&raw[..]));
    assert_eq!(got.from.as_deref(), Some("\"J\u{fc}rgen\" <j@example.com>"));
    assert_eq!(got.subject.as_deref(), Some("Fr\u{f6}sche"));
    let koi =
        b"Subject: \xf0\xd2\xc9\xd7\xc5\xd4\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n\xc4\xc1";
    assert_eq!(text(&item(&koi[..])).subject.as_deref(), Some("\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}"));
    let utf8 = "Subject: Fr\u{f6}sche\r\n\r\n";
    assert_eq!(text(&item(utf8)).subject.as_deref(), Some("Fr\u{f6}sche"));
}

#[test]
fn scripts_of_the_world_arrive() {
    let got = text(&demo("08"));
    assert_eq!(got.from.as_deref(), Some("\"\u{9ad8}\u{6a4b} \u{3086}\u{304d}\" <yuki@example.net>"));
    assert!(got.subject.unwrap().starts_with("\u{5341}\u{306e}\u{8a00}\u{8a9e}"));
    let body = got.body.unwrap().data.unwrap();
    assert!(body.to_text().contains("\u{5e2}\u{5d1}\u{5e8}\u{5d9}\u{5ea}"));
    let japanese = text(&demo("09"));
    assert_eq!(japanese.subject.as_deref(), Some("\u{6765}\u{9031}\u{306e}\u{4f1a}\u{8b70}"));
    assert!(japanese.body.unwrap().data.unwrap().to_text().starts_with("\u{7d50}\u{8863}\u{3055}\u{3093}"));
    assert!(text(&demo("10")).subject.unwrap().starts_with('\u{1f382}'));
}

#[test]
fn importance_is_read_as_mailers_write_it() {
    let of = |field: &str| text(&item(format!("{field}\r\n\r\n"))).importance.unwrap();
    // MS-ASEMAIL_R484 to R486
    assert_eq!(of("Importance: High"), Importance::High);
    assert_eq!(of("Importance: low"), Importance::Low);
    assert_eq!(of("X-Priority: 1 (Highest)"), Importance::High);
    assert_eq!(of("X-Priority: 3"), Importance::Normal);
    assert_eq!(of("X-Priority: 5"), Importance::Low);
    assert_eq!(of("Priority: urgent"), Importance::High);
    assert_eq!(of("X-MSMail-Priority: Low"), Importance::Low);
    assert_eq!(of("Importance: nonsense\r\nX-Priority: 2"), Importance::High);
    // Always sent: old Android takes absence for low.
    assert_eq!(of("Subject: x"), Importance::Normal);
}

#[test]
fn message_classes() {
    let class = |name: &str| text(&demo(name)).message_class.unwrap();
    // MS-ASEMAIL_R590 to R592, R604
    assert_eq!(class("01"), "IPM.Note");
    assert_eq!(class("13"), "IPM.Note.SMIME.MultipartSigned");
    assert_eq!(class("14"), "IPM.Note.SMIME");
    assert_eq!(class("15"), "REPORT.IPM.Note.NDR");
    assert_eq!(class("12"), "IPM.Schedule.Meeting.Request");
    let of = |content_type: &str, body: &str| {
        text(&item(format!("Content-Type: {content_type}\r\n\r\n{body}"))).message_class.unwrap()
    };
    assert_eq!(of("application/x-pkcs7-mime; smime-type=signed-data", "x"), "IPM.Note.SMIME");
    assert_eq!(of("application/pkcs7-mime; smime-type=signed-receipt", "x"), "IPM.Note.Receipt.SMIME");
    assert_eq!(of("application/pkcs7-mime; smime-type=certs-only", "x"), "IPM.Note");
    assert_eq!(of("application/octet-stream; name=smime.P7M", "x"), "IPM.Note.SMIME");
    assert_eq!(
        of("multipart/signed; protocol=\"application/pgp-signature\"; boundary=b", "--b--"),
        "IPM.Note"
    );
    let report = |kind: &str, part: &str, field: &str| {
        of(
            &format!("multipart/report; report-type={kind}; boundary=b"),
            &format!(
                "--b\r\n\r\nx\r\n--b\r\nContent-Type: message/{part}\r\n\r\nA: b\r\n\r\n{field}\r\n--b--\r\n"
            ),
        )
    };
    let dsn = |action: &str| report("delivery-status", "delivery-status", &format!("Action: {action}"));
    assert_eq!(dsn("failed"), "REPORT.IPM.Note.NDR");
    assert_eq!(dsn("delivered"), "REPORT.IPM.Note.DR");
    assert_eq!(dsn("Delayed"), "REPORT.IPM.Note.DELAYED");
    let mdn = |how: &str| {
        report(
            "disposition-notification",
            "disposition-notification",
            &format!("Disposition: manual-action/MDN-sent-manually; {how}"),
        )
    };
    // MS-ASEMAIL_R607, R608
    assert_eq!(mdn("displayed"), "REPORT.IPM.Note.IPNRN");
    assert_eq!(mdn("deleted"), "REPORT.IPM.Note.IPNNRN");
}

#[test]
fn what_every_item_says() {
    let got = text(&demo("01"));
    // MS-ASEMAIL_R342
    assert_eq!(got.content_class.as_deref(), Some("urn:content-classes:message"));
    assert_eq!(got.internet_cpid.as_deref(), Some("65001"));
    assert_eq!(got.date_received.unwrap().0.as_millisecond(), RECEIVED);
    // MS-ASEMAIL_R343, R350
    assert_eq!(got.conversation_id.as_ref().map(|id| id.0.len()), Some(16));
    assert_eq!(got.conversation_index.as_ref().map(|index| index.0.len()), Some(5));
    // MS-ASEMAIL_R649: not included where it is false.
    assert_eq!(got.received_as_bcc, None);
    assert_eq!(got.is_draft, Some(false));
    assert_eq!(got.last_verb_executed, None);
    // MS-ASEMAIL_R437, R318: empty containers.
    let read = decode(&encode(&got, Version::V16_1));
    assert_eq!(read.flag, Some(fieldpost_eas::item::Flag::default()));
    assert_eq!(read.categories, Some(Vec::new()));
}

#[test]
fn what_the_user_did_is_told_whole_and_as_a_change() {
    let at: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    let mut item = demo("04");
    item.meta.state = MailState {
        read: true,
        flag: Some(Flag { status: 2, flag_type: Some("Follow up".into()), ..Flag::default() }),
        categories: vec!["Blue".into(), "Trips".into()],
        last_verb: Some((Verb::Forward, at)),
        draft: true,
        received_as_bcc: true,
        text_message: false,
    };
    let full = text(&item);
    let change = mail::email_change(&item.meta, Marked::ALL, Version::V16_1);
    for got in [&full, &change] {
        assert_eq!(got.read, Some(true));
        let flag = got.flag.as_ref().unwrap();
        assert_eq!((flag.status, flag.flag_type.as_deref()), (Some(FlagStatus::Active), Some("Follow up")));
        assert_eq!(got.categories, Some(vec!["Blue".to_owned(), "Trips".to_owned()]));
        // MS-ASEMAIL_R518
        assert_eq!(got.last_verb_executed, Some(3));
        assert_eq!(got.last_verb_execution_time.unwrap().0, at);
    }
    assert_eq!((full.is_draft, full.received_as_bcc), (Some(true), Some(true)));
    // MS-ASEMAIL_R104: a change of state brings nothing else.
    assert_eq!(
        (change.subject, change.body, change.date_received, change.attachments.len()),
        (None, None, None, 0)
    );
    // 2.5 knows of all this only whether it was read.
    let old = decode(&encode(&mail::email_change(&item.meta, Marked::ALL, Version::V2_5), Version::V2_5));
    assert_eq!(old, Email { read: Some(true), ..Email::default() });
    let no_verb = mail::email_change(&item.meta, Marked::ALL, Version::V12_1);
    assert_eq!(no_verb.last_verb_executed, None);
    let verb = Marked { last_verb: true, ..Marked::default() };
    let change = mail::email_change(&item.meta, verb, Version::V14_1);
    let wanted = Email {
        last_verb_executed: Some(3),
        last_verb_execution_time: Some(DateTime(at)),
        ..Email::default()
    };
    assert_eq!(change, wanted);
    // A change is never empty.
    assert_eq!(mail::email_change(&item.meta, verb, Version::V12_1), old);
}

#[test]
fn a_thread_is_one_conversation_and_a_path_in_it() {
    let [first, second, third] = ["04", "05", "06"].map(|name| demo(name).meta.conversation);
    assert_eq!(first.id, second.id);
    assert_eq!(first.id, third.id);
    // [MS-ASCON] 2.2.2.4: 5 bytes, and 5 more for each answer; the answer's begins with the answered's.
    assert_eq!([first.index.len(), second.index.len(), third.index.len()], [5, 10, 15]);
    assert!(third.index.starts_with(&second.index) && second.index.starts_with(&first.index));
    assert_ne!(first.id, demo("01").meta.conversation.id);
    let shown = text(&demo("05"));
    assert_eq!(shown.conversation_id, Some(Opaque(first.id.to_vec())));
    assert_eq!(shown.conversation_index, Some(Opaque(second.index)));
}

#[test]
fn outlooks_own_index_is_kept() {
    use base64::Engine as _;
    let header: Vec<u8> = (0..22).collect();
    let with = |answers: usize, rest: &str| {
        let bytes = [header.clone(), vec![9; answers * 5]].concat();
        let encoded = base64::prelude::BASE64_STANDARD.encode(bytes);
        mail::conversation(format!("Thread-Index: {encoded}\r\n{rest}\r\n\r\n").as_bytes(), RECEIVED)
    };
    let alone = with(2, "Subject: x");
    assert_eq!(alone.id.to_vec(), header[6..22].to_vec());
    assert_eq!(alone.index, [header[1..6].to_vec(), vec![9; 10]].concat());
    // With ids, the conversation is that of messages without the field.
    let linked = with(1, "References: <hike-1@example.org>");
    assert_eq!(linked.id, demo("04").meta.conversation.id);
    assert_eq!(linked.index.len(), 10);
}

#[test]
fn a_message_without_ids_is_alone() {
    let conversation = mail::conversation(b"Subject: x\r\n\r\n1", 0);
    assert_ne!(conversation.id, mail::conversation(b"Subject: x\r\n\r\n2", 0).id);
    // Bytes 1 to 5 of the FILETIME 0x019DB1DED53E8000.
    assert_eq!(conversation.index, [0x9D, 0xB1, 0xDE, 0xD5, 0x3E]);
    let deep: String = (0..500).map(|i| format!(" <{i}@example.org>\r\n")).collect();
    let conversation = mail::conversation(format!("References:{deep}\r\n").as_bytes(), 0);
    assert!(conversation.index.len() <= 5 * 65 && conversation.index.len().is_multiple_of(5));
}

#[test]
fn headers_for_submission() {
    let got = headers(&demo("06").content).unwrap();
    assert_eq!(got.from[0].address, "anna@example.org");
    assert_eq!(got.from[0].name.as_deref(), Some("Anna Berg"));
    assert_eq!((got.to.len(), got.cc.len(), got.bcc.len()), (1, 1, 0));
    assert_eq!(got.subject, "AW: Re: Hike on Sunday?");
    assert_eq!(got.message_id.as_deref(), Some("hike-3@example.org"));
    assert_eq!(got.in_reply_to.as_deref(), Some("hike-2@example.com"));
    assert_eq!(got.references, ["hike-1@example.org", "hike-2@example.com"]);
    assert_eq!(got.date, Some("2026-11-19T19:02:54Z".parse().unwrap()));
    assert!(!got.is_smime);
    assert!(headers(&demo("14").content).unwrap().is_smime);
    assert_eq!(headers(b"").unwrap(), Default::default());
}

#[test]
fn options_default_to_no_wishes() {
    let options = BodyOptions::new(Version::V14_0);
    assert_eq!((options.mime_support, options.bodies, options.preferences.len()), (0, false, 0));
}
