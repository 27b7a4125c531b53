//! How MariaDB spells functions, aggregates, operators, lookups and casts: as MySQL does, but for what is
//! said here.

use crate::dialect::{
    Binding, Form, Options, Refusal, Spelling,
    mysql::spell::{aggregates, casts, functions, json, lookups, operators, time},
    operand,
};
use djq_check::{
    Type,
    functions::{AggregateId, FunctionId},
    hir::{BinaryOperator, Lookup},
};
use djq_plan::plan::Expr;

/// The collation that compares code points, and does not ignore spaces at the end.
pub(super) const BINARY: &str = "utf8mb4_nopad_bin";

/// The form of a spelling.
pub(super) fn spell(options: &Options, spelling: Spelling<'_>) -> Result<Form, Refusal> {
    let exact = options.exact_collation.then_some(BINARY);
    match spelling {
        // RANDOM_BYTES came with 10.10.
        Spelling::Function(FunctionId::UuidV4, ..) => Ok(Form::atom(
            "lower(insert(insert(md5(concat(uuid(), rand(), rand())), 13, 1, '4'), 17, 1, \
             elt(1 + floor(rand() * 4), '8', '9', 'a', 'b')))",
        )),
        // What a backslash is in a literal depends on the server's mode.
        Spelling::Function(FunctionId::RegexpReplace, ..) => Ok(Form::atom(
            "regexp_replace({0}, concat('(?-i)', {1}), replace({2}, char(92 USING utf8mb4), repeat(char(92 USING utf8mb4), 2)))",
        )),
        Spelling::Function(FunctionId::RegexpCount, ..) => Ok(Form::infix(
            "char_length(regexp_replace({0}, concat('(?-i)', {1}), concat(char(92 USING utf8mb4), '0_'))) - char_length({0})",
            Binding::Sum,
            Binding::Atom,
        )),
        // Where there is nothing to find it does not look at what would be put there.
        Spelling::Function(FunctionId::Replace, [_, _, to], _) if to.ty.nullable => {
            Ok(Form::atom("if({2} IS NULL, NULL, replace({0}, {1}, {2}))"))
        }
        // To 2106 since 11.5.
        Spelling::Function(FunctionId::AtZone, operands, _) => {
            time::at_zone(operands, "2038-01-19 03:14:07.999999")
        }
        Spelling::Function(id, operands, ty) => {
            functions::spell(BINARY, json::Kind::Text, id, operands, ty)
        }
        // Its own order of UUIDs begins with their last part.
        Spelling::Aggregate {
            function: AggregateId::Min | AggregateId::AnyValue,
            operands: [operand],
            ..
        } if is_uuid(operand) => Ok(Form::atom("min(replace({0}, '-', ''))")),
        Spelling::Aggregate {
            function: AggregateId::Max,
            operands: [operand],
            ..
        } if is_uuid(operand) => Ok(Form::atom("max(replace({0}, '-', ''))")),
        Spelling::Aggregate {
            function,
            distinct,
            operands,
            ty,
            ordered,
        } => aggregates::spell(
            json::Kind::Text,
            exact,
            function,
            distinct,
            operands,
            ty,
            ordered,
        ),
        Spelling::Binary(
            operator @ (BinaryOperator::Less
            | BinaryOperator::LessEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterEqual),
            left,
            _,
            _,
        ) if is_uuid(left) => {
            let sign = operand::comparison(operator).unwrap_or("<");
            Ok(Form::infix(
                format!("replace({{0}}, '-', '') {sign} replace({{1}}, '-', '')"),
                Binding::Comparison,
                Binding::Other,
            ))
        }
        Spelling::JsonItem(operand) => Ok(json::item(json::Kind::Text, operand)),
        Spelling::Binary(operator, left, right, ty) => {
            Ok(operators::spell(exact, operator, left, right, ty))
        }
        // It has no REGEXP_LIKE; whether REGEXP minds case is for the collation, or a flag in the pattern.
        Spelling::Lookup(Lookup::Regex, ..) => Ok(regexp("(?-i)")),
        Spelling::Lookup(Lookup::IRegex, ..) => Ok(regexp("(?i)")),
        Spelling::Lookup(lookup, _, pattern) => Ok(lookups::spell(BINARY, lookup, pattern)),
        // A column of its own type UUID reads with hyphens, one of char(32) without.
        Spelling::Cast(operand, ty) if is_uuid(operand) && ty.kind.base() == &Type::Text => {
            Ok(Form::atom(
                "insert(insert(insert(insert(replace({0}, '-', ''), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')",
            ))
        }
        Spelling::Cast(operand, ty) => casts::cast(operand, &ty.kind),
        Spelling::TryCast(operand, ty) => casts::try_cast(operand, &ty.kind),
        Spelling::Negate(..) => Ok(operators::negate()),
    }
}

fn is_uuid(operand: &Expr) -> bool {
    operand.ty.kind.base() == &Type::Uuid
}

fn regexp(flag: &str) -> Form {
    Form::infix(
        format!("{{0}} REGEXP concat('{flag}', {{1}})"),
        Binding::Comparison,
        Binding::Atom,
    )
}
