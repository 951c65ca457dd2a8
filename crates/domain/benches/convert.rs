//! What it costs to convert one message, event or contact: `cargo bench -p fieldpost-domain`.

use fieldpost_domain::convert::mail::{self, BodyOptions};
use fieldpost_domain::convert::{Ghosting, ItemContext, PatchContext, User, contact, event};
use fieldpost_domain::id::{FolderId, ItemId, Modseq};
use fieldpost_domain::item::{Item, ItemMeta, MailState, Marks};
use fieldpost_eas::Version;
use fieldpost_eas::item::{BodyPreference, BodyType};
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn main() {
    divan::main();
}

/// Header fields as they are after three relays.
const HEADER: &str = "Return-Path: <ben@example.org>\r\n\
    Received: from relay.example.net (relay.example.net [192.0.2.7]) by mx.example.org with ESMTPS id abc\r\n\
    \tfor <anna@example.org>; Mon, 16 Nov 2026 08:05:03 +0100\r\n\
    Received: from mail.example.com (mail.example.com [198.51.100.9]) by relay.example.net with ESMTPS\r\n\
    \tid def; Mon, 16 Nov 2026 08:05:02 +0100\r\n\
    Received: from [203.0.113.4] by mail.example.com with ESMTPSA; Mon, 16 Nov 2026 08:05:01 +0100\r\n\
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=2026; t=1795000000;\r\n\
    \th=from:to:subject:date:message-id; bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=;\r\n\
    \tb=gDm1oV8T9bVtq0ndPJN7jU6Lw2yG6FQh0m5X8B1hBq0WQhQm4mVh8o5q8w9Xa0kI3a8sYk1mZ0v9Y6m8m3w8v==\r\n\
    From: =?utf-8?Q?Ben_It=C5=8D?= <ben@example.org>\r\n\
    To: \"Anna Berg\" <anna@example.org>, \"Clara Winter\" <clara@example.com>\r\n\
    Cc: team@example.org\r\n\
    Subject: Re: =?utf-8?Q?Wanderung_am_Sonntag_=E2=80=93_wer_kommt_mit=3F?=\r\n\
    Date: Mon, 16 Nov 2026 08:05:00 +0100\r\n\
    Message-ID: <hike-2@example.org>\r\n\
    In-Reply-To: <hike-1@example.org>\r\n\
    References: <hike-1@example.org>\r\n\
    X-Mailer: Example Mail 4.2\r\n\
    MIME-Version: 1.0\r\n";

fn item(content: String) -> Item {
    let content = content.into_bytes();
    let meta = ItemMeta {
        id: ItemId(7),
        folder: FolderId(1),
        modseq: Modseq(1),
        content_modseq: Modseq(1),
        received: 1_795_000_000_000,
        size: u32::try_from(content.len()).unwrap_or(u32::MAX),
        state: MailState::default(),
        marks: Marks::default(),
        conversation: mail::conversation(&content, 1_795_000_000_000),
    };
    Item { meta, content }
}

/// 10 KB of text.
fn text_mail() -> Item {
    let line = "The forecast says sun, so let us walk up to the old observatory this time.\r\n";
    item(format!(
        "{HEADER}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
        line.repeat(128)
    ))
}

/// 30 KB of HTML in quoted-printable with an image beside it; no text form.
fn html_mail() -> Item {
    let row = "<tr><td style=3D\"padding: 4px 12px; color: #333\">Tulip bulbs, 25</td><td class=\r\n\
        =3D\"price\">9.50 =E2=82=AC</td><td><a href=3D\"https://garden.example.net/tulips=\r\n\
        \">Read more</a></td></tr>\r\n";
    let image = "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAM0lEQVR4nGNgGAWjYBSMglEwCoYa\r\n".repeat(60);
    item(format!(
        "{HEADER}Content-Type: multipart/related; boundary=\"=_rel\"\r\n\r\n--=_rel\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         <html><head><style>p {{ color: red }}</style></head><body><h1>Garden letter</h1>\r\n<table>{}</table></body></html>\r\n\
         --=_rel\r\nContent-Type: image/png; name=leaf.png\r\nContent-ID: <leaf@example.net>\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\n{image}--=_rel--\r\n",
        row.repeat(165)
    ))
}

/// A message with a file of 10 MB.
fn large_mail() -> Item {
    let line = "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAM0lEQVR4nGNgGAWjYBSMglEwCoYa\r\n";
    item(format!(
        "{HEADER}Content-Type: multipart/mixed; boundary=\"=_mix\"\r\n\r\n--=_mix\r\n\
         Content-Type: text/plain\r\n\r\nSee the file.\r\n--=_mix\r\n\
         Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=big.pdf\r\n\r\n{}--=_mix--\r\n",
        line.repeat(130_000)
    ))
}

fn options(form: BodyType, preview: Option<u32>) -> BodyOptions {
    let wish = BodyPreference { r#type: form, truncation_size: Some(10 * 1024), all_or_none: None, preview };
    BodyOptions {
        preferences: vec![wish],
        mime_support: if form == BodyType::Mime { 2 } else { 0 },
        ..BodyOptions::new(Version::V16_1)
    }
}

fn convert(bencher: divan::Bencher, item: &Item, form: BodyType, preview: Option<u32>) {
    let options = options(form, preview);
    bencher.bench(|| mail::email(divan::black_box(item), divan::black_box(&options)));
}

#[divan::bench]
fn text_10k_as_text(bencher: divan::Bencher) {
    convert(bencher, &text_mail(), BodyType::Text, None);
}

#[divan::bench]
fn text_10k_as_html(bencher: divan::Bencher) {
    convert(bencher, &text_mail(), BodyType::Html, None);
}

#[divan::bench]
fn html_30k_as_html(bencher: divan::Bencher) {
    convert(bencher, &html_mail(), BodyType::Html, None);
}

#[divan::bench]
fn html_30k_as_html_with_preview(bencher: divan::Bencher) {
    convert(bencher, &html_mail(), BodyType::Html, Some(255));
}

#[divan::bench]
fn html_30k_as_text(bencher: divan::Bencher) {
    convert(bencher, &html_mail(), BodyType::Text, None);
}

#[divan::bench]
fn html_30k_as_mime(bencher: divan::Bencher) {
    convert(bencher, &html_mail(), BodyType::Mime, None);
}

#[divan::bench]
fn file_of_10m_as_text(bencher: divan::Bencher) {
    convert(bencher, &large_mail(), BodyType::Text, None);
}

#[divan::bench]
fn conversation_of_10k(bencher: divan::Bencher) {
    let item = text_mail();
    bencher.bench(|| mail::conversation(divan::black_box(&item.content), 0));
}

/// A weekly meeting of six people with its zone, an alarm and an instance that was moved.
const MEETING: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Calendar 4.2//EN\r\nCALSCALE:GREGORIAN\r\n\
    BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
    TZNAME:CEST\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nDTSTART:19701025T030000\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
    BEGIN:VEVENT\r\nUID:weekly-1@example.org\r\nDTSTAMP:20261101T080000Z\r\nSEQUENCE:3\r\n\
    DTSTART;TZID=Europe/Berlin:20261102T093000\r\nDTEND;TZID=Europe/Berlin:20261102T101500\r\n\
    RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20271230T225959Z\r\nEXDATE;TZID=Europe/Berlin:20261224T093000\r\n\
    SUMMARY:Planning\r\nLOCATION:Room 4\r\nCATEGORIES:Work,Team\r\nORGANIZER;CN=Anna Berg:mailto:anna@example.org\r\n\
    ATTENDEE;CN=Ben Ito;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:ben@example.org\r\n\
    ATTENDEE;CN=Clara Winter;PARTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT:mailto:clara@example.com\r\n\
    ATTENDEE;CN=David Costa;PARTSTAT=NEEDS-ACTION;ROLE=OPT-PARTICIPANT:mailto:david@example.com\r\n\
    ATTENDEE;CN=Elena Rossi;PARTSTAT=DECLINED;ROLE=REQ-PARTICIPANT:mailto:elena@example.com\r\n\
    ATTENDEE;CN=Farid Weber;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:farid@example.com\r\n\
    DESCRIPTION:What is done\\, what is next\\, what is in the way.\r\n\
    BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:Planning\r\nEND:VALARM\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:weekly-1@example.org\r\nDTSTAMP:20261101T080000Z\r\nSEQUENCE:3\r\n\
    RECURRENCE-ID;TZID=Europe/Berlin:20261109T093000\r\nDTSTART;TZID=Europe/Berlin:20261109T140000\r\n\
    DTEND;TZID=Europe/Berlin:20261109T150000\r\nSUMMARY:Planning\\, longer\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// Somebody with everything but a picture.
const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-1\r\nN:Berg;Anna;Maria;Dr.;\r\nFN:Dr. Anna Maria Berg\r\n\
    NICKNAME:Annie\r\nORG:Nordwind;Research\r\nTITLE:Engineer\r\nEMAIL;TYPE=INTERNET,WORK:anna@example.org\r\n\
    EMAIL;TYPE=INTERNET,HOME:anna.berg@example.net\r\nTEL;TYPE=WORK,VOICE:+49 30 1234567\r\nTEL;TYPE=CELL:+49 170 7654321\r\n\
    TEL;TYPE=HOME:+49 30 7654321\r\nADR;TYPE=WORK:;;Lindenstr. 4;Berlin;;10969;Germany\r\n\
    ADR;TYPE=HOME:;;Am Hang 7;Potsdam;;14467;Germany\r\nBDAY:1984-04-12\r\nURL:https://example.org/anna\r\n\
    CATEGORIES:Friends,Work\r\nX-SPOUSE:Ben\r\nNOTE:Met at the observatory.\r\nEND:VCARD\r\n";

fn user() -> User {
    User { addresses: vec!["anna@example.org".to_owned()], name: "Anna Berg".to_owned(), zone: TimeZone::UTC }
}

/// 2026-11-16 08:00 UTC.
fn now() -> Timestamp {
    Timestamp::from_second(1_794_816_000).unwrap_or_default()
}

#[divan::bench]
fn event_to_phone(bencher: divan::Bencher) {
    let (body, user) = (options(BodyType::Text, None), user());
    let cx = ItemContext { body: &body, user: &user, item: ItemId(7), now: now() };
    bencher.bench(|| event::to_wire(divan::black_box(MEETING.as_bytes()), &cx));
}

#[divan::bench]
fn event_changed_by_phone(bencher: divan::Bencher) {
    let (body, user, ghosting) = (options(BodyType::Text, None), user(), Ghosting::default());
    let cx = ItemContext { body: &body, user: &user, item: ItemId(7), now: now() };
    let Ok(mut change) = event::to_wire(MEETING.as_bytes(), &cx) else { return };
    change.subject = Some("Planning, again".to_owned());
    let cx = PatchContext {
        version: Version::V14_1,
        user: &user,
        item: ItemId(7),
        ghosting: &ghosting,
        now: now(),
    };
    bencher.bench(|| event::patch(divan::black_box(MEETING.as_bytes()), &change, &cx));
}

#[divan::bench]
fn contact_to_phone(bencher: divan::Bencher) {
    let (body, user) = (options(BodyType::Text, None), user());
    let cx = ItemContext { body: &body, user: &user, item: ItemId(7), now: now() };
    bencher.bench(|| contact::to_wire(divan::black_box(CARD.as_bytes()), &cx));
}

#[divan::bench]
fn contact_changed_by_phone(bencher: divan::Bencher) {
    let (body, user, ghosting) = (options(BodyType::Text, None), user(), Ghosting::default());
    let cx = ItemContext { body: &body, user: &user, item: ItemId(7), now: now() };
    let Ok(mut change) = contact::to_wire(CARD.as_bytes(), &cx) else { return };
    change.job_title = Some("Head of research".to_owned());
    let cx = PatchContext {
        version: Version::V14_1,
        user: &user,
        item: ItemId(7),
        ghosting: &ghosting,
        now: now(),
    };
    bencher.bench(|| contact::patch(divan::black_box(CARD.as_bytes()), &change, &cx));
}
