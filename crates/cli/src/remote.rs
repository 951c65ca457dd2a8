//! The API of a running server, over TLS: what a command asks that is given `--server`.

use std::fs;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use clap::{Args, Subcommand};
use fieldpost_admin::api::BASE;
use fieldpost_phone::transport::{Connector, Endpoint, HttpRequest, Transport};
use fieldpost_phone::{Timeouts, Trust};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Method, StatusCode};

use crate::config::secret;
use crate::exit::Failure;

/// How long an answer may take: the whole log may have to be walked.
const PATIENCE: Duration = Duration::from_secs(300);
/// Most bytes of an answer.
const ANSWER_MAX: usize = 64 << 20;

// Whom a command asks. A documentation comment would become the help of every such command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Another server")]
pub struct ServerArgs {
    /// Ask the running server at this URL, that of its web tool, instead of the store
    #[arg(long, global = true, value_name = "URL")]
    pub server: Option<String>,
    /// File with a token on its first line: `fieldpost admin token add` makes one
    #[arg(long, global = true, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Trust the certificate authorities in this PEM file, and no others
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "insecure")]
    pub authority: Option<PathBuf>,
    /// Take any certificate: whoever stands in between can read the token
    #[arg(long, global = true)]
    pub insecure: bool,
}

// A command that asks the store, or a server. Its help is that of the command, as above.
#[derive(Debug, Args)]
pub struct Over<C: Subcommand> {
    #[command(subcommand)]
    pub command: C,
    #[command(flatten)]
    pub server: ServerArgs,
}

/// A server's API.
pub struct Remote {
    transport: Transport,
    /// What the path begins with, where a proxy has the API further down.
    prefix: String,
    authorization: String,
}

impl Remote {
    /// That at `url`. Nothing is sent yet.
    ///
    /// # Errors
    /// A URL, token or certificate that can't be used; one that would carry the token in the clear.
    pub fn new(url: &str, server: &ServerArgs) -> Result<Remote, Failure> {
        let token = match &server.token_file {
            Some(file) => secret(file)?,
            None => {
                return Err(Failure::usage("give --token-file with --server: the server asks who you are"));
            }
        };
        let endpoint = Endpoint::parse(url).map_err(Failure::usage)?;
        if !endpoint.tls && !is_here(&endpoint.host) {
            return Err(Failure::usage(format!(
                "{url} has no TLS: whoever is on the way could read the token; write https://"
            )));
        }
        let timeouts = Timeouts { answer: PATIENCE, max_answer: ANSWER_MAX, ..Timeouts::default() };
        let connector = Connector::new(url, &trust(server)?, timeouts).map_err(Failure::usage)?;
        // The connector adds the phones' path where there is none.
        let prefix = match endpoint.path.as_str() {
            fieldpost_phone::transport::DEFAULT_PATH => "",
            path => path.trim_end_matches('/').trim_end_matches("/MobileAdmin").trim_end_matches(BASE),
        };
        Ok(Remote {
            transport: Transport::new(Arc::new(connector)),
            prefix: format!("{prefix}{BASE}"),
            authorization: format!("Bearer {token}"),
        })
    }

    /// Asks for `path`, which begins behind the API's own, with a body of JSON unless it is empty.
    ///
    /// # Errors
    /// No answer, or one that is not of the API.
    pub async fn ask(
        &mut self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<(StatusCode, Bytes), Failure> {
        // What is made anew by each request must not be asked for twice.
        let repeatable = method != Method::POST;
        let request = HttpRequest::new(method, format!("{}{path}", self.prefix));
        let request = request.header(AUTHORIZATION, &self.authorization).map_err(|_| {
            Failure::usage("the token has characters that no token has: look at the file of --token-file")
        })?;
        let mut request = request.header(CONTENT_TYPE, "application/json").map_err(Failure::failed)?;
        request.body = body;
        request.repeatable = repeatable;
        let answer = self.transport.send(&request, Duration::ZERO).await.map_err(|error| {
            let unsure = match error.may_have_been_acted_on() {
                true => "; whether it was done is not known: look, or ask again",
                false => "",
            };
            Failure::failed(format!("{error}{unsure}"))
        })?;
        let form = answer.headers.get(CONTENT_TYPE).and_then(|form| form.to_str().ok()).unwrap_or_default();
        let says_nothing = answer.status.is_success() && answer.body.is_empty();
        if !says_nothing && !form.contains("json") {
            let code = answer.status.as_u16();
            return Err(Failure::failed(format!(
                "{} answered {code}, and not as the administration does: give the address of the web tool, as in \
                 listen of section [admin]",
                self.transport.connector().endpoint().authority()
            )));
        }
        Ok((answer.status, answer.body))
    }
}

/// Whether a host is this machine, so that nothing goes over a network.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn trust(server: &ServerArgs) -> Result<Trust, Failure> {
    if server.insecure {
        return Ok(Trust::Insecure);
    }
    let Some(file) = &server.authority else { return Ok(Trust::System) };
    let pem = fs::read(file).map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
    Trust::authorities_from_pem(&pem).map_err(Failure::usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_out_in_the_clear() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        fs::write(&file, "fieldpost_x\n").unwrap();
        let server = ServerArgs { server: None, token_file: Some(file), authority: None, insecure: true };
        for (url, prefix) in [
            ("https://mail.example.org", Some("/api/v1")),
            ("https://mail.example.org:8443/MobileAdmin", Some("/api/v1")),
            ("https://mail.example.org/tool/api/v1/", Some("/tool/api/v1")),
            ("http://127.0.0.1:8080", Some("/api/v1")),
            ("http://[::1]", Some("/api/v1")),
            ("http://mail.example.org", None),
            ("ftp://localhost", None),
        ] {
            let remote = Remote::new(url, &server);
            assert_eq!(remote.ok().map(|remote| remote.prefix).as_deref(), prefix, "{url}");
        }
    }
}
