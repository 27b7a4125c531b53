//! From the typed HIR to a relational plan that knows no dialect.
