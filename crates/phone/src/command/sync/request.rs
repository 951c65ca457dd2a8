//! How a Sync request is written in each version.

use fieldpost_eas::codec::{Document as _, Empty, Tags};
use fieldpost_eas::command::sync::{Request, request};
use fieldpost_eas::item::{BodyPreference, BodyType};
use fieldpost_eas::page;
use fieldpost_eas::version::Version;

use super::{Form, Hang, Pending, SyncPlan};
use crate::error::PhoneError;
use crate::phone::Phone;
use crate::state::SyncOptions;

impl Phone {
    /// Writes the request and takes what the user did into it.
    pub(super) fn prepare(&mut self, plan: &SyncPlan) -> Result<Pending, PhoneError> {
        let version = self.version();
        let refused = |what| PhoneError::NotInVersion { what, version };
        match plan.hang {
            Hang::Wait(_) if version < Version::V12_1 => return Err(refused("a Sync that waits")),
            Hang::Heartbeat(_) if version < Version::V14_0 => {
                return Err(refused("a Sync with a heartbeat"));
            }
            _ => {}
        }
        if plan.form != Form::Full && version < Version::V12_1 {
            return Err(refused("a partial or empty Sync"));
        }
        if plan.form == Form::Empty {
            return Ok(Pending {
                plan: plan.clone(),
                body: bytes::Bytes::new(),
                version,
                carries_edits: false,
            });
        }
        let collections: Vec<_> = plan.collections.iter().map(|id| self.collection(id, plan)).collect();
        let carries_edits = collections.iter().any(|c| !c.commands.is_empty());
        let request = Request {
            collections,
            wait: if let Hang::Wait(minutes) = plan.hang { Some(minutes) } else { None },
            heartbeat_interval: if let Hang::Heartbeat(s) = plan.hang { Some(s) } else { None },
            window_size: plan.window,
            partial: (plan.form == Form::Partial).then_some(Empty),
        };
        let body = request.encode(version).into();
        Ok(Pending { plan: plan.clone(), body, version, carries_edits })
    }

    fn collection(&mut self, id: &str, plan: &SyncPlan) -> request::Collection {
        let version = self.version();
        // Phones say the class below 12.1; from 12.1 on the id is enough (MS-ASCMD_R6319).
        let class = self.class_of(id).unwrap_or("Email");
        let class = (version < Version::V12_1).then(|| class.to_owned());
        let collection = self.state.collection_mut(id);
        let first = collection.is_first();
        let options = &collection.options;
        // Nothing but key and class goes with the first key; MS-ASCMD_R3128 forbids GetChanges there.
        request::Collection {
            class,
            sync_key: collection.sync_key.clone(),
            collection_id: id.to_owned(),
            supported: options.supported.as_ref().filter(|_| first).map(|names| supported(names)),
            deletes_as_moves: options.deletes_as_moves.filter(|_| !first),
            get_changes: (!first).then_some(!plan.no_changes),
            window_size: options.window.filter(|_| !first),
            conversation_mode: options.conversation_mode.filter(|_| version >= Version::V14_0 && !first),
            options: match first || plan.without_options {
                true => Vec::new(),
                false => blocks(options, version),
            },
            commands: collection.take_commands(),
        }
    }
}

/// The properties that the phone manages, from their names.
fn supported(names: &[String]) -> Tags {
    let tag = |name: &String| page::find(name.split_once(':')?.0, name.split_once(':')?.1);
    Tags(names.iter().filter_map(tag).collect())
}

/// The options blocks: one, or from 14.0 on one for mail and one for text messages.
fn blocks(options: &SyncOptions, version: Version) -> Vec<request::Options> {
    let one = wire_options(options, version);
    if !options.sms || version < Version::V14_0 {
        return vec![one];
    }
    let of = |class: &str| request::Options { class: Some(class.into()), ..one.clone() };
    vec![of("Email"), of("SMS")]
}

/// The options block of a version.
pub(crate) fn wire_options(options: &SyncOptions, version: Version) -> request::Options {
    let mime = options.body_type == BodyType::Mime as u8;
    let mut wire = request::Options {
        filter_type: options.filter.map(u32::from),
        conflict: options.conflict.map(u32::from),
        mime_support: mime.then_some(2),
        max_items: options.max_items.filter(|_| version >= Version::V14_0),
        ..request::Options::default()
    };
    if version == Version::V2_5 {
        wire.truncation = Some(truncation_code(options.truncation));
        wire.mime_truncation = mime.then(|| mime_truncation_code(options.truncation));
    } else {
        wire.body_preferences = vec![BodyPreference {
            r#type: match options.body_type {
                1 => BodyType::Text,
                4 => BodyType::Mime,
                _ => BodyType::Html,
            },
            truncation_size: options.truncation,
            all_or_none: options.all_or_none.then_some(true),
            preview: options.preview.filter(|_| version >= Version::V14_0),
        }];
    }
    wire
}

/// The smallest code that keeps at least `bytes`; 9 keeps all ([MS-ASCMD] 2.2.3.185).
fn truncation_code(bytes: Option<u32>) -> u32 {
    const SIZES: [u32; 9] = [0, 512, 1024, 2048, 5120, 10_240, 20_480, 51_200, 102_400];
    code(&SIZES, bytes)
}

/// The same for MIME; 8 keeps all ([MS-ASCMD] 2.2.3.111).
fn mime_truncation_code(bytes: Option<u32>) -> u32 {
    const SIZES: [u32; 8] = [0, 4096, 5120, 7168, 10_240, 20_480, 51_200, 102_400];
    code(&SIZES, bytes)
}

fn code(sizes: &[u32], bytes: Option<u32>) -> u32 {
    let enough = bytes.and_then(|bytes| sizes.iter().position(|size| *size >= bytes));
    enough.unwrap_or(sizes.len()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_at_least_what_is_wanted() {
        assert_eq!(truncation_code(None), 9);
        assert_eq!(truncation_code(Some(0)), 0);
        assert_eq!(truncation_code(Some(513)), 2);
        assert_eq!(truncation_code(Some(200_000)), 9);
        assert_eq!(mime_truncation_code(None), 8);
        assert_eq!(mime_truncation_code(Some(4096)), 1);
    }

    #[test]
    fn text_messages_have_options_of_their_own() {
        let options = SyncOptions { sms: true, ..SyncOptions::default() };
        let classes = |version| blocks(&options, version).into_iter().map(|o| o.class).collect::<Vec<_>>();
        assert_eq!(classes(Version::V14_0), [Some("Email".to_owned()), Some("SMS".to_owned())]);
        assert_eq!(classes(Version::V12_1), [None]);
    }

    #[test]
    fn old_phones_say_truncation_and_new_ones_preferences() {
        let options = SyncOptions { preview: Some(100), ..SyncOptions::default() };
        let old = wire_options(&options, Version::V2_5);
        assert!(old.body_preferences.is_empty() && old.truncation == Some(7));
        let middle = wire_options(&options, Version::V12_1);
        assert!(middle.truncation.is_none() && middle.body_preferences[0].preview.is_none());
        assert_eq!(wire_options(&options, Version::V14_0).body_preferences[0].preview, Some(100));
    }
}
