//! ResolveRecipients.

use fieldpost_eas::codec::Base64;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::resolve_recipients::{
    Availability, AvailabilityOptions, Certificates, Options, Picture, PictureOptions, Recipient, Request,
    Resolved, Response,
};
use fieldpost_eas::page::resolve_recipients as resolve;

use super::law;
use crate::generator::Gen;

#[test]
fn request() {
    law(CommandName::ResolveRecipients, |g| Request {
        to: g.many(resolve::TO, Gen::text),
        options: g.opt(resolve::OPTIONS, |g| Options {
            certificate_retrieval: g.opt(resolve::CERTIFICATE_RETRIEVAL, Gen::u32),
            max_certificates: g.opt(resolve::MAX_CERTIFICATES, Gen::u32),
            max_ambiguous_recipients: g.opt(resolve::MAX_AMBIGUOUS_RECIPIENTS, Gen::u32),
            availability: g.opt(resolve::AVAILABILITY, |g| AvailabilityOptions {
                start_time: g.opt(resolve::START_TIME, Gen::text),
                end_time: g.opt(resolve::END_TIME, Gen::text),
            }),
            picture: g.opt(resolve::PICTURE, |g| PictureOptions {
                max_size: g.opt(resolve::MAX_SIZE, Gen::u32),
                max_pictures: g.opt(resolve::MAX_PICTURES, Gen::u32),
            }),
        }),
    });
}

#[test]
fn response() {
    law(CommandName::ResolveRecipients, |g| Response {
        status: g.opt(resolve::STATUS, Gen::u8),
        responses: g.many(resolve::RESPONSE, |g| Resolved {
            to: g.text(),
            status: g.u8(),
            recipient_count: g.opt(resolve::RECIPIENT_COUNT, Gen::u32),
            recipients: g.many(resolve::RECIPIENT, |g| Recipient {
                r#type: g.u8(),
                display_name: g.text(),
                email_address: g.text(),
                availability: g.opt(resolve::AVAILABILITY, |g| Availability {
                    status: g.u8(),
                    merged_free_busy: g.opt(resolve::MERGED_FREE_BUSY, Gen::text),
                }),
                certificates: g.opt(resolve::CERTIFICATES, |g| Certificates {
                    status: g.u8(),
                    certificate_count: g.opt(resolve::CERTIFICATE_COUNT, Gen::u32),
                    recipient_count: g.opt(resolve::RECIPIENT_COUNT, Gen::u32),
                    certificates: g.many(resolve::CERTIFICATE, |g| Base64(g.data())),
                    mini_certificate: g.opt(resolve::MINI_CERTIFICATE, |g| Base64(g.data())),
                }),
                pictures: g.many(resolve::PICTURE, |g| Picture {
                    status: g.u8(),
                    data: g.opt(resolve::DATA, Gen::opaque),
                }),
            }),
        }),
    });
}
