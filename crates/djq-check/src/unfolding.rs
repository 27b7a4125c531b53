//! How much definitions may unfold to: each that uses two others doubles what comes of it.

use crate::{
    hir::{Expr, Pipeline, Root, parts},
    paths::Meaning,
    visit::children,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, codes};

/// As many expressions as the definitions of a query may unfold to.
const MOST: usize = 50_000;

/// As many definitions as may stand in each other.
pub(crate) const DEPTH: usize = 64;

/// What definitions have unfolded to.
#[derive(Debug, Default)]
pub(crate) struct Unfolded {
    expressions: usize,
    /// Whether it has been said that this is too much.
    reported: bool,
}

impl Walker<'_> {
    /// Whether as much more may be unfolded, where this is inside of a definition.
    pub(crate) fn may_unfold(&mut self, expressions: usize) -> bool {
        if self.quiet == 0 {
            return true;
        }
        let unfolded = &mut self.unfolded.expressions;
        *unfolded = unfolded.saturating_add(expressions);
        *unfolded <= MOST
    }

    /// What a parameter of a definition stands for, once more.
    pub(crate) fn bound(&mut self, meaning: &Meaning<'_>) -> bool {
        match meaning {
            Meaning::Value(value) => {
                let mut left = MOST + 1;
                self.measure(value, &mut left);
                self.may_unfold(MOST + 1 - left)
            }
            _ => true,
        }
    }

    /// Takes the size of an expression from what is left, and stops at nothing.
    fn measure(&self, expr: &Expr, left: &mut usize) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            let mut inner: Vec<&Pipeline> = Vec::new();
            let mut operands: Vec<&Expr> = Vec::new();
            children(expr, &mut |operand| operands.push(operand), &mut |body| {
                inner.push(body);
            });
            operands.into_iter().for_each(|of| self.measure(of, left));
            for body in inner {
                self.measure_pipeline(body, left);
            }
        });
    }

    fn measure_pipeline(&self, body: &Pipeline, left: &mut usize) {
        parts(body, &mut |root| match root {
            Root::Expr(expr) => self.measure(expr, left),
            Root::Pipeline(body) => self.measure_pipeline(body, left),
        });
    }

    /// Says, outside of all definitions, that the one just left has unfolded to too much.
    pub(crate) fn end_unfolding(&mut self, place: usize) {
        if self.quiet > 0 || self.unfolded.reported || self.unfolded.expressions <= MOST {
            return;
        }
        self.unfolded.reported = true;
        self.broken = true;
        let name = &self.names.definitions[place].ast.name;
        self.report(
            Diagnostic::new(
                &codes::TOO_DEEP,
                name.span,
                format!("`{}` unfolds to more than {MOST} expressions", name.text),
            )
            .label("each definition in it stands there as a whole")
            .help("name parts of it in the query, by `let` or in a view: those are computed once"),
        );
    }

    /// Says that a definition comes back to itself, or that too many stand in each other.
    pub(crate) fn refuse_to_unfold(&mut self, place: usize) {
        let name = &self.names.definitions[place].ast.name;
        let diagnostic = if self.expanding.contains(&place) {
            Diagnostic::new(
                &codes::RECURSIVE_DEFINITION,
                name.span,
                format!("`{}` is defined by itself", name.text),
            )
            .label("comes back to itself")
        } else {
            Diagnostic::new(
                &codes::TOO_DEEP,
                name.span,
                format!("more than {DEPTH} definitions stand in each other"),
            )
            .label("the innermost")
        };
        self.report(diagnostic);
    }
}
