//! What it costs to convert one message: `cargo bench -p fieldpost-domain`.

use fieldpost_domain::convert::mail::{self, BodyOptions};
use fieldpost_domain::id::{FolderId, ItemId, Modseq};
use fieldpost_domain::item::{Item, ItemMeta, MailState, Marks};
use fieldpost_eas::Version;
use fieldpost_eas::item::{BodyPreference, BodyType};

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
