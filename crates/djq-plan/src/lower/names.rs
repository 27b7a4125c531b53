//! Aliases: the author's, else short ones; unique where they are in scope.

use super::{Planner, TableFacts};
use crate::plan::{Table, TableId};
use djq_check::hir::{Role, SourceId, SourceKind};
use djq_diagnostics::Span;

/// PostgreSQL cuts names behind this many bytes, and would then find two of them equal.
const MAX_BYTES: usize = 63;

/// The name as wished, or with the first number behind it that makes it free.
pub(crate) fn unique(wish: &str, taken: impl Fn(&str) -> bool) -> Box<str> {
    let wish = if wish.is_empty() { "value" } else { wish };
    let name = cut(wish, MAX_BYTES);
    if !taken(name) {
        return name.into();
    }
    let mut number = 2_usize;
    loop {
        let suffix = format!("_{number}");
        let name = format!("{}{suffix}", cut(wish, MAX_BYTES - suffix.len()));
        if !taken(&name) {
            return name.into();
        }
        number += 1;
    }
}

/// At most so many bytes of a name, whole characters.
fn cut(name: &str, bytes: usize) -> &str {
    if name.len() <= bytes {
        return name;
    }
    let end = (0..=bytes).rev().find(|end| name.is_char_boundary(*end));
    &name[..end.unwrap_or(0)]
}

impl Planner<'_> {
    /// Gives every CTE a name of its own.
    pub(super) fn name_ctes(&mut self) {
        for cte in &self.query.ctes {
            let name = unique(&cte.name, |name| self.is_cte_name(name));
            self.cte_names.push(name);
        }
    }

    /// A name for a CTE of the compiler's own.
    pub(super) fn new_cte_name(&mut self, wish: &str) -> Box<str> {
        let name = unique(wish, |name| self.is_cte_name(name));
        self.cte_names.push(name.clone());
        name
    }

    fn is_cte_name(&self, name: &str) -> bool {
        self.cte_names
            .iter()
            .any(|cte| cte.eq_ignore_ascii_case(name))
    }

    /// A table reference for a source.
    pub(super) fn source_table(&mut self, scope: usize, id: SourceId) -> TableId {
        let source = self.source(id);
        match source.kind {
            SourceKind::Model(model) => {
                // A key in a column says no name for its row; its model does.
                let by_key = source.role == Role::Implied
                    && source
                        .link
                        .as_ref()
                        .is_some_and(|link| link.relation.is_none());
                if by_key {
                    let name = self.schema.model(model).name.to_lowercase();
                    self.new_table(scope, &name, source.span)
                } else if self.schema.model(model).name == source.name {
                    let name = source.name.to_lowercase();
                    self.new_table(scope, &name, source.span)
                } else {
                    self.new_table(scope, &source.name, source.span)
                }
            }
            SourceKind::Cte(cte) => {
                // Named as the CTE is, it needs no alias.
                let own = &self.cte_names[cte.0 as usize];
                if source.name.eq_ignore_ascii_case(own) && !self.is_active(own) {
                    let own = own.clone();
                    return self.push_table(scope, own, source.span);
                }
                self.new_table(scope, &source.name, source.span)
            }
            SourceKind::Derived(_) | SourceKind::Rows(_) | SourceKind::Tree(_) => {
                let name = if source.name.is_empty() {
                    "sub"
                } else {
                    &source.name
                };
                self.new_table(scope, name, source.span)
            }
        }
    }

    /// A table reference with an alias as near to the wish as can be.
    pub(super) fn new_table(&mut self, scope: usize, wish: &str, span: Span) -> TableId {
        let alias = unique(wish, |name| self.is_active(name) || self.is_cte_name(name));
        self.push_table(scope, alias, span)
    }

    pub(super) fn push_table(&mut self, scope: usize, alias: Box<str>, span: Span) -> TableId {
        let id = TableId(u32::try_from(self.tables.len()).unwrap_or(u32::MAX));
        self.tables.push(Table {
            alias,
            reason: None,
            span,
        });
        self.facts.push(TableFacts {
            scope,
            nullable: false,
            uses: 0,
            outputs: 0,
            is_whole: false,
            guard: None,
        });
        self.active.push(id);
        id
    }

    fn is_active(&self, name: &str) -> bool {
        self.active.iter().any(|table| {
            self.tables[table.0 as usize]
                .alias
                .eq_ignore_ascii_case(name)
        })
    }
}
