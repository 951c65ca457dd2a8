//! Code pages 13 to 25.

use super::holds;

#[test]
fn page_13_ping() {
    // MS-ASWBXML_R23: the page and its namespace.
    holds(
        13,
        "Ping",
        &[
            (0x05, "Ping", "2.5", "16.1"),              // MS-ASWBXML_R543
            (0x07, "Status", "2.5", "16.1"),            // MS-ASWBXML_R545
            (0x08, "HeartbeatInterval", "2.5", "16.1"), // MS-ASWBXML_R546
            (0x09, "Folders", "2.5", "16.1"),           // MS-ASWBXML_R547
            (0x0A, "Folder", "2.5", "16.1"),            // MS-ASWBXML_R548
            (0x0B, "Id", "2.5", "16.1"),                // MS-ASWBXML_R549
            (0x0C, "Class", "2.5", "16.1"),             // MS-ASWBXML_R550
            (0x0D, "MaxFolders", "2.5", "16.1"),        // MS-ASWBXML_R551
        ],
    );
}

#[test]
fn page_14_provision() {
    // MS-ASWBXML_R24: the page and its namespace.
    holds(
        14,
        "Provision",
        &[
            (0x05, "Provision", "2.5", "16.1"),              // MS-ASWBXML_R337
            (0x06, "Policies", "2.5", "16.1"),               // MS-ASWBXML_R338
            (0x07, "Policy", "2.5", "16.1"),                 // MS-ASWBXML_R339
            (0x08, "PolicyType", "2.5", "16.1"),             // MS-ASWBXML_R340
            (0x09, "PolicyKey", "2.5", "16.1"),              // MS-ASWBXML_R341
            (0x0A, "Data", "2.5", "16.1"),                   // MS-ASWBXML_R342
            (0x0B, "Status", "2.5", "16.1"),                 // MS-ASWBXML_R343
            (0x0C, "RemoteWipe", "2.5", "16.1"),             // MS-ASWBXML_R344
            (0x0D, "EASProvisionDoc", "12.0", "16.1"),       // MS-ASWBXML_R345
            (0x0E, "DevicePasswordEnabled", "12.0", "16.1"), // MS-ASWBXML_R346
            (0x0F, "AlphanumericDevicePasswordRequired", "12.0", "16.1"), // MS-ASWBXML_R347
            (0x10, "RequireStorageCardEncryption", "12.1", "16.1"), // MS-ASWBXML_R349
            (0x11, "PasswordRecoveryEnabled", "12.0", "16.1"), // MS-ASWBXML_R350
            (0x13, "AttachmentsEnabled", "12.0", "16.1"),    // MS-ASWBXML_R351
            (0x14, "MinDevicePasswordLength", "12.0", "16.1"), // MS-ASWBXML_R352
            (0x15, "MaxInactivityTimeDeviceLock", "12.0", "16.1"), // MS-ASWBXML_R353
            (0x16, "MaxDevicePasswordFailedAttempts", "12.0", "16.1"), // MS-ASWBXML_R354
            (0x17, "MaxAttachmentSize", "12.0", "16.1"),     // MS-ASWBXML_R355
            (0x18, "AllowSimpleDevicePassword", "12.0", "16.1"), // MS-ASWBXML_R356
            (0x19, "DevicePasswordExpiration", "12.0", "16.1"), // MS-ASWBXML_R357
            (0x1A, "DevicePasswordHistory", "12.0", "16.1"), // MS-ASWBXML_R358
            (0x1B, "AllowStorageCard", "12.1", "16.1"),      // MS-ASWBXML_R359
            (0x1C, "AllowCamera", "12.1", "16.1"),           // MS-ASWBXML_R360
            (0x1D, "RequireDeviceEncryption", "12.1", "16.1"), // MS-ASWBXML_R361
            (0x1E, "AllowUnsignedApplications", "12.1", "16.1"), // MS-ASWBXML_R362
            (0x1F, "AllowUnsignedInstallationPackages", "12.1", "16.1"), // MS-ASWBXML_R363
            (0x20, "MinDevicePasswordComplexCharacters", "12.1", "16.1"), // MS-ASWBXML_R364
            (0x21, "AllowWiFi", "12.1", "16.1"),             // MS-ASWBXML_R365
            (0x22, "AllowTextMessaging", "12.1", "16.1"),    // MS-ASWBXML_R366
            (0x23, "AllowPOPIMAPEmail", "12.1", "16.1"),     // MS-ASWBXML_R367
            (0x24, "AllowBluetooth", "12.1", "16.1"),        // MS-ASWBXML_R368
            (0x25, "AllowIrDA", "12.1", "16.1"),             // MS-ASWBXML_R369
            (0x26, "RequireManualSyncWhenRoaming", "12.1", "16.1"), // MS-ASWBXML_R370
            (0x27, "AllowDesktopSync", "12.1", "16.1"),      // MS-ASWBXML_R371
            (0x28, "MaxCalendarAgeFilter", "12.1", "16.1"),  // MS-ASWBXML_R372
            (0x29, "AllowHTMLEmail", "12.1", "16.1"),        // MS-ASWBXML_R373
            (0x2A, "MaxEmailAgeFilter", "12.1", "16.1"),     // MS-ASWBXML_R374
            (0x2B, "MaxEmailBodyTruncationSize", "12.1", "16.1"), // MS-ASWBXML_R375
            (0x2C, "MaxEmailHTMLBodyTruncationSize", "12.1", "16.1"), // MS-ASWBXML_R376
            (0x2D, "RequireSignedSMIMEMessages", "12.1", "16.1"), // MS-ASWBXML_R377
            (0x2E, "RequireEncryptedSMIMEMessages", "12.1", "16.1"), // MS-ASWBXML_R378
            (0x2F, "RequireSignedSMIMEAlgorithm", "12.1", "16.1"), // MS-ASWBXML_R379
            (0x30, "RequireEncryptionSMIMEAlgorithm", "12.1", "16.1"), // MS-ASWBXML_R380
            (0x31, "AllowSMIMEEncryptionAlgorithmNegotiation", "12.1", "16.1"), // MS-ASWBXML_R381
            (0x32, "AllowSMIMESoftCerts", "12.1", "16.1"),   // MS-ASWBXML_R382
            (0x33, "AllowBrowser", "12.1", "16.1"),          // MS-ASWBXML_R383
            (0x34, "AllowConsumerEmail", "12.1", "16.1"),    // MS-ASWBXML_R384
            (0x35, "AllowRemoteDesktop", "12.1", "16.1"),    // MS-ASWBXML_R385
            (0x36, "AllowInternetSharing", "12.1", "16.1"),  // MS-ASWBXML_R386
            (0x37, "UnapprovedInROMApplicationList", "12.1", "16.1"), // MS-ASWBXML_R387
            (0x38, "ApplicationName", "12.1", "16.1"),       // MS-ASWBXML_R388
            (0x39, "ApprovedApplicationList", "12.1", "16.1"), // MS-ASWBXML_R389
            (0x3A, "Hash", "12.1", "16.1"),                  // MS-ASWBXML_R390
            (0x3B, "AccountOnlyRemoteWipe", "16.1", "16.1"), // MS-ASWBXML_R3910
        ],
    );
}

#[test]
fn page_15_search() {
    // MS-ASWBXML_R25: the page and its namespace.
    holds(
        15,
        "Search",
        &[
            (0x05, "Search", "2.5", "16.1"),          // MS-ASWBXML_R397
            (0x07, "Store", "2.5", "16.1"),           // MS-ASWBXML_R398
            (0x08, "Name", "2.5", "16.1"),            // MS-ASWBXML_R399
            (0x09, "Query", "2.5", "16.1"),           // MS-ASWBXML_R400
            (0x0A, "Options", "2.5", "16.1"),         // MS-ASWBXML_R401
            (0x0B, "Range", "2.5", "16.1"),           // MS-ASWBXML_R402
            (0x0C, "Status", "2.5", "16.1"),          // MS-ASWBXML_R403
            (0x0D, "Response", "2.5", "16.1"),        // MS-ASWBXML_R404
            (0x0E, "Result", "2.5", "16.1"),          // MS-ASWBXML_R405
            (0x0F, "Properties", "2.5", "16.1"),      // MS-ASWBXML_R406
            (0x10, "Total", "2.5", "16.1"),           // MS-ASWBXML_R407
            (0x11, "EqualTo", "12.0", "16.1"),        // MS-ASWBXML_R408
            (0x12, "Value", "12.0", "16.1"),          // MS-ASWBXML_R409
            (0x13, "And", "12.0", "16.1"),            // MS-ASWBXML_R410
            (0x14, "Or", "12.0", "16.1"),             // MS-ASWBXML_R411
            (0x15, "FreeText", "12.0", "16.1"),       // MS-ASWBXML_R413
            (0x17, "DeepTraversal", "12.0", "16.1"),  // MS-ASWBXML_R414
            (0x18, "LongId", "12.0", "16.1"),         // MS-ASWBXML_R415
            (0x19, "RebuildResults", "12.0", "16.1"), // MS-ASWBXML_R416
            (0x1A, "LessThan", "12.0", "16.1"),       // MS-ASWBXML_R417
            (0x1B, "GreaterThan", "12.0", "16.1"),    // MS-ASWBXML_R418
            (0x1E, "UserName", "12.1", "16.1"),       // MS-ASWBXML_R419
            (0x1F, "Password", "12.1", "16.1"),       // MS-ASWBXML_R420
            (0x20, "ConversationId", "14.0", "16.1"), // MS-ASWBXML_R421
            (0x21, "Picture", "14.1", "16.1"),        // MS-ASWBXML_R422
            (0x22, "MaxSize", "14.1", "16.1"),        // MS-ASWBXML_R426
            (0x23, "MaxPictures", "14.1", "16.1"),    // MS-ASWBXML_R427
        ],
    );
}

#[test]
fn page_16_gal() {
    // MS-ASWBXML_R26: the page and its namespace.
    holds(
        16,
        "GAL",
        &[
            (0x05, "DisplayName", "2.5", "16.1"),  // MS-ASWBXML_R430
            (0x06, "Phone", "2.5", "16.1"),        // MS-ASWBXML_R431
            (0x07, "Office", "2.5", "16.1"),       // MS-ASWBXML_R432
            (0x08, "Title", "2.5", "16.1"),        // MS-ASWBXML_R433
            (0x09, "Company", "2.5", "16.1"),      // MS-ASWBXML_R434
            (0x0A, "Alias", "2.5", "16.1"),        // MS-ASWBXML_R435
            (0x0B, "FirstName", "2.5", "16.1"),    // MS-ASWBXML_R436
            (0x0C, "LastName", "2.5", "16.1"),     // MS-ASWBXML_R437
            (0x0D, "HomePhone", "2.5", "16.1"),    // MS-ASWBXML_R438
            (0x0E, "MobilePhone", "2.5", "16.1"),  // MS-ASWBXML_R439
            (0x0F, "EmailAddress", "2.5", "16.1"), // MS-ASWBXML_R440
            (0x10, "Picture", "14.1", "16.1"),     // MS-ASWBXML_R441
            (0x11, "Status", "14.1", "16.1"),      // MS-ASWBXML_R442
            (0x12, "Data", "14.1", "16.1"),        // MS-ASWBXML_R443
        ],
    );
}

#[test]
fn page_17_air_sync_base() {
    // MS-ASWBXML_R27: the page and its namespace.
    holds(
        17,
        "AirSyncBase",
        &[
            (0x05, "BodyPreference", "12.0", "16.1"),     // MS-ASWBXML_R448
            (0x06, "Type", "12.0", "16.1"),               // MS-ASWBXML_R449
            (0x07, "TruncationSize", "12.0", "16.1"),     // MS-ASWBXML_R450
            (0x08, "AllOrNone", "12.0", "16.1"),          // MS-ASWBXML_R451
            (0x0A, "Body", "12.0", "16.1"),               // MS-ASWBXML_R452
            (0x0B, "Data", "12.0", "16.1"),               // MS-ASWBXML_R453
            (0x0C, "EstimatedDataSize", "12.0", "16.1"),  // MS-ASWBXML_R454
            (0x0D, "Truncated", "12.0", "16.1"),          // MS-ASWBXML_R455
            (0x0E, "Attachments", "12.0", "16.1"),        // MS-ASWBXML_R456
            (0x0F, "Attachment", "12.0", "16.1"),         // MS-ASWBXML_R457
            (0x10, "DisplayName", "12.0", "16.1"),        // MS-ASWBXML_R458
            (0x11, "FileReference", "12.0", "16.1"),      // MS-ASWBXML_R459
            (0x12, "Method", "12.0", "16.1"),             // MS-ASWBXML_R460
            (0x13, "ContentId", "12.0", "16.1"),          // MS-ASWBXML_R461
            (0x14, "ContentLocation", "12.0", "16.1"),    // MS-ASWBXML_R462
            (0x15, "IsInline", "12.0", "16.1"),           // MS-ASWBXML_R463
            (0x16, "NativeBodyType", "12.0", "16.1"),     // MS-ASWBXML_R464
            (0x17, "ContentType", "12.0", "16.1"),        // MS-ASWBXML_R465
            (0x18, "Preview", "14.0", "16.1"),            // MS-ASWBXML_R466
            (0x19, "BodyPartPreference", "14.1", "16.1"), // MS-ASWBXML_R467
            (0x1A, "BodyPart", "14.1", "16.1"),           // MS-ASWBXML_R468
            (0x1B, "Status", "14.1", "16.1"),             // MS-ASWBXML_R469
            (0x1C, "Add", "16.0", "16.1"),                // MS-ASWBXML_R829
            (0x1D, "Delete", "16.0", "16.1"),             // MS-ASWBXML_R830
            (0x1E, "ClientId", "16.0", "16.1"),           // MS-ASWBXML_R831
            (0x1F, "Content", "16.0", "16.1"),            // MS-ASWBXML_R832
            (0x20, "Location", "16.0", "16.1"),           // MS-ASWBXML_R833
            (0x21, "Annotation", "16.0", "16.1"),         // MS-ASWBXML_R834
            (0x22, "Street", "16.0", "16.1"),             // MS-ASWBXML_R835
            (0x23, "City", "16.0", "16.1"),               // MS-ASWBXML_R836
            (0x24, "State", "16.0", "16.1"),              // MS-ASWBXML_R837
            (0x25, "Country", "16.0", "16.1"),            // MS-ASWBXML_R838
            (0x26, "PostalCode", "16.0", "16.1"),         // MS-ASWBXML_R839
            (0x27, "Latitude", "16.0", "16.1"),           // MS-ASWBXML_R840
            (0x28, "Longitude", "16.0", "16.1"),          // MS-ASWBXML_R841
            (0x29, "Accuracy", "16.0", "16.1"),           // MS-ASWBXML_R842
            (0x2A, "Altitude", "16.0", "16.1"),           // MS-ASWBXML_R843
            (0x2B, "AltitudeAccuracy", "16.0", "16.1"),   // MS-ASWBXML_R844
            (0x2C, "LocationUri", "16.0", "16.1"),        // MS-ASWBXML_R845
            (0x2D, "InstanceId", "16.0", "16.1"),         // MS-ASWBXML_R846
        ],
    );
}

#[test]
fn page_18_settings() {
    // MS-ASWBXML_R28: the page and its namespace.
    holds(
        18,
        "Settings",
        &[
            (0x05, "Settings", "12.0", "16.1"),                    // MS-ASWBXML_R475
            (0x06, "Status", "12.0", "16.1"),                      // MS-ASWBXML_R476
            (0x07, "Get", "12.0", "16.1"),                         // MS-ASWBXML_R477
            (0x08, "Set", "12.0", "16.1"),                         // MS-ASWBXML_R478
            (0x09, "Oof", "12.0", "16.1"),                         // MS-ASWBXML_R479
            (0x0A, "OofState", "12.0", "16.1"),                    // MS-ASWBXML_R480
            (0x0B, "StartTime", "12.0", "16.1"),                   // MS-ASWBXML_R481
            (0x0C, "EndTime", "12.0", "16.1"),                     // MS-ASWBXML_R482
            (0x0D, "OofMessage", "12.0", "16.1"),                  // MS-ASWBXML_R483
            (0x0E, "AppliesToInternal", "12.0", "16.1"),           // MS-ASWBXML_R484
            (0x0F, "AppliesToExternalKnown", "12.0", "16.1"),      // MS-ASWBXML_R485
            (0x10, "AppliesToExternalUnknown", "12.0", "16.1"),    // MS-ASWBXML_R486
            (0x11, "Enabled", "12.0", "16.1"),                     // MS-ASWBXML_R487
            (0x12, "ReplyMessage", "12.0", "16.1"),                // MS-ASWBXML_R488
            (0x13, "BodyType", "12.0", "16.1"),                    // MS-ASWBXML_R489
            (0x14, "DevicePassword", "12.0", "16.1"),              // MS-ASWBXML_R490
            (0x15, "Password", "12.0", "16.1"),                    // MS-ASWBXML_R491
            (0x16, "DeviceInformation", "12.0", "16.1"),           // MS-ASWBXML_R492
            (0x17, "Model", "12.0", "16.1"),                       // MS-ASWBXML_R493
            (0x18, "IMEI", "12.0", "16.1"),                        // MS-ASWBXML_R494
            (0x19, "FriendlyName", "12.0", "16.1"),                // MS-ASWBXML_R495
            (0x1A, "OS", "12.0", "16.1"),                          // MS-ASWBXML_R496
            (0x1B, "OSLanguage", "12.0", "16.1"),                  // MS-ASWBXML_R497
            (0x1C, "PhoneNumber", "12.0", "16.1"),                 // MS-ASWBXML_R498
            (0x1D, "UserInformation", "12.0", "16.1"),             // MS-ASWBXML_R499
            (0x1E, "EmailAddresses", "12.0", "16.1"),              // MS-ASWBXML_R500
            (0x1F, "SMTPAddress", "12.0", "16.1"),                 // MS-ASWBXML_R501
            (0x20, "UserAgent", "12.1", "16.1"),                   // MS-ASWBXML_R502
            (0x21, "EnableOutboundSMS", "14.0", "16.1"),           // MS-ASWBXML_R503
            (0x22, "MobileOperator", "14.0", "16.1"),              // MS-ASWBXML_R504
            (0x23, "PrimarySmtpAddress", "14.1", "16.1"),          // MS-ASWBXML_R505
            (0x24, "Accounts", "14.1", "16.1"),                    // MS-ASWBXML_R506
            (0x25, "Account", "14.1", "16.1"),                     // MS-ASWBXML_R507
            (0x26, "AccountId", "14.1", "16.1"),                   // MS-ASWBXML_R508
            (0x27, "AccountName", "14.1", "16.1"),                 // MS-ASWBXML_R509
            (0x28, "UserDisplayName", "14.1", "16.1"),             // MS-ASWBXML_R510
            (0x29, "SendDisabled", "14.1", "16.1"),                // MS-ASWBXML_R511
            (0x2B, "RightsManagementInformation", "14.1", "16.1"), // MS-ASWBXML_R512
        ],
    );
}

#[test]
fn page_19_document_library() {
    // MS-ASWBXML_R29: the page and its namespace.
    holds(
        19,
        "DocumentLibrary",
        &[
            (0x05, "LinkId", "12.0", "16.1"),           // MS-ASWBXML_R554
            (0x06, "DisplayName", "12.0", "16.1"),      // MS-ASWBXML_R555
            (0x07, "IsFolder", "12.0", "16.1"),         // MS-ASWBXML_R556
            (0x08, "CreationDate", "12.0", "16.1"),     // MS-ASWBXML_R557
            (0x09, "LastModifiedDate", "12.0", "16.1"), // MS-ASWBXML_R558
            (0x0A, "IsHidden", "12.0", "16.1"),         // MS-ASWBXML_R559
            (0x0B, "ContentLength", "12.0", "16.1"),    // MS-ASWBXML_R560
            (0x0C, "ContentType", "12.0", "16.1"),      // MS-ASWBXML_R561
        ],
    );
}

#[test]
fn page_20_item_operations() {
    // MS-ASWBXML_R30: the page and its namespace.
    holds(
        20,
        "ItemOperations",
        &[
            (0x05, "ItemOperations", "12.0", "16.1"),      // MS-ASWBXML_R563
            (0x06, "Fetch", "12.0", "16.1"),               // MS-ASWBXML_R564
            (0x07, "Store", "12.0", "16.1"),               // MS-ASWBXML_R565
            (0x08, "Options", "12.0", "16.1"),             // MS-ASWBXML_R566
            (0x09, "Range", "12.0", "16.1"),               // MS-ASWBXML_R567
            (0x0A, "Total", "12.0", "16.1"),               // MS-ASWBXML_R568
            (0x0B, "Properties", "12.0", "16.1"),          // MS-ASWBXML_R569
            (0x0C, "Data", "12.0", "16.1"),                // MS-ASWBXML_R570
            (0x0D, "Status", "12.0", "16.1"),              // MS-ASWBXML_R571
            (0x0E, "Response", "12.0", "16.1"),            // MS-ASWBXML_R572
            (0x0F, "Version", "12.0", "16.1"),             // MS-ASWBXML_R573
            (0x10, "Schema", "12.0", "16.1"),              // MS-ASWBXML_R574
            (0x11, "Part", "12.0", "16.1"),                // MS-ASWBXML_R575
            (0x12, "EmptyFolderContents", "12.0", "16.1"), // MS-ASWBXML_R576
            (0x13, "DeleteSubFolders", "12.0", "16.1"),    // MS-ASWBXML_R577
            (0x14, "UserName", "12.1", "16.1"),            // MS-ASWBXML_R578
            (0x15, "Password", "12.1", "16.1"),            // MS-ASWBXML_R579
            (0x16, "Move", "14.0", "16.1"),                // MS-ASWBXML_R580
            (0x17, "DstFldId", "14.0", "16.1"),            // MS-ASWBXML_R581
            (0x18, "ConversationId", "14.0", "16.1"),      // MS-ASWBXML_R582
            (0x19, "MoveAlways", "14.0", "16.1"),          // MS-ASWBXML_R583
        ],
    );
}

#[test]
fn page_21_compose_mail() {
    // MS-ASWBXML_R31: the page and its namespace.
    holds(
        21,
        "ComposeMail",
        &[
            (0x05, "SendMail", "14.0", "16.1"),        // MS-ASWBXML_R589
            (0x06, "SmartForward", "14.0", "16.1"),    // MS-ASWBXML_R590
            (0x07, "SmartReply", "14.0", "16.1"),      // MS-ASWBXML_R591
            (0x08, "SaveInSentItems", "14.0", "16.1"), // MS-ASWBXML_R592
            (0x09, "ReplaceMime", "14.0", "16.1"),     // MS-ASWBXML_R593
            (0x0B, "Source", "14.0", "16.1"),          // MS-ASWBXML_R594
            (0x0C, "FolderId", "14.0", "16.1"),        // MS-ASWBXML_R595
            (0x0D, "ItemId", "14.0", "16.1"),          // MS-ASWBXML_R596
            (0x0E, "LongId", "14.0", "16.1"),          // MS-ASWBXML_R597
            (0x0F, "InstanceId", "14.0", "16.1"),      // MS-ASWBXML_R598
            (0x10, "Mime", "14.0", "16.1"),            // MS-ASWBXML_R599
            (0x11, "ClientId", "14.0", "16.1"),        // MS-ASWBXML_R600
            (0x12, "Status", "14.0", "16.1"),          // MS-ASWBXML_R601
            (0x13, "AccountId", "14.1", "16.1"),       // MS-ASWBXML_R602
            (0x15, "Forwardees", "16.0", "16.1"),      // MS-ASWBXML_R847
            (0x16, "Forwardee", "16.0", "16.1"),       // MS-ASWBXML_R848
            (0x17, "Name", "16.0", "16.1"),            // MS-ASWBXML_R849
            (0x18, "Email", "16.0", "16.1"),           // MS-ASWBXML_R850
        ],
    );
}

#[test]
fn page_22_email2() {
    // MS-ASWBXML_R32: the page and its namespace.
    holds(
        22,
        "Email2",
        &[
            (0x05, "UmCallerID", "14.0", "16.1"),            // MS-ASWBXML_R606
            (0x06, "UmUserNotes", "14.0", "16.1"),           // MS-ASWBXML_R607
            (0x07, "UmAttDuration", "14.0", "16.1"),         // MS-ASWBXML_R608
            (0x08, "UmAttOrder", "14.0", "16.1"),            // MS-ASWBXML_R609
            (0x09, "ConversationId", "14.0", "16.1"),        // MS-ASWBXML_R610
            (0x0A, "ConversationIndex", "14.0", "16.1"),     // MS-ASWBXML_R611
            (0x0B, "LastVerbExecuted", "14.0", "16.1"),      // MS-ASWBXML_R612
            (0x0C, "LastVerbExecutionTime", "14.0", "16.1"), // MS-ASWBXML_R613
            (0x0D, "ReceivedAsBcc", "14.0", "16.1"),         // MS-ASWBXML_R614
            (0x0E, "Sender", "14.0", "16.1"),                // MS-ASWBXML_R615
            (0x0F, "CalendarType", "14.0", "16.1"),          // MS-ASWBXML_R616
            (0x10, "IsLeapMonth", "14.0", "16.1"),           // MS-ASWBXML_R617
            (0x11, "AccountId", "14.1", "16.1"),             // MS-ASWBXML_R618
            (0x12, "FirstDayOfWeek", "14.1", "16.1"),        // MS-ASWBXML_R619
            (0x13, "MeetingMessageType", "14.1", "16.1"),    // MS-ASWBXML_R620
            (0x15, "IsDraft", "16.0", "16.1"),               // MS-ASWBXML_R851
            (0x16, "Bcc", "16.0", "16.1"),                   // MS-ASWBXML_R852
            (0x17, "Send", "16.0", "16.1"),                  // MS-ASWBXML_R853
        ],
    );
}

#[test]
fn page_23_notes() {
    // MS-ASWBXML_R33: the page and its namespace.
    holds(
        23,
        "Notes",
        &[
            (0x05, "Subject", "14.0", "16.1"),          // MS-ASWBXML_R626
            (0x06, "MessageClass", "14.0", "16.1"),     // MS-ASWBXML_R627
            (0x07, "LastModifiedDate", "14.0", "16.1"), // MS-ASWBXML_R628
            (0x08, "Categories", "14.0", "16.1"),       // MS-ASWBXML_R629
            (0x09, "Category", "14.0", "16.1"),         // MS-ASWBXML_R630
        ],
    );
}

#[test]
fn page_24_rights_management() {
    // MS-ASWBXML_R34: the page and its namespace.
    holds(
        24,
        "RightsManagement",
        &[
            (0x05, "RightsManagementSupport", "14.1", "16.1"), // MS-ASWBXML_R632
            (0x06, "RightsManagementTemplates", "14.1", "16.1"), // MS-ASWBXML_R633
            (0x07, "RightsManagementTemplate", "14.1", "16.1"), // MS-ASWBXML_R634
            (0x08, "RightsManagementLicense", "14.1", "16.1"), // MS-ASWBXML_R635
            (0x09, "EditAllowed", "14.1", "16.1"),             // MS-ASWBXML_R636
            (0x0A, "ReplyAllowed", "14.1", "16.1"),            // MS-ASWBXML_R637
            (0x0B, "ReplyAllAllowed", "14.1", "16.1"),         // MS-ASWBXML_R638
            (0x0C, "ForwardAllowed", "14.1", "16.1"),          // MS-ASWBXML_R639
            (0x0D, "ModifyRecipientsAllowed", "14.1", "16.1"), // MS-ASWBXML_R640
            (0x0E, "ExtractAllowed", "14.1", "16.1"),          // MS-ASWBXML_R641
            (0x0F, "PrintAllowed", "14.1", "16.1"),            // MS-ASWBXML_R642
            (0x10, "ExportAllowed", "14.1", "16.1"),           // MS-ASWBXML_R643
            (0x11, "ProgrammaticAccessAllowed", "14.1", "16.1"), // MS-ASWBXML_R644
            (0x12, "Owner", "14.1", "16.1"),                   // MS-ASWBXML_R645
            (0x13, "ContentExpiryDate", "14.1", "16.1"),       // MS-ASWBXML_R646
            (0x14, "TemplateID", "14.1", "16.1"),              // MS-ASWBXML_R647
            (0x15, "TemplateName", "14.1", "16.1"),            // MS-ASWBXML_R648
            (0x16, "TemplateDescription", "14.1", "16.1"),     // MS-ASWBXML_R649
            (0x17, "ContentOwner", "14.1", "16.1"),            // MS-ASWBXML_R650
            (0x18, "RemoveRightsManagementProtection", "14.1", "16.1"), // MS-ASWBXML_R651
        ],
    );
}

#[test]
fn page_25_find() {
    // MS-ASWBXML_R3400: the page and its namespace.
    holds(
        25,
        "Find",
        &[
            (0x05, "Find", "16.1", "16.1"),                   // MS-ASWBXML_R700
            (0x06, "SearchId", "16.1", "16.1"),               // MS-ASWBXML_R701
            (0x07, "ExecuteSearch", "16.1", "16.1"),          // MS-ASWBXML_R702
            (0x08, "MailBoxSearchCriterion", "16.1", "16.1"), // MS-ASWBXML_R703
            (0x09, "Query", "16.1", "16.1"),                  // MS-ASWBXML_R704
            (0x0A, "Status", "16.1", "16.1"),                 // MS-ASWBXML_R705
            (0x0B, "FreeText", "16.1", "16.1"),               // MS-ASWBXML_R706
            (0x0C, "Options", "16.1", "16.1"),                // MS-ASWBXML_R707
            (0x0D, "Range", "16.1", "16.1"),                  // MS-ASWBXML_R708
            (0x0E, "DeepTraversal", "16.1", "16.1"),          // MS-ASWBXML_R709
            (0x11, "Response", "16.1", "16.1"),               // MS-ASWBXML_R710
            (0x12, "Result", "16.1", "16.1"),                 // MS-ASWBXML_R711
            (0x13, "Properties", "16.1", "16.1"),             // MS-ASWBXML_R712
            (0x14, "Preview", "16.1", "16.1"),                // MS-ASWBXML_R713
            (0x15, "HasAttachments", "16.1", "16.1"),         // MS-ASWBXML_R714
            (0x16, "Total", "16.1", "16.1"),                  // MS-ASWBXML_R715
            (0x17, "DisplayCc", "16.1", "16.1"),              // MS-ASWBXML_R716
            (0x18, "DisplayBcc", "16.1", "16.1"),             // MS-ASWBXML_R717
            (0x19, "GalSearchCriterion", "16.1", "16.1"),     // MS-ASWBXML_R718
            (0x20, "MaxPictures", "16.1", "16.1"),            // MS-ASWBXML_R719
            (0x21, "MaxSize", "16.1", "16.1"),                // MS-ASWBXML_R720
            (0x22, "Picture", "16.1", "16.1"),                // MS-ASWBXML_R721
        ],
    );
}
