//! Sources whose rows are those of another pipeline: derived tables, CTEs and views.

use crate::{
    Ty, Type,
    hir::{ColumnKind, CteId, Pipeline, Role, Source, SourceId, SourceKind},
    paths::{Many, Meaning},
    selection::Wanted,
    sources::called,
    walker::Walker,
};
use djq_diagnostics::Span;
use djq_syntax::ast;

impl<'a> Walker<'a> {
    pub(crate) fn cte_rows(
        &mut self,
        cte: CteId,
        alias: Option<&'a ast::Name>,
        span: Span,
        role: Role,
    ) -> SourceId {
        let of = &self.ctes[cte.0 as usize];
        let (name, span) = called(alias, &of.name, span);
        let columns = columns_of(&of.body);
        let unique = self.cte_unique[cte.0 as usize].clone();
        let id = self.source_of_columns(SourceKind::Cte(cte), name, span, role, columns, unique);
        self.note_recursion(cte, id);
        id
    }

    /// A source whose rows are no model's: it has columns of its own, some of which may be unique together.
    pub(crate) fn source_of_columns(
        &mut self,
        kind: SourceKind,
        name: Box<str>,
        span: Span,
        role: Role,
        columns: Vec<(Box<str>, Ty)>,
        unique: Vec<Vec<u32>>,
    ) -> SourceId {
        let source = Source {
            name,
            kind,
            link: None,
            role,
            nullable: false,
            span,
        };
        let id = self.add_source(source, None);
        let info = self.info_mut(id);
        info.columns = columns;
        info.unique = unique;
        id
    }

    pub(crate) fn derived(
        &mut self,
        body: &'a ast::Pipeline,
        alias: Option<&'a ast::Name>,
        span: Span,
        role: Role,
    ) -> SourceId {
        self.open_scope(false);
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.run(body));
        let name = alias.map_or("rows", |alias| &alias.text);
        self.close_derived(
            name,
            alias.map_or(span, |alias| alias.span),
            body.span,
            role,
        )
    }

    /// The rows of a relation with all that is behind it, as a derived table.
    pub(crate) fn derived_items(
        &mut self,
        many: &Many<'a>,
        alias: Option<&'a ast::Name>,
    ) -> Option<SourceId> {
        self.open_scope(false);
        if !stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.open_rows(many)) {
            self.scopes.pop();
            return None;
        }
        let name = match (alias, many.steps.last()) {
            (Some(alias), _) => &alias.text,
            (None, Some(step)) => &step.text,
            (None, None) => "rows",
        };
        let span = alias.map_or(many.span, |alias| alias.span);
        Some(self.close_derived(name, span, many.span, Role::Join))
    }

    /// The rows of a model's scope, as a derived table.
    pub(crate) fn derived_model(
        &mut self,
        model: djq_schema::ModelId,
        scopes: Vec<usize>,
        alias: Option<&'a ast::Name>,
        span: Span,
    ) -> SourceId {
        self.open_scope(false);
        self.start_from(Meaning::Model(model, scopes), None, span);
        let schema = self.schema;
        let name = alias.map_or(&*schema.model(model).name, |alias| &alias.text);
        self.close_derived(
            name,
            alias.map_or(span, |alias| alias.span),
            span,
            Role::Join,
        )
    }

    /// Ends the innermost scope as a derived table.
    fn close_derived(&mut self, name: &str, span: Span, all: Span, role: Role) -> SourceId {
        let unique = crate::cardinality::unique_columns(self);
        let inner = self.close(Wanted::Named, all);
        self.refuse_nests(&inner, "a derived table");
        let columns = columns_of(&inner);
        let id = self.add_source(
            Source {
                name: name.into(),
                kind: SourceKind::Derived(Box::new(inner)),
                link: None,
                role,
                nullable: false,
                span,
            },
            None,
        );
        let info = self.info_mut(id);
        info.columns = columns;
        info.unique = unique;
        id
    }

    /// The CTE that a view becomes where a query uses it.
    pub(crate) fn use_view(&mut self, view: usize) -> Option<CteId> {
        if let Some(known) = self.views.get(&view) {
            return (known.0 != u32::MAX).then_some(*known);
        }
        let of = &self.names.views[view];
        // While it is being read, a use of itself finds this, and is silent.
        self.views.insert(view, CteId(u32::MAX));
        if of.broken {
            return None;
        }
        let scopes = std::mem::take(&mut self.scopes);
        let file = std::mem::replace(&mut self.file, of.file);
        let known = self.problems.diagnostics.len();
        self.quiet += 1;
        self.open_scope(true);
        self.run(&of.ast.body);
        let unique = crate::cardinality::unique_columns(self);
        let body = self.close(Wanted::Named, of.ast.body.span);
        self.quiet -= 1;
        self.problems.diagnostics.truncate(known);
        self.file = file;
        self.scopes = scopes;
        let id = CteId(u32::try_from(self.ctes.len()).unwrap_or(u32::MAX));
        self.ctes.push(crate::hir::Cte {
            name: of.ast.name.text.clone(),
            body,
            span: of.ast.name.span,
        });
        self.cte_unique.push(unique);
        self.views.insert(view, id);
        if let Some(outermost) = self.scopes.first_mut() {
            outermost.own_ctes.push(id);
        }
        Some(id)
    }
}

/// The names and types of a pipeline's columns.
pub(crate) fn columns_of(pipeline: &Pipeline) -> Vec<(Box<str>, crate::Ty)> {
    pipeline
        .columns
        .iter()
        .map(|column| {
            let ty = match &column.kind {
                ColumnKind::Value(value) => value.ty.clone(),
                ColumnKind::Nest(_) => Type::Error.required(),
            };
            (column.name.clone(), ty)
        })
        .collect()
}
