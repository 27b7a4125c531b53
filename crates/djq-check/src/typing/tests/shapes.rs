//! What the nodes are where it is not what was written.

use super::{column, typed};
use crate::{
    functions::FunctionId,
    hir::{Expr, ExprKind, Literal, UnaryOperator},
};
use djq_diagnostics::Span;

/// A node in few words: operators by name, fields as `_`, literals by value.
fn shape(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(shape).collect::<Vec<_>>().join(", ");
    match &expr.kind {
        ExprKind::Literal(literal) => match literal {
            Literal::Null => format!("null::{}", expr.ty),
            Literal::Int(value) => value.to_string(),
            Literal::Text(text) => format!("{text:?}"),
            Literal::Decimal(digits) => digits.to_string(),
            other => format!("{other:?}"),
        },
        ExprKind::Column(..) => "_".into(),
        ExprKind::Param(_) => "$".into(),
        ExprKind::Unary(UnaryOperator::Not, inner) => format!("not {}", shape(inner)),
        ExprKind::Unary(UnaryOperator::Negate, inner) => format!("-{}", shape(inner)),
        ExprKind::Binary(operator, left, right) => {
            format!("{operator:?}({}, {})", shape(left), shape(right))
        }
        ExprKind::IsNull(inner) => format!("IsNull({})", shape(inner)),
        ExprKind::IsBool(inner, value) => format!("Is{value}({})", shape(inner)),
        ExprKind::InList(value, items) => format!("{} in [{}]", shape(value), list(items)),
        ExprKind::Call(id, arguments) => format!("{id:?}({})", list(arguments)),
        ExprKind::Cast(inner) => format!("{}::{}", shape(inner), expr.ty.kind),
        ExprKind::Row(items) => format!("({})", list(items)),
        ExprKind::Case {
            branches,
            otherwise,
        } => {
            let mut text = String::from("case");
            for (condition, value) in branches {
                text += &format!(" {} => {}", shape(condition), shape(value));
            }
            if let Some(otherwise) = otherwise {
                text += &format!(" else {}", shape(otherwise));
            }
            text
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn nodes_say_what_is_meant() {
    for (text, expected) in [
        ("day = '2024-01-31'", "Equal(_, Date(\"2024-01-31\"))"),
        (
            "pub_date > '2024-01-31T12:00+02:00'",
            "Greater(_, DateTime(\"2024-01-31 10:00:00\"))",
        ),
        (
            "token = '{00000000-0000-0000-0000-000000000001}'",
            "Equal(_, Uuid([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]))",
        ),
        ("price = 10", "Equal(_, 10)"),
        ("ratio > 9.5", "Greater(_, Float(9.5))"),
        ("views = ratio", "Equal(_::float, _)"),
        ("rating is distinct from null", "not IsNull(_)"),
        ("rating is not distinct from null", "IsNull(_)"),
        ("null is null", "Bool(true)"),
        ("words in []", "Bool(false)"),
        ("words not in []", "Bool(true)"),
        ("words not in (1, 2)", "not _ in [1, 2]"),
        (
            "words between 1 and 2",
            "And(GreaterEqual(_, 1), LessEqual(_, 2))",
        ),
        (
            "words not between 1 and 2",
            "not And(GreaterEqual(_, 1), LessEqual(_, 2))",
        ),
        ("day + 2 weeks", "DateAddDays(_, 14)"),
        ("day - 2 weeks", "DateAddDays(_, -14)"),
        ("day + words * 1 day", "DateAddDays(_, _)"),
        ("day - words * 1 week", "DateAddDays(_, Multiply(_, -7))"),
        ("day - 1 year", "DateAddMonths(_, -12)"),
        ("day + words * 1 month", "DateAddMonths(_, Multiply(1, _))"),
        (
            "day - words * 2 months",
            "DateAddMonths(_, Multiply(-2, _))",
        ),
        ("day - words * 1 day", "DateAddDays(_, -_)"),
        ("pub_date - 1 hour", "DateTimeAdd(_, Duration(-3600000000))"),
        ("pub_date - lasting", "DateTimeAdd(_, -_)"),
        (
            "-1 hour + pub_date",
            "DateTimeAdd(_, Duration(-3600000000))",
        ),
        ("day - until", "DateDifference(_, _)"),
        ("now() - pub_date", "DateTimeDifference(Now(), _)"),
        ("-3.5", "-3.5"),
        ("-(-3)", "3"),
        ("007", "7"),
        (
            "case status when 'draft' then 1 when null then 2 end",
            "case Equal(_, \"draft\") => 1 IsNull(_) => 2",
        ),
        (
            "case when active then words else null end",
            "case _ => _ else null::int?",
        ),
        (
            "case when active then words else ratio end",
            "case _ => _::float else _",
        ),
        (
            "case when active then 1 else ratio end",
            "case _ => Float(1.0) else _",
        ),
        ("iif(active, 1, 2)", "case _ => 1 else 2"),
        ("rating ?? score ?? 0", "Coalesce(_::decimal(13, 3), _, 0)"),
        ("coalesce(rating, 1) ?? words", "Coalesce(_, 1, _)"),
        ("lpad(title, 3)", "LPad(_, 3, \" \")"),
        ("words + ratio", "Add(_, _)"),
        ("status::text", "_"),
        ("try_cast(words as bigint)", "_::bigint"),
        (
            "(day, words) = ('2024-01-31', 3)",
            "Equal((_, _), (Date(\"2024-01-31\"), 3))",
        ),
    ] {
        let typed = typed("", text);
        assert_eq!(typed.codes(), "", "{text}");
        assert_eq!(shape(&typed.expr), expected, "{text}");
    }
}

#[test]
fn a_long_chain_of_coalesce_is_one_call() {
    let mut chain = String::from("rating");
    for _ in 0..400 {
        chain.push_str(" ?? rating");
    }
    let typed = typed("", &chain);
    let ExprKind::Call(FunctionId::Coalesce, arguments) = &typed.expr.kind else {
        panic!("{:?}", typed.expr.kind);
    };
    assert_eq!(arguments.len(), 401);
    assert!(typed.expr.ty.nullable);
    assert_eq!(
        typed.expr.ty.kind,
        column("Entry", "words", Span::default()).ty.kind
    );
}
