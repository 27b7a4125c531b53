//! What is there only when a guard holds.

use super::Legalizer;
use crate::legal::{Expr, When};
use djq_check::hir::Guard;
use std::borrow::Cow;

impl<'a> Legalizer<'a> {
    /// Something that is there when the guard holds.
    pub(super) fn when(&mut self, guard: &'a Guard, of: Expr<'a>) -> Expr<'a> {
        self.guarded = true;
        let guard = Cow::Borrowed(guard);
        Expr::When(Box::new(When { guard, of }))
    }

    /// Something that is there when all of these hold; it always is where there are none.
    pub(super) fn when_all(&mut self, guards: Vec<Guard>, of: Expr<'a>) -> Expr<'a> {
        let Some(guard) = guards.into_iter().reduce(Guard::and) else {
            return of;
        };
        self.guarded = true;
        let guard = Cow::Owned(guard);
        Expr::When(Box::new(When { guard, of }))
    }

    /// A guard of a join or a CTE.
    pub(super) fn guard(&mut self, guard: Option<&'a Guard>) -> Option<&'a Guard> {
        self.guarded |= guard.is_some();
        guard
    }
}
