//! Nothing panics, and nothing is silently wrong: every operator over every pair of types, every function over
//! every type.

use super::{AggregateCall, SCHEMA, column, field};
use crate::{
    Ty, Type,
    functions::{self, Callable},
    hir::{Expr, ExprKind, Literal, OrderKey, ParamId, SourceId},
    sink::{ParameterType, ParameterTypes, Problems, Typing},
    typing::Operator,
};
use djq_diagnostics::{FileId, Span};
use djq_schema::ModelLookup;
use djq_syntax::ast::{self, BinaryOperator};

const OPERATORS: [BinaryOperator; 34] = [
    BinaryOperator::Or,
    BinaryOperator::Xor,
    BinaryOperator::And,
    BinaryOperator::Equal,
    BinaryOperator::NotEqual,
    BinaryOperator::Less,
    BinaryOperator::LessEqual,
    BinaryOperator::Greater,
    BinaryOperator::GreaterEqual,
    BinaryOperator::DistinctFrom,
    BinaryOperator::In,
    BinaryOperator::Like,
    BinaryOperator::ILike,
    BinaryOperator::Contains,
    BinaryOperator::IContains,
    BinaryOperator::StartsWith,
    BinaryOperator::IStartsWith,
    BinaryOperator::EndsWith,
    BinaryOperator::IEndsWith,
    BinaryOperator::IExact,
    BinaryOperator::Regex,
    BinaryOperator::IRegex,
    BinaryOperator::Coalesce,
    BinaryOperator::Concat,
    BinaryOperator::Add,
    BinaryOperator::Subtract,
    BinaryOperator::Multiply,
    BinaryOperator::Divide,
    BinaryOperator::FloorDivide,
    BinaryOperator::Modulo,
    BinaryOperator::Holds,
    BinaryOperator::HeldBy,
    BinaryOperator::Overlaps,
    BinaryOperator::Adjacent,
];

fn span(place: usize) -> Span {
    Span::new(FileId(0), place, place + 1)
}

/// A value of every type there is, and every literal and parameter that takes a type from elsewhere.
fn operands() -> Vec<Expr> {
    let mut all = Vec::new();
    let model = |name| match SCHEMA.find_model(None, name) {
        ModelLookup::Found(model) => model,
        _ => panic!("{name}"),
    };
    let types = [
        Type::Bool,
        Type::Int,
        Type::BigInt,
        Type::Float,
        Type::Decimal(8, 2),
        Type::Decimal(65, 30),
        Type::Decimal(30, 30),
        Type::Text,
        Type::Bytes,
        Type::Date,
        Type::Time,
        Type::DateTime,
        Type::Duration,
        Type::Calendar,
        Type::Uuid,
        Type::Json,
        Type::Inet,
        Type::HStore,
        Type::Array(Box::new(Type::Int)),
        Type::Range(Box::new(Type::Date)),
        Type::SearchVector,
        Type::Choices(field("status"), Box::new(Type::Text)),
        Type::Choices(field("level"), Box::new(Type::Int)),
        Type::Union(["a".into(), "b".into()].into()),
        Type::Key(model("Author")),
        Type::Key(model("Company")),
        Type::Key(model("Pair")),
        Type::List(Box::new(Type::Int.required())),
        Type::Row(
            [
                (Box::from(""), Type::Int.required()),
                (Box::from(""), Type::Text.nullable()),
            ]
            .into(),
        ),
        Type::Row([].into()),
        Type::Unknown("geometry".into()),
        Type::Null,
        Type::Error,
    ];
    for kind in types {
        let nullable = matches!(kind, Type::Text | Type::BigInt | Type::DateTime);
        all.push(Expr {
            kind: ExprKind::Output(SourceId(0), 0),
            ty: Ty { kind, nullable },
            span: span(1),
        });
    }
    for (literal, kind) in [
        (Literal::Null, Type::Null),
        (Literal::Bool(true), Type::Bool),
        (Literal::Int(0), Type::Int),
        (Literal::Int(i64::MIN), Type::BigInt),
        (Literal::Int(i64::MAX), Type::BigInt),
        (Literal::Decimal("-0.5".into()), Type::Decimal(1, 1)),
        (Literal::Float(f64::MAX), Type::Float),
        (Literal::Text("".into()), Type::Text),
        (Literal::Text("é2:30".into()), Type::Text),
        (Literal::Text("2024-01-31".into()), Type::Text),
        (Literal::Date("2024-01-31".into()), Type::Date),
        (Literal::Duration(i64::MIN), Type::Duration),
        (Literal::Calendar(i64::MIN), Type::Calendar),
        (Literal::Uuid([0; 16]), Type::Uuid),
    ] {
        let nullable = literal == Literal::Null;
        all.push(Expr {
            kind: ExprKind::Literal(literal),
            ty: Ty { kind, nullable },
            span: span(2),
        });
    }
    all.push(column("Entry", "rating", span(3)));
    all.push(Expr {
        kind: ExprKind::Row(vec![
            column("Entry", "words", span(4)),
            column("Entry", "subtitle", span(5)),
        ]),
        ty: Type::Row(
            [
                (Box::from(""), Type::Int.required()),
                (Box::from(""), Type::Text.nullable()),
            ]
            .into(),
        )
        .required(),
        span: span(6),
    });
    all.push(Expr {
        kind: ExprKind::Param(ParamId(0)),
        ty: Type::Null.required(),
        span: span(7),
    });
    all
}

/// What came of it: the expression, and how many diagnostics.
fn tried(run: impl FnOnce(&mut Typing<'_>) -> Expr) -> (Expr, usize) {
    let mut problems = Problems::default();
    let mut parameters = ParameterTypes::default();
    parameters.entries.push(ParameterType {
        name: "p".into(),
        span: span(0),
        optional: false,
        defaulted: false,
        ty: None,
        inferred_from: None,
        untold: None,
    });
    let mut typing = Typing {
        schema: &SCHEMA,
        problems: &mut problems,
        parameters: &mut parameters,
    };
    let expr = run(&mut typing);
    typing.finish_parameters();
    (expr, problems.diagnostics.len())
}

fn name(text: &str) -> ast::Name {
    ast::Name {
        text: text.into(),
        span: span(8),
    }
}

/// An error has a diagnostic, unless an operand had one already.
fn assert_told(what: impl std::fmt::Debug, operands: &[&Expr], (result, problems): &(Expr, usize)) {
    let was_error = operands
        .iter()
        .any(|operand| operand.ty.kind == Type::Error);
    if was_error {
        return;
    }
    assert!(
        result.ty.kind != Type::Error || *problems > 0,
        "{what:?} of {:?}: an error without a diagnostic",
        operands
            .iter()
            .map(|operand| (&operand.kind, &operand.ty))
            .collect::<Vec<_>>()
    );
}

#[test]
fn every_operator_takes_or_refuses_every_pair() {
    let operands = operands();
    for kind in OPERATORS {
        for left in &operands {
            for right in &operands {
                let operator = Operator {
                    kind,
                    negated: left.span == right.span,
                    span: span(9),
                };
                let result =
                    tried(|typing| typing.binary(operator, left.clone(), right.clone(), span(10)));
                assert_told(kind, &[left, right], &result);
            }
        }
    }
}

#[test]
fn every_other_form_takes_or_refuses_every_pair() {
    let operands = operands();
    let at = span(10);
    let operator = Operator {
        kind: BinaryOperator::In,
        negated: false,
        span: span(9),
    };
    for left in &operands {
        for right in &operands {
            let (one, other) = (|| left.clone(), || right.clone());
            let told = |what, result| assert_told(what, &[left, right], &result);
            told(
                "between",
                tried(|t| t.between(one(), false, other(), other(), at)),
            );
            told(
                "in list",
                tried(|t| t.in_list(operator, one(), vec![other(), one()], at)),
            );
            told(
                "case",
                tried(|t| t.case(Some(one()), vec![(other(), one())], Some(other()), at)),
            );
            told(
                "case",
                tried(|t| t.case(None, vec![(one(), other())], None, at)),
            );
            told("set column", tried(|t| t.set_column(one(), other()).0));
            told("coerce", tried(|t| t.coerce(one(), &right.ty.kind)));
            let to = right.ty.clone();
            if to.kind != Type::Error {
                assert_told(
                    "cast",
                    &[left],
                    &tried(|t| t.cast(one(), to.clone(), at, at)),
                );
                assert_told(
                    "try_cast",
                    &[left],
                    &tried(|t| t.try_cast(one(), to, at, at)),
                );
            }
            told("row", tried(|t| t.row(vec![one(), other()], at)));
        }
    }
    for operand in &operands {
        let told = |what, result| assert_told(what, &[operand], &result);
        let one = || operand.clone();
        told(
            "-",
            tried(|t| t.unary(ast::UnaryOperator::Negate, at, one(), at)),
        );
        told(
            "not",
            tried(|t| t.unary(ast::UnaryOperator::Not, at, one(), at)),
        );
        told(
            "is null",
            tried(|t| t.is_test(one(), true, ast::IsTest::Null, at)),
        );
        told(
            "is true",
            tried(|t| t.is_test(one(), false, ast::IsTest::True, at)),
        );
        told(
            "in param",
            tried(|t| t.in_param(operator, one(), ParamId(0), at, at)),
        );
        told("condition", tried(|t| t.condition(one())));
        told("row count", tried(|t| t.row_count(one())));
        told("value", tried(|t| t.value(one())));
    }
}

#[test]
fn every_function_takes_or_refuses_every_type() {
    let operands = operands();
    for entry in functions::all() {
        for operand in &operands {
            for count in 0..4 {
                let arguments: Vec<Expr> = (0..count).map(|_| operand.clone()).collect();
                let result = match entry.callable {
                    Callable::Aggregate(_) => tried(|typing| {
                        let call = AggregateCall {
                            distinct: (count == 2).then_some(span(8)),
                            condition: (count == 3).then(|| operand.clone()),
                            order_by: (count == 3)
                                .then(|| OrderKey {
                                    value: operand.clone(),
                                    descending: false,
                                    nulls_first: false,
                                })
                                .into_iter()
                                .collect(),
                            has_rows: count == 1,
                            arguments,
                        };
                        typing.aggregate(&name(entry.name), call, span(10))
                    }),
                    _ => tried(|typing| typing.call(&name(entry.name), arguments, span(10))),
                };
                if count > 0 {
                    assert_told(entry.name, &[operand], &result);
                }
            }
        }
    }
}
