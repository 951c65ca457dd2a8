//! MeetingResponse.

use fieldpost_eas::command::CommandName;

use super::Said::{Holds, In, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn meeting_response() {
    let mut rules = Rules::of(CommandName::MeetingResponse);
    rules.on(
        "CalendarId",
        &[
            In(&["Result"]), // MS-ASCMD_R1107
            Holds(&[]),      // MS-ASCMD_R1108
            Is(String),      // MS-ASCMD_R1109
            Times(0, 1),     // MS-ASCMD_R1110
        ],
    );
    rules.on(
        "MeetingResponse",
        &[
            In(&[]),            // MS-ASCMD_R1888
            Holds(&["Result"]), // MS-ASCMD_R1889
            Is(Container),      // MS-ASCMD_R1890
            Times(1, 1),        // MS-ASCMD_R1891
        ],
    );
    rules.on(
        "RequestId",
        &[
            In(&["Result"]), // MS-ASCMD_R2467
            Holds(&[]),      // MS-ASCMD_R2468
            Is(String),      // MS-ASCMD_R2469
            Times(0, 1),     // MS-ASCMD_R2470
        ],
    );
    rules.on(
        "Result",
        &[
            In(&["MeetingResponse"]),                                    // MS-ASCMD_R2508
            Holds(&["RequestId", "Status", "CalendarId", "InstanceId"]), // MS-ASCMD_R2509
            Is(Container),                                               // MS-ASCMD_R2510
            Times(1, MANY),                                              // MS-ASCMD_R2511
        ],
    );
    rules.on(
        "Status",
        &[
            Holds(&[]),  // MS-ASCMD_R2732
            Is(Integer), // MS-ASCMD_R2733
            Times(1, 1), // MS-ASCMD_R2734
        ],
    );
    rules.end();
}
