//! What the parser took each token for: all that the formatter needs to know beside the tokens.

use rustc_hash::FxHashMap;

/// A set of the constants below, for one token.
pub(crate) type Role = u8;

/// The first word of a clause, `from` and `with` included.
pub(crate) const CLAUSE: Role = 1;
/// A word that could be a keyword and is a name here.
pub(crate) const NAME: Role = 2;
/// An opening brace with no space inside: a record, a row type.
pub(crate) const TIGHT: Role = 4;
/// No space before it: `range<int>`, `author_*`, `fan-out`.
pub(crate) const GLUED: Role = 8;
/// The opening brace of a query's or view's body.
pub(crate) const BODY: Role = 16;
/// The first token of an item.
pub(crate) const ITEM: Role = 32;
/// An opening bracket that is no index: `insert Entry [ … ]`.
pub(crate) const SPACED: Role = 64;
/// A minus in front of its operand.
pub(crate) const SIGN: Role = 128;

/// The roles of the tokens, by index; recorded only where asked for.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    roles: Vec<Role>,
    /// Where the `end` of each `case` is.
    pub(crate) case_ends: FxHashMap<usize, usize>,
}

impl Roles {
    /// Room for the roles of so many tokens.
    pub(crate) fn new(tokens: usize) -> Self {
        Self {
            roles: vec![0; tokens],
            case_ends: FxHashMap::default(),
        }
    }

    pub(crate) fn add(&mut self, token: usize, role: Role) {
        if let Some(roles) = self.roles.get_mut(token) {
            *roles |= role;
        }
    }

    pub(crate) fn has(&self, token: usize, role: Role) -> bool {
        self.roles.get(token).is_some_and(|roles| roles & role != 0)
    }
}
