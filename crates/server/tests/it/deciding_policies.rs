//! The acts about policies and switches: who may, what is refused, what the log has, and what holds then.

use fieldpost_domain::policy::{NamedPolicy, Policy};
use fieldpost_domain::role::Role;
use fieldpost_domain::switches::{AccountSwitches, Switches};
use fieldpost_eas::Version;
use fieldpost_server::administration::policies::{Because, Whom};
use fieldpost_server::administration::{ActError, Actor, Administration, Through};
use fieldpost_store::{LogFilter, NewGroup};
use secrecy::ExposeSecret as _;

use crate::server::Server;

fn actor(role: Role) -> Actor {
    Actor { name: "ada".into(), role, address: Some("192.0.2.7".parse().unwrap()), through: Through::Web }
}

fn user(name: &str) -> Actor {
    Actor {
        through: Through::SelfService,
        role: Role::View,
        ..Actor { name: name.into(), ..actor(Role::View) }
    }
}

fn strict(name: &str) -> NamedPolicy {
    let policy = Policy {
        device_password_enabled: Some(true),
        min_device_password_length: Some(6),
        ..Policy::NOTHING
    };
    NamedPolicy { name: name.to_owned(), policy, ..NamedPolicy::default() }
}

/// The log, the oldest first: action, mailbox, outcome, detail.
async fn log(server: &Server) -> Vec<(String, String, &'static str, String)> {
    let entries = server.app.store.audit_page(&LogFilter::default(), None, 100).await.unwrap();
    let mut all: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            (entry.event.action, entry.event.mailbox, entry.event.outcome.name(), entry.event.detail)
        })
        .collect();
    all.reverse();
    all
}

#[tokio::test]
async fn only_whoever_may_decides() {
    let server = Server::start().await;
    server.account("mia").await;
    let acts = Administration::of(&server.app);
    for role in [Role::View, Role::HelpDesk] {
        let actor = actor(role);
        let denied = |outcome: Result<(), ActError>| assert!(matches!(outcome, Err(ActError::Denied { .. })));
        denied(acts.put_policy(&actor, &strict("Strict")).await.map(drop));
        denied(acts.delete_policy(&actor, "Strict").await);
        denied(acts.set_default_policy(&actor, Some("Strict")).await);
        denied(acts.assign_policy(&actor, Whom::Account("mia@example.org"), None).await);
        denied(acts.order_policy_groups(&actor, &[]).await);
        denied(acts.exempt(&actor, "mia@example.org", true).await);
        denied(acts.put_switches(&actor, &Switches::default()).await);
        denied(acts.put_account_switches(&actor, "mia@example.org", &AccountSwitches::default()).await);
        acts.policies(&actor).await.unwrap();
        acts.switches(&actor).await.unwrap();
    }
    let view = actor(Role::View);
    let outcome = acts.recovery_password(&view, "mia@example.org", "PHONE1").await;
    assert!(matches!(outcome, Err(ActError::Denied { .. })));
    let log = log(&server).await;
    assert_eq!(log.len(), 17);
    assert!(log.iter().all(|(_, _, outcome, _)| *outcome == "denied"), "{log:?}");
    assert!(server.app.store.policies().await.unwrap().is_empty());
}

#[tokio::test]
async fn policies_are_put_assigned_and_removed() {
    let server = Server::start().await;
    server.account("mia").await;
    let group = NewGroup { address: "sales@example.org".into(), ..NewGroup::default() };
    let group = server.app.store.create_group(group).await.unwrap();
    server.app.store.add_member(group.id, "mia@example.org").await.unwrap();
    let acts = Administration::of(&server.app);
    let ada = actor(Role::Policy);
    let mia = "mia@example.org";

    let listed = acts.policies(&ada).await.unwrap();
    assert!(listed.len() == 1 && listed[0].is_configured && listed[0].is_default && listed[0].is_required);
    assert_eq!(acts.policy_in_force(&ada, mia).await.unwrap().because, Because::Configuration);

    // All that is wrong is said at once, and nothing is kept.
    let mut wrong = strict("Strict");
    wrong.policy.min_device_password_length = Some(19);
    wrong.policy.max_device_password_failed_attempts = Some(3);
    let error = acts.put_policy(&ada, &wrong).await.unwrap_err();
    assert!(
        matches!(&error, ActError::Invalid(text) if text.contains("1 to 18") && text.contains("4 to 16"))
    );
    assert!(acts.put_policy(&ada, &strict(" Strict ")).await.unwrap());
    assert!(!acts.put_policy(&ada, &NamedPolicy { allow_partial: true, ..strict("STRICT") }).await.unwrap());
    assert!(acts.put_policy(&ada, &strict("Other")).await.unwrap());

    assert!(matches!(
        acts.set_default_policy(&ada, Some("Nobody's")).await,
        Err(ActError::NotFound { what: "policy", .. })
    ));
    acts.set_default_policy(&ada, Some("other")).await.unwrap();
    assert_eq!(acts.policy_in_force(&ada, mia).await.unwrap().because, Because::Default);
    acts.assign_policy(&ada, Whom::Group("sales@example.org"), Some("strict")).await.unwrap();
    let in_force = acts.policy_in_force(&ada, mia).await.unwrap();
    assert_eq!(in_force.because, Because::Group("sales@example.org".into()));
    assert_eq!(in_force.policy.unwrap().name, "STRICT");
    acts.assign_policy(&ada, Whom::Account(mia), Some("Other")).await.unwrap();
    assert_eq!(acts.policy_in_force(&ada, mia).await.unwrap().because, Because::Account);
    assert_eq!(acts.policy_accounts(&ada, "OTHER").await.unwrap(), [mia]);
    for whom in [Whom::Account("x@example.org"), Whom::Group(mia)] {
        assert!(matches!(
            acts.assign_policy(&ada, whom, Some("other")).await,
            Err(ActError::NotFound { .. })
        ));
    }
    acts.exempt(&ada, mia, true).await.unwrap();
    assert_eq!(acts.exempt_accounts(&ada).await.unwrap(), [mia]);
    assert_eq!(acts.policy_in_force(&ada, mia).await.unwrap().because, Because::Exempt);
    acts.exempt(&ada, mia, false).await.unwrap();

    let view = acts.policy(&ada, "strict").await.unwrap();
    assert_eq!((view.accounts, view.groups.as_slice()), (0, ["sales@example.org".to_owned()].as_slice()));
    assert!(matches!(acts.delete_policy(&ada, "strict").await, Err(ActError::Conflict(_))));
    acts.assign_policy(&ada, Whom::Group("sales@example.org"), None).await.unwrap();
    acts.delete_policy(&ada, "strict").await.unwrap();
    assert!(matches!(acts.delete_policy(&ada, "strict").await, Err(ActError::NotFound { .. })));

    let log = log(&server).await;
    let has = |action: &str, outcome: &str, part: &str| {
        log.iter().any(|(a, _, o, detail)| a == action && *o == outcome && detail.contains(part))
    };
    assert!(has("policy.put", "failed", "1 to 18"), "{log:#?}");
    assert!(has(
        "policy.put",
        "done",
        "Strict: new, device_password_enabled yes, min_device_password_length 6"
    ));
    assert!(has("policy.put", "done", "STRICT: changed, allow_partial yes"));
    assert!(has("policy.delete", "failed", "is the default, or assigned"));
    assert!(has("policy.default", "done", "other"));
    assert!(log.iter().any(|(action, mailbox, ..)| action == "policy.exempt" && mailbox == mia));
}

#[tokio::test]
async fn a_recovery_password_is_read_by_those_who_may_and_the_log_knows() {
    let server = Server::with(|settings| {
        settings.policy = Policy { password_recovery_enabled: Some(true), ..settings.policy.clone() };
    })
    .await;
    server.account("mia").await;
    let mut phone = server.ready_phone("mia", Version::V14_1).await;
    phone.escrow_password("open sesame").await.unwrap();
    let acts = Administration::of(&server.app);
    let help = actor(Role::HelpDesk);
    let password = acts.recovery_password(&help, "mia@example.org", "PHONE1").await.unwrap();
    assert_eq!(password.expose_secret(), "open sesame");
    assert!(matches!(
        acts.recovery_password(&help, "mia@example.org", "PHONE2").await,
        Err(ActError::NotFound { .. })
    ));
    let log = log(&server).await;
    assert_eq!(log.len(), 2);
    assert_eq!((log[0].0.as_str(), log[0].2), ("device.recovery-password", "done"));
    assert!(log.iter().all(|entry| !format!("{entry:?}").contains("sesame")));
    // Without the key, as on the command line of another machine, it stays closed.
    let acts = Administration::of_store(server.app.store.clone(), server.app.clock.clone());
    assert!(matches!(
        acts.recovery_password(&help, "mia@example.org", "PHONE1").await,
        Err(ActError::Conflict(_))
    ));
}

#[tokio::test]
async fn users_choose_where_notifications_go_where_they_may() {
    let server = Server::start().await;
    server.account("mia").await;
    server.account("ben").await;
    let acts = Administration::of(&server.app);
    let (ada, mia) = (actor(Role::Policy), user("mia@example.org"));
    let to = Some("49170@sms.example");
    let choose = async |allowed_to: &str| acts.choose_notification_address(&mia, allowed_to, to).await;
    assert!(matches!(choose("mia@example.org").await, Err(ActError::Conflict(_))));
    let switches =
        Switches { notifications: true, notifications_to_chosen_address: true, ..Switches::default() };
    acts.put_switches(&ada, &switches).await.unwrap();
    choose("mia@example.org").await.unwrap();
    let account = server.app.store.account_by_address("mia@example.org").await.unwrap().unwrap();
    assert_eq!(server.app.rules.book().notification_address(account.id), to);
    assert!(matches!(choose("ben@example.org").await, Err(ActError::NotYours)));
    let bad = Some("x@y\r\nDATA");
    assert!(matches!(
        acts.choose_notification_address(&mia, "mia@example.org", bad).await,
        Err(ActError::Invalid(_))
    ));
    let too_often = Switches { notification_minutes: 0, ..switches };
    assert!(matches!(acts.put_switches(&ada, &too_often).await, Err(ActError::Invalid(_))));
    assert_eq!(
        acts.account_switches(&mia, "mia@example.org").await.unwrap().own.notification_address.as_deref(),
        to
    );
    assert!(acts.account_switches(&mia, "ben@example.org").await.is_err());
}
