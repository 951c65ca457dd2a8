//! One client's dialogue: commands in, replies out, messages delivered.
//!
//! A message is acknowledged when it is in the store for good: `250` after the final dot is a promise
//! that survives the loss of power.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::MailboxId;
use fieldpost_domain::backend::{Batch, Write};
use fieldpost_net::admission::Admission;
use fieldpost_net::stream::Stream;
use fieldpost_store::{Account, StoreError};
use smtp_proto::{Error, MAIL_BODY_BINARYMIME, MAIL_SMTPUTF8, MailFrom, Request};
use tokio::io::AsyncWriteExt as _;

use super::destination::{self, Destination, Refusal};
use super::inbound::{Inbound, Protocol};
use super::ingest::{self, Ingested, Trace};
use super::reply::{self, Reply};
use super::wire::{Content, Gone, Line, Wire};
use crate::automatic_reply::{self, Arrival};
use crate::mail::line_ends;
use crate::meeting::arrival::{self, Trust};
use crate::{App, entropy, up_to_date};

/// Errors of a client, unknown commands and the like, after which it is sent away.
const ERRORS: u32 = 20;
/// Refused recipients after which it is: more, as a list with many stale addresses is an honest thing.
const REFUSED: u32 = 500;
/// Commands outside of a message, after which it is: a client that wants nothing.
const IDLE_COMMANDS: u32 = 200;
/// For the TLS handshake.
const HANDSHAKE: Duration = Duration::from_secs(30);
/// Copies of a message that are put into the store at once, bytes in all.
const BATCH: usize = 64 * 1_024 * 1_024;

pub(super) struct Session {
    app: Arc<App>,
    settings: Arc<Inbound>,
    client: IpAddr,
    admission: Admission,
    /// The name that the client gave itself, and whether it knows extensions.
    hello: Option<(String, bool)>,
    transaction: Option<Transaction>,
    errors: u32,
    refused: u32,
    idle: u32,
}

struct Transaction {
    sender: String,
    utf8: bool,
    /// As accepted; an account that is named twice, or in several groups, is there as often.
    recipients: Vec<Destination>,
    /// What came by BDAT so far.
    chunks: Option<Chunks>,
}

enum Chunks {
    Whole(Vec<u8>),
    TooLarge,
}

/// A part of a message's delivery that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Mailbox(MailboxId),
    /// For members of groups at other servers.
    Queue,
}

impl From<&Write> for Part {
    fn from(write: &Write) -> Part {
        match write {
            Write::Send { .. } => Part::Queue,
            other => Part::Mailbox(other.mailbox()),
        }
    }
}

/// What follows a command.
enum Next {
    GoOn,
    Close,
    StartTls,
}

impl Session {
    pub(super) fn new(
        app: Arc<App>,
        settings: Arc<Inbound>,
        client: IpAddr,
        admission: Admission,
    ) -> Session {
        Session {
            app,
            settings,
            client: client.to_canonical(),
            admission,
            hello: None,
            transaction: None,
            errors: 0,
            refused: 0,
            idle: 0,
        }
    }

    pub(super) async fn run(mut self, stream: Stream) {
        let mut wire = self.wire(stream);
        let kind = if self.is_lmtp() { "LMTP" } else { "ESMTP" };
        wire.reply(&Reply::with(220, "", format!("{} {kind} Fieldpost", self.settings.hostname)));
        loop {
            match self.converse(&mut wire).await {
                Ok(Next::StartTls) => match self.start_tls(wire).await {
                    Some(encrypted) => wire = encrypted,
                    None => return,
                },
                Ok(_) => break,
                Err(gone) => {
                    match gone {
                        Gone::Silent => wire.reply(&reply::TOO_LONG_SILENT),
                        Gone::Stopping => wire.reply(&reply::STOPPING),
                        Gone::Flooding => wire.reply(&self.too_large()),
                        Gone::Closed => return,
                    }
                    break;
                }
            }
        }
        if wire.flush().await.is_ok() {
            let _ = tokio::time::timeout(Duration::from_secs(5), wire.into_stream().shutdown()).await;
        }
    }

    fn wire(&self, stream: Stream) -> Wire {
        Wire::new(stream, self.settings.patience.clone(), self.app.tasks.draining().clone())
    }

    fn is_lmtp(&self) -> bool {
        self.settings.protocol == Protocol::Lmtp
    }

    fn too_large(&self) -> Reply {
        Reply::with(552, "5.3.4", format!("The message is larger than {} bytes", self.settings.size))
    }

    /// Commands, one after the other, until the connection changes or ends.
    async fn converse(&mut self, wire: &mut Wire) -> Result<Next, Gone> {
        loop {
            let next = match wire.line().await? {
                Line::TooLong => self.refuse(wire, &reply::LINE_TOO_LONG),
                Line::Whole(line) => match Request::parse(&mut line.iter()) {
                    Ok(request) => self.perform(wire, request.into_owned()).await?,
                    Err(error) => self.refuse(wire, &explain(&error)),
                },
            };
            match next {
                Next::GoOn => {}
                other => return Ok(other),
            }
            if self.errors > ERRORS || self.refused > REFUSED || self.idle > IDLE_COMMANDS {
                wire.reply(&reply::TOO_MANY_ERRORS);
                return Ok(Next::Close);
            }
        }
    }

    fn refuse(&mut self, wire: &mut Wire, refusal: &Reply) -> Next {
        self.errors += 1;
        wire.reply(refusal);
        Next::GoOn
    }

    fn answer(&mut self, wire: &mut Wire, answer: &Reply) -> Next {
        if answer.code >= 500 {
            self.errors += 1;
        }
        wire.reply(answer);
        Next::GoOn
    }

    async fn perform(&mut self, wire: &mut Wire, request: Request<String>) -> Result<Next, Gone> {
        if self.transaction.is_none() {
            self.idle += 1;
        }
        let answer = match request {
            Request::Lhlo { host } if self.is_lmtp() => return Ok(self.greet(wire, host, true)),
            Request::Ehlo { host } if !self.is_lmtp() => return Ok(self.greet(wire, host, true)),
            Request::Helo { host } if !self.is_lmtp() => return Ok(self.greet(wire, host, false)),
            Request::Ehlo { .. } | Request::Helo { .. } => reply::USE_LHLO,
            Request::Mail { from } => self.mail(from),
            Request::Rcpt { to } => {
                let answer = self.rcpt(to.address).await;
                // Counted apart from other errors.
                self.refused += u32::from(answer.is_error());
                wire.reply(&answer);
                return Ok(Next::GoOn);
            }
            Request::Data => return self.data(wire).await,
            Request::Bdat { chunk_size, is_last } => return self.bdat(wire, chunk_size, is_last).await,
            Request::Rset => {
                self.reset();
                reply::OK
            }
            Request::Noop { .. } => reply::OK,
            Request::Vrfy { .. } => reply::MAYBE,
            Request::Help { .. } => reply::HELP,
            Request::Quit => {
                wire.reply(&reply::BYE);
                return Ok(Next::Close);
            }
            Request::StartTls if wire.is_tls() => reply::TLS_ALREADY,
            Request::StartTls if self.settings.tls.is_some() => {
                wire.reply(&reply::TLS_READY);
                wire.flush().await?;
                return Ok(Next::StartTls);
            }
            Request::StartTls
            | Request::Lhlo { .. }
            | Request::Auth { .. }
            | Request::Expn { .. }
            | Request::Etrn { .. }
            | Request::Atrn { .. }
            | Request::Burl { .. } => reply::NOT_OFFERED,
        };
        Ok(self.answer(wire, &answer))
    }

    fn greet(&mut self, wire: &mut Wire, host: String, extended: bool) -> Next {
        self.reset();
        self.hello = Some((host, extended));
        let mut lines = vec![self.settings.hostname.clone()];
        if extended {
            lines.extend(
                ["PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "CHUNKING"].map(str::to_owned),
            );
            lines.push(format!("SIZE {}", self.settings.size));
            if self.settings.tls.is_some() && !wire.is_tls() {
                lines.push("STARTTLS".into());
            }
        }
        wire.reply_lines(&lines);
        Next::GoOn
    }

    fn reset(&mut self) {
        if self.transaction.take().is_some() {
            self.admission.idle();
        }
    }

    fn mail(&mut self, from: MailFrom<String>) -> Reply {
        if self.hello.is_none() {
            return if self.is_lmtp() { reply::USE_LHLO } else { reply::HELLO_FIRST };
        }
        if self.transaction.is_some() {
            return reply::ONE_AT_A_TIME;
        }
        if from.size > self.settings.size {
            return self.too_large();
        }
        if from.flags & MAIL_BODY_BINARYMIME != 0 {
            return reply::NO_BINARY;
        }
        let utf8 = from.flags & MAIL_SMTPUTF8 != 0;
        if !utf8 && !from.address.is_ascii() {
            return reply::NEEDS_UTF8;
        }
        self.idle = 0;
        self.admission.busy();
        self.transaction =
            Some(Transaction { sender: from.address, utf8, recipients: Vec::new(), chunks: None });
        reply::SENDER_OK
    }

    async fn rcpt(&mut self, address: String) -> Reply {
        let Some(transaction) = &mut self.transaction else { return reply::MAIL_FIRST };
        if transaction.chunks.is_some() {
            return reply::ONE_AT_A_TIME;
        }
        if transaction.recipients.len() >= self.settings.recipients {
            return reply::TOO_MANY_RECIPIENTS;
        }
        if !transaction.utf8 && !address.is_ascii() {
            return reply::NEEDS_UTF8;
        }
        // The parser gives `<Postmaster>` as no address (RFC 5321 4.1.1.3).
        let address = if address.is_empty() { "postmaster".to_owned() } else { address };
        match destination::find(&self.app, &transaction.sender, &address).await {
            Ok(Ok(found)) => {
                let all = transaction.recipients.iter().chain([&found]);
                let members: usize = all.filter(|one| one.group.is_some()).map(Destination::count).sum();
                if members > destination::MEMBERS {
                    return reply::TOO_MANY_RECIPIENTS;
                }
                transaction.recipients.push(found);
                reply::RECIPIENT_OK
            }
            Ok(Err(refusal)) => refused(&address, refusal),
            Err(error) => {
                tracing::error!(%error, "a recipient can't be looked up");
                reply::TRY_LATER
            }
        }
    }

    async fn data(&mut self, wire: &mut Wire) -> Result<Next, Gone> {
        let refusal = match &self.transaction {
            None => Some(reply::MAIL_FIRST),
            Some(transaction) if transaction.chunks.is_some() => Some(reply::NO_MIXING),
            Some(transaction) if transaction.recipients.is_empty() => Some(reply::RECIPIENT_FIRST),
            Some(_) => None,
        };
        if let Some(refusal) = refusal {
            return Ok(self.answer(wire, &refusal));
        }
        wire.reply(&reply::GO_AHEAD);
        let content = match wire.message(self.settings.size).await? {
            Content::Whole(content) => Some(content),
            Content::TooLarge => None,
        };
        self.finish(wire, content).await;
        Ok(Next::GoOn)
    }

    /// A chunk of a message (RFC 3030). It is read whatever becomes of it: it is on its way already.
    async fn bdat(&mut self, wire: &mut Wire, size: usize, is_last: bool) -> Result<Next, Gone> {
        let chunk = wire.chunk(size, self.settings.size).await?;
        let Some(transaction) = &mut self.transaction else {
            return Ok(self.answer(wire, &reply::MAIL_FIRST));
        };
        if transaction.recipients.is_empty() {
            return Ok(self.answer(wire, &reply::RECIPIENT_FIRST));
        }
        let chunks = transaction.chunks.get_or_insert(Chunks::Whole(Vec::new()));
        match (&mut *chunks, chunk) {
            (Chunks::Whole(whole), Content::Whole(chunk))
                if whole.len() + chunk.len() <= self.settings.size =>
            {
                whole.extend_from_slice(&chunk);
            }
            _ => *chunks = Chunks::TooLarge,
        }
        if !is_last {
            let refusal = matches!(chunks, Chunks::TooLarge).then(|| self.too_large());
            wire.reply(&refusal.unwrap_or(reply::CHUNK_OK));
            return Ok(Next::GoOn);
        }
        let content = match transaction.chunks.take() {
            Some(Chunks::Whole(content)) => Some(content),
            _ => None,
        };
        self.finish(wire, content).await;
        Ok(Next::GoOn)
    }

    /// The message is complete (`None`: too large). Delivers it and replies: once, or in LMTP once for
    /// each recipient (RFC 2033 4.2).
    async fn finish(&mut self, wire: &mut Wire, content: Option<Vec<u8>>) {
        let Some(transaction) = self.transaction.take() else { return };
        let count = transaction.recipients.len();
        let replies = match content {
            None => vec![self.too_large(); count],
            Some(content) if ingest::goes_in_circles(&content) => vec![reply::LOOP; count],
            Some(content) => self.deliver(wire.is_tls(), &transaction, content).await,
        };
        let told = if self.is_lmtp() { count } else { 1 };
        for reply in replies.iter().take(told) {
            wire.reply(reply);
        }
        self.idle = 0;
        self.admission.idle();
    }

    /// One reply for each recipient; in SMTP all are the same.
    async fn deliver(&self, tls: bool, transaction: &Transaction, content: Vec<u8>) -> Vec<Reply> {
        let id = entropy::token(&*self.app.entropy);
        let id = id.get(..12).unwrap_or(&id);
        let time = self.app.clock.now();
        let size = content.len();
        let looping =
            |to: &Destination| to.group.as_deref().is_some_and(|group| ingest::has_passed(&content, group));
        let reached: Vec<&Destination> = transaction.recipients.iter().filter(|to| !looping(to)).collect();
        let trace = self.trace(tls, transaction, id);
        let message = Ingested::new([trace.fields().as_bytes(), &content].concat(), time);
        // One copy for an account, whatever it is called and however many groups it is in.
        let mut known = HashSet::new();
        let everybody = reached.iter().flat_map(|to| to.accounts.iter().map(move |account| (*to, account)));
        let accounts: Vec<(&Destination, &Account)> =
            everybody.filter(|(_, account)| known.insert(account.id)).collect();
        let mut failed: Vec<Part> = Vec::new();
        let mut onward = match self.onward(transaction, &reached, &trace, &content).await {
            Ok(onward) => onward,
            Err(error) => {
                tracing::error!(%error, "mail for members of a group can't be sent on, the sender tries again");
                failed.push(Part::Queue);
                None
            }
        };
        let sends_on = onward.is_some();
        if accounts.is_empty() {
            failed.extend(self.put(onward.take().into_iter().collect()).await);
        }
        for batch in accounts.chunks((BATCH / size.max(1)).max(1)) {
            let deliveries = batch.iter().map(|(to, account)| message.delivery(account, &to.address));
            let writes = onward.take().into_iter().chain(deliveries.map(Write::from)).collect();
            failed.extend(self.put(writes).await);
        }
        if sends_on && !failed.contains(&Part::Queue) {
            self.app.outbound.notify_one();
        }
        let has_failed = |account: &Account| failed.contains(&Part::Mailbox(MailboxId(account.id.0)));
        for (to, account) in accounts.iter().filter(|(_, account)| !has_failed(account)) {
            // A group's address is nobody's own.
            let recipient = if to.group.is_some() { &account.address } else { &to.address };
            let arrival = Arrival { account, recipient, sender: &transaction.sender, content: &content };
            automatic_reply::consider(&self.app, arrival).await;
            up_to_date::consider(&self.app, account).await;
        }
        tracing::info!(
            id,
            client = %self.client,
            sender = transaction.sender,
            mailboxes = accounts.len(),
            sends_on,
            failed = failed.len(),
            size,
            "mail received"
        );
        let taken = Reply::with(250, "2.0.0", format!("{id} is in the mailbox"));
        if !self.is_lmtp() {
            let reply = match (reached.is_empty(), failed.is_empty()) {
                (true, _) => reply::LOOP,
                (false, true) => taken,
                (false, false) => reply::TRY_LATER,
            };
            return vec![reply];
        }
        let reply = |to: &Destination| {
            let queue = !to.elsewhere.is_empty() && failed.contains(&Part::Queue);
            match () {
                () if looping(to) => reply::LOOP,
                () if queue || to.accounts.iter().any(has_failed) => reply::TRY_LATER,
                () => taken.clone(),
            }
        };
        transaction.recipients.iter().map(reply).collect()
    }

    /// What goes on to other servers, for the members of groups there.
    async fn onward(
        &self,
        transaction: &Transaction,
        reached: &[&Destination],
        trace: &Trace<'_>,
        content: &[u8],
    ) -> Result<Option<Write>, StoreError> {
        let mut known = HashSet::new();
        let everybody = reached.iter().flat_map(|to| &to.elsewhere);
        let recipients: Vec<String> =
            everybody.filter(|address| known.insert(address.to_lowercase())).cloned().collect();
        if recipients.is_empty() {
            return Ok(None);
        }
        let Some((mailbox, sender)) = destination::envelope(&self.app, &transaction.sender).await? else {
            return Err(StoreError::NoSuchEntry);
        };
        let mut whole = trace.received().into_bytes();
        for group in reached.iter().filter_map(|to| to.group.as_deref()) {
            whole.extend_from_slice(ingest::passed(group).as_bytes());
        }
        whole.extend_from_slice(content);
        Ok(Some(Write::Send { mailbox, sender, recipients, content: line_ends::canonical(whole) }))
    }

    /// Delivers together, with what follows for calendars; where that fails and each recipient has a
    /// reply of its own, one by one. Tells what failed.
    async fn put(&self, writes: Vec<Write>) -> Vec<Part> {
        if writes.is_empty() {
            return Vec::new();
        }
        let alone = writes.len() == 1;
        let again = (self.is_lmtp() && !alone).then(|| writes.clone());
        let all: Vec<Part> = writes.iter().map(Part::from).collect();
        if self.commit(writes).await {
            return Vec::new();
        }
        let Some(again) = again else { return all };
        let mut failed = Vec::new();
        for write in again {
            let part = Part::from(&write);
            if !self.commit(vec![write]).await {
                failed.push(part);
            }
        }
        failed
    }

    async fn commit(&self, writes: Vec<Write>) -> bool {
        let batch = Batch { once: None, writes, now: self.app.clock.now() };
        match arrival::commit(&self.app, batch, Trust::Outside).await {
            Ok(_) => true,
            Err(error) => {
                tracing::error!(%error, "mail can't be delivered, the sender tries again");
                false
            }
        }
    }

    fn trace<'a>(&'a self, tls: bool, transaction: &'a Transaction, id: &'a str) -> Trace<'a> {
        let (hello, extended) = self.hello.as_ref().map_or(("", false), |(name, ext)| (name, *ext));
        let recipient = match transaction.recipients.as_slice() {
            [one] => Some(one.address.as_str()),
            _ => None,
        };
        Trace {
            sender: &transaction.sender,
            hello,
            client: self.client,
            hostname: &self.settings.hostname,
            protocol: self.protocol_name(tls, extended, transaction.utf8),
            id,
            recipient,
            time: self.app.clock.now(),
        }
    }

    /// How the message came, in the registered words (RFC 3848, RFC 6531 4.3).
    fn protocol_name(&self, tls: bool, extended: bool, utf8: bool) -> &'static str {
        match (self.is_lmtp(), utf8, tls) {
            (true, true, true) => "UTF8LMTPS",
            (true, true, false) => "UTF8LMTP",
            (true, false, true) => "LMTPS",
            (true, false, false) => "LMTP",
            (false, true, true) => "UTF8SMTPS",
            (false, true, false) => "UTF8SMTP",
            (false, false, true) => "ESMTPS",
            (false, false, false) if extended => "ESMTP",
            (false, false, false) => "SMTP",
        }
    }

    /// Shakes hands. Everything that was said before is forgotten (RFC 3207 4.2).
    async fn start_tls(&mut self, wire: Wire) -> Option<Wire> {
        let (Stream::Plain(stream), Some(tls)) = (wire.into_stream(), &self.settings.tls) else {
            return None;
        };
        let stream = tokio::time::timeout(HANDSHAKE, Box::pin(tls.accept(stream))).await.ok()?.ok()?;
        self.reset();
        self.hello = None;
        Some(self.wire(stream))
    }
}

/// The reply to a recipient that is not accepted.
fn refused(address: &str, refusal: Refusal) -> Reply {
    match refusal {
        Refusal::Unknown => Reply::with(550, "5.1.1", format!("<{address}>: there is no such mailbox here")),
        Refusal::Elsewhere => reply::NO_RELAY,
        Refusal::Closed => {
            Reply::with(550, "5.7.1", format!("<{address}>: this group takes mail from its own people alone"))
        }
        Refusal::Empty => Reply::with(550, "5.2.4", format!("<{address}>: this group has no members")),
        Refusal::TooLarge => Reply::with(550, "5.2.4", format!("<{address}>: this group is too large")),
    }
}

/// The reply to a line that is not a command.
fn explain(error: &Error) -> Reply {
    match error {
        Error::InvalidSenderAddress => Reply::new(501, "5.1.7", "The sender's address is not well-formed"),
        Error::InvalidRecipientAddress => {
            Reply::new(501, "5.1.3", "The recipient's address is not well-formed")
        }
        Error::SyntaxError { syntax } => Reply::with(501, "5.5.2", format!("Syntax: {syntax}")),
        Error::InvalidParameter { param } => {
            Reply::with(501, "5.5.4", format!("The parameter {param} is not well-formed"))
        }
        Error::UnsupportedParameter { param } => {
            Reply::with(555, "5.5.4", format!("The parameter {param} is not offered here"))
        }
        _ => reply::UNKNOWN_COMMAND,
    }
}
