//! Mail ([MS-ASEMAIL] 2.2.2).

use fieldpost_eas::command::CommandName;

use super::Rules;
use super::Said::{In, Is};
use super::Type::*;

#[test]
fn email() {
    let mut rules = Rules::of(CommandName::Sync);
    rules.on(
        "Email2:LastVerbExecuted",
        &[
            Is(Integer), // MS-ASEMAIL_R513
        ],
    );
    rules.on(
        "Email2:LastVerbExecutionTime",
        &[
            Is(DateTime), // MS-ASEMAIL_R522
        ],
    );
    rules.on(
        "Email2:UmAttDuration",
        &[
            In(&["Attachment"]), // MS-ASEMAIL_R799
        ],
    );
    rules.on(
        "Email2:UmAttDuration",
        &[
            Is(Integer), // MS-ASEMAIL_R801
        ],
    );
    rules.on(
        "Email2:UmAttOrder",
        &[
            In(&["Attachment"]), // MS-ASEMAIL_R805
        ],
    );
    rules.on(
        "Email2:UmAttOrder",
        &[
            Is(Integer), // MS-ASEMAIL_R807
        ],
    );
    rules.on(
        "Email2:UmUserNotes",
        &[
            Is(String), // MS-ASEMAIL_R832
        ],
    );
    rules.on(
        "Email2:Bcc",
        &[
            Is(String), // MS-ASEMAIL_R1131
        ],
    );
    rules.end();
}
