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

#[cfg(test)]
mod tests {
    use fieldpost_eas::command::CommandName::{Ping, Sync};

    use super::super::notation::document;
    use super::*;

    fn answers() -> Answers {
        let mut answers = Answers::default();
        let sync = "AirSync:Sync[Collections[Collection[SyncKey=2 CollectionId=5 Status=1] Collection[SyncKey=x Status=4]]]";
        answers.add(Sync, Version::V14_0, document(sync));
        answers.add(Ping, Version::V2_5, document("Ping:Ping[Status=2 Folders[Folder=5]]"));
        answers
    }

    #[test]
    fn what_holds_is_told_from_what_does_not() {
        let holds = [
            ("AirSync:Sync", Claim::Identifies),
            ("AirSync:Sync", Claim::Root),
            ("AirSync:Status", Claim::Parent(&["AirSync:Collection"])),
            ("AirSync:Status", Claim::Within("AirSync:Sync")),
            ("AirSync:Status", Claim::Number(&["AirSync:Collection"], 1, 1)),
            ("AirSync:Status", Claim::Values(&["1", "4"])),
            ("AirSync:CollectionId", Claim::When("AirSync:Collection", "AirSync:Status", &["1"])),
            ("AirSync:Collection", Claim::Order(&["AirSync:SyncKey", "AirSync:Status"])),
            ("AirSync:*", Claim::In(Version::V14_0)),
            ("AirSync:Limit", Claim::Never),
        ];
        let does_not = [
            ("AirSync:Collections", Claim::Root),
            ("AirSync:Status", Claim::Parent(&["AirSync:Sync"])),
            ("AirSync:Collection", Claim::Childless),
            ("AirSync:SyncKey", Claim::Holds(Kind::Integer)),
            ("AirSync:CollectionId", Claim::Number(&["AirSync:Collection"], 1, 1)),
            ("AirSync:CollectionId", Claim::With("AirSync:Collection", "AirSync:Status")),
            ("AirSync:CollectionId", Claim::When("AirSync:Collection", "AirSync:Status", &["9"])),
            ("AirSync:Collection", Claim::Order(&["AirSync:Status", "AirSync:SyncKey"])),
            ("AirSync:Collection", Claim::Children(&["AirSync:SyncKey", "AirSync:Status"])),
            ("AirSync:Status", Claim::NotIn(&[Version::V14_0])),
            ("AirSync:Status", Claim::Never),
            ("AirSync:Limit", Claim::Seen),
            ("Ping:Status", Claim::Seen),
        ];
        let judge = |path, claim| judge(&Element::new(&[Sync], path, &[]), claim, &answers());
        for (path, claim) in holds {
            assert_eq!(judge(path, claim), Ok(()), "{path} {claim:?}");
        }
        for (path, claim) in does_not {
            assert!(judge(path, claim).is_err(), "{path} {claim:?}");
        }
    }

    #[test]
    fn only_the_answers_to_the_commands_count() {
        let seen = |of| judge(&Element::new(of, "Ping:Folder", &[]), Claim::Seen, &answers()).is_ok();
        assert!(seen(&[Ping]) && seen(&[]) && !seen(&[Sync]));
    }
}
