//! A PostgreSQL cluster of our own: in a temporary directory, on a free port of the loopback interface, gone
//! when the tests are.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Trouble;
use crate::test::packages;

/// PostgreSQL refuses to run as root; root runs it as this user, which Debian's package makes.
const SERVICE_USER: &str = "postgres";
/// The superuser inside the cluster.
const SUPERUSER: &str = "fieldpost";

/// A running cluster, stopped and removed when dropped.
pub struct Cluster {
    directory: TempDir,
    binaries: PathBuf,
    port: u16,
    server: Child,
}

impl Cluster {
    /// Makes and starts one.
    pub fn start() -> Result<Cluster, Trouble> {
        let binaries = binaries().ok_or("postgresql-15 is not installed")?;
        let directory = tempfile::Builder::new().prefix("fieldpost-postgres-").tempdir()?;
        if packages::is_root() {
            let (user, group) = (id("-u")?, id("-g")?);
            chown(directory.path(), Some(user), Some(group))?;
        }
        let data = directory.path().join("data");
        let made = unprivileged(&binaries.join("initdb"), directory.path())
            .arg("--pgdata")
            .arg(&data)
            .args([
                "--username",
                SUPERUSER,
                "--auth",
                "trust",
                "--encoding",
                "UTF8",
                "--locale",
                "C",
                "--no-sync",
            ])
            .output()?;
        if !made.status.success() {
            return Err(format!("initdb failed: {}", String::from_utf8_lossy(&made.stderr).trim()).into());
        }
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let log = File::create(directory.path().join("log"))?;
        let server = unprivileged(&binaries.join("postgres"), directory.path())
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=400"])
            .arg("-c")
            .arg(format!("unix_socket_directories={}", directory.path().display()))
            // The cluster does not outlive the tests, so it need not outlive the machine either.
            .args(["-c", "fsync=off", "-c", "full_page_writes=off"])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut cluster = Cluster { directory, binaries, port, server };
        cluster.wait_until_ready()?;
        eprintln!("started PostgreSQL on port {port} in {}", cluster.directory.path().display());
        Ok(cluster)
    }

    /// The URL of a database in which tests may make databases of their own.
    pub fn url(&self) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self) -> Result<(), Trouble> {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.server.try_wait()? {
                let log = fs::read_to_string(self.directory.path().join("log")).unwrap_or_default();
                return Err(format!("the server ended with {status}: {}", log.trim()).into());
            }
            let listens = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok();
            if listens && self.is_ready() {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        Err("the server did not become ready within a minute".into())
    }

    fn is_ready(&self) -> bool {
        let status = Command::new(self.binaries.join("pg_isready"))
            .args(["--quiet", "--host", "127.0.0.1", "--port", &self.port.to_string()])
            .status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = unprivileged(&self.binaries.join("pg_ctl"), self.directory.path())
            .args(["stop", "--silent", "--mode", "immediate", "--pgdata"])
            .arg(self.directory.path().join("data"))
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            // It may have ended by itself, or never have got so far.
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

/// The directory of PostgreSQL's programs: the newest of Debian's, or the one in `PATH`.
pub fn binaries() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian
        .map(|entry| entry.path().join("bin"))
        .filter(|binaries| binaries.join("initdb").is_file())
        .max_by_key(|binaries| {
            let version = binaries.parent().and_then(Path::file_name).unwrap_or_default();
            version.to_string_lossy().parse::<u32>().unwrap_or_default()
        });
    newest.or_else(|| packages::find_in_path("initdb")?.parent().map(Path::to_path_buf))
}

/// A program that runs as a user who is not root, in a directory that this user can enter, and that ends when
/// we do, however that happens.
fn unprivileged(program: &Path, directory: &Path) -> Command {
    let mut command = if packages::is_in_path("setpriv") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "QUIT"]);
        if packages::is_root() {
            command.args(["--reuid", SERVICE_USER, "--regid", SERVICE_USER, "--init-groups"]);
        }
        command.arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(directory).env_remove("PGHOST").env_remove("PGPORT").env_remove("PGDATA");
    command
}

/// A number of the service user: `-u` or `-g`.
fn id(which: &str) -> Result<u32, Trouble> {
    let output = Command::new("id").args([which, SERVICE_USER]).output()?;
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().map_err(|_| format!("there is no user {SERVICE_USER}").into())
}
