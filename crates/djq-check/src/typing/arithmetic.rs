//! `+ - * / // %` and unary `-`, of numbers and of time.

use super::{
    Operator,
    moments::DAY,
    node::{self, node},
    numbers,
};
use crate::{
    Ty, Type,
    functions::FunctionId,
    hir::{BinaryOperator, Expr, ExprKind, Literal, UnaryOperator},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

impl Typing<'_> {
    /// An arithmetic operator between two operands.
    pub(super) fn arithmetic(
        &mut self,
        kind: BinaryOperator,
        operator: Operator,
        mut left: Expr,
        mut right: Expr,
        span: Span,
    ) -> Expr {
        if node::is_error(&left) || node::is_error(&right) {
            self.silence(&left);
            self.silence(&right);
            return node::error(span);
        }
        self.tell_operand(kind, &mut left, &mut right);
        if self.is_open(&left) || self.is_open(&right) {
            for side in [&left, &right] {
                self.open_is_untold(side);
            }
            return node::error(span);
        }
        for side in [&mut left, &mut right] {
            self.key_as_value(side);
            if node::is_null(side) {
                side.ty = Type::Int.nullable();
            }
        }
        if left.ty.kind.is_number() && right.ty.kind.is_number() {
            return self.number_arithmetic(kind, operator, left, right, span);
        }
        if let Some(done) = self.time_arithmetic(kind, &mut left, &mut right, span) {
            return done;
        }
        self.wrong_operands(kind, operator, &left, &right);
        node::error(span)
    }

    /// Tells an open parameter its type by the other operand: beside a number a number of that type;
    /// beside a datetime or a duration a duration.
    fn tell_operand(&mut self, kind: BinaryOperator, left: &mut Expr, right: &mut Expr) {
        let other = |ty: &Type, open_is_left: bool| match ty.base() {
            Type::Decimal(..) | Type::Int | Type::BigInt | Type::Float => Some(ty.base().clone()),
            Type::DateTime if kind == BinaryOperator::Add || !open_is_left => Some(Type::Duration),
            Type::Duration if kind == BinaryOperator::Multiply => Some(Type::Int),
            Type::Duration if !open_is_left => Some(Type::Duration),
            Type::Calendar if kind == BinaryOperator::Multiply => Some(Type::Int),
            _ => None,
        };
        if self.is_open(right) {
            if let Some(ty) = other(&left.ty.kind, false) {
                self.read(right, &ty, left.span);
            }
        } else if self.is_open(left)
            && let Some(ty) = other(&right.ty.kind, true)
        {
            self.read(left, &ty, right.span);
        }
    }

    fn number_arithmetic(
        &mut self,
        kind: BinaryOperator,
        operator: Operator,
        mut left: Expr,
        mut right: Expr,
        span: Span,
    ) -> Expr {
        let Some(ty) = numbers::arithmetic(kind, &left, &right) else {
            self.wrong_operands(kind, operator, &left, &right);
            return node::error(span);
        };
        let divides = matches!(
            kind,
            BinaryOperator::Divide | BinaryOperator::FloorDivide | BinaryOperator::Modulo
        );
        if divides && numbers::is_zero(&right) {
            self.problems.push(
                Diagnostic::new(
                    &codes::DIVISION_BY_ZERO,
                    right.span,
                    "division by zero is null, in every row",
                )
                .label("this is zero"),
            );
            return node::error(span);
        }
        let nullable =
            left.ty.nullable || right.ty.nullable || (divides && !numbers::is_nonzero(&right));
        // Every database brings numbers of two kinds together as the table of `numbers` says.
        for side in [&mut left, &mut right] {
            if ty == Type::Float {
                numbers::as_float_literal(side);
            }
        }
        let both = ExprKind::Binary(kind, Box::new(left), Box::new(right));
        node(both, Ty { kind: ty, nullable }, span)
    }

    /// Arithmetic of which one side at least is of time; `None` where it means nothing.
    fn time_arithmetic(
        &mut self,
        kind: BinaryOperator,
        left: &mut Expr,
        right: &mut Expr,
        span: Span,
    ) -> Option<Expr> {
        use BinaryOperator::{Add, Multiply, Subtract};
        let take = |expr: &mut Expr| std::mem::replace(expr, node::error(span));
        let nullable = left.ty.nullable || right.ty.nullable;
        // A step may stand on the left of `+`; and a number on the left of a length.
        let swap = match (kind, &left.ty.kind, &right.ty.kind) {
            (Add, Type::Duration | Type::Calendar, Type::Date | Type::DateTime) => true,
            (Multiply, ty, Type::Duration | Type::Calendar) => ty.is_integer(),
            _ => false,
        };
        if swap {
            std::mem::swap(left, right);
        }
        let done = match (kind, &left.ty.kind, &right.ty.kind) {
            (Subtract, Type::Date, Type::Date) => call(
                FunctionId::DateDifference,
                vec![take(left), take(right)],
                Type::Duration,
            ),
            (Subtract, Type::DateTime, Type::DateTime) => call(
                FunctionId::DateTimeDifference,
                vec![take(left), take(right)],
                Type::Duration,
            ),
            (Subtract, Type::Date, Type::DateTime) | (Subtract, Type::DateTime, Type::Date) => {
                self.date_with_datetime(left, right, None);
                return Some(node::error(span));
            }
            (Add | Subtract, Type::Date, Type::Calendar) => call(
                FunctionId::DateAddMonths,
                vec![take(left), months(take(right), kind == Subtract)],
                Type::Date,
            ),
            (Add | Subtract, Type::DateTime, Type::Calendar) => call(
                FunctionId::DateTimeAddMonths,
                vec![take(left), months(take(right), kind == Subtract)],
                Type::DateTime,
            ),
            (Add | Subtract, Type::Date, Type::Duration) => {
                let Some(days) = days(right, kind == Subtract) else {
                    self.date_with_time_step(left, right);
                    return Some(node::error(span));
                };
                call(FunctionId::DateAddDays, vec![take(left), days], Type::Date)
            }
            (Add | Subtract, Type::DateTime, Type::Duration) => {
                let mut step = take(right);
                if kind == Subtract {
                    step = negated(step);
                }
                call(
                    FunctionId::DateTimeAdd,
                    vec![take(left), step],
                    Type::DateTime,
                )
            }
            (Add | Subtract, Type::Duration, Type::Duration) => (
                ExprKind::Binary(kind, Box::new(take(left)), Box::new(take(right))),
                Type::Duration,
            ),
            (Multiply, Type::Duration, ty) if ty.is_integer() => (
                ExprKind::Binary(kind, Box::new(take(left)), Box::new(take(right))),
                Type::Duration,
            ),
            (Multiply, Type::Calendar, ty) if ty.is_integer() => {
                let mut step = take(left);
                as_months(&mut step);
                (
                    ExprKind::Binary(kind, Box::new(step), Box::new(take(right))),
                    Type::Calendar,
                )
            }
            _ => return None,
        };
        let (kind, ty) = done;
        Some(node(kind, Ty { kind: ty, nullable }, span))
    }

    /// Operands that an operator does not take, with the operator or conversion that was meant.
    fn wrong_operands(
        &mut self,
        kind: BinaryOperator,
        operator: Operator,
        left: &Expr,
        right: &Expr,
    ) {
        let (symbol, takes) = match kind {
            BinaryOperator::Add => (
                "+",
                "adds numbers, and steps of time to dates and datetimes",
            ),
            BinaryOperator::Subtract => {
                ("-", "subtracts numbers, dates, datetimes and steps of time")
            }
            BinaryOperator::Multiply => {
                ("*", "multiplies numbers, and a duration by a whole number")
            }
            BinaryOperator::Divide => ("/", "divides numbers"),
            BinaryOperator::FloorDivide => ("//", "divides numbers"),
            _ => ("%", "takes numbers"),
        };
        let mut diagnostic = self.about(
            &codes::OPERAND_TYPE,
            operator.span,
            format!("`{symbol}` {takes}"),
            &[left, right],
        );
        let likely = Applicability::Likely;
        let (a, b) = (left.ty.kind.base(), right.ty.kind.base());
        let is_time = |ty: &Type| matches!(ty, Type::Date | Type::DateTime);
        match (kind, a, b) {
            (BinaryOperator::Add, Type::Text, Type::Text) => {
                diagnostic = diagnostic.fix(
                    Applicability::Exact,
                    "join text with `||`",
                    operator.span,
                    "||",
                );
            }
            (BinaryOperator::Add | BinaryOperator::Subtract, time, number)
                if is_time(time) && number.is_integer() =>
            {
                diagnostic = match node::literal(right) {
                    Some(Literal::Int(_)) => diagnostic.fix_all(
                        likely,
                        "say the unit: days",
                        vec![Edit {
                            span: right.span.after(),
                            text: " days".into(),
                        }],
                    ),
                    _ => diagnostic.fix_all(
                        likely,
                        "say the unit: days",
                        vec![Edit {
                            span: right.span.after(),
                            text: " * 1 day".into(),
                        }],
                    ),
                };
            }
            (BinaryOperator::Add, Type::Text, _) | (BinaryOperator::Add, _, Type::Text) => {
                diagnostic = diagnostic.help("`||` joins text; `x::text` makes text of a value");
            }
            (_, Type::Calendar, _) | (_, _, Type::Calendar) => {
                diagnostic = diagnostic.help(
                    "months and years are only added to a date or a datetime, or taken from one",
                );
            }
            (_, Type::Time, _) | (_, _, Type::Time) => {
                diagnostic =
                    diagnostic.help("a time of day has no day to run over into; add to a datetime");
            }
            (BinaryOperator::Divide, Type::Duration, other)
                if other.is_number() || *other == Type::Duration =>
            {
                let mut edits = super::describe::wrap_call(left, "epoch");
                if *other == Type::Duration {
                    edits.extend(super::describe::wrap_call(right, "epoch"));
                }
                diagnostic = diagnostic.fix_all(likely, "divide seconds", edits);
            }
            (BinaryOperator::Divide | BinaryOperator::Multiply, Type::Duration, _) => {
                diagnostic = diagnostic.help("a duration is multiplied by a whole number only");
            }
            _ => {}
        }
        self.problems.push(diagnostic);
    }

    fn date_with_time_step(&mut self, date: &Expr, step: &Expr) {
        let message = match node::literal(step) {
            Some(_) => "a date with hours added is no date",
            None => "a date and a length that is known only at run time",
        };
        let mut diagnostic = self.about(
            &codes::DATE_WITH_TIME_STEP,
            step.span,
            message,
            &[date, step],
        );
        if date.ty.kind == Type::Date {
            diagnostic = diagnostic.fix_all(
                Applicability::Likely,
                "make the date a datetime, its first moment in UTC",
                super::describe::append(date, "::datetime"),
            );
        }
        self.problems.push(diagnostic);
    }

    /// `-x`.
    pub(super) fn negate(&mut self, mut operand: Expr, operator: Span, span: Span) -> Expr {
        if node::is_error(&operand) {
            return node::error(span);
        }
        self.open_is_untold(&operand);
        match &mut operand.kind {
            ExprKind::Literal(literal) => {
                let negated = match literal {
                    Literal::Int(value) => value.checked_neg().map(Literal::Int),
                    Literal::Float(value) => Some(Literal::Float(-*value)),
                    Literal::Duration(value) => value.checked_neg().map(Literal::Duration),
                    Literal::Calendar(value) => value.checked_neg().map(Literal::Calendar),
                    Literal::Decimal(digits) => {
                        Some(Literal::Decimal(match digits.strip_prefix('-') {
                            Some(rest) => rest.into(),
                            None => format!("-{digits}").into(),
                        }))
                    }
                    _ => None,
                };
                if let Some(negated) = negated {
                    operand.kind = ExprKind::Literal(negated);
                    operand.span = span;
                    return operand;
                }
            }
            ExprKind::Binary(BinaryOperator::Multiply, step, _)
                if operand.ty.kind == Type::Calendar =>
            {
                if let ExprKind::Literal(Literal::Int(months)) = &mut step.kind {
                    *months = months.saturating_neg();
                }
                operand.span = span;
                return operand;
            }
            _ => {}
        }
        if node::is_null(&operand) {
            operand.ty = Type::Int.nullable();
        }
        if !operand.ty.kind.is_number() && operand.ty.kind != Type::Duration {
            if self.is_open(&operand) {
                return node::error(span);
            }
            let shown = self.ty_name(&operand.ty);
            let mut diagnostic = self.about(
                &codes::OPERAND_TYPE,
                operator,
                format!("`-` takes a number or a duration, and this is {shown}"),
                &[&operand],
            );
            if operand.ty.kind == Type::Bool {
                diagnostic = diagnostic.fix(Applicability::Likely, "write `not`", operator, "not ");
            }
            self.problems.push(diagnostic);
            return node::error(span);
        }
        let kind = match operand.ty.kind.base() {
            Type::Int if !numbers::negates(&operand) => Type::BigInt,
            kind => kind.clone(),
        };
        let ty = Ty {
            kind,
            nullable: operand.ty.nullable,
        };
        node(
            ExprKind::Unary(UnaryOperator::Negate, Box::new(operand)),
            ty,
            span,
        )
    }
}

fn call(function: FunctionId, arguments: Vec<Expr>, ty: Type) -> (ExprKind, Type) {
    (ExprKind::Call(function, arguments), ty)
}

/// A calendar step as a whole number of months, in place.
fn as_months(step: &mut Expr) {
    if let ExprKind::Literal(Literal::Calendar(months)) = step.kind {
        step.kind = ExprKind::Literal(Literal::Int(months));
    }
    step.ty.kind = Type::Int;
}

/// A calendar step (a literal, or a literal times a number) as months.
pub(super) fn months(mut step: Expr, subtract: bool) -> Expr {
    as_months(&mut step);
    if subtract { negated(step) } else { step }
}

/// A length that is whole days: as a number of days.
pub(super) fn days(step: &Expr, subtract: bool) -> Option<Expr> {
    let (kind, ty) = match &step.kind {
        ExprKind::Literal(Literal::Duration(micros)) if micros % DAY == 0 => (
            ExprKind::Literal(Literal::Int(micros / DAY)),
            Type::Int.required(),
        ),
        ExprKind::Binary(BinaryOperator::Multiply, length, count) => {
            let ExprKind::Literal(Literal::Duration(micros)) = length.kind else {
                return None;
            };
            if micros % DAY != 0 {
                return None;
            }
            if micros == DAY {
                (count.kind.clone(), count.ty.clone())
            } else {
                let length = node(
                    ExprKind::Literal(Literal::Int(micros / DAY)),
                    Type::Int.required(),
                    length.span,
                );
                (
                    ExprKind::Binary(BinaryOperator::Multiply, count.clone(), Box::new(length)),
                    count.ty.clone(),
                )
            }
        }
        ExprKind::Unary(UnaryOperator::Negate, inner) => {
            let days = days(inner, !subtract)?;
            return Some(days);
        }
        _ => return None,
    };
    let days = node(kind, ty, step.span);
    Some(if subtract { negated(days) } else { days })
}

/// `-x`, a literal folded.
fn negated(mut expr: Expr) -> Expr {
    if !negate_literal(&mut expr) {
        let (ty, span) = (expr.ty.clone(), expr.span);
        expr = node(
            ExprKind::Unary(UnaryOperator::Negate, Box::new(expr)),
            ty,
            span,
        );
    }
    expr
}

/// Negates a literal, or the literal of a product, in place; false where it is neither.
fn negate_literal(expr: &mut Expr) -> bool {
    match &mut expr.kind {
        ExprKind::Literal(Literal::Int(value) | Literal::Duration(value)) => {
            *value = value.saturating_neg();
            true
        }
        ExprKind::Binary(BinaryOperator::Multiply, left, right) => {
            let is_literal = |side: &Expr| matches!(side.kind, ExprKind::Literal(_));
            (is_literal(left) && negate_literal(left))
                || (is_literal(right) && negate_literal(right))
        }
        _ => false,
    }
}
