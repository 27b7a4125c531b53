//! `group by`: its keys, the sets of keys of `rollup` and its kin, and `grouping`.

use crate::{
    Type,
    facts::FactKind,
    hir::{ClauseKind, Expr, ExprKind, GroupKey, NamedId},
    paths::{Meaning, One, Via},
    scope::{Aggregates, FrameKind},
    selection::default_name,
    visit::same,
    walker::Walker,
    windows::first_window,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::RelationKind;
use djq_syntax::ast;

/// More sets than this are no report that anyone reads, and `cube` doubles them with each key.
const MOST_SETS: usize = 64;

/// The keys of a clause while they are gathered.
#[derive(Default)]
struct Keys {
    keys: Vec<GroupKey>,
    names: Vec<(Box<str>, NamedId)>,
}

impl<'a> Walker<'a> {
    pub(crate) fn group_by(&mut self, items: &'a [ast::GroupItem], clause: &'a ast::Clause) {
        self.allow(Aggregates::Refused("`group by`"));
        let items = self.bounded(items, clause.keyword, "keys");
        let mut keys = Keys::default();
        // Items stand beside each other: every combination of their sets is one.
        let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
        let mut summed = false;
        for item in items {
            let own = match item {
                ast::GroupItem::Key { value, alias } => {
                    vec![self.add_keys(&mut keys, &[(value, alias.as_ref())])]
                }
                ast::GroupItem::Rolled { word, keys: rolled } => {
                    summed = true;
                    let places: Vec<Vec<usize>> = rolled
                        .iter()
                        .map(|(value, alias)| self.add_keys(&mut keys, &[(value, alias.as_ref())]))
                        .collect();
                    if word.text.eq_ignore_ascii_case("cube") {
                        self.cubed(&places, word.span)
                    } else {
                        (0..=places.len())
                            .rev()
                            .map(|count| places.iter().take(count).flatten().copied().collect())
                            .collect()
                    }
                }
                ast::GroupItem::Sets { sets, .. } => {
                    summed = true;
                    sets.iter()
                        .map(|set| {
                            let set: Vec<_> = set
                                .iter()
                                .map(|(value, alias)| (value, alias.as_ref()))
                                .collect();
                            self.add_keys(&mut keys, &set)
                        })
                        .collect()
                }
            };
            sets = sets
                .iter()
                .flat_map(|set| own.iter().map(move |own| both(set, own)))
                .take(MOST_SETS + 1)
                .collect();
        }
        if sets.len() > MOST_SETS {
            self.too_many_sets(clause.keyword);
            sets.truncate(1);
        }
        self.begin_groups(keys, summed.then_some(sets), clause);
    }

    /// Makes the groups' rows the current ones.
    fn begin_groups(&mut self, keys: Keys, sets: Option<Vec<Vec<usize>>>, clause: &'a ast::Clause) {
        let Keys { keys, names } = keys;
        let summed = sets.is_some();
        let ids: Vec<NamedId> = keys.iter().map(|key| key.named).collect();
        self.compared(&ids, "`group by`", clause.keyword);
        if let Some(sets) = &sets {
            for (place, key) in keys.iter().enumerate() {
                if !sets.iter().all(|set| set.contains(&place)) {
                    self.named[key.named.0 as usize].value.ty.nullable = true;
                }
            }
        }
        self.push_clause(
            match sets {
                Some(sets) => ClauseKind::GroupSets {
                    keys: keys.clone(),
                    sets,
                },
                None => ClauseKind::GroupBy(keys.clone()),
            },
            clause.span,
        );
        let scope = self.scope();
        scope.push_frame(FrameKind::Grouped(keys.clone()), names, clause.keyword);
        scope.frame_mut().summed = summed;
        let level = scope.level;
        scope.output = None;
        scope.ordered = false;
        for key in &keys {
            self.named_infos[key.named.0 as usize].level = level;
        }
    }

    /// The places of keys, which are added where they are new.
    fn add_keys(
        &mut self,
        keys: &mut Keys,
        written: &[(&'a ast::Expr, Option<&'a ast::Name>)],
    ) -> Vec<usize> {
        let mut places = Vec::with_capacity(written.len());
        for (value, alias) in written {
            let place = self.group_key(keys, value, *alias);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    fn group_key(
        &mut self,
        keys: &mut Keys,
        value: &'a ast::Expr,
        alias: Option<&'a ast::Name>,
    ) -> usize {
        let (value, alias) = match alias {
            None => self
                .named_before(value)
                .map_or((value, None), |(value, name)| (value, Some(name))),
            named => (value, named),
        };
        let meaning = match self.resolve(value) {
            // Named first: the row that the key belongs to is joined by its name.
            Meaning::Value(expr) if first_window(&expr).is_some() => {
                let expr = self.settle(expr);
                Meaning::Value(self.lift_windows(expr))
            }
            other => other,
        };
        let by_alias = alias.is_none() && matches!(meaning, Meaning::Row(_));
        let model = match &meaning {
            Meaning::Row(id) if self.info(*id).model.is_some() => Some(*id),
            Meaning::One(one)
                if !matches!(&one.via, Via::Relation { relation, .. }
                if self.schema.relation(*relation).kind == RelationKind::GenericForeignKey) =>
            {
                Some(self.imply(&one.clone()))
            }
            Meaning::Value(expr) => match expr.ty.kind {
                Type::Key(target) => {
                    let one = One {
                        via: Via::Key(Box::new(expr.clone())),
                        target,
                        span: value.span,
                    };
                    Some(self.imply(&one))
                }
                _ => None,
            },
            _ => None,
        };
        let expr = self.value_of(meaning, value.span);
        let expr = self.settle(expr);
        let expr = self.lift_windows(expr);
        self.fact(value.span, FactKind::Value(expr.ty.clone()));
        let known = keys
            .keys
            .iter()
            .position(|key| same(&self.named(key.named).value, &expr));
        if let (Some(place), None) = (known, alias) {
            return place;
        }
        let name = alias.map_or_else(|| default_name(value), |alias| Some(alias.text.clone()));
        let at = alias.map_or(value.span, |alias| alias.span);
        let id = self.add_named(name.as_deref().unwrap_or(""), expr, at);
        if let Some(model) = model {
            self.key_models.insert(id, model);
        }
        if let Some(name) = name
            && !by_alias
        {
            keys.names.push((name, id));
        }
        keys.keys.push(GroupKey { named: id, model });
        keys.keys.len() - 1
    }

    /// Every choice among the keys, all of them first.
    fn cubed(&mut self, places: &[Vec<usize>], span: Span) -> Vec<Vec<usize>> {
        let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
        let Some(choices) = 1usize.checked_shl(count).filter(|n| *n <= MOST_SETS) else {
            self.too_many_sets(span);
            return vec![Vec::new()];
        };
        (0..choices)
            .rev()
            .map(|choice| {
                let last = places.len().saturating_sub(1);
                places
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| choice >> (last - place) & 1 == 1)
                    .flat_map(|(_, places)| places.iter().copied())
                    .collect()
            })
            .collect()
    }

    fn too_many_sets(&mut self, span: Span) {
        self.report(
            Diagnostic::new(
                &codes::TOO_LARGE,
                span,
                format!("these are more than {MOST_SETS} sets of keys"),
            )
            .help("name the sets that are meant: `grouping sets ((a, b), (a), ())`"),
        );
        self.broken = true;
    }

    /// `grouping(k, …)`.
    pub(crate) fn grouping(&mut self, call: &'a ast::Call, span: Span) -> Expr {
        let scope = self.scope();
        let FrameKind::Grouped(keys) = &scope.frame().kind else {
            self.report(
                Diagnostic::new(
                    &codes::NOT_A_KEY,
                    span,
                    "`grouping` asks about the keys of a group, and here there are no groups",
                )
                .help("write it below `group by rollup(…)`, `cube(…)` or `grouping sets (…)`"),
            );
            return self.error(span);
        };
        let keys: Vec<NamedId> = keys.iter().map(|key| key.named).collect();
        let made_by = scope.frame().made_by;
        if call.arguments.is_empty() {
            self.report(Diagnostic::new(
                &codes::ARGUMENT_COUNT,
                call.name.span,
                "`grouping` needs to know which keys",
            ));
            return self.error(span);
        }
        let mut asked = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            let value = self.expr(argument);
            let value = self.settle_key(value, &keys);
            if value.ty.kind == Type::Error {
                return self.error(span);
            }
            match value.kind {
                ExprKind::Named(id) if keys.contains(&id) => asked.push(id),
                _ => {
                    self.report(
                        Diagnostic::new(
                            &codes::NOT_A_KEY,
                            argument.span,
                            "`grouping` asks about the keys of the group, and this is none",
                        )
                        .because(made_by, "the keys are here"),
                    );
                    return self.error(span);
                }
            }
        }
        Expr {
            kind: ExprKind::Grouping(asked),
            ty: Type::Int.required(),
            span,
        }
    }

    /// A key by its name, where the expression is one; else as it is.
    fn settle_key(&self, mut value: Expr, keys: &[NamedId]) -> Expr {
        let found = keys.iter().find(|id| same(&self.named(**id).value, &value));
        if let Some(id) = found {
            value.kind = ExprKind::Named(*id);
        }
        value
    }
}

/// Two sets as one, each place once.
fn both(one: &[usize], other: &[usize]) -> Vec<usize> {
    let mut set: Vec<usize> = one.iter().chain(other).copied().collect();
    set.sort_unstable();
    set.dedup();
    set
}
