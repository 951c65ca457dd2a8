//! The web tool in a real Chromium: every page at the width of a desk and of a phone, light and dark, by
//! keyboard, and without JavaScript; [`forms`] does the same with every form. `FIELDPOST_TEST_SCREENSHOTS` names
//! a folder for pictures.

mod chromium;
mod forms;
mod rows;
mod world;

use fieldpost_domain::role::Role;

use thirtyfour::prelude::*;

use self::chromium::{Browser, DESKTOP, DESKTOP_DARK, Look, NO_SCRIPT, PHONE, PHONE_DARK};
use self::world::world;
use crate::bed::{Bed, PASSWORD};

const LONG_DEVICE: &str = "/MobileAdmin/devices/\
    maximiliane-sophie.freifrau-von-und-zu-hohenstein@sales.emea.example.org/SEC1F2E3D4C5B6A79801112131415161";

/// Pages of an owner, with a name for each.
const PAGES: &[(&str, &str)] = &[
    ("/MobileAdmin", "overview"),
    ("/MobileAdmin/devices", "devices"),
    ("/MobileAdmin/devices/anna@example.org/APPLF17C2ABCD", "device"),
    ("/MobileAdmin/devices/ben@example.org/androidc7654321", "device-wiping"),
    ("/MobileAdmin/devices/anna@example.org/androidc1234567", "device-quarantined"),
    (LONG_DEVICE, "device-blocked"),
    ("/MobileAdmin/devices/carla@example.org/6FQ0LOSTLOSTLOST00WIPED", "device-wiped"),
    ("/MobileAdmin/devices/anna@example.org/APPLF17C2ABCD/wipe", "wipe"),
    ("/MobileAdmin/devices/anna@example.org/APPLF17C2ABCD/delete", "device-delete"),
    ("/MobileAdmin/quarantine", "quarantine"),
    ("/MobileAdmin/rules", "rules"),
    ("/MobileAdmin/rules/1", "rule"),
    ("/MobileAdmin/rules/new", "rule-new"),
    ("/MobileAdmin/policies", "policies"),
    ("/MobileAdmin/policies/new", "policy-new"),
    ("/MobileAdmin/policies/edit/Everybody", "policy"),
    ("/MobileAdmin/policies/edit/Everybody/delete", "policy-delete"),
    ("/MobileAdmin/policies/edit/Configuration%20file", "policy-configured"),
    ("/MobileAdmin/accounts", "accounts"),
    ("/MobileAdmin/switches", "switches"),
    ("/MobileAdmin/accounts/anna@example.org", "account"),
    ("/MobileAdmin/accounts/carla@example.org", "account-disabled"),
    ("/MobileAdmin/log", "log"),
    ("/MobileAdmin/log/verify", "log-verify"),
    ("/MobileAdmin/administrators", "administrators"),
    ("/MobileAdmin/administrators/2/remove", "administrator-remove"),
    ("/MobileAdmin/tokens", "tokens"),
    ("/MobileAdmin/health", "health"),
    ("/MobileAdmin/me", "me"),
    ("/MobileAdmin/me/app-passwords", "app-password-new"),
    ("/MobileAdmin/me/password", "password"),
    ("/MobileAdmin/me/second-factor", "second-factor"),
    ("/MobileAdmin/none", "not-found"),
];

async fn every_page(look: Look) {
    let bed = world().await;
    let Some(browser) = Browser::open(&bed, look).await else { return };
    browser.go("/MobileAdmin/sign-in").await;
    browser.check("sign-in").await;
    browser.walk("sign-in").await;
    browser.sign_in("owner").await;
    browser.arrives("/MobileAdmin").await;
    for (path, name) in PAGES {
        browser.go(path).await;
        browser.check(name).await;
        forms::are_known(&browser, path).await;
        // What the keyboard reaches does not depend on the colours.
        if !look.dark {
            browser.walk(name).await;
        }
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

/// Pages without JavaScript.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_without_script() {
    let bed = world().await;
    let Some(browser) = Browser::open(&bed, NO_SCRIPT).await else { return };
    browser.sign_in("owner").await;
    browser.arrives("/MobileAdmin").await;
    for (path, name) in PAGES {
        browser.go(path).await;
        browser.check(name).await;
        forms::are_known(&browser, path).await;
        assert!(browser.find("main h1").await.is_displayed().await.unwrap(), "{name}");
    }
    browser.close().await;
}

/// Pages of a tool that has nothing yet.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_yet() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    bed.account("anna").await;
    let Some(browser) = Browser::open(&bed, PHONE).await else { return };
    browser.sign_in("owner").await;
    browser.arrives("/MobileAdmin").await;
    for (path, name) in [
        ("/MobileAdmin", "overview"),
        ("/MobileAdmin/devices", "devices"),
        ("/MobileAdmin/quarantine", "quarantine"),
        ("/MobileAdmin/rules", "rules"),
        ("/MobileAdmin/policies", "policies"),
        ("/MobileAdmin/accounts?q=nobody", "accounts"),
        ("/MobileAdmin/accounts/anna@example.org", "account"),
        ("/MobileAdmin/log?action=device.wipe", "log"),
        ("/MobileAdmin/tokens", "tokens"),
    ] {
        browser.go(path).await;
        browser.check(&format!("empty-{name}")).await;
    }
    browser.click(".who button").await;
    browser.arrives("/MobileAdmin/sign-in").await;
    browser.sign_in("anna").await;
    browser.arrives("/MobileAdmin/me").await;
    browser.check("empty-me").await;
    browser.close().await;
}

/// The first stop of the keyboard leads past the navigation.
#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_gets_past_the_navigation() {
    let bed = Bed::new().await;
    bed.administrator(Role::Owner).await;
    let Some(browser) = Browser::open(&bed, DESKTOP).await else { return };
    browser.go("/MobileAdmin/sign-in").await;
    // The name has the focus already.
    browser.press("owner").await;
    browser.press(Key::Tab + PASSWORD).await;
    browser.press(Key::Enter + "").await;
    browser.arrives("/MobileAdmin").await;
    browser.press(Key::Tab + "").await;
    browser.press(Key::Enter + "").await;
    assert_eq!(browser.ask("return document.activeElement.id").await, "content");
    browser.close().await;
}
