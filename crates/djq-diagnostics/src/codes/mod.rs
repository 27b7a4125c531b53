//! Every diagnostic there is: a file each, with its number, its long story and an example.
//!
//! Numbers are stable and never used again. E01 syntax, E02 names, E03 types, E04 relations,
//! cardinality and grouping, E05 dialects, E06 the schema snapshot, E09 limits of the compiler;
//! L lints, which have levels.
//!
//! A code's file opens with the manual of the diagnostic: `djq explain` prints it.

use crate::Severity;

/// What a diagnostic is called and how it is explained.
///
/// ```
/// let code = djq_diagnostics::codes::by_id("unknown-field").unwrap();
/// assert_eq!(code.id, "E0204");
/// ```
#[derive(Debug)]
pub struct Code {
    /// Stable number: `E0204`, `L0003`.
    pub id: &'static str,
    /// Stable name, kebab-case: `unknown-field`.
    pub name: &'static str,
    /// Severity where nothing changes it; a lint that is allowed unless asked for has `Note`.
    pub severity: Severity,
    /// The long story: what it means, why it is so, what to write. Markdown, no headings.
    pub doc: &'static str,
    /// A whole file over the blog example's schema that raises this code (and no other); for E06 a snapshot.
    pub example: &'static str,
    /// The same file mended; compiles. `None` where there is nothing to mend in the file.
    pub mended: Option<&'static str>,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

/// The code of this number or name, in any case.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Code> {
    ALL.iter()
        .copied()
        .find(|code| code.id.eq_ignore_ascii_case(id) || code.name.eq_ignore_ascii_case(id))
}

macro_rules! codes {
    ($($module:ident $name:ident),* $(,)?) => {
        $(mod $module; pub use $module::$name;)*
        /// Every code, by number.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    syntax_error SYNTAX_ERROR,
    unknown_field UNKNOWN_FIELD,
    snapshot_syntax SNAPSHOT_SYNTAX,
    snapshot_version SNAPSHOT_VERSION,
    snapshot_key SNAPSHOT_KEY,
    snapshot_value SNAPSHOT_VALUE,
    snapshot_name SNAPSHOT_NAME,
    snapshot_duplicate SNAPSHOT_DUPLICATE,
    bad_config BAD_CONFIG,
    not_utf8 NOT_UTF8,
}
