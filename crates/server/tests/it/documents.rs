//! Document libraries, through phones of every version: what is in a shared folder, and what is not to be had.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Document as _, Empty};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::item_operations::request::{Fetch, FetchOptions, Operation};
use fieldpost_eas::command::item_operations::response::Properties as FetchedProperties;
use fieldpost_eas::command::item_operations::{self};
use fieldpost_eas::command::search::{Condition, EqualTo, Options, Properties, Query, Store, StoreResult};
use fieldpost_eas::item::Item;
use fieldpost_eas::wbxml::Node;
use fieldpost_server::documents::Share;
use fieldpost_testkit::phone::Call;

use crate::search::{status, versions};
use crate::server::{Server, call, request};

async fn library() -> (Server, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("share");
    std::fs::create_dir_all(root.join("Plans")).unwrap();
    std::fs::create_dir_all(root.join(".old")).unwrap();
    std::fs::write(root.join("Plans/a.txt"), "0123456789").unwrap();
    std::fs::write(root.join(".dot.pdf"), "x").unwrap();
    std::fs::write(root.join("empty"), "").unwrap();
    std::fs::write(dir.path().join("secret"), "no").unwrap();
    let share = Share { link: "\\\\files\\docs".into(), folder: root };
    let server = Server::with(|settings| settings.documents = vec![share]).await;
    server.account("mia").await;
    (server, dir)
}

fn linked(link: &str, range: Option<&str>) -> Store {
    let equal = EqualTo { link_id: Some(Empty), value: Some(link.into()) };
    Store {
        name: Some("DocumentLibrary".into()),
        query: Some(Query { text: String::new(), conditions: vec![Condition::EqualTo(equal)] }),
        options: Some(Options { range: range.map(str::to_owned), ..Options::default() }),
    }
}

fn properties(result: &StoreResult) -> Vec<(&'static str, String)> {
    let Some(Properties::Item(item)) = &result.properties else { panic!("{result:?}") };
    let Item::Other(nodes) = &**item else { panic!("{item:?}") };
    // MS-ASCMD_R1560, MS-ASCMD_R1562: none has elements in it, and each stands once.
    assert!(nodes.iter().all(|node| node.children.is_empty()));
    assert_eq!(nodes.iter().filter(|node| node.tag.name() == "LinkId").count(), 1);
    let pair = |node: &Node| (node.tag.name(), node.text.clone().unwrap_or_default());
    nodes.iter().map(pair).collect()
}

#[tokio::test]
async fn a_document_library_is_looked_into() {
    let (server, _dir) = library().await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let found = phone.search(linked("\\\\files\\docs", None)).await.unwrap();
        // MS-ASCMD_R3853, MS-ASCMD_R3855, MS-ASDOC_R110, MS-ASDOC_R111, MS-ASDOC_R112, MS-ASDOC_R114: the folder
        // first, then what is in it.
        assert_eq!((found.range.as_deref(), found.total), (Some("0-4"), Some(5)));
        let all: Vec<_> = found.results.iter().map(properties).collect();
        let is = |at: usize, tag: &str| {
            let value = all[at].iter().find(|(name, _)| *name == tag);
            value.unwrap_or_else(|| panic!("{tag} in {:?}", all[at])).1.clone()
        };
        for (at, (name, folder, hidden)) in [
            ("docs", "1", "0"),
            (".dot.pdf", "0", "1"),
            (".old", "1", "1"),
            ("empty", "0", "0"),
            ("Plans", "1", "0"),
        ]
        .into_iter()
        .enumerate()
        {
            // MS-ASDOC_R39, MS-ASDOC_R41
            assert_eq!(is(at, "DisplayName"), name);
            // MS-ASDOC_R42, MS-ASDOC_R44, MS-ASDOC_R45, MS-ASDOC_R46, MS-ASDOC_R47
            assert_eq!(is(at, "IsFolder"), folder);
            // MS-ASDOC_R48, MS-ASDOC_R50, MS-ASDOC_R51, MS-ASDOC_R52, MS-ASDOC_R53, MS-ASDOC_R118, MS-ASDOC_R119
            assert_eq!(is(at, "IsHidden"), hidden);
            // MS-ASDOC_R36, MS-ASDOC_R38, MS-ASDOC_R54, MS-ASDOC_R56
            for tag in ["CreationDate", "LastModifiedDate"] {
                assert!(fieldpost_eas::date::parse(&is(at, tag)).is_some() && is(at, tag).ends_with('Z'));
            }
            // MS-ASDOC_R123, MS-ASCMD_R1559, MS-ASCMD_R1561
            assert!(is(at, "LinkId").starts_with("\\\\files\\docs"));
        }
        // MS-ASDOC_R31, MS-ASDOC_R35
        assert_eq!((is(1, "ContentLength"), is(1, "ContentType")), ("1".into(), "application/pdf".into()));
        // MS-ASCMD_R3858: a document is one result.
        let found = phone.search(linked("\\\\FILES\\docs\\Plans\\a.txt", None)).await.unwrap();
        assert_eq!((found.results.len(), found.total), (1, Some(1)));
        let part = phone.search(linked("\\\\files\\docs", Some("1-2"))).await.unwrap();
        assert_eq!((part.results.len(), part.range.as_deref()), (2, Some("1-2")));
        let no_link = Store {
            query: Some(Query {
                conditions: vec![Condition::EqualTo(EqualTo::default())],
                ..Query::default()
            }),
            ..linked("", None)
        };
        for (asked, expected) in [
            // MS-ASDOC_R85
            (no_link, 2),
            (linked("\\\\files\\docs", Some("9-5")), 2),
            (linked("docs", None), 4),
            (linked("\\\\files\\docs\\..\\secret", None), 4),
            // MS-ASCMD_R4339
            (linked("\\\\elsewhere\\docs", None), 5),
            // MS-ASCMD_R4342
            (linked("\\\\files\\docs\\nothing", None), 6),
            (linked("\\\\files\\docs", Some("5-9")), 12),
        ] {
            assert_eq!(status(&mut phone, asked.clone()).await, expected, "{version} {asked:?}");
        }
    }
}

#[tokio::test]
async fn a_document_is_fetched() {
    let (server, _dir) = library().await;
    for version in versions() {
        let mut phone = server.ready_phone("mia", version).await;
        let fetch = |link: &str, range: Option<&str>| {
            Operation::Fetch(Box::new(Fetch {
                store: "DocumentLibrary".into(),
                link_id: Some(link.into()),
                options: range
                    .map(|range| FetchOptions { range: Some(range.into()), ..FetchOptions::default() }),
                ..Fetch::default()
            }))
        };
        let asked = [
            ("\\\\files\\docs\\Plans\\a.txt", None, 1, Some("0123456789")),
            ("\\\\files\\docs\\Plans\\a.txt", Some("2-4"), 1, Some("234")),
            ("\\\\files\\docs\\Plans\\a.txt", Some("x"), 8, None),
            ("\\\\files\\docs\\Plans\\a.txt", Some("20-30"), 8, None),
            ("\\\\files\\docs\\empty", None, 10, None),
            ("\\\\files\\docs\\Plans", None, 5, None),
            ("docs", None, 4, None),
            ("\\\\elsewhere\\docs\\a", None, 5, None),
            ("\\\\files\\docs\\nothing", None, 6, None),
        ];
        let operations = asked.iter().map(|(link, range, ..)| fetch(link, *range)).collect();
        let request = item_operations::Request { operations };
        let answer: item_operations::Response =
            phone.call(CommandName::ItemOperations, &request).await.unwrap();
        let fetches = answer.response.unwrap().fetches;
        // MS-ASDOC_R102, MS-ASDOC_R103
        assert_eq!(fetches.len(), asked.len());
        for ((link, range, status, bytes), fetched) in asked.iter().zip(fetches) {
            assert_eq!(fetched.status, *status, "{version} {link} {range:?}");
            // MS-ASDOC_R121, MS-ASDOC_R104, MS-ASDOC_R105
            assert_eq!(fetched.link_id.as_deref(), Some(*link));
            // MS-ASDOC_R69, MS-ASDOC_R77, MS-ASDOC_R98, MS-ASDOC_R107
            let data = fetched.properties.map(|properties| match properties {
                FetchedProperties::File(file) => String::from_utf8(file.data.unwrap().0).unwrap(),
                FetchedProperties::Item(_) => panic!("an item"),
            });
            assert_eq!(data.as_deref(), *bytes);
        }
    }
}

#[tokio::test]
async fn a_document_comes_beside_the_answer_where_that_is_wanted() {
    let (server, _dir) = library().await;
    for version in versions() {
        let phone = server.ready_phone("mia", version).await;
        let fetch = Fetch {
            store: "DocumentLibrary".into(),
            link_id: Some("\\\\files\\docs\\Plans\\a.txt".into()),
            ..Fetch::default()
        };
        let asked = item_operations::Request { operations: vec![Operation::Fetch(Box::new(fetch))] };
        let call = Call { multipart: true, ..call(&phone, CommandName::ItemOperations, &asked) };
        let answer = server.send(&request(&phone, &call)).await;
        // MS-ASDOC_R76, MS-ASDOC_R106, MS-ASDOC_R120, MS-ASDOC_R124
        let parts = fieldpost_eas::http::multipart::decode(&answer.body).unwrap();
        assert_eq!((parts.len(), parts[1]), (2, &b"0123456789"[..]), "{version}");
        let document = item_operations::Response::decode(parts[0]).unwrap();
        let Some(FetchedProperties::File(file)) = &document.response.unwrap().fetches[0].properties else {
            panic!()
        };
        assert_eq!((file.part, file.data.is_none(), file.total), (Some(1), true, Some(10)));
    }
}

#[tokio::test]
async fn nothing_is_shared_unless_it_is_named() {
    let server = Server::start().await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    for link in ["\\\\localhost\\c$", "file:///etc/passwd", "https://127.0.0.1/x/y"] {
        let expected = if link.starts_with("file") { [4, 5] } else { [5, 5] };
        assert!(expected.contains(&status(&mut phone, linked(link, None)).await), "{link}");
    }
}
