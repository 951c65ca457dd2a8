//! Code page 24, `RightsManagement` ([MS-ASWBXML] 2.1.2.1.25).

super::code_page! {
    24, "RightsManagement";
    0x05 RIGHTS_MANAGEMENT_SUPPORT "RightsManagementSupport" 0b1110000;
    0x06 RIGHTS_MANAGEMENT_TEMPLATES "RightsManagementTemplates" 0b1110000;
    0x07 RIGHTS_MANAGEMENT_TEMPLATE "RightsManagementTemplate" 0b1110000;
    0x08 RIGHTS_MANAGEMENT_LICENSE "RightsManagementLicense" 0b1110000;
    0x09 EDIT_ALLOWED "EditAllowed" 0b1110000;
    0x0A REPLY_ALLOWED "ReplyAllowed" 0b1110000;
    0x0B REPLY_ALL_ALLOWED "ReplyAllAllowed" 0b1110000;
    0x0C FORWARD_ALLOWED "ForwardAllowed" 0b1110000;
    0x0D MODIFY_RECIPIENTS_ALLOWED "ModifyRecipientsAllowed" 0b1110000;
    0x0E EXTRACT_ALLOWED "ExtractAllowed" 0b1110000;
    0x0F PRINT_ALLOWED "PrintAllowed" 0b1110000;
    0x10 EXPORT_ALLOWED "ExportAllowed" 0b1110000;
    0x11 PROGRAMMATIC_ACCESS_ALLOWED "ProgrammaticAccessAllowed" 0b1110000;
    0x12 OWNER "Owner" 0b1110000;
    0x13 CONTENT_EXPIRY_DATE "ContentExpiryDate" 0b1110000;
    0x14 TEMPLATE_ID "TemplateID" 0b1110000;
    0x15 TEMPLATE_NAME "TemplateName" 0b1110000;
    0x16 TEMPLATE_DESCRIPTION "TemplateDescription" 0b1110000;
    0x17 CONTENT_OWNER "ContentOwner" 0b1110000;
    0x18 REMOVE_RIGHTS_MANAGEMENT_PROTECTION "RemoveRightsManagementProtection" 0b1110000;
}
