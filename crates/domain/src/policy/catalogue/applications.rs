//! Applications.

use fieldpost_eas::Version;

use super::{Assumed, Effect, Effects, Group, Kind, Setting};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        field: "allow_browser",
        element: "AllowBrowser",
        title: "The browser may be used",
        explanation: "Whether the web browser that came with the phone may be used. Others are not \
                      meant.",
        group: Group::Applications,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(
            Effect::partly("Up to iOS 12; newer ones obey only where a management server supervises them."),
            Effect::SAYS_PARTLY,
            Effect::OLDER_SAMSUNG,
            Effect::NO,
        ),
    },
    Setting {
        field: "allow_consumer_email",
        element: "AllowConsumerEmail",
        title: "Private mail accounts may be set up",
        explanation: "Whether the user may add a mail account of a public provider.",
        group: Group::Applications,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(Effect::NO, Effect::SAYS_PARTLY, Effect::UNKNOWN, Effect::NO),
    },
    Setting {
        field: "allow_pop_imap_email",
        element: "AllowPOPIMAPEmail",
        title: "POP and IMAP accounts may be set up",
        explanation: "Whether the user may add a mail account that is fetched by POP3 or IMAP.",
        group: Group::Applications,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(Effect::NO, Effect::SAYS_PARTLY, Effect::OLDER_SAMSUNG, Effect::NO),
    },
    Setting {
        field: "allow_unsigned_applications",
        element: "AllowUnsignedApplications",
        title: "Unsigned applications may run",
        explanation: "Whether programs without a signature may run. It was made for Windows Mobile.",
        group: Group::Applications,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(Effect::NO, Effect::SAYS_PARTLY, Effect::UNKNOWN, Effect::NO),
    },
    Setting {
        field: "allow_unsigned_installation_packages",
        element: "AllowUnsignedInstallationPackages",
        title: "Unsigned packages may be installed",
        explanation: "Whether packages without a signature may be installed. It was made for Windows \
                      Mobile.",
        group: Group::Applications,
        kind: Kind::Flag,
        assumed: Assumed::Flag(true),
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(Effect::NO, Effect::SAYS_PARTLY, Effect::UNKNOWN, Effect::NO),
    },
    Setting {
        field: "unapproved_in_rom_application_list",
        element: "UnapprovedInROMApplicationList",
        title: "Built-in applications that may not run",
        explanation: "Names of programs that came with the phone and are blocked. It was made for \
                      Windows Mobile.",
        group: Group::Applications,
        kind: Kind::Names,
        assumed: Assumed::NoList,
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(Effect::NO, Effect::SAYS_PARTLY, Effect::OLDER_SAMSUNG, Effect::NO),
    },
    Setting {
        field: "approved_application_list",
        element: "ApprovedApplicationList",
        title: "Applications that may run",
        explanation: "Programs by the SHA-1 hash of their file: where the list is not empty, no others \
                      run. It was made for Windows Mobile.",
        group: Group::Applications,
        kind: Kind::Hashes,
        assumed: Assumed::NoList,
        proposed: None,
        since: Version::V12_1,
        effects: Effects::new(Effect::NO, Effect::SAYS_PARTLY, Effect::UNKNOWN, Effect::NO),
    },
];
