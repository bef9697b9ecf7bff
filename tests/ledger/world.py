"""A world small enough to work out by hand: typed inputs of one month, written as the library would write them.

One site whose meter also feeds offices, two GPU projects, one declared load, two servers, one cloud project.
The figures are explained beside the assertions that use them.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from footing import rollup, typed

ROOT = Path(__file__).parents[2]
MONTH = "2026-09-01"

CONFIG = {
    "organization": "select 'World' as name, 'FR' as country, 'EUR' as currency, date '2026-09-01' as first_period,"
    " 'amortised' as recognition, 72 as lifetime_months, 'AR6' as gwp_set, 0.05 as key_tolerance, 150.0 as paid_hours_per_month, 'shared' as idle_boards,"
    " '3.1' as cloud_scope_category, true as is_fictional",
    "sources": "select * from (values"
    " ('gcp', 'Cloud', 'google_carbon_footprint', 'statement', 'monthly', 'inbox', date '2026-09-01', 16),"
    " ('gpu', 'Boards', 'prometheus', 'telemetry', 'monthly', 'inbox', date '2026-09-01', 1),"
    " ('jobs', 'Jobs', 'slurm_sacct', 'jobs', 'monthly', 'inbox', date '2026-09-01', 1),"
    " ('bills', 'Bills', 'electricity_bill', 'meter', 'monthly', 'inbox', date '2026-09-01', 1),"
    " ('register', 'Register', 'asset_register', 'register', 'once', 'inbox', date '2026-09-01', 1),"
    " ('lca', 'Boavizta', 'boavizta', 'lca', 'once', 'inbox', date '2026-09-01', 1),"
    " ('openai', 'OpenAI', 'openai_usage', 'tokens', 'monthly', 'inbox', date '2026-09-01', 1),"
    " ('fuel', 'Fuel', 'fuel_log', 'log', 'once', 'inbox', date '2026-09-01', 1),"
    " ('leaks', 'Refrigerant', 'refrigerant_log', 'log', 'once', 'inbox', date '2026-09-01', 1),"
    " ('runs', 'Runs', 'mlflow', 'telemetry', 'monthly', 'inbox', date '2026-09-01', 1),"
    " ('files', 'Tracked', 'codecarbon', 'telemetry', 'monthly', 'inbox', date '2026-09-01', 1)"
    ") as t(source_id, title, connector, kind, cadence, via, first_period, available_day)",
    "requests": "select *, case when request in ('dc', 'n1', 'server') then 'dc' end as site_id from (values ('gcp', 'acc'), ('gpu', 'dc'),"
    " ('jobs', 'dc'), ('bills', 'dc'), ('register', 'all'), ('lca', 'all'), ('openai', 'org'), ('fuel', 'dc'), ('leaks', 'dc'),"
    " ('runs', 'server'), ('files', 'n1')) as t(source_id, request)",
    "entities": "select 'w' as entity_id, 'World SA' as name, 'FR' as country, null::varchar as parent_entity_id,"
    " 'operational_control' as consolidation_approach, 1.0 as consolidation_share, null::date as valid_from,"
    " null::date as valid_to",
    "sites": "select 'dc' as site_id, 'Datacenter' as name, 'w' as entity_id, 'FR' as country, 'XX' as grid_zone,"
    " 'owned' as control, 'datacenter' as purpose",
    "site_parameters": "select 'dc' as site_id, date '2026-01-01' as valid_from, 76.0/60 as pue,"
    " 0.76 as it_feed_share, 1.2 as wue_l_per_kwh, 'feed reading' as evidence",
    "meters": "select 'm1' as meter_id, 'dc' as site_id, 'grid' as energy_source, 'incoming' as role,"
    " null::varchar as note",
    "instruments": "select null::varchar as instrument_id, null::varchar as instrument_type, null::varchar as market,"
    " null::bigint as vintage_year, null::date as valid_from, null::date as valid_to, null::double as mwh,"
    " null::date as retired_on, null::varchar as beneficiary, null::varchar as meter_id, null::double as value,"
    " null::varchar as unit, null::varchar as evidence where false",
    "loads": "select 'erp' as load_id, 'dc' as site_id, 20000.0/720 as kw, 'outside_ai' as boundary,"
    " null::varchar as project_id, null::varchar as lifecycle_phase, null::varchar as lifecycle_activity,"
    " date '2026-01-01' as valid_from, null::date as valid_to, 'PDU reading' as evidence",
    "projects": "select * from (values ('P1', 'Serving', 'Service', 'production'),"
    " ('P2', 'Model', 'Modèle', 'development')) as t(project_id, name, name_fr, default_phase)",
    "project_calendar": "select null::varchar as project_id, null::varchar as lifecycle_phase, null::date as valid_from,"
    " null::date as valid_to, null::varchar as evidence where false",
    "allocation_rules": "select * from (values"
    " (10, '*', 'comment', '.*project:P2.*', 'ai', 'P2', null, 'training', null),"
    " (20, 'gpu', 'namespace', 'serving', 'ai', 'P1', null, 'serving', null),"
    " (30, 'gcp', 'google_project', 'p1-prod', 'ai', 'P1', null, null, null),"
    " (40, 'openai', 'token_project', 'proj_2', 'ai', 'P2', 'production', 'serving', null),"
    " (41, 'files', 'project_name', 'p2', 'ai', 'P2', null, 'training', null),"
    " (42, '*', 'label_project', 'P2', 'ai', 'P2', null, null, null)"
    ") as t(priority, source_id, field, pattern, boundary, project_id, lifecycle_phase, lifecycle_activity, note)",
    "targets": "select 't' as target_id, 'T' as name, 'T' as name_fr, 'it' as total, 'location' as accounting_basis,"
    " date '2026-09-01' as base_from, date '2026-09-01' as base_to, date '2030-09-01' as target_month, 0.5 as reduction",
    "budgets": "select 'P2' as project_id, 'development' as lifecycle_phase, 2026 as year,"
    " 'location' as accounting_basis, 1000.0 as amount_kg_co2e",
    "statement_coverage": "select null::varchar as provider, null::varchar as model_from, null::varchar as model_to,"
    " null::varchar as statement_service, null::varchar as service_pattern, null::varchar as part,"
    " null::varchar as coverage, null::date as valid_from, null::date as valid_to, null::varchar as evidence,"
    " null::varchar as source where false",
    "suppliers": "select null::varchar as supplier, null::varchar as category, null::varchar as covered_category,"
    " null::varchar as covered_by, null::date as valid_from, null::date as valid_to, null::varchar as evidence where false",
    "usage_profiles": "select null::varchar as project_id, null::varchar as who, null::varchar as source_id,"
    " null::double as request_share, null::double as device_kwh_per_request, null::double as gb_per_request,"
    " null::varchar as grid_zone, null::varchar as site_id, null::date as valid_from, null::date as valid_to,"
    " null::varchar as evidence, null::varchar as device_class, null::double as device_hours_per_request where false",
    "device_lifetimes": "select null::varchar as device_class, null::bigint as lifetime_months, null::varchar as evidence"
    " where false",
    "regions": "select null::varchar as site_id, null::varchar as region_id, null::varchar as evidence where false",
    "capacity_prices": "select null::varchar as site_id, null::varchar as capacity, null::date as valid_from,"
    " null::double as price_per_kwh, null::varchar as evidence where false",
    "asset_moves": "select null::varchar as asset_id, null::date as moved_on, null::varchar as from_site_id,"
    " null::varchar as to_site_id, null::varchar as evidence where false",
    "asset_treatments": "select null::varchar as asset_id, null::date as treated_on, null::bigint as pieces,"
    " null::double as kg_co2e, null::varchar as source where false",
    "api_places": "select 'openai' as provider, null::varchar as account, 'YY' as grid_zone, 1.0 as pue,"
    " null::varchar as cloud_account, 'worked example' as evidence",
    "model_aliases": "select null::varchar as provider, null::varchar as pattern, null::varchar as ecologits_provider,"
    " null::varchar as model, null::varchar as note where false",
    "token_models": "select 'openai' as provider, 'gpt-4o' as model, date '2026-01-01' as valid_from, null::date as valid_to,"
    " 100/12.0 as kwh_per_mtoken, 100/12.0 as kwh_per_mtoken_low, 100/12.0 as kwh_per_mtoken_high, 0.25 as gwp_kg_per_mtoken,"
    " 1e-6 as adpe_kg_per_mtoken, 0.5 as pe_mj_per_mtoken, null::bigint as hardware_months, 'worked example' as source,"
    " 'none' as licence",
    "factors": "select * from (values"
    " ('xx-direct', 'XX', 0.020, 'direct', 'gwp', 'kg CO2e/kWh'), ('xx-upstream', 'XX', 0.012, 'upstream', 'gwp', 'kg CO2e/kWh'),"
    " ('xx-losses', 'XX', 0.0022, 'grid_losses', 'gwp', 'kg CO2e/kWh'), ('xx-adpe', 'XX', 5e-8, 'lifecycle', 'adpe', 'kg Sb-eq/kWh'),"
    " ('xx-pe', 'XX', 9.0, 'lifecycle', 'pe', 'MJ/kWh'), ('xx-water', 'XX', 3.0, 'lifecycle', 'water_consumption', 'L/kWh'),"
    " ('yy-lifecycle', 'YY', 0.4, 'lifecycle', 'gwp', 'kg CO2e/kWh')"
    ") as t(factor_id, geography, value, factor_boundary, indicator, unit)"
    " cross join (select 'Worked factor' as name, date '2026-01-01' as valid_from, null::date as valid_to,"
    " 'co2e' as gases, 'AR6' as gwp_set, 'location' as accounting_basis,"
    " 'grid.direct' as uncertainty_profile, 'worked example' as source, 'none' as licence, null::varchar as note,"
    " null::varchar as substance, null::varchar as gas) union all by name"
    " select *, 'Worked diesel' as name, 'any' as geography, date '2026-01-01' as valid_from, 'co2e' as gases,"
    " 'AR6' as gwp_set, 'location' as accounting_basis, 'worked example' as source, 'none' as licence,"
    " 'diesel' as substance from (values"
    " ('d-co2', 2.6, 'kg CO2e/L', 'direct', 'gwp', 'fuel.co2', 'co2'),"
    " ('d-ch4', 0.0035, 'kg CO2e/L', 'direct', 'gwp', 'fuel.ch4', 'ch4'),"
    " ('d-n2o', 0.030, 'kg CO2e/L', 'direct', 'gwp', 'fuel.n2o', 'n2o'),"
    " ('d-wtt', 0.62, 'kg CO2e/L', 'upstream', 'gwp', 'fuel.upstream', 'unsplit'),"
    " ('d-bio', 0.16, 'kg CO2/L', 'direct', 'co2_biogenic', 'fuel.biogenic', 'unsplit'))"
    " as t(factor_id, value, unit, factor_boundary, indicator, uncertainty_profile, gas)",
    "equipment": "select 'chiller' as equipment_id, 'dc' as site_id, 0.75 as it_share, null::varchar as boundary,"
    " null::varchar as project_id, null::varchar as lifecycle_phase, null::varchar as lifecycle_activity,"
    " date '2026-01-01' as valid_from, null::date as valid_to, 'cold meters' as evidence",
}

TYPED = {
    "google_carbon_footprint": "select 'd-gcp' as doc_key, 1::bigint as document_row, date '2026-09-01' as usage_month,"
    " 'acc' as billing_account_id, 'p1-prod' as project_id, '1' as project_number, 's' as service_id,"
    " 'Vertex AI' as service_description, 'europe-west9' as location, 'europe-west9' as region,"
    " '15' as carbon_model_version, 10.0 as scope1_kg_co2e, 300.0 as scope2_location_kg_co2e,"
    " 20.0 as scope2_market_kg_co2e, 190.0 as scope3_kg_co2e, 500.0 as total_location_kg_co2e,"
    " 220.0 as total_market_kg_co2e",
    "slurm_sacct": "select 'd-jobs' as doc_key, 1::bigint as document_row, '7' as job_id, '7' as job_id_raw,"
    " 'train' as job_name, 'c' as cluster, 'a' as account, 'gpu' as partition, 'COMPLETED' as state,"
    " timestamp '2026-09-02' as submit_at, timestamp '2026-09-02' as start_at, timestamp '2026-09-12' as end_at,"
    " 864000::bigint as elapsed_s, 1::bigint as alloc_cpus, 1::bigint as nodes, 8::bigint as alloc_gpus,"
    " 'h100' as gpu_type, null::double as alloc_memory_gb, null::double as cpu_busy_share, null::varchar as processor, null::bigint as node_processors, null::bigint as node_cpus, 4.32e10 as consumed_energy_j, 'n1' as node_list, ['n1'] as node_names,"
    " '{project:P2,lifecycle_phase:development}' as comment, false as is_step",
    "asset_register": "select * from (values"
    " ('d-reg', 1::bigint, 'A', 'Acme', 'One', date '2019-03-01'), ('d-reg', 2::bigint, 'B', 'Acme', 'Two', date '2026-09-10')"
    ") as t(doc_key, document_row, asset_tag, manufacturer, model, in_service_date)"
    " cross join (select null::varchar as serial_number, 'server' as device_class, 1::bigint as quantity,"
    " 'O1' as order_id, null::varchar as order_line, null::date as order_date, null::date as retired_date,"
    " 'in use' as status, 'dc' as site_id, null::varchar as cost_center, null::double as embodied_kg_co2e,"
    " null::varchar as embodied_source, null::double as price_eur)",
    "boavizta": "select * from (values"
    " ('d-lca', 1::bigint, 'Acme', 'One', 2600.0, 1200/2600.0, 60/2600.0, 40/2600.0),"
    " ('d-lca', 2::bigint, 'Acme', 'Two', 3120.0, 1440/3120.0, 72/3120.0, 48/3120.0)"
    ") as t(doc_key, document_row, manufacturer, name, gwp_total_kg_co2e, gwp_manufacturing_ratio,"
    " gwp_transport_ratio, gwp_eol_ratio)"
    " cross join (select 'Datacenter' as category, 'Server' as subcategory, 0.5 as gwp_use_ratio,"
    " null::double as gwp_error_ratio, 4.0 as lifetime_years, 'x' as report_date, 'x' as sources)",
    "openai_usage": "select 'd-openai' as doc_key, * from (values"
    " (1::bigint, date '2026-09-01', 'gpt-4o', 'proj_2', 30000000::bigint, 9000000::bigint, 600::bigint, 'completions', null, null),"
    " (2::bigint, date '2026-09-20', 'gpt-4o', null, 10000000::bigint, 3000000::bigint, 200::bigint, 'completions', null, null),"
    " (3::bigint, date '2026-09-20', 'no-such-model', null, 100::bigint, 1000000::bigint, 1::bigint, 'completions', null, null),"
    " (4::bigint, date '2026-09-20', 'gpt-image-1', null, 0::bigint, 0::bigint, 0::bigint, 'images', 5.0, 'image')"
    ") as t(document_row, day, model, project, input_tokens, output_tokens, requests, service, counted, counted_unit)"
    " cross join (select 'openai' as provider, 'org' as account, null::varchar as tags,"
    " 0::bigint as cached_input_tokens, false as is_repeat)",
    # A tracked run and what it logged: the boards of its node measured both, so that neither moves a share.
    "mlflow": "select 'd-runs' as doc_key, unnest([1, 2])::bigint as document_row, unnest(['r1', 'r2']) as run_id,"
    " 'fit' as run_name, '1' as experiment_id, 'models' as experiment_name, 'FINISHED' as status, 'active' as lifecycle_stage,"
    " timestamp '2026-09-02' as started_at, timestamp '2026-09-03' as ended_at, 86400.0 as duration_s,"
    " unnest([null, 'r1']) as parent_run_id, 'fit.py' as source_name, 'P2' as project, 'development' as lifecycle_phase,"
    " '{}' as params, '{\"team\": \"x\"}' as tags, 'energy' as energy_metric, unnest([40.0, 10.0])::double as energy_value,"
    " 'kWh' as energy_unit, 1.0 as pue, null::double as gpus, null::varchar as gpu_model",
    "codecarbon": "select 'd-files' as doc_key, unnest([1, 2])::bigint as document_row, unnest(['c1', 'c2']) as run_id, 'p2' as project_name,"
    " null::varchar as experiment_id, null::varchar as task_name, false as is_task, timestamp '2026-09-02' as started_at,"
    " timestamp '2026-09-03' as ended_at, 86400.0 as duration_s, 'machine' as tracking_mode, 0.0 as cpu_energy_kwh,"
    " 45.0 as gpu_energy_kwh, 0.0 as ram_energy_kwh, 45.0 as energy_consumed_kwh, 1.125 as pue, 1.0 as emissions_kg_co2e,"
    " '3.3.2' as codecarbon_version, false as cpu_is_metered, null::varchar as cpu_model, 8::bigint as gpu_count, 'H100' as gpu_model,"
    " 'FRA' as country_iso_code, null::varchar as region, null::varchar as cloud_provider, null::varchar as cloud_region",
    "prometheus": "select 'd-gpu' as doc_key, unnest([1, 2]) as document_row",
    "fuel_log": "select * from (values"
    " ('d-fuel', 1::bigint, 'gen1', 'generator', 'diesel', 600.0, 'L', date '2026-09-14', date '2026-09-15'),"
    " ('d-fuel', 2::bigint, 'boiler', 'heating', 'natural_gas', 1000.0, 'kWh', date '2026-09-01', date '2026-10-01'))"
    " as t(doc_key, document_row, equipment_id, use, fuel, quantity, unit, period_from, period_to)"
    " cross join (select null::varchar as reference, 'dc' as site_id, false as is_credit_note)",
    "refrigerant_log": "select * from (values"
    " ('d-leaks', 1::bigint, 'R410A', 4.0), ('d-leaks', 2::bigint, 'HCFC-22', 1.0))"
    " as t(doc_key, document_row, refrigerant, quantity_kg)"
    " cross join (select null::varchar as reference, 'chiller' as equipment_id, 'dc' as site_id,"
    " date '2026-09-20' as event_date, 'top_up' as event)",
    "electricity_bill": "select * from (values"
    " ('d-bill', 1::bigint, 'I1', date '2026-08-21', date '2026-09-21', 93000.0),"
    " ('d-bill', 2::bigint, 'I2', date '2026-09-21', date '2026-10-21', 120000.0)"
    ") as t(doc_key, document_row, invoice_number, period_from, period_to, consumption_kwh)"
    " cross join (select 'Supplier' as supplier, '1' as invoice_line, 'm1' as meter_id, 'actual' as reading_type,"
    " 1.0 as amount, 'EUR' as currency, false as is_credit_note)",
}

GPU_HOURS = (
    "select * from (values"
    " ('serving', 'pod-1', null, 'G1', 20000.0), (null, null, '7', 'G2', 10000.0), (null, null, null, 'G2', 6000.0)"
    ") as t(namespace, pod, hpc_job, uuid, kwh)"
    " cross join (select 'd-gpu' as doc_key, 'DCGM_FI_DEV_POWER_USAGE' as metric, 'n1' as hostname, 'H100' as model_name,"
    " timestamp '2026-09-15' as hour_start, 30 * 86400.0 as seconds_seen)"
)

DOCUMENTS = (
    "select *, 1 as seq, true as complete, timestamp '2026-11-01' as retrieved_at, doc_key as document_sha256,"
    " doc_key as document_name, 1 as part, 1 as last_part, 1::bigint as bytes, '{}' as options,"
    " case connector when 'google_carbon_footprint' then 1 when 'slurm_sacct' then 1 when 'openai_usage' then 4 else 2 end::bigint as rows_accepted, 0::bigint as rows_rejected, null::varchar as parse_error, true as readable,"
    " date '2026-09-01' as period_month from (values"
    " ('gcp-1', 'gcp', 'google_carbon_footprint', 'acc', 'd-gcp'), ('gpu-1', 'gpu', 'prometheus', 'dc', 'd-gpu'),"
    " ('jobs-1', 'jobs', 'slurm_sacct', 'dc', 'd-jobs'), ('bills-1', 'bills', 'electricity_bill', 'dc', 'd-bill'),"
    " ('reg-1', 'register', 'asset_register', 'all', 'd-reg'), ('lca-1', 'lca', 'boavizta', 'all', 'd-lca'),"
    " ('openai-1', 'openai', 'openai_usage', 'org', 'd-openai'),"
    " ('fuel-1', 'fuel', 'fuel_log', 'dc', 'd-fuel'), ('leaks-1', 'leaks', 'refrigerant_log', 'dc', 'd-leaks'),"
    " ('runs-1', 'runs', 'mlflow', 'server', 'd-runs'), ('files-1', 'files', 'codecarbon', 'n1', 'd-files')"
    ") as t(delivery_id, source_id, connector, request, doc_key)"
)

CHECKS = (
    "select null::varchar as source_id, null::varchar as door, null::varchar as suite, null::varchar as check_id,"
    " null::varchar as description, null::varchar as severity, null::boolean as success, null::bigint as rows_checked,"
    " null::bigint as rows_failed, null::varchar as observed, null::varchar as remedy where false"
)


def write(folder: Path, overrides: dict[str, str] | None = None) -> None:
    """Write the world's inputs below ``folder``; ``overrides`` replaces the query of a named table."""
    # Connectors that the world has no documents of: empty tables of their columns.
    queries = {f"typed/_config/{name}.parquet": sql for name, sql in CONFIG.items()}
    queries |= {f"typed/{name}/d.parquet": sql for name, sql in TYPED.items()}
    queries |= {
        "rollup/gpu_hours/d.parquet": GPU_HOURS,
        "typed/_documents.parquet": DOCUMENTS,
        "typed/_checks.parquet": CHECKS,
    }
    fixed = {
        "typed/_config/projects.parquet": "select *, null::varchar as organization_unit, 'w' as entity_id,"
        f" null::date as started_on, null::date as ended_on from ({CONFIG['projects']})"
    }
    shutil.copytree(_blank(), folder, dirs_exist_ok=True)
    # A connection of its own: the module's shared one may still hold another test's unread result.
    with duckdb.connect() as con:
        for path, sql in (queries | fixed | (overrides or {})).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            con.execute(f"copy ({sql}) to '{target}' (format parquet)")


@functools.cache
def _blank() -> str:
    """Every connector's empty typed file and roll-up, as the library makes them: a source may have no document."""
    folder = Path(tempfile.mkdtemp(prefix="footing-world-"))
    typed.ensure_empty(folder / "typed")
    rollup.roll_up(folder / "typed", folder / "rollup")
    return str(folder)


# What a second build of a world needs that the first has tried column by column: the models and the invariants.
INVARIANTS = ("--exclude-resource-type", "unit_test", "--exclude", "test_type:generic")
# dbt keeps what it parsed only where paths stay the same: every world of a process is built through this link.
_LINK = Path(tempfile.gettempdir()) / f"footing-world-{os.getpid()}"
atexit.register(_LINK.unlink, missing_ok=True)
_PARSED = "target/partial_parse.msgpack"


def _linked(folder: Path) -> Path:
    """The link, made to lead to the folder, which takes along what the last build parsed."""
    if (_LINK / _PARSED).exists() and not (folder / _PARSED).exists():
        (folder / _PARSED).parent.mkdir(exist_ok=True)
        shutil.copyfile(_LINK / _PARSED, folder / _PARSED)
    _LINK.unlink(missing_ok=True)
    _LINK.symlink_to(folder.absolute(), target_is_directory=True)
    return _LINK


def build(
    folder: Path, *extra: str, project: Path = ROOT / "dbt_project", period: str = MONTH
) -> tuple[int, dict[str, str]]:
    """Run one dbt build on the world; give its exit code and the failing nodes' messages."""
    if project == ROOT / "dbt_project":
        folder = _linked(folder)
    target = folder / "target"
    env = os.environ | {
        "FOOTING_TYPED": str(folder / "typed"),
        "FOOTING_ROLLUP": str(folder / "rollup"),
        "FOOTING_BUILD_FILE": str(folder / "build.duckdb"),
    }
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")), "build", "--project-dir", str(project),
            "--profiles-dir", str(project), "--target-path", str(target),
            "--log-path", str(folder / "logs"), "--vars", json.dumps({"period": period}), *extra,
        ],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    results = target / "run_results.json"
    if not results.exists():
        raise AssertionError(done.stdout[-3000:])
    nodes = json.loads(results.read_text())["results"]
    failed = {n["unique_id"]: n["message"] or "" for n in nodes if n["status"] in ("error", "fail")}
    return done.returncode, failed
