//! What a name means where it stands, in the order that the language gives.

use crate::{
    facts::FactKind,
    hir::SourceId,
    members::{find_member, member_names},
    names::with_nearest,
    paths::{Many, Meaning, One, Start, Via},
    scope::{Aggregates, FrameKind},
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, codes, nearest};
use djq_schema::{ModelLookup, RelationKind};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// What a name, path or relation expression means; anything else is its value.
    pub(crate) fn resolve(&mut self, expr: &'a ast::Expr) -> Meaning<'a> {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.resolve_here(expr))
    }

    fn resolve_here(&mut self, expr: &'a ast::Expr) -> Meaning<'a> {
        match &expr.kind {
            ast::ExprKind::Name(name) => self.lookup(name, false),
            ast::ExprKind::Field { base, name } => {
                let from = match &base.kind {
                    ast::ExprKind::Name(name) => self.lookup(name, true),
                    _ => self.resolve(base),
                };
                let mut meaning = self.step(from, name);
                match &mut meaning {
                    Meaning::One(one) => one.span = expr.span,
                    Meaning::Many(many) => many.span = expr.span,
                    Meaning::Value(value) => value.span = expr.span,
                    _ => {}
                }
                meaning
            }
            ast::ExprKind::Paren(inner) => self.resolve(inner),
            ast::ExprKind::Pipeline(pipeline) => Meaning::Many(Box::new(Many {
                start: Start::Pipeline(pipeline),
                steps: Vec::new(),
                each: None,
                span: expr.span,
            })),
            ast::ExprKind::Each { base, value } => match self.resolve(base) {
                Meaning::Many(mut many) if many.each.is_none() => {
                    many.each = Some(value);
                    many.span = expr.span;
                    Meaning::Many(many)
                }
                Meaning::Error => Meaning::Error,
                other => {
                    let what = self.describe(&other);
                    self.report(
                        Diagnostic::new(
                            &codes::NOT_A_RELATION,
                            base.span,
                            format!("`.( … )` takes each item of a relation; this is {what}"),
                        )
                        .help("write the expression itself"),
                    );
                    Meaning::Error
                }
            },
            ast::ExprKind::Cast { operand, ty } => self.resolve_cast(expr, operand, ty),
            ast::ExprKind::Call(call) if crate::trees::is_tree(call) => self.tree(call, expr.span),
            ast::ExprKind::Error => Meaning::Error,
            _ => Meaning::Value(self.expr(expr)),
        }
    }

    /// `x::t`, which of a generic key is a way to a row.
    pub(crate) fn resolve_cast(
        &mut self,
        expr: &'a ast::Expr,
        operand: &'a ast::Expr,
        ty: &'a ast::TypeExpr,
    ) -> Meaning<'a> {
        if !is_path(operand) {
            return Meaning::Value(self.expr(expr));
        }
        let from = self.resolve(operand);
        if let Meaning::One(One {
            via: Via::Relation { parent, relation },
            ..
        }) = &from
            && self.schema.relation(*relation).kind == RelationKind::GenericForeignKey
            && let ast::TypeExprKind::Named { path, .. } = &ty.kind
        {
            let (parent, relation) = (*parent, *relation);
            return match self.model_path(path) {
                Some(target) => Meaning::One(One {
                    via: Via::Generic { parent, relation },
                    target,
                    span: expr.span,
                }),
                None => Meaning::Error,
            };
        }
        let value = self.value_of(from, operand.span);
        Meaning::Value(self.cast_value(value, ty, expr.span))
    }

    /// What a bare name means; `base` where a dot follows, since `e.x` is always the source's.
    pub(crate) fn lookup(&mut self, name: &'a ast::Name, base: bool) -> Meaning<'a> {
        for depth in (0..self.scopes.len()).rev() {
            let level = self.scopes[depth].level;
            if base && let Some(source) = self.scopes[depth].find_source(&name.text) {
                return self.row(source, name);
            }
            if let Some(found) = self.lookup_in(depth, level, name) {
                return found;
            }
            if self.scopes[depth].barrier {
                break;
            }
        }
        if let Some(place) = self.names.function(&name.text) {
            let definition = &self.names.definitions[place];
            if definition.ast.parameters.is_empty() {
                self.fact(name.span, FactKind::Definition(definition.ast.name.span));
                return self.expand_function(place, &[], name.span);
            }
        }
        for scope in self.scopes.iter().rev() {
            if let Some((_, cte)) = scope
                .ctes
                .iter()
                .rev()
                .find(|(known, _)| **known == *name.text)
            {
                let cte = *cte;
                let declared = self.ctes[cte.0 as usize].span;
                self.fact(name.span, FactKind::Definition(declared));
                return Meaning::Cte(cte);
            }
        }
        if let Some(view) = self.names.view(&name.text) {
            self.fact(
                name.span,
                FactKind::Definition(self.names.views[view].ast.name.span),
            );
            return Meaning::View(view);
        }
        match self.names.find_model(self.schema, self.file, &name.text) {
            ModelLookup::Found(model) => {
                self.fact(name.span, FactKind::Model(model));
                return Meaning::Model(model, Vec::new());
            }
            ModelLookup::Unknown => {}
            other if self.sees_no_rows() || starts_upper(&name.text) => {
                let diagnostic = self.names.no_model(self.schema, self.file, name, &other);
                self.report(diagnostic);
                return Meaning::Error;
            }
            _ => {}
        }
        if base && let Some(app) = self.names.app(self.schema, self.file, &name.text) {
            return Meaning::App(app);
        }
        self.unknown_name(name, base);
        Meaning::Error
    }

    fn sees_no_rows(&self) -> bool {
        self.scopes.iter().all(|scope| scope.sources.is_empty())
    }

    fn row(&mut self, source: SourceId, name: &ast::Name) -> Meaning<'a> {
        self.touch(source, name.span);
        let declared = self.source(source).span;
        self.fact(name.span, FactKind::Source(declared));
        if self.info(source).is_value {
            return self.value_of_row(source, name.span);
        }
        Meaning::Row(source)
    }

    fn lookup_in(
        &mut self,
        depth: usize,
        level: usize,
        name: &'a ast::Name,
    ) -> Option<Meaning<'a>> {
        let scope = self.scopes.get(depth)?;
        if let Some(id) = scope.find_named(level, &name.text) {
            let expr = self.named_expr(id, name.span);
            let declared = self.named(id).span;
            self.fact(name.span, FactKind::Named(expr.ty.clone(), declared));
            return Some(Meaning::Value(expr));
        }
        if !matches!(scope.frames.get(level)?.kind, FrameKind::Rows) {
            return self.lookup_in(depth, level.checked_sub(1)?, name);
        }
        if let Some((_, bound)) = scope
            .bindings
            .iter()
            .find(|(known, _)| **known == *name.text)
        {
            let bound = bound.clone();
            return Some(if self.bound(&bound) {
                bound
            } else {
                Meaning::Value(self.error(name.span))
            });
        }
        if let Some(source) = scope.find_source(&name.text) {
            // A row of columns is no value: where one of them has the rows' name, it is meant.
            let info = self.info(source);
            if info.model.is_none() && !info.is_value && self.has_member(source, &name.text) {
                return self.try_member(source, name);
            }
            return Some(self.row(source, name));
        }
        let candidates: Vec<SourceId> = match scope.item {
            Some(item) => vec![item],
            None => scope.sources.iter().map(|source| source.id).collect(),
        };
        let having: Vec<SourceId> = candidates
            .into_iter()
            .filter(|source| self.has_member(*source, &name.text))
            .collect();
        match having.as_slice() {
            [] => None,
            [one] => self.try_member(*one, name),
            several => {
                let mut diagnostic = Diagnostic::new(
                    &codes::AMBIGUOUS_NAME,
                    name.span,
                    format!("several sources have `{}`", name.text),
                )
                .label("which one is meant?");
                for source in several {
                    let source = self.source(*source);
                    diagnostic = diagnostic
                        .because(source.span, format!("`{}` has it", source.name))
                        .fix(
                            Applicability::Likely,
                            format!("write `{}.{}`", source.name, name.text),
                            name.span.before(),
                            format!("{}.", source.name),
                        );
                }
                self.report(diagnostic);
                Some(Meaning::Error)
            }
        }
    }

    /// Whether a source's row has such a name.
    pub(crate) fn has_member(&self, id: SourceId, name: &str) -> bool {
        let info = self.info(id);
        match info.model {
            Some(model) => {
                name == "pk"
                    || name == "depth" && info.depth_of.is_some()
                    || find_member(self.schema, model, name).is_some()
                    || self
                        .names
                        .member(self.schema, model, name)
                        .is_some_and(|place| {
                            !matches!(
                                self.names.definitions[place].ast.body,
                                ast::DefBody::Scope(_)
                            )
                        })
            }
            None => info.columns.iter().any(|(known, _)| **known == *name),
        }
    }

    /// Inside an aggregate: a name that only the groups have, not their rows.
    fn above_groups(&mut self, name: &ast::Name) -> bool {
        let Some(scope) = self.scope_ref() else {
            return false;
        };
        let Aggregates::Inside(outer) = scope.aggregates else {
            return false;
        };
        let Some(id) = scope.find_named(scope.level + 1, &name.text) else {
            return false;
        };
        let declared = self.named(id).span;
        self.report(
            Diagnostic::new(
                &codes::NESTED_AGGREGATE,
                name.span,
                format!(
                    "`{}` is of whole groups, and this aggregate runs over their rows",
                    name.text
                ),
            )
            .because(declared, "made of each group here")
            .because(outer, "runs over the rows of a group")
            .help("put the pipeline so far in parentheses: `from ( … ) as x select …`"),
        );
        true
    }

    fn unknown_name(&mut self, name: &ast::Name, base: bool) {
        // Where a source could not be made out, its names cannot be known.
        for scope in self.scopes.iter().rev() {
            if scope.grain.unknown {
                return;
            }
            if scope.barrier {
                break;
            }
        }
        let lost = self
            .names
            .files
            .get(self.file)
            .is_some_and(|file| file.lost.contains(&&*name.text));
        if lost || self.names.incomplete || self.above_groups(name) {
            return;
        }
        let mut candidates: Vec<String> = Vec::new();
        let mut owner = None;
        let mut sources = 0;
        for scope in self.scopes.iter().rev() {
            for frame in &scope.frames {
                candidates.extend(frame.names.iter().map(|(name, _)| name.to_string()));
            }
            candidates.extend(scope.bindings.iter().map(|(name, _)| (*name).to_owned()));
            for source in &scope.sources {
                sources += 1;
                candidates.push(source.name.to_string());
                match self.info(source.id).model {
                    Some(model) => {
                        owner.get_or_insert(self.schema.model(model).label.to_string());
                        candidates.extend(
                            member_names(self.schema, model)
                                .into_iter()
                                .map(str::to_owned),
                        );
                        candidates.extend(self.names.member_names(model).map(str::to_owned));
                    }
                    None => {
                        owner.get_or_insert(source.name.to_string());
                        candidates.extend(
                            self.info(source.id)
                                .columns
                                .iter()
                                .map(|(name, _)| name.to_string()),
                        );
                    }
                }
            }
            if scope.barrier {
                break;
            }
        }
        let models = self.schema.models.iter().map(|model| &*model.name);
        let apps = self
            .schema
            .apps()
            .iter()
            .map(|app| &**app)
            .filter(|_| base && sources == 0);
        let found = nearest(
            &name.text,
            candidates
                .iter()
                .map(String::as_str)
                .chain(self.names.item_names())
                .chain(apps)
                .chain(models.filter(|_| sources == 0 || starts_upper(&name.text))),
        );
        let found = found.map(str::to_owned);
        if (found.is_none() || !base)
            && let Some(meant) = self.meant(name, base)
        {
            self.report(meant);
            return;
        }
        if sources == 0 && self.reads_nothing() {
            self.report(
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("nothing is read here that has a `{}`", name.text),
                )
                .label("a field of which rows?")
                .help("a pipeline begins with `from M`; the fields of its rows then go by their names"),
            );
            self.scope().grain.unknown = true;
            return;
        }
        let diagnostic = match (owner, sources) {
            (Some(owner), 1) if !base || found.is_some() => Diagnostic::new(
                &codes::UNKNOWN_FIELD,
                name.span,
                format!("`{owner}` has no field or relation `{}`", name.text),
            ),
            (_, 0) => {
                let app = |found: &str| self.schema.apps().iter().any(|app| **app == *found);
                let what = match &found {
                    Some(found) if base && app(found) => "app",
                    _ => "model, view or CTE",
                };
                Diagnostic::new(
                    &codes::UNKNOWN_MODEL,
                    name.span,
                    format!("there is no {what} `{}`", name.text),
                )
            }
            _ => Diagnostic::new(
                &codes::UNKNOWN_NAME,
                name.span,
                format!("nothing in reach is called `{}`", name.text),
            ),
        };
        let mut diagnostic = with_nearest(diagnostic, name.span, found.as_deref());
        if found.is_none()
            && let [only] = self
                .scopes
                .last()
                .map(|scope| scope.sources.as_slice())
                .unwrap_or_default()
            && let Some(model) = self.info(only.id).model
            && let Some(names) = self.names_of(model)
        {
            diagnostic = diagnostic.note(names);
        }
        self.report(diagnostic);
    }
}

/// Whether an expression is a name or names behind dots.
pub(crate) fn is_path(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Name(_) => true,
        ast::ExprKind::Field { base, .. } => is_path(base),
        ast::ExprKind::Paren(inner) => is_path(inner),
        ast::ExprKind::Cast { operand, .. } => is_path(operand),
        _ => false,
    }
}

/// Whether an expression may lead to the rows of a relation: a path, from a name or from parentheses.
pub(crate) fn may_be_relation(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Pipeline(_) | ast::ExprKind::Each { .. } => true,
        ast::ExprKind::Call(call) => crate::trees::is_tree(call),
        ast::ExprKind::Field { base, .. } => may_be_relation(base),
        ast::ExprKind::Paren(inner) => may_be_relation(inner),
        _ => is_path(expr),
    }
}

fn starts_upper(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}
