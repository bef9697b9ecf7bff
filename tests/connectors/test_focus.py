"""FOCUS exports: the real sample counted by hand, both containers, and each way a column can be wrong."""

import csv
import datetime as dt
import gzip
import io
import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors.base import Document, ParseError

FOCUS = load("focus")
SAMPLE = Path(__file__).parent / "samples" / "focus_1.0_sample_subset.csv"
CHARGE = {
    "BilledCost": "1", "EffectiveCost": "1.5", "ListCost": "2", "ContractedCost": "1", "BillingAccountId": "A",
    "BillingCurrency": "EUR", "ChargeCategory": "Usage", "ChargeClass": "NULL",
    "ChargePeriodStart": "2026-09-01T00:00:00Z", "ChargePeriodEnd": "2026-09-01T01:00:00Z", "ProviderName": "AWS",
    "PricingQuantity": "1", "PricingUnit": "h", "ServiceCategory": "Compute", "ServiceName": "EC2", "Tags": "",
}  # fmt: skip


def write(*charges):
    """A CSV of charges, each a change of ``CHARGE``."""
    out = io.StringIO()
    lines = csv.DictWriter(out, list(CHARGE | {key: "" for charge in charges for key in charge}))
    lines.writeheader()
    lines.writerows(CHARGE | charge for charge in charges)
    return out.getvalue().encode()


def read(data, name="bill.csv", **options):
    parsed = list(FOCUS.parse(Document(data, name, "acc", options=options)))
    rows = [row for part in parsed for row in part.rows.to_pylist()]
    return rows, [reject for part in parsed for reject in part.rejects]


def parquet(columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_the_real_sample_is_read_whole_and_adds_up_as_counted_by_hand():
    rows, rejects = read(SAMPLE, tag_keys=["application", "cost_center", "org"])
    assert len(rows) == 334 and not rejects
    assert [row["document_row"] for row in rows] == list(range(1, 335))
    counted = {
        "AWS": (316, "4.7226245264", "3"),
        "Microsoft": (17, "-0.1561827523", "-0.1561827523"),
        "Oracle": (1, "0", "0"),
    }
    for provider, (number, at_list, effective) in counted.items():
        own = [row for row in rows if row["provider_name"] == provider]
        sums = [sum(Decimal(str(row[key])) for row in own) for key in ("list_cost", "effective_cost")]
        assert (len(own), *sums) == (number, Decimal(at_list), Decimal(effective))
    categories = [row["charge_category"] for row in rows]
    assert {name: categories.count(name) for name in set(categories)} == {
        "usage": 332,
        "credit": 1,
        "adjustment": 1,
    }
    assert all(row["charge_class"] is None and row["commitment_discount_status"] is None for row in rows)
    assert {row["charge_period_start"].strftime("%Y-%m") for row in rows} == {"2024-09"}


def test_tags_of_the_sample_keep_only_what_was_asked_for_whatever_their_case():
    rows, _ = read(SAMPLE, tag_keys=["application", "cost_center", "org"])
    labels = [json.loads(row["labels"]) for row in rows if row["labels"]]
    # Counted in the file: 223 rows have `application`, 12 `CostCenter`, 14 `org` (9 of them ` org` as well).
    assert sum("application" in found for found in labels) == 223
    assert sum("cost_center" in found for found in labels) == 12
    assert sum("org" in found for found in labels) == 14
    assert not any(row["tags_fault"] for row in rows)
    assert not any(
        "hidden" in text or "Sameer" in text for row in rows for text in row.values() if isinstance(text, str)
    )


def test_csv_gzip_and_parquet_give_the_same_rows():
    rows, _ = read(SAMPLE)
    with SAMPLE.open(newline="", encoding="utf-8") as lines:
        table = list(csv.DictReader(lines))
    packed = parquet({name: [row[name] for row in table] for name in table[0]})
    assert rows == read(packed, "b.parquet")[0] == read(gzip.compress(SAMPLE.read_bytes()))[0]
    assert rows == read(gzip.compress(packed), "b.parquet.gz")[0]
    assert rows == read(b"\xef\xbb\xbf" + SAMPLE.read_bytes())[0]


def test_parquet_of_the_providers_own_types():
    """Decimals, zoned times, and tags as an Arrow map, as AWS writes them; small letters, as Glue does."""
    from decimal import Decimal as D

    columns = {name.lower(): [text, text] for name, text in CHARGE.items() if name != "Tags"}
    moment = dt.datetime(2026, 9, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    columns |= {
        "chargeclass": pa.array([None, "Correction"]),
        "effectivecost": pa.array([D("-1.25"), None], pa.decimal128(38, 18)),
        "chargeperiodstart": pa.array([moment] * 2, pa.timestamp("ns", "UTC")),
        "tags": pa.array(
            [[("user:Project", "P1"), ("owner", "a@b.c")], None], pa.map_(pa.string(), pa.string())
        ),
        "skupricedetails": pa.array(
            [[("InstanceType", "p5.48xlarge")], None], pa.map_(pa.string(), pa.string())
        ),
    }
    [row], [reject] = read(parquet(columns), "b.parquet")
    assert row["effective_cost"] == -1.25 and row["charge_period_start"] == dt.datetime(2026, 9, 1)
    assert (row["labels"], row["instance_type"]) == ('{"project":"P1"}', "p5.48xlarge")
    assert (reject.document_row, reject.field, reject.reason) == (2, "EffectiveCost", "is empty")


def test_1_3_names_its_provider_otherwise_and_the_option_needs_no_name():
    renamed = write({}).replace(b"ProviderName", b"ServiceProviderName")
    assert read(renamed)[0][0]["service_provider_name"] == "AWS"
    nameless = write({}).replace(b"ProviderName", b"Seller")
    assert read(nameless, provider="ovhcloud")[0][0]["declared_provider"] == "ovhcloud"
    with pytest.raises(ParseError, match="ServiceProviderName"):
        read(nameless)


@pytest.mark.parametrize("name", sorted(set(CHARGE) - {"Tags", "ProviderName"}))
def test_each_mandatory_column_is_missed_by_name(name):
    with pytest.raises(ParseError, match=f"bill.csv, header: .*'{name}'"):
        read(write({}).replace(name.encode(), b"x_Renamed", 1))


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(ParseError, match="'EffectiveCost' stands twice"):
        read(write({"effectivecost": "9"}))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("EffectiveCost", "", "empty"), ("BilledCost", "abc", "not a number"), ("ListCost", "9e18", "above"),
        ("ListCost", "-9e18", "below"), ("EffectiveCost", "NaN", "finite"), ("PricingQuantity", "inf", "finite"),
        ("BillingCurrency", "€", "ISO 4217"), ("ChargeCategory", "Fee", "one of"), ("BillingAccountId", "NULL", "empty"),
        ("ChargePeriodStart", "01/09/2026", "not a time"), ("ChargePeriodStart", "1970-01-01", "between"),
        ("ChargePeriodEnd", "2026-08-31T00:00:00Z", "before"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_a_reject_with_its_number_and_the_others_stay(field, value, reason):
    rows, [reject] = read(write({}, {field: value, "Tags": '{"owner": "secret@x"}'}, {}))
    assert [row["document_row"] for row in rows] == [1, 3]
    assert (reject.document_row, reject.field) == (2, field) and reason in reject.reason and reject.remedy
    assert '"ServiceName": "EC2"' in reject.text and "secret" not in reject.text


def test_rows_of_another_width_keep_the_numbers_right():
    lines = write({}, {}, {}, {}).decode().splitlines()
    lines[2] += ",more"
    lines[4] = "1,2"
    rows, rejects = read(("\n".join(lines) + "\n").encode())
    assert [row["document_row"] for row in rows] == [1, 3]
    assert [(reject.document_row, reject.field) for reject in rejects] == [(2, "(row)"), (4, "(row)")]
    with pytest.raises(ParseError, match="row 4: the last row is cut off"):
        read("\n".join(lines).encode())
    lines[4] = lines[1]
    assert len(read("\n".join(lines).encode())[0]) == 3, "a whole last row needs no line end"


def test_a_document_cut_inside_a_quoted_field_is_refused():
    with pytest.raises(ParseError, match="ends inside a quoted field"):
        read(write({"Tags": '{"a": "b"}'})[:-6])


def test_credits_corrections_and_equal_charges_are_kept():
    rows, rejects = read(write({}, {}, {"ChargeClass": "Correction", "EffectiveCost": "-7", "PricingQuantity": "-3"},
                               {"ChargeCategory": "credit", "BilledCost": "-3"}))  # fmt: skip
    assert not rejects and len(rows) == 4 and rows[0] | {"document_row": 2} == rows[1]
    assert (rows[2]["charge_class"], rows[2]["effective_cost"], rows[3]["billed_cost"]) == (
        "Correction",
        -7,
        -3,
    )


TAGS = [
    ('{" Project": "P1", "owner": "x@y"}', '{"project":"P1"}', False),
    ('[{"Key": "COST-CENTER", "Value": "7"}, {"key": "phase", "value": "usage"}]',
     '{"cost_center":"7","phase":"usage"}', False),
    ('{"project": "b", "Project": "a"}', '{"project":"a"}', False), ('{"project": " "}', None, False),
    ("NULL", None, False), ("{}", None, False), ("{broken", None, True), ('"text"', None, True),
]  # fmt: skip


def test_tags_in_all_shapes_and_broken_ones_cost_no_row():
    rows, rejects = read(write(*({"Tags": text} for text, _, _ in TAGS)))
    assert not rejects
    assert [(row["labels"], bool(row["tags_fault"])) for row in rows] == [
        (labels, bad) for _, labels, bad in TAGS
    ]


def test_times_in_the_ways_providers_write_them_are_one_moment():
    ways = (
        "2026-09-01T01:00:00.000Z",
        "2026-09-01 01:00:00 UTC",
        "2026-09-01T03:00:00+02:00",
        "2026-09-01T01:00Z",
    )
    rows, _ = read(write(*({"ChargePeriodStart": way} for way in ways)))
    assert {row["charge_period_start"] for row in rows} == {dt.datetime(2026, 9, 1, 1)}


def test_the_machine_stands_in_several_places():
    rows, _ = read(write({"x_InstanceType": "m5.large", "SkuPriceDetails": '{"InstanceType": "other"}'},
                         {"SkuPriceDetails": '{"InstanceType": "p5.48xlarge", "GpuCount": 8}'},
                         {"x_SkuDetails": '{"ServiceType": "Standard_NC24ads_A100_v4"}'}, {"x_SkuDetails": "{broken"}))  # fmt: skip
    assert [row["instance_type"] for row in rows] == [
        "m5.large",
        "p5.48xlarge",
        "Standard_NC24ads_A100_v4",
        None,
    ]


def test_broken_parquet_is_refused():
    whole = SAMPLE.read_bytes()
    with pytest.raises(ParseError, match="broken or truncated Parquet"):
        read(b"PAR1" + whole[:400], "b.parquet")


CELL = st.sampled_from(
    ["", "NULL", "0", "-1.5", "1e99", "abc", "{", "2026-13-01", "2026-09-01", "Usage", "EUR", '"']
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(CHARGE)), CELL, max_size=4), min_size=1, max_size=6),
       st.sampled_from(["bill.csv", "bill.parquet"]))  # fmt: skip
def test_rows_in_are_accepted_plus_rejected(charges, name):
    data = write(*charges)
    if name.endswith("parquet"):
        data = parquet({key: [(CHARGE | charge)[key] for charge in charges] for key in CHARGE})
    rows, rejects = read(data, name)
    numbers = sorted([row["document_row"] for row in rows] + [reject.document_row for reject in rejects])
    assert numbers == list(range(1, len(charges) + 1))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PAR1", b"\x1f\x8b\x08", write({})]))
def test_bytes_never_escape_as_another_error(data, before):
    try:
        read(before + data, "x")
    except ParseError as error:
        assert str(error).startswith("x")
