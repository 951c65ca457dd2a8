//! `fieldpost config`: shows the configuration as it takes effect, and an example of it.

use std::fmt::Write as _;

use clap::Subcommand;
use serde::Serialize;

use super::source::variable_name;
use super::{Config, Loaded};
use crate::cli::Globals;
use crate::exit::{Exit, Failure};
use crate::output;

/// Show the configuration, or an example of one
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  fieldpost config example > fieldpost.toml
  fieldpost config show
  FIELDPOST_LOG__LEVEL=debug fieldpost config show --json")]
pub enum ConfigCommand {
    /// Print every setting with its value and where that comes from; secrets are hidden
    #[command(after_help = "Example:\n  fieldpost config show --config /etc/fieldpost/fieldpost.toml")]
    Show,
    /// Print a commented file with every setting at its default
    #[command(after_help = "Example:\n  fieldpost config example > /etc/fieldpost/fieldpost.toml")]
    Example,
}

#[derive(Serialize)]
struct Shown {
    section: &'static str,
    key: &'static str,
    value: Option<String>,
    origin: String,
}

/// Runs it.
pub fn run(globals: &Globals, command: &ConfigCommand) -> Result<Exit, Failure> {
    match command {
        ConfigCommand::Example => output::line(example().trim_end())?,
        ConfigCommand::Show => {
            let loaded = globals.load()?;
            let shown = effective(&loaded);
            if globals.json {
                output::line(&serde_json::to_string(&shown).map_err(Failure::failed)?)?;
            } else {
                output::line(text(&loaded, &shown).trim_end())?;
            }
        }
    }
    Ok(Exit::Done)
}

fn effective(loaded: &Loaded) -> Vec<Shown> {
    let mut shown = Vec::new();
    for (section, values) in loaded.config.values() {
        for (key, value) in values {
            shown.push(Shown { section, key, value, origin: loaded.origin(section, key).to_string() });
        }
    }
    shown
}

fn text(loaded: &Loaded, shown: &[Shown]) -> String {
    let mut text = String::new();
    let file = loaded.file.as_ref().map_or("no file".to_owned(), |file| file.display().to_string());
    let _ = writeln!(text, "# {file}");
    let mut section = "";
    for value in shown {
        if value.section != section {
            section = value.section;
            let _ = writeln!(text, "\n[{section}]");
        }
        let line = match &value.value {
            Some(value_text) => format!("{} = {value_text}", value.key),
            None => format!("# {} is not set", value.key),
        };
        let _ = writeln!(text, "{line:<50} # {}", value.origin);
    }
    text
}

/// The commented file: every setting at its default, in comments.
pub fn example() -> String {
    let mut text = String::from(
        "# Configuration of fieldpost. Every setting is at its default here; remove the # to change one.\n\
         # Each can be set by an environment variable as well, which wins: FIELDPOST_SECTION__KEY.\n\
         # Relative paths start at the folder of this file.\n",
    );
    for (section, about, keys) in Config::describe() {
        let _ = writeln!(text, "\n");
        for line in about {
            let _ = writeln!(text, "#{line}");
        }
        let _ = writeln!(text, "[{section}]");
        for key in keys {
            let _ = writeln!(text);
            for line in key.about {
                let _ = writeln!(text, "#{line}");
            }
            let _ = writeln!(text, "# {}", variable_name(section, key.name));
            match key.default {
                Some(default) => {
                    let _ = writeln!(text, "#{} = {default}", key.name);
                }
                None => {
                    let _ = writeln!(text, "#{} =", key.name);
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_example_is_a_configuration_with_every_key() {
        let example = example();
        let file = Some((Path::new("fieldpost.toml"), example.as_str()));
        crate::config::parse(file, std::iter::empty()).unwrap();
        let uncommented: String = example
            .lines()
            .filter(|line| !line.ends_with('='))
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        crate::config::parse(Some((Path::new("f.toml"), &uncommented)), std::iter::empty()).unwrap();
        for (_, _, keys) in Config::describe() {
            for key in keys {
                assert!(example.contains(&format!("#{} =", key.name)), "{}", key.name);
            }
        }
    }
}
