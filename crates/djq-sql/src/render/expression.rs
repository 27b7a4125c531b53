//! Expressions, with the parentheses that they need and no more.

use super::text::Text;
use crate::{
    dialect::Binding,
    legal::{Bound, Chain, Expr, Window},
};

impl<'a> Text<'a> {
    /// An expression at a place where it needs no parentheses.
    pub(super) fn expression(&mut self, expr: &'a Expr<'a>) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expression_inner(expr));
    }

    /// An expression as an operand that must bind at least so tightly.
    pub(super) fn operand(&mut self, expr: &'a Expr<'a>, least: Binding) {
        if expr.binds() < least {
            self.push("(");
            self.expression(expr);
            self.push(")");
        } else {
            self.expression(expr);
        }
    }

    fn expression_inner(&mut self, expr: &'a Expr<'a>) {
        match expr {
            Expr::Text(sql, _) => self.push(sql),
            Expr::Column(table, column) => {
                self.name(table);
                self.push(".");
                self.name(column);
            }
            Expr::Name(name) => self.name(name),
            Expr::Slot(place) => self.slot(*place),
            Expr::Form {
                sql,
                binds,
                holes,
                operands,
            } => self.form(sql, *binds, *holes, operands),
            Expr::Chain(chain, operands) => {
                let (operator, least) = match chain {
                    Chain::And => (" AND ", Binding::Not),
                    Chain::Or => (" OR ", Binding::And),
                };
                if self.guarded && operands.iter().any(|operand| operand.guard().is_some()) {
                    self.guarded_chain(operands);
                    return;
                }
                for (place, operand) in operands.iter().enumerate() {
                    if place > 0 {
                        self.push(operator);
                    }
                    self.operand(operand, least);
                }
            }
            Expr::Not(operand) => {
                self.push("NOT ");
                self.operand(operand, Binding::Atom);
            }
            Expr::Case {
                branches,
                otherwise,
            } => {
                self.push("CASE");
                for (condition, value) in branches {
                    self.push(" WHEN ");
                    self.expression(condition);
                    self.push(" THEN ");
                    self.expression(value);
                }
                if let Some(otherwise) = otherwise {
                    self.push(" ELSE ");
                    self.expression(otherwise);
                }
                self.push(" END");
            }
            Expr::InList {
                value,
                negated,
                list,
            } => {
                self.operand(value, Binding::Sum);
                self.push(if *negated { " NOT IN " } else { " IN " });
                self.list(list);
            }
            Expr::InQuery {
                value,
                negated,
                query,
            } => {
                self.operand(value, Binding::Sum);
                self.push(if *negated { " NOT IN (" } else { " IN (" });
                self.query(query);
                self.push(")");
            }
            Expr::Exists(query) => {
                self.push("EXISTS (");
                self.query(query);
                self.push(")");
            }
            Expr::Query(query) => {
                self.push("(");
                self.query(query);
                self.push(")");
            }
            Expr::Row(values) => self.list(values),
            Expr::When(_) => self.guarded_chain(std::slice::from_ref(expr)),
            Expr::Keys(keys) => self.order_by("", keys),
            Expr::Window(window) => self.window(window),
        }
    }

    fn window(&mut self, window: &'a Window<'a>) {
        self.push("(");
        let mut apart = "";
        for (place, key) in window.partition_by.iter().enumerate() {
            self.push(if place == 0 { "PARTITION BY " } else { ", " });
            self.expression(key);
            apart = " ";
        }
        if !window.order_by.is_empty() {
            let words = if apart.is_empty() {
                "ORDER BY "
            } else {
                " ORDER BY "
            };
            self.order_by(words, &window.order_by);
            apart = " ";
        }
        if let Some(frame) = &window.frame {
            self.push(apart);
            self.push(frame.unit);
            self.push(" BETWEEN ");
            self.bound(&frame.start);
            self.push(" AND ");
            self.bound(&frame.end);
            self.push(frame.exclude);
        }
        self.push(")");
    }

    fn bound(&mut self, bound: &'a Bound<'a>) {
        if let Some(distance) = &bound.distance {
            self.operand(distance, Binding::Atom);
            self.push(" ");
        }
        self.push(bound.words);
    }

    pub(super) fn list(&mut self, values: &'a [Expr<'a>]) {
        self.push("(");
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                self.push(", ");
            }
            self.expression(value);
        }
        self.push(")");
    }

    /// A template: `{0}` is an operand, `{{` and `}}` are braces.
    pub(super) fn form(
        &mut self,
        sql: &'a str,
        binds: Binding,
        holes: Binding,
        operands: &'a [Expr<'a>],
    ) {
        let mut rest = sql;
        let mut before = "";
        while let Some(at) = rest.bytes().position(|byte| byte == b'{' || byte == b'}') {
            let (text, found) = rest.split_at(at);
            self.push(text);
            if found.starts_with("{{") || found.starts_with("}}") {
                self.push(found.get(..1).unwrap_or(""));
                rest = found.get(2..).unwrap_or("");
                before = "{";
                continue;
            }
            let (number, end) = match found.as_bytes() {
                [b'{', digit @ b'0'..=b'9', b'}', ..] => (Some(usize::from(digit - b'0')), 2),
                _ => {
                    let Some(end) = found.find('}') else {
                        self.push(found);
                        return;
                    };
                    (
                        found.get(1..end).and_then(|number| number.parse().ok()),
                        end,
                    )
                }
            };
            let operand = number.and_then(|number| operands.get(number));
            let first = at == 0 && before.is_empty();
            before = if text.is_empty() { before } else { text };
            rest = found.get(end + 1..).unwrap_or("");
            if let Some(operand) = operand {
                let least = if first && is_left_associative(binds, rest) {
                    holes.min(binds)
                } else {
                    holes
                };
                if operand.binds() < least && is_delimited(before, rest) {
                    self.expression(operand);
                } else {
                    self.operand(operand, least);
                }
            }
            before = "}";
        }
        self.push(rest);
    }
}

/// Whether an operand in front may bind as loosely as the whole, since its operator, which begins `rest`, does:
/// `a - b - c` is `(a - b) - c` on every dialect.
fn is_left_associative(binds: Binding, rest: &str) -> bool {
    let operators: &[&str] = match binds {
        Binding::Or => &[" OR "],
        Binding::And => &[" AND "],
        Binding::Sum => &[" + ", " - "],
        Binding::Product => &[" * ", " / ", " % "],
        _ => &[],
    };
    operators.iter().any(|operator| rest.starts_with(operator))
}

/// Whether what stands on both sides of a hole separates it, so that no operand needs parentheses.
fn is_delimited(before: &str, after: &str) -> bool {
    const BEFORE: [&str; 7] = ["CASE", "WHEN", "THEN", "ELSE", "DISTINCT", "BY", "WHERE"];
    const AFTER: [&str; 9] = [
        "AS",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "FROM",
        "ORDER",
        "SEPARATOR",
        "USING",
    ];
    let word = |text: &str, words: &[&str]| words.contains(&text);
    let before = before.trim_end();
    let after = after.trim_start();
    let opened = before.ends_with(['(', ','])
        || word(before.rsplit([' ', '(', ',']).next().unwrap_or(""), &BEFORE);
    let closed = after.starts_with([')', ','])
        || word(after.split([' ', ')', ',']).next().unwrap_or(""), &AFTER);
    opened && closed
}
