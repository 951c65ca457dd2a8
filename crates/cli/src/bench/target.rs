//! Which server is measured, and with which accounts.

use clap::Args;
use fieldpost_eas::Version;
use fieldpost_phone::bench::courier::Route;
use fieldpost_phone::bench::{Login, Target as Measured};
use fieldpost_phone::lmtp::Protocol;
use fieldpost_phone::state::SyncOptions;
use fieldpost_phone::{QueryForm, Timeouts};
use secrecy::SecretString;

use crate::config::secret;
use crate::exit::Failure;
use crate::phone::target::Target;

/// Which server, and as whom.
#[derive(Debug, Args)]
pub struct BenchTarget {
    #[command(flatten)]
    target: Target,
    /// So many accounts, of one password; {} in the name stands for 1, 2, 3 and so on
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    accounts: usize,
    /// Address that mail for an account is delivered to, with {} as in the name; without it, the name
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// What the ids of the phones begin with: the same again means the same phones
    #[arg(long, value_name = "LETTERS", default_value = "fpbench")]
    device_prefix: String,
    /// Process of the server on this machine, whose memory and CPU are measured with its children's; can
    /// be given again
    #[arg(long = "server-pid", value_name = "PID")]
    server_pids: Vec<u32>,
}

impl BenchTarget {
    /// As the measurements take it.
    pub fn measured(&self) -> Result<Measured, Failure> {
        let password = SecretString::from(secret(&self.target.password_file)?);
        let login = |number: usize| {
            let numbered = |text: &str| text.replace("{}", &number.to_string());
            Login {
                user: numbered(&self.target.user),
                password: password.clone(),
                address: numbered(self.address.as_deref().unwrap_or(&self.target.user)),
            }
        };
        Ok(Measured {
            url: self.target.server.clone(),
            trust: self.target.trust()?,
            timeouts: Timeouts::default(),
            version: self.target.version.unwrap_or(Version::V16_1),
            query: if self.target.base64_query { QueryForm::Base64 } else { QueryForm::Plain },
            logins: (1..=self.accounts).map(login).collect(),
            device_prefix: self.device_prefix.clone(),
            server_pids: self.server_pids.clone(),
        })
    }
}

/// The way that measured messages take.
#[derive(Debug, Args)]
pub struct RouteArgs {
    /// Deliver by LMTP to this host and port; without it and --smtp, by SendMail as the first account
    #[arg(long, value_name = "HOST:PORT", conflicts_with = "smtp")]
    lmtp: Option<String>,
    /// Deliver by SMTP to this host and port
    #[arg(long, value_name = "HOST:PORT")]
    smtp: Option<String>,
}

impl RouteArgs {
    /// As the measurements take it.
    pub fn route(&self) -> Route {
        match (&self.lmtp, &self.smtp) {
            (Some(to), _) => Route::Mail(to.clone(), Protocol::Lmtp),
            (None, Some(to)) => Route::Mail(to.clone(), Protocol::Smtp),
            (None, None) => Route::SendMail,
        }
    }
}

/// How the phone wants messages.
#[derive(Debug, Args)]
pub struct WishArgs {
    /// Most messages in one answer
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    window: u32,
    /// Form of the body: 1 text, 2 HTML, 4 MIME
    #[arg(long, value_name = "TYPE", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=4))]
    body_type: u8,
    /// Most bytes of a body; 0: all
    #[arg(long, value_name = "BYTES", default_value_t = 10_240)]
    truncation: u32,
}

impl WishArgs {
    /// As the measurements take it.
    pub fn options(&self) -> SyncOptions {
        SyncOptions {
            window: Some(self.window),
            body_type: self.body_type,
            truncation: (self.truncation != 0).then_some(self.truncation),
            ..SyncOptions::default()
        }
    }
}
