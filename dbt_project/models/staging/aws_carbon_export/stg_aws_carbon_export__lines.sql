-- AWS's figures as provider lines: one row per row of the export and stated measure, tonnes made kilograms.
{{ aws_lines('aws_carbon_export') }}
