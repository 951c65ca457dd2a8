//! Which body a phone gets, and how much of it ([MS-ASAIRS] 2.2.2).

use fieldpost_domain::convert::mail::{self, BodyOptions};
use fieldpost_domain::item::Item;
use fieldpost_eas::Version;
use fieldpost_eas::item::{BodyPartPreference, BodyPreference, BodyType};

use crate::messages::{body, cut, data, decode, demo, encode, item, options, whole};

fn html_only() -> Item {
    item(
        "Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Hello <b>W\u{f6}rld</b></p><p>Second</p></body></html>\r\n",
    )
}

#[test]
fn the_native_form_is_preferred_to_the_order_of_the_wishes() {
    let newsletter = demo("02");
    let both = [whole(BodyType::Text), whole(BodyType::Html)];
    let got = mail::email(&newsletter, &options(Version::V14_1, &both)).unwrap();
    // MS-ASAIRS_R77, R2411: the type that matches how the item is kept.
    assert_eq!(got.body.unwrap().r#type, BodyType::Html);
    assert_eq!(got.native_body_type, Some(2));
    let welcome = demo("01");
    let got = mail::email(&welcome, &options(Version::V14_1, &[both[1].clone(), both[0].clone()])).unwrap();
    assert_eq!(got.body.unwrap().r#type, BodyType::Text);
    // MS-ASAIRS_R237
    assert_eq!(got.native_body_type, Some(1));
}

#[test]
fn a_form_that_the_message_does_not_have_is_made() {
    let got = body(&html_only(), &options(Version::V14_1, &[whole(BodyType::Text)]));
    // MS-ASAIRS_R2412: the type differs from the native one.
    assert_eq!(got.r#type, BodyType::Text);
    assert_eq!(data(&got), "Hello W\u{f6}rld\n\nSecond\n");
    let got =
        body(&item("Subject: x\r\n\r\na < b\r\n  c\r\n"), &options(Version::V14_1, &[whole(BodyType::Html)]));
    assert_eq!(got.r#type, BodyType::Html);
    assert!(data(&got).contains("a &lt; b<br>\r\n&nbsp;&nbsp;c<br>\r\n"), "{}", data(&got));
    assert!(data(&got).contains("charset=utf-8"));
}

#[test]
fn the_text_beside_html_is_taken_rather_than_made() {
    let got = body(&demo("02"), &options(Version::V12_1, &[whole(BodyType::Text)]));
    assert!(data(&got).contains("Tulip bulbs, 25     9.50 \u{20ac}"), "{}", data(&got));
}

#[test]
fn a_body_is_cut_and_says_so() {
    let newsletter = demo("02");
    let all = body(&newsletter, &options(Version::V14_1, &[whole(BodyType::Html)]));
    assert_eq!(all.truncated, Some(false));
    assert_eq!(all.estimated_data_size, Some(data(&all).len() as u32));
    let some = body(&newsletter, &options(Version::V14_1, &[cut(BodyType::Html, 500)]));
    // MS-ASAIRS_R276, R202
    assert_eq!(some.truncated, Some(true));
    assert_eq!(some.estimated_data_size, all.estimated_data_size);
    assert_eq!(data(&some).len(), 500);
    assert!(data(&all).starts_with(&data(&some)));
}

#[test]
fn a_cut_is_between_characters() {
    let euros = item("Content-Type: text/plain; charset=utf-8\r\n\r\n\u{20ac}\u{20ac}\u{20ac}");
    for (size, length) in [(0, 0), (1, 0), (2, 0), (3, 3), (5, 3), (8, 6), (9, 9), (10, 9)] {
        let got = body(&euros, &options(Version::V14_1, &[cut(BodyType::Text, size)]));
        assert_eq!(data(&got).len(), length, "cut at {size}");
        assert_eq!(got.truncated, Some(length < 9));
    }
}

#[test]
fn all_or_none_goes_on_to_the_next_wish() {
    let html = html_only();
    let all_or_none = BodyPreference { all_or_none: Some(true), ..cut(BodyType::Html, 50) };
    let text = cut(BodyType::Text, 10);
    // MS-ASAIRS_R78, R80, R399: HTML does not fit, so the text, cut.
    let got = body(&html, &options(Version::V14_1, &[all_or_none.clone(), text]));
    assert_eq!((got.r#type, got.truncated), (BodyType::Text, Some(true)));
    assert_eq!(data(&got), "Hello W\u{f6}r");
    // MS-ASAIRS_R376: nothing fits, so no data.
    let got = body(&html, &options(Version::V14_1, std::slice::from_ref(&all_or_none)));
    assert_eq!((got.r#type, got.truncated, got.data), (BodyType::Html, Some(true), None));
    assert!(got.estimated_data_size > Some(50));
    // MS-ASAIRS_R54: it fits.
    let large = BodyPreference { truncation_size: Some(5000), ..all_or_none.clone() };
    assert_eq!(body(&html, &options(Version::V14_1, &[large])).truncated, Some(false));
    // MS-ASAIRS_R75, R401: without a size it means nothing.
    let unlimited = BodyPreference { truncation_size: None, ..all_or_none };
    let got = body(&html, &options(Version::V14_1, &[unlimited]));
    assert_eq!(got, body(&html, &options(Version::V14_1, &[whole(BodyType::Html)])));
}

#[test]
fn rtf_is_never_made() {
    let got = body(&html_only(), &options(Version::V14_1, &[whole(BodyType::Rtf)]));
    assert_eq!(got.r#type, BodyType::Html);
    let got = body(&html_only(), &options(Version::V14_1, &[whole(BodyType::Rtf), whole(BodyType::Text)]));
    assert_eq!(got.r#type, BodyType::Text);
}

#[test]
fn without_wishes_only_the_size_is_told() {
    let got = body(&demo("01"), &BodyOptions::new(Version::V12_0));
    assert_eq!((got.r#type, got.truncated, &got.data), (BodyType::Text, Some(true), &None));
    let one = BodyOptions { bodies: true, ..BodyOptions::new(Version::V12_0) };
    let all = body(&demo("01"), &one);
    assert_eq!(all.truncated, Some(false));
    assert_eq!(Some(data(&all).len() as u32), got.estimated_data_size);
}

#[test]
fn mime_is_sent_where_it_is_due() {
    let forms = [whole(BodyType::Html), whole(BodyType::Mime)];
    let plain = demo("02");
    let signed = demo("13");
    let form = |item: &Item, support: u8| {
        let options = BodyOptions { mime_support: support, ..options(Version::V14_1, &forms) };
        body(item, &options).r#type
    };
    // MS-ASCMD_R3355
    assert_eq!(form(&plain, 0), BodyType::Html);
    assert_eq!(form(&signed, 0), BodyType::Html);
    // MS-ASCMD_R3356, R5881
    assert_eq!(form(&plain, 1), BodyType::Html);
    assert_eq!(form(&signed, 1), BodyType::Mime);
    assert_eq!(form(&demo("14"), 1), BodyType::Mime);
    // MS-ASCMD_R3357
    assert_eq!(form(&plain, 2), BodyType::Mime);
    // MS-ASCMD_R3366, R3367, R3368
    let options = BodyOptions { mime_support: 2, ..options(Version::V14_1, &forms) };
    let got = body(&signed, &options);
    assert_eq!(got.estimated_data_size, Some(signed.content.len() as u32));
    assert_eq!(got.data.unwrap().0, signed.content);
}

#[test]
fn mime_is_cut_by_either_limit() {
    let long = demo("07");
    let at = |size: Option<u32>, code: Option<u8>| {
        let wish = BodyPreference { truncation_size: size, ..whole(BodyType::Mime) };
        let options = BodyOptions { mime_truncation: code, ..options(Version::V12_1, &[wish]) };
        let got = body(&long, &options);
        assert_eq!(got.estimated_data_size, Some(long.content.len() as u32));
        assert!(long.content.starts_with(got.data.as_ref().map_or(&[][..], |d| &d.0)));
        got.data.map_or(0, |d| d.0.len())
    };
    assert_eq!(at(None, None), long.content.len());
    assert_eq!(at(None, Some(8)), long.content.len());
    assert_eq!(at(None, Some(0)), 0);
    assert_eq!(at(None, Some(1)), 4096);
    assert_eq!(at(Some(100), Some(1)), 100);
    assert_eq!(at(Some(6000), Some(1)), 4096);
}

#[test]
fn previews_are_plain_and_short() {
    let wish = |form, units| BodyPreference { preview: Some(units), ..cut(form, 100) };
    let preview = |version, form, units| body(&demo("02"), &options(version, &[wish(form, units)])).preview;
    let got = preview(Version::V14_0, BodyType::Html, 40).unwrap();
    // MS-ASAIRS_R248, R250
    assert_eq!(got, "What to do before the frost The nights a");
    // MS-ASAIRS_R266: at most 255.
    assert_eq!(preview(Version::V14_1, BodyType::Html, 100_000).unwrap().encode_utf16().count(), 255);
    // MS-ASAIRS_R1001036: not beside text.
    assert_eq!(preview(Version::V14_1, BodyType::Text, 40), None);
    assert_eq!(preview(Version::V14_1, BodyType::Html, 0), None);
    assert_eq!(preview(Version::V12_1, BodyType::Html, 40), None);
    // Where no text is sent, there is one.
    let none = BodyPreference { preview: Some(40), ..cut(BodyType::Text, 0) };
    assert!(body(&demo("02"), &options(Version::V14_1, &[none])).preview.is_some());
    // MIME tells nothing of its text.
    let mime = options(Version::V14_1, &[wish(BodyType::Mime, 20)]);
    assert_eq!(body(&demo("01"), &mime).preview.as_deref(), Some("Hello Anna, good to "));
    // An emoji counts as the two units that phones count it as.
    let party = body(&demo("10"), &options(Version::V14_1, &[wish(BodyType::Html, 26)])).preview.unwrap();
    assert!(party.encode_utf16().count() <= 26 && party.starts_with("It is Clara's birthday"));
}

#[test]
fn html_without_text_gives_a_preview_of_its_text() {
    let styled = item(
        "Content-Type: text/html\r\n\r\n<head><style>p { color: red }</style><title>T</title></head>\
         <body><!-- <p>not this --><div>One</div><div>two &amp; three</div><td>4</td><td>5</td></body>",
    );
    let wish = BodyPreference { preview: Some(100), ..cut(BodyType::Html, 10) };
    let got = body(&styled, &options(Version::V14_1, &[wish])).preview;
    assert_eq!(got.as_deref(), Some("One two & three 4 5"));
}

#[test]
fn the_message_part_is_html() {
    let part = BodyPartPreference {
        r#type: BodyType::Html,
        truncation_size: Some(200),
        all_or_none: None,
        preview: Some(10),
    };
    let with = |part| BodyOptions { part: Some(part), ..options(Version::V14_1, &[cut(BodyType::Text, 5)]) };
    let got = mail::email(&demo("06"), &with(part.clone())).unwrap();
    // MS-ASAIRS_R120, R271, R324, R256
    let body_part = got.body_part.clone().unwrap();
    assert_eq!((body_part.status, body_part.r#type, body_part.truncated), (1, BodyType::Html, Some(true)));
    assert_eq!(body_part.data.as_ref().unwrap().0.len(), 200);
    assert_eq!(body_part.preview.unwrap().encode_utf16().count(), 10);
    assert_eq!(got.body.unwrap().r#type, BodyType::Text);
    // MS-ASAIRS_R272
    let refused = BodyPartPreference { all_or_none: Some(true), ..part.clone() };
    let body_part = mail::email(&demo("06"), &with(refused)).unwrap().body_part.unwrap();
    assert_eq!((body_part.status, body_part.data), (176, None));
    // Before 14.1 there is no such thing.
    let old = BodyOptions { version: Version::V14_0, ..with(part) };
    assert_eq!(mail::email(&demo("06"), &old).unwrap().body_part, None);
}

#[test]
fn version_2_5_cuts_by_code() {
    let long = demo("07");
    let at = |code: Option<u8>| {
        let options = BodyOptions { truncation: code, ..BodyOptions::new(Version::V2_5) };
        let email = mail::email(&long, &options).unwrap();
        assert_eq!(email.body, None);
        let length = email.legacy_body.map_or(0, |b| b.0.len());
        let size = email.legacy_body_size.unwrap() as usize;
        assert_eq!(email.legacy_body_truncated, Some(length < size));
        (length, size)
    };
    let size = at(None).0;
    assert!(size > 9000);
    for (code, limit) in [(0, 0), (1, 512), (2, 1024), (3, 2048), (4, 5120), (5, 10_240), (9, size)] {
        assert_eq!(at(Some(code)), (limit.min(size), size), "code {code}");
    }
    let fetched = BodyOptions { truncation: Some(1), bodies: true, ..BodyOptions::new(Version::V2_5) };
    assert_eq!(mail::email(&long, &fetched).unwrap().legacy_body.unwrap().0.len(), size);
}

#[test]
fn version_2_5_gets_html_as_text_and_mime_where_it_is_due() {
    let email = mail::email(&html_only(), &BodyOptions::new(Version::V2_5)).unwrap();
    assert_eq!(email.legacy_body.unwrap().to_text(), "Hello W\u{f6}rld\n\nSecond\n");
    assert_eq!(email.mime_data, None);
    let signed = demo("13");
    let mime = BodyOptions { mime_support: 1, mime_truncation: Some(8), ..BodyOptions::new(Version::V2_5) };
    let email = mail::email(&signed, &mime).unwrap();
    assert_eq!(email.mime_data.as_ref().unwrap().0, signed.content);
    assert_eq!((email.mime_size, email.mime_truncated), (Some(signed.content.len() as u32), Some(false)));
    assert_eq!(email.legacy_body, None);
    let none = BodyOptions { mime_truncation: Some(0), ..mime };
    assert_eq!(mail::email(&signed, &none).unwrap().mime_truncated, Some(true));
    // What a 2.5 phone reads holds no element of a later version.
    let bytes = encode(&email, Version::V2_5);
    let read = decode(&bytes);
    assert_eq!((read.body, read.native_body_type, read.conversation_id, read.flag), (None, None, None, None));
}

#[test]
fn broken_messages_are_shown_somehow() {
    let text =
        |content: &[u8]| data(&body(&item(content), &options(Version::V16_1, &[whole(BodyType::Text)])));
    assert_eq!(text(b""), "");
    assert_eq!(text(b"just some text"), "just some text");
    assert_eq!(text(b"two lines\r\n\r\nof text"), "two lines\r\n\r\nof text");
    assert_eq!(text(b"Subject: headers only\r\n"), "");
    assert_eq!(text(b"Subject: x\r\n\r\nnul\0 and \x1b[1m bell\x07\r\n"), "nul and [1m bell\r\n");
    // A multipart that has no parts.
    assert_eq!(text(b"Content-Type: multipart/mixed\r\n\r\nwords"), "words");
    assert_eq!(text(b"Content-Type: multipart/mixed; boundary=x\r\n\r\nwords"), "words");
    // A message that was cut off: what is there is the text, whatever it was to be.
    let cut =
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>wor<b>ds";
    assert_eq!(text(cut).trim(), "words");
    // A boundary that never ends, and an escape that is none.
    assert_eq!(text(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nwords"), "words");
    let odd = b"Content-Transfer-Encoding: quoted-printable\r\n\r\n50=% of =C3=A4 =\r\nall";
    assert_eq!(text(odd), "50=% of \u{e4} all");
    // A mailing list wrote below the base64.
    let footer = b"Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n_____\r\nlist footer\r\n";
    assert_eq!(text(footer), "Hello");
    // Labels that are wrong, unknown or missing.
    assert_eq!(text(b"Content-Type: text/plain; charset=utf-8\r\n\r\nFr\xf6sche"), "Fr\u{f6}sche");
    assert_eq!(text(b"Content-Type: text/plain; charset=x-none\r\n\r\nFr\xf6sche"), "Fr\u{f6}sche");
    assert_eq!(text("Subject: x\r\n\r\nFr\u{f6}sche".as_bytes()), "Fr\u{f6}sche");
    assert_eq!(text(b"Content-Type: text/plain; charset=utf-7\r\n\r\nFr+APY-sche"), "Fr\u{f6}sche");
    assert_eq!(text(b"Content-Type: text/plain; charset=cp850\r\n\r\nFr\x94sche"), "Fr\u{f6}sche");
}

#[test]
fn a_document_that_names_its_own_character_set_is_read_and_relabelled() {
    let html = b"Content-Type: text/html\r\n\r\n<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'><p>\xb9</p>";
    let got = body(&item(&html[..]), &options(Version::V14_1, &[whole(BodyType::Html)]));
    assert_eq!(data(&got), "<meta http-equiv=Content-Type content='text/html; charset=utf-8'><p>\u{161}</p>");
}

#[test]
fn text_around_html_is_kept() {
    let mixed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n\
        --b\r\n\r\nfooter <list>\r\n--b--\r\n";
    let html = body(&item(mixed), &options(Version::V14_1, &[whole(BodyType::Html)]));
    assert_eq!(data(&html), "<p>Hello</p><div>footer &lt;list&gt;</div>");
    let text = body(&item(mixed), &options(Version::V14_1, &[whole(BodyType::Text)]));
    assert_eq!(data(&text), "Hello\nfooter <list>");
}

#[test]
fn hostile_html_becomes_text_all_the_same() {
    let cases = [
        ("<div>".repeat(100_000), "deep"),
        ("<table><tr><td>".repeat(10_000), "tables"),
        (format!("<table>{}</table>", "<tr><td rowspan=99999>x</td></tr>".repeat(2_000)), "spans"),
        ("<b>".repeat(500) + &"<p>x".repeat(5_000), "formatting"),
        (format!("<p {}>", (0..50_000).map(|i| format!("a{i}=b ")).collect::<String>()), "attributes"),
        ("<".repeat(100_000), "brackets"),
        ("&".repeat(100_000), "entities"),
        ("<!--".repeat(50_000), "comments"),
        ("<ol start=9223372036854775807><li>a<li>b</ol>".to_owned(), "numbers"),
    ];
    for (html, name) in cases {
        let html = item(format!("Content-Type: text/html\r\n\r\n<p>begin</p>{html}"));
        let text = data(&body(&html, &options(Version::V14_1, &[whole(BodyType::Text)])));
        assert!(text.trim_start().starts_with("begin"), "{name}");
    }
}

#[test]
fn hostile_structure_becomes_text_all_the_same() {
    let nested = |n: usize| "Content-Type: message/rfc822\r\n\r\n".repeat(n);
    let digest: String = (0..900)
        .map(|i| format!("Content-Type: multipart/digest; boundary=b{i}\r\n\r\n--b{i}\r\n\r\n"))
        .collect();
    let parts = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\n".repeat(200_000));
    for message in [nested(1_900), nested(100_000), digest, parts] {
        let item = item(message);
        for form in [BodyType::Text, BodyType::Html, BodyType::Mime] {
            mail::email(&item, &options(Version::V16_1, &[whole(form)])).unwrap();
        }
    }
}
