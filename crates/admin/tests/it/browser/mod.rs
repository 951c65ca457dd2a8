//! The web tool in a real Chromium: every page at the width of a desk and of a phone, light and dark, by
//! keyboard, and without JavaScript. `FIELDPOST_TEST_SCREENSHOTS` names a folder for pictures.

mod chromium;

use std::time::Duration;

use fieldpost_domain::admission::{
    Action, Conditions, DeviceAccess, Pattern, Rule, Rules, Threshold, Thresholds,
};
use fieldpost_domain::device::Control;
use fieldpost_domain::policy::NamedPolicy;
use fieldpost_domain::role::Role;
use fieldpost_domain::wipe::WipeKind;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_server::administration::Actor;
use fieldpost_server::administration::policies::Whom;
use fieldpost_server::exchanges::{Exchange, Outcome};
use fieldpost_store::Account;
use jiff::SignedDuration;
use thirtyfour::prelude::*;

use self::chromium::{Browser, DESKTOP, DESKTOP_DARK, Look, NO_SCRIPT, PHONE, PHONE_DARK};
use crate::bed::{Bed, PASSWORD};

/// A tool with something in it.
async fn bed() -> Bed {
    let bed = Bed::new().await;
    be_busy(&bed);
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
    let ben = bed.account("ben").await;
    bed.device(&ben, "androidc7654321", |device| {
        device.device_type = "SamsungDevice".to_owned();
        device.version = Some("14.1".to_owned());
        device.information.friendly_name = None;
        device.information.model = Some("SM-G998B".to_owned());
        device.information.os = Some("Android 14".to_owned());
        device.last_seen -= 45 * 86_400_000;
    })
    .await;
    decide(&bed, &anna).await;
    bed
}

/// A day of requests.
fn be_busy(bed: &Bed) {
    for span in 0..288i64 {
        let at = bed.app.clock.now();
        let busy = 40 + 2 * ((span % 144) - 72).abs();
        (0..busy).for_each(|_| bed.app.activity.answered(Some(CommandName::Sync), 200, at));
        if span % 37 == 0 {
            (0..3).for_each(|_| bed.app.activity.answered(Some(CommandName::Ping), 503, at));
        }
        bed.app.activity.waiting(usize::try_from(4 * busy).unwrap(), at);
        bed.clock.advance(SignedDuration::from_secs(300));
    }
}

/// Rules, a device in quarantine, one that is to be wiped, and policies.
async fn decide(bed: &Bed, anna: &Account) {
    let administration = &bed.site.administration;
    let named = |name: &str| Actor { name: name.to_owned(), ..Actor::local() };
    let model =
        |pattern: &str| Conditions { model: Some(Pattern::new(pattern).unwrap()), ..Conditions::default() };
    let rules = Rules {
        rules: vec![
            Rule {
                name: "Devices of the works council".to_owned(),
                when: model("SM-G99*"),
                action: Action::Allow,
            },
            Rule { name: "Not yet examined".to_owned(), when: model("Pixel*"), action: Action::Quarantine },
        ],
        default: Action::Allow,
        thresholds: Thresholds {
            commands: Some(Threshold {
                more_than: 600,
                minutes: 5,
                action: Action::Quarantine,
                for_minutes: 60,
            }),
            ..Thresholds::default()
        },
    };
    administration.put_rules(&named("policy"), &rules).await.unwrap();
    let full = WipeKind::Full;
    administration
        .order_wipe(&named("help-desk"), "ben@example.org", "androidc7654321", full, "ben@example.org")
        .await
        .unwrap();
    let refused = Actor { role: Role::View, ..named("view") };
    administration.block_device(&refused, "anna@example.org", "APPLF17C2ABCD").await.unwrap_err();

    let policy = named("policy");
    administration.put_policy(&policy, &NamedPolicy::proposed("Everybody")).await.unwrap();
    administration.put_policy(&policy, &NamedPolicy::proposed("Board")).await.unwrap();
    administration.set_default_policy(&policy, Some("Everybody")).await.unwrap();
    administration.assign_policy(&policy, Whom::Account("anna@example.org"), Some("Board")).await.unwrap();
    administration.exempt(&policy, "ben@example.org", true).await.unwrap();

    let before = Control::default();
    let quarantined = Control {
        access: Some(DeviceAccess {
            state: Action::Quarantine,
            because: "rule 2: Not yet examined".to_owned(),
            since: bed.app.clock.now(),
            until: None,
        }),
        ..Control::default()
    };
    let mut act = bed.app.store.act().await.unwrap();
    act.put_control(anna.id, "androidc1234567", &before, &quarantined).await.unwrap();
    act.commit().await.unwrap();

    let now = bed.app.clock.now();
    for (number, (command, code, status)) in [
        (CommandName::FolderSync, 200, Some(1)),
        (CommandName::Sync, 200, Some(3)),
        (CommandName::Ping, 200, Some(2)),
    ]
    .into_iter()
    .enumerate()
    {
        let number = i64::try_from(number).unwrap();
        let exchange = Exchange {
            at: now - SignedDuration::from_secs(600 - 60 * number),
            command: Some(command),
            version: Some(Version::V16_1),
            outcome: Outcome::Answered { code, status },
            took: Duration::from_millis(20),
            bytes_in: 240,
            bytes_out: 1880,
            request: fieldpost_eas::wbxml::outline(EXCHANGE).map(Vec::into_boxed_slice),
            response: None,
        };
        bed.app.exchanges.add(anna.id, "APPLF17C2ABCD", exchange);
    }
}

/// A FolderSync request with key 0, as WBXML.
const EXCHANGE: &[u8] = &[0x03, 0x01, 0x6a, 0x00, 0x00, 0x07, 0x56, 0x52, 0x03, 0x30, 0x00, 0x01, 0x01];

/// Pages of an owner, with a name for each.
const PAGES: &[(&str, &str)] = &[
    ("/MobileAdmin", "overview"),
    ("/MobileAdmin/devices", "devices"),
    ("/MobileAdmin/devices/anna@example.org/APPLF17C2ABCD", "device"),
    ("/MobileAdmin/devices/ben@example.org/androidc7654321", "device-wiping"),
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
    ("/MobileAdmin/accounts/anna@example.org", "account"),
    ("/MobileAdmin/log", "log"),
    ("/MobileAdmin/log/verify", "log-verify"),
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
