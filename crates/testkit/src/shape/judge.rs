//! Holds one claim against every occurrence of its element.

use fieldpost_eas::Version;

use super::answers::{Answers, Occurrence};
use super::{Claim, Element, Kind};

/// Why a claim is not met.
type Trouble = String;

/// Whether the claim holds wherever the element was seen, and whether it was seen.
pub fn judge(element: &Element, claim: Claim, answers: &Answers) -> Result<(), Trouble> {
    let seen: Vec<Occurrence<'_>> = answers.at(element.of, element.path).collect();
    if let Claim::Never = claim {
        return seen.first().map_or(Ok(()), |found| Err(format!("is in {found}")));
    }
    if seen.is_empty() {
        return Err("was never seen".into());
    }
    match claim {
        Claim::Identifies => all(answers.roots(element.of), |root| root.is_at(element.path)),
        Claim::Seen | Claim::Never => Ok(()),
        Claim::Root => all(seen, |found| found.parent().is_none()),
        Claim::Parent(parents) => all(seen, |found| {
            found.parent().is_some_and(|parent| parents.iter().any(|path| parent.is_at(path)))
        }),
        Claim::ParentIn(path) => {
            match seen.iter().any(|found| found.parent().is_some_and(|parent| parent.is_at(path))) {
                true => Ok(()),
                false => Err(format!("was never seen in {path}")),
            }
        }
        Claim::Within(path) => all(seen, |found| {
            let parents = std::iter::successors(found.parent(), |element| element.parent());
            parents.into_iter().any(|parent| parent.is_at(path))
        }),
        Claim::Children(names) => {
            let named = |name: String| names.contains(&name.as_str());
            if seen.iter().all(|found| found.node().children.is_empty()) {
                return Err("was never seen with children".into());
            }
            all(seen, |found| found.node().children.iter().all(|child| named(child.tag.to_string())))
        }
        Claim::Childless => all(seen, |found| found.node().children.is_empty()),
        Claim::NotEmpty => all(seen, |found| !found.node().children.is_empty()),
        Claim::First(name) => {
            all(seen, |found| found.node().children.first().is_none_or(|child| child.tag.to_string() == name))
        }
        Claim::Order(names) => all(seen, |found| {
            let place = |name: String| names.iter().position(|other| *other == name);
            let children = found.node().children.iter();
            children.filter_map(|child| place(child.tag.to_string())).is_sorted()
        }),
        Claim::Filled => all(seen, |found| !found.text().is_empty()),
        Claim::HoldsOrEmpty(kind) => {
            all(seen, |found| Kind::Empty.holds(found.node()) || kind.holds(found.node()))
        }
        Claim::Holds(kind) => all(seen, |found| kind.holds(found.node())),
        Claim::EmptyOr(kind) => {
            if !seen.iter().any(|found| Kind::Empty.holds(found.node())) {
                return Err("was never seen empty".into());
            }
            all(seen, |found| Kind::Empty.holds(found.node()) || kind.holds(found.node()))
        }
        Claim::Number(parents, least, most) => {
            let around = parents.iter().flat_map(|path| answers.at(element.of, path));
            all(around, |parent| (least..=most).contains(&count(parent, element.path)))
        }
        Claim::NumberFrom(version, path, least, most) => {
            let around = answers.at(element.of, path).filter(|parent| parent.version() >= version);
            all(around, |parent| (least..=most).contains(&count(parent, element.path)))
        }
        Claim::NumberBefore(version, path, least, most) => {
            let around = answers.at(element.of, path).filter(|parent| parent.version() < version);
            all(around, |parent| (least..=most).contains(&count(parent, element.path)))
        }
        Claim::With(parent, sibling) => beside(element, answers, parent, sibling, |_, _| true),
        Claim::When(parent, sibling, values) => {
            beside(element, answers, parent, sibling, |_, value| values.contains(&value))
        }
        Claim::WhenFrom(version, parent, sibling, values) => {
            beside(element, answers, parent, sibling, |of, value| of >= version && values.contains(&value))
        }
        Claim::Values(values) => all(seen, |found| values.contains(&found.text())),
        Claim::Status(values) => all(seen, |found| {
            values.contains(&found.text())
                || found.text().parse().is_ok_and(|status: u16| (101..=255).contains(&status))
        }),
        Claim::Between(least, most) => {
            all(seen, |found| found.text().parse().is_ok_and(|value: i64| (least..=most).contains(&value)))
        }
        Claim::Longest(most) => all(seen, |found| found.text().chars().count() <= most),
        Claim::In(version) => match seen.iter().any(|found| found.version() == version) {
            true => Ok(()),
            false => Err(format!("was never seen in {version}")),
        },
        Claim::NotIn(versions) => all(seen, |found| !versions.contains(&found.version())),
    }
}

/// Whether each parent at a path has the element, if it has such a sibling with such a value.
fn beside(
    element: &Element,
    answers: &Answers,
    parent: &str,
    sibling: &str,
    counts: impl Fn(Version, &str) -> bool,
) -> Result<(), Trouble> {
    let around: Vec<_> = answers
        .at(element.of, parent)
        .filter(|parent| {
            let children = parent.node().children.iter();
            let mut siblings = children.filter(|child| child.tag.to_string() == sibling);
            siblings.any(|child| counts(parent.version(), child.text.as_deref().unwrap_or_default()))
        })
        .collect();
    if around.is_empty() {
        return Err(format!("was never called for by {sibling}"));
    }
    all(around, |parent| count(parent, element.path) > 0)
}

/// How many children of `parent` are the last element of `path`.
fn count(parent: Occurrence<'_>, path: &str) -> usize {
    let name = path.rsplit('/').next().unwrap_or(path);
    parent.node().children.iter().filter(|child| child.tag.to_string() == name).count()
}

fn all<'a>(
    places: impl IntoIterator<Item = Occurrence<'a>>,
    fits: impl Fn(Occurrence<'a>) -> bool,
) -> Result<(), Trouble> {
    match places.into_iter().find(|found| !fits(*found)) {
        Some(found) => Err(format!("not in {found}")),
        None => Ok(()),
    }
}
