-- AWS's figures as provider lines: one row per row of the API's answer and stated measure, tonnes made kilograms.
{{ aws_lines('aws_sustainability') }}
