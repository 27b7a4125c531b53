//! Where the parts of the checker put what they find: diagnostics, and what they learn about
//! parameters. It resolves nothing and judges nothing.

use crate::{Ty, Type, hir::ParamId};
use djq_diagnostics::{Diagnostic, Span};
use djq_schema::Schema;

/// The diagnostics so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    /// In the order found.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Problems {
    /// One more, unless the same has been said of the same place: what stands once may be looked at twice
    /// (the middle of `a < b < c`).
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        const NEAR: usize = 8;
        let said = self.diagnostics.iter().rev().take(NEAR).any(|other| {
            other.code == diagnostic.code
                && other.primary.span == diagnostic.primary.span
                && other.message == diagnostic.message
        });
        if !said {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Makes one of two that say the same of both ends of a `between`, with fixes that mend both.
    pub(crate) fn both_ends(&mut self, before: usize) {
        let Some([low, high]) = self.diagnostics.get_mut(before..) else {
            return;
        };
        if low.code != high.code
            || low.message != high.message
            || low.fixes.len() != high.fixes.len()
        {
            return;
        }
        low.secondary.push(high.primary.clone());
        for (low, high) in low.fixes.iter_mut().zip(&high.fixes) {
            for edit in &high.edits {
                if !low.edits.contains(edit) {
                    low.edits.push(edit.clone());
                }
            }
        }
        self.diagnostics.truncate(before + 1);
    }
}

/// What typing needs to know and where it reports. Made anew for each call by the walker.
pub(crate) struct Typing<'a> {
    /// For choices, keys and the places where fields are defined.
    pub(crate) schema: &'a Schema,
    /// Where it reports.
    pub(crate) problems: &'a mut Problems,
    /// What is known of the parameters.
    pub(crate) parameters: &'a mut ParameterTypes,
}

/// The parameters of the query that is being checked; a [`ParamId`] is a place here.
#[derive(Debug, Default)]
pub(crate) struct ParameterTypes {
    /// In the order declared, then in the order of first use.
    pub(crate) entries: Vec<ParameterType>,
}

/// What is known of a parameter.
#[derive(Debug)]
pub(crate) struct ParameterType {
    /// Without `$`.
    pub(crate) name: Box<str>,
    /// Where it is declared, or first used.
    pub(crate) span: Span,
    /// Whether it may be left out, and nothing stands for it then.
    pub(crate) optional: bool,
    /// Whether it has a default.
    pub(crate) defaulted: bool,
    /// Its type. While it is `None`, the parameter as an expression is an
    /// [`ExprKind::Param`](crate::hir::ExprKind::Param) of the type [`Type::Null`], not nullable.
    pub(crate) ty: Option<Ty>,
    /// The use that the type was inferred from; none for a declared one.
    pub(crate) inferred_from: Option<Span>,
    /// The first use that needed the type while no use had told it.
    pub(crate) untold: Option<Span>,
}

impl ParameterTypes {
    /// The type, as far as it is known.
    pub(crate) fn ty(&self, id: ParamId) -> Option<&Ty> {
        self.entries.get(id.0 as usize)?.ty.as_ref()
    }

    /// Notes a use that needs the type of a parameter where nothing has told it yet.
    pub(crate) fn untold(&mut self, id: ParamId, at: Span) {
        if let Some(entry) = self.entries.get_mut(id.0 as usize)
            && entry.ty.is_none()
        {
            entry.untold.get_or_insert(at);
        }
    }

    /// Its name, without `$`.
    pub(crate) fn name(&self, id: ParamId) -> &str {
        self.entries.get(id.0 as usize).map_or("", |p| &p.name)
    }

    /// A parameter without a type takes that of the value at `from`; one that has a type keeps it.
    /// An inferred parameter is never null (a list stays a list of values that are never null).
    pub(crate) fn infer(&mut self, id: ParamId, ty: &Type, from: Span) {
        let Some(entry) = self.entries.get_mut(id.0 as usize) else {
            return;
        };
        if entry.ty.is_none() && !matches!(ty, Type::Null) {
            entry.ty = Some(ty.clone().required());
            entry.inferred_from = Some(from);
        }
    }
}
