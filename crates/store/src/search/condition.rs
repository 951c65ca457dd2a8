//! A search in the terms of a database. Words reach it as parameters, and hold letters and digits alone.

use std::fmt::Write as _;

use fieldpost_domain::MailboxId;
use fieldpost_domain::item::Texts;
use fieldpost_domain::search::{Expression, Field, Phrase, Query};

use super::{WITHIN_SECOND, place};
use crate::db::Dialect;

/// A statement that lists the numbers of items, newest first, with commas between them in one row, since a
/// thousand rows would cost more than the search itself. Its parameters: `numbers` from `$1` on, then `texts`,
/// then the conversation where there is one.
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) numbers: Vec<i64>,
    pub(super) texts: Vec<String>,
}

impl Condition {
    /// None where nothing can be found: the mailbox has no place in the index.
    pub(super) fn of(dialect: Dialect, mailbox: MailboxId, query: &Query, limit: u32) -> Option<Condition> {
        let after = query.after.unwrap_or(i64::MIN);
        let before = query.before.unwrap_or(i64::MAX);
        // Documents of the seconds in question; the milliseconds are looked at in the items.
        let first = place(mailbox, after)?;
        let last = place(mailbox, before)? | ((1 << WITHIN_SECOND) - 1);
        let numbers = vec![mailbox.0, first, last, after, before, i64::from(limit)];
        let mut condition = Condition { sql: String::new(), numbers, texts: Vec::new() };
        let mut folders: Vec<u32> = query.folders.iter().map(|folder| folder.0).collect();
        folders.sort_unstable();
        folders.dedup();
        // Numbers of ours, so they may stand in the text.
        let folders = folders.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        // SQLite has beside the document what a search narrows down by; there `item` is seldom needed.
        let of = if dialect == Dialect::Sqlite && query.text.is_some() { "found" } else { "item" };
        let mut and = format!("{of}.folder_id IN ({folders}) AND {of}.received > $4 AND {of}.received < $5");
        let (from, order) = match (dialect, &query.text) {
            (_, None) => {
                and.push_str(" AND item.mailbox_id = $1 AND $2 <= $3");
                ("item", "item.received DESC, item.item_id DESC")
            }
            (Dialect::Sqlite, Some(text)) => {
                condition.texts.push(fts5(text));
                and.push_str(
                    " AND search_words MATCH $7 AND search_words.rowid BETWEEN $2 AND $3 AND $1 = $1",
                );
                // CROSS JOIN keeps the order of the tables: first the words.
                let from = match query.conversation {
                    None => {
                        "search_words CROSS JOIN search_document AS found \
                         ON found.document = search_words.rowid"
                    }
                    Some(_) => {
                        "search_words CROSS JOIN search_document AS found \
                         ON found.document = search_words.rowid CROSS JOIN item \
                         ON item.mailbox_id = found.mailbox_id AND item.item_id = found.item_id"
                    }
                };
                (from, "search_words.rowid DESC")
            }
            (Dialect::Postgres, Some(text)) => {
                let text = condition.tsquery(text);
                let _ =
                    write!(and, " AND found.mailbox_id = $1 AND found.document BETWEEN $2 AND $3 AND {text}");
                (
                    "search_document AS found JOIN item \
                     ON item.mailbox_id = found.mailbox_id AND item.item_id = found.item_id",
                    "found.document DESC",
                )
            }
        };
        match (query.shown.own, query.shown.texts) {
            (true, Texts::All) => {}
            (false, _) => {
                let _ = write!(and, " AND {of}.text_message = 1");
            }
            (true, _) => {
                let _ = write!(and, " AND {of}.text_message = 0");
            }
        }
        if query.conversation.is_some() {
            let number = condition.numbers.len() + condition.texts.len() + 1;
            let _ = write!(and, " AND item.conversation_id = ${number}");
        }
        let list = match dialect {
            Dialect::Sqlite => "group_concat(item_id, ',')",
            Dialect::Postgres => "string_agg(CAST(item_id AS TEXT), ',')",
        };
        condition.sql = format!(
            "SELECT {list} FROM (SELECT {of}.item_id FROM {from} WHERE {and} ORDER BY {order} LIMIT $6) AS ids"
        );
        Some(condition)
    }

    /// An expression as PostgreSQL has it, its words among the parameters.
    fn tsquery(&mut self, expression: &Expression) -> String {
        let list = |condition: &mut Condition, all: &[Expression], by: &str, none: &str| {
            let all: Vec<String> = all.iter().map(|one| condition.tsquery(one)).collect();
            if all.is_empty() { none.to_owned() } else { format!("({})", all.join(by)) }
        };
        match expression {
            Expression::Phrase(phrase) => self.tsquery_phrase(phrase),
            Expression::HasAttachments(has) => format!("found.attached = {}", u8::from(*has)),
            Expression::All(all) => list(self, all, " AND ", "TRUE"),
            Expression::Any(any) => list(self, any, " OR ", "FALSE"),
            Expression::Not(not) => format!("NOT {}", self.tsquery(not)),
        }
    }

    fn tsquery_phrase(&mut self, phrase: &Phrase) -> String {
        // Weights of `words`, and the columns that hold one kind of people each.
        let mut weights = String::new();
        let mut columns = Vec::new();
        for field in &phrase.fields {
            match field {
                Field::Subject => weights.push('A'),
                Field::Attachment => weights.push('C'),
                Field::Body => weights.push('D'),
                Field::From => columns.push("sender"),
                Field::To => columns.push("addressee"),
                Field::Cc => columns.push("copied"),
            }
        }
        let mut alternatives = Vec::new();
        if phrase.fields.is_empty() || !weights.is_empty() {
            alternatives.push(self.match_words("words", phrase, &weights));
        }
        alternatives.extend(columns.into_iter().map(|column| self.match_words(column, phrase, "")));
        format!("({})", alternatives.join(" OR "))
    }

    fn match_words(&mut self, column: &str, phrase: &Phrase, weights: &str) -> String {
        let last = phrase.words().len().saturating_sub(1);
        let words: Vec<String> = phrase
            .words()
            .iter()
            .enumerate()
            .map(|(at, word)| {
                let star = if phrase.prefix && at == last { "*" } else { "" };
                let colon = if star.is_empty() && weights.is_empty() { "" } else { ":" };
                format!("'{word}'{colon}{star}{weights}")
            })
            .collect();
        self.texts.push(words.join(" <-> "));
        format!("found.{column} @@ to_tsquery('simple', ${})", self.numbers.len() + self.texts.len())
    }
}

/// Every document.
const ANY: &str = "mark : \"m\"";

/// An expression as FTS5 has it. It knows no NOT but that of one set without another.
fn fts5(expression: &Expression) -> String {
    match expression {
        Expression::Phrase(phrase) => {
            let fields = if phrase.fields.is_empty() { &Field::ALL[..] } else { &phrase.fields };
            let columns: Vec<&str> = fields.iter().map(|field| column(*field)).collect();
            let star = if phrase.prefix { " *" } else { "" };
            format!("{{{}}} : \"{}\"{star}", columns.join(" "), phrase.words().join(" "))
        }
        Expression::HasAttachments(true) => "mark : \"a\"".to_owned(),
        Expression::HasAttachments(false) => format!("({ANY} NOT mark : \"a\")"),
        Expression::All(all) => {
            let (without, with): (Vec<_>, Vec<_>) =
                all.iter().partition(|one| matches!(one, Expression::Not(_)));
            let with: Vec<String> = with.into_iter().map(fts5).collect();
            let with = if with.is_empty() { ANY.to_owned() } else { format!("({})", with.join(" AND ")) };
            without.into_iter().fold(with, |set, not| match not {
                Expression::Not(not) => format!("({set} NOT {})", fts5(not)),
                _ => set,
            })
        }
        Expression::Any(any) if any.is_empty() => format!("({ANY} NOT {ANY})"),
        Expression::Any(any) => format!("({})", any.iter().map(fts5).collect::<Vec<_>>().join(" OR ")),
        Expression::Not(not) => format!("({ANY} NOT {})", fts5(not)),
    }
}

fn column(field: Field) -> &'static str {
    match field {
        Field::Subject => "subject",
        Field::From => "sender",
        Field::To => "addressee",
        Field::Cc => "copied",
        Field::Attachment => "attachment",
        Field::Body => "body",
    }
}
