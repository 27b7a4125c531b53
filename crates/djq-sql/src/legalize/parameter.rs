//! Bound values.

use super::Legalizer;
use crate::{
    dialect::Binding,
    legal::Expr,
    rendered::{Slot, SlotValue},
};
use djq_check::{Ty, hir::ParamId};
use djq_plan::plan::{self, ExprKind};

impl<'a> Legalizer<'a> {
    /// A bound value, each once.
    pub(super) fn slot(&mut self, value: SlotValue, ty: Ty, list: bool) -> Expr<'a> {
        let value = match value {
            SlotValue::Param(ParamId::NOW) => SlotValue::Now,
            value => value,
        };
        let counts = matches!(&value, SlotValue::Param(param) if self.plan.counts.contains(param));
        let slot = Slot {
            value,
            ty,
            list,
            counts,
        };
        let place = self.slots.iter().position(|known| *known == slot);
        Expr::Slot(place.unwrap_or_else(|| {
            self.slots.push(slot);
            self.slots.len() - 1
        }))
    }

    /// `expr`, whose type a server has to know from itself.
    pub(super) fn typed(&mut self, expr: Expr<'a>, ty: &Ty) -> Expr<'a> {
        match self.dialect.typed_placeholder(&ty.kind) {
            Some(sql) => Expr::Form {
                sql,
                binds: Binding::Atom,
                holes: Binding::Atom,
                operands: vec![expr],
            },
            None => expr,
        }
    }

    /// An operand beside another from which a server infers the type of a bare placeholder: PostgreSQL
    /// takes an unknown operand to be of the other's type.
    pub(super) fn beside(&mut self, operand: &'a plan::Expr, other: &plan::Expr) -> Expr<'a> {
        let ExprKind::Param(param) = operand.kind else {
            return self.expression(operand);
        };
        let known = !matches!(other.kind, ExprKind::Param(_) | ExprKind::Literal(_));
        if known && operand.ty.kind.base() == other.ty.kind.base() {
            self.slot(SlotValue::Param(param), operand.ty.clone(), false)
        } else {
            self.expression(operand)
        }
    }
}
