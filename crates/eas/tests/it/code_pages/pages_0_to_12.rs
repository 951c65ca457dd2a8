//! Code pages 0 to 12.

use super::holds;

#[test]
fn page_0_air_sync() {
    // MS-ASWBXML_R10: the page and its namespace.
    holds(
        0,
        "AirSync",
        &[
            (0x05, "Sync", "2.5", "16.1"),               // MS-ASWBXML_R36
            (0x06, "Responses", "2.5", "16.1"),          // MS-ASWBXML_R37
            (0x07, "Add", "2.5", "16.1"),                // MS-ASWBXML_R38
            (0x08, "Change", "2.5", "16.1"),             // MS-ASWBXML_R39
            (0x09, "Delete", "2.5", "16.1"),             // MS-ASWBXML_R40
            (0x0A, "Fetch", "2.5", "16.1"),              // MS-ASWBXML_R41
            (0x0B, "SyncKey", "2.5", "16.1"),            // MS-ASWBXML_R42
            (0x0C, "ClientId", "2.5", "16.1"),           // MS-ASWBXML_R43
            (0x0D, "ServerId", "2.5", "16.1"),           // MS-ASWBXML_R44
            (0x0E, "Status", "2.5", "16.1"),             // MS-ASWBXML_R45
            (0x0F, "Collection", "2.5", "16.1"),         // MS-ASWBXML_R46
            (0x10, "Class", "2.5", "16.1"),              // MS-ASWBXML_R47
            (0x12, "CollectionId", "2.5", "16.1"),       // MS-ASWBXML_R48
            (0x13, "GetChanges", "2.5", "16.1"),         // MS-ASWBXML_R49
            (0x14, "MoreAvailable", "2.5", "16.1"),      // MS-ASWBXML_R50
            (0x15, "WindowSize", "2.5", "16.1"),         // MS-ASWBXML_R51
            (0x16, "Commands", "2.5", "16.1"),           // MS-ASWBXML_R52
            (0x17, "Options", "2.5", "16.1"),            // MS-ASWBXML_R53
            (0x18, "FilterType", "2.5", "16.1"),         // MS-ASWBXML_R54
            (0x1B, "Conflict", "2.5", "16.1"),           // MS-ASWBXML_R55
            (0x1C, "Collections", "2.5", "16.1"),        // MS-ASWBXML_R56
            (0x1D, "ApplicationData", "2.5", "16.1"),    // MS-ASWBXML_R57
            (0x1E, "DeletesAsMoves", "2.5", "16.1"),     // MS-ASWBXML_R58
            (0x20, "Supported", "2.5", "16.1"),          // MS-ASWBXML_R59
            (0x21, "SoftDelete", "2.5", "16.1"),         // MS-ASWBXML_R60
            (0x22, "MIMESupport", "2.5", "16.1"),        // MS-ASWBXML_R61
            (0x23, "MIMETruncation", "2.5", "16.1"),     // MS-ASWBXML_R62
            (0x24, "Wait", "12.1", "16.1"),              // MS-ASWBXML_R63
            (0x25, "Limit", "12.1", "16.1"),             // MS-ASWBXML_R64
            (0x26, "Partial", "12.1", "16.1"),           // MS-ASWBXML_R65
            (0x27, "ConversationMode", "14.0", "16.1"),  // MS-ASWBXML_R66
            (0x28, "MaxItems", "14.0", "16.1"),          // MS-ASWBXML_R68
            (0x29, "HeartbeatInterval", "14.0", "16.1"), // MS-ASWBXML_R70
        ],
    );
}

#[test]
fn page_1_contacts() {
    // MS-ASWBXML_R11: the page and its namespace.
    holds(
        1,
        "Contacts",
        &[
            (0x05, "Anniversary", "2.5", "16.1"),               // MS-ASWBXML_R73
            (0x06, "AssistantName", "2.5", "16.1"),             // MS-ASWBXML_R74
            (0x07, "AssistantPhoneNumber", "2.5", "16.1"),      // MS-ASWBXML_R75
            (0x08, "Birthday", "2.5", "16.1"),                  // MS-ASWBXML_R76
            (0x0C, "Business2PhoneNumber", "2.5", "16.1"),      // MS-ASWBXML_R77
            (0x0D, "BusinessAddressCity", "2.5", "16.1"),       // MS-ASWBXML_R78
            (0x0E, "BusinessAddressCountry", "2.5", "16.1"),    // MS-ASWBXML_R79
            (0x0F, "BusinessAddressPostalCode", "2.5", "16.1"), // MS-ASWBXML_R80
            (0x10, "BusinessAddressState", "2.5", "16.1"),      // MS-ASWBXML_R81
            (0x11, "BusinessAddressStreet", "2.5", "16.1"),     // MS-ASWBXML_R82
            (0x12, "BusinessFaxNumber", "2.5", "16.1"),         // MS-ASWBXML_R83
            (0x13, "BusinessPhoneNumber", "2.5", "16.1"),       // MS-ASWBXML_R84
            (0x14, "CarPhoneNumber", "2.5", "16.1"),            // MS-ASWBXML_R85
            (0x15, "Categories", "2.5", "16.1"),                // MS-ASWBXML_R86
            (0x16, "Category", "2.5", "16.1"),                  // MS-ASWBXML_R87
            (0x17, "Children", "2.5", "16.1"),                  // MS-ASWBXML_R88
            (0x18, "Child", "2.5", "16.1"),                     // MS-ASWBXML_R89
            (0x19, "CompanyName", "2.5", "16.1"),               // MS-ASWBXML_R90
            (0x1A, "Department", "2.5", "16.1"),                // MS-ASWBXML_R91
            (0x1B, "Email1Address", "2.5", "16.1"),             // MS-ASWBXML_R92
            (0x1C, "Email2Address", "2.5", "16.1"),             // MS-ASWBXML_R93
            (0x1D, "Email3Address", "2.5", "16.1"),             // MS-ASWBXML_R94
            (0x1E, "FileAs", "2.5", "16.1"),                    // MS-ASWBXML_R95
            (0x1F, "FirstName", "2.5", "16.1"),                 // MS-ASWBXML_R96
            (0x20, "Home2PhoneNumber", "2.5", "16.1"),          // MS-ASWBXML_R97
            (0x21, "HomeAddressCity", "2.5", "16.1"),           // MS-ASWBXML_R98
            (0x22, "HomeAddressCountry", "2.5", "16.1"),        // MS-ASWBXML_R99
            (0x23, "HomeAddressPostalCode", "2.5", "16.1"),     // MS-ASWBXML_R100
            (0x24, "HomeAddressState", "2.5", "16.1"),          // MS-ASWBXML_R101
            (0x25, "HomeAddressStreet", "2.5", "16.1"),         // MS-ASWBXML_R102
            (0x26, "HomeFaxNumber", "2.5", "16.1"),             // MS-ASWBXML_R103
            (0x27, "HomePhoneNumber", "2.5", "16.1"),           // MS-ASWBXML_R104
            (0x28, "JobTitle", "2.5", "16.1"),                  // MS-ASWBXML_R105
            (0x29, "LastName", "2.5", "16.1"),                  // MS-ASWBXML_R106
            (0x2A, "MiddleName", "2.5", "16.1"),                // MS-ASWBXML_R107
            (0x2B, "MobilePhoneNumber", "2.5", "16.1"),         // MS-ASWBXML_R108
            (0x2C, "OfficeLocation", "2.5", "16.1"),            // MS-ASWBXML_R109
            (0x2D, "OtherAddressCity", "2.5", "16.1"),          // MS-ASWBXML_R110
            (0x2E, "OtherAddressCountry", "2.5", "16.1"),       // MS-ASWBXML_R111
            (0x2F, "OtherAddressPostalCode", "2.5", "16.1"),    // MS-ASWBXML_R112
            (0x30, "OtherAddressState", "2.5", "16.1"),         // MS-ASWBXML_R113
            (0x31, "OtherAddressStreet", "2.5", "16.1"),        // MS-ASWBXML_R114
            (0x32, "PagerNumber", "2.5", "16.1"),               // MS-ASWBXML_R115
            (0x33, "RadioPhoneNumber", "2.5", "16.1"),          // MS-ASWBXML_R116
            (0x34, "Spouse", "2.5", "16.1"),                    // MS-ASWBXML_R117
            (0x35, "Suffix", "2.5", "16.1"),                    // MS-ASWBXML_R118
            (0x36, "Title", "2.5", "16.1"),                     // MS-ASWBXML_R119
            (0x37, "WebPage", "2.5", "16.1"),                   // MS-ASWBXML_R120
            (0x38, "YomiCompanyName", "2.5", "16.1"),           // MS-ASWBXML_R121
            (0x39, "YomiFirstName", "2.5", "16.1"),             // MS-ASWBXML_R122
            (0x3A, "YomiLastName", "2.5", "16.1"),              // MS-ASWBXML_R123
            (0x3C, "Picture", "2.5", "16.1"),                   // MS-ASWBXML_R124
            (0x3D, "Alias", "14.0", "16.1"),                    // MS-ASWBXML_R125
            (0x3E, "WeightedRank", "14.0", "16.1"),             // MS-ASWBXML_R127
        ],
    );
}

#[test]
fn page_2_email() {
    // MS-ASWBXML_R12: the page and its namespace.
    holds(
        2,
        "Email",
        &[
            (0x0F, "DateReceived", "2.5", "16.1"),             // MS-ASWBXML_R129
            (0x11, "DisplayTo", "2.5", "16.1"),                // MS-ASWBXML_R130
            (0x12, "Importance", "2.5", "16.1"),               // MS-ASWBXML_R131
            (0x13, "MessageClass", "2.5", "16.1"),             // MS-ASWBXML_R132
            (0x14, "Subject", "2.5", "16.1"),                  // MS-ASWBXML_R133
            (0x15, "Read", "2.5", "16.1"),                     // MS-ASWBXML_R134
            (0x16, "To", "2.5", "16.1"),                       // MS-ASWBXML_R135
            (0x17, "Cc", "2.5", "16.1"),                       // MS-ASWBXML_R136
            (0x18, "From", "2.5", "16.1"),                     // MS-ASWBXML_R137
            (0x19, "ReplyTo", "2.5", "16.1"),                  // MS-ASWBXML_R138
            (0x1A, "AllDayEvent", "2.5", "16.1"),              // MS-ASWBXML_R139
            (0x1B, "Categories", "14.0", "16.1"),              // MS-ASWBXML_R140
            (0x1C, "Category", "14.0", "16.1"),                // MS-ASWBXML_R143
            (0x1D, "DtStamp", "2.5", "16.1"),                  // MS-ASWBXML_R145
            (0x1E, "EndTime", "2.5", "16.1"),                  // MS-ASWBXML_R146
            (0x1F, "InstanceType", "2.5", "16.1"),             // MS-ASWBXML_R147
            (0x20, "BusyStatus", "2.5", "16.1"),               // MS-ASWBXML_R148
            (0x21, "Location", "2.5", "14.1"),                 // MS-ASWBXML_R149
            (0x22, "MeetingRequest", "2.5", "16.1"),           // MS-ASWBXML_R150
            (0x23, "Organizer", "2.5", "16.1"),                // MS-ASWBXML_R151
            (0x24, "RecurrenceId", "2.5", "16.1"),             // MS-ASWBXML_R152
            (0x25, "Reminder", "2.5", "16.1"),                 // MS-ASWBXML_R153
            (0x26, "ResponseRequested", "2.5", "16.1"),        // MS-ASWBXML_R154
            (0x27, "Recurrences", "2.5", "16.1"),              // MS-ASWBXML_R155
            (0x28, "Recurrence", "2.5", "16.1"),               // MS-ASWBXML_R156
            (0x29, "Type", "2.5", "16.1"),                     // MS-ASWBXML_R157
            (0x2A, "Until", "2.5", "16.1"),                    // MS-ASWBXML_R158
            (0x2B, "Occurrences", "2.5", "16.1"),              // MS-ASWBXML_R159
            (0x2C, "Interval", "2.5", "16.1"),                 // MS-ASWBXML_R160
            (0x2D, "DayOfWeek", "2.5", "16.1"),                // MS-ASWBXML_R161
            (0x2E, "DayOfMonth", "2.5", "16.1"),               // MS-ASWBXML_R162
            (0x2F, "WeekOfMonth", "2.5", "16.1"),              // MS-ASWBXML_R163
            (0x30, "MonthOfYear", "2.5", "16.1"),              // MS-ASWBXML_R164
            (0x31, "StartTime", "2.5", "16.1"),                // MS-ASWBXML_R165
            (0x32, "Sensitivity", "2.5", "16.1"),              // MS-ASWBXML_R166
            (0x33, "TimeZone", "2.5", "16.1"),                 // MS-ASWBXML_R167
            (0x34, "GlobalObjId", "2.5", "14.1"),              // MS-ASWBXML_R168
            (0x35, "ThreadTopic", "2.5", "16.1"),              // MS-ASWBXML_R169
            (0x39, "InternetCPID", "2.5", "16.1"),             // MS-ASWBXML_R170
            (0x3A, "Flag", "12.0", "16.1"),                    // MS-ASWBXML_R171
            (0x3B, "Status", "12.0", "16.1"),                  // MS-ASWBXML_R172
            (0x3C, "ContentClass", "12.0", "16.1"),            // MS-ASWBXML_R173
            (0x3D, "FlagType", "12.0", "16.1"),                // MS-ASWBXML_R174
            (0x3E, "CompleteTime", "12.0", "16.1"),            // MS-ASWBXML_R175
            (0x3F, "DisallowNewTimeProposal", "14.0", "16.1"), // MS-ASWBXML_R176
        ],
    );
}

#[test]
fn page_4_calendar() {
    // MS-ASWBXML_R14: the page and its namespace.
    holds(
        4,
        "Calendar",
        &[
            (0x05, "Timezone", "2.5", "16.1"),                   // MS-ASWBXML_R180
            (0x06, "AllDayEvent", "2.5", "16.1"),                // MS-ASWBXML_R181
            (0x07, "Attendees", "2.5", "16.1"),                  // MS-ASWBXML_R182
            (0x08, "Attendee", "2.5", "16.1"),                   // MS-ASWBXML_R183
            (0x09, "Email", "2.5", "16.1"),                      // MS-ASWBXML_R184
            (0x0A, "Name", "2.5", "16.1"),                       // MS-ASWBXML_R185
            (0x0D, "BusyStatus", "2.5", "16.1"),                 // MS-ASWBXML_R186
            (0x0E, "Categories", "2.5", "16.1"),                 // MS-ASWBXML_R187
            (0x0F, "Category", "2.5", "16.1"),                   // MS-ASWBXML_R188
            (0x11, "DtStamp", "2.5", "16.1"),                    // MS-ASWBXML_R189
            (0x12, "EndTime", "2.5", "16.1"),                    // MS-ASWBXML_R190
            (0x13, "Exception", "2.5", "16.1"),                  // MS-ASWBXML_R191
            (0x14, "Exceptions", "2.5", "16.1"),                 // MS-ASWBXML_R192
            (0x15, "Deleted", "2.5", "16.1"),                    // MS-ASWBXML_R193
            (0x16, "ExceptionStartTime", "2.5", "14.1"),         // MS-ASWBXML_R194
            (0x17, "Location", "2.5", "14.1"),                   // MS-ASWBXML_R195
            (0x18, "MeetingStatus", "2.5", "16.1"),              // MS-ASWBXML_R196
            (0x19, "OrganizerEmail", "2.5", "16.1"),             // MS-ASWBXML_R197
            (0x1A, "OrganizerName", "2.5", "16.1"),              // MS-ASWBXML_R198
            (0x1B, "Recurrence", "2.5", "16.1"),                 // MS-ASWBXML_R199
            (0x1C, "Type", "2.5", "16.1"),                       // MS-ASWBXML_R200
            (0x1D, "Until", "2.5", "16.1"),                      // MS-ASWBXML_R201
            (0x1E, "Occurrences", "2.5", "16.1"),                // MS-ASWBXML_R202
            (0x1F, "Interval", "2.5", "16.1"),                   // MS-ASWBXML_R203
            (0x20, "DayOfWeek", "2.5", "16.1"),                  // MS-ASWBXML_R204
            (0x21, "DayOfMonth", "2.5", "16.1"),                 // MS-ASWBXML_R205
            (0x22, "WeekOfMonth", "2.5", "16.1"),                // MS-ASWBXML_R206
            (0x23, "MonthOfYear", "2.5", "16.1"),                // MS-ASWBXML_R207
            (0x24, "Reminder", "2.5", "16.1"),                   // MS-ASWBXML_R208
            (0x25, "Sensitivity", "2.5", "16.1"),                // MS-ASWBXML_R209
            (0x26, "Subject", "2.5", "16.1"),                    // MS-ASWBXML_R210
            (0x27, "StartTime", "2.5", "16.1"),                  // MS-ASWBXML_R211
            (0x28, "UID", "2.5", "16.1"),                        // MS-ASWBXML_R212
            (0x29, "AttendeeStatus", "12.0", "16.1"),            // MS-ASWBXML_R213
            (0x2A, "AttendeeType", "12.0", "16.1"),              // MS-ASWBXML_R214
            (0x33, "DisallowNewTimeProposal", "14.0", "16.1"),   // MS-ASWBXML_R215
            (0x34, "ResponseRequested", "14.0", "16.1"),         // MS-ASWBXML_R217
            (0x35, "AppointmentReplyTime", "14.0", "16.1"),      // MS-ASWBXML_R218
            (0x36, "ResponseType", "14.0", "16.1"),              // MS-ASWBXML_R219
            (0x37, "CalendarType", "14.0", "16.1"),              // MS-ASWBXML_R220
            (0x38, "IsLeapMonth", "14.0", "16.1"),               // MS-ASWBXML_R221
            (0x39, "FirstDayOfWeek", "14.1", "16.1"),            // MS-ASWBXML_R222
            (0x3A, "OnlineMeetingConfLink", "14.1", "16.1"),     // MS-ASWBXML_R223
            (0x3B, "OnlineMeetingExternalLink", "14.1", "16.1"), // MS-ASWBXML_R224
            (0x3C, "ClientUid", "16.0", "16.1"),                 // MS-ASWBXML_R823
        ],
    );
}

#[test]
fn page_5_move() {
    // MS-ASWBXML_R15: the page and its namespace.
    holds(
        5,
        "Move",
        &[
            (0x05, "MoveItems", "2.5", "16.1"), // MS-ASWBXML_R234
            (0x06, "Move", "2.5", "16.1"),      // MS-ASWBXML_R235
            (0x07, "SrcMsgId", "2.5", "16.1"),  // MS-ASWBXML_R236
            (0x08, "SrcFldId", "2.5", "16.1"),  // MS-ASWBXML_R237
            (0x09, "DstFldId", "2.5", "16.1"),  // MS-ASWBXML_R238
            (0x0A, "Response", "2.5", "16.1"),  // MS-ASWBXML_R239
            (0x0B, "Status", "2.5", "16.1"),    // MS-ASWBXML_R240
            (0x0C, "DstMsgId", "2.5", "16.1"),  // MS-ASWBXML_R241
        ],
    );
}

#[test]
fn page_6_get_item_estimate() {
    // MS-ASWBXML_R16: the page and its namespace.
    holds(
        6,
        "GetItemEstimate",
        &[
            (0x05, "GetItemEstimate", "2.5", "16.1"), // MS-ASWBXML_R243
            (0x07, "Collections", "2.5", "16.1"),     // MS-ASWBXML_R245
            (0x08, "Collection", "2.5", "16.1"),      // MS-ASWBXML_R246
            (0x09, "Class", "2.5", "12.1"),           // MS-ASWBXML_R247
            (0x0A, "CollectionId", "2.5", "16.1"),    // MS-ASWBXML_R248
            (0x0C, "Estimate", "2.5", "16.1"),        // MS-ASWBXML_R250
            (0x0D, "Response", "2.5", "16.1"),        // MS-ASWBXML_R251
            (0x0E, "Status", "2.5", "16.1"),          // MS-ASWBXML_R252
        ],
    );
}

#[test]
fn page_7_folder_hierarchy() {
    // MS-ASWBXML_R17: the page and its namespace.
    holds(
        7,
        "FolderHierarchy",
        &[
            (0x05, "Folders", "2.5", "12.1"),      // MS-ASWBXML_R826
            (0x06, "Folder", "2.5", "12.1"),       // MS-ASWBXML_R827
            (0x07, "DisplayName", "2.5", "16.1"),  // MS-ASWBXML_R254
            (0x08, "ServerId", "2.5", "16.1"),     // MS-ASWBXML_R255
            (0x09, "ParentId", "2.5", "16.1"),     // MS-ASWBXML_R260
            (0x0A, "Type", "2.5", "16.1"),         // MS-ASWBXML_R261
            (0x0C, "Status", "2.5", "16.1"),       // MS-ASWBXML_R262
            (0x0E, "Changes", "2.5", "16.1"),      // MS-ASWBXML_R263
            (0x0F, "Add", "2.5", "16.1"),          // MS-ASWBXML_R264
            (0x10, "Delete", "2.5", "16.1"),       // MS-ASWBXML_R265
            (0x11, "Update", "2.5", "16.1"),       // MS-ASWBXML_R266
            (0x12, "SyncKey", "2.5", "16.1"),      // MS-ASWBXML_R267
            (0x13, "FolderCreate", "2.5", "16.1"), // MS-ASWBXML_R268
            (0x14, "FolderDelete", "2.5", "16.1"), // MS-ASWBXML_R269
            (0x15, "FolderUpdate", "2.5", "16.1"), // MS-ASWBXML_R270
            (0x16, "FolderSync", "2.5", "16.1"),   // MS-ASWBXML_R271
            (0x17, "Count", "2.5", "16.1"),        // MS-ASWBXML_R272
        ],
    );
}

#[test]
fn page_8_meeting_response() {
    // MS-ASWBXML_R18: the page and its namespace.
    holds(
        8,
        "MeetingResponse",
        &[
            (0x05, "CalendarId", "2.5", "16.1"),         // MS-ASWBXML_R273
            (0x06, "CollectionId", "2.5", "16.1"),       // MS-ASWBXML_R274
            (0x07, "MeetingResponse", "2.5", "16.1"),    // MS-ASWBXML_R275
            (0x08, "RequestId", "2.5", "16.1"),          // MS-ASWBXML_R276
            (0x09, "Request", "2.5", "16.1"),            // MS-ASWBXML_R277
            (0x0A, "Result", "2.5", "16.1"),             // MS-ASWBXML_R278
            (0x0B, "Status", "2.5", "16.1"),             // MS-ASWBXML_R279
            (0x0C, "UserResponse", "2.5", "16.1"),       // MS-ASWBXML_R280
            (0x0E, "InstanceId", "14.1", "16.1"),        // MS-ASWBXML_R281
            (0x10, "ProposedStartTime", "16.1", "16.1"), // MS-ASWBXML_R28100
            (0x11, "ProposedEndTime", "16.1", "16.1"),   // MS-ASWBXML_R28101
            (0x12, "SendResponse", "16.0", "16.1"),      // MS-ASWBXML_R828
        ],
    );
}

#[test]
fn page_9_tasks() {
    // MS-ASWBXML_R19: the page and its namespace.
    holds(
        9,
        "Tasks",
        &[
            (0x08, "Categories", "2.5", "16.1"),      // MS-ASWBXML_R282
            (0x09, "Category", "2.5", "16.1"),        // MS-ASWBXML_R283
            (0x0A, "Complete", "2.5", "16.1"),        // MS-ASWBXML_R284
            (0x0B, "DateCompleted", "2.5", "16.1"),   // MS-ASWBXML_R285
            (0x0C, "DueDate", "2.5", "16.1"),         // MS-ASWBXML_R286
            (0x0D, "UtcDueDate", "2.5", "16.1"),      // MS-ASWBXML_R287
            (0x0E, "Importance", "2.5", "16.1"),      // MS-ASWBXML_R288
            (0x0F, "Recurrence", "2.5", "16.1"),      // MS-ASWBXML_R289
            (0x10, "Type", "2.5", "16.1"),            // MS-ASWBXML_R290
            (0x11, "Start", "2.5", "16.1"),           // MS-ASWBXML_R291
            (0x12, "Until", "2.5", "16.1"),           // MS-ASWBXML_R292
            (0x13, "Occurrences", "2.5", "16.1"),     // MS-ASWBXML_R293
            (0x14, "Interval", "2.5", "16.1"),        // MS-ASWBXML_R294
            (0x15, "DayOfMonth", "2.5", "16.1"),      // MS-ASWBXML_R295
            (0x16, "DayOfWeek", "2.5", "16.1"),       // MS-ASWBXML_R296
            (0x17, "WeekOfMonth", "2.5", "16.1"),     // MS-ASWBXML_R297
            (0x18, "MonthOfYear", "2.5", "16.1"),     // MS-ASWBXML_R298
            (0x19, "Regenerate", "2.5", "16.1"),      // MS-ASWBXML_R299
            (0x1A, "DeadOccur", "2.5", "16.1"),       // MS-ASWBXML_R300
            (0x1B, "ReminderSet", "2.5", "16.1"),     // MS-ASWBXML_R301
            (0x1C, "ReminderTime", "2.5", "16.1"),    // MS-ASWBXML_R302
            (0x1D, "Sensitivity", "2.5", "16.1"),     // MS-ASWBXML_R303
            (0x1E, "StartDate", "2.5", "16.1"),       // MS-ASWBXML_R304
            (0x1F, "UtcStartDate", "2.5", "16.1"),    // MS-ASWBXML_R305
            (0x20, "Subject", "2.5", "16.1"),         // MS-ASWBXML_R306
            (0x22, "OrdinalDate", "12.0", "16.1"),    // MS-ASWBXML_R307
            (0x23, "SubOrdinalDate", "12.0", "16.1"), // MS-ASWBXML_R308
            (0x24, "CalendarType", "14.0", "16.1"),   // MS-ASWBXML_R309
            (0x25, "IsLeapMonth", "14.0", "16.1"),    // MS-ASWBXML_R310
            (0x26, "FirstDayOfWeek", "14.1", "16.1"), // MS-ASWBXML_R311
        ],
    );
}

#[test]
fn page_10_resolve_recipients() {
    // MS-ASWBXML_R20: the page and its namespace.
    holds(
        10,
        "ResolveRecipients",
        &[
            (0x05, "ResolveRecipients", "2.5", "16.1"),      // MS-ASWBXML_R312
            (0x06, "Response", "2.5", "16.1"),               // MS-ASWBXML_R313
            (0x07, "Status", "2.5", "16.1"),                 // MS-ASWBXML_R314
            (0x08, "Type", "2.5", "16.1"),                   // MS-ASWBXML_R315
            (0x09, "Recipient", "2.5", "16.1"),              // MS-ASWBXML_R316
            (0x0A, "DisplayName", "2.5", "16.1"),            // MS-ASWBXML_R317
            (0x0B, "EmailAddress", "2.5", "16.1"),           // MS-ASWBXML_R318
            (0x0C, "Certificates", "2.5", "16.1"),           // MS-ASWBXML_R319
            (0x0D, "Certificate", "2.5", "16.1"),            // MS-ASWBXML_R320
            (0x0E, "MiniCertificate", "2.5", "16.1"),        // MS-ASWBXML_R321
            (0x0F, "Options", "2.5", "16.1"),                // MS-ASWBXML_R322
            (0x10, "To", "2.5", "16.1"),                     // MS-ASWBXML_R323
            (0x11, "CertificateRetrieval", "2.5", "16.1"),   // MS-ASWBXML_R324
            (0x12, "RecipientCount", "2.5", "16.1"),         // MS-ASWBXML_R325
            (0x13, "MaxCertificates", "2.5", "16.1"),        // MS-ASWBXML_R326
            (0x14, "MaxAmbiguousRecipients", "2.5", "16.1"), // MS-ASWBXML_R327
            (0x15, "CertificateCount", "2.5", "16.1"),       // MS-ASWBXML_R328
            (0x16, "Availability", "14.0", "16.1"),          // MS-ASWBXML_R329
            (0x17, "StartTime", "14.0", "16.1"),             // MS-ASWBXML_R330
            (0x18, "EndTime", "14.0", "16.1"),               // MS-ASWBXML_R331
            (0x19, "MergedFreeBusy", "14.0", "16.1"),        // MS-ASWBXML_R332
            (0x1A, "Picture", "14.1", "16.1"),               // MS-ASWBXML_R333
            (0x1B, "MaxSize", "14.1", "16.1"),               // MS-ASWBXML_R334
            (0x1C, "Data", "14.1", "16.1"),                  // MS-ASWBXML_R335
            (0x1D, "MaxPictures", "14.1", "16.1"),           // MS-ASWBXML_R336
        ],
    );
}

#[test]
fn page_11_validate_cert() {
    // MS-ASWBXML_R21: the page and its namespace.
    holds(
        11,
        "ValidateCert",
        &[
            (0x05, "ValidateCert", "2.5", "16.1"),     // MS-ASWBXML_R524
            (0x06, "Certificates", "2.5", "16.1"),     // MS-ASWBXML_R525
            (0x07, "Certificate", "2.5", "16.1"),      // MS-ASWBXML_R526
            (0x08, "CertificateChain", "2.5", "16.1"), // MS-ASWBXML_R527
            (0x09, "CheckCRL", "2.5", "16.1"),         // MS-ASWBXML_R528
            (0x0A, "Status", "2.5", "16.1"),           // MS-ASWBXML_R529
        ],
    );
}

#[test]
fn page_12_contacts2() {
    // MS-ASWBXML_R22: the page and its namespace.
    holds(
        12,
        "Contacts2",
        &[
            (0x05, "CustomerId", "2.5", "16.1"),       // MS-ASWBXML_R531
            (0x06, "GovernmentId", "2.5", "16.1"),     // MS-ASWBXML_R532
            (0x07, "IMAddress", "2.5", "16.1"),        // MS-ASWBXML_R533
            (0x08, "IMAddress2", "2.5", "16.1"),       // MS-ASWBXML_R534
            (0x09, "IMAddress3", "2.5", "16.1"),       // MS-ASWBXML_R535
            (0x0A, "ManagerName", "2.5", "16.1"),      // MS-ASWBXML_R536
            (0x0B, "CompanyMainPhone", "2.5", "16.1"), // MS-ASWBXML_R537
            (0x0C, "AccountName", "2.5", "16.1"),      // MS-ASWBXML_R538
            (0x0D, "NickName", "2.5", "16.1"),         // MS-ASWBXML_R539
            (0x0E, "MMS", "2.5", "16.1"),              // MS-ASWBXML_R540
        ],
    );
}
