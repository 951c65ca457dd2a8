//! Code page 6, `GetItemEstimate` ([MS-ASWBXML] 2.1.2.1.7).

super::code_page! {
    6, "GetItemEstimate";
    0x05 GET_ITEM_ESTIMATE "GetItemEstimate" 0b1111111;
    0x06 VERSION "Version" 0b0000001;
    0x07 COLLECTIONS "Collections" 0b1111111;
    0x08 COLLECTION "Collection" 0b1111111;
    0x09 CLASS "Class" 0b0000111;
    0x0A COLLECTION_ID "CollectionId" 0b1111111;
    0x0B DATE_TIME "DateTime" 0b0000001;
    0x0C ESTIMATE "Estimate" 0b1111111;
    0x0D RESPONSE "Response" 0b1111111;
    0x0E STATUS "Status" 0b1111111;
}
