use crate::{Code, Severity};

/// See [`Code::doc`].
pub static REPEATED_TARGET: Code = Code {
    id: "E0808",
    name: "repeated-target",
    severity: Severity::Error,
    label: "which value is it to be?",
    doc: "A join gives several rows for one row that is to be updated. SQL would then take the values of any of them, each \
server another. Set the field from an aggregate of the relation, or from one row of it that an order picks.",
    example: "query popular() {\n  from Entry as e\n  join e.comments as c\n  where c.author_name = 'Ada'\n  update { title = c.text }\n}\n",
    mended: Some("query popular() {\n  from Entry as e\n  where exists (e.comments where author_name = 'Ada')\n  update { title = (e.comments where author_name = 'Ada' order by id limit 1).text ?? '' }\n}\n"),
};
