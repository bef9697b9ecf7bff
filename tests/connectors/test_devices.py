"""Registers and purchase orders in the layouts of the systems they come from, through the shipped mappings."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import _gpus, load
from connectors._batches import RowError, number
from connectors.base import Document, ParseError
from footing.config import ConfigError
from tests.connectors.device_documents import SERVER, answer, mapped, read

SAP = (
    "EBELN;EBELP;BEDAT;EINDT;LIFNR;MATNR;MATKL;MFRNR;TXZ01;MENGE;NETPR;PEINH;NETWR;WAERS;KOSTL;WERKS;RETPO\n"
    "4500017;00010;03.04.2026;28.04.2026;100200;R760;0431;Dell;PowerEdge R760 Rack – größer;2,000;1.234.500,00;100;24.690,00;EUR;CC-300;par1;\n"
    "4500017;00010;20.05.2026;;100200;R760;0431;Dell;PowerEdge R760 Rack – größer;1,000;1.234.500,00;100;12.345,00;EUR;CC-300;par1;X\n"
    "4500018;00010;03.04.2026;28.04.2026;100200;LIC;0811;;Support 3 Jahre;1;500,00;1;500,00;EUR;CC-300;par1;\n"
    "4500019;00010;04/13/2026;28.04.2026;100200;X;0431;Dell;R760;1;500,00;1;500,00;EUR;CC-300;par1;\n"
    "4500020;00010;03.04.2026;28.04.2026;100200;X;0999;Dell;R760;1;500,00;1;500,00;EUR;CC-300;par1;\n"
    "4500021;00010;03.04.2026;28.04.2026;100200;X;0431;Dell;R760;1;500.00;1;12.5;EUR;CC-300;par1;\n"
)
COUPA = (
    "Header,PO Number,Order Date,Supplier Name,Currency Code\n"
    "Line,Line Number,Supplier Part Number,Commodity,Manufacturer,Description,Quantity,Price,Line Total,Department Name,"
    "Ship To Location,Need By Date,Serial Number,Acquisition Type,Lease End Date,Credit Note Number\n"
    "Header,PO-1,04/13/2026,Dell SAS,USD\n"
    "Line,1,XE,IT Hardware - Servers,Dell,PowerEdge XE9680 8x H100 SXM,2,300000,600000,CC-1,par1,05/02/2026,,Purchase,,\n"
    "Line,2,AR,IT Hardware - Network,Arista,7050X3,1,9000,9000,CC-1,par1,05/02/2026,,Operating Lease,04/30/2029,\n"
    "Line,3,AR,IT Hardware - Network,Arista,7050X4,1,9000,9000,CC-1,par1,05/02/2026,,Operating Lease,,\n"
    "Line,1,XE,IT Hardware - Servers\n"
    "Header,PO-2,13/04/2026,Dell SAS,USD\n"
    "Line,1,R,IT Hardware - Servers,Dell,R760,1,9000,9000,CC-1,par1,05/02/2026,,,,\n"
    "Footer,x\n"
    "Header,PO-1,06/01/2026,Dell SAS,USD\n"
    "Line,1,XE,IT Hardware - Servers,Dell,PowerEdge XE9680 8x H100 SXM,-1,300000,-300000,CC-1,par1,,SN9,Purchase,,CN-7\n"
)
SERVICENOW = (
    "asset_tag,serial_number,model_category,manufacturer,model,quantity,po_number,order_date,install_date,retirement_date,"
    "install_status,location,cost_center,cost\n"
    "P1,S1,Laptop,Dell,Latitude 7430,1,PO1,2024-01-02,2024-02-03,,In use,Paris,CC,1200.50\n"
    "P2,,Computer,Dell,OptiPlex,25,PO2,2024-01-02,2024-02-03,,In use,Paris,CC,700\n"
    "P3,S3,Laptop,Dell,Latitude 7430,1,PO1,2024-01-02,2024-02-30,,In use,Paris,CC,1200.50\n"
)
SNIPE = (
    "Asset Tag,Serial,Category,Manufacturer,Model,Order Number,Purchase Date,Status,Location,Department,Purchase Cost\n"
    "00007,C02,Laptops,Apple,MacBook Pro 16,PO-9,2025-03-04,Deployed,Lyon,R&D,2999\n"
)
SAP_ASSETS = (
    "ANLN1;SERNR;ANLKL;HERST;TXT50;MENGE;EBELN;AKTIV;DEAKT;WERKS;KOSTL\n"
    "000000100017;SN1;3100;Dell;PowerEdge R760 – größer;1,000;4500017;03.04.2024;;par1;CC-300\n"
    "000000100018;;3200;Lenovo;ThinkPad T14;1.025,000;;05.06.2023;31.12.2026;lon1;CC-310\n"
    "000000100019;;3110;NetApp;AFF A250;1,5;4500018;03.04.2024;;par1;CC-300\n"
    "000000100020;;3120;Arista;7050X3;1,000;4500018;04/13/2024;;par1;CC-300\n"
    "000000100021;;9999;Dell;R760;1,000;4500018;03.04.2024;;par1;CC-300\n"
    "000000100022;;3210;Dell;P2422H;1,000;4500018;03.04.2024;02.04.2024;par1;CC-300\n"
)
PLAIN = {
    "asset_tag": ("T1", "T2", "T3", "T4"),
    "serial_number": ("S1", "", "", ""),
    "device_class": ("server", "network", "monitor", "laptop"),
    "manufacturer": ("Dell", "Arista", "Dell", "Apple"),
    "model": ("PowerEdge XE9680 8x H100", "7050X3", "P2422H", "MacBook"),
    "quantity": ("", "12", "3", "1"),
    "order_id": ("PO-1", "PO-1", "", "PO-3"),
    "order_line": ("1", "2", "", "1"),
    "order_date": ("2025-11-30", "2025-11-30", "", "2025-11-30"),
    "in_service_date": ("2026-01-02", "2026-01-03", "2026-01-04", "02/01/2026"),
    "retired_date": ("", "", "2026-02-01", ""),
    "status": ("in use", "in use", "retired", "in use"),
    "site_id": ("par1", "lon1", "par1", "par1"),
    "cost_center": ("CC-1", "CC-2", "", "CC-1"),
    "ownership": ("", "operating_lease", "", ""),
    "lease_end_date": ("", "2029-01-31", "", ""),
    "price": ("250000.50", "9000", "120", "2000"),
    "currency": ("usd", "", "", ""),
    "embodied_kg_co2e": ("6400.5", "", "", ""),
    "embodied_source": ("Dell, product carbon footprint", "", "", ""),
}


def plain(*without):
    """A spreadsheet under our own names, without some of its columns."""
    columns = {name: cells for name, cells in PLAIN.items() if name not in without}
    lines = [columns, *zip(*columns.values(), strict=True)]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n"


def test_sap_order_items():
    rows, rejects = read("purchase_order", SAP.encode("cp1252"), mapped("sap_orders"))
    bought, credit, support = rows
    assert (bought["order_id"], bought["quantity"], bought["amount"]) == ("4500017", 2, 24690.0)
    assert (bought["unit_price"], bought["price_unit"]) == (1_234_500.0, 100.0), (
        "12,345.00 a piece: NETPR is per PEINH"
    )
    assert (bought["order_date"], bought["delivery_date"]) == (dt.date(2026, 4, 3), dt.date(2026, 4, 28))
    assert bought["model"].endswith("größer") and bought["device_class"] == "server"
    assert (credit["quantity"], credit["order_date"]) == (-1, dt.date(2026, 5, 20)), "RETPO marks a return"
    assert support["device_class"] == "not_hardware"
    assert [(r.document_row, r.field) for r in rejects] == [
        (4, "order_date"),
        (5, "device_class"),
        (6, "amount"),
    ]
    assert all(reject.remedy for reject in rejects)


def test_coupa_headers_and_lines():
    rows, rejects = read("purchase_order", COUPA, mapped("coupa_orders"))
    gpu, leased, credit = rows
    assert (gpu["order_id"], gpu["order_date"], gpu["currency"]) == ("PO-1", dt.date(2026, 4, 13), "USD")
    assert (gpu["device_class"], gpu["gpu_model"], gpu["gpu_count"]) == ("gpu_server", "H100", 8)
    assert (leased["ownership"], leased["lease_end_date"]) == ("operating_lease", dt.date(2029, 4, 30))
    assert (credit["quantity"], credit["record_id"], credit["serial_number"]) == (-1, "CN-7", "SN9")
    assert [(r.document_row, r.field) for r in rejects] == [
        (5, "lease_end_date"), (6, "(row)"), (8, "order_date"), (9, "(row)"),
    ]  # fmt: skip
    # Of 11 rows that are no column names, 3 are headers: 3 accepted and 4 rejected are lines, one is of no kind.
    assert "fields where a Line row has" in rejects[1].reason and "no known kind" in rejects[3].reason


def test_a_file_of_two_kinds_that_breaks_off_is_refused():
    for text, word in ((COUPA[:-30], "cut off"), (COUPA.split("\n", 1)[0] + "\n", "no row of kind"),
                       (COUPA.replace("PO Number", "PO"), "missing"), (COUPA.replace("Line,Line", "X,Line"), "column names")):  # fmt: skip
        with pytest.raises(ParseError, match=word):
            read("purchase_order", text, mapped("coupa_orders"))


def test_registers_of_servicenow_and_snipe_it():
    rows, rejects = read("asset_register", SERVICENOW, mapped("servicenow", sites={"Paris": "par1"}))
    assert [(r["device_class"], r["quantity"], r["site_id"], r["price"]) for r in rows] == [
        ("laptop", 1, "par1", 1200.5), ("desktop", 25, "par1", 700.0),
    ]  # fmt: skip
    assert [(r.document_row, r.field, r.value) for r in rejects] == [(3, "in_service_date", "2024-02-30")]
    [row], _ = read("asset_register", SNIPE, mapped("snipe_it"))
    assert (row["asset_tag"], row["in_service_date"], row["ownership"]) == (
        "00007",
        dt.date(2025, 3, 4),
        "purchased",
    )


def test_the_asset_master_of_sap():
    rows, rejects = read("asset_register", SAP_ASSETS.encode("cp1252"), mapped("sap_assets"))
    server, laptops = rows
    assert (server["asset_tag"], server["serial_number"], server["order_id"]) == (
        "000000100017",
        "SN1",
        "4500017",
    )
    assert (server["device_class"], server["model"]) == ("server", "PowerEdge R760 – größer")
    assert server["in_service_date"] == dt.date(2024, 4, 3), "the day first: no 4th of March"
    assert (server["quantity"], laptops["quantity"]) == (1, 1_025), "a comma is the decimal mark"
    assert (laptops["device_class"], laptops["site_id"], laptops["cost_center"]) == (
        "laptop",
        "lon1",
        "CC-310",
    )
    assert (laptops["in_service_date"], laptops["retired_date"]) == (
        dt.date(2023, 6, 5),
        dt.date(2026, 12, 31),
    )
    assert [(reject.document_row, reject.field) for reject in rejects] == [
        (3, "quantity"), (4, "in_service_date"), (5, "device_class"), (6, "retired_date"),
    ]  # fmt: skip
    assert all(reject.remedy for reject in rejects)
    with pytest.raises(ParseError, match="cp1252|encoding|utf-8|UTF-8"):
        read("asset_register", SAP_ASSETS.encode("cp1252"), mapped("sap_assets", encoding="utf-8"))


def test_a_spreadsheet_under_our_own_names():
    rows, rejects = read("asset_register", plain(), mapped("plain"))
    server, switch, monitor = rows
    assert (server["device_class"], server["gpu_model"], server["gpu_count"]) == ("gpu_server", "H100", 8)
    assert (server["quantity"], switch["quantity"], monitor["quantity"]) == (1, 12, 3)
    assert (server["price"], server["currency"], switch["currency"]) == (250_000.5, "USD", "EUR")
    assert (server["embodied_kg_co2e"], server["embodied_source"]) == (
        6400.5,
        "Dell, product carbon footprint",
    )
    assert (switch["ownership"], switch["lease_end_date"]) == ("operating_lease", dt.date(2029, 1, 31))
    assert (switch["order_id"], switch["order_line"], switch["order_date"]) == (
        "PO-1",
        "2",
        dt.date(2025, 11, 30),
    )
    assert (monitor["in_service_date"], monitor["retired_date"]) == (dt.date(2026, 1, 4), dt.date(2026, 2, 1))
    assert [(reject.document_row, reject.field) for reject in rejects] == [(4, "in_service_date")]


def test_a_spreadsheet_may_lack_columns_that_its_source_takes_away():
    lacking = ("retired_date", "ownership", "lease_end_date", "embodied_kg_co2e", "embodied_source")
    with pytest.raises(ParseError, match="retired_date"):
        read("asset_register", plain(*lacking), mapped("plain"))
    rows, _ = read("asset_register", plain(*lacking), mapped("plain", columns=dict.fromkeys(lacking)))
    assert [(row["asset_tag"], row["ownership"], row["retired_date"]) for row in rows] == [
        ("T1", "purchased", None), ("T2", "purchased", None), ("T3", "purchased", None),
    ]  # fmt: skip


def test_a_spreadsheet_of_orders_under_our_own_names():
    rows, rejects = read("purchase_order", plain(), mapped("plain"))
    # The first line says no quantity, the third no order.
    assert [(row["order_id"], row["order_line"], row["quantity"]) for row in rows] == [("PO-1", "2", 12)]
    assert [(reject.document_row, reject.field) for reject in rejects] == [
        (1, "quantity"), (3, "order_date"), (4, "in_service_date"),
    ]  # fmt: skip


def test_days_and_months_are_told_apart_by_the_mapping_alone():
    for order, expected in (("DMY", dt.date(2024, 3, 2)), ("MDY", dt.date(2024, 2, 3))):
        text = SERVICENOW.replace("2024-02-03", "02/03/2024").replace("2024-01-02", "")
        rows, _ = read("asset_register", text, mapped("servicenow", date_order=order))
        assert rows[0]["in_service_date"] == expected


def test_a_mapping_may_lose_a_column_and_must_exist():
    options = mapped("servicenow", columns={"retired_date": None, "price": "u_price"})
    assert "retired_date" not in options["columns"] and options["columns"]["price"] == "u_price"
    with pytest.raises(ConfigError, match="no file mappings/nobody.yml; there are .*servicenow"):
        mapped("nobody")


@pytest.mark.parametrize(("text", "found"), [
    ("PowerEdge XE9680 8x H100 SXM5", ("H100", 8)), ("DGX H100 8-GPU", ("H100", 8)), ("SR675 V3 4 × NVIDIA L40S", ("L40S", 4)),
    ("XE8545, A100 SXM4 80GB x4", ("A100", 4)), ("8 GPU HGX H200", ("H200", 8)), ("MI300X (8 GPUs)", ("MI300X", 8)),
    ("R750xa with L4", ("L4", None)), ("ThinkSystem SR655", (None, None)), ("PowerEdge R740 16x 2.5in", (None, None)),
    ("Catalyst L40SX", (None, None)), ("2x10GbE, 4x A30", ("A30", 4)),
])  # fmt: skip
def test_accelerators_named_inside_a_server(text, found):
    assert _gpus.find(text) == found


@given(
    st.sampled_from(_gpus.NAMES), st.integers(1, 16), st.sampled_from(["{}x {}", "{} x NVIDIA {}", "{}× {}"])
)
def test_count_and_name_come_back(name, count, form):
    assert _gpus.find(f"Server {form.format(count, name)}, 2 PSU") == (name, count)


def test_a_dot_is_no_decimal_mark_where_the_comma_is():
    assert number("n", "1.234.500,25", decimal=",") == 1_234_500.25
    with pytest.raises(RowError, match="decimal comma"):
        number("n", "12.5", decimal=",")


def test_answers_of_boaviztapi_are_embodied_only():
    rows, rejects = read(
        "boaviztapi", answer(adp={"embedded": "not implemented"}), {"devices": {"r740": SERVER}}, "r740.json"
    )
    assert not rejects
    [row] = rows
    assert (row["indicator"], row["amount_per_piece"], row["amount_min"], row["amount_max"]) == (
        "gwp",
        1200.0,
        600.0,
        2400.0,
    )
    assert (row["models"], row["matched"]) == (["Dell PowerEdge R740"], "Intel Xeon Gold 6134")


@pytest.mark.parametrize(("fault", "word"), [
    ({"cpu": "Intel Xeon Platinum 8153"}, "another device"), ({"status": "INPUT"}, "unknown to the service"),
    ({"ram_units": 468, "capacity": 1872}, "more than any machine"), ({"gwp": -1.0}, "not within"), ({"gwp": 1.6e6}, "not within"),
])  # fmt: skip
def test_what_the_service_matched_or_reckoned_wrongly_is_refused(fault, word):
    rows, rejects = read("boaviztapi", answer(**fault), {"devices": {"r740": SERVER}}, "r740.json")
    assert not rows and [word in reject.reason for reject in rejects] == [True]


def test_broken_or_strange_answers_are_refused():
    for data, name, word in (
        (answer()[:-9], "r740.json", "whole"),
        (b"{}", "r740.json", "impacts"),
        (answer(), "x.json", "no device"),
    ):
        with pytest.raises(ParseError, match=word):
            list(load("boaviztapi").parse(Document(data, name, "r", options={"devices": {"r740": SERVER}})))
    rows, rejects = read("boaviztapi", json.dumps({"impacts": {"gwp": {"embedded": {"value": 1, "min": 1, "max": 1}}}}),
                         {"devices": {"r740": SERVER}}, "r740.json")  # fmt: skip
    assert not rows and rejects[0].field == "verbose"
