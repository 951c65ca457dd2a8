//! Mail that is delivered: what it says of meetings is done in the calendars of those who get it, in the
//! same transaction. Mail from outside and mail of accounts here both come through [`commit`].

use std::collections::{HashSet, VecDeque};

use fieldpost_domain::backend::{Batch, BatchOutcome, DeliverTo, Write};
use fieldpost_domain::convert::mail::{self, Headers, calendar_part};
use fieldpost_domain::schedule::imip::{self, Envelope};
use fieldpost_domain::schedule::{
    Effect, Incoming, Meeting, Method, Person, Reason, Sender, asked_along, incoming,
};
use fieldpost_domain::{AccountId, BackendError, MailboxId};
use fieldpost_store::Account;
use jiff::Timestamp;
use tracing::{debug, warn};

use super::desk::Desk;
use super::{ATTEMPTS, owner, post, user};
use crate::App;

/// Whose word a mail is.
#[derive(Debug, Clone, Copy)]
pub enum Trust<'a> {
    /// That of somebody elsewhere: its `From` may be made up.
    Outside,
    /// That of an account here, which has signed in.
    Account(&'a Account),
}

/// Most messages that one delivery may bring about, with those that they bring about.
const MOST: usize = 2_000;

/// Makes deliveries, together with what they do to calendars.
///
/// # Errors
/// As [`fieldpost_domain::Backend::commit`].
pub async fn commit(app: &App, batch: Batch, trust: Trust<'_>) -> Result<BatchOutcome, BackendError> {
    let mut last = None;
    for _ in 0..ATTEMPTS {
        let more = effects(app, &batch.writes, trust, batch.now).await?;
        if more.is_empty() {
            return app.backend.commit(batch).await;
        }
        let leaves = post::leaves_the_house(&more);
        let mut whole = batch.clone();
        whole.writes.extend(more);
        match app.backend.commit(whole).await {
            Err(BackendError::Stale(item)) => last = Some(BackendError::Stale(item)),
            outcome => {
                if leaves && matches!(outcome, Ok(BatchOutcome::Done(_))) {
                    app.outbound.notify_one();
                }
                return outcome;
            }
        }
    }
    // Mail is more than the calendar: where that is changed all the time, the mail comes without it.
    warn!(error = ?last, "a calendar changes all the time: what mail says of it is not done");
    app.backend.commit(batch).await
}

/// What the deliveries among these writes do to calendars, as further writes.
///
/// # Errors
/// Our own trouble only: what is wrong with a message is said in the log.
pub async fn effects(
    app: &App,
    writes: &[Write],
    trust: Trust<'_>,
    now: Timestamp,
) -> Result<Vec<Write>, BackendError> {
    let mut desk = Desk::new(app, now);
    let further = on_desk(&mut desk, writes, trust).await?;
    let mut all = desk.into_writes();
    all.extend(further);
    Ok(all)
}

/// The same on a desk where other events lie already; gives the mail that has to go out.
///
/// # Errors
/// As [`effects`].
pub async fn on_desk(
    desk: &mut Desk<'_>,
    writes: &[Write],
    trust: Trust<'_>,
) -> Result<Vec<Write>, BackendError> {
    let mut out: Vec<Write> = Vec::new();
    let mut letters: Option<(&[u8], Option<Letter>)> = None;
    let mut answers: VecDeque<(Account, Vec<Write>)> = VecDeque::new();
    let mut sent_on: HashSet<Option<String>> = HashSet::new();
    for write in writes {
        let content = match (delivered(write), write) {
            (Some((_, content)), _) => content,
            (None, Write::Send { content, .. }) => content,
            _ => continue,
        };
        // The same bytes go to all recipients: they are looked at once.
        if letters.as_ref().is_none_or(|(known, _)| *known != content) {
            letters = Some((content, read(content).await));
        }
        let Some((_, Some(letter))) = &letters else { continue };
        // What leaves the house has other line ends, but is the same message.
        if sent_on.insert(letter.headers.message_id.clone()) {
            out.extend(along(desk, letter, writes, trust).await?);
        }
        if let Some((mailbox, _)) = delivered(write)
            && let Some(answer) = arrive(desk, mailbox, letter, trust).await?
        {
            answers.push_back(answer);
        }
    }
    // What is answered by the server itself may be for accounts here, too.
    while let Some((account, writes)) = answers.pop_front() {
        for write in &writes {
            if let Some((mailbox, content)) = delivered(write)
                && let Some(letter) = Letter::read(content)
                && out.len() < MOST
                && let Some(answer) = arrive(desk, mailbox, &letter, Trust::Account(&account)).await?
            {
                answers.push_back(answer);
            }
        }
        out.extend(writes);
    }
    Ok(out)
}

/// Messages of more bytes are taken apart off the threads that serve everybody.
const LARGE: usize = 1 << 20;

async fn read(content: &[u8]) -> Option<Letter> {
    if content.len() <= LARGE {
        return Letter::read(content);
    }
    let content = content.to_vec();
    tokio::task::spawn_blocking(move || Letter::read(&content)).await.ok().flatten()
}

fn delivered(write: &Write) -> Option<(MailboxId, &[u8])> {
    match write {
        Write::Append { mailbox, folder, item } if *folder == DeliverTo::INBOX => {
            Some((*mailbox, &item.content))
        }
        _ => None,
    }
}

/// A mail about a meeting.
struct Letter {
    message: Incoming,
    headers: Headers,
}

impl Letter {
    fn read(content: &[u8]) -> Option<Letter> {
        let part = match calendar_part(content) {
            Ok(part) => part?,
            Err(error) => {
                debug!(%error, "a message can't be searched for a calendar");
                return None;
            }
        };
        let message = match Incoming::read(&part) {
            Ok(message) => message,
            Err(error) => {
                debug!(%error, "a message's calendar says nothing of a meeting");
                return None;
            }
        };
        Some(Letter { message, headers: mail::headers(content).ok()? })
    }

    fn sender(&self, vouched: bool) -> Sender {
        let named = self.headers.from.iter().chain(&self.headers.sender);
        Sender { addresses: named.map(|mailbox| mailbox.address.clone()).collect(), vouched }
    }

    /// Whether one who is not the organizer asks others along.
    fn is_sent_on_by(&self, account: &Account) -> bool {
        self.message.method == Method::Request && !self.message.meeting.is_organized_by(&owner(account))
    }
}

/// What a mail does to the calendar of one who gets it, and the mail by which it is answered.
async fn arrive(
    desk: &mut Desk<'_>,
    mailbox: MailboxId,
    letter: &Letter,
    trust: Trust<'_>,
) -> Result<Option<(Account, Vec<Write>)>, BackendError> {
    let (app, now) = (desk.app(), desk.now());
    let Some(account) = app.store.account(AccountId(mailbox.0)).await? else { return Ok(None) };
    let uid = letter.message.meeting.uid().to_owned();
    let vouched = vouches(desk, letter, trust).await?;
    if let Some(reason) = disbelieved(desk, letter, trust).await? {
        told(&account, letter, reason);
        return Ok(None);
    }
    let stored = desk.event(mailbox, &uid).await?;
    match incoming(&letter.message, &letter.sender(vouched), &user(app, &account), stored, now) {
        Effect::Add(content) | Effect::Replace(content) => desk.put(mailbox, &uid, content),
        Effect::Send(message) => {
            let writes = post::message(app, &account, &message, now).await?;
            return Ok(Some((account, writes)));
        }
        Effect::Nothing(reason) => told(&account, letter, reason),
    }
    Ok(None)
}

fn told(account: &Account, letter: &Letter, reason: Reason) {
    let method = letter.message.method.name();
    match reason {
        Reason::NotOrganizer | Reason::NotInvited => {
            warn!(account = %account.address, method, %reason, "a message about a meeting is not believed");
        }
        _ => debug!(account = %account.address, method, %reason, "a message changes no calendar"),
    }
}

/// Whether the sender's own calendar holds the meeting that is sent on.
async fn vouches(desk: &mut Desk<'_>, letter: &Letter, trust: Trust<'_>) -> Result<bool, BackendError> {
    let Trust::Account(sender) = trust else { return Ok(false) };
    if !letter.is_sent_on_by(sender) {
        return Ok(false);
    }
    let meeting = &letter.message.meeting;
    let held = desk.event(MailboxId(sender.id.0), meeting.uid()).await?;
    let held = held.and_then(|content| Meeting::read(content).ok());
    Ok(match (held.and_then(|held| held.organizer()), meeting.organizer()) {
        (Some(known), Some(named)) => known.is(&named.address),
        _ => false,
    })
}

/// Anybody can write any name into a `From`. That an account here organizes a meeting is believed from
/// outside only where the account's own calendar says the same.
async fn disbelieved(
    desk: &mut Desk<'_>,
    letter: &Letter,
    trust: Trust<'_>,
) -> Result<Option<Reason>, BackendError> {
    let meeting = &letter.message.meeting;
    if !matches!(trust, Trust::Outside) || !matches!(letter.message.method, Method::Request | Method::Cancel)
    {
        return Ok(None);
    }
    let Some(organizer) = meeting.organizer() else { return Ok(Some(Reason::NotOrganizer)) };
    let Some(account) = desk.app().store.account_by_address(&organizer.address).await? else {
        return Ok(None);
    };
    let held = desk.event(MailboxId(account.id.0), meeting.uid()).await?;
    let held = held.and_then(|content| Meeting::read(content).ok());
    let is_so = letter.message.method == Method::Request
        && held.is_some_and(|held| {
            held.is_organized_by(&owner(&account)) && held.sequence() >= meeting.sequence()
        });
    Ok((!is_so).then_some(Reason::NotOrganizer))
}

/// Where an invitation is sent on, the organizer's event gets to know those whom it is sent to, and the
/// organizer is told.
async fn along(
    desk: &mut Desk<'_>,
    letter: &Letter,
    writes: &[Write],
    trust: Trust<'_>,
) -> Result<Vec<Write>, BackendError> {
    let Trust::Account(sender) = trust else { return Ok(Vec::new()) };
    if !vouches(desk, letter, trust).await? {
        return Ok(Vec::new());
    }
    let meeting = &letter.message.meeting;
    let Some(organizer) = meeting.organizer() else { return Ok(Vec::new()) };
    let to: Vec<Person> = recipients(letter, writes)
        .into_iter()
        .filter(|person| !organizer.is(&person.address) && !owner(sender).has_address(&person.address))
        .collect();
    let instance = match meeting.master() {
        Some(_) => None,
        None => meeting.overrides().next().map(|(start, _)| start),
    };
    let (app, now) = (desk.app(), desk.now());
    let account = app.store.account_by_address(&organizer.address).await?;
    let is_here = account.is_some();
    if let Some(account) = account {
        let mailbox = MailboxId(account.id.0);
        let known = desk.event(mailbox, meeting.uid()).await?;
        let next = known.and_then(|content| asked_along(content, &user(app, &account), &to, instance));
        let Some(next) = next else { return Ok(Vec::new()) };
        desk.put(mailbox, meeting.uid(), next);
    }
    if to.is_empty() {
        return Ok(Vec::new());
    }
    let (from, id) = (Person::from(&owner(sender)), post::message_id(app, sender));
    let envelope = Envelope { from: &from, message_id: &id, date: now };
    let notice = imip::forward_notice(meeting, &organizer, &to, is_here, &envelope);
    Ok(post::send(app, sender, notice, &[organizer], false, now).await?)
}

/// Those whom a mail goes to, with the names that it gives them.
fn recipients(letter: &Letter, writes: &[Write]) -> Vec<Person> {
    let named = letter.headers.to.iter().chain(&letter.headers.cc);
    let mut all: Vec<Person> = Vec::new();
    for mailbox in named {
        if mailbox.address.contains('@') && !all.iter().any(|known| known.is(&mailbox.address)) {
            all.push(Person { name: mailbox.name.clone(), address: mailbox.address.clone() });
        }
    }
    for write in writes {
        let Write::Send { recipients, .. } = write else { continue };
        for address in recipients {
            if !all.iter().any(|known| known.is(address)) {
                all.push(Person { name: None, address: address.clone() });
            }
        }
    }
    all
}
