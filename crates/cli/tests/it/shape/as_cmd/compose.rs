//! [MS-ASCMD]: answers to SendMail, SmartReply and SmartForward.

use fieldpost_eas::command::CommandName::{SendMail, SmartForward, SmartReply};
use fieldpost_testkit::shape::Claim::{Childless, Children, Holds, Identifies, Number, Parent, Root};
use fieldpost_testkit::shape::{Element, Kind};

#[test]
fn everything_has_its_place_and_type() {
    super::super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[SendMail],
        "ComposeMail:SendMail",
        &[
            ("MS-ASCMD_R2557", Root),
            ("MS-ASCMD_R2558", Children(&["ComposeMail:Status"])),
            ("MS-ASCMD_R2559", Holds(Kind::Container)),
            ("MS-ASCMD_R2560", Identifies),
            ("MS-ASCMD_R3887", Identifies),
        ],
    ),
    Element::new(
        &[SmartForward],
        "ComposeMail:SmartForward",
        &[
            ("MS-ASCMD_R2639", Root),
            ("MS-ASCMD_R2640", Children(&["ComposeMail:Status"])),
            ("MS-ASCMD_R2641", Holds(Kind::Container)),
            ("MS-ASCMD_R2642", Identifies),
            ("MS-ASCMD_R3957", Identifies),
        ],
    ),
    Element::new(
        &[SmartReply],
        "ComposeMail:SmartReply",
        &[
            ("MS-ASCMD_R2647", Root),
            ("MS-ASCMD_R2648", Children(&["ComposeMail:Status"])),
            ("MS-ASCMD_R2649", Holds(Kind::Container)),
            ("MS-ASCMD_R2650", Identifies),
            ("MS-ASCMD_R3960", Identifies),
        ],
    ),
    Element::new(
        &[SendMail],
        "ComposeMail:Status",
        &[
            ("MS-ASCMD_R2751", Parent(&["ComposeMail:SendMail"])),
            ("MS-ASCMD_R2752", Childless),
            ("MS-ASCMD_R2753", Holds(Kind::Integer)),
            ("MS-ASCMD_R2754", Number(&["ComposeMail:SendMail"], 0, 1)),
        ],
    ),
    Element::new(
        &[SmartForward],
        "ComposeMail:Status",
        &[
            ("MS-ASCMD_R2759", Parent(&["ComposeMail:SmartForward"])),
            ("MS-ASCMD_R2760", Childless),
            ("MS-ASCMD_R2761", Holds(Kind::Integer)),
            ("MS-ASCMD_R2762", Number(&["ComposeMail:SmartForward"], 0, 1)),
        ],
    ),
    Element::new(
        &[SmartReply],
        "ComposeMail:Status",
        &[
            ("MS-ASCMD_R2763", Parent(&["ComposeMail:SmartReply"])),
            ("MS-ASCMD_R2764", Childless),
            ("MS-ASCMD_R2765", Holds(Kind::Integer)),
            ("MS-ASCMD_R2766", Number(&["ComposeMail:SmartReply"], 0, 1)),
        ],
    ),
];
