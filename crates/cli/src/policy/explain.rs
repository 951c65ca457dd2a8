//! `fieldpost policy explain`: the catalogue of settings, for people and programs.

use fieldpost_admin::api::catalogue::SettingShown;
use fieldpost_domain::policy::catalogue::{self, Setting};

use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Names that are at least so much like what was typed are proposed.
const ALIKE: f64 = 0.8;

/// Runs it.
pub fn run(globals: &Globals, setting: Option<&str>) -> Result<Exit, Failure> {
    match setting {
        None => {
            let all: Vec<&Setting> = catalogue::all().collect();
            match globals.json {
                true => {
                    let all: Vec<SettingShown> = all.into_iter().map(SettingShown::from).collect();
                    output::list(true, &all, |_| String::new())?;
                }
                false => {
                    for setting in all {
                        output::line(&format!("{}\t{}", setting.field, setting.title))?;
                    }
                }
            }
        }
        Some(name) => {
            let setting = find(name)?;
            output::show(globals.json, &SettingShown::from(setting), &text(setting))?;
        }
    }
    Ok(Exit::Done)
}

/// The setting of this name, here or in the protocol.
fn find(name: &str) -> Result<&'static Setting, Failure> {
    let found =
        catalogue::all().find(|setting| setting.field == name || setting.element.eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let likeness = |setting: &Setting| strsim::jaro_winkler(setting.field, name);
        let near = catalogue::all().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        match near.filter(|setting| likeness(setting) >= ALIKE) {
            Some(near) => Failure::usage(format!("there is no setting {name}: did you mean {}?", near.field)),
            None => Failure::usage(format!(
                "there is no setting {name}: fieldpost policy explain lists those that exist"
            )),
        }
    })
}

fn text(setting: &Setting) -> String {
    let mut lines = vec![
        format!("{}: {}", setting.field, setting.title),
        setting.explanation.to_owned(),
        format!("it can be: {}", setting.range()),
        format!("without it: {}", setting.assumed_in_words()),
        format!("since version: {}", setting.since.name()),
        format!("in the protocol: {}", setting.element),
    ];
    for (phone, effect) in setting.effects.all() {
        let note = if effect.note.is_empty() { String::new() } else { format!("; {}", effect.note) };
        lines.push(format!("{phone}: {}{note}", effect.honours.name()));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_found_by_either_name() {
        for name in ["allow_camera", "AllowCamera", "allowcamera"] {
            assert_eq!(find(name).map(|setting| setting.field).ok(), Some("allow_camera"), "{name}");
        }
        assert!(find("allow_camra").unwrap_err().to_string().contains("allow_camera?"));
        assert!(find("xyz").unwrap_err().to_string().contains("lists"));
    }

    #[test]
    fn everything_is_said_of_each() {
        for setting in catalogue::all() {
            let text = text(setting);
            assert!(!text.contains(": \n") && !text.ends_with(": "), "{text}");
        }
    }
}
