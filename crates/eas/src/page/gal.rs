//! Code page 16, `GAL` ([MS-ASWBXML] 2.1.2.1.17).

super::code_page! {
    16, "GAL";
    0x05 DISPLAY_NAME "DisplayName" 0b1111111;
    0x06 PHONE "Phone" 0b1111111;
    0x07 OFFICE "Office" 0b1111111;
    0x08 TITLE "Title" 0b1111111;
    0x09 COMPANY "Company" 0b1111111;
    0x0A ALIAS "Alias" 0b1111111;
    0x0B FIRST_NAME "FirstName" 0b1111111;
    0x0C LAST_NAME "LastName" 0b1111111;
    0x0D HOME_PHONE "HomePhone" 0b1111111;
    0x0E MOBILE_PHONE "MobilePhone" 0b1111111;
    0x0F EMAIL_ADDRESS "EmailAddress" 0b1111111;
    0x10 PICTURE "Picture" 0b1110000;
    0x11 STATUS "Status" 0b1110000;
    0x12 DATA "Data" 0b1110000;
}
