//! The phone waits and is told: by Ping in every version, by Sync from 12.1 on.

use fieldpost_eas::Version;
use fieldpost_phone::command::ping::PingOutcome;
use fieldpost_phone::command::sync::{Form, Hang, SyncPlan};
use fieldpost_phone::state::FolderType;

use super::{BOB, World, folder, ways, with_subject};

#[tokio::test]
async fn a_ping_ends_when_a_message_arrives() {
    let world = World::new();
    for (at, way) in ways().into_iter().enumerate() {
        let (mut phone, inbox) = world.ready(BOB, way).await;
        for again in [false, true] {
            let subject = format!("Push {at} {again}");
            let ping = async {
                match again {
                    false => phone.ping(600, &[&inbox]).await,
                    // MS-ASCMD_R5635
                    true => phone.ping_again().await,
                }
            };
            let (outcome, ()) = tokio::join!(ping, world.deliver(BOB, &subject));
            assert_eq!(outcome.unwrap(), PingOutcome::Changed(vec![inbox.clone()]), "{way:?}");
            phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            assert_eq!(with_subject(&phone, &inbox, &subject).len(), 1, "{way:?}");
        }
        // MS-ASCMD_R5690, R5691
        assert_eq!(phone.ping(5, &[&inbox]).await.unwrap(), PingOutcome::Interval(60), "{way:?}");
        assert_eq!(phone.ping(99_999, &[&inbox]).await.unwrap(), PingOutcome::Interval(3540), "{way:?}");
    }
}

#[tokio::test]
async fn a_sync_that_waits_brings_the_message() {
    let world = World::new();
    for (at, way) in ways().into_iter().enumerate().filter(|(_, (v, _))| *v >= Version::V12_1) {
        let (version, _) = way;
        let (mut phone, inbox) = world.ready(BOB, way).await;
        let sent = folder(&phone, FolderType::SENT_ITEMS);
        phone.sync_all(&[&sent], |_, _| ()).await.unwrap();
        let hang = match version >= Version::V14_0 {
            true => Hang::Heartbeat(600),
            false => Hang::Wait(10),
        };
        let plan = SyncPlan { hang, ..SyncPlan::of(&[&inbox, &sent]) };
        let subject = format!("Hanging {at}");
        let (outcome, ()) = tokio::join!(phone.sync_with(&plan), world.deliver(BOB, &subject));
        assert_eq!(outcome.unwrap().collections[&inbox].added.len(), 1, "{way:?}");
        assert_eq!(with_subject(&phone, &inbox, &subject).len(), 1, "{way:?}");

        // An empty answer may be followed by an empty request (MS-ASCMD_R656, R657).
        let plan = SyncPlan::of(&[&inbox, &sent]);
        assert!(phone.sync_with(&plan).await.unwrap().no_news, "{way:?}");
        let empty = SyncPlan { form: Form::Empty, ..plan.clone() };
        let outcome = phone.sync_with(&empty).await.unwrap();
        assert!(outcome.no_news && !outcome.incomplete, "{way:?}: {outcome:?}");
        let subject = format!("Empty {at}");
        world.deliver(BOB, &subject).await;
        phone.sync_with(&empty).await.unwrap();
        assert_eq!(with_subject(&phone, &inbox, &subject).len(), 1, "{way:?}");
        let partial = SyncPlan { form: Form::Partial, without_options: true, ..SyncPlan::of(&[&inbox]) };
        let outcome = phone.sync_with(&partial).await.unwrap();
        assert!(!outcome.incomplete && outcome.failed.is_empty(), "{way:?}: {outcome:?}");

        // MS-ASCMD_R3160; the bound that would do stands beside it.
        let (hang, bound) = match version >= Version::V14_0 {
            true => (Hang::Heartbeat(5), 60),
            false => (Hang::Wait(60), 59),
        };
        let outcome = phone.sync_with(&SyncPlan { hang, ..plan }).await.unwrap();
        assert_eq!(outcome.limit, Some((14, Some(bound))), "{way:?}");
    }
}
