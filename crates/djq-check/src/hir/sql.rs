//! SQL that the author wrote.

/// A text for all dialects, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlTexts {
    /// By the dialect's name; one without a name is for all.
    pub texts: Vec<(Option<Box<str>>, Vec<SqlPart>)>,
}

/// A part of such a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SqlPart {
    /// As it is. Quotes and parentheses are closed over the whole text; no comment, no semicolon is in it.
    Sql(Box<str>),
    /// An operand, by its place.
    Operand(usize),
}

impl SqlTexts {
    /// The text for a dialect, by its name in settings.
    #[must_use]
    pub fn of(&self, dialect: &str) -> Option<&[SqlPart]> {
        self.texts
            .iter()
            .find(|(name, _)| name.as_deref().is_none_or(|name| name == dialect))
            .map(|(_, parts)| parts.as_slice())
    }
}
