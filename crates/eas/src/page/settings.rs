//! Code page 18, `Settings` ([MS-ASWBXML] 2.1.2.1.19).

super::code_page! {
    18, "Settings";
    0x05 SETTINGS "Settings" 0b1111110;
    0x06 STATUS "Status" 0b1111110;
    0x07 GET "Get" 0b1111110;
    0x08 SET "Set" 0b1111110;
    0x09 OOF "Oof" 0b1111110;
    0x0A OOF_STATE "OofState" 0b1111110;
    0x0B START_TIME "StartTime" 0b1111110;
    0x0C END_TIME "EndTime" 0b1111110;
    0x0D OOF_MESSAGE "OofMessage" 0b1111110;
    0x0E APPLIES_TO_INTERNAL "AppliesToInternal" 0b1111110;
    0x0F APPLIES_TO_EXTERNAL_KNOWN "AppliesToExternalKnown" 0b1111110;
    0x10 APPLIES_TO_EXTERNAL_UNKNOWN "AppliesToExternalUnknown" 0b1111110;
    0x11 ENABLED "Enabled" 0b1111110;
    0x12 REPLY_MESSAGE "ReplyMessage" 0b1111110;
    0x13 BODY_TYPE "BodyType" 0b1111110;
    0x14 DEVICE_PASSWORD "DevicePassword" 0b1111110;
    0x15 PASSWORD "Password" 0b1111110;
    0x16 DEVICE_INFORMATION "DeviceInformation" 0b1111110;
    0x17 MODEL "Model" 0b1111110;
    0x18 IMEI "IMEI" 0b1111110;
    0x19 FRIENDLY_NAME "FriendlyName" 0b1111110;
    0x1A OS "OS" 0b1111110;
    0x1B OS_LANGUAGE "OSLanguage" 0b1111110;
    0x1C PHONE_NUMBER "PhoneNumber" 0b1111110;
    0x1D USER_INFORMATION "UserInformation" 0b1111110;
    0x1E EMAIL_ADDRESSES "EmailAddresses" 0b1111110;
    0x1F SMTP_ADDRESS "SMTPAddress" 0b1111110;
    0x20 USER_AGENT "UserAgent" 0b1111100;
    0x21 ENABLE_OUTBOUND_SMS "EnableOutboundSMS" 0b1111000;
    0x22 MOBILE_OPERATOR "MobileOperator" 0b1111000;
    0x23 PRIMARY_SMTP_ADDRESS "PrimarySmtpAddress" 0b1110000;
    0x24 ACCOUNTS "Accounts" 0b1110000;
    0x25 ACCOUNT "Account" 0b1110000;
    0x26 ACCOUNT_ID "AccountId" 0b1110000;
    0x27 ACCOUNT_NAME "AccountName" 0b1110000;
    0x28 USER_DISPLAY_NAME "UserDisplayName" 0b1110000;
    0x29 SEND_DISABLED "SendDisabled" 0b1110000;
    0x2B RIGHTS_MANAGEMENT_INFORMATION "RightsManagementInformation" 0b1110000;
}
