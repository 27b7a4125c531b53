//! How MySQL spells functions, aggregates, operators, lookups and casts.

pub(in crate::dialect) mod aggregates;
pub(in crate::dialect) mod casts;
pub(in crate::dialect) mod functions;
pub(in crate::dialect) mod json;
pub(in crate::dialect) mod lookups;
mod numbers;
pub(in crate::dialect) mod operators;
mod search;
pub(in crate::dialect) mod statistics;
mod text;
pub(in crate::dialect) mod time;

use crate::dialect::{Binding, Form, Options, Refusal, Spelling, operand::refuse};
use djq_check::functions::FunctionId;
use djq_plan::plan::ExprKind;

/// The collation that compares code points, and does not ignore spaces at the end.
pub(super) const BINARY: &str = "utf8mb4_0900_bin";

/// The form of a spelling.
pub(super) fn spell(options: &Options, spelling: Spelling<'_>) -> Result<Form, Refusal> {
    match spelling {
        // In a component since 9.6.
        Spelling::Function(FunctionId::Md5, ..) => Err(no_hash("MD5")),
        Spelling::Function(FunctionId::Sha1, ..) => Err(no_hash("SHA-1")),
        Spelling::Function(FunctionId::RegexpReplace, operands, _) => {
            Ok(text::regexp_replace(operands))
        }
        Spelling::Function(FunctionId::RegexpCount, ..) => Ok(Form::infix(
            "char_length(regexp_replace({0}, {1}, '$0_', 1, 0, 'c')) - char_length({0})",
            Binding::Sum,
            Binding::Atom,
        )),
        Spelling::Function(id, operands, ty) => match (operands, bits_of_sha2(id)) {
            // A column that is a key of the groups it does not know there again.
            ([operand], Some(bits)) if matches!(operand.kind, ExprKind::Column(..)) => {
                Ok(Form::atom(format!("sha2(concat({{0}}), {bits})")))
            }
            _ => functions::spell(BINARY, json::Kind::Typed, id, operands, ty),
        },
        Spelling::Aggregate {
            function,
            distinct,
            operands,
            ty,
            ordered,
        } => {
            let exact = options.exact_collation.then_some(BINARY);
            aggregates::spell(
                json::Kind::Typed,
                exact,
                function,
                distinct,
                operands,
                ty,
                ordered,
            )
        }
        Spelling::JsonItem(operand) => Ok(json::item(json::Kind::Typed, operand)),
        Spelling::Binary(operator, left, right, ty) => {
            let exact = options.exact_collation.then_some(BINARY);
            Ok(operators::spell(exact, operator, left, right, ty))
        }
        Spelling::Lookup(lookup, _, pattern) => Ok(lookups::spell(BINARY, lookup, pattern)),
        Spelling::Cast(operand, ty) => casts::cast(operand, &ty.kind),
        Spelling::TryCast(operand, ty) => casts::try_cast(operand, &ty.kind),
        Spelling::Negate(..) => Ok(operators::negate()),
    }
}

fn bits_of_sha2(function: FunctionId) -> Option<u16> {
    match function {
        FunctionId::Sha224 => Some(224),
        FunctionId::Sha256 => Some(256),
        FunctionId::Sha384 => Some(384),
        FunctionId::Sha512 => Some(512),
        _ => None,
    }
}

fn no_hash(name: &str) -> Refusal {
    refuse(
        format!("MySQL has {name} only where a component is installed, since 9.6"),
        "`sha256`, which every database has",
    )
}
