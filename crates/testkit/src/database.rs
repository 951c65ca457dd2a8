//! A database for one test: a SQLite file, or a PostgreSQL database of its own on the server that
//! `FIELDPOST_TEST_POSTGRES` names (a URL of a user who may create databases).

use std::path::Path;

use fieldpost_server::entropy::{SystemEntropy, token};
use sqlx::{Connection as _, PgConnection};

/// A database that is dropped with this.
#[derive(Debug)]
pub struct Database {
    url: String,
    /// URL for administration, and the name to drop.
    postgres: Option<(String, String)>,
}

impl Database {
    /// SQLite, in a folder of the test's own.
    pub fn sqlite(folder: &Path) -> Database {
        Database { url: format!("sqlite:{}", folder.join("fieldpost.db").display()), postgres: None }
    }

    /// A new PostgreSQL database; none where there is no server to test with, which is said in one line.
    pub fn postgres() -> Option<Database> {
        let Ok(server) = std::env::var("FIELDPOST_TEST_POSTGRES") else {
            eprintln!("skipped: no PostgreSQL to test with; set FIELDPOST_TEST_POSTGRES");
            return None;
        };
        let name = format!("fieldpost_test_{}", token(&SystemEntropy));
        execute(&server, &format!("CREATE DATABASE {name}"))
            .unwrap_or_else(|error| panic!("FIELDPOST_TEST_POSTGRES: {error}"));
        Some(Database { url: with_database(&server, &name), postgres: Some((server, name)) })
    }

    /// SQLite, and PostgreSQL where there is one.
    pub fn each(folder: &Path) -> Vec<Database> {
        std::iter::once(Database::sqlite(folder)).chain(Database::postgres()).collect()
    }

    /// Its URL, as section `[storage]` takes it.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.postgres
            && let Err(error) = execute(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        {
            eprintln!("the test's database {name} stays: {error}");
        }
    }
}

/// Replaces the database in a URL.
fn with_database(url: &str, name: &str) -> String {
    let (rest, query) = url.split_once('?').map_or((url, None), |(rest, query)| (rest, Some(query)));
    let authority = rest.find("://").map_or(0, |scheme| scheme + 3);
    let end = rest[authority..].find('/').map_or(rest.len(), |slash| authority + slash);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &rest[..end])
}

/// Runs a statement on a thread and runtime of its own: tests call this with and without one, and drop
/// their databases in either.
fn execute(url: &str, statement: &str) -> Result<(), String> {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        runtime.block_on(async {
            let mut connection = PgConnection::connect(url).await.map_err(|error| error.to_string())?;
            let statement = sqlx::AssertSqlSafe(statement.to_owned());
            sqlx::raw_sql(statement).execute(&mut connection).await.map_err(|error| error.to_string())?;
            connection.close().await.map_err(|error| error.to_string())
        })
    };
    std::thread::scope(|scope| scope.spawn(run).join()).map_err(|_| "the thread panicked".to_owned())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_in_a_url_is_replaced() {
        assert_eq!(with_database("postgres://a:b@h:1/postgres?x=y", "t"), "postgres://a:b@h:1/t?x=y");
        assert_eq!(with_database("postgres://h", "t"), "postgres://h/t");
        assert_eq!(with_database("postgres:///x?host=/run", "t"), "postgres:///t?host=/run");
    }

    #[test]
    fn a_database_lives_as_long_as_its_test() {
        let Some(database) = Database::postgres() else { return };
        execute(database.url(), "CREATE TABLE t (a BIGINT)").unwrap();
        let url = database.url().to_owned();
        drop(database);
        assert!(execute(&url, "SELECT 1").is_err());
    }
}
