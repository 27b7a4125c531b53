//! `select`: the output's columns, their names, stars; and the output where nothing is selected.

use crate::{
    facts::FactKind,
    hir::{ClauseKind, Expr, NamedId, SourceId, SourceKind},
    nest::gives_columns,
    paths::Meaning,
    scope::{Aggregates, FrameKind, OutputColumn, OutputKind},
    visit::has_aggregate,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::{FieldId, ModelId};
use djq_syntax::ast;

/// What is wanted of a pipeline's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Columns with names that differ.
    Named,
    /// Columns; their names are dropped.
    Unnamed,
    /// Nothing: only whether there are rows.
    Nothing,
}

/// The name that an expression gives its column.
pub(crate) fn default_name(expr: &ast::Expr) -> Option<Box<str>> {
    match &expr.kind {
        ast::ExprKind::Name(name) | ast::ExprKind::Field { name, .. } => Some(name.text.clone()),
        ast::ExprKind::Call(call) => Some(call.name.text.clone()),
        ast::ExprKind::Paren(inner) => default_name(inner),
        ast::ExprKind::Nest { base, .. } => default_name(base),
        ast::ExprKind::Pipeline(pipeline) if pipeline.with.is_empty() => {
            match pipeline.source.as_ref().map(|source| &source.kind) {
                Some(ast::SourceKind::Expr(source)) => default_name(source),
                _ => None,
            }
        }
        _ => None,
    }
}

impl<'a> Walker<'a> {
    pub(crate) fn select(&mut self, items: &'a [ast::SelectItem], clause: &'a ast::Clause) {
        self.allow(Aggregates::Total);
        let items = self.bounded(items, clause.keyword, "columns");
        let mut output = Vec::with_capacity(items.len());
        for item in items {
            self.select_item(item, &mut output);
        }
        self.commit(output, clause.keyword, clause.span);
    }

    /// Makes columns the output, and their names visible below.
    pub(crate) fn commit(&mut self, mut output: Vec<OutputColumn>, keyword: Span, span: Span) {
        let ids: Vec<NamedId> = output.iter().filter_map(OutputColumn::named).collect();
        let total = !matches!(self.scope().frame().kind, FrameKind::Grouped(_))
            && ids
                .iter()
                .any(|id| has_aggregate(&self.named[id.0 as usize].value));
        if total {
            self.scope()
                .push_frame(FrameKind::Grouped(Vec::new()), Vec::new(), keyword);
            for id in &ids {
                let value = self.named[id.0 as usize].value.clone();
                let value = self.settle(value);
                let level = self.scope().level;
                self.named[id.0 as usize].value = value;
                self.named_infos[id.0 as usize].level = level;
            }
            let nests = output
                .iter()
                .any(|column| matches!(column.kind, OutputKind::Nest(_)));
            if nests {
                output.retain(|column| matches!(column.kind, OutputKind::Named(_)));
                self.report(
                    Diagnostic::new(
                        &codes::MISPLACED_NEST,
                        keyword,
                        "an aggregate without `group by` makes one row, which has no relations",
                    )
                    .help("add `group by` with the source whose rows are meant"),
                );
            }
        }
        let names: Vec<(Box<str>, NamedId)> = output
            .iter()
            .filter_map(|column| Some((column.name.clone(), column.named()?)))
            .filter(|(name, _)| !name.is_empty())
            .collect();
        let scope = self.scope();
        scope.frame_mut().names.extend(names);
        scope.output = Some(output);
        self.push_clause(ClauseKind::Select(ids), span);
    }

    /// The columns that an item makes.
    pub(crate) fn select_item(
        &mut self,
        item: &'a ast::SelectItem,
        output: &mut Vec<OutputColumn>,
    ) {
        match &item.kind {
            ast::SelectItemKind::Expr { value, alias } => {
                self.select_expr(value, alias.as_ref(), item.docs.as_ref(), output);
            }
            ast::SelectItemKind::Star { of, except, prefix } => {
                self.lint_star(item.span);
                self.star(of.as_ref(), except, prefix.as_ref(), item.span, output);
            }
            ast::SelectItemKind::Spread(name) => {
                self.report(
                    Diagnostic::new(
                        &codes::MISPLACED_NEST,
                        item.span,
                        format!("`..{}` spreads a shape inside of `{{ }}`", name.text),
                    )
                    .help("name the fields, or write `source.*`"),
                );
            }
            ast::SelectItemKind::Error => self.scope().grain.unknown = true,
        }
    }

    fn select_expr(
        &mut self,
        value: &'a ast::Expr,
        alias: Option<&'a ast::Name>,
        docs: Option<&'a ast::Name>,
        output: &mut Vec<OutputColumn>,
    ) {
        let (value, alias) = match alias {
            None => self
                .named_before(value)
                .map_or((value, None), |(value, name)| (value, Some(name))),
            named => (value, named),
        };
        let name = alias.map_or_else(|| default_name(value), |alias| Some(alias.text.clone()));
        let span = alias.map_or(value.span, |alias| alias.span);
        if let ast::ExprKind::Nest { base, shape } = strip(value) {
            if let Some(mut shaped) = self.nest(base, shape, docs) {
                self.settle_pipeline(&mut shaped.nest.body);
                output.push(OutputColumn {
                    name: name.unwrap_or_default(),
                    span,
                    aliased: alias.is_some(),
                    kind: OutputKind::Nest(Box::new(shaped)),
                });
            }
            return;
        }
        let meaning = self.resolve(value);
        match meaning {
            Meaning::Shape { of, shape } => {
                if let Some(mut shaped) = self.nest_defined(*of, shape, value.span, docs) {
                    self.settle_pipeline(&mut shaped.nest.body);
                    output.push(OutputColumn {
                        name: name.unwrap_or_default(),
                        span,
                        aliased: alias.is_some(),
                        kind: OutputKind::Nest(Box::new(shaped)),
                    });
                }
            }
            Meaning::Many(many)
                if self.ends_in_shape(&many)
                    || matches!(strip(value), ast::ExprKind::Pipeline(body) if gives_columns(body)) =>
            {
                if let Some(mut shaped) = self.nest_many(&many, None, docs) {
                    self.settle_pipeline(&mut shaped.nest.body);
                    output.push(OutputColumn {
                        name: name.unwrap_or_default(),
                        span,
                        aliased: alias.is_some(),
                        kind: OutputKind::Nest(Box::new(shaped)),
                    });
                }
            }
            Meaning::Row(id) if alias.is_none() => {
                self.whole_row(id, "", &[], value.span, output);
            }
            other => {
                let expr = self.value_of(other, value.span);
                let expr = self.settle(expr);
                self.fact(value.span, FactKind::Value(expr.ty.clone()));
                let expr = self.typing().value(expr);
                let name = name.unwrap_or_default();
                let id = self.add_named(&name, expr, span);
                output.push(OutputColumn {
                    name,
                    span,
                    aliased: alias.is_some(),
                    kind: OutputKind::Named(id),
                });
            }
        }
    }

    /// The fields of a row as columns.
    fn whole_row(
        &mut self,
        id: SourceId,
        prefix: &str,
        except: &[&str],
        span: Span,
        output: &mut Vec<OutputColumn>,
    ) {
        self.touch(id, span);
        let mut columns: Vec<(Box<str>, Expr)> = Vec::new();
        if let SourceKind::Model(model) = self.source(id).kind {
            for field in fields_of(self.schema, model) {
                let of = self.schema.field(field);
                if except.contains(&&*of.name) || except.contains(&&*of.attname) {
                    continue;
                }
                columns.push((of.attname.clone(), self.whole_field(id, field, span)));
            }
        } else {
            for place in 0..self.info(id).columns.len() {
                let (name, ty) = self.info(id).columns[place].clone();
                if except.contains(&&*name) {
                    continue;
                }
                let nullable = ty.nullable || self.source(id).nullable;
                columns.push((
                    name,
                    Expr {
                        kind: crate::hir::ExprKind::Output(
                            id,
                            u32::try_from(place).unwrap_or(u32::MAX),
                        ),
                        ty: ty.with_null(nullable),
                        span,
                    },
                ));
            }
        }
        for (name, value) in columns {
            let name: Box<str> = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}{name}").into()
            };
            let value = self.settle(value);
            let named = self.add_named(&name, value, span);
            output.push(OutputColumn {
                name,
                span,
                aliased: false,
                kind: OutputKind::Named(named),
            });
        }
    }

    /// A field's column; a foreign key's holds the key, so that it can be followed.
    fn whole_field(&mut self, id: SourceId, field: FieldId, span: Span) -> Expr {
        let mut value = self.field_at(id, field, span);
        let of = self.schema.field(field);
        if let Some(index) = of.relation {
            let relation = self.schema.relation(djq_schema::RelationId {
                model: field.model,
                index,
            });
            if let (Some(target), [hop]) = (relation.target, relation.hops.as_slice())
                && hop.on.len() == 1
                && hop
                    .on
                    .iter()
                    .map(|(_, right)| *right)
                    .eq(self.schema.primary_key(target))
            {
                value.ty.kind = crate::Type::Key(self.schema.concrete(target));
            }
        }
        value
    }

    fn star(
        &mut self,
        of: Option<&'a ast::Expr>,
        except: &'a [ast::Name],
        prefix: Option<&'a ast::Name>,
        span: Span,
        output: &mut Vec<OutputColumn>,
    ) {
        let prefix = prefix.map_or("", |prefix| &*prefix.text);
        let without: Vec<&str> = except.iter().map(|name| &*name.text).collect();
        let first = output.len();
        let mut offered: Vec<SourceId> = Vec::new();
        match of {
            Some(of) => {
                let meaning = match &of.kind {
                    ast::ExprKind::Name(name) => self.lookup(name, true),
                    _ => self.resolve(of),
                };
                match meaning {
                    Meaning::Row(id) => offered.push(id),
                    Meaning::One(one) => offered.push(self.imply(&one)),
                    Meaning::Value(expr) if matches!(expr.ty.kind, crate::Type::Key(_)) => {
                        let crate::Type::Key(target) = expr.ty.kind else {
                            return;
                        };
                        let id = match &expr.kind {
                            crate::hir::ExprKind::Named(id) => self.key_models.get(id).copied(),
                            _ => None,
                        };
                        if self.refuse_key_of_many(&expr) {
                            return;
                        }
                        let id = id.unwrap_or_else(|| {
                            self.imply(&crate::paths::One {
                                span: expr.span,
                                via: crate::paths::Via::Key(Box::new(expr)),
                                target,
                            })
                        });
                        offered.push(id);
                    }
                    Meaning::Error => return,
                    Meaning::Many(many) => {
                        let text = self.relation_word(&many);
                        self.report(
                            Diagnostic::new(
                                &codes::TO_MANY_VALUE,
                                of.span,
                                format!("`{text}` leads to many rows, which have no columns here"),
                            )
                            .help("nest them: write the relation with `{ … }` behind it"),
                        );
                        return;
                    }
                    other => {
                        let what = self.describe(&other);
                        self.report(Diagnostic::new(
                            &codes::NOT_A_RELATION,
                            of.span,
                            format!("`.*` needs a row, and this is {what}"),
                        ));
                        return;
                    }
                }
                for id in &offered {
                    self.whole_row(*id, prefix, &without, span, output);
                }
            }
            None => match self.scope().frame().kind {
                FrameKind::Rows => {
                    offered = self
                        .scope()
                        .sources
                        .iter()
                        .map(|source| source.id)
                        .collect();
                    for id in &offered {
                        self.whole_row(*id, prefix, &without, span, output);
                    }
                }
                FrameKind::Grouped(_) => self.key_columns(span, output),
                FrameKind::Distinct(_) | FrameKind::SetOperation => {
                    output.extend(self.scope().output.clone().unwrap_or_default());
                }
            },
        }
        for name in except {
            let known = offered.iter().any(|id| self.has_member(*id, &name.text));
            if !known && !offered.is_empty() {
                let columns: Vec<String> = output[first..]
                    .iter()
                    .map(|column| column.name.to_string())
                    .collect();
                self.report(crate::names::with_nearest(
                    Diagnostic::new(
                        &codes::UNKNOWN_FIELD,
                        name.span,
                        format!("there is no `{}` to leave out", name.text),
                    ),
                    name.span,
                    djq_diagnostics::nearest(&name.text, columns.iter().map(String::as_str)),
                ));
            }
        }
    }

    fn key_columns(&mut self, span: Span, output: &mut Vec<OutputColumn>) {
        let FrameKind::Grouped(keys) = &self.scope().frame().kind else {
            return;
        };
        for key in keys.clone() {
            let named = self.named(key.named);
            let at = if named.name.is_empty() {
                named.span
            } else {
                span
            };
            let name = named.name.clone();
            output.push(OutputColumn {
                name,
                span: at,
                aliased: false,
                kind: OutputKind::Named(key.named),
            });
        }
    }

    /// The output where nothing is selected: the fields of the `from` source, or the keys.
    pub(crate) fn default_output(&mut self, span: Span) {
        let mut output = Vec::new();
        match self.scope().frame().kind {
            FrameKind::Rows => {
                if let Some(from) = self.scope().item.or(self.scope().from) {
                    let at = self.source(from).span;
                    self.whole_row(from, "", &[], at, &mut output);
                }
            }
            FrameKind::Grouped(_) => self.key_columns(span, &mut output),
            FrameKind::Distinct(_) | FrameKind::SetOperation => return,
        }
        if output.is_empty() && !self.scope().grain.unknown {
            let reads = self.scope().from.is_some();
            self.report(if !reads {
                Diagnostic::new(
                    &codes::NO_COLUMNS,
                    span,
                    "this reads nothing and gives nothing",
                )
                .help("a pipeline begins with `from M`, or with `select` for values alone")
            } else {
                Diagnostic::new(&codes::NO_COLUMNS, span, "this gives rows without columns")
                    .help("add a `select`")
            });
        }
        self.scope().output = Some(output);
    }

    /// The output as named values, selected now if nothing was.
    pub(crate) fn selected_ids(&mut self, span: Span) -> Vec<NamedId> {
        if self.scope().output.is_none() {
            self.default_output(span);
            let output = self.scope().output.take().unwrap_or_default();
            self.commit(output, span, span);
        }
        let output = self.scope().output.clone().unwrap_or_default();
        let nests = output
            .iter()
            .find(|column| matches!(column.kind, OutputKind::Nest(_)));
        if let Some(nest) = nests {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_NEST,
                    span,
                    format!(
                        "`{}` is nested, and nested rows are not compared",
                        nest.name
                    ),
                )
                .because(nest.span, "nested here")
                .help("nest after this clause"),
            );
        }
        output.iter().filter_map(OutputColumn::named).collect()
    }

    /// The names of the output.
    pub(crate) fn output_names(&mut self) -> Vec<(Box<str>, NamedId)> {
        self.scope()
            .output
            .iter()
            .flatten()
            .filter_map(|column| Some((column.name.clone(), column.named()?)))
            .collect()
    }

    /// Says which columns have no name, or that of another.
    pub(crate) fn check_output_names(&mut self, columns: &[OutputColumn]) {
        let mut said: Option<Span> = None;
        for (at, column) in columns.iter().enumerate() {
            if said == Some(column.span) {
                continue;
            }
            if column.name.is_empty() {
                if let Some(id) = column.named()
                    && self.named(id).value.ty.kind == crate::Type::Error
                {
                    continue;
                }
                self.report(
                    Diagnostic::new(
                        &codes::UNNAMED_COLUMN,
                        column.span,
                        "this column needs a name",
                    )
                    .label("an expression has no name of its own")
                    .fix(
                        Applicability::Likely,
                        "name it with `as`",
                        column.span.after(),
                        format!(" as value{}", at + 1),
                    ),
                );
            } else if let Some(first) = columns[..at].iter().find(|first| first.name == column.name)
            {
                said = Some(column.span);
                let mut diagnostic = Diagnostic::new(
                    &codes::DUPLICATE_COLUMN,
                    column.span,
                    format!("two columns are called `{}`", column.name),
                )
                .label("the second");
                if first.span != column.span {
                    diagnostic = diagnostic.because(first.span, "the first");
                }
                let other = format!("{}{}", column.name, at + 1);
                let of_star = columns
                    .iter()
                    .filter(|other| other.span == column.span)
                    .count()
                    > 1;
                self.report(if first.span != column.span && of_star {
                    diagnostic.fix(
                        Applicability::Likely,
                        "leave it out of the star",
                        column.span.after(),
                        format!(" except ({})", column.name),
                    )
                } else if first.span == column.span {
                    diagnostic
                        .help("name the columns, or give one source's star a prefix: `e.* as e_*`")
                } else if column.aliased {
                    diagnostic.fix(
                        Applicability::Likely,
                        "give it another name",
                        column.span,
                        other,
                    )
                } else {
                    diagnostic.fix(
                        Applicability::Likely,
                        "name it with `as`",
                        column.span.after(),
                        format!(" as {other}"),
                    )
                });
            }
        }
    }
}

impl OutputColumn {
    pub(crate) fn named(&self) -> Option<NamedId> {
        match self.kind {
            OutputKind::Named(id) => Some(id),
            OutputKind::Nest(_) => None,
        }
    }
}

/// The fields of a model with its multi-table parents', parents first.
pub(crate) fn fields_of(schema: &djq_schema::Schema, model: ModelId) -> Vec<FieldId> {
    fn go(schema: &djq_schema::Schema, model: ModelId, depth: u32, into: &mut Vec<FieldId>) {
        let model = schema.concrete(model);
        let of = schema.model(model);
        if depth < 16 {
            for parent in &of.parents {
                if let Some(target) = of
                    .relations
                    .get(*parent as usize)
                    .and_then(|relation| relation.target)
                {
                    go(schema, target, depth + 1, into);
                }
            }
        }
        into.extend(
            (0u32..)
                .take(of.fields.len())
                .map(|index| FieldId { model, index }),
        );
    }
    let mut fields = Vec::new();
    go(schema, model, 0, &mut fields);
    fields
}

/// Without parentheses.
pub(crate) fn strip(expr: &ast::Expr) -> &ast::ExprKind {
    match &expr.kind {
        ast::ExprKind::Paren(inner) => strip(inner),
        kind => kind,
    }
}
