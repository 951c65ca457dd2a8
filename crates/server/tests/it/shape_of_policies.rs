//! [MS-ASPROV]: the shape of policies, where a policy says all that it can.

use fieldpost_domain::policy::Policy;
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::Provision;
use fieldpost_testkit::phone::Call;
use fieldpost_testkit::phone::transport::record::Recording;
use fieldpost_testkit::shape::Claim::{
    Between, Childless, Children, Holds, HoldsOrEmpty, Number, NumberFrom, Parent, ParentIn, Seen, Status,
    Values,
};
use fieldpost_testkit::shape::{Answers, Element, Kind, MANY, check, notation};

use crate::server::Server;

/// A value for everything.
fn everything() -> Policy {
    let yes = Some(true);
    Policy {
        device_password_enabled: yes,
        alphanumeric_device_password_required: yes,
        password_recovery_enabled: yes,
        require_storage_card_encryption: yes,
        attachments_enabled: yes,
        min_device_password_length: Some(6),
        max_inactivity_time_device_lock: Some(900),
        max_device_password_failed_attempts: Some(8),
        max_attachment_size: Some(1_000_000),
        allow_simple_device_password: Some(false),
        device_password_expiration: Some(90),
        device_password_history: Some(3),
        allow_storage_card: yes,
        allow_camera: yes,
        require_device_encryption: yes,
        allow_unsigned_applications: yes,
        allow_unsigned_installation_packages: yes,
        min_device_password_complex_characters: Some(2),
        allow_wifi: yes,
        allow_text_messaging: yes,
        allow_pop_imap_email: yes,
        allow_bluetooth: Some(2),
        allow_irda: yes,
        require_manual_sync_when_roaming: yes,
        allow_desktop_sync: yes,
        max_calendar_age_filter: Some(4),
        allow_html_email: yes,
        max_email_age_filter: Some(5),
        max_email_body_truncation_size: Some(-1),
        max_email_html_body_truncation_size: Some(100),
        require_signed_smime_messages: yes,
        require_encrypted_smime_messages: Some(false),
        require_signed_smime_algorithm: Some(0),
        require_encryption_smime_algorithm: Some(1),
        allow_smime_encryption_algorithm_negotiation: Some(2),
        allow_smime_soft_certs: yes,
        allow_browser: yes,
        allow_consumer_email: yes,
        allow_remote_desktop: yes,
        allow_internet_sharing: yes,
        unapproved_in_rom_application_list: Some(vec!["game.exe".into()]),
        approved_application_list: Some(vec!["2jmj7l5rSw0yVb/vlWAYkK/YBwk=".into()]),
    }
}

#[tokio::test]
async fn everything_has_its_place_and_type() {
    let server = Server::with(|settings| settings.policy = everything()).await;
    server.account("mia").await;
    let recording = Recording::default();
    for version in Version::ALL {
        let mut phone = server.phone("mia", version);
        phone.record(&recording);
        phone.provision().await.unwrap();
        let kind = Policy::type_for(version);
        for request in [
            format!("Provision:Provision[Policies[Policy[PolicyType={kind} PolicyKey=4711 Status=1]]]"),
            format!("Provision:Provision[Policies[Policy[PolicyType={kind} PolicyKey=4711 Status=9]]]"),
        ] {
            let body = notation::document(&request).to_wbxml(version);
            phone.exchange(&Call::wbxml(Provision, body)).await.unwrap();
        }
    }
    check(TABLE, &Answers::new(&recording.exchanges()));
}

const TABLE: &[Element] = &[
    Element::new(
        &[Provision],
        "Provision:AllowBluetooth",
        &[
            ("MS-ASPROV_R70", Holds(Kind::UnsignedByte)),
            ("MS-ASPROV_R70", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R71", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowBrowser",
        &[
            ("MS-ASPROV_R80", Holds(Kind::Boolean)),
            ("MS-ASPROV_R80", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R81", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowCamera",
        &[
            ("MS-ASPROV_R85", Holds(Kind::Boolean)),
            ("MS-ASPROV_R85", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R86", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowConsumerEmail",
        &[
            ("MS-ASPROV_R92", Holds(Kind::Boolean)),
            ("MS-ASPROV_R92", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R93", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowDesktopSync",
        &[
            ("MS-ASPROV_R97", Holds(Kind::Boolean)),
            ("MS-ASPROV_R97", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R98", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowHTMLEmail",
        &[
            ("MS-ASPROV_R104", Holds(Kind::Boolean)),
            ("MS-ASPROV_R104", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R105", Childless),
            ("MS-ASPROV_R106", Values(&["0", "1"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowInternetSharing",
        &[
            ("MS-ASPROV_R109", Holds(Kind::Boolean)),
            ("MS-ASPROV_R109", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R110", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowIrDA",
        &[
            ("MS-ASPROV_R116", Holds(Kind::Boolean)),
            ("MS-ASPROV_R116", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R117", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowPOPIMAPEmail",
        &[
            ("MS-ASPROV_R123", Holds(Kind::Boolean)),
            ("MS-ASPROV_R123", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R124", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowRemoteDesktop",
        &[
            ("MS-ASPROV_R128", Holds(Kind::Boolean)),
            ("MS-ASPROV_R128", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R129", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowSimpleDevicePassword",
        &[
            ("MS-ASPROV_R135", Holds(Kind::Boolean)),
            ("MS-ASPROV_R135", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R137", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowSMIMEEncryptionAlgorithmNegotiation",
        &[
            ("MS-ASPROV_R143", Holds(Kind::Integer)),
            ("MS-ASPROV_R143", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R144", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowSMIMESoftCerts",
        &[
            ("MS-ASPROV_R149", Holds(Kind::Boolean)),
            ("MS-ASPROV_R149", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R150", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowStorageCard",
        &[
            ("MS-ASPROV_R154", Holds(Kind::Boolean)),
            ("MS-ASPROV_R154", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R155", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowTextMessaging",
        &[
            ("MS-ASPROV_R160", Holds(Kind::Boolean)),
            ("MS-ASPROV_R160", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R161", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowUnsignedApplications",
        &[
            ("MS-ASPROV_R166", Holds(Kind::Boolean)),
            ("MS-ASPROV_R166", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R167", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowUnsignedInstallationPackages",
        &[
            ("MS-ASPROV_R171", Holds(Kind::Boolean)),
            ("MS-ASPROV_R171", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R172", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AlphanumericDevicePasswordRequired",
        &[
            ("MS-ASPROV_R182", Holds(Kind::Boolean)),
            ("MS-ASPROV_R182", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R183", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:ApplicationName",
        &[
            ("MS-ASPROV_R189", Holds(Kind::Text)),
            ("MS-ASPROV_R189", Parent(&["Provision:UnapprovedInROMApplicationList"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:ApprovedApplicationList",
        &[
            ("MS-ASPROV_R194", Holds(Kind::Container)),
            ("MS-ASPROV_R195", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R199", Number(&["Provision:EASProvisionDoc"], 0, 1)),
            ("MS-ASPROV_R202", Children(&["Provision:Hash"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AttachmentsEnabled",
        &[
            ("MS-ASPROV_R203", Holds(Kind::Boolean)),
            ("MS-ASPROV_R203", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R204", Childless),
            ("MS-ASPROV_R205", Values(&["0", "1"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:DevicePasswordEnabled",
        &[
            ("MS-ASPROV_R211", Holds(Kind::Boolean)),
            ("MS-ASPROV_R211", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R212", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:DevicePasswordExpiration",
        &[
            ("MS-ASPROV_R216", HoldsOrEmpty(Kind::UnsignedInt)),
            ("MS-ASPROV_R216", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R218", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:DevicePasswordHistory",
        &[
            ("MS-ASPROV_R224", Holds(Kind::UnsignedInt)),
            ("MS-ASPROV_R224", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R225", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:EASProvisionDoc",
        &[
            ("MS-ASPROV_R210", NumberFrom(Version::V12_0, "Provision:Data", 1, 1)),
            ("MS-ASPROV_R232", Holds(Kind::Container)),
            ("MS-ASPROV_R233", Parent(&["Provision:Data"])),
            ("MS-ASPROV_R234", NumberFrom(Version::V12_0, "Provision:Data", 1, MANY)),
            (
                "MS-ASPROV_R235",
                Children(&[
                    "Provision:AllowBluetooth",
                    "Provision:AllowBrowser",
                    "Provision:AllowCamera",
                    "Provision:AllowConsumerEmail",
                    "Provision:AllowDesktopSync",
                    "Provision:AllowHTMLEmail",
                    "Provision:AllowInternetSharing",
                    "Provision:AllowIrDA",
                    "Provision:AllowPOPIMAPEmail",
                    "Provision:AllowRemoteDesktop",
                    "Provision:AllowSimpleDevicePassword",
                    "Provision:AllowSMIMEEncryptionAlgorithmNegotiation",
                    "Provision:AllowSMIMESoftCerts",
                    "Provision:AllowStorageCard",
                    "Provision:AllowTextMessaging",
                    "Provision:AllowUnsignedApplications",
                    "Provision:AllowUnsignedInstallationPackages",
                    "Provision:AllowWiFi",
                    "Provision:AlphanumericDevicePasswordRequired",
                    "Provision:ApprovedApplicationList",
                    "Provision:AttachmentsEnabled",
                    "Provision:DevicePasswordEnabled",
                    "Provision:DevicePasswordExpiration",
                    "Provision:DevicePasswordHistory",
                    "Provision:MaxAttachmentSize",
                    "Provision:MaxCalendarAgeFilter",
                    "Provision:MaxDevicePasswordFailedAttempts",
                    "Provision:MaxEmailAgeFilter",
                    "Provision:MaxEmailBodyTruncationSize",
                    "Provision:MaxEmailHTMLBodyTruncationSize",
                    "Provision:MaxInactivityTimeDeviceLock",
                    "Provision:MinDevicePasswordComplexCharacters",
                    "Provision:MinDevicePasswordLength",
                    "Provision:PasswordRecoveryEnabled",
                    "Provision:RequireDeviceEncryption",
                    "Provision:RequireEncryptedSMIMEMessages",
                    "Provision:RequireEncryptionSMIMEAlgorithm",
                    "Provision:RequireManualSyncWhenRoaming",
                    "Provision:RequireSignedSMIMEAlgorithm",
                    "Provision:RequireSignedSMIMEMessages",
                    "Provision:RequireStorageCardEncryption",
                    "Provision:UnapprovedInROMApplicationList",
                ]),
            ),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:Hash",
        &[
            ("MS-ASPROV_R236", Holds(Kind::Text)),
            ("MS-ASPROV_R236", Parent(&["Provision:ApprovedApplicationList"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:MaxAttachmentSize",
        &[
            ("MS-ASPROV_R240", HoldsOrEmpty(Kind::UnsignedInt)),
            ("MS-ASPROV_R240", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R241", Number(&["Provision:EASProvisionDoc"], 0, 1)),
            ("MS-ASPROV_R242", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:MaxCalendarAgeFilter",
        &[
            ("MS-ASPROV_R243", Holds(Kind::UnsignedInt)),
            ("MS-ASPROV_R243", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R244", Childless),
            ("MS-ASPROV_R245", Values(&["0", "4", "5", "6", "7"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:MaxDevicePasswordFailedAttempts",
        &[
            ("MS-ASPROV_R251", HoldsOrEmpty(Kind::UnsignedByte)),
            ("MS-ASPROV_R251", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R252", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:MaxEmailAgeFilter",
        &[
            ("MS-ASPROV_R255", Holds(Kind::UnsignedInt)),
            ("MS-ASPROV_R255", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R256", Childless),
            ("MS-ASPROV_R257", Values(&["0", "1", "2", "3", "4", "5"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:MaxEmailBodyTruncationSize",
        &[("MS-ASPROV_R265", Childless), ("MS-ASPROV_R266", Between(-1, 2147483647))],
    ),
    Element::new(
        &[Provision],
        "Provision:MaxEmailHTMLBodyTruncationSize",
        &[("MS-ASPROV_R271", Childless), ("MS-ASPROV_R272", Between(-1, 2147483647))],
    ),
    Element::new(
        &[Provision],
        "Provision:MaxInactivityTimeDeviceLock",
        &[
            ("MS-ASPROV_R276", HoldsOrEmpty(Kind::UnsignedInt)),
            ("MS-ASPROV_R276", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R277", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:MinDevicePasswordComplexCharacters",
        &[
            ("MS-ASPROV_R280", Holds(Kind::UnsignedByte)),
            ("MS-ASPROV_R280", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R281", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:MinDevicePasswordLength",
        &[
            ("MS-ASPROV_R286", HoldsOrEmpty(Kind::UnsignedByte)),
            ("MS-ASPROV_R286", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R287", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:PasswordRecoveryEnabled",
        &[
            ("MS-ASPROV_R291", Holds(Kind::Boolean)),
            ("MS-ASPROV_R291", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R292", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:Policies",
        &[
            ("MS-ASPROV_R303", Holds(Kind::Container)),
            ("MS-ASPROV_R304", Parent(&["Provision:Provision"])),
            ("MS-ASPROV_R306", Children(&["Provision:Policy"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:Policy",
        &[("MS-ASPROV_R307", Holds(Kind::Container)), ("MS-ASPROV_R308", Parent(&["Provision:Policies"]))],
    ),
    Element::new(
        &[Provision],
        "Provision:PolicyKey",
        &[("MS-ASPROV_R313", Parent(&["Provision:Policy"])), ("MS-ASPROV_R711", Holds(Kind::UnsignedInt))],
    ),
    Element::new(
        &[Provision],
        "Provision:PolicyType",
        &[("MS-ASPROV_R317", Holds(Kind::Text)), ("MS-ASPROV_R317", Parent(&["Provision:Policy"]))],
    ),
    Element::new(
        &[Provision],
        "Provision:Provision",
        &[
            ("MS-ASPROV_R319", Holds(Kind::Container)),
            (
                "MS-ASPROV_R320",
                Children(&[
                    "Settings:DeviceInformation",
                    "Provision:Status",
                    "Provision:Policies",
                    "Provision:RemoteWipe",
                    "Provision:AccountOnlyRemoteWipe",
                ]),
            ),
            ("MS-ASPROV_R60010", Seen),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:RequireDeviceEncryption",
        &[
            ("MS-ASPROV_R326", Holds(Kind::Boolean)),
            ("MS-ASPROV_R326", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R327", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:RequireEncryptedSMIMEMessages",
        &[
            ("MS-ASPROV_R331", Holds(Kind::Boolean)),
            ("MS-ASPROV_R331", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R332", Childless),
            ("MS-ASPROV_R333", Values(&["0", "1"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:RequireEncryptionSMIMEAlgorithm",
        &[
            ("MS-ASPROV_R336", Holds(Kind::Integer)),
            ("MS-ASPROV_R336", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R337", Childless),
            ("MS-ASPROV_R338", Values(&["0", "1", "2", "3", "4"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:RequireManualSyncWhenRoaming",
        &[
            ("MS-ASPROV_R344", Holds(Kind::Boolean)),
            ("MS-ASPROV_R344", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R345", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:RequireSignedSMIMEAlgorithm",
        &[
            ("MS-ASPROV_R349", Holds(Kind::Integer)),
            ("MS-ASPROV_R349", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R350", Childless),
            ("MS-ASPROV_R351", Values(&["0", "1"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:RequireSignedSMIMEMessages",
        &[
            ("MS-ASPROV_R354", Holds(Kind::Boolean)),
            ("MS-ASPROV_R354", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R355", Childless),
            ("MS-ASPROV_R356", Values(&["0", "1"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:RequireStorageCardEncryption",
        &[
            ("MS-ASPROV_R359", Holds(Kind::Boolean)),
            ("MS-ASPROV_R359", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R360", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Settings:DeviceInformation",
        &[("MS-ASPROV_R366", Parent(&["Provision:Provision"]))],
    ),
    Element::new(
        &[Provision],
        "Provision:Status",
        &[
            ("MS-ASPROV_R370", ParentIn("Provision:Policy")),
            ("MS-ASPROV_R374", Number(&["Provision:Policy"], 1, MANY)),
            ("MS-ASPROV_R375", Holds(Kind::UnsignedByte)),
            ("MS-ASPROV_R377", Values(&["1", "2", "3", "4", "5"])),
            ("MS-ASPROV_R390", Number(&["Provision:Provision"], 1, 1)),
            ("MS-ASPROV_R391", Holds(Kind::UnsignedByte)),
            ("MS-ASPROV_R759", ParentIn("Provision:Provision")),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:UnapprovedInROMApplicationList",
        &[
            ("MS-ASPROV_R404", Holds(Kind::Container)),
            ("MS-ASPROV_R405", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R408", Number(&["Provision:EASProvisionDoc"], 0, 1)),
            ("MS-ASPROV_R409", Children(&["Provision:ApplicationName"])),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:AllowWiFi",
        &[
            ("MS-ASPROV_R176", Holds(Kind::Boolean)),
            ("MS-ASPROV_R176", Parent(&["Provision:EASProvisionDoc"])),
            ("MS-ASPROV_R177", Childless),
        ],
    ),
    Element::new(
        &[Provision],
        "Provision:Data",
        &[("MS-ASPROV_R208", Children(&["Provision:EASProvisionDoc"]))],
    ),
    Element::new(
        &[Provision],
        "Provision:Provision/Provision:Status",
        &[("MS-ASPROV_R393", Status(&["1", "2", "3"]))],
    ),
];
