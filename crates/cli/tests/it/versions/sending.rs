//! Mail leaves the phone: new, in answer, forwarded; as raw messages up to 12.1 and in documents later.

use fieldpost_eas::Version;
use fieldpost_phone::command::send_mail::Sent;
use fieldpost_phone::compose::Letter;
use fieldpost_phone::state::FolderType;
use fieldpost_testkit::process::DOMAIN;

use super::{ALICE, ATTACHED, BOB, World, attachment, folder, ways, with_subject};

#[tokio::test]
async fn a_message_goes_to_another_account_once_and_stays_in_sent_items() {
    let world = World::new();
    let (alice, bob) = (format!("{ALICE}@{DOMAIN}"), format!("{BOB}@{DOMAIN}"));
    for (at, way) in ways().into_iter().enumerate() {
        let (version, _) = way;
        let mut from = world.phone(ALICE, way).await;
        let subject = format!("Greetings {at}, grüße");
        // The author is who has signed in, whatever the message says (MS-ASCMD_R448).
        let letter =
            Letter { from: "somebody@else.example", to: &[&bob], subject: &subject, text: "Hello\r\n" };
        let message = from.new_message(letter.write_now());
        assert_eq!(from.send_message(&message).await.unwrap(), Sent::Now, "{way:?}");
        if version >= Version::V14_0 {
            // MS-ASCMD_R4848, R4850
            assert_eq!(from.send_message(&message).await.unwrap(), Sent::Before, "{way:?}");
        }
        let (to, inbox) = world.ready(BOB, way).await;
        let came = with_subject(&to, &inbox, &subject);
        assert_eq!(came.len(), 1, "{way:?}");
        let email = &to.state.collections[&inbox].items[&came[0]];
        assert!(email.from.contains(&alice) && !email.from.contains("somebody"), "{way:?}: {}", email.from);
        let sent = folder(&from, FolderType::SENT_ITEMS);
        from.sync_all(&[&sent], |_, _| ()).await.unwrap();
        let kept = with_subject(&from, &sent, &subject);
        assert_eq!(kept.len(), 1, "{way:?}");
        assert!(from.state.collections[&sent].items[&kept[0]].read, "{way:?}");
    }
}

#[tokio::test]
async fn answers_quote_and_forwards_take_the_attachment_along() {
    let world = World::new();
    let bob = format!("{BOB}@{DOMAIN}");
    for (at, way) in ways().into_iter().enumerate() {
        let (version, _) = way;
        let (mut from, inbox) = world.ready(ALICE, way).await;
        let original = format!("Attachment {}", at * ATTACHED);
        let id = with_subject(&from, &inbox, &original).remove(0);
        let (re, fw) = (format!("Re: {original}"), format!("Fw: {original}"));
        let letter = |subject: &str| {
            Letter { from: "x@y.example", to: &[&bob], subject, text: "My words.\r\n" }.write_now()
        };
        // Success has no body (MS-ASCMD_R605, R568); anything else would be an error here.
        from.smart_reply(&inbox, &id, letter(&re)).await.unwrap();
        from.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        let verb = |phone: &fieldpost_phone::Phone| phone.state.collections[&inbox].items[&id].last_verb;
        if version >= Version::V14_0 {
            // To the author alone, or to all: that is the server's guess from the recipients.
            assert!(matches!(verb(&from), Some(1 | 2)), "{way:?}: {:?}", verb(&from));
        }
        from.smart_forward(&inbox, &id, letter(&fw)).await.unwrap();
        from.sync_all(&[&inbox], |_, _| ()).await.unwrap();
        if version >= Version::V14_0 {
            assert_eq!(verb(&from), Some(3), "{way:?}");
        }

        let (mut to, inbox) = world.ready(BOB, way).await;
        for (subject, attachments) in [(&re, 0), (&fw, 1)] {
            let came = with_subject(&to, &inbox, subject);
            assert_eq!(came.len(), 1, "{way:?}: {subject}");
            let email = to.state.collections[&inbox].items[&came[0]].clone();
            let text = email.text();
            assert!(text.contains("My words.") && text.contains("See the attachment."), "{way:?}: {text}");
            assert_eq!(email.attachments.len(), attachments, "{way:?}: {subject}");
            for listed in &email.attachments {
                let data = to.attachment(&listed.reference).await.unwrap().data;
                assert!(data == attachment(at * ATTACHED), "{way:?}");
            }
        }
    }
}
