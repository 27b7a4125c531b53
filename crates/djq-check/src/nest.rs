//! Nested relations: `a.entries { title }` and shapes.

use crate::{
    RowField, RowFieldKind, RowShape,
    hir::{Column, ColumnKind, Nest, Pipeline, Role, SourceId},
    names::with_nearest,
    paths::{Many, Meaning, Start},
    scope::{Aggregates, FrameKind, OutputColumn, OutputKind, Visible},
    selection::{Wanted, strip},
    unfolding::DEPTH,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes, nearest};
use djq_syntax::ast;

/// A nested relation with the words about it.
#[derive(Debug, Clone)]
pub(crate) struct Shaped {
    pub(crate) nest: Nest,
    pub(crate) nullable: bool,
    pub(crate) docs: Option<Box<str>>,
}

/// An item of a shape.
#[derive(Debug)]
pub(crate) struct ShapeColumn {
    pub(crate) column: OutputColumn,
    pub(crate) docs: Option<Box<str>>,
}

impl<'a> Walker<'a> {
    /// `base { … }`.
    pub(crate) fn nest(
        &mut self,
        base: &'a ast::Expr,
        shape: &'a ast::Shape,
        docs: Option<&'a ast::Name>,
    ) -> Option<Shaped> {
        match self.resolve(base) {
            Meaning::Error => None,
            Meaning::Many(many) => self.nest_many(&many, Some(shape), docs),
            meaning => self.object(meaning, &shape.items, shape.span, base.span, docs),
        }
    }

    /// A row seen through a shape that a `def` names.
    pub(crate) fn nest_defined(
        &mut self,
        of: Meaning<'a>,
        place: usize,
        span: Span,
        docs: Option<&'a ast::Name>,
    ) -> Option<Shaped> {
        let ast::DefBody::Shape(shape) = &self.names.definitions[place].ast.body else {
            return None;
        };
        self.in_definition(place, |walker| {
            walker.object(of, &shape.items, span, span, docs)
        })
    }

    /// Something done inside a definition: in silence, and not again inside of itself.
    fn in_definition<T>(
        &mut self,
        place: usize,
        work: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let definition = &self.names.definitions[place];
        if definition.broken {
            self.broken = true;
            return None;
        }
        if self.expanding.contains(&place) || self.expanding.len() > DEPTH {
            self.refuse_to_unfold(place);
            return None;
        }
        let file = std::mem::replace(&mut self.file, definition.file);
        let known = self.problems.diagnostics.len();
        self.expanding.push(place);
        self.quiet += 1;
        // Rows nested in rows are a statement each.
        let done = if self.may_unfold(50) {
            work(self)
        } else {
            self.broken = true;
            None
        };
        self.quiet -= 1;
        self.expanding.pop();
        self.file = file;
        self.broken |= self.failed_since(known);
        self.forget(known);
        self.end_unfolding(place);
        done
    }

    /// Whether a relation's path ends in the name of a shape.
    pub(crate) fn ends_in_shape(&self, many: &Many<'a>) -> bool {
        many.steps
            .last()
            .is_some_and(|name| self.names.has_shape(&name.text))
            && many.each.is_none()
    }

    /// The rows of a relation to many as a list of objects; as one object where there is at most one.
    pub(crate) fn nest_many(
        &mut self,
        many: &Many<'a>,
        shape: Option<&'a ast::Shape>,
        docs: Option<&'a ast::Name>,
    ) -> Option<Shaped> {
        self.open_scope(false);
        let item = match (&many.start, many.steps.is_empty()) {
            (Start::Pipeline(_), true) => {
                if !self.open_rows(many) {
                    Meaning::Error
                } else if self.scope().output.is_some() || !self.scope().has_rows() {
                    return self.nest_made(many.span, shape, docs);
                } else {
                    match self.scope().item.or(self.scope().from) {
                        Some(row) => Meaning::Row(row),
                        None => Meaning::Error,
                    }
                }
            }
            _ => self.open_items(many),
        };
        let (row, defined) = match item {
            Meaning::Row(row) => (Some(row), None),
            Meaning::One(one) => {
                let id = self.link_one(&one, Role::Join, None);
                self.push_clause(
                    crate::hir::ClauseKind::Join {
                        kind: crate::hir::JoinKind::Inner,
                        steps: vec![id],
                        on: None,
                    },
                    one.span,
                );
                (Some(id), None)
            }
            Meaning::Shape { of, shape } => match *of {
                Meaning::Row(row) => (Some(row), Some(shape)),
                _ => (None, None),
            },
            Meaning::Error => (None, None),
            other => {
                let what = self.describe(&other);
                self.report(Diagnostic::new(
                    &codes::NOT_A_RELATION,
                    many.span,
                    format!("`{{ … }}` stands behind a relation, and this is {what}"),
                ));
                (None, None)
            }
        };
        let Some(row) = row else {
            self.scopes.pop();
            return None;
        };
        self.see(row, many.span);
        let list = !crate::cardinality::at_most_one(self);
        let columns = match (shape, defined) {
            (Some(shape), _) => Some(self.shape_items(shape)),
            (None, Some(place)) => {
                let ast::DefBody::Shape(shape) = &self.names.definitions[place].ast.body else {
                    self.scopes.pop();
                    return None;
                };
                self.in_definition(place, |walker| Some(walker.shape_items(shape)))
            }
            (None, None) => None,
        };
        let Some(columns) = columns else {
            self.scopes.pop();
            return None;
        };
        Some(self.close_nest(columns, list, many.span, docs))
    }

    /// The rows that the clauses of a pipeline made, as objects: of what they select, or of what a shape takes of that.
    fn nest_made(
        &mut self,
        span: Span,
        shape: Option<&'a ast::Shape>,
        docs: Option<&'a ast::Name>,
    ) -> Option<Shaped> {
        let list = !crate::cardinality::at_most_one(self);
        if let Some(shape) = shape {
            let columns = self.shape_items(shape);
            return Some(self.close_nest(columns, list, span, docs));
        }
        if self.scope().output.is_none() {
            self.default_output(span);
        }
        let output = self.scope().output.clone().unwrap_or_default();
        self.check_output_names(&output);
        let columns: Vec<ShapeColumn> = output
            .into_iter()
            .map(|column| ShapeColumn {
                docs: match &column.kind {
                    OutputKind::Nest(shaped) => shaped.docs.clone(),
                    OutputKind::Named(_) => None,
                },
                column,
            })
            .collect();
        let shape = self.row_shape(&columns);
        let body = self.close(Wanted::Named, span);
        Some(Shaped {
            nest: Nest { body, list, shape },
            nullable: !list,
            docs: text_of(docs),
        })
    }

    /// Ends the scope of a nest with these items.
    fn close_nest(
        &mut self,
        columns: Vec<ShapeColumn>,
        list: bool,
        span: Span,
        docs: Option<&'a ast::Name>,
    ) -> Shaped {
        for column in &columns {
            if let OutputKind::Named(id) = column.column.kind {
                let value = self.named(id).value.clone();
                self.named[id.0 as usize].value = self.lift_windows(value);
            }
        }
        let shape = self.row_shape(&columns);
        self.scope().output = Some(Vec::new());
        let mut body = self.close(Wanted::Nothing, span);
        body.columns = self.hir_columns(columns);
        Shaped {
            nest: Nest { body, list, shape },
            nullable: !list,
            docs: text_of(docs),
        }
    }

    /// Makes a row's fields go by bare names here.
    fn see(&mut self, row: SourceId, span: Span) {
        let scope = self.scope();
        scope.item = Some(row);
        if !scope.sources.iter().any(|source| source.id == row) {
            scope.sources.push(Visible {
                name: Box::default(),
                id: row,
                span,
            });
        }
    }

    /// A row to one as an object, or null.
    fn object(
        &mut self,
        of: Meaning<'a>,
        items: &'a [ast::SelectItem],
        shape_span: Span,
        span: Span,
        docs: Option<&'a ast::Name>,
    ) -> Option<Shaped> {
        let row = match of {
            Meaning::Row(row) => row,
            Meaning::One(one) => self.imply(&one),
            Meaning::Value(expr) => match expr.ty.kind {
                crate::Type::Key(_) => match self.row_of_key(expr) {
                    Meaning::Row(row) => row,
                    Meaning::One(one) => self.imply(&one),
                    _ => return None,
                },
                crate::Type::Error => return None,
                _ => {
                    let what = self.type_name(&expr.ty);
                    self.report(Diagnostic::new(
                        &codes::NOT_A_RELATION,
                        span,
                        format!("`{{ … }}` stands behind a relation, and this is `{what}`"),
                    ));
                    return None;
                }
            },
            Meaning::Error => return None,
            other => {
                let what = self.describe(&other);
                let diagnostic = Diagnostic::new(
                    &codes::NOT_A_RELATION,
                    span,
                    format!("`{{ … }}` stands behind a relation, and this is {what}"),
                );
                let diagnostic = match other {
                    Meaning::Model(model, _) => {
                        let diagnostic = diagnostic.label("a model").help(format!(
                            "read the model first, then select: `from {} select …`",
                            self.schema.model(model).name
                        ));
                        match self.read_first(span) {
                            Some(edits) => diagnostic.fix_all(
                                djq_diagnostics::Applicability::Likely,
                                "read the model first",
                                edits,
                            ),
                            None => diagnostic,
                        }
                    }
                    _ => diagnostic,
                };
                self.report(diagnostic);
                return None;
            }
        };
        let nullable = self.source(row).nullable;
        let from = row;
        self.touch(row, span);
        if nullable
            && self.info(row).model.is_none()
            && self.info(row).columns.iter().all(|(_, ty)| ty.nullable)
        {
            let name = self.source(row).name.to_string();
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_NEST,
                    span,
                    format!("nothing tells whether there is a row of `{name}`"),
                )
                .label("each of its columns may be null")
                .help("select a column that is never null there, such as a key"),
            );
            return None;
        }
        self.open_scope(false);
        self.scope().from = Some(from);
        self.see(from, span);
        self.scope().aggregates = Aggregates::Refused("a nested object");
        // Inside of the object its row is there: null is the whole object.
        let known = self.sources.len();
        let before = self.present(from);
        let columns = self.shape_columns(items);
        self.absent(from, known, &before);
        for column in &columns {
            if let OutputKind::Named(id) = column.column.kind {
                let value = self.named(id).value.clone();
                self.refuse_windows(&value, "a nested object");
            }
        }
        let shape = self.row_shape(&columns);
        self.scopes.pop();
        let body = Pipeline {
            from: Some(from),
            ctes: Vec::new(),
            recursive: false,
            clauses: Vec::new(),
            columns: self.hir_columns(columns),
            at_most_one: true,
            span: span.to(shape_span),
        };
        Some(Shaped {
            nest: Nest {
                body,
                list: false,
                shape,
            },
            nullable,
            docs: text_of(docs),
        })
    }

    /// Takes a row as there, and what hangs on it by required keys. Gives what was so before.
    fn present(&mut self, row: SourceId) -> Vec<(usize, bool)> {
        let mut before = vec![(row.0 as usize, self.source(row).nullable)];
        self.sources[row.0 as usize].nullable = false;
        for at in 0..self.sources.len() {
            let Some(link) = &self.sources[at].link else {
                continue;
            };
            let parent = link.parent.0 as usize;
            if self.sources[at].role == Role::Implied
                && before
                    .iter()
                    .any(|(known, _)| *known == parent && *known != at)
            {
                let nullable = !link.total || self.sources[parent].nullable;
                before.push((at, self.sources[at].nullable));
                self.sources[at].nullable = nullable;
            }
        }
        before
    }

    /// Takes it back, for the new sources too.
    fn absent(&mut self, row: SourceId, known: usize, before: &[(usize, bool)]) {
        for (at, nullable) in before {
            self.sources[*at].nullable = *nullable;
        }
        let nullable = self.source(row).nullable;
        let mut hanging = vec![row.0 as usize];
        hanging.extend(before.iter().map(|(at, _)| *at));
        for at in known..self.sources.len() {
            let parent = self.sources[at]
                .link
                .as_ref()
                .map(|link| link.parent.0 as usize);
            if self.sources[at].role == Role::Implied
                && parent.is_some_and(|parent| hanging.contains(&parent))
            {
                self.sources[at].nullable |= nullable;
                hanging.push(at);
            }
        }
    }

    /// The items of a shape, for the row that goes by bare names.
    pub(crate) fn shape_items(&mut self, shape: &'a ast::Shape) -> Vec<ShapeColumn> {
        self.shape_columns(&shape.items)
    }

    fn shape_columns(&mut self, items: &'a [ast::SelectItem]) -> Vec<ShapeColumn> {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            let at = items.first().map_or_else(Span::default, |first| first.span);
            let items = self.bounded(items, at, "columns");
            let mut columns: Vec<ShapeColumn> = Vec::with_capacity(items.len());
            self.scope().aggregates = match self.scope().frame().kind {
                FrameKind::Grouped(_) => Aggregates::Total,
                _ => Aggregates::Refused("a nested relation"),
            };
            for item in items {
                self.shape_item(item, &mut columns);
            }
            let output: Vec<OutputColumn> =
                columns.iter().map(|item| item.column.clone()).collect();
            self.check_output_names(&output);
            columns
        })
    }

    fn shape_item(&mut self, item: &'a ast::SelectItem, columns: &mut Vec<ShapeColumn>) {
        let docs = text_of(item.docs.as_ref());
        match &item.kind {
            ast::SelectItemKind::Spread(name) => {
                let Some(row) =
                    self.scope()
                        .item
                        .or(self.scope().sources.first().map(|source| source.id))
                else {
                    return;
                };
                let found = self
                    .info(row)
                    .model
                    .and_then(|model| self.names.member(self.schema, model, &name.text));
                let Some(place) = found else {
                    let candidates: Vec<&str> = self
                        .info(row)
                        .model
                        .into_iter()
                        .flat_map(|model| self.names.member_names(model))
                        .collect();
                    self.report(with_nearest(
                        Diagnostic::new(
                            &codes::UNKNOWN_NAME,
                            name.span,
                            format!("there is no shape `{}`", name.text),
                        ),
                        name.span,
                        nearest(&name.text, candidates),
                    ));
                    return;
                };
                self.fact(
                    name.span,
                    crate::facts::FactKind::Definition(self.names.definitions[place].ast.name.span),
                );
                let ast::DefBody::Shape(shape) = &self.names.definitions[place].ast.body else {
                    self.report(
                        Diagnostic::new(
                            &codes::MISPLACED_NEST,
                            name.span,
                            format!("`{}` is not a shape", name.text),
                        )
                        .help(format!("write `{}` without the dots", name.text)),
                    );
                    return;
                };
                let found =
                    self.in_definition(place, |walker| Some(walker.shape_columns(&shape.items)));
                for mut column in found.unwrap_or_default() {
                    column.column.span = name.span;
                    columns.push(column);
                }
            }
            // `author { name }`, and `name` of a shape: in braces a bare relation's name nests too.
            _ => {
                let mut output = Vec::new();
                self.select_item(item, &mut output);
                for column in output {
                    let docs = docs.clone().or_else(|| match &column.kind {
                        OutputKind::Nest(shaped) => shaped.docs.clone(),
                        OutputKind::Named(_) => None,
                    });
                    columns.push(ShapeColumn { column, docs });
                }
            }
        }
    }

    fn hir_columns(&mut self, columns: Vec<ShapeColumn>) -> Vec<Column> {
        let columns: Vec<Column> = columns
            .into_iter()
            .map(|item| Column {
                name: item.column.name,
                kind: match item.column.kind {
                    OutputKind::Named(id) => ColumnKind::Value(self.named(id).value.clone()),
                    OutputKind::Nest(shaped) => ColumnKind::Nest(Box::new(shaped.nest)),
                },
            })
            .collect();
        self.refuse_composite_columns(&columns);
        columns
    }

    fn row_shape(&self, columns: &[ShapeColumn]) -> RowShape {
        RowShape {
            fields: columns
                .iter()
                .map(|item| RowField {
                    name: item.column.name.clone(),
                    docs: item.docs.clone(),
                    kind: self.row_field(&item.column.kind),
                })
                .collect(),
        }
    }

    /// What an output column is to callers.
    pub(crate) fn row_field(&self, kind: &OutputKind) -> RowFieldKind {
        match kind {
            OutputKind::Named(id) => RowFieldKind::Value(self.outside(&self.named(*id).value.ty)),
            OutputKind::Nest(shaped) if shaped.nest.list => {
                RowFieldKind::List(shaped.nest.shape.clone())
            }
            OutputKind::Nest(shaped) => RowFieldKind::Object {
                shape: shaped.nest.shape.clone(),
                nullable: shaped.nullable,
            },
        }
    }
}

/// Whether a pipeline in parentheses selects, or groups by, more than the one column of a value.
pub(crate) fn gives_columns(body: &ast::Pipeline) -> bool {
    let selected = body
        .clauses
        .iter()
        .rev()
        .find_map(|clause| match &clause.kind {
            ast::ClauseKind::Select(items) => Some(
                items.len() > 1
                    || items.iter().any(|item| match &item.kind {
                        ast::SelectItemKind::Star { .. } => true,
                        ast::SelectItemKind::Expr { value, .. } => {
                            matches!(strip(value), ast::ExprKind::Nest { .. })
                        }
                        _ => false,
                    }),
            ),
            ast::ClauseKind::GroupBy(keys) => Some(keys.len() > 1),
            _ => None,
        });
    selected.unwrap_or(false)
}

fn text_of(docs: Option<&ast::Name>) -> Option<Box<str>> {
    docs.map(|docs| docs.text.clone())
}
