//! `join`: along a relation, or of anything else with a condition.

use crate::{
    Type,
    declared::and,
    facts::FactKind,
    hir::{ClauseKind, Expr, JoinKind, NamedId, Role, SourceId, SourceKind},
    names::duplicate,
    paths::{Meaning, Start},
    scope::{Aggregates, Visible},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// `join …`.
    pub(crate) fn join(
        &mut self,
        kind: JoinKind,
        source: &'a ast::Source,
        on: Option<&'a ast::Expr>,
        span: Span,
    ) {
        if !self.scope().has_rows() {
            let made_by = self.scope().frame().made_by;
            self.report(
                Diagnostic::new(
                    &codes::OUT_OF_REACH,
                    span,
                    "these rows are no longer those of a source, so nothing joins them",
                )
                .because(made_by, "made new rows")
                .help(
                    "put the pipeline so far in a CTE or in parentheses: `from ( … ) as x join …`",
                ),
            );
            return;
        }
        let alias = source.alias.as_ref();
        let mut extra: Vec<(SourceId, Expr)> = Vec::new();
        let steps: Vec<SourceId> = match &source.kind {
            ast::SourceKind::Error => {
                self.scope().grain.unknown = true;
                return;
            }
            ast::SourceKind::Sql(escape) => {
                match self.sql_source(escape, alias, source.span, Role::Join) {
                    Some(id) => vec![id],
                    None => {
                        self.scope().grain.unknown = true;
                        return;
                    }
                }
            }
            ast::SourceKind::Pipeline(body) => {
                vec![self.derived(body, alias, source.span, Role::Join)]
            }
            ast::SourceKind::Expr(expr) => {
                let Some(meaning) = self.source_meaning(expr) else {
                    self.scope().grain.unknown = true;
                    return;
                };
                match self.join_meaning(meaning, alias, expr.span, &mut extra) {
                    Some(steps) => steps,
                    None => {
                        self.scope().grain.unknown = true;
                        return;
                    }
                }
            }
        };
        let Some(last) = steps.last().copied() else {
            return;
        };
        let name = self.source(last).name.clone();
        let at = self.source(last).span;
        self.fact(at, FactKind::Source(at));
        if let Some(first) = self.scope().sources.iter().find(|known| known.name == name) {
            let first = first.span;
            let written = ast::Name {
                text: name.clone(),
                span: alias.map_or(source.span, |alias| alias.span),
            };
            let diagnostic =
                duplicate("source", &written, first).help("give one of them a name with `as`");
            self.report(diagnostic);
        }
        for step in &steps {
            let nullable = matches!(kind, JoinKind::Left | JoinKind::Full);
            self.sources[step.0 as usize].nullable |= nullable;
            self.info_mut(*step).used = *step != last;
            let guard = self.scope().guard.clone();
            self.info_mut(*step).guard = guard;
        }
        self.scope().sources.push(Visible {
            name,
            id: last,
            span: at,
        });
        self.allow(Aggregates::Refused("`on`"));
        let written = on.map(|on| {
            let value = self.expr(on);
            self.refuse_windows(&value, "`on`");
            self.typing().condition(value)
        });
        if written.as_ref().is_some_and(|on| on.ty.kind == Type::Error) {
            // Which rows belong together is not known.
            self.scope().grain.unknown = true;
        }
        let linked = steps
            .iter()
            .any(|step| self.source(*step).link.is_some() || self.is_relation_query(*step));
        let candidates = match (&written, linked) {
            (None, false) => self.relations_to(last),
            _ => Vec::new(),
        };
        match (&written, linked, kind) {
            (None, false, JoinKind::Inner | JoinKind::Left | JoinKind::Right | JoinKind::Full) => {
                let mut diagnostic = Diagnostic::new(
                    &codes::JOIN_WITHOUT_CONDITION,
                    span,
                    "this join has no condition",
                )
                .label("which rows belong together?");
                diagnostic = if candidates.is_empty() {
                    diagnostic.help("add `on …`, or write `cross join` for every pair")
                } else {
                    diagnostic.help(
                        "join along a relation, add `on …`, or write `cross join` for every pair",
                    )
                };
                if let ast::SourceKind::Expr(expr) = &source.kind {
                    for path in candidates {
                        diagnostic = diagnostic.fix(
                            djq_diagnostics::Applicability::Likely,
                            format!("join along `{path}`"),
                            expr.span,
                            path,
                        );
                    }
                }
                self.report(diagnostic);
            }
            (Some(on), _, JoinKind::Cross) => {
                let on = on.span;
                self.report(
                    Diagnostic::new(
                        &codes::JOIN_WITHOUT_CONDITION,
                        on,
                        "`cross join` makes every pair, and takes no condition",
                    )
                    .help("write `join … on …`"),
                );
            }
            _ => {}
        }
        // A use in its own `on` is no use.
        self.info_mut(last).used = false;
        let mut units = vec![steps.clone()];
        if kind == JoinKind::Left {
            units = self.units(&steps);
        }
        let unit_of = |step: SourceId| units.iter().position(|unit| unit.contains(&step));
        let mut conditions: Vec<Option<Expr>> = units.iter().map(|_| None).collect();
        for (step, condition) in extra.into_iter().chain(written.map(|on| (last, on))) {
            let unit = unit_of(step).and_then(|unit| conditions.get_mut(unit));
            if let Some(unit) = unit {
                *unit = Some(match unit.take() {
                    None => condition,
                    Some(before) => and(before, condition),
                });
            }
        }
        let on = conditions.pop().flatten();
        self.lint_join(kind, last, on.as_ref(), linked, span);
        self.grow_grain(&steps, on.as_ref(), span);
        if !self.keeps_order(kind, &steps) {
            self.scope().ordered = false;
        }
        if matches!(kind, JoinKind::Right | JoinKind::Full) {
            let scope = self.scope().id;
            for (source, info) in self.sources.iter_mut().zip(&self.infos) {
                let here = info.scope == scope;
                source.nullable |= here;
            }
            self.names_may_miss();
            if kind == JoinKind::Right {
                for step in &steps {
                    self.sources[step.0 as usize].nullable = false;
                }
            }
        }
        let last_unit = units.pop().unwrap_or_default();
        for (steps, on) in units.into_iter().zip(conditions) {
            self.push_clause(ClauseKind::Join { kind, steps, on }, span);
        }
        let steps = last_unit;
        self.push_clause(ClauseKind::Join { kind, steps, on }, span);
    }

    /// Whether an order above a join still tells one row from the next: a join to many ends it, as it does in the plan.
    fn keeps_order(&mut self, kind: JoinKind, steps: &[SourceId]) -> bool {
        let guarded = self.scope().guard.is_some();
        let to_one = steps
            .iter()
            .all(|step| matches!(&self.source(*step).link, Some(link) if link.to_one));
        guarded || to_one && matches!(kind, JoinKind::Inner | JoinKind::Left)
    }

    /// The names of the left side's values are null where the right side's row has none there.
    fn names_may_miss(&mut self) {
        let frames = self.scope().frames.iter();
        let ids: Vec<NamedId> = frames
            .flat_map(|frame| frame.names.iter().map(|(_, id)| *id))
            .collect();
        for id in ids {
            self.named[id.0 as usize].value.ty.nullable = true;
        }
    }

    /// Whether it is a query over a relation of the rows on its left, which says which rows belong together.
    fn is_relation_query(&self, step: SourceId) -> bool {
        match &self.source(step).kind {
            SourceKind::Derived(body) => body
                .from
                .is_some_and(|from| self.source(from).link.is_some()),
            _ => false,
        }
    }

    /// The steps of a left join, each a join of its own; a many-to-many's link and target are one.
    pub(crate) fn units(&self, steps: &[SourceId]) -> Vec<Vec<SourceId>> {
        let mut units: Vec<Vec<SourceId>> = Vec::new();
        for step in steps {
            let link = self.source(*step).link.as_ref();
            let hop = link
                .and_then(|link| link.relation)
                .map_or(0, |(_, hop)| hop);
            match units.last_mut() {
                Some(unit) if hop > 0 => unit.push(*step),
                _ => units.push(vec![*step]),
            }
        }
        units
    }

    pub(crate) fn join_meaning(
        &mut self,
        meaning: Meaning<'a>,
        alias: Option<&'a ast::Name>,
        span: Span,
        extra: &mut Vec<(SourceId, Expr)>,
    ) -> Option<Vec<SourceId>> {
        let meaning = match meaning {
            Meaning::Value(value) if matches!(value.ty.kind, Type::Key(_)) => {
                self.row_of_key(value)
            }
            other => other,
        };
        match meaning {
            Meaning::Model(model, scopes)
                if scopes.iter().any(|scope| !self.names.is_filter(*scope)) =>
            {
                Some(vec![self.derived_model(model, scopes, alias, span)])
            }
            Meaning::Model(model, scopes) => {
                let id = self.model_rows(model, alias, span, Role::Join);
                for scope in scopes {
                    self.add_condition(id, scope, span, extra);
                }
                Some(vec![id])
            }
            Meaning::Cte(cte) => Some(vec![self.cte_rows(cte, alias, span, Role::Join)]),
            Meaning::View(view) => {
                let cte = self.use_view(view)?;
                Some(vec![self.cte_rows(cte, alias, span, Role::Join)])
            }
            Meaning::Made(expr) => Some(vec![self.made_rows(expr, alias, Role::Join)?]),
            Meaning::One(one) => {
                let id = self.link_one(&one, Role::Join, alias.map(|alias| &*alias.text));
                self.place(id, alias);
                Some(vec![id])
            }
            // What is more than steps and conditions is a query of its own.
            Meaning::Many(many)
                if many
                    .steps
                    .iter()
                    .any(|name| self.names.has_made_scope(&name.text))
                    || matches!(many.start, Start::Pipeline(_)) && !many.steps.is_empty() =>
            {
                Some(vec![self.derived_items(&many, alias)?])
            }
            Meaning::Many(many) => {
                let (mut steps, mut row) = match &many.start {
                    Start::Relation { parent, relation } => {
                        let ids = self.link_many(*parent, *relation, Role::Join, many.span);
                        let last = ids.last().copied()?;
                        (ids, last)
                    }
                    Start::Tree { parent, tree } => {
                        let ids = self.link_tree(*parent, *tree, Role::Join, many.span);
                        let last = ids.last().copied()?;
                        (ids, last)
                    }
                    Start::Declared { parent, definition } => {
                        let id =
                            self.link_declared(*parent, *definition, Role::Join, None, many.span);
                        (vec![id], id)
                    }
                    Start::Pipeline(body) => {
                        return Some(vec![self.derived(body, alias, span, Role::Join)]);
                    }
                };
                for name in &many.steps {
                    if let Some(model) = self.info(row).model
                        && let Some(place) = self.names.member(self.schema, model, &name.text)
                        && matches!(
                            self.names.definitions[place].ast.body,
                            ast::DefBody::Scope(_)
                        )
                    {
                        self.add_condition(row, place, name.span, extra);
                        continue;
                    }
                    match self.member(row, name) {
                        Meaning::Many(next) => {
                            if let Start::Relation { parent, relation } = next.start {
                                steps.extend(self.link_many(
                                    parent,
                                    relation,
                                    Role::Join,
                                    name.span,
                                ));
                            } else if let Start::Declared { parent, definition } = next.start {
                                steps.push(self.link_declared(
                                    parent,
                                    definition,
                                    Role::Join,
                                    None,
                                    name.span,
                                ));
                            }
                        }
                        Meaning::One(one) => steps.push(self.link_one(&one, Role::Join, None)),
                        Meaning::Error => return None,
                        other => {
                            self.not_a_source(&other, name.span);
                            return None;
                        }
                    }
                    row = steps.last().copied()?;
                }
                self.place(row, alias);
                Some(steps)
            }
            Meaning::Error => None,
            other => {
                self.not_a_source(&other, span);
                None
            }
        }
    }

    pub(crate) fn add_condition(
        &mut self,
        row: SourceId,
        scope: usize,
        span: Span,
        extra: &mut Vec<(SourceId, Expr)>,
    ) {
        if let Some(condition) = self.scope_conditions(row, scope, span) {
            extra.push((row, condition));
        }
    }

    pub(crate) fn place(&mut self, id: SourceId, alias: Option<&ast::Name>) {
        if let Some(alias) = alias {
            let source = &mut self.sources[id.0 as usize];
            source.name = alias.text.clone();
            source.span = alias.span;
        }
    }

    /// The relations that lead from the sources in reach to a source's model, as paths.
    pub(crate) fn relations_to(&self, id: SourceId) -> Vec<String> {
        let (Some(scope), SourceKind::Model(target)) = (self.scope_ref(), &self.source(id).kind)
        else {
            return Vec::new();
        };
        let mut paths = Vec::new();
        for source in &scope.sources {
            let Some(model) = self.info(source.id).model.filter(|_| source.id != id) else {
                continue;
            };
            crate::names::each_ancestor(self.schema, model, &mut |model| {
                for relation in &self.schema.model(model).relations {
                    if relation.target.map(|model| self.schema.concrete(model)) == Some(*target) {
                        paths.push(format!("{}.{}", source.name, relation.name));
                    }
                }
            });
        }
        paths
    }
}
