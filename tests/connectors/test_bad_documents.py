"""Every connector against every fault: a clear error or a counted reject, and never a lost row."""

import gzip
import json
from dataclasses import replace

import pytest

from connectors import NAMES as ALL_NAMES
from connectors import load
from connectors.base import Document, ParseError
from tests.connectors import run_documents, token_documents

# The sources of runs and of tokens meet the same faults in test_run_documents.py and test_token_documents.py.
NAMES = [name for name in ALL_NAMES if name not in (*run_documents.NAMES, *token_documents.NAMES)]

MAPPED = {
    "electricity_bill": {
        "delimiter": ";", "decimal": ",", "date_order": "DMY", "period_to": "inclusive",
        "columns": {"invoice_number": "Facture", "meter_id": "PRM", "period_from": "Du", "period_to": "Au",
                    "consumption_kwh": "kWh", "is_credit_note": "Nature"},
    },
    "asset_register": {
        "date_order": "DMY",
        "columns": {"asset_tag": "tag", "device_class": "class", "manufacturer": "maker", "model": "model",
                    "in_service_date": "since", "site_id": "site", "embodied_kg_co2e": "kg"},
    },
    "slurm_sacct": {"timezone": "UTC"},
    "prometheus": {"step_seconds": 900},
    "aws_console_csv": {"unit": "t"},
}  # fmt: skip

GOOGLE = (
    "usage_month,billing_account_id,project.id,project.number,service.id,service.description,location.location,location.region,"
    "carbon_model_version,carbon_footprint_total_kgCO2e.location_based,carbon_footprint_total_kgCO2e.market_based,"
    "carbon_footprint_kgCO2e.scope1,carbon_footprint_kgCO2e.scope2.location_based,carbon_footprint_kgCO2e.scope2.market_based,"
    "carbon_footprint_kgCO2e.scope3"
)
SLURM = (
    "JobID|JobIDRaw|JobName|Cluster|Account|User|Partition|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NNodes|AllocTRES|"
    "ConsumedEnergyRaw|NodeList|Comment"
)
FOCUS = (
    "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,ChargeClass,ChargePeriodStart,ChargePeriodEnd,"
    "ServiceName,ServiceCategory,ProviderName,ResourceId,PricingQuantity,PricingUnit,ChargeCategory,BillingCurrency"
)
# Two equal lines of a bill are two charges, and a credit is negative: see test_focus.py.
BILLING = {"focus"}
BOAVIZTA = (
    "manufacturer,name,category,subcategory,gwp_total,gwp_use_ratio,lifetime,report_date,sources,gwp_error_ratio,"
    "gwp_manufacturing_ratio,gwp_transport_ratio,gwp_eol_ratio"
)
AWS_EXPORT = (
    "usage_account_id,region_code,product_code,model_version,usage_period_start,total_lbm_emissions_value,"
    "total_lbm_emissions_unit"
)
AWS_CONSOLE = (
    "usage_year,service,region,total_lbm_emissions,total_mbm_emissions,total_scope_1_emissions_value,"
    "total_scope_2_lbm_emissions_value,total_scope_2_mbm_emissions_value,total_scope_3_lbm_emissions_value,"
    "total_scope_3_mbm_emissions_value,cfe_savings_value,model_version"
)


def _aws_result(n, value):
    return {
        "TimePeriod": {"Start": "2026-09-01T00:00:00Z", "End": "2026-10-01T00:00:00Z"},
        "DimensionsValues": {
            "USAGE_ACCOUNT_ID": f"00001111222{n}",
            "REGION": "eu-west-3",
            "SERVICE": "AmazonEC2",
        },
        "ModelVersion": "v3.0.1",
        "EmissionsValues": {"TOTAL_LBM_CARBON_EMISSIONS": {"Value": value, "Unit": "MTCO2e"}},
    }


def _prometheus(values):
    return {"status": "success", "data": {"resultType": "matrix", "result": [
        {"metric": {"__name__": "DCGM_FI_DEV_POWER_USAGE", "UUID": "GPU-1"},
         "values": [[900 * n, value] for n, value in enumerate(values, 1)]}]}}  # fmt: skip


def _azure(values):
    items = [
        {"dataType": "ResourceItemDetailsData", "latestMonthEmissions": float(value), "subscriptionId": "s1",
         "resourceId": f"/subscriptions/s1/resourceGroups/train/vm{n}", "resourceType": "microsoft.compute/virtualmachines"}
        for n, value in enumerate(values, 1)
    ]  # fmt: skip
    return {"asked": {"scope": "Scope1", "month": "2026-09-01"}, "answer": {"value": items}}


def _scaleway(values):
    return json.loads(impact([float(v) for v in values]))


# Answers in JSON: what a connector is answered with, and what makes its second row the first again.
JSON = {
    "prometheus": (_prometheus, (b"[1800,", b"[900,")),
    "aws_sustainability": (
        lambda values: {"Results": [_aws_result(n, value) for n, value in enumerate(values, 1)]},
        (b"000011112222", b"000011112221"),
    ),
    "scaleway_footprint": (_scaleway, (b"train-2", b"train-1")),
    "azure_carbon": (_azure, (b"/vm2", b"/vm1")),
}

OVHCLOUD = (
    "type,datacenter,range,name,server_domain,date,manufacturing_emissions_kg_co2eq,"
    "location_based_electricity_emissions_kg_co2eq,market_based_electricity_emissions_kg_co2eq,"
    "location_based_operational_emissions_kg_co2eq,market_based_operational_emissions_kg_co2eq,"
    "total_location_based_kg_co2eq,total_market_based_kg_co2eq"
)
MICROSOFT = "dateKey,enrollmentId,subscriptionId,subscriptionName,azureServiceName,subService,azureRegionName,scopeId,totalEmissions"


def _line(name, n, value):
    return {
        "microsoft_emissions": f"20260901,9,s{n},train,Storage,Blob,France Central,3,{value}",
        "ovhcloud_carbon": f"BAREMETAL,GRA,advance,train-{n},ns{n}.eu,2026-09,{value},10,9,7,6,117.00,115.00",
        "google_carbon_footprint": f"2026-09-01,A,p{n},1,s,Vertex AI,eu,eu,15,60,40,{value},20,5,30",
        "slurm_sacct": f"{n}|{n}|train|c|a|bob|gpu|COMPLETED|2026-09-01T00:00:00|2026-09-01T00:00:00|2026-09-01T01:00:00|3600|8|1|gres/gpu=4|{value}|n1|x",
        "boavizta": f"Dell,Server {n},Datacenter,Server,{value},0.8,4,2020,url,0.5,0.1,,",
        "electricity_bill": f"F{n};PRM1;01/09/2026;30/09/2026;{value};Facture",
        "focus": f"1,{value},2,1,A,NULL,2026-09-01T00:00:00Z,2026-09-02T00:00:00Z,Vertex AI,AI and Machine Learning,Google,"
        f"r{n},1,h,Usage,EUR",
        "asset_register": f"T{n},server,Dell,R740,15/03/2021,par1,{value}",
        "aws_carbon_export": f"00001111222{n},eu-west-3,AmazonEC2,v3.0.1,2026-09-01,{value},MTCO2e",
        "aws_console_csv": f"2025,AmazonEC2,Region {n},0,0,0,0,0,0,0,{value},v3.0.1",
    }[name]


HEADERS = {
    "google_carbon_footprint": GOOGLE, "slurm_sacct": SLURM, "boavizta": BOAVIZTA,
    "electricity_bill": "Facture;PRM;Du;Au;kWh;Nature", "asset_register": "tag,class,maker,model,since,site,kg",
    "aws_carbon_export": AWS_EXPORT, "aws_console_csv": AWS_CONSOLE,
    "focus": FOCUS,
    "ovhcloud_carbon": OVHCLOUD, "microsoft_emissions": MICROSOFT,
}  # fmt: skip
PLAUSIBLE = {
    "google_carbon_footprint": "10",
    "slurm_sacct": "5000",
    "boavizta": "1000",
    "electricity_bill": "900,5",
    "asset_register": "1300",
    "aws_carbon_export": "0.5",
    "aws_console_csv": "0.5",
    "aws_sustainability": "0.5",
    "azure_carbon": "0.5",
    "microsoft_emissions": "0.5",
    "scaleway_footprint": "10",
    "focus": "1.5",
    "ovhcloud_carbon": "100",
}
ABSURD = {
    "google_carbon_footprint": "9e18",
    "slurm_sacct": "9e18",
    "boavizta": "9e18",
    "electricity_bill": "9e18",
    "asset_register": "9e18",
    "aws_carbon_export": "9e18",
    "aws_console_csv": "9e18",
    "aws_sustainability": "9e18",
    "ovhcloud_carbon": "9e18",
    "microsoft_emissions": "9e18",
}
RENAMED = {
    "google_carbon_footprint": "service.description",
    "slurm_sacct": "AllocTRES",
    "boavizta": "gwp_total",
    "electricity_bill": "kWh",
    "asset_register": "since",
    "aws_carbon_export": "product_code",
    "aws_console_csv": "cfe_savings_value",
    "focus": "EffectiveCost",
    "ovhcloud_carbon": "market_based_operational_emissions_kg_co2eq",
    "microsoft_emissions": "totalEmissions",
}


def impact(values):
    """A synthetic answer of Scaleway: one project, one region, one SKU per value."""
    figure = {"kg_co2_equivalent": 30.0, "m3_water_usage": 0.3}
    skus = [
        {
            "sku": f"train-{n}", "service_category": "ai", "product_category": "managed_inference",
            "total_sku_impact": {"kg_co2_equivalent": value, "m3_water_usage": 0.1},
        }
        for n, value in enumerate(values, 1)
    ]  # fmt: skip
    region = {"region": "fr-par", "skus": skus, "zones": [], "total_region_impact": figure}
    project = {"project_id": "p1", "regions": [region], "total_project_impact": figure}
    span = {"start_date": "2026-09-01T00:00:00Z", "end_date": "2026-10-01T00:00:00Z"}
    return json.dumps({**span, "projects": [project], "total_impact": figure}).encode()


def document(name, values=None):
    values = values or [PLAUSIBLE.get(name, "")] * 3
    if name in JSON:
        answer, _ = JSON[name]
        return Document(json.dumps(answer(values)).encode(), "answer.json", "r", options=MAPPED.get(name, {}))
    text = "\n".join([HEADERS[name], *(_line(name, n, v) for n, v in enumerate(values, 1))]) + "\n"
    return Document(text.encode(), f"{name}.csv", "r", options=MAPPED.get(name, {}))


def outcome(name, given):
    parsed = list(load(name).parse(given))
    return sum(p.rows.num_rows for p in parsed), [r for p in parsed for r in p.rejects]


GOOD = {name: document(name, ["300", "310", "320"] if name == "prometheus" else None) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_good_document_is_taken_whole_also_gzipped(name):
    assert outcome(name, GOOD[name]) == (3, [])
    assert outcome(name, replace(GOOD[name], data=gzip.compress(GOOD[name].data))) == (3, [])


@pytest.mark.parametrize("name", NAMES)
def test_a_truncated_document_is_refused(name):
    whole = GOOD[name].data
    with pytest.raises(ParseError, match="truncated|cut off|not a whole"):
        outcome(name, replace(GOOD[name], data=whole[: len(whole) - 14]))
    with pytest.raises(ParseError):
        outcome(name, replace(GOOD[name], data=gzip.compress(whole)[:-9]))


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_document_is_refused(name):
    with pytest.raises(ParseError, match="empty"):
        outcome(name, replace(GOOD[name], data=b""))


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_encoding_is_refused(name):
    data = (
        GOOD[name]
        .data.replace(b"R740", b"\xe9\xff")
        .replace(b"Facture\n", b"\xe9\xff\n")
        .replace(b"Dell", b"\xe9\xff")
    )
    data = data.replace(b"train", b"\xe9\xff").replace(b"Vertex", b"\xe9\xff").replace(b"GPU-1", b"\xe9\xff")
    data = data.replace(b"AmazonEC2", b"\xe9\xff")
    with pytest.raises(ParseError, match="not utf-8|not UTF-8"):
        outcome(name, replace(GOOD[name], data=data))


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_header_is_refused(name):
    data = b'{"a": 1}' if name in JSON else b"a,b,c\n1,2,3\n"
    with pytest.raises(ParseError, match="field|column|header"):
        outcome(name, replace(GOOD[name], data=data))


@pytest.mark.parametrize("name", RENAMED)
def test_a_renamed_column_is_refused_by_name(name):
    data = GOOD[name].data.replace(RENAMED[name].encode(), b"renamed", 1)
    with pytest.raises(ParseError, match=RENAMED[name].replace(".", r"\.")):
        outcome(name, replace(GOOD[name], data=data))


def test_a_renamed_label_is_refused_by_name():
    with pytest.raises(ParseError, match="UUID"):
        outcome(
            "prometheus", replace(GOOD["prometheus"], data=GOOD["prometheus"].data.replace(b"UUID", b"board"))
        )


@pytest.mark.parametrize("name", sorted(set(NAMES) - BILLING))
def test_duplicated_rows_are_counted_rejects(name):
    if name in JSON:
        _, again = JSON[name]
        given = replace(GOOD[name], data=GOOD[name].data.replace(*again))
    else:
        lines = GOOD[name].data.decode().splitlines()
        given = replace(GOOD[name], data="\n".join([*lines, lines[1]]).encode() + b"\n")
    accepted, rejects = outcome(name, given)
    assert accepted + len(rejects) == (3 if name in JSON else 4) and len(rejects) == 1
    assert "duplicate" in rejects[0].reason or "twice" in rejects[0].reason


@pytest.mark.parametrize("name", sorted(set(NAMES) - BILLING))
def test_absurd_and_negative_values_are_rejects_with_field_and_remedy(name):
    values = [ABSURD.get(name, "9223372036854775794"), "-5", PLAUSIBLE.get(name, "300")]
    accepted, rejects = outcome(name, document(name, values))
    assert accepted == 1 and [r.document_row for r in rejects] == [1, 2]
    assert all(r.field and r.reason and r.remedy and r.text for r in rejects)


def test_a_credit_note_may_be_negative_and_must_be():
    note = document("electricity_bill", ["-900,5", "900,5"])
    swapped = note.data.replace(b"-900,5;Facture", b"-900,5;Avoir").replace(
        b";900,5;Facture", b";900,5;Avoir"
    )
    accepted, rejects = outcome("electricity_bill", replace(note, data=swapped))
    assert accepted == 1 and rejects[0].field == "consumption_kwh"


def test_an_inclusive_period_end_becomes_the_first_day_not_covered():
    rows = next(iter(load("electricity_bill").parse(GOOD["electricity_bill"]))).rows.to_pylist()
    assert str(rows[0]["period_to"]) == "2026-10-01" and rows[0]["consumption_kwh"] == 900.5


def test_servers_without_a_name_may_be_alike_and_flavors_may_not():
    unnamed = "BAREMETAL,BHS,ADV-IV,,,2026-09,4.5,0.75,0.5,3.25,3,8.5,8\n"
    flavor = "PCI-COMPUTE,GRA,b3,,,2026-09,3,2.25,1.5,2.25,2.25,7.5,6.75\n"
    given = Document(f"{OVHCLOUD}\n{unnamed * 2}{flavor * 2}".encode(), "carbon.csv", "r")
    accepted, rejects = outcome("ovhcloud_carbon", given)
    assert accepted == 3 and [r.document_row for r in rejects] == [4] and "duplicate" in rejects[0].reason


@pytest.mark.parametrize(
    ("cell", "field"), [("2026-13", "date"), ("", "market_based_electricity_emissions_kg_co2eq")]
)
def test_a_missing_figure_or_a_wrong_month_of_ovhcloud_is_a_reject(cell, field):
    data = GOOD["ovhcloud_carbon"].data
    data = data.replace(b"2026-09", cell.encode(), 1) if field == "date" else data.replace(b",9,", b",,", 1)
    accepted, rejects = outcome("ovhcloud_carbon", Document(data, "carbon.csv", "r"))
    assert accepted == 2 and [(r.document_row, r.field) for r in rejects] == [(1, field)]


@pytest.mark.parametrize(
    "field", ["total_region_impact", "total_impact", "project_id", "regions", "projects"]
)
def test_a_renamed_field_of_scaleway_is_refused_by_name(field):
    data = GOOD["scaleway_footprint"].data.replace(f'"{field}"'.encode(), b'"renamed"')
    with pytest.raises(ParseError, match=field):
        outcome("scaleway_footprint", Document(data, "impact.json", "r"))


@pytest.mark.parametrize("field", ["sku", "service_category", "total_sku_impact", "m3_water_usage"])
def test_a_leaf_of_scaleway_that_lacks_a_field_is_a_reject(field):
    whole = json.loads(GOOD["scaleway_footprint"].data)
    leaf = whole["projects"][0]["regions"][0]["skus"][1]
    (leaf["total_sku_impact"] if field.startswith("m3") else leaf).pop(field)
    accepted, rejects = outcome(
        "scaleway_footprint", Document(json.dumps(whole).encode(), "impact.json", "r")
    )
    assert accepted == 2 and [r.document_row for r in rejects] == [2] and field in rejects[0].field


def test_an_answer_for_another_span_than_a_month_is_refused():
    data = GOOD["scaleway_footprint"].data.replace(b"2026-10-01", b"2026-09-30")
    with pytest.raises(ParseError, match="end_date.*not one calendar month"):
        outcome("scaleway_footprint", Document(data, "impact.json", "r"))


def test_a_basis_that_the_ledger_cannot_complete_is_refused():
    given = replace(GOOD["scaleway_footprint"], options={"accounting_basis": "market"})
    with pytest.raises(ParseError, match="accounting_basis"):
        outcome("scaleway_footprint", given)
