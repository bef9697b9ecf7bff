{{ token_lines('token_usage', is_gateway=false) }}
