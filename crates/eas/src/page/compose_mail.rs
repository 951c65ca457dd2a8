//! Code page 21, `ComposeMail` ([MS-ASWBXML] 2.1.2.1.22).

super::code_page! {
    21, "ComposeMail";
    0x05 SEND_MAIL "SendMail" 0b1111000;
    0x06 SMART_FORWARD "SmartForward" 0b1111000;
    0x07 SMART_REPLY "SmartReply" 0b1111000;
    0x08 SAVE_IN_SENT_ITEMS "SaveInSentItems" 0b1111000;
    0x09 REPLACE_MIME "ReplaceMime" 0b1111000;
    0x0A TYPE "Type" 0b0000000;
    0x0B SOURCE "Source" 0b1111000;
    0x0C FOLDER_ID "FolderId" 0b1111000;
    0x0D ITEM_ID "ItemId" 0b1111000;
    0x0E LONG_ID "LongId" 0b1111000;
    0x0F INSTANCE_ID "InstanceId" 0b1111000;
    0x10 MIME "Mime" 0b1111000;
    0x11 CLIENT_ID "ClientId" 0b1111000;
    0x12 STATUS "Status" 0b1111000;
    0x13 ACCOUNT_ID "AccountId" 0b1110000;
    0x15 FORWARDEES "Forwardees" 0b1100000;
    0x16 FORWARDEE "Forwardee" 0b1100000;
    0x17 NAME "Name" 0b1100000;
    0x18 EMAIL "Email" 0b1100000;
}
