//! Who may administer, and in which role. Only owners decide that, and one owner at least is always left.

use std::sync::Arc;

use fieldpost_domain::role::{Permission, Role};
use fieldpost_store::{Act, Administrator, AdministratorKind, NewAdministrator, Person};

use super::{ActError, Actor, Administration, Deed, carry_out};
use crate::auth::password;
use crate::entropy::Entropy;

/// Most characters of an administrator's name.
const NAME_LIMIT: usize = 64;

fn kind_name(kind: AdministratorKind) -> &'static str {
    match kind {
        AdministratorKind::Own => "administrator",
        AdministratorKind::Account => "account",
        AdministratorKind::Group => "group",
    }
}

/// A name of one's own is told from a mail address by having no `@`.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.chars().count() <= NAME_LIMIT && name.chars().all(plain)
}

/// The PHC string of a password, made off the threads that serve everybody.
async fn hash(password: String, entropy: Arc<dyn Entropy>) -> Result<String, ActError> {
    let hashed = tokio::task::spawn_blocking(move || password::hash(password.as_bytes(), &*entropy)).await;
    let hashed =
        hashed.map_err(|_| ActError::Conflict("the password could not be hashed: try again".into()))?;
    hashed.map_err(|error| ActError::Invalid(error.to_string()))
}

impl Administration {
    /// All administrators, by kind and name.
    ///
    /// # Errors
    /// [`ActError::Denied`]: the list is for everybody with a role.
    pub async fn administrators(&self, actor: &Actor) -> Result<Vec<Administrator>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("administrator.list")).await?;
        Ok(self.store.administrators().await?)
    }

    /// Makes somebody an administrator: `name` with a password of their own, which they must change at their
    /// first sign-in, or the account or group with that address.
    ///
    /// # Errors
    /// [`ActError::Denied`]; [`ActError::Invalid`] for a name that is none, or without a password;
    /// [`ActError::NotFound`] where there is no such account or group; [`ActError::Conflict`] where it is an
    /// administrator already.
    pub async fn add_administrator(
        &self,
        actor: &Actor,
        kind: AdministratorKind,
        name: &str,
        role: Role,
        password: Option<(String, Arc<dyn Entropy>)>,
    ) -> Result<Administrator, ActError> {
        let name = name.trim();
        let deed = Deed::new("administrator.add").saying(format!("{} {name}: {role}", kind_name(kind)));
        self.permit(actor, Permission::Administrators, &deed).await?;
        let new = async {
            let name = self.known_name(kind, name).await?;
            let password_hash = match (kind, password) {
                (AdministratorKind::Own, Some((password, entropy))) => Some(hash(password, entropy).await?),
                (AdministratorKind::Own, None) => {
                    return Err(ActError::Invalid(format!("{name} needs a password")));
                }
                _ => None,
            };
            let one_time = kind == AdministratorKind::Own && actor.through != super::Through::CommandLine;
            Ok(NewAdministrator { kind, name, role, password_hash, one_time })
        };
        let new = match new.await {
            Ok(new) => new,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        carry_out!(self, actor, &deed, |act| {
            let made = act.add_administrator(&new, self.clock.now()).await?;
            let made = made.ok_or_else(|| {
                ActError::Conflict(format!("{} is an administrator already: change the role", new.name))
            })?;
            Ok((made, deed.clone()))
        })
    }

    /// The name as it is kept: an account's or a group's is its primary address.
    async fn known_name(&self, kind: AdministratorKind, name: &str) -> Result<String, ActError> {
        match kind {
            AdministratorKind::Own if is_name(name) => Ok(name.to_owned()),
            AdministratorKind::Own => Err(ActError::Invalid(format!(
                "{name:?} can't be a name: it has 1 to {NAME_LIMIT} letters, digits, dots, hyphens and underscores"
            ))),
            AdministratorKind::Account => Ok(self.account(name).await?.address),
            AdministratorKind::Group => match self.store.group_by_address(name).await? {
                Some(group) => Ok(group.address().to_owned()),
                None => Err(ActError::NotFound { what: "group", name: name.to_owned() }),
            },
        }
    }

    /// The administrator of this kind with this name or address, if there is one.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn administrator_named(
        &self,
        actor: &Actor,
        kind: AdministratorKind,
        name: &str,
    ) -> Result<Option<Administrator>, ActError> {
        self.permit(actor, Permission::See, &Deed::new("administrator.list")).await?;
        let name = name.trim();
        let primary = match self.known_name(kind, name).await {
            Ok(primary) => primary,
            // An account or a group that is gone may have its role yet.
            Err(ActError::NotFound { .. } | ActError::Invalid(_)) => name.to_owned(),
            Err(error) => return Err(error),
        };
        Ok(self.store.administrator_by_name(kind, &primary).await?)
    }

    /// The same for an `action` that only owners may do, and that needs one.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn administrator(
        &self,
        actor: &Actor,
        action: &'static str,
        kind: AdministratorKind,
        name: &str,
    ) -> Result<Administrator, ActError> {
        let deed = Deed::new(action).saying(format!("{} {name}", kind_name(kind)));
        self.permit(actor, Permission::Administrators, &deed).await?;
        match self.administrator_named(actor, kind, name).await? {
            Some(found) => Ok(found),
            None => {
                let missing = ActError::NotFound { what: "administrator", name: name.to_owned() };
                Err(self.refuse(actor, &deed, missing).await)
            }
        }
    }

    async fn known_administrator(&self, id: i64) -> Result<Administrator, ActError> {
        let found = self.store.administrator(id).await?;
        found.ok_or_else(|| ActError::NotFound { what: "administrator", name: id.to_string() })
    }

    /// The deed as the log tells it, once it is known of whom.
    async fn deed_about(
        &self,
        actor: &Actor,
        action: &'static str,
        id: i64,
    ) -> Result<(Administrator, Deed), ActError> {
        let deed = Deed::new(action).saying(format!("administrator {id}"));
        self.permit(actor, Permission::Administrators, &deed).await?;
        match self.known_administrator(id).await {
            Ok(found) => {
                let about = format!("{} {}", kind_name(found.kind), found.name);
                Ok((found, Deed::new(action).saying(about)))
            }
            Err(error) => Err(self.refuse(actor, &deed, error).await),
        }
    }

    /// Gives an administrator another role, which holds from their next request on.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Conflict`] for the last owner.
    pub async fn set_administrator_role(
        &self,
        actor: &Actor,
        id: i64,
        role: Role,
    ) -> Result<Administrator, ActError> {
        let (found, deed) = self.deed_about(actor, "administrator.role", id).await?;
        let deed = deed.clone().saying(format!("{}: {} to {role}", deed.detail, found.role));
        carry_out!(self, actor, &deed, |act| {
            let owners = act.owners().await?;
            act.set_administrator_role(id, role).await?;
            leave_an_owner(act, owners, &found).await?;
            Ok(((), deed.clone()))
        })?;
        Ok(Administrator { role, ..found })
    }

    /// Gives an administrator a new password, which they must change at their next sign-in unless it comes
    /// from the command line. Their sessions end.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Invalid`] for those who sign in with the
    /// password of their mail.
    pub async fn set_administrator_password(
        &self,
        actor: &Actor,
        id: i64,
        password: String,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Administrator, ActError> {
        let (found, deed) = self.deed_about(actor, "administrator.password", id).await?;
        if found.kind != AdministratorKind::Own {
            let error =
                ActError::Invalid(format!("{} signs in with the password of the mail account", found.name));
            return Err(self.refuse(actor, &deed, error).await);
        }
        let phc = match hash(password, entropy).await {
            Ok(phc) => phc,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        let one_time = actor.through != super::Through::CommandLine;
        carry_out!(self, actor, &deed, |act| {
            act.set_administrator_password(id, &phc, one_time).await?;
            Ok(((), deed.clone()))
        })?;
        Ok(Administrator { one_time, ..found })
    }

    /// Takes the second factor of an administrator away, who has lost it. Their sessions end.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Invalid`] for a group.
    pub async fn reset_second_factor(&self, actor: &Actor, id: i64) -> Result<Administrator, ActError> {
        let (found, deed) = self.deed_about(actor, "administrator.second-factor", id).await?;
        let person = match found.kind {
            AdministratorKind::Own => Person::Administrator(id),
            AdministratorKind::Account => Person::Account(self.account(&found.name).await?.id),
            AdministratorKind::Group => {
                let error = ActError::Invalid("a group has no second factor: its members have".to_owned());
                return Err(self.refuse(actor, &deed, error).await);
            }
        };
        carry_out!(self, actor, &deed, |act| {
            act.reset_second_factor(person).await?;
            Ok(((), deed.clone()))
        })?;
        Ok(found)
    }

    /// Removes an administrator. Their sessions end.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`]; [`ActError::Conflict`] for the last owner.
    pub async fn remove_administrator(&self, actor: &Actor, id: i64) -> Result<Administrator, ActError> {
        let (found, deed) = self.deed_about(actor, "administrator.remove", id).await?;
        carry_out!(self, actor, &deed, |act| {
            let owners = act.owners().await?;
            act.remove_administrator(id).await?;
            leave_an_owner(act, owners, &found).await?;
            Ok(((), deed.clone()))
        })?;
        Ok(found)
    }
}

/// Refuses an act that took ownership away from the last who had it. `before` is how many owners there were:
/// where there was none, nothing is lost.
async fn leave_an_owner(act: &mut Act, before: i64, found: &Administrator) -> Result<(), ActError> {
    if before == 0 || act.owners().await? > 0 {
        return Ok(());
    }
    Err(ActError::Conflict(format!(
        "{} is the only owner: make somebody else an owner first, or nobody could administer any more",
        found.name
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_address_and_no_script() {
        for good in ["root", "anna.berg", "jürgen-2", "a_b"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "a@b", "a b", "<script>", &"a".repeat(65)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
