//! What the text itself declares, asked for only where a name looks like another language's.

use rustc_hash::FxHashSet;

use crate::parser::input::{Input, Read};
use crate::token::{Token, TokenKind as K};

/// The names of one text's declarations that another language's could be mistaken for.
#[derive(Default)]
pub(crate) struct Declared<'src> {
    /// What is defined, and whatever has `__` in its name.
    names: FxHashSet<&'src str>,
    /// Definitions come from other files too.
    uses: bool,
}

impl<'src> Declared<'src> {
    fn of(text: &'src str, tokens: &[Token]) -> Self {
        let kind = |at: usize| tokens.get(at).map(|token| token.kind);
        let mut declared = Self::default();
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(kind);
            let declares = match before {
                Some(K::As | K::Let | K::Def | K::View | K::With | K::Recursive) => true,
                Some(K::Comma | K::OpenParen) => {
                    let behind = kind(at + 1);
                    behind == Some(K::Colon)
                        || (behind == Some(K::As) && kind(at + 2) == Some(K::OpenParen))
                }
                Some(K::Use) => {
                    declared.uses |= token.kind == K::Text;
                    false
                }
                _ => false,
            };
            let name = text.get(token.range()).unwrap_or("");
            if declares && token.kind == K::Name && (before == Some(K::Def) || name.contains("__"))
            {
                declared.names.insert(name);
            }
        }
        declared
    }
}

/// Whether the text gives this name, which has `__` in it, to something itself: then it is no path.
pub(super) fn declares(inp: &mut Input<'_, '_>, name: &str) -> bool {
    found(inp).names.contains(name)
}

/// Whether the text may define a function of this name, here or in a file that it uses.
pub(super) fn defines(inp: &mut Input<'_, '_>, name: &str) -> bool {
    let declared = found(inp);
    declared.uses || declared.names.contains(name)
}

/// Looked for once, since there may be many such names.
fn found<'a, 'src>(inp: &'a mut Input<'src, '_>) -> &'a Declared<'src> {
    let state = inp.knows();
    let (text, tokens) = (state.text, state.tokens);
    state
        .declared
        .get_or_insert_with(|| Declared::of(text, tokens))
}
