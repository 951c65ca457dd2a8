//! What the user does on one phone is seen on another: marks, moves, deletions, folders.

use fieldpost_eas::Version;
use fieldpost_phone::model::View;
use fieldpost_phone::state::{Edit, FolderType, Progress, StoredFlag};

use super::{ALICE, World, folder, ways, with_subject};

#[tokio::test]
async fn marks_reach_the_other_phone_and_do_not_come_back() {
    let world = World::new();
    for (at, way) in ways().into_iter().enumerate() {
        let (version, _) = way;
        let (mut one, inbox) = world.ready(ALICE, way).await;
        let (mut two, _) = world.ready(ALICE, way).await;
        let id = with_subject(&one, &inbox, &format!("Message {}", at + 1)).remove(0);
        let collection = one.state.collection_mut(&inbox);
        collection.edit(Edit::Read { id: id.clone(), read: true });
        if version >= Version::V12_0 {
            collection.edit(Edit::Flag { id: id.clone(), flag: Some(StoredFlag::active()) });
        }
        let categories = vec!["Blue".to_owned(), "Work".to_owned()];
        if version >= Version::V14_0 {
            collection.edit(Edit::Categories { id: id.clone(), categories: categories.clone() });
        }
        let outcome = one.sync(&[&inbox]).await.unwrap();
        // Silence is consent (MS-ASCMD_R6413), and the phone's own changes are not told to it.
        let progress = &outcome.collections[&inbox];
        assert!(progress.refused.is_empty() && progress.is_empty(), "{way:?}: {progress:?}");
        let outcome = one.sync(&[&inbox]).await.unwrap();
        assert!(outcome.collections.values().all(Progress::is_empty), "{way:?}: {outcome:?}");
        // MS-ASCMD_R656: no news is no body, from 12.1 on.
        assert_eq!(outcome.no_news, version >= Version::V12_1, "{way:?}");

        let outcome = two.sync(&[&inbox]).await.unwrap();
        assert_eq!(outcome.collections[&inbox].changed, [id.as_str()], "{way:?}");
        let email = &two.state.collections[&inbox].items[&id];
        assert!(email.read, "{way:?}");
        if version >= Version::V12_0 {
            assert_eq!(email.flag.as_ref().map(|f| f.status), Some(2), "{way:?}");
        }
        if version >= Version::V14_0 {
            assert_eq!(email.categories, categories, "{way:?}");
        }

        // And back again.
        let collection = two.state.collection_mut(&inbox);
        collection.edit(Edit::Read { id: id.clone(), read: false });
        if version >= Version::V12_0 {
            collection.edit(Edit::Flag { id: id.clone(), flag: None });
        }
        if version >= Version::V14_0 {
            collection.edit(Edit::Categories { id: id.clone(), categories: Vec::new() });
        }
        two.sync(&[&inbox]).await.unwrap();
        one.sync(&[&inbox]).await.unwrap();
        let email = &one.state.collections[&inbox].items[&id];
        assert!(!email.read && email.flag.is_none() && email.categories.is_empty(), "{way:?}: {email:?}");
        let differences = View::of(&one.state).differences(&View::of(&two.state));
        assert!(differences.is_empty(), "{way:?}: {differences:#?}");
    }
}

#[tokio::test]
async fn folders_are_made_renamed_filled_and_deleted() {
    let world = World::new();
    for (at, way) in ways().into_iter().enumerate() {
        let (mut one, inbox) = world.ready(ALICE, way).await;
        let (mut two, _) = world.ready(ALICE, way).await;
        let trash = folder(&one, FolderType::DELETED_ITEMS);
        one.sync_all(&[&trash], |_, _| ()).await.unwrap();

        let name = format!("Projects {at}");
        let outer = one.folder_create("0", &name, FolderType::USER_MAIL).await.unwrap();
        let inner = one.folder_create(&outer, "Inner", FolderType::USER_MAIL).await.unwrap();
        let twice = one.folder_create("0", &name, FolderType::USER_MAIL).await.unwrap_err();
        assert_eq!(twice.status(), Some(2), "{way:?}: {twice}");
        // The phone's own key covers what it did itself.
        let progress = one.folder_sync().await.unwrap();
        assert_eq!((progress.added, progress.updated, progress.deleted), (0, 0, 0), "{way:?}");
        two.folder_sync().await.unwrap();
        assert_eq!(two.state.folders[&inner].parent_id, outer, "{way:?}");

        // A message moves there under an id that the phone is told.
        one.sync_all(&[&inner], |_, _| ()).await.unwrap();
        let subject = format!("Message {}", at + 101);
        let id = with_subject(&one, &inbox, &subject).remove(0);
        let moved = one.move_items(&inbox, &[&id], &inner).await.unwrap();
        assert_eq!(moved[0].status, 3, "{way:?}: {moved:?}");
        one.sync_all(&[&inbox, &inner], |_, _| ()).await.unwrap();
        two.sync_all(&[&inbox, &inner], |_, _| ()).await.unwrap();
        for phone in [&one, &two] {
            assert!(with_subject(phone, &inbox, &subject).is_empty(), "{way:?}");
            assert_eq!(with_subject(phone, &inner, &subject), [moved[0].to.clone().unwrap()], "{way:?}");
        }
        let nowhere = one.move_items(&inner, &[moved[0].to.as_deref().unwrap()], "99999").await.unwrap();
        assert_eq!(nowhere[0].status, 2, "{way:?}: {nowhere:?}");

        // Deleted on the phone, it lies in Deleted Items (MS-ASCMD_R2155).
        let id = moved[0].to.clone().unwrap();
        one.state.collection_mut(&inner).edit(Edit::Delete { id });
        one.sync_all(&[&inner, &trash], |_, _| ()).await.unwrap();
        assert_eq!(with_subject(&one, &trash, &subject).len(), 1, "{way:?}");
        two.sync_all(&[&inner], |_, _| ()).await.unwrap();
        assert_eq!(two.state.items(&inner).count(), 0, "{way:?}");

        one.folder_update(&inner, "0", &format!("{name} moved")).await.unwrap();
        two.folder_sync().await.unwrap();
        let folder = &two.state.folders[&inner];
        assert_eq!((folder.parent_id.as_str(), folder.name.clone()), ("0", format!("{name} moved")));
        // Ids survive a fresh start (MS-ASCMD_R5012), and so do the keys of collections.
        let before = two.state.folders.clone();
        two.folder_sync_from_start().await.unwrap();
        assert_eq!(two.state.folders, before, "{way:?}");
        assert!(two.sync(&[&inbox]).await.unwrap().restarted.is_empty(), "{way:?}");

        one.folder_delete(&inner).await.unwrap();
        one.folder_delete(&outer).await.unwrap();
        let gone = one.folder_delete(&outer).await.unwrap_err();
        assert_eq!(gone.status(), Some(4), "{way:?}: {gone}");
        let special = one.folder_delete(&inbox).await.unwrap_err();
        assert_eq!(special.status(), Some(3), "{way:?}: {special}");
        two.folder_sync().await.unwrap();
        assert!(!two.state.folders.contains_key(&inner) && !two.state.folders.contains_key(&outer));
        // A folder that is gone sends the phone to FolderSync.
        assert!(two.sync(&[&inner]).await.unwrap().hierarchy_changed, "{way:?}");
    }
}

#[tokio::test]
async fn a_folder_is_emptied_and_a_conversation_moved() {
    let world = World::new();
    for (at, way) in ways().into_iter().enumerate().filter(|(_, (v, _))| *v >= Version::V12_0) {
        let (version, _) = way;
        let (mut phone, inbox) = world.ready(ALICE, way).await;
        let target = phone.folder_create("0", &format!("Target {at}"), FolderType::USER_MAIL).await.unwrap();
        phone.sync_all(&[&target], |_, _| ()).await.unwrap();
        let subject = format!("Message {}", at + 201);
        let id = with_subject(&phone, &inbox, &subject).remove(0);
        if version >= Version::V14_0 {
            let conversation = phone.state.collections[&inbox].items[&id].conversation_id.clone();
            assert_eq!(conversation.len(), 16, "{way:?}");
            phone.move_conversation(&conversation, &target).await.unwrap();
        } else {
            phone.move_items(&inbox, &[&id], &target).await.unwrap();
        }
        phone.sync_all(&[&inbox, &target], |_, _| ()).await.unwrap();
        assert_eq!(with_subject(&phone, &target, &subject).len(), 1, "{way:?}");
        assert!(with_subject(&phone, &inbox, &subject).is_empty(), "{way:?}");
        phone.empty_folder(&target, true).await.unwrap();
        phone.sync_all(&[&target], |_, _| ()).await.unwrap();
        assert_eq!(phone.state.items(&target).count(), 0, "{way:?}");
    }
}
