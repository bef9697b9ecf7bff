-- Provider's and harmonised figures of the same claim side by side, never added. Empty until billing is configured.
select
    cast(null as date) as period_month,
    cast(null as varchar) as provider,
    cast(null as varchar) as service,
    cast(null as varchar) as region,
    cast(null as varchar) as accounting_basis,
    cast(null as double) as provider_amount,
    cast(null as double) as harmonised_amount,
    cast(null as double) as ratio
where false
