//! What `from` and `join` read.

use crate::{
    Type,
    facts::FactKind,
    hir::{ClauseKind, JoinKind, Role, Source, SourceId, SourceKind},
    paths::{Many, Meaning, Start},
    scope::Visible,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::{ModelId, RelationId};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// `from …`, or the source of a relation expression.
    pub(crate) fn from(&mut self, source: &'a ast::Source) {
        let alias = source.alias.as_ref();
        match &source.kind {
            ast::SourceKind::Error => self.scope().grain.unknown = true,
            ast::SourceKind::Sql(escape) => {
                match self.sql_source(escape, alias, source.span, Role::From) {
                    Some(id) => self.start(id, alias.map(|alias| alias.span)),
                    None => self.scope().grain.unknown = true,
                }
            }
            ast::SourceKind::Pipeline(body) => {
                let id = self.derived(body, alias, source.span, Role::From);
                self.start(id, alias.map(|alias| alias.span));
            }
            ast::SourceKind::Expr(expr) => {
                let Some(meaning) = self.source_meaning(expr) else {
                    self.scope().grain.unknown = true;
                    return;
                };
                self.start_from(meaning, alias, expr.span);
            }
        }
    }

    pub(crate) fn start_from(
        &mut self,
        meaning: Meaning<'a>,
        alias: Option<&'a ast::Name>,
        span: Span,
    ) {
        match meaning {
            Meaning::Model(model, scopes) => {
                let id = self.model_rows(model, alias, span, Role::From);
                self.start(id, alias.map(|alias| alias.span));
                for scope in scopes {
                    self.apply_scope(id, scope);
                }
            }
            Meaning::Cte(cte) => {
                let id = self.cte_rows(cte, alias, span, Role::From);
                self.start(id, alias.map(|alias| alias.span));
            }
            Meaning::View(view) => match self.use_view(view) {
                Some(cte) => {
                    let id = self.cte_rows(cte, alias, span, Role::From);
                    self.start(id, alias.map(|alias| alias.span));
                }
                None => self.scope().grain.unknown = true,
            },
            Meaning::Made(expr) => match self.made_rows(expr, alias, Role::From) {
                Some(id) => self.start(id, alias.map(|alias| alias.span)),
                None => self.scope().grain.unknown = true,
            },
            Meaning::Many(many) => self.start_many(&many, alias),
            Meaning::One(one) => {
                let id = self.link_one(&one, Role::From, alias.map(|alias| &*alias.text));
                self.start(id, alias.map(|alias| alias.span));
            }
            Meaning::Error => self.scope().grain.unknown = true,
            Meaning::Value(value) if matches!(value.ty.kind, Type::Key(_)) => {
                let one = self.row_of_key(value);
                let id = match one {
                    Meaning::One(one) => {
                        self.link_one(&one, Role::From, alias.map(|alias| &*alias.text))
                    }
                    Meaning::Row(id) => id,
                    _ => return,
                };
                self.start(id, alias.map(|alias| alias.span));
            }
            other => {
                self.not_a_source(&other, span);
                self.scope().grain.unknown = true;
            }
        }
    }

    pub(crate) fn not_a_source(&mut self, meaning: &Meaning<'a>, span: Span) {
        let what = self.describe(meaning);
        self.report(
            Diagnostic::new(
                &codes::NOT_A_SOURCE,
                span,
                format!("{what} has no rows to read"),
            )
            .help("read a model, a CTE, a view, a relation or a pipeline in parentheses"),
        );
    }

    /// The rows of a relation, from its first step to its last, as the start of this scope.
    pub(crate) fn start_many(&mut self, many: &Many<'a>, alias: Option<&'a ast::Name>) {
        match &many.start {
            Start::Pipeline(body) if many.steps.is_empty() && alias.is_none() => {
                self.run(body);
            }
            Start::Pipeline(body) => {
                let id = self.derived(body, alias, many.span, Role::From);
                self.start(id, alias.map(|alias| alias.span));
            }
            Start::Relation { .. } | Start::Declared { .. } | Start::Tree { .. } => {
                let mut row = self.enter(many, Role::From);
                for name in &many.steps {
                    row = match self.walk(row, name) {
                        Some(row) => row,
                        None => {
                            self.scope().grain.unknown = true;
                            return;
                        }
                    };
                }
                if let Some(alias) = alias {
                    self.sources[row.0 as usize].name = alias.text.clone();
                    self.sources[row.0 as usize].span = alias.span;
                }
                let name = self.source(row).name.clone();
                let span = self.source(row).span;
                let scope = self.scope();
                scope.item = Some(row);
                scope.grain.start(row);
                if alias.is_some() {
                    scope.sources.push(Visible {
                        name,
                        id: row,
                        span,
                    });
                } else {
                    // Its fields go by bare names; its name stays the relation's.
                    scope.sources.push(Visible {
                        name: Box::default(),
                        id: row,
                        span,
                    });
                }
            }
        }
    }

    /// The first step of a relation: sources in this scope, the last of which it gives.
    pub(crate) fn enter(&mut self, many: &Many<'a>, role: Role) -> SourceId {
        match &many.start {
            Start::Relation { parent, relation } => {
                let ids = self.link_many(*parent, *relation, role, many.span);
                self.begin(&ids, role, many.span)
            }
            Start::Declared { parent, definition } => {
                let id = self.link_declared(*parent, *definition, role, None, many.span);
                self.begin(&[id], role, many.span)
            }
            Start::Tree { parent, tree } => {
                let ids = self.link_tree(*parent, *tree, role, many.span);
                self.begin(&ids, role, many.span)
            }
            Start::Pipeline(_) => SourceId(0),
        }
    }

    pub(crate) fn begin(&mut self, ids: &[SourceId], role: Role, span: Span) -> SourceId {
        let (first, rest) = match ids.split_first() {
            Some((first, rest)) => (*first, rest.to_vec()),
            None => return SourceId(0),
        };
        let last = rest.last().copied().unwrap_or(first);
        if role == Role::From {
            self.scope().from = Some(first);
            if !rest.is_empty() {
                self.push_join(rest, span);
            }
        } else {
            self.push_join(ids.to_vec(), span);
        }
        last
    }

    pub(crate) fn push_join(&mut self, steps: Vec<SourceId>, span: Span) {
        self.push_clause(
            ClauseKind::Join {
                kind: JoinKind::Inner,
                steps,
                on: None,
            },
            span,
        );
    }

    /// One step further in a relation's own scope, as a join; or a scope on its rows.
    pub(crate) fn walk(&mut self, row: SourceId, name: &'a ast::Name) -> Option<SourceId> {
        if self.narrow(row, name) {
            return Some(row);
        }
        match self.member(row, name) {
            Meaning::Many(many) => Some(self.enter(&many, Role::Join)),
            Meaning::One(one) => {
                let id = self.link_one(&one, Role::Join, None);
                self.push_join(vec![id], name.span);
                Some(id)
            }
            Meaning::Error => None,
            other => {
                let what = self.describe(&other);
                self.report(Diagnostic::new(
                    &codes::NOT_A_RELATION,
                    name.span,
                    format!("a relation is needed here, and `{}` is {what}", name.text),
                ));
                None
            }
        }
    }

    /// Applies the scope of this name to a row's source, if its model has one.
    pub(crate) fn narrow(&mut self, row: SourceId, name: &'a ast::Name) -> bool {
        let Some(model) = self.info(row).model else {
            return false;
        };
        let Some(place) = self.names.member(self.schema, model, &name.text) else {
            return false;
        };
        let definition = &self.names.definitions[place];
        if !matches!(definition.ast.body, ast::DefBody::Scope(_)) {
            return false;
        }
        self.fact(name.span, FactKind::Definition(definition.ast.name.span));
        self.apply_scope(row, place);
        true
    }

    /// A source for each hop of a relation.
    pub(crate) fn link_many(
        &mut self,
        parent: SourceId,
        relation: RelationId,
        role: Role,
        span: Span,
    ) -> Vec<SourceId> {
        let of = self.schema.relation(relation);
        let mut ids = Vec::with_capacity(of.hops.len());
        let mut above = parent;
        for (at, hop) in of.hops.iter().enumerate() {
            let link = self.hop_link(above, relation, at, span);
            let last = at + 1 == of.hops.len();
            let name: Box<str> = if last {
                of.name.clone()
            } else {
                self.schema.model(hop.model).name.to_lowercase().into()
            };
            let model = if last {
                of.target.unwrap_or(hop.model)
            } else {
                hop.model
            };
            let id = self.add_source(
                Source {
                    name,
                    kind: SourceKind::Model(self.schema.concrete(hop.model)),
                    link: Some(link),
                    role: if at == 0 { role } else { Role::Join },
                    nullable: false,
                    span,
                },
                Some(model),
            );
            self.info_mut(id).used = true;
            ids.push(id);
            above = id;
        }
        ids
    }

    pub(crate) fn start(&mut self, id: SourceId, span: Option<Span>) {
        let name = self.source(id).name.clone();
        let at = span.unwrap_or(self.source(id).span);
        self.sources[id.0 as usize].span = at;
        self.fact(at, FactKind::Source(at));
        self.info_mut(id).used = true;
        let scope = self.scope();
        scope.from = Some(id);
        scope.sources.push(Visible { name, id, span: at });
        scope.grain.start(id);
    }

    /// What the expression of a source means: rows of some kind.
    pub(crate) fn source_meaning(&mut self, expr: &'a ast::Expr) -> Option<Meaning<'a>> {
        match &expr.kind {
            ast::ExprKind::Paren(inner) => self.source_meaning(inner),
            ast::ExprKind::Error => None,
            ast::ExprKind::Parameter(_) | ast::ExprKind::List(_) => Some(Meaning::Made(expr)),
            ast::ExprKind::Call(call) if crate::trees::is_tree(call) => {
                Some(self.tree(call, expr.span))
            }
            ast::ExprKind::Call(call) if &*call.name.text == "series" => Some(Meaning::Made(expr)),
            ast::ExprKind::Call(call) => {
                let method = call
                    .base
                    .as_ref()
                    .and_then(|base| crate::meant::query_set_method(base.span, call, expr.span));
                let diagnostic = Diagnostic::new(
                    &codes::NOT_A_SOURCE,
                    expr.span,
                    format!("`{}` gives a value, not rows", call.name.text),
                );
                self.report(match method {
                    Some((offer, edits)) => {
                        diagnostic.fix_all(djq_diagnostics::Applicability::Likely, offer, edits)
                    }
                    None if call.name.text.eq_ignore_ascii_case("generate_series") => diagnostic
                        .fix(
                            djq_diagnostics::Applicability::Exact,
                            "it is called `series`",
                            call.name.span,
                            "series",
                        ),
                    None => diagnostic.help(
                        "read a model, a CTE, a view, a relation or a pipeline in parentheses",
                    ),
                });
                None
            }
            ast::ExprKind::Sql(_) => Some(Meaning::Made(expr)),
            ast::ExprKind::Name(name) => {
                // A CTE comes before what else has its name: it was written for this.
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
                        return Some(Meaning::Cte(cte));
                    }
                }
                let found = self.lookup(name, false);
                let value = match &found {
                    Meaning::Row(_) => true,
                    Meaning::Value(value) => !matches!(value.ty.kind, Type::Key(_) | Type::Error),
                    _ => false,
                };
                // A row outside, or a value, has no rows to read: what else has the name is meant.
                if value && let Some(view) = self.names.view(&name.text) {
                    return Some(Meaning::View(view));
                }
                if value
                    && let djq_schema::ModelLookup::Found(model) =
                        self.names.find_model(self.schema, self.file, &name.text)
                {
                    self.fact(name.span, FactKind::Model(model));
                    return Some(Meaning::Model(model, Vec::new()));
                }
                Some(found)
            }
            ast::ExprKind::Field { base, name } if self.is_scope_of_model(base, name) => {
                let ast::ExprKind::Name(model) = &base.kind else {
                    return None;
                };
                let found = self.names.find_model(self.schema, self.file, &model.text);
                let djq_schema::ModelLookup::Found(found) = found else {
                    return None;
                };
                self.fact(model.span, FactKind::Model(found));
                Some(self.step_model(found, Vec::new(), name))
            }
            _ => Some(self.resolve(expr)),
        }
    }

    /// Whether `Entry.published` is the scope of the model, whatever row goes by the model's name: one row has no scopes.
    fn is_scope_of_model(&mut self, base: &'a ast::Expr, name: &'a ast::Name) -> bool {
        let ast::ExprKind::Name(model) = &base.kind else {
            return false;
        };
        let djq_schema::ModelLookup::Found(found) =
            self.names.find_model(self.schema, self.file, &model.text)
        else {
            return false;
        };
        self.names
            .member(self.schema, found, &name.text)
            .is_some_and(|place| {
                matches!(
                    self.names.definitions[place].ast.body,
                    ast::DefBody::Scope(_)
                )
            })
            && matches!(self.lookup(model, false), Meaning::Row(_))
    }

    /// A source of a model's rows.
    pub(crate) fn model_rows(
        &mut self,
        model: ModelId,
        alias: Option<&'a ast::Name>,
        span: Span,
        role: Role,
    ) -> SourceId {
        let name = match alias {
            Some(alias) => alias.text.clone(),
            None => self.schema.model(model).name.clone(),
        };
        let concrete = self.schema.concrete(model);
        self.add_source(
            Source {
                name,
                kind: SourceKind::Model(concrete),
                link: None,
                role,
                nullable: false,
                span: alias.map_or(span, |alias| alias.span),
            },
            Some(model),
        )
    }

    /// A path as written, for messages.
    pub(crate) fn relation_word(&self, many: &Many<'a>) -> String {
        let (parent, name) = match &many.start {
            Start::Relation { parent, relation } => {
                (Some(*parent), &*self.schema.relation(*relation).name)
            }
            Start::Declared { parent, definition } => (
                Some(*parent),
                &*self.names.definitions[*definition].ast.name.text,
            ),
            Start::Tree { tree, .. } if tree.up => (None, "ancestors(…)"),
            Start::Tree { .. } => (None, "descendants(…)"),
            Start::Pipeline(_) => (None, "( … )"),
        };
        let mut word = match parent {
            Some(parent) if !self.source(parent).name.is_empty() => {
                format!("{}.{name}", self.path_of(parent))
            }
            _ => name.to_owned(),
        };
        for step in &many.steps {
            word.push('.');
            word.push_str(&step.text);
        }
        word
    }
}

/// What a source goes by, and where that is written: its alias, or the name and place of its own.
pub(crate) fn called(alias: Option<&ast::Name>, name: &str, span: Span) -> (Box<str>, Span) {
    match alias {
        Some(alias) => (alias.text.clone(), alias.span),
        None => (name.into(), span),
    }
}
