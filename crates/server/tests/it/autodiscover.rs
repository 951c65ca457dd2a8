//! Autodiscover: both forms, what they tell and what they keep to themselves.

use fieldpost_store::NewAccount;
use fieldpost_testkit::phone::transport::{Answer, HttpRequest};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE};
use hyper::{Method, StatusCode};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::server::{PASSWORD, Server};

const XML: &str = "/autodiscover/autodiscover.xml";
const REQUEST: &str = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006";
const RESPONSE: &str = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";
const FRAMEWORK: &str = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

/// An element with its namespace, where it declares one, and its attributes.
#[derive(Debug, Default)]
struct Element {
    name: String,
    xmlns: Option<String>,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn parse(answer: &Answer) -> Element {
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header(CONTENT_TYPE), Some("text/xml; charset=utf-8"));
        let mut reader = Reader::from_str(std::str::from_utf8(&answer.body).unwrap());
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let mut element =
                        Element { name: start.name().as_ref().to_owned(), ..Element::default() };
                    for attribute in start.attributes() {
                        let attribute = attribute.unwrap();
                        let (key, value) = (attribute.key.as_ref().to_owned(), attribute.value.into_owned());
                        match key.as_str() {
                            "xmlns" => element.xmlns = Some(value),
                            _ => element.attributes.push((key, value)),
                        }
                    }
                    open.push(element);
                }
                Event::End(_) => {
                    let element = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(element);
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(text) => open.last_mut().unwrap().text += &text.xml10_content(),
                Event::GeneralRef(reference) => {
                    let named = format!("&{};", reference.into_inner());
                    open.last_mut().unwrap().text += &quick_xml::escape::unescape(&named).unwrap();
                }
                Event::Eof => break,
                _ => {}
            }
        }
        open.pop().unwrap().children.pop().unwrap()
    }

    /// The only child of that name.
    fn get(&self, name: &str) -> &Element {
        let found: Vec<_> = self.children.iter().filter(|child| child.name == name).collect();
        let [one] = found.as_slice() else { panic!("{} {name} in {self:?}", found.len()) };
        one
    }

    fn names(&self) -> Vec<&str> {
        self.children.iter().map(|child| child.name.as_str()).collect()
    }

    /// It holds text and no element.
    fn value(&self) -> &str {
        assert!(self.children.is_empty(), "{self:?}");
        &self.text
    }
}

fn document(address: &str, schema: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Autodiscover xmlns=\"{REQUEST}\">\n  <Request>\n    \
         <EMailAddress>{address}</EMailAddress>\n    \
         <AcceptableResponseSchema>{schema}</AcceptableResponseSchema>\n  </Request>\n</Autodiscover>"
    )
}

fn basic(user: &str, password: &str) -> String {
    use base64::Engine as _;
    format!("Basic {}", base64::prelude::BASE64_STANDARD.encode(format!("{user}:{password}")))
}

fn post(path: &str, user: &str, body: impl Into<Vec<u8>>) -> HttpRequest {
    let request = HttpRequest::new(Method::POST, path)
        .header(AUTHORIZATION, &basic(user, PASSWORD))
        .and_then(|request| request.header(CONTENT_TYPE, "text/xml"))
        .unwrap();
    HttpRequest { body: body.into().into(), ..request }
}

async fn start() -> Server {
    let server = Server::with(|settings| settings.names = vec!["mail.example.org".to_owned()]).await;
    server
        .account_with(NewAccount {
            address: "mia@example.org".into(),
            display_name: "Mia & Co".into(),
            aliases: vec!["m.m@example.org".into()],
            ..NewAccount::default()
        })
        .await;
    server.account("ben").await;
    server
}

#[tokio::test]
async fn the_user_is_told_the_server() {
    let server = start().await;
    // MS-ASCMD_R8, MS-ASCMD_R41, MS-ASHTTP_R445: plain XML both ways, in any spelling of the path.
    for path in [XML, "/Autodiscover/Autodiscover.xml", "/AUTODISCOVER/AUTODISCOVER.XML/"] {
        let root =
            Element::parse(&server.send(&post(path, "mia", document("mia@example.org", RESPONSE))).await);
        // MS-ASCMD_R806, MS-ASCMD_R1083, MS-ASCMD_R1084, MS-ASCMD_R1085, MS-ASCMD_R1086
        assert_eq!((root.name.as_str(), root.xmlns.as_deref()), ("Autodiscover", Some(FRAMEWORK)));
        assert_eq!(root.names(), ["Response"]);
        // MS-ASCMD_R3815, MS-ASCMD_R2479, MS-ASCMD_R2480, MS-ASCMD_R2481, MS-ASCMD_R2482, MS-ASCMD_R703:
        // in the schema that was asked for.
        let response = root.get("Response");
        assert_eq!(response.xmlns.as_deref(), Some(RESPONSE));
        assert_eq!(response.names(), ["Culture", "User", "Action"]);
        // MS-ASCMD_R1458, MS-ASCMD_R1459, MS-ASCMD_R1460, MS-ASCMD_R1461
        assert_eq!(response.get("Culture").value(), "en:us");
        // MS-ASCMD_R4693, MS-ASCMD_R2887, MS-ASCMD_R2888, MS-ASCMD_R2889, MS-ASCMD_R2890
        let user = response.get("User");
        assert_eq!(user.names(), ["DisplayName", "EMailAddress"]);
        // MS-ASCMD_R1518, MS-ASCMD_R1519, MS-ASCMD_R1520, MS-ASCMD_R1521
        assert_eq!(user.get("DisplayName").value(), "Mia & Co");
        // MS-ASCMD_R2225, MS-ASCMD_R1583, MS-ASCMD_R1584, MS-ASCMD_R1585, MS-ASCMD_R1586
        assert_eq!(user.get("EMailAddress").value(), "mia@example.org");
        // MS-ASCMD_R1027, MS-ASCMD_R1028, MS-ASCMD_R1029, MS-ASCMD_R1030; no Status in success (MS-ASCMD_R4001)
        let action = response.get("Action");
        assert_eq!(action.names(), ["Settings"]);
        // MS-ASCMD_R2623, MS-ASCMD_R2624, MS-ASCMD_R2625, MS-ASCMD_R2626
        let settings = action.get("Settings");
        assert_eq!(settings.names(), ["Server"]);
        // MS-ASCMD_R3890, MS-ASCMD_R2561, MS-ASCMD_R2562, MS-ASCMD_R2563, MS-ASCMD_R2564
        let there = settings.get("Server");
        assert_eq!(there.names(), ["Type", "Url", "Name"]);
        // MS-ASCMD_R2859, MS-ASCMD_R2860, MS-ASCMD_R2861, MS-ASCMD_R2862, MS-ASCMD_R4648
        assert_eq!(there.get("Type").value(), "MobileSync");
        let url = "https://mail.example.org/Microsoft-Server-ActiveSync";
        // MS-ASCMD_R2883, MS-ASCMD_R2884, MS-ASCMD_R2885, MS-ASCMD_R2886
        assert_eq!(there.get("Url").value(), url);
        // MS-ASCMD_R3482, MS-ASCMD_R3484, MS-ASCMD_R1979, MS-ASCMD_R1980, MS-ASCMD_R1981, MS-ASCMD_R1982
        assert_eq!(there.get("Name").value(), url);
    }
}

#[tokio::test]
async fn any_content_type_will_do() {
    let server = start().await;
    // MS-ASCMD_R5123, MS-ASCMD_R5718
    for content_type in ["text/xml", "text/html", "text/xml; charset=utf-8"] {
        let mut request = post(XML, "mia", document("mia@example.org", RESPONSE));
        request.headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        let root = Element::parse(&server.send(&request).await);
        assert_eq!(root.get("Response").get("Action").names(), ["Settings"], "{content_type}");
    }
}

#[tokio::test]
async fn an_alias_leads_to_the_primary_address_and_so_does_no_body() {
    let server = start().await;
    for request in [
        post(XML, "mia", document("M.M@example.org", RESPONSE)),
        post(XML, "mia@example.org", ""),
        post(XML, "m.m@example.org", " "),
    ] {
        let root = Element::parse(&server.send(&request).await);
        let response = root.get("Response");
        // MS-ASCMD_R2228
        assert_eq!(response.get("User").get("EMailAddress").value(), "mia@example.org");
        assert_eq!(response.get("Action").names(), ["Settings"]);
    }
}

#[tokio::test]
async fn other_peoples_addresses_all_look_alike() {
    let server = start().await;
    for address in ["ben@example.org", "nobody@example.org", "x@elsewhere.example"] {
        let root = Element::parse(&server.send(&post(XML, "mia", document(address, RESPONSE))).await);
        let response = root.get("Response");
        assert_eq!(response.get("User").get("EMailAddress").value(), "mia@example.org");
        // MS-ASCMD_R1631, MS-ASCMD_R1632, MS-ASCMD_R1633, MS-ASCMD_R1634
        let action = response.get("Action");
        assert_eq!(action.names(), ["Error"]);
        let error = action.get("Error");
        assert_eq!(error.names(), ["Status", "Message", "DebugData", "ErrorCode"]);
        // MS-ASCMD_R2691, MS-ASCMD_R2692, MS-ASCMD_R2693, MS-ASCMD_R2694, MS-ASCMD_R3998, MS-ASCMD_R4002
        assert_eq!(error.get("Status").value().parse::<u8>(), Ok(2));
        // MS-ASCMD_R1896, MS-ASCMD_R1897, MS-ASCMD_R1898, MS-ASCMD_R1899
        assert!(!error.get("Message").value().is_empty());
        // MS-ASCMD_R1474, MS-ASCMD_R1475, MS-ASCMD_R1476, MS-ASCMD_R1477
        assert_eq!(error.get("DebugData").value(), "");
        // MS-ASCMD_R1639, MS-ASCMD_R1640, MS-ASCMD_R1641, MS-ASCMD_R1642
        assert_eq!(error.get("ErrorCode").value().parse::<u16>(), Ok(600));
    }
}

#[tokio::test]
async fn what_is_no_request_gets_error_600_and_other_schemas_601() {
    let server = start().await;
    let good = document("mia@example.org", RESPONSE);
    let (begin, end) = (good.find("  <Request>").unwrap(), good.find("</Autodiscover>").unwrap());
    let outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    for (body, code) in [
        // MS-ASCMD_R3799
        (good.replace("</Autodiscover>", &format!("{}</Autodiscover>", &good[begin..end])), "600"),
        (good.replace("mia@example.org", ""), "600"),
        (good.replace("</Request>", ""), "600"),
        // MS-ASCMD_R2287
        ("hello".to_owned(), "600"),
        (good.replace("<Autodiscover ", "<!DOCTYPE x [<!ENTITY a 'b'>]><Autodiscover "), "600"),
        // MS-ASCMD_R2286, R2288
        (document("mia@example.org", outlook), "601"),
        (document("mia@example.org", outlook).replace("mobilesync/request", "outlook/request"), "601"),
    ] {
        let root = Element::parse(&server.send(&post(XML, "mia", body.clone())).await);
        assert_eq!((root.name.as_str(), root.xmlns.as_deref()), ("Autodiscover", Some(FRAMEWORK)));
        // MS-ASCMD_R3818, MS-ASCMD_R1635, MS-ASCMD_R1636, MS-ASCMD_R1637, MS-ASCMD_R1638
        let response = root.get("Response");
        assert_eq!(response.names(), ["Error"]);
        let error = response.get("Error");
        assert_eq!(error.names(), ["ErrorCode", "Message", "DebugData"]);
        assert_eq!(error.get("ErrorCode").value(), code, "{body}");
        let [(time, _), (id, number)] = error.attributes.as_slice() else { panic!("{error:?}") };
        assert_eq!((time.as_str(), id.as_str()), ("Time", "Id"));
        // MS-ASCMD_R5545
        assert!(number.parse::<u32>().is_ok());
    }
    let large = server.send(&post(XML, "mia", vec![b' '; 70_000])).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn only_who_signs_in_is_told() {
    let server = start().await;
    let mut request = post(XML, "mia", document("mia@example.org", RESPONSE));
    request.headers.insert(AUTHORIZATION, basic("mia", "falsch").parse().unwrap());
    for request in [request.clone(), {
        request.headers.remove(AUTHORIZATION);
        request
    }] {
        let answer = server.send(&request).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.header(WWW_AUTHENTICATE).unwrap().starts_with("Basic realm="));
        assert!(answer.body.is_empty());
    }
    let ben = server.app.store.account_by_address("ben@example.org").await.unwrap().unwrap();
    server.app.store.set_disabled(ben.id, true).await.unwrap();
    // MS-ASHTTP_R608
    assert_eq!(server.send(&post(XML, "ben", "")).await.status.as_u16(), 456);
}

#[tokio::test]
async fn a_get_is_sent_to_where_to_post() {
    let server = start().await;
    let answer = server.send(&HttpRequest::new(Method::GET, "/AutoDiscover/autodiscover.xml")).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.header(LOCATION), Some("https://mail.example.org/autodiscover/autodiscover.xml"));
    let answer = server.send(&HttpRequest::new(Method::PUT, XML)).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_json_form_answers_anybody_the_same() {
    let server = start().await;
    let expected =
        r#"{"Protocol":"ActiveSync","Url":"https://mail.example.org/Microsoft-Server-ActiveSync"}"#;
    for target in [
        "/autodiscover/autodiscover.json/v1.0/mia@example.org?Protocol=ActiveSync",
        "/autodiscover/autodiscover.json/v1.0/nobody%40example.org?protocol=activesync&RedirectCount=1",
        "/Autodiscover/Autodiscover.JSON?Email=ben%40example.org&Protocol=ActiveSync",
        "/autodiscover/autodiscover.json?Email=x@elsewhere.example&Protocol=ActiveSync",
    ] {
        let answer = server.send(&HttpRequest::new(Method::GET, target)).await;
        assert_eq!(answer.status, StatusCode::OK, "{target}");
        assert_eq!(answer.header(CONTENT_TYPE), Some("application/json; charset=utf-8"));
        assert_eq!(std::str::from_utf8(&answer.body).unwrap(), expected, "{target}");
    }
    for (target, code) in [
        ("/autodiscover/autodiscover.json/v1.0/mia@example.org?Protocol=Ews", "InvalidProtocol"),
        ("/autodiscover/autodiscover.json/v1.0/mia@example.org", "MandatoryParameterMissing"),
        ("/autodiscover/autodiscover.json?Protocol=ActiveSync", "MandatoryParameterMissing"),
    ] {
        let answer = server.send(&HttpRequest::new(Method::GET, target)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{target}");
        let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(body["ErrorCode"], code, "{target}");
    }
    let old_form = "/autodiscover/autodiscover.json?Email=a@b&Protocol=AutodiscoverV1";
    let answer = server.send(&HttpRequest::new(Method::GET, old_form)).await;
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body["Url"], "https://mail.example.org/autodiscover/autodiscover.xml");
}

#[tokio::test]
async fn a_forged_host_is_not_repeated() {
    let server = start().await;
    let target = "/autodiscover/autodiscover.json?Email=mia@example.org&Protocol=ActiveSync";
    // The phone's transport sends the loopback address, which is none of the server's names.
    let answer = server.send(&HttpRequest::new(Method::GET, target)).await;
    assert!(!String::from_utf8_lossy(&answer.body).contains("127.0.0.1"));
    let known = Server::with(|settings| settings.names = vec!["a.example".into(), "127.0.0.1".into()]).await;
    let answer = known.send(&HttpRequest::new(Method::GET, target)).await;
    assert!(String::from_utf8_lossy(&answer.body).contains("https://127.0.0.1:"));
}

#[tokio::test]
async fn the_published_sample_is_answered() {
    let Some(path) = fieldpost_testkit::shared::path("eas/samples/autodiscover-request.xml") else { return };
    let server = start().await;
    let sample = std::fs::read_to_string(path).unwrap().replace("ann@example.org", "mia@example.org");
    let root = Element::parse(&server.send(&post(XML, "mia", sample)).await);
    assert_eq!(root.get("Response").get("Action").names(), ["Settings"]);
}
