//! One type for several values: branches of `case`, arguments of `coalesce`, columns of a set operation.

use super::{
    compare::Comparison,
    describe::{offer_conversion, offer_either},
    node::{self, node},
    numbers,
    reading::Reading,
};
use crate::{
    Ty, Type,
    functions::FunctionId,
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

impl Typing<'_> {
    /// The type that holds the values of both, if there is one.
    pub(super) fn common(&self, left: &Type, right: &Type) -> Option<Type> {
        match (left, right) {
            _ if left == right => Some(left.clone()),
            (Type::Error, _) | (_, Type::Error) => Some(Type::Error),
            (Type::Null, other) | (other, Type::Null) => Some(other.clone()),
            (Type::Key(one), Type::Key(other)) => self.same_key(*one, *other).then(|| left.clone()),
            (Type::Key(model), other) | (other, Type::Key(model)) => {
                let key = self.key_type(*model)?;
                self.common(&key, other)
            }
            (Type::Row(lefts), Type::Row(rights)) if lefts.len() == rights.len() => {
                let fields: Option<Box<[_]>> = lefts
                    .iter()
                    .zip(rights)
                    .map(|((name, a), (_, b))| {
                        let kind = self.common(&a.kind, &b.kind)?;
                        let nullable = a.nullable || b.nullable;
                        Some((name.clone(), Ty { kind, nullable }))
                    })
                    .collect();
                fields.map(Type::Row)
            }
            _ if left.base() == right.base() => Some(left.base().clone()),
            _ => numbers::common(left, right),
        }
    }

    /// Brings values together in place and gives their type, not null unless said; `None` after a diagnostic.
    /// `what` names the values for it: "the branches of this `case`".
    pub(crate) fn unify(&mut self, values: &mut [&mut Expr], what: &str) -> Option<Type> {
        // A value that takes its type from elsewhere does not decide: literals of text and parameters.
        let mut common: Option<(Type, usize)> = None;
        for (place, value) in values.iter().enumerate() {
            if node::is_error(value) {
                for value in values.iter() {
                    self.silence(value);
                }
                return None;
            }
            if self.is_open(value) || node::is_null(value) || is_text_literal(value) {
                continue;
            }
            common = match common {
                None => Some((value.ty.kind.clone(), place)),
                Some((ty, first)) => match self.common(&ty, &value.ty.kind) {
                    Some(ty) => Some((ty, first)),
                    None => {
                        let one = values.get(first).map(|one| &**one);
                        if let Some(one) = one {
                            self.not_one_type(one, value, what);
                        }
                        return None;
                    }
                },
            };
        }
        let (mut ty, first) = match common {
            Some(found) => found,
            None => match values.iter().position(|value| is_text_literal(value)) {
                Some(place) => (Type::Text, place),
                None => {
                    for value in values.iter() {
                        self.open_is_untold(value);
                    }
                    return Some(Type::Null);
                }
            },
        };
        // Choices beside another text are text; beside one of their values they stay what they are.
        if let Type::Choices(..) | Type::Union(_) = ty
            && !values
                .iter()
                .all(|value| !is_text_literal(value) || self.is_value_of(value, &ty))
        {
            ty = ty.base().clone();
        }
        let from = values.get(first).map_or(Span::default(), |one| one.span);
        if let Some(one) = values.get(first)
            && !self.is_single(one)
        {
            return None;
        }
        for place in 0..values.len() {
            let Some(value) = values.get_mut(place) else {
                continue;
            };
            if self.read(value, &ty, from) == Reading::Failed {
                return None;
            }
            if node::is_null(value) {
                value.ty = ty.clone().nullable();
            }
            if is_text_literal(value) && ty.base() != &Type::Text {
                let (one, value) = (values.get(first), values.get(place));
                if let (Some(one), Some(value)) = (one, value) {
                    self.not_one_type(one, value, what);
                }
                return None;
            }
            numbers::widen(value, &ty);
        }
        Some(ty)
    }

    fn is_value_of(&self, value: &Expr, ty: &Type) -> bool {
        let Some(Literal::Text(text)) = node::literal(value) else {
            return false;
        };
        match ty {
            Type::Choices(field, _) => self
                .schema
                .field(*field)
                .choices
                .iter()
                .any(|choice| choice.value.as_str() == Some(text)),
            Type::Union(values) => values.contains(text),
            _ => true,
        }
    }

    fn not_one_type(&mut self, one: &Expr, other: &Expr, what: &str) {
        let message = format!(
            "{what} have one type, and these are {} and {}",
            self.ty_name(&one.ty),
            self.ty_name(&other.ty)
        );
        let code = self.mismatch_code(&[one, other]);
        let diagnostic = self.about(code, other.span, message, &[one, other]);
        self.problems.push(offer_either(diagnostic, one, other));
    }

    /// `case [e] when … then … [else …] end`; one with an operand becomes comparisons.
    pub(crate) fn case(
        &mut self,
        operand: Option<Expr>,
        branches: Vec<(Expr, Expr)>,
        mut otherwise: Option<Expr>,
        span: Span,
    ) -> Expr {
        let mut failed = false;
        let mut typed = Vec::with_capacity(branches.len());
        let mut operand = operand;
        if let Some(operand) = &mut operand
            && self.is_open(operand)
            && let Some((value, _)) = branches.iter().find(|(value, _)| !self.is_open(value))
        {
            let (ty, from) = (value.ty.kind.clone(), value.span);
            self.read(operand, &ty, from);
        }
        if let Some(operand) = operand.as_ref().filter(|_| branches.len() > 1)
            && self.is_volatile(operand)
        {
            return self.asked_twice(operand, span);
        }
        for (condition, value) in branches {
            let at = condition.span;
            let condition = match &operand {
                Some(operand) if node::is_null(&condition) => {
                    self.is_test(operand.clone(), false, ast::IsTest::Null, at)
                }
                Some(operand) => {
                    let mut left = operand.clone();
                    let mut right = condition;
                    if self.align(&mut left, &mut right, Comparison::Equality, None) {
                        let ty = Type::Bool
                            .required()
                            .with_null(left.ty.nullable || right.ty.nullable);
                        let equal = crate::hir::BinaryOperator::Equal;
                        node(
                            ExprKind::Binary(equal, Box::new(left), Box::new(right)),
                            ty,
                            at,
                        )
                    } else {
                        node::error(at)
                    }
                }
                None => self.condition(condition),
            };
            failed |= node::is_error(&condition);
            typed.push((condition, value));
        }
        let mut values: Vec<&mut Expr> = typed
            .iter_mut()
            .map(|(_, value)| value)
            .chain(otherwise.as_mut())
            .collect();
        let Some(kind) = self.unify(&mut values, "the branches of a `case`") else {
            return node::error(span);
        };
        let nullable = otherwise.is_none()
            || values_nullable(typed.iter().map(|(_, value)| value), &otherwise);
        if failed {
            return node::error(span);
        }
        let kind_of = ExprKind::Case {
            branches: typed,
            otherwise: otherwise.map(Box::new),
        };
        node(kind_of, Ty { kind, nullable }, span)
    }

    /// `a ?? b`, `coalesce(a, b, …)`: the first that is not null. A chain of `??` is one call.
    pub(crate) fn coalesce(&mut self, mut arguments: Vec<Expr>, span: Span) -> Expr {
        if let [first, _] = arguments.as_mut_slice()
            && let ExprKind::Call(FunctionId::Coalesce, chain) = &mut first.kind
        {
            let (mut chain, ty) = (std::mem::take(chain), first.ty.kind.clone());
            let mut last = arguments.pop().unwrap_or(node::error(span));
            // The chain has been brought together; while the type stays, only what is new is looked at.
            let is_same = match &last.ty.kind {
                Type::Null => true,
                Type::Text if is_text_literal(&last) => ty == Type::Text,
                other => self.common(&ty, other).as_ref() == Some(&ty),
            };
            if is_same && ty != Type::Null {
                let nullable = first_nullable(&arguments) && last.ty.nullable;
                if self.read(&mut last, &ty, span) == Reading::Failed {
                    return node::error(span);
                }
                if node::is_null(&last) {
                    last.ty = ty.clone().nullable();
                }
                numbers::widen(&mut last, &ty);
                chain.push(last);
                let kind = ExprKind::Call(FunctionId::Coalesce, chain);
                return node(kind, Ty { kind: ty, nullable }, span);
            }
            chain.push(last);
            arguments = chain;
        }
        let mut values: Vec<&mut Expr> = arguments.iter_mut().collect();
        let Some(kind) = self.unify(&mut values, "the values of `??`") else {
            return node::error(span);
        };
        let nullable = arguments.iter().all(|value| value.ty.nullable);
        node(
            ExprKind::Call(FunctionId::Coalesce, arguments),
            Ty { kind, nullable },
            span,
        )
    }

    /// A column of a set operation: both sides, brought together. Nullable if any side is.
    pub(crate) fn set_column(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let (mut left, mut right) = (left, right);
        let mut values = [&mut left, &mut right];
        match self.unify(&mut values, "the columns of both sides") {
            Some(kind) => {
                left.ty.kind = kind.clone();
                right.ty.kind = kind;
            }
            None => {
                left = node::error(left.span);
                right = node::error(right.span);
            }
        }
        (left, right)
    }

    /// The expression as a value of type `to` (nullability is the caller's): literals are read as it, open
    /// parameters take it, numbers are widened; anything else is a `type-mismatch`.
    pub(crate) fn coerce(&mut self, mut expr: Expr, to: &Type) -> Expr {
        let span = expr.span;
        if node::is_error(&expr) || *to == Type::Error {
            self.silence(&expr);
            return node::error(span);
        }
        match self.read(&mut expr, to, span) {
            Reading::Failed => return node::error(span),
            Reading::Read | Reading::Kept => {}
        }
        if node::is_null(&expr) {
            expr.ty = to.clone().nullable();
            return expr;
        }
        let fits = match (self.common(&expr.ty.kind, to), to) {
            // A literal is written with as many digits as it needs.
            (Some(_), Type::Decimal(..)) if expr.ty.kind.is_integer() => true,
            (Some(Type::Decimal(..)), Type::Decimal(..)) => true,
            (Some(common), _) => common == *to || common.base() == to.base(),
            (None, _) => false,
        };
        if !fits {
            let message = format!(
                "{} is needed, and this is {}",
                self.type_name(to),
                self.ty_name(&expr.ty)
            );
            let code = self.mismatch_code(&[&expr]);
            let diagnostic = self.about(code, span, message, &[&expr]);
            let diagnostic = offer_conversion(diagnostic, &expr, to);
            self.problems.push(diagnostic);
            return node::error(span);
        }
        numbers::widen(&mut expr, to);
        expr
    }

    /// To be called once all of a query is typed: a diagnostic for each parameter whose type nothing told.
    pub(crate) fn finish_parameters(&mut self) {
        for entry in &self.parameters.entries {
            let at = match (&entry.ty, entry.untold) {
                (
                    Some(Ty {
                        kind: Type::Error, ..
                    }),
                    _,
                )
                | (Some(_), None) => continue,
                (_, at) => at,
            };
            let name = &entry.name;
            let mut diagnostic = Diagnostic::new(
                &codes::UNTYPED_PARAMETER,
                at.unwrap_or(entry.span),
                format!("nothing here says what type `${name}` has"),
            )
            .help(format!("declare it with its type: `{name}: text`"));
            if at.is_some_and(|at| at != entry.span) {
                diagnostic =
                    diagnostic.because(entry.span, format!("`{name}` is declared without a type"));
            }
            self.problems.push(diagnostic);
        }
    }
}

fn is_text_literal(value: &Expr) -> bool {
    matches!(node::literal(value), Some(Literal::Text(_))) && value.ty.kind == Type::Text
}

fn first_nullable(values: &[Expr]) -> bool {
    values.first().is_some_and(|first| first.ty.nullable)
}

fn values_nullable<'a>(
    mut values: impl Iterator<Item = &'a Expr>,
    otherwise: &Option<Expr>,
) -> bool {
    values.any(|value| value.ty.nullable)
        || otherwise.as_ref().is_some_and(|value| value.ty.nullable)
}
