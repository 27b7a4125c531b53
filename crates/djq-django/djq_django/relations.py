"""What leads from a model to others without a column of its own: reverse accessors, many-to-many, generic relations.

A foreign key with a column is a field with a ``target`` (``fields.py``), and is not repeated here.
"""

from django.db import models
from django.db.models.fields.related import ForeignObject

from .fields import on_delete


def entries(model, labels):
    """The model's relations by name, to the models of which the labels are given."""
    meta = model._meta
    found = []
    if not meta.proxy:
        found += [_foreign_object(field) for field in meta.local_fields if _has_no_column(field)]
        found += [_many_to_many(field) for field in meta.local_many_to_many if _through_fields(field)]
        found += _reverse(model)
    found += [entry for field in meta.private_fields for entry in _private(model, field)]
    return sorted((one for one in found if one.get("target", "") in labels | {""}), key=lambda one: one["name"])


def _has_no_column(field):
    return field.column is None and isinstance(field, ForeignObject)


def _foreign_object(field):
    """Django makes no constraint in the database for it."""
    entry = {
        "name": field.name,
        "kind": "one_to_one" if field.one_to_one else "foreign_key",
        "target": field.remote_field.model._meta.label,
        "from_fields": [own.name for own, _ in field.related_fields],
        "to_fields": [other.name for _, other in field.related_fields],
        "null": field.null,
        "on_delete": on_delete(field),
        "constraint": False,
    }
    if not field.null:
        del entry["null"]
    return entry


def _many_to_many(field):
    entry = {
        "name": field.name,
        "kind": "many_to_many",
        "target": field.remote_field.model._meta.label,
        "through": field.remote_field.through._meta.label,
        "through_fields": _through_fields(field),
    }
    if getattr(field.remote_field, "symmetrical", False):
        entry["symmetrical"] = True
    return entry


def _through_fields(field):
    """The through model's foreign keys to the field's model and to its target.

    None where there are no such two: a manager of tags, say, whose table has a generic key.
    """
    if isinstance(field, models.ManyToManyField):
        return [field.m2m_field_name(), field.m2m_reverse_field_name()]
    keys = [key for key in field.remote_field.through._meta.fields if isinstance(key, models.ForeignKey)]
    here = [key.name for key in keys if issubclass(field.model, key.remote_field.model)]
    there = [key.name for key in keys if key.remote_field.model is field.remote_field.model]
    return [here[0], there[0]] if here and there else None


def _reverse(model):
    for relation in model._meta.get_fields(include_parents=False, include_hidden=True):
        if not relation.auto_created or relation.concrete or not isinstance(relation, models.ForeignObjectRel):
            continue
        field = relation.field
        # the accessor lives on the concrete model, the query name on every relation that has one
        accessor = None if relation.hidden else relation.get_accessor_name()
        query = field.related_query_name()
        query = None if query.endswith("+") else query
        name = accessor or query
        if not name or isinstance(relation, _generic_rel()):
            continue
        if relation.many_to_many and not _through_fields(field):
            continue
        entry = {"name": name}
        if query and query != name:
            entry["query_name"] = query
        entry["kind"] = (
            "reverse_many_to_many"
            if relation.many_to_many
            else "reverse_one_to_one"
            if relation.one_to_one
            else "reverse_foreign_key"
        )
        entry["target"] = relation.related_model._meta.label
        entry["field"] = field.name
        if relation.many_to_many:
            entry["through"] = relation.through._meta.label
            entry["through_fields"] = _through_fields(field)[::-1]
        yield entry


def _generic_rel():
    try:
        from django.contrib.contenttypes.fields import GenericRel
    except (ImportError, RuntimeError):  # content types are not installed
        return ()
    return GenericRel


def _private(model, field):
    """Generic keys and generic relations; a proxy has those that it declares itself."""
    if field.model is not model:
        return
    if hasattr(field, "ct_field"):
        entry = {"name": field.name, "kind": "generic_foreign_key", "fields": [field.ct_field, field.fk_field]}
    elif hasattr(field, "content_type_field_name"):
        entry = {
            "name": field.name,
            "kind": "generic_relation",
            "target": field.remote_field.model._meta.label,
            "fields": [field.content_type_field_name, field.object_id_field_name],
        }
    else:
        return
    if not getattr(field, "for_concrete_model", True):
        entry["for_concrete_model"] = False
    yield entry
