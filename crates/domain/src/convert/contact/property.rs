//! The text properties of a contact, and where each lies in a vCard.

use fieldpost_eas::item::Contact;
use fieldpost_eas::page::{Tag, contacts, contacts2};

use super::slot::{Kind, Slot};

/// Where a property lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A part of the name, in the order of `N`.
    Name(usize),
    /// A part of `ORG`.
    Organisation(usize),
    /// The text of a line of one of these names; the first is for new ones.
    Line(&'static [&'static str]),
    /// The text of the line in a slot.
    Slot(Slot),
    /// A part of the address in a slot.
    Address(Kind, usize),
}

/// One property.
pub struct Property {
    /// Its element.
    pub tag: Tag,
    /// Its text.
    pub get: fn(&Contact) -> &Option<String>,
    /// Its text, to be set.
    pub get_mut: fn(&mut Contact) -> &mut Option<String>,
    /// Where it lies.
    pub place: Place,
}

macro_rules! properties {
    ($($field:ident $page:ident::$tag:ident $place:expr;)+) => {
        &[$(Property {
            tag: $page::$tag,
            get: |contact| &contact.$field,
            get_mut: |contact| &mut contact.$field,
            place: $place,
        },)+]
    };
}

const STREET: usize = 2;
const CITY: usize = 3;
const STATE: usize = 4;
const POSTAL_CODE: usize = 5;
const COUNTRY: usize = 6;

const fn slot(kind: Kind, index: usize) -> Place {
    Place::Slot((kind, index))
}

/// All of them but `FileAs`, which has a rule of its own, and those that are no text.
pub const PROPERTIES: &[Property] = properties! {
    last_name contacts::LAST_NAME Place::Name(0);
    first_name contacts::FIRST_NAME Place::Name(1);
    middle_name contacts::MIDDLE_NAME Place::Name(2);
    title contacts::TITLE Place::Name(3);
    suffix contacts::SUFFIX Place::Name(4);
    company_name contacts::COMPANY_NAME Place::Organisation(0);
    department contacts::DEPARTMENT Place::Organisation(1);
    job_title contacts::JOB_TITLE Place::Line(&["TITLE"]);
    nick_name contacts2::NICK_NAME Place::Line(&["NICKNAME"]);
    yomi_first_name contacts::YOMI_FIRST_NAME Place::Line(&["X-PHONETIC-FIRST-NAME"]);
    yomi_last_name contacts::YOMI_LAST_NAME Place::Line(&["X-PHONETIC-LAST-NAME"]);
    yomi_company_name contacts::YOMI_COMPANY_NAME Place::Line(&["X-PHONETIC-ORG"]);
    office_location contacts::OFFICE_LOCATION Place::Line(&["X-OFFICE", "X-EVOLUTION-OFFICE"]);
    spouse contacts::SPOUSE Place::Line(&["X-SPOUSE", "X-EVOLUTION-SPOUSE", "X-MS-SPOUSE", "X-KADDRESSBOOK-X-SPOUSESNAME"]);
    assistant_name contacts::ASSISTANT_NAME
        Place::Line(&["X-ASSISTANT", "X-EVOLUTION-ASSISTANT", "X-MS-ASSISTANT", "X-KADDRESSBOOK-X-ASSISTANTSNAME"]);
    manager_name contacts2::MANAGER_NAME
        Place::Line(&["X-MANAGER", "X-EVOLUTION-MANAGER", "X-MS-MANAGER", "X-KADDRESSBOOK-X-MANAGERSNAME"]);
    customer_id contacts2::CUSTOMER_ID Place::Line(&["X-CUSTOMER-ID"]);
    government_id contacts2::GOVERNMENT_ID Place::Line(&["X-GOVERNMENT-ID"]);
    account_name contacts2::ACCOUNT_NAME Place::Line(&["X-ACCOUNT-NAME"]);
    mms contacts2::MMS slot(Kind::Mms, 0);
    web_page contacts::WEB_PAGE slot(Kind::Web, 0);
    email1_address contacts::EMAIL1_ADDRESS slot(Kind::Email, 0);
    email2_address contacts::EMAIL2_ADDRESS slot(Kind::Email, 1);
    email3_address contacts::EMAIL3_ADDRESS slot(Kind::Email, 2);
    im_address contacts2::IM_ADDRESS slot(Kind::Im, 0);
    im_address2 contacts2::IM_ADDRESS2 slot(Kind::Im, 1);
    im_address3 contacts2::IM_ADDRESS3 slot(Kind::Im, 2);
    mobile_phone_number contacts::MOBILE_PHONE_NUMBER slot(Kind::Mobile, 0);
    home_phone_number contacts::HOME_PHONE_NUMBER slot(Kind::Home, 0);
    home2_phone_number contacts::HOME2_PHONE_NUMBER slot(Kind::Home, 1);
    business_phone_number contacts::BUSINESS_PHONE_NUMBER slot(Kind::Work, 0);
    business2_phone_number contacts::BUSINESS2_PHONE_NUMBER slot(Kind::Work, 1);
    home_fax_number contacts::HOME_FAX_NUMBER slot(Kind::HomeFax, 0);
    business_fax_number contacts::BUSINESS_FAX_NUMBER slot(Kind::WorkFax, 0);
    pager_number contacts::PAGER_NUMBER slot(Kind::Pager, 0);
    car_phone_number contacts::CAR_PHONE_NUMBER slot(Kind::Car, 0);
    radio_phone_number contacts::RADIO_PHONE_NUMBER slot(Kind::Radio, 0);
    assistant_phone_number contacts::ASSISTANT_PHONE_NUMBER slot(Kind::Assistant, 0);
    company_main_phone contacts2::COMPANY_MAIN_PHONE slot(Kind::Company, 0);
    home_address_street contacts::HOME_ADDRESS_STREET Place::Address(Kind::HomeAddress, STREET);
    home_address_city contacts::HOME_ADDRESS_CITY Place::Address(Kind::HomeAddress, CITY);
    home_address_state contacts::HOME_ADDRESS_STATE Place::Address(Kind::HomeAddress, STATE);
    home_address_postal_code contacts::HOME_ADDRESS_POSTAL_CODE Place::Address(Kind::HomeAddress, POSTAL_CODE);
    home_address_country contacts::HOME_ADDRESS_COUNTRY Place::Address(Kind::HomeAddress, COUNTRY);
    business_address_street contacts::BUSINESS_ADDRESS_STREET Place::Address(Kind::WorkAddress, STREET);
    business_address_city contacts::BUSINESS_ADDRESS_CITY Place::Address(Kind::WorkAddress, CITY);
    business_address_state contacts::BUSINESS_ADDRESS_STATE Place::Address(Kind::WorkAddress, STATE);
    business_address_postal_code contacts::BUSINESS_ADDRESS_POSTAL_CODE
        Place::Address(Kind::WorkAddress, POSTAL_CODE);
    business_address_country contacts::BUSINESS_ADDRESS_COUNTRY Place::Address(Kind::WorkAddress, COUNTRY);
    other_address_street contacts::OTHER_ADDRESS_STREET Place::Address(Kind::OtherAddress, STREET);
    other_address_city contacts::OTHER_ADDRESS_CITY Place::Address(Kind::OtherAddress, CITY);
    other_address_state contacts::OTHER_ADDRESS_STATE Place::Address(Kind::OtherAddress, STATE);
    other_address_postal_code contacts::OTHER_ADDRESS_POSTAL_CODE Place::Address(Kind::OtherAddress, POSTAL_CODE);
    other_address_country contacts::OTHER_ADDRESS_COUNTRY Place::Address(Kind::OtherAddress, COUNTRY);
};
