//! The transaction log, for those who may see it.

use fieldpost_domain::audit::{Damage, Entry, Head};
use fieldpost_domain::role::Permission;
pub use fieldpost_store::LogFilter;

use super::{ActError, Actor, Administration, Deed, Page};

/// A question to the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogQuery {
    /// Which entries.
    pub filter: LogFilter,
    /// Most entries of the page, 1 to 1000; 0 means 50.
    pub limit: usize,
    /// [`Page::next`] of the page before.
    pub after: Option<String>,
}

impl Administration {
    /// A page of the log, newest first.
    ///
    /// # Errors
    /// [`ActError::Denied`]; [`ActError::Invalid`] for a cursor that is none.
    pub async fn log(&self, actor: &Actor, query: &LogQuery) -> Result<Page<Entry>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("log.read")).await?;
        let limit = match query.limit {
            0 => 50,
            limit => limit.min(fieldpost_store::LOG_PAGE_MAX),
        };
        let before = match &query.after {
            None => None,
            Some(cursor) => Some(
                cursor
                    .parse()
                    .map_err(|_| ActError::Invalid(format!("{cursor:?} is no place in the log")))?,
            ),
        };
        let rows = self.store.audit_page(&query.filter, before, limit).await?;
        let next = rows.last().filter(|_| rows.len() == limit).map(|entry| entry.number.to_string());
        Ok(Page { rows, next })
    }

    /// Walks the whole log and compares it with what was written; `noted` is a head that was noted
    /// elsewhere. The inner result says whether the log is whole.
    ///
    /// # Errors
    /// [`ActError::Denied`], our own trouble.
    pub async fn verify_log(
        &self,
        actor: &Actor,
        noted: Option<Head>,
    ) -> Result<Result<Head, Damage>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("log.verify")).await?;
        Ok(self.store.verify_audit(noted).await?)
    }
}
