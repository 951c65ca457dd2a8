//! `/policy-settings`: what a policy can ask, and what phones make of it.

use axum::Json;
use fieldpost_domain::policy::catalogue::{self, Setting};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use super::problem::Problem;

/// A setting, explained.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingShown {
    /// Its name in policies.
    #[schema(example = "min_device_password_length")]
    setting: &'static str,
    /// What people call it.
    title: &'static str,
    /// What it means.
    explanation: &'static str,
    /// What it can be, in words.
    range: String,
    /// What phones do where it is not asked for.
    without_it: String,
    /// The first version of the protocol that knows it.
    #[schema(example = "12.0")]
    since: &'static str,
    /// Its name in the protocol.
    element: &'static str,
    /// What each kind of phone makes of it.
    phones: Vec<PhoneShown>,
}

/// What a kind of phone makes of a setting.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneShown {
    /// Which kind.
    phone: &'static str,
    /// Whether it honours it.
    honours: &'static str,
    /// What else there is to say.
    note: &'static str,
}

impl From<&Setting> for SettingShown {
    fn from(setting: &Setting) -> SettingShown {
        let phones = setting.effects.all().into_iter();
        SettingShown {
            setting: setting.field,
            title: setting.title,
            explanation: setting.explanation,
            range: setting.range(),
            without_it: setting.assumed_in_words(),
            since: setting.since.name(),
            element: setting.element,
            phones: phones
                .map(|(phone, effect)| PhoneShown {
                    phone,
                    honours: effect.honours.name(),
                    note: effect.note,
                })
                .collect(),
        }
    }
}

/// What a policy can ask
#[utoipa::path(
    get,
    path = "/api/v1/policy-settings",
    tag = "policies",
    responses(
        (status = 200, body = Vec<SettingShown>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(_: Caller) -> Json<Vec<SettingShown>> {
    Json(catalogue::all().map(SettingShown::from).collect())
}
