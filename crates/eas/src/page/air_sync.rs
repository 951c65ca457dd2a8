//! Code page 0, `AirSync` ([MS-ASWBXML] 2.1.2.1.1).

super::code_page! {
    0, "AirSync";
    0x05 SYNC "Sync" 0b1111111;
    0x06 RESPONSES "Responses" 0b1111111;
    0x07 ADD "Add" 0b1111111;
    0x08 CHANGE "Change" 0b1111111;
    0x09 DELETE "Delete" 0b1111111;
    0x0A FETCH "Fetch" 0b1111111;
    0x0B SYNC_KEY "SyncKey" 0b1111111;
    0x0C CLIENT_ID "ClientId" 0b1111111;
    0x0D SERVER_ID "ServerId" 0b1111111;
    0x0E STATUS "Status" 0b1111111;
    0x0F COLLECTION "Collection" 0b1111111;
    0x10 CLASS "Class" 0b1111111;
    0x11 VERSION "Version" 0b0000001;
    0x12 COLLECTION_ID "CollectionId" 0b1111111;
    0x13 GET_CHANGES "GetChanges" 0b1111111;
    0x14 MORE_AVAILABLE "MoreAvailable" 0b1111111;
    0x15 WINDOW_SIZE "WindowSize" 0b1111111;
    0x16 COMMANDS "Commands" 0b1111111;
    0x17 OPTIONS "Options" 0b1111111;
    0x18 FILTER_TYPE "FilterType" 0b1111111;
    0x19 TRUNCATION "Truncation" 0b0000001;
    0x1A RTF_TRUNCATION "RTFTruncation" 0b0000001;
    0x1B CONFLICT "Conflict" 0b1111111;
    0x1C COLLECTIONS "Collections" 0b1111111;
    0x1D APPLICATION_DATA "ApplicationData" 0b1111111;
    0x1E DELETES_AS_MOVES "DeletesAsMoves" 0b1111111;
    0x1F NOTIFY_GUID "NotifyGUID" 0b0000001;
    0x20 SUPPORTED "Supported" 0b1111111;
    0x21 SOFT_DELETE "SoftDelete" 0b1111111;
    0x22 MIME_SUPPORT "MIMESupport" 0b1111111;
    0x23 MIME_TRUNCATION "MIMETruncation" 0b1111111;
    0x24 WAIT "Wait" 0b1111100;
    0x25 LIMIT "Limit" 0b1111100;
    0x26 PARTIAL "Partial" 0b1111100;
    0x27 CONVERSATION_MODE "ConversationMode" 0b1111000;
    0x28 MAX_ITEMS "MaxItems" 0b1111000;
    0x29 HEARTBEAT_INTERVAL "HeartbeatInterval" 0b1111000;
}
