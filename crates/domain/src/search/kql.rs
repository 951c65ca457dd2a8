//! The query language that phones send on, as their users type it: words, `"phrases"`, `begin*`,
//! `from:mia`, `subject:(a OR b)`, `received>=2026-11-01`, `hasattachment:true`, AND, OR, NOT and brackets. A
//! subset of Microsoft's keyword query language; whatever is none of it is taken for words.
//!
//! Nothing of what is typed reaches a database as it is: what comes out are words of letters and digits.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};

use super::query::{Expression, Field, Phrase};

/// Longest text that is read, in characters.
pub const LENGTH_LIMIT: usize = 1024;
/// Most phrases in one query.
const PHRASE_LIMIT: usize = 64;
/// Deepest nesting of brackets.
const DEPTH_LIMIT: usize = 16;

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// What must hold of the text.
    pub text: Option<Expression>,
    /// Received after this, milliseconds since 1970 UTC, exclusive.
    pub after: Option<i64>,
    /// Received before this, exclusive.
    pub before: Option<i64>,
}

/// Why a query is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KqlError {
    /// There is nothing to look for in it.
    #[error("there is nothing to look for")]
    Empty,
    /// It is too long, has too many parts, or puts dates where they can't be: below OR and NOT.
    #[error("the query is too complex")]
    TooComplex,
}

/// Reads a query. Dates are those of UTC; `now` is what `today` goes by.
pub fn parse(text: &str, now: Timestamp) -> Result<Parsed, KqlError> {
    if text.chars().take(LENGTH_LIMIT + 1).count() > LENGTH_LIMIT {
        return Err(KqlError::TooComplex);
    }
    let mut parser = Parser { rest: text, now, phrases: 0, depth: 0 };
    let mut terms = Vec::new();
    loop {
        let term = parser.any()?;
        let found = term.is_some();
        terms.extend(term);
        // A bracket that closes nothing is passed over.
        if !parser.skip(')') && !found {
            break;
        }
    }
    let mut parsed = Parsed::default();
    let mut found = Vec::new();
    for term in terms.into_iter().flat_map(Term::conjuncts) {
        match term {
            Term::Received(after, before) => {
                parsed.after = parsed.after.max(after);
                parsed.before = match (parsed.before, before) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
            term => found.push(term.into_expression()?),
        }
    }
    parsed.text = match found.len() {
        0 => None,
        1 => found.pop(),
        _ => Some(Expression::All(found)),
    };
    if parsed == Parsed::default() { Err(KqlError::Empty) } else { Ok(parsed) }
}

/// A part of a query, dates among them.
#[derive(Debug)]
enum Term {
    Text(Expression),
    Received(Option<i64>, Option<i64>),
    All(Vec<Term>),
    Any(Vec<Term>),
    Not(Box<Term>),
}

impl Term {
    /// The parts all of which must hold.
    fn conjuncts(self) -> Vec<Term> {
        match self {
            Term::All(terms) => terms.into_iter().flat_map(Term::conjuncts).collect(),
            term => vec![term],
        }
    }

    /// Without dates: they must hold for all.
    fn into_expression(self) -> Result<Expression, KqlError> {
        let each =
            |terms: Vec<Term>| terms.into_iter().map(Term::into_expression).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Term::Text(expression) => expression,
            Term::Received(..) => return Err(KqlError::TooComplex),
            Term::All(terms) => Expression::All(each(terms)?),
            Term::Any(terms) => Expression::Any(each(terms)?),
            Term::Not(term) => Expression::Not(Box::new(term.into_expression()?)),
        })
    }
}

struct Parser<'x> {
    rest: &'x str,
    now: Timestamp,
    phrases: usize,
    depth: usize,
}

impl<'x> Parser<'x> {
    /// `a OR b OR c`.
    fn any(&mut self) -> Result<Option<Term>, KqlError> {
        let mut terms: Vec<Term> = self.all()?.into_iter().collect();
        while self.operator("OR") {
            terms.extend(self.all()?);
        }
        Ok(match terms.len() {
            0 | 1 => terms.pop(),
            _ => Some(Term::Any(terms)),
        })
    }

    /// `a AND b c`.
    fn all(&mut self) -> Result<Option<Term>, KqlError> {
        let mut terms = Vec::new();
        loop {
            while self.operator("AND") || self.operator("NEAR") {}
            match self.one()? {
                Some(term) => terms.push(term),
                None if terms.len() < 2 => return Ok(terms.pop()),
                None => return Ok(Some(Term::All(terms))),
            }
        }
    }

    /// `NOT a`, `-a`, `(a)`, `name:value`, `"a b"` or `a`; none at the end, at a bracket that closes, or before
    /// `OR`. What holds no word is passed over.
    fn one(&mut self) -> Result<Option<Term>, KqlError> {
        loop {
            self.blanks();
            if self.rest.is_empty() || self.rest.starts_with(')') || self.is_operator("OR") {
                return Ok(None);
            }
            let minus = self.rest.starts_with('-') && !self.rest.get(1..).is_some_and(|r| r.starts_with(' '));
            if minus || self.is_operator("NOT") {
                self.take(if minus { 1 } else { 3 });
                return self.deeper(|parser| Ok(parser.one()?.map(|term| Term::Not(Box::new(term)))));
            }
            self.skip('+');
            if self.skip('(') {
                let inner = self.deeper(Parser::any)?;
                self.skip(')');
                match inner {
                    Some(term) => return Ok(Some(term)),
                    None => continue,
                }
            }
            if let Some(term) = self.property()? {
                return Ok(Some(term));
            }
            if let Some(term) = self.phrase(&[])? {
                return Ok(Some(term));
            }
        }
    }

    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Option<Term>, KqlError>,
    ) -> Result<Option<Term>, KqlError> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(KqlError::TooComplex);
        }
        let term = read(self)?;
        self.depth -= 1;
        Ok(term)
    }

    /// `from:mia`, `subject:(a b)`, `received>=2026-11-01`. Nothing is read where it is none.
    fn property(&mut self) -> Result<Option<Term>, KqlError> {
        let length = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (name, after) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        let Some(operator) =
            [">=", "<=", "<>", ":", "=", ">", "<"].into_iter().find(|o| after.starts_with(o))
        else {
            return Ok(None);
        };
        let name = name.to_ascii_lowercase();
        let start = length + operator.len();
        if matches!(name.as_str(), "received" | "sent" | "date") {
            let before = self.rest;
            self.take(start);
            let value = self.value();
            let Some(term) = self.received(operator, &value) else {
                self.rest = before;
                return Ok(None);
            };
            return Ok(Some(term));
        }
        if !matches!(operator, ":" | "=") {
            return Ok(None);
        }
        let fields: &[Field] = match name.as_str() {
            "subject" | "title" => &[Field::Subject],
            "from" | "sender" | "author" => &[Field::From],
            "to" => &[Field::To],
            "cc" => &[Field::Cc],
            "participants" | "recipients" | "people" => &[Field::From, Field::To, Field::Cc],
            "body" | "content" => &[Field::Body],
            "attachment" | "attachments" | "attachmentnames" | "filename" => &[Field::Attachment],
            "hasattachment" | "hasattachments" => {
                self.take(start);
                let value = self.value().to_ascii_lowercase();
                let has = !matches!(value.as_str(), "false" | "no" | "0");
                return Ok(Some(Term::Text(Expression::HasAttachments(has))));
            }
            // `re:` and `http:` are words.
            _ => return Ok(None),
        };
        self.take(start);
        if self.skip('(') {
            let term = self.deeper(Parser::any)?;
            self.skip(')');
            return Ok(term.map(|term| within(term, fields)));
        }
        self.phrase(fields)
    }

    /// `"a b"`, `a` or `a*`. A single word is the beginning of one, as users expect who type; a quoted
    /// phrase is taken at its word. None where it holds no word; it is read all the same.
    fn phrase(&mut self, fields: &[Field]) -> Result<Option<Term>, KqlError> {
        let quoted = self.rest.starts_with('"') || self.rest.starts_with('\u{201C}');
        let text = self.value();
        let starred = if quoted { self.skip('*') } else { true };
        let Some(phrase) = Phrase::new(&text, starred) else { return Ok(None) };
        self.phrases += 1;
        if self.phrases > PHRASE_LIMIT {
            return Err(KqlError::TooComplex);
        }
        Ok(Some(Term::Text(Expression::Phrase(phrase.within(fields)))))
    }

    /// A quoted text without its quotes, or all up to a blank or bracket.
    fn value(&mut self) -> String {
        let quotes = |c: char| matches!(c, '"' | '\u{201C}' | '\u{201D}');
        if let Some(inner) = self.rest.strip_prefix(quotes) {
            let end = inner.find(quotes).unwrap_or(inner.len());
            let text = inner.get(..end).unwrap_or_default().to_owned();
            self.rest = inner.get(end..).unwrap_or_default();
            self.rest = self.rest.strip_prefix(quotes).unwrap_or(self.rest);
            return text;
        }
        let ends = |c: char| c.is_whitespace() || quotes(c) || matches!(c, '(' | ')');
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let text = self.rest.get(..end).unwrap_or_default().to_owned();
        // Something is read always.
        self.take(end.max(usize::from(end == 0 && !self.rest.is_empty() && !self.rest.starts_with(')'))));
        text
    }

    /// The times of a restriction by date; none where the value is no date.
    fn received(&self, operator: &str, value: &str) -> Option<Term> {
        if let Some((first, last)) = value.split_once("..") {
            let (first, last) = (self.days(first)?.0, self.days(last)?.1);
            return Some(Term::Received(Some(first - 1), Some(last)));
        }
        let (start, end) = self.days(value)?;
        let (after, before) = match operator {
            ":" | "=" => (Some(start - 1), Some(end)),
            ">=" => (Some(start - 1), None),
            ">" => (Some(end - 1), None),
            "<" => (None, Some(start)),
            "<=" => (None, Some(end)),
            _ => return None,
        };
        Some(Term::Received(after, before))
    }

    /// The first moment of a day or time of days, and the first after it, milliseconds since 1970.
    fn days(&self, value: &str) -> Option<(i64, i64)> {
        let today = self.now.to_zoned(TimeZone::UTC).date();
        let (first, days) = match value.to_ascii_lowercase().as_str() {
            "today" => (today, 1),
            "yesterday" => (today.checked_sub(1.day()).ok()?, 1),
            "this week" | "thisweek" => {
                (today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?, 7)
            }
            "last week" | "lastweek" => {
                let monday = i64::from(today.weekday().to_monday_zero_offset());
                (today.checked_sub((monday + 7).days()).ok()?, 7)
            }
            "this month" | "thismonth" => (today.first_of_month(), i64::from(today.days_in_month())),
            date => (date_of(date)?, 1),
        };
        let moment = |date: Date| Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond());
        Some((moment(first)?, moment(first.checked_add(days.days()).ok()?)?))
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, bytes: usize) {
        // Only whole characters are counted by those who call.
        let mut bytes = bytes.min(self.rest.len());
        while !self.rest.is_char_boundary(bytes) {
            bytes += 1;
        }
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn skip(&mut self, c: char) -> bool {
        self.blanks_before(c);
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Blanks before a bracket mean nothing; before `*` and `+` they do.
    fn blanks_before(&mut self, c: char) {
        if matches!(c, ')') {
            self.blanks();
        }
    }

    fn is_operator(&self, name: &str) -> bool {
        self.rest.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"'))
        })
    }

    fn operator(&mut self, name: &str) -> bool {
        self.blanks();
        let is = self.is_operator(name);
        if is {
            self.take(name.len());
        }
        is
    }
}

/// The phrases of a term in these fields, where they name none themselves.
fn within(term: Term, fields: &[Field]) -> Term {
    let each = |terms: Vec<Term>| terms.into_iter().map(|term| within(term, fields)).collect();
    match term {
        Term::Text(Expression::Phrase(phrase)) if phrase.fields.is_empty() => {
            Term::Text(Expression::Phrase(phrase.within(fields)))
        }
        Term::All(terms) => Term::All(each(terms)),
        Term::Any(terms) => Term::Any(each(terms)),
        Term::Not(term) => Term::Not(Box::new(within(*term, fields))),
        term => term,
    }
}

/// `2026-11-23`, `2026-11-23T10:00:00Z` (its day), or `11/23/2026`.
fn date_of(text: &str) -> Option<Date> {
    let day = text.split('t').next()?;
    if let Some((month, rest)) = day.split_once('/') {
        let (day, year) = rest.split_once('/')?;
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    (day.len() == 10).then(|| day.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    /// A short form of what was understood.
    fn shown(expression: &Expression) -> String {
        let list = |terms: &[Expression], by: &str| {
            format!("({})", terms.iter().map(shown).collect::<Vec<_>>().join(by))
        };
        match expression {
            Expression::Phrase(phrase) => {
                let fields: Vec<_> = phrase.fields.iter().map(|field| format!("{field:?}")).collect();
                let colon = if fields.is_empty() { "" } else { ":" };
                let star = if phrase.prefix { "*" } else { "" };
                format!("{}{colon}{}{star}", fields.join("/"), phrase.words().join("_"))
            }
            Expression::HasAttachments(has) => format!("attachments={has}"),
            Expression::All(terms) => list(terms, " & "),
            Expression::Any(terms) => list(terms, " | "),
            Expression::Not(term) => format!("!{}", shown(term)),
        }
    }

    fn read(text: &str) -> String {
        let parsed = parse(text, now()).unwrap();
        let day = |ms: i64| Timestamp::from_millisecond(ms).unwrap().to_string();
        let mut all: Vec<String> = parsed.text.iter().map(shown).collect();
        all.extend(parsed.after.map(|ms| format!("after {}", day(ms + 1))));
        all.extend(parsed.before.map(|ms| format!("before {}", day(ms))));
        all.join(" ")
    }

    #[test]
    fn words_phrases_and_beginnings() {
        assert_eq!(read("Rechnung"), "rechnung*");
        assert_eq!(read("rech* müller"), "(rech* & muller*)");
        assert_eq!(read("\"Lunch on Friday\""), "lunch_on_friday");
        assert_eq!(read("\"lunch on fri\"*"), "lunch_on_fri*");
        assert_eq!(read("mia@example.org"), "mia_example_org*");
        assert_eq!(read("“quoted so”"), "quoted_so");
        assert_eq!(read("\"never ends"), "never_ends");
    }

    #[test]
    fn operators_and_brackets() {
        assert_eq!(read("a AND b"), "(a* & b*)");
        assert_eq!(read("a b OR c"), "((a* & b*) | c*)");
        assert_eq!(read("a (b OR c)"), "(a* & (b* | c*))");
        assert_eq!(read("a NOT b"), "(a* & !b*)");
        assert_eq!(read("a -b"), "(a* & !b*)");
        assert_eq!(read("NOT (a OR \"b c\")"), "!(a* | b_c)");
        // Small letters are words.
        assert_eq!(read("salt and pepper"), "(salt* & and* & pepper*)");
        assert_eq!(read("ORANGE"), "orange*");
        // What is left open or closes nothing is forgiven.
        assert_eq!(read("(a OR"), "a*");
        assert_eq!(read("a) b"), "(a* & b*)");
        assert_eq!(read("AND OR a"), "a*");
    }

    #[test]
    fn properties() {
        assert_eq!(read("from:mia subject:\"the plan\""), "(From:mia* & Subject:the_plan)");
        assert_eq!(read("Subject:(a OR b) to:x cc:y"), "((Subject:a* | Subject:b*) & To:x* & Cc:y*)");
        assert_eq!(read("attachment:report.pdf"), "Attachment:report_pdf*");
        assert_eq!(read("body:hello participants:mia"), "(Body:hello* & From/To/Cc:mia*)");
        assert_eq!(read("hasattachment:true"), "attachments=true");
        assert_eq!(read("a hasattachments:no"), "(a* & attachments=false)");
        // None of the language: words.
        assert_eq!(read("re:plan"), "re_plan*");
        assert_eq!(read("http://a.example/x"), "http_a_example_x*");
        assert_eq!(read("received:whenever"), "received_whenever*");
    }

    #[test]
    fn dates() {
        assert_eq!(read("received:2026-11-01"), "after 2026-11-01T00:00:00Z before 2026-11-02T00:00:00Z");
        assert_eq!(
            read("a received>=2026-11-01 received<11/5/2026"),
            "a* after 2026-11-01T00:00:00Z before 2026-11-05T00:00:00Z"
        );
        assert_eq!(read("received>2026-11-01"), "after 2026-11-02T00:00:00Z");
        assert_eq!(read("received<=2026-11-01"), "before 2026-11-02T00:00:00Z");
        assert_eq!(
            read("received:2026-11-01..2026-11-03"),
            "after 2026-11-01T00:00:00Z before 2026-11-04T00:00:00Z"
        );
        assert_eq!(read("received:today"), "after 2026-11-23T00:00:00Z before 2026-11-24T00:00:00Z");
        assert_eq!(read("received:\"last week\""), "after 2026-11-16T00:00:00Z before 2026-11-23T00:00:00Z");
        assert_eq!(
            read("received:yesterday received>=2020-01-01"),
            "after 2026-11-22T00:00:00Z before 2026-11-23T00:00:00Z"
        );
        assert_eq!(parse("a OR received:today", now()), Err(KqlError::TooComplex));
        assert_eq!(parse("NOT received:today", now()), Err(KqlError::TooComplex));
    }

    #[test]
    fn bounds() {
        for empty in ["", "  ", "***", "()", "NOT", "\"\"", "AND OR"] {
            assert_eq!(parse(empty, now()), Err(KqlError::Empty), "{empty:?}");
        }
        for much in ["x".repeat(1025), "x ".repeat(65), "(".repeat(17) + "x", "-".repeat(40) + "x"] {
            assert_eq!(parse(&much, now()), Err(KqlError::TooComplex), "{much}");
        }
        assert!(parse(&"x".repeat(1024), now()).is_ok());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(text in "(from:|received[<>=:]|[\"()*+-]|AND |OR |NOT |2026-1|[aä東 .\u{1F600}]){0,40}") {
            let _ = parse(&text, now());
        }

        #[test]
        fn what_comes_out_is_letters_and_digits(text in ".{0,120}") {
            if let Ok(Parsed { text: Some(expression), .. }) = parse(&text, now()) {
                let plain = |c: char| c.is_alphanumeric() || "_*:/&|!()= ".contains(c);
                prop_assert!(shown(&expression).chars().all(plain));
            }
        }
    }
}
