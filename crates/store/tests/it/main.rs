//! One suite, run on SQLite in a temporary folder and, where `FIELDPOST_TEST_POSTGRES` gives the URL of
//! a server, on PostgreSQL in a schema of its own for each test.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod account;
mod administrator;
mod api_token;
mod app_password;
mod audit;
mod batch;
mod bed;
mod bell;
mod concurrency;
mod control;
mod crash;
mod delivery;
mod device;
mod directory;
mod folder;
mod item;
mod model;
mod open;
mod outbound;
mod policy;
mod search;
mod web_session;

/// Declares each test function twice, for SQLite and for PostgreSQL.
macro_rules! suite {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { crate::bed::on_sqlite(super::$name); })+
        }
        mod postgres {
            $(#[test] fn $name() { crate::bed::on_postgres(stringify!($name), super::$name); })+
        }
    };
}
pub(crate) use suite;
