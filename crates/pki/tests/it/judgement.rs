//! Each verdict, from a case that is as it should be but for one thing.

use fieldpost_pki::{Certificate, Judge, Question, RevocationList, Verdict};
use rcgen::{
    BasicConstraints, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, KeyUsagePurpose, NameConstraints,
};

use crate::authority::{Party, authority, day, now, owner, root};

struct Case {
    root: Party,
    between: Party,
    leaf: Party,
    lists: Vec<RevocationList>,
    check_revocation: bool,
}

fn case() -> Case {
    let root = root(authority("Root"));
    let between = root.issues(authority("Between"));
    let leaf = between.issues(owner("anna@example.org"));
    Case { root, between, leaf, lists: Vec::new(), check_revocation: false }
}

impl Case {
    fn with_leaf(change: impl FnOnce(&mut rcgen::CertificateParams)) -> Case {
        let case = case();
        let mut params = owner("anna@example.org");
        change(&mut params);
        Case { leaf: case.between.issues(params), ..case }
    }

    fn with_between(change: impl FnOnce(&mut rcgen::CertificateParams)) -> Case {
        let case = case();
        let mut params = authority("Between");
        change(&mut params);
        let between = case.root.issues(params);
        let leaf = between.issues(owner("anna@example.org"));
        Case { between, leaf, ..case }
    }

    fn ask(&self, anchors: &[&Party], chain: &[&Party]) -> Verdict {
        let all = |parties: &[&Party]| parties.iter().map(|p| p.certificate.clone()).collect::<Vec<_>>();
        let judge = Judge { anchors: all(anchors), lists: self.lists.clone() };
        judge.judge(&Question {
            certificate: &self.leaf.certificate,
            chain: &all(chain),
            address: Some("Anna@example.org"),
            check_revocation: self.check_revocation,
            now: now(),
        })
    }

    fn verdict(&self) -> Verdict {
        self.ask(&[&self.root], &[&self.between])
    }
}

#[test]
fn what_is_as_it_should_be_is_valid() {
    let case = case();
    assert_eq!(case.verdict(), Verdict::Valid);
    // The root may come along, and others that have nothing to do with it.
    let other = root(authority("Other"));
    assert_eq!(case.ask(&[&other, &case.root], &[&other, &case.root, &case.between]), Verdict::Valid);
    // One between may be trusted itself, and so may the certificate.
    assert_eq!(case.ask(&[&case.between], &[]), Verdict::Valid);
    assert_eq!(case.ask(&[&case.leaf], &[]), Verdict::Valid);
}

#[test]
fn another_root_of_the_same_name_does_not_matter() {
    let case = case();
    let twin = root(authority("Root"));
    assert_eq!(case.ask(&[&twin, &case.root], &[&case.between]), Verdict::Valid);
    assert_eq!(case.ask(&[&twin], &[&case.between]), Verdict::BadSignature);
    let twin_between = twin.issues(authority("Between"));
    assert_eq!(case.ask(&[&case.root], &[&twin_between, &case.between]), Verdict::Valid);
}

#[test]
fn the_chain() {
    let case = case();
    // What ends at nothing that is trusted.
    assert_eq!(case.ask(&[], &[&case.between, &case.root]), Verdict::Untrusted);
    assert_eq!(case.ask(&[], &[]), Verdict::Untrusted);
    assert_eq!(case.ask(&[&case.root], &[]), Verdict::Untrusted);
    let self_signed = Case { leaf: root(owner("anna@example.org")), ..self::case() };
    assert_eq!(self_signed.verdict(), Verdict::Untrusted);
    // What came with it leads nowhere.
    let other = root(authority("Other"));
    assert_eq!(case.ask(&[&case.root], &[&other]), Verdict::BadChain);
}

#[test]
fn the_certificate_itself() {
    let uses =
        |uses: Vec<ExtendedKeyUsagePurpose>| Case::with_leaf(|p| p.extended_key_usages = uses).verdict();
    assert_eq!(uses(vec![]), Verdict::Valid);
    assert_eq!(uses(vec![ExtendedKeyUsagePurpose::Any]), Verdict::Valid);
    assert_eq!(uses(vec![ExtendedKeyUsagePurpose::ServerAuth]), Verdict::NotForMail);
    let case = Case::with_leaf(|p| p.key_usages = vec![KeyUsagePurpose::KeyEncipherment]);
    assert_eq!(case.verdict(), Verdict::NotForMail);
    assert_eq!(Case::with_leaf(|p| p.not_after = day(-1)).verdict(), Verdict::Expired);
    assert_eq!(Case::with_leaf(|p| p.not_before = day(1)).verdict(), Verdict::Expired);
    let address = |address: &str| {
        let params = owner(address);
        Case::with_leaf(|p| p.subject_alt_names = params.subject_alt_names).verdict()
    };
    assert_eq!(address("ANNA@EXAMPLE.ORG"), Verdict::Valid);
    assert_eq!(address("eve@example.org"), Verdict::AddressMismatch);
    let case = Case::with_leaf(|p| {
        p.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        p.key_usages.push(KeyUsagePurpose::KeyCertSign);
    });
    assert_eq!(case.verdict(), Verdict::WrongRole);
}

#[test]
fn those_who_issued_it() {
    let case = Case::with_between(|p| p.is_ca = IsCa::ExplicitNoCa);
    assert_eq!(case.verdict(), Verdict::WrongRole);
    let case = Case::with_between(|p| p.key_usages = vec![KeyUsagePurpose::DigitalSignature]);
    assert_eq!(case.verdict(), Verdict::WrongRole);
    let case = Case::with_between(|p| p.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]);
    assert_eq!(case.verdict(), Verdict::Misused);
    assert_eq!(Case::with_between(|p| p.not_after = day(-1)).verdict(), Verdict::Expired);
    assert_eq!(Case::with_between(|p| p.not_after = day(10)).verdict(), Verdict::InconsistentValidity);
    assert_eq!(Case::with_between(|p| p.not_before = day(-10)).verdict(), Verdict::InconsistentValidity);
    // One that may have owners below it alone, and has an authority there.
    let mut params = authority("Root");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let short = root(params);
    let between = short.issues(authority("Between"));
    let leaf = between.issues(owner("anna@example.org"));
    let case = Case { root: short, between, leaf, lists: Vec::new(), check_revocation: false };
    assert_eq!(case.verdict(), Verdict::Misused);
    // One that may speak for another domain alone.
    let case = Case::with_between(|p| {
        p.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::Rfc822Name("elsewhere.test".to_owned())],
            excluded_subtrees: Vec::new(),
        });
    });
    assert_ne!(case.verdict(), Verdict::Valid);
}

#[test]
fn revocation() {
    let good = |case: &Case| vec![case.between.revokes(&[], 10), case.root.revokes(&[], 10)];
    let asked = |lists: &dyn Fn(&Case) -> Vec<RevocationList>, check_revocation| {
        let mut case = Case { check_revocation, ..case() };
        case.lists = lists(&case);
        case.verdict()
    };
    assert_eq!(asked(&good, true), Verdict::Valid);
    // It was revoked: that is said whether or not it was asked.
    for check in [false, true] {
        let leaf = |case: &Case| vec![case.between.revokes(&[&case.leaf], 10), case.root.revokes(&[], 10)];
        assert_eq!(asked(&leaf, check), Verdict::Revoked);
        let old = |case: &Case| vec![case.between.revokes(&[&case.leaf], -1)];
        assert_eq!(asked(&old, check), Verdict::Revoked);
        let between =
            |case: &Case| vec![case.between.revokes(&[], 10), case.root.revokes(&[&case.between], 10)];
        assert_eq!(asked(&between, check), Verdict::ChainRevoked);
    }
    // It can't be told: that matters where it was asked.
    let none = |_: &Case| Vec::new();
    let half = |case: &Case| vec![case.between.revokes(&[], 10)];
    let old = |case: &Case| vec![case.between.revokes(&[], -1), case.root.revokes(&[], 10)];
    // A list that somebody else signed under the same name says nothing.
    let forged = |case: &Case| vec![root(authority("Between")).revokes(&[&case.leaf], 10)];
    for (lists, verdict) in [
        (&none as &dyn Fn(&Case) -> Vec<RevocationList>, Verdict::RevocationUnknown),
        (&half, Verdict::RevocationUnknown),
        (&old, Verdict::RevocationOffline),
        (&forged, Verdict::RevocationUnknown),
    ] {
        assert_eq!(asked(lists, true), verdict);
        assert_eq!(asked(lists, false), Verdict::Valid);
    }
}

#[test]
fn a_maze_of_names_costs_little() {
    // Twelve authorities that all sign each other, so that there are millions of ways up.
    let root = root(authority("Root"));
    let mut parties: Vec<Party> = vec![];
    for n in 0..12 {
        let _ = n;
        let party = match parties.last() {
            None => root.issues(authority("Maze")),
            Some(last) => last.issues(authority("Maze")),
        };
        parties.push(party);
    }
    let leaf = parties.last().unwrap().issues(owner("anna@example.org"));
    let chain: Vec<Certificate> = parties.iter().map(|party| party.certificate.clone()).collect();
    let judge = Judge::default();
    let question = Question {
        certificate: &leaf.certificate,
        chain: &chain,
        address: None,
        check_revocation: false,
        now: now(),
    };
    assert_ne!(judge.judge(&question), Verdict::Valid);
}
