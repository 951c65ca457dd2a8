//! Contacts ([MS-ASCNTC] 2.2.2).

use fieldpost_eas::command::CommandName;

use super::Said::{In, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn contacts() {
    let mut rules = Rules::of(CommandName::Sync);
    rules.on(
        "Contacts2:AccountName",
        &[
            Is(String), // MS-ASCNTC_R99
        ],
    );
    rules.on(
        "Contacts:Anniversary",
        &[
            Is(DateTime), // MS-ASCNTC_R109
        ],
    );
    rules.on(
        "Contacts:AssistantName",
        &[
            Is(String), // MS-ASCNTC_R114
        ],
    );
    rules.on(
        "Contacts:AssistantPhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R119
        ],
    );
    rules.on(
        "Contacts:Birthday",
        &[
            Is(DateTime), // MS-ASCNTC_R124
        ],
    );
    rules.on(
        "Contacts:BusinessAddressCity",
        &[
            Is(String), // MS-ASCNTC_R132
        ],
    );
    rules.on(
        "Contacts:BusinessAddressCountry",
        &[
            Is(String), // MS-ASCNTC_R137
        ],
    );
    rules.on(
        "Contacts:BusinessAddressPostalCode",
        &[
            Is(String), // MS-ASCNTC_R142
        ],
    );
    rules.on(
        "Contacts:BusinessAddressState",
        &[
            Is(String), // MS-ASCNTC_R145
        ],
    );
    rules.on(
        "Contacts:BusinessAddressStreet",
        &[
            Is(String), // MS-ASCNTC_R150
        ],
    );
    rules.on(
        "Contacts:BusinessFaxNumber",
        &[
            Is(String), // MS-ASCNTC_R155
        ],
    );
    rules.on(
        "Contacts:BusinessPhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R160
        ],
    );
    rules.on(
        "Contacts:Business2PhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R165
        ],
    );
    rules.on(
        "Contacts:CarPhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R170
        ],
    );
    rules.on(
        "Contacts:Categories",
        &[
            Is(Container), // MS-ASCNTC_R173
            Is(Container), // MS-ASCNTC_R1030
        ],
    );
    rules.on(
        "Contacts:Category",
        &[
            In(&["Contacts:Categories"]), // MS-ASCNTC_R179
            Times(1, MANY),               // MS-ASCNTC_R507
        ],
    );
    rules.on(
        "Contacts:Category",
        &[
            Is(String), // MS-ASCNTC_R181
        ],
    );
    rules.on(
        "Contacts:Children",
        &[
            Is(Container), // MS-ASCNTC_R184
            Is(Container), // MS-ASCNTC_R10040
        ],
    );
    rules.on(
        "Contacts:Child",
        &[
            In(&["Contacts:Children"]), // MS-ASCNTC_R190
        ],
    );
    rules.on(
        "Contacts:Child",
        &[
            Is(String), // MS-ASCNTC_R192
        ],
    );
    rules.on(
        "Contacts2:CompanyMainPhone",
        &[
            Is(String), // MS-ASCNTC_R197
        ],
    );
    rules.on(
        "Contacts:CompanyName",
        &[
            Is(String), // MS-ASCNTC_R202
        ],
    );
    rules.on(
        "Contacts2:CustomerId",
        &[
            Is(String), // MS-ASCNTC_R207
        ],
    );
    rules.on(
        "Contacts:Department",
        &[
            Is(String), // MS-ASCNTC_R211
        ],
    );
    rules.on(
        "Contacts:Email1Address",
        &[
            Is(String), // MS-ASCNTC_R216
        ],
    );
    rules.on(
        "Contacts:Email2Address",
        &[
            Is(String), // MS-ASCNTC_R223
        ],
    );
    rules.on(
        "Contacts:Email3Address",
        &[
            Is(String), // MS-ASCNTC_R228
        ],
    );
    rules.on(
        "Contacts:FileAs",
        &[
            Is(String), // MS-ASCNTC_R233
        ],
    );
    rules.on(
        "Contacts:FirstName",
        &[
            Is(String), // MS-ASCNTC_R240
        ],
    );
    rules.on(
        "Contacts2:GovernmentId",
        &[
            Is(String), // MS-ASCNTC_R245
        ],
    );
    rules.on(
        "Contacts:HomeAddressCity",
        &[
            Is(String), // MS-ASCNTC_R250
        ],
    );
    rules.on(
        "Contacts:HomeAddressCountry",
        &[
            Is(String), // MS-ASCNTC_R255
        ],
    );
    rules.on(
        "Contacts:HomeAddressPostalCode",
        &[
            Is(String), // MS-ASCNTC_R260
        ],
    );
    rules.on(
        "Contacts:HomeAddressState",
        &[
            Is(String), // MS-ASCNTC_R265
        ],
    );
    rules.on(
        "Contacts:HomeAddressStreet",
        &[
            Is(String), // MS-ASCNTC_R270
        ],
    );
    rules.on(
        "Contacts:HomeFaxNumber",
        &[
            Is(String), // MS-ASCNTC_R275
        ],
    );
    rules.on(
        "Contacts:HomePhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R280
        ],
    );
    rules.on(
        "Contacts:Home2PhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R285
        ],
    );
    rules.on(
        "Contacts2:IMAddress",
        &[
            Is(String), // MS-ASCNTC_R290
        ],
    );
    rules.on(
        "Contacts2:IMAddress2",
        &[
            Is(String), // MS-ASCNTC_R295
        ],
    );
    rules.on(
        "Contacts2:IMAddress3",
        &[
            Is(String), // MS-ASCNTC_R300
        ],
    );
    rules.on(
        "Contacts:JobTitle",
        &[
            Is(String), // MS-ASCNTC_R305
        ],
    );
    rules.on(
        "Contacts:LastName",
        &[
            Is(String), // MS-ASCNTC_R310
        ],
    );
    rules.on(
        "Contacts2:ManagerName",
        &[
            Is(String), // MS-ASCNTC_R315
        ],
    );
    rules.on(
        "Contacts:MiddleName",
        &[
            Is(String), // MS-ASCNTC_R320
        ],
    );
    rules.on(
        "Contacts2:MMS",
        &[
            Is(String), // MS-ASCNTC_R325
        ],
    );
    rules.on(
        "Contacts:MobilePhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R330
        ],
    );
    rules.on(
        "Contacts2:NickName",
        &[
            Is(String), // MS-ASCNTC_R335
        ],
    );
    rules.on(
        "Contacts:OfficeLocation",
        &[
            Is(String), // MS-ASCNTC_R340
        ],
    );
    rules.on(
        "Contacts:OtherAddressCity",
        &[
            Is(String), // MS-ASCNTC_R345
        ],
    );
    rules.on(
        "Contacts:OtherAddressCountry",
        &[
            Is(String), // MS-ASCNTC_R350
        ],
    );
    rules.on(
        "Contacts:OtherAddressPostalCode",
        &[
            Is(String), // MS-ASCNTC_R355
        ],
    );
    rules.on(
        "Contacts:OtherAddressState",
        &[
            Is(String), // MS-ASCNTC_R360
        ],
    );
    rules.on(
        "Contacts:OtherAddressStreet",
        &[
            Is(String), // MS-ASCNTC_R365
        ],
    );
    rules.on(
        "Contacts:PagerNumber",
        &[
            Is(String), // MS-ASCNTC_R370
        ],
    );
    rules.on(
        "Contacts:Picture",
        &[
            Is(Base64), // MS-ASCNTC_R379
        ],
    );
    rules.on(
        "Contacts:RadioPhoneNumber",
        &[
            Is(String), // MS-ASCNTC_R387
        ],
    );
    rules.on(
        "Contacts:Spouse",
        &[
            Is(String), // MS-ASCNTC_R392
        ],
    );
    rules.on(
        "Contacts:Suffix",
        &[
            Is(String), // MS-ASCNTC_R397
        ],
    );
    rules.on(
        "Contacts:Title",
        &[
            Is(String), // MS-ASCNTC_R402
        ],
    );
    rules.on(
        "Contacts:WebPage",
        &[
            Is(String), // MS-ASCNTC_R407
        ],
    );
    rules.on(
        "Contacts:WeightedRank",
        &[
            Is(Integer), // MS-ASCNTC_R412
        ],
    );
    rules.on(
        "Contacts:YomiCompanyName",
        &[
            Is(String), // MS-ASCNTC_R419
        ],
    );
    rules.on(
        "Contacts:YomiFirstName",
        &[
            Is(String), // MS-ASCNTC_R424
        ],
    );
    rules.on(
        "Contacts:YomiLastName",
        &[
            Is(String), // MS-ASCNTC_R429
        ],
    );
    rules.on(
        "AirSyncBase:Body",
        &[
            Is(Container), // MS-ASCNTC_R1120
        ],
    );
    rules.end();
}
