//! Full-text search on MySQL and MariaDB, which is of columns with a FULLTEXT index.

use crate::dialect::{Binding, Form, Refusal, operand::refuse};
use djq_check::Type;
use djq_plan::plan::{Expr, ExprKind};

/// The words alone, each with the sign that says that it has to be there: what the search takes for operators is data.
const WORDS: &str = "CASE WHEN trim(regexp_replace({1}, '[^[:alnum:]]+', ' ')) = '' THEN '' ELSE \
regexp_replace(concat(' ', trim(regexp_replace({1}, '[^[:alnum:]]+', ' '))), ' ', ' +') END";

fn is_column(operands: &[Expr]) -> Result<(), Refusal> {
    let is_constant =
        |operand: &Expr| matches!(operand.kind, ExprKind::Literal(_) | ExprKind::Param(_));
    match operands {
        [text, words]
            if matches!(text.kind, ExprKind::Column(..))
                && text.ty.kind.base() == &Type::Text
                && is_constant(words) =>
        {
            Ok(())
        }
        _ => Err(refuse(
            "MySQL and MariaDB search for the same words in every row, and in a column that has a FULLTEXT index",
            "a field as the text, and a literal or a parameter as the words",
        )),
    }
}

/// Null where either is: alone, the server finds nothing in null.
pub(super) fn search(operands: &[Expr]) -> Result<Form, Refusal> {
    is_column(operands)?;
    let found = format!("MATCH ({{0}}) AGAINST ({WORDS} IN BOOLEAN MODE) > 0");
    Ok(known(operands, found, Binding::Comparison))
}

/// As [`search`].
pub(super) fn rank(operands: &[Expr]) -> Result<Form, Refusal> {
    is_column(operands)?;
    Ok(known(
        operands,
        "MATCH ({0}) AGAINST ({1})".to_owned(),
        Binding::Other,
    ))
}

fn known(operands: &[Expr], value: String, binds: Binding) -> Form {
    if operands.iter().any(|operand| operand.ty.nullable) {
        Form::atom(format!(
            "CASE WHEN {{0}} IS NOT NULL AND {{1}} IS NOT NULL THEN {value} END"
        ))
    } else {
        Form::infix(value, binds, Binding::Atom)
    }
}
