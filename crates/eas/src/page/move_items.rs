//! Code page 5, `Move` ([MS-ASWBXML] 2.1.2.1.6).

super::code_page! {
    5, "Move";
    0x05 MOVE_ITEMS "MoveItems" 0b1111111;
    0x06 MOVE "Move" 0b1111111;
    0x07 SRC_MSG_ID "SrcMsgId" 0b1111111;
    0x08 SRC_FLD_ID "SrcFldId" 0b1111111;
    0x09 DST_FLD_ID "DstFldId" 0b1111111;
    0x0A RESPONSE "Response" 0b1111111;
    0x0B STATUS "Status" 0b1111111;
    0x0C DST_MSG_ID "DstMsgId" 0b1111111;
}
