//! The web tool in a real Chromium: every page at the width of a desk and of a phone, light and dark, by
//! keyboard, and without JavaScript. `FIELDPOST_TEST_SCREENSHOTS` names a folder for pictures.

mod chromium;

use fieldpost_domain::role::Role;
use thirtyfour::prelude::*;

use self::chromium::{Browser, DESKTOP, DESKTOP_DARK, Look, NO_SCRIPT, PHONE, PHONE_DARK};
use crate::bed::{Bed, PASSWORD};

/// A tool with something in it.
async fn bed() -> Bed {
    let bed = Bed::new().await;
    for role in [Role::Owner, Role::Policy, Role::HelpDesk, Role::View] {
        bed.administrator(role).await;
    }
    let anna = bed.account("anna").await;
    bed.device(&anna, "APPLF17C2ABCD", |_| {}).await;
    bed.device(&anna, "androidc1234567", |device| {
        device.device_type = "Android".to_owned();
        device.information.friendly_name = None;
        device.information.model = Some("Pixel 9".to_owned());
        device.information.os = Some("Android 16".to_owned());
    })
    .await;
    bed
}

/// Pages of an owner, with a name for each.
const PAGES: &[(&str, &str)] = &[
    ("/MobileAdmin", "overview"),
    ("/MobileAdmin/administrators", "administrators"),
    ("/MobileAdmin/administrators/2/remove", "administrator-remove"),
    ("/MobileAdmin/health", "health"),
    ("/MobileAdmin/me", "me"),
    ("/MobileAdmin/me/password", "password"),
    ("/MobileAdmin/me/second-factor", "second-factor"),
    ("/MobileAdmin/none", "not-found"),
];

async fn every_page(look: Look) {
    let bed = bed().await;
    let Some(browser) = Browser::open(&bed, look).await else { return };
    browser.go("/MobileAdmin/sign-in").await;
    browser.check("sign-in").await;
    browser.walk("sign-in").await;
    browser.sign_in("owner").await;
    browser.arrives("/MobileAdmin").await;
    for (path, name) in PAGES {
        browser.go(path).await;
        browser.check(name).await;
        browser.walk(name).await;
    }
    browser.go("/MobileAdmin/me").await;
    browser.click(".who button").await;
    browser.arrives("/MobileAdmin/sign-in").await;
    browser.sign_in("anna").await;
    browser.arrives("/MobileAdmin/me").await;
    browser.check("user-devices").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_on_a_desk() {
    every_page(DESKTOP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_on_a_desk_in_the_dark() {
    every_page(DESKTOP_DARK).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_on_a_phone() {
    every_page(PHONE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_on_a_phone_in_the_dark() {
    every_page(PHONE_DARK).await;
}

/// Signs in, makes an administrator and signs out, with the keyboard and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn all_by_keyboard() {
    let bed = bed().await;
    let Some(browser) = Browser::open(&bed, DESKTOP).await else { return };
    browser.go("/MobileAdmin/sign-in").await;
    browser.press("owner").await;
    browser.press(Key::Tab + "").await;
    browser.press(PASSWORD).await;
    browser.press(Key::Enter + "").await;
    browser.arrives("/MobileAdmin").await;
    // The first stop leads past the navigation.
    browser.press(Key::Tab + "").await;
    browser.press(Key::Enter + "").await;
    assert_eq!(browser.ask("return document.activeElement.id").await, "content");

    browser.go("/MobileAdmin/administrators").await;
    browser.find("#name").await.focus().await.unwrap();
    browser.press("dora").await;
    browser.press(Key::Enter + "").await;
    browser.shows("dora is an administrator now").await;
    browser.find(".who button").await.focus().await.unwrap();
    browser.press(Key::Enter + "").await;
    browser.arrives("/MobileAdmin/sign-in").await;
    browser.close().await;
}

/// Every action without JavaScript: it is comfort, and nothing needs it.
#[tokio::test(flavor = "multi_thread")]
async fn all_without_script() {
    let bed = bed().await;
    let Some(browser) = Browser::open(&bed, NO_SCRIPT).await else { return };
    browser.sign_in("owner").await;
    browser.arrives("/MobileAdmin").await;
    for (path, name) in PAGES {
        browser.go(path).await;
        browser.check(name).await;
    }
    browser.go("/MobileAdmin/administrators").await;
    browser.fill("name", "emil").await;
    browser.click("main form.form button.primary").await;
    browser.shows("emil is an administrator now").await;
    browser.click("a[aria-label='Remove emil']").await;
    browser.click("button.sure").await;
    browser.shows("emil is no administrator any more").await;
    browser.close().await;
}
