//! Policy documents, as they are sent: six policies in five versions, each in a file of
//! `tests/golden/policies/`. `FIELDPOST_UPDATE_GOLDEN=1` writes the files anew; look at what is different
//! before it is committed.
//!
//! Those from 12.0 on are held against Microsoft's schemas where they are at hand, see `FIELDPOST_SHARED`; those
//! for 2.5 are XML.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fieldpost_domain::policy::{NamedPolicy, Policy, Told, catalogue};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Document as _;
use fieldpost_eas::command::provision::{self, PolicyData, Response};
use fieldpost_eas::wbxml::{Limits, Node, xml};

const VERSIONS: [Version; 5] =
    [Version::V2_5, Version::V12_0, Version::V12_1, Version::V14_1, Version::V16_1];

/// A name, a policy, and what the phone was told before.
fn policies() -> Vec<(&'static str, Policy, Told)> {
    let nothing = Told::default();
    let all: Told = catalogue::all().map(|setting| setting.field).collect();
    vec![
        ("nothing", Policy::NOTHING, nothing),
        ("default", Policy::default(), nothing),
        ("proposed", NamedPolicy::proposed("x").policy, nothing),
        ("strict", strict(), nothing),
        ("everything", everything(), nothing),
        ("taken-back", Policy { device_password_enabled: Some(true), ..Policy::NOTHING }, all),
    ]
}

/// What a bank might ask for.
fn strict() -> Policy {
    Policy {
        device_password_enabled: Some(true),
        alphanumeric_device_password_required: Some(true),
        password_recovery_enabled: Some(true),
        require_storage_card_encryption: Some(true),
        attachments_enabled: Some(false),
        min_device_password_length: Some(8),
        max_inactivity_time_device_lock: Some(120),
        max_device_password_failed_attempts: Some(4),
        allow_simple_device_password: Some(false),
        device_password_expiration: Some(90),
        device_password_history: Some(8),
        allow_camera: Some(false),
        require_device_encryption: Some(true),
        allow_unsigned_applications: Some(false),
        allow_unsigned_installation_packages: Some(false),
        min_device_password_complex_characters: Some(3),
        allow_bluetooth: Some(1),
        require_manual_sync_when_roaming: Some(true),
        max_calendar_age_filter: Some(4),
        max_email_age_filter: Some(3),
        require_signed_smime_messages: Some(true),
        require_encrypted_smime_messages: Some(true),
        allow_browser: Some(false),
        allow_consumer_email: Some(false),
        unapproved_in_rom_application_list: Some(vec!["game & more.exe".to_owned(), "chat.exe".to_owned()]),
        approved_application_list: Some(vec!["2jmj7l5rSw0yVb/vlWAYkK/YBwk=".to_owned()]),
        ..Policy::NOTHING
    }
}

/// A value for each setting: what the catalogue says that phones assume, or a number in range.
fn everything() -> Policy {
    let mut policy = strict();
    for setting in catalogue::all() {
        if policy.get(setting.field).is_none()
            && let Some(value) = setting.assumed.value()
        {
            assert!(policy.set(setting.field, Some(value)), "{}", setting.field);
        }
    }
    policy.attachments_enabled = Some(true);
    policy.max_attachment_size = Some(5_000_000);
    // 18 for 2.5, and 16 where the protocol knows no more.
    policy.min_device_password_length = Some(18);
    policy
}

/// The answer that hands the policy out; for 2.5, the text in it.
fn document(policy: &Policy, told: Told, version: Version) -> String {
    let data = policy.data(version, told);
    if let PolicyData::Xml(text) = data {
        return text + "\n";
    }
    let response = Response {
        status: 1,
        policies: vec![provision::Policy {
            policy_type: Policy::type_for(version).to_owned(),
            status: 1,
            policy_key: Some("1307199584".to_owned()),
            data: Some(data),
        }],
        ..Response::default()
    };
    xml::to_schema_xml(&Node::parse(&response.encode(version), Limits::default()).unwrap())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/policies")
}

#[test]
fn policies_are_sent_as_they_were() {
    let update = std::env::var_os("FIELDPOST_UPDATE_GOLDEN").is_some();
    let mut files = BTreeSet::new();
    for (name, policy, told) in policies() {
        assert_eq!(policy.problems(), [], "{name}");
        for version in VERSIONS {
            let file = folder().join(format!("{name}-{version}.xml"));
            let document = document(&policy, told, version);
            if update {
                fs::create_dir_all(folder()).unwrap();
                fs::write(&file, &document).unwrap();
            }
            let golden = fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(document, golden, "{}", file.display());
            files.insert(file);
        }
    }
    assert_eq!(files.len(), 30);
    let there: BTreeSet<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(there, files, "there are files that no test makes");
}

#[test]
fn the_documents_are_valid() {
    let has_xmllint = Command::new("xmllint").arg("--version").output().is_ok_and(|o| o.status.success());
    if !has_xmllint {
        println!("skipped: no xmllint");
        return;
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("FIELDPOST_SHARED").map_or(beside, PathBuf::from);
    let schema = shared.join("eas/xsd/linked/eas-all.xsd");
    let all = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let (text, wbxml): (Vec<_>, Vec<_>) = all.partition(|path| path.to_string_lossy().ends_with("-2.5.xml"));
    let valid = |command: &mut Command| {
        let run = command.output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    valid(Command::new("xmllint").arg("--noout").args(&text));
    if !schema.is_file() {
        println!("skipped: no schemas; set FIELDPOST_SHARED");
        return;
    }
    assert_eq!((text.len(), wbxml.len()), (6, 24));
    valid(Command::new("xmllint").arg("--noout").arg("--schema").arg(schema).args(&wbxml));
}
