//! The role of a mail account: its own, or that of a group that it is in.

use fieldpost_domain::directory::{Directory, expand};
use fieldpost_domain::role::Role;
use fieldpost_store::{Account, AdministratorKind, Store, StoreError};

/// The greatest role that an account has, by itself or by its groups.
///
/// # Errors
/// Our own trouble only.
pub async fn of_account(
    store: &Store,
    directory: &dyn Directory,
    account: &Account,
) -> Result<Option<Role>, StoreError> {
    let is_ours = |address: &str| {
        std::iter::once(&account.address)
            .chain(&account.aliases)
            .any(|own| own.to_lowercase() == address.to_lowercase())
    };
    let mut role = None;
    for administrator in store.administrators().await? {
        let meant = match administrator.kind {
            AdministratorKind::Own => false,
            AdministratorKind::Account => is_ours(&administrator.name),
            AdministratorKind::Group => is_member(store, directory, &administrator.name, is_ours).await?,
        };
        if meant {
            role = role.max(Some(administrator.role));
        }
    }
    Ok(role)
}

async fn is_member(
    store: &Store,
    directory: &dyn Directory,
    group: &str,
    is_ours: impl Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    let Some(group) = store.group_by_address(group).await? else { return Ok(false) };
    let members = expand::expand(directory, group.id).await.map_err(|error| {
        // Not "no member": somebody would lose a role by our own trouble, or a test pass by it.
        tracing::warn!(%error, "the members of a group can't be read");
        StoreError::Damaged("the members of a group can't be read".to_owned())
    })?;
    Ok(members.members.iter().any(|member| is_ours(&member.address)))
}
