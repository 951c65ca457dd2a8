//! Code page 7, `FolderHierarchy` ([MS-ASWBXML] 2.1.2.1.8).

super::code_page! {
    7, "FolderHierarchy";
    0x05 FOLDERS "Folders" 0b0000111;
    0x06 FOLDER "Folder" 0b0000111;
    0x07 DISPLAY_NAME "DisplayName" 0b1111111;
    0x08 SERVER_ID "ServerId" 0b1111111;
    0x09 PARENT_ID "ParentId" 0b1111111;
    0x0A TYPE "Type" 0b1111111;
    0x0B RESPONSE "Response" 0b0000001;
    0x0C STATUS "Status" 0b1111111;
    0x0D CONTENT_CLASS "ContentClass" 0b0000001;
    0x0E CHANGES "Changes" 0b1111111;
    0x0F ADD "Add" 0b1111111;
    0x10 DELETE "Delete" 0b1111111;
    0x11 UPDATE "Update" 0b1111111;
    0x12 SYNC_KEY "SyncKey" 0b1111111;
    0x13 FOLDER_CREATE "FolderCreate" 0b1111111;
    0x14 FOLDER_DELETE "FolderDelete" 0b1111111;
    0x15 FOLDER_UPDATE "FolderUpdate" 0b1111111;
    0x16 FOLDER_SYNC "FolderSync" 0b1111111;
    0x17 COUNT "Count" 0b1111111;
    0x18 VERSION "Version" 0b0000001;
}
