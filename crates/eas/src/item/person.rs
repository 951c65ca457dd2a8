//! A person of the directory, as searches show one ([MS-ASCMD] 2.2.3.129.2, page GAL).

use crate::codec::{DecodeError, Opaque};
use crate::message;
use crate::page::gal;
use crate::wbxml::{Event, Reader};

message! {
    /// A person.
    #[derive(Default)]
    pub struct Person {
        /// The name to show.
        display_name: Option<String> = gal::DISPLAY_NAME,
        /// Telephone at work.
        phone: Option<String> = gal::PHONE,
        /// Office.
        office: Option<String> = gal::OFFICE,
        /// Job title.
        title: Option<String> = gal::TITLE,
        /// Company.
        company: Option<String> = gal::COMPANY,
        /// Short name.
        alias: Option<String> = gal::ALIAS,
        /// First name. Sent even if it is empty: Nokia's clients need it.
        first_name: Option<String> = gal::FIRST_NAME,
        /// Last name.
        last_name: Option<String> = gal::LAST_NAME,
        /// Telephone at home.
        home_phone: Option<String> = gal::HOME_PHONE,
        /// Mobile telephone.
        mobile_phone: Option<String> = gal::MOBILE_PHONE,
        /// Address.
        email_address: Option<String> = gal::EMAIL_ADDRESS,
        /// Picture, where it was asked for (14.1).
        picture: Option<PersonPicture> = gal::PICTURE,
    }
}

message! {
    /// A picture, or why there is none (14.1).
    #[derive(Default)]
    pub struct PersonPicture {
        /// 1, or 173 none, 174 too large, 175 too many ([MS-ASCMD] 2.2.3.177.13).
        status: u8 = gal::STATUS,
        /// The picture, JPEG as a rule; only with status 1.
        data: Option<Opaque> = gal::DATA,
    }
}

impl Person {
    /// Whether the element whose start was read last is a person's: its first child tells.
    pub(crate) fn is_next(mut r: Reader<'_>) -> Result<bool, DecodeError> {
        loop {
            match r.next()? {
                Event::Start(tag) => return Ok(tag.page == gal::PAGE.number),
                Event::End => return Ok(false),
                Event::Text(_) | Event::Opaque(_) => {}
            }
        }
    }
}
