//! What becomes of phones that obey, in part, or not at all.

use fieldpost_domain::policy::NamedPolicy;
use fieldpost_eas::Version;
use fieldpost_phone::{Obedience, PhoneError};

use super::{VERSIONS, World, asked_for_folders, failure, refused, strict};

#[tokio::test]
async fn a_phone_provisions_and_is_refused_before() {
    let world = World::start().await;
    world.everybody_has(&strict()).await;
    for version in VERSIONS {
        let mut phone = world.phone(version);
        assert_eq!(asked_for_folders(&mut phone).await, refused(version, 142), "{version}");
        phone.folder_sync().await.unwrap();
        assert_eq!(asked_for_folders(&mut phone).await, (200, Some(1)), "{version}");
        // It holds what was asked, in the words of its version.
        let held = &phone.state.policy;
        assert_eq!(held.get("DevicePasswordEnabled"), Some("1"), "{version}");
        assert_eq!(held.get("MinDevicePasswordLength"), Some("6"), "{version}");
        assert_eq!(held.get("MaxDevicePasswordFailedAttempts"), Some("8"), "{version}");
        assert_eq!(held.get("MaxInactivityTimeDeviceLock"), Some("300"), "{version}");
        let knows_camera = version >= Version::V12_1;
        assert_eq!(held.get("AllowCamera"), knows_camera.then_some("0"), "{version}");
        // A key that is not the phone's own.
        phone.state.policy_key ^= 1;
        assert_eq!(asked_for_folders(&mut phone).await, refused(version, 144), "{version}");
    }
}

#[tokio::test]
async fn a_phone_that_obeys_less_is_turned_away() {
    let world = World::start().await;
    world.everybody_has(&strict()).await;
    let lenient = NamedPolicy {
        allow_partial: true,
        allow_non_provisionable: true,
        allow_externally_managed: true,
        ..strict()
    };
    let ways = ["without:DevicePasswordEnabled", "refuses", "managed", "ignorant"];
    for version in VERSIONS {
        for way in ways {
            let mut phone = world.phone(version);
            phone.obedience = way.parse().unwrap();
            let failure = failure(&mut phone).await;
            let as_expected = match (way, version >= Version::V14_0) {
                ("ignorant", _) => matches!(failure, PhoneError::KnowsNoPolicies),
                (_, false) => matches!(failure, PhoneError::Forbidden),
                ("managed", true) => failure.status() == Some(145),
                (_, true) => failure.status() == Some(139),
            };
            assert!(as_expected, "{version} {way}: {failure:?}");
            if phone.obedience == Obedience::Ignorant {
                // It was told to provision once; in the end it is told that it can't come in.
                for _ in 0..2 {
                    assert_eq!(asked_for_folders(&mut phone).await, refused(version, 142), "{version}");
                }
                let turned_away = if version >= Version::V14_0 { (200, Some(141)) } else { (403, None) };
                assert_eq!(asked_for_folders(&mut phone).await, turned_away, "{version}");
            } else {
                assert_eq!(asked_for_folders(&mut phone).await, refused(version, 142), "{version} {way}");
            }
        }
    }
    world.everybody_has(&lenient).await;
    for version in VERSIONS {
        for way in ways {
            let mut phone = world.phone(version);
            phone.obedience = way.parse().unwrap();
            phone.folder_sync().await.unwrap_or_else(|error| panic!("{version} {way}: {error}"));
            assert!(!phone.state.folders.is_empty());
        }
    }
}
