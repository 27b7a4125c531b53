//! Names, types, nullability and cardinality: from the syntax tree and the schema to the typed HIR.
