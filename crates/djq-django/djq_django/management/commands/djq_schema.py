"""``manage.py djq_schema``: prints the schema snapshot, writes it to a file, or checks a file against the models."""

import difflib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from djq_django.snapshot import snapshot, to_json


class Command(BaseCommand):
    help = "Writes the schema snapshot that djq compiles queries against."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--output", metavar="FILE", help="write to this file instead of standard output")
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; exit with status 1 and show the difference if --output's file is out of date",
        )

    @no_translations
    def handle(self, *args, output=None, check=False, **options):
        text = to_json(snapshot())
        if check:
            if output is None:
                raise CommandError("--check needs --output FILE, the snapshot to be checked", returncode=2)
            self.check_file(Path(output), text)
        elif output is None:
            self.stdout.write(text, ending="")
        else:
            self.write_file(Path(output), text)

    def write_file(self, path, text):
        if path.exists() and path.read_bytes() == text.encode():
            return  # an untouched file keeps builds that watch it quiet
        try:
            path.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"cannot write {path}: {error.strerror}", returncode=2) from error

    def check_file(self, path, text):
        try:
            old = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise CommandError(f"there is no {path}; write it with: manage.py djq_schema --output {path}") from None
        if old == text:
            return
        difference = difflib.unified_diff(
            old.splitlines(), text.splitlines(), str(path), "the models", lineterm="", n=1
        )
        for line in difference:
            self.stdout.write(line)
        raise CommandError(f"{path} is out of date; write it with: manage.py djq_schema --output {path}")
