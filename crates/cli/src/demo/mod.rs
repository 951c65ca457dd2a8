//! `fieldpost demo`: a server with sample accounts in a folder of its own, and a simulated phone whose
//! steps are printed as they happen. Then it goes on serving, for a real phone.
//!
//! [`people`] makes the accounts, [`samples`] has their mail, [`show`] is what the phone does, [`guide`]
//! tells how to connect a real one.

mod guide;
mod people;
pub mod samples;
mod show;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use tempfile::TempDir;

use crate::config::Config;
use crate::config::value::DatabaseUrl;
use crate::exit::{Exit, Failure};
use crate::serve::{Asked, Server, Signals};
use crate::{account, logging, output};

/// See a phone provision, synchronise a mailbox and be pushed a message, without any configuration
///
/// Everything happens in one folder: the database, the server's own certificate, and the passwords of
/// the sample accounts. The server listens on this machine alone, unless --listen says otherwise.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldpost demo
  fieldpost demo --exit
  fieldpost demo --dir ./fieldpost-demo --listen 0.0.0.0:8443

Exit code: 0 all that was shown worked, 1 something did not.")]
pub struct DemoArgs {
    /// Folder for all that the demo makes; kept, and used again next time. Without it, a temporary one
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// Address for phones; 0.0.0.0:8443 lets real phones on your network connect
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// End when the simulated phone is done
    #[arg(long)]
    exit: bool,
    /// How much the server logs to standard error
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    log: String,
}

/// Runs it.
pub async fn run(args: DemoArgs) -> Result<Exit, Failure> {
    let folder = Folder::make(args.dir.as_deref())?;
    let mut config = configuration(folder.path(), &args);
    logging::start(&config.log)?;
    let mut signals = Signals::new()?;
    let server = start(&mut config, &args).await?;
    let people = people::settle(&server.app, folder.path()).await?;
    let administrator = people::administrator(&server.app).await?;
    output::line(&guide::introduction(&server.addresses, folder.path(), &people, administrator.as_ref()))?;

    let shown = tokio::select! {
        shown = show::show(&server.addresses, &people) => shown,
        () = signals.stop() => Err(Failure::failed("interrupted")),
    };
    if shown.is_ok() && !args.exit {
        let certificate = server.certificate();
        output::line(&guide::real_phone(&server.addresses, certificate.as_ref(), &people))?;
        while signals.next().await == Asked::Reload {}
    }
    server.stop().await;
    shown.map(|()| Exit::Done)
}

/// Starts the server. Where nobody chose the port and another program has it, any free one will do.
async fn start(config: &mut Config, args: &DemoArgs) -> Result<Server, Failure> {
    let usual = SocketAddr::from(([127, 0, 0, 1], 8443));
    if args.listen == usual && std::net::TcpListener::bind(usual).is_err() {
        config.listen.https = vec![SocketAddr::from(([127, 0, 0, 1], 0))];
    }
    Server::start(config).await
}

fn configuration(folder: &Path, args: &DemoArgs) -> Config {
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut config = Config::default();
    config.server.data = folder.to_owned();
    config.server.name = Some("localhost".to_owned());
    config.storage.url = Some(DatabaseUrl::sqlite(&folder.join("fieldpost.db")));
    config.listen.https = vec![args.listen];
    config.listen.lmtp = vec![loopback];
    config.admin.listen = vec![loopback];
    config.mail.domains = people::DOMAINS.map(str::to_owned).to_vec();
    config.log.level.clone_from(&args.log);
    if !args.listen.ip().is_loopback() {
        config.tls.names = guide::reachable(args.listen.ip()).into_iter().map(|ip| ip.to_string()).collect();
    }
    config
}

/// Where all that the demo makes lies.
enum Folder {
    /// Removed at the end.
    Temporary(TempDir),
    Kept(PathBuf),
}

impl Folder {
    fn make(dir: Option<&Path>) -> Result<Folder, Failure> {
        match dir {
            None => {
                let folder = tempfile::Builder::new().prefix("fieldpost-demo-").tempdir()?;
                Ok(Folder::Temporary(folder))
            }
            Some(dir) => {
                let mut config = Config::default();
                config.server.data = dir.to_owned();
                account::make_data_folder(&config)?;
                Ok(Folder::Kept(dir.canonicalize()?))
            }
        }
    }

    fn path(&self) -> &Path {
        match self {
            Folder::Temporary(folder) => folder.path(),
            Folder::Kept(path) => path,
        }
    }
}
