//! A contact as a phone sees it ([MS-ASCNTC] 2.2.2), and an entry of the recipient information cache,
//! which is one with few properties (14.0).

use super::Body;
use crate::codec::{Base64, Content, OrEmpty};
use crate::date::DateTime;
use crate::message;
use crate::page::{air_sync_base as base, contacts, contacts2};

message! {
    /// The properties of a contact, in the order of the schema. Empty text means that the contact does
    /// not have it; what an absent element means in a Change is up to `Supported`
    /// ([MS-ASCMD] 2.2.3.179).
    #[derive(Default)]
    pub struct Contact {
        /// Wedding day; only the date counts.
        anniversary: Option<OrEmpty<DateTime>> = contacts::ANNIVERSARY,
        /// Name of the assistant.
        assistant_name: Option<String> = contacts::ASSISTANT_NAME,
        /// Telephone of the assistant.
        assistant_phone_number: Option<String> = contacts::ASSISTANT_PHONE_NUMBER,
        /// Birthday; only the date counts.
        birthday: Option<OrEmpty<DateTime>> = contacts::BIRTHDAY,
        /// Second telephone at work.
        business2_phone_number: Option<String> = contacts::BUSINESS2_PHONE_NUMBER,
        /// City at work.
        business_address_city: Option<String> = contacts::BUSINESS_ADDRESS_CITY,
        /// Telephone at work.
        business_phone_number: Option<String> = contacts::BUSINESS_PHONE_NUMBER,
        /// Web page.
        web_page: Option<String> = contacts::WEB_PAGE,
        /// Country at work.
        business_address_country: Option<String> = contacts::BUSINESS_ADDRESS_COUNTRY,
        /// Department.
        department: Option<String> = contacts::DEPARTMENT,
        /// First address, perhaps as `"Name" <addr>`.
        email1_address: Option<String> = contacts::EMAIL1_ADDRESS,
        /// Second address.
        email2_address: Option<String> = contacts::EMAIL2_ADDRESS,
        /// Third address.
        email3_address: Option<String> = contacts::EMAIL3_ADDRESS,
        /// Fax at work.
        business_fax_number: Option<String> = contacts::BUSINESS_FAX_NUMBER,
        /// Name under which the phone files the contact.
        file_as: Option<String> = contacts::FILE_AS,
        /// Alias in the directory; recipient cache only (14.0).
        alias: Option<String> = contacts::ALIAS,
        /// Place in the recipient cache (14.0).
        weighted_rank: Option<i32> = contacts::WEIGHTED_RANK,
        /// First name.
        first_name: Option<String> = contacts::FIRST_NAME,
        /// Middle name.
        middle_name: Option<String> = contacts::MIDDLE_NAME,
        /// City at home.
        home_address_city: Option<String> = contacts::HOME_ADDRESS_CITY,
        /// Country at home.
        home_address_country: Option<String> = contacts::HOME_ADDRESS_COUNTRY,
        /// Fax at home.
        home_fax_number: Option<String> = contacts::HOME_FAX_NUMBER,
        /// Telephone at home.
        home_phone_number: Option<String> = contacts::HOME_PHONE_NUMBER,
        /// Second telephone at home.
        home2_phone_number: Option<String> = contacts::HOME2_PHONE_NUMBER,
        /// Postal code at home.
        home_address_postal_code: Option<String> = contacts::HOME_ADDRESS_POSTAL_CODE,
        /// State at home.
        home_address_state: Option<String> = contacts::HOME_ADDRESS_STATE,
        /// Street at home.
        home_address_street: Option<String> = contacts::HOME_ADDRESS_STREET,
        /// Mobile telephone.
        mobile_phone_number: Option<String> = contacts::MOBILE_PHONE_NUMBER,
        /// Suffix of the name: Jr.
        suffix: Option<String> = contacts::SUFFIX,
        /// Company.
        company_name: Option<String> = contacts::COMPANY_NAME,
        /// City elsewhere.
        other_address_city: Option<String> = contacts::OTHER_ADDRESS_CITY,
        /// Country elsewhere.
        other_address_country: Option<String> = contacts::OTHER_ADDRESS_COUNTRY,
        /// Telephone in the car.
        car_phone_number: Option<String> = contacts::CAR_PHONE_NUMBER,
        /// Postal code elsewhere.
        other_address_postal_code: Option<String> = contacts::OTHER_ADDRESS_POSTAL_CODE,
        /// State elsewhere.
        other_address_state: Option<String> = contacts::OTHER_ADDRESS_STATE,
        /// Street elsewhere.
        other_address_street: Option<String> = contacts::OTHER_ADDRESS_STREET,
        /// Pager.
        pager_number: Option<String> = contacts::PAGER_NUMBER,
        /// Title before the name: Dr.
        title: Option<String> = contacts::TITLE,
        /// Postal code at work.
        business_address_postal_code: Option<String> = contacts::BUSINESS_ADDRESS_POSTAL_CODE,
        /// Last name.
        last_name: Option<String> = contacts::LAST_NAME,
        /// Name of the spouse.
        spouse: Option<String> = contacts::SPOUSE,
        /// State at work.
        business_address_state: Option<String> = contacts::BUSINESS_ADDRESS_STATE,
        /// Street at work.
        business_address_street: Option<String> = contacts::BUSINESS_ADDRESS_STREET,
        /// Job title.
        job_title: Option<String> = contacts::JOB_TITLE,
        /// Phonetic first name.
        yomi_first_name: Option<String> = contacts::YOMI_FIRST_NAME,
        /// Phonetic last name.
        yomi_last_name: Option<String> = contacts::YOMI_LAST_NAME,
        /// Phonetic company name.
        yomi_company_name: Option<String> = contacts::YOMI_COMPANY_NAME,
        /// Office.
        office_location: Option<String> = contacts::OFFICE_LOCATION,
        /// Radio telephone.
        radio_phone_number: Option<String> = contacts::RADIO_PHONE_NUMBER,
        /// Picture, JPEG as a rule, at most 48 KB of base64. Empty: none.
        picture: Option<Base64> = contacts::PICTURE,
        /// Categories.
        categories: Option<Vec<String>> = contacts::CATEGORIES => contacts::CATEGORY,
        /// Names of the children.
        children: Option<Vec<String>> = contacts::CHILDREN => contacts::CHILD,
        /// Number as a customer.
        customer_id: Option<String> = contacts2::CUSTOMER_ID,
        /// Number with the authorities.
        government_id: Option<String> = contacts2::GOVERNMENT_ID,
        /// First instant messaging address.
        im_address: Option<String> = contacts2::IM_ADDRESS,
        /// Second instant messaging address.
        im_address2: Option<String> = contacts2::IM_ADDRESS2,
        /// Third instant messaging address.
        im_address3: Option<String> = contacts2::IM_ADDRESS3,
        /// Name of the manager.
        manager_name: Option<String> = contacts2::MANAGER_NAME,
        /// The company's main telephone.
        company_main_phone: Option<String> = contacts2::COMPANY_MAIN_PHONE,
        /// Account.
        account_name: Option<String> = contacts2::ACCOUNT_NAME,
        /// Nickname.
        nick_name: Option<String> = contacts2::NICK_NAME,
        /// Address for multimedia messages.
        mms: Option<String> = contacts2::MMS,
        /// `legacy_body` is not the whole, 2.5.
        legacy_body_truncated: Option<bool> = contacts::BODY_TRUNCATED,
        /// Size of the whole notes in bytes, 2.5.
        legacy_body_size: Option<u32> = contacts::BODY_SIZE,
        /// Plain-text notes, 2.5.
        legacy_body: Option<Content> = contacts::BODY,
        /// Notes as compressed RTF ([MS-OXRTFCP]), 2.5. From phones alone.
        compressed_rtf: Option<Base64> = contacts::COMPRESSED_RTF,
        /// Notes, 12.0 and later.
        body: Option<Body> = base::BODY,
        /// Form in which the notes are stored: 1 text, 2 HTML, 3 RTF (12.0).
        native_body_type: Option<u8> = base::NATIVE_BODY_TYPE,
    }
}
