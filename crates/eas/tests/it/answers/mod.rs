//! What a server says, of every command and in every version: for the schemas and for the rules.

mod items;
mod mail;
mod meetings;
mod people;
mod searches;

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Content, Document, Empty, Opaque, OrEmpty};
use fieldpost_eas::command::*;
use fieldpost_eas::date::{self, CompactDateTime, DateTime};
use fieldpost_eas::item::*;
use fieldpost_eas::status;

/// The policy document of 2.5, shortened.
pub const WAP_POLICY: &str = "<wap-provisioningdoc/>";

fn at(text: &str) -> DateTime {
    DateTime(date::parse(text).unwrap())
}

fn compact(text: &str) -> CompactDateTime {
    CompactDateTime(date::parse(text).unwrap())
}

/// What a server would say in each version, with all that there is to say: case by case.
pub fn answers(version: Version) -> Vec<(CommandName, &'static str, Vec<u8>)> {
    use CommandName as C;
    let mut all = Vec::new();
    all.extend(sync(version).into_iter().map(|(case, r)| (C::Sync, case, r.encode(version))));
    all.extend(ping_answers().into_iter().map(|(case, r)| (C::Ping, case, r.encode(version))));
    all.extend(provisions(version).into_iter().map(|(case, r)| (C::Provision, case, r.encode(version))));
    all.extend(
        item_operations_answers().into_iter().map(|(case, r)| (C::ItemOperations, case, r.encode(version))),
    );
    all.extend(folders(version));
    all.extend(searches::answers(version));
    all.extend(people::answers(version));
    all.push((C::MeetingResponse, "answered", meetings::answered(version).encode(version)));
    all.push((C::Settings, "all", settings_answer(version).encode(version)));
    all.push((
        C::MoveItems,
        "moved",
        move_items::Response {
            status: None,
            responses: vec![
                move_items::Moved {
                    src_msg_id: "5:101".into(),
                    status: status::move_items::SUCCESS,
                    dst_msg_id: Some("10:101".into()),
                },
                move_items::Moved {
                    src_msg_id: "5:999".into(),
                    status: status::move_items::INVALID_SOURCE,
                    dst_msg_id: None,
                },
            ],
        }
        .encode(version),
    ));
    all.push((
        C::GetItemEstimate,
        "estimates",
        get_item_estimate::Response {
            status: None,
            responses: vec![
                get_item_estimate::Estimated {
                    status: status::get_item_estimate::SUCCESS,
                    collection: Some(get_item_estimate::Estimate {
                        class: Some("Email".into()),
                        collection_id: "5".into(),
                        estimate: Some(17),
                    }),
                },
                get_item_estimate::Estimated {
                    status: status::get_item_estimate::INVALID_COLLECTION,
                    collection: None,
                },
            ],
        }
        .encode(version),
    ));
    if version.has_common_status() {
        // The schema of MeetingResponse has no status for the whole; [MS-ASCMD] 2.2.2 has it for all.
        let commands = C::ALL.into_iter().filter(|c| c.status_tag().is_some() && *c != C::MeetingResponse);
        all.extend(commands.map(|c| (c, "status", status_only(c, 142, version).unwrap())));
    }
    all
}

fn collection(
    commands: Vec<sync::response::Command>,
    responses: Vec<sync::response::Reply>,
) -> sync::Response {
    sync::Response {
        collections: vec![sync::response::Collection {
            class: Some("Email".into()),
            sync_key: "2".into(),
            collection_id: "5".into(),
            status: status::sync::SUCCESS,
            responses,
            more_available: Some(Empty),
            commands,
        }],
        ..sync::Response::default()
    }
}

fn sync(version: Version) -> Vec<(&'static str, sync::Response)> {
    use sync::response::*;
    let item = |email: Email| Item::Email(Box::new(email));
    let class = version.has_common_status().then(|| "SMS".to_owned());
    let commands = vec![
        Command::Add(Add {
            class: None,
            server_id: "5:101".into(),
            application_data: item(mail::message(version)),
        }),
        Command::Change(Change {
            class: class.clone(),
            server_id: "5:102".into(),
            application_data: item(Email { read: Some(true), flag: Some(mail::flag()), ..Email::default() }),
        }),
        Command::Change(Change {
            class: None,
            server_id: "5:103".into(),
            application_data: item(Email {
                // A cleared flag and no categories any more: empty elements.
                read: Some(false),
                flag: Some(Flag::default()),
                categories: Some(Vec::new()),
                ..Email::default()
            }),
        }),
        Command::Delete(Removed { class, server_id: "5:77".into() }),
        Command::SoftDelete(Removed { class: None, server_id: "5:12".into() }),
    ];
    let replies = vec![
        Reply::Add(AddReply {
            class: None,
            client_id: "d-1".into(),
            server_id: Some("4:3".into()),
            status: status::sync::SUCCESS,
            application_data: Some(item(Email {
                attachments: vec![AttachmentEntry::Attachment(Attachment {
                    file_reference: "3-0".into(),
                    client_id: Some("att-1".into()),
                    ..Attachment::default()
                })],
                ..Email::default()
            }))
            .filter(|_| version >= Version::V16_0),
        }),
        Reply::Change(ChangeReply {
            class: None,
            server_id: "5:101".into(),
            instance_id: Some("20260301T083000Z".into()),
            status: status::sync::CONFLICT,
            application_data: None,
        }),
        Reply::Delete(DeleteReply {
            class: None,
            server_id: "5:102".into(),
            instance_id: None,
            status: status::sync::NOT_FOUND,
        }),
        Reply::Fetch(FetchReply {
            server_id: "5:61".into(),
            status: status::sync::SUCCESS,
            // The schema has no body part here.
            application_data: Some(item(Email { body_part: None, ..mail::message(version) })),
        }),
    ];
    vec![
        ("changes", collection(commands, Vec::new())),
        ("items", collection(items::changes(version), items::replies(version))),
        ("replies", collection(Vec::new(), replies)),
        (
            "limit",
            Response {
                status: Some(status::sync::WAIT_OUT_OF_RANGE),
                limit: Some(3540),
                ..Response::default()
            },
        ),
        (
            "key",
            Response {
                collections: vec![Collection {
                    sync_key: "0".into(),
                    collection_id: "5".into(),
                    status: status::sync::INVALID_SYNC_KEY,
                    ..Collection::default()
                }],
                ..Response::default()
            },
        ),
    ]
}

fn ping_answers() -> Vec<(&'static str, ping::Response)> {
    use ping::Response;
    use status::ping::*;
    let answer = |status| Response { status, ..Response::default() };
    vec![
        ("quiet", answer(NO_CHANGES)),
        ("changes", Response { folders: vec!["5".into(), "7".into()], ..answer(CHANGES) }),
        ("interval", Response { heartbeat_interval: Some(3540), ..answer(HEARTBEAT_OUT_OF_RANGE) }),
        ("folders", Response { max_folders: Some(200), ..answer(TOO_MANY_FOLDERS) }),
    ]
}

fn provisions(version: Version) -> Vec<(&'static str, provision::Response)> {
    use provision::*;
    let data = if version == Version::V2_5 {
        PolicyData::Xml(WAP_POLICY.into())
    } else {
        PolicyData::Document(Box::new(ProvisionDoc {
            device_password_enabled: Some(true),
            min_device_password_length: Some(OrEmpty(Some(4))),
            max_attachment_size: Some(OrEmpty(None)),
            max_device_password_failed_attempts: Some(OrEmpty(Some(8))),
            require_storage_card_encryption: Some(false),
            allow_bluetooth: Some(2),
            max_calendar_age_filter: Some(0),
            max_email_body_truncation_size: Some(-1),
            unapproved_in_rom_application_list: Some(vec!["game.exe".into()]),
            approved_application_list: Some(Vec::new()),
            ..ProvisionDoc::default()
        }))
    };
    let policy = Policy {
        policy_type: POLICY_TYPE_WBXML.into(),
        status: status::policy::SUCCESS,
        policy_key: Some("1307199584".into()),
        data: Some(data),
    };
    let ok = Response { status: status::provision::SUCCESS, ..Response::default() };
    vec![
        (
            "policy",
            Response {
                device_information: Some(settings::Outcome { status: Some(1) }),
                policies: vec![policy.clone()],
                ..ok.clone()
            },
        ),
        ("key", Response { policies: vec![Policy { data: None, ..policy.clone() }], ..ok.clone() }),
        (
            "none",
            Response {
                policies: vec![Policy {
                    status: status::policy::NO_POLICY,
                    policy_key: None,
                    data: None,
                    ..policy
                }],
                ..ok.clone()
            },
        ),
        ("wipe", Response { remote_wipe: Some(Wipe::default()), ..ok.clone() }),
        ("account-wipe", Response { account_only_remote_wipe: Some(Wipe::default()), ..ok }),
    ]
}

fn settings_answer(version: Version) -> settings::Response {
    use settings::*;
    let addresses = EmailAddresses {
        smtp_addresses: vec!["ann@example.org".into(), "a.example@example.org".into()],
        primary_smtp_address: Some("ann@example.org".into()),
    };
    let message = || OofMessage {
        enabled: Some(true),
        reply_message: Some("Away".into()),
        body_type: Some("TEXT".into()),
        ..OofMessage::default()
    };
    let second = Account {
        account_id: Some("2".into()),
        account_name: Some("Second".into()),
        user_display_name: Some("Ann Example".into()),
        send_disabled: Some(false),
        email_addresses: Some(addresses.clone()),
    };
    let status = Some(status::settings::SUCCESS);
    let mut answers = vec![
        PropertyAnswer::Oof(OofResponse {
            status,
            get: Some(Oof {
                oof_state: Some(2),
                start_time: Some(at("2026-04-01T00:00:00.000Z")),
                end_time: Some(at("2026-04-10T00:00:00.000Z")),
                messages: vec![
                    OofMessage { applies_to_internal: Some(Empty), ..message() },
                    OofMessage { applies_to_external_known: Some(Empty), ..message() },
                    OofMessage { applies_to_external_unknown: Some(Empty), ..message() },
                ],
            }),
        }),
        PropertyAnswer::DeviceInformation(Outcome { status }),
        PropertyAnswer::DevicePassword(Outcome { status }),
        PropertyAnswer::UserInformation(UserInformation {
            status,
            get: Some(User {
                email_addresses: Some(addresses.clone()),
                accounts: vec![Account { email_addresses: Some(addresses), ..Account::default() }, second],
            }),
        }),
    ];
    if version >= Version::V14_1 {
        let get = Some(RightsManagementTemplates { templates: Some(Vec::new()) });
        answers
            .push(PropertyAnswer::RightsManagementInformation(RightsManagementInformation { status, get }));
    }
    Response { status, answers }
}

fn item_operations_answers() -> Vec<(&'static str, item_operations::Response)> {
    use item_operations::response::*;
    let ok = status::item_operations::SUCCESS;
    let file = |data, part| {
        Some(Properties::File(File {
            range: Some("0-9".into()),
            total: Some(48_211),
            content_type: Some("application/pdf".into()),
            data,
            part,
            version: None,
        }))
    };
    let attachment = |properties| Fetched {
        status: ok,
        file_reference: Some("101-0".into()),
        properties,
        ..Fetched::default()
    };
    let mail = Fetched {
        status: ok,
        collection_id: Some("5".into()),
        server_id: Some("5:101".into()),
        class: Some("Email".into()),
        properties: Some(Properties::Item(Item::Email(Box::new(Email {
            subject: Some("Lunch?".into()),
            body: Some(Body {
                r#type: BodyType::Mime,
                estimated_data_size: Some(9),
                truncated: None,
                data: Some(Content(b"From: a\r\n".to_vec())),
                part: None,
                preview: None,
            }),
            ..Email::default()
        })))),
        ..Fetched::default()
    };
    let missing = Fetched {
        status: status::item_operations::NOT_FOUND,
        collection_id: Some("5".into()),
        server_id: Some("5:999".into()),
        ..Fetched::default()
    };
    let document = || Fetched {
        status: ok,
        link_id: Some("\\\\files\\report.txt".into()),
        properties: Some(Properties::File(File {
            total: Some(10),
            content_type: None,
            data: Some(Base64(b"0123456789".to_vec())),
            version: Some(at("2026-03-01T08:00:00.000Z")),
            range: Some("0-9".into()),
            part: None,
        })),
        ..Fetched::default()
    };
    let by_long_id = || Fetched {
        status: ok,
        long_id: Some("RgAAAAB-5-101".into()),
        class: Some("Email".into()),
        properties: Some(Properties::Item(Item::Email(Box::new(Email {
            body: Some(Body {
                r#type: BodyType::Text,
                estimated_data_size: Some(9),
                truncated: None,
                data: None,
                part: Some(2),
                preview: None,
            }),
            ..Email::default()
        })))),
        ..Fetched::default()
    };
    let answer = |outcomes| Response { status: ok, response: Some(outcomes) };
    vec![
        (
            "fetched",
            answer(Outcomes {
                moves: vec![Moved { status: ok, conversation_id: Opaque(vec![0xA0; 16]) }],
                emptied: vec![Emptied { status: ok, collection_id: "3".into() }],
                fetches: vec![mail, missing, attachment(file(Some(Base64(b"%PDF-1.7%%".to_vec())), None))],
            }),
        ),
        (
            "part",
            answer(Outcomes {
                fetches: vec![attachment(file(None, Some(1))), document(), by_long_id()],
                ..Outcomes::default()
            }),
        ),
    ]
}

fn folders(version: Version) -> Vec<(CommandName, &'static str, Vec<u8>)> {
    use CommandName as C;
    let folder = |server_id: &str, display_name: &str, r#type| folder_sync::Folder {
        server_id: server_id.into(),
        parent_id: "0".into(),
        display_name: display_name.into(),
        r#type,
    };
    let key = || Some("4".to_owned());
    let synced = folder_sync::Response {
        status: status::folder_sync::SUCCESS,
        sync_key: key(),
        changes: Some(folder_sync::Changes {
            count: 3,
            updates: vec![folder("14", "Invoices", 12)],
            deletes: vec![folder_sync::Deleted { server_id: "15".into() }],
            adds: vec![folder("5", "Inbox", 2)],
        }),
    };
    let bad_key = folder_sync::Response {
        status: status::folder_sync::INVALID_SYNC_KEY,
        sync_key: None,
        changes: None,
    };
    vec![
        (C::FolderSync, "changes", synced.encode(version)),
        (C::FolderSync, "key", bad_key.encode(version)),
        (
            C::FolderCreate,
            "created",
            folder_create::Response { status: 1, sync_key: key(), server_id: Some("14".into()) }
                .encode(version),
        ),
        (C::FolderUpdate, "updated", folder_update::Response { status: 1, sync_key: key() }.encode(version)),
        (C::FolderDelete, "deleted", folder_delete::Response { status: 1, sync_key: key() }.encode(version)),
        (
            C::GetHierarchy,
            "folders",
            get_hierarchy::Response {
                folders: vec![get_hierarchy::Folder {
                    display_name: "Inbox".into(),
                    server_id: "5".into(),
                    r#type: 2,
                    parent_id: "0".into(),
                }],
            }
            .encode(version),
        ),
    ]
}
