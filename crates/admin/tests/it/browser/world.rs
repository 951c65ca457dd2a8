//! A tool with something in it: devices in every state, names that are too long, rules, policies, a day of
//! requests.

use std::time::Duration;

use fieldpost_domain::MailboxId;
use fieldpost_domain::admission::{
    Action, Conditions, DeviceAccess, Pattern, Rule, Rules, Threshold, Thresholds,
};
use fieldpost_domain::backend::DeliverTo;
use fieldpost_domain::convert::mail::conversation;
use fieldpost_domain::device::{Control, PingParameters};
use fieldpost_domain::folder::Class;
use fieldpost_domain::index::Index;
use fieldpost_domain::item::{MailState, NewItem};
use fieldpost_domain::policy::NamedPolicy;
use fieldpost_domain::role::Role;
use fieldpost_domain::wipe::{Wipe, WipeKind, WipeState};
use fieldpost_eas::Version;
use fieldpost_eas::command::CommandName;
use fieldpost_server::administration::Actor;
use fieldpost_server::administration::policies::Whom;
use fieldpost_server::entropy::SystemEntropy;
use fieldpost_server::exchanges::{Exchange, Outcome};
use fieldpost_server::recovery::Place;
use fieldpost_store::{Account, AdministratorKind, Delivery, NewAccount, NewGroup};
use jiff::SignedDuration;

use crate::bed::Bed;

/// An address as long as they come in large companies.
pub const LONG: &str = "maximiliane-sophie.freifrau-von-und-zu-hohenstein@sales.emea.example.org";

/// A tool with something in it.
pub async fn world() -> Bed {
    let bed = Bed::new().await;
    be_busy(&bed);
    for role in [Role::Owner, Role::Policy, Role::HelpDesk, Role::View] {
        bed.administrator(role).await;
    }
    let anna = bed.account("anna").await;
    bed.device(&anna, "APPLF17C2ABCD", |device| {
        device.ping = Some(PingParameters { heartbeat: Some(1680), ..PingParameters::default() });
        device.information.phone_number = Some("+49 151 5550123".to_owned());
        device.information.mobile_operator = Some("Example Mobile".to_owned());
    })
    .await;
    bed.device(&anna, "androidc1234567", |device| {
        device.device_type = "Android".to_owned();
        device.information.friendly_name = None;
        device.information.model = Some("Pixel 9".to_owned());
        device.information.os = Some("Android 16".to_owned());
    })
    .await;
    let ben = bed.account("ben").await;
    bed.device(&ben, "androidc7654321", |device| {
        device.device_type = "SamsungDevice".to_owned();
        device.version = Some("14.1".to_owned());
        device.information.friendly_name = None;
        device.information.model = Some("SM-G998B".to_owned());
        device.information.os = Some("Android 14".to_owned());
        device.last_seen -= 45 * 86_400_000;
    })
    .await;
    for (id, name) in [("BENTABLET1", "Ben’s tablet"), ("BENOLD1", "Ben’s old phone")] {
        bed.device(&ben, id, |device| device.information.friendly_name = Some(name.to_owned())).await;
    }
    let carla = bed.account("carla").await;
    bed.device(&carla, "6FQ0LOSTLOSTLOST00WIPED", |device| {
        device.version = Some("14.1".to_owned());
        device.information.friendly_name = Some("Carla’s lost iPad".to_owned());
    })
    .await;
    bed.app.store.set_disabled(carla.id, true).await.unwrap();
    let long = NewAccount {
        address: LONG.to_owned(),
        display_name: "Maximiliane Sophie Freifrau von und zu Hohenstein-Waldenburg".to_owned(),
        aliases: vec!["freifrau.hohenstein@example.org".to_owned(), "sales-emea@example.org".to_owned()],
        ..NewAccount::default()
    };
    let long = bed.app.store.create_account(long, bed.app.clock.now()).await.unwrap();
    bed.device(&long, "SEC1F2E3D4C5B6A79801112131415161", |device| {
        device.device_type = "SamsungDevice".to_owned();
        device.version = Some("12.1".to_owned());
        device.user_agent =
            Some("SAMSUNG-SM-S938B/101.60000_ExchangeActiveSync-for-a-very-long-build".to_owned());
        device.information.friendly_name =
            Some("Maximiliane’s-Company-Telephone-With-A-Name-That-Nobody-Broke".to_owned());
        device.information.os = Some("Android 16 (One UI 8.5, build BP2A.250605.031.A3)".to_owned());
    })
    .await;
    decide(&bed).await;
    stand(&bed, &anna, &carla, &long).await;
    bed
}

/// A day of requests.
fn be_busy(bed: &Bed) {
    for span in 0..288i64 {
        let at = bed.app.clock.now();
        let busy = 40 + 2 * ((span % 144) - 72).abs();
        (0..busy).for_each(|_| bed.app.activity.answered(Some(CommandName::Sync), 200, at));
        if span % 37 == 0 {
            (0..3).for_each(|_| bed.app.activity.answered(Some(CommandName::Ping), 503, at));
        }
        bed.app.activity.waiting(usize::try_from(4 * busy).unwrap(), at);
        bed.clock.advance(SignedDuration::from_secs(300));
    }
}

/// Rules, a device in quarantine, one that is to be wiped, and policies.
async fn decide(bed: &Bed) {
    let administration = &bed.site.administration;
    let named = |name: &str| Actor { name: name.to_owned(), ..Actor::local() };
    let model =
        |pattern: &str| Conditions { model: Some(Pattern::new(pattern).unwrap()), ..Conditions::default() };
    let rules = Rules {
        rules: vec![
            Rule {
                name: "Devices of the works council".to_owned(),
                when: model("SM-G99*"),
                action: Action::Allow,
            },
            Rule { name: "Not yet examined".to_owned(), when: model("Pixel*"), action: Action::Quarantine },
        ],
        default: Action::Allow,
        thresholds: Thresholds {
            commands: Some(Threshold {
                more_than: 600,
                minutes: 5,
                action: Action::Quarantine,
                for_minutes: 60,
            }),
            ..Thresholds::default()
        },
    };
    administration.put_rules(&named("policy"), &rules).await.unwrap();
    let full = WipeKind::Full;
    administration
        .order_wipe(&named("help-desk"), "ben@example.org", "androidc7654321", full, "ben@example.org")
        .await
        .unwrap();
    let refused = Actor { role: Role::View, ..named("view") };
    administration.block_device(&refused, "anna@example.org", "APPLF17C2ABCD").await.unwrap_err();

    let policy = named("policy");
    administration.put_policy(&policy, &NamedPolicy::proposed("Everybody")).await.unwrap();
    administration.put_policy(&policy, &NamedPolicy::proposed("Board")).await.unwrap();
    administration.set_default_policy(&policy, Some("Everybody")).await.unwrap();
    administration.assign_policy(&policy, Whom::Account("anna@example.org"), Some("Board")).await.unwrap();
    administration.exempt(&policy, "ben@example.org", true).await.unwrap();
    for (group, policy_name) in [("sales@example.org", "Everybody"), ("board@example.org", "Board")] {
        let new = NewGroup { address: group.to_owned(), ..NewGroup::default() };
        let id = bed.app.store.create_group(new).await.unwrap().id;
        bed.app.store.add_member(id, LONG).await.unwrap();
        administration.assign_policy(&policy, Whom::Group(group), Some(policy_name)).await.unwrap();
    }
    administration
        .add_administrator(&named("owner"), AdministratorKind::Account, LONG, Role::HelpDesk, None)
        .await
        .unwrap();
    let local = Actor::local();
    administration
        .add_app_password(&local, "anna@example.org", "Anna’s e-reader", &SystemEntropy)
        .await
        .unwrap();
    administration.add_api_token(&local, "monitoring", Role::View, Some(30), &SystemEntropy).await.unwrap();
}

/// Where devices stand: in quarantine, blocked, wiped.
async fn stand(bed: &Bed, anna: &Account, carla: &Account, long: &Account) {
    let now = bed.app.clock.now();
    let access = |state, because: &str| Control {
        access: Some(DeviceAccess { state, because: because.to_owned(), since: now, until: None }),
        ..Control::default()
    };
    let wiped = Control {
        wipe: Some(Wipe {
            kind: WipeKind::Full,
            state: WipeState::Acknowledged,
            ordered_by: "help-desk".to_owned(),
            ordered_at: now - SignedDuration::from_hours(30),
            tell: None,
            approved_by: Some("owner".to_owned()),
            sent_at: Some(now - SignedDuration::from_hours(29)),
            acknowledged_at: Some(now - SignedDuration::from_hours(29)),
            last_acknowledged_at: Some(now - SignedDuration::from_hours(2)),
            cancelled_by: None,
            cancelled_at: None,
        }),
        ..Control::default()
    };
    let mut act = bed.app.store.act().await.unwrap();
    for (account, id, control) in [
        (anna, "androidc1234567", access(Action::Quarantine, "rule 2: Not yet examined")),
        (
            long,
            "SEC1F2E3D4C5B6A79801112131415161",
            access(Action::Block, "more than 600 commands in 5 minutes"),
        ),
        (carla, "6FQ0LOSTLOSTLOST00WIPED", wiped),
    ] {
        act.put_control(account.id, id, &Control::default(), &control).await.unwrap();
    }
    act.commit().await.unwrap();

    let place = Place { account: anna.id, device_id: "APPLF17C2ABCD" };
    let sealed = bed.app.vault.seal(&place, "7213-8842-0031").unwrap();
    bed.app.store.set_recovery_password(anna.id, place.device_id, Some(&sealed)).await.unwrap();
    let content = b"Subject: damaged\r\n\r\n".to_vec();
    let item = NewItem {
        conversation: conversation(&content, now.as_millisecond()),
        content,
        index: Index::at(now.as_millisecond()),
        state: MailState::default(),
        origin: None,
    };
    let mailbox = MailboxId(anna.id.0);
    let delivery = Delivery { mailbox, folder: DeliverTo::INBOX, item };
    let item = bed.app.store.deliver(vec![delivery]).await.unwrap().remove(0);
    let reason = "the part 1.2 is nested more than 50 deep";
    bed.app.store.record_poison(mailbox, item.id, Class::Email, reason, now).await.unwrap();
    talk(bed, anna);
}

/// What the phone with problems asked last.
fn talk(bed: &Bed, anna: &Account) {
    let now = bed.app.clock.now();
    for (number, (command, outcome)) in [
        (CommandName::Provision, Outcome::Answered { code: 200, status: Some(1) }),
        (CommandName::FolderSync, Outcome::Answered { code: 200, status: Some(1) }),
        (CommandName::Sync, Outcome::Answered { code: 200, status: Some(3) }),
        (CommandName::Sync, Outcome::Answered { code: 200, status: Some(3) }),
        (CommandName::Sync, Outcome::Answered { code: 200, status: Some(3) }),
        (CommandName::Sync, Outcome::Answered { code: 503, status: None }),
        (CommandName::Sync, Outcome::Answered { code: 200, status: Some(1) }),
        (CommandName::Ping, Outcome::Gone),
        (CommandName::Ping, Outcome::Answered { code: 200, status: Some(2) }),
    ]
    .into_iter()
    .enumerate()
    {
        let number = i64::try_from(number).unwrap();
        let exchange = Exchange {
            at: now - SignedDuration::from_secs(1200 - 120 * number),
            command: Some(command),
            version: Some(Version::V16_1),
            outcome,
            took: Duration::from_millis(20),
            bytes_in: 240,
            bytes_out: 1880,
            request: fieldpost_eas::wbxml::outline(EXCHANGE).map(Vec::into_boxed_slice),
            response: None,
        };
        bed.app.exchanges.add(anna.id, "APPLF17C2ABCD", exchange);
    }
}

/// A FolderSync request with key 0, as WBXML.
const EXCHANGE: &[u8] = &[0x03, 0x01, 0x6a, 0x00, 0x00, 0x07, 0x56, 0x52, 0x03, 0x30, 0x00, 0x01, 0x01];
