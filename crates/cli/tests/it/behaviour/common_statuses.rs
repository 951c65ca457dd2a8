//! The statuses that all commands have in common ([MS-ASCMD] 2.2.2).

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{self, FolderSync};
use fieldpost_eas::wbxml::{Limits, Node};
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use crate::session::{Session, text};
use crate::stage::Stage;

/// The code of HTTP, and the status of the document if there is one.
async fn answer(session: &mut Session, command: CommandName, body: Vec<u8>) -> (u16, String) {
    let answer = session.phone.send_once(&Call::wbxml(command, body)).await.unwrap();
    let root = Node::parse(&answer.body, Limits::default());
    (answer.status.as_u16(), root.map(|root| text(&root, "Status")).unwrap_or_default())
}

#[tokio::test]
async fn they_are_statuses_from_14_0_on_and_codes_before() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut one = stage.session("anna", version).await;
        let modern = version >= Version::V14_0;
        // MS-ASCMD_R4815
        let got = answer(&mut one, FolderSync, b"no document".to_vec()).await;
        assert_eq!(got, if modern { (200, "102".into()) } else { (400, String::new()) }, "{version}");
        // MS-ASCMD_R4912
        let key = one.phone.state.policy_key;
        one.phone.state.policy_key = key ^ 1;
        let folders = notation::document("FolderHierarchy:FolderSync[SyncKey=0]").to_wbxml(version);
        let got = answer(&mut one, FolderSync, folders).await;
        assert_eq!(got, if modern { (200, "144".into()) } else { (449, String::new()) }, "{version}");
    }
}
