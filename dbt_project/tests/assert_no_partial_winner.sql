select * from {{ ref('int_winners') }} where is_partial
