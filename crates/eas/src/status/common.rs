//! The common status codes, 101 to 184 ([MS-ASCMD] 2.2.2).

use std::fmt;

use crate::command::CommandName;
use crate::version::Version;

macro_rules! common {
    (@http -) => { None };
    (@http $http:literal) => { Some($http) };
    ($($code:literal $name:ident $http:tt $since:ident $meaning:literal;)*) => {
        /// A common status. Any command may answer it, in its root element or for one item.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Common {
            $(#[doc = $meaning] $name = $code,)*
        }

        impl Common {
            /// Every common status, ascending.
            pub const ALL: &[Common] = &[$(Common::$name,)*];

            /// What it says, as a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Common::$name => $meaning,)* }
            }

            /// The first version that has it.
            pub const fn since(self) -> Version {
                match self { $(Common::$name => Version::$since,)* }
            }

            const fn http(self) -> Option<u16> {
                match self { $(Common::$name => common!(@http $http),)* }
            }
        }
    };
}

// Code, name, HTTP status up to 12.1, first version, meaning.
common! {
    101 InvalidContent 400 V14_0 "The body is of the wrong type, or missing.";
    102 InvalidWBXML 400 V14_0 "The body is not WBXML.";
    103 InvalidXML 400 V14_0 "The structure is not that of the schema.";
    104 InvalidDateTime - V14_0 "A date and time is malformed.";
    105 InvalidCombinationOfIDs - V14_0 "Ids stand together that exclude each other.";
    106 InvalidIDs 400 V14_0 "An id is malformed.";
    107 InvalidMIME - V14_0 "A message is not MIME.";
    108 DeviceIdMissingOrInvalid 400 V14_0 "The device id is missing or malformed.";
    109 DeviceTypeMissingOrInvalid 400 V14_0 "The device type is missing or malformed.";
    110 ServerError 500 V14_0 "Our own trouble; the phone should not try again.";
    111 ServerErrorRetryLater 503 V14_0 "Our own trouble; the phone should try again later.";
    112 ActiveDirectoryAccessDenied 403 V14_0 "The directory refuses access.";
    113 MailboxQuotaExceeded 507 V14_0 "The mailbox is full.";
    114 MailboxServerOffline - V14_0 "The mailbox is on a server that is down.";
    115 SendQuotaExceeded - V14_0 "The user may not send so much.";
    116 MessageRecipientUnresolved - V14_0 "A recipient is unknown.";
    117 MessageReplyNotAllowed - V14_0 "The message may not be answered.";
    118 MessagePreviouslySent - V14_0 "A message with this client id was sent already.";
    119 MessageHasNoRecipient - V14_0 "The message has no recipient.";
    120 MailSubmissionFailed - V14_0 "The message could not be sent.";
    121 MessageReplyFailed - V14_0 "The answer could not be sent.";
    122 AttachmentIsTooLarge - V14_0 "An attachment is too large.";
    123 UserHasNoMailbox - V14_0 "The user has no mailbox.";
    124 UserCannotBeAnonymous - V14_0 "The user must log in.";
    125 UserPrincipalCouldNotBeFound 403 V14_0 "The user is unknown.";
    126 UserDisabledForSync 403 V14_0 "The user may not synchronise.";
    127 UserOnNewMailboxCannotSync - V14_0 "The mailbox is on a newer server, which does not take this request.";
    128 UserOnLegacyMailboxCannotSync - V14_0 "The mailbox is on an older server, which does not take this request.";
    129 DeviceIsBlockedForThisUser 403 V14_0 "The device is blocked for this user.";
    130 AccessDenied - V14_0 "Access is denied.";
    131 AccountDisabled - V14_0 "The account is disabled.";
    132 SyncStateNotFound 403 V14_0 "The synchronisation state is gone; a key error follows.";
    133 SyncStateLocked - V14_0 "The synchronisation state is locked.";
    134 SyncStateCorrupt - V14_0 "The synchronisation state is broken.";
    135 SyncStateAlreadyExists - V14_0 "The synchronisation state exists already: two initial requests at once.";
    136 SyncStateVersionInvalid - V14_0 "The synchronisation state is of another version.";
    137 CommandNotSupported 501 V14_0 "The command is not supported.";
    138 VersionNotSupported 400 V14_0 "The protocol version is not supported.";
    139 DeviceNotFullyProvisionable - V14_0 "The device applied the policy in part only, which is not accepted.";
    140 RemoteWipeRequested 449 V14_0 "A wipe is waiting: the device must come for it with Provision.";
    141 LegacyDeviceOnStrictPolicy 449 V14_0 "The device sends no policy key at all, which is not accepted.";
    142 DeviceNotProvisioned 449 V14_0 "The device must come for its policy with Provision.";
    143 PolicyRefresh 449 V14_0 "The device must come for its policy again.";
    144 InvalidPolicyKey 449 V14_0 "The policy key is another one, or the policy changed.";
    145 ExternallyManagedDevicesNotAllowed - V14_0 "Devices that others manage are not accepted.";
    146 NoRecurrenceInCalendar - V14_0 "An occurrence is named of something that does not recur.";
    147 UnexpectedItemClass 400 V14_0 "The item is of a class that this can't be done with.";
    148 RemoteServerHasNoSSL - V14_0 "The remote server has no TLS.";
    149 InvalidStoredRequest - V14_0 "The remembered request can't be used: send it in full.";
    150 ItemNotFound - V14_0 "The original of an answer or a forwarded message is gone.";
    151 TooManyFolders - V14_0 "There are too many folders.";
    152 NoFoldersFound - V14_0 "There is no folder.";
    153 ItemsLostAfterMove - V14_0 "The items were lost on the move.";
    154 FailureInMoveOperation - V14_0 "The move failed.";
    155 MoveAlwaysMissing - V14_0 "A conversation move must say `MoveAlways`.";
    156 MoveDestinationInvalid - V14_0 "A conversation can't be moved into such a folder.";
    160 AvailabilityTooManyRecipients - V14_0 "Free/busy is asked for too many.";
    161 AvailabilityListTooLarge - V14_0 "Free/busy is asked for a list that is too large.";
    162 AvailabilityTransientFailure - V14_0 "Free/busy could not be found out just now.";
    163 AvailabilityFailure - V14_0 "Free/busy could not be found out.";
    164 BodyPartPreferenceTypeNotSupported - V14_1 "A body part of such a type is not supported.";
    165 DeviceInformationRequired - V14_1 "The phone must say what it is.";
    166 InvalidAccountId - V14_1 "The account id is unknown.";
    167 AccountSendDisabled - V14_1 "That account may not send.";
    168 RightsManagementDisabled - V14_1 "There is no rights management.";
    169 RightsManagementTransientError - V14_1 "Rights management failed just now.";
    170 RightsManagementPermanentError - V14_1 "Rights management failed.";
    171 RightsManagementTemplateInvalid - V14_1 "The rights policy is unknown.";
    172 RightsManagementOperationNotPermitted - V14_1 "The rights of the message do not permit it.";
    173 NoPicture - V14_1 "There is no picture.";
    174 PictureTooLarge - V14_1 "The picture is too large.";
    175 PictureLimitReached - V14_1 "There are too many pictures.";
    176 BodyPartConversationTooLarge - V14_1 "The conversation is too large for body parts.";
    177 MaximumDevicesReached - V14_1 "The user has as many devices as are allowed.";
    178 InvalidMimeBodyCombination - V16_0 "A message and something else stand together that exclude each other.";
    179 InvalidSmartForwardParameters - V16_0 "The parameters of SmartForward make no sense.";
    183 InvalidRecipients - V16_0 "The draft has no usable recipient.";
    184 OneOrMoreExceptionsFailed - V16_0 "A series was added, some of its exceptions were not.";
}

impl Common {
    /// The number that travels.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The inverse of [`Common::code`].
    pub fn from_code(code: u8) -> Option<Common> {
        Common::ALL.iter().copied().find(|c| c.code() == code)
    }

    /// The HTTP status that says the same up to 12.1, where a status in the body does not exist yet;
    /// `None` where no such thing was ever said. 140 is 449 for a device that sent a policy key; one
    /// that sent none gets 403.
    pub const fn http_up_to_12_1(self, command: CommandName) -> Option<u16> {
        match (self, command) {
            (Common::InvalidIDs, CommandName::SendMail) => Some(500),
            (Common::SyncStateNotFound, CommandName::Provision) => Some(500),
            _ => self.http(),
        }
    }
}

impl From<Common> for u8 {
    fn from(status: Common) -> u8 {
        status.code()
    }
}

impl fmt::Display for Common {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self:?}", self.code())
    }
}
