"""The page of all authors, as it is often written first."""

from django.http import JsonResponse

from .models import Author


def authors(request):
    """Every author with the published entries, and how many comments each has.

    One statement for the authors, one more for each author's company, one for each author's
    entries, and one for each entry's comments: 154 for the 40 authors of the example's data.
    `queries/authors_page.djq` is the same page in two statements.
    """
    page = []
    for author in Author.objects.order_by("name", "id"):
        entries = author.entries.filter(status="published").order_by("-pub_date", "id")
        page.append(
            {
                "name": author.name,
                "company": author.company.name if author.company else None,
                "entries": [
                    {
                        "title": entry.title,
                        "pub_date": entry.pub_date,
                        "comments": entry.comments.count(),
                    }
                    for entry in entries
                ],
            }
        )
    return JsonResponse({"authors": page})
