//! Code page 8, `MeetingResponse` ([MS-ASWBXML] 2.1.2.1.9).

super::code_page! {
    8, "MeetingResponse";
    0x05 CALENDAR_ID "CalendarId" 0b1111111;
    0x06 COLLECTION_ID "CollectionId" 0b1111111;
    0x07 MEETING_RESPONSE "MeetingResponse" 0b1111111;
    0x08 REQUEST_ID "RequestId" 0b1111111;
    0x09 REQUEST "Request" 0b1111111;
    0x0A RESULT "Result" 0b1111111;
    0x0B STATUS "Status" 0b1111111;
    0x0C USER_RESPONSE "UserResponse" 0b1111111;
    0x0D VERSION "Version" 0b0000001;
    0x0E INSTANCE_ID "InstanceId" 0b1110000;
    0x10 PROPOSED_START_TIME "ProposedStartTime" 0b1000000;
    0x11 PROPOSED_END_TIME "ProposedEndTime" 0b1000000;
    0x12 SEND_RESPONSE "SendResponse" 0b1100000;
}
