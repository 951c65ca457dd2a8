//! GetItemEstimate: how many changes wait ([MS-ASCMD] 2.2.1.9).

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::get_item_estimate::{Collection, Request, Response};
use fieldpost_eas::command::sync::request::Options;
use fieldpost_eas::version::Version;

use crate::error::PhoneError;
use crate::phone::{Phone, check};

/// What waits in one collection.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Estimate {
    /// The collection; empty if the server named none, as it may after a failure.
    pub collection_id: String,
    /// 1, or what went wrong ([MS-ASCMD] 2.2.3.177.7).
    pub status: u8,
    /// Changes that wait; only with status 1.
    pub count: Option<u32>,
}

impl Phone {
    /// Asks how many changes wait in collections, with the keys and filters that the phone has.
    pub async fn get_item_estimate(&mut self, ids: &[&str]) -> Result<Vec<Estimate>, PhoneError> {
        let version = self.version();
        let collections = ids
            .iter()
            .map(|id| {
                let known = self.state.collections.get(*id).cloned().unwrap_or_default();
                let filter_type = known.options.filter.map(u32::from);
                Collection {
                    class: self.class_of(id).map(String::from),
                    sync_key: known.sync_key,
                    collection_id: (*id).into(),
                    conversation_mode: known.options.conversation_mode.filter(|_| version >= Version::V14_0),
                    filter_type,
                    options: vec![Options { filter_type, ..Options::default() }],
                }
            })
            .collect();
        let command = CommandName::GetItemEstimate;
        let response: Response = self.call(command, &Request { collections }).await?;
        check(command, response.status.unwrap_or(1))?;
        let estimates = response.responses.into_iter().map(|r| Estimate {
            status: r.status,
            count: r.collection.as_ref().and_then(|c| c.estimate),
            collection_id: r.collection.map(|c| c.collection_id).unwrap_or_default(),
        });
        Ok(estimates.collect())
    }
}
