//! Provision: the policy is asked for and acknowledged, and each of the statuses.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{FolderSync, Provision};
use fieldpost_eas::wbxml::Node;
use fieldpost_phone::Call;
use fieldpost_testkit::shape::notation;

use super::children;
use crate::session::{Session, all, text};
use crate::stage::Stage;

const WBXML: &str = "MS-EAS-Provisioning-WBXML";

async fn provision(session: &mut Session, policy: &str) -> Node {
    let first = !policy.contains("PolicyKey") && session.version >= Version::V14_1;
    let device = if first { "Settings:DeviceInformation[Set[Model=Model]]" } else { "" };
    let request = format!("Provision:Provision[{device} Provision:Policies[Policy[{policy}]]]");
    session.ask(Provision, &request).await.unwrap()
}

/// The statuses of the answer and of its policy.
fn statuses(root: &Node) -> (String, String) {
    let own = root
        .children
        .iter()
        .find(|child| child.tag.name() == "Status")
        .and_then(|status| status.text.clone());
    (
        own.unwrap_or_default(),
        all(root, "Policy").first().map(|policy| text(policy, "Status")).unwrap_or_default(),
    )
}

fn both(first: &str, second: &str) -> (String, String) {
    (first.to_owned(), second.to_owned())
}

#[tokio::test]
async fn a_policy_is_asked_for_and_acknowledged() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL {
        let mut session = stage.session("anna", version).await;
        // MS-ASPROV_R971
        let kind = if version == Version::V2_5 { "MS-WAP-Provisioning-XML" } else { WBXML };
        // MS-ASPROV_R417, R441, R466, R495; MS-ASCMD_R5026
        let offered = provision(&mut session, &format!("PolicyType={kind}")).await;
        // MS-ASPROV_R378, R394, R678, R688, R703
        assert_eq!(statuses(&offered), both("1", "1"), "{version}");
        // MS-ASPROV_R535
        if version >= Version::V14_1 {
            let names: Vec<&str> = offered.children.iter().map(|child| child.tag.name()).collect();
            assert_eq!(names, ["DeviceInformation", "Status", "Policies"], "{version}");
        }
        // MS-ASPROV_R209, R310
        assert_eq!(children(&offered, "Policy"), ["PolicyType", "Status", "PolicyKey", "Data"], "{version}");
        // MS-ASPROV_R318
        assert_eq!(text(&offered, "PolicyType"), kind);
        // MS-ASPROV_R888, R966; MS-ASCMD_R4992
        assert_eq!(!all(&offered, "EASProvisionDoc").is_empty(), kind == WBXML, "{version}");
        // MS-ASPROV_R653, R654, R66613, R66615: nobody ordered a wipe.
        assert!(all(&offered, "RemoteWipe").is_empty() && all(&offered, "AccountOnlyRemoteWipe").is_empty());
        let temporary = text(&offered, "PolicyKey");

        // MS-ASPROV_R419, R661; MS-ASCMD_R5028
        let acknowledge = format!("PolicyType={kind} PolicyKey={temporary} Status=1");
        let taken = provision(&mut session, &acknowledge).await;
        assert_eq!(statuses(&taken), both("1", "1"), "{version}");
        // MS-ASPROV_R601, R605; MS-ASCMD_R4996
        assert_eq!(children(&taken, "Policy"), ["PolicyType", "Status", "PolicyKey"], "{version}");
        let lasting = text(&taken, "PolicyKey");

        // MS-ASPROV_R650, R662: the temporary key is good for nothing else, the other for everything.
        for (key, welcome) in [(&temporary, false), (&lasting, true)] {
            session.phone.state.policy_key = key.parse().unwrap();
            let body = notation::document("FolderHierarchy:FolderSync[SyncKey=0]").to_wbxml(version);
            let answer = session.phone.send_once(&Call::wbxml(FolderSync, body)).await.unwrap();
            // MS-ASPROV_R537, R509
            let status = Node::parse(&answer.body, fieldpost_eas::wbxml::Limits::default());
            let status = status.map(|root| text(&root, "Status")).unwrap_or_default();
            let expected = match (welcome, version >= Version::V14_0) {
                (true, _) => (200, "1"),
                (false, true) => (200, "144"),
                (false, false) => (449, ""),
            };
            assert_eq!((answer.status.as_u16(), status.as_str()), expected, "{version}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_has_its_status() {
    let stage = Stage::start(&["anna"]).await;
    for version in Version::ALL.into_iter().filter(|version| *version >= Version::V12_0) {
        let mut session = stage.session("anna", version).await;
        let offered = provision(&mut session, &format!("PolicyType={WBXML}")).await;
        let key = text(&offered, "PolicyKey");
        // MS-ASPROV_R380, R471, R502
        let root = provision(&mut session, "PolicyType=MS-Invented").await;
        assert_eq!(statuses(&root), both("1", "3"), "{version}");
        // MS-ASPROV_R382, R692, R708, R475, R761, R507, R657, R695
        let wrong = format!("PolicyType={WBXML} PolicyKey=4711 Status=1");
        assert_eq!(statuses(&provision(&mut session, &wrong).await), both("1", "5"), "{version}");
        // MS-ASPROV_R395, R679, R450, R497; MS-ASCMD_R4989
        let root = provision(&mut session, "PolicyKey=1 Status=1").await;
        assert_eq!(statuses(&root).0, "2", "{version}");
        if version >= Version::V14_0 {
            // MS-ASPROV_R681, R697, R1046, R686, R461
            for (applied, status) in [("2", "139"), ("4", "145")] {
                let answer = format!("PolicyType={WBXML} PolicyKey={key} Status={applied}");
                assert_eq!(statuses(&provision(&mut session, &answer).await).0, status, "{version}");
            }
        }
    }
}
