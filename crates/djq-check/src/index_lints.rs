//! Lints about what the models' indexes can do: `unindexed-filter` and `null-order`.

use crate::{
    hir::{BinaryOperator, ClauseKind, Expr, ExprKind, Lookup, OrderKey, SourceId, SourceKind},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::{FieldId, Schema};

impl Walker<'_> {
    /// The conditions on a pipeline's first source, of which an index should serve one.
    pub(crate) fn lint_filters(&mut self) {
        let Some(from) = self.scope().from else {
            return;
        };
        let SourceKind::Model(_) = self.source(from).kind else {
            return;
        };
        if self.broken || self.source(from).link.is_some() {
            return;
        }
        let schema = self.schema;
        let mut conditions = Vec::new();
        let Some(scope) = self.scope_ref() else {
            return;
        };
        for clause in &scope.clauses {
            match &clause.kind {
                ClauseKind::Where(condition) if clause.guard.is_none() => {
                    conjuncts(condition, &mut conditions);
                }
                ClauseKind::Where(_)
                | ClauseKind::Let(_)
                | ClauseKind::Join { .. }
                | ClauseKind::OrderBy(_)
                | ClauseKind::Select(_) => {}
                _ => break,
            }
        }
        let mut first: Option<(Span, FieldId)> = None;
        for condition in conditions {
            let found = asked(condition).filter(|asked| asked.source == from);
            if let Some(asked) = found {
                if asked.by_value && leads_an_index(schema, asked.field) {
                    return;
                }
                first = first.or(Some((condition.span, asked.field)));
            } else if let Some(field) = only_of(condition, from) {
                first = first.or(field.map(|field| (condition.span, field)));
            } else {
                // What another source narrows, an index of that one may serve.
                return;
            }
        }
        if let Some((span, field)) = first {
            let of = schema.field(field);
            let label = &schema.model(field.model).label;
            let indexed = leads_an_index(schema, field);
            let mut diagnostic = Diagnostic::new(
                &codes::UNINDEXED_FILTER,
                span,
                format!("no index of `{label}` serves this, so every row is read"),
            );
            diagnostic = if indexed {
                diagnostic.help(format!(
                    "the index of `{}` serves comparisons and `startswith`",
                    of.name
                ))
            } else {
                diagnostic.help(format!(
                    "no index begins with `{}`: add one to the model, or filter by a field that has one",
                    of.name
                ))
            };
            self.lint(diagnostic);
        }
    }

    /// An order whose nulls are not where an index has them.
    pub(crate) fn lint_null_order(&mut self, keys: &[OrderKey]) {
        let Some(key) = keys.first() else { return };
        let ExprKind::Column(source, field) = key.value.kind else {
            return;
        };
        let of = self.schema.field(field);
        if !of.null || Some(source) != self.scope().from || !leads_an_index(self.schema, field) {
            return;
        }
        // Read forwards, PostgreSQL's indexes end in nulls, and those of the others begin with them.
        let (fits, other) = if key.descending == key.nulls_first {
            ("PostgreSQL", "MySQL and MariaDB")
        } else {
            ("MySQL and MariaDB", "PostgreSQL")
        };
        let place = if key.nulls_first { "first" } else { "last" };
        let turned = if key.nulls_first { "last" } else { "first" };
        let direction = if key.descending {
            "descending"
        } else {
            "ascending"
        };
        let diagnostic = Diagnostic::new(
            &codes::NULL_ORDER,
            key.value.span,
            format!("nulls {place} in {direction} order is the order of an index on {fits}, not on {other}"),
        )
        .label(format!("on {other} every row is sorted"))
        .help(format!(
            "leave them out (`where {} is not null`), or write `nulls {turned}` for {other}",
            of.name
        ));
        self.lint(diagnostic);
    }
}

/// What a condition asks of a column.
struct Asked {
    source: SourceId,
    field: FieldId,
    /// Whether an index on the column finds the rows.
    by_value: bool,
}

/// The conditions that must all be true.
fn conjuncts<'e>(condition: &'e Expr, found: &mut Vec<&'e Expr>) {
    let mut left = vec![condition];
    while let Some(condition) = left.pop() {
        match &condition.kind {
            ExprKind::Binary(BinaryOperator::And, a, b) => left.extend([&**b, &**a]),
            _ => found.push(condition),
        }
    }
}

/// The column that a condition compares, if it is that simple.
fn asked(condition: &Expr) -> Option<Asked> {
    use BinaryOperator as B;
    let column = |expr: &Expr, by_value| match expr.kind {
        ExprKind::Column(source, field) => Some(Asked {
            source,
            field,
            by_value,
        }),
        _ => None,
    };
    match &condition.kind {
        ExprKind::Binary(operator, left, right) => {
            let by_value = matches!(
                operator,
                B::Equal
                    | B::Less
                    | B::LessEqual
                    | B::Greater
                    | B::GreaterEqual
                    | B::NotDistinctFrom
            );
            column(left, by_value).or_else(|| column(right, by_value))
        }
        ExprKind::InList(value, _)
        | ExprKind::InParam(value, _)
        | ExprKind::InPipeline { value, .. }
        | ExprKind::IsNull(value) => column(value, true),
        ExprKind::Column(..) | ExprKind::IsBool(..) => column(condition, true),
        ExprKind::Lookup { lookup, value, .. } => {
            column(value, matches!(lookup, Lookup::StartsWith | Lookup::Like))
        }
        ExprKind::Unary(_, of) => asked(of).map(|asked| Asked {
            by_value: false,
            ..asked
        }),
        _ => None,
    }
}

/// A field of this source that the condition is about, if it has any; nothing where it is about more than that.
fn only_of(condition: &Expr, source: SourceId) -> Option<Option<FieldId>> {
    let both = |a: &Expr, b: &Expr| {
        let (a, b) = (only_of(a, source)?, only_of(b, source)?);
        Some(a.or(b))
    };
    match &condition.kind {
        ExprKind::Column(of, field) => (*of == source).then_some(Some(*field)),
        ExprKind::Literal(_) | ExprKind::Param(_) => Some(None),
        ExprKind::Unary(_, of)
        | ExprKind::Cast(of)
        | ExprKind::IsNull(of)
        | ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _) => only_of(of, source),
        ExprKind::Binary(_, a, b)
        | ExprKind::Lookup {
            value: a,
            pattern: b,
            ..
        } => both(a, b),
        ExprKind::Call(_, list) => {
            let mut first = None;
            for of in list {
                first = first.or(only_of(of, source)?);
            }
            Some(first)
        }
        _ => None,
    }
}

/// Whether an index, a unique constraint or the key of a field's model begins with it.
fn leads_an_index(schema: &Schema, field: FieldId) -> bool {
    let model = schema.model(field.model);
    let indexes = model
        .indexes
        .iter()
        .filter(|index| index.condition.is_none())
        .map(|index| index.fields.first());
    let uniques = model
        .unique
        .iter()
        .filter(|unique| unique.condition.is_none())
        .map(|unique| unique.fields.first());
    schema.primary_key(field.model).next() == Some(field)
        || indexes
            .chain(uniques)
            .any(|first| first == Some(&field.index))
}
