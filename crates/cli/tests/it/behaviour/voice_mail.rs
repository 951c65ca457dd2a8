//! Messages of a telephone system: who called, and the recordings.

use fieldpost_eas::Version;

use crate::session::{all, text};
use crate::stage::Stage;

fn message(subject: &str, header: &str) -> String {
    format!(
        "From: telephone@elsewhere.example\nTo: anna@example.test\nSubject: {subject}\nMIME-Version: 1.0\n{header}\
         Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nA call.\n\
         --m\nContent-Type: audio/wav; name=old.wav\nContent-Disposition: attachment; filename=old.wav\n\
         Content-Transfer-Encoding: base64\n\nAAECAwQ=\n\
         --m\nContent-Type: audio/wav; name=new.wav\nContent-Disposition: attachment; filename=new.wav\n\
         Content-Transfer-Encoding: base64\n\nAAECAwQ=\n\
         --m\nContent-Type: text/plain; name=words.txt\nContent-Disposition: attachment; filename=words.txt\n\n\
         Words.\n--m--\n"
    )
}

#[tokio::test]
async fn a_call_is_told_with_its_message() {
    let stage = Stage::start(&["anna"]).await;
    let header = "Content-Class: voice\nX-CallingTelephoneNumber: +49 30 123456\nX-VoiceMessageDuration: 17\n\
                  X-AttachmentOrder: old.wav;new.wav\n";
    stage.deliver("anna", &message("Called", header)).await;
    stage.deliver("anna", &message("Music", "X-CallingTelephoneNumber: 1\n")).await;
    for version in Version::ALL {
        let mut anna = stage.session("anna", version).await;
        let inbox = anna.folder(2);
        let roots = anna.sync_whole(&inbox, "GetChanges").await;
        let told = |subject: &str| {
            let mut adds = roots.iter().flat_map(|root| all(root, "Add"));
            adds.find(|add| text(add, "Subject") == subject).unwrap().clone()
        };
        let (called, music) = (told("Called"), told("Music"));
        // MS-ASEMAIL_R804, R811, R878: nothing of it in a message that is none.
        for name in ["UmCallerID", "UmAttDuration", "UmAttOrder"] {
            assert!(all(&music, name).is_empty(), "{version} {name}");
        }
        assert_eq!(text(&music, "MessageClass"), "IPM.Note", "{version}");
        if version < Version::V14_0 {
            assert!(all(&called, "UmCallerID").is_empty(), "{version}");
            continue;
        }
        assert_eq!(text(&called, "MessageClass"), "IPM.Note.Microsoft.Voicemail.UM", "{version}");
        // MS-ASEMAIL_R812, R827, R829, R933
        let callers: Vec<_> = all(&called, "UmCallerID").iter().filter_map(|id| id.text.clone()).collect();
        assert_eq!(callers, ["+49 30 123456"], "{version}");
        // MS-ASEMAIL_R802, R803, R808, R809: of recordings alone, and the newest is the first.
        let files: Vec<[String; 3]> = all(&called, "Attachment")
            .into_iter()
            .map(|file| ["DisplayName", "UmAttOrder", "UmAttDuration"].map(|name| text(file, name)))
            .collect();
        let expected = [["old.wav", "2", ""], ["new.wav", "1", "17"], ["words.txt", "", ""]];
        assert_eq!(files, expected.map(|file| file.map(str::to_owned)), "{version}");
    }
}
