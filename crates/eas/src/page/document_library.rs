//! Code page 19, `DocumentLibrary` ([MS-ASWBXML] 2.1.2.1.20).

super::code_page! {
    19, "DocumentLibrary";
    0x05 LINK_ID "LinkId" 0b1111110;
    0x06 DISPLAY_NAME "DisplayName" 0b1111110;
    0x07 IS_FOLDER "IsFolder" 0b1111110;
    0x08 CREATION_DATE "CreationDate" 0b1111110;
    0x09 LAST_MODIFIED_DATE "LastModifiedDate" 0b1111110;
    0x0A IS_HIDDEN "IsHidden" 0b1111110;
    0x0B CONTENT_LENGTH "ContentLength" 0b1111110;
    0x0C CONTENT_TYPE "ContentType" 0b1111110;
}
