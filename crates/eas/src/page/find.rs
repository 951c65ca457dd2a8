//! Code page 25, `Find` ([MS-ASWBXML] 2.1.2.1.26).

super::code_page! {
    25, "Find";
    0x05 FIND "Find" 0b1000000;
    0x06 SEARCH_ID "SearchId" 0b1000000;
    0x07 EXECUTE_SEARCH "ExecuteSearch" 0b1000000;
    0x08 MAIL_BOX_SEARCH_CRITERION "MailBoxSearchCriterion" 0b1000000;
    0x09 QUERY "Query" 0b1000000;
    0x0A STATUS "Status" 0b1000000;
    0x0B FREE_TEXT "FreeText" 0b1000000;
    0x0C OPTIONS "Options" 0b1000000;
    0x0D RANGE "Range" 0b1000000;
    0x0E DEEP_TRAVERSAL "DeepTraversal" 0b1000000;
    0x11 RESPONSE "Response" 0b1000000;
    0x12 RESULT "Result" 0b1000000;
    0x13 PROPERTIES "Properties" 0b1000000;
    0x14 PREVIEW "Preview" 0b1000000;
    0x15 HAS_ATTACHMENTS "HasAttachments" 0b1000000;
    0x16 TOTAL "Total" 0b1000000;
    0x17 DISPLAY_CC "DisplayCc" 0b1000000;
    0x18 DISPLAY_BCC "DisplayBcc" 0b1000000;
    0x19 GAL_SEARCH_CRITERION "GalSearchCriterion" 0b1000000;
    0x20 MAX_PICTURES "MaxPictures" 0b1000000;
    0x21 MAX_SIZE "MaxSize" 0b1000000;
    0x22 PICTURE "Picture" 0b1000000;
}
