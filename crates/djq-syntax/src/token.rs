//! The kinds of token and what can be asked of one; how text becomes tokens is `lexer`'s.

use logos::Logos;

macro_rules! kinds {
    (
        reserved { $($R:ident $rl:tt $ru:tt,)* }
        words { $($W:ident $wl:tt $wu:tt,)* }
        signs { $($S:ident $sl:tt,)* }
    ) => {
        /// What a token is. Reserved words come first, then words that mean something in their
        /// place alone, then signs, then everything with a text of its own.
        #[derive(Logos, Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[logos(skip r"[ \t\r\n\x0c]+")]
        #[repr(u8)]
        pub enum TokenKind {
            $(#[doc = concat!("`", $rl, "`")] #[token($rl)] #[token($ru)] $R,)*
            $(#[doc = concat!("`", $wl, "`, a name elsewhere")] #[token($wl)] #[token($wu)] $W,)*
            $(#[doc = concat!("`", $sl, "`")] #[token($sl)] $S,)*
            /// A name.
            #[regex("[A-Za-z_][A-Za-z0-9_]*")]
            Name,
            /// `` `a name` ``.
            #[token("`")]
            QuotedName,
            /// `$name`.
            #[regex(r"\$[A-Za-z_][A-Za-z0-9_]*")]
            Parameter,
            /// `42`.
            #[regex("[0-9][0-9_]*")]
            Int,
            /// `9.99`.
            #[regex(r"[0-9][0-9_]*\.[0-9][0-9_]*")]
            Decimal,
            /// `1e-3`.
            #[regex(r"[0-9][0-9_]*(\.[0-9][0-9_]*)?[eE][+-]?[0-9]+")]
            Float,
            /// `'text'`, `"text"`.
            #[token("'")]
            #[token("\"")]
            Text,
            /// `@2024-01-31`, `@2024-01-31T12:00:00Z`, `@12:30`; also a broken one.
            #[regex(r"@[0-9][0-9A-Za-z]*([:-][0-9A-Za-z]+)*(\.[0-9]+)?(Z|[+-][0-9]+:[0-9]+)?")]
            Moment,
            /// `# …`, `## …`, and the comments of other languages.
            #[token("#")]
            #[token("--")]
            #[token("/*")]
            Comment,
            /// The end of the text.
            End,
        }

        impl TokenKind {
            /// How a word or sign is written; `None` for tokens with a text of their own.
            #[must_use]
            pub fn spelling(self) -> Option<&'static str> {
                match self {
                    $(Self::$R => Some($rl),)*
                    $(Self::$W => Some($wl),)*
                    $(Self::$S => Some($sl),)*
                    _ => None,
                }
            }

            /// Whether it is one of the reserved words.
            #[must_use]
            pub fn is_reserved(self) -> bool {
                matches!(self, $(Self::$R)|*)
            }

            /// Whether it is a name, or a word that is a name unless its place says otherwise.
            #[must_use]
            pub fn is_name(self) -> bool {
                matches!(self, Self::Name | Self::QuotedName $(| Self::$W)*)
            }

            /// The reserved words, for completion and for the nearest one.
            pub const RESERVED: &'static [&'static str] = &[$($rl),*];
        }
    };
}

kinds! {
    reserved {
        From "from" "FROM", Where "where" "WHERE", Join "join" "JOIN", Left "left" "LEFT", Right "right" "RIGHT",
        Full "full" "FULL", Cross "cross" "CROSS", Let "let" "LET", Group "group" "GROUP", Select "select" "SELECT",
        Distinct "distinct" "DISTINCT", Order "order" "ORDER", Limit "limit" "LIMIT", Offset "offset" "OFFSET",
        Union "union" "UNION", Intersect "intersect" "INTERSECT", Except "except" "EXCEPT", Window "window" "WINDOW",
        For "for" "FOR", With "with" "WITH", As "as" "AS", On "on" "ON", When "when" "WHEN", And "and" "AND",
        Or "or" "OR", Not "not" "NOT", Is "is" "IS", In "in" "IN", Between "between" "BETWEEN", Like "like" "LIKE",
        Case "case" "CASE", Then "then" "THEN", Else "else" "ELSE", End_ "end" "END", Exists "exists" "EXISTS",
        Null "null" "NULL", True "true" "TRUE", False "false" "FALSE", By "by" "BY", Update "update" "UPDATE",
        Delete "delete" "DELETE", Insert "insert" "INSERT", Returning "returning" "RETURNING",
    }
    words {
        Xor "xor" "XOR", ILike "ilike" "ILIKE", Contains "contains" "CONTAINS", IContains "icontains" "ICONTAINS",
        StartsWith "startswith" "STARTSWITH", IStartsWith "istartswith" "ISTARTSWITH", EndsWith "endswith" "ENDSWITH",
        IEndsWith "iendswith" "IENDSWITH", IExact "iexact" "IEXACT", Regex "regex" "REGEX", IRegex "iregex" "IREGEX",
        Asc "asc" "ASC", Desc "desc" "DESC", Nulls "nulls" "NULLS", First "first" "FIRST", Last "last" "LAST",
        All "all" "ALL", Recursive "recursive" "RECURSIVE", Per "per" "PER", Of "of" "OF", Skip "skip" "SKIP",
        Locked "locked" "LOCKED", NoWait "nowait" "NOWAIT", Share "share" "SHARE", Into "into" "INTO",
        Conflict "conflict" "CONFLICT", Do "do" "DO", Nothing "nothing" "NOTHING", Cascade "cascade" "CASCADE",
        Restrict "restrict" "RESTRICT", Over "over" "OVER", Partition "partition" "PARTITION", Rows "rows" "ROWS",
        Range "range" "RANGE", Groups "groups" "GROUPS", Preceding "preceding" "PRECEDING",
        Following "following" "FOLLOWING", Current "current" "CURRENT", Row "row" "ROW",
        Unbounded "unbounded" "UNBOUNDED", Exclude "exclude" "EXCLUDE", Rollup "rollup" "ROLLUP", Cube "cube" "CUBE",
        Grouping "grouping" "GROUPING", Sets "sets" "SETS", Sql "sql" "SQL", TryCast "try_cast" "TRY_CAST",
        Query "query" "QUERY", Def "def" "DEF", View "view" "VIEW", Use "use" "USE",
    }
    signs {
        OpenParen "(", CloseParen ")", OpenBracket "[", CloseBracket "]", OpenBrace "{", CloseBrace "}",
        Comma ",", Dot ".", DotDot "..", Colon ":", DoubleColon "::", Semicolon ";", At "@", Question "?",
        DoubleQuestion "??", Pipe "|", DoublePipe "||", Plus "+", Minus "-", Star "*", Slash "/", DoubleSlash "//",
        Percent "%", Equal "=", DoubleEqual "==", NotEqual "!=", LessGreater "<>", Bang "!", Less "<", LessEqual "<=",
        Greater ">", GreaterEqual ">=", Arrow "->", AtGreater "@>", LessAt "<@", DoubleAmpersand "&&", MinusPipeMinus "-|-",
        Ampersand "&", Tilde "~",
    }
}

impl TokenKind {
    /// Whether it opens a bracket.
    #[must_use]
    pub fn opens(self) -> bool {
        matches!(self, Self::OpenParen | Self::OpenBracket | Self::OpenBrace)
    }

    /// Whether it closes a bracket.
    #[must_use]
    pub fn closes(self) -> bool {
        matches!(
            self,
            Self::CloseParen | Self::CloseBracket | Self::CloseBrace
        )
    }
}

/// A token: its kind, its bytes, how it stands to the one before, and its bracket's other half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// The first on its line.
    pub(crate) first_on_line: bool,
    /// No space, line end or comment before it.
    pub(crate) adjacent: bool,
    /// A `##` comment stands before it.
    pub(crate) documented: bool,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// A bracket's other half, as an index into the tokens; [`Token::ALONE`] where there is none.
    pub(crate) partner: u32,
}

impl Token {
    /// No other half.
    pub(crate) const ALONE: u32 = u32::MAX;

    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
