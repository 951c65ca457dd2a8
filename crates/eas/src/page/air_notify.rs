//! Code page 3, `AirNotify` ([MS-ASWBXML] 2.1.2.1.4).

super::code_page! {
    3, "AirNotify";
    0x05 NOTIFY "Notify" 0b0000000;
    0x06 NOTIFICATION "Notification" 0b0000000;
    0x07 VERSION "Version" 0b0000000;
    0x08 LIFETIME "Lifetime" 0b0000000;
    0x09 DEVICE_INFO "DeviceInfo" 0b0000000;
    0x0A ENABLE "Enable" 0b0000000;
    0x0B FOLDER "Folder" 0b0000000;
    0x0C SERVER_ID "ServerId" 0b0000000;
    0x0D DEVICE_ADDRESS "DeviceAddress" 0b0000000;
    0x0E VALID_CARRIER_PROFILES "ValidCarrierProfiles" 0b0000000;
    0x0F CARRIER_PROFILE "CarrierProfile" 0b0000000;
    0x10 STATUS "Status" 0b0000000;
    0x11 RESPONSES "Responses" 0b0000000;
    0x12 DEVICES "Devices" 0b0000000;
    0x13 DEVICE "Device" 0b0000000;
    0x14 ID "Id" 0b0000000;
    0x15 EXPIRY "Expiry" 0b0000000;
    0x16 NOTIFY_GUID "NotifyGUID" 0b0000000;
    0x17 DEVICE_FRIENDLY_NAME "DeviceFriendlyName" 0b0000000;
}
