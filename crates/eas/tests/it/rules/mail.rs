//! SendMail, SmartReply and SmartForward.

use fieldpost_eas::command::CommandName;

use super::Rules;
use super::Said::{Holds, In, Is, Times};
use super::Type::*;

#[test]
fn send_mail() {
    let mut rules = Rules::of(CommandName::SendMail);
    rules.on(
        "SendMail",
        &[
            In(&[]),            // MS-ASCMD_R2557
            Holds(&["Status"]), // MS-ASCMD_R2558
            Is(Container),      // MS-ASCMD_R2559
            Times(1, 1),        // MS-ASCMD_R2560
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["SendMail"]), // MS-ASCMD_R2751
            Holds(&[]),        // MS-ASCMD_R2752
            Is(Integer),       // MS-ASCMD_R2753
            Times(0, 1),       // MS-ASCMD_R2754
        ],
    );
    rules.end();
}

#[test]
fn smart_reply() {
    let mut rules = Rules::of(CommandName::SmartReply);
    rules.on(
        "SmartReply",
        &[
            In(&[]),            // MS-ASCMD_R2647
            Holds(&["Status"]), // MS-ASCMD_R2648
            Is(Container),      // MS-ASCMD_R2649
            Times(1, 1),        // MS-ASCMD_R2650
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["SmartReply"]), // MS-ASCMD_R2763
            Holds(&[]),          // MS-ASCMD_R2764
            Is(Integer),         // MS-ASCMD_R2765
            Times(0, 1),         // MS-ASCMD_R2766
        ],
    );
    rules.end();
}

#[test]
fn smart_forward() {
    let mut rules = Rules::of(CommandName::SmartForward);
    rules.on(
        "SmartForward",
        &[
            In(&[]),       // MS-ASCMD_R2639
            Is(Container), // MS-ASCMD_R2641
            Times(1, 1),   // MS-ASCMD_R2642
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["SmartForward"]), // MS-ASCMD_R2759
            Holds(&[]),            // MS-ASCMD_R2760
            Is(Integer),           // MS-ASCMD_R2761
            Times(0, 1),           // MS-ASCMD_R2762
        ],
    );
    rules.end();
}
