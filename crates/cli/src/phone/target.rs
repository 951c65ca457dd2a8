//! Which server, and as whom.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use fieldpost_eas::Version;
use fieldpost_phone::scenario::Speak;
use fieldpost_phone::{Identity, Obedience, Phone, QueryForm, State, Timeouts, Trust};
use secrecy::SecretString;

use crate::config::secret;
use crate::exit::Failure;

/// Which server, and as whom.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// URL of the server; the usual path is added where there is none
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// Name to sign in with: alice, alice@example.org or EXAMPLE\alice
    #[arg(long, value_name = "NAME")]
    pub user: String,
    /// File with the password on its first line
    #[arg(long, value_name = "FILE")]
    pub password_file: PathBuf,
    /// Version of the protocol, 2.5 to 16.1; without it, the highest that both sides know
    #[arg(long, value_name = "VERSION", value_parser = version)]
    pub version: Option<Version>,
    /// Write the query of requests in its base64 form (from version 12.1)
    #[arg(long)]
    pub base64_query: bool,
    /// How far the phone obeys policies: full, refuses, managed, ignorant, or without: and the elements that it
    /// can't enforce, as in without:AllowCamera,AllowWiFi
    #[arg(long, value_name = "HOW", default_value = "full")]
    pub obeys: Obedience,
    /// Trust the certificate authorities in this PEM file, and no others
    #[arg(long, value_name = "FILE", conflicts_with = "insecure")]
    pub authority: Option<PathBuf>,
    /// Take any certificate: whoever stands in between can read the password
    #[arg(long)]
    pub insecure: bool,
}

fn version(text: &str) -> Result<Version, String> {
    text.parse().map_err(|_| "versions are 2.5, 12.0, 12.1, 14.0, 14.1, 16.0 and 16.1".to_owned())
}

impl Target {
    /// Who the phone is.
    pub fn identity(&self) -> Result<Identity, Failure> {
        let password = SecretString::from(secret(&self.password_file)?);
        let mut identity = Identity::new(&self.user, password).map_err(Failure::usage)?;
        if let Some(version) = self.version {
            identity = identity.with_version(version);
        }
        if self.base64_query {
            identity = identity.with_query(QueryForm::Base64);
        }
        Ok(identity)
    }

    /// Whom it trusts to be the server.
    pub fn trust(&self) -> Result<Trust, Failure> {
        if self.insecure {
            return Ok(Trust::Insecure);
        }
        let Some(file) = &self.authority else { return Ok(Trust::System) };
        let pem = fs::read(file).map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
        Trust::authorities_from_pem(&pem).map_err(Failure::usage)
    }

    /// Which version it settles on.
    pub fn speak(&self) -> Speak {
        self.version.map_or(Speak::AtMost(Version::V16_1), Speak::Exactly)
    }

    /// The phone, with what it remembered before where that is given. Nothing is sent yet.
    pub fn phone(&self, memory: Option<Memory>) -> Result<Phone, Failure> {
        let identity = self.identity()?;
        let trust = self.trust()?;
        let phone = |identity| {
            let phone = Phone::new(identity, &self.server, &trust, Timeouts::default());
            let mut phone = phone.map_err(Failure::usage)?;
            phone.obedience = self.obeys.clone();
            Ok(phone)
        };
        match memory {
            None => phone(identity),
            Some(memory) => {
                let identity = identity.with_device_id(&memory.device_id).map_err(Failure::usage)?;
                Ok(phone(identity)?.with_state(memory.state))
            }
        }
    }
}

/// What a phone remembers from one run to the next.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Memory {
    device_id: String,
    state: State,
}

impl Memory {
    /// What the file holds; none where there is no file yet.
    pub fn load(path: &Path) -> Result<Option<Memory>, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::usage(format!("{}: {error}", path.display()))),
        };
        let unreadable = |error| Failure::usage(format!("{}: not a phone's memory: {error}", path.display()));
        serde_json::from_str(&text).map(Some).map_err(unreadable)
    }

    /// Writes what the phone knows now.
    pub fn save(phone: &Phone, path: &Path) -> Result<(), Failure> {
        let memory =
            Memory { device_id: phone.identity.device_id.as_str().to_owned(), state: phone.state.clone() };
        let text = serde_json::to_string(&memory).map_err(Failure::failed)?;
        fs::write(path, text).map_err(|error| Failure::failed(format!("{}: {error}", path.display())))
    }
}
