//! The web tool as its users and its attackers meet it: [`attacks`] and the modules named after pages speak
//! HTTP to it, [`browser`] drives a real Chromium.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod administrators;
mod api;
mod attacks;
mod bed;
mod browser;
mod devices;
mod policies;
mod sign_in;
