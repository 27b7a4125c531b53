"""Other literals for the questions: for each, what stands in the stock text, and what stands there in each of three variants.

A text is replaced wherever it stands, in DuckDB's SQL and in the djq alike.
"""

VARIANTS = {
    1: {"1998-09-02": ["1998-08-01", "1995-06-17", "1992-04-30"]},
    2: {"EUROPE": ["ASIA", "AMERICA", "AFRICA"], "= 15": ["= 20", "= 31", "= 7"], "BRASS": ["TIN", "STEEL", "COPPER"]},
    3: {"BUILDING": ["MACHINERY", "AUTOMOBILE", "FURNITURE"], "1995-03-15": ["1995-03-28", "1996-02-29", "1994-10-11"]},
    4: {"1993-07-01": ["1993-01-01", "1995-04-01", "1997-10-01"], "1993-10-01": ["1993-04-01", "1995-07-01", "1998-01-01"]},
    5: {
        "ASIA": ["AFRICA", "EUROPE", "MIDDLE EAST"],
        "1994-01-01": ["1993-01-01", "1996-01-01", "1997-01-01"],
        "1995-01-01": ["1994-01-01", "1997-01-01", "1998-01-01"],
    },
    6: {
        "1994-01-01": ["1993-01-01", "1995-01-01", "1997-01-01"],
        "1995-01-01": ["1994-01-01", "1996-01-01", "1998-01-01"],
        "0.05": ["0.01", "0.03", "0.08"],
        "0.07": ["0.03", "0.05", "0.10"],
        "< 24": ["< 25", "< 11", "< 50"],
    },
    7: {"FRANCE": ["INDIA", "PERU", "ROMANIA"], "GERMANY": ["CHINA", "KENYA", "JAPAN"]},
    # The last has no nation of the region: a part of nothing.
    8: {
        "BRAZIL": ["CANADA", "PERU", "KENYA"],
        "ECONOMY ANODIZED STEEL": ["STANDARD POLISHED TIN", "PROMO PLATED COPPER", "SMALL BURNISHED BRASS"],
    },
    9: {"green": ["blue", "almond", "navajo"]},
    10: {"1993-10-01": ["1993-02-01", "1994-05-01", "1995-01-01"], "1994-01-01": ["1993-05-01", "1994-08-01", "1995-04-01"]},
    11: {"GERMANY": ["CHINA", "KENYA", "PERU"]},
    12: {
        "MAIL": ["AIR", "RAIL", "FOB"],
        "SHIP'": ["TRUCK'", "REG AIR'", "MAIL'"],
        "1994-01-01": ["1993-01-01", "1996-01-01", "1997-01-01"],
        "1995-01-01": ["1994-01-01", "1997-01-01", "1998-01-01"],
    },
    13: {"special": ["pending", "express", "unusual"], "requests": ["accounts", "packages", "deposits"]},
    14: {"1995-09-01": ["1993-04-01", "1996-12-01", "1997-02-01"], "1995-10-01": ["1993-05-01", "1997-01-01", "1997-03-01"]},
    15: {"1996-01-01": ["1993-04-01", "1995-10-01", "1997-07-01"], "1996-04-01": ["1993-07-01", "1996-01-01", "1997-10-01"]},
    16: {"Brand#45": ["Brand#31", "Brand#22", "Brand#14"], "MEDIUM POLISHED": ["SMALL PLATED", "ECONOMY BRUSHED", "LARGE BURNISHED"]},
    17: {"Brand#23": ["Brand#31", "Brand#44", "Brand#12"], "MED BOX": ["LG CASE", "SM PKG", "WRAP JAR"]},
    18: {"> 300": ["> 250", "> 273.5", "> 312"]},
    19: {
        "Brand#12": ["Brand#31", "Brand#14", "Brand#53"],
        "Brand#23": ["Brand#42", "Brand#25", "Brand#11"],
        "Brand#34": ["Brand#51", "Brand#55", "Brand#22"],
    },
    20: {
        "forest": ["azure", "blue", "ghost"],
        "CANADA": ["INDIA", "PERU", "KENYA"],
        "1994-01-01": ["1993-01-01", "1996-01-01", "1997-01-01"],
        "1995-01-01": ["1994-01-01", "1997-01-01", "1998-01-01"],
    },
    21: {"SAUDI ARABIA": ["INDIA", "FRANCE", "PERU"]},
    22: {"'13'": ["'12'", "'10'", "'21'"], "'31'": ["'14'", "'32'", "'19'"], "'23'": ["'24'", "'16'", "'22'"]},
}


def swaps(number, variant):
    """What is replaced by what in a question's variant, from 0."""
    return {old: new[variant] for old, new in VARIANTS[number].items()}
