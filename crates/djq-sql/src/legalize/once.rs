//! Operands that a form writes several times: a long one stands once, in a derived table, and is named from there; and
//! statements that are too long all the same.

use super::Legalizer;
use crate::{
    dialect::Form,
    legal::{Expr, From, Item, Query, Select, holes},
};
use djq_check::Type;
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_plan::{
    plan::{self, ExprKind},
    walk,
};

/// An operand with more text is written once.
const LONG: usize = 400;
/// A statement may have so much text: SQLite takes a million bytes.
const MOST: usize = 1_000_000;

impl<'a> Legalizer<'a> {
    /// The form over its operands.
    pub(super) fn form_of(
        &mut self,
        expr: &plan::Expr,
        form: Form,
        mut operands: Vec<Expr<'a>>,
    ) -> Expr<'a> {
        let long: Vec<usize> = (0..operands.len())
            .filter(|place| {
                holes(&form.sql, *place) > 1
                    && operands
                        .get(*place)
                        .is_some_and(|operand| operand.size(LONG) >= LONG)
            })
            .collect();
        if long.is_empty() || !self.may_stand_inside(expr) {
            return Expr::form(form, operands);
        }
        let alias = self.own_alias("once");
        let mut items = Vec::with_capacity(long.len());
        for place in long {
            let name = format!("value{}", place + 1);
            if let Some(operand) = operands.get_mut(place) {
                let column = Expr::Column(alias.clone(), name.clone().into());
                items.push(Item {
                    value: std::mem::replace(operand, column),
                    name: name.into(),
                });
            }
        }
        let from = From::Derived {
            query: Box::new(Query::select(Select {
                items,
                ..Select::default()
            })),
            lateral: false,
            alias,
        };
        Expr::Query(Box::new(Query::select(Select {
            items: vec![Item {
                value: Expr::form(form, operands),
                name: "".into(),
            }],
            from: Some(from),
            ..Select::default()
        })))
    }

    /// Whether it means the same in a derived table of a query in its place.
    fn may_stand_inside(&self, expr: &plan::Expr) -> bool {
        let mut may = !self.aggregating && self.dialect.has_outer_references_in_derived();
        walk::expressions(expr, false, &mut |part| {
            may &= *part.ty.kind.base() != Type::Json
                && !matches!(
                    part.kind,
                    ExprKind::Aggregate(_)
                        | ExprKind::Grouping(_)
                        | ExprKind::JsonList { .. }
                        | ExprKind::JsonObject(_)
                        | ExprKind::Window(_)
                        | ExprKind::When(..)
                        | ExprKind::Item(_)
                );
        });
        may
    }

    /// Refuses a statement that is too long.
    pub(super) fn check_size(&mut self, query: &Query<'a>, span: Span) {
        if query.size(MOST) >= MOST {
            let title = self.dialect.id().title();
            self.diagnostics.push(
                Diagnostic::new(
                    &codes::TOO_LARGE,
                    span,
                    format!("this would be more than a million characters of SQL for {title}"),
                )
                .help("calls in each other that are written with an operand several times there make it so long: take it apart into several queries"),
            );
        }
    }
}
