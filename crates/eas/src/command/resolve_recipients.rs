//! ResolveRecipients: who is meant by a name, are they free, which certificates and pictures do they
//! have ([MS-ASCMD] 2.2.1.15).

use crate::codec::{Base64, Document, Opaque};
use crate::message;
use crate::page::{Tag, resolve_recipients as resolve};

message! {
    /// The request.
    #[derive(Default)]
    pub struct Request {
        /// Names or addresses, 1 to 100 (status 5), up to 256 characters each.
        to: Vec<String> = resolve::TO,
        /// What is wanted of them.
        options: Option<Options> = resolve::OPTIONS,
    }
}

impl Document for Request {
    const ROOT: Tag = resolve::RESOLVE_RECIPIENTS;
}

message! {
    /// What is wanted. Numbers are read with more room than they may have, so that one out of range
    /// has a status.
    #[derive(Default)]
    pub struct Options {
        /// Certificates: 1 none, 2 whole, 3 mini.
        certificate_retrieval: Option<u32> = resolve::CERTIFICATE_RETRIEVAL,
        /// Most certificates for each of `to`, 0 to 9999.
        max_certificates: Option<u32> = resolve::MAX_CERTIFICATES,
        /// Most suggestions for each of `to`, 0 to 9999.
        max_ambiguous_recipients: Option<u32> = resolve::MAX_AMBIGUOUS_RECIPIENTS,
        /// Whether they are free (14.0).
        availability: Option<AvailabilityOptions> = resolve::AVAILABILITY,
        /// Pictures are wanted (14.1); empty: all, of any size.
        picture: Option<PictureOptions> = resolve::PICTURE,
    }
}

message! {
    /// The time in question (14.0), at most 42 days. Dates with dashes, as text, so that a broken one
    /// has a status.
    #[derive(Default)]
    pub struct AvailabilityOptions {
        /// Its start.
        start_time: Option<String> = resolve::START_TIME,
        /// Its end; absent: some days after the start.
        end_time: Option<String> = resolve::END_TIME,
    }
}

message! {
    /// Which pictures are wanted (14.1).
    #[derive(Default)]
    pub struct PictureOptions {
        /// Most bytes of one (status 174).
        max_size: Option<u32> = resolve::MAX_SIZE,
        /// Most pictures in the answer (status 175).
        max_pictures: Option<u32> = resolve::MAX_PICTURES,
    }
}

message! {
    /// The response.
    #[derive(Default)]
    pub struct Response {
        /// 1, or what went wrong with the whole ([MS-ASCMD] 2.2.3.177.12).
        status: Option<u8> = resolve::STATUS,
        /// One for each of `to`, in their order.
        responses: Vec<Resolved> = resolve::RESPONSE,
    }
}

impl Document for Response {
    const ROOT: Tag = resolve::RESOLVE_RECIPIENTS;
}

message! {
    /// Who one of `to` is.
    #[derive(Default)]
    pub struct Resolved {
        /// As the request has it.
        to: String = resolve::TO,
        /// 1 one person, 2 several, 3 several of whom some are named, 4 nobody.
        status: u8 = resolve::STATUS,
        /// How many there are.
        recipient_count: Option<u32> = resolve::RECIPIENT_COUNT,
        /// Those who are named.
        recipients: Vec<Recipient> = resolve::RECIPIENT,
    }
}

message! {
    /// A person or a distribution list.
    #[derive(Default)]
    pub struct Recipient {
        /// 1 of the directory, 2 one of the user's contacts.
        r#type: u8 = resolve::TYPE,
        /// Name.
        display_name: String = resolve::DISPLAY_NAME,
        /// Address.
        email_address: String = resolve::EMAIL_ADDRESS,
        /// Whether they are free (14.0).
        availability: Option<Availability> = resolve::AVAILABILITY,
        /// Their certificates, where they were asked for.
        certificates: Option<Certificates> = resolve::CERTIFICATES,
        /// Their picture, where it was asked for (14.1).
        pictures: Vec<Picture> = resolve::PICTURE,
    }
}

message! {
    /// Whether somebody is free (14.0).
    #[derive(Default)]
    pub struct Availability {
        /// 1, or 160 to 163.
        status: u8 = resolve::STATUS,
        /// A digit for each begun half hour: 0 free, 1 tentative, 2 busy, 3 out of office, 4 unknown.
        merged_free_busy: Option<String> = resolve::MERGED_FREE_BUSY,
    }
}

message! {
    /// Certificates for encrypting mail to somebody.
    #[derive(Default)]
    pub struct Certificates {
        /// 1, 7 there is none, 8 there are too many.
        status: u8 = resolve::STATUS,
        /// How many there are.
        certificate_count: Option<u32> = resolve::CERTIFICATE_COUNT,
        /// Members of the distribution list.
        recipient_count: Option<u32> = resolve::RECIPIENT_COUNT,
        /// The certificates, DER.
        certificates: Vec<Base64> = resolve::CERTIFICATE,
        /// A mini certificate ([MS-ASCMD] 2.2.3.108), instead of those.
        mini_certificate: Option<Base64> = resolve::MINI_CERTIFICATE,
    }
}

message! {
    /// A picture, or why there is none (14.1).
    #[derive(Default)]
    pub struct Picture {
        /// 1, or 173 none, 174 too large, 175 too many.
        status: u8 = resolve::STATUS,
        /// The picture; only with status 1.
        data: Option<Opaque> = resolve::DATA,
    }
}
