"""The rows, made through the models so that each database holds them as Django would."""

from .models import (
    Archive,
    Bookmark,
    Box,
    Cover,
    Errand,
    File,
    Folder,
    Lease,
    Log,
    Node,
    Owner,
    Record,
    Seal,
    Shelf,
    Shortcut,
    Tagging,
    Version,
)


def fill():
    owners()
    folders()
    forest()


def owners():
    for nick, email, name, badge, retired in [
        ("ada", "ada@example.org", "Ada", 1, False),
        ("ben", None, "Ben", 2, False),
        ("cyd", None, "Cyd", 1, True),
        ("dan", "dan@example.org", "Dan", 1, True),
        ("nobody", None, "Nobody", 0, False),
    ]:
        Owner.objects.create(nick=nick, email=email, name=name, badge=badge, retired=retired)


def folders():
    ada, ben, cyd, dan, _ = Owner.objects.order_by("pk")

    def folder(name, owner=ada, parent=None):
        return Folder.objects.create(name=name, owner=owner, parent=parent)

    fallback = folder("fallback")
    top = folder("top")
    left = folder("left", ben, top)
    right = folder("right", ben, top)
    deep = folder("deep", ada, left)
    leased = folder("leased", ada, right)
    sealed = folder("sealed", ben, right)
    lonely = folder("lonely", cyd)
    empty = folder("empty")
    # Two of the same name: a null is no value that could be the same.
    folder("empty", ben)
    kept = folder("kept")
    old = Archive.objects.create(name="old", owner=ada, parent=deep, year=1999)
    new = Archive.objects.create(name="new", owner=ben, parent=None, year=2020)

    def file(folder, name, size=0):
        return File.objects.create(folder_id=folder.pk, name=name, size=size)

    plan = file(left, "plan", 10)
    note = file(left, "note")
    map_ = file(deep, "map", 7)
    deed = file(leased, "deed", 3)
    will = file(sealed, "will", 4)
    memo = file(kept, "memo", 5)
    tape = file(old, "tape", 6)
    spare = file(lonely, "spare")
    versions = [Version.objects.create(file=of, number=number) for of, number in [(plan, 1), (plan, 2), (map_, 1), (memo, 1), (tape, 1)]]
    Cover.objects.create(folder=left, colour="red")
    Cover.objects.create(folder_id=old.pk, colour="grey")
    Cover.objects.create(folder=empty, colour="blue")
    for of, version in [(left, versions[0]), (left, None), (None, versions[1]), (deep, versions[3]), (None, None), (kept, versions[2])]:
        Shortcut.objects.create(folder=of, version=version)
    for of, other in [(left, None), (deep, left), (kept, deep), (fallback, kept), (empty, empty)]:
        Bookmark.objects.create(folder=of, other=other)
    for of, text in [(left, "opened"), (deep, "opened"), (kept, "kept")]:
        Log.objects.create(folder=of, text=text)
    Log.objects.create(folder_id=999, text="of a folder that is gone")
    # Goes with its own file; stays for the file of another folder.
    Lease.objects.create(folder=leased, file=deed)
    Lease.objects.create(folder=kept, file=plan)
    Lease.objects.create(folder=lonely, file=spare)
    Seal.objects.create(file=will)
    for owner in (dan, ben):
        Errand.objects.create(owner=owner)
    for of, readers in [(left, [ada, ben]), (deep, [cyd]), (kept, [ada])]:
        of.readers.set(readers)
    old.readers.set([dan])
    for room, number, of in [("a", 1, left), ("a", 2, deep), ("b", 1, kept), ("b", 2, left)]:
        Shelf.objects.create(room=room, number=number, folder=of)
    for room, number, word in [("a", 1, "pens"), ("a", 1, "ink"), ("a", 2, "maps"), ("b", 1, "tea"), (None, 1, "half a key"), ("a", None, "the other half")]:
        Box.objects.create(room=room, number=number, word=word)
    for item, word in [(left, "red"), (deep, "old"), (plan, "draft"), (map_, "old"), (kept, "red"), (new, "new"), (old, "old")]:
        Tagging.objects.create(item=item, word=word)
    # A tag of the folder that the archive is, as well.
    Tagging.objects.create(item=old.folder_ptr, word="dusty")
    for text in ("one", "two"):
        Record.objects.create(text=text)


def forest():
    def node(name, parent=None, weight=None):
        return Node.objects.create(name=name, parent=parent, weight=weight)

    root = node("root", None, 1)
    branch = node("branch", root, 2)
    node("leaf", branch, 3)
    node("twig", branch)
    node("other root", None, 5)
    narcissus = node("own parent", None, 7)
    first, second, third = node("circle 1"), node("circle 2"), node("circle 3")
    tail = node("into the circle", None, 9)
    child = node("under its own parent", narcissus)
    for of, parent in [(narcissus, narcissus), (first, second), (second, third), (third, first), (tail, first)]:
        of.parent = parent
        of.save()
    node("below", tail)
    node("and below", child, 4)
    # Deeper than what servers recurse by themselves: 1000 steps on MySQL and MariaDB.
    parent, made = None, []
    next_key = Node.objects.order_by("-pk").first().pk + 1
    for step in range(3001):
        made.append(Node(pk=next_key + step, name=f"deep {step}", parent_id=parent, weight=step % 7 or None))
        parent = next_key + step
    Node.objects.bulk_create(made, batch_size=500)
