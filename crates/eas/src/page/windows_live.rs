//! Code page 254, `WindowsLive`: Outlook.com only; known so that it can be skipped.

super::code_page! {
    254, "WindowsLive";
    0x05 ANNOTATIONS "Annotations" 0b0000000;
    0x06 ANNOTATION "Annotation" 0b0000000;
    0x07 NAME "Name" 0b0000000;
    0x08 VALUE "Value" 0b0000000;
}
