//! [MS-ASAIRS]: bodies, attachments and places.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::Sync;
use fieldpost_testkit::shape::Claim::{
    Childless, Children, Holds, In, Never, Number, Order, ParentIn, Values,
};
use fieldpost_testkit::shape::{Element, Kind, MANY};

#[test]
fn everything_has_its_place_and_type() {
    super::check(TABLE);
}

const TABLE: &[Element] = &[
    Element::new(
        &[],
        "AirSyncBase:Accuracy",
        &[
            ("MS-ASAIRS_R1001", Holds(Kind::Double)),
            ("MS-ASAIRS_R1005", In(Version::V16_0)),
            ("MS-ASAIRS_R1000914", In(Version::V16_1)),
        ],
    ),
    Element::new(&[], "AirSyncBase:AllOrNone", &[("MS-ASAIRS_R59", Never), ("MS-ASAIRS_R74", Never)]),
    Element::new(
        &[],
        "AirSyncBase:Altitude",
        &[
            ("MS-ASAIRS_R1031", Holds(Kind::Double)),
            ("MS-ASAIRS_R1035", In(Version::V16_0)),
            ("MS-ASAIRS_R1000934", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:AltitudeAccuracy",
        &[
            ("MS-ASAIRS_R1037", Holds(Kind::Double)),
            ("MS-ASAIRS_R1041", In(Version::V16_0)),
            ("MS-ASAIRS_R1000939", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Annotation",
        &[
            ("MS-ASAIRS_R1043", Holds(Kind::Text)),
            ("MS-ASAIRS_R1047", In(Version::V16_0)),
            ("MS-ASAIRS_R1000944", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment",
        &[
            ("MS-ASAIRS_R87", Number(&["AirSyncBase:Attachments"], 1, MANY)),
            ("MS-ASAIRS_R1048", In(Version::V12_1)),
            ("MS-ASAIRS_R1049", In(Version::V14_0)),
            ("MS-ASAIRS_R1050", In(Version::V14_1)),
            ("MS-ASAIRS_R1051", In(Version::V16_0)),
            ("MS-ASAIRS_R1323", Holds(Kind::Container)),
            ("MS-ASAIRS_R1000949", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:FileReference",
        &[
            ("MS-ASAIRS_R91", Number(&["AirSyncBase:Attachment"], 1, 1)),
            ("MS-ASAIRS_R211", Number(&["AirSyncBase:Attachment"], 1, MANY)),
            ("MS-ASAIRS_R215", Childless),
            ("MS-ASAIRS_R1171", In(Version::V12_1)),
            ("MS-ASAIRS_R1172", In(Version::V14_0)),
            ("MS-ASAIRS_R1173", In(Version::V14_1)),
            ("MS-ASAIRS_R1174", In(Version::V16_0)),
            ("MS-ASAIRS_R1001004", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachments",
        &[
            ("MS-ASAIRS_R102", Children(&["AirSyncBase:Attachment"])),
            ("MS-ASAIRS_R1053", In(Version::V12_1)),
            ("MS-ASAIRS_R1054", In(Version::V14_0)),
            ("MS-ASAIRS_R1055", In(Version::V14_1)),
            ("MS-ASAIRS_R1056", In(Version::V16_0)),
            ("MS-ASAIRS_R1327", Holds(Kind::Container)),
            ("MS-ASAIRS_R1000951", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Body",
        &[
            ("MS-ASAIRS_R106", Holds(Kind::Container)),
            (
                "MS-ASAIRS_R112",
                Order(&[
                    "AirSyncBase:Type",
                    "AirSyncBase:EstimatedDataSize",
                    "AirSyncBase:Truncated",
                    "AirSyncBase:Data",
                    "AirSyncBase:Part",
                    "AirSyncBase:Preview",
                ]),
            ),
            ("MS-ASAIRS_R1057", In(Version::V12_1)),
            ("MS-ASAIRS_R1058", In(Version::V14_0)),
            ("MS-ASAIRS_R1059", In(Version::V14_1)),
            ("MS-ASAIRS_R1060", In(Version::V16_0)),
            ("MS-ASAIRS_R1000953", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Type",
        &[
            ("MS-ASAIRS_R113", Number(&["AirSyncBase:Body"], 1, 1)),
            ("MS-ASAIRS_R128", Number(&["AirSyncBase:BodyPart"], 1, 1)),
            ("MS-ASAIRS_R302", Holds(Kind::UnsignedByte)),
            ("MS-ASAIRS_R303", Values(&["1", "2", "3", "4"])),
            ("MS-ASAIRS_R308", Number(&["AirSyncBase:Body"], 1, MANY)),
            ("MS-ASAIRS_R312", Number(&["AirSyncBase:Body"], 0, 1)),
            ("MS-ASAIRS_R314", Number(&["AirSyncBase:BodyPart"], 1, MANY)),
            ("MS-ASAIRS_R317", Number(&["AirSyncBase:BodyPart"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:BodyPart",
        &[
            ("MS-ASAIRS_R121", Holds(Kind::Container)),
            ("MS-ASAIRS_R124", ParentIn("AirSync:ApplicationData")),
            (
                "MS-ASAIRS_R126",
                Order(&[
                    "AirSyncBase:Status",
                    "AirSyncBase:Type",
                    "AirSyncBase:EstimatedDataSize",
                    "AirSyncBase:Truncated",
                    "AirSyncBase:Data",
                    "AirSyncBase:Preview",
                ]),
            ),
            ("MS-ASAIRS_R1063", In(Version::V14_1)),
            ("MS-ASAIRS_R1064", In(Version::V16_0)),
            ("MS-ASAIRS_R1000957", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Status",
        &[
            ("MS-ASAIRS_R127", Number(&["AirSyncBase:BodyPart"], 1, 1)),
            ("MS-ASAIRS_R269", Number(&["AirSyncBase:BodyPart"], 1, MANY)),
            ("MS-ASAIRS_R270", Values(&["1", "176"])),
            ("MS-ASAIRS_R1285", In(Version::V14_1)),
            ("MS-ASAIRS_R1286", In(Version::V16_0)),
            ("MS-ASAIRS_R1001054", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:EstimatedDataSize",
        &[
            (
                "MS-ASAIRS_R93",
                Number(
                    &[
                        "AirSync:Commands/AirSync:Add/AirSync:ApplicationData/AirSyncBase:Attachments/AirSyncBase:Attachment",
                        "ItemOperations:Properties/AirSyncBase:Attachments/AirSyncBase:Attachment",
                    ],
                    1,
                    1,
                ),
            ),
            ("MS-ASAIRS_R129", Number(&["AirSyncBase:BodyPart"], 1, 1)),
            ("MS-ASAIRS_R195", Holds(Kind::Integer)),
            (
                "MS-ASAIRS_R198",
                Number(
                    &[
                        "AirSync:Commands/AirSync:Add/AirSync:ApplicationData/AirSyncBase:Attachments/AirSyncBase:Attachment",
                        "ItemOperations:Properties/AirSyncBase:Attachments/AirSyncBase:Attachment",
                    ],
                    1,
                    1,
                ),
            ),
            ("MS-ASAIRS_R199", Number(&["AirSyncBase:Attachment"], 0, 1)),
            ("MS-ASAIRS_R203", Number(&["AirSyncBase:Body"], 0, 1)),
            ("MS-ASAIRS_R205", Number(&["AirSyncBase:BodyPart"], 1, MANY)),
            ("MS-ASAIRS_R207", Number(&["AirSyncBase:BodyPart"], 0, 1)),
        ],
    ),
    Element::new(&[], "AirSyncBase:BodyPartPreference", &[("MS-ASAIRS_R135", Never)]),
    Element::new(&[], "AirSyncBase:BodyPreference", &[("MS-ASAIRS_R148", Never)]),
    Element::new(
        &[],
        "AirSyncBase:City",
        &[
            ("MS-ASAIRS_R1074", Holds(Kind::Text)),
            ("MS-ASAIRS_R1078", In(Version::V16_0)),
            ("MS-ASAIRS_R1000963", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment/AirSyncBase:ContentId",
        &[
            ("MS-ASAIRS_R163", Holds(Kind::Text)),
            ("MS-ASAIRS_R1097", In(Version::V12_1)),
            ("MS-ASAIRS_R1098", In(Version::V14_0)),
            ("MS-ASAIRS_R1099", In(Version::V14_1)),
            ("MS-ASAIRS_R1100", In(Version::V16_0)),
            ("MS-ASAIRS_R1000969", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:ContentId",
        &[("MS-ASAIRS_R164", Number(&["AirSyncBase:Attachment"], 0, 1))],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment/AirSyncBase:ContentLocation",
        &[
            ("MS-ASAIRS_R168", Holds(Kind::Text)),
            ("MS-ASAIRS_R170", Childless),
            ("MS-ASAIRS_R1105", In(Version::V12_1)),
            ("MS-ASAIRS_R1106", In(Version::V14_0)),
            ("MS-ASAIRS_R1107", In(Version::V14_1)),
            ("MS-ASAIRS_R1108", In(Version::V16_0)),
            ("MS-ASAIRS_R1000973", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:ContentLocation",
        &[("MS-ASAIRS_R169", Number(&["AirSyncBase:Attachment"], 0, 1))],
    ),
    Element::new(
        &[],
        "AirSyncBase:Country",
        &[
            ("MS-ASAIRS_R1125", Holds(Kind::Text)),
            ("MS-ASAIRS_R1129", In(Version::V16_0)),
            ("MS-ASAIRS_R1000979", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Data",
        &[
            ("MS-ASAIRS_R172", Holds(Kind::Text)),
            ("MS-ASAIRS_R174", Number(&["AirSyncBase:Body"], 0, 1)),
            ("MS-ASAIRS_R183", Number(&["AirSyncBase:BodyPart"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Body/AirSyncBase:Data",
        &[
            ("MS-ASAIRS_R178", Holds(Kind::Text)),
            ("MS-ASAIRS_R1130", In(Version::V12_1)),
            ("MS-ASAIRS_R1131", In(Version::V14_0)),
            ("MS-ASAIRS_R1132", In(Version::V14_1)),
            ("MS-ASAIRS_R1133", In(Version::V16_0)),
            ("MS-ASAIRS_R1000981", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:BodyPart/AirSyncBase:Data",
        &[
            ("MS-ASAIRS_R185", Childless),
            ("MS-ASAIRS_R186", Holds(Kind::Text)),
            ("MS-ASAIRS_R1136", In(Version::V14_1)),
            ("MS-ASAIRS_R1137", In(Version::V16_0)),
            ("MS-ASAIRS_R1000983", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment/AirSyncBase:DisplayName",
        &[
            ("MS-ASAIRS_R191", Holds(Kind::Text)),
            ("MS-ASAIRS_R193", Childless),
            ("MS-ASAIRS_R1146", In(Version::V12_1)),
            ("MS-ASAIRS_R1147", In(Version::V14_0)),
            ("MS-ASAIRS_R1148", In(Version::V14_1)),
            ("MS-ASAIRS_R1149", In(Version::V16_0)),
            ("MS-ASAIRS_R100089", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:DisplayName",
        &[
            ("MS-ASAIRS_R192", Number(&["AirSyncBase:Attachment"], 0, 1)),
            ("MS-ASAIRS_R1362", Number(&["AirSyncBase:Location"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Location/AirSyncBase:DisplayName",
        &[
            ("MS-ASAIRS_R1361", Holds(Kind::Text)),
            ("MS-ASAIRS_R1366", In(Version::V16_0)),
            ("MS-ASAIRS_R1000991", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment/AirSyncBase:EstimatedDataSize",
        &[
            ("MS-ASAIRS_R200", Childless),
            ("MS-ASAIRS_R1150", In(Version::V12_1)),
            ("MS-ASAIRS_R1151", In(Version::V14_0)),
            ("MS-ASAIRS_R1152", In(Version::V14_1)),
            ("MS-ASAIRS_R1153", In(Version::V16_0)),
            ("MS-ASAIRS_R1000993", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Body/AirSyncBase:EstimatedDataSize",
        &[
            ("MS-ASAIRS_R204", Childless),
            ("MS-ASAIRS_R1154", In(Version::V12_1)),
            ("MS-ASAIRS_R1155", In(Version::V14_0)),
            ("MS-ASAIRS_R1156", In(Version::V14_1)),
            ("MS-ASAIRS_R1157", In(Version::V16_0)),
            ("MS-ASAIRS_R1000995", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:BodyPart/AirSyncBase:EstimatedDataSize",
        &[
            ("MS-ASAIRS_R208", Childless),
            ("MS-ASAIRS_R1160", In(Version::V14_1)),
            ("MS-ASAIRS_R1161", In(Version::V16_0)),
            ("MS-ASAIRS_R1000997", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment/AirSyncBase:FileReference",
        &[
            ("MS-ASAIRS_R210", Holds(Kind::Text)),
            ("MS-ASAIRS_R1162", In(Version::V12_1)),
            ("MS-ASAIRS_R1163", In(Version::V14_0)),
            ("MS-ASAIRS_R1164", In(Version::V14_1)),
            ("MS-ASAIRS_R1165", In(Version::V16_0)),
            ("MS-ASAIRS_R1000999", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment/AirSyncBase:IsInline",
        &[
            ("MS-ASAIRS_R217", Holds(Kind::Boolean)),
            ("MS-ASAIRS_R219", Childless),
            ("MS-ASAIRS_R1189", In(Version::V12_1)),
            ("MS-ASAIRS_R1190", In(Version::V14_0)),
            ("MS-ASAIRS_R1191", In(Version::V14_1)),
            ("MS-ASAIRS_R1192", In(Version::V16_0)),
            ("MS-ASAIRS_R1001010", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:IsInline",
        &[("MS-ASAIRS_R218", Number(&["AirSyncBase:Attachment"], 0, 1))],
    ),
    Element::new(
        &[],
        "AirSyncBase:Latitude",
        &[
            ("MS-ASAIRS_R1194", Holds(Kind::Double)),
            ("MS-ASAIRS_R1198", In(Version::V16_0)),
            ("MS-ASAIRS_R1001012", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Location",
        &[
            ("MS-ASAIRS_R1207", Holds(Kind::Container)),
            (
                "MS-ASAIRS_R1208",
                Children(&[
                    "AirSyncBase:Accuracy",
                    "AirSyncBase:Altitude",
                    "AirSyncBase:AltitudeAccuracy",
                    "AirSyncBase:Annotation",
                    "AirSyncBase:City",
                    "AirSyncBase:Country",
                    "AirSyncBase:DisplayName",
                    "AirSyncBase:Latitude",
                    "AirSyncBase:LocationUri",
                    "AirSyncBase:Longitude",
                    "AirSyncBase:PostalCode",
                    "AirSyncBase:State",
                    "AirSyncBase:Street",
                ]),
            ),
            ("MS-ASAIRS_R1225", In(Version::V16_0)),
            ("MS-ASAIRS_R1001015", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:LocationUri",
        &[
            ("MS-ASAIRS_R1228", Holds(Kind::Text)),
            ("MS-ASAIRS_R1232", In(Version::V16_0)),
            ("MS-ASAIRS_R1001017", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Longitude",
        &[
            ("MS-ASAIRS_R1234", Holds(Kind::Double)),
            ("MS-ASAIRS_R1238", In(Version::V16_0)),
            ("MS-ASAIRS_R1001019", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Attachment/AirSyncBase:Method",
        &[
            ("MS-ASAIRS_R221", Holds(Kind::UnsignedByte)),
            ("MS-ASAIRS_R223", Childless),
            ("MS-ASAIRS_R224", Values(&["1", "2", "3", "4", "5", "6"])),
            ("MS-ASAIRS_R1243", In(Version::V12_1)),
            ("MS-ASAIRS_R1244", In(Version::V14_0)),
            ("MS-ASAIRS_R1245", In(Version::V14_1)),
            ("MS-ASAIRS_R1246", In(Version::V16_0)),
            ("MS-ASAIRS_R1001025", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Method",
        &[
            (
                "MS-ASAIRS_R92",
                Number(
                    &[
                        "AirSync:Commands/AirSync:Add/AirSync:ApplicationData/AirSyncBase:Attachments/AirSyncBase:Attachment",
                        "ItemOperations:Properties/AirSyncBase:Attachments/AirSyncBase:Attachment",
                    ],
                    1,
                    1,
                ),
            ),
            (
                "MS-ASAIRS_R220",
                Number(
                    &[
                        "AirSync:Commands/AirSync:Add/AirSync:ApplicationData/AirSyncBase:Attachments/AirSyncBase:Attachment",
                        "ItemOperations:Properties/AirSyncBase:Attachments/AirSyncBase:Attachment",
                    ],
                    1,
                    1,
                ),
            ),
            ("MS-ASAIRS_R222", Number(&["AirSyncBase:Attachment"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:NativeBodyType",
        &[
            ("MS-ASAIRS_R232", Holds(Kind::UnsignedByte)),
            ("MS-ASAIRS_R233", Number(&["AirSync:ApplicationData"], 0, 1)),
            ("MS-ASAIRS_R235", Childless),
            ("MS-ASAIRS_R236", Values(&["1", "2", "3"])),
            ("MS-ASAIRS_R1247", In(Version::V12_1)),
            ("MS-ASAIRS_R1248", In(Version::V14_0)),
            ("MS-ASAIRS_R1249", In(Version::V14_1)),
            ("MS-ASAIRS_R1250", In(Version::V16_0)),
            ("MS-ASAIRS_R1001028", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:PostalCode",
        &[
            ("MS-ASAIRS_R1256", Holds(Kind::Text)),
            ("MS-ASAIRS_R1260", In(Version::V16_0)),
            ("MS-ASAIRS_R1001035", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Body/AirSyncBase:Preview",
        &[
            ("MS-ASAIRS_R249", Holds(Kind::Text)),
            ("MS-ASAIRS_R252", Childless),
            ("MS-ASAIRS_R1262", In(Version::V14_0)),
            ("MS-ASAIRS_R1263", In(Version::V14_1)),
            ("MS-ASAIRS_R1264", In(Version::V16_0)),
            ("MS-ASAIRS_R1001039", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Preview",
        &[
            ("MS-ASAIRS_R251", Number(&["AirSyncBase:Body"], 0, 1)),
            ("MS-ASAIRS_R257", Number(&["AirSyncBase:BodyPart"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:BodyPart/AirSyncBase:Preview",
        &[
            ("MS-ASAIRS_R254", Holds(Kind::Text)),
            ("MS-ASAIRS_R258", Childless),
            ("MS-ASAIRS_R1267", In(Version::V14_1)),
            ("MS-ASAIRS_R1268", In(Version::V16_0)),
            ("MS-ASAIRS_R1001042", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:State",
        &[
            ("MS-ASAIRS_R1278", Holds(Kind::Text)),
            ("MS-ASAIRS_R1282", In(Version::V16_0)),
            ("MS-ASAIRS_R1001051", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Street",
        &[
            ("MS-ASAIRS_R1288", Holds(Kind::Text)),
            ("MS-ASAIRS_R1292", In(Version::V16_0)),
            ("MS-ASAIRS_R1001057", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Truncated",
        &[
            ("MS-ASAIRS_R274", Holds(Kind::Boolean)),
            ("MS-ASAIRS_R280", Number(&["AirSyncBase:Body"], 0, 1)),
            ("MS-ASAIRS_R286", Number(&["AirSyncBase:BodyPart"], 0, 1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:Body/AirSyncBase:Truncated",
        &[
            ("MS-ASAIRS_R1293", In(Version::V12_1)),
            ("MS-ASAIRS_R1294", In(Version::V14_0)),
            ("MS-ASAIRS_R1295", In(Version::V14_1)),
            ("MS-ASAIRS_R1296", In(Version::V16_0)),
            ("MS-ASAIRS_R1001059", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "AirSyncBase:BodyPart/AirSyncBase:Truncated",
        &[
            ("MS-ASAIRS_R1398", In(Version::V14_1)),
            ("MS-ASAIRS_R1399", In(Version::V16_0)),
            ("MS-ASAIRS_R1001062", In(Version::V16_1)),
        ],
    ),
    Element::new(&[], "AirSyncBase:TruncationSize", &[("MS-ASAIRS_R291", Never), ("MS-ASAIRS_R297", Never)]),
    Element::new(&[], "AirSyncBase:Body/AirSyncBase:Type", &[("MS-ASAIRS_R313", Childless)]),
    Element::new(
        &[],
        "AirSyncBase:BodyPart/AirSyncBase:Type",
        &[
            ("MS-ASAIRS_R318", Childless),
            ("MS-ASAIRS_R1311", In(Version::V14_1)),
            ("MS-ASAIRS_R1312", In(Version::V16_0)),
            ("MS-ASAIRS_R1001073", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[],
        "ItemOperations:Part",
        &[
            ("MS-ASAIRS_R246", Holds(Kind::Integer)),
            ("MS-ASAIRS_R1251", In(Version::V12_1)),
            ("MS-ASAIRS_R1252", In(Version::V14_0)),
            ("MS-ASAIRS_R1253", In(Version::V14_1)),
            ("MS-ASAIRS_R1254", In(Version::V16_0)),
            ("MS-ASAIRS_R1001031", In(Version::V16_1)),
        ],
    ),
    Element::new(
        &[Sync],
        "AirSyncBase:NativeBodyType",
        &[("MS-ASAIRS_R231", ParentIn("AirSync:ApplicationData"))],
    ),
];
