//! The address book.

use std::ops::ControlFlow;
use std::sync::Arc;

use fieldpost_domain::directory::{Directory, EntryKind, PHOTO_MAX, Page, Profile, Query, expand};
use fieldpost_store::{NewAccount, NewContact, NewGroup, StoreError};

use crate::bed::{Bed, at};

crate::suite!(
    accounts_are_in_it,
    names_are_found,
    groups,
    shared_contacts,
    photos_and_certificates,
    hidden,
    words
);

async fn search(bed: &Bed, typed: &str) -> Page {
    bed.store.search(&Query::parse(typed).unwrap(), 0, 100).await.unwrap()
}

async fn names(bed: &Bed, typed: &str) -> Vec<String> {
    search(bed, typed).await.entries.iter().map(|entry| entry.name().to_owned()).collect()
}

fn contact(name: &str, address: &str) -> NewContact {
    NewContact {
        origin: Some(format!("uid:{address}")),
        addresses: vec![address.to_owned()],
        profile: Profile { display_name: name.to_owned(), ..Profile::default() },
        photo: None,
    }
}

async fn accounts_are_in_it(bed: Arc<Bed>) {
    let new = NewAccount {
        address: "Anna.Berg@example.org".to_owned(),
        display_name: "Anna Berg".to_owned(),
        aliases: vec!["post@example.org".to_owned()],
        password_hash: None,
    };
    let account = bed.store.create_account(new, at(0)).await.unwrap();
    let entry = bed.store.account_entry(account.id).await.unwrap();
    assert_eq!(entry.kind, EntryKind::Account(account.id));
    assert_eq!(entry.addresses, ["Anna.Berg@example.org", "post@example.org"]);
    assert_eq!(entry.profile.alias, "Anna.Berg");
    assert_eq!(bed.store.by_address("POST@example.org").await.unwrap(), Some(entry.clone()));
    let changed = bed
        .store
        .change_entry(entry.id, |profile, _| {
            profile.display_name = "Anna Karenina".to_owned();
            profile.phone = "+49 30 1234567".to_owned();
            profile.office = "B 2.17".to_owned();
        })
        .await
        .unwrap();
    assert_eq!(bed.store.account(account.id).await.unwrap().unwrap().display_name, "Anna Karenina");
    for typed in ["anna k", "KAREN", "renina", "30 123-4567", "2.17", "post@", "berg", "b"] {
        assert_eq!(search(&bed, typed).await.entries, std::slice::from_ref(&changed), "{typed}");
    }
    assert_eq!(names(&bed, "erg@example").await, ["Anna Karenina"]);
    for typed in ["anna b c", "aren x", "%", "_nna", "r"] {
        assert!(Query::parse(typed).is_none() || names(&bed, typed).await.is_empty(), "{typed}");
    }
    let again = bed.again().await;
    assert_eq!(again.account_entry(account.id).await.unwrap(), changed);
}

async fn names_are_found(bed: Arc<Bed>) {
    let people =
        [("Joanna Zett", "z@x.test"), ("Anna", "a@x.test"), ("Ännchen", "c@x.test"), ("Q", "ann@x.test")];
    let contacts: Vec<NewContact> = people.iter().map(|(name, address)| contact(name, address)).collect();
    assert_eq!(bed.store.put_contacts(&contacts).await.unwrap(), 4);
    assert_eq!(names(&bed, "ann").await, ["Anna", "Ännchen", "Joanna Zett", "Q"]);
    assert_eq!(names(&bed, "an").await, ["Anna", "Ännchen", "Q"]);
    assert_eq!(names(&bed, "z").await, ["Joanna Zett"]);
    assert_eq!(names(&bed, "anna zett").await, ["Joanna Zett"]);
    // Several pages hold each of them once, those that begin so first.
    let mut pages = Vec::new();
    for first in [0, 2, 4] {
        let page = bed.store.search(&Query::parse("ann").unwrap(), first, 2).await.unwrap();
        assert!(page.total == 4 || page.total > first + 1, "{page:?}");
        pages.extend(page.entries.iter().map(|entry| entry.name().to_owned()));
    }
    assert_eq!(pages, ["Anna", "Ännchen", "Q", "Joanna Zett"]);
}

async fn groups(bed: Arc<Bed>) {
    let anna = bed.account("anna@example.org").await;
    let new = |name: &str| NewGroup { address: format!("{name}@example.org"), ..NewGroup::default() };
    let team = bed.store.create_group(new("team")).await.unwrap();
    let board = bed.store.create_group(new("board")).await.unwrap();
    let taken = bed.store.create_group(new("ANNA")).await.unwrap_err();
    assert!(matches!(taken, StoreError::AddressTaken(_)), "{taken:?}");
    let taken = NewAccount { address: "Team@example.org".to_owned(), ..NewAccount::default() };
    let taken = bed.store.create_account(taken, at(0)).await.unwrap_err();
    assert!(matches!(taken, StoreError::AddressTaken(_)), "{taken:?}");

    bed.store.put_contacts(&[contact("Eve", "eve@elsewhere.test")]).await.unwrap();
    let members = ["Anna@example.org", "board@example.org", "eve@elsewhere.test", "nobody@elsewhere.test"];
    for member in members {
        assert!(bed.store.add_member(team.id, member).await.unwrap());
        assert!(!bed.store.add_member(team.id, &member.to_uppercase()).await.unwrap());
    }
    // A ring, and one person twice.
    bed.store.add_member(board.id, "team@example.org").await.unwrap();
    bed.store.add_member(board.id, "anna@example.org").await.unwrap();
    let all = expand(&bed.store, team.id).await.unwrap();
    let addresses: Vec<&str> = all.members.iter().map(|member| member.address.as_str()).collect();
    assert_eq!(addresses, ["Anna@example.org", "eve@elsewhere.test", "nobody@elsewhere.test"]);
    let kinds: Vec<_> = all.members.iter().map(|member| member.entry.as_ref().map(|e| e.kind)).collect();
    assert_eq!(kinds, [Some(EntryKind::Account(anna.id)), Some(EntryKind::Contact), None]);
    assert!(!all.cut_off);

    assert!(bed.store.remove_member(team.id, "NOBODY@elsewhere.test").await.unwrap());
    assert!(!bed.store.remove_member(team.id, "nobody@elsewhere.test").await.unwrap());
    let bad = bed.store.add_member(team.id, "not an address").await.unwrap_err();
    assert!(matches!(bad, StoreError::BadAddress(_)), "{bad:?}");
    let anna_entry = bed.store.account_entry(anna.id).await.unwrap();
    let error = bed.store.add_member(anna_entry.id, "x@example.org").await.unwrap_err();
    assert!(matches!(error, StoreError::NoSuchEntry), "{error:?}");

    assert_eq!(bed.store.groups().await.unwrap(), [board.clone(), team.clone()]);
    bed.store.remove_entry(board.id).await.unwrap();
    assert_eq!(bed.store.groups().await.unwrap(), std::slice::from_ref(&team));
    assert!(bed.store.members(board.id).await.unwrap().is_empty());
    assert!(matches!(bed.store.remove_entry(anna_entry.id).await, Err(StoreError::NoSuchEntry)));
    assert_eq!(bed.store.group_by_address("TEAM@example.org").await.unwrap(), Some(team));
    assert_eq!(bed.store.group_by_address("anna@example.org").await.unwrap(), None);
}

async fn shared_contacts(bed: Arc<Bed>) {
    let many: Vec<NewContact> =
        (0..1200).map(|n| contact(&format!("Person {n:04}"), &format!("p{n}@elsewhere.test"))).collect();
    assert_eq!(bed.store.put_contacts(&many).await.unwrap(), 1200);
    // Once more: nothing is entered twice, and what changed is changed.
    let mut changed = many[7].clone();
    changed.profile.display_name = "Somebody else".to_owned();
    changed.addresses.push("not an address".to_owned());
    assert_eq!(bed.store.put_contacts(&[changed]).await.unwrap(), 0);
    assert!(names(&bed, "0007").await.is_empty());
    assert_eq!(names(&bed, "some").await, ["Somebody else"]);
    let mut all = Vec::new();
    bed.store
        .each_contact(|entry| {
            all.push(entry.name().to_owned());
            ControlFlow::Continue(())
        })
        .await
        .unwrap();
    assert_eq!(all.len(), 1200);
    assert!(all.is_sorted());
    let page = search(&bed, "person").await;
    assert_eq!((page.total, page.entries.len()), (1000, 100));
    // An account with the address of a contact goes before it.
    let account = bed.account("p3@elsewhere.test").await;
    let found = bed.store.by_address("P3@elsewhere.test").await.unwrap().unwrap();
    assert_eq!(found.kind, EntryKind::Account(account.id));
}

async fn photos_and_certificates(bed: Arc<Bed>) {
    let account = bed.account("anna@example.org").await;
    let id = bed.store.account_entry(account.id).await.unwrap().id;
    assert_eq!(bed.store.photo(id).await.unwrap(), None);
    bed.store.set_photo(id, Some(&[1; 5000])).await.unwrap();
    assert_eq!(bed.store.photo(id).await.unwrap(), Some(vec![1; 5000]));
    assert_eq!(bed.store.account_entry(account.id).await.unwrap().photo_size, Some(5000));
    // Other changes keep it.
    let entry = bed.store.change_entry(id, |profile, _| profile.title = "Dr.".to_owned()).await.unwrap();
    assert_eq!(entry.photo_size, Some(5000));
    let error = bed.store.set_photo(id, Some(&vec![0; PHOTO_MAX + 1])).await.unwrap_err();
    assert!(matches!(error, StoreError::Limit(_)), "{error:?}");
    bed.store.set_photo(id, None).await.unwrap();
    assert_eq!(bed.store.photo(id).await.unwrap(), None);

    assert!(bed.store.add_certificate(id, b"one").await.unwrap());
    assert!(!bed.store.add_certificate(id, b"one").await.unwrap());
    assert!(bed.store.add_certificate(id, b"two").await.unwrap());
    let mut all = bed.store.certificates(id).await.unwrap();
    all.sort();
    assert_eq!(all, [b"one".to_vec(), b"two".to_vec()]);
    let error = bed.store.add_certificate(id, &vec![0; 65 * 1024]).await.unwrap_err();
    assert!(matches!(error, StoreError::Limit(_)), "{error:?}");
    let missing = fieldpost_domain::directory::EntryId(999);
    assert!(matches!(bed.store.set_photo(missing, None).await, Err(StoreError::NoSuchEntry)));
    assert!(matches!(bed.store.add_certificate(missing, b"x").await, Err(StoreError::NoSuchEntry)));
}

async fn hidden(bed: Arc<Bed>) {
    let account = bed.account("anna@example.org").await;
    let id = bed.store.account_entry(account.id).await.unwrap().id;
    assert_eq!(search(&bed, "anna").await.total, 1);
    let entry = bed.store.change_entry(id, |_, hidden| *hidden = true).await.unwrap();
    assert!(entry.hidden);
    assert_eq!(search(&bed, "anna").await.total, 0);
    // Mail still reaches it.
    assert_eq!(bed.store.by_address("anna@example.org").await.unwrap(), Some(entry));
    bed.store.change_entry(id, |_, hidden| *hidden = false).await.unwrap();
    assert_eq!(search(&bed, "anna").await.total, 1);
}

async fn words(bed: Arc<Bed>) {
    // Characters that mean something to a query language of either database.
    let people =
        [("O'Hara", "o@x.test"), ("Back\\slash", "b@x.test"), ("A:B & C|D", "c@x.test"), ("*", "d@x.test")];
    let contacts: Vec<NewContact> = people.iter().map(|(name, address)| contact(name, address)).collect();
    bed.store.put_contacts(&contacts).await.unwrap();
    for (typed, name) in
        [("o'h", "O'Hara"), ("back\\s", "Back\\slash"), ("a:b", "A:B & C|D"), ("c|d", "A:B & C|D")]
    {
        assert_eq!(names(&bed, typed).await, [name], "{typed}");
    }
    // An address book from before there was a table of words.
    bed.execute("DELETE FROM directory_word").await;
    bed.execute("UPDATE counter SET value = 0 WHERE name = 'directory_word'").await;
    assert!(names(&bed, "b").await.is_empty());
    let again = bed.again().await;
    let found = again.search(&Query::parse("b").unwrap(), 0, 100).await.unwrap();
    assert_eq!(found.entries.len(), 2, "{found:?}");
}
