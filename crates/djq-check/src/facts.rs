//! What each place in the text means: all that an editor or `--why` needs of the checker.

use crate::Ty;
use djq_diagnostics::Span;
use djq_schema::{FieldId, ModelId, RelationId};

/// Places and their meanings, in the order met.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    entries: Vec<Fact>,
}

/// A place and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub kind: FactKind,
}

/// What a place means.
#[derive(Debug, Clone, PartialEq)]
pub enum FactKind {
    /// A model.
    Model(ModelId),
    /// A field, with its type here (outer joins make it nullable).
    Field(FieldId, Ty),
    /// A relation.
    Relation(RelationId),
    /// A source, declared at the span.
    Source(Span),
    /// A value that a clause named at the span.
    Named(Ty, Span),
    /// A column of a CTE or derived table.
    Column(Ty),
    /// A CTE, view or definition, declared at the span.
    Definition(Span),
    /// A parameter, declared or first used at the span; its type, if it is known by then.
    Parameter(Option<Ty>, Span),
    /// The value of a whole clause's expression.
    Value(Ty),
}

impl Facts {
    pub(crate) fn push(&mut self, span: Span, kind: FactKind) {
        self.entries.push(Fact { span, kind });
    }

    /// The type of the value that ends where this place does.
    pub(crate) fn last_value(&self, span: Span) -> Option<&crate::Type> {
        self.entries.iter().rev().find_map(|fact| {
            let here = fact.span.file == span.file && fact.span.end == span.end;
            match &fact.kind {
                FactKind::Field(_, ty) | FactKind::Column(ty) | FactKind::Named(ty, _) if here => {
                    Some(ty.kind.base())
                }
                _ => None,
            }
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.entries.truncate(len);
    }

    pub(crate) fn append(&mut self, mut other: Facts) {
        if self.entries.is_empty() {
            self.entries = other.entries;
        } else {
            self.entries.append(&mut other.entries);
        }
    }

    /// None yet, with room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self {
            entries: Vec::with_capacity(count),
        }
    }

    /// All of them.
    #[must_use]
    pub fn entries(&self) -> &[Fact] {
        &self.entries
    }

    /// The fact of the smallest place that `offset` touches, of one file.
    #[must_use]
    pub fn at(&self, file: djq_diagnostics::FileId, offset: usize) -> Option<&Fact> {
        self.entries
            .iter()
            .filter(|fact| fact.span.file == file && fact.span.touches(offset))
            .min_by_key(|fact| fact.span.end - fact.span.start)
    }
}
