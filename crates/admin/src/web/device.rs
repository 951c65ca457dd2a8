//! One device: what it is, where it stands, why it may be stuck, and what can be done about it.

mod facts;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::device::Standing;
use fieldpost_domain::diagnosis::Severity;
use fieldpost_domain::role::Permission;
use fieldpost_domain::wipe::{WipeKind, WipeState};
use hyper::StatusCode;
use secrecy::ExposeSecret as _;
use serde::Deserialize;

use self::facts::{ExchangeRow, Fact, Finding, PoisonRow, WipeFacts, exchange_row, wipe_facts};
use super::devices::{href, name_of, standing_text};
use super::failure::Failure;
use super::filters;
use super::layout::{DEVICES, Note, Page, bad, good, html};
use super::visitor::Administrator;
use crate::Site;

#[derive(Template)]
#[template(path = "device.html")]
struct DevicePage {
    page: Page,
    href: String,
    owner: String,
    standing: &'static str,
    mood: &'static str,
    because: String,
    identity: Vec<Fact>,
    synchronisation: Vec<Fact>,
    findings: Vec<Finding>,
    wipe: Option<WipeFacts>,
    exchanges: Vec<ExchangeRow>,
    poison: Vec<PoisonRow>,
    releasable: bool,
    listed: Option<String>,
    may_release: bool,
    may_wipe: bool,
    wiping: bool,
    knows_account_only: bool,
}

#[derive(Template)]
#[template(path = "wipe.html")]
struct WipePage {
    page: Page,
    href: String,
    owner: String,
    name: String,
    device_id: String,
    erases: &'static str,
    account_only: bool,
    kind: &'static str,
    second: bool,
}

#[derive(Template)]
#[template(path = "device_delete.html")]
struct DeletePage {
    page: Page,
    href: String,
    owner: String,
    name: String,
}

#[derive(Template)]
#[template(path = "device_recovery.html")]
struct RecoveryPage {
    page: Page,
    href: String,
    owner: String,
    name: String,
    password: String,
}

/// What was done just before, as the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// The order to wipe.
#[derive(Deserialize)]
pub(crate) struct WipeForm {
    kind: String,
    mailbox: String,
}

fn note(done: &str, wipe: Option<WipeState>) -> Option<Note> {
    match done {
        "allow" => good("The device is let in, whatever the rules say."),
        "release" => {
            good("The device is released. It synchronises by itself, at once if it is waiting for news.")
        }
        "block" => good("The device is blocked from now on."),
        "unlist" => good("The admission rules decide about this device from its next request on."),
        "resync" => good("The device fetches all its folders anew when it asks next."),
        "wipe" if wipe == Some(WipeState::Proposed) => good(
            "The wipe is proposed. It takes effect once a second administrator approves it; until then the \
             device is served.",
        ),
        "wipe" => good(
            "The wipe is ordered. The device is told as soon as it asks; one that waits is told at once.",
        ),
        "approve-wipe" => good("The wipe is approved and in force."),
        "cancel-wipe" => good("The wipe is cancelled; the device is served again."),
        _ => None,
    }
}

/// The page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, device_id)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let (view, diagnosis) =
        site.administration.diagnosis(&administrator.actor(), &address, &device_id).await?;
    let exchanges = diagnosis.exchanges.unwrap_or_default();
    let (standing, mood) = standing_text(view.standing);
    let wipe = view.control.wipe.as_ref();
    let wiping = wipe.is_some_and(|wipe| wipe.state != WipeState::Cancelled);
    let personal = view.control.personal.as_ref();
    html(&DevicePage {
        page: Page::new(name_of(&view.device), DEVICES, &administrator)
            .with(note(&done.done, wipe.map(|wipe| wipe.state))),
        href: href(&view.account.address, &device_id),
        owner: view.account.address.clone(),
        standing,
        mood,
        because: view.control.access.as_ref().map(|access| access.because.clone()).unwrap_or_default(),
        identity: facts::identity(&view.device),
        synchronisation: facts::synchronisation(&site.app, &view, &exchanges, &diagnosis.folders),
        findings: diagnosis
            .findings
            .into_iter()
            .map(|found| {
                let (mood, word) = match found.severity {
                    Severity::Stuck => ("bad", "Stuck"),
                    Severity::Warning => ("warn", "Warning"),
                    Severity::Note => ("", "Note"),
                };
                Finding { mood, word, what: found.what, advice: found.advice }
            })
            .collect(),
        wipe: wipe.map(|wipe| wipe_facts(wipe, &administrator.who.name)),
        exchanges: exchanges.iter().map(|exchange| exchange_row(exchange)).collect(),
        poison: diagnosis
            .unshown
            .into_iter()
            .map(|item| PoisonRow {
                folder: item.folder,
                class: item.class,
                reason: item.reason,
                since: filters::time(item.since),
            })
            .collect(),
        releasable: matches!(view.standing, Standing::Quarantined | Standing::Blocked),
        listed: personal.map(|personal| format!("{} by {}", personal.action, personal.by)),
        may_release: administrator.may(Permission::Release),
        may_wipe: administrator.may(Permission::Wipe),
        wiping,
        knows_account_only: view.knows_account_only,
    })
}

/// Carries out what needs no further question.
pub(crate) async fn act(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, device_id, what)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (administration, actor) = (&site.administration, administrator.actor());
    match what.as_str() {
        "allow" => administration.allow_device(&actor, &address, &device_id).await?,
        "release" => administration.release_device(&actor, &address, &device_id).await?,
        "block" => administration.block_device(&actor, &address, &device_id).await?,
        "unlist" => administration.unlist_device(&actor, &address, &device_id).await?,
        "resync" => administration.force_sync(&actor, &address, &device_id).await?,
        "approve-wipe" => administration.approve_wipe(&actor, &address, &device_id).await?,
        "cancel-wipe" => administration.cancel_wipe(&actor, &address, &device_id).await?,
        _ => return Err(Failure::NotFound("There is no such action.".to_owned())),
    }
    Ok(Redirect::to(&format!("{}?done={what}", href(&address, &device_id))).into_response())
}

async fn wipe_page(
    site: &Site,
    administrator: &Administrator,
    address: &str,
    device_id: &str,
    kind: &str,
    note: Option<Note>,
) -> Result<Response, Failure> {
    administrator.must(Permission::Wipe)?;
    let actor = administrator.actor();
    let view = site.administration.device(&actor, address, device_id).await?;
    let account_only = view.knows_account_only;
    html(&WipePage {
        page: Page::new("Remote wipe", DEVICES, administrator).with(note),
        href: href(address, device_id),
        owner: view.account.address,
        name: name_of(&view.device),
        device_id: device_id.to_owned(),
        erases: view.erases,
        account_only,
        kind: if kind == "account-only" && account_only { "account-only" } else { "full" },
        second: site.administration.wipe_rules(&actor).await?.needs_approval,
    })
}

/// What a wipe will erase, and the question whether that is wanted.
pub(crate) async fn ask_wipe(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, device_id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    wipe_page(&site, &administrator, &address, &device_id, "full", None).await
}

/// Orders the wipe.
pub(crate) async fn wipe(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, device_id)): Path<(String, String)>,
    Form(form): Form<WipeForm>,
) -> Result<Response, Failure> {
    let kind = match form.kind.as_str() {
        "full" => WipeKind::Full,
        "account-only" => WipeKind::AccountOnly,
        _ => return Err(Failure::Invalid("Choose what is to be erased.".to_owned())),
    };
    let actor = administrator.actor();
    let ordered = site.administration.order_wipe(&actor, &address, &device_id, kind, &form.mailbox).await;
    match ordered.map_err(Failure::from) {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=wipe", href(&address, &device_id))).into_response()),
        // Asked once more, with the reason.
        Err(Failure::Invalid(text)) => {
            let note = bad(format!("{text} Nothing was changed."));
            let page = wipe_page(&site, &administrator, &address, &device_id, &form.kind, note).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

/// Shows the recovery password that the device has left here.
pub(crate) async fn recovery(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, device_id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let actor = administrator.actor();
    let password = site.administration.recovery_password(&actor, &address, &device_id).await?;
    let view = site.administration.device(&actor, &address, &device_id).await?;
    html(&RecoveryPage {
        page: Page::new("Recovery password", DEVICES, &administrator),
        href: href(&address, &device_id),
        owner: view.account.address.clone(),
        name: name_of(&view.device),
        password: password.expose_secret().to_owned(),
    })
}

/// Asks whether the partnership is to end.
pub(crate) async fn ask_delete(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, device_id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    administrator.must(Permission::Release)?;
    let view = site.administration.device(&administrator.actor(), &address, &device_id).await?;
    html(&DeletePage {
        page: Page::new("End the partnership", DEVICES, &administrator),
        href: href(&address, &device_id),
        owner: view.account.address.clone(),
        name: name_of(&view.device),
    })
}

/// Ends it.
pub(crate) async fn delete(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((address, device_id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    site.administration.delete_device(&administrator.actor(), &address, &device_id).await?;
    Ok(Redirect::to("/MobileAdmin/devices").into_response())
}
