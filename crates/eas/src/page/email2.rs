//! Code page 22, `Email2` ([MS-ASWBXML] 2.1.2.1.23).

super::code_page! {
    22, "Email2";
    0x05 UM_CALLER_ID "UmCallerID" 0b1111000;
    0x06 UM_USER_NOTES "UmUserNotes" 0b1111000;
    0x07 UM_ATT_DURATION "UmAttDuration" 0b1111000;
    0x08 UM_ATT_ORDER "UmAttOrder" 0b1111000;
    0x09 CONVERSATION_ID "ConversationId" 0b1111000;
    0x0A CONVERSATION_INDEX "ConversationIndex" 0b1111000;
    0x0B LAST_VERB_EXECUTED "LastVerbExecuted" 0b1111000;
    0x0C LAST_VERB_EXECUTION_TIME "LastVerbExecutionTime" 0b1111000;
    0x0D RECEIVED_AS_BCC "ReceivedAsBcc" 0b1111000;
    0x0E SENDER "Sender" 0b1111000;
    0x0F CALENDAR_TYPE "CalendarType" 0b1111000;
    0x10 IS_LEAP_MONTH "IsLeapMonth" 0b1111000;
    0x11 ACCOUNT_ID "AccountId" 0b1110000;
    0x12 FIRST_DAY_OF_WEEK "FirstDayOfWeek" 0b1110000;
    0x13 MEETING_MESSAGE_TYPE "MeetingMessageType" 0b1110000;
    0x15 IS_DRAFT "IsDraft" 0b1100000;
    0x16 BCC "Bcc" 0b1100000;
    0x17 SEND "Send" 0b1100000;
}
