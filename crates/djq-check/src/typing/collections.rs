//! Arrays, HStore and ranges: their operators, `[…]` on them, and arrays written out.

use super::{
    Operator,
    describe::article,
    node::{self, node},
    reading::Reading,
};
use crate::{
    Ty, Type,
    functions::FunctionId,
    hir::{Expr, ExprKind},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

/// An operand of an operator that takes arrays.
pub(crate) enum Operand {
    /// `[a, b]`, with where it is written: an array once the other side says of what.
    List(Vec<Expr>, Span),
    /// Any other.
    Value(Expr),
}

impl Typing<'_> {
    /// `@>`, `<@`, `&&`, `-|-`.
    pub(crate) fn collection_operator(
        &mut self,
        operator: Operator,
        left: Operand,
        right: Operand,
        span: Span,
    ) -> Expr {
        let Some((left, right)) = self.both(left, right) else {
            return node::error(span);
        };
        if left.ty.kind == Type::Bool && operator.kind == ast::BinaryOperator::Overlaps {
            let diagnostic = self
                .about(
                    &codes::OPERAND_TYPE,
                    operator.span,
                    "`&&` tells whether arrays or ranges overlap",
                    &[&left, &right],
                )
                .fix(Applicability::Exact, "write `and`", operator.span, "and");
            self.problems.push(diagnostic);
            return node::error(span);
        }
        let id = match operator.kind {
            ast::BinaryOperator::Holds => FunctionId::Holds,
            ast::BinaryOperator::HeldBy => FunctionId::HeldBy,
            ast::BinaryOperator::Overlaps => FunctionId::Overlaps,
            _ => FunctionId::Adjacent,
        };
        let Some(arguments) = self.collections(id, operator.span, left, right) else {
            return node::error(span);
        };
        let nullable = arguments.iter().any(|operand| operand.ty.nullable);
        node::negate(
            operator.negated,
            node(
                ExprKind::Call(id, arguments),
                Type::Bool.required().with_null(nullable),
                span,
            ),
        )
    }

    /// A comparison with an array that is written out.
    pub(crate) fn array_comparison(
        &mut self,
        operator: Operator,
        left: Operand,
        right: Operand,
        span: Span,
    ) -> Expr {
        match self.both(left, right) {
            Some((left, right)) => self.binary(operator, left, right, span),
            None => node::error(span),
        }
    }

    /// Both operands as values: what is written out is an array of what the other side holds.
    fn both(&mut self, left: Operand, right: Operand) -> Option<(Expr, Expr)> {
        let (left, right) = match (left, right) {
            (Operand::Value(left), Operand::Value(right)) => (left, right),
            (Operand::Value(left), Operand::List(items, span)) => {
                let right = self.array(items, &left, span)?;
                (left, right)
            }
            (Operand::List(items, span), Operand::Value(right)) => {
                let left = self.array(items, &right, span)?;
                (left, right)
            }
            (Operand::List(items, span), Operand::List(..)) => {
                for item in &items {
                    self.silence(item);
                }
                self.problems.push(
                    Diagnostic::new(&codes::NOT_A_VALUE, span, "a list is not a value")
                        .help("an array is written out beside another: `e.tags @> ['a', 'b']`"),
                );
                return None;
            }
        };
        if node::is_error(&left) || node::is_error(&right) {
            self.silence(&left);
            self.silence(&right);
            return None;
        }
        Some((left, right))
    }

    /// `[a, b]` as an array beside another one.
    fn array(&mut self, mut items: Vec<Expr>, other: &Expr, span: Span) -> Option<Expr> {
        let Type::Array(element) = other.ty.kind.base() else {
            for item in &items {
                self.silence(item);
            }
            self.silence(other);
            if !node::is_error(other) {
                let diagnostic = self
                    .about(&codes::NOT_A_VALUE, span, "a list is not a value", &[other])
                    .help("lists stand behind `in`, and beside arrays");
                self.problems.push(diagnostic);
            }
            return None;
        };
        let element = (**element).clone();
        let mut fit = true;
        for item in &mut items {
            fit &= self.as_element(item, &element, other.span);
        }
        fit.then(|| {
            node(
                ExprKind::Call(FunctionId::ArrayMake, items),
                Type::Array(Box::new(element)).required(),
                span,
            )
        })
    }

    /// A value as one of an array or a range; false after a diagnostic.
    fn as_element(&mut self, value: &mut Expr, element: &Type, from: Span) -> bool {
        if node::is_error(value) {
            return false;
        }
        if node::is_null(value) {
            let span = value.span;
            self.null_in(span);
            return false;
        }
        self.key_as_value(value);
        if self.read(value, element, from) == Reading::Failed {
            return false;
        }
        let is = value.ty.kind.base();
        if is == element.base() {
            return true;
        }
        let number = matches!((is, element), (Type::Decimal(..), Type::Decimal(..)));
        if number {
            return true;
        }
        if is.is_number() && self.common(is, element).as_ref() == Some(element) {
            node::cast(value, element.clone());
            return true;
        }
        let message = format!(
            "{} {} stands here, and this is {}",
            article(&element.to_string()),
            self.type_name(element),
            self.ty_name(&value.ty)
        );
        let diagnostic = self
            .about(&codes::TYPE_MISMATCH, value.span, message, &[value])
            .because(from, format!("of {}", self.type_name(element)));
        self.problems.push(diagnostic);
        false
    }

    /// The operands of an operator, if it takes such.
    fn collections(
        &mut self,
        id: FunctionId,
        at: Span,
        mut left: Expr,
        mut right: Expr,
    ) -> Option<Vec<Expr>> {
        self.open_collection(&mut left, &right);
        self.open_collection(&mut right, &left);
        as_array(&mut left);
        as_array(&mut right);
        let fits = match (left.ty.kind.base().clone(), right.ty.kind.base().clone()) {
            (Type::Array(one), Type::Array(other)) => {
                id != FunctionId::Adjacent && one.base() == other.base()
            }
            (Type::HStore, Type::HStore) => {
                matches!(id, FunctionId::Holds | FunctionId::HeldBy)
            }
            (Type::Range(one), Type::Range(other)) => one.base() == other.base(),
            (Type::Range(of), _) if id == FunctionId::Holds => {
                let from = left.span;
                if !self.as_element(&mut right, &of, from) {
                    return None;
                }
                true
            }
            (_, Type::Range(of)) if id == FunctionId::HeldBy => {
                let from = right.span;
                if !self.as_element(&mut left, &of, from) {
                    return None;
                }
                true
            }
            _ => false,
        };
        if fits {
            return Some(vec![left, right]);
        }
        let (sign, takes) = match id {
            FunctionId::Holds => (
                "@>",
                "two arrays, HStores or ranges, or a range and a value",
            ),
            FunctionId::HeldBy => (
                "<@",
                "two arrays, HStores or ranges, or a value and a range",
            ),
            FunctionId::Overlaps => ("&&", "two arrays or two ranges"),
            _ => ("-|-", "two ranges"),
        };
        let diagnostic = self.about(
            &codes::OPERAND_TYPE,
            at,
            format!("`{sign}` takes {takes}"),
            &[&left, &right],
        );
        let diagnostic = match (left.ty.kind.base(), right.ty.kind.base()) {
            (Type::Json, _) => diagnostic.help("JSON: `json_contains(x, y)`"),
            _ => diagnostic,
        };
        self.problems.push(diagnostic);
        None
    }

    /// A parameter without a type beside an array, a range or an HStore is one; an array as it is declared,
    /// `tags: [text]`.
    fn open_collection(&mut self, open: &mut Expr, known: &Expr) {
        if !self.is_open(open) {
            return;
        }
        let to = match known.ty.kind.base() {
            Type::Array(of) => Type::List(Box::new((**of).clone().required())),
            to @ (Type::Range(_) | Type::HStore) => to.clone(),
            _ => return,
        };
        self.read(open, &to, known.span);
    }

    /// `x[i]` of an array.
    pub(super) fn array_item(&mut self, base: Expr, mut index: Expr, of: Type, span: Span) -> Expr {
        let at = index.span;
        self.read(&mut index, &Type::Int, at);
        self.key_as_value(&mut index);
        if !index.ty.kind.is_integer() {
            let message = format!(
                "an item of an array is at a whole number, and this is {}",
                self.ty_name(&index.ty)
            );
            let diagnostic = self.about(&codes::OPERAND_TYPE, index.span, message, &[&index]);
            self.problems.push(diagnostic);
            return node::error(span);
        }
        if index.ty.kind.base() == &Type::BigInt {
            let message = "an index is an `int`";
            let diagnostic = self.about(&codes::OPERAND_TYPE, index.span, message, &[&index]);
            self.problems.push(diagnostic);
            return node::error(span);
        }
        node(
            ExprKind::Call(FunctionId::ArrayGet, vec![base, index]),
            of.nullable(),
            span,
        )
    }

    /// `x['key']` of an HStore.
    pub(super) fn hstore_item(&mut self, base: Expr, index: Expr, span: Span) -> Expr {
        match self.hstore_key(index) {
            Some(key) => node(
                ExprKind::Call(FunctionId::HStoreGet, vec![base, key]),
                Type::Text.nullable(),
                span,
            ),
            None => node::error(span),
        }
    }

    /// `has_key(x, key)` of an HStore.
    pub(super) fn hstore_has_key(&mut self, base: Expr, key: Expr, span: Span) -> Expr {
        match self.hstore_key(key) {
            Some(key) => {
                let nullable = base.ty.nullable || key.ty.nullable;
                node(
                    ExprKind::Call(FunctionId::HStoreHasKey, vec![base, key]),
                    Type::Bool.required().with_null(nullable),
                    span,
                )
            }
            None => node::error(span),
        }
    }

    fn hstore_key(&mut self, mut key: Expr) -> Option<Expr> {
        let at = key.span;
        self.read(&mut key, &Type::Text, at);
        if key.ty.kind.base() == &Type::Text {
            return Some(key);
        }
        if !node::is_error(&key) {
            let message = format!(
                "a key of an HStore is text, and this is {}",
                self.ty_name(&key.ty)
            );
            let diagnostic = self.about(&codes::OPERAND_TYPE, key.span, message, &[&key]);
            self.problems.push(diagnostic);
        }
        None
    }
}

/// A list parameter beside an array is one.
fn as_array(operand: &mut Expr) {
    if let Type::List(of) = &operand.ty.kind {
        let Ty { kind, .. } = (**of).clone();
        operand.ty.kind = Type::Array(Box::new(kind));
    }
}
