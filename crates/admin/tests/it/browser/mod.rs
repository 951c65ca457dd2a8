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
    ("/MobileAdmin/switches", "switches"),
    ("/MobileAdmin/accounts/anna@example.org", "account"),
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
    browser.focus("#name").await;
    browser.press("dora").await;
    browser.press(Key::Enter + "").await;
    browser.shows("dora is an administrator now").await;
    browser.go("/MobileAdmin/quarantine").await;
    browser.focus("button[aria-label^='Release Pixel 9']").await;
    browser.press(Key::Enter + "").await;
    browser.shows("The device is released").await;
    browser.focus("a[href$='/wipe']").await;
    browser.press(Key::Enter + "").await;
    browser.shows("Type the mailbox to confirm").await;
    browser.focus("#mailbox").await;
    browser.press("anna@example.org").await;
    browser.press(Key::Enter + "").await;
    browser.shows("The wipe is ordered").await;
    browser.focus("form[action$='/cancel-wipe'] button").await;
    browser.press(" ").await;
    browser.shows("The wipe is cancelled").await;

    browser.go("/MobileAdmin/policies/edit/Everybody").await;
    browser.focus("#allow_camera").await;
    browser.press(Key::Down + Key::Down).await;
    browser.focus("#min_device_password_length").await;
    browser.press(Key::Enter + "").await;
    browser.shows("The policy is kept").await;
    browser.focus(".who button").await;
    browser.press(Key::Enter + "").await;
    browser.arrives("/MobileAdmin/sign-in").await;
    browser.close().await;
}

/// Every action, at whatever size and with or without JavaScript.
async fn every_action(look: Look) {
    let bed = bed().await;
    let Some(browser) = Browser::open(&bed, look).await else { return };
    browser.sign_in("owner").await;
    browser.arrives("/MobileAdmin").await;
    devices(&browser).await;
    rules(&browser).await;
    policies(&browser).await;
    switches(&browser).await;
    administrators(&browser).await;
    tokens(&browser).await;
    own_sign_in(&bed, &browser).await;
    own_device(&browser).await;
    browser.close().await;
}

async fn devices(browser: &Browser) {
    let phone = "/MobileAdmin/devices/anna@example.org/APPLF17C2ABCD";
    browser.go("/MobileAdmin/devices").await;
    browser.fill("q", "pixel").await;
    browser.click("form.search button").await;
    browser.shows("1 device on this page").await;
    browser.go("/MobileAdmin/quarantine").await;
    browser.click("button.primary[aria-label^='Release Pixel 9']").await;
    browser.shows("The device is released").await;
    browser.go(phone).await;
    for (what, said) in [
        ("block", "The device is blocked"),
        ("release", "The device is released"),
        ("unlist", "The admission rules decide"),
        ("allow", "The device is let in"),
        ("resync", "fetches all its folders anew"),
    ] {
        browser.click(&format!("form[action$='/{what}'] button")).await;
        browser.shows(said).await;
    }
    browser.click("a[href$='/wipe']").await;
    browser.fill("mailbox", "somebody@example.org").await;
    browser.click("button.sure").await;
    browser.shows("Type the mailbox anna@example.org to confirm").await;
    browser.check("wipe-refused").await;
    browser.click("input[value='account-only']").await;
    browser.fill("mailbox", "anna@example.org").await;
    browser.click("button.sure").await;
    browser.shows("The wipe is ordered").await;
    browser.click("form[action$='/cancel-wipe'] button").await;
    browser.shows("The wipe is cancelled").await;
    browser.click("a[href$='/delete']").await;
    browser.click("button.danger").await;
    browser.arrives("/MobileAdmin/devices").await;

    browser.go("/MobileAdmin/rules").await;
    browser.click("input[name='needs_approval']").await;
    browser.click("form[action$='/approval'] button").await;
    browser.shows("How wipes are ordered is changed").await;
    browser.go("/MobileAdmin/devices/anna@example.org/androidc1234567/wipe").await;
    browser.fill("mailbox", "anna@example.org").await;
    browser.click("button.sure").await;
    browser.shows("waits for a second administrator").await;
    browser.check("wipe-proposed").await;
    browser.go("/MobileAdmin/log").await;
    browser.fill("action", "device.block").await;
    browser.click("form.search button").await;
    browser.shows("Block a device").await;
    browser.click("a[href^='/MobileAdmin/log/verify']").await;
    browser.shows("The log is whole").await;
}

async fn rules(browser: &Browser) {
    browser.go("/MobileAdmin/rules").await;
    browser.click("a[href$='/rules/new']").await;
    browser.fill("name", "Old Windows").await;
    browser.fill("os", "Windows CE*").await;
    browser.click("input[value='block']").await;
    browser.click("main form button.primary").await;
    browser.shows("Operating system is Windows CE*").await;
    browser.click("form[action$='/rules/3/up'] button").await;
    browser.shows("The rules are changed").await;
    browser.click("a[href$='/rules/2']").await;
    browser.fill("name", "Very old Windows").await;
    browser.click("main form button.primary").await;
    browser.shows("Very old Windows").await;
    browser.click("form[action$='/rules/2/remove'] button").await;
    browser.shows("Devices without a rule").await;
    browser.choose("default-action", "quarantine").await;
    browser.click("form[action$='/rules/default'] button").await;
    browser.shows("The rules are changed").await;
    browser.choose("default-action", "allow").await;
    browser.click("form[action$='/rules/default'] button").await;
    browser.shows("The rules are changed").await;
}

async fn policies(browser: &Browser) {
    browser.go("/MobileAdmin/policies").await;
    browser.click("a[href$='/policies/new']").await;
    browser.fill("name", "Field").await;
    browser.fill("min_device_password_length", "77").await;
    browser.click("main form button.primary").await;
    browser.shows("what is marked below").await;
    browser.check("policy-refused").await;
    browser.fill("min_device_password_length", "6").await;
    browser.click("main form button.primary").await;
    browser.shows("The policy is kept").await;
    browser.choose("default-policy", "Field").await;
    browser.click("form[action$='/policies/default'] button").await;
    browser.shows("The default policy is changed").await;
    browser.choose("default-policy", "Everybody").await;
    browser.click("form[action$='/policies/default'] button").await;
    browser.shows("The default policy is changed").await;
    browser.find("#assign-who").await.send_keys("ben@example.org").await.unwrap();
    browser.choose("assign-policy", "Field").await;
    browser.click(".search[action$='/policies/assign'] button").await;
    browser.shows("Who has which policy is changed").await;
    browser.click("button[aria-label='Take it away from ben@example.org']").await;
    browser.shows("Who has which policy is changed").await;
    browser.click("button[aria-label='Remove the exception for ben@example.org']").await;
    browser.shows("Who has which policy is changed").await;
    browser.go("/MobileAdmin/policies/edit/Field/delete").await;
    browser.click("button.sure").await;
    browser.shows("The policy is removed").await;
}

async fn switches(browser: &Browser) {
    browser.go("/MobileAdmin/switches").await;
    browser.click("input[name='notifications']").await;
    browser.click("form[action$='/switches'] button.primary").await;
    browser.shows("The switches are changed").await;
    browser.go("/MobileAdmin/accounts").await;
    browser.click("a[href$='/accounts/ben@example.org']").await;
    browser.choose("direct_push", "no").await;
    browser.click("form.card button.primary").await;
    browser.shows("What the account may use is changed").await;
}

async fn administrators(browser: &Browser) {
    browser.go("/MobileAdmin/administrators").await;
    browser.fill("name", "emil").await;
    browser.click("main form.form button.primary").await;
    browser.shows("emil is an administrator now").await;
    browser.check("administrator-made").await;
    browser.find("select[aria-label='Role of emil']").await.send_keys("P").await.unwrap();
    browser.click("button[aria-label='Set the role of emil']").await;
    browser.shows("emil has the role").await;
    browser.click("a[aria-label='Remove emil']").await;
    browser.click("button.sure").await;
    browser.shows("emil is no administrator any more").await;
}

async fn tokens(browser: &Browser) {
    browser.go("/MobileAdmin/tokens").await;
    browser.fill("name", "inventory").await;
    browser.click("main form.form button.primary").await;
    browser.shows("It is not shown again").await;
    browser.check("token-made").await;
    browser.click("button[aria-label='Take away inventory']").await;
    browser.shows("The token is taken away").await;
}

async fn own_sign_in(bed: &Bed, browser: &Browser) {
    browser.go("/MobileAdmin/me/password").await;
    for (field, text) in [("old", PASSWORD), ("new", "quite another one"), ("again", "quite another one")] {
        browser.fill(field, text).await;
    }
    browser.click("main button.primary").await;
    browser.arrives("/MobileAdmin").await;
    browser.go("/MobileAdmin/me/second-factor").await;
    let secret: String = browser.find("code.secret").await.text().await.unwrap().split(' ').collect();
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let code = totp.generate(u64::try_from(bed.app.clock.now().as_second()).unwrap()).to_string();
    browser.fill("code", &code).await;
    browser.click("main button.primary").await;
    browser.shows("Recovery codes").await;
    browser.check("recovery-codes").await;
    let recovery = browser.find(".codes code").await.text().await.unwrap();
    browser.click(".who button").await;
    browser.arrives("/MobileAdmin/sign-in").await;
    browser.fill("name", "owner").await;
    browser.fill("password", "quite another one").await;
    browser.click("button.primary").await;
    browser.arrives("/MobileAdmin/sign-in/code").await;
    browser.check("sign-in-code").await;
    browser.fill("code", &recovery).await;
    browser.click("button.primary").await;
    browser.arrives("/MobileAdmin").await;
    browser.click(".who button").await;
    browser.arrives("/MobileAdmin/sign-in").await;
}

async fn own_device(browser: &Browser) {
    browser.sign_in("ben").await;
    browser.arrives("/MobileAdmin/me").await;
    browser.click("a[href='/MobileAdmin/me/app-passwords']").await;
    browser.fill("name", "tablet").await;
    browser.click("main button.primary").await;
    browser.shows("App password for tablet").await;
    browser.check("app-password").await;
    browser.click("main a.primary").await;
    browser.check("user-app-passwords").await;
    browser.click("button[aria-label='Take away tablet']").await;
    browser.shows("The app password is taken away").await;
    browser.go("/MobileAdmin/me/devices/androidc7654321/remove").await;
    browser.check("user-remove").await;
    browser.click("button.danger").await;
    browser.shows("cancel it first").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_on_a_desk() {
    every_action(DESKTOP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_on_a_phone() {
    every_action(PHONE).await;
}

/// JavaScript is comfort, and nothing needs it.
#[tokio::test(flavor = "multi_thread")]
async fn every_action_without_script() {
    every_action(NO_SCRIPT).await;
}

/// Pages without JavaScript.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_without_script() {
    let bed = bed().await;
    let Some(browser) = Browser::open(&bed, NO_SCRIPT).await else { return };
    browser.sign_in("owner").await;
    browser.arrives("/MobileAdmin").await;
    for (path, name) in PAGES {
        browser.go(path).await;
        browser.check(name).await;
        assert!(browser.find("main h1").await.is_displayed().await.unwrap(), "{name}");
    }
    browser.close().await;
}
