//! The frame around every page: title, navigation, who is signed in, and the note that the action before
//! left.

use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};
use fieldpost_domain::role::{Permission, Role};

use super::assets;
use super::failure::Failure;
use super::visitor::{Administrator, User};

/// One entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its address.
    pub href: &'static str,
    /// Its name.
    pub name: &'static str,
}

macro_rules! places {
    ($($place:ident = $href:literal, $name:literal;)+) => {
        $(
            #[doc = concat!("The page “", $name, "”.")]
            pub const $place: Place = Place { href: concat!("/MobileAdmin", $href), name: $name };
        )+
    };
}

places! {
    WELCOME = "", "Overview";
    DEVICES = "/devices", "Devices";
    QUARANTINE = "/quarantine", "Quarantine";
    RULES = "/rules", "Admission rules";
    POLICIES = "/policies", "Policies";
    ACCOUNTS = "/accounts", "Accounts";
    SWITCHES = "/switches", "Feature switches";
    LOG = "/log", "Transaction log";
    ADMINISTRATORS = "/administrators", "Administrators";
    TOKENS = "/tokens", "API tokens";
    HEALTH = "/health", "Server health";
    ME = "/me", "My devices";
}

/// No page of the navigation.
pub const NOWHERE: Place = Place { href: "", name: "" };

/// What administrators see, in this order.
const FOR_ADMINISTRATORS: &[Place] =
    &[WELCOME, DEVICES, QUARANTINE, RULES, POLICIES, ACCOUNTS, SWITCHES, LOG, HEALTH, ADMINISTRATORS];

/// Whether a note is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It was done.
    Good,
    /// It was not, and the text says why.
    Bad,
    /// It is neither.
    Plain,
}

impl Mood {
    /// The class of its box.
    pub fn class(self) -> &'static str {
        match self {
            Mood::Good => "good",
            Mood::Bad => "bad",
            Mood::Plain => "",
        }
    }

    /// How it is announced: what went wrong at once.
    pub fn live(self) -> &'static str {
        match self {
            Mood::Good | Mood::Plain => "status",
            Mood::Bad => "alert",
        }
    }
}

/// What a page tells of the action before it.
#[derive(Debug, Clone)]
pub struct Note {
    /// Whether it is good news.
    pub mood: Mood,
    /// The text.
    pub text: String,
}

/// Who is signed in, as the frame shows it.
#[derive(Debug, Clone)]
pub struct Badge {
    /// Name.
    pub name: String,
    /// Role, in words.
    pub role: &'static str,
}

/// The frame of one page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Title.
    pub title: String,
    /// Who is signed in; none before that.
    pub badge: Option<Badge>,
    /// The token of this session's forms.
    pub token: String,
    /// Navigation.
    pub places: Vec<Place>,
    /// Which of them this is.
    pub here: &'static str,
    /// What is to be told.
    pub note: Option<Note>,
}

/// A role in words.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::View => "View",
        Role::HelpDesk => "Help desk",
        Role::Policy => "Policy",
        Role::Owner => "Owner",
    }
}

impl Page {
    /// A page for whoever is not signed in, or of whom it is not known.
    pub fn bare(title: &str) -> Page {
        Page {
            title: title.to_owned(),
            badge: None,
            token: String::new(),
            places: Vec::new(),
            here: "",
            note: None,
        }
    }

    /// A page for an administrator.
    pub fn new(title: impl Into<String>, place: Place, administrator: &Administrator) -> Page {
        Page::for_user(title, place, &administrator.user)
    }

    /// A page for anybody who is signed in.
    pub fn for_user(title: impl Into<String>, place: Place, user: &User) -> Page {
        let who = &user.who;
        let mut places = Vec::new();
        if who.role.is_some() {
            places.extend_from_slice(FOR_ADMINISTRATORS);
            if who.role.is_some_and(|role| role.may(Permission::Administrators)) {
                places.push(TOKENS);
            }
        }
        if who.account().is_some() {
            places.push(ME);
        }
        Page {
            title: title.into(),
            badge: Some(Badge { name: who.name.clone(), role: who.role.map_or("", role_name) }),
            token: who.id.form_token(),
            places,
            here: place.href,
            note: None,
        }
    }

    /// With a note.
    #[must_use]
    pub fn with(mut self, note: Option<Note>) -> Page {
        self.note = note;
        self
    }

    /// The address of one of the tool's own files.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

/// Good news.
pub fn good(text: impl Into<String>) -> Option<Note> {
    Some(Note { mood: Mood::Good, text: text.into() })
}

/// What went wrong.
pub fn bad(text: impl Into<String>) -> Option<Note> {
    Some(Note { mood: Mood::Bad, text: text.into() })
}

/// The page as an answer.
pub fn html(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}
