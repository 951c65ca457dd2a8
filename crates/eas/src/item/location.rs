//! A place with its parts (16.0, [MS-ASAIRS] 2.2.2.28).

use crate::message;
use crate::page::air_sync_base as base;

message! {
    /// Where an event or a meeting takes place. All absent, written as an empty element: nowhere.
    #[derive(Default)]
    pub struct Location {
        /// Name of the place; what older versions call the location.
        display_name: Option<String> = base::DISPLAY_NAME,
        /// A note of the user about it.
        annotation: Option<String> = base::ANNOTATION,
        /// Street.
        street: Option<String> = base::STREET,
        /// City.
        city: Option<String> = base::CITY,
        /// State or province.
        state: Option<String> = base::STATE,
        /// Country.
        country: Option<String> = base::COUNTRY,
        /// Postal code.
        postal_code: Option<String> = base::POSTAL_CODE,
        /// Degrees to the north.
        latitude: Option<f64> = base::LATITUDE,
        /// Degrees to the east.
        longitude: Option<f64> = base::LONGITUDE,
        /// Metres by which latitude and longitude may be wrong.
        accuracy: Option<f64> = base::ACCURACY,
        /// Metres above the sea.
        altitude: Option<f64> = base::ALTITUDE,
        /// Metres by which the altitude may be wrong.
        altitude_accuracy: Option<f64> = base::ALTITUDE_ACCURACY,
        /// Address of the place, as a URI.
        location_uri: Option<String> = base::LOCATION_URI,
    }
}
