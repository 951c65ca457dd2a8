//! Where settings come from: the file, then the environment, which wins. Every value keeps its
//! origin, so that an error names the file, the line and the key, and `config show` can tell.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, nearest};
use super::value::{Setting, Value};

/// Variables that are not settings: where the configuration lies, and what tests are told.
const RESERVED: [&str; 3] = ["FIELDPOST_CONFIG", "FIELDPOST_SHARED", "FIELDPOST_CACHE"];
const PREFIX: &str = "FIELDPOST_";

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A line of the file, counted from 1.
    File(PathBuf, usize),
    /// An environment variable.
    Environment(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File(path, line) => write!(f, "{}:{line}", path.display()),
            Origin::Environment(name) => write!(f, "environment variable {name}"),
        }
    }
}

/// Section and key.
type Name = (String, String);

/// The names that exist.
pub struct Known {
    /// Sections with their keys.
    pub sections: Vec<(&'static str, Vec<&'static str>)>,
}

/// All that was set, by section and key, and what was wrong with it.
pub struct Layers {
    set: BTreeMap<Name, (Value, Origin)>,
    origins: BTreeMap<Name, Origin>,
    problems: Vec<Problem>,
}

impl Layers {
    /// Reads the text of a file, if there is one, and then the variables.
    pub fn read(
        known: &Known,
        file: Option<(&Path, &str)>,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Layers {
        let mut layers = Layers { set: BTreeMap::new(), origins: BTreeMap::new(), problems: Vec::new() };
        if let Some((path, text)) = file {
            layers.read_file(known, path, text);
        }
        layers.read_environment(known, variables);
        layers
    }

    /// The value of a key, or its default.
    pub fn take<T: Setting>(&mut self, section: &str, key: &str, default: T) -> T {
        let name = (section.to_owned(), key.to_owned());
        let Some((value, origin)) = self.set.remove(&name) else { return default };
        let read = match (&origin, &value) {
            (Origin::Environment(_), Value::Text(text)) => T::from_text(text),
            _ => T::from_value(&value),
        };
        let read = match (&origin, read) {
            (Origin::File(path, _), Some(read)) => Some(read.rebase(path.parent().unwrap_or(Path::new("")))),
            (_, read) => read,
        };
        match read {
            Some(read) => {
                self.origins.insert(name, origin);
                read
            }
            None => {
                // A URL may hold a password: its value is not repeated.
                let shown = if key == "url" { "this".to_owned() } else { value.to_string() };
                self.problems.push(Problem::new(
                    origin,
                    format!("[{section}] {key}: {shown} does not fit: it must be {}", T::FORM),
                ));
                default
            }
        }
    }

    /// What was wrong, and where each value that was set comes from.
    pub fn finish(self) -> (Vec<Problem>, BTreeMap<Name, Origin>) {
        (self.problems, self.origins)
    }

    fn read_file(&mut self, known: &Known, path: &Path, text: &str) {
        let at = |offset: usize| Origin::File(path.to_owned(), line_of(text, offset));
        let root = match DeTable::parse(text) {
            Ok(root) => root,
            Err(error) => {
                let origin = at(error.span().map_or(0, |span| span.start));
                self.problems.push(Problem::new(origin, format!("not TOML: {}", error.message())));
                return;
            }
        };
        for (section, content) in root.get_ref() {
            let name: &str = section.get_ref();
            let origin = at(section.span().start);
            let Some((_, keys)) = known.sections.iter().find(|(known, _)| *known == name) else {
                self.problems.push(Problem::new(origin, known.unknown_section(name, content.get_ref())));
                continue;
            };
            let DeValue::Table(table) = content.get_ref() else {
                let problem = format!("{name} is a section: write [{name}] on a line of its own");
                self.problems.push(Problem::new(origin, problem));
                continue;
            };
            for (key, value) in table {
                let key_name: &str = key.get_ref();
                let origin = at(key.span().start);
                if keys.contains(&key_name) {
                    let value = to_value(value);
                    self.set.insert((name.to_owned(), key_name.to_owned()), (value, origin));
                } else {
                    let problem = known.unknown_key(name, key_name, keys);
                    self.problems.push(Problem::new(origin, problem));
                }
            }
        }
    }

    fn read_environment(&mut self, known: &Known, variables: impl Iterator<Item = (String, String)>) {
        let mut variables: Vec<_> = variables.filter(|(name, _)| name.starts_with(PREFIX)).collect();
        variables.sort();
        for (variable, value) in variables {
            if RESERVED.contains(&variable.as_str()) || variable.starts_with("FIELDPOST_TEST_") {
                continue;
            }
            let rest = variable.get(PREFIX.len()..).unwrap_or_default().to_ascii_lowercase();
            if let Some((section, key)) = rest.split_once("__") {
                let found = known.sections.iter().find(|(name, _)| *name == section);
                if found.is_some_and(|(_, keys)| keys.contains(&key)) {
                    let origin = Origin::Environment(variable);
                    self.set.insert((section.to_owned(), key.to_owned()), (Value::Text(value), origin));
                    continue;
                }
            } else if !known.sections.iter().any(|(name, _)| rest.split('_').next() == Some(name)) {
                // Somebody else's variable that happens to begin like ours.
                continue;
            }
            let suggestion = nearest(&variable, known.variables());
            let problem = format!("no setting is named so{}", did_you_mean(suggestion.as_deref()));
            self.problems.push(Problem::new(Origin::Environment(variable), problem));
        }
    }
}

impl Known {
    fn variables(&self) -> impl Iterator<Item = String> {
        self.sections
            .iter()
            .flat_map(|(section, keys)| keys.iter().map(move |key| variable_name(section, key)))
    }

    fn unknown_section(&self, name: &str, content: &DeValue<'_>) -> String {
        if !matches!(content, DeValue::Table(_))
            && let Some((section, _)) = self.sections.iter().find(|(_, keys)| keys.contains(&name))
        {
            return format!("{name} stands outside a section; it belongs into [{section}]");
        }
        let suggestion = nearest(name, self.sections.iter().map(|(name, _)| format!("[{name}]")));
        format!("[{name}]: there is no such section{}", did_you_mean(suggestion.as_deref()))
    }

    fn unknown_key(&self, section: &str, key: &str, keys: &[&str]) -> String {
        let elsewhere = self.sections.iter().find(|(name, keys)| *name != section && keys.contains(&key));
        let near = nearest(key, keys.iter().map(|key| (*key).to_owned()));
        match (near, elsewhere) {
            (Some(near), _) => format!("[{section}] {key}: there is no such key; did you mean {near}?"),
            (None, Some((other, _))) => {
                format!("[{section}] {key}: there is no such key here; there is one in [{other}]")
            }
            (None, None) => {
                format!("[{section}] {key}: there is no such key; this section has {}", keys.join(", "))
            }
        }
    }
}

/// The environment variable of a setting.
pub fn variable_name(section: &str, key: &str) -> String {
    format!("{PREFIX}{}__{}", section.to_ascii_uppercase(), key.to_ascii_uppercase())
}

fn did_you_mean(name: Option<&str>) -> String {
    name.map(|name| format!("; did you mean {name}?")).unwrap_or_default()
}

fn to_value(value: &Spanned<DeValue<'_>>) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Other("number that is too great"),
        },
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Array(values) => Value::List(values.iter().map(to_value).collect()),
        DeValue::Float(_) => Value::Other("number with a fraction"),
        DeValue::Datetime(_) => Value::Other("date"),
        DeValue::Table(_) => Value::Other("table"),
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}
