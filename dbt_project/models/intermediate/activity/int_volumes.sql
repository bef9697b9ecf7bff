-- What products were used for, from every source that tells of it: one line of this list per source.
{% set volumes = [
    'stg_volumes__rows',
    'int_token_volumes',
] %}
with volumes as (
    {% for source in volumes %}
    select * from {{ ref(source) }}
    {% if not loop.last %}union all by name{% endif %}
    {% endfor %}
)

select * from volumes
where period_month in (select months.period_month from {{ ref('int_months') }} as months)
