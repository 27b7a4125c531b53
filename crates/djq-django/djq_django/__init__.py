"""The Django side of djq: ``manage.py djq_schema`` writes the schema snapshot.

Put ``"djq_django"`` into ``INSTALLED_APPS``.  It has no models and changes nothing.
"""
