//! The identity of a meeting as mail carries it up to 14.1 ([MS-ASEMAIL] 2.2.2.37): bytes with a header
//! of Outlook, around either an id of Outlook's own or the UID of a calendar object.
//!
//! From 16.0 the UID itself is sent.

/// What every id begins with.
const CLASS_ID: [u8; 16] =
    [0x04, 0x00, 0x00, 0x00, 0x82, 0x00, 0xE0, 0x00, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08];

/// What marks the UID of a calendar object, and a version.
const VCAL: [u8; 12] = *b"vCal-Uid\x01\0\0\0";

/// Bytes before the data: class id, instance date, time of creation, reserved, length.
const HEADER: usize = 40;

/// Where the date of the instance stands.
const DATE: std::ops::Range<usize> = 16..20;

/// A day of an instance, as the id carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Day {
    fn to_bytes(self) -> [u8; 4] {
        let [high, low] = self.year.to_be_bytes();
        [high, low, self.month, self.day]
    }
}

/// The id for a UID. A UID that is an id of Outlook's in hexadecimal becomes that id again; any other
/// stands in it as text. `instance` is the day that the series gives the occurrence that is meant;
/// `None` means the series, or a single meeting.
pub fn from_uid(uid: &str, instance: Option<Day>) -> Vec<u8> {
    let day = instance.map_or([0; 4], Day::to_bytes);
    if let Some(mut id) = outlook_id(uid) {
        id[DATE].copy_from_slice(&day);
        return id;
    }
    let length = u32::try_from(VCAL.len() + uid.len() + 1).unwrap_or(u32::MAX);
    let mut id = Vec::with_capacity(HEADER + VCAL.len() + uid.len() + 1);
    id.extend_from_slice(&CLASS_ID);
    id.extend_from_slice(&day);
    // No time of creation, so that the same UID always gives the same id; reserved.
    id.extend_from_slice(&[0; 16]);
    id.extend_from_slice(&length.to_le_bytes());
    id.extend_from_slice(&VCAL);
    id.extend_from_slice(uid.as_bytes());
    id.push(0);
    id
}

/// The UID that an id stands for, by the procedure of [MS-ASEMAIL] 3.1.4.7: the text in it, or the
/// whole in hexadecimal with the date of the instance left out.
pub fn to_uid(id: &[u8]) -> String {
    if let Some(uid) = vcal_uid(id) {
        return String::from_utf8_lossy(uid).into_owned();
    }
    let mut series = id.to_vec();
    if let Some(date) = series.get_mut(DATE) {
        date.fill(0);
    }
    series.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The day of the instance that an id is about; `None` if it is about all.
pub fn instance(id: &[u8]) -> Option<Day> {
    let [high, low, month, day] = *id.get(DATE)?.first_chunk::<4>()?;
    let year = u16::from_be_bytes([high, low]);
    (year != 0 && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day { year, month, day })
}

/// The UID in an id that marks it so.
fn vcal_uid(id: &[u8]) -> Option<&[u8]> {
    let length = u32::from_le_bytes(*id.get(36..HEADER)?.first_chunk::<4>()?);
    let length = usize::try_from(length).ok()?;
    let data = id.get(HEADER..)?;
    if length < VCAL.len() + 1 || length > data.len() || !data.starts_with(b"vCal-Uid") {
        return None;
    }
    data.get(VCAL.len()..length - 1)
}

/// The bytes of a UID that is an id of Outlook's in hexadecimal.
fn outlook_id(uid: &str) -> Option<Vec<u8>> {
    if !uid.len().is_multiple_of(2) || uid.len() < 2 * HEADER || !uid.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let bytes: Option<Vec<u8>> =
        uid.as_bytes().chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect();
    // One that has a UID of its own in it would be taken for that.
    bytes.filter(|id| id.starts_with(&CLASS_ID) && vcal_uid(id).is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OUTLOOK: &str = "040000008200E00074C5B7101A82E008000000007069352667BBC9010000000000000000100000000C74ABD802575A41\
        BC09B0E12352657B";

    // MS-ASEMAIL_R20000, R20001, R20003, R20005, R20007, R20009, R20011, R1000, R10000, R1001, R20013,
    // R20016, R20018, R20019, R20021, R1002: the parts of an id, in their order.
    #[test]
    fn a_uid_stands_in_the_id_as_text() {
        let id = from_uid("a@b", Some(Day { year: 2004, month: 12, day: 31 }));
        let expected = [
            &b"\x04\x00\x00\x00\x82\x00\xE0\x00\x74\xC5\xB7\x10\x1A\x82\xE0\x08"[..],
            b"\x07\xD4\x0C\x1F",
            &[0; 8],
            &[0; 8],
            b"\x10\x00\x00\x00",
            b"vCal-Uid",
            b"\x01\x00\x00\x00",
            b"a@b\x00",
        ];
        assert_eq!(id, expected.concat());
        assert_eq!(to_uid(&id), "a@b");
        assert_eq!(instance(&id), Some(Day { year: 2004, month: 12, day: 31 }));
        assert_eq!(instance(&from_uid("a@b", None)), None);
    }

    // MS-ASEMAIL_R20015: an id of Outlook's is any bytes; MS-ASEMAIL_R20001: its date is zero or a day.
    #[test]
    fn an_id_of_outlook_is_its_uid_in_hexadecimal() {
        let id = from_uid(OUTLOOK, None);
        assert_eq!(id.len(), OUTLOOK.len() / 2);
        assert_eq!(to_uid(&id), OUTLOOK);
        let of_one_day = from_uid(&OUTLOOK.to_lowercase(), Some(Day { year: 2026, month: 3, day: 9 }));
        assert_eq!(of_one_day[DATE], [0x07, 0xEA, 3, 9]);
        assert_eq!(to_uid(&of_one_day), OUTLOOK);
    }

    #[test]
    fn what_is_no_id_is_hexadecimal() {
        assert_eq!(to_uid(b""), "");
        assert_eq!(to_uid(&[0xAB; 17]), "AB".repeat(17));
        // A length that does not fit makes it one of Outlook's.
        let mut id = from_uid("uid", None);
        id[36] = 200;
        assert!(to_uid(&id).starts_with("04000000"));
    }

    proptest! {
        #[test]
        fn any_uid_comes_back(uid in "[^\\x00]{0,80}") {
            prop_assert_eq!(to_uid(&from_uid(&uid, None)), uid);
        }

        #[test]
        fn any_bytes_are_some_uid(id in prop::collection::vec(any::<u8>(), 0..120)) {
            let uid = to_uid(&id);
            instance(&id);
            prop_assert_eq!(to_uid(&from_uid(&uid, None)), uid);
        }
    }
}
