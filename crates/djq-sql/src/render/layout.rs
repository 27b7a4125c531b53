//! Lays out a statement as a careful person writes it: a clause a line, short lists on one line, long
//! ones an item a line, subqueries and long conditions indented.
//!
//! It changes white space alone. Keywords are in upper case here and bare names in lower, so neither is taken
//! for the other.

mod tokens;

use tokens::{Kind, Token, tokenize};

/// Longer lines are broken where they can be.
const WIDTH: usize = 88;
/// A subquery as short as this may stand on one line.
const SHORT: usize = 64;
const STEP: usize = 2;

/// `sql`, which is on one line, laid out.
pub(super) fn lay_out(sql: &str, quote: char) -> String {
    let tokens = tokenize(sql, quote);
    let end = tokens.len();
    let mut layout = Layout {
        sql,
        tokens,
        out: String::with_capacity(sql.len() + sql.len() / 4),
        line: 0,
    };
    layout.query(0, end, 0);
    layout.out
}

struct Layout<'t> {
    sql: &'t str,
    tokens: Vec<Token>,
    out: String,
    /// Where the current line starts in `out`.
    line: usize,
}

/// What a part of a query is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clause {
    With,
    Select,
    From,
    Join,
    /// WHERE and HAVING.
    Condition,
    /// GROUP BY and ORDER BY.
    Keys,
    Limit,
    SetOperation,
    /// The rows behind a set operator.
    Values,
    /// A side of a set operation in parentheses.
    Side,
    /// `INSERT INTO`, with the columns in parentheses; `UPDATE` and `DELETE` in front of their table; `ON CONFLICT`.
    Write,
    /// Rows, assignments or columns behind VALUES, SET, RETURNING.
    List,
}

impl Layout<'_> {
    /// The keyword at a place; nothing where there is none.
    fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .filter(|token| matches!(token.kind, Kind::Keyword | Kind::Case))
            .map_or("", |token| token.text(self.sql))
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// The token behind the one at `at`, or behind the group that it opens.
    fn next(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(token) if matches!(token.kind, Kind::Open | Kind::Case) => token.close + 1,
            _ => at + 1,
        }
    }

    fn text(&self, start: usize, end: usize) -> &str {
        match (
            self.tokens.get(start),
            end.checked_sub(1).and_then(|end| self.tokens.get(end)),
        ) {
            (Some(first), Some(last)) if start < end => {
                self.sql.get(first.start..last.end).unwrap_or("")
            }
            _ => "",
        }
    }

    fn fits(&self, start: usize, end: usize) -> bool {
        self.out.len() - self.line + self.text(start, end).len() <= WIDTH
    }

    fn flat(&mut self, start: usize, end: usize) {
        if let (Some(first), Some(last)) = (
            self.tokens.get(start),
            end.checked_sub(1).and_then(|end| self.tokens.get(end)),
        ) && start < end
        {
            self.out
                .push_str(self.sql.get(first.start..last.end).unwrap_or(""));
        }
    }

    /// Whether a space stands before a token.
    fn is_spaced(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .zip(self.tokens.get(at))
            .is_some_and(|(before, token)| before.end < token.start)
    }

    /// The space that stands before a token, if one does.
    fn space(&mut self, at: usize) {
        if self.is_spaced(at) && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn break_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.line = self.out.len();
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    /// The clause that starts at a token, and the number of tokens of its keyword.
    fn clause(&self, at: usize, first: bool) -> Option<(Clause, usize)> {
        if first && self.kind(at) == Some(Kind::Open) {
            return Some((Clause::Side, 0));
        }
        let second = || self.word(at + 1);
        Some(match self.word(at) {
            "" => return None,
            "WITH" if first => (Clause::With, if second() == "RECURSIVE" { 2 } else { 1 }),
            "SELECT" => (Clause::Select, if second() == "DISTINCT" { 2 } else { 1 }),
            // `IS DISTINCT FROM`
            "FROM"
                if at
                    .checked_sub(1)
                    .is_none_or(|before| self.word(before) != "DISTINCT") =>
            {
                (Clause::From, 1)
            }
            "JOIN" => (Clause::Join, 1),
            "LEFT" | "RIGHT" | "FULL" | "CROSS" if second() == "JOIN" => (Clause::Join, 2),
            "WHERE" | "HAVING" => (Clause::Condition, 1),
            "GROUP" | "ORDER" if second() == "BY" => (Clause::Keys, 2),
            "INSERT" | "UPDATE" if first => (Clause::Write, 1),
            "DELETE" if first && second() == "FROM" => (Clause::From, 2),
            "DELETE" if first => (Clause::Write, 1),
            "ON" if second() == "CONFLICT" => (Clause::Write, 1),
            "ON" if second() == "DUPLICATE" => (Clause::List, 4),
            // `VALUES(x)` is a function of MariaDB's.
            "VALUES" if !first && self.is_spaced(at + 1) => (Clause::List, 1),
            "SET" | "RETURNING" => (Clause::List, 1),
            "LIMIT" => (Clause::Limit, 1),
            "FOR" if matches!(second(), "UPDATE" | "SHARE") => (Clause::Limit, 2),
            "LOCK" if second() == "IN" => (Clause::Limit, 4),
            "OFFSET" if first => (Clause::Limit, 1),
            "VALUES" if first => (Clause::Values, 1),
            "UNION" | "INTERSECT" | "EXCEPT" => {
                (Clause::SetOperation, if second() == "ALL" { 2 } else { 1 })
            }
            _ => return None,
        })
    }

    /// A query of the tokens `start..end`.
    fn query(&mut self, start: usize, end: usize, indent: usize) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            self.query_inner(start, end, indent)
        });
    }

    fn query_inner(&mut self, start: usize, end: usize, indent: usize) {
        let mut at = start;
        let mut first = true;
        if start == 0 && self.word(0) == "SET" {
            // A setting for this statement, on a line of its own.
            while at < end && self.word(at) != "FOR" {
                at = self.next(at);
            }
            at = (at + 1).min(end);
            self.flat(start, at);
            self.break_line(indent);
        }
        let start = at;
        while at < end {
            let Some((clause, keyword)) = self.clause(at, first) else {
                self.expression(at, end, indent);
                return;
            };
            let mut stop = self.next(at).max(at + keyword);
            // Behind a set operator a side may stand in parentheses.
            let sides = clause == Clause::SetOperation;
            while stop < end && !sides {
                if self.clause(stop, false).is_some() {
                    break;
                }
                if clause == Clause::Side || (clause == Clause::With && self.word(stop) == "SELECT")
                {
                    break;
                }
                stop = self.next(stop);
            }
            if at > start {
                self.break_line(indent);
            }
            self.part(clause, keyword, at, stop, indent);
            at = stop;
            first = sides;
        }
    }

    fn part(&mut self, clause: Clause, keyword: usize, start: usize, end: usize, indent: usize) {
        match clause {
            Clause::With => self.with(start, keyword, end, indent),
            Clause::Side => self.group(start, indent, true),
            _ if self.fits(start, end) => self.flat(start, end),
            Clause::Write => self.words(start, end, indent),
            Clause::Select | Clause::Keys | Clause::Values | Clause::List => {
                self.flat(start, start + keyword);
                self.items(start + keyword, end, indent + STEP);
            }
            Clause::From | Clause::Join => {
                let mut on = start + keyword;
                while on < end && self.word(on) != "ON" {
                    on = self.next(on);
                }
                self.expression(start, on, indent);
                if on < end {
                    if self.fits(on, end) {
                        self.space(on);
                    } else {
                        self.break_line(indent + STEP);
                    }
                    self.expression(on, end, indent + STEP);
                }
            }
            Clause::Condition => self.broken(start, end, indent, indent + STEP),
            Clause::Limit | Clause::SetOperation => self.expression(start, end, indent),
        }
    }

    /// `WITH a AS (…), b AS (…)`: each on lines of its own.
    fn with(&mut self, start: usize, keyword: usize, end: usize, indent: usize) {
        self.flat(start, start + keyword);
        let mut at = start + keyword;
        while at < end {
            if self.kind(at) == Some(Kind::Open) {
                self.space(at);
                self.group(at, indent, false);
                at = self.next(at);
            } else if self.kind(at) == Some(Kind::Comma) {
                self.out.push(',');
                self.break_line(indent);
                at += 1;
            } else {
                self.space(at);
                self.flat(at, at + 1);
                at += 1;
            }
        }
    }

    /// Items between commas, each on a line.
    fn items(&mut self, start: usize, end: usize, indent: usize) {
        let mut at = start;
        while at < end {
            let mut stop = at;
            while stop < end && self.kind(stop) != Some(Kind::Comma) {
                stop = self.next(stop);
            }
            self.break_line(indent);
            self.expression(at, stop, indent);
            if stop < end {
                self.out.push(',');
            }
            at = stop + 1;
        }
    }

    /// An expression, broken before its loosest operators and inside its groups where it is too long.
    fn expression(&mut self, start: usize, end: usize, indent: usize) {
        if self.fits(start, end) {
            self.flat(start, end);
        } else {
            self.broken(start, end, indent, indent);
        }
    }

    /// An expression that is too long: its first line at one indent, the lines behind its operators at another.
    fn broken(&mut self, start: usize, end: usize, first: usize, indent: usize) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            let operator = self.loosest(start, end);
            if operator.is_empty() {
                self.words(start, end, first);
                return;
            }
            let mut at = start;
            let mut current = first;
            while at < end {
                let stop = self.operand_end(at, end, operator);
                if self.fits(at, stop) {
                    self.flat(at, stop);
                } else {
                    self.broken(at, stop, current, indent + STEP);
                }
                if stop < end {
                    self.break_line(indent);
                    self.flat(stop, stop + 1);
                    self.out.push(' ');
                }
                current = indent;
                at = stop + 1;
            }
        });
    }

    /// Where the operand that starts at a token ends: at the next operator of this name.
    fn operand_end(&self, start: usize, end: usize, operator: &str) -> usize {
        let mut between = false;
        let mut at = start;
        while at < end {
            match self.word(at) {
                "BETWEEN" => between = true,
                "AND" if between => between = false,
                word if word == operator => return at,
                _ => {}
            }
            at = self.next(at);
        }
        end
    }

    /// Tokens one behind the other, broken inside their groups where they do not fit.
    fn words(&mut self, start: usize, end: usize, indent: usize) {
        let mut at = start;
        while at < end {
            if at > start {
                self.space(at);
            }
            match self.kind(at) {
                Some(Kind::Open) => self.group(at, indent, true),
                Some(Kind::Case) => self.case(at, indent),
                _ => self.flat(at, at + 1),
            }
            at = self.next(at);
        }
    }

    /// The operator before which an expression is broken.
    fn loosest(&self, start: usize, end: usize) -> &'static str {
        if self.operand_end(start, end, "OR") < end {
            "OR"
        } else if self.operand_end(start, end, "AND") < end {
            "AND"
        } else {
            ""
        }
    }

    /// What is in parentheses, with them.
    fn group(&mut self, open: usize, indent: usize, may_be_flat: bool) {
        let Some(close) = self.tokens.get(open).map(|token| token.close) else {
            return;
        };
        let query =
            matches!(self.word(open + 1), "SELECT" | "WITH") || self.is_side(open + 1, close);
        let short = !query || self.text(open, close + 1).len() <= SHORT;
        if may_be_flat && short && self.fits(open, close + 1) {
            self.flat(open, close + 1);
            return;
        }
        self.out.push('(');
        let inner = indent + STEP;
        if query {
            self.break_line(inner);
            self.query(open + 1, close, inner);
            self.break_line(indent);
        } else if let Some(clause) = self.inner_clause(open + 1, close) {
            if clause > open + 1 {
                self.arguments(open + 1, clause, inner);
            }
            let mut at = clause;
            while at < close {
                let stop = self.inner_clause(at + 1, close).unwrap_or(close);
                self.break_line(inner);
                self.expression(at, stop, inner);
                at = stop;
            }
            self.break_line(indent);
        } else if self.has_comma(open + 1, close) {
            self.items(open + 1, close, inner);
            self.break_line(indent);
        } else {
            self.break_line(inner);
            self.expression(open + 1, close, inner);
            self.break_line(indent);
        }
        self.out.push(')');
    }

    /// Whether the group at a token is a side of a set operation that ends at `close`, and not a scalar subquery
    /// with more behind it (`CAST((SELECT …) AS …)`).
    fn is_side(&self, at: usize, close: usize) -> bool {
        let behind = self.next(at);
        self.kind(at) == Some(Kind::Open)
            && matches!(self.word(at + 1), "SELECT" | "WITH")
            && (behind == close || self.clause(behind, false).is_some())
    }

    /// The first clause of an aggregate or a window in `start..end`.
    fn inner_clause(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start;
        while at < end {
            if matches!(self.word(at), "PARTITION" | "ORDER" | "SEPARATOR") {
                return Some(at);
            }
            at = self.next(at);
        }
        None
    }

    /// The arguments of an aggregate in front of its clauses.
    fn arguments(&mut self, start: usize, end: usize, indent: usize) {
        self.break_line(indent);
        if self.fits(start, end) {
            self.flat(start, end);
        } else {
            self.expression(start, end, indent);
        }
    }

    fn has_comma(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        while at < end {
            if self.kind(at) == Some(Kind::Comma) {
                return true;
            }
            at = self.next(at);
        }
        false
    }

    /// `CASE … END`, a branch a line where it is too long.
    fn case(&mut self, start: usize, indent: usize) {
        let Some(end) = self.tokens.get(start).map(|token| token.close) else {
            return;
        };
        if self.fits(start, end + 1) {
            self.flat(start, end + 1);
            return;
        }
        self.flat(start, start + 1);
        let mut at = start + 1;
        while at < end {
            let mut stop = self.next(at);
            while stop < end && !matches!(self.word(stop), "WHEN" | "ELSE") {
                stop = self.next(stop);
            }
            self.break_line(indent + STEP);
            self.expression(at, stop, indent + STEP * 2);
            at = stop;
        }
        self.break_line(indent);
        self.flat(end, end + 1);
    }
}
