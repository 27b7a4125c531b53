use crate::{Code, Severity};

/// See [`Code::doc`].
pub static DJANGO_MANAGER: Code = Code {
    id: "E0116",
    name: "django-manager",
    severity: Severity::Error,
    label: "Django's way",
    doc: "`Entry.objects.filter(…)` is Python. Managers never apply here: `from Entry` reads the whole table, and \
`where` filters it. A filter that is used often is a scope: `def Entry.published = where status = \
'published'`.",
    example: "query titles() {\n  from Entry.objects.filter(status='published')\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry where status='published'\n  select title\n}\n"),
};
