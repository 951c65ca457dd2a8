//! Autodiscover: its errors have names of their own.

use std::sync::Arc;
use std::time::Duration;

use fieldpost_eas::Version;
use fieldpost_phone::Transport;

use super::Shown;
use crate::session::Session;
use crate::stage::Stage;

pub(super) const SCOPES: &[&str] = &["Autodiscover/Action", "Autodiscover/ErrorCode"];

const MOBILE: &str = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync";

async fn ask(session: &Session, address: &str, schema: &str) -> String {
    let body = format!(
        "<Autodiscover xmlns=\"{MOBILE}/requestschema/2006\"><Request><EMailAddress>{address}</EMailAddress>\
         <AcceptableResponseSchema>{schema}</AcceptableResponseSchema></Request></Autodiscover>"
    );
    let mut request = session.phone.identity.options("/autodiscover/autodiscover.xml").unwrap();
    request.method = "POST".parse().unwrap();
    request.headers.insert("content-type", "text/xml".parse().unwrap());
    request.body = body.into();
    let mut transport = Transport::new(Arc::clone(session.phone.connector()));
    let answer = transport.send(&request, Duration::ZERO).await.unwrap();
    assert_eq!(answer.status.as_u16(), 200);
    String::from_utf8(answer.body.to_vec()).unwrap()
}

/// What stands between the tags.
fn value(document: &str, name: &str) -> String {
    let found = document.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once("</"));
    found.map(|(value, _)| value.to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn every_status_of_discovery() {
    let stage = Stage::start(&["anna"]).await;
    let anna = stage.session("anna", Version::V14_1).await;
    let mut shown = Shown::of(SCOPES);
    let response = format!("{MOBILE}/responseschema/2006");
    let own = anna.address();
    let good = ask(&anna, &own, &response).await;
    assert!(good.contains("<Settings>") && !good.contains("Status"), "{good}");
    let others = ask(&anna, "bob@elsewhere.example", &response).await;
    shown.is("Autodiscover/Action", 2, &value(&others, "Status"), "an address of somebody else");
    // MS-ASCMD_R5823
    assert_eq!(value(&good, "Culture"), "en:us");
    // MS-ASCMD_R2285
    for (code, address, schema) in [(600, "", response.as_str()), (601, &own, "urn:other")] {
        let answer = ask(&anna, address, schema).await;
        shown.is("Autodiscover/ErrorCode", code, &value(&answer, "ErrorCode"), schema);
        // MS-ASCMD_R5547, R5698: when it was asked, to the seventh digit.
        let time = answer.split_once("Time=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
        assert_eq!(time.len(), 16, "{time}");
        assert_eq!(&time[8..9], ".", "{time}");
        time[..15].parse::<jiff::civil::Time>().unwrap();
    }
    shown.complete();
}
