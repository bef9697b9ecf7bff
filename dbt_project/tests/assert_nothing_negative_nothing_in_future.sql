select emission_id
from {{ ref('fct_emissions') }}
where (amount < 0 and entry != 'correction') or period_month > {{ last_month() }}
