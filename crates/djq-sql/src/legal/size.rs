//! How much text a legal query becomes, about: an operand that a template has several times counts so often.

use super::{Body, Expr, From, OrderKey, Query};

/// What a name, a sign or a word counts.
const WORD: usize = 8;

impl Query<'_> {
    /// Its characters, without layout; not counted beyond `most`.
    pub(crate) fn size(&self, most: usize) -> usize {
        let mut counted = Counted { size: 0, most };
        counted.query(self, 1);
        counted.size
    }
}

impl Expr<'_> {
    /// Its characters, without layout; not counted beyond `most`.
    pub(crate) fn size(&self, most: usize) -> usize {
        let mut counted = Counted { size: 0, most };
        counted.expr(self, 1);
        counted.size
    }
}

struct Counted {
    size: usize,
    most: usize,
}

impl Counted {
    fn add(&mut self, length: usize, times: usize) {
        self.size = self.size.saturating_add(length.saturating_mul(times));
    }

    fn query(&mut self, query: &Query<'_>, times: usize) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            for cte in &query.ctes {
                self.query(&cte.query, times);
            }
            match &query.body {
                Body::Select(select) => {
                    self.add(2 * WORD, times);
                    for item in &select.items {
                        self.add(item.name.len(), times);
                        self.expr(&item.value, times);
                    }
                    if let Some(from) = &select.from {
                        self.from(from, times);
                    }
                    let conditions = select.filter.iter().chain(&select.having);
                    for expr in conditions.chain(&select.group_by) {
                        self.expr(expr, times);
                    }
                }
                Body::SetOperation { left, right, .. } => {
                    self.query(&left.query, times);
                    self.query(&right.query, times);
                }
                Body::Values { rows, .. } => {
                    for value in rows.iter().flatten() {
                        self.expr(value, times);
                    }
                }
            }
            self.keys(&query.order_by, times);
        });
    }

    fn keys(&mut self, keys: &[OrderKey<'_>], times: usize) {
        for key in keys {
            self.expr(&key.value, times);
        }
    }

    fn from(&mut self, from: &From<'_>, times: usize) {
        self.add(2 * WORD, times);
        match from {
            From::Table { .. } => {}
            From::Derived { query, .. } => self.query(query, times),
            From::Function { sql, operands, .. } => self.form(sql, operands, times),
            From::Join {
                left, right, on, ..
            } => {
                self.from(left, times);
                self.from(right, times);
                if let Some(on) = on {
                    self.expr(on, times);
                }
            }
        }
    }

    /// A template: what stands in its holes counts as often as it does.
    fn form(&mut self, sql: &str, operands: &[Expr<'_>], times: usize) {
        self.add(sql.len(), times);
        for (place, operand) in operands.iter().enumerate() {
            let holes = super::holes(sql, place);
            if holes > 0 {
                self.expr(operand, times.saturating_mul(holes));
            }
        }
    }

    fn expr(&mut self, expr: &Expr<'_>, times: usize) {
        if self.size >= self.most {
            return;
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || match expr {
            Expr::Text(sql, _) => self.add(sql.len(), times),
            Expr::Column(table, column) => self.add(table.len() + column.len() + 1, times),
            Expr::Name(name) => self.add(name.len(), times),
            Expr::Slot(_) => self.add(2, times),
            Expr::Form { sql, operands, .. } => self.form(sql, operands, times),
            Expr::Chain(_, operands) | Expr::Row(operands) => {
                for operand in operands {
                    self.add(4, times);
                    self.expr(operand, times);
                }
            }
            Expr::Not(operand) => self.expr(operand, times),
            Expr::Case {
                branches,
                otherwise,
            } => {
                for (condition, value) in branches {
                    self.add(WORD, times);
                    self.expr(condition, times);
                    self.expr(value, times);
                }
                if let Some(otherwise) = otherwise {
                    self.expr(otherwise, times);
                }
            }
            Expr::InList { value, list, .. } => {
                self.expr(value, times);
                for value in list {
                    self.add(2, times);
                    self.expr(value, times);
                }
            }
            Expr::InQuery { value, query, .. } => {
                self.expr(value, times);
                self.query(query, times);
            }
            Expr::Exists(query) | Expr::Query(query) => self.query(query, times),
            Expr::When(when) => self.expr(&when.of, times),
            Expr::Keys(keys) => self.keys(keys, times),
            Expr::Window(window) => {
                for key in &window.partition_by {
                    self.expr(key, times);
                }
                self.keys(&window.order_by, times);
            }
        });
    }
}
