"""The rows, made through the models so that each database holds them as Django would."""

import uuid
from datetime import date
from decimal import Decimal

from .models import Asset, Bistro, Label, Museum, Place, Restaurant, Shift, ShiftNote, Supplier, Visit


def fill():
    farm, mill, dairy = (Supplier.objects.create(name=name) for name in ("Farm", "Mill", "Dairy"))
    square = Place.objects.create(name="Market Square", city="Ulm")
    Place.objects.create(name="Nowhere", city=None)
    anna = Restaurant.objects.create(name="Anna", city="Ulm", cuisine="italian", rating=5)
    bert = Restaurant.objects.create(name="Bert", city=None, cuisine="thai", rating=None)
    coco = Bistro.objects.create(name="Coco", city="Bonn", cuisine="french", rating=3, terrace=True)
    dodo = Bistro.objects.create(name="Dodo", city="Ulm", cuisine="french", rating=None, terrace=False)
    museum = Museum.objects.create(name="Old Mill", city="Bonn", free=True)
    anna.suppliers.set([farm, mill])
    coco.suppliers.set([farm, mill, dairy])
    dodo.suppliers.set([dairy])

    def visit(place, day, stars, restaurant=None):
        Visit.objects.create(place_id=place.pk, day=date(2024, 5, day), stars=stars, restaurant=restaurant)

    visit(square, 1, 4)
    visit(square, 2, None, anna)
    visit(anna, 2, 5, anna)
    visit(anna, 3, 3, coco)
    visit(coco, 3, 2)
    visit(museum, 4, None, dodo)
    visit(museum, 5, 1, anna)

    globe = Asset.objects.create(id=uuid.UUID(int=1), name="Globe")
    Asset.objects.create(id=uuid.UUID(int=2), name="Ladder")
    # A generic key holds the very class of what it points to: these are labels of places, whatever else the place is.
    for place, word, weight in [(square, "busy", 2), (square, "old", None), (museum.site, "old", 7), (anna.place_ptr, "cosy", None)]:
        Label.objects.create(item=place, word=word, weight=weight)
    for item, word, weight in [(anna, "tasty", 9), (anna, "old", 4), (globe, "old", 1), (globe, "round", 3)]:
        Label.objects.create(item=item, word=word, weight=weight)
    Label.objects.create(item=Asset(id=uuid.UUID(int=9), name="Gone"), word="lost", weight=None)

    for site, number, hours, cover in [("a", 1, "7.50", square), ("a", 2, "8.00", None), ("b", 1, "0.25", anna), ("b", 3, "9.75", anna)]:
        Shift.objects.create(site=site, number=number, hours=Decimal(hours), cover_id=cover and cover.pk)
    for site, number, text in [("a", 1, "opened"), ("a", 1, "cleaned"), ("b", 3, "late"), ("a", 3, "of no shift"), (None, 1, "half a key"), ("b", None, "the other half")]:
        ShiftNote.objects.create(site=site, number=number, text=text)
