//! Attachments: the list, the references, the bytes ([MS-ASAIRS] 2.2.2.7, 2.2.2.24).

use fieldpost_domain::convert::mail::{self, BodyOptions, ConvertError, FileReference};
use fieldpost_domain::id::ItemId;
use fieldpost_domain::item::Item;
use fieldpost_eas::Version;
use fieldpost_eas::item::{Attachment, BodyType, Method};

use crate::messages::{attachments, demo, email, item};

fn listed(item: &Item) -> Vec<Attachment> {
    attachments(email(item, BodyType::Html))
}

fn names(item: &Item) -> Vec<String> {
    listed(item).into_iter().filter_map(|a| a.display_name).collect()
}

fn with_part(headers: &str, body: &str) -> Item {
    item(format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n{headers}\r\n\r\n{body}\r\n--b--\r\n"
    ))
}

fn fetch(item: &Item, attachment: &Attachment) -> (String, Vec<u8>) {
    let reference = attachment.file_reference.parse().unwrap();
    let got = mail::attachment(&item.content, &reference).unwrap();
    (got.content_type, got.bytes.into_owned())
}

#[test]
fn files_are_listed_and_come_back_as_they_were_sent() {
    let invoice = demo("03");
    let list = listed(&invoice);
    assert_eq!(names(&invoice), ["Rechnung 2026-1187 \u{20ac}.pdf", "positions.csv"]);
    let (content_type, pdf) = fetch(&invoice, &list[0]);
    assert_eq!(content_type, "application/pdf");
    assert!(pdf.starts_with(b"%PDF-1.4\n") && pdf.ends_with(b"%%EOF\n"));
    // MS-ASAIRS_R198: exact, since Android shows and checks it.
    assert_eq!(list[0].estimated_data_size, Some(pdf.len() as u32));
    // MS-ASAIRS_R225
    assert_eq!(list[0].method, Some(Method::Normal));
    assert_eq!((list[0].is_inline, list[0].content_id.as_ref()), (None, None));
    let (content_type, csv) = fetch(&invoice, &list[1]);
    assert_eq!(content_type, "text/csv");
    assert!(csv.starts_with(b"item,count,price\r\nchain,1,32.00\r\n"));
}

#[test]
fn text_attachments_keep_their_character_set() {
    let latin = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n\
        Content-Type: text/plain; charset=iso-8859-1; name=a.txt\r\nContent-Disposition: attachment\r\n\r\n\
        Fr\xf6sche\r\n--b--\r\n";
    let item = item(&latin[..]);
    assert_eq!(fetch(&item, &listed(&item)[0]).1, b"Fr\xf6sche");
}

#[test]
fn images_in_the_text_are_inline() {
    let list = listed(&demo("02"));
    assert_eq!(list.len(), 1);
    // MS-ASAIRS_R230, R100299, R160
    assert_eq!((list[0].method, list[0].is_inline), (Some(Method::Ole), Some(true)));
    assert_eq!(list[0].content_id.as_deref(), Some("leaf@letters.example.net"));
    let (content_type, png) = fetch(&demo("02"), &list[0]);
    assert_eq!(content_type, "image/png");
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    // In 2.5 the body is text, so the image is a file.
    let old = mail::email(&demo("02"), &BodyOptions::new(Version::V2_5)).unwrap();
    assert!(old.attachments.is_empty());
    assert_eq!(old.legacy_attachments.len(), 1);
    let legacy = &old.legacy_attachments[0];
    assert_eq!((legacy.att_method, legacy.att_size as usize), (Method::Normal, png.len()));
    assert_eq!(legacy.att_name, list[0].file_reference);
}

#[test]
fn a_file_with_an_id_is_not_inline_for_it() {
    let headers =
        "Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\nContent-ID: <x@y>";
    let list = listed(&with_part(headers, "x"));
    assert_eq!((list[0].method, list[0].is_inline), (Some(Method::Normal), None));
}

#[test]
fn attached_messages_are_whole() {
    let forwarded = demo("11");
    let list = listed(&forwarded);
    assert_eq!(list.len(), 1, "what is attached to the attached message stays in it");
    // MS-ASAIRS_R2299
    assert_eq!(list[0].method, Some(Method::Embedded));
    assert_eq!(list[0].display_name.as_deref(), Some("Keys of the observatory.eml"));
    let (content_type, inner) = fetch(&forwarded, &list[0]);
    assert_eq!(content_type, "message/rfc822");
    assert_eq!(list[0].estimated_data_size, Some(inner.len() as u32));
    assert!(inner.starts_with(b"From: \"Observatory\""));
    let inner = item(inner);
    assert_eq!(email(&inner, BodyType::Text).subject.as_deref(), Some("Keys of the observatory"));
    assert_eq!(names(&inner), ["plan.txt"]);
}

#[test]
fn attached_messages_in_base64_are_decoded_and_hide_nothing() {
    use base64::Engine as _;
    let encode = |message: &str| base64::prelude::BASE64_STANDARD.encode(message);
    let inner = "Subject: inner\r\n\r\nhello\r\n";
    let wrapped = |subject: &str, message: &str| {
        format!(
            "Subject: {subject}\r\nContent-Transfer-Encoding: base64\r\nContent-Type: message/rfc822\r\n\r\n{}\r\n",
            encode(message)
        )
    };
    let twice = wrapped("twice", &wrapped("once", inner));
    let outer = item(format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n\
         Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b\r\n\
         Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b\r\n\
         Content-Type: text/plain; name=last.txt\r\nContent-Disposition: attachment\r\n\r\nlast\r\n--b--\r\n",
        encode(inner),
        encode(&twice)
    ));
    let list = listed(&outer);
    assert_eq!(names(&outer), ["inner.eml", "twice.eml", "last.txt"]);
    assert_eq!(list[0].method, Some(Method::Embedded));
    assert_eq!(fetch(&outer, &list[0]), ("message/rfc822".to_owned(), inner.as_bytes().to_vec()));
    assert_eq!(fetch(&outer, &list[1]).1, twice.as_bytes());
    assert_eq!(fetch(&outer, &list[2]).1, b"last");
    // The message itself is sent as it came.
    let mime = email(&outer, BodyType::Mime).body.unwrap().data.unwrap();
    assert!(mime.to_text().contains("Content-Type: message/rfc822"));
}

#[test]
fn names_are_fit_to_be_files() {
    let name = |value: &str| {
        let headers = format!(
            "Content-Type: application/x-test\r\nContent-Disposition: attachment; filename=\"{value}\""
        );
        names(&with_part(&headers, "x")).remove(0)
    };
    assert_eq!(name("report.pdf"), "report.pdf");
    assert_eq!(name("../../etc/passwd"), "passwd");
    assert_eq!(name("C:\\\\Users\\\\me\\\\a.doc"), "a.doc");
    assert_eq!(name("=?utf-8?Q?=C3=A4.txt?="), "\u{e4}.txt");
    assert_eq!(name("photo\u{202e}gpj.exe"), "photogpj.exe");
    assert_eq!(name(".."), "attachment-2.bin");
    assert_eq!(name(""), "attachment-2.bin");
    let long = name(&format!("{}.pdf", "x".repeat(400)));
    assert!(long.len() == 255 && long.ends_with(".pdf"));
}

#[test]
fn parts_without_names_get_one() {
    let name = |content_type: &str| {
        names(&with_part(&format!("Content-Type: {content_type}\r\nContent-Disposition: attachment"), "x"))
            .remove(0)
    };
    assert_eq!(name("image/png"), "attachment-2.png");
    assert_eq!(name("application/ms-tnef"), "winmail.dat");
    assert_eq!(name("text/calendar"), "invite.ics");
    assert_eq!(name("nonsense"), "attachment-2.bin");
    assert_eq!(names(&demo("15")), ["delivery-status.txt", "headers.txt"]);
    assert_eq!(names(&demo("13")), ["smime.p7s"]);
    assert_eq!(names(&demo("14")), ["smime.p7m"]);
    // An invitation is shown as a meeting, not as a file.
    assert_eq!(names(&demo("12")), [""; 0]);
}

#[test]
fn content_types_are_fit_for_a_header_field() {
    let content_type = |value: &str| {
        let item = with_part(&format!("Content-Type: {value}\r\nContent-Disposition: attachment"), "x");
        fetch(&item, &listed(&item)[0]).0
    };
    assert_eq!(content_type("Application/PDF; name=a"), "application/pdf");
    assert_eq!(content_type("a b/c\u{e4}"), "application/octet-stream");
    assert_eq!(content_type("x"), "application/octet-stream");
}

#[test]
fn references_are_safe_in_a_url_and_read_strictly() {
    let reference = FileReference { item: ItemId(4_294_967_295), part: 0 };
    assert_eq!(reference.to_string(), "4294967295-0");
    assert_eq!("4294967295-0".parse(), Ok(reference));
    for bad in [
        "",
        "-",
        "1",
        "1-",
        "-1",
        "01-1",
        "1-01",
        "+1-1",
        "1-1-1",
        "1:1",
        "4294967296-1",
        "1-4294967296",
        " 1-1",
        "1-1\0",
        "\u{661}-1",
        "../../etc/passwd",
        &"1".repeat(1000),
    ] {
        assert!(bad.parse::<FileReference>().is_err(), "{bad}");
    }
}

#[test]
fn a_reference_to_nothing_finds_nothing() {
    let invoice = demo("03");
    let part = |part| mail::attachment(&invoice.content, &FileReference { item: ItemId(7), part });
    assert_eq!(part(99), Err(ConvertError::NoSuchPart));
    assert_eq!(part(u32::MAX), Err(ConvertError::NoSuchPart));
    // The root is a container.
    assert_eq!(part(0), Err(ConvertError::NoSuchPart));
    // A message that is nothing but a file is its own attachment.
    let encrypted = demo("14");
    let list = listed(&encrypted);
    assert_eq!(list[0].file_reference, "7-0");
    assert_eq!(list[0].estimated_data_size, Some(fetch(&encrypted, &list[0]).1.len() as u32));
}
