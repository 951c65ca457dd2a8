//! Submission: all that follows from a message sent, once.

use std::sync::Arc;

use fieldpost_domain::item::Verb;
use fieldpost_domain::{Backend, ItemId, MailboxId};
use fieldpost_store::{DeliverTo, Delivery, Outgoing, Submission, Submitted};

use crate::bed::{Bed, INBOX, SENT, at, mail};

crate::suite!(all_at_once, only_once, all_or_none);

fn submission(mailbox: MailboxId, key: Option<&str>) -> Submission {
    Submission {
        mailbox,
        client_key: key.map(str::to_owned),
        now: at(1_000),
        sent_copy: Some(mail("sent", 1)),
        local: Vec::new(),
        remote: None,
        verb: None,
    }
}

async fn all_at_once(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    let question = bed.store.append(a, INBOX, mail("question", 1)).await.unwrap();
    bed.notices.take();
    let sent = Submission {
        local: vec![Delivery { mailbox: b, folder: DeliverTo::Inbox, item: mail("sent", 1) }],
        remote: Some(Outgoing {
            sender: "a@example.org".to_owned(),
            recipients: vec!["x@example.com".to_owned(), "y@example.com".to_owned()],
            content: mail("sent", 1).content,
        }),
        verb: Some((question.id, Verb::ReplyToSender, at(1_000))),
        ..submission(a, None)
    };
    assert_eq!(bed.store.submit(sent).await.unwrap(), Submitted::Done);
    let mut told = vec![(a.0, Some(SENT.0), true), (a.0, Some(INBOX.0), false), (b.0, Some(INBOX.0), true)];
    told.sort_unstable();
    assert_eq!(bed.notices.take(), told);
    assert_eq!(bed.changes(a, SENT).await.len(), 1);
    assert_eq!(bed.changes(b, INBOX).await.len(), 1);
    let question = bed.store.metas(a, &[question.id]).await.unwrap().remove(0);
    assert_eq!(question.state.last_verb, Some((Verb::ReplyToSender, at(1_000))));
    let queued = bed.store.due_outgoing(at(1_000), at(1_060), 10).await.unwrap();
    let mut recipients: Vec<_> = queued.iter().map(|entry| entry.recipient.as_str()).collect();
    recipients.sort_unstable();
    assert_eq!(recipients, ["x@example.com", "y@example.com"]);
    for entry in queued {
        assert_eq!((entry.mailbox, entry.sender.as_str(), entry.attempts), (a, "a@example.org", 0));
        assert_eq!((entry.created, entry.content), (at(1_000), mail("sent", 1).content));
    }
}

async fn only_once(bed: Arc<Bed>) {
    let (a, b) = (bed.mailbox().await, bed.mailbox().await);
    let day = 24 * 60 * 60;
    let submit = async |mailbox, key, now| {
        bed.store.submit(Submission { now: at(now), ..submission(mailbox, key) }).await.unwrap()
    };
    assert_eq!(submit(a, Some("phone/1"), 0).await, Submitted::Done);
    bed.notices.take();
    assert_eq!(submit(a, Some("phone/1"), 1).await, Submitted::Duplicate);
    assert_eq!(bed.notices.take(), []);
    assert_eq!(submit(a, Some("phone/2"), 1).await, Submitted::Done);
    assert_eq!(submit(b, Some("phone/1"), 1).await, Submitted::Done);
    assert_eq!(submit(a, None, 1).await, Submitted::Done);
    assert_eq!(submit(a, None, 1).await, Submitted::Done);
    assert_eq!(submit(a, Some("phone/1"), 7 * day).await, Submitted::Duplicate, "a week later");
    assert_eq!(bed.changes(a, SENT).await.len(), 4);
    assert_eq!(submit(a, Some("phone/3"), 100 * day).await, Submitted::Done);
    assert_eq!(submit(a, Some("phone/1"), 100 * day).await, Submitted::Done, "forgotten at last");
}

async fn all_or_none(bed: Arc<Bed>) {
    let a = bed.mailbox().await;
    let absent = Delivery { mailbox: MailboxId(99), folder: DeliverTo::Inbox, item: mail("x", 1) };
    let sent = Submission { local: vec![absent], ..submission(a, Some("phone/1")) };
    bed.store.submit(sent).await.unwrap_err();
    assert_eq!(bed.changes(a, SENT).await, []);
    // The key was not spent, and a message that is gone by now does no harm.
    let verb = Some((ItemId(99), Verb::Forward, at(5)));
    let sent = Submission { verb, ..submission(a, Some("phone/1")) };
    assert_eq!(bed.store.submit(sent).await.unwrap(), Submitted::Done);
    assert_eq!(bed.changes(a, SENT).await.len(), 1);
}
