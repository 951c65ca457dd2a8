//! Settings: properties of the user and the device, asked for and set ([MS-ASCMD] 2.2.1.18).

use crate::codec::{Choice, DecodeError, Document, Element, Empty, Field, Secret, children};
use crate::date::DateTime;
use crate::page::{Tag, rights_management as rm, settings};
use crate::version::Version;
use crate::wbxml::{Reader, Writer};
use crate::{choice, message};

/// The request. Each property stands for itself: one may fail and the next succeed. They are carried
/// out in their order, and answered in it (MS-ASCMD_R480).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// What is asked for and set; each property once.
    pub properties: Vec<Property>,
}

choice! {
    /// A property that is asked for or set.
    pub enum Property {
        /// Out-of-office answers.
        Oof(OofRequest) = settings::OOF,
        /// What the phone says of itself.
        DeviceInformation(DeviceInformation) = settings::DEVICE_INFORMATION,
        /// A recovery password that the server shall keep.
        DevicePassword(DevicePassword) = settings::DEVICE_PASSWORD,
        /// The user's addresses and accounts are wanted.
        UserInformation(Query) = settings::USER_INFORMATION,
        /// The rights policies are wanted (14.1).
        RightsManagementInformation(Query) = settings::RIGHTS_MANAGEMENT_INFORMATION,
    }
}

impl From<Property> for Request {
    fn from(property: Property) -> Request {
        Request { properties: vec![property] }
    }
}

impl Element for Request {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut once = Once::default();
        let mut properties = Vec::new();
        children(r, |tag, r| {
            match Property::read_choice(tag, r)? {
                Some(property) => properties.push(once.check(tag, property)?),
                None => r.skip()?,
            }
            Ok(())
        })?;
        Ok(Request { properties })
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        for property in &self.properties {
            property.put_choice(w);
        }
        w.end();
    }
}

impl Document for Request {
    const ROOT: Tag = settings::SETTINGS;
}

/// The properties that were read: each stands once.
#[derive(Default)]
struct Once(Vec<Tag>);

impl Once {
    fn check<T>(&mut self, tag: Tag, value: T) -> Result<T, DecodeError> {
        if self.0.contains(&tag) {
            return Err(DecodeError::Duplicate(tag));
        }
        self.0.push(tag);
        Ok(value)
    }
}

message! {
    /// A question without parameters.
    #[derive(Default)]
    pub struct Query {
        /// The question.
        get: Option<Empty> = settings::GET,
    }
}

message! {
    /// Out-of-office answers: asked for or set, one of the two.
    #[derive(Default)]
    pub struct OofRequest {
        /// They are asked for.
        get: Option<OofGet> = settings::GET,
        /// They are set.
        set: Option<Oof> = settings::SET,
    }
}

message! {
    /// In which form the answers are wanted.
    #[derive(Default)]
    pub struct OofGet {
        /// `Text` or `HTML`, in any case.
        body_type: Option<String> = settings::BODY_TYPE,
    }
}

message! {
    /// Out-of-office answers, as they are kept.
    #[derive(Default)]
    pub struct Oof {
        /// 0 off, 1 on, 2 on between two times.
        oof_state: Option<u8> = settings::OOF_STATE,
        /// Their begin, with state 2.
        start_time: Option<DateTime> = settings::START_TIME,
        /// Their end, with state 2.
        end_time: Option<DateTime> = settings::END_TIME,
        /// What is said to whom; up to three.
        messages: Vec<OofMessage> = settings::OOF_MESSAGE,
    }
}

message! {
    /// What is said to one audience.
    #[derive(Default)]
    pub struct OofMessage {
        /// Colleagues.
        applies_to_internal: Option<Empty> = settings::APPLIES_TO_INTERNAL,
        /// Outsiders among the contacts.
        applies_to_external_known: Option<Empty> = settings::APPLIES_TO_EXTERNAL_KNOWN,
        /// Other outsiders.
        applies_to_external_unknown: Option<Empty> = settings::APPLIES_TO_EXTERNAL_UNKNOWN,
        /// Whether this audience gets an answer.
        enabled: Option<bool> = settings::ENABLED,
        /// The answer.
        reply_message: Option<String> = settings::REPLY_MESSAGE,
        /// `Text` or `HTML`, in any case.
        body_type: Option<String> = settings::BODY_TYPE,
    }
}

message! {
    /// What a phone says of itself; in Provision too (14.1).
    #[derive(Default)]
    pub struct DeviceInformation {
        /// The properties.
        set: Option<DeviceProperties> = settings::SET,
    }
}

message! {
    /// Properties of a phone, up to 1024 characters each. What is missing is to be forgotten.
    #[derive(Default)]
    pub struct DeviceProperties {
        /// Name of the model.
        model: Option<String> = settings::MODEL,
        /// Serial number of a mobile phone.
        imei: Option<String> = settings::IMEI,
        /// What the user calls it.
        friendly_name: Option<String> = settings::FRIENDLY_NAME,
        /// Operating system and its version.
        os: Option<String> = settings::OS,
        /// Language of the operating system.
        os_language: Option<String> = settings::OS_LANGUAGE,
        /// The phone's number.
        phone_number: Option<String> = settings::PHONE_NUMBER,
        /// Name of the client (12.1).
        user_agent: Option<String> = settings::USER_AGENT,
        /// Whether it sends text messages for the user (14.0).
        enable_outbound_sms: Option<bool> = settings::ENABLE_OUTBOUND_SMS,
        /// Mobile network (14.0).
        mobile_operator: Option<String> = settings::MOBILE_OPERATOR,
    }
}

message! {
    /// A recovery password.
    #[derive(Default)]
    pub struct DevicePassword {
        /// The password to keep.
        set: Option<DevicePasswordSet> = settings::SET,
    }
}

message! {
    /// The password to keep; an empty one means none.
    #[derive(Default)]
    pub struct DevicePasswordSet {
        /// Up to 255 characters.
        password: Option<Secret> = settings::PASSWORD,
    }
}

/// The response. A property is answered where the request had it, in the request's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Response {
    /// 1, or what went wrong with the whole ([MS-ASCMD] 2.2.3.177.15).
    pub status: Option<u8>,
    /// The answers.
    pub answers: Vec<PropertyAnswer>,
}

choice! {
    /// The answer to a property.
    pub enum PropertyAnswer {
        /// Out-of-office answers.
        Oof(OofResponse) = settings::OOF,
        /// Whether the phone's properties were kept.
        DeviceInformation(Outcome) = settings::DEVICE_INFORMATION,
        /// Whether the recovery password was kept.
        DevicePassword(Outcome) = settings::DEVICE_PASSWORD,
        /// The user's addresses and accounts.
        UserInformation(UserInformation) = settings::USER_INFORMATION,
        /// The rights policies (14.1).
        RightsManagementInformation(RightsManagementInformation) = settings::RIGHTS_MANAGEMENT_INFORMATION,
    }
}

impl Element for Response {
    fn read(_: Tag, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut once = Once::default();
        let mut response = Response::default();
        children(r, |tag, r| {
            if tag == settings::STATUS {
                response.status = Some(once.check(tag, u8::read(tag, r)?)?);
                return Ok(());
            }
            match PropertyAnswer::read_choice(tag, r)? {
                Some(answer) => response.answers.push(once.check(tag, answer)?),
                None => r.skip()?,
            }
            Ok(())
        })?;
        Ok(response)
    }

    fn write(&self, tag: Tag, w: &mut Writer) {
        w.start(tag);
        self.status.put(settings::STATUS, w);
        for answer in &self.answers {
            answer.put_choice(w);
        }
        w.end();
    }
}

impl Document for Response {
    const ROOT: Tag = settings::SETTINGS;
}

message! {
    /// What became of a property that was set.
    #[derive(Default)]
    pub struct Outcome {
        /// 1, or what went wrong.
        status: Option<u8> = settings::STATUS,
    }
}

message! {
    /// Out-of-office answers, or whether they were kept.
    #[derive(Default)]
    pub struct OofResponse {
        /// 1, or what went wrong.
        status: Option<u8> = settings::STATUS,
        /// The answers, if they were asked for.
        get: Option<Oof> = settings::GET,
    }
}

message! {
    /// The user's addresses and accounts.
    #[derive(Default)]
    pub struct UserInformation {
        /// 1, or what went wrong.
        status: Option<u8> = settings::STATUS,
        /// What was asked for.
        get: Option<User> = settings::GET,
    }
}

message! {
    /// The user: addresses up to 14.0, accounts from 14.1. Fill in both, each version gets its own.
    #[derive(Default)]
    pub struct User {
        /// The addresses (12.0 to 14.0).
        email_addresses: Option<EmailAddresses> = settings::EMAIL_ADDRESSES where ..=Version::V14_0,
        /// The accounts (14.1).
        accounts: Vec<Account> = settings::ACCOUNTS => settings::ACCOUNT,
    }
}

message! {
    /// Addresses that lead to the user.
    #[derive(Default)]
    pub struct EmailAddresses {
        /// All of them; the primary one first.
        smtp_addresses: Vec<String> = settings::SMTP_ADDRESS,
        /// The primary one (14.1).
        primary_smtp_address: Option<String> = settings::PRIMARY_SMTP_ADDRESS,
    }
}

message! {
    /// An account that the user can send from (14.1). The first one has neither id nor name.
    #[derive(Default)]
    pub struct Account {
        /// What SendMail names it by.
        account_id: Option<String> = settings::ACCOUNT_ID,
        /// Its name.
        account_name: Option<String> = settings::ACCOUNT_NAME,
        /// The user's name in it.
        user_display_name: Option<String> = settings::USER_DISPLAY_NAME,
        /// It can't send.
        send_disabled: Option<bool> = settings::SEND_DISABLED,
        /// Its addresses.
        email_addresses: Option<EmailAddresses> = settings::EMAIL_ADDRESSES,
    }
}

message! {
    /// The rights policies that the user may apply (14.1).
    #[derive(Default)]
    pub struct RightsManagementInformation {
        /// 1, or what went wrong: 168 where there is no rights management.
        status: Option<u8> = settings::STATUS,
        /// What was asked for.
        get: Option<RightsManagementTemplates> = settings::GET,
    }
}

message! {
    /// The rights policies.
    #[derive(Default)]
    pub struct RightsManagementTemplates {
        /// Up to 20; an empty list is written too.
        templates: Option<Vec<RightsManagementTemplate>> =
            rm::RIGHTS_MANAGEMENT_TEMPLATES => rm::RIGHTS_MANAGEMENT_TEMPLATE,
    }
}

message! {
    /// One rights policy.
    #[derive(Default)]
    pub struct RightsManagementTemplate {
        /// Its id.
        template_id: String = rm::TEMPLATE_ID,
        /// Its name.
        template_name: String = rm::TEMPLATE_NAME,
        /// What it does.
        template_description: String = rm::TEMPLATE_DESCRIPTION,
    }
}
