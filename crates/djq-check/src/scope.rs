//! The scope of a pipeline: what its names mean at each clause.
//!
//! A scope has frames. The first holds the rows of its sources; `group by`, `distinct` and set operations
//! make a new one, whose rows have other names. Expressions are checked at a level, which is a frame; the
//! arguments of aggregates at the one below.

use crate::{
    fan_out::Grain,
    hir::{self, CteId, NamedId, SourceId},
    nest::Shaped,
    paths::Meaning,
    windows::Over,
};
use djq_diagnostics::Span;
use djq_syntax::ast;

/// A pipeline in the making.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) id: u32,
    /// Whether names outside are out of sight.
    pub(crate) barrier: bool,
    pub(crate) frames: Vec<Frame>,
    /// The frame that names are looked up in now.
    pub(crate) level: usize,
    pub(crate) sources: Vec<Visible>,
    /// The source whose fields go by bare names, where it is one of several: a relation's last.
    pub(crate) item: Option<SourceId>,
    pub(crate) ctes: Vec<(&'a str, CteId)>,
    /// The parameters of a function that is being expanded.
    pub(crate) bindings: Vec<(&'a str, Meaning<'a>)>,
    pub(crate) from: Option<SourceId>,
    pub(crate) own_ctes: Vec<CteId>,
    pub(crate) clauses: Vec<hir::Clause>,
    /// The clause at hand.
    pub(crate) at_clause: Option<&'a ast::Clause>,
    /// The guard of the clause at hand.
    pub(crate) guard: Option<hir::Guard>,
    pub(crate) output: Option<Vec<OutputColumn>>,
    pub(crate) aggregates: Aggregates,
    /// Windows that a `window` clause named, in order.
    pub(crate) named_windows: Vec<(&'a ast::Name, Over)>,
    /// The clauses below the one at hand.
    pub(crate) below: &'a [ast::Clause],
    /// Those that were used above their clause, which has been said.
    pub(crate) windows_missed: Vec<Box<str>>,
    pub(crate) grain: Grain,
    /// Whether the last clause was half a page.
    pub(crate) open_page: bool,
    /// Whether an `order by` is in force.
    pub(crate) ordered: bool,
}

/// A source with the name it goes by.
#[derive(Debug, Clone)]
pub(crate) struct Visible {
    pub(crate) name: Box<str>,
    pub(crate) id: SourceId,
    pub(crate) span: Span,
}

/// Rows that have the same names.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) kind: FrameKind,
    /// Names of `let`, `select` and keys, in order.
    pub(crate) names: Vec<(Box<str>, NamedId)>,
    /// What made it.
    pub(crate) made_by: Span,
    /// Whether keys are null where they are summed up: under `rollup` and its kin.
    pub(crate) summed: bool,
}

/// What the rows of a frame are.
#[derive(Debug)]
pub(crate) enum FrameKind {
    /// Those of the sources.
    Rows,
    /// One for each combination of keys.
    Grouped(Vec<hir::GroupKey>),
    /// Those of a `distinct`: its output.
    Distinct(Vec<NamedId>),
    /// Those of a set operation: its output.
    SetOperation,
}

/// Whether an aggregate of rows may stand here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregates {
    /// In `select`: makes one row.
    Total,
    /// Not here; the clause's words.
    Refused(&'static str),
    /// Inside another aggregate.
    Inside(Span),
}

/// A column of the output, while the pipeline is checked.
#[derive(Debug, Clone)]
pub(crate) struct OutputColumn {
    pub(crate) name: Box<str>,
    pub(crate) span: Span,
    /// Whether the place is that of a name behind `as`, and not that of the value.
    pub(crate) aliased: bool,
    pub(crate) kind: OutputKind,
}

/// What such a column is.
#[derive(Debug, Clone)]
pub(crate) enum OutputKind {
    Named(NamedId),
    Nest(Box<Shaped>),
}

impl Scope<'_> {
    pub(crate) fn new(id: u32, barrier: bool) -> Self {
        Self {
            id,
            barrier,
            frames: vec![Frame {
                kind: FrameKind::Rows,
                names: Vec::new(),
                made_by: Span::default(),
                summed: false,
            }],
            level: 0,
            sources: Vec::new(),
            item: None,
            ctes: Vec::new(),
            bindings: Vec::new(),
            from: None,
            own_ctes: Vec::new(),
            clauses: Vec::with_capacity(8),
            at_clause: None,
            guard: None,
            output: None,
            aggregates: Aggregates::Refused("here"),
            named_windows: Vec::new(),
            below: &[],
            windows_missed: Vec::new(),
            grain: Grain::default(),
            open_page: false,
            ordered: false,
        }
    }

    /// The frame that names are looked up in.
    pub(crate) fn frame(&self) -> &Frame {
        &self.frames[self.level]
    }

    pub(crate) fn frame_mut(&mut self) -> &mut Frame {
        &mut self.frames[self.level]
    }

    /// Rows with new names from here on.
    pub(crate) fn push_frame(
        &mut self,
        kind: FrameKind,
        names: Vec<(Box<str>, NamedId)>,
        made_by: Span,
    ) {
        self.frames.push(Frame {
            kind,
            names,
            made_by,
            summed: false,
        });
        self.level = self.frames.len() - 1;
    }

    /// Whether rows are still those of the sources.
    pub(crate) fn has_rows(&self) -> bool {
        matches!(self.frame().kind, FrameKind::Rows)
    }

    /// A value of this name in a frame.
    pub(crate) fn find_named(&self, level: usize, name: &str) -> Option<NamedId> {
        self.frames
            .get(level)?
            .names
            .iter()
            .rev()
            .find(|(known, _)| &**known == name)
            .map(|(_, id)| *id)
    }

    /// A source of this name.
    pub(crate) fn find_source(&self, name: &str) -> Option<SourceId> {
        self.sources
            .iter()
            .rev()
            .find(|source| &*source.name == name)
            .map(|source| source.id)
    }
}
