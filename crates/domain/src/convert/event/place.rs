//! Places with their parts ([MS-ASAIRS] 2.2.2.28): the name as `LOCATION`, the position as `GEO`, and all
//! of it as JSON in `X-MICROSOFT-LOCATIONS` ([MS-OXCICAL] 2.1.3.1.1.20.66), as Outlook has it.

use fieldpost_eas::item::Location;
use serde_json::{Map, Value};

use crate::object::{Component, Line};

const PARTS: &str = "X-MICROSOFT-LOCATIONS";

/// Names of the textual parts in JSON. The name of the place is that of `LOCATION`.
const TEXTS: [&str; 7] = [
    "LocationAnnotation",
    "LocationStreet",
    "LocationCity",
    "LocationState",
    "LocationCountry",
    "LocationPostalCode",
    "LocationUri",
];
/// Names of the numbers.
const NUMBERS: [&str; 5] = ["Latitude", "Longitude", "Accuracy", "Altitude", "AltitudeAccuracy"];

fn texts(place: &mut Location) -> [&mut Option<String>; 7] {
    [
        &mut place.annotation,
        &mut place.street,
        &mut place.city,
        &mut place.state,
        &mut place.country,
        &mut place.postal_code,
        &mut place.location_uri,
    ]
}

fn numbers(place: &mut Location) -> [&mut Option<f64>; 5] {
    [
        &mut place.latitude,
        &mut place.longitude,
        &mut place.accuracy,
        &mut place.altitude,
        &mut place.altitude_accuracy,
    ]
}

fn parts(component: &Component) -> Map<String, Value> {
    let text = component.text(PARTS).unwrap_or_default();
    match serde_json::from_str(&text) {
        Ok(Value::Array(mut list)) if !list.is_empty() => match list.swap_remove(0) {
            Value::Object(parts) => parts,
            _ => Map::new(),
        },
        _ => Map::new(),
    }
}

/// The place of an event; none where it has none.
pub fn place(component: &Component) -> Option<Location> {
    let mut place = Location::default();
    let name = component.text("LOCATION").filter(|name| !name.trim().is_empty());
    let json = parts(component);
    // Somebody who knows of LOCATION alone has moved the event: the parts are those of the old place.
    let is_same = json.get("DisplayName").and_then(Value::as_str).unwrap_or_default()
        == name.as_deref().unwrap_or_default();
    if is_same {
        for (key, part) in TEXTS.iter().zip(texts(&mut place)) {
            *part = json.get(*key).and_then(Value::as_str).filter(|s| !s.is_empty()).map(str::to_owned);
        }
        for (key, part) in NUMBERS.iter().zip(numbers(&mut place)) {
            *part = json.get(*key).and_then(Value::as_f64);
        }
    }
    if let Some(geo) = component.get("GEO") {
        let value = geo.value();
        let (north, east) = value.split_once([';', ',']).unwrap_or_default();
        let degrees = |text: &str, most: f64| text.trim().parse().ok().filter(|d: &f64| d.abs() <= most);
        if let (Some(north), Some(east)) = (degrees(north, 90.0), degrees(east, 180.0)) {
            (place.latitude, place.longitude) = (Some(north), Some(east));
        }
    }
    place.display_name = name;
    (place != Location::default()).then_some(place)
}

/// Sets the place; an empty one is none.
pub fn set_place(component: &mut Component, place: &Location) {
    let mut place = place.clone();
    component.set_text("LOCATION", place.display_name.as_deref().filter(|name| !name.is_empty()));
    match (place.latitude, place.longitude) {
        (Some(north), Some(east)) if north.abs() <= 90.0 && east.abs() <= 180.0 => {
            component.set(Line::new("GEO", &format!("{north};{east}")));
        }
        _ => component.remove("GEO"),
    }
    let mut json = parts(component);
    let is_bare =
        texts(&mut place).iter().all(|t| t.is_none()) && numbers(&mut place).iter().all(|n| n.is_none());
    if is_bare {
        component.remove(PARTS);
        return;
    }
    let mut put = |key: &str, value: Option<Value>| match value {
        Some(value) => drop(json.insert(key.to_owned(), value)),
        None => drop(json.remove(key)),
    };
    put("DisplayName", Some(Value::from(place.display_name.clone().unwrap_or_default())));
    for (key, part) in TEXTS.iter().zip(texts(&mut place)) {
        put(key, part.clone().map(Value::from));
    }
    for (key, part) in NUMBERS.iter().zip(numbers(&mut place)) {
        put(key, part.map(Value::from));
    }
    let text = Value::Array(vec![Value::Object(json)]).to_string();
    component.set_text(PARTS, Some(&text));
}

/// Sets the name of the place alone, as phones before 16.0 know it.
pub fn set_name(component: &mut Component, name: &str) {
    set_place(component, &Location { display_name: Some(name.to_owned()), ..Location::default() });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_kept_with_its_parts() {
        let mut event = Component::new("VEVENT");
        let full = Location {
            display_name: Some("HQ, Berlin".into()),
            annotation: Some("behind the yard".into()),
            street: Some("Hauptstr. 1".into()),
            city: Some("Berlin".into()),
            postal_code: Some("10827".into()),
            latitude: Some(52.52),
            longitude: Some(13.405),
            accuracy: Some(12.5),
            location_uri: Some("https://example.com/?a=1;b=2".into()),
            ..Location::default()
        };
        set_place(&mut event, &full);
        let back = Component::parse_one(&event.to_bytes(), "VEVENT").unwrap();
        assert_eq!(place(&back), Some(full.clone()));
        assert_eq!(back.text("LOCATION").as_deref(), Some("HQ, Berlin"));
        assert_eq!(back.get("GEO").unwrap().value(), "52.52;13.405");

        // Another program moves the event.
        event.set_text("LOCATION", Some("Room 4"));
        event.remove("GEO");
        assert_eq!(
            place(&event),
            Some(Location { display_name: Some("Room 4".into()), ..Location::default() })
        );

        set_place(&mut event, &Location::default());
        assert_eq!((place(&event), event.lines().count()), (None, 0));
    }
}
