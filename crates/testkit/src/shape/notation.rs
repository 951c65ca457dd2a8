//! Requests, written down briefly: `AirSync:Sync[Collections[Collection[SyncKey=0 CollectionId=5]]]`.
//!
//! A name without a namespace is in that of the element before it, or around it. A value goes up to a space or a bracket, or
//! stands in `'quotes'`; `=#` before it makes it opaque data. What has neither value nor brackets is empty.

use fieldpost_eas::page;
use fieldpost_eas::wbxml::Node;

/// The document that a notation describes.
///
/// # Panics
/// It describes none.
pub fn document(text: &str) -> Node {
    let mut rest = text.trim();
    let node = element(&mut rest, &mut String::new());
    assert!(rest.trim().is_empty(), "behind the root: {rest}");
    node
}

fn element(rest: &mut &str, namespace: &mut String) -> Node {
    let name = take(rest, |c| c.is_ascii_alphanumeric() || c == ':');
    let name = name.split_once(':').map_or(name, |(given, name)| {
        given.clone_into(namespace);
        name
    });
    let tag = page::find(namespace, name);
    let mut node = Node::new(tag.unwrap_or_else(|| panic!("no tag {namespace}:{name} at {rest}")));
    if let Some(value) = rest.strip_prefix('=') {
        *rest = value;
        let is_opaque = rest.starts_with('#');
        *rest = rest.trim_start_matches('#');
        let value = self::value(rest);
        match is_opaque {
            true => node.opaque = Some(value.into_bytes()),
            false => node.text = Some(value),
        }
    } else if let Some(children) = rest.strip_prefix('[') {
        *rest = children.trim_start();
        let mut within = namespace.clone();
        while !rest.starts_with(']') {
            node.children.push(element(rest, &mut within));
            *rest = rest.trim_start();
        }
        *rest = &rest[1..];
    }
    node
}

fn value(rest: &mut &str) -> String {
    let Some(quoted) = rest.strip_prefix('\'') else {
        return take(rest, |c| !c.is_whitespace() && c != ']').to_owned();
    };
    let (value, behind) = quoted.split_once('\'').expect("a closing quote");
    *rest = behind;
    value.to_owned()
}

fn take<'a>(rest: &mut &'a str, fits: impl Fn(char) -> bool) -> &'a str {
    let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
    let (taken, behind) = rest.split_at(end);
    *rest = behind;
    taken
}

#[cfg(test)]
mod tests {
    use fieldpost_eas::wbxml::xml;

    use super::*;

    #[test]
    fn values_quotes_and_namespaces_are_understood() {
        let node = document(
            "AirSync:Sync[Collections[Collection[SyncKey=0 GetChanges Supported[Contacts:JobTitle Title]\n\
             Options[AirSyncBase:BodyPreference[Type=2]] Class='a b']] WindowSize=5]",
        );
        let text = xml::to_xml(&node);
        for part in [
            "<SyncKey>0<",
            "<GetChanges/>",
            "JobTitle/>",
            "contacts:Title/>",
            ":Type>2<",
            "<Class>a b<",
            "<WindowSize>5<",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
