//! Comparisons: bringing two sides together so that `=` means something.

use super::{
    Operator,
    node::{self, negate, node},
    numbers,
    reading::{Reading, takes_type},
};
use crate::{
    Ty, Type,
    hir::{BinaryOperator, Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::ModelId;
use djq_syntax::ast;

/// What of a comparison matters to its operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// `=`, `in` and the like: any value has it.
    Equality,
    /// `<` and the like: only values that all databases put in one order.
    Order,
}

impl Typing<'_> {
    /// `=`, `<`, `is distinct from` and their kin.
    pub(super) fn comparison(
        &mut self,
        operator: Operator,
        mut left: Expr,
        mut right: Expr,
        span: Span,
    ) -> Expr {
        use ast::BinaryOperator as Written;
        let (kind, comparison) = match (operator.kind, operator.negated) {
            (Written::NotEqual, _) => (BinaryOperator::NotEqual, Comparison::Equality),
            (Written::Less, _) => (BinaryOperator::Less, Comparison::Order),
            (Written::LessEqual, _) => (BinaryOperator::LessEqual, Comparison::Order),
            (Written::Greater, _) => (BinaryOperator::Greater, Comparison::Order),
            (Written::GreaterEqual, _) => (BinaryOperator::GreaterEqual, Comparison::Order),
            (Written::DistinctFrom, false) => (BinaryOperator::DistinctFrom, Comparison::Equality),
            (Written::DistinctFrom, true) => {
                (BinaryOperator::NotDistinctFrom, Comparison::Equality)
            }
            _ => (BinaryOperator::Equal, Comparison::Equality),
        };
        let distinct = matches!(
            kind,
            BinaryOperator::DistinctFrom | BinaryOperator::NotDistinctFrom
        );
        if node::is_null(&left) || node::is_null(&right) {
            if distinct {
                let operand = if node::is_null(&right) { left } else { right };
                let asked = kind == BinaryOperator::NotDistinctFrom;
                return self.is_test(operand, !asked, ast::IsTest::Null, span);
            }
            return self.compared_with_null(operator, &left, &right, span);
        }
        if !self.align(&mut left, &mut right, comparison, Some(operator.span)) {
            return node(
                ExprKind::Literal(Literal::Null),
                Type::Error.required(),
                span,
            );
        }
        if !distinct {
            self.nullable_comparison(operator, &left, &right, span);
        }
        let ty = Ty {
            kind: Type::Bool,
            nullable: !distinct && (left.ty.nullable || right.ty.nullable),
        };
        let both = ExprKind::Binary(kind, Box::new(left), Box::new(right));
        node(both, ty, span)
    }

    /// Brings two sides together in place; false where they do not fit, and the diagnostic has been given.
    /// `operator` is where it is written, for fixes that replace it.
    pub(super) fn align(
        &mut self,
        left: &mut Expr,
        right: &mut Expr,
        comparison: Comparison,
        operator: Option<Span>,
    ) -> bool {
        if node::is_error(left) || node::is_error(right) {
            self.silence(left);
            self.silence(right);
            return false;
        }
        // An open parameter takes what the other side is; a literal is read as that.
        if takes_type(right) {
            let to = left.ty.kind.clone();
            if self.read(right, &to, left.span) == Reading::Failed {
                return false;
            }
        }
        if takes_type(left) {
            let to = right.ty.kind.clone();
            if self.read(left, &to, right.span) == Reading::Failed {
                return false;
            }
        }
        if self.is_open(left) || self.is_open(right) {
            // Two open parameters tell each other nothing.
            for side in [&*left, &*right] {
                if let ExprKind::Param(id) = side.kind {
                    self.parameters.untold(id, side.span);
                }
            }
            return true;
        }
        let composite =
            |ty: &Type| matches!(ty, Type::Key(model) if self.key_type(*model).is_none());
        let rows = match (&left.ty.kind, &right.ty.kind) {
            (Type::Row(_), _) | (_, Type::Row(_)) => true,
            (Type::Key(_), Type::Key(_)) => false,
            (one, other) => composite(one) || composite(other),
        };
        if rows {
            return self.align_rows(left, right, comparison, operator);
        }
        if !self.fits(left, right, operator) {
            return false;
        }
        self.comparable(left, right, comparison, operator)
    }

    /// A parameter that nothing has told a type, beside something that has been diagnosed: it is silenced too.
    pub(super) fn silence(&mut self, expr: &Expr) {
        if let ExprKind::Param(id) = expr.kind
            && expr.ty.kind == Type::Null
        {
            self.parameters.infer(id, &Type::Error, expr.span);
        }
    }

    /// Whether it is a parameter whose type nothing has told.
    pub(super) fn is_open(&self, expr: &Expr) -> bool {
        matches!(expr.kind, ExprKind::Param(_)) && expr.ty.kind == Type::Null
    }

    /// Whether two typed values may be compared, widening where need be.
    fn fits(&mut self, left: &mut Expr, right: &mut Expr, operator: Option<Span>) -> bool {
        let (a, b) = (left.ty.kind.base(), right.ty.kind.base());
        if a == b || *a == Type::Null || *b == Type::Null {
            if let Type::Choices(field, _) = left.ty.kind {
                return self.check_union_choices(right, field);
            }
            if let Type::Choices(field, _) = right.ty.kind {
                return self.check_union_choices(left, field);
            }
            return true;
        }
        match (a, b) {
            (Type::Float, Type::BigInt) => {
                numbers::widen(right, &Type::Float);
                return true;
            }
            (Type::BigInt, Type::Float) => {
                numbers::widen(left, &Type::Float);
                return true;
            }
            (Type::Float, Type::Decimal(..)) if node::literal(right).is_some() => {
                numbers::widen(right, &Type::Float);
                return true;
            }
            (Type::Decimal(..), Type::Float) if node::literal(left).is_some() => {
                numbers::widen(left, &Type::Float);
                return true;
            }
            _ if a.is_number() && b.is_number() => return true,
            (Type::Key(one), Type::Key(other)) => {
                let (one, other) = (*one, *other);
                if self.same_key(one, other) {
                    return true;
                }
                self.different_models(left, right, one, other, operator);
                return false;
            }
            (Type::Key(model), other) | (other, Type::Key(model)) => {
                if let Some(key) = self.key_type(*model)
                    && numbers_or_equal(&key, other)
                {
                    return true;
                }
            }
            (Type::Date, Type::DateTime) | (Type::DateTime, Type::Date) => {
                self.date_with_datetime(left, right, operator);
                return false;
            }
            _ => {}
        }
        self.mismatch(left, right, operator);
        false
    }

    /// Whether keys of two models are the same values: one model, its proxies, or a multi-table parent.
    pub(super) fn same_key(&self, one: ModelId, other: ModelId) -> bool {
        let (one, other) = (self.schema.concrete(one), self.schema.concrete(other));
        one == other || self.is_parent(one, other, 16) || self.is_parent(other, one, 16)
    }

    fn is_parent(&self, parent: ModelId, of: ModelId, depth: u8) -> bool {
        let model = self.schema.model(of);
        depth > 0
            && model.parents.iter().any(|place| {
                model
                    .relations
                    .get(*place as usize)
                    .and_then(|relation| relation.target)
                    .is_some_and(|target| {
                        target == parent || self.is_parent(parent, target, depth - 1)
                    })
            })
    }

    /// Whether values of the type, now the same on both sides, can be compared at all.
    fn comparable(
        &mut self,
        left: &Expr,
        right: &Expr,
        comparison: Comparison,
        operator: Option<Span>,
    ) -> bool {
        let why = match left.ty.kind.base() {
            Type::Json => {
                "JSON is compared by what is taken out of it: `x['key']::text = 'a'`; a list is asked by `json_contains(x, 'a')`, and `json_length(x) = 0` where there is nothing inside"
            }
            Type::Unknown(_) => "a type that djq does not know is only compared with null",
            Type::SearchVector => "a full-text document is searched, not compared",
            Type::Calendar => "months have no fixed length, so they are not compared",
            Type::Inet if comparison == Comparison::Order => {
                "databases order addresses differently"
            }
            Type::HStore | Type::Array(_) | Type::Range(_) if comparison == Comparison::Order => {
                "values of this type have no order that all databases share"
            }
            Type::Bool if comparison == Comparison::Order => {
                "`true` and `false` are conditions themselves"
            }
            Type::List(_) => "a list parameter stands behind `in`: `x in $ids`",
            _ => return true,
        };
        let span = operator.unwrap_or(left.span);
        let diagnostic = self
            .about(
                &codes::OPERAND_TYPE,
                span,
                "these values cannot be compared so",
                &[left, right],
            )
            .help(why);
        self.problems.push(diagnostic);
        false
    }

    fn align_rows(
        &mut self,
        left: &mut Expr,
        right: &mut Expr,
        comparison: Comparison,
        operator: Option<Span>,
    ) -> bool {
        let sizes = (self.row_size(left), self.row_size(right));
        if sizes.0 != sizes.1 {
            let span = operator.unwrap_or(right.span);
            let shown = |size: usize| match size {
                1 => "1 value".to_owned(),
                n => format!("{n} values"),
            };
            self.problems.push(
                Diagnostic::new(
                    &codes::ROW_SIZE,
                    span,
                    "rows of different sizes are compared",
                )
                .because(left.span, shown(sizes.0))
                .because(right.span, shown(sizes.1)),
            );
            return false;
        }
        match (&mut left.kind, &mut right.kind) {
            (ExprKind::Row(lefts), ExprKind::Row(rights)) => {
                let mut fit = true;
                for (left, right) in lefts.iter_mut().zip(rights.iter_mut()) {
                    if node::is_null(left) || node::is_null(right) {
                        let null = if node::is_null(left) {
                            left.span
                        } else {
                            right.span
                        };
                        self.null_in(null);
                        fit = false;
                        continue;
                    }
                    fit &= stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
                        self.align(left, right, comparison, operator)
                    });
                }
                retype(left);
                retype(right);
                fit
            }
            (ExprKind::Row(items), _) => {
                let types = self.row_types(&right.ty.kind);
                let fit = self.fit_items(items, &types, right.span, comparison);
                retype(left);
                fit
            }
            (_, ExprKind::Row(items)) => {
                let types = self.row_types(&left.ty.kind);
                let fit = self.fit_items(items, &types, left.span, comparison);
                retype(right);
                fit
            }
            _ => true,
        }
    }

    /// How many columns a value has.
    fn row_size(&self, expr: &Expr) -> usize {
        match &expr.ty.kind {
            Type::Row(fields) => fields.len(),
            Type::Key(model) => self.composite_key(*model).len(),
            _ => 1,
        }
    }

    /// The types of a row's columns; of a key, its columns'.
    pub(super) fn row_types(&self, ty: &Type) -> Vec<Type> {
        match ty {
            Type::Row(fields) => fields.iter().map(|(_, ty)| ty.kind.clone()).collect(),
            Type::Key(model) => self.composite_key(*model),
            other => vec![other.clone()],
        }
    }

    /// Aligns the items of a row with columns that are only known by type.
    pub(super) fn fit_items(
        &mut self,
        items: &mut [Expr],
        types: &[Type],
        from: Span,
        comparison: Comparison,
    ) -> bool {
        let mut fit = true;
        for (item, ty) in items.iter_mut().zip(types) {
            fit &= self.fit_type(item, ty, from, comparison);
        }
        fit
    }

    /// Aligns a value with one at `from` of which only the type is known.
    pub(super) fn fit_type(
        &mut self,
        value: &mut Expr,
        ty: &Type,
        from: Span,
        comparison: Comparison,
    ) -> bool {
        // Stands for a value of that type; nothing of it is kept.
        let mut other = node(
            ExprKind::Literal(Literal::Null),
            ty.clone().required(),
            from,
        );
        self.align(value, &mut other, comparison, None)
    }

    /// A value that differs at each call, where it would be asked for several times.
    pub(super) fn asked_twice(&mut self, operand: &Expr, span: Span) -> Expr {
        self.problems.push(
            Diagnostic::new(
                &codes::VOLATILE_OPERAND,
                operand.span,
                "this is compared several times, and another value at each",
            )
            .label("a new one for each comparison")
            .help("name the value first, which makes it once for each row: `let r = random()`"),
        );
        node::error(span)
    }

    /// Whether two evaluations in one row may differ.
    pub(super) fn is_volatile(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Call(id, arguments) => {
                crate::functions::entry(*id).volatile
                    || arguments.iter().any(|argument| self.is_volatile(argument))
            }
            ExprKind::Cast(inner) | ExprKind::Unary(_, inner) => self.is_volatile(inner),
            ExprKind::Binary(_, left, right) => stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
                self.is_volatile(left) || self.is_volatile(right)
            }),
            _ => false,
        }
    }

    /// `x [not] between low and high`: two comparisons.
    pub(crate) fn between(
        &mut self,
        operand: Expr,
        negated: bool,
        low: Expr,
        high: Expr,
        span: Span,
    ) -> Expr {
        let at = |kind, span| Operator {
            kind,
            negated: false,
            span,
        };
        let mut operand = operand;
        // The first end that has a type tells it to a parameter in front.
        if self.is_open(&operand) {
            let end = if self.is_open(&low) { &high } else { &low };
            let (ty, from) = (end.ty.kind.clone(), end.span);
            self.read(&mut operand, &ty, from);
        }
        if self.is_volatile(&operand) {
            return self.asked_twice(&operand, span);
        }
        let low_at = at(ast::BinaryOperator::GreaterEqual, low.span);
        let high_at = at(ast::BinaryOperator::LessEqual, high.span);
        let before = self.problems.diagnostics.len();
        let above = self.comparison(low_at, operand.clone(), low, span);
        if node::is_error(&above) && node::is_error(&operand) {
            self.silence(&high);
            return above;
        }
        let below = self.comparison(high_at, operand, high, span);
        self.problems.both_ends(before);
        if node::is_error(&above) || node::is_error(&below) {
            return node::error(span);
        }
        let ty = Type::Bool
            .required()
            .with_null(above.ty.nullable || below.ty.nullable);
        let both = ExprKind::Binary(BinaryOperator::And, Box::new(above), Box::new(below));
        negate(negated, node(both, ty, span))
    }
}

/// Whether values of the two can be compared as they are.
fn numbers_or_equal(one: &Type, other: &Type) -> bool {
    one.base() == other.base() || (one.is_number() && other.is_number())
}

/// The type of a row after its items have changed.
fn retype(expr: &mut Expr) {
    if let ExprKind::Row(items) = &expr.kind {
        expr.ty = super::row_type(items);
    }
}
