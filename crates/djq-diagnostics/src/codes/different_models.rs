use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DIFFERENT_MODELS: Code = Code {
    id: "E0311",
    name: "different-models",
    severity: Severity::Error,
    label: "keys of different models",
    doc: "A relation stands for the key it holds, and the two sides are keys of different models. The numbers \
may be equal by chance, but they name different things. Compare keys of one model, or name a field \
of each side that may be compared.",
    example: "query example(company: Company) {\n  from Entry\n  where author = $company\n  select title\n}\n",
    mended: Some("query example(company: Company) {\n  from Entry\n  where author.company = $company\n  select title\n}\n"),
};
