//! What an administrator may do. Each role may do what the one before it may, and more; every act of the
//! administration names the [`Permission`] that it needs, and asks [`Role::may`] alone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A role, from the least to the most that one may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sees everything and changes nothing.
    View,
    /// Helps those who call: releases and blocks devices, makes them synchronise anew, wipes them.
    HelpDesk,
    /// Decides what is asked of phones: policies, admission rules, feature switches.
    Policy,
    /// Does everything, and says who else may.
    Owner,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See devices, policies, accounts, the transaction log and the server's health.
    See,
    /// Allow, block and release a device, make it synchronise anew, end its partnership.
    Release,
    /// Order, approve and cancel a wipe.
    Wipe,
    /// Change policies, and which account has which.
    Policies,
    /// Change the rules that let devices in.
    Rules,
    /// Change what the organisation and single accounts may use.
    Switches,
    /// Disable and enable accounts.
    Accounts,
    /// Say who is an administrator, and in which role.
    Administrators,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Role; 4] = [Role::View, Role::HelpDesk, Role::Policy, Role::Owner];

    /// Whether the role has the permission.
    pub fn may(self, permission: Permission) -> bool {
        self >= permission.least()
    }

    /// The name by which it is stored, sent and typed.
    pub fn name(self) -> &'static str {
        match self {
            Role::View => "view",
            Role::HelpDesk => "help-desk",
            Role::Policy => "policy",
            Role::Owner => "owner",
        }
    }
}

impl Permission {
    /// The least role that has it.
    pub fn least(self) -> Role {
        match self {
            Permission::See => Role::View,
            Permission::Release | Permission::Wipe => Role::HelpDesk,
            Permission::Policies | Permission::Rules | Permission::Switches | Permission::Accounts => {
                Role::Policy
            }
            Permission::Administrators => Role::Owner,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no role {0:?}: it is view, help-desk, policy or owner")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Role, UnknownRole> {
        let found = Role::ALL.into_iter().find(|role| role.name() == text);
        found.ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_what_the_one_before_may_and_more() {
        let all = [
            Permission::See,
            Permission::Release,
            Permission::Wipe,
            Permission::Policies,
            Permission::Rules,
            Permission::Switches,
            Permission::Accounts,
            Permission::Administrators,
        ];
        let count = |role: Role| all.iter().filter(|permission| role.may(**permission)).count();
        assert_eq!(Role::ALL.map(count), [1, 3, 7, 8]);
        assert!(!Role::View.may(Permission::Wipe));
        assert!(!Role::HelpDesk.may(Permission::Policies));
        assert!(!Role::Policy.may(Permission::Administrators));
    }

    #[test]
    fn a_name_leads_back_to_its_role() {
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(role));
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{role}\""));
        }
        assert!("Owner".parse::<Role>().is_err());
    }
}
