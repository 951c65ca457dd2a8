//! Which account has which policy: what is said of the account goes first, then what is said of its groups in
//! the order of the list, then the default. An exempt account has none, whatever else is said.

use std::collections::{BTreeMap, BTreeSet};

use crate::AccountId;
use crate::directory::EntryId;

/// Who can be assigned a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// One account.
    Account(AccountId),
    /// All members of a group, and of the groups in it.
    Group(EntryId),
}

/// All that was said. Policies are named as [`super::NamedPolicy::folded`] has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assignments {
    /// The policy of those of whom nothing else is said; none: the one of the configuration file.
    pub default: Option<String>,
    /// Of accounts.
    pub accounts: BTreeMap<AccountId, String>,
    /// Of groups, the first first.
    pub groups: Vec<(EntryId, String)>,
    /// Accounts that are served without any policy.
    pub exempt: BTreeSet<AccountId>,
}

/// What is in force for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InForce<'a> {
    /// It is exempt.
    Exempt,
    /// The policy of this name.
    Named(&'a str),
    /// What the configuration file says.
    Configured,
}

impl Assignments {
    /// What is in force for an account that is in these groups.
    pub fn in_force(&self, account: AccountId, is_member: impl Fn(EntryId) -> bool) -> InForce<'_> {
        if self.exempt.contains(&account) {
            return InForce::Exempt;
        }
        let of_group = || self.groups.iter().find(|(group, _)| is_member(*group)).map(|(_, name)| name);
        let name = self.accounts.get(&account).or_else(of_group).or(self.default.as_ref());
        name.map_or(InForce::Configured, |name| InForce::Named(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_goes_before_its_groups_and_they_before_the_default() {
        let mut said = Assignments::default();
        let (anna, bert) = (AccountId(1), AccountId(2));
        let in_both = |_| true;
        assert_eq!(said.in_force(anna, in_both), InForce::Configured);
        said.default = Some("all".to_owned());
        assert_eq!(said.in_force(anna, in_both), InForce::Named("all"));
        said.groups = vec![(EntryId(8), "sales".to_owned()), (EntryId(7), "board".to_owned())];
        assert_eq!(said.in_force(anna, in_both), InForce::Named("sales"));
        assert_eq!(said.in_force(anna, |group| group == EntryId(7)), InForce::Named("board"));
        said.accounts.insert(anna, "anna".to_owned());
        assert_eq!(said.in_force(anna, in_both), InForce::Named("anna"));
        assert_eq!(said.in_force(bert, |_| false), InForce::Named("all"));
        said.exempt.insert(anna);
        assert_eq!(said.in_force(anna, in_both), InForce::Exempt);
    }
}
