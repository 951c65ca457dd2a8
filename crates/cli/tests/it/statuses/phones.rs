//! Settings and Provision: what a phone says of itself and of its policy.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{Provision, Settings};
use fieldpost_eas::wbxml::Node;

use super::{Shown, status_in};
use crate::session::{Session, all, text};
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &[
    "Settings",
    "Settings/property",
    "Settings/DevicePassword",
    "Provision",
    "Provision/Policy(response)",
    "Provision/Policy(request)",
    "Provision/RemoteWipe(request)",
];

const WBXML: &str = "MS-EAS-Provisioning-WBXML";

#[tokio::test]
async fn every_status_of_settings_and_policies() {
    let stage = Stage::start(&["anna"]).await;
    let mut shown = Shown::of(SCOPES);
    let mut anna = stage.session("anna", Version::V14_1).await;
    settings(&mut anna, &mut shown).await;
    provision(&mut anna, &mut shown).await;
    wipe(&stage, &mut anna, &mut shown).await;
    shown.complete();
}

async fn settings(anna: &mut Session, shown: &mut Shown) {
    let root = anna.ask(Settings, "Settings:Settings").await.unwrap();
    shown.is("Settings", 2, &status_in(&root, "Settings"), "nothing is asked");
    let times = "StartTime=2027-03-02T00:00:00.000Z EndTime=2027-03-01T00:00:00.000Z";
    for (code, property, request) in [
        (1, "Oof", "Oof[Get[BodyType=TEXT]]".to_owned()),
        (2, "Oof", "Oof".to_owned()),
        // MS-ASCMD_R5702
        (5, "Oof", "Oof[Set[OofState=7]]".to_owned()),
        // MS-ASCMD_R5385
        (6, "Oof", format!("Oof[Set[OofState=2 {times}]]")),
    ] {
        let root = anna.ask(Settings, &format!("Settings:Settings[{request}]")).await.unwrap();
        shown.is("Settings", 1, &status_in(&root, "Settings"), &request);
        shown.is("Settings/property", code, &status_in(&root, property), &request);
    }
    let long = "p".repeat(256);
    for (code, set) in
        [(2, String::new()), (5, format!("Set[Password={long}]")), (7, "Set[Password=p]".into())]
    {
        let root = anna.ask(Settings, &format!("Settings:Settings[DevicePassword[{set}]]")).await.unwrap();
        shown.is("Settings/DevicePassword", code, &status_in(&root, "DevicePassword"), "a password");
    }
}

async fn ask(anna: &mut Session, policy: &str) -> Node {
    let said = "Settings:DeviceInformation[Set[Model=x]]";
    let request = format!("Provision:Provision[{said} Provision:Policies[Policy[{policy}]]]");
    anna.ask(Provision, &request).await.unwrap()
}

async fn provision(anna: &mut Session, shown: &mut Shown) {
    let root = anna.ask(Provision, "Provision:Provision[Policies[Policy Policy]]").await.unwrap();
    shown.is("Provision", 2, &status_in(&root, "Provision"), "two policies at once");
    for (code, policy) in [
        (1, format!("PolicyType={WBXML}")),
        (2, "PolicyType=MS-WAP-Provisioning-XML".to_owned()),
        (3, "PolicyType=MS-Invented".to_owned()),
        (5, format!("PolicyType={WBXML} PolicyKey=4711 Status=1")),
    ] {
        let root = ask(anna, &policy).await;
        shown.is("Provision", 1, &status_in(&root, "Provision"), &policy);
        shown.is("Provision/Policy(response)", code, &status_in(&root, "Policy"), &policy);
    }
    // What the phone says of it, and what follows from that.
    for (says, follows) in [(2u16, 139), (3, 139), (4, 145), (1, 1)] {
        let key = text(&ask(anna, &format!("PolicyType={WBXML}")).await, "PolicyKey");
        let root = ask(anna, &format!("PolicyType={WBXML} PolicyKey={key} Status={says}")).await;
        shown.is("Provision", follows, &status_in(&root, "Provision"), "what the phone made of it");
        shown.is("Provision/Policy(request)", says, &says.to_string(), "said by the phone");
    }
}

/// A phone that is to be erased says whether it was.
async fn wipe(stage: &Stage, anna: &mut Session, shown: &mut Shown) {
    let (address, device) = (anna.address(), anna.phone.identity.device_id.to_string());
    let done = stage.server.run(&["device", "wipe", &address, &device, "--confirm", &address]);
    assert!(done.status.success(), "{done:?}");
    let told = anna.ask(Provision, "Provision:Provision").await.unwrap();
    assert_eq!(all(&told, "RemoteWipe").len(), 1, "{told:?}");
    for (says, follows) in [(2u16, 2), (1, 1)] {
        let request = format!("Provision:Provision[RemoteWipe[Status={says}]]");
        let root = anna.ask(Provision, &request).await.unwrap();
        shown.is("Provision", follows, &status_in(&root, "Provision"), &request);
        shown.is("Provision/RemoteWipe(request)", says, &says.to_string(), "said by the phone");
    }
}
