//! Feature switches: what the organisation and its accounts may use.

use fieldpost_domain::role::Permission;
use fieldpost_domain::switches::{AccountSwitches, Switches};
use serde::Serialize;
use serde_json::Value;

use super::{ActError, Actor, Administration, Deed, Through, carry_out};

/// The switches of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSwitchesView {
    /// What is said of the account alone.
    pub own: AccountSwitches,
    /// What holds for it.
    pub in_force: Switches,
}

impl Administration {
    /// What the organisation may use.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn switches(&self, actor: &Actor) -> Result<Switches, ActError> {
        self.permit(actor, Permission::See, &Deed::new("switches.show")).await?;
        Ok(self.store.switches().await?)
    }

    /// Sets what the organisation may use.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::Invalid`].
    pub async fn put_switches(&self, actor: &Actor, switches: &Switches) -> Result<(), ActError> {
        let deed = Deed::new("switches.put");
        self.permit(actor, Permission::Switches, &deed).await?;
        if let Some(problem) = switches.problem() {
            return Err(self.refuse(actor, &deed, ActError::Invalid(problem)).await);
        }
        let before = self.store.switches().await?;
        carry_out!(self, actor, &deed, |act| {
            act.put_switches(switches).await?;
            Ok(((), deed.clone().saying(changes(&before, switches))))
        })?;
        self.rules_changed().await;
        Ok(())
    }

    /// What the account with this address may use.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`].
    pub async fn account_switches(
        &self,
        actor: &Actor,
        address: &str,
    ) -> Result<AccountSwitchesView, ActError> {
        let is_own = actor.through == Through::SelfService && actor.name.eq_ignore_ascii_case(address);
        if !is_own {
            self.permit(actor, Permission::See, &Deed::about("switches.show", address)).await?;
        }
        let account = self.account(address).await?;
        let own = self.store.account_switches(account.id).await?;
        Ok(AccountSwitchesView { in_force: self.store.switches().await?.with(&own), own })
    }

    /// Sets what the account with this address may use.
    ///
    /// # Errors
    /// [`ActError::Denied`], [`ActError::NotFound`], [`ActError::Invalid`].
    pub async fn put_account_switches(
        &self,
        actor: &Actor,
        address: &str,
        switches: &AccountSwitches,
    ) -> Result<(), ActError> {
        let deed = Deed::about("switches.put", address);
        self.permit(actor, Permission::Switches, &deed).await?;
        self.keep(actor, deed, address, async |_| Ok(switches.clone())).await
    }

    /// A user chooses where notifications of news go, or with none that there are none: where the organisation
    /// lets users choose.
    ///
    /// # Errors
    /// [`ActError::NotYours`] for another account; [`ActError::Conflict`] where users may not choose.
    pub async fn choose_notification_address(
        &self,
        actor: &Actor,
        address: &str,
        to: Option<&str>,
    ) -> Result<(), ActError> {
        let deed = Deed::about("switches.notify", address).saying(to.unwrap_or("nowhere"));
        if actor.through != Through::SelfService || !actor.name.eq_ignore_ascii_case(address) {
            return Err(self.refuse(actor, &deed, ActError::NotYours).await);
        }
        self.keep(actor, deed, address, async |view: AccountSwitchesView| {
            if !view.in_force.notifications || !view.in_force.notifications_to_chosen_address {
                let why =
                    "notifications to an address of one's own are not allowed here: ask an administrator";
                return Err(ActError::Conflict(why.to_owned()));
            }
            Ok(AccountSwitches { notification_address: to.map(str::to_owned), ..view.own })
        })
        .await
    }

    async fn keep(
        &self,
        actor: &Actor,
        deed: Deed,
        address: &str,
        make: impl AsyncFnOnce(AccountSwitchesView) -> Result<AccountSwitches, ActError>,
    ) -> Result<(), ActError> {
        let made = async {
            let account = self.account(address).await?;
            let own = self.store.account_switches(account.id).await?;
            let in_force = self.store.switches().await?.with(&own);
            let before = own.clone();
            let switches = make(AccountSwitchesView { own, in_force }).await?;
            if let Some(problem) = switches.problem() {
                return Err(ActError::Invalid(problem));
            }
            if let Some(bad) = switches.notification_address.as_deref().filter(|to| !is_address(to)) {
                return Err(ActError::Invalid(format!("{bad:?} is not a mail address")));
            }
            Ok((account.id, before, switches))
        };
        let (account, before, switches) = match made.await {
            Ok(made) => made,
            Err(error) => return Err(self.refuse(actor, &deed, error).await),
        };
        carry_out!(self, actor, &deed, |act| {
            act.put_account_switches(account, &switches).await?;
            Ok(((), deed.clone().saying(changes(&before, &switches))))
        })?;
        self.rules_changed().await;
        Ok(())
    }
}

/// An address that mail can be sent to, without anything that could end a line of SMTP.
fn is_address(text: &str) -> bool {
    let plain =
        text.len() <= 254 && text.is_ascii() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    plain
        && text.split_once('@').is_some_and(|(name, domain)| {
            !name.is_empty() && !domain.is_empty() && !domain.contains(['@', '<', '>'])
        })
}

/// What is different, for the log.
fn changes<T: Serialize>(before: &T, after: &T) -> String {
    let (Ok(Value::Object(before)), Ok(Value::Object(after))) =
        (serde_json::to_value(before), serde_json::to_value(after))
    else {
        return String::new();
    };
    let different = after.iter().filter(|(name, value)| before.get(*name) != Some(*value));
    let changes: Vec<String> = different
        .map(|(name, value)| match value {
            Value::Null => format!("{name} as the organisation has it"),
            value => format!("{name} {value}"),
        })
        .collect();
    if changes.is_empty() { "nothing is different".to_owned() } else { changes.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["491701234567@sms.example.net", "a.b+c@d"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b\r\nRCPT TO:<x@y>", "a@b>c", "ü@b", "a@b@c"] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn the_log_says_what_is_different() {
        let before = Switches::default();
        let after = Switches { direct_push: false, notification_minutes: 9, ..Switches::default() };
        assert_eq!(changes(&before, &after), "direct_push false, notification_minutes 9");
        assert_eq!(changes(&before, &before), "nothing is different");
        let own = AccountSwitches { max_devices: Some(2), ..AccountSwitches::default() };
        assert_eq!(changes(&own, &AccountSwitches::default()), "max_devices as the organisation has it");
    }
}
