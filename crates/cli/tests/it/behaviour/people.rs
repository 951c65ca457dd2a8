//! Search and Find in the address book, ResolveRecipients, and mail to a group.

use std::fs;

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{Find, ResolveRecipients, Search, SendMail};
use fieldpost_eas::wbxml::Node;
use fieldpost_testkit::process::DOMAIN;

use crate::session::{Session, all, text};
use crate::stage::Stage;

/// Photos that are nothing but a beginning and a size.
fn photo(size: usize) -> Vec<u8> {
    let mut photo = vec![0xff, 0xd8, 0xff];
    photo.resize(size, 7);
    photo
}

/// Anna of whom everything is known, Annabel with a large photo, Anno without one, Ännchen; and one who is
/// hidden. Bob signs in and is none of them.
async fn stage() -> Stage {
    let stage = Stage::start(&["bob", "anna", "annabel", "carl", "dora", "eve"]).await;
    let run = |arguments: &[&str]| {
        let done = stage.server.run(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    let at = |name: &str| format!("{name}@{DOMAIN}");
    let known = [
        ["--name", "Anna Berg"],
        ["--first-name", "Anna"],
        ["--last-name", "Berg"],
        ["--short-name", "aberg"],
        ["--title", "Engineer"],
        ["--company", "Acme"],
        ["--office", "B 2.17"],
        ["--phone", "+49 30 111"],
        ["--home-phone", "+49 30 222"],
        ["--mobile-phone", "+49 170 333"],
    ];
    let anna = at("anna");
    let mut set = vec!["account", "set", &anna];
    set.extend(known.iter().flatten());
    run(&set);
    for (user, name) in
        [("annabel", "Annabel"), ("carl", "Anno Carl"), ("dora", "Ännchen"), ("eve", "Annika")]
    {
        run(&["account", "set", &at(user), "--name", name]);
    }
    run(&["account", "set", &at("eve"), "--hidden", "true"]);
    for (user, size) in [("anna", 1000), ("annabel", 50_000), ("dora", 1000)] {
        let file = stage.server.folder().join(format!("{user}.jpg"));
        fs::write(&file, photo(size)).unwrap();
        run(&["account", "photo", &at(user), file.to_str().unwrap()]);
    }
    stage
}

async fn search(session: &mut Session, query: &str, options: &str) -> Node {
    let request = format!("Search:Search[Store[Name=GAL Query='{query}' Options[{options}]]]");
    let root = session.ask(Search, &request).await.unwrap();
    // MS-ASCMD_R4327, R4315, R4531: the command as such went well.
    assert_eq!(root.children[0].text.as_deref(), Some("1"), "{request}");
    assert_eq!(all(&root, "Store").len(), 1);
    root
}

/// The status of the store, or of Find's response.
fn status(root: &Node, of: &str) -> String {
    let found = all(root, of);
    let status = found.first().and_then(|node| node.children.iter().find(|c| c.tag.name() == "Status"));
    status.and_then(|status| status.text.clone()).unwrap_or_default()
}

fn names(root: &Node) -> Vec<String> {
    all(root, "Properties").iter().map(|node| text(node, "DisplayName")).collect()
}

const ANNS: [&str; 4] = ["Anna Berg", "Annabel", "Ännchen", "Anno Carl"];

#[tokio::test]
async fn people_are_found_by_search_in_every_version() {
    let stage = stage().await;
    for version in Version::ALL {
        let mut bob = stage.session("bob", version).await;
        let root = search(&mut bob, "ann", "Range=0-99").await;
        // MS-ASCMD_R426, R3846, R4329: by name, without the one who is hidden.
        assert_eq!((status(&root, "Store").as_str(), names(&root)), ("1", ANNS.map(str::to_owned).to_vec()));
        // MS-ASCMD_R4633, R4638, R3725
        assert_eq!((text(&root, "Range").as_str(), text(&root, "Total").as_str()), ("0-3", "4"));
        // MS-ASCMD_R5711, R5287, R5286, R5293, R5300, R5316, R5323, R5330, R5337, R5353, R5360, R5368, R5391
        let anna = all(&root, "Properties")[0];
        for (name, value) in [
            ("DisplayName", "Anna Berg"),
            ("Phone", "+49 30 111"),
            ("Office", "B 2.17"),
            ("Title", "Engineer"),
            ("Company", "Acme"),
            ("Alias", "aberg"),
            ("FirstName", "Anna"),
            ("LastName", "Berg"),
            ("HomePhone", "+49 30 222"),
            ("MobilePhone", "+49 170 333"),
            ("EmailAddress", &format!("anna@{DOMAIN}")),
        ] {
            assert_eq!(text(anna, name), value, "{version} {name}");
        }
        // MS-ASCMD_R3691, R3692, R3848: nothing that is empty, but for a first name that old phones want.
        let carl = all(&root, "Properties")[3];
        let properties: Vec<&str> = carl.children.iter().map(|child| child.tag.name()).collect();
        let expected: &[&str] = match version < Version::V14_0 {
            true => &["DisplayName", "Alias", "FirstName", "EmailAddress"],
            false => &["DisplayName", "Alias", "EmailAddress"],
        };
        assert_eq!(properties, expected, "{version}");
        // MS-ASCMD_R3699: without regard to case; and by anything that is known.
        for query in ["ANN", "anno", "berg, anna", "+49 (30) 111", "2.17", "acme", "aberg", "anna@", "engin"]
        {
            let root = search(&mut bob, query, "").await;
            assert_eq!(status(&root, "Store"), "1");
            assert!(!names(&root).is_empty(), "{version} {query}");
        }
        // MS-ASCMD_R3847: nobody.
        let root = search(&mut bob, "annika", "Range=0-99").await;
        assert_eq!((status(&root, "Store").as_str(), all(&root, "Result").len()), ("1", 0), "{version}");
        assert!(all(&root, "Total").is_empty());
        // MS-ASCMD_R3729
        let root = search(&mut bob, "ann", "Range=0-0").await;
        assert_eq!((names(&root), text(&root, "Range")), (vec!["Anna Berg".to_owned()], "0-0".to_owned()));
        let root = search(&mut bob, "ann", "Range=1-2").await;
        assert_eq!(
            (names(&root), text(&root, "Range")),
            (ANNS[1..3].iter().map(|n| (*n).into()).collect(), "1-2".into())
        );
        assert_eq!(text(&root, "Total"), "4");
        // Statuses, MS-ASCMD_R4325, R4329.
        assert_eq!(status(&search(&mut bob, "ann", "Range=4-9").await, "Store"), "12", "{version}");
        for (query, options) in [("ann", "Range=5-1"), ("ann", "Range=all"), (" ", "Range=0-9")] {
            assert_eq!(
                status(&search(&mut bob, query, options).await, "Store"),
                "2",
                "{version} {query} {options}"
            );
        }
        let nowhere = bob.ask(Search, "Search:Search[Store[Name=Nowhere Query=a]]").await.unwrap();
        assert_eq!(status(&nowhere, "Store"), "2");
        if version < Version::V14_1 {
            assert!(all(&root, "Picture").is_empty());
            continue;
        }
        pictures(&mut bob).await;
    }
}

/// Status and size of each picture, in the order of [`ANNS`].
fn told(root: &Node) -> Vec<(String, usize)> {
    let pictures = all(root, "Picture");
    let size =
        |node: &Node| all(node, "Data").first().and_then(|data| data.opaque.as_ref()).map_or(0, Vec::len);
    pictures.into_iter().map(|node| (text(node, "Status"), size(node))).collect()
}

// MS-ASCMD_R3667, R4371, R4372, R4373, R4374, R4375, R2135, R3674, R3310, R3311, R4972, R4974
async fn pictures(bob: &mut Session) {
    let expect = |list: [(&str, usize); 4]| list.map(|(status, size)| (status.to_owned(), size)).to_vec();
    for (wish, expected) in [
        ("Picture", [("1", 1000), ("1", 50_000), ("1", 1000), ("173", 0)]),
        ("Picture[MaxSize=1000]", [("1", 1000), ("174", 0), ("1", 1000), ("173", 0)]),
        ("Picture[MaxPictures=1]", [("1", 1000), ("175", 0), ("175", 0), ("173", 0)]),
        ("Picture[MaxSize=999 MaxPictures=0]", [("175", 0), ("175", 0), ("175", 0), ("173", 0)]),
    ] {
        let root = search(bob, "ann", &format!("Range=0-9 {wish}")).await;
        assert_eq!(told(&root), expect(expected), "{wish}");
        if bob.version == Version::V16_1 {
            let root = find(bob, "ann", &format!("Range=0-9 {wish}")).await;
            assert_eq!(told(&root), expect(expected), "{wish}");
        }
    }
    let root = search(bob, "ann", "Range=0-9").await;
    assert!(all(&root, "Picture").is_empty(), "they were not asked for");
}

async fn find(session: &mut Session, query: &str, options: &str) -> Node {
    let search = format!("GalSearchCriterion[Query='{query}' Options[{options}]]");
    let id = "SearchId=2f7b0a0e-5bb2-4cf6-9d1e-9b1e6e3b7a10";
    session.ask(Find, &format!("Find:Find[{id} ExecuteSearch[{search}]]")).await.unwrap()
}

#[tokio::test]
async fn people_are_found_by_find() {
    let stage = stage().await;
    let mut bob = stage.session("bob", Version::V16_1).await;
    let root = find(&mut bob, "ann", "Range=0-99").await;
    // MS-ASCMD_R72171802, R72172509, R72172520
    assert_eq!((status(&root, "Find").as_str(), status(&root, "Response").as_str()), ("1", "1"));
    // MS-ASCMD_R132000, R132004, R131999, R38391804
    assert_eq!(names(&root), ANNS);
    assert_eq!((text(&root, "Range").as_str(), text(&root, "Total").as_str()), ("0-3", "4"));
    // MS-ASCMD_R45251801, R45251807
    assert_eq!(text(&root, "Store"), "Mailbox");
    // MS-ASCMD_R1002501, R61641061, R61641062, R63510605, R65590806, R69581706
    let anna = all(&root, "Properties")[0];
    for (name, value) in [
        ("DisplayName", "Anna Berg"),
        ("Alias", "aberg"),
        ("Company", "Acme"),
        ("FirstName", "Anna"),
        ("LastName", "Berg"),
        ("Phone", "+49 30 111"),
        ("Office", "B 2.17"),
        ("Title", "Engineer"),
        ("HomePhone", "+49 30 222"),
        ("MobilePhone", "+49 170 333"),
        ("EmailAddress", &format!("anna@{DOMAIN}")),
    ] {
        assert_eq!(text(anna, name), value, "{name}");
    }
    // MS-ASCMD_R37071811, R37071812, R37071816
    let root = find(&mut bob, "ann", "Range=0-1").await;
    assert_eq!((names(&root).len(), text(&root, "Range")), (2, "0-1".to_owned()));
    assert_eq!(text(&root, "Total"), "4");
    // MS-ASCMD_R38391805
    let root = find(&mut bob, "annika", "Range=0-9").await;
    assert_eq!((status(&root, "Response").as_str(), all(&root, "Result").len()), ("1", 0));
    // MS-ASCMD_R72172518: a search that was not begun.
    let search = "ExecuteSearch[GalSearchCriterion[Query=ann Options[Range=1-2]]]";
    let request = format!("Find:Find[SearchId=3a7b0a0e-5bb2-4cf6-9d1e-9b1e6e3b7a11 {search}]");
    let root = bob.ask(Find, &request).await.unwrap();
    assert_eq!(status(&root, "Response"), "4");
    // MS-ASCMD_R72172512, R72172521, R72172506
    for (query, options) in [("ann", "Range=3-1"), (" ", "Range=0-9")] {
        let root = find(&mut bob, query, options).await;
        assert_eq!((status(&root, "Find").as_str(), status(&root, "Response").as_str()), ("2", "2"));
    }
    let root = bob.ask(Find, "Find:Find[ExecuteSearch[GalSearchCriterion[Query=ann]]]").await.unwrap();
    assert_eq!(status(&root, "Find"), "2");
    let root = bob.ask(Find, "Find:Find").await.unwrap();
    assert_eq!(status(&root, "Find"), "2");
}

async fn resolve(session: &mut Session, to: &[&str], options: &str) -> Node {
    let to: String = to.iter().map(|to| format!("To='{to}' ")).collect();
    let request = format!("ResolveRecipients:ResolveRecipients[{to} Options[{options}]]");
    session.ask(ResolveRecipients, &request).await.unwrap()
}

#[tokio::test]
async fn recipients_are_resolved_in_every_version() {
    let stage = stage().await;
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe Quist\r\nN:Quist;Zoe;;;\r\nEMAIL:zoe@elsewhere.test\r\n\
                EMAIL:zoe@home.test\r\nEND:VCARD\r\n";
    let file = stage.server.folder().join("zoe.vcf");
    fs::write(&file, card).unwrap();
    let bob_address = format!("bob@{DOMAIN}");
    assert!(stage.server.run(&["import", &bob_address, file.to_str().unwrap()]).status.success());
    let anna = format!("anna@{DOMAIN}");
    for version in Version::ALL {
        let mut bob = stage.session("bob", version).await;
        let to = [anna.as_str(), "Berg Anna", "ann", "nobody at all", "zoe@home.test", "aberg", "quist"];
        let root = resolve(&mut bob, &to, "").await;
        // MS-ASCMD_R4264, R4268, R4609: each in its place.
        assert_eq!(status(&root, "ResolveRecipients"), "1");
        let answers = all(&root, "Response");
        let echoed: Vec<String> = answers.iter().map(|answer| text(answer, "To")).collect();
        assert_eq!(echoed, to);
        let statuses: Vec<String> = answers.iter().map(|answer| status(answer, "Response")).collect();
        // MS-ASCMD_R4273, R4274, R4275, R3762
        assert_eq!(statuses, ["1", "1", "2", "4", "1", "1", "2"], "{version}");
        // MS-ASCMD_R3765, R3767
        let counts: Vec<String> = answers.iter().map(|answer| text(answer, "RecipientCount")).collect();
        assert_eq!(counts, ["1", "1", "4", "0", "1", "1", "2"]);
        // MS-ASCMD_R343, R3825, R4686, R2199, R5309
        for (at, kind, name, address) in [
            (0, "1", "Anna Berg", anna.as_str()),
            (1, "1", "Anna Berg", anna.as_str()),
            (4, "2", "Zoe Quist", "zoe@home.test"),
            (5, "1", "Anna Berg", anna.as_str()),
        ] {
            let recipient = all(answers[at], "Recipient")[0];
            let told = ["Type", "DisplayName", "EmailAddress"].map(|name| text(recipient, name));
            assert_eq!(told, [kind, name, address], "{version}");
        }
        // MS-ASCMD_R3761, R4279: suggestions, without what would be of somebody.
        assert_eq!(all(answers[2], "Recipient").len(), 4);
        assert!(all(answers[2], "Certificates").is_empty());
        assert!(all(answers[3], "Recipient").is_empty());
        // Some of the suggestions alone.
        let root = resolve(&mut bob, &["ann"], "MaxAmbiguousRecipients=2").await;
        let answer = all(&root, "Response")[0];
        assert_eq!((status(answer, "Response").as_str(), all(answer, "Recipient").len()), ("3", 2));
        assert_eq!(text(answer, "RecipientCount"), "4");
        // MS-ASCMD_R4267, R4270, R5656, R5873
        let many = vec!["a"; 101];
        let long = "a".repeat(257);
        for (to, options) in [
            (many.as_slice(), ""),
            (&[long.as_str()], ""),
            (&[], ""),
            (&["ann"], "CertificateRetrieval=4"),
            (&["ann"], "CertificateRetrieval=2 MaxCertificates=10000"),
            (&["ann"], "MaxAmbiguousRecipients=10000"),
        ] {
            let root = resolve(&mut bob, to, options).await;
            assert_eq!(status(&root, "ResolveRecipients"), "5", "{version} {options}");
            assert!(all(&root, "Response").is_empty());
        }
        let root = resolve(&mut bob, &vec!["a"; 100], "").await;
        assert_eq!(status(&root, "ResolveRecipients"), "1");
        let root = resolve(&mut bob, &[&"a".repeat(256)], "").await;
        assert_eq!(status(&root, "ResolveRecipients"), "1");
        if version < Version::V14_1 {
            continue;
        }
        // MS-ASCMD_R4309, R4310, R4311, R4312, R4313, R3287, R5350, R5351, R2133
        for (wish, expected) in [
            ("Picture", ["1", "1", "1", "173"]),
            ("Picture[MaxSize=1000 MaxPictures=9]", ["1", "174", "1", "173"]),
            ("Picture[MaxPictures=2]", ["1", "1", "175", "173"]),
        ] {
            let root = resolve(&mut bob, &["ann"], wish).await;
            let statuses: Vec<String> = told(&root).into_iter().map(|(status, _)| status).collect();
            assert_eq!(statuses, expected, "{version} {wish}");
        }
    }
}

#[tokio::test]
async fn it_is_told_when_people_are_free() {
    let stage = stage().await;
    let run = |arguments: &[&str]| {
        let done = stage.server.run(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    let at = |name: &str| format!("{name}@{DOMAIN}");
    for (user, uid, from, to, extra) in [
        ("anna", "a1", "083000", "090000", ""),
        ("anna", "a2", "092500", "093001", "STATUS:TENTATIVE\r\n"),
        ("carl", "c1", "093000", "100000", "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n"),
    ] {
        let event = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n\
             DTSTART:20270301T{from}Z\r\nDTEND:20270301T{to}Z\r\nSUMMARY:s\r\n{extra}END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let file = stage.server.folder().join(format!("{uid}.ics"));
        fs::write(&file, event).unwrap();
        run(&["import", &at(user), file.to_str().unwrap()]);
    }
    run(&["group", "add", &at("team"), "--name", "The team"]);
    run(&["group", "member", "add", &at("team"), &at("anna"), &at("carl"), "x@elsewhere.test"]);
    run(&["group", "add", &at("all"), "--name", "Everybody"]);
    let crowd: Vec<String> = (0..21).map(|n| format!("p{n}@elsewhere.test")).collect();
    let all_address = at("all");
    let mut add = vec!["group", "member", "add", all_address.as_str()];
    add.extend(crowd.iter().map(String::as_str));
    run(&add);
    run(&["group", "add", &at("others")]);
    run(&["group", "member", "add", &at("others"), "x@elsewhere.test"]);
    let window = "Availability[StartTime=2027-03-01T08:00:00.000Z EndTime=2027-03-01T10:00:00.000Z]";
    for version in [Version::V14_0, Version::V14_1, Version::V16_0, Version::V16_1] {
        let mut bob = stage.session("bob", version).await;
        let to = [at("anna"), "ann".to_owned(), at("team"), at("all"), at("others"), "Anno Carl".to_owned()];
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        let root = resolve(&mut bob, &to, window).await;
        let told: Vec<(String, String)> = all(&root, "Response")
            .iter()
            .map(|answer| (status(answer, "Availability"), text(answer, "MergedFreeBusy")))
            .collect();
        let expected = [
            // MS-ASCMD_R819, R3315, R3319, R3320, R3321, R3330, R3332, R3338, R3339, R4291, R4618, R4624
            ("1", "0211"),
            // MS-ASCMD_R4617, R4623: several people.
            ("", ""),
            // MS-ASCMD_R4625
            ("1", "0213"),
            // MS-ASCMD_R4626, R4294
            ("161", ""),
            // MS-ASCMD_R4298, R4290: nobody of whom anything is known.
            ("163", ""),
            ("1", "0003"),
        ];
        let expected = expected.map(|(status, digits)| (status.to_owned(), digits.to_owned()));
        assert_eq!(told, expected, "{version}");
        // MS-ASCMD_R2264, R2266, R3986, R5175
        for window in [
            "Availability[StartTime=tomorrow EndTime=2027-03-01T10:00:00.000Z]",
            "Availability[StartTime=2027-03-01T08:00:00.000Z EndTime=later]",
            "Availability[EndTime=2027-03-01T10:00:00.000Z]",
            "Availability[StartTime=2027-03-01T08:00:00.000Z EndTime=2027-03-01T08:29:00.000Z]",
            "Availability[StartTime=2027-03-01T08:00:00.000Z EndTime=2027-04-13T08:00:00.000Z]",
        ] {
            let root = resolve(&mut bob, &["bob"], window).await;
            assert_eq!(status(&root, "ResolveRecipients"), "5", "{version} {window}");
        }
        // A week where no end is given; MS-ASCMD_R3317: never more than 32 KB.
        let root =
            resolve(&mut bob, &[&at("anna")], "Availability[StartTime=2027-03-01T00:00:00.000Z]").await;
        assert_eq!(text(&root, "MergedFreeBusy").len(), 7 * 48);
        let longest = "Availability[StartTime=2027-03-01T00:00:00.000Z EndTime=2027-04-12T00:00:00.000Z]";
        let root = resolve(&mut bob, &[&at("anna")], longest).await;
        assert_eq!(text(&root, "MergedFreeBusy").len(), 42 * 48);
        // More than a hundred people in all.
        let everybody = vec![at("anna"); 100];
        let mut to: Vec<&str> = everybody.iter().map(String::as_str).collect();
        let team = at("team");
        to[0] = &team;
        let root = resolve(&mut bob, &to, window).await;
        let last = all(&root, "Response")[99];
        assert_eq!(status(last, "Availability"), "160", "{version}");
    }
    // What a version does not have is not answered.
    let mut bob = stage.session("bob", Version::V12_1).await;
    let root = resolve(&mut bob, &[&at("anna")], "CertificateRetrieval=1").await;
    assert!(all(&root, "Availability").is_empty() && all(&root, "Certificates").is_empty());
}

#[tokio::test]
async fn mail_to_a_group_reaches_each_member_once() {
    let stage = stage().await;
    let at = |name: &str| format!("{name}@{DOMAIN}");
    for arguments in [
        vec!["group".to_owned(), "add".into(), at("inner")],
        vec!["group".into(), "member".into(), "add".into(), at("inner"), at("carl"), at("anna"), at("team")],
        vec!["group".into(), "add".into(), at("team")],
        vec!["group".into(), "member".into(), "add".into(), at("team"), at("inner"), at("ANNA")],
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert!(stage.server.run(&arguments).status.success(), "{arguments:?}");
    }
    let mut bob = stage.session("bob", Version::V14_1).await;
    let mime = format!("To: <{}>, <{}>\r\nSubject: To all\r\n\r\nHello\r\n", at("team"), at("anna"));
    let sent = bob.ask(SendMail, &format!("ComposeMail:SendMail[ClientId=g1 Mime=#'{mime}']")).await;
    assert!(sent.is_none(), "{sent:?}");
    for user in ["anna", "carl"] {
        let mut session = stage.session(user, Version::V14_1).await;
        let inbox = session.folder(2);
        let roots = session.sync_whole(&inbox, "GetChanges").await;
        let subjects: Vec<String> =
            roots.iter().flat_map(|r| all(r, "Add")).map(|a| text(a, "Subject")).collect();
        assert_eq!(subjects, ["To all"], "{user}");
    }
}
