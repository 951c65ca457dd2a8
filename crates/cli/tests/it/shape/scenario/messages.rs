//! Mail of every kind, as it lies in the inbox when the phones come.

use crate::stage::Stage;

/// One of each.
pub async fn deliver(stage: &Stage, user: &str) {
    for (subject, rest) in MESSAGES {
        let to = format!("\"Anna\" <{user}@example.test>, \"Carol\" <carol@elsewhere.example>");
        let message = format!(
            "From: \"Bob\" <bob@elsewhere.example>\nTo: {to}\nSubject: {subject}\n\
             Message-ID: <{subject}.{user}@elsewhere.example>\nDate: Mon, 2 Nov 2026 08:30:00 +0000\n\
             MIME-Version: 1.0\n{rest}"
        );
        stage.deliver(user, &message).await;
    }
    for (subject, method, event) in MEETINGS {
        let message = format!(
            "From: \"Bob\" <bob@elsewhere.example>\nTo: {user}@example.test\nSubject: {subject}\n\
             Message-ID: <{subject}.{user}@elsewhere.example>\nDate: Mon, 2 Nov 2026 08:30:00 +0000\n\
             MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nPlease come.\n\
             --b\nContent-Type: text/calendar; method={method}; charset=utf-8\n\n\
             BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//elsewhere//en\nMETHOD:{method}\nBEGIN:VEVENT\n\
             UID:{subject}-{user}@elsewhere.example\nDTSTAMP:20261101T080000Z\nSEQUENCE:0\n\
             ORGANIZER;CN=Bob:mailto:bob@elsewhere.example\n\
             ATTENDEE;CN=Anna;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{user}@example.test\n\
             SUMMARY:{subject}\n{event}END:VEVENT\nEND:VCALENDAR\n\n--b--\n"
        );
        stage.deliver(user, &message).await;
    }
}

/// Subject, and what follows the usual header.
const MESSAGES: &[(&str, &str)] = &[
    ("Plain", "Content-Type: text/plain; charset=utf-8\n\nThe budget of the year, in plain words.\n"),
    (
        "Rich",
        "Cc: \"Dora\" <dora@elsewhere.example>, eva@elsewhere.example\nReply-To: replies@elsewhere.example\n\
         Sender: \"Secretary\" <secretary@elsewhere.example>\nImportance: high\nX-Priority: 1\n\
         Sensitivity: Private\nContent-Type: text/html; charset=utf-8\n\n\
         <html><body><p>The <b>budget</b> of the year, in rich words, and rather long ones at that.</p></body></html>\n",
    ),
    ("Low", "Importance: low\nContent-Type: text/plain\n\nNot urgent.\n"),
    (
        "Files",
        "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/related; boundary=r\n\n\
         --r\nContent-Type: text/html\n\n<p>See <img src=\"cid:dot@x\"></p>\n\
         --r\nContent-Type: image/png; name=dot.png\nContent-Disposition: inline; filename=dot.png\n\
         Content-ID: <dot@x>\nContent-Location: dot.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--r--\n\
         --m\nContent-Type: application/octet-stream; name=data.bin\nContent-Disposition: attachment; \
         filename=data.bin\nContent-Transfer-Encoding: base64\n\nAAECAwQFBgcICQoLDA0ODw==\n\
         --m\nContent-Type: message/rfc822\n\nFrom: <x@elsewhere.example>\nTo: <y@elsewhere.example>\n\
         Subject: Inside\n\nAn attached message.\n\n--m--\n",
    ),
    ("To move", "Content-Type: text/plain\n\nThis one moves.\n"),
    ("To delete", "Content-Type: text/plain\n\nThis one goes.\n"),
    (
        "Signed",
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=s\n\n\
         --s\nContent-Type: text/plain\n\nSigned words.\n\
         --s\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=smime.p7s\n\nMIIB\n--s--\n",
    ),
    (
        "Returned",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=d\n\n\
         --d\nContent-Type: text/plain\n\nIt could not be delivered.\n\
         --d\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.elsewhere.example\n\n\
         Final-Recipient: rfc822; z@elsewhere.example\nAction: failed\nStatus: 5.1.1\n\n--d--\n",
    ),
];

/// Subject, method, and the event's own lines.
const MEETINGS: &[(&str, &str, &str)] = &[
    (
        "Lunch",
        "REQUEST",
        "DTSTART:20270301T110000Z\nDTEND:20270301T120000Z\nLOCATION:Canteen\nCLASS:PRIVATE\nTRANSP:OPAQUE\n\
         BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:Lunch\nTRIGGER:-PT15M\nEND:VALARM\n",
    ),
    ("Holiday", "REQUEST", "DTSTART;VALUE=DATE:20270501\nDTEND;VALUE=DATE:20270502\n"),
    ("Daily", "REQUEST", "DTSTART:20270301T070000Z\nDTEND:20270301T073000Z\nRRULE:FREQ=DAILY;COUNT=5\n"),
    (
        "Weekly",
        "REQUEST",
        "DTSTART:20270301T080000Z\nDTEND:20270301T083000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270601T080000Z\n",
    ),
    (
        "Monthly",
        "REQUEST",
        "DTSTART:20270301T090000Z\nDTEND:20270301T093000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1\n",
    ),
    (
        "Monthly2",
        "REQUEST",
        "DTSTART:20270301T100000Z\nDTEND:20270301T103000Z\nRRULE:FREQ=MONTHLY;BYDAY=1MO\n",
    ),
    (
        "Yearly",
        "REQUEST",
        "DTSTART:20270301T120000Z\nDTEND:20270301T123000Z\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1\n",
    ),
    (
        "Yearly2",
        "REQUEST",
        "DTSTART:20270301T130000Z\nDTEND:20270301T133000Z\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1MO\n",
    ),
    (
        "Weekly",
        "REQUEST",
        "RECURRENCE-ID:20270308T080000Z\nDTSTART:20270308T140000Z\nDTEND:20270308T143000Z\n",
    ),
    ("Lunch", "CANCEL", "STATUS:CANCELLED\nDTSTART:20270301T110000Z\nDTEND:20270301T120000Z\n"),
    (
        "Accepted",
        "REPLY",
        "DTSTART:20270301T110000Z\nDTEND:20270301T120000Z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@elsewhere.example\n",
    ),
];
