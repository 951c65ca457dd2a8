//! Admission: which devices are let in. The rules in their order, each with a form of its own, the default,
//! and the thresholds by which the server acts on its own.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use fieldpost_domain::admission::{Action, Conditions, Pattern, Rule, Rules, Threshold, Thresholds};
use fieldpost_domain::role::Permission;
use hyper::StatusCode;
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{Note, Page, RULES, bad, good, html};
use super::visitor::Administrator;
use crate::Site;

/// A condition of a form.
struct Field {
    name: &'static str,
    label: &'static str,
    value: String,
    example: &'static str,
}

struct Row {
    number: usize,
    name: String,
    conditions: String,
    action: &'static str,
    mood: &'static str,
    first: bool,
    last: bool,
}

struct ThresholdRow {
    name: &'static str,
    label: &'static str,
    more_than: String,
    minutes: String,
    action: &'static str,
    for_minutes: String,
}

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    page: Page,
    rows: Vec<Row>,
    default: &'static str,
    default_text: &'static str,
    thresholds: Vec<ThresholdRow>,
    may: bool,
    needs_approval: bool,
    may_approval: bool,
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    page: Page,
    href: String,
    name: String,
    action: &'static str,
    fields: Vec<Field>,
    is_new: bool,
}

/// A rule as typed in.
#[derive(Deserialize)]
pub(crate) struct RuleForm {
    name: String,
    action: String,
    device_type: String,
    model: String,
    os: String,
    user_agent: String,
    device_id: String,
    account: String,
    group: String,
}

/// The default as chosen.
#[derive(Deserialize)]
pub(crate) struct DefaultForm {
    action: String,
}

/// One threshold as typed in; all empty takes it away.
#[derive(Deserialize)]
pub(crate) struct ThresholdForm {
    which: String,
    more_than: String,
    minutes: String,
    action: String,
    for_minutes: String,
}

/// Whether a full wipe takes two administrators.
#[derive(Deserialize)]
pub(crate) struct ApprovalForm {
    #[serde(default)]
    needs_approval: String,
}

/// What was done just before, as the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// An action in words, and the class that colours it.
pub(super) fn action_text(action: Action) -> (&'static str, &'static str) {
    match action {
        Action::Allow => ("Allow", "good"),
        Action::Block => ("Block", "bad"),
        Action::Quarantine => ("Quarantine", "warn"),
    }
}

fn action_of(name: &str) -> Result<Action, Failure> {
    Action::from_name(name).ok_or_else(|| Failure::Invalid("Choose allow, block or quarantine.".to_owned()))
}

/// The conditions with what a form calls them.
fn fields(when: &Conditions) -> Vec<Field> {
    let field = |name, label, pattern: &Option<Pattern>, example| Field {
        name,
        label,
        value: pattern.as_ref().map(|pattern| pattern.as_str().to_owned()).unwrap_or_default(),
        example,
    };
    vec![
        field("device_type", "Type", &when.device_type, "iPhone"),
        field("model", "Model", &when.model, "SM-G99*"),
        field("os", "Operating system", &when.os, "iOS 1?.*"),
        field("user_agent", "User agent", &when.user_agent, "Outlook-iOS*"),
        field("device_id", "Device id", &when.device_id, "ANDROID*"),
        field("account", "Account", &when.account, "*@sales.example.org"),
        field("group", "Group", &when.group, "board@example.org"),
    ]
}

fn conditions_text(when: &Conditions) -> String {
    let given = fields(when).into_iter().filter(|field| !field.value.is_empty());
    let texts: Vec<String> = given.map(|field| format!("{} is {}", field.label, field.value)).collect();
    if texts.is_empty() { "every device".to_owned() } else { texts.join(", and ") }
}

fn rule_of(form: &RuleForm) -> Result<Rule, Failure> {
    let pattern = |text: &str| -> Result<Option<Pattern>, Failure> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        Pattern::new(text).map(Some).map_err(|error| Failure::Invalid(error.to_string()))
    };
    Ok(Rule {
        name: form.name.trim().to_owned(),
        when: Conditions {
            device_type: pattern(&form.device_type)?,
            model: pattern(&form.model)?,
            os: pattern(&form.os)?,
            user_agent: pattern(&form.user_agent)?,
            device_id: pattern(&form.device_id)?,
            account: pattern(&form.account)?,
            group: pattern(&form.group)?,
        },
        action: action_of(&form.action)?,
    })
}

fn threshold_rows(thresholds: &Thresholds) -> Vec<ThresholdRow> {
    let row = |name, label, threshold: Option<Threshold>| {
        let text =
            |value: fn(Threshold) -> u32| threshold.map(|it| value(it).to_string()).unwrap_or_default();
        ThresholdRow {
            name,
            label,
            more_than: text(|it| it.more_than),
            minutes: text(|it| it.minutes),
            action: threshold.map_or("quarantine", |it| it.action.name()),
            for_minutes: text(|it| it.for_minutes),
        }
    };
    vec![
        row("commands", "Commands of any kind", thresholds.commands),
        row("sync-restarts", "Folders begun anew", thresholds.sync_restarts),
        row("user-agents", "Changes of the user agent", thresholds.user_agents),
    ]
}

async fn page(site: &Site, administrator: &Administrator, note: Option<Note>) -> Result<Response, Failure> {
    let actor = administrator.actor();
    let rules = site.administration.rules(&actor).await?;
    let count = rules.rules.len();
    let row = |(place, rule): (usize, &Rule)| {
        let (action, mood) = action_text(rule.action);
        Row {
            number: place + 1,
            name: rule.name.clone(),
            conditions: conditions_text(&rule.when),
            action,
            mood,
            first: place == 0,
            last: place + 1 == count,
        }
    };
    html(&RulesPage {
        page: Page::new("Admission rules", RULES, administrator).with(note),
        rows: rules.rules.iter().enumerate().map(row).collect(),
        default: rules.default.name(),
        default_text: action_text(rules.default).0,
        thresholds: threshold_rows(&rules.thresholds),
        may: administrator.may(Permission::Rules),
        needs_approval: site.administration.wipe_rules(&actor).await?.needs_approval,
        may_approval: administrator.may(Permission::Administrators),
    })
}

/// The rules.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let note = match done.done.as_str() {
        "rules" => good("The rules are changed; they hold from each device’s next request on."),
        "approval" => good("How wipes are ordered is changed."),
        _ => None,
    };
    page(&site, &administrator, note).await
}

fn rule_page(
    administrator: &Administrator,
    href: String,
    rule: &Rule,
    note: Option<Note>,
) -> Result<Response, Failure> {
    let is_new = href.ends_with("/new");
    html(&RulePage {
        page: Page::new(if is_new { "New rule" } else { "Change a rule" }, RULES, administrator).with(note),
        href,
        name: rule.name.clone(),
        action: rule.action.name(),
        fields: fields(&rule.when),
        is_new,
    })
}

/// The form for a new rule.
pub(crate) async fn show_new(administrator: Administrator) -> Result<Response, Failure> {
    administrator.must(Permission::Rules)?;
    let rule = Rule { name: String::new(), when: Conditions::default(), action: Action::Quarantine };
    rule_page(&administrator, "/MobileAdmin/rules/new".to_owned(), &rule, None)
}

fn no_such_rule() -> Failure {
    Failure::NotFound("There is no such rule; somebody may have removed it.".to_owned())
}

/// The form for one rule.
pub(crate) async fn show_one(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(number): Path<usize>,
) -> Result<Response, Failure> {
    administrator.must(Permission::Rules)?;
    let rules = site.administration.rules(&administrator.actor()).await?;
    let place = number.checked_sub(1).ok_or_else(no_such_rule)?;
    let rule = rules.rules.get(place).ok_or_else(no_such_rule)?;
    rule_page(&administrator, format!("/MobileAdmin/rules/{number}"), rule, None)
}

/// Changes the rules as they are now.
async fn change(
    site: &Site,
    administrator: &Administrator,
    change: impl FnOnce(&mut Rules) -> Result<(), Failure>,
) -> Result<Response, Failure> {
    let actor = administrator.actor();
    let mut rules = site.administration.rules(&actor).await?;
    change(&mut rules)?;
    site.administration.put_rules(&actor, &rules).await?;
    Ok(Redirect::to("/MobileAdmin/rules?done=rules").into_response())
}

/// Shows the form of a rule again, with what is wrong; other failures stay what they are.
fn again(
    administrator: &Administrator,
    href: String,
    form: &RuleForm,
    failure: Failure,
) -> Result<Response, Failure> {
    let (Failure::Invalid(text), Ok(rule)) = (&failure, rule_of(form)) else { return Err(failure) };
    let note = bad(format!("{text} Nothing was changed."));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, rule_page(administrator, href, &rule, note)?).into_response())
}

/// Puts a new rule at the end, or before those that always apply.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<RuleForm>,
) -> Result<Response, Failure> {
    let rule = rule_of(&form)?;
    let added = change(&site, &administrator, |rules| {
        let always = |rule: &Rule| rule.when == Conditions::default();
        let place = rules.rules.iter().position(always).unwrap_or(rules.rules.len());
        rules.rules.insert(place, rule);
        Ok(())
    });
    match added.await {
        Err(failure) => again(&administrator, "/MobileAdmin/rules/new".to_owned(), &form, failure),
        done => done,
    }
}

/// Changes one rule.
pub(crate) async fn put(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path(number): Path<usize>,
    Form(form): Form<RuleForm>,
) -> Result<Response, Failure> {
    let rule = rule_of(&form)?;
    let put = change(&site, &administrator, |rules| {
        let place = number.checked_sub(1).and_then(|place| rules.rules.get_mut(place));
        *place.ok_or_else(no_such_rule)? = rule;
        Ok(())
    });
    match put.await {
        Err(failure) => again(&administrator, format!("/MobileAdmin/rules/{number}"), &form, failure),
        done => done,
    }
}

/// Moves or removes one rule.
pub(crate) async fn act(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Path((number, what)): Path<(usize, String)>,
) -> Result<Response, Failure> {
    change(&site, &administrator, |rules| {
        let rules = &mut rules.rules;
        let place = number.checked_sub(1).filter(|place| *place < rules.len()).ok_or_else(no_such_rule)?;
        match what.as_str() {
            "remove" => {
                rules.remove(place);
            }
            "up" if place > 0 => rules.swap(place, place - 1),
            "down" if place + 1 < rules.len() => rules.swap(place, place + 1),
            _ => return Err(Failure::Conflict("The rule can’t be moved any further.".to_owned())),
        }
        Ok(())
    })
    .await
}

/// Sets what is done with a device that no rule applies to.
pub(crate) async fn set_default(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<DefaultForm>,
) -> Result<Response, Failure> {
    let action = action_of(&form.action)?;
    change(&site, &administrator, |rules| {
        rules.default = action;
        Ok(())
    })
    .await
}

/// Sets a threshold, or takes it away.
pub(crate) async fn set_threshold(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<ThresholdForm>,
) -> Result<Response, Failure> {
    let number = |text: &str| -> Result<u32, Failure> {
        let number = text.trim().parse();
        number
            .map_err(|_| Failure::Invalid(format!("“{text}” is no number; leave all three empty for none.")))
    };
    let threshold = if [&form.more_than, &form.minutes, &form.for_minutes].iter().all(|t| t.trim().is_empty())
    {
        None
    } else {
        Some(Threshold {
            more_than: number(&form.more_than)?,
            minutes: number(&form.minutes)?,
            action: action_of(&form.action)?,
            for_minutes: number(&form.for_minutes)?,
        })
    };
    change(&site, &administrator, |rules| {
        match form.which.as_str() {
            "commands" => rules.thresholds.commands = threshold,
            "sync-restarts" => rules.thresholds.sync_restarts = threshold,
            "user-agents" => rules.thresholds.user_agents = threshold,
            _ => return Err(Failure::Invalid("There is no such threshold.".to_owned())),
        }
        Ok(())
    })
    .await
}

/// Sets whether a full wipe takes two administrators.
pub(crate) async fn set_approval(
    State(site): State<Arc<Site>>,
    administrator: Administrator,
    Form(form): Form<ApprovalForm>,
) -> Result<Response, Failure> {
    let rules = fieldpost_domain::wipe::WipeRules { needs_approval: form.needs_approval == "yes" };
    site.administration.put_wipe_rules(&administrator.actor(), rules).await?;
    Ok(Redirect::to("/MobileAdmin/rules?done=approval").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_told() {
        let form = RuleForm {
            name: " Old phones ".into(),
            action: "block".into(),
            device_type: "iPhone".into(),
            model: String::new(),
            os: " iOS 1?.* ".into(),
            user_agent: String::new(),
            device_id: String::new(),
            account: String::new(),
            group: String::new(),
        };
        let rule = rule_of(&form).unwrap();
        assert_eq!(rule.name, "Old phones");
        assert_eq!(conditions_text(&rule.when), "Type is iPhone, and Operating system is iOS 1?.*");
        assert_eq!(conditions_text(&Conditions::default()), "every device");
        assert!(rule_of(&RuleForm { action: "shoot".into(), ..form }).is_err());
    }
}
