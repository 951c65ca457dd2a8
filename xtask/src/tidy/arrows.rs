//! Which crate may use which. Arrows point from user to used:
//!
//! ```text
//! eas <- domain <- store <- server <- admin <- cli
//! eas <- phone <- cli        net, pki <- server
//! ```
//!
//! and `testkit`, which may use all but `cli`, is a development dependency only. A crate may use directly what
//! it can reach along the arrows. Tests of any crate may use `testkit` and `phone`: what a server does is seen
//! through a phone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Finding;
use crate::{Trouble, workspace};

/// Crate, and what it may use. A new crate gets a line here and in ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("fieldpost-eas", &[]),
    ("fieldpost-net", &[]),
    ("fieldpost-pki", &[]),
    ("fieldpost-domain", &["fieldpost-eas"]),
    ("fieldpost-phone", &["fieldpost-eas"]),
    ("fieldpost-store", &["fieldpost-domain", "fieldpost-eas"]),
    (
        "fieldpost-server",
        &["fieldpost-store", "fieldpost-domain", "fieldpost-eas", "fieldpost-pki", "fieldpost-net"],
    ),
    (
        "fieldpost-admin",
        &["fieldpost-server", "fieldpost-store", "fieldpost-domain", "fieldpost-eas", "fieldpost-net"],
    ),
    (
        "fieldpost",
        &[
            "fieldpost-admin",
            "fieldpost-server",
            "fieldpost-store",
            "fieldpost-domain",
            "fieldpost-eas",
            "fieldpost-pki",
            "fieldpost-net",
            "fieldpost-phone",
        ],
    ),
    (
        TESTKIT,
        &[
            "fieldpost-server",
            "fieldpost-store",
            "fieldpost-domain",
            "fieldpost-eas",
            "fieldpost-pki",
            "fieldpost-net",
            "fieldpost-phone",
        ],
    ),
    ("xtask", &[]),
];

/// The crate that only tests may use.
const TESTKIT: &str = "fieldpost-testkit";

/// What tests may use besides.
const FOR_TESTS: &[&str] = &[TESTKIT, "fieldpost-phone"];

/// Crates without IO, and the packages that must not be reachable from them.
const PURE: &[&str] = &["fieldpost-eas", "fieldpost-pki", "fieldpost-domain"];
const IMPURE: &[&str] = &["tokio", "sqlx", "sqlx-core", "hyper", "mio", "async-std", "reqwest", "rustls"];

/// A package of the workspace with its direct dependencies inside the workspace.
struct Package {
    name: String,
    manifest: PathBuf,
    /// Names, and whether they are development dependencies.
    uses: Vec<(String, bool)>,
}

/// Checks the dependencies of every crate of the workspace.
pub fn check() -> Result<Vec<Finding>, Trouble> {
    let metadata = metadata()?;
    let mut findings: Vec<Finding> = packages(&metadata)?.iter().flat_map(check_arrows).collect();
    findings.extend(check_purity(&metadata)?);
    Ok(findings)
}

fn metadata() -> Result<Value, Trouble> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(workspace::root())
        .args(["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"])
        .output()?;
    if !output.status.success() {
        return Err(
            format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim()).into()
        );
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn packages(metadata: &Value) -> Result<Vec<Package>, Trouble> {
    let members: BTreeSet<&str> = list(&metadata["workspace_members"]).filter_map(Value::as_str).collect();
    let root = workspace::root().canonicalize()?;
    let is_member = |package: &&Value| package["id"].as_str().is_some_and(|id| members.contains(id));
    let names: BTreeSet<&str> =
        list(&metadata["packages"]).filter(is_member).map(|package| text(&package["name"])).collect();
    let package = |package: &Value| Package {
        name: text(&package["name"]).to_owned(),
        manifest: {
            let manifest = Path::new(text(&package["manifest_path"]));
            manifest.strip_prefix(&root).unwrap_or(manifest).to_path_buf()
        },
        uses: list(&package["dependencies"])
            .filter(|dependency| names.contains(text(&dependency["name"])))
            .map(|dependency| (text(&dependency["name"]).to_owned(), dependency["kind"] == "dev"))
            .collect(),
    };
    Ok(list(&metadata["packages"]).filter(is_member).map(package).collect())
}

fn check_arrows(package: &Package) -> Vec<Finding> {
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
        let advice = format!(
            "crate {} has no place in the arrows; give it one in xtask/src/tidy/arrows.rs and in ARCHITECTURE.md",
            package.name
        );
        return vec![Finding::new(&package.manifest, 1, advice)];
    };
    let is_wrong = |(used, for_tests): &&(String, bool)| {
        !(allowed.contains(&used.as_str()) || *for_tests && FOR_TESTS.contains(&used.as_str()))
    };
    let finding = |(used, _): &(String, bool)| {
        let advice = if used == TESTKIT {
            format!("{} may use {TESTKIT} as a development dependency only", package.name)
        } else {
            format!(
                "{} must not use {used}: the arrow points the other way, see ARCHITECTURE.md",
                package.name
            )
        };
        Finding::new(&package.manifest, line_of(&package.manifest, used), advice)
    };
    package.uses.iter().filter(is_wrong).map(finding).collect()
}

/// Follows normal dependencies from the pure crates, and names the way to what they must not reach.
fn check_purity(metadata: &Value) -> Result<Vec<Finding>, Trouble> {
    let name_of: BTreeMap<&str, &str> =
        list(&metadata["packages"]).map(|package| (text(&package["id"]), text(&package["name"]))).collect();
    let uses: BTreeMap<&str, Vec<&str>> = list(&metadata["resolve"]["nodes"])
        .map(|node| {
            let normal = list(&node["deps"])
                .filter(|dep| list(&dep["dep_kinds"]).any(|kind| kind["kind"].is_null()))
                .map(|dep| text(&dep["pkg"]));
            (text(&node["id"]), normal.collect())
        })
        .collect();
    let mut findings = Vec::new();
    for pure in packages(metadata)?.iter().filter(|package| PURE.contains(&package.name.as_str())) {
        let Some(start) = name_of.iter().find(|(_, name)| **name == pure.name).map(|(id, _)| *id) else {
            continue;
        };
        let mut came_from = BTreeMap::from([(start, start)]);
        let mut pending = VecDeque::from([start]);
        while let Some(id) = pending.pop_front() {
            let name = name_of.get(id).copied().unwrap_or_default();
            if IMPURE.contains(&name) {
                let way = way_to(id, &came_from, &name_of);
                let advice =
                    format!("{} does no IO, but reaches {name} by way of {way}; drop that", pure.name);
                findings.push(Finding::new(&pure.manifest, 1, advice));
                continue;
            }
            for next in uses.get(id).into_iter().flatten() {
                if !came_from.contains_key(next) {
                    came_from.insert(next, id);
                    pending.push_back(next);
                }
            }
        }
    }
    Ok(findings)
}

fn way_to(id: &str, came_from: &BTreeMap<&str, &str>, name_of: &BTreeMap<&str, &str>) -> String {
    let mut way = Vec::new();
    let mut at = id;
    while let Some(before) = came_from.get(at).copied().filter(|before| *before != at) {
        at = before;
        way.push(name_of.get(at).copied().unwrap_or(at));
    }
    way.reverse();
    way.join(" -> ")
}

/// The line of a manifest on which a dependency stands.
fn line_of(manifest: &Path, dependency: &str) -> usize {
    let text = workspace::read(manifest).unwrap_or_default();
    text.lines().position(|line| line.starts_with(dependency)).map_or(1, |index| index + 1)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(name: &str, uses: &[(&str, bool)]) -> usize {
        let uses = uses.iter().map(|(name, dev)| ((*name).to_owned(), *dev)).collect();
        check_arrows(&Package { name: name.into(), manifest: "Cargo.toml".into(), uses }).len()
    }

    #[test]
    fn arrows_have_a_direction() {
        assert_eq!(findings("fieldpost-domain", &[("fieldpost-eas", false)]), 0);
        assert_eq!(findings("fieldpost-eas", &[("fieldpost-domain", false)]), 1);
        assert_eq!(findings("fieldpost-server", &[("fieldpost-phone", false)]), 1);
        assert_eq!(findings("fieldpost-server", &[("fieldpost-phone", true)]), 0);
        assert_eq!(findings("fieldpost-server", &[("fieldpost-testkit", true)]), 0);
        assert_eq!(findings("fieldpost-server", &[("fieldpost-testkit", false)]), 1);
        assert_eq!(findings("fieldpost-unheard-of", &[]), 1);
    }

    #[test]
    fn a_runtime_behind_two_corners_is_found() {
        let metadata = serde_json::json!({
            "workspace_members": ["eas"],
            "packages": [
                { "id": "eas", "name": "fieldpost-eas", "manifest_path": "eas/Cargo.toml", "dependencies": [] },
                { "id": "a", "name": "a", "manifest_path": "", "dependencies": [] },
                { "id": "t", "name": "tokio", "manifest_path": "", "dependencies": [] },
            ],
            "resolve": { "nodes": [
                { "id": "eas", "deps": [{ "pkg": "a", "dep_kinds": [{ "kind": null }] }] },
                { "id": "a", "deps": [{ "pkg": "t", "dep_kinds": [{ "kind": null }] }] },
            ] },
        });
        let findings = check_purity(&metadata).unwrap();
        assert_eq!(findings.len(), 1);
        assert!(findings[0].advice.contains("fieldpost-eas -> a;"));
    }
}
