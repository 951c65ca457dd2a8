//! `fieldpost serve` as a child process, in a folder and with a database of its own, which can be killed
//! and started again on the same data and the same ports.
//!
//! The binary's path comes from the caller: in the tests of `cli` it is `env!("CARGO_BIN_EXE_fieldpost")`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tempfile::TempDir;

use crate::database::Database;

/// How long a server may take to start, or to stop when it is asked to, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The domain of the accounts that tests make.
pub const DOMAIN: &str = "example.test";

/// The addresses that a server prints when it is ready.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Addresses {
    /// HTTPS, for phones.
    pub https: Vec<SocketAddr>,
    /// Plain HTTP.
    pub http: Vec<SocketAddr>,
    /// SMTP.
    pub smtp: Vec<SocketAddr>,
    /// LMTP.
    pub lmtp: Vec<SocketAddr>,
    /// The web tool.
    pub admin: Vec<SocketAddr>,
    /// PEM file of the authority that the server made for its own certificate.
    pub authority: Option<PathBuf>,
}

/// A server that runs, or ran.
#[derive(Debug)]
pub struct Fieldpost {
    binary: PathBuf,
    settings: BTreeMap<(String, String), String>,
    child: Option<Child>,
    /// Where it listens. The ports stay the same over restarts.
    pub addresses: Addresses,
    // Dropped last: the child uses both.
    database: Database,
    folder: TempDir,
}

impl Fieldpost {
    /// Prepares a server with SQLite. Every listener is on a free port of the loopback address.
    pub fn new(binary: &str) -> Fieldpost {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = Database::sqlite(folder.path());
        Fieldpost::in_folder(binary, folder, database)
    }

    /// Prepares a server with this database.
    pub fn with_database(binary: &str, database: Database) -> Fieldpost {
        Fieldpost::in_folder(binary, tempfile::tempdir().expect("a temporary folder"), database)
    }

    /// One server with SQLite, and one with PostgreSQL where there is one.
    pub fn each(binary: &str) -> Vec<Fieldpost> {
        let postgres = Database::postgres().map(|database| Fieldpost::with_database(binary, database));
        std::iter::once(Fieldpost::new(binary)).chain(postgres).collect()
    }

    fn in_folder(binary: &str, folder: TempDir, database: Database) -> Fieldpost {
        let url = format!("{:?}", database.url());
        let data = format!("{:?}", folder.path().display().to_string());
        let mut server = Fieldpost {
            binary: binary.into(),
            settings: BTreeMap::new(),
            child: None,
            addresses: Addresses::default(),
            database,
            folder,
        };
        for (section, key, value) in [
            ("server", "data", data.as_str()),
            ("server", "name", "\"localhost\""),
            ("listen", "https", "[\"127.0.0.1:0\"]"),
            ("listen", "http", "[\"127.0.0.1:0\"]"),
            ("listen", "smtp", "[\"127.0.0.1:0\"]"),
            ("listen", "lmtp", "[\"127.0.0.1:0\"]"),
            ("admin", "listen", "[\"127.0.0.1:0\"]"),
            ("storage", "url", url.as_str()),
            ("mail", "domains", &format!("[{DOMAIN:?}]")),
            ("log", "level", "\"debug\""),
        ] {
            server.set(section, key, value);
        }
        server
    }

    /// Sets a setting, in the form that it has in a TOML file.
    pub fn set(&mut self, section: &str, key: &str, value: &str) -> &mut Fieldpost {
        self.settings.insert((section.to_owned(), key.to_owned()), value.to_owned());
        self.write_configuration();
        self
    }

    /// Removes a setting, so that it has its default.
    pub fn unset(&mut self, section: &str, key: &str) -> &mut Fieldpost {
        self.settings.remove(&(section.to_owned(), key.to_owned()));
        self.write_configuration();
        self
    }

    fn write_configuration(&self) {
        let mut text = String::new();
        let mut current = "";
        for ((section, key), value) in &self.settings {
            if section != current {
                let _ = writeln!(text, "[{section}]");
                current = section;
            }
            let _ = writeln!(text, "{key} = {value}");
        }
        fs::write(self.configuration(), text).expect("the configuration can be written");
    }

    /// The URL of its database.
    pub fn database(&self) -> &str {
        self.database.url()
    }

    /// The configuration file.
    pub fn configuration(&self) -> PathBuf {
        self.folder.path().join("fieldpost.toml")
    }

    /// The server's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Everything that it and those before it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("fieldpost.log")
    }

    /// A command of the binary with this configuration and no settings from this environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--config").arg(self.configuration()).current_dir(self.folder.path());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FIELDPOST_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs a command of the binary to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().expect("the binary runs")
    }

    /// Makes an account of [`DOMAIN`] and gives its address.
    pub fn add_account(&self, name: &str, password: &str) -> String {
        let address = format!("{name}@{DOMAIN}");
        let file = self.folder.path().join(format!("{name}.password"));
        fs::write(&file, password).expect("a file with a password");
        let file = file.display().to_string();
        let output = self.run(&["account", "add", &address, "--password-file", &file]);
        assert!(output.status.success(), "account add: {}", String::from_utf8_lossy(&output.stderr));
        address
    }

    /// Starts it and waits until it listens.
    ///
    /// # Panics
    /// It ends, or is not ready in time: with its log.
    pub fn start(&mut self) -> &mut Fieldpost {
        assert!(self.child.is_none(), "the server runs already");
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.log_file())
            .expect("the log can be written");
        let mut child = self
            .command(&["serve", "--print-addresses"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the binary starts");
        let out = child.stdout.take().expect("its output is piped");
        self.child = Some(child);
        let (send, line) = mpsc::channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(out).lines();
            let _ = send.send(lines.next().and_then(Result::ok));
            // Read to the end, so that the server never waits for a reader.
            lines.for_each(drop);
        });
        let line = line.recv_timeout(PATIENCE).ok().flatten();
        let Some(line) = line else { panic!("the server is not ready; its log:\n{}", self.log()) };
        self.addresses = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line}: {error}"));
        self.keep_ports();
        self
    }

    fn keep_ports(&mut self) {
        let Addresses { https, http, smtp, lmtp, admin, .. } = self.addresses.clone();
        let listeners = [
            ("listen", "https", https),
            ("listen", "http", http),
            ("listen", "smtp", smtp),
            ("listen", "lmtp", lmtp),
            ("admin", "listen", admin),
        ];
        for (section, key, addresses) in listeners {
            let quoted: Vec<String> = addresses.iter().map(|address| format!("\"{address}\"")).collect();
            self.set(section, key, &format!("[{}]", quoted.join(", ")));
        }
    }

    /// The URL for phones, over TLS.
    pub fn https(&self) -> String {
        format!("https://localhost:{}", self.addresses.https.first().expect("an https listener").port())
    }

    /// The URL for phones, without TLS.
    pub fn http(&self) -> String {
        format!("http://{}", self.addresses.http.first().expect("an http listener"))
    }

    /// The URL of the web tool.
    pub fn admin(&self) -> String {
        let port = self.addresses.admin.first().expect("the web tool's listener").port();
        format!("https://localhost:{port}/MobileAdmin")
    }

    /// Host and port for LMTP.
    pub fn lmtp(&self) -> String {
        self.addresses.lmtp.first().expect("an lmtp listener").to_string()
    }

    /// Host and port for SMTP.
    pub fn smtp(&self) -> String {
        self.addresses.smtp.first().expect("an smtp listener").to_string()
    }

    /// The process, if it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// `kill -9`, at whatever point it is.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Kills it and starts it again, on the same data and ports.
    pub fn kill_and_start(&mut self) -> &mut Fieldpost {
        self.kill();
        self.start()
    }

    /// Sends a signal, by its name: `TERM`, `HUP`.
    pub fn signal(&self, name: &str) {
        let id = self.id().expect("the server runs").to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().expect("kill runs");
        assert!(sent.success(), "kill -s {name} {id}");
    }

    /// Asks it to stop, and gives its exit code.
    ///
    /// # Panics
    /// It does not stop in time.
    pub fn stop(&mut self) -> Option<i32> {
        self.signal("TERM");
        let mut child = self.child.take()?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = child.try_wait().expect("the child can be waited for") {
                return status.code();
            }
            if Instant::now() > deadline {
                let _ = child.kill();
                let _ = child.wait();
                panic!("the server does not stop; its log:\n{}", self.log());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Fieldpost {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("the server's log:\n{}", self.log());
        }
    }
}
