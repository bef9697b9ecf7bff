-- What came in stands somewhere: per document and measure, to the check's tolerance.
select * from {{ ref('rpt_conservation') }} where abs(difference) > tolerance
