//! Code page 17, `AirSyncBase` ([MS-ASWBXML] 2.1.2.1.18).

super::code_page! {
    17, "AirSyncBase";
    0x05 BODY_PREFERENCE "BodyPreference" 0b1111110;
    0x06 TYPE "Type" 0b1111110;
    0x07 TRUNCATION_SIZE "TruncationSize" 0b1111110;
    0x08 ALL_OR_NONE "AllOrNone" 0b1111110;
    0x0A BODY "Body" 0b1111110;
    0x0B DATA "Data" 0b1111110;
    0x0C ESTIMATED_DATA_SIZE "EstimatedDataSize" 0b1111110;
    0x0D TRUNCATED "Truncated" 0b1111110;
    0x0E ATTACHMENTS "Attachments" 0b1111110;
    0x0F ATTACHMENT "Attachment" 0b1111110;
    0x10 DISPLAY_NAME "DisplayName" 0b1111110;
    0x11 FILE_REFERENCE "FileReference" 0b1111110;
    0x12 METHOD "Method" 0b1111110;
    0x13 CONTENT_ID "ContentId" 0b1111110;
    0x14 CONTENT_LOCATION "ContentLocation" 0b1111110;
    0x15 IS_INLINE "IsInline" 0b1111110;
    0x16 NATIVE_BODY_TYPE "NativeBodyType" 0b1111110;
    0x17 CONTENT_TYPE "ContentType" 0b1111110;
    0x18 PREVIEW "Preview" 0b1111000;
    0x19 BODY_PART_PREFERENCE "BodyPartPreference" 0b1110000;
    0x1A BODY_PART "BodyPart" 0b1110000;
    0x1B STATUS "Status" 0b1110000;
    0x1C ADD "Add" 0b1100000;
    0x1D DELETE "Delete" 0b1100000;
    0x1E CLIENT_ID "ClientId" 0b1100000;
    0x1F CONTENT "Content" 0b1100000;
    0x20 LOCATION "Location" 0b1100000;
    0x21 ANNOTATION "Annotation" 0b1100000;
    0x22 STREET "Street" 0b1100000;
    0x23 CITY "City" 0b1100000;
    0x24 STATE "State" 0b1100000;
    0x25 COUNTRY "Country" 0b1100000;
    0x26 POSTAL_CODE "PostalCode" 0b1100000;
    0x27 LATITUDE "Latitude" 0b1100000;
    0x28 LONGITUDE "Longitude" 0b1100000;
    0x29 ACCURACY "Accuracy" 0b1100000;
    0x2A ALTITUDE "Altitude" 0b1100000;
    0x2B ALTITUDE_ACCURACY "AltitudeAccuracy" 0b1100000;
    0x2C LOCATION_URI "LocationUri" 0b1100000;
    0x2D INSTANCE_ID "InstanceId" 0b1100000;
}
