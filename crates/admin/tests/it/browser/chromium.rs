//! A Chromium of one test, driven through chromedriver, and what is asked of every page.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fieldpost_net::http::Forwarded;
use fieldpost_net::limits::Limits;
use fieldpost_net::listener::Listener;
use fieldpost_net::tls::{Source, Tls};
use hyper::Method;
use serde_json::json;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities, RequestData, SessionId};

use crate::bed::{Bed, PASSWORD};

/// How the browser is.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub name: &'static str,
    /// Width and height in CSS pixels.
    pub size: (u32, u32),
    pub dark: bool,
    pub script: bool,
    /// Forms are filled and sent with the keyboard alone.
    pub keyboard: bool,
}

pub const DESKTOP: Look =
    Look { name: "desktop", size: (1280, 800), dark: false, script: true, keyboard: false };
pub const DESKTOP_DARK: Look = Look { name: "desktop-dark", dark: true, ..DESKTOP };
pub const PHONE: Look = Look { name: "phone", size: (390, 844), ..DESKTOP };
pub const PHONE_DARK: Look = Look { name: "phone-dark", dark: true, ..PHONE };
pub const NO_SCRIPT: Look = Look { name: "no-script", script: false, ..DESKTOP };

pub const KEYBOARD: Look = Look { name: "keyboard", keyboard: true, ..DESKTOP };

/// A command of the browser's own protocol, by way of chromedriver.
#[derive(Debug)]
struct Devtools(&'static str, serde_json::Value);

impl FormatRequestData for Devtools {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("/session/{session}/goog/cdp/execute"))
            .add_body(json!({ "cmd": self.0, "params": self.1 }))
    }
}

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A browser at the web tool of a bed.
pub struct Browser {
    pub driver: WebDriver,
    pub look: Look,
    pub base: String,
    axe: Option<String>,
    _driver: Driver,
    _profile: tempfile::TempDir,
}

fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// chromedriver on a port of its own.
fn start_driver(program: &PathBuf) -> (Driver, String) {
    let mut child =
        Command::new(program).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let driver = Driver(child);
    let mut lines = BufReader::new(out).lines();
    let port = loop {
        let line = lines.next().unwrap().unwrap();
        if let Some((_, port)) = line.split_once("successfully on port ") {
            break port.trim_end_matches('.').to_owned();
        }
    };
    std::thread::spawn(move || lines.for_each(drop));
    (driver, format!("http://localhost:{port}"))
}

fn capabilities(profile: &std::path::Path, look: Look) -> Capabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", profile.display());
    for flag in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        &profile,
    ] {
        capabilities.add_arg(flag).unwrap();
    }
    if let Some(chromium) = in_path("chromium") {
        capabilities.set_binary(&chromium.display().to_string()).unwrap();
    }
    capabilities.accept_insecure_certs(true).unwrap();
    if !look.script {
        let off = json!({ "profile.managed_default_content_settings.javascript": 2 });
        capabilities.add_experimental_option("prefs", off).unwrap();
    }
    capabilities.into()
}

impl Browser {
    /// A browser that has opened nothing yet; none where there is no Chromium, which is said in one line.
    pub async fn open(bed: &Bed, look: Look) -> Option<Browser> {
        let Some(program) = in_path("chromedriver").filter(|_| in_path("chromium").is_some()) else {
            eprintln!("skipped: no chromium and chromedriver to test with");
            return None;
        };
        let limits = Limits::default();
        let listener = Listener::bind("admin", &["127.0.0.1:0".parse().unwrap()], &limits).unwrap();
        let port = listener.addresses()[0].port();
        let profile = tempfile::tempdir().unwrap();
        let source = Source::Own { folder: profile.path().join("certificate"), names: Vec::new() };
        // The clock of the test stands still, and the browser's does not.
        let tls = Tls::open(source, 1_795_435_200).unwrap();
        bed.site.serve(listener, Some(tls), Forwarded::ignore(), &limits);

        let (child, url) = start_driver(&program);
        let driver = WebDriver::new(url, capabilities(&profile.path().join("chromium"), look)).await.unwrap();
        let (width, height) = look.size;
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        driver.handle().cmd(Devtools("Emulation.setDeviceMetricsOverride", metrics)).await.unwrap();
        let scheme = if look.dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        driver.handle().cmd(Devtools("Emulation.setEmulatedMedia", media)).await.unwrap();
        let axe = std::env::var("FIELDPOST_TEST_AXE").ok().map(|file| std::fs::read_to_string(file).unwrap());
        if axe.is_none() && look.script {
            eprintln!("skipped: accessibility rules; set FIELDPOST_TEST_AXE to the file axe.min.js");
        }
        let base = format!("https://localhost:{port}");
        Some(Browser { driver, look, base, axe, _driver: child, _profile: profile })
    }

    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    pub async fn find(&self, selector: &str) -> WebElement {
        match self.driver.find(By::Css(selector)).await {
            Ok(element) => element,
            Err(_) => panic!("{selector} is not on the page:\n{}", self.driver.source().await.unwrap()),
        }
    }

    /// Waits for a text to be on the page: a form's answer takes its time.
    pub async fn shows(&self, text: &str) {
        let shown = async || self.driver.source().await.is_ok_and(|source| source.contains(text));
        self.wait_for(shown, text).await;
    }

    /// Waits for the page with this path.
    pub async fn arrives(&self, path: &str) {
        let there = async || self.driver.current_url().await.is_ok_and(|url| url.path() == path);
        self.wait_for(there, path).await;
    }

    async fn wait_for(&self, condition: impl AsyncFn() -> bool, what: &str) {
        for _ in 0..200 {
            if condition().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{what} does not come:\n{}", self.driver.source().await.unwrap());
    }

    /// Types into the field of this name.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("[name={name}]:not([type=hidden])")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Clicks, and waits for the page that a button or a link leads to.
    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        let before = self.driver.current_url().await.unwrap().to_string();
        element.click().await.unwrap();
        self.left(&element, &before).await;
    }

    /// Waits until the page of an element was left, or its address changed.
    async fn left(&self, element: &WebElement, before: &str) {
        for _ in 0..400 {
            let there = element.is_displayed().await.is_ok();
            if !there || self.driver.current_url().await.is_ok_and(|url| url.as_str() != before) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Types into a field what it is to hold.
    pub async fn enter(&self, selector: &str, text: &str) {
        if self.look.keyboard {
            self.focus(selector).await;
            let all = self.driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control);
            all.perform().await.unwrap();
            self.press(Key::Delete + text).await;
        } else {
            let field = self.find(selector).await;
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        }
    }

    /// Chooses what begins with this text in a list.
    pub async fn pick(&self, selector: &str, text: &str) {
        if self.look.keyboard {
            self.focus(selector).await;
            self.press(text).await;
        } else {
            self.find(selector).await.send_keys(text).await.unwrap();
        }
    }

    /// Sets a box, or clears it, or chooses one of several.
    pub async fn tick(&self, selector: &str) {
        if !self.look.keyboard {
            self.find(selector).await.click().await.unwrap();
            return;
        }
        let kind = self.find(selector).await.attr("type").await.unwrap();
        if kind.as_deref() == Some("checkbox") {
            self.focus(selector).await;
            self.press(" ").await;
            return;
        }
        // Of several that exclude each other Tab reaches the chosen one, and arrows the others.
        let name = self.find(selector).await.attr("name").await.unwrap().unwrap();
        self.focus(&format!("input[name='{name}']:checked")).await;
        let chosen = format!("return document.querySelector({selector:?}).checked");
        for _ in 0..9 {
            if self.ask(&chosen).await == json!(true) {
                return;
            }
            self.press(Key::Down + "").await;
        }
        panic!("{selector} can't be chosen by keyboard");
    }

    /// Uses a button or a link, and waits for where it leads.
    pub async fn use_it(&self, selector: &str) {
        if !self.look.keyboard {
            return self.click(selector).await;
        }
        let element = self.find(selector).await;
        let before = self.driver.current_url().await.unwrap().to_string();
        self.focus(selector).await;
        self.press(Key::Enter + "").await;
        self.left(&element, &before).await;
    }

    /// Goes with the Tab key to an element.
    pub async fn focus(&self, selector: &str) {
        let there = format!(
            "const e = document.querySelector({selector:?}); return !e ? 'none' : document.activeElement === e"
        );
        for _ in 0..400 {
            match self.ask(&there).await {
                serde_json::Value::Bool(true) => return,
                serde_json::Value::String(_) => break,
                _ => self.press(Key::Tab + "").await,
            }
        }
        panic!("{selector} is out of the keyboard's reach:\n{}", self.driver.source().await.unwrap());
    }

    /// Presses keys, wherever the focus is.
    pub async fn press(&self, keys: impl Into<thirtyfour::TypingData>) {
        self.driver.action_chain().send_keys(keys).perform().await.unwrap();
    }

    pub async fn sign_in(&self, name: &str) {
        self.go("/MobileAdmin/sign-in").await;
        self.fill("name", name).await;
        self.fill("password", PASSWORD).await;
        self.click("button.primary").await;
    }

    /// Runs a script and gives its result.
    pub async fn ask(&self, script: &str) -> serde_json::Value {
        self.driver.execute(script, Vec::new()).await.unwrap().json().clone()
    }

    /// Looks at the page: a picture for whoever asked for one, and the rules that hold for all pages.
    pub async fn check(&self, name: &str) {
        let name = format!("{}-{name}", self.look.name);
        if let Some(folder) = std::env::var_os("FIELDPOST_TEST_SCREENSHOTS") {
            self.picture(&PathBuf::from(folder).join(format!("{name}.png"))).await;
        }
        if !self.look.script {
            return;
        }
        let wide = self.ask("return document.scrollingElement.scrollWidth - window.innerWidth").await;
        assert!(wide.as_i64().unwrap() <= 0, "{name}: it is {wide} pixels too wide");
        let sizes = "return [...document.querySelectorAll('a.button, button, input:not([type=hidden]), select, summary, nav a')]
            .filter(e => e.checkVisibility() && !['checkbox', 'radio'].includes(e.type))
            .filter(e => e.getBoundingClientRect().height < 44)
            .map(e => e.outerHTML.slice(0, 90))";
        if self.look.size.0 < 600 {
            let small = self.ask(sizes).await;
            assert_eq!(small, json!([]), "{name}: too small for a thumb");
        }
        if let Some(axe) = &self.axe {
            self.driver.execute(axe.as_str(), Vec::new()).await.unwrap();
            let script = "const done = arguments[arguments.length - 1];
                axe.run(document, { resultTypes: ['violations'] }).then(result => done(result.violations.map(
                    violation => violation.id + ': ' + violation.nodes.map(
                        node => node.html + ' -- ' + node.failureSummary).join(' | '))))";
            let found = self.driver.execute_async(script, Vec::new()).await.unwrap();
            assert_eq!(found.json(), &json!([]), "{name}");
        }
    }

    async fn picture(&self, file: &std::path::Path) {
        use base64::Engine as _;
        let options = json!({ "format": "png", "captureBeyondViewport": true });
        let shot = self.driver.handle().cmd(Devtools("Page.captureScreenshot", options)).await.unwrap();
        let shot: serde_json::Value = shot.value().unwrap();
        let bytes = base64::prelude::BASE64_STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    /// Goes through the page with Tab: everything that can be used gets the focus, and shows it.
    pub async fn walk(&self, name: &str) {
        let mark = "window.walked = new Set();
            window.expected = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
                .filter(e => e.checkVisibility() && e.type !== 'hidden' && !e.matches(':disabled') && !(e.type === 'radio' && !e.checked));
            document.activeElement.blur(); window.getSelection().removeAllRanges();
            // A date has a stop for day, month, year and calendar.
            return window.expected.length + 3 * window.expected.filter(e => e.type === 'date').length";
        let count = self.ask(mark).await.as_u64().unwrap();
        for _ in 0..count + 3 {
            self.press(Key::Tab + "").await;
            let seen = "const e = document.activeElement; window.walked.add(e);
                return e === document.body ? true : parseFloat(getComputedStyle(e).outlineWidth) >= 2";
            assert_eq!(self.ask(seen).await, json!(true), "{name}: a focus is not to be seen");
        }
        let missed =
            "return window.expected.filter(e => !window.walked.has(e)).map(e => e.outerHTML.slice(0, 120))";
        assert_eq!(self.ask(missed).await, json!([]), "{name}: out of the keyboard's reach");
    }

    pub async fn close(self) {
        self.driver.quit().await.unwrap();
    }
}
