//! Arrays, HStore and ranges on PostgreSQL.

use super::super::{literal::text_literal, types};
use crate::dialect::{
    Binding, Form, Options, Refusal,
    constant::in_template,
    operand::{holes, int_at, no_cast},
};
use djq_check::{Ty, Type, functions::FunctionId, hir::Literal};
use djq_plan::plan::{Expr, ExprKind};

/// An array written out.
pub(super) fn array(options: &Options, operands: &[Expr], ty: &Ty) -> Result<Form, Refusal> {
    let Some(name) = types::sql(&ty.kind, options) else {
        return Err(no_cast(&ty.kind, &ty.kind));
    };
    Ok(Form::atom(format!(
        "ARRAY[{}]::{name}",
        holes(operands.len())
    )))
}

/// An item; the server counts from one.
pub(super) fn item(operands: &[Expr]) -> Form {
    Form::atom(match int_at(operands, 1) {
        Some(-1) => "{0}[cardinality({0})]".to_owned(),
        Some(at) if at < 0 => format!("{{0}}[cardinality({{0}}) - {}]", -(at + 1)),
        Some(at) => format!("{{0}}[{}]", at.saturating_add(1).min(i64::from(i32::MAX))),
        None => {
            "{0}[CASE WHEN {1} < 0 THEN cardinality({0}) + 1 + ({1}) ELSE ({1}) + 1 END]".to_owned()
        }
    })
}

/// An operator between two of them. An array of constants goes without a type, and so takes the column's: `varchar[]` and
/// `text[]` do not go together, and a cast of the column would cost its index.
pub(super) fn operator(sign: &str, left: &Expr, right: &Expr) -> Form {
    let (one, other) = match (constant_array(left), constant_array(right)) {
        (None, Some(right)) => ("{0}".to_owned(), right),
        (Some(left), None) => (left, "{1}".to_owned()),
        _ => ("{0}".to_owned(), "{1}".to_owned()),
    };
    let is_text = |operand: &Expr| matches!(operand.ty.kind.base(), Type::Array(of) if *of.base() == Type::Text);
    let is_made = |operand: &Expr| {
        matches!(operand.kind, ExprKind::Call(FunctionId::ArrayMake, _))
            && constant_array(operand).is_none()
    };
    if is_text(left) && is_text(right) && (is_made(left) || is_made(right)) {
        let typed = |place: usize, operand: &Expr| {
            let cast = if is_made(operand) { "" } else { "::text[]" };
            format!("{{{place}}}{cast}")
        };
        return Form::infix(
            format!("{} {sign} {}", typed(0, left), typed(1, right)),
            Binding::Other,
            Binding::Unary,
        );
    }
    Form::infix(
        format!("{one} {sign} {other}"),
        Binding::Other,
        Binding::Sum,
    )
}

/// As [`operator`], where the operator binds as a comparison does.
pub(super) fn comparison(sign: &str, left: &Expr, right: &Expr) -> Form {
    Form {
        binds: Binding::Comparison,
        ..operator(sign, left, right)
    }
}

/// The text of an array of constants: `'{"a","b"}'`.
fn constant_array(operand: &Expr) -> Option<String> {
    let ExprKind::Call(FunctionId::ArrayMake, items) = &operand.kind else {
        return None;
    };
    let mut text = String::from("{");
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        let ExprKind::Literal(constant) = &item.kind else {
            return None;
        };
        match constant {
            Literal::Bool(value) => text.push_str(if *value { "t" } else { "f" }),
            Literal::Int(value) => text.push_str(&value.to_string()),
            Literal::Decimal(digits) => text.push_str(digits),
            Literal::Date(value) | Literal::Time(value) => text.push_str(value),
            Literal::Text(value) if !value.contains('\0') => {
                text.push('"');
                for char in value.chars() {
                    if matches!(char, '"' | '\\') {
                        text.push('\\');
                    }
                    text.push(char);
                }
                text.push('"');
            }
            _ => return None,
        }
    }
    text.push('}');
    Some(in_template(&text_literal(&text)))
}
