//! Settings, policies, and mail that cannot be sent.

use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName::{Provision, SendMail, Settings, SmartForward, SmartReply};

use crate::session::Session;

pub async fn play(one: &mut Session) {
    if one.version >= Version::V12_0 {
        settings(one).await;
    }
    let kind = match one.version {
        Version::V2_5 => "MS-WAP-Provisioning-XML",
        _ => "MS-EAS-Provisioning-WBXML",
    };
    for policy in [
        "PolicyType=MS-Invented".to_owned(),
        format!("PolicyType={kind} PolicyKey=4711 Status=1"),
        format!("PolicyType={kind}"),
    ] {
        let information = match one.version >= Version::V14_1 && !policy.contains("Key") {
            true => "Settings:DeviceInformation[Set[Model=Model OS=System]]",
            false => "",
        };
        one.ask(
            Provision,
            &format!("Provision:Provision[{information} Provision:Policies[Policy[{policy}]]]"),
        )
        .await;
    }
    if one.version >= Version::V14_0 {
        for (command, source) in [
            (SendMail, ""),
            (SmartReply, "Source[FolderId=99999 ItemId=99999:1]"),
            (SmartForward, "Source[FolderId=99999 ItemId=99999:1]"),
        ] {
            let mime = "Mime=#nothing";
            let request = format!("ComposeMail:{}[ClientId=none {source} {mime}]", command.name());
            one.ask(command, &request).await;
        }
    }
}

async fn settings(one: &mut Session) {
    let set = "AppliesToInternal Enabled=1 ReplyMessage=Away BodyType=Text";
    let known = "AppliesToExternalKnown Enabled=1 ReplyMessage='Away from here' BodyType=Text";
    let unknown = "AppliesToExternalUnknown Enabled=0 ReplyMessage=Away BodyType=Text";
    let times = "StartTime=2026-11-02T08:00:00.000Z EndTime=2026-12-02T08:00:00.000Z";
    let messages = format!("OofMessage[{set}]OofMessage[{known}]OofMessage[{unknown}]");
    let get = "Settings:Settings[Oof[Get[BodyType=Text]]]";
    for request in [
        get.to_owned(),
        format!("Settings:Settings[Oof[Set[OofState=2 {times} {messages}]]]"),
        get.to_owned(),
        "Settings:Settings[Oof[Set[OofState=0]]]".to_owned(),
        "Settings:Settings[UserInformation[Get]]".to_owned(),
        "Settings:Settings[DevicePassword[Set[Password=secret]]]".to_owned(),
        "Settings:Settings[DeviceInformation[Set[Model=Model IMEI=490154203237518 FriendlyName=Friend OS=System \
         OSLanguage=English PhoneNumber=+491701 UserAgent=Agent EnableOutboundSMS=0 MobileOperator=Operator]]]"
            .to_owned(),
        "Settings:Settings[RightsManagementInformation[Get]]".to_owned(),
        "Settings:Settings[Oof[Set[OofState=9]]]".to_owned(),
        "Settings:Settings".to_owned(),
    ] {
        one.ask(Settings, &request).await;
    }
}
