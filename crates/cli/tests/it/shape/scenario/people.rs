//! Searches, people, certificates and answers to invitations.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{
    Find, MeetingResponse, ResolveRecipients, Search, SmartReply, ValidateCert,
};

use crate::session::{Session, with_subject};

pub async fn play(one: &mut Session) {
    if one.version >= Version::V12_0 {
        searches(one).await;
    }
    if one.version >= Version::V16_1 {
        finds(one).await;
    }
    recipients(one).await;
    if one.version >= Version::V12_0 {
        for check in ["", "CertificateChain[Certificate=MIIB] CheckCRL=1"] {
            let request = format!("ValidateCert:ValidateCert[{check} Certificates[Certificate=MIIB]]");
            one.ask(ValidateCert, &request).await;
        }
        one.ask(ValidateCert, "ValidateCert:ValidateCert").await;
    }
    responses(one).await;
}

async fn searches(one: &mut Session) {
    let inbox = one.folder(2);
    let class = "AirSync:Class=Email";
    let folder = format!("AirSync:CollectionId={inbox}");
    let body = "AirSyncBase:BodyPreference[Type=1 TruncationSize=20]";
    for (store, query, options) in [
        (
            "Mailbox",
            format!("And[{class} {folder} Search:FreeText=budget]"),
            format!("RebuildResults DeepTraversal Range=0-9 {body}"),
        ),
        ("Mailbox", format!("And[{class} {folder} Search:FreeText=nowhere]"), "Range=0-9".to_owned()),
        (
            "Mailbox",
            "And[AirSync:Class=Calendar Search:FreeText=Weekly]".to_owned(),
            format!("Range=0-9 {body}"),
        ),
        (
            "Mailbox",
            "And[AirSync:Class=Contacts Search:FreeText=Name]".to_owned(),
            format!("Range=0-9 {body}"),
        ),
        ("Mailbox", "And[AirSync:Class=Tasks Search:FreeText=Open]".to_owned(), format!("Range=0-9 {body}")),
        (
            "Mailbox",
            "And[AirSync:Class=Notes Search:FreeText=Shopping]".to_owned(),
            format!("Range=0-9 {body}"),
        ),
        ("Mailbox", "Or[Search:FreeText=budget]".to_owned(), "Range=9-0".to_owned()),
        (
            "DocumentLibrary",
            "EqualTo[DocumentLibrary:LinkId Search:Value='\\\\server\\share']".to_owned(),
            "Range=0-9".to_owned(),
        ),
    ] {
        let options = format!("Options[{options}]");
        one.ask(Search, &format!("Search:Search[Store[Name={store} Query[{query}] {options}]]")).await;
    }
    let pictures = if one.version >= Version::V14_1 { "Picture[MaxSize=10240 MaxPictures=1]" } else { "" };
    for word in ["anna", "bob", "nobody", "a"] {
        let options = format!("Options[Range=0-9 {pictures}]");
        one.ask(Search, &format!("Search:Search[Store[Name=GAL Query={word} {options}]]")).await;
    }
    one.ask(Search, "Search:Search[Store[Name=Nowhere Query=a]]").await;
    one.ask(Search, "Search:Search").await;
}

async fn finds(one: &mut Session) {
    let inbox = one.folder(2);
    for (at, word) in ["budget", "nowhere"].iter().enumerate() {
        let query = format!("Query[AirSync:Class=Email AirSync:CollectionId={inbox} Find:FreeText={word}]");
        let search = format!("MailBoxSearchCriterion[{query} Options[Range=0-9 DeepTraversal]]");
        let id = format!("SearchId=2f7b0a0e-5bb2-4cf6-9d1e-9b1e6e3b7a1{at}");
        one.ask(Find, &format!("Find:Find[{id} ExecuteSearch[{search}]]")).await;
    }
    for (at, word) in ["anna", "bob", "nobody"].iter().enumerate() {
        let options = "Options[Range=0-9 Picture[MaxSize=10240 MaxPictures=1]]";
        let search = format!("GalSearchCriterion[Query={word} {options}]");
        let id = format!("SearchId=2f7b0a0e-5bb2-4cf6-9d1e-9b1e6e3b7a2{at}");
        one.ask(Find, &format!("Find:Find[{id} ExecuteSearch[{search}]]")).await;
    }
    one.ask(Find, "Find:Find[ExecuteSearch[MailBoxSearchCriterion[Query[FreeText=a]]]]").await;
}

async fn recipients(one: &mut Session) {
    let certificates = "CertificateRetrieval=2 MaxCertificates=9 MaxAmbiguousRecipients=9";
    let availability = match one.version >= Version::V14_0 {
        true => "Availability[StartTime=2027-03-01T08:00:00.000Z EndTime=2027-03-01T10:00:00.000Z]",
        false => "",
    };
    let picture = if one.version >= Version::V14_1 { "Picture[MaxSize=10240 MaxPictures=1]" } else { "" };
    for to in ["To=anna161", "To=bob@example.test", "To=nobody", "To=anna", "To=zoe@elsewhere.example"] {
        let options = format!("Options[{certificates} {availability} {picture}]");
        one.ask(ResolveRecipients, &format!("ResolveRecipients:ResolveRecipients[{to} {options}]")).await;
    }
    one.ask(ResolveRecipients, "ResolveRecipients:ResolveRecipients[To=bob Options[CertificateRetrieval=3]]")
        .await;
    one.ask(ResolveRecipients, "ResolveRecipients:ResolveRecipients").await;
}

async fn responses(one: &mut Session) {
    let inbox = one.folder(2);
    let options = match one.version {
        Version::V2_5 => "GetChanges Options[Truncation=1]",
        _ => "GetChanges Options[AirSyncBase:BodyPreference[Type=1]]",
    };
    let roots = one.sync_whole(&inbox, options).await;
    if let Some(id) = with_subject(&roots, "Plain").pop().filter(|_| one.version >= Version::V14_0) {
        let mime = "To: bob@example.test\r\nSubject: Re\r\n\r\nYes.\r\n";
        let source = format!("Source[FolderId={inbox} ItemId={id}]");
        let request = format!("ComposeMail:SmartReply[ClientId=answer {source} Mime=#'{mime}']");
        one.ask(SmartReply, &request).await;
        one.sync(&inbox, options).await;
    }
    let ids = ["Lunch", "Daily", "Weekly", "Plain"].map(|subject| with_subject(&roots, subject).pop());
    for (answer, id) in (1..).zip(ids.into_iter().flatten()) {
        let answer = answer.min(3);
        let order = match one.version {
            Version::V2_5 | Version::V12_0 | Version::V12_1 => {
                format!("RequestId={id} CollectionId={inbox} UserResponse={answer}")
            }
            _ => format!("UserResponse={answer} CollectionId={inbox} RequestId={id}"),
        };
        one.ask(MeetingResponse, &format!("MeetingResponse:MeetingResponse[Request[{order}]]")).await;
    }
    one.ask(
        MeetingResponse,
        "MeetingResponse:MeetingResponse[Request[UserResponse=1 CollectionId=99999 RequestId=9]]",
    )
    .await;
}
