select
    cast(provider as varchar) as provider,
    cast(model_from as varchar) as model_from,
    cast(model_to as varchar) as model_to,
    cast(statement_service as varchar) as statement_service,
    cast(service_pattern as varchar) as service_pattern,
    cast(part as varchar) as part,
    cast(coverage as varchar) as coverage,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(evidence as varchar) as evidence,
    cast(source as varchar) as source
from {{ source('config', 'statement_coverage') }}
