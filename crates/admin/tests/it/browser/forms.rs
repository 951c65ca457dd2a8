//! Every form of every page, really filled and sent: with the keyboard alone, on a phone, and without JavaScript.
//!
//! [`ROWS`] is the table of them, in [`super::rows`]. A form on any page that is in no row fails the run, and so does an address that
//! takes forms and has no row.

use thirtyfour::prelude::*;

use super::chromium::{Browser, KEYBOARD, Look, NO_SCRIPT, PHONE};
use super::rows::Do::{self, Code, Enter, Pick, Spare, Tick, Use};
use super::rows::{ROWS, Row};
use super::world::world;
use crate::bed::Bed;

/// Whether an address is one of a pattern: the same, but for segments in braces.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    let same = |(one, other): (&&str, &&str)| one == other || (one.starts_with('{') && !other.is_empty());
    pattern.len() == path.len() && pattern.iter().zip(&path).all(same)
}

/// Every form of the page is in the table.
pub async fn are_known(browser: &Browser, page: &str) {
    for form in browser.driver.find_all(By::Css("form")).await.unwrap() {
        let action = form.attr("action").await.unwrap().unwrap_or_default();
        let place = action.strip_prefix("/MobileAdmin").unwrap_or(&action);
        assert!(ROWS.iter().any(|row| fits(row.form, place)), "{page}: the form to {action} is in no row");
    }
}

/// Every address that takes forms has a row.
#[test]
fn every_form_is_in_the_table() {
    let source = include_str!("../../../src/web/mod.rs");
    let routes: Vec<&str> = source
        .split(".route(\"")
        .skip(1)
        .filter(|rest| rest.split(".route(").next().is_some_and(|route| route.contains("post(")))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(routes.len() > 30, "{routes:?}");
    for route in routes {
        assert!(ROWS.iter().any(|row| fits(route, row.form)), "{route} takes forms and is in no row");
    }
}

/// Somebody who goes through the table.
struct Run {
    bed: Bed,
    browser: Browser,
    who: &'static str,
    spare: Vec<String>,
}

impl Run {
    /// The code that an authenticator app shows for the secret on the page.
    async fn code(&self) -> String {
        let secret: String =
            self.browser.find("code.secret").await.text().await.unwrap().split(' ').collect();
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(self.bed.app.clock.now().as_second()).unwrap()).to_string()
    }

    async fn step(&mut self, step: Do) {
        match step {
            Enter(field, text) => self.browser.enter(field, text).await,
            Pick(list, text) => self.browser.pick(list, text).await,
            Tick(field) => self.browser.tick(field).await,
            Use(selector) => self.browser.use_it(selector).await,
            Code(field) => {
                let code = self.code().await;
                self.browser.enter(field, &code).await;
            }
            Spare(field) => {
                let code = self.spare.pop().unwrap();
                self.browser.enter(field, &code).await;
            }
        }
    }

    async fn row(&mut self, row: &Row) {
        let browser = &self.browser;
        if row.who != self.who {
            if !browser.driver.find_all(By::Css(".who button")).await.unwrap().is_empty() {
                browser.use_it(".who button").await;
            }
            browser.arrives("/MobileAdmin/sign-in").await;
            browser.sign_in(row.who).await;
            self.who = row.who;
        }
        if !row.page.is_empty() {
            browser.go(&format!("/MobileAdmin{}", row.page)).await;
        }
        for step in row.steps {
            are_known(&self.browser, row.form).await;
            self.step(*step).await;
        }
        self.browser.shows(row.shows).await;
        are_known(&self.browser, row.form).await;
        if !row.look.is_empty() {
            self.browser.check(row.look).await;
        }
        for code in self.browser.driver.find_all(By::Css(".codes code")).await.unwrap() {
            self.spare.push(code.text().await.unwrap());
        }
    }
}

async fn every_form(look: Look) {
    let bed = world().await;
    let Some(browser) = Browser::open(&bed, look).await else { return };
    let mut run = Run { bed, browser, who: "owner", spare: Vec::new() };
    for row in ROWS {
        run.row(row).await;
    }
    run.browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_by_keyboard() {
    every_form(KEYBOARD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_on_a_phone() {
    every_form(PHONE).await;
}

/// JavaScript is comfort, and nothing needs it.
#[tokio::test(flavor = "multi_thread")]
async fn every_form_without_script() {
    every_form(NO_SCRIPT).await;
}
