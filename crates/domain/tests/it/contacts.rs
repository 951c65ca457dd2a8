//! Contacts: each property to a card and back, over the wire, ghosted and not; and every card that there is.

use fieldpost_domain::convert::contact::{self, entry, picture, property::PROPERTIES};
use fieldpost_domain::convert::{Ghosting, InvalidItem};
use fieldpost_domain::object::Component;
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Content, Element, OrEmpty};
use fieldpost_eas::date::DateTime;
use fieldpost_eas::item::{Body, BodyType, Contact};
use fieldpost_eas::page::{self, Tag, air_sync, contacts};
use fieldpost_eas::wbxml::{Event as Token, Limits, Node, Reader, Writer};
use proptest::prelude::*;

use crate::events::{VERSIONS, creating, options, patching, showing, user};
use crate::objects::corpus;

fn made(contact: &Contact) -> Vec<u8> {
    contact::create(contact, &creating(Version::V14_1, &user())).unwrap()
}

fn shown(card: &[u8]) -> Contact {
    let (user, body) = (user(), options(Version::V14_1, BodyType::Text));
    contact::to_wire(card, &showing(&body, &user)).unwrap()
}

fn patched(card: &[u8], change: &Contact, ghosting: &Ghosting) -> Result<Vec<u8>, InvalidItem> {
    contact::patch(card, change, &patching(Version::V14_1, &user(), ghosting))
}

fn bytes(contact: &Contact, version: Version) -> Vec<u8> {
    let mut w = Writer::new(version);
    contact.write(air_sync::APPLICATION_DATA, &mut w);
    w.finish()
}

fn read(bytes: &[u8]) -> Contact {
    let mut r = Reader::new(bytes, Limits::default()).unwrap();
    assert_eq!(r.next().unwrap(), Token::Start(air_sync::APPLICATION_DATA));
    Contact::read(air_sync::APPLICATION_DATA, &mut r).unwrap()
}

/// Everything that a contact can say.
fn full() -> Contact {
    let mut contact = Contact {
        birthday: Some(OrEmpty(Some(DateTime("1984-05-06T00:00:00Z".parse().unwrap())))),
        anniversary: Some(OrEmpty(Some(DateTime("2010-07-08T00:00:00Z".parse().unwrap())))),
        categories: Some(vec!["Friends".to_owned(), "a, b; c".to_owned()]),
        children: Some(vec!["Tick".to_owned(), "Trick".to_owned()]),
        picture: Some(Base64(vec![0xff, 0xd8, 0xff, 1, 2, 3])),
        file_as: Some("Filed, So".to_owned()),
        ..Contact::default()
    };
    for (n, property) in PROPERTIES.iter().enumerate() {
        *(property.get_mut)(&mut contact) = Some(format!("{} ä;,\\{n}", property.tag.name()));
    }
    contact
}

/// A tag of a contact by its element's name.
fn tag(name: &str) -> Tag {
    page::find("Contacts", name).or_else(|| page::find("Contacts2", name)).unwrap()
}

/// All tags that a phone may support, but for one.
fn all_but(tag: Tag) -> Ghosting {
    let more = ["FileAs", "Birthday", "Anniversary", "Categories", "Children", "Picture"].map(self::tag);
    let all = PROPERTIES.iter().map(|property| property.tag).chain(more);
    Ghosting::Supported(all.filter(|other| *other != tag).collect())
}

/// Name, code page and token of each text, and the requirements: that it is what it is, that it is text, that
/// it can be ghosted, that it has this token.
#[rustfmt::skip]
const TEXTS: &[(&str, u8, u8, [&str; 4])] = &[
    ("AccountName", 12, 0x0C, ["MS-ASCNTC_R97", "MS-ASCNTC_R99", "MS-ASCNTC_R100", "MS-ASWBXML_R538"]),
    ("AssistantName", 1, 0x06, ["MS-ASCNTC_R112", "MS-ASCNTC_R114", "MS-ASCNTC_R115", "MS-ASWBXML_R74"]),
    ("AssistantPhoneNumber", 1, 0x07, ["MS-ASCNTC_R117", "MS-ASCNTC_R119", "MS-ASCNTC_R120", "MS-ASWBXML_R75"]),
    ("BusinessAddressCity", 1, 0x0D, ["MS-ASCNTC_R130", "MS-ASCNTC_R132", "MS-ASCNTC_R133", "MS-ASWBXML_R78"]),
    ("BusinessAddressCountry", 1, 0x0E, ["MS-ASCNTC_R135", "MS-ASCNTC_R137", "MS-ASCNTC_R138", "MS-ASWBXML_R79"]),
    ("BusinessAddressPostalCode", 1, 0x0F, ["MS-ASCNTC_R140", "MS-ASCNTC_R142", "MS-ASCNTC_R700", "MS-ASWBXML_R80"]),
    ("BusinessAddressState", 1, 0x10, ["MS-ASCNTC_R143", "MS-ASCNTC_R145", "MS-ASCNTC_R146", "MS-ASWBXML_R81"]),
    ("BusinessAddressStreet", 1, 0x11, ["MS-ASCNTC_R148", "MS-ASCNTC_R150", "MS-ASCNTC_R151", "MS-ASWBXML_R82"]),
    ("BusinessFaxNumber", 1, 0x12, ["MS-ASCNTC_R153", "MS-ASCNTC_R155", "MS-ASCNTC_R156", "MS-ASWBXML_R83"]),
    ("BusinessPhoneNumber", 1, 0x13, ["MS-ASCNTC_R158", "MS-ASCNTC_R160", "MS-ASCNTC_R161", "MS-ASWBXML_R84"]),
    ("Business2PhoneNumber", 1, 0x0C, ["MS-ASCNTC_R163", "MS-ASCNTC_R165", "MS-ASCNTC_R166", "MS-ASWBXML_R77"]),
    ("CarPhoneNumber", 1, 0x14, ["MS-ASCNTC_R168", "MS-ASCNTC_R170", "MS-ASCNTC_R171", "MS-ASWBXML_R85"]),
    ("CompanyMainPhone", 12, 0x0B, ["MS-ASCNTC_R195", "MS-ASCNTC_R197", "MS-ASCNTC_R198", "MS-ASWBXML_R537"]),
    ("CompanyName", 1, 0x19, ["MS-ASCNTC_R200", "MS-ASCNTC_R202", "MS-ASCNTC_R203", "MS-ASWBXML_R90"]),
    ("CustomerId", 12, 0x05, ["MS-ASCNTC_R205", "MS-ASCNTC_R207", "MS-ASCNTC_R208", "MS-ASWBXML_R531"]),
    ("Department", 1, 0x1A, ["MS-ASCNTC_R209", "MS-ASCNTC_R211", "MS-ASCNTC_R212", "MS-ASWBXML_R91"]),
    ("Email1Address", 1, 0x1B, ["MS-ASCNTC_R214", "MS-ASCNTC_R216", "MS-ASCNTC_R217", "MS-ASWBXML_R92"]),
    ("Email2Address", 1, 0x1C, ["MS-ASCNTC_R221", "MS-ASCNTC_R223", "MS-ASCNTC_R224", "MS-ASWBXML_R93"]),
    ("Email3Address", 1, 0x1D, ["MS-ASCNTC_R226", "MS-ASCNTC_R228", "MS-ASCNTC_R229", "MS-ASWBXML_R94"]),
    ("FileAs", 1, 0x1E, ["MS-ASCNTC_R231", "MS-ASCNTC_R233", "MS-ASCNTC_R234", "MS-ASWBXML_R95"]),
    ("FirstName", 1, 0x1F, ["MS-ASCNTC_R238", "MS-ASCNTC_R240", "MS-ASCNTC_R241", "MS-ASWBXML_R96"]),
    ("GovernmentId", 12, 0x06, ["MS-ASCNTC_R243", "MS-ASCNTC_R245", "MS-ASCNTC_R246", "MS-ASWBXML_R532"]),
    ("HomeAddressCity", 1, 0x21, ["MS-ASCNTC_R248", "MS-ASCNTC_R250", "MS-ASCNTC_R251", "MS-ASWBXML_R98"]),
    ("HomeAddressCountry", 1, 0x22, ["MS-ASCNTC_R253", "MS-ASCNTC_R255", "MS-ASCNTC_R256", "MS-ASWBXML_R99"]),
    ("HomeAddressPostalCode", 1, 0x23, ["MS-ASCNTC_R258", "MS-ASCNTC_R260", "MS-ASCNTC_R261", "MS-ASWBXML_R100"]),
    ("HomeAddressState", 1, 0x24, ["MS-ASCNTC_R263", "MS-ASCNTC_R265", "MS-ASCNTC_R266", "MS-ASWBXML_R101"]),
    ("HomeAddressStreet", 1, 0x25, ["MS-ASCNTC_R268", "MS-ASCNTC_R270", "MS-ASCNTC_R271", "MS-ASWBXML_R102"]),
    ("HomeFaxNumber", 1, 0x26, ["MS-ASCNTC_R273", "MS-ASCNTC_R275", "MS-ASCNTC_R276", "MS-ASWBXML_R103"]),
    ("HomePhoneNumber", 1, 0x27, ["MS-ASCNTC_R278", "MS-ASCNTC_R280", "MS-ASCNTC_R281", "MS-ASWBXML_R104"]),
    ("Home2PhoneNumber", 1, 0x20, ["MS-ASCNTC_R283", "MS-ASCNTC_R285", "MS-ASCNTC_R286", "MS-ASWBXML_R97"]),
    ("IMAddress", 12, 0x07, ["MS-ASCNTC_R288", "MS-ASCNTC_R290", "MS-ASCNTC_R291", "MS-ASWBXML_R533"]),
    ("IMAddress2", 12, 0x08, ["MS-ASCNTC_R293", "MS-ASCNTC_R295", "MS-ASCNTC_R296", "MS-ASWBXML_R534"]),
    ("IMAddress3", 12, 0x09, ["MS-ASCNTC_R298", "MS-ASCNTC_R300", "MS-ASCNTC_R301", "MS-ASWBXML_R535"]),
    ("JobTitle", 1, 0x28, ["MS-ASCNTC_R303", "MS-ASCNTC_R305", "MS-ASCNTC_R306", "MS-ASWBXML_R105"]),
    ("LastName", 1, 0x29, ["MS-ASCNTC_R308", "MS-ASCNTC_R310", "MS-ASCNTC_R311", "MS-ASWBXML_R106"]),
    ("ManagerName", 12, 0x0A, ["MS-ASCNTC_R313", "MS-ASCNTC_R315", "MS-ASCNTC_R316", "MS-ASWBXML_R536"]),
    ("MiddleName", 1, 0x2A, ["MS-ASCNTC_R318", "MS-ASCNTC_R320", "MS-ASCNTC_R321", "MS-ASWBXML_R107"]),
    ("MMS", 12, 0x0E, ["MS-ASCNTC_R323", "MS-ASCNTC_R325", "MS-ASCNTC_R326", "MS-ASWBXML_R540"]),
    ("MobilePhoneNumber", 1, 0x2B, ["MS-ASCNTC_R328", "MS-ASCNTC_R330", "MS-ASCNTC_R331", "MS-ASWBXML_R108"]),
    ("NickName", 12, 0x0D, ["MS-ASCNTC_R333", "MS-ASCNTC_R335", "MS-ASCNTC_R336", "MS-ASWBXML_R539"]),
    ("OfficeLocation", 1, 0x2C, ["MS-ASCNTC_R338", "MS-ASCNTC_R340", "MS-ASCNTC_R341", "MS-ASWBXML_R109"]),
    ("OtherAddressCity", 1, 0x2D, ["MS-ASCNTC_R343", "MS-ASCNTC_R345", "MS-ASCNTC_R346", "MS-ASWBXML_R110"]),
    ("OtherAddressCountry", 1, 0x2E, ["MS-ASCNTC_R348", "MS-ASCNTC_R350", "MS-ASCNTC_R351", "MS-ASWBXML_R111"]),
    ("OtherAddressPostalCode", 1, 0x2F, ["MS-ASCNTC_R353", "MS-ASCNTC_R355", "MS-ASCNTC_R356", "MS-ASWBXML_R112"]),
    ("OtherAddressState", 1, 0x30, ["MS-ASCNTC_R358", "MS-ASCNTC_R360", "MS-ASCNTC_R361", "MS-ASWBXML_R113"]),
    ("OtherAddressStreet", 1, 0x31, ["MS-ASCNTC_R363", "MS-ASCNTC_R365", "MS-ASCNTC_R366", "MS-ASWBXML_R114"]),
    ("PagerNumber", 1, 0x32, ["MS-ASCNTC_R368", "MS-ASCNTC_R370", "MS-ASCNTC_R371", "MS-ASWBXML_R115"]),
    ("RadioPhoneNumber", 1, 0x33, ["MS-ASCNTC_R385", "MS-ASCNTC_R387", "MS-ASCNTC_R388", "MS-ASWBXML_R116"]),
    ("Spouse", 1, 0x34, ["MS-ASCNTC_R390", "MS-ASCNTC_R392", "MS-ASCNTC_R393", "MS-ASWBXML_R117"]),
    ("Suffix", 1, 0x35, ["MS-ASCNTC_R395", "MS-ASCNTC_R397", "MS-ASCNTC_R398", "MS-ASWBXML_R118"]),
    ("Title", 1, 0x36, ["MS-ASCNTC_R400", "MS-ASCNTC_R402", "MS-ASCNTC_R403", "MS-ASWBXML_R119"]),
    ("WebPage", 1, 0x37, ["MS-ASCNTC_R405", "MS-ASCNTC_R407", "MS-ASCNTC_R408", "MS-ASWBXML_R120"]),
    ("YomiCompanyName", 1, 0x38, ["MS-ASCNTC_R417", "MS-ASCNTC_R419", "MS-ASCNTC_R420", "MS-ASWBXML_R121"]),
    ("YomiFirstName", 1, 0x39, ["MS-ASCNTC_R422", "MS-ASCNTC_R424", "MS-ASCNTC_R425", "MS-ASWBXML_R122"]),
    ("YomiLastName", 1, 0x3A, ["MS-ASCNTC_R427", "MS-ASCNTC_R429", "MS-ASCNTC_R430", "MS-ASWBXML_R123"]),
];

#[test]
fn each_text_is_kept_sent_and_ghosted() {
    assert_eq!(TEXTS.len(), PROPERTIES.len() + 1, "FileAs and the others");
    for (name, code_page, token, ids) in TEXTS {
        let what = format!("{name} {ids:?}");
        let tag = tag(name);
        assert_eq!((tag.page, tag.token), (*code_page, *token), "{what}");
        let property = PROPERTIES.iter().find(|property| property.tag == tag);
        let get = |contact: &Contact| property.map_or(contact.file_as.clone(), |p| (p.get)(contact).clone());
        let set = |contact: &mut Contact, text: Option<&str>| {
            let field = property.map_or_else(|| None, |p| Some(p.get_mut));
            match field {
                Some(field) => *field(contact) = text.map(str::to_owned),
                None => contact.file_as = text.map(str::to_owned),
            }
        };
        let value = "Zoë & Söhne; 1, 2\\3";
        let mut one = Contact::default();
        set(&mut one, Some(value));
        let card = made(&one);
        assert_eq!(get(&shown(&card)).as_deref(), Some(value), "{what}");
        // As an inline string of its own, in every version.
        for version in VERSIONS {
            let sent = bytes(&shown(&card), version);
            let root = Node::parse(&sent, Limits::default()).unwrap();
            let node = root.children.iter().find(|child| child.tag == tag).unwrap();
            assert_eq!(node.text.as_deref(), Some(value), "{what}");
            assert!(node.children.is_empty() && sent.windows(value.len()).any(|w| w == value.as_bytes()));
        }
        // Beside everything else; what is left out stays where the phone does not support it, and goes where it
        // does.
        let card = made(&full());
        let mut change = full();
        set(&mut change, None);
        let before = get(&full());
        assert_eq!(get(&shown(&patched(&card, &change, &all_but(tag)).unwrap())), before, "{what}");
        let gone = shown(&patched(&card, &change, &Ghosting::None).unwrap());
        match *name {
            "FileAs" => assert_ne!(get(&gone), before),
            _ => assert_eq!(get(&gone), None, "{what}"),
        }
        let mut expected = shown(&card);
        (expected.file_as, expected.body) = (gone.file_as.clone(), gone.body.clone());
        set(&mut expected, get(&gone).as_deref());
        assert_eq!(gone, expected, "{what}: nothing else changes");
    }
}

// MS-ASCNTC_R107, R109, R110, R122, R124, R125; MS-ASWBXML_R73, R76; MS-ASDTYPE_R15, R16, R20
#[test]
fn days_are_dates_and_can_be_ghosted() {
    assert_eq!((contacts::ANNIVERSARY.token, contacts::BIRTHDAY.token), (0x05, 0x08));
    let card = made(&full());
    let root = Node::parse(&bytes(&shown(&card), Version::V14_1), Limits::default()).unwrap();
    let text = |tag| root.children.iter().find(|c| c.tag == tag).and_then(|c| c.text.clone()).unwrap();
    assert_eq!(text(contacts::BIRTHDAY), "1984-05-06T00:00:00.000Z");
    assert_eq!(text(contacts::ANNIVERSARY), "2010-07-08T00:00:00.000Z");
    let change = Contact { birthday: None, anniversary: None, ..full() };
    for (ghosting, stays) in [
        (Ghosting::None, (false, false)),
        (all_but(contacts::BIRTHDAY), (true, false)),
        (all_but(contacts::ANNIVERSARY), (false, true)),
    ] {
        let after = shown(&patched(&card, &change, &ghosting).unwrap());
        assert_eq!((after.birthday.is_some(), after.anniversary.is_some()), stays);
    }
    // Sent empty, it goes as well.
    let empty = Contact { birthday: Some(OrEmpty(None)), ..full() };
    assert_eq!(shown(&patched(&card, &empty, &Ghosting::All).unwrap()).birthday, None);
}

// MS-ASCNTC_R1030, R177, R179, R181, R517, R507, R183, R10040, R188, R190, R192, R509, R194, R173, R184
// MS-ASWBXML_R86, R87, R88, R89; MS-ASDTYPE_R8
#[test]
fn lists_are_kept_ghosted_and_bounded() {
    let tokens = [contacts::CATEGORIES, contacts::CATEGORY, contacts::CHILDREN, contacts::CHILD];
    assert_eq!(tokens.map(|tag| tag.token), [0x15, 0x16, 0x17, 0x18]);
    let card = made(&full());
    let told = shown(&card);
    assert_eq!((&told.categories, &told.children), (&full().categories, &full().children));
    let root = Node::parse(&bytes(&told, Version::V14_1), Limits::default()).unwrap();
    for (outer, inner, list) in [
        (contacts::CATEGORIES, contacts::CATEGORY, full().categories.unwrap()),
        (contacts::CHILDREN, contacts::CHILD, full().children.unwrap()),
    ] {
        let node = root.children.iter().find(|child| child.tag == outer).unwrap();
        assert_eq!(node.text, None);
        let texts: Vec<_> = node.children.iter().map(|c| (c.tag, c.text.clone().unwrap())).collect();
        assert_eq!(texts, list.into_iter().map(|text| (inner, text)).collect::<Vec<_>>());
    }
    let change = Contact { categories: None, children: None, ..full() };
    let after = shown(&patched(&card, &change, &all_but(contacts::CATEGORIES)).unwrap());
    assert_eq!((after.categories.is_some(), after.children.is_some()), (true, false));
    let after = shown(&patched(&card, &change, &all_but(contacts::CHILDREN)).unwrap());
    // None where there is none: an answer has no empty list.
    assert_eq!((after.categories.is_some(), after.children.is_some()), (false, true));
    let empty = Contact { categories: Some(vec![]), children: Some(vec![]), ..full() };
    let after = shown(&patched(&card, &empty, &Ghosting::All).unwrap());
    assert_eq!((after.categories, after.children), (None, None));
    let names = |count: usize| Some((0..count).map(|n| format!("name {n}")).collect::<Vec<String>>());
    let most = Contact { categories: names(300), children: names(300), ..Contact::default() };
    let told = shown(&made(&most));
    assert_eq!((told.categories, told.children), (names(300), names(300)));
    for over in [
        Contact { categories: names(301), ..Contact::default() },
        Contact { children: names(301), ..Contact::default() },
    ] {
        let refused = contact::create(&over, &creating(Version::V14_1, &user())).unwrap_err();
        assert!(matches!(refused, InvalidItem::TooMany { most: 300, .. }), "{refused:?}");
    }
}

// MS-ASCNTC_R373, R379, R506; MS-ASWBXML_R124
#[test]
fn the_picture() {
    assert_eq!(contacts::PICTURE.token, 0x3C);
    let with = |size: usize| {
        let mut picture = vec![0xff, 0xd8, 0xff];
        picture.resize(size, 7);
        Contact { picture: Some(Base64(picture)), ..full() }
    };
    let card = made(&with(36_000));
    let told = shown(&card);
    assert_eq!(told.picture, with(36_000).picture);
    let root = Node::parse(&bytes(&told, Version::V12_1), Limits::default()).unwrap();
    let node = root.children.iter().find(|child| child.tag == contacts::PICTURE).unwrap();
    assert!(node.text.as_ref().unwrap().starts_with("/9j/"), "base64");
    // Left out it stays, whatever the phone supports; sent empty it goes.
    let without = Contact { picture: None, ..full() };
    for ghosting in [Ghosting::None, Ghosting::All, all_but(contacts::PICTURE)] {
        assert_eq!(shown(&patched(&card, &without, &ghosting).unwrap()).picture, told.picture);
    }
    let empty = Contact { picture: Some(Base64(vec![])), ..full() };
    assert_eq!(shown(&patched(&card, &empty, &Ghosting::All).unwrap()).picture, None);
    // Larger than the documents say, as phones send them; to a bound.
    assert_eq!(shown(&made(&with(picture::MAX))).picture, with(picture::MAX).picture);
    let refused = patched(&card, &with(picture::MAX + 1), &Ghosting::None).unwrap_err();
    assert!(matches!(refused, InvalidItem::Wrong { element: "Picture", .. }), "{refused:?}");
    // In the form of each version of the card.
    for version in ["2.1", "3.0", "4.0"] {
        let card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nN:A\r\nFN:A\r\nEND:VCARD\r\n");
        let card = patched(card.as_bytes(), &with(500), &Ghosting::All).unwrap();
        assert_eq!(shown(&card).picture, with(500).picture, "{version}");
    }
}

// MS-ASCNTC_R127, R1120, R461, R512, R460
#[test]
fn the_notes() {
    let body = |text: &str| Body {
        r#type: BodyType::Text,
        estimated_data_size: None,
        truncated: None,
        data: Some(Content(text.as_bytes().to_vec())),
        part: None,
        preview: None,
    };
    let text = |contact: &Contact| String::from_utf8(contact.body.clone().unwrap().data.unwrap().0).unwrap();
    let card = made(&Contact { body: Some(body("met in 2019\r\nin Rome")), ..full() });
    assert_eq!(text(&shown(&card)), "met in 2019\r\nin Rome");
    // Left out they stay, whatever the phone supports.
    assert_eq!(text(&shown(&patched(&card, &full(), &Ghosting::None).unwrap())), "met in 2019\r\nin Rome");
    let change = Contact { body: Some(body("")), ..full() };
    assert_eq!(text(&shown(&patched(&card, &change, &Ghosting::None).unwrap())), "");
    let (user, mut options) = (user(), options(Version::V14_1, BodyType::Text));
    options.preferences[0].truncation_size = Some(3);
    let cut = contact::to_wire(&card, &showing(&options, &user)).unwrap().body.unwrap();
    assert_eq!((cut.data.unwrap().0.as_slice(), cut.truncated), (b"met".as_slice(), Some(true)));
    options.preferences[0].truncation_size = None;
    let whole = contact::to_wire(&card, &showing(&options, &user)).unwrap().body.unwrap();
    assert_eq!((whole.data.unwrap().0.len(), whole.truncated), (20, Some(false)));
    // 2.5 has elements of its own.
    let legacy =
        contact::to_wire(&card, &showing(&self::options(Version::V2_5, BodyType::Text), &user)).unwrap();
    assert_eq!(legacy.legacy_body_size, Some(20));
    assert_eq!(legacy.body, None);
}

// MS-ASCNTC_R231: without one, a contact is filed by its name.
#[test]
fn a_contact_without_a_name_to_file_it_by() {
    let filed = |contact: Contact| shown(&made(&contact)).file_as;
    let text = |text: &str| Some(text.to_owned());
    let name = Contact {
        first_name: text("Anna"),
        last_name: text("Berg"),
        company_name: text("Acme"),
        ..Contact::default()
    };
    assert_eq!(filed(name), text("Berg, Anna"));
    assert_eq!(filed(Contact { first_name: text("Anna"), ..Contact::default() }), text("Anna"));
    assert_eq!(filed(Contact { company_name: text("Acme"), ..Contact::default() }), text("Acme"));
    assert_eq!(filed(Contact { email1_address: text("a@x"), ..Contact::default() }), text("a@x"));
}

#[test]
fn the_whole_name_follows_its_parts() {
    let text = |text: &str| Some(text.to_owned());
    let contact = Contact { first_name: text("Anna"), last_name: text("Berg"), ..Contact::default() };
    let card = made(&contact);
    let whole = |card: &[u8]| Component::parse_one(card, "VCARD").unwrap().text("FN").unwrap();
    assert_eq!(whole(&card), "Anna Berg");
    let change = Contact { last_name: text("Karenina"), title: text("Dr."), ..contact.clone() };
    assert_eq!(whole(&patched(&card, &change, &Ghosting::None).unwrap()), "Dr. Anna Karenina");
    // One that somebody chose stays while the parts do.
    let chosen = String::from_utf8(card).unwrap().replace("FN:Anna Berg", "FN:Mrs B.");
    let change = Contact { home_phone_number: text("1"), ..contact };
    assert_eq!(whole(&patched(chosen.as_bytes(), &change, &Ghosting::None).unwrap()), "Mrs B.");
}

/// Every card of every file: what a phone sends back as it got it changes no byte, in any version; and what
/// it changes leaves every other line as it was.
#[test]
fn every_card_survives() {
    for (name, file) in corpus("contacts") {
        let Ok(cards) = Component::parse(&file) else { continue };
        for card in cards.iter().filter(|card| card.is("VCARD")).take(20) {
            let card = card.to_bytes();
            let user = user();
            for version in VERSIONS {
                let body = options(version, BodyType::Text);
                let told = contact::to_wire(&card, &showing(&body, &user)).unwrap();
                let sent = read(&bytes(&told, version));
                for ghosting in [Ghosting::None, Ghosting::All] {
                    let cx = patching(version, &user, &ghosting);
                    let back = contact::patch(&card, &sent, &cx).unwrap();
                    let (back, card) = (String::from_utf8_lossy(&back), String::from_utf8_lossy(&card));
                    assert_eq!(back, card, "{name} {version} {ghosting:?}");
                }
            }
            let change = Contact { job_title: Some("Astronaut".to_owned()), ..Contact::default() };
            let back = patched(&card, &change, &Ghosting::All).unwrap();
            let lines = |bytes: &[u8]| -> Vec<String> {
                let card = Component::parse_one(bytes, "VCARD").unwrap();
                let kept = card.lines().filter(|line| !["TITLE", "REV"].contains(&line.name()));
                kept.map(|line| String::from_utf8_lossy(line.raw()).trim_end().to_owned()).collect()
            };
            assert_eq!(lines(&back), lines(&card), "{name}");
            assert_eq!(shown(&back).job_title.as_deref(), Some("Astronaut"), "{name}");
            entry::entries(&card).unwrap();
        }
    }
}

fn any_text() -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(
        0.4,
        "[^\\p{Cc}\\p{Cn}\\p{Zs}\\p{Zl}\\p{Zp}\u{feff}]([^\\p{Cc}\\p{Cn}\u{feff}]{0,12}[^\\p{Cc}\\p{Cn}\\p{Zs}\\p{Zl}\\p{Zp}\u{feff}])?",
    )
}

fn any_contact() -> impl Strategy<Value = Contact> {
    proptest::collection::vec(any_text(), PROPERTIES.len()).prop_map(|texts| {
        let mut contact = Contact::default();
        for (property, text) in PROPERTIES.iter().zip(texts) {
            // Addresses and messengers have forms of their own, tested elsewhere.
            let text = text.filter(|text| !text.contains(['<', '>', ':']));
            *(property.get_mut)(&mut contact) = text;
        }
        contact
    })
}

/// What is compared: all but what follows from the rest.
fn plain(contact: &Contact) -> Contact {
    Contact { file_as: None, body: None, native_body_type: None, ..contact.clone() }
}

proptest! {
    /// Object, phone, object: what a phone sets is what is there afterwards, from whatever was there before,
    /// and stays so when the phone sends it again.
    #[test]
    fn what_a_phone_says_is_so(first in any_contact(), second in any_contact()) {
        let card = made(&first);
        prop_assert_eq!(plain(&shown(&card)), plain(&first));
        let card = patched(&card, &second, &Ghosting::None).unwrap();
        prop_assert_eq!(plain(&shown(&card)), plain(&second));
        let again = patched(&card, &second, &Ghosting::None).unwrap();
        prop_assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(card).unwrap());
    }

    /// No card makes trouble.
    #[test]
    fn no_card_makes_trouble(lines in proptest::collection::vec(
        "(TEL|EMAIL|ADR|N|FN|ORG|BDAY|PHOTO|IMPP|NOTE|X-SLOT|item1\\.TEL)(;(TYPE|PREF|X-SLOT|ENCODING|VALUE)=[A-Z0-9-]{0,8}){0,2}:[ -~]{0,20}",
        0..12,
    ), change in any_contact()) {
        let card = format!("BEGIN:VCARD\r\n{}\r\nEND:VCARD\r\n", lines.join("\r\n"));
        let told = shown(card.as_bytes());
        let back = patched(card.as_bytes(), &told, &Ghosting::None).unwrap();
        prop_assert_eq!(String::from_utf8_lossy(&back), card.as_str());
        let back = patched(card.as_bytes(), &change, &Ghosting::None).unwrap();
        let after = shown(&back);
        for property in PROPERTIES {
            prop_assert_eq!((property.get)(&after), (property.get)(&change), "{}", property.tag.name());
        }
    }
}
