//! Bodies, attachments and places ([MS-ASAIRS] 2.2.2).

use fieldpost_eas::command::CommandName;

use super::Rules;
use super::Said::{In, Is};
use super::Type::*;

#[test]
fn air_sync_base() {
    let mut rules = Rules::of(CommandName::Sync);
    rules.on(
        "AirSyncBase:Accuracy",
        &[
            Is(Double), // MS-ASAIRS_R1001
        ],
    );
    rules.on(
        "AirSyncBase:Altitude",
        &[
            Is(Double), // MS-ASAIRS_R1031
        ],
    );
    rules.on(
        "AirSyncBase:AltitudeAccuracy",
        &[
            Is(Double), // MS-ASAIRS_R1037
        ],
    );
    rules.on(
        "AirSyncBase:Annotation",
        &[
            Is(String), // MS-ASAIRS_R1043
        ],
    );
    rules.on(
        "AirSyncBase:City",
        &[
            Is(String), // MS-ASAIRS_R1074
        ],
    );
    rules.on(
        "AirSyncBase:Country",
        &[
            Is(String), // MS-ASAIRS_R1125
        ],
    );
    rules.on(
        "AirSyncBase:Latitude",
        &[
            Is(Double), // MS-ASAIRS_R1194
        ],
    );
    rules.on(
        "AirSyncBase:LocationUri",
        &[
            Is(String), // MS-ASAIRS_R1228
        ],
    );
    rules.on(
        "AirSyncBase:Longitude",
        &[
            Is(Double), // MS-ASAIRS_R1234
        ],
    );
    rules.on(
        "AirSyncBase:PostalCode",
        &[
            Is(String), // MS-ASAIRS_R1256
        ],
    );
    rules.on(
        "AirSyncBase:State",
        &[
            Is(String), // MS-ASAIRS_R1278
        ],
    );
    rules.on(
        "AirSyncBase:Street",
        &[
            Is(String), // MS-ASAIRS_R1288
        ],
    );
    rules.on(
        "AirSyncBase:ContentId",
        &[
            In(&["AirSyncBase:Attachment"]), // MS-ASAIRS_R1343
        ],
    );
    rules.end();
}
