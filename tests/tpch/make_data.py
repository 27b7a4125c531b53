"""Makes data/ and answers/ anew with DuckDB's TPC-H generator:  pip install duckdb==1.1.3 && python make_data.py

The answers are DuckDB's, to its own text of the 22 questions, on exactly the rows that are written to data/.  Those of
answers/variants/ are to the same texts with other literals, which variants.py has.
"""

import csv
import datetime
import decimal
import gzip
import io
import json
import re
from pathlib import Path

import duckdb
import variants

HERE = Path(__file__).resolve().parent
SCALE = 0.01

# table: (Django's table, {TPC-H's column: Django's})
TABLES = {
    "region": ("tpch_region", {"r_regionkey": "id", "r_name": "name", "r_comment": "comment"}),
    "nation": (
        "tpch_nation",
        {"n_nationkey": "id", "n_name": "name", "n_regionkey": "region_id", "n_comment": "comment"},
    ),
    "supplier": (
        "tpch_supplier",
        {
            "s_suppkey": "id",
            "s_name": "name",
            "s_address": "address",
            "s_nationkey": "nation_id",
            "s_phone": "phone",
            "s_acctbal": "account_balance",
            "s_comment": "comment",
        },
    ),
    "customer": (
        "tpch_customer",
        {
            "c_custkey": "id",
            "c_name": "name",
            "c_address": "address",
            "c_nationkey": "nation_id",
            "c_phone": "phone",
            "c_acctbal": "account_balance",
            "c_mktsegment": "market_segment",
            "c_comment": "comment",
        },
    ),
    "part": (
        "tpch_part",
        {
            "p_partkey": "id",
            "p_name": "name",
            "p_mfgr": "manufacturer",
            "p_brand": "brand",
            "p_type": "type",
            "p_size": "size",
            "p_container": "container",
            "p_retailprice": "retail_price",
            "p_comment": "comment",
        },
    ),
    "partsupp": (
        "tpch_partsupp",
        {
            "ps_partkey": "part_id",
            "ps_suppkey": "supplier_id",
            "ps_availqty": "available_quantity",
            "ps_supplycost": "supply_cost",
            "ps_comment": "comment",
        },
    ),
    "orders": (
        "tpch_orders",
        {
            "o_orderkey": "id",
            "o_custkey": "customer_id",
            "o_orderstatus": "status",
            "o_totalprice": "total_price",
            "o_orderdate": "order_date",
            "o_orderpriority": "priority",
            "o_clerk": "clerk",
            "o_shippriority": "ship_priority",
            "o_comment": "comment",
        },
    ),
    "lineitem": (
        "tpch_lineitem",
        {
            "l_orderkey": "order_id",
            "l_linenumber": "line_number",
            "l_partkey": "part_id",
            "l_suppkey": "supplier_id",
            "l_quantity": "quantity",
            "l_extendedprice": "extended_price",
            "l_discount": "discount",
            "l_tax": "tax",
            "l_returnflag": "return_flag",
            "l_linestatus": "line_status",
            "l_shipdate": "ship_date",
            "l_commitdate": "commit_date",
            "l_receiptdate": "receipt_date",
            "l_shipinstruct": "ship_instructions",
            "l_shipmode": "ship_mode",
            "l_comment": "comment",
        },
    ),
}


def main():
    con = duckdb.connect()
    con.execute("LOAD tpch")
    con.execute(f"CALL dbgen(sf={SCALE})")
    # No question reads these, and they would be two thirds of the files.
    con.execute("UPDATE lineitem SET l_comment = ''")
    con.execute("UPDATE partsupp SET ps_comment = ''")
    for table, (name, columns) in TABLES.items():
        write_table(con, table, name, columns)
    for number, text in con.execute("SELECT query_nr, query FROM tpch_queries() ORDER BY 1").fetchall():
        write_answer(con, text, HERE / "answers" / f"q{number:02}.json")
        for variant in range(3):
            swaps = variants.swaps(number, variant)
            file = HERE / "answers/variants" / f"q{number:02}-{variant + 1}.json"
            write_answer(con, swapped(text, swaps), file, swaps)


def swapped(text, swaps):
    """All at once: what is put in is not replaced again."""
    for old in swaps:
        assert old in text, f"{old} is not in {text}"
    return re.sub("|".join(map(re.escape, swaps)), lambda found: swaps[found.group()], text)


def write_table(con, table, name, columns):
    """``data/tpch_nation.csv.gz``: a line with Django's column names, then the rows."""
    # Regions and nations count from 0, which MySQL's AUTO_INCREMENT would not take as a key.
    wanted = ", ".join(f"{c} + 1" if c.endswith(("nationkey", "regionkey")) else c for c in columns)
    rows = con.execute(f"SELECT {wanted} FROM {table} ORDER BY ALL").fetchall()
    header = list(columns.values())
    if "id" not in header:
        header, rows = ["id", *header], [(place, *row) for place, row in enumerate(rows, 1)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    (HERE / "data" / f"{name}.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def write_answer(con, text, file, swaps=None):
    """``answers/q01.json``: columns, their types, and the rows, one a line; decimals and dates as text. Of a variant, its swaps."""
    result = con.execute(text)
    columns = [column[0] for column in result.description]
    rows = result.fetchall()
    types = [kind(rows, place) for place in range(len(columns))]
    lines = ",\n".join("    " + json.dumps([plain(value) for value in row]) for row in rows)
    other = f'  "swaps": {json.dumps(swaps)},\n' if swaps else ""
    file.write_text(
        f'{{\n{other}  "columns": {json.dumps(columns)},\n  "types": {json.dumps(types)},\n  "rows": [\n{lines}\n  ]\n}}\n'
    )


KINDS = {int: "int", float: "float", str: "text", decimal.Decimal: "decimal", datetime.date: "date"}


def kind(rows, place):
    return next((KINDS[type(row[place])] for row in rows if row[place] is not None), "text")


def plain(value):
    return str(value) if isinstance(value, (decimal.Decimal, datetime.date)) else value


if __name__ == "__main__":
    main()
