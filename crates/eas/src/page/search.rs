//! Code page 15, `Search` ([MS-ASWBXML] 2.1.2.1.16).

super::code_page! {
    15, "Search";
    0x05 SEARCH "Search" 0b1111111;
    0x06 STORES "Stores" 0b0000000;
    0x07 STORE "Store" 0b1111111;
    0x08 NAME "Name" 0b1111111;
    0x09 QUERY "Query" 0b1111111;
    0x0A OPTIONS "Options" 0b1111111;
    0x0B RANGE "Range" 0b1111111;
    0x0C STATUS "Status" 0b1111111;
    0x0D RESPONSE "Response" 0b1111111;
    0x0E RESULT "Result" 0b1111111;
    0x0F PROPERTIES "Properties" 0b1111111;
    0x10 TOTAL "Total" 0b1111111;
    0x11 EQUAL_TO "EqualTo" 0b1111110;
    0x12 VALUE "Value" 0b1111110;
    0x13 AND "And" 0b1111110;
    0x14 OR "Or" 0b1111110;
    0x15 FREE_TEXT "FreeText" 0b1111110;
    0x17 DEEP_TRAVERSAL "DeepTraversal" 0b1111110;
    0x18 LONG_ID "LongId" 0b1111110;
    0x19 REBUILD_RESULTS "RebuildResults" 0b1111110;
    0x1A LESS_THAN "LessThan" 0b1111110;
    0x1B GREATER_THAN "GreaterThan" 0b1111110;
    0x1C SCHEMA "Schema" 0b0000000;
    0x1D SUPPORTED "Supported" 0b0000000;
    0x1E USER_NAME "UserName" 0b1111100;
    0x1F PASSWORD "Password" 0b1111100;
    0x20 CONVERSATION_ID "ConversationId" 0b1111000;
    0x21 PICTURE "Picture" 0b1110000;
    0x22 MAX_SIZE "MaxSize" 0b1110000;
    0x23 MAX_PICTURES "MaxPictures" 0b1110000;
}
