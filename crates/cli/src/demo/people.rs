//! The sample accounts: who they are, and their mail.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use fieldpost_domain::MailboxId;
use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::folder::FolderType;
use fieldpost_domain::role::Role;
use fieldpost_server::App;
use fieldpost_server::administration::{Actor, Administration};
use fieldpost_server::auth::password;
use fieldpost_store::{Account, AdministratorKind, Delivery, NewAccount};
use mail_parser::MessageParser;
use secrecy::{ExposeSecret, SecretString};

use super::samples;
use crate::account::generate;
use crate::exit::Failure;
use crate::import::message::{Hints, item};

/// The domains of the sample accounts, which nobody has (RFC 2606).
pub const DOMAINS: [&str; 2] = ["example.org", "example.com"];

/// Address, and the name shown. The first is the one whose phone is simulated, the second writes to her.
const PEOPLE: [(&str, &str); 3] = [
    ("anna@example.org", "Anna Berg"),
    ("ben@example.org", "Ben Ito"),
    ("clara@example.com", "Clara Winter"),
];

/// The file with the passwords, so that a phone that was set up once stays so.
const PASSWORDS: &str = "passwords.txt";

/// One of the sample accounts.
pub struct Person {
    /// Address, which is also the name to sign in with.
    pub address: String,
    /// Name.
    pub name: &'static str,
    /// Password.
    pub password: SecretString,
    /// Messages in the mailbox at the beginning.
    pub messages: usize,
}

/// Makes the accounts that are not there yet and fills them.
pub async fn settle(app: &App, folder: &Path) -> Result<Vec<Person>, Failure> {
    let mut people = Vec::with_capacity(PEOPLE.len());
    for (address, name) in PEOPLE {
        let address = address.to_owned();
        let password = match known_password(folder, &address)? {
            Some(password) => password,
            None => new_password(folder, &address)?,
        };
        let hash = password::hash(password.as_bytes(), &*app.entropy).map_err(Failure::failed)?;
        let account = match app.store.account_by_address(&address).await? {
            Some(account) => {
                app.store.set_password_hash(account.id, &hash).await?;
                account
            }
            None => {
                let new = NewAccount {
                    address: address.clone(),
                    display_name: name.to_owned(),
                    aliases: Vec::new(),
                    password_hash: Some(hash),
                };
                app.store.create_account(new, app.clock.now()).await?
            }
        };
        let messages = fill(app, &account).await?;
        people.push(Person { address, name, password: password.into(), messages });
    }
    Ok(people)
}

/// Name of the demo's administrator.
pub const ADMINISTRATOR: &str = "admin";

/// Makes the administrator of the web tool, with a password to be changed at the first sign-in. None where
/// an earlier demo in the same folder made them.
pub async fn administrator(app: &App) -> Result<Option<SecretString>, Failure> {
    let password: String = generate().chars().take(11).collect();
    let known = app.store.administrator_by_name(AdministratorKind::Own, ADMINISTRATOR).await?;
    if known.is_some() {
        return Ok(None);
    }
    let with = Some((password.clone(), Arc::clone(&app.entropy)));
    let own = AdministratorKind::Own;
    let administration = Administration::of(app);
    administration.add_administrator(&Actor::server(), own, ADMINISTRATOR, Role::Owner, with).await?;
    Ok(Some(password.into()))
}

/// Delivers the samples that name the account, and to the first account all that name none of them. What
/// was delivered by an earlier demo in the same folder is recognised.
async fn fill(app: &App, account: &Account) -> Result<usize, Failure> {
    let now = app.clock.now();
    let mailbox = MailboxId(account.id.0);
    let deliveries: Vec<Delivery> = samples::messages()
        .filter(|(_, content)| recipients(content).contains(&account.address))
        .map(|(_, content)| {
            let item = item(content.into_owned(), Hints::default(), FolderType::Inbox, now);
            Delivery { mailbox, folder: DeliverTo::INBOX, item }
        })
        .collect();
    let count = deliveries.len();
    app.store.deliver(deliveries).await?;
    Ok(count)
}

/// Addresses of the sample accounts that a message is for.
fn recipients(content: &[u8]) -> Vec<String> {
    let Some(message) = MessageParser::default().parse_headers(content) else { return Vec::new() };
    let addresses = [message.to(), message.cc()].into_iter().flatten().flat_map(|list| list.iter());
    let named: Vec<String> =
        addresses.filter_map(|address| Some(address.address()?.to_lowercase())).collect();
    let is_ours = |address: &String| PEOPLE.iter().any(|(ours, _)| address == ours);
    if named.iter().any(is_ours) { named } else { vec![PEOPLE[0].0.to_owned()] }
}

fn known_password(folder: &Path, address: &str) -> Result<Option<String>, Failure> {
    let text = match fs::read_to_string(folder.join(PASSWORDS)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let of_line =
        |line: &str| line.split_once(' ').filter(|(known, _)| *known == address).map(|(_, p)| p.to_owned());
    Ok(text.lines().find_map(of_line))
}

fn new_password(folder: &Path, address: &str) -> Result<String, Failure> {
    // Two groups of the four are enough for a demo, and it is to be typed on a phone.
    let password: String = generate().chars().take(11).collect();
    let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(folder.join(PASSWORDS))?;
    writeln!(file, "{address} {password}")?;
    Ok(password)
}

impl Person {
    /// The password, for whoever is to sign in.
    pub fn reveal(&self) -> &str {
        self.password.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_for_somebody_and_anna_has_most() {
        let of = |address: &str| {
            let is_for = |content: &[u8]| recipients(content).iter().any(|recipient| recipient == address);
            samples::messages().filter(|(_, content)| is_for(content)).count()
        };
        assert!(of(PEOPLE[0].0) >= 8, "{}", of(PEOPLE[0].0));
        assert!(PEOPLE.iter().all(|(address, _)| of(address) > 0));
    }

    #[test]
    fn passwords_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(known_password(folder.path(), "a@b").unwrap(), None);
        let made = new_password(folder.path(), "a@b").unwrap();
        new_password(folder.path(), "c@d").unwrap();
        assert_eq!(known_password(folder.path(), "a@b").unwrap(), Some(made));
    }
}
