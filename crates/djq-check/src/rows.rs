//! Sources of rows that no table holds: literal rows, a list of rows as a parameter, `series`.

use crate::{
    Ty, Type,
    functions::FunctionId,
    hir::{
        BinaryOperator, Clause, ClauseKind, Column, ColumnKind, Expr, ExprKind, Literal, ParamId,
        Pipeline, Role, Rows, RowsKind, SourceId, SourceKind,
    },
    paths::Meaning,
    scope::Aggregates,
    sources::called,
    typing::Series,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;
use std::collections::HashSet;

impl<'a> Walker<'a> {
    /// The source of an expression that makes rows; `None` after a diagnostic.
    pub(crate) fn made_rows(
        &mut self,
        expr: &'a ast::Expr,
        alias: Option<&'a ast::Name>,
        role: Role,
    ) -> Option<SourceId> {
        match &expr.kind {
            ast::ExprKind::List(rows) => {
                let rows = self.literal_rows(rows, expr.span)?;
                let unique = distinct_columns(&rows);
                Some(self.rows_source(rows, alias, "rows", expr.span, role, unique))
            }
            ast::ExprKind::Parameter(name) => {
                let rows = self.parameter_rows(name)?;
                Some(self.rows_source(rows, alias, &name.text, expr.span, role, Vec::new()))
            }
            ast::ExprKind::Sql(escape) => self.sql_source(escape, alias, expr.span, role),
            ast::ExprKind::Call(call) => self.series(call, alias, expr.span, role),
            _ => None,
        }
    }

    /// `sql<id: int>"…"` as a source.
    pub(crate) fn sql_source(
        &mut self,
        escape: &'a ast::SqlEscape,
        alias: Option<&'a ast::Name>,
        span: Span,
        role: Role,
    ) -> Option<SourceId> {
        self.allow(Aggregates::Refused("`sql<…>`"));
        let rows = self.sql_rows(escape, span)?;
        Some(self.rows_source(rows, alias, "rows", span, role, Vec::new()))
    }

    fn rows_source(
        &mut self,
        rows: Rows,
        alias: Option<&'a ast::Name>,
        name: &str,
        span: Span,
        role: Role,
        unique: Vec<Vec<u32>>,
    ) -> SourceId {
        let columns = rows.columns.clone();
        let kind = SourceKind::Rows(Box::new(rows));
        let (name, span) = called(alias, name, span);
        self.source_of_columns(kind, name, span, role, columns, unique)
    }

    /// `[{id: 1, name: 'a'}, …]`: the first row says which fields there are.
    fn literal_rows(&mut self, items: &'a [ast::Expr], span: Span) -> Option<Rows> {
        let mut names: Vec<&'a ast::Name> = Vec::new();
        let mut columns: Vec<Vec<Expr>> = Vec::new();
        let mut failed = false;
        for (at, item) in items.iter().enumerate() {
            let ast::ExprKind::Record(fields) = &item.kind else {
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_SOURCE,
                        item.span,
                        "this is a value, not a row",
                    )
                    .help("write rows, with a name for each value: `[{id: 1}, {id: 2}]`"),
                );
                return None;
            };
            if at == 0 {
                names = fields.iter().map(|(name, _)| name).collect();
                columns = names
                    .iter()
                    .map(|_| Vec::with_capacity(items.len()))
                    .collect();
                for (place, name) in names.iter().enumerate() {
                    if let Some(first) = names[..place].iter().find(|first| first.text == name.text)
                    {
                        let first = first.span;
                        self.report(crate::names::duplicate("field", name, first));
                        failed = true;
                    }
                }
            }
            failed |= !self.literal_row(&names, fields, item.span, &mut columns);
        }
        if names.is_empty() {
            self.report(
                Diagnostic::new(
                    &codes::NOT_A_SOURCE,
                    span,
                    "nothing says which columns these rows have",
                )
                .help("write at least one row with a field: `[{id: 1}]`"),
            );
            return None;
        }
        if failed {
            return None;
        }
        let mut typed: Vec<(Box<str>, Ty)> = Vec::with_capacity(names.len());
        for (name, values) in names.iter().zip(&mut columns) {
            let nullable = values
                .iter()
                .any(|value| value.ty.nullable || value.ty.kind == Type::Null);
            let what = format!("the values of `{}`", name.text);
            let mut each: Vec<&mut Expr> = values.iter_mut().collect();
            let kind = self.typing().unify(&mut each, &what)?;
            if kind == Type::Null {
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_VALUE,
                        name.span,
                        format!("nothing says what type `{}` has", name.text),
                    )
                    .help("give a null its type: `null::text`"),
                );
                return None;
            }
            for value in values.iter_mut() {
                value.ty.kind = kind.clone();
            }
            typed.push((name.text.clone(), kind.required().with_null(nullable)));
        }
        let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        let rows = items
            .iter()
            .map(|_| columns.iter_mut().filter_map(Iterator::next).collect())
            .collect();
        Some(Rows {
            columns: typed,
            kind: RowsKind::Literal(rows),
        })
    }

    /// Adds a row's values to those of each column.
    fn literal_row(
        &mut self,
        names: &[&'a ast::Name],
        fields: &'a [(ast::Name, ast::Expr)],
        span: Span,
        columns: &mut [Vec<Expr>],
    ) -> bool {
        let unknown = fields
            .iter()
            .find(|(name, _)| !names.iter().any(|known| known.text == name.text));
        let missing = names
            .iter()
            .find(|name| !fields.iter().any(|(known, _)| known.text == name.text));
        if let Some((name, _)) = unknown {
            let near = djq_diagnostics::nearest(&name.text, names.iter().map(|name| &*name.text));
            self.report(crate::names::with_nearest(
                Diagnostic::new(
                    &codes::UNKNOWN_FIELD,
                    name.span,
                    format!("the first row has no `{}`", name.text),
                ),
                name.span,
                near,
            ));
            return false;
        }
        if let Some(name) = missing {
            self.report(
                Diagnostic::new(
                    &codes::UNKNOWN_FIELD,
                    span,
                    format!("this row has no `{}`", name.text),
                )
                .because(name.span, "the first row has it")
                .help(format!(
                    "every row has the same fields; write `{}: null` where there is no value",
                    name.text
                )),
            );
            return false;
        }
        for (name, values) in names.iter().zip(columns) {
            let given: Vec<&'a (ast::Name, ast::Expr)> = fields
                .iter()
                .filter(|(known, _)| known.text == name.text)
                .collect();
            if let [(first, _), (second, _), ..] = given.as_slice() {
                self.report(crate::names::duplicate("field", second, first.span));
                return false;
            }
            if let [(_, value)] = given.as_slice() {
                self.allow(Aggregates::Refused("literal rows"));
                let value = self.clause_expr(value);
                values.push(value);
            }
        }
        true
    }

    /// `$rows`.
    fn parameter_rows(&mut self, name: &'a ast::Name) -> Option<Rows> {
        let id: ParamId = self.use_value(name)?;
        let ty = self.parameters.ty(id).cloned();
        let declare = format!("{}: [{{id: int, name: text}}]", name.text);
        let Some(ty) = ty else {
            self.report(
                Diagnostic::new(
                    &codes::UNTYPED_PARAMETER,
                    name.span,
                    format!(
                        "nothing here says which fields the rows of `${}` have",
                        name.text
                    ),
                )
                .help(format!("declare it in a query: `query name({declare})`")),
            );
            self.parameters.infer(id, &Type::Error, name.span);
            return None;
        };
        let fields = match &ty.kind {
            Type::List(of) => match &of.kind {
                Type::Row(fields) if fields.iter().all(|(name, _)| !name.is_empty()) => {
                    fields.to_vec()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if fields.is_empty() {
            let declared = self.parameters.entries[id.0 as usize].span;
            let of = self.type_name(&ty);
            self.report(
                Diagnostic::new(
                    &codes::NOT_A_SOURCE,
                    name.span,
                    format!("`${}` is of type `{of}`, which are no rows", name.text),
                )
                .because(declared, "declared here")
                .help(format!("declare it as a list of rows: `{declare}`")),
            );
            return None;
        }
        for (field, ty) in &fields {
            if matches!(ty.kind, Type::List(_) | Type::Row(_)) {
                let declared = self.parameters.entries[id.0 as usize].span;
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_SOURCE,
                        declared,
                        format!("the field `{field}` holds more than a value"),
                    )
                    .help("a row's fields are single values"),
                );
                return None;
            }
        }
        Some(Rows {
            columns: fields,
            kind: RowsKind::Parameter(id),
        })
    }

    /// `series(first, last [, step])`.
    fn series(
        &mut self,
        call: &'a ast::Call,
        alias: Option<&'a ast::Name>,
        span: Span,
        role: Role,
    ) -> Option<SourceId> {
        let plain = call.base.is_none()
            && call.distinct.is_none()
            && call.condition.is_none()
            && call.order_by.is_empty()
            && call.limit.is_none()
            && call.over.is_none();
        if !plain || !(2..=3).contains(&call.arguments.len()) {
            self.report(
                Diagnostic::new(
                    &codes::ARGUMENT_COUNT,
                    span,
                    "`series` takes its first value, its last, and perhaps the step between them",
                )
                .help("write `series(1, 10)` or `series(1, 10, 2)`"),
            );
            return None;
        }
        self.allow(Aggregates::Refused("`series`"));
        let arguments: Vec<Expr> = call
            .arguments
            .iter()
            .map(|argument| self.clause_expr(argument))
            .collect();
        for argument in &arguments {
            self.refuse_windows(argument, "`series`");
        }
        let mut arguments = arguments.into_iter();
        let (first, last) = (arguments.next()?, arguments.next()?);
        let series = self.typing().series(first, last, arguments.next(), span)?;
        let name = alias.map_or("series", |alias| &*alias.text);
        let id = match series {
            Series::Whole {
                first,
                last,
                step,
                ty,
            } => {
                let rows = whole(name, first, last, step, ty);
                self.rows_source(rows, alias, name, span, role, vec![vec![0]])
            }
            Series::Moments { .. } => self.moments(series, alias, name, span, role),
        };
        self.info_mut(id).is_value = true;
        Some(id)
    }

    /// A series of dates or datetimes: a pipeline over one of whole numbers.
    fn moments(
        &mut self,
        series: Series,
        alias: Option<&'a ast::Name>,
        name: &str,
        span: Span,
        role: Role,
    ) -> SourceId {
        let Series::Moments {
            first,
            last,
            distance,
            step,
            add,
            check,
            ty,
        } = series
        else {
            return SourceId(0);
        };
        let number = match (&distance.ty.kind, &step.ty.kind) {
            (Type::Int, Type::Int) => Type::Int,
            _ => Type::BigInt,
        };
        let rows = whole(
            "n",
            literal(0, span),
            distance,
            step.clone(),
            number.clone(),
        );
        self.open_scope(false);
        let numbers = self.rows_source(rows, None, "n", span, Role::From, vec![vec![0]]);
        let n = value_of(numbers, number.required(), span);
        let steps = if add == FunctionId::DateTimeAdd {
            let unit = Expr {
                kind: ExprKind::Literal(Literal::Duration(1)),
                ty: Type::Duration.required(),
                span,
            };
            Expr {
                kind: ExprKind::Binary(BinaryOperator::Multiply, Box::new(unit), Box::new(n)),
                ty: Type::Duration.required(),
                span,
            }
        } else {
            n
        };
        let value = Expr {
            ty: ty.clone().required(),
            kind: ExprKind::Call(add, vec![first, steps]),
            span,
        };
        let mut clauses = Vec::new();
        if check {
            clauses.push(Clause {
                kind: ClauseKind::Where(not_behind(&value, last, &step, span)),
                guard: None,
                span,
            });
        }
        self.scopes.pop();
        let body = Pipeline {
            from: Some(numbers),
            ctes: Vec::new(),
            recursive: false,
            clauses,
            columns: vec![Column {
                name: name.into(),
                kind: ColumnKind::Value(value),
            }],
            at_most_one: false,
            span,
        };
        let columns = vec![(Box::from(name), ty.required())];
        let kind = SourceKind::Derived(Box::new(body));
        let (name, span) = called(alias, name, span);
        self.source_of_columns(kind, name, span, role, columns, vec![vec![0]])
    }

    /// What the name of a source of single values stands for.
    pub(crate) fn value_of_row(&mut self, id: SourceId, span: Span) -> Meaning<'a> {
        let ty = match self.info(id).columns.first() {
            Some((_, ty)) => ty.clone(),
            None => Type::Error.required(),
        };
        let nullable = ty.nullable || self.source(id).nullable;
        Meaning::Value(value_of(id, ty.with_null(nullable), span))
    }
}

fn value_of(id: SourceId, ty: Ty, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Output(id, 0),
        ty,
        span,
    }
}

fn literal(value: i64, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Literal(Literal::Int(value)),
        ty: Type::Int.required(),
        span,
    }
}

fn whole(name: &str, first: Expr, last: Expr, step: Expr, ty: Type) -> Rows {
    Rows {
        columns: vec![(name.into(), ty.required())],
        kind: RowsKind::Series {
            first: Box::new(first),
            last: Box::new(last),
            step: Box::new(step),
        },
    }
}

/// Whether a value is not behind the end, the way that the step goes.
fn not_behind(value: &Expr, last: Expr, step: &Expr, span: Span) -> Expr {
    let compare = |operator, left: Expr, right: Expr| Expr {
        ty: Type::Bool
            .required()
            .with_null(left.ty.nullable || right.ty.nullable),
        kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)),
        span,
    };
    let up = compare(BinaryOperator::LessEqual, value.clone(), last.clone());
    let down = compare(BinaryOperator::GreaterEqual, value.clone(), last);
    match step.kind {
        ExprKind::Literal(Literal::Int(step) | Literal::Duration(step)) if step > 0 => up,
        ExprKind::Literal(_) => down,
        _ => {
            let sign = |operator| compare(operator, step.clone(), literal(0, span));
            let up = compare(BinaryOperator::And, sign(BinaryOperator::Greater), up);
            let down = compare(BinaryOperator::And, sign(BinaryOperator::Less), down);
            compare(BinaryOperator::Or, up, down)
        }
    }
}

/// The columns of literal rows in which each row has a value of its own, whatever the collation.
fn distinct_columns(rows: &Rows) -> Vec<Vec<u32>> {
    let RowsKind::Literal(rows) = &rows.kind else {
        return Vec::new();
    };
    let width = rows.first().map_or(0, Vec::len);
    (0u32..)
        .take(width)
        .filter(|place| {
            let mut seen = HashSet::with_capacity(rows.len());
            rows.iter().all(|row| {
                row.get(*place as usize)
                    .and_then(told_apart)
                    .is_some_and(|value| seen.insert(value))
            })
        })
        .map(|place| vec![place])
        .collect()
}

/// A literal that differs from others wherever this does.
fn told_apart(value: &Expr) -> Option<String> {
    let ExprKind::Literal(literal) = &value.kind else {
        return None;
    };
    match literal {
        Literal::Bool(value) => Some(value.to_string()),
        // Those that are one as floats are not told apart.
        Literal::Int(value) if value.unsigned_abs() < 1 << 53 => Some(value.to_string()),
        Literal::Date(text) => Some(text.to_string()),
        // No collation takes two of these for the same.
        Literal::Text(text) if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Some(text.to_ascii_lowercase())
        }
        _ => None,
    }
}
