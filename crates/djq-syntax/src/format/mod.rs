//! The one style: two spaces, a clause a line, keywords in lower case, long lists an item a line.
//!
//! The formatter moves tokens and never makes or drops one, so the tree stays what it was; what
//! each token is (a clause's first word, a name, a sign) the parser has recorded. Comments stand
//! beside the tokens and are written with the one behind them.

mod layout;
mod printer;

use djq_diagnostics::Diagnostic;

use crate::parser;
use printer::Printer;

/// A file in the one style. Every comment is kept, and formatting the result changes nothing.
///
/// # Errors
/// The diagnostics, where the text does not parse: nothing is guessed about a broken file.
///
/// ```
/// let text = djq_syntax::format("query a() {from Entry  WHERE rating>3}").unwrap();
/// assert_eq!(text, "query a() { from Entry where rating > 3 }\n");
/// ```
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let recorded = parser::record(text)?;
    let mut printer = Printer::new(text, &recorded);
    layout::file(&mut printer);
    Ok(printer.finish())
}
