//! The form of one policy, in which every setting is explained with what each kind of phone makes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::policy::catalogue::{self, Group, Honours, Kind, Setting};
use fieldpost_domain::policy::{NamedPolicy, Policy, Value};
use fieldpost_domain::role::Permission;
use hyper::StatusCode;

use super::{href, known};
use crate::Site;
use crate::web::failure::Failure;
use crate::web::layout::{Mood, Note, POLICIES, Page, bad, html};
use crate::web::visitor::Administrator;

/// The fields of a form by name, as typed in.
type Fields = BTreeMap<String, String>;

struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

struct EffectView {
    phone: &'static str,
    word: &'static str,
    mood: &'static str,
    note: &'static str,
}

struct SettingView {
    field: &'static str,
    title: &'static str,
    explanation: &'static str,
    /// Empty where it is typed in.
    choices: Vec<Choice>,
    value: String,
    list: bool,
    range: String,
    assumed: String,
    since: &'static str,
    effects: Vec<EffectView>,
    wrong: String,
}

struct GroupView {
    title: &'static str,
    settings: Vec<SettingView>,
}

#[derive(Template)]
#[template(path = "policy.html")]
struct PolicyPage {
    page: Page,
    href: String,
    name: String,
    is_new: bool,
    refresh_hours: String,
    refresh_wrong: String,
    name_wrong: String,
    allow_partial: bool,
    allow_non_provisionable: bool,
    allow_externally_managed: bool,
    groups: Vec<GroupView>,
    /// What is wrong: the field, its title, and why.
    problems: Vec<(String, &'static str, String)>,
    may: bool,
}

fn view(setting: &'static Setting, policy: &Policy, fields: Option<&Fields>, wrong: String) -> SettingView {
    let value = policy.get(setting.field);
    let text = match (fields, &value) {
        (Some(fields), _) => fields.get(setting.field).cloned().unwrap_or_default(),
        (None, None) => String::new(),
        (None, Some(Value::Flag(flag))) => if *flag { "yes" } else { "no" }.to_owned(),
        (None, Some(Value::Number(number))) => number.to_string(),
        (None, Some(Value::List(list))) => list.join("\n"),
    };
    let choice = |value: &str, said: &str| Choice {
        value: value.to_owned(),
        text: said.to_owned(),
        chosen: value == text,
    };
    let choices = match setting.kind {
        Kind::Flag => vec![choice("", "says nothing"), choice("yes", "yes"), choice("no", "no")],
        Kind::Choice(all) => std::iter::once(choice("", "says nothing"))
            .chain(all.iter().map(|(number, meaning)| choice(&number.to_string(), meaning)))
            .collect(),
        Kind::Number { .. } | Kind::Names | Kind::Hashes => Vec::new(),
    };
    let effect = |(phone, effect): (&'static str, catalogue::Effect)| EffectView {
        phone,
        word: effect.honours.name(),
        mood: match effect.honours {
            Honours::Yes => "good",
            Honours::Partly => "warn",
            Honours::No => "bad",
            Honours::Unknown => "",
        },
        note: effect.note,
    };
    SettingView {
        field: setting.field,
        title: setting.title,
        explanation: setting.explanation,
        choices,
        value: text,
        list: matches!(setting.kind, Kind::Names | Kind::Hashes),
        range: setting.range(),
        assumed: setting.assumed_in_words(),
        since: setting.since.name(),
        effects: setting.effects.all().map(effect).into(),
        wrong,
    }
}

/// Where the policy of a form is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// It is to be made.
    New,
    /// Here.
    Here,
    /// In the configuration file.
    Elsewhere,
}

/// What is wrong, by field.
type Wrong = BTreeMap<String, String>;

fn policy_page(
    administrator: &Administrator,
    named: &NamedPolicy,
    kept: Kept,
    fields: Option<&Fields>,
    wrong: &Wrong,
    note: Option<Note>,
) -> Result<Response, Failure> {
    let is_new = kept == Kept::New;
    let wrong_with = |field: &str| wrong.get(field).cloned().unwrap_or_default();
    let typed = |field: &str| fields.and_then(|fields| fields.get(field)).cloned();
    let title = if is_new { "New policy".to_owned() } else { named.name.clone() };
    let groups = Group::ALL.map(|group| GroupView {
        title: group.title(),
        settings: group
            .settings()
            .iter()
            .map(|setting| view(setting, &named.policy, fields, wrong_with(setting.field)))
            .collect(),
    });
    html(&PolicyPage {
        page: Page::new(title, POLICIES, administrator).with(note),
        href: if is_new { "/MobileAdmin/policies/new".to_owned() } else { href(&named.name) },
        name: typed("name").unwrap_or_else(|| named.name.clone()),
        is_new,
        refresh_hours: typed("refresh_hours")
            .unwrap_or_else(|| named.refresh_hours.map(|hours| hours.to_string()).unwrap_or_default()),
        refresh_wrong: wrong_with("refresh_hours"),
        name_wrong: wrong_with("name"),
        allow_partial: named.allow_partial,
        allow_non_provisionable: named.allow_non_provisionable,
        allow_externally_managed: named.allow_externally_managed,
        groups: groups.into(),
        problems: wrong.iter().map(|(field, what)| (field.clone(), title_of(field), what.clone())).collect(),
        may: kept != Kept::Elsewhere && administrator.may(Permission::Policies),
    })
}

/// What a form calls a field.
fn title_of(field: &str) -> &'static str {
    match field {
        "name" => "Name",
        "refresh_hours" => "Phones come for it again after hours",
        field => catalogue::all().find(|setting| setting.field == field).map_or("", |setting| setting.title),
    }
}

/// Reads a form; what can't be read is noted.
fn read(name: String, fields: &Fields, wrong: &mut Wrong) -> NamedPolicy {
    let text = |field: &str| fields.get(field).map(|text| text.trim()).unwrap_or_default();
    let mut policy = Policy::NOTHING;
    for setting in catalogue::all() {
        let typed = text(setting.field);
        if typed.is_empty() {
            continue;
        }
        let value = match setting.kind {
            Kind::Flag => Some(Value::Flag(typed == "yes")),
            Kind::Number { .. } | Kind::Choice(_) => typed.parse().ok().map(Value::Number),
            Kind::Names | Kind::Hashes => {
                let lines = typed.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
                Some(Value::List(lines.collect()))
            }
        };
        if value.is_none() || !policy.set(setting.field, value) {
            wrong.insert(setting.field.to_owned(), format!("“{typed}” can’t be; it is {}", setting.range()));
        }
    }
    let refresh = text("refresh_hours");
    let refresh_hours = if refresh.is_empty() { None } else { refresh.parse().ok() };
    if !refresh.is_empty() && refresh_hours.is_none() {
        wrong.insert("refresh_hours".to_owned(), format!("“{refresh}” is no number of hours"));
    }
    NamedPolicy {
        name,
        policy,
        refresh_hours,
        allow_partial: text("allow_partial") == "yes",
        allow_non_provisionable: text("allow_non_provisionable") == "yes",
        allow_externally_managed: text("allow_externally_managed") == "yes",
    }
}

async fn put(
    site: &Site,
    administrator: &Administrator,
    name: String,
    is_new: bool,
    fields: Fields,
) -> Result<Response, Failure> {
    if !administrator.may(Permission::Policies) {
        // The act refuses it, and writes that down.
        let named = NamedPolicy { name, ..NamedPolicy::default() };
        site.administration.put_policy(&administrator.actor(), &named).await?;
        return Err(Failure::Forbidden(Permission::Policies.least()));
    }
    let mut wrong = Wrong::new();
    let named = read(name, &fields, &mut wrong);
    for problem in named.problems() {
        wrong.entry(problem.field.to_owned()).or_insert(problem.what);
    }
    if is_new && wrong.is_empty() && site.app.store.policy(&named.name).await?.is_some() {
        wrong.insert("name".to_owned(), "a policy of this name exists already".to_owned());
    }
    if !wrong.is_empty() {
        let note = bad("Nothing was changed: what is marked below can’t be kept.");
        let kept = if is_new { Kept::New } else { Kept::Here };
        let shown = policy_page(administrator, &named, kept, Some(&fields), &wrong, note)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    site.administration.put_policy(&administrator.actor(), &named).await?;
    Ok(Redirect::to("/MobileAdmin/policies?done=put").into_response())
}

/// The form for a new policy, with what is usual.
pub(crate) async fn show_new(administrator: Administrator) -> Result<Response, Failure> {
    administrator.must(Permission::Policies)?;
    policy_page(&administrator, &NamedPolicy::proposed(""), Kept::New, None, &Wrong::new(), None)
}

/// Makes one.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let name = fields.get("name").map(|name| name.trim().to_owned()).unwrap_or_default();
    put(&site, &administrator, name, true, fields).await
}

/// The form of one.
pub(crate) async fn show_one(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let view = known(&site, &administrator, &name).await?;
    let note = view.is_configured.then(|| Note {
        mood: Mood::Plain,
        text: "This policy stands in the configuration file, and is changed there.".to_owned(),
    });
    policy_page(
        &administrator,
        &view.policy,
        if view.is_configured { Kept::Elsewhere } else { Kept::Here },
        None,
        &Wrong::new(),
        note,
    )
}

/// Changes one.
pub(crate) async fn change(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let view = known(&site, &administrator, &name).await?;
    put(&site, &administrator, view.policy.name, false, fields).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_says_what_was_typed_and_nothing_else() {
        let mut wrong = Wrong::new();
        let typed = fields(&[
            ("device_password_enabled", "yes"),
            ("min_device_password_length", " 6 "),
            ("allow_camera", "no"),
            ("allow_wifi", ""),
            ("unapproved_in_rom_application_list", "solitaire.exe\n\n bubble.exe "),
            ("refresh_hours", "12"),
            ("allow_partial", "yes"),
        ]);
        let named = read("Sales".to_owned(), &typed, &mut wrong);
        assert!(wrong.is_empty(), "{wrong:?}");
        let policy = &named.policy;
        assert_eq!(policy.device_password_enabled, Some(true));
        assert_eq!(policy.min_device_password_length, Some(6));
        assert_eq!(policy.allow_camera, Some(false));
        assert_eq!(policy.allow_wifi, None);
        assert_eq!(
            policy.get("unapproved_in_rom_application_list"),
            Some(Value::List(vec!["solitaire.exe".into(), "bubble.exe".into()]))
        );
        assert_eq!((named.refresh_hours, named.allow_partial), (Some(12), true));
    }

    #[test]
    fn what_can_not_be_read_is_said() {
        let mut wrong = Wrong::new();
        let typed = fields(&[
            ("min_device_password_length", "many"),
            ("max_attachment_size", "-1"),
            ("refresh_hours", "often"),
        ]);
        read("Sales".to_owned(), &typed, &mut wrong);
        let fields: Vec<&str> = wrong.keys().map(String::as_str).collect();
        assert_eq!(fields, ["max_attachment_size", "min_device_password_length", "refresh_hours"]);
    }
}
