//! Admission rules: read, and replaced as a whole.

use fieldpost_domain::admission::Rules;
use fieldpost_domain::role::Permission;
use fieldpost_store::decision;

use super::{ActError, Actor, Administration, Deed, carry_out};

impl Administration {
    /// The rules in force.
    ///
    /// # Errors
    /// [`ActError::Denied`].
    pub async fn rules(&self, actor: &Actor) -> Result<Rules, ActError> {
        self.permit(actor, Permission::See, &Deed::new("rules.show")).await?;
        Ok(self.store.decision(decision::ADMISSION).await?.0)
    }

    /// Replaces the rules. They hold from each device's next request on; those that wait for news look at
    /// once.
    ///
    /// # Errors
    /// [`ActError::Denied`]; [`ActError::Invalid`] for rules that can't be taken.
    pub async fn put_rules(&self, actor: &Actor, rules: &Rules) -> Result<(), ActError> {
        let deed = Deed::new("rules.put").saying(format!(
            "{} rules, {} by default",
            rules.rules.len(),
            rules.default
        ));
        self.permit(actor, Permission::Rules, &deed).await?;
        if let Err(bad) = rules.check() {
            return Err(self.refuse(actor, &deed, ActError::Invalid(bad.to_string())).await);
        }
        carry_out!(self, actor, &deed, |act| {
            act.put_decision(decision::ADMISSION, rules).await?;
            Ok(((), deed.clone()))
        })?;
        self.wake_all();
        Ok(())
    }
}
