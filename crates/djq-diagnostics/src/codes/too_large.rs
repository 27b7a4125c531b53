use crate::{Code, Severity};

/// See [`Code::doc`].
pub static TOO_LARGE: Code = Code {
    id: "E0902",
    name: "too-large",
    severity: Severity::Error,
    label: "too large",
    doc: "A file of queries may have 4 MB. Split it and join the parts with `use \"other.djq\"`. A list of many values is \
better a parameter: `id in $ids`. A query may have 4096 columns, keys, clauses or parameters, which is more than the databases take, and a \
cube 64 sets of keys. The SQL of a statement may have a million characters: where calls stand in each other that a \
database's SQL writes with an operand several times, take them apart into several queries. Of many errors the first hundred are shown.",
    example: "",
    mended: None,
};
