//! Searches under way: which device pages through which Find (16.1).
//!
//! The first request of a search asks from the beginning, later ones may go on from where it ended
//! ([MS-ASCMD] 2.2.3.143.1). Results are not kept, only that the search was begun: a later page is looked
//! up anew. After a restart of the server a phone begins again, as status 4 tells it to.

use fieldpost_domain::AccountId;
use quick_cache::sync::Cache;

/// Devices whose search is kept in mind.
const MANY: usize = 4096;
/// Most characters of the id that a phone gives its search; longer ones are not kept.
const LONGEST_ID: usize = 64;

/// The search that each device began last.
pub struct Searches(Cache<(AccountId, Box<str>), Box<str>>);

impl Default for Searches {
    fn default() -> Self {
        Searches(Cache::new(MANY))
    }
}

impl Searches {
    /// A device asks for results of a search from `start` on. Whether it may: from the beginning always,
    /// from elsewhere where it began this search.
    pub fn may_ask(&self, account: AccountId, device_id: &str, search_id: &str, start: u32) -> bool {
        let key = (account, device_id.into());
        if start > 0 {
            return self.0.get(&key).is_some_and(|begun| *begun == *search_id);
        }
        if search_id.len() <= LONGEST_ID {
            self.0.insert(key, search_id.into());
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_gone_on_with_by_whoever_began_it() {
        let searches = Searches::default();
        let may = |device: &str, id: &str, start| searches.may_ask(AccountId(1), device, id, start);
        assert!(!may("phone", "a", 10));
        assert!(may("phone", "a", 0));
        assert!(may("phone", "a", 10) && may("phone", "a", 20));
        assert!(!may("phone", "b", 10) && !may("other", "a", 10));
        assert!(may("phone", "b", 0));
        assert!(!may("phone", "a", 10));
        let long = "x".repeat(LONGEST_ID + 1);
        assert!(may("phone", &long, 0) && !may("phone", &long, 1));
    }
}
