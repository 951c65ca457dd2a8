//! Answers are lost and keys are wrong: the phone asks again, and nothing is lost or done twice.

use fieldpost_phone::compose::Letter;
use fieldpost_phone::model::View;
use fieldpost_phone::state::{Edit, FolderType, Progress};
use fieldpost_phone::transport::mishap::Mishap;
use fieldpost_testkit::process::DOMAIN;

use super::{ALICE, BOB, FILLED, World, ways, with_subject};

#[tokio::test]
async fn a_sync_whose_answer_was_lost_is_answered_again() {
    let world = World::new();
    for (at, way) in ways().into_iter().enumerate() {
        let (mut phone, inbox) = world.ready(ALICE, way).await;
        let (mut other, _) = world.ready(ALICE, way).await;
        let id = with_subject(&phone, &inbox, &format!("Message {}", at + 1)).remove(0);
        for mishap in
            [Mishap::LoseAnswer, Mishap::CutAnswer(40), Mishap::CutBeforeAnswer, Mishap::CutRequest(300)]
        {
            let read = !phone.state.collections[&inbox].items[&id].read;
            phone.state.collection_mut(&inbox).edit(Edit::Read { id: id.clone(), read });
            phone.suffer_next(mishap);
            assert!(phone.sync(&[&inbox]).await.is_err(), "{way:?} {mishap:?}");
            // MS-ASCMD_R5106, R5107, R5110
            let outcome = phone.sync(&[&inbox]).await.unwrap();
            let progress = &outcome.collections[&inbox];
            assert!(outcome.restarted.is_empty(), "{way:?} {mishap:?}");
            assert!(
                progress.accepted == 1 && progress.refused.is_empty(),
                "{way:?} {mishap:?}: {progress:?}"
            );
            assert_eq!(progress.incoming(), 0, "{way:?} {mishap:?}: {progress:?}");
            other.sync_all(&[&inbox], |_, _| ()).await.unwrap();
            assert_eq!(other.state.collections[&inbox].items[&id].read, read, "{way:?} {mishap:?}");
        }
        let differences = View::of(&phone.state).differences(&View::of(&other.state));
        assert!(differences.is_empty(), "{way:?}: {differences:#?}");
    }
}

#[tokio::test]
async fn lost_windows_come_again_and_no_message_twice() {
    let world = World::new();
    for way in ways() {
        let mut phone = world.phone(ALICE, way).await;
        let inbox = super::folder(&phone, fieldpost_phone::state::FolderType::INBOX);
        phone.state.collection_mut(&inbox).options.window = Some(60);
        let mut replaced = 0;
        for round in 0..100 {
            // Every other answer is lost.
            if round % 2 == 0 {
                phone.suffer_next(Mishap::CutAnswer(500));
                assert!(phone.sync(&[&inbox]).await.is_err(), "{way:?}");
            }
            let outcome = phone.sync(&[&inbox]).await.unwrap();
            assert!(outcome.restarted.is_empty(), "{way:?}: {outcome:?}");
            replaced += outcome.collections.get(&inbox).map_or(0, |p| p.replaced.len());
            if !phone.state.collections[&inbox].more_available {
                break;
            }
        }
        assert_eq!((phone.state.items(&inbox).count(), replaced), (FILLED, 0), "{way:?}");
    }
}

#[tokio::test]
async fn an_invented_key_begins_again_and_harms_nothing() {
    let world = World::new();
    for way in ways() {
        let (mut phone, inbox) = world.ready(ALICE, way).await;
        let before = View::of(&phone.state);
        phone.state.collection_mut(&inbox).sync_key = "nonsense".into();
        // MS-ASCMD_R4425
        assert_eq!(phone.sync(&[&inbox]).await.unwrap().restarted, [inbox.as_str()], "{way:?}");
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let differences = before.differences(&View::of(&phone.state));
        assert!(differences.is_empty(), "{way:?}: {differences:#?}");

        phone.state.hierarchy_key = "nonsense".into();
        let refused = phone.folder_sync_once().await.unwrap_err();
        assert_eq!(refused.status(), Some(9), "{way:?}: {refused}");
        phone.folder_sync().await.unwrap();
        assert!(phone.sync(&["99999"]).await.unwrap().hierarchy_changed, "{way:?}");
    }
}

#[tokio::test]
async fn commands_whose_answer_was_lost_are_asked_for_again() {
    let world = World::new();
    let bob = format!("{BOB}@{DOMAIN}");
    let mishaps =
        [Mishap::LoseAnswer, Mishap::CutAnswer(40), Mishap::CutBeforeAnswer, Mishap::CutRequest(300)];
    for (at, way) in ways().into_iter().enumerate() {
        let (mut phone, inbox) = world.ready(ALICE, way).await;
        for (number, mishap) in mishaps.into_iter().enumerate() {
            // A folder is made once, and known.
            let name = format!("Folder {at} {number}");
            phone.suffer_next(mishap);
            assert!(
                phone.folder_create("0", &name, FolderType::USER_MAIL).await.is_err(),
                "{way:?} {mishap:?}"
            );
            let folder = phone.folder_create("0", &name, FolderType::USER_MAIL).await.unwrap();
            let news = phone.folder_sync_once().await.unwrap();
            assert_eq!((news.added, news.updated, news.deleted), (0, 0, 0), "{way:?} {mishap:?}");

            // A message moves once, and neither folder tells of it.
            phone.sync_all(&[&folder], |_, _| ()).await.unwrap();
            let nth = at * mishaps.len() + number;
            // Every twentieth is of another kind.
            let subject = format!("Message {}", 101 + nth + nth / 19);
            let id = with_subject(&phone, &inbox, &subject).remove(0);
            phone.suffer_next(mishap);
            assert!(phone.move_items(&inbox, &[&id], &folder).await.is_err(), "{way:?} {mishap:?}");
            let moved = phone.move_items(&inbox, &[&id], &folder).await.unwrap();
            assert_eq!(moved[0].status, 3, "{way:?} {mishap:?}");
            let outcome = phone.sync(&[&inbox, &folder]).await.unwrap();
            let told: usize = outcome.collections.values().map(Progress::incoming).sum();
            assert_eq!(told, 0, "{way:?} {mishap:?}: {outcome:?}");
            assert_eq!(with_subject(&phone, &folder, &subject).len(), 1, "{way:?} {mishap:?}");

            // A message is sent once.
            let subject = format!("Once {at} {number}");
            let letter = Letter { from: "x@y.example", to: &[&bob], subject: &subject, text: "Words.\r\n" };
            let message = phone.new_message(letter.write_now());
            phone.suffer_next(mishap);
            assert!(phone.send_message(&message).await.is_err(), "{way:?} {mishap:?}");
            phone.send_message(&message).await.unwrap();
            let (other, theirs) = world.ready(BOB, way).await;
            assert_eq!(with_subject(&other, &theirs, &subject).len(), 1, "{way:?} {mishap:?}");
        }
    }
}
