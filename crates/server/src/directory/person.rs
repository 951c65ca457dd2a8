//! An entry of the address book in the elements of page GAL.

use fieldpost_domain::directory::{Directory, DirectoryError, Entry};
use fieldpost_eas::Version;
use fieldpost_eas::codec::Opaque;
use fieldpost_eas::item::{Person, PersonPicture};

use super::album::Album;

/// What is known of somebody and no more: empty properties are left out (MS-ASCMD_R3848), except that
/// phones of the time of 12.1 want a first name.
pub fn of(entry: &Entry, version: Version) -> Person {
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let profile = &entry.profile;
    let first_name = known(&profile.first_name);
    Person {
        display_name: known(entry.name()),
        phone: known(&profile.phone),
        office: known(&profile.office),
        title: known(&profile.title),
        company: known(&profile.company),
        alias: known(&profile.alias),
        first_name: if version < Version::V14_0 {
            first_name.or_else(|| Some(String::new()))
        } else {
            first_name
        },
        last_name: known(&profile.last_name),
        home_phone: known(&profile.home_phone),
        mobile_phone: known(&profile.mobile_phone),
        email_address: known(entry.address()),
        picture: None,
    }
}

/// The same for several, with pictures where there is an album for them.
///
/// # Errors
/// The directory's own trouble.
pub async fn with_pictures(
    directory: &dyn Directory,
    entries: &[Entry],
    version: Version,
    mut album: Option<Album>,
) -> Result<Vec<Person>, DirectoryError> {
    let mut people = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut person = of(entry, version);
        if let Some(album) = &mut album {
            let picture = album.of(directory, entry).await?;
            person.picture = Some(PersonPicture { status: picture.status, data: picture.data.map(Opaque) });
        }
        people.push(person);
    }
    Ok(people)
}
