//! Code page 20, `ItemOperations` ([MS-ASWBXML] 2.1.2.1.21).

super::code_page! {
    20, "ItemOperations";
    0x05 ITEM_OPERATIONS "ItemOperations" 0b1111110;
    0x06 FETCH "Fetch" 0b1111110;
    0x07 STORE "Store" 0b1111110;
    0x08 OPTIONS "Options" 0b1111110;
    0x09 RANGE "Range" 0b1111110;
    0x0A TOTAL "Total" 0b1111110;
    0x0B PROPERTIES "Properties" 0b1111110;
    0x0C DATA "Data" 0b1111110;
    0x0D STATUS "Status" 0b1111110;
    0x0E RESPONSE "Response" 0b1111110;
    0x0F VERSION "Version" 0b1111110;
    0x10 SCHEMA "Schema" 0b1111110;
    0x11 PART "Part" 0b1111110;
    0x12 EMPTY_FOLDER_CONTENTS "EmptyFolderContents" 0b1111110;
    0x13 DELETE_SUB_FOLDERS "DeleteSubFolders" 0b1111110;
    0x14 USER_NAME "UserName" 0b1111100;
    0x15 PASSWORD "Password" 0b1111100;
    0x16 MOVE "Move" 0b1111000;
    0x17 DST_FLD_ID "DstFldId" 0b1111000;
    0x18 CONVERSATION_ID "ConversationId" 0b1111000;
    0x19 MOVE_ALWAYS "MoveAlways" 0b1111000;
}
