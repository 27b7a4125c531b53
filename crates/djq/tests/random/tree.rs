//! A query as a tree of text: what it was made of, so that parts can be left out.

use crate::kind::Kind;

/// What a part of a query is, and so what may stand in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A value.
    Value(Kind),
    /// A clause, or anything else that may be left out.
    Optional,
    /// `from …` with clauses.
    Pipeline,
    /// A list of items with commas between them, of which one has to stay.
    List,
    /// Text without parts, in which braces are braces.
    Verbatim,
    /// Anything else.
    Fixed,
}

/// A part of a query.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    pub(crate) sort: Sort,
    /// Text with `{}` where the parts stand; empty for a list.
    text: String,
    pub(crate) parts: Vec<Tree>,
    /// How large its value can be: of a number the absolute value, of a text the length.
    pub(crate) bound: f64,
}

impl Tree {
    /// `text` has a `{}` for each part.
    pub(crate) fn new(sort: Sort, text: impl Into<String>, parts: Vec<Tree>) -> Self {
        let text = text.into();
        assert_eq!(text.matches("{}").count(), parts.len(), "{text}");
        Self {
            sort,
            text,
            parts,
            bound: 0.0,
        }
    }

    pub(crate) fn value(kind: Kind, text: impl Into<String>, parts: Vec<Tree>) -> Self {
        Self::new(Sort::Value(kind), text, parts)
    }

    /// Text that has no parts, whatever is in it.
    pub(crate) fn verbatim(text: impl Into<String>) -> Self {
        Self {
            sort: Sort::Verbatim,
            text: text.into(),
            parts: Vec::new(),
            bound: 0.0,
        }
    }

    pub(crate) fn list(items: Vec<Tree>) -> Self {
        Self {
            sort: Sort::List,
            text: String::new(),
            parts: items,
            bound: 0.0,
        }
    }

    pub(crate) fn bounded(self, bound: f64) -> Self {
        Self { bound, ..self }
    }

    /// Every part, itself first, by its path.
    pub(crate) fn paths(&self) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new()];
        for (place, part) in self.parts.iter().enumerate() {
            for mut path in part.paths() {
                path.insert(0, place);
                found.push(path);
            }
        }
        found
    }

    pub(crate) fn at(&self, path: &[usize]) -> &Tree {
        path.iter().fold(self, |tree, place| &tree.parts[*place])
    }

    /// This tree with another part at a path.
    pub(crate) fn with(&self, path: &[usize], part: Tree) -> Tree {
        match path.split_first() {
            None => part,
            Some((place, rest)) => {
                let mut tree = self.clone();
                tree.parts[*place] = self.parts[*place].with(rest, part);
                tree
            }
        }
    }

    /// Nothing, in the place of something that may be left out.
    pub(crate) fn nothing() -> Tree {
        Tree::new(Sort::Fixed, "", Vec::new())
    }

    fn write(&self, out: &mut String) {
        if self.sort == Sort::List {
            for (place, item) in self.parts.iter().enumerate() {
                out.push_str(if place == 0 { "" } else { ", " });
                item.write(out);
            }
            return;
        }
        if self.sort == Sort::Verbatim {
            out.push_str(&self.text);
            return;
        }
        let mut parts = self.parts.iter();
        for (place, text) in self.text.split("{}").enumerate() {
            if place > 0
                && let Some(part) = parts.next()
            {
                part.write(out);
            }
            out.push_str(text);
        }
    }
}

impl std::fmt::Display for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}
