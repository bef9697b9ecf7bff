{{ token_lines('openai_usage', is_gateway=false) }}
