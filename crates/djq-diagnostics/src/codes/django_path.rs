use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DJANGO_PATH: Code = Code {
    id: "E0115",
    name: "django-path",
    severity: Severity::Error,
    label: "Django's way",
    doc: "Django's keyword arguments join the steps of a path by `__`, and end in a lookup. Here steps are joined by \
dots and a lookup is an operator: `author__name__icontains='x'` is `author.name icontains 'x'`. No field of \
Django has `__` in its name.",
    example: "query titles() {\n  from Entry as e\n  select e.author__name\n}\n",
    mended: Some("query titles() {\n  from Entry as e\n  select e.author.name\n}\n"),
};
