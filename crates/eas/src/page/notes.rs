//! Code page 23, `Notes` ([MS-ASWBXML] 2.1.2.1.24).

super::code_page! {
    23, "Notes";
    0x05 SUBJECT "Subject" 0b1111000;
    0x06 MESSAGE_CLASS "MessageClass" 0b1111000;
    0x07 LAST_MODIFIED_DATE "LastModifiedDate" 0b1111000;
    0x08 CATEGORIES "Categories" 0b1111000;
    0x09 CATEGORY "Category" 0b1111000;
}
