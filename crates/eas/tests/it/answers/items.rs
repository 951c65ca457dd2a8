//! Events, contacts, tasks and notes, each with every property that it may have.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Content, OrEmpty};
use fieldpost_eas::command::sync::response::{Add, AddReply, Change, ChangeReply, Command, Reply};
use fieldpost_eas::item::*;
use fieldpost_eas::status;
use fieldpost_eas::time_zone::TimeZone;

use super::{at, compact, mail};

/// Changes on the server.
pub fn changes(version: Version) -> Vec<Command> {
    let add = |id: &str, application_data| {
        Command::Add(Add { class: None, server_id: id.into(), application_data })
    };
    let mut all = vec![
        add("1:9", Item::Event(Box::new(event(version)))),
        add("2:1", Item::Contact(Box::new(contact()))),
        add("8:2", Item::Task(Box::new(task()))),
        Command::Change(Change {
            class: None,
            server_id: "1:10".into(),
            application_data: Item::Event(Box::new(Event {
                reminder: Some(OrEmpty(None)),
                categories: Some(Vec::new()),
                exceptions: Some(vec![bare_exception(version)]),
                ..Event::default()
            })),
        }),
    ];
    if version >= Version::V14_0 {
        all.push(add("9:1", Item::Note(Box::new(note()))));
    }
    all
}

/// What became of a phone's event (16.0).
pub fn replies(version: Version) -> Vec<Reply> {
    let set = || {
        let attachment = Attachment {
            file_reference: "10-0".into(),
            client_id: Some("att-1".into()),
            ..Attachment::default()
        };
        Some(Item::Event(Box::new(Event {
            uid: Some("9f5a1b32-6d0e-4a51-8a6c-2f1f7f6f0001".into()),
            attachments: vec![AttachmentEntry::Attachment(attachment)],
            ..Event::default()
        })))
        .filter(|_| version >= Version::V16_0)
    };
    let class = || version.has_common_status().then(|| "Calendar".to_owned());
    vec![
        Reply::Add(AddReply {
            class: class(),
            client_id: "c-77".into(),
            server_id: Some("1:10".into()),
            status: status::sync::SUCCESS,
            application_data: set(),
        }),
        Reply::Change(ChangeReply {
            class: class(),
            server_id: "1:11".into(),
            instance_id: Some("20260301T083000Z".into()),
            status: status::sync::SUCCESS,
            application_data: set(),
        }),
    ]
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn body() -> Body {
    Body {
        r#type: BodyType::Text,
        estimated_data_size: Some(6),
        truncated: Some(false),
        data: Some(Content::from("Agenda".to_owned())),
        part: None,
        preview: Some("Agenda".into()),
    }
}

fn attendees() -> Option<Vec<Attendee>> {
    Some(vec![Attendee {
        email: text("bob@example.net"),
        name: text("Bob Sample"),
        attendee_status: Some(3),
        attendee_type: Some(1),
        proposed_start_time: Some(compact("20260310T120000Z")),
        proposed_end_time: Some(compact("20260310T130000Z")),
    }])
}

/// A place with all its parts.
fn place() -> Location {
    Location {
        display_name: text("HQ Berlin"),
        annotation: text("second floor"),
        street: text("Hauptstr. 1"),
        city: text("Berlin"),
        state: text("Berlin"),
        country: text("Germany"),
        postal_code: text("10115"),
        latitude: Some(52.52),
        longitude: Some(13.405),
        accuracy: Some(10.0),
        altitude: Some(34.5),
        altitude_accuracy: Some(-1.0),
        location_uri: text("geo:52.52,13.405"),
    }
}

/// An event with all that a version may be sent.
pub fn event(version: Version) -> Event {
    Event {
        timezone: Some(TimeZone { bias: -60, ..TimeZone::utc() }),
        dt_stamp: Some(compact("20260301T080000Z")),
        start_time: Some(compact("20260309T080000Z")),
        end_time: Some(compact("20260309T083000Z")),
        subject: text("Weekly stand-up"),
        uid: text("a1@example.org"),
        client_uid: None,
        organizer_name: text("Ann Example"),
        organizer_email: text("ann@example.org"),
        location: text("Room 4"),
        sensitivity: Some(0),
        busy_status: Some(2),
        all_day_event: Some(false),
        reminder: Some(OrEmpty(Some(15))),
        meeting_status: Some(1),
        response_requested: Some(true),
        response_type: Some(1),
        appointment_reply_time: Some(compact("20260302T080000Z")),
        disallow_new_time_proposal: Some(false),
        attendees: attendees(),
        categories: Some(vec!["Work".into()]),
        recurrence: Some(Recurrence {
            r#type: Some(6),
            interval: Some(1),
            day_of_week: Some(2),
            day_of_month: Some(9),
            week_of_month: Some(2),
            month_of_year: Some(3),
            until: Some(compact("20260629T080000Z")),
            occurrences: Some(17),
            calendar_type: Some(1),
            is_leap_month: Some(false),
            first_day_of_week: Some(1),
        }),
        exceptions: Some(vec![exception(version), bare_exception(version)]),
        online_meeting_conf_link: text("conf:sip:ann@example.org"),
        online_meeting_external_link: text("https://meet.example.org/1"),
        place: Some(place()),
        attachments: vec![AttachmentEntry::Attachment(Attachment {
            display_name: text("agenda.txt"),
            file_reference: "9-0".into(),
            method: Some(Method::Normal),
            estimated_data_size: Some(11),
            ..Attachment::default()
        })],
        legacy_body_truncated: Some(false),
        legacy_body: Some(Content::from("Agenda".to_owned())),
        compressed_rtf: None,
        body: Some(body()),
        native_body_type: Some(1),
    }
}

fn original(version: Version) -> Exception {
    let start = Some(compact("20260413T070000Z"));
    match version >= Version::V16_0 {
        true => Exception { instance_id: start, ..Exception::default() },
        false => Exception { exception_start_time: start, ..Exception::default() },
    }
}

fn exception(version: Version) -> Exception {
    Exception {
        deleted: Some(false),
        dt_stamp: Some(compact("20260301T080000Z")),
        start_time: Some(compact("20260413T090000Z")),
        end_time: Some(compact("20260413T093000Z")),
        subject: text("Weekly stand-up (moved)"),
        location: text("Room 5"),
        sensitivity: Some(OrEmpty(Some(2))),
        busy_status: Some(OrEmpty(Some(1))),
        all_day_event: Some(false),
        reminder: Some(OrEmpty(Some(30))),
        meeting_status: Some(1),
        response_type: Some(1),
        appointment_reply_time: Some(OrEmpty(Some(compact("20260302T080000Z")))),
        attendees: attendees(),
        categories: Some(vec!["Moved".into()]),
        online_meeting_conf_link: text("conf:sip:ann@example.org"),
        online_meeting_external_link: text("https://meet.example.org/1"),
        place: Some(place()),
        body: Some(OrEmpty(Some(body()))),
        ..original(version)
    }
}

/// An occurrence that lost what its series has.
fn bare_exception(version: Version) -> Exception {
    Exception {
        subject: text(""),
        location: text(""),
        reminder: Some(OrEmpty(None)),
        categories: Some(Vec::new()),
        place: Some(Location::default()),
        ..original(version)
    }
}

/// A contact with all that there is.
pub fn contact() -> Contact {
    Contact {
        anniversary: Some(OrEmpty(Some(at("1984-05-06T00:00:00.000Z")))),
        assistant_name: text("assistant name"),
        assistant_phone_number: text("assistant phone number"),
        birthday: Some(OrEmpty(Some(at("1984-05-06T00:00:00.000Z")))),
        business2_phone_number: text("business2 phone number"),
        business_address_city: text("business address city"),
        business_phone_number: text("business phone number"),
        web_page: text("web page"),
        business_address_country: text("business address country"),
        department: text("department"),
        email1_address: text("email1 address"),
        email2_address: text("email2 address"),
        email3_address: text("email3 address"),
        business_fax_number: text("business fax number"),
        file_as: text("file as"),
        alias: text("alias"),
        weighted_rank: Some(7),
        first_name: text("first name"),
        middle_name: text("middle name"),
        home_address_city: text("home address city"),
        home_address_country: text("home address country"),
        home_fax_number: text("home fax number"),
        home_phone_number: text("home phone number"),
        home2_phone_number: text("home2 phone number"),
        home_address_postal_code: text("home address postal code"),
        home_address_state: text("home address state"),
        home_address_street: text("home address street"),
        mobile_phone_number: text("mobile phone number"),
        suffix: text("suffix"),
        company_name: text("company name"),
        other_address_city: text("other address city"),
        other_address_country: text("other address country"),
        car_phone_number: text("car phone number"),
        other_address_postal_code: text("other address postal code"),
        other_address_state: text("other address state"),
        other_address_street: text("other address street"),
        pager_number: text("pager number"),
        title: text("title"),
        business_address_postal_code: text("business address postal code"),
        last_name: text("last name"),
        spouse: text("spouse"),
        business_address_state: text("business address state"),
        business_address_street: text("business address street"),
        job_title: text("job title"),
        yomi_first_name: text("yomi first name"),
        yomi_last_name: text("yomi last name"),
        yomi_company_name: text("yomi company name"),
        office_location: text("office location"),
        radio_phone_number: text("radio phone number"),
        picture: Some(Base64(vec![0xFF, 0xD8])),
        categories: Some(vec!["One".into(), "Two".into()]),
        children: Some(vec!["One".into(), "Two".into()]),
        customer_id: text("customer id"),
        government_id: text("government id"),
        im_address: text("im address"),
        im_address2: text("im address2"),
        im_address3: text("im address3"),
        manager_name: text("manager name"),
        company_main_phone: text("company main phone"),
        account_name: text("account name"),
        nick_name: text("nick name"),
        mms: text("mms"),
        legacy_body_truncated: None,
        legacy_body_size: None,
        legacy_body: None,
        compressed_rtf: None,
        body: Some(body()),
        native_body_type: Some(1),
    }
}

/// A task with all that there is.
pub fn task() -> Task {
    let day = |text: &str| Some(OrEmpty(Some(at(text))));
    Task {
        subject: text("Water the plants"),
        importance: Some(Importance::Normal),
        utc_start_date: day("2026-03-01T23:00:00.000Z"),
        start_date: day("2026-03-02T00:00:00.000Z"),
        utc_due_date: day("2026-03-02T23:00:00.000Z"),
        due_date: day("2026-03-03T00:00:00.000Z"),
        categories: Some(vec!["Home".into()]),
        complete: Some(true),
        date_completed: day("2026-03-02T10:00:00.000Z"),
        sensitivity: Some(0),
        reminder_time: day("2026-03-02T08:00:00.000Z"),
        reminder_set: Some(true),
        ordinal_date: day("2026-03-02T00:00:00.000Z"),
        sub_ordinal_date: text("5555555"),
        recurrence: Some(TaskRecurrence {
            r#type: Some(6),
            start: Some(at("2026-03-02T00:00:00.000Z")),
            until: Some(at("2027-03-02T00:00:00.000Z")),
            occurrences: Some(5),
            interval: Some(1),
            day_of_week: Some(2),
            day_of_month: Some(2),
            week_of_month: Some(1),
            month_of_year: Some(3),
            regenerate: Some(false),
            dead_occur: Some(false),
            calendar_type: Some(1),
            is_leap_month: Some(false),
            first_day_of_week: Some(1),
        }),
        legacy_body_truncated: Some(false),
        legacy_body_size: Some(6),
        legacy_body: Some(Content::from("Agenda".to_owned())),
        compressed_rtf: None,
        body: Some(body()),
        native_body_type: Some(1),
    }
}

/// A note with all that there is.
pub fn note() -> Note {
    Note {
        subject: text("Shopping"),
        message_class: text("IPM.StickyNote"),
        last_modified_date: Some(compact("20260302T081500Z")),
        categories: Some(vec!["Home".into()]),
        body: Some(body()),
        native_body_type: Some(1),
    }
}

/// A message as the schema of Search has it.
pub fn found_mail(version: Version) -> Email {
    Email { account_id: None, meeting_message_type: None, ..mail::message(version) }
}

/// A task as the schema of Search has it.
pub fn found_task() -> Task {
    Task { ordinal_date: None, sub_ordinal_date: None, ..task() }
}

/// An event as the schema of Search has it.
pub fn found_event(version: Version) -> Event {
    Event {
        categories: None,
        online_meeting_conf_link: None,
        online_meeting_external_link: None,
        ..event(version)
    }
}
