//! Text compared exactly, whatever its column's collation: in lists, groups, orders, different rows.
//!
//! Operators, aggregates and lookups are spelt so by the dialects themselves.

use super::Legalizer;
use crate::{
    dialect::{Binding, Form},
    legal::Expr,
};
use djq_check::{Ty, Type, functions::FunctionId, hir::Literal};
use djq_plan::plan::{self, ExprKind};

/// Whether a key is a column of a table that is grouped by its whole primary key. That is unique by the column's own
/// collation, and only as it stands do servers know that the table's other columns follow from it.
fn is_row_key(select: &plan::Select, key: &plan::Expr) -> bool {
    matches!(&key.kind, plan::ExprKind::Column(table, _) if select.keyed.contains(table))
}

impl<'a> Legalizer<'a> {
    /// `expr` with the exact collation, where that is asked for and it is text.
    pub(super) fn exactly(&self, expr: Expr<'a>, ty: &Ty) -> Expr<'a> {
        match self.collation_of(ty) {
            Some(collation) => expr.within_guard(|expr| {
                Expr::form(
                    Form::infix(
                        format!("{{0}} COLLATE {collation}"),
                        Binding::Unary,
                        Binding::Atom,
                    ),
                    vec![expr],
                )
            }),
            _ => expr,
        }
    }

    /// The collation that compares values of a type exactly, where that is asked for and they are text.
    pub(super) fn collation_of(&self, ty: &Ty) -> Option<&'static str> {
        let is_text = *ty.kind.base() == Type::Text;
        self.dialect.exact_collation().filter(|_| is_text)
    }

    /// The operands of a function; one of them with the exact collation, where the function compares texts.
    pub(super) fn compared(
        &mut self,
        function: FunctionId,
        operands: &'a [plan::Expr],
    ) -> Vec<Expr<'a>> {
        let compares = matches!(
            function,
            FunctionId::NullIf | FunctionId::Greatest | FunctionId::Least
        );
        let mut values = self.expressions(operands);
        let null = |operand: &plan::Expr| matches!(operand.kind, ExprKind::Literal(Literal::Null));
        if compares
            && operands.len() > 1
            && let Some(place) = operands.iter().position(|operand| !null(operand))
            && let (Some(operand), Some(value)) = (operands.get(place), values.get_mut(place))
            && self.collation_of(&operand.ty).is_some()
        {
            let plain = std::mem::replace(value, Expr::atom("NULL"));
            *value = self.exactly(plain, &operand.ty);
        }
        values
    }

    /// What tells a group's text keys apart exactly: it stands beside the key, which servers know again elsewhere.
    pub(super) fn exact_key(
        &mut self,
        select: &plan::Select,
        key: &'a plan::Expr,
    ) -> Option<Expr<'a>> {
        self.collation_of(&key.ty)?;
        if is_row_key(select, key) {
            return None;
        }
        let keys = std::mem::take(&mut self.group_keys);
        let value = self.expression(key);
        self.group_keys = keys;
        Some(self.exactly(value, &key.ty))
    }
}
