//! The lint `fan-out`: an aggregate over rows that a join repeats.

use crate::{
    cardinality, functions,
    hir::{BinaryOperator, Expr, ExprKind, SourceId, SourceKind},
    scope::{Frame, FrameKind, Scope},
    visit::each_source,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::FieldId;
use djq_syntax::ast;

/// Which sources are not repeated in the rows so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grain {
    /// Of these each row stands for another one.
    finest: Vec<SourceId>,
    /// Of these together each row stands for another combination: one of `finest`, or several where none of them
    /// is enough (`cross join`).
    key: Vec<SourceId>,
    /// Which join repeats which sources.
    repeats: Vec<Repeat>,
    /// A source could not be made out: say nothing.
    pub(crate) unknown: bool,
}

/// The source that is pinned, and the one whose values do it, where only one's count.
#[derive(Debug, Clone, Copy)]
struct Pin {
    id: SourceId,
    by: Option<SourceId>,
}

/// What a condition pins of a source.
#[derive(Debug, Default)]
struct Pinned {
    fields: Vec<FieldId>,
    /// Of a source whose rows are no model's.
    columns: Vec<u32>,
}

impl Pinned {
    /// Adds the column of a source that a value is.
    fn add(&mut self, value: &Expr, of: SourceId) {
        match value.kind {
            ExprKind::Column(source, field) if source == of => self.fields.push(field),
            ExprKind::Output(source, column) if source == of => self.columns.push(column),
            _ => {}
        }
    }
}

#[derive(Debug, Clone)]
struct Repeat {
    join: SourceId,
    span: Span,
    sources: Vec<SourceId>,
}

impl Grain {
    /// Sources whose rows are not repeated.
    pub(crate) fn finest(&self) -> &[SourceId] {
        &self.finest
    }

    /// The rows are those of one source.
    pub(crate) fn start(&mut self, id: SourceId) {
        self.finest = vec![id];
        self.key = vec![id];
        self.repeats.clear();
    }
}

impl<'a> Walker<'a> {
    /// A join was added: which sources does it repeat?
    pub(crate) fn grow_grain(&mut self, steps: &[SourceId], on: Option<&Expr>, span: Span) {
        let Some(last) = steps.last().copied() else {
            return;
        };
        let linked = self
            .source(last)
            .link
            .as_ref()
            .map(|link| (link.to_one, link.parent));
        let Grain { finest, key, .. } = self.scope().grain.clone();
        // Each row so far has at most one of the joined ones.
        let to_one = match linked {
            Some(_) => {
                let (last, before) = steps.split_last().unwrap_or((&last, &[]));
                let is_one = |step: &SourceId| {
                    let link = self.source(*step).link.as_ref();
                    link.is_some_and(|link| link.to_one)
                };
                before.iter().all(is_one) && (is_one(last) || self.pins_beside_link(*last, on))
            }
            None => self.pins(last, on, None) || self.is_single(last),
        };
        // What the joined row leaves open of the rows so far.
        let open: Vec<SourceId> = key
            .into_iter()
            .filter(|source| !self.pins(*source, on, Some(last)))
            .collect();
        // Each of the joined ones has at most one row so far.
        let back = open.is_empty()
            || match steps
                .first()
                .and_then(|first| self.source(*first).link.as_ref())
            {
                Some(link) => {
                    let parent = self.root(link.parent);
                    finest.contains(&parent) && self.link_back_is_unique(steps)
                }
                None => finest
                    .iter()
                    .any(|source| self.pins(*source, on, Some(last))),
            };
        let grain = &mut self.scope().grain;
        match (to_one, back) {
            (true, true) => grain.finest.push(last),
            (true, false) => {}
            (false, true) => {
                grain.key = vec![last];
                let sources = std::mem::replace(&mut grain.finest, vec![last]);
                grain.repeats.push(Repeat {
                    join: last,
                    span,
                    sources,
                });
            }
            (false, false) => {
                let sources = std::mem::take(&mut grain.finest);
                grain.repeats.push(Repeat {
                    join: last,
                    span,
                    sources,
                });
                if let Some(beside) = open.first() {
                    let made = grain.repeats.iter().find(|repeat| repeat.join == *beside);
                    let span = made.map_or(span, |repeat| repeat.span);
                    grain.repeats.push(Repeat {
                        join: *beside,
                        span,
                        sources: vec![last],
                    });
                }
                grain.key = open;
                grain.key.push(last);
            }
        }
    }

    /// Whether the parent's values that a relation join compares are a key of the parent. A many-to-many's
    /// link and target are one unit, of which each belongs to one parent.
    fn link_back_is_unique(&self, steps: &[SourceId]) -> bool {
        let Some(link) = steps
            .first()
            .and_then(|first| self.source(*first).link.as_ref())
        else {
            return false;
        };
        let fields: Vec<FieldId> = link
            .left
            .iter()
            .filter_map(|value| match value.kind {
                ExprKind::Column(_, field) => Some(field),
                _ => None,
            })
            .collect();
        // Through an implied step several rows may share the parent.
        let direct = link
            .left
            .iter()
            .all(|value| matches!(value.kind, ExprKind::Column(source, _) if source == self.root(source)));
        direct && fields.len() == link.left.len() && cardinality::is_unique(self.schema, &fields)
    }

    /// Whether a relation's fields, with those that a condition pins, hold a unique key.
    fn pins_beside_link(&self, id: SourceId, on: Option<&Expr>) -> bool {
        let (Some(link), Some(on)) = (&self.source(id).link, on) else {
            return false;
        };
        let mut pinned = Pinned::default();
        self.pinned(on, Pin { id, by: None }, &mut pinned);
        pinned.fields.extend(&link.right);
        self.pins_a_row(id, &pinned)
    }

    fn is_single(&self, id: SourceId) -> bool {
        match &self.source(id).kind {
            SourceKind::Derived(body) => body.at_most_one,
            SourceKind::Cte(cte) => self.ctes[cte.0 as usize].body.at_most_one,
            SourceKind::Rows(rows) => rows.is_one(),
            SourceKind::Model(_) | SourceKind::Tree(_) => false,
        }
    }

    /// Whether a join brings at most one row to each of those on its left.
    pub(crate) fn is_one_row(&self, id: SourceId, on: &Expr) -> bool {
        self.is_single(id) || self.pins(id, Some(on), None)
    }

    /// Whether a join's condition pins a unique key of a source by values of others; where one is named, of it alone.
    fn pins(&self, id: SourceId, on: Option<&Expr>, by: Option<SourceId>) -> bool {
        let Some(on) = on else {
            return false;
        };
        let mut pinned = Pinned::default();
        self.pinned(on, Pin { id, by }, &mut pinned);
        self.pins_a_row(id, &pinned)
    }

    /// Whether what is pinned of a source holds a whole unique key.
    fn pins_a_row(&self, id: SourceId, pinned: &Pinned) -> bool {
        if !pinned.columns.is_empty() {
            return self
                .info(id)
                .unique
                .iter()
                .any(|set| set.iter().all(|column| pinned.columns.contains(column)));
        }
        cardinality::is_unique(self.schema, &pinned.fields)
    }

    fn pinned(&self, on: &Expr, pin: Pin, found: &mut Pinned) {
        let ExprKind::Binary(operator, left, right) = &on.kind else {
            return;
        };
        match operator {
            BinaryOperator::And => {
                self.pinned(left, pin, found);
                self.pinned(right, pin, found);
            }
            BinaryOperator::Equal => {
                for (one, other) in [(left, right), (right, left)] {
                    if !self.is_given(other, pin) {
                        continue;
                    }
                    let one = cardinality::bare(one);
                    let parts = match &one.kind {
                        ExprKind::Row(parts) => parts.as_slice(),
                        _ => std::slice::from_ref(one),
                    };
                    for part in parts {
                        found.add(part, pin.id);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether a value is known where those that pin are.
    fn is_given(&self, value: &Expr, pin: Pin) -> bool {
        let scope = self.info(pin.id).scope;
        let mut given = true;
        each_source(self, value, &mut |id| {
            let root = self.root(id);
            given &= root != pin.id
                && pin
                    .by
                    .is_none_or(|by| root == by || self.info(root).scope != scope);
        });
        given
    }

    /// The keys by which the rows of the sources are grouped.
    fn group_keys(&self) -> Vec<&Expr> {
        match self.scope_ref().and_then(|scope| scope.frames.get(1)) {
            Some(Frame {
                kind: FrameKind::Grouped(keys),
                summed: false,
                ..
            }) => keys
                .iter()
                .map(|key| &self.named(key.named).value)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether keys tell the rows of a source apart: where they are equal, it is one row.
    fn is_told_apart(&self, id: SourceId, keys: &[&Expr]) -> bool {
        // Where a join found none, many rows have nulls in its place.
        if self.source(id).nullable {
            return false;
        }
        let mut pinned = Pinned::default();
        for key in keys {
            self.pinned_by_key(key, id, &mut pinned);
        }
        self.pins_a_row(id, &pinned)
    }

    /// After `limit 1 per …`: what the keys tell apart comes once.
    pub(crate) fn once_per(&mut self, keys: &[Expr]) {
        let keys: Vec<&Expr> = keys.iter().collect();
        let sources: Vec<SourceId> = self
            .scope()
            .sources
            .iter()
            .map(|source| source.id)
            .collect();
        for id in sources {
            if self.is_told_apart(id, &keys) {
                let grain = &mut self.scope().grain;
                grain.key = vec![id];
                if !grain.finest.contains(&id) {
                    grain.finest.push(id);
                }
            }
        }
    }

    fn pinned_by_key(&self, key: &Expr, id: SourceId, found: &mut Pinned) {
        match &key.kind {
            ExprKind::Named(named) => self.pinned_by_key(&self.named(*named).value, id, found),
            ExprKind::Row(parts) => {
                for part in parts {
                    self.pinned_by_key(part, id, found);
                }
            }
            // A unique column has as many nulls as it likes.
            _ if key.ty.nullable => {}
            _ => found.add(key, id),
        }
    }

    /// Says so where an aggregate's argument is of repeated rows alone.
    /// In a window, `parts` are the keys of its partitions.
    pub(crate) fn check_fan_out(
        &mut self,
        call: &'a ast::Call,
        arguments: &[Expr],
        parts: &[Expr],
        span: Span,
    ) {
        let word = functions::lowered(&call.name.text);
        if matches!(
            &*word,
            "min" | "max" | "every" | "some" | "any_value" | "bit_and" | "bit_or"
        ) {
            return;
        }
        let Some(Scope {
            id: scope, grain, ..
        }) = self.scope_ref()
        else {
            return;
        };
        if grain.unknown || grain.repeats.is_empty() && grain.finest.len() > 1 {
            return;
        }
        let Some(argument) = arguments.first() else {
            return;
        };
        let mut named: Vec<SourceId> = Vec::new();
        each_source(self, argument, &mut |id| {
            let root = self.root(id);
            if self.info(root).scope == *scope {
                named.push(root);
            }
        });
        let keys: Vec<&Expr> = if call.over.is_some() {
            parts.iter().collect()
        } else {
            self.group_keys()
        };
        let all = |key: &[SourceId]| {
            key.iter()
                .all(|id| named.contains(id) || self.is_told_apart(*id, &keys))
        };
        if named.is_empty() || named.iter().any(|id| grain.finest.contains(id)) || all(&grain.key) {
            return;
        }
        let Some(first) = named.first().copied() else {
            return;
        };
        let repeat = grain
            .repeats
            .iter()
            .find(|repeat| repeat.sources.contains(&first) && repeat.join != first)
            .or_else(|| {
                grain
                    .repeats
                    .iter()
                    .rev()
                    .find(|repeat| repeat.join != first)
            });
        let name = self.source(first).name.to_string();
        let mut diagnostic = Diagnostic::new(
            &codes::FAN_OUT,
            span,
            format!("`{word}` counts rows of `{name}` several times"),
        )
        .because(self.source(first).span, format!("`{name}` comes from here"));
        diagnostic = match repeat {
            Some(repeat) => diagnostic
                .label(format!("`{name}` is repeated here"))
                .because(
                    repeat.span,
                    format!(
                        "this join repeats each row of `{name}` for each `{}`",
                        self.source(repeat.join).name
                    ),
                ),
            None => diagnostic
                .label(format!("`{name}` is repeated for each row that has it"))
                .note(format!(
                    "a joined row to one, as `{name}`, is the same for many rows"
                )),
        };
        // A source that was joined along a relation can be aggregated along it instead.
        let rewrite = self.source(first).link.as_ref().and_then(|link| {
            let parent = self.source(link.parent);
            let (relation, _) = link.relation?;
            let relation = self.schema.relation(relation);
            (relation.to_many && !parent.name.is_empty() && self.root(link.parent) == link.parent)
                .then(|| format!("{}.{}", parent.name, relation.name))
        });
        let simple = call
            .arguments
            .first()
            .and_then(|argument| alias_of(argument, &name));
        match (rewrite, simple) {
            (Some(path), Some(alias)) if call.over.is_none() => {
                diagnostic = diagnostic.fix(
                    Applicability::Likely,
                    format!("aggregate the relation: `{word}({path}…)`"),
                    alias,
                    path,
                );
            }
            (Some(path), _) => {
                diagnostic = diagnostic.help(format!(
                    "aggregate the relation by itself: `{word}({path}.( … ))`"
                ));
            }
            (None, _) => {
                diagnostic = diagnostic.help(format!(
                    "aggregate in a query of its own, which repeats nothing: `(from … as {name} where … select {word}(…))`; or start `from` what is aggregated"
                ));
            }
        }
        self.lint(diagnostic);
    }
}

/// Where a path starts with this alias.
fn alias_of(argument: &ast::Expr, name: &str) -> Option<Span> {
    match &argument.kind {
        ast::ExprKind::Name(found) if *found.text == *name => Some(found.span),
        ast::ExprKind::Field { base, .. } => alias_of(base, name),
        ast::ExprKind::Paren(inner) => alias_of(inner, name),
        _ => None,
    }
}
