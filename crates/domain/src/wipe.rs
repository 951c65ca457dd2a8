//! Remote wipe: what was ordered for a device, how far it is, and what follows from what happens
//! ([MS-ASPROV] 3.1.5.1.2.2, 3.1.5.1.2.3, 3.2.5.1.2.2, 3.2.5.1.2.3).
//!
//! A wipe stays in force until it is cancelled: a phone that acknowledged it and comes back, because
//! somebody set it up again, or because it lied, is told again.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::device::Device;

/// What is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WipeKind {
    /// Everything that the phone's mail program can reach: the whole phone, where it honours that.
    Full,
    /// The account and what it brought along ([MS-ASPROV] 2.2.2.1); 16.1 alone.
    AccountOnly,
}

impl WipeKind {
    /// The name by which it is typed and shown.
    pub fn name(self) -> &'static str {
        match self {
            WipeKind::Full => "full",
            WipeKind::AccountOnly => "account-only",
        }
    }
}

impl fmt::Display for WipeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How the organisation wants wipes to be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WipeRules {
    /// A full wipe waits until a second administrator approves it.
    #[serde(alias = "needs-approval")]
    pub needs_approval: bool,
}

/// How far a wipe is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WipeState {
    /// A second administrator has to approve it first.
    Proposed,
    /// In force; the phone has not come for it yet.
    Pending,
    /// The phone was told, and has not said how it went. It may have erased itself before it could
    /// (MS-ASPROV_R645).
    Sent,
    /// The phone said that it is done.
    Acknowledged,
    /// The phone said that it could not. It is told again when it comes again.
    Failed,
    /// Taken back.
    Cancelled,
}

impl WipeState {
    /// The name by which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            WipeState::Proposed => "proposed",
            WipeState::Pending => "pending",
            WipeState::Sent => "sent",
            WipeState::Acknowledged => "acknowledged",
            WipeState::Failed => "failed",
            WipeState::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for WipeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The wipe of one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wipe {
    /// What is to be erased.
    pub kind: WipeKind,
    /// How far it is.
    pub state: WipeState,
    /// Who ordered it.
    pub ordered_by: String,
    /// When.
    pub ordered_at: Timestamp,
    /// Whom to tell when it is done, besides the user.
    #[serde(default)]
    pub tell: Option<String>,
    /// The second administrator, where one was asked for.
    pub approved_by: Option<String>,
    /// When the phone was told first.
    pub sent_at: Option<Timestamp>,
    /// When the phone said first that it is done.
    pub acknowledged_at: Option<Timestamp>,
    /// When it said so last. Later than the first time: it came back.
    #[serde(default)]
    pub last_acknowledged_at: Option<Timestamp>,
    /// Who took it back.
    #[serde(default)]
    pub cancelled_by: Option<String>,
    /// When.
    #[serde(default)]
    pub cancelled_at: Option<Timestamp>,
}

/// Why an act about a wipe is not possible. For people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WipeError {
    /// There is one already.
    #[error("a wipe is {0} already: cancel it before another is ordered")]
    AlreadyOrdered(WipeState),
    /// There is none to be approved.
    #[error("no wipe waits for approval")]
    NothingToApprove,
    /// The one who ordered it can't approve it.
    #[error("{0} ordered the wipe: another administrator has to approve it")]
    SameAdministrator(String),
    /// There is none to be cancelled.
    #[error("there is no wipe to be cancelled")]
    NothingToCancel,
}

/// What follows from a phone's word on how a wipe went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followup {
    /// It is done, for the first time: whoever waits for it is told.
    FirstDone,
    /// It is done once more: the phone had come back.
    DoneAgain,
    /// It is known already: the answer was lost, or the phone repeats itself.
    Known,
    /// It failed: the phone is told to wipe again.
    Failed,
    /// The phone was not told to: its word counts for nothing, and it is told now.
    Untold,
}

/// A phone that says "done" and comes back again and again is written down as having come back no oftener
/// than this.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

impl Wipe {
    /// A wipe that `by` orders. `before` is what the device has already.
    ///
    /// # Errors
    /// One is in force, or waits for approval. One that the phone acknowledged is in force too.
    pub fn order(
        before: Option<&Wipe>,
        kind: WipeKind,
        by: &str,
        tell: Option<String>,
        needs_approval: bool,
        now: Timestamp,
    ) -> Result<Wipe, WipeError> {
        if let Some(before) = before.filter(|before| before.state != WipeState::Cancelled) {
            return Err(WipeError::AlreadyOrdered(before.state));
        }
        Ok(Wipe {
            kind,
            state: if needs_approval { WipeState::Proposed } else { WipeState::Pending },
            ordered_by: by.to_owned(),
            ordered_at: now,
            tell,
            approved_by: None,
            sent_at: None,
            acknowledged_at: None,
            last_acknowledged_at: None,
            cancelled_by: None,
            cancelled_at: None,
        })
    }

    /// The phone is to be wiped, or was and is not welcome until the wipe is cancelled.
    pub fn is_in_force(&self) -> bool {
        !matches!(self.state, WipeState::Proposed | WipeState::Cancelled)
    }

    /// Another administrator approves.
    ///
    /// # Errors
    /// It does not wait for that, or it is the same administrator.
    pub fn approve(&mut self, by: &str) -> Result<(), WipeError> {
        if self.state != WipeState::Proposed {
            return Err(WipeError::NothingToApprove);
        }
        if self.ordered_by.to_lowercase() == by.to_lowercase() {
            return Err(WipeError::SameAdministrator(self.ordered_by.clone()));
        }
        self.approved_by = Some(by.to_owned());
        self.state = WipeState::Pending;
        Ok(())
    }

    /// The phone is told now, whatever it said before. Nothing where the wipe is not in force.
    pub fn send(&mut self, now: Timestamp) {
        if self.is_in_force() {
            self.state = WipeState::Sent;
            self.sent_at.get_or_insert(now);
        }
    }

    /// The phone says how it went. Only one that was told has a say.
    pub fn acknowledge(&mut self, done: bool, now: Timestamp) -> Followup {
        match (self.state, done) {
            (WipeState::Acknowledged, true) => Followup::Known,
            (WipeState::Sent | WipeState::Failed, true) => {
                self.state = WipeState::Acknowledged;
                let last = self.last_acknowledged_at.replace(now);
                if self.acknowledged_at.is_none() {
                    self.acknowledged_at = Some(now);
                    return Followup::FirstDone;
                }
                match last.is_some_and(|last| now.duration_since(last) < AGAIN_AFTER) {
                    true => Followup::Known,
                    false => Followup::DoneAgain,
                }
            }
            (WipeState::Sent | WipeState::Failed | WipeState::Acknowledged, false) => {
                self.state = WipeState::Failed;
                Followup::Failed
            }
            (WipeState::Proposed | WipeState::Pending | WipeState::Cancelled, _) => Followup::Untold,
        }
    }

    /// Takes it back. What the phone erased stays erased.
    ///
    /// # Errors
    /// It was taken back before.
    pub fn cancel(&mut self, by: &str, now: Timestamp) -> Result<(), WipeError> {
        if self.state == WipeState::Cancelled {
            return Err(WipeError::NothingToCancel);
        }
        self.state = WipeState::Cancelled;
        self.cancelled_by = Some(by.to_owned());
        self.cancelled_at = Some(now);
        Ok(())
    }
}

/// What a full wipe will erase on this device, as far as is known, in words for whoever orders it. Phones
/// differ in what they honour, and none can be made to tell the truth.
pub fn erases(device: &Device) -> &'static str {
    let mut said = String::new();
    let information = &device.information;
    for text in [&information.os, &information.user_agent, &device.user_agent, &information.model] {
        said.push_str(&text.as_deref().unwrap_or_default().to_lowercase());
        said.push('\n');
    }
    said.push_str(&device.device_type.to_lowercase());
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    // Outlook says on which system it runs, and is none the less the one that obeys.
    if has(&["outlook for ios", "outlook-ios", "outlook-android", "outlook for android"]) {
        return "Outlook for iOS and Android erases its own data alone: mail, calendar, contacts and files of \
                the account in the app. The rest of the phone stays, contacts that were exported to the \
                phone's own address book may stay as well.";
    }
    if has(&["iphone", "ipad", "ipod", "ios "]) {
        return "The built-in Mail of iOS and iPadOS erases the whole device and returns it to factory \
                settings: every app, photo and message, private ones included. A device that was set up with \
                User Enrollment or in Lockdown Mode may refuse.";
    }
    if has(&["android", "samsung", "gmail"]) {
        return "On Android it depends on the mail app. One that is a device administrator erases the whole \
                phone, private data included, some the storage card as well. Gmail and other apps of Android \
                10 and later, and apps in a work profile, erase the account or the work profile alone.";
    }
    if has(&["pocketpc", "smartphone", "windows mobile", "windows ce", "msft-ppc", "msft-sphone"]) {
        return "Windows Mobile erases the whole phone and returns it to factory settings; from 6.0 on the \
                storage card as well, before that the card keeps what is on it.";
    }
    if has(&["windowsphone", "windows phone", "msft-wp"]) {
        return "Windows Phone erases the whole phone and returns it to factory settings.";
    }
    if has(&["windowsmail", "windows mail", "windowsoutlook", "outlook/", "windows"]) {
        return "Mail programs of Windows erase their own mail data alone; the rest of the computer stays.";
    }
    "Nothing certain is known of this kind of device. By the protocol it must at least destroy everything that \
     it ever received from this server, and should erase itself as a whole and return to factory settings."
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_rules_keys_have_underscores_and_the_one_with_a_hyphen_is_still_read() {
        let rules = WipeRules { needs_approval: true };
        assert_eq!(serde_json::to_string(&rules).unwrap(), r#"{"needs_approval":true}"#);
        assert_eq!(serde_json::from_str::<WipeRules>(r#"{"needs-approval":true}"#).unwrap(), rules);
    }

    fn ordered(needs_approval: bool) -> Wipe {
        Wipe::order(None, WipeKind::Full, "Anna", None, needs_approval, at(0)).unwrap()
    }

    #[test]
    fn from_order_to_acknowledgement_and_back_again() {
        let mut wipe = ordered(false);
        assert!(wipe.is_in_force());
        assert_eq!(wipe.acknowledge(true, at(1)), Followup::Untold, "it was not told yet");
        assert_eq!(wipe.state, WipeState::Pending);
        wipe.send(at(2));
        assert_eq!(wipe.acknowledge(false, at(3)), Followup::Failed);
        wipe.send(at(4));
        assert_eq!(wipe.acknowledge(true, at(5)), Followup::FirstDone);
        assert_eq!(wipe.acknowledge(true, at(6)), Followup::Known, "the answer was lost");
        assert!(wipe.is_in_force(), "until it is cancelled");
        // The phone comes back at once, and once more a day later.
        wipe.send(at(7));
        assert_eq!(wipe.acknowledge(true, at(8)), Followup::Known);
        wipe.send(at(86_400));
        assert_eq!(wipe.acknowledge(true, at(86_401)), Followup::DoneAgain);
        assert_eq!((wipe.sent_at, wipe.acknowledged_at), (Some(at(2)), Some(at(5))));
        wipe.cancel("Bert", at(90_000)).unwrap();
        assert!(!wipe.is_in_force());
        assert_eq!(wipe.cancel("Bert", at(90_001)), Err(WipeError::NothingToCancel));
        assert!(Wipe::order(Some(&wipe), WipeKind::AccountOnly, "Bert", None, false, at(90_002)).is_ok());
    }

    #[test]
    fn two_administrators_where_it_is_asked_for() {
        let mut wipe = ordered(true);
        assert!(!wipe.is_in_force());
        assert_eq!(wipe.approve("anna"), Err(WipeError::SameAdministrator("Anna".into())));
        wipe.approve("Bert").unwrap();
        assert!(wipe.is_in_force());
        assert_eq!(wipe.approve("Carl"), Err(WipeError::NothingToApprove));
        let again = Wipe::order(Some(&wipe), WipeKind::Full, "Carl", None, false, at(9));
        assert_eq!(again, Err(WipeError::AlreadyOrdered(WipeState::Pending)));
    }

    #[derive(Debug, Clone, Copy)]
    enum Event {
        Approve,
        ApproveOneself,
        Send,
        Done,
        Failed,
        Cancel,
    }

    proptest! {
        /// Whatever happens in whatever order: nothing but a cancellation ends a wipe that is in force, one
        /// that nobody else approved is never told to a phone, "done" is never reached without having been
        /// told, and those who wait for it hear of it once.
        #[test]
        fn no_path_leads_out_but_cancellation(
            needs_approval: bool,
            events in proptest::collection::vec(prop_oneof![
                Just(Event::Approve), Just(Event::ApproveOneself), Just(Event::Send), Just(Event::Done),
                Just(Event::Failed), Just(Event::Cancel),
            ], 0..20),
        ) {
            let mut wipe = ordered(needs_approval);
            let mut told = 0;
            for (event, now) in events.into_iter().zip(1..) {
                let before = wipe.clone();
                match event {
                    Event::Approve => { let _ = wipe.approve("Bert"); }
                    Event::ApproveOneself => prop_assert!(wipe.approve("Anna").is_err()),
                    Event::Send => wipe.send(at(now)),
                    Event::Done => told += u32::from(wipe.acknowledge(true, at(now)) == Followup::FirstDone),
                    Event::Failed => { wipe.acknowledge(false, at(now)); }
                    Event::Cancel => { let _ = wipe.cancel("Bert", at(now)); }
                }
                if before.is_in_force() && !wipe.is_in_force() {
                    prop_assert!(matches!(event, Event::Cancel));
                }
                if before.state == WipeState::Cancelled {
                    prop_assert_eq!(&before, &wipe);
                }
                prop_assert!(wipe.acknowledged_at.is_none() || wipe.sent_at.is_some());
                prop_assert!(!needs_approval || wipe.sent_at.is_none() || wipe.approved_by.is_some());
            }
            prop_assert!(told <= 1);
            let json = serde_json::to_string(&wipe).unwrap();
            prop_assert_eq!(serde_json::from_str::<Wipe>(&json).unwrap(), wipe);
        }
    }

    #[test]
    fn each_kind_of_device_has_its_warning() {
        let device = |kind: &str, agent: &str| Device {
            device_type: kind.into(),
            user_agent: Some(agent.into()),
            ..Device::default()
        };
        for (kind, agent, word) in [
            ("iPhone", "Apple-iPhone14C2/1904.91", "iOS"),
            ("Outlook", "Outlook-iOS-Android/1.0", "Outlook"),
            ("Android", "Android-Mail/2024", "Android"),
            ("SamsungDevice", "Android-SAMSUNG-SM-G998B/101.9", "Android"),
            ("PocketPC", "MSFT-PPC/5.2.5082", "Windows Mobile"),
            ("WindowsMail", "", "Windows"),
            ("Toaster", "", "Nothing certain"),
        ] {
            assert!(erases(&device(kind, agent)).contains(word), "{kind}: {}", erases(&device(kind, agent)));
        }
    }
}
