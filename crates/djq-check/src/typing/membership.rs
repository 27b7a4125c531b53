//! `in`: a value and a list, a list parameter, or the rows of a pipeline.

use super::{
    Operator,
    compare::Comparison,
    node::{self, negate, node},
};
use crate::{
    Ty, Type,
    hir::{ColumnKind, Expr, ExprKind, Literal, ParamId, Pipeline},
    sink::Typing,
};
use djq_diagnostics::{Diagnostic, Span, codes};

impl Typing<'_> {
    /// `x [not] in (a, b)`; an empty list holds nothing. `operator.kind` is not read.
    pub(crate) fn in_list(
        &mut self,
        operator: Operator,
        mut value: Expr,
        mut items: Vec<Expr>,
        span: Span,
    ) -> Expr {
        if node::is_error(&value) {
            for item in &items {
                self.silence(item);
            }
            return node::error(span);
        }
        if node::is_null(&value) {
            self.null_in(value.span);
            return node::error(span);
        }
        if items.is_empty() {
            self.open_is_untold(&value);
            let holds = Literal::Bool(operator.negated);
            return node(ExprKind::Literal(holds), Type::Bool.required(), span);
        }
        if self.is_open(&value)
            && let Some(typed) = items.iter().find(|item| item.ty.kind != Type::Null)
        {
            let (ty, from) = (typed.ty.kind.clone(), typed.span);
            self.read(&mut value, &ty, from);
        }
        let mut fit = true;
        for item in &mut items {
            if node::is_null(item) {
                self.null_in(item.span);
                fit = false;
                continue;
            }
            fit &= self.align(&mut value, item, Comparison::Equality, None);
            // One mistake on the left is one diagnostic, however long the list.
            if node::is_error(&value) {
                break;
            }
        }
        if !fit {
            return node::error(span);
        }
        let nullable = value.ty.nullable || items.iter().any(|item| item.ty.nullable);
        let ty = Type::Bool.required().with_null(nullable);
        negate(
            operator.negated,
            node(ExprKind::InList(Box::new(value), items), ty, span),
        )
    }

    /// `x [not] in $ids`.
    pub(crate) fn in_param(
        &mut self,
        operator: Operator,
        mut value: Expr,
        id: ParamId,
        id_span: Span,
        span: Span,
    ) -> Expr {
        let list = self.parameters.ty(id).cloned();
        if node::is_error(&value) {
            self.parameters.infer(id, &Type::Error, id_span);
            return node::error(span);
        }
        let fit = match list.map(|ty| ty.kind) {
            None if self.is_open(&value) => {
                self.open_is_untold(&value);
                self.parameters.untold(id, id_span);
                true
            }
            None => {
                let of = value.ty.kind.clone().required();
                self.parameters
                    .infer(id, &Type::List(Box::new(of)), value.span);
                true
            }
            Some(Type::Error) => return node::error(span),
            Some(Type::List(of)) => {
                self.fit_type(&mut value, &of.kind, id_span, Comparison::Equality)
            }
            Some(_) => {
                let parameter = self.parameter(id, id_span);
                let code = self.mismatch_code(&[&parameter]);
                let name = self.parameters.name(id).to_owned();
                let diagnostic = self
                    .about(
                        code,
                        id_span,
                        format!("`${name}` is one value, and `in` needs a list"),
                        &[&parameter],
                    )
                    .help(format!(
                        "declare it as a list, `{name}: [{}]`, or compare with `=`",
                        parameter.ty.kind
                    ));
                self.problems.push(diagnostic);
                false
            }
        };
        if !fit {
            return node::error(span);
        }
        let nullable = value.ty.nullable || self.list_holds_null(id);
        let ty = Type::Bool.required().with_null(nullable);
        negate(
            operator.negated,
            node(ExprKind::InParam(Box::new(value), id), ty, span),
        )
    }

    fn list_holds_null(&self, id: ParamId) -> bool {
        match self.parameters.ty(id) {
            Some(Ty {
                kind: Type::List(of),
                nullable,
            }) => *nullable || of.nullable,
            _ => false,
        }
    }

    /// `x [not] in (pipeline)`; with `known`, `x in rel.field`, which is never null.
    pub(crate) fn in_rows(
        &mut self,
        operator: Operator,
        mut value: Expr,
        mut body: Pipeline,
        known: bool,
        span: Span,
    ) -> Expr {
        if node::is_error(&value) {
            return node::error(span);
        }
        if node::is_null(&value) {
            self.null_in(value.span);
            return node::error(span);
        }
        let nullable = body.columns.iter().any(|column| match &column.kind {
            ColumnKind::Value(value) => value.ty.nullable,
            ColumnKind::Nest(_) => true,
        });
        let fit = match body.columns.as_mut_slice() {
            [column] => match &mut column.kind {
                ColumnKind::Value(of) => {
                    self.align(&mut value, of, Comparison::Equality, Some(operator.span))
                }
                ColumnKind::Nest(_) => self.wrong_columns(&value, 0, span),
            },
            columns => {
                let types: Vec<Option<(Type, Span)>> = columns
                    .iter()
                    .map(|column| match &column.kind {
                        ColumnKind::Value(of) => Some((of.ty.kind.clone(), of.span)),
                        ColumnKind::Nest(_) => None,
                    })
                    .collect();
                self.fit_columns(&mut value, &types, operator, span)
            }
        };
        if !fit {
            return node::error(span);
        }
        let ty = Type::Bool
            .required()
            .with_null(!known && (value.ty.nullable || nullable));
        let body = Box::new(body);
        let value = Box::new(value);
        negate(
            operator.negated,
            node(ExprKind::InPipeline { value, body, known }, ty, span),
        )
    }

    /// Aligns a row (or a key of several columns) with the columns of a pipeline.
    fn fit_columns(
        &mut self,
        value: &mut Expr,
        columns: &[Option<(Type, Span)>],
        operator: Operator,
        span: Span,
    ) -> bool {
        let own = self.row_types(&value.ty.kind);
        if own.len() != columns.len() || columns.iter().any(Option::is_none) {
            return self.wrong_columns(value, columns.len(), operator.span.to(span));
        }
        let ExprKind::Row(items) = &mut value.kind else {
            return true;
        };
        let mut fit = true;
        for (item, (ty, from)) in items.iter_mut().zip(columns.iter().flatten()) {
            fit &= self.fit_type(item, ty, *from, Comparison::Equality);
        }
        value.ty = super::row_type(items);
        fit
    }

    fn wrong_columns(&mut self, value: &Expr, columns: usize, span: Span) -> bool {
        let own = self.row_types(&value.ty.kind).len();
        let shown = |count: usize, one: &str| match count {
            1 => format!("1 {one}"),
            n => format!("{n} {one}s"),
        };
        self.problems.push(
            Diagnostic::new(
                &codes::ROW_SIZE,
                span,
                format!(
                    "{} on the left of `in`, {} on its right",
                    shown(own, "value"),
                    shown(columns, "column")
                ),
            )
            .because(value.span, shown(own, "value"))
            .help("the pipeline selects one column for each value on the left"),
        );
        false
    }
}
