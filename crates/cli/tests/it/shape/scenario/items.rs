//! Events, contacts, tasks and notes, with every element that they can have, from one phone to the other.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::ItemOperations;
use fieldpost_eas::wbxml::Node;

use crate::session::{Session, all, text};

pub async fn play(one: &mut Session, two: &mut Session) {
    events(one, two).await;
    let roots = exchange(one, two, 9, &contacts(one.version)).await;
    let folder = one.folder(9);
    if let Some(id) = roots.iter().flat_map(|root| all(root, "Add")).map(|add| text(add, "ServerId")).next() {
        let change = format!(
            "Change[ServerId={id} ApplicationData[Contacts:FirstName=New LastName=Name FileAs=Name]]"
        );
        one.sync(&folder, &format!("GetChanges Commands[{change}]")).await;
        two.sync(&folder, "GetChanges").await;
    }
    exchange(one, two, 7, &tasks(one.version)).await;
    if one.version >= Version::V14_0 {
        let body = body(one.version, "Notes");
        let note = format!(
            "Notes:Subject=Shopping MessageClass=IPM.StickyNote Categories[Category=Home Category=Food] {body}"
        );
        exchange(one, two, 10, &[note]).await;
        let cache = one.folder(19);
        one.sync_whole(&cache, "GetChanges").await;
    }
}

/// One phone adds the items, the other is told and fetches them.
async fn exchange(one: &mut Session, two: &mut Session, kind: u8, items: &[String]) -> Vec<Node> {
    let folder = one.folder(kind);
    let options = match one.version {
        Version::V2_5 => "Options[Truncation=4]",
        _ => "Options[AirSyncBase:BodyPreference[Type=1]]",
    };
    one.sync_whole(&folder, &format!("GetChanges {options}")).await;
    for (at, item) in items.iter().enumerate() {
        let add = format!("Add[ClientId={at} ApplicationData[{item}]]");
        one.sync(&folder, &format!("GetChanges {options} Commands[{add}]")).await;
    }
    let roots = two.sync_whole(&folder, &format!("GetChanges {options}")).await;
    if one.version >= Version::V12_0 {
        let ids = roots.iter().flat_map(|root| all(root, "Add")).map(|add| text(add, "ServerId"));
        let item = |id: String| format!("AirSync:CollectionId={folder} AirSync:ServerId={id}");
        let fetches: String = ids.map(|id| format!("Fetch[Store=Mailbox {} {options}]", item(id))).collect();
        let fetches = fetches.replace("Options[AirSyncBase", "ItemOperations:Options[AirSyncBase");
        one.ask(ItemOperations, &format!("ItemOperations:ItemOperations[{fetches}]")).await;
    }
    roots
}

fn body(version: Version, namespace: &str) -> String {
    match version {
        Version::V2_5 => format!("{namespace}:Body='What is to be said.'"),
        _ => "AirSyncBase:Body[Type=1 Data='What is to be said.']".to_owned(),
    }
}

const ZONE: &str = "xP///0MARQBUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAoAAAAF\
    AAMAAAAAAAAAAAAAAEMARQBTAFQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAMAAAAFAAIAAAAAAAAAxP///w==";

/// Subject and pattern of each series.
const SERIES: &[(&str, &str)] = &[
    ("Daily", "Type=0 Interval=2 Occurrences=10"),
    ("Workdays", "Type=0 Interval=1 DayOfWeek=62"),
    ("Weekly", "Type=1 Interval=1 DayOfWeek=2 Until=20270701T080000Z"),
    ("Two days", "Type=1 Interval=2 DayOfWeek=20"),
    ("Monthly", "Type=2 Interval=1 DayOfMonth=1"),
    ("Last day", "Type=3 Interval=1 WeekOfMonth=5 DayOfWeek=127"),
    ("Workday of month", "Type=3 Interval=1 WeekOfMonth=1 DayOfWeek=62"),
    ("Weekend of month", "Type=3 Interval=1 WeekOfMonth=2 DayOfWeek=65"),
    ("Monday of month", "Type=3 Interval=1 WeekOfMonth=1 DayOfWeek=2"),
    ("Yearly", "Type=5 Interval=1 DayOfMonth=1 MonthOfYear=3"),
    ("Yearly too", "Type=6 Interval=1 WeekOfMonth=1 DayOfWeek=2 MonthOfYear=3"),
];

async fn events(one: &mut Session, two: &mut Session) {
    let modern = one.version >= Version::V16_0;
    let common = |session: &Session, subject: &str| {
        let body = body(session.version, "Calendar");
        let text = format!(
            "Calendar:Timezone={ZONE} StartTime=20270301T080000Z EndTime=20270301T083000Z Subject='{subject}' \
             Sensitivity=1 BusyStatus=2 AllDayEvent=0 Reminder=15 MeetingStatus=0 \
             Categories[Category=Work Category=Home] {body} "
        );
        let own = match modern {
            true => format!(
                "ClientUid={} AirSyncBase:Location[DisplayName='Room 4' Annotation=Left Street='Main Street 1' \
                 City=Vienna State=Vienna Country=Austria PostalCode=1010 Latitude=48.2 Longitude=16.37 Accuracy=10.5 \
                 Altitude=171.5 AltitudeAccuracy=5.5 LocationUri='https://elsewhere.example/room']",
                subject.replace(' ', "")
            ),
            false => format!(
                "DtStamp=20261101T080000Z UID={}{} OrganizerName=Anna OrganizerEmail={} Location='Room 4'",
                subject.replace(' ', ""),
                session.user,
                session.address()
            ),
        };
        text + "Calendar:" + &own
    };
    let attendees = |status: &str| {
        format!(
            "Attendees[Attendee[Email=bob@elsewhere.example Name=Bob {status} AttendeeType=1]\
             Attendee[Email=dora@elsewhere.example Name=Dora AttendeeType=2]]"
        )
    };
    let status = match one.version {
        Version::V2_5 | Version::V16_0 | Version::V16_1 => "",
        _ => "AttendeeStatus=3",
    };
    let mut items = vec![common(one, "Single")];
    for (subject, pattern) in SERIES {
        let first = if one.version >= Version::V14_1 { "FirstDayOfWeek=1" } else { "" };
        let calendar = match one.version >= Version::V14_0
            && !pattern.starts_with("Type=0")
            && !pattern.starts_with("Type=1")
        {
            true => "CalendarType=1 IsLeapMonth=0",
            false => "",
        };
        items.push(format!("{} Calendar:Recurrence[{pattern} {first} {calendar}]", common(one, subject)));
    }
    let meeting = common(one, "Meeting").replace("MeetingStatus=0", "MeetingStatus=1");
    let proposals =
        if one.version >= Version::V14_0 { "ResponseRequested=1 DisallowNewTimeProposal=0" } else { "" };
    items.push(format!("{meeting} Calendar:{} {proposals}", attendees(status)));
    let exceptions = "Exceptions[Exception[Deleted=1 ExceptionStartTime=20270308T080000Z]\
        Exception[ExceptionStartTime=20270315T080000Z DtStamp=20261101T080000Z StartTime=20270315T100000Z \
        EndTime=20270315T103000Z Subject=Moved Location='Room 5' Sensitivity=2 BusyStatus=1 AllDayEvent=0 Reminder=30 \
        Categories[Category=Other] MeetingStatus=0]]";
    if !modern {
        let series = common(one, "Series");
        items.push(format!("{series} Calendar:Recurrence[Type=1 Interval=1 DayOfWeek=2] {exceptions}"));
    }
    let roots = exchange(one, two, 8, &items).await;
    if modern {
        instances(one, two, &roots).await;
    }
}

/// One occurrence changes, another goes: from 16.0 on by its time.
async fn instances(one: &mut Session, two: &mut Session, roots: &[Node]) {
    let folder = one.folder(8);
    let options = "Options[AirSyncBase:BodyPreference[Type=1]]";
    let adds = roots.iter().flat_map(|root| all(root, "Add"));
    let Some(id) =
        adds.filter(|add| text(add, "Subject") == "Weekly").map(|add| text(add, "ServerId")).next()
    else {
        return;
    };
    let data = "Calendar:Subject=Moved StartTime=20270315T100000Z EndTime=20270315T103000Z Sensitivity=2 BusyStatus=1 \
                Reminder=30 Categories[Category=Other] AirSyncBase:Location[DisplayName='Room 5'] Body[Type=1 Data=New]";
    let change =
        format!("Change[ServerId={id} AirSyncBase:InstanceId=20270315T080000Z ApplicationData[{data}]]");
    let delete = format!("Delete[ServerId={id} AirSyncBase:InstanceId=20270308T080000Z]");
    let change = change.replace(" ApplicationData", " AirSync:ApplicationData");
    one.sync(&folder, &format!("GetChanges {options} Commands[{change}]")).await;
    one.sync(&folder, &format!("GetChanges {options} Commands[{delete}]")).await;
    two.sync(&folder, &format!("GetChanges {options}")).await;
}

fn contacts(version: Version) -> Vec<String> {
    let value = |name: &str| format!("{name}='Some {}' ", name.trim_start_matches("Contacts2:"));
    let strings: String = STRINGS.iter().map(|name| value(name)).collect();
    let more = "Anniversary=2010-05-06T00:00:00.000Z Birthday=1984-05-06T00:00:00.000Z \
                Email1Address=zoe@elsewhere.example Email2Address=zoe2@elsewhere.example \
                Email3Address=zoe3@elsewhere.example Categories[Category=Friends Category=Work] \
                Children[Child=Ida Child=Max] Picture=iVBORw0KGgo=";
    vec![format!("Contacts:{strings} Contacts:{more} {}", body(version, "Contacts"))]
}

const STRINGS: &[&str] = &[
    "AssistantName",
    "AssistantPhoneNumber",
    "BusinessAddressCity",
    "BusinessAddressCountry",
    "BusinessAddressPostalCode",
    "BusinessAddressState",
    "BusinessAddressStreet",
    "BusinessFaxNumber",
    "BusinessPhoneNumber",
    "Business2PhoneNumber",
    "CarPhoneNumber",
    "CompanyName",
    "Department",
    "FileAs",
    "FirstName",
    "HomeAddressCity",
    "HomeAddressCountry",
    "HomeAddressPostalCode",
    "HomeAddressState",
    "HomeAddressStreet",
    "HomeFaxNumber",
    "HomePhoneNumber",
    "Home2PhoneNumber",
    "JobTitle",
    "LastName",
    "MiddleName",
    "MobilePhoneNumber",
    "OfficeLocation",
    "OtherAddressCity",
    "OtherAddressCountry",
    "OtherAddressPostalCode",
    "OtherAddressState",
    "OtherAddressStreet",
    "PagerNumber",
    "RadioPhoneNumber",
    "Spouse",
    "Suffix",
    "Title",
    "WebPage",
    "YomiCompanyName",
    "YomiFirstName",
    "YomiLastName",
    "Contacts2:AccountName",
    "Contacts2:CompanyMainPhone",
    "Contacts2:CustomerId",
    "Contacts2:GovernmentId",
    "Contacts2:IMAddress",
    "Contacts2:IMAddress2",
    "Contacts2:IMAddress3",
    "Contacts2:ManagerName",
    "Contacts2:MMS",
    "Contacts2:NickName",
];

fn tasks(version: Version) -> Vec<String> {
    let day = "2027-03-01T00:00:00.000Z";
    let common = |subject: &str| {
        format!(
            "Tasks:Subject='{subject}' Importance=2 UtcStartDate=2027-02-28T23:00:00.000Z StartDate={day} \
             UtcDueDate=2027-03-01T23:00:00.000Z DueDate=2027-03-02T00:00:00.000Z Sensitivity=1 ReminderSet=1 \
             ReminderTime=2027-03-01T07:00:00.000Z Categories[Category=Home Category=Work] {} ",
            body(version, "Tasks")
        )
    };
    let mut items = vec![
        format!("{}Tasks:Complete=0", common("Open")),
        format!("{}Tasks:Complete=1 DateCompleted=2026-11-02T08:00:00.000Z", common("Done")),
    ];
    for (subject, pattern) in SERIES {
        let first = if version >= Version::V14_1 { "FirstDayOfWeek=1" } else { "" };
        let pattern = pattern.replace("Until=20270701T080000Z", "Until=2027-07-01T00:00:00.000Z");
        let calendar = match version >= Version::V14_0
            && !pattern.starts_with("Type=0")
            && !pattern.starts_with("Type=1")
        {
            true => "CalendarType=1 IsLeapMonth=0",
            false => "",
        };
        let recurrence = format!("{pattern} Start={day} Regenerate=0 DeadOccur=0 {first} {calendar}");
        items.push(format!("{}Tasks:Complete=0 Recurrence[{recurrence}]", common(subject)));
    }
    items
}
