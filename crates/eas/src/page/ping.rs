//! Code page 13, `Ping` ([MS-ASWBXML] 2.1.2.1.14).

super::code_page! {
    13, "Ping";
    0x05 PING "Ping" 0b1111111;
    0x06 AUTD_STATE "AutdState" 0b0000001;
    0x07 STATUS "Status" 0b1111111;
    0x08 HEARTBEAT_INTERVAL "HeartbeatInterval" 0b1111111;
    0x09 FOLDERS "Folders" 0b1111111;
    0x0A FOLDER "Folder" 0b1111111;
    0x0B ID "Id" 0b1111111;
    0x0C CLASS "Class" 0b1111111;
    0x0D MAX_FOLDERS "MaxFolders" 0b1111111;
    0x0E VERSION "Version" 0b0000001;
}
