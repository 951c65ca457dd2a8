//! Mail comes to the phone: all of it, in every form, byte for byte.

use fieldpost_eas::Version;
use fieldpost_eas::item::BodyType;
use fieldpost_phone::PhoneError;
use fieldpost_phone::state::{FolderType, SyncOptions};

use super::{ALICE, ATTACHED, FILLED, World, attachment, folder, ways};

#[tokio::test]
async fn an_inbox_arrives_whole_and_in_windows() {
    let world = World::new();
    for way in ways() {
        let mut phone = world.phone(ALICE, way).await;
        let inbox = folder(&phone, FolderType::INBOX);
        let waiting = FILLED as u32;
        phone.state.collection_mut(&inbox).options =
            SyncOptions { window: Some(70), body_type: 1, ..SyncOptions::default() };
        let mut windows = Vec::new();
        let mut estimates = Vec::new();
        // The first key brings no items; then the estimate knows them all (MS-ASCMD_R5839).
        phone.sync(&[&inbox]).await.unwrap();
        estimates.push(phone.get_item_estimate(&[&inbox]).await.unwrap()[0].count);
        phone
            .sync_all(&[&inbox], |_, round| windows.push(round.collections[&inbox].added.len()))
            .await
            .unwrap();
        estimates.push(phone.get_item_estimate(&[&inbox]).await.unwrap()[0].count);
        assert_eq!(estimates, [Some(waiting), Some(0)], "{way:?}");
        assert!(windows.iter().all(|n| *n <= 70), "{way:?}: {windows:?}");
        assert_eq!(phone.state.items(&inbox).count(), FILLED, "{way:?}");
        for n in 0..FILLED {
            let subject = if n % ATTACHED == 0 { format!("Attachment {n}") } else { format!("Message {n}") };
            let found = super::with_subject(&phone, &inbox, &subject);
            assert_eq!(found.len(), 1, "{way:?}: {subject}");
            let email = &phone.state.collections[&inbox].items[&found[0]];
            let text = match n % ATTACHED {
                0 => "See the attachment.".into(),
                _ => format!("This is message number {n}."),
            };
            assert_eq!(email.text().trim(), text, "{way:?}");
            assert_eq!(email.attachments.len(), usize::from(n % ATTACHED == 0), "{way:?}: {subject}");
            assert!(!email.read, "{way:?}");
        }
    }
}

#[tokio::test]
async fn mime_comes_byte_for_byte() {
    let world = World::new();
    for way in ways() {
        let mut phone = world.phone(ALICE, way).await;
        let inbox = folder(&phone, FolderType::INBOX);
        phone.state.collection_mut(&inbox).options =
            SyncOptions { body_type: 4, truncation: None, ..SyncOptions::default() };
        phone.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let mut came: Vec<&[u8]> =
            phone.state.items(&inbox).map(|(_, email)| &*email.body.as_ref().unwrap().data).collect();
        let mut sent: Vec<&[u8]> = world.messages.iter().map(|m| &**m).collect();
        came.sort_unstable();
        sent.sort_unstable();
        assert!(came == sent, "{way:?}");
    }
}

#[tokio::test]
async fn messages_and_attachments_are_fetched_byte_for_byte() {
    let world = World::new();
    for way in ways() {
        let (version, _) = way;
        let (mut phone, inbox) = world.ready(ALICE, way).await;
        for n in [0, ATTACHED, 3 * ATTACHED] {
            let id = super::with_subject(&phone, &inbox, &format!("Attachment {n}")).remove(0);
            let listed = phone.state.collections[&inbox].items[&id].attachments.clone();
            assert_eq!(listed[0].name, "data.bin", "{way:?}");
            let reference = &listed[0].reference;
            let wanted = attachment(n);
            assert_eq!(phone.attachment(reference).await.unwrap().data, wanted, "{way:?}");

            if version <= Version::V12_1 {
                assert_eq!(phone.get_attachment(reference).await.unwrap().data, wanted, "{way:?}");
                // MS-ASCMD_R166
                let gone = phone.get_attachment("999999-1").await.unwrap_err();
                assert_eq!(gone.http_status(), Some(500), "{way:?}");
            }
            if version >= Version::V12_0 {
                for in_parts in [false, true] {
                    let whole = phone.fetch_attachment(reference, None, in_parts).await.unwrap();
                    assert_eq!(whole.data, wanted, "{way:?} {in_parts}");
                    let part = phone.fetch_attachment(reference, Some(10..=109), in_parts).await.unwrap();
                    assert_eq!(part.data, wanted[10..110], "{way:?} {in_parts}");
                    // MS-ASCMD_R3709
                    assert_eq!(part.range.as_deref(), Some("10-109"), "{way:?}");
                    assert_eq!(part.total, Some(wanted.len() as u32), "{way:?}");
                    let mime = phone.fetch_item(&inbox, &id, BodyType::Mime, None, in_parts).await.unwrap();
                    assert!(mime.body.unwrap().data == world.messages[n], "{way:?} {in_parts}");
                }
                let error = phone.fetch_attachment("999999-1", None, false).await.unwrap_err();
                assert!(matches!(error, PhoneError::Status { .. }), "{way:?}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn a_command_that_a_version_lacks_is_refused() {
    let world = World::new();
    // MS-ASCMD_R5124: the phone itself does not ask, so it is made to.
    let (mut phone, inbox) = world.ready(ALICE, (Version::V12_1, fieldpost_phone::QueryForm::Plain)).await;
    let id = super::with_subject(&phone, &inbox, "Attachment 0").remove(0);
    let reference = phone.state.collections[&inbox].items[&id].attachments[0].reference.clone();
    let mut call = fieldpost_phone::Call::wbxml(fieldpost_eas::command::CommandName::GetAttachment, "");
    call.attachment_name = Some(reference);
    phone.identity.version = Version::V14_0;
    let error = phone.exchange(&call).await.unwrap_err();
    assert_eq!(error.http_status(), Some(501), "{error}");
}
