//! Rows compared: `(a, b) > (c, d)`.

use super::Legalizer;
use crate::{
    dialect::Spelling,
    legal::{Chain, Expr},
};
use djq_check::hir::BinaryOperator;
use djq_plan::plan::{self, ExprKind};

impl<'a> Legalizer<'a> {
    /// A comparison of rows, the texts in them exactly where that is asked for.
    pub(super) fn row_comparison(
        &mut self,
        expr: &plan::Expr,
        operator: BinaryOperator,
        (left, lefts): (&'a plan::Expr, &'a [plan::Expr]),
        right: &'a plan::Expr,
    ) -> Expr<'a> {
        if let ExprKind::Row(rights) = &right.kind
            && !self.dialect.has_row_comparison()
        {
            return self.value_by_value(expr, operator, lefts, rights);
        }
        let form = self
            .dialect
            .spell(Spelling::Binary(operator, left, right, &expr.ty));
        self.spelt(expr, form, |this| {
            vec![this.exact(left), this.expression(right)]
        })
    }

    /// The comparison as one of values: of all where they are to be equal, else of the first that differ.
    fn value_by_value(
        &mut self,
        expr: &plan::Expr,
        operator: BinaryOperator,
        lefts: &'a [plan::Expr],
        rights: &'a [plan::Expr],
    ) -> Expr<'a> {
        let (chain, each) = match operator {
            BinaryOperator::Equal | BinaryOperator::NotDistinctFrom => (Chain::And, operator),
            BinaryOperator::NotEqual | BinaryOperator::DistinctFrom => (Chain::Or, operator),
            BinaryOperator::LessEqual => (Chain::Or, BinaryOperator::Less),
            BinaryOperator::GreaterEqual => (Chain::Or, BinaryOperator::Greater),
            _ => (Chain::Or, operator),
        };
        let pairs = lefts.len().min(rights.len());
        let mut compared = None;
        // From the last pair to the first: `a < c OR (a = c AND …)`.
        for (place, (left, right)) in lefts.iter().zip(rights).enumerate().rev() {
            let last = place + 1 == pairs;
            let own = self.pair(expr, if last { operator } else { each }, left, right);
            let ordered = chain == Chain::Or && !is_equality(operator);
            compared = Some(match compared.take() {
                None => own,
                Some(rest) if ordered => {
                    let equal = self.pair(expr, BinaryOperator::Equal, left, right);
                    Expr::Chain(
                        Chain::Or,
                        vec![own, Expr::Chain(Chain::And, vec![equal, rest])],
                    )
                }
                Some(Expr::Chain(inner, mut rest)) if inner == chain => {
                    rest.insert(0, own);
                    Expr::Chain(chain, rest)
                }
                Some(rest) => Expr::Chain(chain, vec![own, rest]),
            });
        }
        compared.unwrap_or_else(|| Expr::atom("TRUE"))
    }

    fn pair(
        &mut self,
        expr: &plan::Expr,
        operator: BinaryOperator,
        left: &'a plan::Expr,
        right: &'a plan::Expr,
    ) -> Expr<'a> {
        if let ExprKind::Row(values) = &left.kind {
            return self.row_comparison(expr, operator, (left, values), right);
        }
        let form = self
            .dialect
            .spell(Spelling::Binary(operator, left, right, &expr.ty));
        self.spelt(expr, form, |this| {
            vec![this.beside(left, right), this.beside(right, left)]
        })
    }
}

fn is_equality(operator: BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::DistinctFrom
            | BinaryOperator::NotDistinctFrom
    )
}
