{{ token_lines('anthropic_usage', is_gateway=false) }}
