//! Accounts, their addresses and passwords.

use std::sync::Arc;

use fieldpost_domain::folder::FolderType;
use fieldpost_domain::{AccountId, Backend, MailboxId, Modseq};
use fieldpost_store::{AccountFilter, NewAccount, StoreError};

use crate::bed::{Bed, at};

crate::suite!(made_with_its_mailbox, addresses_are_unique, bad_addresses, passwords, disabled, found);

async fn made_with_its_mailbox(bed: Arc<Bed>) {
    let new = NewAccount {
        address: "Anna.Berg@Example.ORG".to_owned(),
        display_name: "Anna Berg".to_owned(),
        aliases: vec![
            "anna@example.org".to_owned(),
            "ANNA@example.org".to_owned(),
            "post@example.org".to_owned(),
        ],
        password_hash: None,
    };
    let account = bed.store.create_account(new, at(1_700_000_000)).await.unwrap();
    assert_eq!(account.aliases, ["anna@example.org", "post@example.org"]);
    assert_eq!(bed.notices.take(), [(account.id.0, None, false)]);
    let other = bed.account("bert@example.org").await;
    assert!(other.id > account.id);

    let again = bed.again().await;
    assert_eq!(again.account(account.id).await.unwrap().as_ref(), Some(&account));
    assert_eq!(again.account(AccountId(99)).await.unwrap(), None);
    assert_eq!(again.accounts().await.unwrap(), [account.clone(), other]);
    for address in ["anna.berg@example.org", "Anna@Example.org", "POST@EXAMPLE.ORG"] {
        assert_eq!(again.account_by_address(address).await.unwrap().as_ref(), Some(&account), "{address}");
    }
    for address in ["berg@example.org", "", "anna", "anna@example.org\0", "%@example.org"] {
        assert_eq!(again.account_by_address(address).await.unwrap(), None, "{address}");
    }

    let mailbox = MailboxId(account.id.0);
    let folders = again.folders(mailbox).await.unwrap();
    let kinds: Vec<_> = folders.iter().map(|folder| (folder.kind, folder.name.as_str())).collect();
    assert_eq!(kinds, FolderType::DEFAULT);
    assert!(folders.iter().all(|folder| folder.parent.is_none()));
    assert_eq!(again.modseq(mailbox).await.unwrap(), Modseq(11));
    again.close().await;
}

async fn addresses_are_unique(bed: Arc<Bed>) {
    let new = |address: &str, alias: &str| NewAccount {
        address: address.to_owned(),
        aliases: vec![alias.to_owned()],
        ..NewAccount::default()
    };
    bed.store.create_account(new("anna@example.org", "a@example.org"), at(0)).await.unwrap();
    for (address, alias, taken) in [
        ("ANNA@example.org", "x@example.org", "ANNA@example.org"),
        ("x@example.org", "Anna@Example.org", "Anna@Example.org"),
        ("x@example.org", "A@EXAMPLE.ORG", "A@EXAMPLE.ORG"),
    ] {
        let error = bed.store.create_account(new(address, alias), at(0)).await.unwrap_err();
        assert!(matches!(&error, StoreError::AddressTaken(a) if a == taken), "{error}");
    }
    assert_eq!(bed.store.accounts().await.unwrap().len(), 1, "nothing of the others remains");
    let account = bed.store.create_account(new("x@example.org", "y@example.org"), at(0)).await.unwrap();
    assert_eq!(bed.store.folders(MailboxId(account.id.0)).await.unwrap().len(), 11);
}

async fn bad_addresses(bed: Arc<Bed>) {
    for address in ["", "anna", "anna@", "@example.org", "an na@example.org", "anna\n@example.org"] {
        let new = NewAccount { address: address.to_owned(), ..NewAccount::default() };
        let error = bed.store.create_account(new, at(0)).await.unwrap_err();
        assert!(matches!(error, StoreError::BadAddress(_)), "{error}");
    }
    assert!(bed.store.accounts().await.unwrap().is_empty());
}

async fn passwords(bed: Arc<Bed>) {
    let account = bed.account("anna@example.org").await;
    assert_eq!(bed.store.password_hash(account.id).await.unwrap(), None);
    bed.store.set_password_hash(account.id, "$argon2id$x").await.unwrap();
    assert_eq!(bed.store.password_hash(account.id).await.unwrap().as_deref(), Some("$argon2id$x"));
    assert_eq!(bed.store.password_hash(AccountId(99)).await.unwrap(), None);
    let error = bed.store.set_password_hash(AccountId(99), "x").await.unwrap_err();
    assert!(matches!(error, StoreError::NoSuchAccount(AccountId(99))), "{error}");
}

async fn disabled(bed: Arc<Bed>) {
    let account = bed.account("anna@example.org").await;
    assert!(!account.disabled);
    for disabled in [true, true, false] {
        bed.store.set_disabled(account.id, disabled).await.unwrap();
        assert_eq!(bed.store.account(account.id).await.unwrap().unwrap().disabled, disabled);
    }
    assert!(bed.store.set_disabled(AccountId(99), true).await.is_err());
}

async fn found(bed: Arc<Bed>) {
    for (address, name, aliases) in [
        ("Zoe@example.org", "Zoë Ärmel", vec!["office_1@example.org"]),
        ("anna@example.org", "Anna Berg", vec!["post@example.org", "a.berg@example.org"]),
        ("bert@example.org", "Bert 100%", vec![]),
    ] {
        let new = NewAccount {
            address: address.to_owned(),
            display_name: name.to_owned(),
            aliases: aliases.into_iter().map(str::to_owned).collect(),
            ..NewAccount::default()
        };
        bed.store.create_account(new, at(0)).await.unwrap();
    }
    let all = bed.store.accounts().await.unwrap();
    let look = async |text: &str| -> Vec<String> {
        let filter = AccountFilter { text: Some(text.to_owned()), ..AccountFilter::default() };
        let (found, next) = bed.store.list_accounts(&filter, None, 50).await.unwrap();
        assert_eq!(next, None);
        found.into_iter().map(|account| account.address).collect()
    };
    assert_eq!(look("").await, ["anna@example.org", "bert@example.org", "Zoe@example.org"]);
    assert_eq!(look("BERG anna").await, ["anna@example.org"]);
    assert_eq!(look("post@").await, ["anna@example.org"]);
    for text in ["ärmel", "Ärmel", "zoë", "office_1", "zoe@"] {
        assert_eq!(look(text).await, ["Zoe@example.org"], "{text}");
    }
    assert_eq!(look("100%").await, ["bert@example.org"]);
    for text in ["a_na", "%%", "'", "berg bert", "anna\0q"] {
        assert!(look(text).await.is_empty(), "{text}");
    }

    // An account is whole on its page, whatever addresses it has.
    let (first, next) = bed.store.list_accounts(&AccountFilter::default(), None, 2).await.unwrap();
    assert_eq!(first, [all[1].clone(), all[2].clone()]);
    let (second, last) =
        bed.store.list_accounts(&AccountFilter::default(), next.as_deref(), 2).await.unwrap();
    assert_eq!((second, last), (vec![all[0].clone()], None));

    let mut act = bed.store.act().await.unwrap();
    act.set_disabled(all[2].id, true).await.unwrap();
    assert!(act.set_disabled(AccountId(99), true).await.is_err());
    act.commit().await.unwrap();
    for (disabled, count) in [(true, 1), (false, 2)] {
        let filter = AccountFilter { disabled: Some(disabled), ..AccountFilter::default() };
        let (found, _) = bed.store.list_accounts(&filter, None, 50).await.unwrap();
        assert_eq!(found.len(), count);
        assert!(found.iter().all(|account| account.disabled == disabled));
    }
}
