//! The types of a query's parameters: declared, or told by their first use.

use crate::{Ty, Type, hir::ParamId};
use djq_diagnostics::Span;

/// The parameters of one query. A [`ParamId`] is a place here.
#[derive(Debug, Default)]
pub(crate) struct ParameterTypes {
    entries: Vec<ParameterType>,
}

/// A parameter's name and what is known of its type.
#[derive(Debug, Clone)]
pub(crate) struct ParameterType {
    /// Without `$`.
    pub(crate) name: Box<str>,
    /// Its type, once it is known.
    pub(crate) ty: Option<Ty>,
    /// Whether the type was written, so that a use does not decide it.
    pub(crate) declared: bool,
    /// The declaration; of one that is inferred, its first use.
    pub(crate) span: Span,
    /// The use that decided the type.
    pub(crate) decided: Option<Span>,
    /// A use that needed the type before any use had told it.
    pub(crate) untold: Option<Span>,
}

impl ParameterTypes {
    /// Adds a parameter. `ty` is `None` where no type is written: then the first use that tells it does.
    pub(crate) fn declare(&mut self, name: &str, ty: Option<Ty>, span: Span) -> ParamId {
        let id = ParamId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.entries.push(ParameterType {
            name: name.into(),
            declared: ty.is_some(),
            ty,
            span,
            decided: None,
            untold: None,
        });
        id
    }

    /// The parameter of this name.
    pub(crate) fn find(&self, name: &str) -> Option<ParamId> {
        (0u32..)
            .zip(&self.entries)
            .find(|(_, entry)| &*entry.name == name)
            .map(|(id, _)| ParamId(id))
    }

    /// What is known of a parameter.
    pub(crate) fn get(&self, id: ParamId) -> Option<&ParameterType> {
        self.entries.get(id.0 as usize)
    }

    /// All of them, in order.
    pub(crate) fn entries(&self) -> &[ParameterType] {
        &self.entries
    }

    /// Whether its type is still to be told.
    pub(crate) fn is_open(&self, id: ParamId) -> bool {
        self.get(id).is_some_and(|entry| entry.ty.is_none())
    }

    /// Fixes the type of an open parameter; does nothing for others.
    pub(crate) fn decide(&mut self, id: ParamId, ty: Ty, at: Span) {
        if let Some(entry) = self.entries.get_mut(id.0 as usize)
            && entry.ty.is_none()
        {
            entry.ty = Some(ty);
            entry.decided = Some(at);
        }
    }

    /// Notes a use that needs the type of a parameter where nothing has told it.
    pub(crate) fn untold(&mut self, id: ParamId, at: Span) {
        if let Some(entry) = self.entries.get_mut(id.0 as usize)
            && entry.ty.is_none()
        {
            entry.untold.get_or_insert(at);
        }
    }

    /// The type to give an expression that is this parameter: [`Type::Error`] while it is open.
    pub(crate) fn ty(&self, id: ParamId) -> Ty {
        self.get(id)
            .and_then(|entry| entry.ty.clone())
            .unwrap_or(Type::Error.required())
    }
}
