//! Code page 12, `Contacts2` ([MS-ASWBXML] 2.1.2.1.13).

super::code_page! {
    12, "Contacts2";
    0x05 CUSTOMER_ID "CustomerId" 0b1111111;
    0x06 GOVERNMENT_ID "GovernmentId" 0b1111111;
    0x07 IM_ADDRESS "IMAddress" 0b1111111;
    0x08 IM_ADDRESS2 "IMAddress2" 0b1111111;
    0x09 IM_ADDRESS3 "IMAddress3" 0b1111111;
    0x0A MANAGER_NAME "ManagerName" 0b1111111;
    0x0B COMPANY_MAIN_PHONE "CompanyMainPhone" 0b1111111;
    0x0C ACCOUNT_NAME "AccountName" 0b1111111;
    0x0D NICK_NAME "NickName" 0b1111111;
    0x0E MMS "MMS" 0b1111111;
}
